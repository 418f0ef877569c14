"""An interval that leans on how far trials really lie apart, not on the variances that a model gives them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from analysis.evidence.pooling.pooled import Margins
from analysis.evidence.pooling.studies import studies_of
from analysis.evidence.pooling.tau2 import estimator, weighted
from analysis.results import Effect, Interval

# Below 4 degrees of freedom the t of a robust variance can't be relied on: Tipton 2015, doi:10.1037/met0000011
LEAST_DF = 4.0


@dataclass(frozen=True)
class Robust:
    """The pooled effect with its cluster-robust SE (CR2), Satterthwaite's degrees of freedom and interval."""

    k: int
    estimate: float
    se: float
    df: float
    interval: Interval
    p: float
    confidence: float = 0.95

    @property
    def reliable(self) -> bool:
        return self.df >= LEAST_DF


def robust(effects: Iterable[Effect], tau2: str = "REML", *, confidence: float = 0.95) -> Robust:
    """CR2 with one effect per trial, so that each is a cluster; weights and `tau2` as in `pool`.

    Bell & McCaffrey 2002; Tipton 2015, doi:10.1037/met0000011; equal to clubSandwich's `vcovCR(type = "CR2")` with
    Satterthwaite's degrees of freedom.

    Raises:
        NotApplicable: fewer than 2 trials, and what `pool` refuses.
    """
    studies = studies_of(effects, 2)
    centre = float(studies.values.mean())
    data = (studies.values - centre, studies.variances, np.ones((studies.k, 1)))
    fit = weighted(*data, estimator(tau2)(*data))
    shares = fit.weights / fit.weights.sum()
    pulls = shares / np.sqrt(1 - shares)  # what each residual adds, widened for the pull that a trial has itself
    se = math.sqrt(float((pulls * fit.residuals) @ (pulls * fit.residuals)))
    df = _satterthwaite(shares, pulls, 1 / fit.weights)
    reach, estimate = Margins(1.0, df, confidence), centre + float(fit.coefficients[0])
    return Robust(studies.k, estimate, se, df, reach.around(estimate, se), reach.p(estimate, se), confidence)


def _satterthwaite(shares: np.ndarray, pulls: np.ndarray, variances: np.ndarray) -> float:
    """Degrees of freedom of the χ² whose first two moments the robust variance has, were the model right."""
    leaving = (np.eye(len(shares)) - shares) * pulls[:, None]  # row j: the j-th residual's part in terms of effects
    spread = leaving * variances @ leaving.T
    return float(np.trace(spread) ** 2 / np.vdot(spread, spread))
