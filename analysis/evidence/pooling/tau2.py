"""How much true effects differ: τ² by REML, DerSimonian–Laird or Paule–Mandel, its interval, and I².

Own code: statsmodels has no REML and lets DerSimonian–Laird's τ² fall below 0, PyMARE's REML stops six digits
in and brings 85 MB along (measured against metafor 3.8-1 in tests/reference/README.md).
Everything takes the effects y (k,), their variances v (k,) and a design X (k, p), whose one column of
ones is the ordinary meta-analysis; y is centred by the caller, so that nothing cancels.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import special

from analysis.results import Interval, NotApplicable

MOST_STEPS = 1000
STILL = 1e-12  # a step this small beside the typical marginal variance ends a search


@dataclass(frozen=True)
class Weighted:
    """Least squares with the weights 1/(v + τ²).

    `coefficients` (p,), their `covariance` (p, p) if the variances are the true ones, `weights` and
    `residuals` (k,), `scaled` = X'W (p, k). P stands for W − WX(X'WX)⁻¹X'W.
    """

    coefficients: np.ndarray
    covariance: np.ndarray
    weights: np.ndarray
    residuals: np.ndarray
    scaled: np.ndarray

    @property
    def q(self) -> float:
        """Σ w·residual², which is y'Py: the generalised Q statistic."""
        return float(self.weights * self.residuals @ self.residuals)

    @property
    def falling(self) -> float:
        """y'PPy, which is −dQ/dτ²."""
        moved = self.weights * self.residuals
        return float(moved @ moved)

    @cached_property
    def _squared(self) -> np.ndarray:
        """X'W²X."""
        return self.scaled @ self.scaled.T

    @property
    def trace(self) -> float:
        """tr P."""
        return float(self.weights.sum() - np.vdot(self.covariance, self._squared))

    @property
    def trace_squared(self) -> float:
        """tr PP."""
        both = self.covariance @ self._squared
        cubed = self.scaled * self.weights @ self.scaled.T
        return float(self.weights @ self.weights - 2 * np.vdot(self.covariance, cubed) + np.vdot(both, both.T))

    @property
    def log_likelihood(self) -> float:
        """Restricted log likelihood, without its constant."""
        return 0.5 * (np.log(self.weights).sum() + np.linalg.slogdet(self.covariance)[1] - self.q)

    @property
    def smallest_variance(self) -> float:
        """The smallest v + τ², beside which a step counts as still."""
        return 1 / float(self.weights.max())


def weighted(y: np.ndarray, v: np.ndarray, design: np.ndarray, tau2: float = 0.0) -> Weighted:
    """Weighted least squares of y on the design."""
    weights = 1 / (v + tau2)
    scaled = design.T * weights
    gram = scaled @ design
    covariance = 1 / gram if gram.size == 1 else np.linalg.inv(gram)  # one column: a third of the time saved
    coefficients = covariance @ (scaled @ y)
    return Weighted(coefficients, covariance, weights, y - design @ coefficients, scaled)


def reml(y: np.ndarray, v: np.ndarray, design: np.ndarray) -> float:
    """Restricted maximum likelihood by Fisher scoring (Viechtbauer 2005, doi:10.3102/10769986030003261).

    The search begins at the likelier of two moment estimates. Between a value where the likelihood rises and
    one where it falls, a step of more than half the way is cut to half, so that nothing runs away or circles; a
    step below 0 lands on 0. At the end 0 itself is taken where it is likelier, as metafor does.

    Raises:
        NotApplicable: not settled after `MOST_STEPS` steps.
    """
    low, high = -math.inf, math.inf
    tau2 = _likeliest(y, v, design)
    for _ in range(MOST_STEPS):
        fit = weighted(y, v, design, tau2)
        score = fit.falling - fit.trace
        if tau2 == 0 and score <= 0:
            return 0.0
        low, high = (tau2, high) if score > 0 else (low, tau2)
        step = score / fit.trace_squared
        if min(abs(step), high - low) <= STILL * fit.smallest_variance:
            return 0.0 if weighted(y, v, design).log_likelihood > fit.log_likelihood else tau2
        too_far = math.isfinite(high - low) and abs(step) > (high - low) / 2
        tau2 = (low + high) / 2 if too_far else max(0.0, tau2 + step)
    raise NotApplicable("tau2-not-settled", steps=MOST_STEPS)


