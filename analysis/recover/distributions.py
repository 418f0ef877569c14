"""All frequency tables of whole-number scores that give the printed summaries of one sample.

Levels are filled one after the other. After each level a partial table is kept only if the people
left over can still reach the printed mean and SD: with m people left on levels a..b, their total s
and sum of squares q must satisfy a·m ≤ s ≤ b·m and s²/m ≤ q ≤ (a+b)·s − a·b·m (the chord).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from analysis.recover.printed import Printed, printed, squares_for
from analysis.results import NotApplicable

MOST = 200_000  # tables kept in memory at once; beyond that the answer says that it is incomplete
WORK = 6_000_000  # partial tables looked at, all levels together; keeps any answer under a second or so
LARGEST_N = 100_000  # more people than any study here; keeps a typing slip from hanging the screen


@dataclass(frozen=True)
class Recovered:
    """Every frequency table that fits. `tables` has shape (k, levels); `levels` names the columns.

    `count` is exact when `complete`; otherwise it is None (there are at least `len(tables)`).
    """

    levels: tuple[float, ...]
    tables: np.ndarray
    complete: bool

    @property
    def count(self) -> int | None:
        return len(self.tables) if self.complete else None


@dataclass(frozen=True)
class _Limits:
    """What the printed numbers allow, in units of one level step above the lowest level."""

    n: int
    at_most: np.ndarray
    at_least: np.ndarray
    totals: range
    squares: dict[int, range] | None


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
        `Recovered` with one row per table, ordered by the counts of the lowest levels.

    Raises:
        NotApplicable: n is not a positive whole number, the scale is empty, text is not a number.
    """
    people = _whole(n)
    levels = _levels(_end(low), _end(high), step, items)
    limits = _limits(people, levels, printed(mean), printed(sd), minimum, maximum, counts or {})
    tables, complete = _fill(limits, len(levels))
    if median is not None and len(tables):
        tables = tables[_median_fits(tables, levels, printed(median))]
    return Recovered(tuple(float(v) for v in levels), tables, complete)


def _whole(n: int | str) -> int:
    try:
        people = int(str(n))
    except ValueError as error:
        raise NotApplicable("n-not-whole", text=str(n)) from error
    if not 1 <= people <= LARGEST_N:
        raise NotApplicable("n-out-of-range", n=people, largest=LARGEST_N)
    return people


def _end(text: int | str) -> Fraction:
    number = printed(text)
    if number is None:
        raise NotApplicable("not-a-number", text=str(text))
    return number.value


def _levels(low: Fraction, high: Fraction, step: int, items: int) -> list[Fraction]:
    gap = Fraction(step) / items if items > 0 else Fraction(0)
    if gap <= 0 or high < low or (high - low) / gap > 1_000:
        raise NotApplicable("scale-empty", low=float(low), high=float(high))
    return [low + gap * k for k in range(int((high - low) / gap) + 1)]


def _limits(n, levels, mean, sd, minimum, maximum, counts) -> _Limits:
    at_most = np.full(len(levels), n)
    at_least = np.zeros(len(levels), dtype=int)
    for text, outside in ((minimum, lambda v, end: v < end), (maximum, lambda v, end: v > end)):
        if (end := printed(text)) is not None:
            at_most[[outside(v, end.value) for v in levels]] = 0
            at_least[[v == end.value for v in levels]] = 1
    for level, count in counts.items():
        if Fraction(str(level)) not in levels:
            raise NotApplicable("level-off-scale", level=str(level))
        at, people = levels.index(Fraction(str(level))), whole(count)
        at_most[at] = min(at_most[at], people)
        at_least[at] = max(at_least[at], people)
    return _Limits(n, at_most, at_least, *_moments(n, levels, mean, sd))


def whole(text: str | int) -> int:
    """A printed number of people, 0 allowed."""
    if not str(text).strip().isdecimal():
        raise NotApplicable("n-not-whole", text=str(text))
    return int(str(text))


