"""Effect sizes beside a test of scores: what else its samples say of the same comparison, in the same direction.

Intervals of standardised differences invert the noncentral t; where everybody points the same way an
effect has a value and no interval.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import stats

from analysis.methods import exact
from analysis.methods.intervals import fisher_z, hedges_correction, noncentral_t
from analysis.methods.method import derived
from analysis.results import Effect, Interval


def _times(factor: float, interval: Interval) -> Interval:
    return factor * interval[0], factor * interval[1]


# -- pairs -------------------------------------------------------------------------------------------------------------


def effects_of_pairs(
    before: np.ndarray, after: np.ndarray, change: np.ndarray, confidence: float
) -> tuple[Effect, ...]:
    """Effects beside d_z: in SDs of the scores, by ranks, and as the share that rose.

    Args:
        before, after, change: shape (n,), complete pairs whose changes differ.
    """
    rank, rank_interval = rank_biserial_of_changes(change, confidence)
    formula = "(rank sum of rises − rank sum of falls) / rank sum of all that changed"
    return (
        *_d_av(before, after, change, confidence),
        derived("rank_biserial", rank, rank_interval, formula, "Kerby 2014, doi:10.2466/11.IT.3.1"),
        share_rising(change, confidence),
    )


def d_z(change: np.ndarray, confidence: float) -> tuple[float, Interval]:
    """Mean change in SDs of the change, with its noncentral-t interval."""
    n = len(change)
    value = float(change.mean() / change.std(ddof=1))
    return value, _times(1 / math.sqrt(n), noncentral_t(value * math.sqrt(n), n - 1, confidence))


def _d_av(before: np.ndarray, after: np.ndarray, change: np.ndarray, confidence: float) -> tuple[Effect, Effect]:
    """Mean change in SDs of the scores (Cumming 2012, ch. 11), and without small-sample bias.

    The interval is that of d_z in the other unit (Algina & Keselman 2003, doi:10.1177/0013164403256358).
    """
    average = math.sqrt((before.var(ddof=1) + after.var(ddof=1)) / 2)
    d, interval = change.mean() / average, _times(change.std(ddof=1) / average, d_z(change, confidence)[1])
    unbiased, formula = hedges_correction(len(change) - 1), "mean change / √((SD_before² + SD_after²) / 2)"
    source = "Cumming 2012, ch. 11; Algina & Keselman 2003"
    return (
        derived("d_av", d, interval, formula, source),
        derived("g_av", unbiased * d, _times(unbiased, interval), f"J(n − 1) · {formula}", f"{source}; Hedges 1981"),
    )


def rank_biserial_of_changes(change: np.ndarray, confidence: float) -> tuple[float, Interval | None]:
    """Rank sum of the rises less that of the falls, as a share of all; people without change don't count."""
    moved = change[change != 0]
    ranks, m = exact.doubled_ranks(np.abs(moved)), len(moved)
    balance = float(2 * ranks[moved > 0].sum() / ranks.sum() - 1)
    se = math.sqrt((2 * m**3 + 3 * m**2 + m) / 6) / ((m**2 + m) / 2)
    return balance, fisher_z(balance, se, confidence)


def share_rising(change: np.ndarray, confidence: float) -> Effect:
    """Share of people who rose, those without change counting half; its t interval is cut at 0 and 1."""
    rises = (np.sign(change) + 1) / 2
    interval = None
    if np.ptp(rises) > 0:
        low, high = stats.ttest_1samp(rises, 0).confidence_interval(confidence)
        interval = max(0.0, low), min(1.0, high)
    return derived("share_rising", rises.mean(), interval, "(rose + unchanged / 2) / n", "Cliff 1993 (within pairs)")


# -- two groups --------------------------------------------------------------------------------------------------------


def effects_of_groups(a: np.ndarray, b: np.ndarray, confidence: float) -> tuple[Effect, ...]:
    """Effects beside g: d, Glass's Δ in either group's SD, and two that use order only.

    Args:
        a, b: shapes (n_a,) and (n_b,), two people at least in each, not all alike.
    """
    delta, interval = cliffs_delta(a, b, confidence)
    formula = "share of pairs with a > b − share with a < b (= rank-biserial r)"
    return (
        _cohens_d(a, b, confidence),
        *_glass_delta("glass_delta_a", a, b, confidence),
        *_glass_delta("glass_delta_b", a, b, confidence),
        superiority(delta, interval),
        derived("cliffs_delta", delta, interval, formula, "Cliff 1993, doi:10.1037/0033-2909.114.3.494"),
    )


def _cohens_d(a: np.ndarray, b: np.ndarray, confidence: float) -> Effect:
    m, n = len(a), len(b)
    pooled = math.sqrt(((m - 1) * a.var(ddof=1) + (n - 1) * b.var(ddof=1)) / (m + n - 2))
    d, per_root_n = (a.mean() - b.mean()) / pooled, math.sqrt(1 / m + 1 / n)
    interval = _times(per_root_n, noncentral_t(d / per_root_n, m + n - 2, confidence))
    return derived("cohens_d", d, interval, "(mean a − mean b) / pooled SD", "Cohen 1988, ch. 2")


def _glass_delta(kind: str, a: np.ndarray, b: np.ndarray, confidence: float) -> tuple[Effect, ...]:
    """Difference in SDs of one group; nothing where that group has no spread.

    The other group's SD enters the standard error (as in effectsize::glass_delta), df are those of the SD.
    """
    unit, other, name = (a, b, "SD_a") if kind == "glass_delta_a" else (b, a, "SD_b")
    if np.ptp(unit) == 0:
        return ()
    delta = (a.mean() - b.mean()) / unit.std(ddof=1)
    width = math.sqrt(1 / len(unit) + other.var(ddof=1) / (len(other) * unit.var(ddof=1)))
    interval = _times(width, noncentral_t(delta / width, len(unit) - 1, confidence))
    return (derived(kind, delta, interval, f"(mean a − mean b) / {name}", "Glass 1976, doi:10.3102/0013189X005010003"),)


def cliffs_delta(a: np.ndarray, b: np.ndarray, confidence: float) -> tuple[float, Interval | None]:
    """Share of pairs in which a is higher, less the share in which b is; between groups the rank-biserial r."""
    m, n = len(a), len(b)
    below, above = (int(np.searchsorted(np.sort(b), a, side=side).sum()) for side in ("left", "right"))
    delta = (below + above - m * n) / (m * n)
    return delta, fisher_z(delta, math.sqrt((m + n + 1) / (3 * m * n)), confidence)


def superiority(delta: float, interval: Interval | None) -> Effect:
    """Chance that one of a lies above one of b, ties counting half: Cliff's δ on the scale from 0 to 1."""
    limits = ((interval[0] + 1) / 2, (interval[1] + 1) / 2) if interval else None
    formula = "P(a > b) + P(a = b) / 2 = (1 + δ) / 2, δ = rank-biserial r"
    return derived("superiority", (1 + delta) / 2, limits, formula, "McGraw & Wong 1992; Vargha & Delaney 2000")
