"""Tests of one group measured twice. The contrast is always after − before."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import special, stats

from analysis.methods import inversion, selection
from analysis.methods.effect_sizes import d_z, effects_of_pairs, rank_biserial_of_changes, share_rising
from analysis.methods.exact import LARGEST, beyond_note, doubled_ranks, signed_rank_quantile, signed_sum_p
from analysis.methods.intervals import proportion
from analysis.methods.method import (
    AFTER_MINUS_BEFORE,
    Method,
    as_floats,
    complete_pairs,
    differences,
    named,
    need_people,
    need_spread,
    without_test,
)
from analysis.results import Interval, NotApplicable, Note, Outcome


def paired_t(before: Any, after: Any, *, confidence: float = 0.95) -> Outcome:
    """Student's t test of the mean difference.

    Args:
        before, after: shape (n,), same people in the same order, in the unit of the outcome.

    Raises:
        NotApplicable: unequal lengths, fewer than 2 pairs, or all differences alike.
    """
    x, y, notes = complete_pairs(before, after)
    need_people(2, x)
    change = differences(x, y)
    need_spread(change)
    found = stats.ttest_1samp(change, 0)
    t, p = as_floats(found)
    interval = found.confidence_interval(confidence)
    return Outcome(
        "paired-t",
        t,
        "t",
        float(len(change) - 1),
        p,
        float(change.mean()),
        "mean_difference",
        (float(interval.low), float(interval.high)),
        *named("d_z", d_z(change, confidence)),
        len(change),
        AFTER_MINUS_BEFORE,
        notes,
        confidence,
        effects_of_pairs(x, y, change, confidence),
    )


def wilcoxon(before: Any, after: Any, *, exact: bool = True, confidence: float = 0.95) -> Outcome:
    """Wilcoxon's signed-rank test; zero differences take no part in the test.

    `exact=True` is the permutation distribution with ties, `False` the tie-corrected normal
    approximation without continuity correction (what SPSS prints), which also stands in, with a note,
    beyond `exact.LARGEST` people. The estimate is the Hodges–Lehmann median of the Walsh averages of
    all differences, zeros included, because people who did not change are part of a typical change.
    """
    x, y, notes = complete_pairs(before, after)
    change = differences(x, y)
    moved = change[change != 0]
    need_people(1, moved)
    ranks, m = doubled_ranks(np.abs(moved)), len(moved)
    positive = int(ranks[moved > 0].sum())
    z = _z(ranks, positive)
    p_of = _exact_p if exact and len(change) <= LARGEST else _normal_p
    if zeros := len(change) - m:
        notes += (Note("zeros", {"count": zeros}),)
    estimate, interval, short = _walsh(change, p_of, confidence)
    return Outcome(
        "wilcoxon",
        positive / 2,
        "V",
        None,
        p_of(moved),
        estimate,
        "hodges_lehmann",
        interval,
        *named("rank_biserial", rank_biserial_of_changes(change, confidence)),
        len(change),
        AFTER_MINUS_BEFORE,
        (*notes, *beyond_note(len(change)), *short, Note("z", {"z": z})),
        confidence,
        (share_rising(change, confidence),),
    )


def _z(doubled: np.ndarray, positive: int) -> float:
    """Standardised rank sum; the variance is the sum of squared ranks / 4, ties included."""
    ranks = doubled / 2
    return float((positive / 2 - ranks.sum() / 2) / math.sqrt((ranks**2).sum() / 4))


def _signed_ranks(change: np.ndarray) -> tuple[np.ndarray, int]:
    """Doubled ranks of those who changed, and their sum over those who rose."""
    moved = change[change != 0]
    ranks = doubled_ranks(np.abs(moved))
    return ranks, int(ranks[moved > 0].sum())


def _exact_p(change: np.ndarray) -> float:
    """Of changes of which none may be there, as when everybody is taken to have changed by just so much."""
    return signed_sum_p(*_signed_ranks(change)) if change.any() else 1.0


def _normal_p(change: np.ndarray) -> float:
    return float(2 * special.ndtr(-abs(_z(*_signed_ranks(change))))) if change.any() else 1.0


def _walsh(
    change: np.ndarray, p_of: Callable[[np.ndarray], float], confidence: float
) -> tuple[float, Interval, tuple[Note, ...]]:
    """Median of all pairwise means, the shifts that the test doesn't reject, and a note where few people give less.

    Beyond `LARGEST` people order statistics of the means, without regard to ties (Hollander & Wolfe, ch. 3.3).
    """
    averages, n = selection.Averages(change), len(change)
    estimate = selection.median(averages)
    if n > LARGEST:
        return estimate, selection.outer(averages, signed_rank_quantile((1 - confidence) / 2, n)), ()
    found = inversion.of_walsh(change, estimate, p_of, 1 - confidence)
    return estimate, found.interval, found.notes(1 - 2 ** (1 - n))


def sign(before: Any, after: Any, *, confidence: float = 0.95) -> Outcome:
    """Sign test: of the people who changed, did more improve than chance would have it?"""
    x, y, notes = complete_pairs(before, after)
    change = differences(x, y)
    up, moved = int((change > 0).sum()), int((change != 0).sum())
    need_people(1, change[change != 0])
    if zeros := len(change) - moved:
        notes += (Note("zeros", {"count": zeros}),)
    median = float(np.median(change))
    shifts = inversion.of_changes(change, median, _sign_p, 1 - confidence)
    return Outcome(
        "sign",
        float(up),
        "S",
        None,
        _sign_p(change),
        median,
        "median_difference",
        shifts.interval,
        up / moved,
        "probability_positive",
        proportion(up, moved, confidence),
        len(change),
        AFTER_MINUS_BEFORE,
        (*notes, *shifts.notes(1 - 2 ** (1 - len(change)))),
        confidence,
        (share_rising(change, confidence),),
    )


def _sign_p(change: np.ndarray) -> float:
    """Twice the smaller tail of those who changed; 1 where nobody did."""
    up, down = int((change > 0).sum()), int((change < 0).sum())
    return min(1.0, float(2 * special.bdtr(min(up, down), up + down, 0.5))) if up + down else 1.0


def mcnemar(before: Any, after: Any, *, exact: bool = True, mid_p: bool = False, confidence: float = 0.95) -> Outcome:
    """McNemar's test of two yes/no answers (1/0) of the same people.

    `exact=True` is the binomial test of those who changed; `False` χ² without continuity correction.
    `mid_p=True` takes the exact test and counts the result seen half (Fagerland et al. 2013). Each has the
    interval of its own test: Clopper–Pearson's, Wilson's, mid-p.
    """
    x, y, notes = complete_pairs(before, after)
    if not set(np.unique([x, y])) <= {0.0, 1.0}:
        raise NotApplicable("needs-binary")
    gained, lost = int((y > x).sum()), int((y < x).sum())
    moved = gained + lost
    if not moved:
        raise NotApplicable("nobody-changed")
    share = proportion(gained, moved, confidence, "mid-p" if mid_p else "exact" if exact else "wilson")
    chi2 = (gained - lost) ** 2 / moved
    p = stats.binomtest(gained, moved).pvalue if exact or mid_p else stats.chi2.sf(chi2, 1)
    statistic = (float(gained), "S", None) if exact or mid_p else (chi2, "χ²", 1.0)
    seen = stats.binom.pmf(gained, moved, 0.5) / (2 if gained == lost else 1) if mid_p else 0.0
    return Outcome(
        "mcnemar",
        *statistic,
        float(p - seen),
        _odds(gained / moved),
        "odds_ratio_paired",
        (_odds(share[0]), _odds(share[1])),
        gained / moved - 0.5,
        "cohens_g",
        (share[0] - 0.5, share[1] - 0.5),
        len(x),
        AFTER_MINUS_BEFORE,
        (*notes, Note("moved", {"gained": gained, "lost": lost})),
        confidence,
    )


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else math.inf


EXACT_OR_NORMAL = ({"exact": True}, {"exact": False})
NUMERIC = ("continuous", "ordinal")

OF_THE_TEST = ("z", "zeros")  # notes that speak of p, not of the estimate


def hodges_lehmann_paired(before: Any, after: Any, *, confidence: float = 0.95) -> Outcome:
    """How large the change typically is: the median of all Walsh averages, with its interval and no test.

    The same estimate and interval as beside `wilcoxon`; arguments as there.
    """
    return without_test(wilcoxon(before, after, confidence=confidence), "hodges-lehmann-paired", OF_THE_TEST)


METHODS = (
    Method(
        "paired-t",
        "paired",
        NUMERIC,
        paired_t,
        "mean_sd",
        "Student 1908; scipy.stats.ttest_1samp",
        assumes=("normal-differences", "ends-of-scale"),
    ),
    Method(
        "wilcoxon",
        "paired",
        (*NUMERIC, "binary"),
        wilcoxon,
        "median_iqr",
        "Wilcoxon 1945; exact with ties: Streitberg & Röhmel 1986",
        EXACT_OR_NORMAL,
        assumes=("symmetry", "ties"),
    ),
    Method("sign", "paired", NUMERIC, sign, "median_iqr", "Arbuthnott 1710; scipy.stats.binomtest"),
    Method(
        "mcnemar",
        "paired",
        ("binary",),
        mcnemar,
        "counts",
        "McNemar 1947; mid-p: Fagerland et al. 2013, doi:10.1186/1471-2288-13-91; scipy.stats.binomtest",
        (*EXACT_OR_NORMAL, {"mid_p": True}),
        assumes=("changed-people",),
        heading="counts",
    ),
    Method(
        "hodges-lehmann-paired",
        "paired",
        NUMERIC,
        hodges_lehmann_paired,
        "median_iqr",
        "Hodges & Lehmann 1963, doi:10.1214/aoms/1177704172",
        heading="robust",
    ),
)
