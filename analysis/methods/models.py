"""Regression models of two groups: a mixed model of repeated values, proportional odds of scores.

Both stand on large samples (z, not t), and each outcome says so. Their contrast is a − b.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from analysis.methods import random_intercept
from analysis.methods.intervals import wald
from analysis.methods.method import (
    A_MINUS_B,
    NO_CONTRAST,
    Method,
    complete_rows,
    need_people,
    need_spread,
    observed_rows,
    present,
)
from analysis.methods.paired import NUMERIC
from analysis.methods.proportional_odds import Answers, log_odds_ratio
from analysis.methods.proportional_odds import fit as fit_odds
from analysis.results import Interval, NotApplicable, Note, Outcome


def mixed_model(a: Any, b: Any, *, confidence: float = 0.95) -> Outcome:
    """Do two groups change differently, with everybody kept who was seen at least once?

    Linear mixed model, group × time with a random intercept per person, by restricted maximum
    likelihood: the one repeated test that also uses people with missing values.

    Args:
        a, b: shapes (n_a, timepoints) and (n_b, timepoints), NaN where a value is missing.

    With two timepoints the estimate is the difference of the mean changes a − b with Wald's interval,
    and the effect is this difference over the SD of all people at one time (Westfall et al. 2014). With
    more, Wald's χ² asks about all timepoints together.

    Raises:
        NotApplicable: the groups differ in timepoints, a group has fewer than 2 values at one of them,
            too few people were seen twice, or the values don't scatter around the model.
    """
    (x, left_x), (y, left_y) = observed_rows(a), observed_rows(b)
    if x.shape[1] != y.shape[1]:
        raise NotApplicable("unequal-timepoints", a=x.shape[1], b=y.shape[1])
    if x.shape[1] < 2:
        raise NotApplicable("too-few-timepoints", least=2, k=x.shape[1])
    need_people(2, *(column[~np.isnan(column)] for rows in (x, y) for column in rows.T))
    fit = _fit(*_long(x, y), x.shape[1] - 1)
    notes = (*left_x, *left_y, *fit.notes, Note("large-sample"))
    return Outcome(
        "mixed-model",
        *(_one_change(fit, confidence) if x.shape[1] == 2 else _all_changes(fit)),
        None,
        (len(x), len(y)),
        A_MINUS_B if x.shape[1] == 2 else NO_CONTRAST,
        notes,
        confidence,
    )


@dataclass(frozen=True)
class _Fit:
    """Differences (a − b) of the changes since the first timepoint, their covariance, the SD of all people."""

    changes: np.ndarray
    covariance: np.ndarray
    sd: float
    notes: tuple[Note, ...] = ()


# statistic to effect name of an `Outcome`
_OfModel = tuple[float, str, float | None, float, float | None, str, Interval | None, float | None, str]
# the same with the effect's interval
_Found = tuple[float, str, None, float, float, str, Interval, float, str, Interval]


def _one_change(fit: _Fit, confidence: float) -> _OfModel:
    """What two timepoints say."""
    estimate, se = float(fit.changes[0]), math.sqrt(fit.covariance[0, 0])
    z = estimate / se
    interval = wald(estimate, se, confidence)
    p = float(2 * stats.norm.sf(abs(z)))
    return z, "z", None, p, estimate, "difference_of_changes", interval, estimate / fit.sd, "d_total"


def _all_changes(fit: _Fit) -> _OfModel:
    """What more timepoints say: no single difference answers."""
    wald, df = float(fit.changes @ np.linalg.solve(fit.covariance, fit.changes)), len(fit.changes)
    return wald, "χ²", float(df), float(stats.chi2.sf(wald, df)), None, "", None, None, ""


def _long(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Values that are there, their regressors (1, group, later times, group × later times), whose they are.

    Groups are ±½, so that the last columns carry a − b and swapping the groups only turns the signs.
    """
    rows = np.vstack([x, y])
    person, time = np.nonzero(~np.isnan(rows))
    group = np.repeat([0.5, -0.5], [len(x), len(y)])[person, None]
    later = (time[:, None] == np.arange(1, rows.shape[1])).astype(float)
    return rows[person, time], np.hstack([np.ones_like(group), group, later, later * group]), person


def _fit(values: np.ndarray, regressors: np.ndarray, person: np.ndarray, changes: int) -> _Fit:
    """The model on values of mean 0 and SD 1, so that the unit doesn't matter; then scaled back."""
    person = np.unique(person, return_inverse=True)[1]
    unit = values.std()
    z, last = (values - values.mean()) / (unit or 1.0), slice(regressors.shape[1] - changes, regressors.shape[1])
    scatter, free = random_intercept.scatter_within(z, regressors, person)
    if free <= 0:
        raise NotApplicable("too-few-seen-twice")
    if scatter <= DUST * len(z):
        raise NotApplicable("no-spread")
    found = random_intercept.fit(z, regressors, person)
    notes = () if found.between else (Note("no-person-variance"),)
    sd = math.sqrt(found.within + found.between)
    return _Fit(unit * found.coefficients[last], unit**2 * found.covariance[last, last], unit * sd, notes)


