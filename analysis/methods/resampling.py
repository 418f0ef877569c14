"""What tests by resampling share: one fixed seed, and an order of the samples that no draw depends on.

Random draws follow the order of the values they are drawn from. Samples are therefore put in one order
first, so that the same people in another order, or the two groups changed over, give the same answer
(with the sign turned).
"""

from __future__ import annotations

import math

import numpy as np

from analysis.methods.method import SIGNIFICANT_DIGITS
from analysis.results import Interval

SEED = 20261122


def generator() -> np.random.Generator:
    """A fresh source of random numbers, the same each time."""
    return np.random.default_rng(SEED)


def ordered_groups(a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray, int]:
    """Both samples sorted, and −1 if the groups changed over (the shorter, then the lower, comes first)."""
    first, second = np.sort(a), np.sort(b)
    if (len(first), first.tolist()) > (len(second), second.tolist()):
        return second, first, -1
    return first, second, 1


def ordered_changes(change: np.ndarray) -> tuple[np.ndarray, int]:
    """Changes sorted, and −1 if all their signs were turned."""
    rising, falling = np.sort(change), np.sort(-change)
    return (falling, -1) if rising.tolist() > falling.tolist() else (rising, 1)


def whole(values: np.ndarray) -> tuple[np.ndarray, float]:
    """Values (not all 0) as whole numbers, and the largest unit of which all are multiples.

    Sums of whole numbers are equal where they should be, whatever the unit of the data.
    """
    digits = SIGNIFICANT_DIGITS - 1 - math.floor(math.log10(np.abs(values).max()))
    scaled = np.rint(values * 10.0**digits).astype(np.int64)
    step = int(np.gcd.reduce(scaled))
    return scaled // step, step / 10.0**digits


def turned(interval: Interval, factor: float) -> Interval:
    """The interval in another unit, or of the difference taken the other way round where `factor` is negative."""
    low, high = sorted(factor * end for end in interval)
    return low, high
