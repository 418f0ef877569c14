"""A printed percentage: the people who may be behind it, and the interval of that share for a chosen n."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.methods import proportion
from analysis.recover import counts_behind
from analysis.results import Interval, remembered


@dataclass(frozen=True)
class ShareAtN:
    """A printed percentage read with a chosen n: the people behind it, if any n people can print it."""

    n: int
    people: int | None
    interval: Interval | None


@remembered(4096)
def share_at(percent: str, n: int, confidence: float = 0.95) -> ShareAtN:
    """Wilson's interval of a printed percentage for a chosen n (an assumption, never a default).

    Where several counts print alike, the widest reach of their intervals is given.
    """
    counts = counts_behind(percent, n) if n > 0 else range(0)
    if not counts:
        return ShareAtN(n, None, None)
    limits = [proportion(count, n, confidence, "wilson") for count in counts]
    return ShareAtN(n, counts[len(counts) // 2], (min(low for low, _ in limits), max(high for _, high in limits)))
