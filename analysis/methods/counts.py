"""Tests of counts: two or more groups by two or more answers. The contrast is a − b."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from scipy import stats

from analysis.methods import budget, two_by_two
from analysis.methods.freeman_halton import freeman_halton
from analysis.methods.intervals import noncentral_chi2
from analysis.methods.method import A_MINUS_B, Method, as_floats, left_out, present
from analysis.methods.tables import effects_of_counts
from analysis.methods.two_by_two import Measure
from analysis.results import Interval, NotApplicable, Note, Outcome


def fisher(*samples: Any, confidence: float = 0.95) -> Outcome:
    """Fisher's exact test.

    Args:
        samples: two samples of answers (two-answer outcomes: 1 for yes, 0 for no), or one table of
            counts with a row per group and a column per answer (yes first).

    The estimate is the conditional odds ratio, the effect the difference of the shares that answered yes, each with
    what the test doesn't reject; both exist for two groups and two answers only.
    """
    counts, notes = _table(samples)
    p = _fisher_p(counts)
    odds = two_by_two.odds_by_fisher(counts, confidence) if counts.shape == (2, 2) else None
    return _exact("fisher", counts, p, odds, notes, confidence)


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
    p = float(stats.boschloo_exact(counts.T).pvalue)
    odds = _unconditional("boschloo", counts, "odds", p, confidence)
    return _exact("boschloo", counts, p, odds, notes, confidence)


def _exact(
    method: str, counts: np.ndarray, p: float, odds: Interval | None, notes: tuple[Note, ...], confidence: float
) -> Outcome:
    """What the exact tests of a table share: the odds ratio, the difference and the ratio of shares."""
    four = counts.shape == (2, 2)
    inverted: dict[Measure, Interval] = (
        {measure: _unconditional(method, counts, measure, p, confidence) for measure in MEASURES_OF_SHARES}
        if four
        else {}
    )
    return Outcome(
        method,
        None,
        "",
        None,
        p,
        float(stats.contingency.odds_ratio(counts).statistic) if four else None,
        "odds_ratio",
        odds,
        _risk_difference(counts),
        "risk_difference",
        inverted.get("difference"),
        _people(counts),
        A_MINUS_B,
        notes,
        confidence,
        effects_of_counts(counts, (inverted.get("ratio"), OF_RATIO[method]), confidence),
    )


def _unconditional(method: str, counts: np.ndarray, measure: Measure, p: float, confidence: float) -> Interval:
    """The values that the test doesn't reject, Fisher's on both sides together and Boschloo's on each by itself.

    Beyond what can be gone through in time, the score interval.
    """
    tables, alpha = two_by_two.tables_like(counts), 1 - confidence
    if measure == "odds" or two_by_two.feasible(counts):
        return two_by_two.unconditional(tables, measure, alpha, two_sided=method == "fisher", holds_none=p >= alpha)
    return two_by_two.by_score(tables, measure, confidence)


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
    difference, ratio = (
        two_by_two.by_score(two_by_two.tables_like(counts), measure, confidence) if counts.shape == (2, 2) else None
        for measure in MEASURES_OF_SHARES
    )
    return Outcome(
        "chi-square",
        statistic,
        "χ²",
        df,
        p,
        _risk_difference(counts),
        "risk_difference",
        difference,
        math.sqrt(statistic / scale),
        "cramers_v",
        (math.sqrt(low / scale), min(1.0, math.sqrt(high / scale))),
        _people(counts),
        A_MINUS_B,
        notes,
        confidence,
        effects_of_counts(counts, (ratio, OF_RATIO["chi-square"]), confidence),
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


PAIR_OF_COUNTS = 3e-5  # seconds that scipy's Boschloo and its odds ratio take per pair of numbers of yes
MEASURES_OF_SHARES: tuple[Measure, ...] = ("difference", "ratio")
OF_RATIO = {  # where the interval of the ratio of shares is from
    "fisher": "Agresti & Min 2001, doi:10.1111/j.0006-341X.2001.00963.x",
    "boschloo": "Chan & Zhang 1999, doi:10.1111/j.0006-341X.1999.01202.x",
    "chi-square": "Koopman 1984, Biometrics 40:513–517",
}
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


def _risk_difference(counts: np.ndarray) -> float | None:
    return float(counts[0, 0] / counts[0].sum() - counts[1, 0] / counts[1].sum()) if counts.shape == (2, 2) else None


METHODS = (
    Method(
        "fisher",
        "groups",
        ("ordinal", "binary"),
        fisher,
        "counts",
        "Fisher 1935; scipy.stats.fisher_exact; intervals: Fay 2010, Agresti & Min 2001",
        heading="counts",
    ),
    Method(
        "boschloo",
        "groups",
        ("binary",),
        boschloo,
        "counts",
        "Boschloo 1970; scipy.stats.boschloo_exact; intervals: Chan & Zhang 1999",
        heading="counts",
    ),
    Method(
        "chi-square",
        "groups",
        ("ordinal", "binary"),
        chi_square,
        "counts",
        "Pearson 1900; scipy.stats.chi2_contingency; intervals: Mee 1984, Koopman 1984",
        assumes=("expected-counts",),
        heading="counts",
    ),
)
