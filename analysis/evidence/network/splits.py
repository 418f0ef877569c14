"""Direct evidence held against indirect evidence, pair by pair."""

from __future__ import annotations

import math
from collections.abc import Sequence

from analysis.evidence.network.evidence import Comparison
from analysis.evidence.network.model import both_kinds, estimate_of, network
from analysis.evidence.network.result import Contrast, Network, Split


def split_nodes(source: Network | Sequence[Comparison], **options: object) -> tuple[Split, ...]:
    """Every pair with both direct and indirect evidence, taken apart by back-calculation.

    Args:
        source: a network, or comparisons, which are then analysed with `options` of `network`.

    Raises:
        NotApplicable: as `network` does.

    König, Krahn & Binder 2013, Statistics in Medicine 32:5414; netmeta's netsplit with
    method = "Back-calculation": network = share·direct + (1 − share)·indirect.
    """
    analysed = source if isinstance(source, Network) else network(source, **options)
    return tuple(_split(pair, analysed.confidence) for pair in analysed.pairs if both_kinds(pair))


def _split(pair: Contrast, confidence: float) -> Split:
    share, whole, direct = pair.direct_share, pair.estimate, pair.direct
    value = (whole.value - share * direct.value) / (1 - share)
    indirect = estimate_of(value, whole.se / math.sqrt(1 - share), confidence)
    difference = estimate_of(direct.value - value, math.hypot(direct.se, indirect.se), confidence)
    return Split(pair.a, pair.b, pair.studies, share, direct, indirect, whole, difference)
