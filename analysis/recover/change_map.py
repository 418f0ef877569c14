"""What two unknown correlations of before and after leave of a comparison between two arms.

The test is Student's: its pooled variance is linear in both r, so p falls with each of them, lines of
equal p are straight, and the ends of p over a rectangle of r stand at two of its corners. (Welch's
degrees of freedom move with r as well, and none of this would hold.)
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.methods import hedges_correction, independent_t_summary
from analysis.recover.arms import ArmSummary, plain_numbers
from analysis.recover.correlation import Correlation, correlation_if_any
from analysis.recover.spread_of_change import sd_of_change
from analysis.results import Interval, NotApplicable, Outcome

ALPHA = 0.05
VERDICTS = ("everywhere", "nowhere", "depends", "fits-none")
Point = tuple[float, float]  # r of arm a, r of arm b


@dataclass(frozen=True, eq=False)
class ChangeMap:
    """The difference in change, a − b, and its p and Hedges' g for every pair of correlations.

    `r` has shape (steps,) and serves both arms; `p` and `g` have shape (steps, steps), first index arm a;
    both are NaN where neither change has any spread. Means and SDs stand at their printed values.
    `given` is the printed r per arm, None where nothing determines it: then the arm's whole axis is
    allowed. `allowed` is the rectangle of r that the printed numbers leave, None where they contradict
    each other. `p_range` is over that rectangle; `flip` are the ends of the straight line where p is
    `ALPHA`, None where it misses the map. `verdict`: does p < `ALPHA` hold `everywhere` in the rectangle,
    `nowhere`, or `depends` it on r; `fits-none` without a rectangle.
    """

    n: tuple[int, int]
    difference: float
    r: np.ndarray
    p: np.ndarray
    g: np.ndarray
    given: tuple[Correlation | None, Correlation | None]
    allowed: tuple[Interval, Interval] | None
    p_range: Interval | None
    verdict: str
    flip: tuple[Point, Point] | None


@dataclass(frozen=True)
class _Comparison:
    """Printed n, mean changes and SDs of both arms, and Student's test of them at any r."""

    n: tuple[int, int]
    means: tuple[float, float]
    sds: tuple[Point, Point]

    @property
    def difference(self) -> float:
        return self.means[0] - self.means[1]

    @property
    def df(self) -> int:
        return sum(self.n) - 2

    @property
    def per_root_n(self) -> float:
        return math.sqrt(1 / self.n[0] + 1 / self.n[1])

    def variance(self, r_a: np.ndarray | float, r_b: np.ndarray | float) -> np.ndarray:
        """Pooled variance of the changes."""
        sums = [(n - 1) * sd_of_change(*sds, r) ** 2 for n, sds, r in zip(self.n, self.sds, (r_a, r_b), strict=True)]
        return (sums[0] + sums[1]) / self.df

    def p(self, variance: np.ndarray | float) -> np.ndarray:
        """Two-sided p; without spread the value that p tends to."""
        if self.difference == 0:
            return np.ones_like(variance)
        with np.errstate(divide="ignore"):
            return 2 * stats.t.sf(abs(self.difference) / (np.sqrt(variance) * self.per_root_n), self.df)

    def flip(self) -> tuple[Point, Point] | None:
        """Where the line p = `ALPHA` enters and leaves the square of all r, from its upper left to its lower right."""
        critical = float(stats.t.isf(ALPHA / 2, self.df))
        wanted = (self.difference / (critical * self.per_root_n)) ** 2
        if wanted == 0:
            return None
        # the variance falls by `slope` per unit of r; on the line both falls together are `fall`
        slope_a, slope_b = (2 * (n - 1) * sds[0] * sds[1] / self.df for n, sds in zip(self.n, self.sds, strict=True))
        fall = float(self.variance(0.0, 0.0)) - wanted
        ends = max(-1.0, (fall - slope_b) / slope_a), min(1.0, (fall + slope_b) / slope_a)
        if ends[0] > ends[1]:
            return None
        first, last = ((r_a, (fall - slope_a * r_a) / slope_b) for r_a in ends)
        return first, last


def change_map(a: ArmSummary, b: ArmSummary, steps: int = 81) -> ChangeMap:
    """p and Hedges' g of the difference in change a − b over every pair of correlations, −1 … 1.

    Args:
        a, b: what is printed of the two arms; n, both SDs and the mean change (or both means) are needed.
        steps: values of r per arm.

    Raises:
        NotApplicable: one of those is missing or can't be, or a text is no number.
    """
    if steps < 2:
        raise NotApplicable("too-few", least=2, n=steps)
    n_a, mean_a, before_a, after_a = plain_numbers(a)
    n_b, mean_b, before_b, after_b = plain_numbers(b)
    sides = _Comparison((n_a, n_b), (mean_a, mean_b), ((before_a, after_a), (before_b, after_b)))
    given = correlation_if_any(a), correlation_if_any(b)
    allowed = _rectangle(given)
    p_range = _p_range(sides, allowed) if allowed else None
    r = np.linspace(-1, 1, steps)
    variance = sides.variance(r[:, None], r[None, :])
    variance[variance == 0] = np.nan
    with np.errstate(invalid="ignore"):
        p, g = sides.p(variance), hedges_correction(sides.df) * sides.difference / np.sqrt(variance)
    p[np.isnan(variance)] = np.nan
    return ChangeMap(sides.n, sides.difference, r, p, g, given, allowed, p_range, _verdict(p_range), sides.flip())


def _rectangle(given: tuple[Correlation | None, Correlation | None]) -> tuple[Interval, Interval] | None:
    a, b = ((-1.0, 1.0) if found is None else found.allowed for found in given)
    return None if a is None or b is None else (a, b)


def _p_range(sides: _Comparison, allowed: tuple[Interval, Interval]) -> Interval:
    (low_a, high_a), (low_b, high_b) = allowed
    return float(sides.p(sides.variance(high_a, high_b))), float(sides.p(sides.variance(low_a, low_b)))


def _verdict(p_range: Interval | None) -> str:
    if p_range is None:
        return "fits-none"
    if p_range[1] < ALPHA:
        return "everywhere"
    return "nowhere" if p_range[0] >= ALPHA else "depends"


def between_changes(
    a: ArmSummary, b: ArmSummary, r_a: float, r_b: float, *, equal_variances: bool = True, confidence: float = 0.95
) -> Outcome:
    """t test of the difference of two mean changes, a − b, if before and after correlate as given.

    Means and SDs stand at their printed values. Student's test by default, else Welch's; the effect is
    Hedges' g of the changes.

    Raises:
        NotApplicable: n, means or SDs are missing or can't be; an r isn't in −1 … 1; no change has spread.
    """
    sides = []
    for arm, r in ((a, r_a), (b, r_b)):
        if not -1 <= r <= 1:
            raise NotApplicable("impossible-r", r=r)
        n, mean, before, after = plain_numbers(arm)
        sides.append((mean, float(sd_of_change(before, after, r)), n))
    return independent_t_summary(*sides, equal_variances=equal_variances, confidence=confidence)
