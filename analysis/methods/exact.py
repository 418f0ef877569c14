"""Exact permutation distributions of sums of scores, with ties.

Scores are whole numbers (mean ranks of tied values are halves, so ranks enter doubled), and the
distribution of their sum is a polynomial, one factor per person (Streitberg & Röhmel 1986, the shift
algorithm). Counts of ways are floats, made by adding only, so that the farthest tail is as precise as
the middle. Only the tail that p needs is built.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from scipy import stats

from analysis.methods import budget
from analysis.results import Note

LARGEST = 400  # people: up to here an exact rank test takes a second at most, and no count overflows
ADDITION = 5e-10  # seconds


def doubled_ranks(values: np.ndarray) -> np.ndarray:
    """Twice the mean ranks, as whole numbers."""
    _, place, alike = np.unique(values, return_inverse=True, return_counts=True)
    return (2 * alike.cumsum() - alike + 1)[place]


def beyond_note(people: int) -> tuple[Note, ...]:
    """A note where a rank test has too many people for its exact distribution."""
    return (Note("approximate-beyond", {"limit": LARGEST}),) if people > LARGEST else ()


# -- every sign equally likely -----------------------------------------------------------------------------------------


def signs_are_feasible(scores: np.ndarray) -> bool:
    """Whether `signed_sum_p` can be built for these scores in time and memory."""
    reach = scores.sum() / (2 * _step(scores))
    return len(scores) <= LARGEST and reach <= budget.LARGEST_TABLE and len(scores) * reach <= budget.most(ADDITION)


def signed_sum_p(scores: np.ndarray, positive: int) -> float:
    """Two-sided p of the sum of the scores that are positive, every sign equally likely.

    Args:
        scores: shape (n,), whole numbers above 0, at most `LARGEST` of them.
    """
    step = _step(scores)
    farther = min(positive, int(scores.sum()) - positive) // step
    return min(1.0, float(2 * _ways_of_signs(scores // step, farther).sum() / 2.0 ** len(scores)))


def signed_tails(scores: np.ndarray, positive: int) -> tuple[float, float]:
    """Probabilities of a sum as far out as the one seen on its own side, and of one as far out or nearer."""
    step = _step(scores)
    ways = _ways_of_signs(scores // step, min(positive, int(scores.sum()) - positive) // step) / 2.0 ** len(scores)
    return float(ways.sum()), 1 - float(ways[:-1].sum())


def _ways_of_signs(scores: np.ndarray, most: int) -> np.ndarray:
    """How many choices of people sum to 0 … `most`."""
    ways = np.zeros(most + 1)
    ways[0] = 1.0
    for score in scores:
        ways[score:] += ways[: max(0, len(ways) - score)].copy()
    return ways


def signed_rank_quantile(alpha: float, n: int) -> int:
    """Smallest rank sum whose cumulative probability without ties reaches `alpha`, below one half.

    Beyond `LARGEST` people the normal approximation, rounded.
    """
    centre = n * (n + 1) / 4
    if n > LARGEST:
        return round(centre + float(stats.norm.ppf(alpha)) * math.sqrt(centre * (2 * n + 1) / 6))
    ways = _ways_of_signs(np.arange(1, n + 1), int(centre))
    return int(np.searchsorted(ways.cumsum() / 2.0**n, alpha))


# -- every draw equally likely -----------------------------------------------------------------------------------------


def draws_are_feasible(scores: np.ndarray, size: int) -> bool:
    """Whether `drawn_sum_p` can be built for these scores in time and memory."""
    ordered, few = np.sort(scores), min(size, len(scores) - size)
    reach = (ordered[len(scores) - few :].sum() - ordered[:few].sum()) / (2 * _step(ordered - ordered[0]))
    work = few * (len(scores) - few) * reach
    return len(scores) <= LARGEST and (few + 1) * reach <= budget.LARGEST_TABLE and work <= budget.most(ADDITION)


def rank_sum_p(ranks: np.ndarray, size: int, observed: int) -> float:
    """Two-sided p of the sum of doubled ranks of `size` people drawn from all, every draw equally likely."""
    others = len(ranks) - size
    if len(np.unique(ranks)) < len(ranks):
        return drawn_sum_p(ranks, size, observed)
    u = observed // 2 - size * (size + 1) // 2
    ways = _ways_of_u(*sorted((size, others)))
    return min(1.0, float(2 * ways[: min(u, size * others - u) + 1].sum() / math.comb(len(ranks), size)))


def drawn_sum_p(scores: np.ndarray, size: int, observed: int) -> float:
    """Two-sided p of the sum of the scores of `size` people drawn from all, every draw equally likely.

    Args:
        scores: shape (n,), whole numbers, of everybody.
        observed: the sum seen; sums at least as far from the centre count.
    """
    n, total = len(scores), int(scores.sum())
    if 2 * size > n:
        size, observed = n - size, total - observed
    distance = abs(n * observed - size * total)
    if distance == 0:
        return 1.0
    low = _lower_tail(scores, size, (size * total - distance) // n)
    ordered = np.sort(scores)
    symmetric = 2 * size == n or (ordered + ordered[::-1] == ordered[0] + ordered[-1]).all()
    high = low if symmetric else _lower_tail(-scores, size, (-size * total - distance) // n)
    return min(1.0, low + high)


def drawn_tails(scores: np.ndarray, size: int, observed: int) -> tuple[float, float]:
    """Probabilities of a sum as low, and of one as high, as the one seen; arguments as in `drawn_sum_p`."""
    return _lower_tail(scores, size, observed), _lower_tail(-scores, size, -observed)


def _lower_tail(scores: np.ndarray, size: int, most: int) -> float:
    """Probability that the scores of `size` people drawn sum to `most` or less.

    People join from the lowest on. A sum is counted above the least that so many people can have,
    which keeps the polynomials short.
    """
    ordered = np.sort(scores)
    step = _step(ordered - ordered[0])
    room = (most - int(ordered[:size].sum())) // step
    if room < 0:
        return 0.0
    ordered = ((ordered - ordered[0]) // step).tolist()
    ways = np.zeros((size + 1, room + 1))
    ways[0, 0] = 1.0
    reach = [1] + [0] * size  # how much of each row is in use
    for person, score in enumerate(ordered):
        fewest = max(0, size - len(ordered) + person)  # with fewer, not enough people are left to join
        for taken in range(min(person, size - 1), fewest - 1, -1):
            shift = score - ordered[taken]
            width = min(reach[taken], room + 1 - shift)
            if width > 0:
                ways[taken + 1, shift : shift + width] += ways[taken, :width]
                reach[taken + 1] = max(reach[taken + 1], shift + width)
    return float(ways[size].sum() / math.comb(len(ordered), size))


@lru_cache(maxsize=64)
def _ways_of_u(m: int, n: int) -> np.ndarray:
    """How many draws have U = 0 … half of m·n, without ties: the Gaussian binomial coefficient.

    m factors (1 − x^(n+k)) / (1 − x^k), each multiplied in and divided out; no factor needs more
    than the n·k + 1 coefficients that there are.
    """
    ways = np.zeros(m * n // 2 + 1)
    ways[0] = 1.0
    for k in range(1, m + 1):
        there = min(len(ways), n * k + 1)
        part = np.zeros(-(-there // k) * k)  # whole rows of k
        part[:there] = ways[:there]
        part[n + k :] -= part[: max(0, len(part) - n - k)].copy()
        ways[:there] = part.reshape(-1, k).cumsum(axis=0).ravel()[:there]
    ways.setflags(write=False)
    return ways


def rank_sum_quantile(alpha: float, m: int, n: int) -> int:
    """Smallest U whose cumulative probability without ties reaches `alpha`, below one half.

    Beyond `LARGEST` people the normal approximation, rounded.
    """
    if m + n > LARGEST:
        return round(m * n / 2 + float(stats.norm.ppf(alpha)) * math.sqrt(m * n * (m + n + 1) / 12))
    return int(np.searchsorted(_ways_of_u(*sorted((m, n))).cumsum() / math.comb(m + n, m), alpha))


def _step(scores: np.ndarray) -> int:
    """The largest number that divides all scores; 1 where all are 0."""
    return int(np.gcd.reduce(scores)) or 1
