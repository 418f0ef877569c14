"""Proportional odds of two groups by Newton's method, with a step for each score.

Ours, because statsmodels' OrderedModel differentiates its likelihood numerically: 60 different values take
it minutes. Only neighbouring scores share a likelihood, so the matrix of second derivatives is a band, and
thousands of different values take a tenth of a second. The likelihood has one peak (Pratt 1981,
doi:10.1080/01621459.1981.10477613).
"""

from __future__ import annotations

import math

import numpy as np
from scipy import linalg, special

from analysis.results import NotApplicable

GROUPS = np.array([0.5, -0.5])[:, None]
MOST_STEPS = 100
SMALLEST_STEP = 2.0**-30
SETTLED = 1e-10  # of the log odds ratio


def log_odds_ratio(counts: np.ndarray) -> tuple[float, float]:
    """The log of the odds in the first group, against the second, of lying above any one score, and its SE.

    Args:
        counts: shape (2, levels), people by group and score from the lowest on; no score without people.

    Raises:
        NotApplicable: the search doesn't settle.
    """
    below = counts.sum(axis=0).cumsum()[:-1] / counts.sum()
    cuts, log_odds = special.logit(below), 0.0
    for _ in range(MOST_STEPS):
        step_of_cuts, step, information = _newton(counts, cuts, log_odds)
        size = _uphill(counts, (cuts, log_odds), (step_of_cuts, step))
        cuts, log_odds = cuts + size * step_of_cuts, log_odds + size * step
        if abs(step) <= SETTLED and np.abs(step_of_cuts).max() <= SETTLED:
            return log_odds, 1 / math.sqrt(information)
    raise NotApplicable("no-fit")


def _below(cuts: np.ndarray, log_odds: float) -> np.ndarray:
    """Chance of lying at or below each score, 0 before the first and 1 at the last: shape (2, levels + 1)."""
    inner = special.expit(cuts - log_odds * GROUPS)
    return np.hstack([np.zeros((2, 1)), inner, np.ones((2, 1))])


def _log_likelihood(counts: np.ndarray, cuts: np.ndarray, log_odds: float) -> float:
    chances = np.diff(_below(cuts, log_odds))
    if (chances <= 0).any():
        return -math.inf
    return float((counts * np.log(chances)).sum())


def _uphill(counts: np.ndarray, at: tuple[np.ndarray, float], step: tuple[np.ndarray, float]) -> float:
    """The share of a step, halved until the likelihood doesn't fall (float dust aside)."""
    now, size = _log_likelihood(counts, *at), 1.0
    while size > SMALLEST_STEP:
        there = _log_likelihood(counts, at[0] + size * step[0], at[1] + size * step[1])
        if there >= now - 1e-12 * abs(now):
            return size
        size /= 2
    raise NotApplicable("no-fit")


def _newton(counts: np.ndarray, cuts: np.ndarray, log_odds: float) -> tuple[np.ndarray, float, float]:
    """Newton's step of the cuts and of the log odds ratio, and the information about the latter."""
    below = _below(cuts, log_odds)
    density = below * (1 - below)
    chances = np.diff(below)
    per = counts / chances
    slope, inner = density * (1 - 2 * below), density[:, 1:-1]
    rise = (inner * (per[:, :-1] - per[:, 1:])).sum(axis=0)
    rise_of_odds = -float((GROUPS * counts * (1 - below[:, 1:] - below[:, :-1])).sum())
    twice = per / chances
    bend = (inner**2 * (twice[:, :-1] + twice[:, 1:]) - slope[:, 1:-1] * (per[:, :-1] - per[:, 1:])).sum(axis=0)
    between = -(inner[:, :-1] * inner[:, 1:] * twice[:, 1:-1]).sum(axis=0)
    mixed = -(GROUPS * inner * (counts[:, :-1] + counts[:, 1:])).sum(axis=0)
    bend_of_odds = float((GROUPS**2 * counts * (density[:, 1:] + density[:, :-1])).sum())
    band = np.vstack([np.append(0.0, between), bend, np.append(between, 0.0)])
    solved = linalg.solve_banded((1, 1), band, np.column_stack([rise, mixed]))
    information = bend_of_odds - float(mixed @ solved[:, 1])
    step = (rise_of_odds - float(mixed @ solved[:, 0])) / information
    return solved[:, 0] - step * solved[:, 1], step, information
