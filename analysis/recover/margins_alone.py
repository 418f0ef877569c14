"""Before × after tables behind two known margins where nothing is known of the changes: counted, listed, drawn from.

Rows are placed one after the other and only the people still missing per column are remembered.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from analysis.methods import compositions
from analysis.recover.budget import Budget, Unfinished
from analysis.recover.counting import WHOLE
from analysis.recover.places import AT_ONCE, pieces, thinned

MOST_CELLS = 4_000_000  # ways remembered, all rows together


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
            for part in pieces(np.arange(len(places)), len(ways) * levels):
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
                found, used = thinned(max(1, AT_ONCE // len(ways)), found, used)
            parts = [
                self._rows_before(row, ways, found[part], used[part])
                for part in pieces(np.arange(len(found)), len(ways))
            ]
            found, used = (np.concatenate(group) for group in zip(*parts, strict=True))
        return thinned(most, found, used)[0]

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
