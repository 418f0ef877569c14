"""Weighted least squares on a network of arms, the spread between studies, and Cochran's Q taken apart.

Vocabulary: u = 1 / (σ² + τ²/2) is the weight of an arm; a study's Laplacian is L_s = diag(u) − uuᵀ/Σu and
the network's L is their sum. τ² is the variance of a *difference* between studies, alike for every pair
(correlation ½ between pairs that share an arm), hence τ²/2 per arm.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.optimize import root_scalar

from analysis.evidence.network.evidence import Evidence


@dataclass(frozen=True)
class Fit:
    """Estimates at one τ².

    Shapes: `levels` (n,) the treatments on one common level; `inverse` (n, n) gives the variance of a
    difference as inverse[i, i] + inverse[j, j] − 2·inverse[i, j]. `freedom` is 2·∂E(Q)/∂τ² and `pull`
    the sum of squared weighted residuals, whose balance is the REML equation.
    """

    levels: np.ndarray
    inverse: np.ndarray
    q: float
    df: int
    freedom: float
    pull: float

    @cached_property
    def differences(self) -> np.ndarray:
        """Row minus column, shape (n, n)."""
        return np.subtract.outer(self.levels, self.levels)

    @cached_property
    def ses(self) -> np.ndarray:
        """Standard errors of the differences, shape (n, n); the diagonal is 0."""
        own = np.diag(self.inverse)
        return np.sqrt(np.maximum(np.add.outer(own, own) - 2 * self.inverse, 0))


def fit(effects: np.ndarray, variances: np.ndarray, tau2: float = 0.0) -> Fit:
    """The consistent network that lies nearest to all studies, weighted by precision.

    Args:
        effects, variances: shapes (k, n), as in `Evidence`.
        tau2: variance between studies of a difference.

    Rücker 2012: L⁺ Bᵀ W y, Q = (y − ŷ)ᵀ W (y − ŷ), variances are the resistances of L⁺.
    """
    weights = 1 / (variances + tau2 / 2)
    shares = weights / weights.sum(axis=1, keepdims=True)
    laplacian = np.diag(weights.sum(axis=0)) - weights.T @ shares
    # Adding a constant makes L invertible and leaves every difference as the pseudo-inverse has it.
    inverse = np.linalg.inv(laplacian + np.trace(laplacian) / len(laplacian) ** 2)
    levels = inverse @ _weighed(effects, weights, shares).sum(axis=0)
    left = _weighed(effects - levels, weights, shares)
    arms = np.isfinite(variances).sum(axis=1)
    return Fit(
        levels,
        inverse,
        float((left * (effects - levels)).sum()),
        int((arms - 1).sum() - (len(laplacian) - 1)),
        float(np.trace(laplacian) - (inverse * _squares(weights, shares)).sum()),
        float((left**2).sum()),
    )


def _weighed(values: np.ndarray, weights: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """L_s times the values of each study: weighted distances from the study's own level."""
    return weights * (values - (shares * values).sum(axis=1, keepdims=True))


def _squares(weights: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Σ L_s², shape (n, n)."""
    squared = weights**2
    crossed = squared.T @ shares
    both = shares.T @ (squared.sum(axis=1, keepdims=True) * shares)
    return np.diag(squared.sum(axis=0)) - crossed - crossed.T + both


def moments(common: Fit) -> float | None:
    """τ² by the generalised method of moments of DerSimonian & Laird; None without degrees of freedom.

    Jackson, White & Riley 2012, Statistics in Medicine 31:3805: Q less its degrees of freedom, over what a
    unit of τ² adds to it.
    """
    return max(0.0, (common.q - common.df) / (common.freedom / 2)) if common.df else None


def restricted_likelihood(evidence: Evidence) -> float | None:
    """τ² by REML: the root of the score, or 0 where the likelihood falls from 0 on.

    The score is (‖Py‖² − tr P) / 4 with the projection P of `fit` (Harville 1977, JASA 72:320).
    """

    def score(tau2: float) -> float:
        at = fit(evidence.effects, evidence.variances, tau2)
        return at.pull / at.freedom - 1

    if not fit(evidence.effects, evidence.variances).df:
        return None
    if score(0.0) <= 0:
        return 0.0
    above = float(evidence.variances[evidence.has].mean())
    while score(above) > 0:
        above *= 2
    found = root_scalar(score, bracket=(0.0, above), method="brentq", xtol=1e-14 * above, rtol=1e-12)
    if not found.converged:
        raise ArithmeticError(found.flag)
    return float(found.root)


@dataclass(frozen=True)
class WithinDesigns:
    """Q of studies around their own design's mean, added up over designs (sets of treatments)."""

    q: float
    df: int
    freedom: float


def within_designs(evidence: Evidence, tau2: float = 0.0) -> WithinDesigns:
    """Heterogeneity alone: every design may have effects of its own.

    Krahn, Binder & König 2013, BMC Medical Research Methodology 13:35; what Q of the whole network has
    beyond this is inconsistency between designs.
    """
    designs, member = np.unique(evidence.has, axis=0, return_inverse=True)
    q = freedom = 0.0
    df = 0
    for number, design in enumerate(designs):
        rows = np.ix_(member.ravel() == number, design)
        if len(rows[0]) > 1:
            own = fit(evidence.effects[rows], evidence.variances[rows], tau2)
            q, df, freedom = q + own.q, df + own.df, freedom + own.freedom
    return WithinDesigns(q, df, freedom)


def direct(evidence: Evidence, tau2: float) -> tuple[np.ndarray, np.ndarray]:
    """Pooled head-to-head effects and their variances at one τ², each (n, n); infinite where there are none."""
    pair_weights = 1 / (evidence.variances[:, :, None] + evidence.variances[:, None, :] + tau2)
    differences = evidence.effects[:, :, None] - evidence.effects[:, None, :]
    total = pair_weights.sum(axis=0)
    there = total > 0
    values = np.divide((pair_weights * differences).sum(axis=0), total, out=np.zeros_like(total), where=there)
    return values, np.divide(1.0, total, out=np.full_like(total, np.inf), where=there)
