"""Regression models of two groups: a mixed model of repeated values, proportional odds of scores.

Both stand on large samples (z, not t), and each outcome says so. Their contrast is a − b. statsmodels
is heavy, so it is imported when a model is fitted.
"""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from analysis.methods.intervals import wald
from analysis.methods.method import (
    A_MINUS_B,
    NO_CONTRAST,
    Method,
    need_people,
    need_spread,
    observed_rows,
    present,
)
from analysis.methods.paired import NUMERIC
from analysis.results import NotApplicable, Note, Outcome


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


def _one_change(fit: _Fit, confidence: float) -> tuple:
    """Statistic to effect name of an `Outcome` for two timepoints."""
    estimate, se = float(fit.changes[0]), math.sqrt(fit.covariance[0, 0])
    z = estimate / se
    interval = wald(estimate, se, confidence)
    p = float(2 * stats.norm.sf(abs(z)))
    return z, "z", None, p, estimate, "difference_of_changes", interval, estimate / fit.sd, "d_total"


def _all_changes(fit: _Fit) -> tuple:
    """Statistic to effect name of an `Outcome` for more timepoints: no single difference answers."""
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
    """The model on values of mean 0 and SD 1, so that the unit can't stop the search; then scaled back."""
    _need_scatter_within(values, regressors, person)
    unit = values.std()
    z, last = (values - values.mean()) / unit, slice(regressors.shape[1] - changes, regressors.shape[1])
    from statsmodels.regression.linear_model import OLS
    from statsmodels.regression.mixed_linear_model import MixedLM
    from statsmodels.tools.sm_exceptions import ConvergenceWarning, SingularMatrixWarning

    with warnings.catch_warnings():
        # both are answered below: no convergence by a refusal, no variance between people by the limit without it
        warnings.simplefilter("ignore", ConvergenceWarning)
        warnings.simplefilter("ignore", SingularMatrixWarning)
        model = MixedLM(z, regressors, groups=person).fit(reml=True, method="powell", ftol=1e-12)
    between = float(model.cov_re[0, 0])
    if not model.converged or between > STIFF * model.scale:
        raise NotApplicable("no-fit")
    if between < SINGULAR * model.scale:
        alike = OLS(z, regressors).fit()
        sd, notes = math.sqrt(alike.scale), (Note("no-person-variance"),)
        return _Fit(unit * alike.params[last], unit**2 * alike.cov_params()[last, last], unit * sd, notes)
    covariance = _given_variances(model)[last, last]
    return _Fit(unit * model.fe_params[last], unit**2 * covariance, unit * math.sqrt(between + model.scale))


def _given_variances(model: Any) -> np.ndarray:
    """Covariance of the coefficients as lme4 has it, the variances taken as known.

    statsmodels' own `cov_params` inverts the Hessian of coefficients and variances together; where values
    are missing, its SEs differ from lme4 (by 0.6 % in tests/reference).
    """
    hessian, _ = model.model.hessian(model.params_object)
    return np.linalg.inv(-hessian[: model.k_fe, : model.k_fe])


def _need_scatter_within(values: np.ndarray, regressors: np.ndarray, person: np.ndarray) -> None:
    """Raise when people's own changes can't tell scatter from model: too few of them, or none scatters."""
    own = (person[:, None] == np.unique(person)).astype(float)
    everything = np.hstack([regressors, own])
    found, _, rank, _ = np.linalg.lstsq(everything, values - values.mean())
    if rank >= len(values):
        raise NotApplicable("too-few-seen-twice")
    if ((values - values.mean() - everything @ found) ** 2).sum() <= DUST * ((values - values.mean()) ** 2).sum():
        raise NotApplicable("no-spread")


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
    from statsmodels.miscmodels.ordinal_model import OrderedModel

    group = np.repeat([0.5, -0.5], [len(x), len(y)])[:, None]
    scores = np.unique(both, return_inverse=True)[1]
    model = OrderedModel(scores, group, distr="logit").fit(method="newton", disp=False)
    log_odds, se = float(model.params[0]), float(model.bse[0])
    low, high = wald(log_odds, se, confidence)
    return Outcome(
        "ordinal-regression",
        log_odds / se,
        "z",
        None,
        float(2 * stats.norm.sf(abs(log_odds / se))),
        math.exp(log_odds),
        "proportional_odds_ratio",
        (math.exp(low), math.exp(high)),
        log_odds,
        "log_odds_ratio",
        (low, high),
        (len(x), len(y)),
        A_MINUS_B,
        (*left_x, *left_y, Note("large-sample")),
        confidence,
    )


SINGULAR = 1e-6  # variance between people over variance within; below, the search has gone to 0
STIFF = 1e8  # the same; above, the search stops short and z is off by more than 1e-4
DUST = 1e-20  # residuals this small beside the whole are float dust

METHODS = (
    Method(
        "mixed-model",
        "groups-before-after",
        NUMERIC,
        mixed_model,
        "mean_sd",
        "Laird & Ware 1982; statsmodels MixedLM (REML)",
        assumes=("normal-groups", "alike-spread", "sphericity", "ends-of-scale"),
    ),
    Method(
        "ordinal-regression",
        "groups",
        ("ordinal",),
        ordinal_regression,
        "counts",
        "McCullagh 1980; statsmodels OrderedModel",
        assumes=("proportional-odds",),
    ),
)
