"""Tests of two groups of different people. The contrast is always a − b, first minus second."""

from __future__ import annotations

import math
import warnings
from typing import Any

import numpy as np
from scipy import special, stats

from analysis.methods import budget, inversion, selection
from analysis.methods.effect_sizes import cliffs_delta, effects_of_groups, superiority
from analysis.methods.exact import ADDITION, LARGEST, beyond_note, doubled_ranks, rank_sum_p, rank_sum_quantile
from analysis.methods.intervals import hedges_correction, noncentral_t
from analysis.methods.method import A_MINUS_B, Method, named, need_people, need_spread, present, without_test
from analysis.methods.paired import EXACT_OR_NORMAL, NUMERIC, OF_THE_TEST
from analysis.results import Interval, Note, Outcome


def independent_t(a: Any, b: Any, *, confidence: float = 0.95) -> Outcome:
    """Student's t test of two means, one common variance.

    Args:
        a, b: shapes (n_a,) and (n_b,), in the unit of the outcome.

    Raises:
        NotApplicable: a group has fewer than 2 people, or nobody differs from anybody.
    """
    return _t("independent-t", a, b, equal_variances=True, confidence=confidence)


def welch_t(a: Any, b: Any, *, confidence: float = 0.95) -> Outcome:
    """Welch's t test of two means, each group with its own variance."""
    return _t("welch-t", a, b, equal_variances=False, confidence=confidence)


def _t(method: str, a: Any, b: Any, *, equal_variances: bool, confidence: float) -> Outcome:
    (x, left_x), (y, left_y) = present(a), present(b)
    need_people(2, x, y)
    need_spread(x, y)
    found = quiet_ttest(x, y, equal_var=equal_variances)
    low, high = found.confidence_interval(confidence)
    return Outcome(
        method,
        float(found.statistic),
        "t",
        float(found.df),
        float(found.pvalue),
        float(x.mean() - y.mean()),
        "mean_difference",
        (float(low), float(high)),
        *named("hedges_g", g_of(x, y, confidence)),
        (len(x), len(y)),
        A_MINUS_B,
        left_x + left_y,
        confidence,
        effects_of_groups(x, y, confidence),
    )


