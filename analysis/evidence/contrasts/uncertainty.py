"""Effects made as uncertain as they are: groups allocated whole, people who serve several comparisons of one pool."""

from __future__ import annotations

import math
from dataclasses import replace

from analysis.effects import BOUNDS, normal_quantile
from analysis.results import Effect, Note, weakest

Shares = tuple[int, int]  # how many comparisons of one pool the first and the second arm serve
ALONE: Shares = (1, 1)


def with_variance(effect: Effect, variance: float, how: str = "") -> Effect:
    """The same effect with another variance, its 95% interval, and `how` that variance came about."""
    z, (low, high) = normal_quantile(0.95), BOUNDS.get(effect.kind, (-math.inf, math.inf))
    half = z * math.sqrt(variance)
    formula, _, _ = effect.variance_formula.rpartition("; ")
    return replace(
        effect,
        variance=variance,
        interval=(max(low, effect.value - half), min(high, effect.value + half)),
        variance_formula=f"{formula}{how}; 95% interval = value ± {z:.2f}·√variance",
    )


def inflated(effect: Effect, design_effect: float) -> Effect:
    """A cluster trial's effect, its variance times an assumed design effect: Cochrane Handbook 6.5, 23.1.4."""
    if design_effect == 1 or effect.variance is None:
        return effect
    wider = with_variance(effect, effect.variance * design_effect, f", times {design_effect:g}")
    note = Note("design-effect", {"factor": design_effect})
    return replace(wider, status=weakest((effect.status, "assumed")), notes=(*effect.notes, note))


def shared_out(effect: Effect, n: tuple[int | None, int | None], shares: Shares) -> Effect:
    """An effect that isn't made from two groups' numbers, with the people of both arms divided among their shares.

    Its variance is taken to be made of people as that of a difference of means with one SD is; where people
    aren't known, all of them are divided by the larger share.
    """
    if shares == ALONE or effect.variance is None:
        return effect
    (n_a, n_b), (share_a, share_b) = n, shares
    factor = float(max(shares))
    if n_a is not None and n_b is not None:
        factor = (share_a / n_a + share_b / n_b) / (1 / n_a + 1 / n_b)
    wider = with_variance(effect, effect.variance * factor, f", times {factor:.3g}")
    return replace(wider, status=weakest((effect.status, "assumed")), notes=(*effect.notes, *notes_of(n, shares)))


def notes_of(n: tuple[int | None, int | None], shares: Shares) -> tuple[Note, ...]:
    """One for each arm whose people are divided."""
    both = zip(n, shares, strict=True)
    return tuple(Note("shared-control", {"n": size, "share": share}) for size, share in both if share > 1 and size)
