"""Intervals of two shares that invert the very test beside them, so that p and interval never part.

Counts are [[yes_a, no_a], [yes_b, no_b]]. Fisher's test holds both margins, which leaves the odds ratio alone;
Boschloo's holds the group sizes, which leaves difference, ratio and odds ratio alike.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import special, stats

from analysis.methods import budget
from analysis.methods.intervals import root
from analysis.results import Interval, remembered

Measure = Literal["difference", "ratio", "odds"]
FAR = 30.0  # logarithm of a ratio beyond every limit that tables of people have
DUST = 1e-9  # share by which chances that are equal may differ


# -- both margins held: Fisher -----------------------------------------------------------------------------------------


def odds_by_fisher(counts: np.ndarray, confidence: float) -> Interval:
    """From the smallest to the largest odds ratio that Fisher's two-sided test doesn't reject.

    As R's exact2x2 has it ("minlike"; Fay 2010, doi:10.1093/biostatistics/kxp050). R's fisher.test inverts two
    one-sided tests instead, and may hold 1 beside p = 0.03.
    """
    yes_a, n_a, all_yes, people = int(counts[0, 0]), counts[0].sum(), counts[:, 0].sum(), counts.sum()
    possible = np.arange(max(0, n_a + all_yes - people), min(n_a, all_yes) + 1)
    ways = stats.hypergeom.logpmf(possible, people, all_yes, n_a)
    place = yes_a - int(possible[0])
    low = _lowest_odds(ways, place, 1 - confidence)
    high = 1 / least if (least := _lowest_odds(ways[::-1], len(ways) - 1 - place, 1 - confidence)) else math.inf
    return low, high


def _lowest_odds(ways: np.ndarray, seen: int, alpha: float) -> float:
    """The smallest odds ratio with p of at least alpha.

    As the odds rise, one outcome after another below the one seen becomes less likely than it. Between two such steps
    p is everything but a window of outcomes, and falls before it rises.
    """
    if seen == 0:
        return 0.0
    steps = (ways[:seen] - ways[seen]) / (seen - np.arange(seen))  # log odds at which each is as likely; they rise
    steps[np.abs(steps) < DUST] = 0.0  # as likely where nothing differs
    places = np.arange(len(ways))

    def p(log_odds: float, joined: int) -> float:
        weights = ways + log_odds * places
        chance = np.exp(weights - weights.max())
        return float(1 - chance[joined:seen].sum() / chance.sum())

    def accepted(step: int) -> bool:
        """Somewhere from the step before on until just before this one, or at this one."""
        return p(steps[step], step) >= alpha or p(steps[step], step + 1) >= alpha

    first = _first(accepted, seen)
    if p(steps[first], first) < alpha:
        return math.exp(steps[first])
    before = steps[first - 1] if first else steps[0] - FAR
    return math.exp(root(lambda log_odds: p(log_odds, first) - alpha, before, steps[first], xtol=1e-13))


def _first(accepted: Callable[[int], bool], count: int) -> int:
    """The first step that is accepted: each is asked where they are few, else by halving (the last always is)."""
    if count <= FEW:
        return next(filter(accepted, range(count)))
    low, high = -1, count - 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if accepted(middle) else (middle, high)
    return high


FEW = 200  # outcomes


# -- group sizes held: Boschloo; Chan & Zhang; Agresti & Min -----------------------------------------------------------


@dataclass(frozen=True)
class Tables:
    """All tables of two groups of these sizes, and the numbers of yes that were seen."""

    yes: tuple[int, int]
    n: tuple[int, int]

    @property
    def all(self) -> tuple[np.ndarray, np.ndarray]:
        """Every number of yes in a, by row, and in b, by column."""
        return np.arange(self.n[0] + 1)[:, None], np.arange(self.n[1] + 1)

    def turned(self) -> Tables:
        """b against a."""
        return Tables((self.yes[1], self.yes[0]), (self.n[1], self.n[0]))


def tables_like(counts: np.ndarray) -> Tables:
    return Tables((int(counts[0, 0]), int(counts[1, 0])), (int(counts[0].sum()), int(counts[1].sum())))


def feasible(counts: np.ndarray) -> bool:
    """Whether all tables of these group sizes can be gone through in time, again and again."""
    return not budget.over((counts.sum(axis=1) + 1).prod(), TABLE)


TABLE = 1e-4  # seconds that the limits of difference, ratio and odds ratio take per table together


@remembered(1024)
def unconditional(tables: Tables, measure: Measure, alpha: float, *, two_sided: bool, holds_none: bool) -> Interval:
    """The values that an exact test doesn't reject, whatever share the groups have: its largest chance decides.

    A test of each difference or ratio takes tables for as far out as the score statistic says, on one side with α/2
    (Chan & Zhang 1999, doi:10.1111/j.0006-341X.1999.01202.x) or on both together with α (Agresti & Min 2001,
    doi:10.1111/j.0006-341X.2001.00963.x); of each odds ratio, as Fisher's one-sided p at that odds ratio says, which
    at 1 is Boschloo's test. That nothing differs is left to the test whose interval this is: `holds_none`.
    """
    tail = alpha if two_sided else alpha / 2
    low = _limit(tables, measure, tail, two_sided, holds_none)
    high = _limit(tables.turned(), measure, tail, two_sided, holds_none)
    if measure == "difference":
        return low, 0.0 - high
    return math.exp(low), math.exp(-high) if high > -math.inf else math.inf


def _limit(tables: Tables, measure: Measure, tail: float, two_sided: bool, holds_none: bool) -> float:
    """The lower limit of a against b; of a ratio its logarithm."""
    outside, inside = _reach(tables, measure)

    def missed(value: float) -> float:
        return _largest_chance(_as_far_out(tables, measure, value, two_sided), SHARES[measure], value) - tail

    if outside == inside:
        return outside if measure == "difference" else -math.inf
    if inside > 0:
        if (missed(0.0) >= 0) != holds_none:
            return 0.0
        outside, inside = (outside, 0.0) if holds_none else (0.0, inside)
    found = _edge(missed, outside, inside)
    step = (inside - found) / STEPS
    farther = [found - step * k for k in range(FARTHER, 0, -1)]
    again = next((value for value in farther if value > outside and missed(value) >= 0), None)
    return found if again is None else _edge(missed, max(outside, again - step), again)


def _edge(missed: Callable[[float], float], outside: float, inside: float) -> float:
    """Where values begin to be held. The chance jumps where tables change places, so no root is sought from afar."""
    for _ in range(HALVINGS):
        middle = (outside + inside) / 2
        outside, inside = (outside, middle) if missed(middle) >= 0 else (middle, inside)
    return root(missed, outside, inside, xtol=1e-11)


HALVINGS = 20
FARTHER, STEPS = 6, 20  # so many steps outwards a value may be held again, of as many from the one seen to the limit


def _reach(tables: Tables, measure: Measure) -> Interval:
    """The lowest value that there is, and the one seen."""
    (yes_a, yes_b), (n_a, n_b) = tables.yes, tables.n
    if measure == "difference":
        return -1.0, yes_a / n_a - yes_b / n_b
    if yes_a == 0 or (measure == "odds" and yes_b == n_b):
        return -FAR, -FAR
    if yes_b == 0 or (measure == "odds" and yes_a == n_a):
        return -FAR, FAR
    of_shares = yes_a / n_a / (yes_b / n_b)
    return -FAR, math.log(of_shares if measure == "ratio" else yes_a * (n_b - yes_b) / (yes_b * (n_a - yes_a)))


def _as_far_out(tables: Tables, measure: Measure, value: float, two_sided: bool) -> np.ndarray:
    """Shape (n_a + 1, n_b + 1): which tables are no less against the value than the one seen."""
    if measure == "odds":
        p = _fisher_at(tables.n, value)
        return p <= p[tables.yes] * (1 + DUST)
    z = _score(measure, value, tables.all, tables.n)
    z = np.abs(z) if two_sided else z
    return z >= z[tables.yes] - DUST * abs(z[tables.yes]) if np.isfinite(z[tables.yes]) else z >= z[tables.yes]


def _fisher_at(n: tuple[int, int], log_odds: float) -> np.ndarray:
    """Fisher's one-sided p of every table (a higher) at an odds ratio."""
    a, b = Tables((0, 0), n).all
    margin, ways = a + b, _log_ways(n[0])[:, None] + log_odds * a + _log_ways(n[1])
    most = np.full(sum(n) + 1, -np.inf)
    np.maximum.at(most, margin, ways)
    chance = np.exp(ways - most[margin])
    for one_less in range(n[0] - 1, -1, -1):  # more yes in a, as many fewer in b
        chance[one_less, 1:] += chance[one_less + 1, :-1]
    whole = np.zeros(sum(n) + 1)
    np.maximum.at(whole, margin, chance)
    return chance / whole[margin]


