"""How often tests find a difference that is there: t tests by the noncentral t, tests of counts by enumeration.

Nothing here knows what a study found. Effects are sizes, never below 0: which way a difference points
changes no power. A test finds a difference where its two-sided p is below `alpha`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np
from scipy import special, stats

from analysis.methods.freeman_halton import SAME_CHANCE
from analysis.methods.intervals import root

STEPS = 61  # points of a curve
FAR = 1e5  # in SDs: beyond every effect that 2 people find at a level of 0.0001
CLOSE = 1e-10
# Of a noncentral t whose noncentrality is so many times the critical value (and 1), less than 1e-88 lies below it:
# T is there only where Z < −20, or a χ² beyond 400 times its df. The series of scipy takes up to 5 s and ends in nan.
CERTAIN = 40.0


def power_of_t(effect: float, width: float, df: int, alpha: float) -> float:
    """Power of a two-sided t test, both tails counted, as R's power.t.test(strict = TRUE).

    Args:
        effect: true standardised difference (d_z of pairs, d of groups).
        width: standard error of the observed one in SDs, 1/√n or √(1/n_a + 1/n_b).

    Cohen 1988, ch. 2; noncentral t: scipy.special.nctdtr.
    """
    critical, noncentrality = float(stats.t.isf(alpha / 2, df)), effect / width
    if noncentrality > CERTAIN * max(1.0, critical):
        return 1.0
    below, wrong_side = (special.nctdtr(df, noncentrality, end) for end in (critical, -critical))
    return float(1 - np.nan_to_num(below) + np.nan_to_num(wrong_side))  # nan: too far out, nothing lies below


def significant_t(width: float, df: int, alpha: float) -> float:
    """The observed standardised difference at which p is just `alpha`."""
    return float(stats.t.isf(alpha / 2, df)) * width


@lru_cache(maxsize=64)
def fisher_finds(n_a: int, n_b: int, alpha: float) -> np.ndarray:
    """Where Fisher's exact test finds a difference: shape (n_a + 1, n_b + 1), by numbers of yes in either group.

    Two-sided as in `fisher`: the tables no likelier than the one seen, both margins held.
    """
    yes_a, yes_b = np.arange(n_a + 1)[:, None], np.arange(n_b + 1)[None, :]
    chance = np.exp(_log_choose(n_a, yes_a) + _log_choose(n_b, yes_b) - _log_choose(n_a + n_b, yes_a + yes_b))
    found = np.zeros(chance.shape, dtype=bool)
    for total in range(n_a + n_b + 1):
        a = np.arange(max(0, total - n_b), min(n_a, total) + 1)
        of_total = chance[a, total - a]
        ordered = np.sort(of_total)
        no_likelier = np.searchsorted(ordered, of_total * (1 + SAME_CHANCE), side="right")
        found[a, total - a] = np.append(0.0, ordered.cumsum())[no_likelier] < alpha
    found.setflags(write=False)
    return found


def _log_choose(n: int, k: np.ndarray) -> np.ndarray:
    return special.gammaln(n + 1) - special.gammaln(k + 1) - special.gammaln(n - k + 1)


def power_of_fisher(effect: float, share: float, n_a: int, n_b: int, alpha: float) -> float:
    """Exact power of Fisher's test where the true shares of yes are `share + effect` (a) and `share` (b).

    Every pair of numbers of yes, weighed with both binomials (as in R's Exact::power.exact.test).
    """
    chance_a = stats.binom.pmf(np.arange(n_a + 1), n_a, min(1.0, share + effect))
    chance_b = stats.binom.pmf(np.arange(n_b + 1), n_b, share)
    return float(chance_a @ fisher_finds(n_a, n_b, alpha) @ chance_b)


def significant_by_fisher(share: float, n_a: int, n_b: int, alpha: float) -> float | None:
    """The smallest observed rise that Fisher's test finds where b's yes are those nearest to `share`; None if none."""
    yes_b = round(share * n_b)
    found = fisher_finds(n_a, n_b, alpha)[:, yes_b]
    rises = [yes_a / n_a - yes_b / n_b for yes_a in np.flatnonzero(found).tolist()]
    return min((rise for rise in rises if rise > 0), default=None)


@lru_cache(maxsize=1024)
def fewest_gains(moved: int, alpha: float) -> int | None:
    """Of `moved` people who changed, the fewest rises that McNemar's exact test finds; None where all are too few."""
    gains = np.arange(moved // 2 + 1, moved + 1)
    enough = gains[2 * stats.binom.sf(gains - 1, moved, 0.5) < alpha]
    return int(enough[0]) if len(enough) else None


def power_of_mcnemar(effect: float, share: float, n: int, alpha: float) -> float:
    """Exact power of McNemar's exact test of `n` people, whoever changes and whichever way.

    Args:
        effect: true share who gain less true share who lose, at most `share`.
        share: true share who change.

    Every number who may change, weighed with its binomial, then every number of gains among them
    (Duffy 1984, Biometrics 40:1005–1015).
    """
    rising = (1 + min(1.0, effect / share)) / 2
    moved = np.array([m for m in range(n + 1) if fewest_gains(m, alpha) is not None], dtype=int)
    gained = np.array([fewest_gains(m, alpha) for m in moved.tolist()], dtype=int)
    finds = stats.binom.sf(gained - 1, moved, rising) + stats.binom.cdf(moved - gained, moved, rising)
    return float(stats.binom.pmf(moved, n, share) @ finds)


def significant_by_mcnemar(share: float, n: int, alpha: float) -> float | None:
    """The smallest (gained − lost) / n that the exact test finds among the number who change nearest to `share`."""
    moved = round(share * n)
    gained = fewest_gains(moved, alpha)
    return None if gained is None else (2 * gained - moved) / n


def effect_found(power_at: Callable[[float], float], target: float, largest: float) -> float | None:
    """The true effect up to `largest` that is found with chance `target`; None where none is."""
    if power_at(largest) < target:
        return None
    return root(lambda effect: power_at(effect) - target, 0.0, largest, xtol=CLOSE)


def fewest_people(power_of: Callable[[int], float], target: float, least: int, most: int) -> int | None:
    """The number of people from which on the power reaches `target`; None where more than `most` are needed.

    The power of exact tests climbs in small teeth, so a number slightly different may do as well.
    """
    few, many = least - 1, least
    while power_of(many) < target:
        if many >= most:
            return None
        few, many = many, min(2 * many, most)
    while many - few > 1:
        middle = (few + many) // 2
        few, many = (few, middle) if power_of(middle) >= target else (middle, many)
    return many


def curve(power_at: Callable[[float], float], largest: float) -> tuple[np.ndarray, np.ndarray]:
    """Effects from 0 to `largest` in even steps and the power at each, both of shape (`STEPS`,)."""
    effects = np.linspace(0.0, largest, STEPS)
    return effects, np.array([power_at(effect) for effect in effects.tolist()])


def width_of_groups(n_a: int, n_b: int) -> float:
    """Standard error of the difference of two means in SDs."""
    return math.sqrt(1 / n_a + 1 / n_b)
