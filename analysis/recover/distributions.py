"""All frequency tables of whole-number scores that give the printed summaries of one sample."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from analysis.recover.budget import Budget, Progress, Unfinished
from analysis.recover.counting import WHOLE, Ways, count_tables
from analysis.recover.limits import Limits, ends_of, levels_of, limits_of, number_of_people
from analysis.recover.printed import Printed, printed, required
from analysis.recover.search import Families, search
from analysis.results import NotApplicable

MOST = 200_000  # tables kept in memory at once; beyond that they can be counted and drawn from
SECONDS = 10.0  # the longest that counting may take


@dataclass(frozen=True, eq=False)
class Recovered:
    """The frequency tables that fit. `tables` has shape (k, levels); `levels` names the columns.

    `count` is the exact number of tables that fit, None where even counting them would take too long;
    `at_least` is then a proven lower bound. `tables` holds all of them where `complete`.
    """

    levels: tuple[float, ...]
    tables: np.ndarray
    complete: bool
    count: int | None
    at_least: int
    _all: Families | Ways | _Parts | None = field(default=None, repr=False)

    def sample(self, k: int, seed: int = 0) -> np.ndarray:
        """`k` tables drawn uniformly, with replacement, from all that fit: shape (k, levels).

        Where `count` is None they are drawn from those that were found.
        """
        if self._all is not None and self.at_least:
            return self._all.drawn(k, seed)
        places = np.random.default_rng(seed).integers(0, max(1, len(self.tables)), k if len(self.tables) else 0)
        return self.tables[places]


def distributions(
    n: int | str,
    mean: str | None,
    sd: str | None,
    low: int | str,
    high: int | str,
    *,
    median: str | None = None,
    minimum: str | None = None,
    maximum: str | None = None,
    counts: Mapping[float | str, str | int] | None = None,
    step: int = 1,
    items: int = 1,
    ddof: int = 1,
    most: int = MOST,
    seconds: float = SECONDS,
    progress: Progress | None = None,
) -> Recovered:
    """All frequency tables of `n` scores on `low..high` that print as given.

    Args:
        n: number of people.
        mean, sd, median: as printed, text ("3.50" is not "3.5"). None: not printed.
        low, high: ends of the scale; `step` between neighbouring scores; `items` > 1 for a score
            that is the mean of that many whole-number items (levels then lie 1/items apart).
        minimum, maximum: smallest and largest score attained, as printed.
        counts: people per level where printed ("12") or their share ("70.6%"); any level may be missing.
        ddof: 1 where the SD divides by n − 1, 0 where it divides by n.
        most: tables listed at most.
        seconds: the longest that counting may take; `progress` is told the share done meanwhile.

    Returns:
        `Recovered`: up to `most` tables, and how many there are.

    Raises:
        NotApplicable: n is not a positive whole number, the scale is empty, text is not a number, or
            so much is left open that nothing was found in reasonable time.
    """
    levels = levels_of(required(low).value, required(high).value, step, items)
    people, middle, ddof = number_of_people(n), printed(median), number_of_people(ddof, 0)
    ends = [(a, b) for a in ends_of(minimum, levels) for b in ends_of(maximum, levels)]
    names = tuple(float(v) for v in levels)
    found = []
    for lowest, highest in ends:
        limits = limits_of(people, levels, printed(mean), printed(sd), ddof, lowest, highest, counts or {})
        found.append(_recovered(limits, names, levels, middle, most, Budget(seconds / len(ends), progress)))
    return found[0] if len(found) == 1 else _together(names, found, most)


def _recovered(limits: Limits, names, levels, median: Printed | None, most: int, budget: Budget) -> Recovered:
    """All tables with one lowest and one highest score."""
    families = search(limits)
    if families.whole and (median is None or families.count <= most):
        return _listed(names, families, levels, median, most)
    try:
        ways = count_tables(limits, levels, median, budget)
    except Unfinished as stopped:
        found = _listed(names, families, levels, median, most)
        found = replace(found, at_least=max(found.at_least, stopped.at_least))
        if not found.at_least and not families.whole:
            raise NotApplicable("too-many", n=limits.n, levels=len(levels)) from None
        return found
    tables = ways.tables(np.arange(min(ways.count, most), dtype=np.int64 if ways.count < WHOLE else object))
    return Recovered(names, tables, ways.count <= most, ways.count, ways.count, ways)


@dataclass(frozen=True, eq=False)
class _Parts:
    """Disjoint sets of tables: those with this and those with that lowest score."""

    parts: tuple[Recovered, ...]

    def drawn(self, k: int, seed: int) -> np.ndarray:
        source = random.Random(seed)
        which = source.choices(range(len(self.parts)), [part.at_least for part in self.parts], k=k)
        drawn = [iter(part.sample(which.count(i), seed)) for i, part in enumerate(self.parts)]
        return np.array([next(drawn[i]) for i in which])


def _together(names: tuple[float, ...], found: list[Recovered], most: int) -> Recovered:
    tables = np.concatenate([np.zeros((0, len(names)), int), *(part.tables for part in found)])[:most]
    counts = [part.count for part in found if part.count is not None]
    count = sum(counts) if len(counts) == len(found) else None
    return Recovered(
        names, tables, count == len(tables), count, sum(part.at_least for part in found), _Parts(tuple(found))
    )


def _listed(names, families: Families, levels, median: Printed | None, most: int) -> Recovered:
    """What the search found: everything, or a part of it where it had to leave families out."""
    tables = families.tables(np.arange(min(families.count, most)))
    complete = families.whole and families.count <= most
    if median is None:
        count = families.count if families.whole else None
        return Recovered(names, tables, complete, count, families.count, families)
    tables = tables[_median_fits(tables, levels, median)] if len(tables) else tables
    return Recovered(names, tables, complete, len(tables) if complete else None, len(tables))


def _median_fits(tables, levels, median):
    """Median of each table, compared exactly with the interval that the printed median allows."""
    n = tables[0].sum()
    reached = tables.cumsum(axis=1)
    lower = (reached > (n - 1) // 2).argmax(axis=1)
    upper = (reached > n // 2).argmax(axis=1)
    middles, which = np.unique(np.column_stack([lower, upper]), axis=0, return_inverse=True)
    return np.array([median.may_be((levels[a] + levels[b]) / 2) for a, b in middles])[which]
