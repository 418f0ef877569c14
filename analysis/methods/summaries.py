"""t tests from what a study printed instead of its data: means, SDs and numbers of people."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from scipy import stats

from analysis.methods.groups import hedges_g
from analysis.methods.intervals import noncentral_t
from analysis.methods.method import A_MINUS_B, AFTER_MINUS_BEFORE, Method
from analysis.results import NotApplicable, Note, Outcome


def independent_t_summary(a: Any, b: Any, *, equal_variances: bool = True, confidence: float = 0.95) -> Outcome:
    """t test of two means from two triples (mean, SD, n); Student's by default, else Welch's.

    Raises:
        NotApplicable: an SD is negative or both are 0, or an n is below 2.
    """
    (mean_a, sd_a, n_a), (mean_b, sd_b, n_b) = _triple(a), _triple(b)
    if sd_a == 0 == sd_b:
        raise NotApplicable("no-spread")
    found = stats.ttest_ind_from_stats(mean_a, sd_a, n_a, mean_b, sd_b, n_b, equal_var=equal_variances)
    df = n_a + n_b - 2 if equal_variances else _welch_df(sd_a**2 / n_a, sd_b**2 / n_b, n_a, n_b)
    difference = mean_a - mean_b
    half = float(stats.t.ppf((1 + confidence) / 2, df)) * _se(sd_a, sd_b, n_a, n_b, equal_variances)
    g, g_interval = hedges_g(difference, sd_a, sd_b, n_a, n_b, confidence)
    return Outcome(
        "independent-t-summary",
        float(found.statistic),
        "t",
        float(df),
        float(found.pvalue),
        difference,
        "mean_difference",
        (difference - half, difference + half),
        g,
        "hedges_g",
        g_interval,
        (n_a, n_b),
        A_MINUS_B,
        (),
        confidence,
    )


def _se(sd_a: float, sd_b: float, n_a: int, n_b: int, equal_variances: bool) -> float:
    if not equal_variances:
        return math.sqrt(sd_a**2 / n_a + sd_b**2 / n_b)
    pooled = ((n_a - 1) * sd_a**2 + (n_b - 1) * sd_b**2) / (n_a + n_b - 2)
    return math.sqrt(pooled * (1 / n_a + 1 / n_b))


def _welch_df(v_a: float, v_b: float, n_a: int, n_b: int) -> float:
    """Welch 1947 (Satterthwaite): effective degrees of freedom."""
    return (v_a + v_b) ** 2 / (v_a**2 / (n_a - 1) + v_b**2 / (n_b - 1))


def paired_t_summary(before: Any, after: Any = None, *, r: float | None = None, confidence: float = 0.95) -> Outcome:
    """Paired t test from printed summaries.

    Args:
        before, after: triples (mean, SD, n) of the two timepoints, with the correlation `r` between
            them; or `before` alone: the triple (mean, SD, n) of the change itself.

    Raises:
        NotApplicable: `r` is missing or outside −1 … 1, n differ, or the change has no spread.
    """
    mean, sd, n = _triple(before) if after is None else _change(_triple(before), _triple(after), r)
    if sd == 0:
        raise NotApplicable("no-spread")
    t = mean / (sd / math.sqrt(n))
    half = float(stats.t.ppf((1 + confidence) / 2, n - 1)) * sd / math.sqrt(n)
    low, high = noncentral_t(t, n - 1, confidence)
    notes = () if after is None else (Note("assumed-r", {"r": r}),)
    return Outcome(
        "paired-t-summary",
        t,
        "t",
        float(n - 1),
        float(2 * stats.t.sf(abs(t), n - 1)),
        mean,
        "mean_difference",
        (mean - half, mean + half),
        mean / sd,
        "d_z",
        (low / math.sqrt(n), high / math.sqrt(n)),
        n,
        AFTER_MINUS_BEFORE,
        notes,
        confidence,
    )


def _change(before, after, r):
    """Mean, SD and n of the change: variances add, less twice the covariance."""
    (mean_b, sd_b, n_b), (mean_a, sd_a, n_a) = before, after
    if n_b != n_a:
        raise NotApplicable("unequal-pairs", before=n_b, after=n_a)
    if r is None:
        raise NotApplicable("needs-r")
    if not -1 <= r <= 1:
        raise NotApplicable("impossible-r", r=r)
    return mean_a - mean_b, math.sqrt(max(0.0, sd_b**2 + sd_a**2 - 2 * r * sd_b * sd_a)), n_b


def _triple(summary: Any) -> tuple[float, float, int]:
    mean, sd, n = np.asarray(summary, dtype=float).tolist()
    if not all(map(math.isfinite, (mean, sd, n))):
        raise NotApplicable("infinite")
    if sd < 0:
        raise NotApplicable("negative-sd", sd=sd)
    if n < 2 or n != int(n):
        raise NotApplicable("too-few", least=2, n=n)
    return mean, sd, int(n)


METHODS = (
    Method(
        "independent-t-summary",
        "groups-summary",
        ("continuous", "ordinal"),
        independent_t_summary,
        "mean_sd",
        "scipy.stats.ttest_ind_from_stats",
        ({"equal_variances": True}, {"equal_variances": False}),
        assumes=("normal-groups", "alike-spread", "ends-of-scale"),
    ),
    Method(
        "paired-t-summary",
        "paired-summary",
        ("continuous", "ordinal"),
        paired_t_summary,
        "mean_sd",
        "Student 1908, from the SD of the change",
        assumes=("normal-differences", "ends-of-scale"),
    ),
)
