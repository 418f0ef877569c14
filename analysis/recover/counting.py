"""Counting frequency tables without listing them: dynamic programming outwards from a centre.

Scores are written as distances d from a level near the mean, so that the sum of d² stays small (it is
about (n − 1)·SD²) however long the scale is. On each side of the centre, `ways[m, s, q]` is the number
of tables that put m people at distances with sum s and sum of squares q. The two sides are joined
where people, total and squares agree with what is printed. A printed median limits how many people
may stand on either side, which is why it can serve as the centre.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from analysis.recover.budget import ENDLESS, Budget, Unfinished
from analysis.recover.limits import Limits
from analysis.recover.places import divided, located
from analysis.recover.printed import Printed
from analysis.recover.ways import any_multiple, any_number, cumulated, only, shifted, shifted_back

MOST_CELLS = 12_000_000  # numbers in one array, about 0.1 GB
WHOLE = 2.0**61  # above this, counts no longer fit into whole numbers of 64 bits
FEW_CELLS = 200_000  # so few that Python's own whole numbers, slow and endless, will do
DUST = 1e-9  # far more than all rounding of a sum of floats


@dataclass(frozen=True, eq=False)
class Split:
    """Where the scale is cut, and how many people may stand below and above the centre."""

    limits: Limits
    centre: int
    below: range
    above: range


@dataclass(frozen=True, eq=False)
class Ways:
    """All tables within `splits`, as a list that is never written down: its length and its entries."""

    splits: tuple[Split, ...]
    counts: tuple[int, ...]
    levels: int

    @property
    def count(self) -> int:
        return sum(self.counts)

    def drawn(self, k: int, seed: int) -> np.ndarray:
        """`k` tables drawn uniformly, with replacement: shape (k, levels)."""
        source, kind = random.Random(seed), np.int64 if self.count < WHOLE else object
        return self.tables(np.array([source.randrange(self.count) for _ in range(k)], dtype=kind))

    def tables(self, places: np.ndarray) -> np.ndarray:
        """The tables at these places of the list, shape (k, levels)."""
        found = np.zeros((len(places), self.levels), dtype=int)
        for split, (here, inside) in zip(self.splits, divided(places, self.counts), strict=True):
            if len(inside):
                found[here] = _Sides(split, ENDLESS).tables(inside)
        return found


def count_tables(limits: Limits, levels: list[Fraction], median: Printed | None, budget: Budget) -> Ways:
    """Count every table within the limits (and with this median).

    Raises:
        Unfinished: it would take longer than the budget allows, or too much memory.
    """
    splits = tuple(_splits(limits, levels, median))
    return Ways(splits, tuple(_Sides(split, budget).count for split in splits), len(levels))


def _splits(limits: Limits, levels: list[Fraction], median: Printed | None) -> Iterator[Split]:
    n, centre = limits.n, _near_mean(limits)
    everybody, fewer_than_half = range(n + 1), range((n - 1) // 2 + 1)
    if median is None:
        yield Split(limits, centre, everybody, everybody)
        return
    for a, low in enumerate(levels):
        if median.may_be(low):
            yield Split(limits, a, fewer_than_half, fewer_than_half)
        for b in range(a + 1, len(levels) if n % 2 == 0 else 0):
            if median.may_be((low + levels[b]) / 2):
                between, half = min(max(centre, a), b), range(n // 2, n // 2 + 1)
                yield Split(
                    _apart(limits, a, b), between, fewer_than_half if between == a else half,
                    fewer_than_half if between == b else half,
                )  # fmt: skip


def _near_mean(limits: Limits) -> int:
    """The level nearest the printed mean, or the middle of the scale."""
    return round((limits.totals[0] + limits.totals[-1]) / 2 / limits.n) if len(limits.totals) else 0


def _apart(limits: Limits, a: int, b: int) -> Limits:
    """Limits where the two middle people stand on levels a and b, with nobody between."""
    at_least, at_most = limits.at_least.copy(), limits.at_most.copy()
    at_most[a + 1 : b] = 0
    at_least[[a, b]] = np.maximum(at_least[[a, b]], 1)
    return replace(limits, at_least=at_least, at_most=at_most)


class _Sides:
    """Both sides of one split, summed level by level outwards, and the places where they meet."""

    def __init__(self, split: Split, budget: Budget) -> None:
        self.split, self.budget, self.levels_done = split, budget, 0
        self.n, self.targets, self.weights = split.limits.n, _targets(split), _weights(split.limits)
        self.outwards_below = range(split.centre - 1, -1, -1)
        self.outwards_above = range(split.centre + 1, len(split.limits.at_most))
        self.shape = self._shape()
        self._sum(self._kind())

    @property
    def count(self) -> int:
        return sum(int(weight.sum()) for weight in self.weight)

    def _shape(self) -> tuple[int, int, int]:
        """People × distance sum × squares, each up to the largest that can matter."""
        most_squares = max((squares[-1] for _, squares in self.targets), default=0)
        farthest = max(len(self.outwards_below), len(self.outwards_above))
        sums = self.n * farthest * self.weights[0]
        if self.weights[1]:  # s² ≤ m·q and, distances being whole, s ≤ q
            sums = min(sums, math.isqrt(self.n * most_squares), most_squares)
        shape = self.n + 1, sums + 1, most_squares * self.weights[1] + 1
        if math.prod(shape) > MOST_CELLS:
            raise Unfinished
        return shape

    def _kind(self) -> type:
        """Whole numbers of 64 bits if the count fits into them; sums on the way may then wrap round unharmed."""
        levels = len(self.split.limits.at_most)
        if math.comb(self.n + levels - 1, self.n) < WHOLE:
            return np.int64
        self._sum(np.float64)
        if (about := sum(float(weight.sum()) for weight in self.weight)) < WHOLE:
            return np.int64
        if math.prod(self.shape) > FEW_CELLS:
            raise Unfinished(int(about * (1 - DUST)))
        return object

    def _sum(self, kind: type) -> None:
        self.below = self._side(self.outwards_below, kind)
        self.above = self._side(self.outwards_above, kind)
        around = self._with_level(only(self.above, self.split.above), self.split.centre)
        self.reached = cumulated(around)
        self.met = only(self.below, self.split.below)
        self.cells = np.nonzero(self.met)
        self.weight = []
        for target in self.targets:
            self.budget.at(1.0)
            self.weight.append(self._weight(target))

    def _side(self, levels: range, kind: type) -> np.ndarray:
        ways = np.zeros(self.shape, dtype=kind)
        ways[0, 0, 0] = 1
        for level in levels:
            ways = self._with_level(ways, level)
        return ways

    def _step(self, level: int) -> tuple[int, int]:
        d = abs(level - self.split.centre)
        return d * self.weights[0], d * d * self.weights[1]

    def _with_level(self, ways: np.ndarray, level: int) -> np.ndarray:
        """`ways` with at_least..at_most people put on one more level."""
        self.levels_done += 1
        self.budget.at(min(1.0, self.levels_done / len(self.split.limits.at_most)))
        step, (least, most) = self._step(level), self._people(level)
        found = any_number(shifted(ways, least, step), step)
        return found - any_number(shifted(ways, max(most + 1, least), step), step) if most < self.n else found

    def _people(self, level: int) -> tuple[int, int]:
        return int(self.split.limits.at_least[level]), int(self.split.limits.at_most[level])

    def _weight(self, target: tuple[int, range]) -> np.ndarray:
        """For each cell below: its tables × the tables above that complete it."""
        m, s, q = self.cells
        above = s + target[0]
        fits = (above >= 0) & (above < self.shape[1])
        first, last = (np.clip(end - q, 0, self.shape[2]) for end in (target[1].start, target[1].stop))
        above = np.where(fits, above, 0)
        tables = self.reached[self.n - m, above, last] - self.reached[self.n - m, above, first]
        return np.where(fits & (last > first), self.met[self.cells] * tables, 0)

    def tables(self, places: np.ndarray) -> np.ndarray:
        """The tables at these places of this split's list."""
        found = np.zeros((len(places), len(self.split.limits.at_most)), dtype=int)
        parts = divided(places, (int(weight.sum()) for weight in self.weight))
        for target, weight, (here, inside) in zip(self.targets, self.weight, parts, strict=True):
            if len(inside):
                found[here] = self._at(inside, target, weight)
        return found

    def _at(self, places: np.ndarray, target: tuple[int, range], weight: np.ndarray) -> np.ndarray:
        cell, inside = located(places, weight)
        m, s, q = (axis[cell] for axis in self.cells)
        below = self.met[m, s, q]
        table = np.zeros((len(places), len(self.split.limits.at_most)), dtype=int)
        self._place_people(table, self.outwards_below, self.below, (m, s, q), inside % below)
        people, sums = self.n - m, s + target[0]
        squares, left = self._squares_above(people, sums, q, target[1], inside // below)
        outside = self._place_on(
            table, self.split.centre, only(self.above, self.split.above), (people, sums, squares), left
        )
        self._place_people(table, self.outwards_above, self.above, *outside)
        return table

    def _squares_above(self, people, sums, q, squares: range, left):
        """Which sum of squares the upper side has, and the place among its tables with that sum."""
        low = np.clip(squares.start - q, 0, self.shape[2])
        high = np.clip(squares.stop - q, 0, self.shape[2]) - 1
        start = self.reached[people, sums, low]
        while (low < high).any():  # bisection: the last sum whose tables begin at or before `left`
            middle = (low + high + 1) // 2
            before = self.reached[people, sums, middle] - start <= left
            low, high = np.where(before, middle, low), np.where(before, high, middle - 1)
        return low, left - (self.reached[people, sums, low] - start)

    def _place_people(self, table, levels: range, ways, state, left) -> None:
        """Walk back inwards, taking one level after the other off again: how many people stand there?"""
        for level in reversed(levels):
            ways = self._without_level(ways, level)
            state, left = self._place_on(table, level, ways, state, left)

    def _without_level(self, ways: np.ndarray, level: int) -> np.ndarray:
        """The inverse of `_with_level`."""
        step, (least, most) = self._step(level), self._people(level)
        fewer = shifted_back(ways, least, step)
        if most < self.n:
            fewer = any_multiple(fewer, most - least + 1, step)
        return fewer - shifted(fewer, 1, step)

    def _place_on(self, table, level: int, ways, state, left):
        """Put people on one level, given the ways without it; returns what is left for the others."""
        (m, s, q), step = state, self._step(level)
        taken, open_ = np.zeros(len(m), dtype=int), np.ones(len(m), dtype=bool)
        least, most = self._people(level)
        for people in range(least, most + 1):
            places = m - people, s - people * step[0], q - people * step[1]
            there = open_ & (places[0] >= 0) & (places[1] >= 0) & (places[2] >= 0)
            if not there.any():
                break
            tables = np.where(there, ways[tuple(np.where(there, axis, 0) for axis in places)], 0)
            chosen = open_ & (left < tables)
            taken[chosen], open_ = people, open_ & ~chosen
            left = np.where(open_, left - tables, left)
        table[:, level] = taken
        return (m - taken, s - taken * step[0], q - taken * step[1]), left


def _targets(split: Split) -> list[tuple[int, range]]:
    """Per total that fits: sum of distances (above minus below) and sums of squares about the centre."""
    limits, c, n = split.limits, split.centre, split.limits.n
    if limits.squares is None:
        return [(total - n * c, range(1)) for total in limits.totals] if _weights(limits)[0] else [(0, range(1))]
    moved = {total: n * c * c - 2 * c * total for total in limits.totals}
    found = [
        (total - n * c, range(max(0, limits.squares[total].start + by), limits.squares[total].stop + by))
        for total, by in moved.items()
    ]
    return [(total, squares) for total, squares in found if len(squares)]


def _weights(limits: Limits) -> tuple[int, int]:
    """Whether sums and squares matter at all: without a printed mean (and SD) nobody asks for them."""
    anything = limits.totals == range(0, (len(limits.at_most) - 1) * limits.n + 1)
    return int(limits.squares is not None or not anything), int(limits.squares is not None)
