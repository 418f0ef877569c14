"""All frequency tables of whole-number scores that give the printed summaries of one sample."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from analysis.recover.limits import levels_of, limits_of, number_of_people, scale_end
from analysis.recover.printed import printed
from analysis.recover.search import Families, search

MOST = 200_000  # tables kept in memory at once; beyond that they can be counted and drawn from


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
    _families: Families | None = field(default=None, repr=False)

    def sample(self, k: int, seed: int = 0) -> np.ndarray:
        """`k` tables drawn uniformly, with replacement, from all that fit: shape (k, levels)."""
        if self._families is None or not self.at_least:
            return self.tables[
                np.random.default_rng(seed).integers(0, max(1, len(self.tables)), k if len(self.tables) else 0)
            ]
        places = np.random.default_rng(seed).integers(0, self._families.count, k)
        return self._families.tables(places)[:, : len(self.levels)]


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
    counts: Mapping[float, str | int] | None = None,
    step: int = 1,
    items: int = 1,
) -> Recovered:
    """All frequency tables of `n` scores on `low..high` that print as given.

    Args:
        n: number of people.
        mean, sd, median: as printed, text ("3.50" is not "3.5"); SD with n − 1. None: not printed.
        low, high: ends of the scale; `step` between neighbouring scores; `items` > 1 for a score
            that is the mean of that many whole-number items (levels then lie 1/items apart).
        minimum, maximum: smallest and largest score attained, as printed.
        counts: people per level where printed; any level may be missing.

    Returns:
        `Recovered`: every table, up to `MOST` of them, and how many there are.

    Raises:
        NotApplicable: n is not a positive whole number, the scale is empty, text is not a number, or
            so much is left open that nothing was found in reasonable time.
    """
    levels = levels_of(scale_end(low), scale_end(high), step, items)
    limits = limits_of(number_of_people(n), levels, printed(mean), printed(sd), minimum, maximum, counts or {})
    families = search(limits)
    tables = families.tables(np.arange(min(families.count, MOST)))[:, : len(levels)]
    names, complete = tuple(float(v) for v in levels), families.whole and families.count <= MOST
    if (middle := printed(median)) is None or not len(tables):
        return Recovered(names, tables, complete, families.count if families.whole else None, families.count, families)
    tables = tables[_median_fits(tables, levels, middle)]
    return Recovered(names, tables, complete, len(tables) if complete else None, len(tables))


def _median_fits(tables, levels, median):
    """Median of each table, compared exactly with the interval that the printed median allows."""
    n = tables[0].sum()
    reached = tables.cumsum(axis=1)
    lower = (reached > (n - 1) // 2).argmax(axis=1)
    upper = (reached > n // 2).argmax(axis=1)
    return np.array([median.may_be((levels[a] + levels[b]) / 2) for a, b in zip(lower, upper, strict=True)])
