"""Effects made as uncertain as they are: another variance, groups allocated whole."""

from __future__ import annotations

import math
from dataclasses import replace

from analysis.effects import BOUNDS, normal_quantile
from analysis.results import Effect, Note, weakest


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
