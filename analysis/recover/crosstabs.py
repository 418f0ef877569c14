"""Before × after tables behind two known margins: counted, listed, and drawn from.

With the changes known (`Behind`), people who moved two steps or more are placed first. What is left then
hangs on the people who moved one step: at each cut between neighbouring levels the rises minus the
falls follow from the margins, so one free number per cut remains (as many more rises as falls), and
those numbers add up to a known total. Each way of placing the far movers is a family of such tables.

With nothing known of the changes (`Any`), rows are placed one after the other and only the people
still missing per column are remembered.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from analysis.methods import compositions
from analysis.recover.budget import Budget, Unfinished
from analysis.recover.counting import WHOLE

MOST_FAMILIES = 1_500_000  # kept at once; more are thinned out evenly, and the count is then a lower bound
AT_ONCE = 1_000_000  # comparisons made together
MOST_CELLS = 4_000_000  # ways remembered, all rows together


@dataclass(frozen=True, eq=False)
class Behind:
    """Families of tables with margins `before`, `after` (levels,) and one of the change distributions.

    Per family: `far` (f, far cells) people who moved two steps or more, `rises` and `falls`
    (f, levels − 1) one step at least, `slack` (f, levels) people of each level still free, `extra` (f,)
    pairs of opposite moves to spread over the cuts, `size` (f,) tables. `changes` are those in use.
    """

    levels: int
    far: np.ndarray
    rises: np.ndarray
    falls: np.ndarray
    slack: np.ndarray
    extra: np.ndarray
    size: np.ndarray
    changes: np.ndarray
    whole: bool

    @property
    def count(self) -> int:
        return int(self.size.sum())

    def listed(self, most: int) -> np.ndarray:
        """The first tables, at most so many."""
        return self.tables(np.arange(min(self.count, most)))

    def tables(self, places: np.ndarray) -> np.ndarray:
        """The tables at these places of the whole list: shape (k, levels, levels)."""
        ends = self.size.cumsum()
        family = np.searchsorted(ends, places, side="right")
        spread = self._spread(family, places - (ends[family] - self.size[family]))
        found = np.zeros((len(places), self.levels, self.levels), dtype=np.int16)
        for cell, (i, j) in enumerate(_far_cells(self.levels)):
            found[:, i, j] = self.far[family, cell]
        for cut in range(self.levels - 1):
            found[:, cut, cut + 1] = self.rises[family, cut] + spread[:, cut]
            found[:, cut + 1, cut] = self.falls[family, cut] + spread[:, cut]
        stay = self.slack[family] - _used(spread)
        found[:, range(self.levels), range(self.levels)] = stay
        return found

    def _spread(self, family: np.ndarray, place: np.ndarray) -> np.ndarray:
        """For the table at this place of its family: how many extra pairs of moves per cut."""
        chosen = np.zeros((len(family), self.levels - 1), dtype=int)
        for extra in np.unique(self.extra[family]):
            ways = _ways_to_spread(int(extra), self.levels)
            here = np.flatnonzero(self.extra[family] == extra)
            for part in _pieces(here, len(ways)):
                reached = _fitting(self.slack[family[part]], ways).cumsum(axis=1)
                chosen[part] = ways[(reached <= place[part, None]).sum(axis=1)]
        return chosen


@dataclass(frozen=True, eq=False)
class Movers:
    """Every way of placing the people who moved two steps or more, for each of `changes` (k, 2·levels − 1).

    Per way: `far` (f, far cells) people per cell, `rows` and `columns` (f, levels) people that takes of
    each level before and after, `change` (f,) which change distribution. `whole` says that none was left out.
    """

    changes: np.ndarray
    far: np.ndarray
    rows: np.ndarray
    columns: np.ndarray
    change: np.ndarray
    whole: bool


def far_movers(changes: np.ndarray, before: np.ndarray, after: np.ndarray, budget: Budget) -> Movers:
    """Place the far movers where at most `before` people start from each level and `after` arrive there.

    Raises:
        Unfinished: it would take longer than the budget allows.
    """
    distinct, which = np.unique(changes[:, _far_columns(len(before))], axis=0, return_inverse=True)
    kind, far, rows, columns, whole = _place_far(before, after, distinct, budget)
    order = np.argsort(which, kind="stable")
    starts = np.searchsorted(which[order], np.arange(len(distinct) + 1))
    repeats = np.diff(starts)[kind]
    way = np.repeat(np.arange(len(kind)), repeats)
    offset = np.arange(len(way)) - np.repeat(repeats.cumsum() - repeats, repeats)
    change = order[starts[kind[way]] + offset]
    return Movers(changes, far[way], (before - rows)[way], (after - columns)[way], change, whole)


def behind(before: np.ndarray, after: np.ndarray, movers: Movers, allowed: np.ndarray) -> Behind:
    """All tables with these margins and any of the change distributions that are `allowed` (k,)."""
    room = (movers.rows <= before).all(axis=1) & (movers.columns <= after).all(axis=1)
    here = room & allowed[movers.change]
    rows, columns = before - movers.rows[here], after - movers.columns[here]
    return _families(len(before), movers.far[here], rows, columns, movers.change[here], movers.changes, movers.whole)


def _families(levels: int, far, rows, columns, change, changes, whole: bool) -> Behind:
    """What follows for the people who moved one step or none."""
    net = (rows - columns).cumsum(axis=1)[:, :-1]
    rises, falls = np.maximum(net, 0), np.maximum(-net, 0)
    extra = changes[change, levels - 2] - falls.sum(axis=1) if levels > 1 else np.zeros(len(rows), dtype=int)
    moved = np.zeros_like(rows)
    moved[:, :-1] += rises
    moved[:, 1:] += falls
    slack = rows - moved
    possible = (
        (extra >= 0) & (slack >= 0).all(axis=1) & (changes[change, levels - 1] == (slack.sum(axis=1) - 2 * extra))
    )
    far, rises, falls, slack, extra, change = (v[possible] for v in (far, rises, falls, slack, extra, change))
    size = np.zeros(len(extra), dtype=np.int64)
    for value in np.unique(extra):
        ways = _ways_to_spread(int(value), levels)
        for part in _pieces(np.flatnonzero(extra == value), len(ways)):
            size[part] = _fitting(slack[part], ways).sum(axis=1)
    some = size > 0
    used = changes[np.unique(change[some])]
    return Behind(levels, far[some], rises[some], falls[some], slack[some], extra[some], size[some], used, whole)


def _pieces(places: np.ndarray, width: int):
    """`places` in pieces, so that a matrix of that width stays small."""
    room = max(1, AT_ONCE // max(1, width))
    return [places[start : start + room] for start in range(0, len(places), room)]


def _ways_to_spread(extra: int, levels: int) -> np.ndarray:
    return compositions(extra, (extra,) * (levels - 1))


def _used(spread: np.ndarray) -> np.ndarray:
    """People per level that extra pairs of moves take: each takes one from either side of its cut."""
    used = np.zeros((len(spread), spread.shape[1] + 1), dtype=spread.dtype)
    used[:, :-1] += spread
    used[:, 1:] += spread
    return used


def _fitting(slack: np.ndarray, ways: np.ndarray) -> np.ndarray:
    """For each family (rows) and each way to spread (columns): does every level have enough people?"""
    fits = np.ones((len(slack), len(ways)), dtype=bool)
    for have, need in zip(slack.T, _used(ways).T, strict=True):
        fits &= have[:, None] >= need[None, :]
    return fits


def _far_steps(levels: int) -> list[int]:
    """Changes of two steps or more, largest first: they have the fewest cells."""
    return [sign * step for step in range(levels - 1, 1, -1) for sign in (1, -1)]


def _cells(levels: int, step: int) -> list[tuple[int, int]]:
    return [(i, i + step) for i in range(max(0, -step), min(levels, levels - step))]


def _far_cells(levels: int) -> list[tuple[int, int]]:
    return [cell for step in _far_steps(levels) for cell in _cells(levels, step)]


def _far_columns(levels: int) -> list[int]:
    return [levels - 1 + step for step in _far_steps(levels)]


def _place_far(before, after, distinct: np.ndarray, budget: Budget):
    """Every way of placing the far movers of each distinct far change distribution."""
    levels, whole = len(before), True
    kind = np.arange(len(distinct))
    far = np.zeros((len(distinct), 0), dtype=np.int16)
    rows, columns = (np.tile(np.asarray(margin, dtype=np.int16), (len(distinct), 1)) for margin in (before, after))
    for column, step in enumerate(_far_steps(levels)):
        cells = _cells(levels, step)
        parts = []
        for people in np.unique(distinct[kind, column]):
            here = np.flatnonzero(distinct[kind, column] == people)
            ways = compositions(int(people), (int(people),) * len(cells))
            parts += [_placed(kind, far, rows, columns, part, ways, cells) for part in _pieces(here, len(ways))]
            if budget.spent:
                raise Unfinished
        kind, far, rows, columns = (np.concatenate(group) for group in zip(*parts, strict=True)) if parts else (
            kind, np.zeros((0, far.shape[1] + len(cells)), np.int16), rows, columns,
        )  # fmt: skip
        whole &= len(kind) <= MOST_FAMILIES
        kind, far, rows, columns = _thinned(MOST_FAMILIES, kind, far, rows, columns)
    return kind, far, rows, columns, whole


def _placed(kind, far, rows, columns, part, ways, cells):
    """One change size placed in every way that the margins have room for."""
    at = np.repeat(part, len(ways))
    put = np.tile(ways, (len(part), 1)).astype(np.int16)
    fits = np.ones(len(at), dtype=bool)
    for place, (i, j) in enumerate(cells):
        fits &= (rows[at, i] >= put[:, place]) & (columns[at, j] >= put[:, place])
    at, put = at[fits], put[fits]
    rows, columns = rows[at], columns[at]
    for place, (i, j) in enumerate(cells):
        rows[:, i] -= put[:, place]
        columns[:, j] -= put[:, place]
    return kind[at], np.column_stack([far[at], put]), rows, columns


@dataclass(frozen=True, eq=False)
class Any:
    """All tables with these margins: `reached[i]` counts, by people placed per column, the ways to fill i rows."""

    before: np.ndarray
    after: np.ndarray
    reached: tuple[np.ndarray, ...]

    @property
    def count(self) -> int:
        return int(self.reached[-1][tuple(self.after[:-1])])

    def tables(self, places: np.ndarray) -> np.ndarray:
        """The tables at these places of the whole list: shape (k, levels, levels)."""
        levels = len(self.before)
        found = np.zeros((len(places), levels, levels), dtype=np.int16)
        used, left = np.tile(self.after, (len(places), 1)), places.copy()
        for row in reversed(range(levels)):
            ways = _row_ways(self.before[row], self.after)
            for part in _pieces(np.arange(len(places)), len(ways) * levels):
                choice, left[part] = self._row(row, ways, used[part], left[part])
                found[part, row] = ways[choice]
            used = used - found[:, row]
        return found

    def listed(self, most: int) -> np.ndarray:
        """All tables where there are at most so many, else at most so many from everywhere in the list."""
        everything, levels = self.count <= most, len(self.before)
        if not self.count or not most:
            return np.zeros((0, levels, levels), dtype=np.int16)
        found = np.zeros((1, 0, levels), dtype=np.int16)
        used = np.tile(np.asarray(self.after), (len(found), 1))
        for row in reversed(range(levels)):
            ways = _row_ways(self.before[row], self.after)
            if not everything:
                found, used = _thinned(max(1, AT_ONCE // len(ways)), found, used)
            parts = [
                self._rows_before(row, ways, found[part], used[part])
                for part in _pieces(np.arange(len(found)), len(ways))
            ]
            found, used = (np.concatenate(group) for group in zip(*parts, strict=True))
        return _thinned(most, found, used)[0]

    def _rows_before(self, row: int, ways, found, used):
        """Every way to fill one row such that the rows before it can still be filled."""
        earlier, before = self._earlier(row, ways, used)
        table, choice = np.nonzero(before)
        return np.concatenate([ways[choice][:, None].astype(np.int16), found[table]], axis=1), earlier[table, choice]

    def _earlier(self, row: int, ways, used):
        """People per column before each way of filling a row, and how many ways lead there."""
        earlier = used[:, None, :] - ways[None, :, :]
        there = (earlier >= 0).all(axis=2)
        before = self.reached[row][tuple(np.where(there, earlier[:, :, j], 0) for j in range(ways.shape[1] - 1))]
        return earlier, np.where(there, before, 0)

    def _row(self, row: int, ways, used, left):
        ends = self._earlier(row, ways, used)[1].cumsum(axis=1)
        choice = (ends <= left[:, None]).sum(axis=1)
        first = np.where(choice > 0, ends[np.arange(len(left)), np.maximum(choice - 1, 0)], 0)
        return choice, left - first


def _thinned(most: int, *columns: np.ndarray) -> tuple[np.ndarray, ...]:
    """At most so many entries, evenly chosen."""
    if len(columns[0]) <= most:
        return columns
    kept = np.linspace(0, len(columns[0]) - 1, most).astype(int)
    return tuple(column[kept] for column in columns)


def _row_ways(people: int, after: np.ndarray) -> np.ndarray:
    return compositions(int(people), tuple(int(min(people, v)) for v in after))


def any_tables(before: np.ndarray, after: np.ndarray, budget: Budget) -> Any:
    """Count every table with these margins.

    Raises:
        Unfinished: there are too many for whole numbers of 64 bits, or too many columns to remember.
    """
    shape = tuple(int(v) + 1 for v in after[:-1])
    bound = math.prod(math.comb(int(people) + len(after) - 1, len(after) - 1) for people in before)
    if math.prod(shape) * (len(before) + 1) > MOST_CELLS or bound > WHOLE:
        raise Unfinished
    ways = np.zeros(shape, dtype=np.int64)
    ways[(0,) * len(shape)] = 1
    reached = [ways]
    others = sum(np.indices(shape)) if shape else np.zeros((), dtype=int)
    for row, people in enumerate(before):
        following = np.zeros_like(ways)
        for choice in _row_ways(people, after)[:, :-1]:
            here = tuple(slice(c, None) for c in choice)
            there = tuple(slice(0, size - c) for c, size in zip(choice, shape, strict=True))
            following[here] += reached[-1][there]
        last_column = int(np.sum(before[: row + 1])) - others
        reached.append(np.where((last_column >= 0) & (last_column <= after[-1]), following, 0))
        if budget.spent:
            raise Unfinished
    return Any(np.asarray(before), np.asarray(after), tuple(reached))