def _log_ways(n: int) -> np.ndarray:
    k = np.arange(n + 1)
    return special.gammaln(n + 1) - special.gammaln(k + 1) - special.gammaln(n - k + 1)


def _largest_chance(tables: np.ndarray, shares: Callable[..., tuple], value: float) -> float:
    """The largest chance of any of the tables over all pairs of shares that have this value, narrowed in."""
    low, high, largest = 0.0, math.pi / 2, 0.0
    for points in SEARCH:
        along = np.linspace(low, high, points)
        chances = _chances(tables, *shares(np.sin(along) ** 2, value))
        best, width = int(chances.argmax()), (high - low) / (points - 1)
        largest = max(largest, float(chances[best]))
        low, high = max(low, along[best] - width), min(high, along[best] + width)
    return largest


SEARCH = (101, 21, 21, 21)  # points, of the whole at first and then around the highest


def _chances(tables: np.ndarray, share_a: np.ndarray, share_b: np.ndarray) -> np.ndarray:
    a, b = (_binomial(size - 1, share) for size, share in zip(tables.shape, (share_a, share_b), strict=True))
    return ((tables.astype(float) @ b) * a).sum(axis=0)


def _binomial(n: int, shares: np.ndarray) -> np.ndarray:
    """Shape (n + 1, shares)."""
    k = np.arange(n + 1)[:, None]
    return np.exp(_log_ways(n)[:, None] + special.xlogy(k, shares) + special.xlog1py(n - k, -shares))


