"""What studies say of pairs of treatments, and the arms behind it.

Pairwise effects of one study share arms, so they aren't independent. Effects and variances of its arms
say the same without that trouble: var(a − b) = σ²a + σ²b holds for every pair, and the σ² are solved for
(back-calculation of Rücker & Schwarzer 2014). What they leave undetermined is refused, not guessed.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.results import Effect, NotApplicable, Status, weakest

# How far a printed effect may stray from its arms, as a share of its SE or variance: rounding, no more.
ROUNDING = 0.05


@dataclass(frozen=True)
class Comparison:
    """One effect of one study, treatment `a` minus treatment `b` (a log for ratios).

    `n_a` and `n_b` are the people behind it, where known, the same people in a `crossover`; they are counted for
    drawings and weigh nothing.
    """

    study: str
    a: str
    b: str
    effect: Effect
    n_a: int | None = None
    n_b: int | None = None
    crossover: bool = False


@dataclass(frozen=True)
class Evidence:
    """Studies × treatments, treatments in alphabetical order.

    `effects` (k, n) are the arms' effects on a level of each study's own, 0 where a study lacks the arm;
    `variances` (k, n) are theirs, infinite where it lacks the arm.
    """

    kind: str
    status: Status
    studies: tuple[str, ...]
    treatments: tuple[str, ...]
    effects: np.ndarray
    variances: np.ndarray

    @property
    def has(self) -> np.ndarray:
        """Which study has which arm, shape (k, n)."""
        return np.isfinite(self.variances)


def connected_parts(comparisons: Iterable[Comparison]) -> tuple[tuple[str, ...], ...]:
    """The treatments that studies connect with each other, directly or through others; the most first."""
    neighbours: dict[str, set[str]] = defaultdict(set)
    for comparison in comparisons:
        neighbours[comparison.a].add(comparison.b)
        neighbours[comparison.b].add(comparison.a)
    parts, left = [], set(neighbours)
    while left:
        part, border = set(), {min(left)}
        while border:
            part |= border
            border = set().union(*(neighbours[treatment] for treatment in border)) - part
        parts.append(tuple(sorted(part)))
        left -= part
    return tuple(sorted(parts, key=lambda part: (-len(part), part)))


def gather(comparisons: Sequence[Comparison]) -> Evidence:
    """The arms behind comparisons that form one network.

    Raises:
        NotApplicable: see `analysis.evidence.network.network`.
    """
    by_study: dict[str, list[Comparison]] = defaultdict(list)
    for comparison in comparisons:
        _check(comparison)
        by_study[comparison.study].append(comparison)
    kinds = {comparison.effect.kind for comparison in comparisons}
    if len(kinds) > 1:
        raise NotApplicable("network-kinds", count=len(kinds))
    treatments = _connected(comparisons)
    column = {treatment: index for index, treatment in enumerate(treatments)}
    studies = tuple(sorted(by_study))
    effects = np.zeros((len(studies), len(treatments)))
    variances = np.full(effects.shape, math.inf)
    for row, study in enumerate(studies):
        for arm, effect, variance in _arms(study, by_study[study]):
            effects[row, column[arm]], variances[row, column[arm]] = effect, variance
    status = weakest(comparison.effect.status for comparison in comparisons)
    return Evidence(kinds.pop(), status, studies, treatments, effects, variances)


def _check(comparison: Comparison) -> None:
    if comparison.a == comparison.b:
        raise NotApplicable("network-with-itself", study=comparison.study, treatment=comparison.a)
    variance = _variance(comparison)
    if not (math.isfinite(comparison.effect.value) and math.isfinite(variance)):
        raise NotApplicable("infinite")


def _variance(comparison: Comparison) -> float:
    """The variance of its effect, refused where there is none above 0."""
    variance = comparison.effect.variance
    if variance is None or not variance > 0:
        raise NotApplicable("network-no-variance", study=comparison.study)
    return variance


def _connected(comparisons: Sequence[Comparison]) -> tuple[str, ...]:
    """All treatments, at least three, if they hang together."""
    parts = connected_parts(comparisons)
    if len(parts) > 1:
        raise NotApplicable("network-apart", count=len(parts), parts="; ".join(", ".join(part) for part in parts))
    treatments = parts[0] if parts else ()
    if len(treatments) < 3:
        raise NotApplicable("network-few", treatments=len(treatments))
    return treatments


def _arms(study: str, comparisons: Sequence[Comparison]) -> list[tuple[str, float, float]]:
    """Treatment, effect and variance of each arm of one study."""
    if len(comparisons) == 1:
        only = comparisons[0]
        half = _variance(only) / 2  # how two arms share their variance changes nothing
        return [(only.a, only.effect.value / 2, half), (only.b, -only.effect.value / 2, half)]
    return _several_arms(study, comparisons)


def _several_arms(study: str, comparisons: Sequence[Comparison]) -> list[tuple[str, float, float]]:
    arms = sorted({arm for comparison in comparisons for arm in (comparison.a, comparison.b)})
    seen: set[frozenset[str]] = set()
    signs = np.zeros((len(comparisons), len(arms)))
    for row, comparison in enumerate(comparisons):
        pair = frozenset((comparison.a, comparison.b))
        if pair in seen:
            raise NotApplicable("network-pair-twice", study=study, a=comparison.a, b=comparison.b)
        seen.add(pair)
        signs[row, arms.index(comparison.a)], signs[row, arms.index(comparison.b)] = 1, -1
    values = np.array([comparison.effect.value for comparison in comparisons])
    variances = np.array([_variance(comparison) for comparison in comparisons])
    effects, _, rank, _ = np.linalg.lstsq(signs, values, rcond=None)
    arm_variances, _, variance_rank, _ = np.linalg.lstsq(abs(signs), variances, rcond=None)
    if rank < len(arms) - 1 or variance_rank < len(arms):
        raise NotApplicable("network-arms-unknown", study=study, arms=len(arms))
    if np.any(abs(signs @ effects - values) > ROUNDING * np.sqrt(variances)):
        raise NotApplicable("network-effects-disagree", study=study)
    strays = abs(abs(signs) @ arm_variances - variances) > ROUNDING * variances
    if np.any(strays) or arm_variances.min() <= 1e-9 * variances.max():
        raise NotApplicable("network-variances-disagree", study=study)
    return list(zip(arms, effects.tolist(), arm_variances.tolist(), strict=True))
