"""Tests of two groups that mind neither unequal spread nor single far-out values. The contrast is a − b."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from scipy import stats

from analysis.methods.effect_sizes import effects_of_groups
from analysis.methods.groups import quiet_ttest
from analysis.methods.intervals import noncentral_t
from analysis.methods.method import A_MINUS_B, Method, named, need_people, need_spread, present
from analysis.methods.paired import NUMERIC
from analysis.results import Interval, NotApplicable, Outcome

TRIM = 0.2  # from either end; Yuen 1974, Wilcox 2012
WINSORIZED_SD = 0.642  # of a normal distribution, SD 1, winsorized by a fifth; makes δ_R comparable with d


def brunner_munzel(a: Any, b: Any, *, confidence: float = 0.95) -> Outcome:
    """Brunner and Munzel's test: does one of a lie above one of b as often as below?

    The effect is that chance, ties counting half (above 0.5: a is higher), with the t interval of the
    same test, cut at 0 and 1. Unlike Mann–Whitney it doesn't take the groups to be shaped alike.

    Raises:
        NotApplicable: a group has fewer than 2 people, all are alike, or the groups don't overlap: the
            standard error is 0 then.
    """
    (x, left_x), (y, left_y) = present(a), present(b)
    need_people(2, x, y)
    need_spread(np.concatenate([x, y]))
    chance, variances = _placements(x, y)
    if sum(variances) == 0:
        raise NotApplicable("no-overlap")
    found = stats.brunnermunzel(y, x)  # scipy's statistic is positive where its second sample is higher
    df = sum(variances) ** 2 / (variances[0] ** 2 / (len(x) - 1) + variances[1] ** 2 / (len(y) - 1))
    half = float(stats.t.ppf((1 + confidence) / 2, df)) * math.sqrt(sum(variances))
    return Outcome(
        "brunner-munzel",
        float(found.statistic),
        "W",
        float(df),
        float(found.pvalue),
        None,
        "",
        None,
        chance,
        "superiority",
        (max(0.0, chance - half), min(1.0, chance + half)),
        (len(x), len(y)),
        A_MINUS_B,
        left_x + left_y,
        confidence,
    )


def _placements(x: np.ndarray, y: np.ndarray) -> tuple[float, tuple[float, float]]:
    """P(a > b) + P(a = b) / 2 and the two parts of its variance (Brunner & Munzel 2000, section 3)."""
    of_a, of_b = _share_below(x, y), _share_below(y, x)
    return float(of_a.mean()), (float(of_a.var(ddof=1) / len(x)), float(of_b.var(ddof=1) / len(y)))


def _share_below(values: np.ndarray, others: np.ndarray) -> np.ndarray:
    """The share of the others that lies below each value, those alike counting half."""
    ordered = np.sort(others)
    below, not_above = np.searchsorted(ordered, values, side="left"), np.searchsorted(ordered, values, side="right")
    return (below + not_above) / (2 * len(others))


def yuen(a: Any, b: Any, *, confidence: float = 0.95) -> Outcome:
    """Yuen's test of two means without the lowest and the highest fifth, each group with its own variance.

    Raises:
        NotApplicable: a group has fewer than 2 people, or what is left varies in neither group.
    """
    (x, left_x), (y, left_y) = present(a), present(b)
    need_people(2, x, y)
    if _winsorized_variance(x) == 0 == _winsorized_variance(y):
        raise NotApplicable("no-spread-middle")
    found = quiet_ttest(x, y, equal_var=False, trim=TRIM)
    low, high = found.confidence_interval(confidence)
    return Outcome(
        "yuen",
        float(found.statistic),
        "t",
        float(found.df),
        float(found.pvalue),
        float(stats.trim_mean(x, TRIM) - stats.trim_mean(y, TRIM)),
        "trimmed_mean_difference",
        (float(low), float(high)),
        *named("robust_d", _robust_d(x, y, confidence)),
        (len(x), len(y)),
        A_MINUS_B,
        left_x + left_y,
        confidence,
        effects_of_groups(x, y, confidence),
    )


def _robust_d(x: np.ndarray, y: np.ndarray, confidence: float) -> tuple[float, Interval]:
    """δ_R: trimmed difference in pooled winsorized SDs, with its noncentral-t interval.

    Algina, Keselman & Penfield 2005, doi:10.1037/1082-989X.10.3.317.
    """
    m, n = len(x), len(y)
    kept = sum(size - 2 * _cut(size) for size in (m, n)) - 2
    squares = (m - 1) * _winsorized_variance(x) + (n - 1) * _winsorized_variance(y)
    difference = stats.trim_mean(x, TRIM) - stats.trim_mean(y, TRIM)
    width = math.sqrt(1 / (m - 2 * _cut(m)) + 1 / (n - 2 * _cut(n)))
    low, high = noncentral_t(float(difference / (math.sqrt(squares / kept) * width)), kept, confidence)
    scale = WINSORIZED_SD * width * math.sqrt((m + n - 2) / kept)
    return float(WINSORIZED_SD * difference / math.sqrt(squares / (m + n - 2))), (low * scale, high * scale)


def _cut(n: int) -> int:
    """People left out at either end."""
    return int(TRIM * n)


def _winsorized_variance(values: np.ndarray) -> float:
    """Variance after the outer fifths have been moved in to the nearest value kept."""
    ordered, cut = np.sort(values), _cut(len(values))
    return float(np.clip(ordered, ordered[cut], ordered[-1 - cut]).var(ddof=1))


METHODS = (
    Method(
        "brunner-munzel",
        "groups",
        (*NUMERIC, "binary"),
        brunner_munzel,
        "median_iqr",
        "Brunner & Munzel 2000; scipy.stats.brunnermunzel",
        heading="robust",
    ),
    Method(
        "yuen",
        "groups",
        NUMERIC,
        yuen,
        "mean_sd",
        "Yuen 1974; scipy.stats.ttest_ind(trim=0.2)",
        assumes=("ends-of-scale",),
        heading="robust",
    ),
)
