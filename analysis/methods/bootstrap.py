"""Intervals by bootstrap: people drawn again and again from those seen, bias-corrected and accelerated (BCa).

There is no p: the interval is the answer.
"""

from __future__ import annotations

import math
import warnings
from typing import Any, Literal

import numpy as np
from scipy import stats

from analysis.methods import budget
from analysis.methods.effect_sizes import d_z, effects_of_groups, effects_of_pairs
from analysis.methods.groups import g_of
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
from analysis.methods.resampling import generator, ordered_changes, ordered_groups, turned, whole
from analysis.results import Interval, NotApplicable, Note, Outcome

Statistic = Literal["mean", "median"]
RESAMPLES = 9_999
RESAMPLED = 5e-8  # seconds per person and resample
FEW = 10  # people; ours. How much too narrow it gets: Hesterberg 2015, doi:10.1080/00031305.2015.1089789


def bootstrap(
    a: Any, b: Any, *, statistic: Statistic = "mean", resamples: int = RESAMPLES, confidence: float = 0.95
) -> Outcome:
    """BCa interval of the difference of two means (or medians), each group resampled by itself, fixed seed.

    Raises:
        NotApplicable: a group has fewer than 2 people, nobody differs from anybody, or the resamples are
            too much alike for limits.
    """
    (x, left_x), (y, left_y) = present(a), present(b)
    need_people(2, x, y)
    need_spread(x, y)
    _need_time(resamples, len(x) + len(y))
    first, second, sign = ordered_groups(x, y)
    steps, unit = whole(np.concatenate([first, second]) - min(first[0], second[0]))
    middle = np.median if statistic == "median" else np.mean

    def gap(one: np.ndarray, other: np.ndarray, axis: int) -> np.ndarray:
        return middle(one, axis=axis) - middle(other, axis=axis)

    return Outcome(
        "bootstrap",
        None,
        "",
        None,
        None,
        float(middle(x) - middle(y)),
        "difference_of_medians" if statistic == "median" else "mean_difference",
        turned(_bca((steps[: len(first)], steps[len(first) :]), gap, resamples, confidence), sign * unit),
        *named("hedges_g", g_of(x, y, confidence)),
        (len(x), len(y)),
        A_MINUS_B,
        (*left_x, *left_y, *_notes(resamples, min(len(x), len(y)))),
        confidence,
        effects_of_groups(x, y, confidence),
    )


def bootstrap_paired(
    before: Any, after: Any, *, statistic: Statistic = "mean", resamples: int = RESAMPLES, confidence: float = 0.95
) -> Outcome:
    """BCa interval of the mean (or median) change, people resampled with both their values, fixed seed."""
    x, y, notes = complete_pairs(before, after)
    need_people(2, x)
    change = differences(x, y)
    need_spread(change)
    _need_time(resamples, len(change))
    ordered, sign = ordered_changes(change)
    steps, unit = whole(ordered)
    middle = np.median if statistic == "median" else np.mean
    return Outcome(
        "bootstrap-paired",
        None,
        "",
        None,
        None,
        float(middle(change)),
        "median_difference" if statistic == "median" else "mean_difference",
        turned(_bca((steps,), middle, resamples, confidence), sign * unit),
        *named("d_z", d_z(change, confidence)),
        len(change),
        AFTER_MINUS_BEFORE,
        (*notes, *_notes(resamples, len(change))),
        confidence,
        effects_of_pairs(x, y, change, confidence),
    )


def _need_time(resamples: int, people: int) -> None:
    """Raise where so many resamples of so many people can't be drawn in time."""
    if resamples < 2:
        raise NotApplicable("no-resamples", resamples=resamples)
    largest = budget.most(resamples * RESAMPLED)
    if budget.over(resamples * people, RESAMPLED):
        raise NotApplicable("too-many-resampled", n=people, count=resamples, most=largest)


def _bca(samples: tuple[np.ndarray, ...], statistic: Any, resamples: int, confidence: float) -> Interval:
    with warnings.catch_warnings(), np.errstate(invalid="ignore", divide="ignore"):  # refused below
        warnings.simplefilter("ignore", stats.DegenerateDataWarning)
        found = stats.bootstrap(
            samples,
            statistic,
            n_resamples=resamples,
            batch=max(1, budget.BLOCK // max(map(len, samples))),
            confidence_level=confidence,
            method="BCa",
            vectorized=True,
            rng=generator(),
        )
    low, high = (float(end) for end in found.confidence_interval)
    if math.isnan(low) or math.isnan(high):
        raise NotApplicable("resamples-alike")
    return low, high


def _notes(resamples: int, people: int) -> tuple[Note, ...]:
    count = (Note("resamples", {"count": resamples}),)
    return (*count, Note("bootstrap-few", {"n": people})) if people < FEW else count


MEAN_OR_MEDIAN = ({"statistic": "mean"}, {"statistic": "median"})
SOURCE = "Efron 1987, doi:10.1080/01621459.1987.10478410; scipy.stats.bootstrap"

METHODS = (
    Method(
        "bootstrap-paired", "paired", NUMERIC, bootstrap_paired, "mean_sd", SOURCE, MEAN_OR_MEDIAN, heading="robust"
    ),
    Method("bootstrap", "groups", NUMERIC, bootstrap, "mean_sd", SOURCE, MEAN_OR_MEDIAN, heading="robust"),
)
