"""Equivalence: is a difference small enough not to matter? Two one-sided t tests (TOST).

What is small enough is the reader's to say, before looking: the margin is never filled in.
"""

from __future__ import annotations

import math
from typing import Any

from scipy import stats

from analysis.methods.effect_sizes import d_z, effects_of_groups, effects_of_pairs
from analysis.methods.groups import g_of, quiet_ttest
from analysis.methods.method import (
    A_MINUS_B,
    AFTER_MINUS_BEFORE,
    Method,
    complete_pairs,
    differences,
    named,
    need_people,
    need_spread,
    present,
)
from analysis.methods.paired import NUMERIC
from analysis.results import NotApplicable, Note, Outcome


def tost(a: Any, b: Any, *, margin: float | None = None, confidence: float = 0.95) -> Outcome:
    """Do two means differ by less than `margin`, either way? Each group with its own variance.

    Args:
        a, b: shapes (n_a,) and (n_b,), in the unit of the outcome.
        margin: the smallest difference that would matter, in the same unit, above 0.

    p is the larger of the two one-sided p values, t the one that belongs to it. The interval of the
    difference has level 1 − 2α (90% beside α = 0.05): it lies inside ±margin exactly when p < α.

    Raises:
        NotApplicable: no margin is given, a group has fewer than 2 people, or nobody differs.
    """
    margin = _need_margin(margin)
    (x, left_x), (y, left_y) = present(a), present(b)
    need_people(2, x, y)
    need_spread(x, y)
    above = quiet_ttest(x + margin, y, equal_var=False, alternative="greater")
    below = quiet_ttest(x - margin, y, equal_var=False, alternative="less")
    return Outcome(
        "tost",
        *_larger_p(above, below),
        float(x.mean() - y.mean()),
        "mean_difference",
        _interval(quiet_ttest(x, y, equal_var=False), confidence),
        *named("hedges_g", g_of(x, y, confidence)),
        (len(x), len(y)),
        A_MINUS_B,
        (*left_x, *left_y, *_notes(margin, confidence)),
        confidence,
        effects_of_groups(x, y, confidence),
    )


def tost_paired(before: Any, after: Any, *, margin: float | None = None, confidence: float = 0.95) -> Outcome:
    """Is the mean change smaller than `margin`, either way? Arguments and p as in `tost`."""
    margin = _need_margin(margin)
    x, y, notes = complete_pairs(before, after)
    need_people(2, x)
    change = differences(x, y)
    need_spread(change)
    above = stats.ttest_1samp(change, -margin, alternative="greater")
    below = stats.ttest_1samp(change, margin, alternative="less")
    return Outcome(
        "tost-paired",
        *_larger_p(above, below),
        float(change.mean()),
        "mean_difference",
        _interval(stats.ttest_1samp(change, 0), confidence),
        *named("d_z", d_z(change, confidence)),
        len(change),
        AFTER_MINUS_BEFORE,
        (*notes, *_notes(margin, confidence)),
        confidence,
        effects_of_pairs(x, y, change, confidence),
    )


def _need_margin(margin: float | None) -> float:
    if margin is None:
        raise NotApplicable("needs-margin")
    if not (math.isfinite(margin) and margin > 0):
        raise NotApplicable("impossible-margin", margin=margin)
    return float(margin)


def _larger_p(above: Any, below: Any) -> tuple[float, str, float, float]:
    found = max(above, below, key=lambda one: one.pvalue)
    return float(found.statistic), "t", float(found.df), float(found.pvalue)


def _interval(found: Any, confidence: float) -> tuple[float, float]:
    low, high = found.confidence_interval(_level(confidence))
    return float(low), float(high)


def _level(confidence: float) -> float:
    return 1 - 2 * (1 - confidence)


def _notes(margin: float, confidence: float) -> tuple[Note, ...]:
    return (Note("equivalence", {"margin": f"{margin:g}", "percent": f"{100 * _level(confidence):g}"}),)


METHODS = (
    Method(
        "tost-paired",
        "paired",
        NUMERIC,
        tost_paired,
        "mean_sd",
        "Schuirmann 1987; scipy.stats.ttest_1samp",
        assumes=("normal-differences", "ends-of-scale"),
        heading="equivalence",
    ),
    Method(
        "tost",
        "groups",
        NUMERIC,
        tost,
        "mean_sd",
        "Schuirmann 1987; scipy.stats.ttest_ind",
        assumes=("normal-groups", "ends-of-scale"),
        heading="equivalence",
    ),
)
