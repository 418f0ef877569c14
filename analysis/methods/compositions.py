"""All ways to place people on a few places."""

from __future__ import annotations

from itertools import accumulate

import numpy as np

from analysis.results import remembered


@remembered(4096)
def compositions(people: int, at_most: tuple[int, ...]) -> np.ndarray:
    """All ways to place `people` on places that hold at most so many each: shape (k, places)."""
    if len(at_most) == 0:
        return np.zeros((1 if people == 0 else 0, 0), dtype=int)
    if len(at_most) == 1:
        return np.array([[people]]) if people <= at_most[0] else np.zeros((0, 1), dtype=int)
    parts = []
    for here in range(min(people, at_most[0]) + 1):
        rest = compositions(people - here, at_most[1:])
        parts.append(np.column_stack([np.full(len(rest), here), rest]))
    return np.concatenate(parts)


def ways(people: int, at_most: tuple[int, ...]) -> int:
    """How many `compositions` there are, without making them."""
    counts = [1] + [0] * people
    for most in at_most:
        sums = [0, *accumulate(counts)]
        counts = [sums[total + 1] - sums[max(0, total - most)] for total in range(people + 1)]
    return counts[people]
