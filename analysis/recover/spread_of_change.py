"""SD change² = SD before² + SD after² − 2·r·SD before·SD after: one from the others, over what rounding leaves."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product

import numpy as np

from analysis.recover.printed import Printed
from analysis.results import Interval


def r_of_sd(before: Printed, after: Printed, sd_change: Interval) -> Interval:
    """Ends of r = (a² + b² − c²) / 2ab.

    It falls with c, and falls before and rises after a² = b² − c² along a (alike along b): the largest
    value is at a corner, the smallest at a corner or where an edge meets that turning point.
    """
    (low_a, high_a), (low_b, high_b) = ((float(sd.low), float(sd.high)) for sd in (before, after))
    corners = list(product((low_a, high_a), (low_b, high_b)))

    def r(a: float, b: float, c: float) -> float:
        return (a * a + b * b - c * c) / (2 * a * b)

    def turn(other: float, c: float) -> float:
        return math.sqrt(max(0.0, other * other - c * c))

    least, most = sd_change
    edges = [(min(max(turn(b, most), low_a), high_a), b) for b in (low_b, high_b)]
    edges += [(a, min(max(turn(a, most), low_b), high_b)) for a in (low_a, high_a)]
    return min(r(a, b, most) for a, b in corners + edges), max(r(a, b, least) for a, b in corners)


def squared_sd_of_change(before: Printed, after: Printed, r: Printed) -> tuple[Fraction, Fraction]:
    """Ends of SD before² + SD after² − 2·r·SD before·SD after over the rounding intervals, exactly.

    It falls with r and is convex in the SDs (a, b): the largest value is at a corner, the smallest at a
    corner or where an edge meets a = rb or b = ra. An r outside −1 … 1 is cut.
    """
    low_r, high_r = max(r.low, Fraction(-1)), min(r.high, Fraction(1))
    corners = list(product((before.low, before.high), (after.low, after.high)))
    edges = [(a, _within(high_r * a, after)) for a in (before.low, before.high)]
    edges += [(_within(high_r * b, before), b) for b in (after.low, after.high)]
    least = min(a * a + b * b - 2 * high_r * a * b for a, b in corners + edges)
    return least, max(a * a + b * b - 2 * low_r * a * b for a, b in corners)


def _within(value: Fraction, number: Printed) -> Fraction:
    return min(max(value, number.low), number.high)


def sd_of_change(sd_before: float, sd_after: float, r: float | np.ndarray) -> np.ndarray:
    """The SD of change at each `r` (any shape), written so that nothing cancels near r = 1."""
    return np.sqrt((sd_before - sd_after) ** 2 + 2 * sd_before * sd_after * (1 - np.asarray(r)))
