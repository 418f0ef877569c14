"""Intervals that invert a test of a shift: the differences that it doesn't reject.

p of a rank, sign or permutation test changes only at certain differences, its turns: those at which two people tie
or somebody stands at 0. It is asked at each turn and between every two. What is left is the interval from the
outermost difference that isn't rejected; as turns tie people, p need not fall evenly on the way there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from analysis.methods.resampling import whole
from analysis.results import Interval, Note

FARTHER = 6  # places looked at beyond the first that is rejected; the sweep in the tests finds none beyond 4
DUST = 0.25  # quarters of a unit, by which an estimate may lie beside the turn that it is
PARTS = 4  # of a unit: turns are halves, and halfway between two of them are quarters

PAt = Callable[[int], float]  # p of a difference, in quarters of a unit


@dataclass(frozen=True)
class Inverted:
    """The differences that aren't rejected; `everything` where even the farthest one isn't, on either side."""

    interval: Interval
    everything: bool

    def notes(self, level: float) -> tuple[Note, ...]:
        """That so few people give no wider level than this, where they don't."""
        return (Note("interval-level", {"percent": f"{100 * level:.3g}"}),) if self.everything else ()


def invert(turns: np.ndarray, centre: float, p_at: PAt, alpha: float, unit: float) -> Inverted:
    """Every difference between the outermost two whose p is at least `alpha`.

    Args:
        turns: shape (k,), in quarters of `unit`, rising, none twice.
        centre: the estimate, in quarters of `unit`: where the search starts.
    """
    places = np.empty(2 * len(turns) + 1, dtype=np.int64)  # before the first turn, it, between it and the next, …
    places[1::2] = turns
    places[2:-1:2] = (turns[:-1] + turns[1:]) // 2
    places[0], places[-1] = turns[0] - PARTS, turns[-1] + PARTS
    nearest = int(np.abs(turns - centre).argmin())
    start = 2 * nearest + 1 if abs(turns[nearest] - centre) < DUST else 2 * int(np.searchsorted(turns, centre))
    known: dict[int, bool] = {}

    def accepted(place: int) -> bool:
        if place not in known:
            known[place] = p_at(int(places[place])) >= alpha
        return known[place]

    low, high = _outermost(accepted, start, 0), _outermost(accepted, start, len(places) - 1)
    ends = turns[max(low - 1, 0) // 2], turns[min(high, len(places) - 2) // 2]
    everything = (low == 0 and accepted(0)) or (high == len(places) - 1 and accepted(high))
    return Inverted((float(ends[0] * unit / PARTS), float(ends[1] * unit / PARTS)), everything)


def _outermost(accepted: Callable[[int], bool], inside: int, end: int) -> int:
    """The accepted place farthest towards the end; `inside` itself where none is."""
    if accepted(end):
        return end
    outside, way = end, 1 if end > inside else -1
    while abs(outside - inside) > 1:
        middle = (inside + outside) // 2
        if accepted(middle):
            inside = middle
        else:
            outside = middle
    while (farther := next(filter(accepted, _beyond(inside, end, way)), None)) is not None:
        inside = farther
    return inside


def _beyond(place: int, end: int, way: int) -> range:
    """The next places towards the end, the farthest first."""
    last = end if abs(end - place) < FARTHER else place + way * FARTHER
    return range(last, place, -way)


# -- shifts of changes, and of one group against the other ----------------------------------------------------------


def of_walsh(change: np.ndarray, estimate: float, p_of: Callable[[np.ndarray], float], alpha: float) -> Inverted:
    """The shifts of changes that a signed-rank test doesn't reject; it turns at averages of two changes.

    Args:
        change: shape (n,), not all missing.
        p_of: p of changes in whole numbers.
    """
    scores, unit = _whole(change)
    sums = np.add.outer(scores, scores)[np.triu_indices(len(scores))]
    return invert(2 * np.unique(sums), PARTS * estimate / unit, lambda by: p_of(PARTS * scores - by), alpha, unit)


def of_changes(change: np.ndarray, estimate: float, p_of: Callable[[np.ndarray], float], alpha: float) -> Inverted:
    """The shifts of changes that a sign test doesn't reject; it turns at each change. Arguments as in `of_walsh`."""
    scores, unit = _whole(change)
    return invert(PARTS * np.unique(scores), PARTS * estimate / unit, lambda by: p_of(PARTS * scores - by), alpha, unit)


def of_differences(
    a: np.ndarray, b: np.ndarray, estimate: float, p_of: Callable[[np.ndarray, np.ndarray], float], alpha: float
) -> Inverted:
    """The shifts a − b that a rank-sum test doesn't reject; it turns at each difference of two people."""
    scores, unit = _whole(np.concatenate([a, b]))
    x, y = PARTS * scores[: len(a)], PARTS * scores[len(a) :]
    turns = np.unique(np.subtract.outer(x, y))
    return invert(turns, PARTS * estimate / unit, lambda by: p_of(x - by, y), alpha, unit)


def _whole(values: np.ndarray) -> tuple[np.ndarray, float]:
    return whole(values) if values.any() else (np.zeros(len(values), dtype=np.int64), 1.0)
