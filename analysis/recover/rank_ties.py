"""How large Z can be for printed ranks, whatever the ties: they are never printed, and they make Z larger.

Searched exactly over every pattern of ties, one tied block of scores after the other from the lowest up, keeping for
each sum of ranks the largest Σ(t³ − t) over blocks of t people, which is all that the variance depends on
(Hollander, Wolfe & Chicken 2014, eq. 3.13 and 4.13). Beyond `MOST_SEARCHED` people a bound of continuous numbers of
people is given, which the search never passes; between two groups it lies at two levels of scores.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

MOST_SEARCHED = 34  # people: a search takes a fifth of a second at most
NEVER = -1  # no pattern of ties has this sum of ranks
TINY = 1e-9  # distances are whole halves, ends of what was printed are floats


def largest_z(least_away: float, most_away: float, m: int, n: int, nearer: float = 0.0) -> float | None:
    """Largest |Z| of Mann and Whitney's test of m against n people.

    Args:
        least_away, most_away: ends of the distance of U from m·n/2 that the printed numbers leave.
        nearer: what a correction for continuity takes from that distance, 0.5 or nothing.

    Returns:
        None where no pattern of ties has a U in between.
    """
    if m + n > MOST_SEARCHED:
        return _at_two_levels(most_away, m, n, nearer)
    away, ties = _between(least_away, most_away, _ties_by_u(m, n))
    if not len(away):
        return None
    people = m + n
    spread = m * n * (people**3 - people - ties) / (12 * people * (people - 1))
    return float(_sizes_of_z(np.maximum(away - nearer, 0), spread).max())


def least_spread(least_away: float, most_away: float, m: int, n: int) -> float | None:
    """Smallest Σ(rank − mean rank)² of m + n people in which the m differ from the n by so much; as `largest_z`."""
    people = m + n
    if people > MOST_SEARCHED:
        apart = 2 * least_away / max(m, n)
        return people * apart * (people - apart) / 4
    _, ties = _between(least_away, most_away, _ties_by_u(m, n))
    return float(people**3 - people - ties.max()) / 12 if len(ties) else None


def _between(least_away: float, most_away: float, ties: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of `ties` by twice a sum: the distances from the middle within these ends that ranks can have, and their ties."""
    away = np.abs(np.arange(len(ties)) - len(ties) // 2) / 2
    possible = (ties > NEVER) & (away >= least_away - TINY) & (away <= most_away + TINY)
    return away[possible], ties[possible]


def _sizes_of_z(away: np.ndarray, variance: np.ndarray) -> np.ndarray:
    """Z is 0 where all are tied."""
    return np.divide(away, np.sqrt(variance), out=np.zeros(len(away)), where=variance > 0)


def _at_two_levels(away: float, m: int, n: int, nearer: float = 0.0) -> float:
    """Everybody at one level but so many of the smaller group at the other: the least spread for this distance."""
    away = min(away, m * n / 2)
    apart = 2 * away / max(m, n)
    if away <= nearer:
        return 0.0
    return (away - nearer) / math.sqrt(m * n * apart * (m + n - apart) / (4 * (m + n - 1)))


@lru_cache(maxsize=64)
def _ties_by_u(m: int, n: int) -> np.ndarray:
    """Largest Σ(t³ − t) of any pattern of ties, by 2U of the first group: shape (2mn + 1,), `NEVER` where none has it.

    A block holds `x` of the first group and `y` of the second; its x win against the `b` below and halve against y.
    """
    best = np.full((m + 1, n + 1, 2 * m * n + 1), NEVER, dtype=np.int64)
    best[0, 0, 0] = 0
    for a in range(m + 1):
        for b in range(n + 1):
            so_far = best[a, b, : 2 * a * n + 1]
            reached = np.flatnonzero(so_far > NEVER)
            for x in range(m - a + 1):
                for y in range(x == 0, n - b + 1):
                    block = (x + y) ** 3 - x - y
                    _keep_larger(best[a + x, b + y], reached + x * (2 * b + y), so_far[reached] + block)
    return best[m, n]


def _keep_larger(best: np.ndarray, places: np.ndarray, ties: np.ndarray) -> None:
    best[places] = np.maximum(best[places], ties)


def largest_signed_z(least_away: float, most_away: float, people: int) -> float | None:
    """Largest |Z| of Wilcoxon's signed-rank test of so many people who changed, uncorrected for continuity.

    Args:
        least_away, most_away: ends of the distance of a sum of ranks from people·(people + 1)/4.

    Returns:
        None where no pattern of ties has a sum of ranks in between.
    """
    if people > MOST_SEARCHED:  # all changes of one size: no variance is smaller
        return most_away / math.sqrt(people * (people + 1) ** 2 / 16)
    away, ties = _between(least_away, most_away, _ties_by_rank_sum(people))
    if not len(away):
        return None
    squares = people * (people + 1) * (2 * people + 1) / 6 - ties / 12
    return float(_sizes_of_z(away, squares / 4).max())


@lru_cache(maxsize=64)
def _ties_by_rank_sum(people: int) -> np.ndarray:
    """The same by twice the positive sum of ranks, for one group of changes: shape (people·(people + 1) + 1,)."""
    best = np.full((people + 1, people * (people + 1) + 1), NEVER, dtype=np.int64)
    best[0, 0] = 0
    for below in range(people):
        reached = np.flatnonzero(best[below] > NEVER)
        for block in range(1, people - below + 1):
            for positive in range(block + 1):
                places = reached + positive * (2 * below + block + 1)
                _keep_larger(best[below + block], places, best[below][reached] + block**3 - block)
    return best[people]
