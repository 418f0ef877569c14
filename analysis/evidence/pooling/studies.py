"""The effects that enter a meta-analysis: looked at once, refused with the reason, then plain arrays."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.results import Effect, NotApplicable, Status, weakest


@dataclass(frozen=True)
class Studies:
    """Effects and their sampling variances, shape (k,) each, with their one kind and their weakest status."""

    effects: tuple[Effect, ...]
    values: np.ndarray
    variances: np.ndarray
    kind: str
    status: Status

    @property
    def k(self) -> int:
        return len(self.effects)

    def chosen(self, which: Sequence[int]) -> Studies:
        """Some of them, by position and in this order."""
        effects = tuple(self.effects[i] for i in which)
        status = weakest(effect.status for effect in effects)
        return Studies(effects, self.values[which], self.variances[which], self.kind, status)


def studies_of(effects: Iterable[Effect], least: int = 1) -> Studies:
    """The effects as arrays.

    Raises:
        NotApplicable: there are none, or fewer than `least`; they are of different kinds; a value isn't
            finite; a variance is missing, infinite or not above 0.
    """
    effects = tuple(effects)
    if not effects:
        raise NotApplicable("no-effects")
    kind, *others = dict.fromkeys(effect.kind for effect in effects)
    if others:
        raise NotApplicable("different-kinds", count=1 + len(others), kinds=(kind, *others))
    for number, effect in enumerate(effects, 1):
        _need_finite(effect, name_of(effect, number))
    if len(effects) < least:
        raise NotApplicable("too-few-studies", least=least, k=len(effects))
    values = np.array([effect.value for effect in effects], float)
    variances = np.array([effect.variance for effect in effects], float)
    return Studies(effects, values, variances, kind, weakest(effect.status for effect in effects))


def name_of(effect: Effect, number: int) -> str:
    """What to call an effect: where it is from, else its place in the row, counted from 1."""
    return effect.source or f"#{number}"


def _need_finite(effect: Effect, which: str) -> None:
    if not math.isfinite(effect.value):
        raise NotApplicable("effect-not-finite", which=which)
    if effect.variance is None:
        raise NotApplicable("no-variance", which=which)
    if not (math.isfinite(effect.variance) and effect.variance > 0):
        raise NotApplicable("impossible-variance", which=which, variance=f"{effect.variance:g}")


def need_one_each(studies: Studies, given: Sequence[object]) -> None:
    """Refuses unless there is one of something per effect."""
    if studies.k != len(given):
        raise NotApplicable("one-per-effect", effects=studies.k, given=len(given))
