"""Intervals that several tests share: noncentral t, F and χ², rank correlations, proportions.

The noncentral intervals invert the test's own distribution: the limits are the noncentralities
under which the observed statistic lies at the upper and the lower tail (Steiger 2004,
doi:10.1037/1082-989X.9.2.164).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import optimize, special, stats

from analysis.results import Interval


def root(function: Callable[[float], float], low: float, high: float, *, xtol: float) -> float:
    """Where a function changes its sign between two ends (Brent 1973)."""
    found, _ = optimize.brentq(function, low, high, xtol=xtol, full_output=True)
    return float(found)


def _noncentrality(upper_tail: Callable[[float], float], target: float, reach: float) -> float:
    """The noncentrality, never below 0, at which the upper tail beyond the statistic is `target`."""
    if upper_tail(0.0) > target:
        return 0.0
    while upper_tail(reach) < target:
        reach *= 2
    return root(lambda ncp: upper_tail(ncp) - target, 0.0, reach, xtol=1e-10)


def noncentral_t(t: float, df: float, confidence: float) -> Interval:
    """Interval of the noncentrality of t."""
    alpha = (1 - confidence) / 2

    def upper_tail(ncp: float) -> float:
        below = float(special.nctdtr(df, ncp, t))
        return float(ncp > t) if math.isnan(below) else 1 - below  # nan: too far out for the series, 0 or 1

    def limit(target: float) -> float:
        reach = 1.0
        while upper_tail(t - reach) > target or upper_tail(t + reach) < target:
            reach *= 2
        return root(lambda ncp: upper_tail(ncp) - target, t - reach, t + reach, xtol=1e-10)

    return limit(alpha), limit(1 - alpha)


def noncentral_f(f: float, df1: float, df2: float, confidence: float) -> Interval:
    """Interval of the noncentrality of F, never below 0."""
    alpha = (1 - confidence) / 2

    def upper_tail(ncp: float) -> float:
        return float(stats.ncf.sf(f, df1, df2, ncp)) if ncp > 0 else float(stats.f.sf(f, df1, df2))

    reach = max(10.0, 2 * f * df1)
    return _noncentrality(upper_tail, alpha, reach), _noncentrality(upper_tail, 1 - alpha, reach)


def noncentral_chi2(chi2: float, df: float, confidence: float) -> Interval:
    """Interval of the noncentrality of χ², never below 0."""
    alpha = (1 - confidence) / 2

    def upper_tail(ncp: float) -> float:
        return float(stats.ncx2.sf(chi2, df, ncp)) if ncp > 0 else float(stats.chi2.sf(chi2, df))

    reach = max(10.0, 2 * chi2)
    return _noncentrality(upper_tail, alpha, reach), _noncentrality(upper_tail, 1 - alpha, reach)


def partial_eta_squared(f: float, df1: float, df2: float, confidence: float) -> tuple[float, Interval]:
    """Share of variance, F·df1 / (F·df1 + df2), with its noncentral-F interval."""
    low, high = noncentral_f(f, df1, df2, confidence)
    return f * df1 / (f * df1 + df2), (low / (low + df2), high / (high + df2))


def fisher_z(r: float, se: float, confidence: float) -> Interval | None:
    """Interval of a rank correlation on Fisher's z scale; None at ±1, where it has no width."""
    if abs(r) >= 1:
        return None
    low, high = wald(math.atanh(r), se, confidence)
    return math.tanh(low), math.tanh(high)


def wald(estimate: float, se: float, confidence: float) -> Interval:
    """Normal interval of an estimate with a standard error."""
    half = float(stats.norm.ppf((1 + confidence) / 2)) * se
    return estimate - half, estimate + half


def proportion(successes: int, n: int, confidence: float, method: str = "exact") -> Interval:
    """Interval of one proportion: "exact" is Clopper–Pearson, "wilson" Wilson's score interval, "mid-p" below."""
    if method == "mid-p":
        return _mid_p(successes, n, confidence)
    found = stats.binomtest(successes, n).proportion_ci(confidence, method)
    return float(found.low), float(found.high)


def _mid_p(successes: int, n: int, confidence: float) -> Interval:
    """The shares at which either tail, what was seen counting half, is α/2 (Berry & Armitage 1995)."""

    def missed(share: float, tail: Any) -> float:
        return float(tail - stats.binom.pmf(successes, n, share) / 2) - (1 - confidence) / 2

    return (
        root(lambda share: missed(share, stats.binom.sf(successes - 1, n, share)), 0, 1, xtol=1e-13)
        if successes
        else 0.0,
        root(lambda share: missed(share, stats.binom.cdf(successes, n, share)), 0, 1, xtol=1e-13)
        if successes < n
        else 1.0,
    )


def newcombe(successes: tuple[int, int], n: tuple[int, int], confidence: float) -> Interval:
    """Interval of a difference of two proportions (Newcombe 1998, method 10: two Wilson intervals)."""
    p = [s / m for s, m in zip(successes, n, strict=True)]
    (low_a, high_a), (low_b, high_b) = (
        proportion(s, m, confidence, "wilson") for s, m in zip(successes, n, strict=True)
    )
    d = p[0] - p[1]
    return d - math.hypot(p[0] - low_a, high_b - p[1]), d + math.hypot(high_a - p[0], p[1] - low_b)


def hedges_correction(df: float) -> float:
    """Exact factor that takes the bias out of d (Hedges 1981, eq. 6e)."""
    return math.exp(special.gammaln(df / 2) - math.log(math.sqrt(df / 2)) - special.gammaln((df - 1) / 2))


def disagree(interval: Interval, p: float, confidence: float) -> bool:
    """Whether the interval of a difference and p say different things of it."""
    excludes_zero = interval[0] > 0 or interval[1] < 0
    return excludes_zero != (p < 1 - confidence)


def order_statistics(values: np.ndarray, below: int) -> Interval:
    """Distribution-free interval: the values `below` places in from either end (at least the first)."""
    ordered = np.sort(values)
    place = max(below, 1)
    return float(ordered[place - 1]), float(ordered[-place])