def _likeliest(y: np.ndarray, v: np.ndarray, design: np.ndarray) -> float:
    starts = [way(y, v, design) for way in (_hedges_olkin, dersimonian_laird)]
    return max(starts, key=lambda tau2: weighted(y, v, design, tau2).log_likelihood)


def _hedges_olkin(y: np.ndarray, v: np.ndarray, design: np.ndarray) -> float:
    """Unweighted moment estimate, at least 0: RSS/(k − p) less the mean of v that residuals carry."""
    alike = weighted(y, np.ones_like(v), design)
    leverage = np.einsum("ij,jk,ik->i", design, alike.covariance, design)
    return max(0.0, (alike.q - float((1 - leverage) @ v)) / (len(y) - design.shape[1]))


def dersimonian_laird(y: np.ndarray, v: np.ndarray, design: np.ndarray) -> float:
    """Moment estimate (Q − (k − p)) / tr P, at least 0 (DerSimonian & Laird 1986)."""
    fit = weighted(y, v, design)
    return max(0.0, (fit.q - (len(y) - design.shape[1])) / fit.trace)


def paule_mandel(y: np.ndarray, v: np.ndarray, design: np.ndarray) -> float:
    """The τ² at which Q equals its degrees of freedom, at least 0 (Paule & Mandel 1982)."""
    return where_q_is(len(y) - design.shape[1], y, v, design)


def where_q_is(target: float, y: np.ndarray, v: np.ndarray, design: np.ndarray, tau2: float = 0.0) -> float:
    """The τ² at which the generalised Q falls to `target`, at least `tau2`, where the search begins.

    Newton's steps for 1/Q never pass the root, since 1/Q rises and is concave in τ² (Cauchy–Schwarz:
    (y'PPy)² ≤ y'Py · y'PPPy); with equal variances it is a line and the first step arrives.
    """
    for _ in range(MOST_STEPS):
        fit = weighted(y, v, design, tau2)
        q = fit.q
        step = (q - target) * q / (target * fit.falling) if q > target else 0.0
        tau2 += step
        if step <= STILL * (tau2 + fit.smallest_variance):
            return tau2
    raise NotApplicable("tau2-not-settled", steps=MOST_STEPS)


def common_effect(y: np.ndarray, v: np.ndarray, design: np.ndarray) -> float:
    """τ² taken to be 0."""
    return 0.0


ESTIMATORS: dict[str, Callable[[np.ndarray, np.ndarray, np.ndarray], float]] = {
    "REML": reml,
    "DL": dersimonian_laird,
    "PM": paule_mandel,
    "FE": common_effect,
}


def estimator(name: str) -> Callable[[np.ndarray, np.ndarray, np.ndarray], float]:
    """The way to estimate τ² of this name, refused if there is none."""
    if name not in ESTIMATORS:
        raise NotApplicable("unknown-tau2", name=name, known=", ".join(ESTIMATORS))
    return ESTIMATORS[name]


def q_profile(y: np.ndarray, v: np.ndarray, design: np.ndarray, confidence: float) -> Interval:
    """Interval of τ²: where Q meets its χ² quantiles (Viechtbauer 2007, doi:10.1002/sim.2514).

    An end that would lie below 0 is 0; (0, 0) says that the effects differ less than chance has it.
    """
    df, tail = len(y) - design.shape[1], (1 - confidence) / 2
    low = where_q_is(float(special.chdtri(df, tail)), y, v, design)
    return low, where_q_is(float(special.chdtri(df, 1 - tail)), y, v, design, low)


def i_squared(method: str, tau2: float, plain: Weighted, df: int) -> float:
    """Percent of the spread that isn't chance: τ² beside the typical sampling variance (Higgins & Thompson 2002).

    With a common effect there is no τ²; then (Q − df)/Q, at least 0. `plain` is the fit with τ² = 0.
    """
    if method == "FE":
        return 100 * max(0.0, (plain.q - df) / plain.q) if plain.q else 0.0
    typical = df / plain.trace
    return 100 * tau2 / (tau2 + typical)
