"""Effects between two groups from a printed t, F or p, first group minus second."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy import stats

from analysis.effects.making import Number, direction, effect, number, operand, people, said, shown
from analysis.effects.two_groups import CORRECTION_OF_TWO, G_VARIANCE, HEDGES, g_variance
from analysis.methods import hedges_correction
from analysis.recover import number_of_p, p_is_bound, p_reach, p_upper
from analysis.results import Effect, Interval, NotApplicable, Note, Status

G_OF_T = f"g = J·t·√(1/n_a + 1/n_b), {CORRECTION_OF_TWO}"
SOURCE = f"Borenstein et al. 2009, Introduction to Meta-Analysis, ch. 4; {HEDGES}"


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
    bound = effect(
        "hedges_g",
        g,
        None,
        formula=G_OF_T,
        substituted=_filled(math.copysign(t, difference), n_a, n_b),
        variance_formula="",
        source=SOURCE,
        status="assumed",
        notes=(Note("p-of-equal-spread"), Note("p-is-a-bound", {"p": said(p)})),
        interval=(g, math.inf) if difference > 0 else (-math.inf, g),
    )
    return PBound(difference, upper, df, abs(difference) / (t * per_root_n), bound)


def from_t(
    t: Number, n_a: int | str, n_b: int | str, *, confidence: float = 0.95, status: Status = "derived"
) -> Effect:
    """Hedges g from the t of an independent t test with a common variance.

    Args:
        t: with the sign of first group minus second, number or printed text.
        n_a, n_b: people per group, at least 2.

    Raises:
        NotApplicable: t is no finite number, or a group has fewer than 2 people.

    Borenstein et al. 2009, ch. 4; equal to metafor's escalc("SMD", ti = …).
    """
    return _from_t(number(t), people(n_a), people(n_b), G_OF_T, status, confidence)


def from_f(
    f: Number, n_a: int | str, n_b: int | str, sign: int, *, confidence: float = 0.95, status: Status = "derived"
) -> Effect:
    """Hedges g from the F of two independent groups (1 degree of freedom): t² = F.

    Args:
        f: number or printed text, 0 or more.
        n_a, n_b: people per group, at least 2.
        sign: 1 where the first group is higher, −1 where the second is; F itself doesn't say.

    Raises:
        NotApplicable: F is negative or no number, there is no sign, a group has fewer than 2 people.
    """
    ratio = number(f)
    if ratio < 0:
        raise NotApplicable("negative-f", f=said(f))
    t = direction(sign) * math.sqrt(ratio)
    return _from_t(t, people(n_a), people(n_b), f"t = sign·√F, {G_OF_T}", status, confidence)


def from_p(p: str, n_a: int | str, n_b: int | str, sign: int, *, confidence: float = 0.95) -> Effect:
    """Hedges g from a two-sided p, if an independent t test with a common variance gave it.

    Args:
        p: as printed. An exact p gives an effect, with what rounding leaves of it in a note; a bound
            ("<0.05", "0.000") gives the smallest effect, with an open interval and no variance.
        n_a, n_b: people per group, at least 2.
        sign: 1 where the first group is higher, −1 where the second is.

    Raises:
        NotApplicable: p is no number from 0 to 1, or bounds nothing (">0.05"); there is no sign; a group has fewer
            than 2 people.
    """
    text, toward, size_a, size_b = str(p).strip(), direction(sign), people(n_a), people(n_b)
    printed = number_of_p(text)
    if not 0 <= printed.value <= 1:
        raise NotApplicable("impossible-p", p=text)
    if p_is_bound(text) or printed.value == 0:
        bound = bound_from_p(toward, size_a, size_b, text)
        if bound is None:
            raise NotApplicable("p-bounds-nothing", p=text)
        return bound.effect
    t = toward * float(stats.t.isf(float(printed.value) / 2, size_a + size_b - 2))
    low, high = _reach(text, toward, size_a, size_b)
    notes = (
        Note("p-of-equal-spread"),
        Note("rounding-of-p", {"p": said(printed.text), "low": f"{low:.3f}", "high": f"{high:.3f}"}),
    )
    formula = f"t = sign·(quantile of t at 1 − p/2, df), {G_OF_T}"
    return _from_t(t, size_a, size_b, formula, "assumed", confidence, notes)


def _reach(p: str, toward: int, n_a: int, n_b: int) -> Interval:
    """Smallest and largest g that the values rounding to a printed p allow."""
    df = n_a + n_b - 2
    factor = toward * hedges_correction(df) * math.sqrt(1 / n_a + 1 / n_b)
    ends = sorted(factor * float(stats.t.isf(min(1.0, end) / 2, df)) for end in p_reach(p))
    return ends[0], ends[1]


def _from_t(
    t: float, n_a: int, n_b: int, formula: str, status: Status, confidence: float, notes: tuple[Note, ...] = ()
) -> Effect:
    g = hedges_correction(n_a + n_b - 2) * t * math.sqrt(1 / n_a + 1 / n_b)
    return effect(
        "hedges_g",
        g,
        g_variance(g, n_a, n_b),
        formula=formula,
        substituted=_filled(t, n_a, n_b),
        variance_formula=G_VARIANCE,
        source=SOURCE,
        status=status,
        confidence=confidence,
        notes=notes,
    )


def _filled(t: float, n_a: int, n_b: int) -> str:
    factor = hedges_correction(n_a + n_b - 2)
    size = shown(abs(t))
    return f"g = {shown(factor)} · {operand(size if t >= 0 else f'−{size}')} · √(1/{n_a} + 1/{n_b})"
