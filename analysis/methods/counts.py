"""Tests of counts: two or more groups by two or more answers. The contrast is a − b."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from scipy import stats

from analysis.methods import budget
from analysis.methods.freeman_halton import freeman_halton
from analysis.methods.intervals import newcombe, noncentral_chi2
from analysis.methods.method import A_MINUS_B, Method, as_floats, left_out, present
from analysis.methods.tables import effects_of_counts
from analysis.results import Interval, NotApplicable, Note, Outcome


def fisher(*samples: Any, confidence: float = 0.95) -> Outcome:
    """Fisher's exact test.

    Args:
        samples: two samples of answers (two-answer outcomes: 1 for yes, 0 for no), or one table of
            counts with a row per group and a column per answer (yes first).

    The estimate is the conditional odds ratio with its exact interval, the effect the difference of
    the shares that answered yes; both exist for two groups and two answers only.
    """
    counts, notes = _table(samples)
    return _exact("fisher", counts, _fisher_p(counts), notes, confidence)


def boschloo(*samples: Any, confidence: float = 0.95) -> Outcome:
    """Boschloo's exact test of two groups and two answers; arguments, estimate and effect as in `fisher`.

    Fisher's p as the statistic, its largest tail over every share that both groups may have in common;
    two-sided by doubling. More powerful than Fisher's test, because only the group sizes are held.

    Raises:
        NotApplicable: as in `fisher`, or there are more than two groups or answers.
    """
    counts, notes = _table(samples)
    if counts.shape != (2, 2):
        raise NotApplicable("two-by-two-only", groups=counts.shape[0], answers=counts.shape[1])
    largest = 2 * math.isqrt(budget.most(PAIR_OF_COUNTS))
    if budget.over(counts.sum(axis=1).prod(), PAIR_OF_COUNTS):
        raise NotApplicable("too-many-for-boschloo", n=int(counts.sum()), most=largest)
    return _exact("boschloo", counts, float(stats.boschloo_exact(counts.T).pvalue), notes, confidence)


def _exact(method: str, counts: np.ndarray, p: float, notes: tuple[Note, ...], confidence: float) -> Outcome:
    """What the exact tests of a table share: the odds ratio and the difference of shares."""
    estimate, interval = _odds_ratio(counts, confidence)
    difference, difference_interval = _risk_difference(counts, confidence)
    return Outcome(
        method,
        None,
        "",
        None,
        p,
        estimate,
        "odds_ratio",
        interval,
        difference,
        "risk_difference",
        difference_interval,
        _people(counts),
        A_MINUS_B,
        notes,
        confidence,
        effects_of_counts(counts, confidence),
    )


def chi_square(*samples: Any, confidence: float = 0.95) -> Outcome:
    """Pearson's χ² test without continuity correction; arguments as in `fisher`.

    A note is made when an expected count is below 5, where the approximation is poor (Cochran 1954).
    """
    counts, notes = _table(samples)
    *found, expected = stats.chi2_contingency(counts, correction=False)
    statistic, p, df = as_floats(found)
    people = counts.sum()
    scale = people * (min(counts.shape) - 1)
    low, high = noncentral_chi2(statistic, df, confidence)
    if (smallest := float(np.asarray(expected, dtype=float).min())) < SMALL_EXPECTED:
        notes += (Note("small-expected", {"expected": smallest}),)
    estimate, interval = _risk_difference(counts, confidence)
    return Outcome(
        "chi-square",
        statistic,
        "χ²",
        df,
        p,
        estimate,
        "risk_difference",
        interval,
        math.sqrt(statistic / scale),
        "cramers_v",
        (math.sqrt(low / scale), min(1.0, math.sqrt(high / scale))),
        _people(counts),
        A_MINUS_B,
        notes,
        confidence,
        effects_of_counts(counts, confidence),
    )


def _fisher_p(counts: np.ndarray) -> float:
    """Total probability of the tables no likelier than this one, both margins held.

    scipy is exact for 2 × 2 only; it resamples larger tables.
    """
    if counts.shape == (2, 2):
        _, p = as_floats(stats.fisher_exact(counts))
        return p
    if len(counts) != 2:
        raise NotApplicable("two-groups-only", groups=len(counts))
    return freeman_halton(counts)


PAIR_OF_COUNTS = 1e-5  # seconds that scipy's Boschloo takes per pair of numbers of yes
SMALL_EXPECTED = 5  # Cochran 1954, doi:10.2307/3001616


LARGEST_COUNT = 1_000_000  # no study has more people; products of larger ones overflow


def _table(samples: tuple[Any, ...]) -> tuple[np.ndarray, tuple[Note, ...]]:
    """Counts with a row per group; answers in falling order, so that yes (1) comes first."""
    if len(samples) == 1:
        table, notes = np.asarray(samples[0], dtype=float), ()
        # what is missing is no count either
        if table.ndim != 2 or not ((table >= 0) & (table <= LARGEST_COUNT) & (table == np.floor(table))).all():
            raise NotApplicable("needs-table")
        counts = table.astype(int)
    else:
        groups = [present(sample)[0] for sample in samples]
        missing = sum(np.size(sample) for sample in samples) - sum(len(group) for group in groups)
        answers = np.unique(np.concatenate(groups))[::-1]
        counts = np.array([[int((group == answer).sum()) for answer in answers] for group in groups])
        notes = left_out(missing)
    if min(counts.shape) < 2 or (counts.sum(axis=0) == 0).any() or (counts.sum(axis=1) == 0).any():
        raise NotApplicable("one-answer-only")
    return counts, notes


def _people(counts: np.ndarray) -> tuple[int, ...]:
    return tuple(int(row) for row in counts.sum(axis=1))


def _odds_ratio(counts: np.ndarray, confidence: float) -> tuple[float | None, Interval | None]:
    if counts.shape != (2, 2):
        return None, None
    found = stats.contingency.odds_ratio(counts)
    interval = found.confidence_interval(confidence)
    return float(found.statistic), (float(interval.low), float(interval.high))


def _risk_difference(counts: np.ndarray, confidence: float) -> tuple[float | None, Interval | None]:
    if counts.shape != (2, 2):
        return None, None
    yes, n = (int(counts[0, 0]), int(counts[1, 0])), (int(counts[0].sum()), int(counts[1].sum()))
    return yes[0] / n[0] - yes[1] / n[1], newcombe(yes, n, confidence)


METHODS = (
    Method(
        "fisher",
        "groups",
        ("ordinal", "binary"),
        fisher,
        "counts",
        "Fisher 1935; scipy.stats.fisher_exact",
        heading="counts",
    ),
    Method(
        "boschloo",
        "groups",
        ("binary",),
        boschloo,
        "counts",
        "Boschloo 1970; scipy.stats.boschloo_exact",
        heading="counts",
    ),
    Method(
        "chi-square",
        "groups",
        ("ordinal", "binary"),
        chi_square,
        "counts",
        "Pearson 1900; scipy.stats.chi2_contingency",
        assumes=("expected-counts",),
        heading="counts",
    ),
)
