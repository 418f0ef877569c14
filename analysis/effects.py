"""Effect sizes and their bounds from whatever a study printed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from scipy import stats

from analysis.methods.intervals import hedges_correction, proportion
from analysis.recover.printed import counts_for, p_upper, required
from analysis.results import Effect, Interval


@dataclass(frozen=True)
class PBound:
    """What a printed p says of a difference without SDs: the SD at most, the effect at least.

    Holds if the p came from an independent t test with a common variance; `p` is the largest value
    that the printed p may stand for, `df` the degrees of freedom.
    """

    difference: float
    p: float
    df: int
    largest_sd: float
    effect: Effect


def bound_from_p(difference: float, n_a: int, n_b: int, p: str) -> PBound | None:
    """Largest pooled SD and smallest Hedges g that agree with a difference of means and its p.

    Args:
        difference: mean a − mean b, in the unit of the outcome.
        n_a, n_b: people per group.
        p: as printed ("0.000" stands for p < 0.0005).

    None where p has no upper bound below 1, or the means don't differ: then nothing is bounded.

    t = difference / (SD·√(1/n_a + 1/n_b)) must reach the quantile of t at p; see Borenstein et al.
    2009, Introduction to Meta-Analysis, ch. 4, for t and g.
    """
    df = n_a + n_b - 2
    upper = p_upper(p)
    if upper >= 1 or difference == 0 or df < 1:
        return None
    t = float(stats.t.isf(upper / 2, df))
    per_root_n = math.sqrt(1 / n_a + 1 / n_b)
    g = math.copysign(hedges_correction(df) * t * per_root_n, difference)
    bound = (g, math.inf) if difference > 0 else (-math.inf, g)
    return PBound(
        difference,
        upper,
        df,
        abs(difference) / (t * per_root_n),
        Effect(g, None, bound, "hedges_g", "assumed", "g = J·t·√(1/n_a + 1/n_b)"),
    )


def counts_behind(percent: str, n: int) -> range:
    """All numbers of people out of `n` that print as `percent`."""
    return counts_for(required(str(percent).rstrip("% ")), n)


def mean_interval(mean: float, sd: float, n: int, confidence: float = 0.95) -> Interval:
    """Student's interval of one mean from its printed SD and n."""
    half = float(stats.t.ppf((1 + confidence) / 2, n - 1)) * sd / math.sqrt(n)
    return mean - half, mean + half


@dataclass(frozen=True)
class ShareAtN:
    """A printed percentage read with a chosen n: the people behind it, if any n people can print it."""

    n: int
    people: int | None
    interval: Interval | None


@lru_cache(maxsize=4096)
def share_at(percent: str, n: int, confidence: float = 0.95) -> ShareAtN:
    """Wilson's interval of a printed percentage for a chosen n (an assumption, never a default).

    Where several counts print alike, the widest reach of their intervals is given.
    """
    counts = counts_behind(percent, n) if n > 0 else range(0)
    if not counts:
        return ShareAtN(n, None, None)
    limits = [proportion(count, n, confidence, "wilson") for count in counts]
    return ShareAtN(n, counts[len(counts) // 2], (min(low for low, _ in limits), max(high for _, high in limits)))
