"""A trial has one effect in a pool, however many of its arms are compared there: those comparisons share people.

Where all their people make two groups (or one, before and after), the groups are combined by Cochrane's formula.
Elsewhere their effects are merged by generalised least squares with the covariance that a shared arm makes. With one
effect per trial a random-effects pool is the multilevel model whose true effects differ between trials.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from analysis.effects import shown
from analysis.evidence.body import Entry, effect_of
from analysis.evidence.choice import Choice
from analysis.evidence.contrasts import Contrast, with_variance
from analysis.results import Effect, Note, weakest

HANDBOOK = "Cochrane Handbook 6.5, sections 6.5.2.10 and 23.3.4"
LEAST_SQUARES = "Gleser & Olkin 2009, The Handbook of Research Synthesis, ch. 19"


def one_per_trial(entries: Sequence[Entry], choice: Choice) -> tuple[Entry, ...]:
    """The entries of one pool, those of each study as one, in the order of their first."""
    trials: dict[str, list[Entry]] = {}
    for entry in entries:
        trials.setdefault(entry.contrast.study.id, []).append(entry)
    return tuple(found[0] if len(found) == 1 else _joined(found, choice) for found in trials.values())


def _joined(entries: Sequence[Entry], choice: Choice) -> Entry:
    first, *others = (entry.contrast for entry in entries)
    contrast = replace(first, joined=tuple(others))
    whole = effect_of(contrast, choice)
    if whole is None or whole.variance is None:
        merged = _merged([entry.effect for entry in entries if entry.effect], _covariance(entries))
        return replace(entries[0], contrast=contrast, effect=merged)
    note = Note("groups-combined", {"count": len(entries)})
    return replace(entries[0], contrast=contrast, effect=replace(whole, source=HANDBOOK, notes=(*whole.notes, note)))


def _merged(effects: Sequence[Effect], covariance: np.ndarray) -> Effect:
    """Their weighted mean, weights V⁻¹1 / 1'V⁻¹1, with variance 1 / 1'V⁻¹1, V being their covariance (k, k)."""
    values = np.array([effect.value for effect in effects])
    weights = np.linalg.solve(covariance, np.ones(len(effects)))
    value, variance = float(weights @ values / weights.sum()), 1 / float(weights.sum())
    shares = weights / weights.sum()
    terms = " + ".join(f"{shown(share)} · {shown(one)}" for share, one in zip(shares, values, strict=True))
    notes = dict.fromkeys(note for effect in effects for note in effect.notes)
    made = replace(
        effects[0],
        value=value,
        status=weakest(effect.status for effect in effects),
        formula="weighted mean of the trial's comparisons, weights V⁻¹1 / 1'V⁻¹1, V their covariance",
        source=LEAST_SQUARES,
        substituted=f"{terms} = {shown(value)}",
        variance_formula="variance = 1 / 1'V⁻¹1; ",
        notes=(*notes, Note("comparisons-merged", {"count": len(effects)})),
    )
    return with_variance(made, variance)


def _covariance(entries: Sequence[Entry]) -> np.ndarray:
    """Variances of a trial's effects, and between two of them the part that an arm of both adds to each."""
    both = [[_shared(one, other) for other in entries] for one in entries]
    return np.array(both, float)


def _shared(one: Entry, other: Entry) -> float:
    if one is other:
        return _variance(one)
    common = set(one.contrast.arms) & set(other.contrast.arms)
    return sum(math.sqrt(_part(one, arm) * _part(other, arm)) for arm in common)


def _variance(entry: Entry) -> float:
    return (entry.effect and entry.effect.variance) or 0.0


def _part(entry: Entry, arm: str) -> float:
    """What one arm adds to the variance: as to that of a difference of means with one SD; half where n isn't known."""
    share = _share_of_people(entry.contrast, arm)
    return _variance(entry) * share


def _share_of_people(contrast: Contrast, arm: str) -> float:
    n = dict(zip(contrast.arms, contrast.n, strict=True))
    own, others = n.pop(arm), list(n.values())
    if not own or None in others or contrast.crossover:
        return 0.5
    inverse = [1 / other for other in others if other]
    return (1 / own) / (1 / own + sum(inverse))
