"""What printed numbers allow: how many people per level, which totals, which sums of squares.

Everything is exact and in whole steps above the lowest level, so that composite scores (means of
several items) and scales in steps of 5 are counted like 0, 1, 2, …
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from analysis.recover.printed import Printed, counts_for, printed, required, squares_for
from analysis.results import NotApplicable

LARGEST_N = 100_000  # more people than any study here; keeps a typing slip from hanging the screen


@dataclass(frozen=True)
class Limits:
    """What the printed numbers allow, in units of one level step above the lowest level."""

    n: int
    at_most: np.ndarray
    at_least: np.ndarray
    totals: range
    squares: dict[int, range] | None


def number_of_people(n: int | str, least: int = 1) -> int:
    """A printed number of people.

    Raises:
        NotApplicable: it is no whole number, below `least`, or larger than any study here.
    """
    try:
        people = int(str(n))
    except ValueError as error:
        raise NotApplicable("n-not-whole", text=str(n)) from error
    if not least <= people <= LARGEST_N:
        raise NotApplicable("n-out-of-range", n=people, least=least, largest=LARGEST_N)
    return people


def levels_of(low: Fraction, high: Fraction, step: int | str, items: int | str) -> list[Fraction]:
    """All scores from low to high, `step` / `items` apart.

    Raises:
        NotApplicable: there is none, there are too many, or `items` is no whole number above 0.
    """
    gap = required(step).value / number_of_people(items)
    if gap <= 0 or high < low or (high - low) / gap > 1_000:
        raise NotApplicable("scale-empty", low=float(low), high=float(high))
    return [low + gap * k for k in range(int((high - low) / gap) + 1)]


def limits_of(n, levels, mean, sd, ddof, minimum, maximum, counts) -> Limits:
    at_most = np.full(len(levels), n)
    at_least = np.zeros(len(levels), dtype=int)
    for end, outside in ((minimum, lambda v, end: v < end), (maximum, lambda v, end: v > end)):
        if end is not None:
            at_most[[outside(v, end) for v in levels]] = 0
            at_least[levels.index(end)] = 1
    for level, count in counts.items():
        at, people = _level(level, levels), _people(count, n)
        at_most[at] = min(at_most[at], people[-1]) if len(people) else -1
        at_least[at] = max(at_least[at], people[0]) if len(people) else 0
    return Limits(n, at_most, at_least, *_moments(n, levels, mean, sd, ddof))


def ends_of(text: str | None, levels: list[Fraction]) -> list[Fraction | None]:
    """The levels that a printed lowest or highest score may be; [None] where none is printed."""
    if (end := printed(text)) is None:
        return [None]
    return [level for level in levels if end.may_be(level)]


def _level(level: float | str, levels: list[Fraction]) -> int:
    """Place of a level that is named by its number ("3", 3.3333333333333335) or printed rounded ("3.33")."""
    near = [k for k, one in enumerate(levels) if str(float(one)) == str(level) or one == required(str(level)).value]
    near = near or [k for k, one in enumerate(levels) if required(str(level)).may_be(one)]
    if len(near) != 1:
        raise NotApplicable("level-off-scale", level=str(level))
    return near[0]


def _people(count: str | int, n: int) -> range:
    """Numbers of people that a printed count ("12") or percentage ("70.6%") stands for."""
    text = str(count).strip()
    if not text.endswith("%"):
        return range(whole(text), whole(text) + 1)
    return counts_for(required(text.rstrip("% ")), n)


def whole(text: str | int) -> int:
    """A printed number of people, 0 allowed."""
    if not str(text).strip().isdecimal():
        raise NotApplicable("n-not-whole", text=str(text))
    return number_of_people(str(text).strip(), 0)


def _moments(n, levels, mean: Printed | None, sd: Printed | None, ddof: int):
    """Totals and sums of squares that mean and SD leave open, in whole steps above the lowest level."""
    gap = levels[1] - levels[0] if len(levels) > 1 else Fraction(1)
    top = len(levels) - 1
    totals = range(0, top * n + 1)
    if mean is not None:
        lowest, highest = ((end - levels[0]) / gap * n for end in (mean.low, mean.high))
        totals = range(max(0, math.ceil(lowest)), min(top * n, math.floor(highest)) + 1)
    if sd is not None and sd.high < 0:
        return range(0), None
    if sd is None or n <= ddof:
        return totals, None
    beyond = n * top**2 + 1  # no sum of squares reaches it, however large an SD is printed
    squares = {total: squares_for(total, n, sd, ddof, gap) for total in totals}
    return totals, {total: range(min(q.start, beyond), min(q.stop, beyond)) for total, q in squares.items()}
