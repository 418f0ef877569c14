"""What hangs on single studies: leaving one out, adding one by one, and Baujat's plot."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from analysis.evidence.pooling.pooled import pool, pool_studies
from analysis.evidence.pooling.studies import name_of, need_one_each, studies_of
from analysis.results import Effect, NotApplicable, Pooled


def leave_one_out(
    effects: Iterable[Effect], tau2: str = "REML", interval: str = "HKSJ", *, confidence: float = 0.95
) -> tuple[Pooled, ...]:
    """Pools without each study in turn, τ² estimated anew; the i-th leaves out the i-th effect.

    Arguments as for `pool`; like metafor's `leave1out`.

    Raises:
        NotApplicable: fewer than 2 studies, and what `pool` refuses.
    """
    studies = studies_of(effects, 2)
    rests = ([j for j in range(studies.k) if j != i] for i in range(studies.k))
    return tuple(pool_studies(studies.chosen(rest), tau2, interval, confidence) for rest in rests)


def cumulative(
    effects: Iterable[Effect],
    order: Sequence[Any],
    tau2: str = "REML",
    interval: str = "HKSJ",
    *,
    confidence: float = 0.95,
) -> tuple[Pooled, ...]:
    """Pools the first study, the first two, … up to all, by `order` (Lau et al. 1992; metafor's `cumul`).

    Args:
        order: one value per effect to sort by, such as years; effects with equal values keep their order.

    Raises:
        NotApplicable: not one value per effect, a value is missing, and what `pool` refuses.
    """
    studies = studies_of(effects)
    need_one_each(studies, order)
    for number, (effect, value) in enumerate(zip(studies.effects, order, strict=True), 1):
        if value is None or value != value:  # NaN differs from itself
            raise NotApplicable("no-order", which=name_of(effect, number))
    in_order = sorted(range(studies.k), key=lambda i: order[i])
    firsts = (in_order[:k] for k in range(1, studies.k + 1))
    return tuple(pool_studies(studies.chosen(first), tau2, interval, confidence) for first in firsts)


class BaujatPoint(NamedTuple):
    """One study in Baujat's plot: how much it adds to the spread, and how far the pooled effect moves without it."""

    contribution: float
    influence: float


def baujat(effects: Iterable[Effect], tau2: str = "REML", interval: str = "HKSJ") -> tuple[BaujatPoint, ...]:
    """Contribution to heterogeneity and influence of each study, as metafor's `baujat` for the same model.

    Contribution: residual²/(variance + τ²); with "FE" these sum to Q. Influence: squared shift of the pooled
    effect when the study is left out, over its squared SE then (Baujat et al. 2002, doi:10.1002/sim.1221).

    Raises:
        NotApplicable: fewer than 2 studies, and what `pool` refuses.
    """
    studies = studies_of(effects, 2)
    without = leave_one_out(studies.effects, tau2, interval)
    whole = pool(studies.effects, tau2, interval)
    spread = whole.tau2 or 0.0
    return tuple(
        BaujatPoint((value - whole.estimate) ** 2 / (variance + spread), _shift(whole, rest))
        for value, variance, rest in zip(studies.values.tolist(), studies.variances.tolist(), without, strict=True)
    )


def _shift(whole: Pooled, rest: Pooled) -> float:
    moved = (rest.estimate - whole.estimate) ** 2
    if rest.se == 0:
        return math.inf if moved else 0.0
    return moved / rest.se**2