def ordinal_regression(a: Any, b: Any, *, confidence: float = 0.95) -> Outcome:
    """Proportional-odds regression of scores in two groups; z, p and intervals are Wald's.

    Args:
        a, b: shapes (n_a,) and (n_b,); only the order of the scores counts.

    The estimate is the odds in a, against b, of lying above any one score, the same for every score.

    Raises:
        NotApplicable: a group has fewer than 2 people, everybody is alike, or one group lies at or above
            all of the other, so that the odds ratio has no end.
    """
    (x, left_x), (y, left_y) = present(a), present(b)
    need_people(2, x, y)
    both = np.concatenate([x, y])
    need_spread(both)
    if x.max() <= y.min() or y.max() <= x.min():
        raise NotApplicable("separated")
    scores = np.unique(both, return_inverse=True)[1]
    counts = [np.bincount(group, minlength=scores.max() + 1) for group in (scores[: len(x)], scores[len(x) :])]
    return Outcome(
        "ordinal-regression",
        *_odds(*log_odds_ratio(np.array(counts)), "", confidence),
        (len(x), len(y)),
        A_MINUS_B,
        (*left_x, *left_y, Note("large-sample")),
        confidence,
    )


def ordinal_ancova(a: Any, b: Any, *, confidence: float = 0.95) -> Outcome:
    """Proportional-odds regression of scores after in two groups, adjusted for those before; z and Wald's intervals.

    Args:
        a, b: shapes (n_a, 2) and (n_b, 2), columns before and after. Of the scores after only the order counts;
            those before enter as numbers with equal steps.

    The estimate is the odds in a, against b, of ending above any one score, of mothers who began alike.

    Raises:
        NotApplicable: there are other than two timepoints, a group has fewer than 2 people, all scores before or after
            are alike, or one group ends, or the groups begin, so far apart that the odds ratio has no end.
    """
    (x, left_x), (y, left_y) = complete_rows(a), complete_rows(b)
    if x.shape[1] != 2 or y.shape[1] != 2:
        raise NotApplicable("needs-before-after")
    need_people(2, x, y)
    both = np.vstack([x, y])
    if np.ptp(both[:, 0]) == 0:
        raise NotApplicable("no-spread-before")
    need_spread(both[:, 1])
    if x[:, 1].max() <= y[:, 1].min() or y[:, 1].max() <= x[:, 1].min():
        raise NotApplicable("separated")
    before = (both[:, 0] - both[:, 0].mean()) / both[:, 0].std()
    in_a = np.repeat([0.5, -0.5], [len(x), len(y)])
    regressors = np.column_stack([in_a, before])
    if np.linalg.matrix_rank(regressors - regressors.mean(axis=0)) < 2:
        raise NotApplicable("no-fit")
    places = np.unique(both[:, 1], return_inverse=True)[1].ravel()
    found, covariance = fit_odds(Answers(places, regressors, np.ones(len(both))))
    return Outcome(
        "ordinal-ancova",
        *_odds(float(found[0]), math.sqrt(covariance[0, 0]), "adjusted_", confidence),
        (len(x), len(y)),
        A_MINUS_B,
        (*left_x, *left_y, Note("large-sample")),
        confidence,
    )


def _odds(log_odds: float, se: float, kind: str, confidence: float) -> _Found:
    """Wald's test of a log odds ratio, the ratio as the estimate, its logarithm as the effect."""
    low, high = wald(log_odds, se, confidence)
    ratio, of_log = f"{kind}proportional_odds_ratio", f"{kind}log_odds_ratio"
    p = float(2 * stats.norm.sf(abs(log_odds / se)))
    ends = math.exp(low), math.exp(high)
    return log_odds / se, "z", None, p, math.exp(log_odds), ratio, ends, log_odds, of_log, (low, high)


DUST = 1e-20  # residuals this small beside the whole are float dust

METHODS = (
    Method(
        "mixed-model",
        "groups-before-after",
        NUMERIC,
        mixed_model,
        "mean_sd",
        "Laird & Ware 1982 (REML)",
        assumes=("normal-groups", "alike-spread", "sphericity", "ends-of-scale"),
        heading="models",
    ),
    Method(
        "ordinal-regression",
        "groups",
        ("ordinal",),
        ordinal_regression,
        "counts",
        "McCullagh 1980",
        assumes=("proportional-odds",),
        heading="models",
    ),
    Method(
        "ordinal-ancova",
        "groups-before-after",
        ("ordinal",),
        ordinal_ancova,
        "counts",
        "McCullagh 1980",
        heading="models",
    ),
)
