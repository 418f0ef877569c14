"""Direct evidence held against indirect evidence, pair by pair."""

from __future__ import annotations

import math
from collections.abc import Sequence

from analysis.evidence.network.evidence import Comparison
from analysis.evidence.network.model import both_kinds, estimate_of, network
from analysis.evidence.network.result import Contrast, Estimate, Network, Split


def split_nodes(
    source: Network | Sequence[Comparison],
    *,
    tau2: str | float = "DL",
    model: str = "random",
    confidence: float = 0.95,
) -> tuple[Split, ...]:
    """Every pair with both direct and indirect evidence, taken apart by back-calculation.

    Args:
        source: a network, or comparisons, which are then analysed with the options of `network`.

    Raises:
        NotApplicable: as `network` does.

    König, Krahn & Binder 2013, Statistics in Medicine 32:5414; netmeta's netsplit with
    method = "Back-calculation": network = share·direct + (1 − share)·indirect.
    """
    if not isinstance(source, Network):
        source = network(source, tau2=tau2, model=model, confidence=confidence)
    taken_apart = ((pair, pair.direct) for pair in source.pairs if pair.direct and both_kinds(pair))
    return tuple(_split(pair, direct, source.confidence) for pair, direct in taken_apart)


def _split(pair: Contrast, direct: Estimate, confidence: float) -> Split:
    share, whole = pair.direct_share, pair.estimate
    value = (whole.value - share * direct.value) / (1 - share)
    indirect = estimate_of(value, whole.se / math.sqrt(1 - share), confidence)
    difference = estimate_of(direct.value - value, math.hypot(direct.se, indirect.se), confidence)
    return Split(pair.a, pair.b, pair.studies, share, direct, indirect, whole, difference)
