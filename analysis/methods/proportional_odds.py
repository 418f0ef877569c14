"""Proportional odds by Newton's method, with a step for each score.

Ours, because statsmodels' OrderedModel differentiates its likelihood numerically: 60 different values take
it minutes. Only neighbouring scores share a likelihood, so the matrix of second derivatives of the steps is a band,
and thousands of different values take a tenth of a second. The likelihood has one peak (Pratt 1981,
doi:10.1080/01621459.1981.10477613).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import linalg, special

from analysis.results import NotApplicable

MOST_STEPS = 100
SMALLEST_STEP = 2.0**-30
SETTLED = 1e-10  # of the log odds ratio
FARTHEST = 25.0  # a log odds per SD beyond e^25 has no end: the scores are told apart fully


@dataclass(frozen=True)
class Answers:
    """What is regressed: each row's score as its place from 0 on, its regressors, and how many people it stands for.

    Shapes (rows,), (rows, slopes) and (rows,); no place below the highest without people.
    """

    places: np.ndarray
    regressors: np.ndarray
    people: np.ndarray

    @property
    def levels(self) -> int:
        return int(self.places.max()) + 1


@dataclass(frozen=True)
class _Ends:
    """Chance of lying at or below a row's score, and below it: each with its density and that one's slope."""

    below: np.ndarray
    density: np.ndarray
    slope: np.ndarray


def fit(answers: Answers) -> tuple[np.ndarray, np.ndarray]:
    """Logs of the odds of lying above any one score, per unit of each regressor, and their covariance.

    Raises:
        NotApplicable: the search doesn't settle, as where a regressor tells the scores apart fully.
    """
    shares = np.bincount(answers.places, answers.people)
    cuts = special.logit(shares.cumsum()[:-1] / shares.sum())
    slopes = np.zeros(answers.regressors.shape[1])
    for _ in range(MOST_STEPS):
        try:
            step_of_cuts, step, information = _newton(answers, cuts, slopes)
        except np.linalg.LinAlgError as error:  # the likelihood is flat there, on the way to no end
            raise NotApplicable("no-fit") from error
        size = _uphill(answers, (cuts, slopes), (step_of_cuts, step))
        cuts, slopes = cuts + size * step_of_cuts, slopes + size * step
        if max(np.abs(step).max(), np.abs(step_of_cuts).max()) <= SETTLED:
            return slopes, np.linalg.inv(information)
        if (np.abs(slopes) * answers.regressors.std(axis=0) > FARTHEST).any():
            raise NotApplicable("no-fit")
    raise NotApplicable("no-fit")


def log_odds_ratio(counts: np.ndarray) -> tuple[float, float]:
    """The log of the odds in the first group, against the second, of lying above any one score, and its SE.

    Args:
        counts: shape (2, levels), people by group and score from the lowest on; no score without people.

    Raises:
        NotApplicable: the search doesn't settle.
    """
    group, place = np.nonzero(counts)
    found, covariance = fit(Answers(place, np.where(group == 0, 0.5, -0.5)[:, None], counts[group, place]))
    return float(found[0]), math.sqrt(covariance[0, 0])


def _ends(answers: Answers, cuts: np.ndarray, slopes: np.ndarray) -> tuple[_Ends, _Ends]:
    """Above each row's score, and below it."""
    shift = answers.regressors @ slopes
    padded = np.concatenate([[-np.inf], cuts, [np.inf]])
    return _end(padded[answers.places + 1] - shift), _end(padded[answers.places] - shift)


def _end(at: np.ndarray) -> _Ends:
    below = special.expit(at)
    density = below * (1 - below)
    return _Ends(below, density, density * (1 - 2 * below))


def _log_likelihood(answers: Answers, cuts: np.ndarray, slopes: np.ndarray) -> float:
    upper, lower = _ends(answers, cuts, slopes)
    chances = upper.below - lower.below
    if (chances <= 0).any():
        return -math.inf
    return float(answers.people @ np.log(chances))


def _uphill(answers: Answers, at: tuple[np.ndarray, np.ndarray], step: tuple[np.ndarray, np.ndarray]) -> float:
    """The share of a step, halved until the likelihood doesn't fall (float dust aside)."""
    now, size = _log_likelihood(answers, *at), 1.0
    while size > SMALLEST_STEP:
        there = _log_likelihood(answers, at[0] + size * step[0], at[1] + size * step[1])
        if there >= now - 1e-12 * abs(now):
            return size
        size /= 2
    raise NotApplicable("no-fit")


def _newton(answers: Answers, cuts: np.ndarray, slopes: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Newton's step of the cuts and of the slopes, and the information about the latter."""
    upper, lower = _ends(answers, cuts, slopes)
    x, places, people = answers.regressors, answers.places, answers.people
    per = people / (upper.below - lower.below)
    twice = per / (upper.below - lower.below)

    def at_cuts(above: np.ndarray, below: np.ndarray) -> np.ndarray:
        """Sums over the rows whose score ends at each cut, and over those whose score begins there."""
        return (_by_place(places, above, answers.levels) + _by_place(places - 1, below, answers.levels))[:-1]

    rise = at_cuts(upper.density * per, -lower.density * per)
    gap = (upper.density - lower.density) * per
    bend = at_cuts(upper.density**2 * twice - upper.slope * per, lower.density**2 * twice + lower.slope * per)
    between = -_by_place(places, upper.density * lower.density * twice, answers.levels)[1:-1]
    of_gap = gap * (upper.density - lower.density) / (upper.below - lower.below) - (upper.slope - lower.slope) * per
    ends = upper.slope * per - upper.density * gap / (upper.below - lower.below)
    starts = -lower.slope * per + lower.density * gap / (upper.below - lower.below)
    mixed = np.column_stack([at_cuts(ends * column, starts * column) for column in x.T])
    band = np.vstack([np.append(0.0, between), bend, np.append(between, 0.0)])
    solved = linalg.solve_banded((1, 1), band, np.column_stack([rise, mixed]))
    information = x.T @ (of_gap[:, None] * x) - mixed.T @ solved[:, 1:]
    step = np.linalg.solve(information, -x.T @ gap - mixed.T @ solved[:, 0])
    return solved[:, 0] - solved[:, 1:] @ step, step, information


def _by_place(places: np.ndarray, values: np.ndarray, levels: int) -> np.ndarray:
    there = places >= 0
    return np.bincount(places[there], values[there], minlength=levels)
