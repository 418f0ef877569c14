"""Network meta-analysis from comparisons to everything that is shown of it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from scipy.special import ndtr, ndtri
from scipy.stats import chi2

from analysis.evidence.network.evidence import Comparison, Evidence, gather
from analysis.evidence.network.fit import (
    Fit,
    WithinDesigns,
    direct,
    fit,
    moments,
    restricted_likelihood,
    within_designs,
)
from analysis.evidence.network.result import Contrast, Edge, Estimate, Network, Node, QTest
from analysis.results import Note

MODELS = ("random", "common")
NEGLIGIBLE = 0.0005  # a share of evidence that counts as none; netmeta's tol.direct


def network(
    comparisons: Sequence[Comparison],
    *,
    tau2: str | float = "DL",
    model: str = "random",
    confidence: float = 0.95,
    higher_is_better: bool = True,
) -> Network:
    """All treatments compared with each other, through every study that connects them.

    Args:
        comparisons: pairwise effects of one kind. A study with more than two arms gives all its pairs, or
            enough of them to tell the variance of each arm (three arms: all three).
        tau2: "DL" (generalised moments), "REML", or the value itself.
        model: "random", or "common" for τ² = 0.
        higher_is_better: which end of the scale the P-scores favour.

    Raises:
        NotApplicable: fewer than three treatments, parts that no study connects, more than one kind of
            effect, a variance that is missing or not above 0, a pair of one study given twice, or arms of a
            study that its comparisons don't determine or contradict.
        ValueError: an unknown `tau2` or `model`.
    """
    if model not in MODELS or not (tau2 in ("DL", "REML") or _not_negative(tau2)):
        raise ValueError(f"model={model!r} and tau2={tau2!r}: known are {MODELS}, 'DL', 'REML' and numbers from 0 on")
    evidence = gather(comparisons)
    common, within = fit(evidence.effects, evidence.variances), within_designs(evidence)
    spread = 0.0 if model == "common" else _spread(evidence, common, tau2)
    fitted = fit(evidence.effects, evidence.variances, spread) if spread else common
    pairs = tuple(_pairs(evidence, fitted, spread or 0.0, confidence))
    total, own = q_test(common.q, common.df), q_test(within.q, within.df)
    tau2_within, between_random = _between_with_spread(evidence, common, within)
    arms = evidence.has.sum(axis=1)
    return Network(
        kind=evidence.kind,
        model=model,
        tau2_method=tau2 if isinstance(tau2, str) else "given",
        treatments=evidence.treatments,
        k=len(evidence.studies),
        m=int((arms * (arms - 1) // 2).sum()),
        tau2=spread,
        i2=100 * max(0.0, 1 - common.df / common.q) if common.df and common.q > 0 else None,
        total=total,
        within=own,
        between=q_test(max(0.0, common.q - within.q), common.df - within.df),
        between_random=between_random,
        tau2_within=tau2_within,
        pairs=pairs,
        p_scores=_p_scores(fitted, higher_is_better),
        nodes=_nodes(evidence, comparisons),
        edges=_edges(pairs, comparisons),
        status=evidence.status,
        notes=_notes(pairs, model, spread, total, own),
        higher_is_better=higher_is_better,
        confidence=confidence,
    )


def _not_negative(tau2: object) -> bool:
    return isinstance(tau2, int | float) and 0 <= tau2 < math.inf


def _spread(evidence: Evidence, common: Fit, tau2: str | float) -> float | None:
    if isinstance(tau2, str):
        return moments(common) if tau2 == "DL" else restricted_likelihood(evidence)
    return float(tau2)


def q_test(q: float, df: int) -> QTest:
    """Q with its χ² test."""
    return QTest(q, df, float(chi2.sf(q, df)) if df else None)


def _between_with_spread(evidence: Evidence, common: Fit, within: WithinDesigns) -> tuple[float | None, QTest]:
    """τ² within designs by moments, and Q between designs with that much spread in every study.

    Higgins et al. 2012, Research Synthesis Methods 3:98 (netmeta: Q.inc.random of decomp.design).
    """
    spread = max(0.0, (within.q - within.df) / (within.freedom / 2)) if within.df else None
    whole = fit(evidence.effects, evidence.variances, spread) if spread else common
    parts = within_designs(evidence, spread) if spread else within
    return spread, q_test(max(0.0, whole.q - parts.q), common.df - within.df)


def estimate_of(value: float, se: float, confidence: float) -> Estimate:
    """A difference with its normal interval and two-sided p."""
    half = float(ndtri((1 + confidence) / 2)) * se
    return Estimate(value, se, (value - half, value + half), float(2 * ndtr(-abs(value) / se)))


def _pairs(evidence: Evidence, fitted: Fit, tau2: float, confidence: float) -> Iterator[Contrast]:
    """Every pair of treatments, in alphabetical order."""
    values, variances = direct(evidence, tau2)
    for (i, a), (j, b) in combinations(enumerate(evidence.treatments), 2):
        se = float(fitted.ses[i, j])
        estimate = estimate_of(float(fitted.differences[i, j]), se, confidence)
        if math.isinf(variances[i, j]):
            yield Contrast(a, b, estimate, None, (), 0.0)
            continue
        both = np.flatnonzero(evidence.has[:, i] & evidence.has[:, j])
        head_to_head = estimate_of(float(values[i, j]), math.sqrt(variances[i, j]), confidence)
        studies = tuple(evidence.studies[row] for row in both)
        yield Contrast(a, b, estimate, head_to_head, studies, min(1.0, se**2 / float(variances[i, j])))


def both_kinds(pair: Contrast) -> bool:
    """Whether a pair has direct and indirect evidence, neither of them negligible."""
    return NEGLIGIBLE < pair.direct_share < 1 - NEGLIGIBLE


def _p_scores(fitted: Fit, higher_is_better: bool) -> tuple[float, ...]:
    """Mean certainty that a treatment is better than each other one (Rücker & Schwarzer 2015).

    BMC Medical Research Methodology 15:58: the mean of the one-sided p values.
    """
    n = len(fitted.levels)
    sides = fitted.differences if higher_is_better else -fitted.differences
    others = ~np.eye(n, dtype=bool)
    certain = ndtr(sides[others] / fitted.ses[others]).reshape(n, n - 1)
    return tuple(certain.mean(axis=1).tolist())


def _notes(
    pairs: Sequence[Contrast], model: str, spread: float | None, total: QTest, within: QTest
) -> tuple[Note, ...]:
    notes = []
    only_indirect = sum(pair.direct is None for pair in pairs)
    if any(pair.direct_share < 1 - NEGLIGIBLE for pair in pairs):
        notes.append(Note("network-indirect", {"count": only_indirect, "pairs": len(pairs)}))
    if model == "random" and spread is None:
        notes.append(Note("network-no-spread"))
    elif total.df and not within.df:
        notes.append(Note("network-sparse"))
    if not any(both_kinds(pair) for pair in pairs):
        notes.append(Note("network-no-loop"))
    return tuple(notes)


# -- for drawing: people behind treatments and pairs ---------------------------------------------------------------


def _people(comparisons: Sequence[Comparison]) -> dict[tuple[str, str], int | None]:
    """People per study and treatment; None where its comparisons don't say, or say different numbers."""
    said: dict[tuple[str, str], set[int]] = defaultdict(set)
    for comparison in comparisons:
        for treatment, n in ((comparison.a, comparison.n_a), (comparison.b, comparison.n_b)):
            said[comparison.study, treatment] |= set() if n is None else {n}
    return {arm: next(iter(numbers)) if len(numbers) == 1 else None for arm, numbers in said.items()}


def _sum(numbers: Sequence[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def _nodes(evidence: Evidence, comparisons: Sequence[Comparison]) -> tuple[Node, ...]:
    people, found = _people(comparisons), []
    for treatment in evidence.treatments:
        numbers = [n for (_, arm), n in people.items() if arm == treatment]
        found.append(Node(treatment, len(numbers), _sum(numbers)))
    return tuple(found)


def _edges(pairs: Sequence[Contrast], comparisons: Sequence[Comparison]) -> tuple[Edge, ...]:
    people, found = _people(comparisons), []
    once = {comparison.study for comparison in comparisons if comparison.crossover}
    for pair in pairs:
        if pair.studies:
            counted = ((study, (pair.a,) if study in once else (pair.a, pair.b)) for study in pair.studies)
            numbers = [people[study, arm] for study, arms in counted for arm in arms]
            found.append(Edge(pair.a, pair.b, len(pair.studies), _sum(numbers)))
    return tuple(found)
