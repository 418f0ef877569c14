"""A linear model whose people differ by a constant each: restricted maximum likelihood, searched in one number.

Ours, because statsmodels' MixedLM visits people one by one in Python, hundreds of times over: 100 in each
group take it 2 seconds. For a random intercept everything but the ratio of both variances has a closed form
(Laird & Ware 1982, doi:10.2307/2529876; Bates et al. 2015, doi:10.18637/jss.v067.i01, for the profile).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.methods.intervals import root
from analysis.results import NotApplicable

RATIOS = np.linspace(np.log(1e-6), np.log(1e8), 57)  # logarithms; below is nothing, above can't be told from no scatter


@dataclass(frozen=True)
class Fit:
    """Coefficients, their covariance with the variances taken as known (as lme4 has it), both variances."""

    coefficients: np.ndarray
    covariance: np.ndarray
    within: float
    between: float


@dataclass(frozen=True)
class _Split:
    """Values and regressors as each person's means (with how many they are of) and what deviates from these."""

    means: np.ndarray
    of_means: np.ndarray
    sizes: np.ndarray
    values: np.ndarray
    regressors: np.ndarray


def fit(values: np.ndarray, regressors: np.ndarray, person: np.ndarray) -> Fit:
    """The model of values of shape (n,), regressors (n, p) of full rank and whose each value is (n,), from 0 on.

    `between` is 0 where people differ no more than by chance.

    Raises:
        NotApplicable: the values don't scatter within people.
    """
    parts = _split(values, regressors, person)
    by_ratio = [_deviance(parts, ratio) for ratio in RATIOS]
    best = int(np.argmin(by_ratio))
    if best == len(RATIOS) - 1:
        raise NotApplicable("no-fit")
    around = RATIOS[max(best - 1, 0)], RATIOS[best + 1]
    if best == 0 and _slope(parts, around[0]) >= 0:
        return _at(parts, 0.0)
    return _at(parts, float(np.exp(root(lambda ratio: _slope(parts, ratio), *around, xtol=1e-13))))


def scatter_within(values: np.ndarray, regressors: np.ndarray, person: np.ndarray) -> tuple[float, int]:
    """Sum of squares that neither the model nor a constant of each person explains, and its degrees of freedom."""
    parts = _split(values, regressors, person)
    found, _, rank, _ = np.linalg.lstsq(parts.regressors, parts.values)
    left = ((parts.values - parts.regressors @ found) ** 2).sum()
    return float(left), len(values) - len(parts.sizes) - int(rank)


def _split(values: np.ndarray, regressors: np.ndarray, person: np.ndarray) -> _Split:
    sizes = np.bincount(person)
    columns = np.column_stack([regressors, values])
    means = np.column_stack([np.bincount(person, column) for column in columns.T]) / sizes[:, None]
    apart = columns - means[person]
    return _Split(means[:, -1], means[:, :-1], sizes, apart[:, -1], apart[:, :-1])


def _solved(parts: _Split, ratio: float) -> tuple[np.ndarray, np.ndarray, float]:
    """Weighted least squares: coefficients, the matrix they solve, the weighted sum of squares left."""
    weights = parts.sizes / (1 + ratio * parts.sizes)
    weighted = parts.of_means.T * weights
    matrix = parts.regressors.T @ parts.regressors + weighted @ parts.of_means
    found = np.linalg.solve(matrix, parts.regressors.T @ parts.values + weighted @ parts.means)
    within, between = parts.values - parts.regressors @ found, parts.means - parts.of_means @ found
    return found, matrix, float((within**2).sum() + weights @ between**2)


def _deviance(parts: _Split, log_ratio: float) -> float:
    """−2 log restricted likelihood, but for a constant."""
    ratio = float(np.exp(log_ratio))
    _, matrix, left = _solved(parts, ratio)
    free = parts.sizes.sum() - len(matrix)
    return float(free * np.log(left) + np.log1p(ratio * parts.sizes).sum() + np.linalg.slogdet(matrix)[1])


def _slope(parts: _Split, log_ratio: float) -> float:
    """Derivative of the deviance by the ratio."""
    ratio = float(np.exp(log_ratio))
    found, matrix, left = _solved(parts, ratio)
    free, squared = parts.sizes.sum() - len(matrix), (parts.sizes / (1 + ratio * parts.sizes)) ** 2
    fall = squared @ (parts.means - parts.of_means @ found) ** 2
    trace = np.trace(np.linalg.solve(matrix, (parts.of_means.T * squared) @ parts.of_means))
    return float((parts.sizes / (1 + ratio * parts.sizes)).sum() - free * fall / left - trace)


def _at(parts: _Split, ratio: float) -> Fit:
    found, matrix, left = _solved(parts, ratio)
    within = left / (parts.sizes.sum() - len(matrix))
    return Fit(found, within * np.linalg.inv(matrix), within, ratio * within)