def _by_difference(along: np.ndarray, difference: float) -> tuple[np.ndarray, np.ndarray]:
    low, high = max(0.0, -difference), min(1.0, 1 - difference)
    share_b = low + along * (high - low)
    return np.clip(share_b + difference, 0, 1), share_b


def _by_ratio(along: np.ndarray, log_ratio: float) -> tuple[np.ndarray, np.ndarray]:
    return along * math.exp(min(0.0, log_ratio)), along * math.exp(min(0.0, -log_ratio))


def _by_odds(along: np.ndarray, log_odds: float) -> tuple[np.ndarray, np.ndarray]:
    """Along the curve on which the odds are in this ratio, evenly from either side."""
    half = math.exp(log_odds / 2)
    return half * along / (1 - along + half * along), along / (along + half * (1 - along))


SHARES: dict[Measure, Callable[..., tuple]] = {"difference": _by_difference, "ratio": _by_ratio, "odds": _by_odds}


# -- large samples: Pearson --------------------------------------------------------------------------------------------


def by_score(tables: Tables, measure: Measure, confidence: float) -> Interval:
    """The differences of two shares (Mee 1984), or their ratios (Koopman 1984), that Pearson's χ² doesn't reject.

    Ours, because statsmodels 0.15 (`confint_proportions_2indep`, "ratio", "score") goes wrong for nearly
    half of the tables with an empty cell: 1 of 2 against 2 of 2 gets 0.75 as its lower limit, not 0.09.
    """
    largest = float(stats.norm.ppf((1 + confidence) / 2))

    def lower(of: Tables) -> float:
        outside, inside = _reach(of, measure)
        if outside == inside:
            return outside if measure == "difference" else -math.inf
        yes = np.array(float(of.yes[0])), np.array(float(of.yes[1]))
        return root(lambda value: float(_score(measure, value, yes, of.n)) - largest, outside, inside, xtol=1e-13)

    low, high = lower(tables), lower(tables.turned())
    return (
        (low, -high) if measure == "difference" else (math.exp(low), math.exp(-high) if high > -math.inf else math.inf)
    )


def _score(measure: Measure, value: float, yes: tuple[np.ndarray, ...], n: tuple[int, int]) -> np.ndarray:
    """Distance from a difference, or a ratio by its logarithm, over its SD at the likeliest shares there."""
    ratio = 1.0 if measure == "difference" else math.exp(value)
    shift = value if measure == "difference" else 0.0
    b = _likeliest_apart(value, yes, n) if measure == "difference" else _likeliest_in_ratio(ratio, yes, n)
    a = np.clip(ratio * b + shift, 0, 1)
    apart = yes[0] / n[0] - ratio * (yes[1] / n[1]) - shift
    variance = a * (1 - a) / n[0] + ratio**2 * b * (1 - b) / n[1]
    apart = np.where(np.abs(apart) < DUST * ratio, 0.0, apart)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(variance > 0, apart / np.sqrt(variance), np.sign(apart) * np.where(apart == 0, 0.0, np.inf))


def _likeliest_apart(difference: float, yes: tuple[np.ndarray, ...], n: tuple[int, int]) -> np.ndarray:
    """Shares of b: the root of the likelihood's cubic in closed form (Miettinen & Nurminen 1985, appendix I)."""
    people, all_yes = sum(n), yes[0] + yes[1]
    l2 = ((n[0] + 2 * n[1]) * difference - people - all_yes) / people
    l1 = ((n[1] * difference - people - 2 * yes[1]) * difference + all_yes) / people
    l0 = yes[1] * difference * (1 - difference) / people
    q = l2**3 / 27 - l1 * l2 / 6 + l0 / 2
    p = np.copysign(np.sqrt(np.maximum(0.0, l2**2 / 9 - l1 / 3)), q)
    cubed = np.where(p == 0, 1.0, p**3)
    angle = (math.pi + np.arccos(np.clip(np.where(p == 0, 0.0, q / cubed), -1, 1))) / 3
    return np.clip(2 * p * np.cos(angle) - l2 / 3, max(0.0, -difference), min(1.0, 1 - difference))


def _likeliest_in_ratio(ratio: float, yes: tuple[np.ndarray, ...], n: tuple[int, int]) -> np.ndarray:
    """Shares of b: the smaller root of the likelihood's square (Koopman 1984)."""
    square, linear = sum(n) * ratio, n[0] * ratio + yes[0] + n[1] + yes[1] * ratio
    rest = yes[0] + yes[1]
    return 2 * rest / (linear + np.sqrt(np.maximum(0.0, linear**2 - 4 * square * rest)))
