"""Effect sizes beside a test of counts: yes in two groups, the first against the second.

Every interval stays defined where a cell is empty; a ratio over nobody is infinite, and so is the limit
beyond it. The difference of the shares belongs to the tests themselves (`counts`).
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from scipy import stats

from analysis.methods.intervals import root, wald
from analysis.methods.method import derived
from analysis.methods.two_by_two import FAR
from analysis.results import Effect, Interval


def effects_of_counts(counts: np.ndarray, ratio: tuple[Interval | None, str], confidence: float) -> tuple[Effect, ...]:
    """Ratio of shares and of odds and Cohen's h of counts [[yes_a, no_a], [yes_b, no_b]]; none of larger tables.

    Args:
        ratio: the interval of the ratio of shares, which is the test's own, and where it is from.
    """
    if counts.shape != (2, 2):
        return ()
    yes = int(counts[0, 0]), int(counts[1, 0])
    n = int(counts[0].sum()), int(counts[1].sum())
    return (
        _risk_ratio(yes, n, *ratio),
        _odds_ratio_mid_p(counts, confidence),
        _cohens_h(yes, n, confidence),
    )


def _risk_ratio(yes: tuple[int, int], n: tuple[int, int], interval: Interval | None, source: str) -> Effect:
    ratio = (yes[0] / n[0]) / (yes[1] / n[1]) if yes[1] else math.inf
    return derived("risk_ratio", ratio, interval, "(yes_a / n_a) / (yes_b / n_b)", source)


def _odds_ratio_mid_p(counts: np.ndarray, confidence: float) -> Effect:
    """Conditional odds ratio with its mid-p interval: narrower than the exact one, on average as sure as it says."""
    yes_a, n_a, all_yes, people = int(counts[0, 0]), counts[0].sum(), counts[:, 0].sum(), counts.sum()
    lowest, highest = max(0, n_a + all_yes - people), min(n_a, all_yes)
    possible = np.arange(lowest, highest + 1)
    log_chance = stats.hypergeom.logpmf(possible, people, all_yes, n_a)
    tail = (1 - confidence) / 2

    def missed(log_odds: float, beyond: np.ndarray) -> float:
        weights = log_chance + log_odds * possible
        chance = np.exp(weights - weights.max())
        return float((chance[beyond].sum() + chance[possible == yes_a].sum() / 2) / chance.sum()) - tail

    interval = (
        _root(lambda log_odds: missed(log_odds, possible > yes_a), -FAR, FAR) if yes_a > lowest else 0.0,
        _root(lambda log_odds: missed(log_odds, possible < yes_a), -FAR, FAR) if yes_a < highest else math.inf,
    )
    value = stats.contingency.odds_ratio(counts).statistic
    formula = "ψ at which the hypergeometric likelihood of yes_a, both margins held, is largest"
    source = "Fisher 1935; mid-p: Lancaster 1961, Berry & Armitage 1995"
    return derived("odds_ratio_mid_p", value, interval, formula, source)


def _cohens_h(yes: tuple[int, int], n: tuple[int, int], confidence: float) -> Effect:
    """Difference of the shares on the arcsine scale, where a step weighs the same everywhere."""
    angles = [2 * math.asin(math.sqrt(y / m)) for y, m in zip(yes, n, strict=True)]
    value = angles[0] - angles[1]
    interval = wald(value, math.sqrt(1 / n[0] + 1 / n[1]), confidence)
    formula = "2·asin√(yes_a / n_a) − 2·asin√(yes_b / n_b)"
    return derived("cohens_h", value, interval, formula, "Cohen 1988, ch. 6")


def _root(function: Callable[[float], float], low: float, high: float) -> float:
    """The ratio at whose logarithm the function changes sign."""
    return math.exp(root(function, low, high, xtol=1e-13))
