"""What printed numbers allow: how many people per level, which totals, which sums of squares.

Everything is exact and in whole steps above the lowest level, so that composite scores (means of
several items) and scales in steps of 5 are counted like 0, 1, 2, …
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from analysis.recover.printed import Printed, printed, required, squares_for
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


def levels_of(low: Fraction, high: Fraction, step: int, items: int) -> list[Fraction]:
    gap = Fraction(step) / items if items > 0 else Fraction(0)
    if gap <= 0 or high < low or (high - low) / gap > 1_000:
        raise NotApplicable("scale-empty", low=float(low), high=float(high))
    return [low + gap * k for k in range(int((high - low) / gap) + 1)]


def limits_of(n, levels, mean, sd, ddof, minimum, maximum, counts) -> Limits:
    at_most = np.full(len(levels), n)
    at_least = np.zeros(len(levels), dtype=int)
    for text, outside in ((minimum, lambda v, end: v < end), (maximum, lambda v, end: v > end)):
        if (end := printed(text)) is not None:
            at_most[[outside(v, end.value) for v in levels]] = 0
            at_least[[v == end.value for v in levels]] = 1
    for level, count in counts.items():
        if Fraction(str(level)) not in levels:
            raise NotApplicable("level-off-scale", level=str(level))
        at, people = levels.index(Fraction(str(level))), _people(count, n)
        at_most[at] = min(at_most[at], people[-1]) if len(people) else -1
        at_least[at] = max(at_least[at], people[0]) if len(people) else 0
    return Limits(n, at_most, at_least, *_moments(n, levels, mean, sd, ddof))


def _people(count: str | int, n: int) -> range:
    """Numbers of people that a printed count ("12") or percentage ("70.6%") stands for."""
    text = str(count).strip()
    if not text.endswith("%"):
        return range(whole(text), whole(text) + 1)
    share = required(text.rstrip("% "))
    return range(max(0, math.ceil(share.low * n / 100)), min(n, math.floor(share.high * n / 100)) + 1)


def whole(text: str | int) -> int:
    """A printed number of people, 0 allowed."""
    if not str(text).strip().isdecimal():
        raise NotApplicable("n-not-whole", text=str(text))
    return int(str(text))


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
