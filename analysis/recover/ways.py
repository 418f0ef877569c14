"""Arrays of ways: `ways[m, s, q]` counts the tables of m people with distance sum s and squares q.

Putting people on a place and taking them off again, whole arrays at a time. A place is a `step`: what
one person on it adds to s and to q.
"""

from __future__ import annotations

import numpy as np

Step = tuple[int, int]


def only(ways: np.ndarray, people: range) -> np.ndarray:
    """`ways` for these numbers of people alone."""
    kept = np.zeros_like(ways)
    kept[people.start : people.stop] = ways[people.start : people.stop]
    return kept


def shifted(ways: np.ndarray, people: int, step: Step) -> np.ndarray:
    """So many people at one place: every count moves along."""
    moved = np.zeros_like(ways)
    start = (people, people * step[0], people * step[1])
    if all(a < size for a, size in zip(start, ways.shape, strict=True)):
        cut = tuple(size - a for a, size in zip(start, ways.shape, strict=True))
        moved[start[0] :, start[1] :, start[2] :] = ways[: cut[0], : cut[1], : cut[2]]
    return moved


def shifted_back(ways: np.ndarray, people: int, step: Step) -> np.ndarray:
    moved = np.zeros_like(ways)
    part = ways[people:, people * step[0] :, people * step[1] :]
    moved[tuple(slice(size) for size in part.shape)] = part
    return moved


def any_number(ways: np.ndarray, step: Step) -> np.ndarray:
    """Any number of further people at one place, in place: each count adds the one with one person less."""
    return any_multiple(ways, 1, step)


def any_multiple(ways: np.ndarray, people: int, step: Step) -> np.ndarray:
    """Any number of further groups of so many people at one place, in place."""
    _, sums, squares = ways.shape
    by = people * step[0], people * step[1]
    if by[0] < sums and by[1] < squares:
        for m in range(people, len(ways)):
            ways[m, by[0] :, by[1] :] += ways[m - people, : sums - by[0], : squares - by[1]]
    return ways


def cumulated(ways: np.ndarray) -> np.ndarray:
    """Sums along the squares, beginning with 0, so that a window is a difference of two entries."""
    empty = np.zeros((*ways.shape[:2], 1), dtype=ways.dtype)
    return np.concatenate([empty, ways.cumsum(axis=2)], axis=2)
