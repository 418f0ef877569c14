"""Meta-regression on one covariate: does the effect go with a dose, a year, a number of days?"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from analysis.evidence.pooling.pooled import Margins, margins, need_interval
from analysis.evidence.pooling.studies import need_one_each, studies_of
from analysis.evidence.pooling.tau2 import Weighted, estimator, weighted
from analysis.results import Effect, Interval, NotApplicable, Note, Status

FEW_FOR_REGRESSION = 10  # studies per covariate: Cochrane Handbook 6.5, section 10.11.4


@dataclass(frozen=True)
class Coefficient:
    """An intercept or slope; the slope is per unit of the covariate, on the effects' own scale."""

    estimate: float
    se: float
    interval: Interval
    p: float


@dataclass(frozen=True)
class Regression:
    """Effect = intercept + slope·covariate. `intercept` is the effect where the covariate is 0.

    `tau2` is what the covariate leaves, `r2` the percent of τ² that it explains (both None for a common
    effect). `qm` tests the slope, χ² with 1 df, or F with 1 and `qe_df` df where the interval is HKSJ's;
    `qe` tests whether anything is left. `line` is the fitted line with its interval, as (covariate, effect, low,
    high), from the smallest covariate to the largest.
    """

    kind: str
    k: int
    tau2_method: str
    interval_method: str
    intercept: Coefficient
    slope: Coefficient
    tau2: float | None
    r2: float | None
    qm: float | None
    qm_p: float
    qe: float
    qe_df: int
    qe_p: float
    status: Status
    line: tuple[tuple[float, float, float, float], ...]
    notes: tuple[Note, ...] = ()
    confidence: float = 0.95


def regression(
    effects: Iterable[Effect],
    covariate: Sequence[float | None],
    tau2: str = "REML",
    interval: str = "HKSJ",
    *,
    confidence: float = 0.95,
) -> Regression:
    """Random-effects regression of the effects on one covariate; arguments as for `pool`.

    Args:
        covariate: one number per effect; effects without one (None, NaN) are left out, with a note.

    With "HKSJ" this is Knapp & Hartung's test (2003, doi:10.1002/sim.1482). R² = (τ² without the covariate −
    τ² with it) / τ² without, at least 0 (Raudenbush 2009); 0 where there is no τ² to explain.

    Raises:
        NotApplicable: not one value per effect; fewer than 3 studies with one; all alike; what `pool` refuses.
    """
    estimator(tau2)
    need_interval(interval)
    every = studies_of(effects)
    need_one_each(every, covariate)
    known = [i for i, value in enumerate(covariate) if value is not None and math.isfinite(value)]
    if len(known) < 3:
        raise NotApplicable("too-few-studies", least=3, k=len(known))
    studies, x = every.chosen(known), np.array([covariate[i] for i in known], float)
    if np.ptp(x) == 0:
        raise NotApplicable("covariate-alike")
    centre, spread = float(studies.values.mean()), float(x.std())
    data = (studies.values - centre, studies.variances)
    design = np.column_stack([np.ones(studies.k), (x - x.mean()) / spread])  # so that a year's size costs no digits
    left = estimator(tau2)(*data, design)
    fit, plain = weighted(*data, design, left), weighted(*data, design)
    reach = margins(fit, interval, confidence)
    slope = _coefficient(fit, np.array([0, 1 / spread]), 0.0, reach)
    return Regression(
        kind=studies.kind,
        k=studies.k,
        tau2_method=tau2,
        interval_method=interval,
        intercept=_coefficient(fit, np.array([1, -x.mean() / spread]), centre, reach),
        slope=slope,
        tau2=None if tau2 == "FE" else left,
        r2=None if tau2 == "FE" else _explained(estimator(tau2)(*data, design[:, :1]), left),
        qm=(slope.estimate / slope.se) ** 2 if slope.se else None,
        qm_p=slope.p,
        qe=plain.q,
        qe_df=studies.k - 2,
        qe_p=float(special.chdtrc(studies.k - 2, plain.q)),
        status=studies.status,
        line=tuple(_at(fit, value, (value - x.mean()) / spread, centre, reach) for value in _across(x)),
        notes=_notes(studies.k, every.k - studies.k),
        confidence=confidence,
    )


LINE_POINTS = 41


def _across(x: np.ndarray) -> list[float]:
    return np.linspace(x.min(), x.max(), LINE_POINTS).tolist()


def _at(fit: Weighted, value: float, scaled: float, centre: float, reach: Margins) -> tuple[float, float, float, float]:
    """The fitted effect at one value of the covariate, with its interval."""
    found = _coefficient(fit, np.array([1, scaled]), centre, reach)
    return value, found.estimate, *found.interval


def _coefficient(fit: Weighted, combined: np.ndarray, shift: float, reach: Margins) -> Coefficient:
    """A combination of the fitted coefficients, with its SE."""
    estimate = shift + float(combined @ fit.coefficients)
    se = math.sqrt(combined @ fit.covariance @ combined) * reach.inflation
    return Coefficient(estimate, se, reach.around(estimate, se), reach.p(estimate, se))


def _explained(before: float, left: float) -> float:
    return 100 * max(0.0, (before - left) / before) if before else 0.0


def _notes(k: int, left_out: int) -> tuple[Note, ...]:
    notes = (Note("left-out", {"count": left_out}),) if left_out else ()
    return (*notes, Note("few-for-regression", {"k": k})) if k < FEW_FOR_REGRESSION else notes
