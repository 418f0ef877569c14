"""Exact permutation distributions of rank sums, with ties.

Mean ranks of tied values are halves, so doubled ranks are whole numbers and the distribution of their
sum is a polynomial: one factor per person (Streitberg & Röhmel 1986, the shift algorithm).
"""

from __future__ import annotations

import numpy as np
from scipy import stats


def doubled_ranks(values: np.ndarray) -> np.ndarray:
    """Twice the mean ranks, as whole numbers."""
    return np.rint(2 * stats.rankdata(values)).astype(int)


def signed_rank_p(ranks: np.ndarray, positive: int) -> float:
    """Two-sided p of the sum of doubled ranks of the positive differences, every sign equally likely."""
    chance = np.zeros(ranks.sum() + 1)
    chance[0] = 1.0
    for rank in ranks:
        shifted = np.zeros_like(chance)
        shifted[rank:] = chance[: len(chance) - rank]
        chance = (chance + shifted) / 2
    return _two_sided(chance, positive, ranks.sum() / 2)


def rank_sum_p(ranks: np.ndarray, size: int, observed: int) -> float:
    """Two-sided p of the sum of doubled ranks of `size` people drawn from all, every draw equally likely."""
    ways = np.zeros((size + 1, ranks.sum() + 1))
    ways[0, 0] = 1.0
    for rank in ranks:
        ways[1:, rank:] += ways[:-1, : ways.shape[1] - rank].copy()
    chance = ways[size] / ways[size].sum()
    return _two_sided(chance, observed, size * ranks.sum() / len(ranks))


def _two_sided(chance: np.ndarray, observed: int, centre: float) -> float:
    """Probability of a sum at least as far from its centre as the one observed."""
    distance = np.abs(np.arange(len(chance)) - centre)
    return float(min(1.0, chance[distance >= abs(observed - centre) - 1e-9].sum()))
