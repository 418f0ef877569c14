"""The effects of a contrast, whichever kind of comparison it is; converted, swept over r, on other scales."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace

from analysis import effects
from analysis.evidence.contrasts.between import between_effects
from analysis.evidence.contrasts.contrast import Contrast, Found
from analysis.evidence.contrasts.crossover import crossover_effects
from analysis.evidence.contrasts.uncertainty import inflated
from analysis.evidence.contrasts.within import within_effects
from analysis.results import Effect, Note, remembered, weakest


@remembered(16384)
def effects_of(contrast: Contrast, *, r: float | None = None, design_effect: float = 1) -> Found:
    """Every effect that the printed numbers of a contrast allow.

    Joined comparisons have those of all their people in two groups (Cochrane Handbook 6.5, section 23.3.4), where
    every arm of one side is compared with every arm of the other, in one outcome at one time.

    Args:
        r: assumed correlation within people, of before and after or of both treatments of a crossover, where the
            printed numbers leave it open.
        design_effect: what the variance of a cluster trial is multiplied by (1 + (cluster size − 1)·ICC).
    """
    if contrast.joined and not _combinable(contrast):
        return Found()
    if contrast.comparison == "before-after":
        found = Found(*within_effects(contrast, r))
    elif contrast.crossover:
        found = crossover_effects(contrast, r)
    else:
        found = between_effects(contrast)
    made = found.effects
    if contrast.n_assumed:
        made = {kind: _of_assumed_n(effect, contrast) for kind, effect in made.items()}
    own = contrast.study.known_as
    made = {kind: replace(effect, status=weakest((effect.status, own))) for kind, effect in made.items()}
    return replace(found, effects={kind: inflated(effect, design_effect) for kind, effect in made.items()})


def _combinable(contrast: Contrast) -> bool:
    """Whether the arms of joined comparisons make two groups (of one arm each: one group) of different people."""
    measured = {(one.outcome, one.when, one.basis) for one in contrast.comparisons}
    every = math.prod(len(group) for group in contrast.groups)
    return len(measured) == 1 and not contrast.crossover and every == len(contrast.comparisons)


def _of_assumed_n(effect: Effect, contrast: Contrast) -> Effect:
    people, arms = contrast.unprinted
    note = Note("n-shared-evenly", {"people": people, "arms": arms})
    return replace(effect, status="assumed", notes=(*effect.notes, note))


CONVERSIONS: Mapping[str, tuple[str, Callable[[Effect], Effect]]] = {
    "hedges_g": ("log_odds_ratio", effects.g_of_log_odds_ratio),
    "log_odds_ratio": ("hedges_g", effects.log_odds_ratio_of_g),
    "probability_of_superiority": ("hedges_g", effects.superiority_of_g),
}


def converted(found: Mapping[str, Effect], kind: str) -> Effect | None:
    """The effect of another kind as `kind`, assumed, where a conversion is defined; None elsewhere."""
    source, convert = CONVERSIONS.get(kind, ("", None))
    effect = found.get(source)
    if convert is None or effect is None or effect.variance is None:
        return None
    made = convert(effect)
    return replace(made, notes=tuple(dict.fromkeys((*effect.notes, *made.notes))))


SWEPT = (0.0, 0.25, 0.5, 0.75, 0.9)  # correlations within people, from none to as high as scores get


def sweep(contrast: Contrast, kind: str) -> tuple[tuple[float, Effect], ...]:
    """An effect of the same people at several correlations within them; nothing where it doesn't hang on one."""
    if not contrast.of_same_people:
        return ()
    found = [(r, effects_of(contrast, r=r).effects.get(kind)) for r in SWEPT]
    there = tuple((r, effect) for r, effect in found if effect is not None)
    return there if len({(effect.value, effect.variance) for _, effect in there}) > 1 else ()


SPLITS = (0.4, 0.45, 0.5, 0.55, 0.6)  # of all people, those in the first group


def splits(contrast: Contrast, kind: str) -> tuple[tuple[float, Effect], ...]:
    """An effect of two groups of which only all people are printed, divided 40:60 to 60:40; nothing of any other."""
    if not contrast.n_assumed or contrast.joined or (contrast.unprinted[1], len(contrast.study.arms)) != (2, 2):
        return ()
    found = ((share, effects_of(replace(contrast, share=share)).effects.get(kind)) for share in SPLITS)
    return tuple((share, effect) for share, effect in found if effect is not None)


def elsewise(effect: Effect, n: tuple[int | None, ...]) -> tuple[Effect, ...]:
    """The same effect on other scales, assumed, where a conversion is defined; `n` are the people of both arms."""
    if effect.variance is None or effect.kind not in ("hedges_g", "log_odds_ratio"):
        return ()
    if effect.kind == "log_odds_ratio":
        g = effects.g_of_log_odds_ratio(effect)
        return g, effects.superiority_of_g(g)
    found = [effects.log_odds_ratio_of_g(effect), effects.superiority_of_g(effect)]
    match n:
        case (int(n_a), int(n_b)):
            found.append(effects.r_of_g(effect, n_a, n_b))
    return tuple(found)
