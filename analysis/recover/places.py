"""Places in lists that are too long to look at at once: which part they lie in, an even choice of them, pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np


def divided(places: np.ndarray, counts: Iterable[int]) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """For each part of a list, of so many entries one after the other: which of the places lie in it, and where."""
    first = 0
    for count in counts:
        here = (places >= first) & (places < first + count)
        yield here, places[here] - first
        first += count


def located(places: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The same place by place, for many small parts: the part that each lies in, and where in it."""
    ends = counts.cumsum()
    part = np.searchsorted(ends, places, side="right")
    return part, places - (ends[part] - counts[part])


def thinned(most: int, *columns: np.ndarray) -> tuple[np.ndarray, ...]:
    """At most so many entries, evenly chosen."""
    if len(columns[0]) <= most:
        return columns
    kept = np.linspace(0, len(columns[0]) - 1, most).astype(int)
    return tuple(column[kept] for column in columns)


def pieces(places: np.ndarray, width: int) -> list[np.ndarray]:
    """`places` in pieces, so that a matrix of that width stays small."""
    room = max(1, AT_ONCE // max(1, width))
    return [places[start : start + room] for start in range(0, len(places), room)]


AT_ONCE = 1_000_000  # comparisons made together
