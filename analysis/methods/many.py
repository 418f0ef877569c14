"""Tests of two or more groups of different people at once: does any group differ from any other?

Which groups differ, and by how much, is for the pairwise tests in `comparisons`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import stats

from analysis.methods.explained import omega_squared
from analysis.methods.intervals import partial_eta_squared
from analysis.methods.method import NO_CONTRAST, Method, need_spread, present_groups
from analysis.methods.paired import NUMERIC
from analysis.results import Effect, NotApplicable, Note, Outcome


def anova(*samples: Any, confidence: float = 0.95) -> Outcome:
    """One-way analysis of variance, one common variance.

    Args:
        samples: one sample of shape (n_i,) per group, in the unit of the outcome.

    The effect η² is the share of variance between the groups; with one factor it is also partial η².

    Raises:
        NotApplicable: one sample only, a group with fewer than 2 people, or no spread within any group.
    """
    groups, notes = present_groups(2, samples)
    need_spread(*groups)
    found = stats.f_oneway(*groups)
    df = (float(len(groups) - 1), float(sum(map(len, groups)) - len(groups)))
    omega = omega_squared(float(found.statistic), df[0], sum(map(len, groups)))
    return _of_variances("anova", found, df, groups, notes, confidence, (omega,))


def _of_variances(
    method: str,
    found: Any,
    df: tuple[float, float],
    groups: list[np.ndarray],
    notes: tuple[Note, ...],
    confidence: float,
    others: tuple[Effect, ...] = (),
) -> Outcome:
    """An F test of means, with η² as it follows from F and its degrees of freedom."""
    statistic = float(found.statistic)
    effect, interval = partial_eta_squared(statistic, *df, confidence)
    return Outcome(
        method, statistic, "F", df, float(found.pvalue), None, "", None, effect, "eta_squared", interval,
        tuple(map(len, groups)), NO_CONTRAST, notes, confidence, others,
    )  # fmt: skip


def welch_anova(*samples: Any, confidence: float = 0.95) -> Outcome:
    """Welch's analysis of variance, each group with its own variance; arguments as in `anova`.

    The effect is η² as it follows from Welch's F and its degrees of freedom, an approximation.

    Raises:
        NotApplicable: as in `anova`, or one group has no spread at all.
    """
    groups, notes = present_groups(2, samples)
    need_spread_in_each(groups)
    from statsmodels.stats.oneway import anova_oneway

    found = anova_oneway(groups, use_var="unequal")
    df = (float(found.df[0]), float(found.df[1]))
    return _of_variances("welch-anova", found, df, groups, notes, confidence)


def kruskal(*samples: Any, confidence: float = 0.95) -> Outcome:
    """Kruskal–Wallis' rank test, corrected for ties; arguments as in `anova`.

    The effect ε² is the share of the ranks' variance between the groups, H / (n − 1). A note is made
    where a group is so small that χ² is a rough approximation.
    """
    groups, notes = present_groups(1, samples)
    people = np.concatenate(groups)
    need_spread(people)
    found = stats.kruskal(*groups)
    if (smallest := min(map(len, groups))) < SMALL_GROUP:
        notes += (Note("small-group", {"n": smallest}),)
    return Outcome(
        "kruskal",
        float(found.statistic),
        "χ²",
        float(len(groups) - 1),
        float(found.pvalue),
        None,
        "",
        None,
        float(found.statistic) / (len(people) - 1),
        "epsilon_squared",
        None,
        tuple(map(len, groups)),
        NO_CONTRAST,
        notes,
        confidence,
    )


def need_spread_in_each(groups: list[np.ndarray]) -> None:
    """Raise when a group has no spread: a test that weighs each group by its own spread has no answer then."""
    if any(np.ptp(group) == 0 for group in groups):
        raise NotApplicable("group-without-spread")


SMALL_GROUP = 5  # Kruskal & Wallis 1952, doi:10.1080/01621459.1952.10483441: tables up to 5, χ² beyond

METHODS = (
    Method(
        "anova",
        "many-groups",
        NUMERIC,
        anova,
        "mean_sd",
        "Fisher 1925; scipy.stats.f_oneway",
        assumes=("normal-groups", "alike-spread", "ends-of-scale"),
        heading="several",
    ),
    Method(
        "welch-anova",
        "many-groups",
        NUMERIC,
        welch_anova,
        "mean_sd",
        "Welch 1951; statsmodels.stats.oneway.anova_oneway",
        assumes=("normal-groups", "ends-of-scale"),
        heading="several",
    ),
    Method(
        "kruskal",
        "many-groups",
        (*NUMERIC, "binary"),
        kruskal,
        "median_iqr",
        "Kruskal & Wallis 1952; scipy.stats.kruskal",
        assumes=("ties",),
        heading="several",
    ),
)