def quiet_ttest(x: np.ndarray, y: np.ndarray, **options: Any) -> Any:
    """scipy's t test, without its warning where one group has no spread: the other's then answers alone."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Precision loss", category=RuntimeWarning)
        return stats.ttest_ind(x, y, **options)


def g_of(x: np.ndarray, y: np.ndarray, confidence: float) -> tuple[float, Interval]:
    """`hedges_g` of two samples."""
    return hedges_g(x.mean() - y.mean(), x.std(ddof=1), y.std(ddof=1), len(x), len(y), confidence)


def hedges_g(
    difference: float, sd_a: float, sd_b: float, n_a: int, n_b: int, confidence: float
) -> tuple[float, Interval]:
    """Difference over the pooled SD of two groups, bias taken out exactly, with its noncentral-t interval."""
    df = n_a + n_b - 2
    pooled = math.sqrt(((n_a - 1) * sd_a**2 + (n_b - 1) * sd_b**2) / df)
    return standardised(difference, pooled, df, n_a, n_b, confidence)


def standardised(
    difference: float, sd: float, df: float, n_a: int, n_b: int, confidence: float
) -> tuple[float, Interval]:
    """Hedges g of a difference in an SD known with `df` degrees of freedom, and its noncentral-t interval."""
    per_root_n = math.sqrt(1 / n_a + 1 / n_b)
    scale = hedges_correction(df) * per_root_n
    t = difference / (sd * per_root_n)
    low, high = noncentral_t(t, df, confidence)
    return float(t * scale), (low * scale, high * scale)


def mann_whitney(a: Any, b: Any, *, exact: bool = True, confidence: float = 0.95) -> Outcome:
    """Mann–Whitney's rank-sum test.

    `exact=True` is the permutation distribution with ties, `False` the tie-corrected normal
    approximation without continuity correction (what SPSS prints), which also stands in, with a note,
    beyond `exact.LARGEST` people. Estimate: the Hodges–Lehmann median of all differences a − b.
    Effect: rank-biserial, positive when a is higher.
    """
    (x, left_x), (y, left_y) = present(a), present(b)
    need_people(1, x, y)
    m, n = len(x), len(y)
    ranks = doubled_ranks(np.concatenate([x, y]))
    doubled_sum = int(ranks[:m].sum())
    u = doubled_sum / 2 - m * (m + 1) / 2
    z = _z(ranks, m, n, u)
    p_of = _exact_p if exact and m + n <= LARGEST else _normal_p
    balance = cliffs_delta(x, y, confidence)
    estimate, shift, short = _shift(x, y, exact, confidence)
    return Outcome(
        "mann-whitney",
        float(u),
        "U",
        None,
        p_of(x, y),
        estimate,
        "hodges_lehmann",
        shift,
        *named("rank_biserial", balance),
        (m, n),
        A_MINUS_B,
        (*left_x, *left_y, *beyond_note(m + n), *short, Note("z", {"z": z})),
        confidence,
        (superiority(*balance),),
    )


def _z(doubled: np.ndarray, m: int, n: int, u: float) -> float:
    """Standardised U; the variance of drawing m of the pooled ranks without replacement, ties included."""
    spread = (doubled / 2).var(ddof=1)
    return float((u - m * n / 2) / math.sqrt(m * n / (m + n) * spread)) if spread else 0.0


def _exact_p(a: np.ndarray, b: np.ndarray) -> float:
    ranks = doubled_ranks(np.concatenate([a, b]))
    return rank_sum_p(ranks, len(a), int(ranks[: len(a)].sum()))


def _normal_p(a: np.ndarray, b: np.ndarray) -> float:
    m, n = len(a), len(b)
    ranks = doubled_ranks(np.concatenate([a, b]))
    return float(2 * special.ndtr(-abs(_z(ranks, m, n, ranks[:m].sum() / 2 - m * (m + 1) / 2))))


def _shift(a: np.ndarray, b: np.ndarray, exact: bool, confidence: float) -> tuple[float, Interval, tuple[Note, ...]]:
    """Median of all differences a − b, the shifts that the test doesn't reject, and a note where few people give less.

    Where asking the exact test again and again would take too long, and beyond `LARGEST` people, order statistics of
    the differences, without regard to ties (Hollander & Wolfe, ch. 4.3).
    """
    gaps, m, n = selection.Differences(a, b), len(a), len(b)
    estimate = selection.median(gaps)
    if m + n > LARGEST or (exact and budget.over((m * n) ** 2, ASKED * ADDITION)):
        return estimate, selection.outer(gaps, rank_sum_quantile((1 - confidence) / 2, m, n)), ()
    found = inversion.of_differences(a, b, estimate, _exact_p if exact else _normal_p, 1 - confidence)
    return estimate, found.interval, found.notes(1 - 2 / math.comb(m + n, m))


ASKED = 40  # times that a test is asked for p on the way to its interval


def hodges_lehmann(a: Any, b: Any, *, confidence: float = 0.95) -> Outcome:
    """How far apart two groups typically lie: the median of all differences a − b, with its interval and no test.

    The same estimate and interval as beside `mann_whitney`; arguments as there.
    """
    return without_test(mann_whitney(a, b, confidence=confidence), "hodges-lehmann", OF_THE_TEST)


METHODS = (
    Method(
        "independent-t",
        "groups",
        NUMERIC,
        independent_t,
        "mean_sd",
        "Student 1908; scipy.stats.ttest_ind",
        assumes=("normal-groups", "alike-spread", "ends-of-scale"),
    ),
    Method(
        "welch-t",
        "groups",
        NUMERIC,
        welch_t,
        "mean_sd",
        "Welch 1947; scipy.stats.ttest_ind",
        assumes=("normal-groups", "ends-of-scale"),
    ),
    Method(
        "mann-whitney",
        "groups",
        (*NUMERIC, "binary"),
        mann_whitney,
        "median_iqr",
        "Mann & Whitney 1947; exact with ties: Streitberg & Röhmel 1986",
        EXACT_OR_NORMAL,
        assumes=("same-shape", "ties"),
    ),
    Method(
        "hodges-lehmann",
        "groups",
        NUMERIC,
        hodges_lehmann,
        "median_iqr",
        "Hodges & Lehmann 1963, doi:10.1214/aoms/1177704172",
        heading="robust",
    ),
)