def _moments(n, levels, mean: Printed | None, sd: Printed | None):
    """Totals and sums of squares that mean and SD leave open, in whole steps above the lowest level."""
    gap = levels[1] - levels[0] if len(levels) > 1 else Fraction(1)
    top = len(levels) - 1
    totals = range(0, top * n + 1)
    if mean is not None:
        lowest, highest = ((end - levels[0]) / gap * n for end in (mean.low, mean.high))
        totals = range(max(0, math.ceil(lowest)), min(top * n, math.floor(highest)) + 1)
    if sd is not None and sd.high < 0:
        return range(0), None
    if sd is None or n < 2:
        return totals, None
    return totals, {total: _squares(total, n, sd, gap) for total in totals}


def _squares(total: int, n: int, sd: Printed, gap: Fraction) -> range:
    if gap == 1:
        return squares_for(total, n, sd)
    spread = Fraction(total * total, n)
    low, high = (max(end, Fraction(0)) ** 2 / gap**2 * (n - 1) for end in (sd.low, sd.high))
    return range(math.ceil(low + spread), math.floor(high + spread) + 1)


def _fill(limits: _Limits, width: int) -> tuple[np.ndarray, bool]:
    """Fill level after level; rows of `state` are (people left, total so far, squares so far)."""
    tables = np.zeros((1, 0), dtype=int)
    state = np.array([[limits.n, 0, 0]])
    complete = True
    for level in range(width):
        tables, state, whole = _thinned(tables, state, WORK // width // (limits.n + 1))
        complete &= whole
        tables, state = _spread(tables, state, level, limits)
        keep = _reachable(state, level + 1, width, limits)
        tables, state = tables[keep], state[keep]
    tables, _, whole = _thinned(tables, state, MOST)
    if not complete and not len(tables):
        raise NotApplicable("too-many", n=limits.n, levels=width)
    return tables, complete and whole


def _thinned(tables: np.ndarray, state: np.ndarray, most: int) -> tuple[np.ndarray, np.ndarray, bool]:
    """At most so many partial tables, evenly chosen; says whether that is all of them."""
    if len(tables) <= most:
        return tables, state, True
    kept = np.linspace(0, len(tables) - 1, max(1, most)).astype(int)
    return tables[kept], state[kept], False


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
    if level == width:
        return (left == 0) & _moments_fit(total, squares, limits)
    bottom, top = level, width - 1
    fits = np.zeros(len(state), dtype=bool)
    for target in _groups(limits):
        rest = target.start - total, target.stop - 1 - total
        possible = (rest[1] >= bottom * left) & (rest[0] <= top * left)
        if limits.squares is not None:
            possible &= _squares_reachable(left, rest[0], squares, limits.squares[target.start], bottom, top)
        fits |= possible
    return fits


def _groups(limits: _Limits) -> list[range]:
    """One range of totals if SD is unknown, else each total alone (its squares depend on it)."""
    if limits.squares is None:
        return [limits.totals] if len(limits.totals) else []
    return [range(total, total + 1) for total in limits.totals]


def _squares_reachable(left, rest, squares, wanted, bottom, top):
    least = rest * rest <= (wanted.stop - 1 - squares) * left  # s² / m ≤ q, multiplied by m
    most = squares + (bottom + top) * rest - bottom * top * left >= wanted.start
    return least & most


def _moments_fit(total, squares, limits):
    if limits.squares is None:
        return (total >= limits.totals.start) & (total < limits.totals.stop)
    fits = np.zeros(len(total), dtype=bool)
    for wanted, allowed in limits.squares.items():
        fits |= (total == wanted) & (squares >= allowed.start) & (squares < allowed.stop)
    return fits


def _median_fits(tables, levels, median):
    """Median of each table, compared exactly with the interval that the printed median allows."""
    n = tables[0].sum()
    reached = tables.cumsum(axis=1)
    lower = (reached > (n - 1) // 2).argmax(axis=1)
    upper = (reached > n // 2).argmax(axis=1)
    return np.array([median.may_be((levels[a] + levels[b]) / 2) for a, b in zip(lower, upper, strict=True)])
