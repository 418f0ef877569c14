"""The k-th smallest of all differences a − b, or of all averages of two, without making them all.

3,000 people against 3,000 have nine million differences. Sorted, they stand in a table whose rows rise, so
a value of the table is compared with all of it by one binary search per row, and most of the table is set
aside each time (Johnson & Mizoguchi 1978, doi:10.1137/0207013). Few are made at once, and the one that is
found is the very number that sorting them all would give.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

FEW = 200_000  # numbers; so many are sorted as they are
Table = Callable[[np.ndarray, np.ndarray], np.ndarray]  # values by row and place; rows never fall


class Differences:
    """All a_i − b_j."""

    def __init__(self, a: np.ndarray, b: np.ndarray) -> None:
        rows, columns = (a, b) if len(a) <= len(b) else (-b, -a)
        first, second = np.sort(rows), np.sort(columns)[::-1]
        self.first, self.end = np.zeros(len(first), dtype=int), np.full(len(first), len(second))
        self.value: Table = lambda row, place: first[row] - second[place]


class Averages:
    """All (v_i + v_j) / 2 with i ≤ j, of everybody with themselves too."""

    def __init__(self, values: np.ndarray) -> None:
        ordered = np.sort(values)
        self.first, self.end = np.arange(len(ordered)), np.full(len(ordered), len(ordered))
        self.value: Table = lambda row, place: (ordered[row] + ordered[place]) / 2


def count(table: Differences | Averages) -> int:
    return int((table.end - table.first).sum())


def median(table: Differences | Averages) -> float:
    """The middle number, or the mean of the two in the middle."""
    half = count(table) // 2
    if count(table) % 2:
        return smallest(table, half)
    return float(np.mean([smallest(table, half - 1), smallest(table, half)]))


def outer(table: Differences | Averages, below: int) -> tuple[float, float]:
    """The numbers `below` places in from either end (at least the first), as `intervals.order_statistics`."""
    place = max(below, 1)
    return smallest(table, place - 1), smallest(table, count(table) - place)


def smallest(table: Differences | Averages, place: int) -> float:
    """The number at a place (from 0) of all of them in order."""
    first, end = table.first, table.end
    while (end - first).sum() > FEW:
        pivot = _pivot(table, first, end)
        below, not_above = (_places(table, first, end, pivot, side) for side in ("left", "right"))
        if place < (below - first).sum():
            end = below
        elif place < (not_above - first).sum():
            return pivot
        else:
            place -= int((not_above - first).sum())
            first = not_above
    left = end - first
    rows = np.repeat(np.arange(len(left)), left)
    places = np.arange(len(rows)) - np.repeat(left.cumsum() - left - first, left)
    return float(np.partition(table.value(rows, places), place)[place])


def _pivot(table: Differences | Averages, first: np.ndarray, end: np.ndarray) -> float:
    """The median of the rows' middle numbers, each row weighing what is left of it: a quarter lies on either side."""
    rows = np.flatnonzero(end > first)
    middles = table.value(rows, (first[rows] + end[rows]) // 2)
    order = middles.argsort()
    weight = (end - first)[rows][order].cumsum()
    return float(middles[order][np.searchsorted(weight, weight[-1] / 2)])


def _places(table: Differences | Averages, first: np.ndarray, end: np.ndarray, pivot: float, side: str) -> np.ndarray:
    """How far each row lies below the pivot ("left"), or not above it ("right")."""
    low, high, rows, last = first, end, np.arange(len(first)), table.end.max() - 1
    while (looking := low < high).any():
        middle = (low + high) // 2
        value = table.value(rows, np.minimum(middle, last))
        lower = looking & (value < pivot if side == "left" else value <= pivot)
        low, high = np.where(lower, middle + 1, low), np.where(looking & ~lower, middle, high)
    return low
