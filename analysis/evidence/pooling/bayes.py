"""Random effects with a weakly informative prior for how far true effects differ, by quadrature: no sampler.

What few studies say of τ is next to nothing; a prior that says which sizes of τ are plausible at all stands in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy import optimize, special

from analysis.evidence.pooling.studies import studies_of
from analysis.results import Effect, Interval, NotApplicable

# Scale of a half-normal prior for τ of standardised differences and of log ratios: Röver et al. 2021,
# doi:10.1002/jrsm.1475. Differences in a unit of their own have no such scale.
SCALES: Mapping[str, float] = dict.fromkeys(
    ("hedges_g", "smcc", "smcr", "log_odds_ratio", "log_risk_ratio", "ratio_of_means"), 0.5
)
FEW_STUDIES = 5  # up to here the fit stands beside the usual one: Bender et al. 2018, doi:10.1002/jrsm.1297
NODES = 64  # of Gauss and Legendre, on each of the panels below
PANELS = (0.0, 1e-3, 1e-2, 1e-1, 1.0)  # as shares of the largest τ that matters: all sizes of τ are seen
NEGLIGIBLE = 40.0  # a τ whose log density lies so far below the largest adds nothing


@dataclass(frozen=True)
class Bayesian:
    """The posterior of the average effect: its median and central interval, and the chance that it is above 0.

    `tau` is the posterior mean of τ, `prediction` the central interval of the true effect of a new study, `scale`
    that of the half-normal prior of τ; the prior of the average is flat.
    """

    kind: str
    k: int
    estimate: float
    interval: Interval
    above: float
    tau: float
    prediction: Interval
    scale: float
    confidence: float = 0.95


@dataclass(frozen=True)
class _Mixture:
    """Normal curves, one for each τ: their shares, means and SDs, shape (nodes,)."""

    shares: np.ndarray
    means: np.ndarray
    sds: np.ndarray

    def below(self, x: float) -> float:
        return float(self.shares @ special.ndtr((x - self.means) / self.sds))

    def quantile(self, p: float) -> float:
        ends = self.means + special.ndtri(p) * self.sds
        low, high = float(ends.min()), float(ends.max())
        if high - low <= 1e-12 * max(1.0, abs(high)):
            return low
        found = optimize.root_scalar(lambda x: self.below(x) - p, bracket=(low - 1e-9, high + 1e-9), xtol=1e-13)
        return float(found.root)

    def central(self, confidence: float) -> Interval:
        return self.quantile((1 - confidence) / 2), self.quantile((1 + confidence) / 2)


def bayesian(effects: Iterable[Effect], scale: float | None = None, *, confidence: float = 0.95) -> Bayesian:
    """The normal random-effects model with τ half-normal and the average flat (Röver 2020, doi:10.18637/jss.v093.i06).

    Given τ the average is normal; its posterior is the mixture of these over the posterior of τ, whose density is the
    restricted likelihood times the prior.

    Args:
        scale: of the half-normal prior of τ, on the effects' own scale; by default that of `SCALES`.

    Raises:
        NotApplicable: fewer than 2 studies, effects in a unit of their own without a `scale`, and what `pool` refuses.
    """
    studies = studies_of(effects, 2)
    scale = SCALES.get(studies.kind) if scale is None else scale
    if scale is None:
        raise NotApplicable("no-prior-for-kind")
    y, v = studies.values, studies.variances

    def given(taus: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Log density of each τ, and mean and variance of the average there."""
        weights = 1 / (v + taus[:, None] ** 2)
        total = weights.sum(axis=1)
        means = weights @ y / total
        q = (weights * (y - means[:, None]) ** 2).sum(axis=1)
        density = (np.log(weights).sum(axis=1) - np.log(total) - q - (taus / scale) ** 2) / 2
        return density, means, 1 / total

    taus, widths = _nodes(lambda at: given(at)[0], 10 * (scale + float(np.ptp(y))))
    density, means, variances = given(taus)
    shares = widths * np.exp(density - density.max())
    shares /= shares.sum()
    average = _Mixture(shares, means, np.sqrt(variances))
    new = _Mixture(shares, means, np.sqrt(variances + taus**2))
    return Bayesian(
        kind=studies.kind,
        k=studies.k,
        estimate=average.quantile(0.5),
        interval=average.central(confidence),
        above=1 - average.below(0.0),
        tau=float(shares @ taus),
        prediction=new.central(confidence),
        scale=scale,
        confidence=confidence,
    )


def _nodes(log_density: Callable[[np.ndarray], np.ndarray], top: float) -> tuple[np.ndarray, np.ndarray]:
    """Points and weights of a Gauss–Legendre rule on panels from 0 to the largest τ that matters, at most `top`."""
    coarse = np.linspace(0, top, 2000)
    density = log_density(coarse)
    reach = coarse[min(len(coarse) - 1, np.flatnonzero(density > density.max() - NEGLIGIBLE)[-1] + 1)]
    points, weights = np.polynomial.legendre.leggauss(NODES)
    panels = [(low * reach, high * reach) for low, high in pairwise(PANELS)]
    at = [(high - low) / 2 * points + (high + low) / 2 for low, high in panels]
    wide = [(high - low) / 2 * weights for low, high in panels]
    return np.concatenate(at), np.concatenate(wide)


def suits(k: int, kind: str) -> bool:
    """Whether so few studies of an effect with a known prior ask for this fit beside the usual one."""
    return 2 <= k <= FEW_STUDIES and kind in SCALES


def chance_of(found: Bayesian, better: str) -> float:
    """The chance that the average lies on the better side of no effect."""
    return 1 - found.above if better == "lower" else found.above


__all__ = ["SCALES", "Bayesian", "bayesian", "chance_of", "suits"]
