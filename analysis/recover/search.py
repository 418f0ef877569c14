"""Finding every frequency table: the low levels are filled one after the other, the last three follow.

After each level a partial table is kept only if the people left over can still reach the printed mean
and SD: with m people left on levels a..b, their total s and sum of squares q must satisfy
a·m ≤ s ≤ b·m and s²/m ≤ q ≤ (a+b)·s − a·b·m (the chord). On the last three levels j, j+1, j+2 the three
counts obey a + b + c = m, b + 2c = s − j·m and 2c = q − j²·m − (2j+1)(s − j·m): c runs over an interval
and the other two follow, so whole families of tables are counted without being written down.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.recover.limits import Limits
from analysis.recover.places import located, thinned

WORK = 6_000_000  # partial tables looked at, all levels together; keeps any answer under a second or so
MET = 40_000_000  # partial tables times totals that each is held against, per level
LAST = 3  # levels that follow from the moments


@dataclass(frozen=True, eq=False)
class Families:
    """Tables in families: `low` (f, levels − 3) is fixed, the top count c runs from `start` (f,) on.

    `size` (f,) is how many tables a family has; `rest` (f, 2) holds its people and steps on the last
    three levels. `whole` says that no family was left out.
    """

    low: np.ndarray
    start: np.ndarray
    size: np.ndarray
    rest: np.ndarray
    levels: int
    whole: bool

    @property
    def count(self) -> int:
        return int(self.size.sum())

    def drawn(self, k: int, seed: int) -> np.ndarray:
        """`k` tables drawn uniformly, with replacement: shape (k, levels)."""
        return self.tables(np.random.default_rng(seed).integers(0, self.count, k))

    def tables(self, places: np.ndarray) -> np.ndarray:
        """The tables at these places of the whole list, shape (k, levels)."""
        family, inside = located(places, self.size)
        c = self.start[family] + inside
        people, steps = self.rest[family].T
        tables = np.column_stack([self.low[family], people - steps + c, steps - 2 * c, c])
        return tables[:, : self.levels]  # a short scale was filled up to three levels


def search(limits: Limits) -> Families:
    """All families of tables within the limits, or a part of them where there are too many to look at."""
    levels, limits = len(limits.at_most), _padded(limits)
    width = len(limits.at_most)
    tables, state, whole = np.zeros((1, 0), dtype=int), np.array([[limits.n, 0, 0]]), True
    for level in range(width - LAST):
        tables, state, all_kept = _thinned(tables, state, WORK // width // (limits.n + 1))
        whole &= all_kept
        tables, state = _spread(tables, state, level, limits)
        tables, state, all_kept = _thinned(tables, state, MET // max(1, len(_groups(limits))))
        whole &= all_kept
        keep = _reachable(state, level + 1, width, limits)
        tables, state = tables[keep], state[keep]
        tables, state, all_kept = _thinned(tables, state, WORK // max(1, len(limits.totals)))
        whole &= all_kept
    nothing = np.zeros((0, width - LAST), int), np.zeros(0, int), np.zeros(0, int), np.zeros((0, 2), int)
    parts = [_last_three(tables, state, total, limits) for total in limits.totals] or [nothing]
    low, start, size, rest = (np.concatenate(part) for part in zip(*parts, strict=True))
    return Families(low, start, size, rest, levels, whole)


def _padded(limits: Limits) -> Limits:
    """At least three levels: missing ones are added at the top, for nobody."""
    missing = LAST - len(limits.at_most)
    if missing <= 0:
        return limits
    at_most, at_least = (np.append(ends, np.zeros(missing, int)) for ends in (limits.at_most, limits.at_least))
    return Limits(limits.n, at_most, at_least, limits.totals, limits.squares)


def _last_three(tables: np.ndarray, state: np.ndarray, total: int, limits: Limits):
    """For one total: where the top count may start and how far it may run, per partial table."""
    people, so_far, squares = state.T
    j = len(limits.at_most) - LAST
    steps = total - so_far - j * people
    (least_a, least_b, least_c), (most_a, most_b, most_c) = limits.at_least[j:], limits.at_most[j:]
    low = np.maximum.reduce([np.full(len(people), least_c), -((most_b - steps) // 2), least_a - people + steps])
    high = np.minimum.reduce([np.full(len(people), most_c), (steps - least_b) // 2, most_a - people + steps])
    if limits.squares is not None:
        wanted = limits.squares[total]
        base = squares + j * j * people + (2 * j + 1) * steps
        low = np.maximum(low, -((base - wanted.start) // 2))
        high = np.minimum(high, (wanted.stop - 1 - base) // 2)
    fits = high >= low
    return tables[fits], low[fits], (high - low + 1)[fits], np.column_stack([people, steps])[fits]


def _thinned(tables: np.ndarray, state: np.ndarray, most: int) -> tuple[np.ndarray, np.ndarray, bool]:
    """At most so many partial tables, evenly chosen; says whether that is all of them."""
    kept, states = thinned(max(1, most), tables, state)
    return kept, states, len(tables) <= most


def _spread(tables, state, level, limits):
    """Every way of putting people on this level, for every partial table."""
    choices = np.arange(limits.at_least[level], limits.at_most[level] + 1)
    row = np.repeat(np.arange(len(tables)), len(choices))
    put = np.tile(choices, len(tables))
    possible = put <= state[row, 0]
    row, put = row[possible], put[possible]
    used = np.column_stack([put, -put * level, -put * level * level])
    return np.column_stack([tables[row], put]), state[row] - used


def _reachable(state, level, width, limits):
    """Partial tables whose remaining people can still reach the printed moments."""
    left, total, squares = state.T
    bottom, top = level, width - 1
    fits = np.zeros(len(state), dtype=bool)
    for target in _groups(limits):
        rest = target.start - total, target.stop - 1 - total
        possible = (rest[1] >= bottom * left) & (rest[0] <= top * left)
        if limits.squares is not None:
            possible &= _squares_reachable(left, rest[0], squares, limits.squares[target.start], bottom, top)
        fits |= possible
    return fits


def _groups(limits: Limits) -> list[range]:
    """One range of totals if SD is unknown, else each total alone (its squares depend on it)."""
    if limits.squares is None:
        return [limits.totals] if len(limits.totals) else []
    return [range(total, total + 1) for total in limits.totals]


def _squares_reachable(left, rest, squares, wanted, bottom, top):
    least = rest * rest <= (wanted.stop - 1 - squares) * left  # s² / m ≤ q, multiplied by m
    most = squares + (bottom + top) * rest - bottom * top * left >= wanted.start
    return least & most
