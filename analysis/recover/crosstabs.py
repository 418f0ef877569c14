"""Before × after tables behind two known margins and known changes: counted, listed, and drawn from.

People who moved two steps or more are placed first. What is left then hangs on the people who moved one
step: at each cut between neighbouring levels the rises minus the falls follow from the margins, so one
free number per cut remains (as many more rises as falls), and those numbers add up to a known total. Each
way of placing the far movers is a family of such tables.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.methods import compositions
from analysis.recover.budget import Budget, Unfinished
from analysis.recover.places import located, pieces, thinned

MOST_FAMILIES = 1_500_000  # kept at once; more are thinned out evenly, and the count is then a lower bound


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
        family, inside = located(places, self.size)
        spread = self._spread(family, inside)
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
            for part in pieces(here, len(ways)):
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
        for part in pieces(np.flatnonzero(extra == value), len(ways)):
            size[part] = _fitting(slack[part], ways).sum(axis=1)
    some = size > 0
    used = changes[np.unique(change[some])]
    return Behind(levels, far[some], rises[some], falls[some], slack[some], extra[some], size[some], used, whole)


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
            parts += [_placed(kind, far, rows, columns, part, ways, cells) for part in pieces(here, len(ways))]
            if budget.spent:
                raise Unfinished
        kind, far, rows, columns = (np.concatenate(group) for group in zip(*parts, strict=True)) if parts else (
            kind, np.zeros((0, far.shape[1] + len(cells)), np.int16), rows, columns,
        )  # fmt: skip
        whole &= len(kind) <= MOST_FAMILIES
        kind, far, rows, columns = thinned(MOST_FAMILIES, kind, far, rows, columns)
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
