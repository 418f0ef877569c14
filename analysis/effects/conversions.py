"""One kind of effect turned into another, where that is defined; each rests on an assumption that a note names."""

from __future__ import annotations

import math

from scipy import special

from analysis.effects.making import effect, operand, people, shown
from analysis.methods import hedges_correction
from analysis.results import Effect, NotApplicable, Note

CHINN = "Hasselblad & Hedges 1995, doi:10.1037/0033-2909.117.1.167; Chinn 2000, Statistics in Medicine 19:3127"
POINT_BISERIAL = "Borenstein et al. 2009, Introduction to Meta-Analysis, ch. 7; Tate 1954"
LOGISTIC_SD = math.pi / math.sqrt(3)  # of the standard logistic distribution


def g_of_log_odds_ratio(source: Effect, *, confidence: float = 0.95) -> Effect:
    """g = ln OR·√3/π: as if a logistic outcome had been cut in two.

    Args:
        source: a "log_odds_ratio" with a variance.

    Raises:
        NotApplicable: it is of another kind, or has no variance.

    Hasselblad & Hedges 1995, Chinn 2000; equal to metafor's escalc("OR2DL").
    """
    variance = _variance(source, "log_odds_ratio")
    return effect(
        "hedges_g",
        source.value / LOGISTIC_SD,
        variance / LOGISTIC_SD**2,
        formula="g = ln OR·√3/π",
        substituted=f"g = {_filled(source.value)} · √(3)/π",
        variance_formula="variance = variance of ln OR·3/π²",
        source=CHINN,
        status="assumed",
        confidence=confidence,
        notes=(*source.notes, Note("logistic-outcome")),
    )


def log_odds_ratio_of_g(source: Effect, *, confidence: float = 0.95) -> Effect:
    """ln OR = g·π/√3, the inverse of `g_of_log_odds_ratio`; of a "hedges_g" with a variance."""
    variance = _variance(source, "hedges_g")
    return effect(
        "log_odds_ratio",
        source.value * LOGISTIC_SD,
        variance * LOGISTIC_SD**2,
        formula="ln OR = g·π/√3",
        substituted=f"ln OR = {_filled(source.value)} · π/√(3)",
        variance_formula="variance = variance of g·π²/3",
        source=CHINN,
        status="assumed",
        confidence=confidence,
        notes=(*source.notes, Note("logistic-outcome")),
    )


def r_of_g(source: Effect, n_a: int | str, n_b: int | str, *, confidence: float = 0.95) -> Effect:
    """Point-biserial correlation of group and outcome, r = d / √(d² + h) with d = g/J.

    Args:
        source: a "hedges_g" with a variance; n_a, n_b: its people per group.

    Raises:
        NotApplicable: it is of another kind, has no variance, or a group has fewer than 2 people.

    Borenstein et al. 2009, ch. 7, with the exact h = df/n_a + df/n_b: r is the correlation that the people
    themselves give (metafor's escalc("RPB")). Variance by the delta method.
    """
    variance = _variance(source, "hedges_g")
    factor, h = _groups(n_a, n_b)
    d = source.value / factor
    slope = h / (d * d + h) ** 1.5 / factor
    return effect(
        "r",
        d / math.sqrt(d * d + h),
        slope * slope * variance,
        formula="r = d / √(d² + h), d = g/J, h = df/n_a + df/n_b, df = n_a + n_b − 2",
        substituted=f"r = {_filled(d)} / √({_filled(d)}² + {shown(h)})",
        variance_formula="variance = (h / (J·(d² + h)^1.5))²·variance of g",
        source=POINT_BISERIAL,
        status="assumed",
        confidence=confidence,
        notes=(*source.notes, Note("group-correlation")),
    )


def g_of_r(source: Effect, n_a: int | str, n_b: int | str, *, confidence: float = 0.95) -> Effect:
    """g = J·r·√h / √(1 − r²), the inverse of `r_of_g`.

    Args:
        source: an "r" of group and outcome with a variance; n_a, n_b: its people per group.

    Raises:
        NotApplicable: it is of another kind, has no variance, is ±1, or a group has fewer than 2 people.
    """
    variance = _variance(source, "r")
    factor, h = _groups(n_a, n_b)
    r = source.value
    if not -1 < r < 1:
        raise NotApplicable("impossible-r", r=shown(r))
    slope = factor * math.sqrt(h) / (1 - r * r) ** 1.5
    return effect(
        "hedges_g",
        factor * r * math.sqrt(h / (1 - r * r)),
        slope * slope * variance,
        formula="g = J·r·√h / √(1 − r²), h = df/n_a + df/n_b, df = n_a + n_b − 2",
        substituted=f"g = {shown(factor)} · {_filled(r)} · √({shown(h)}) / √(1 − {_filled(r)}²)",
        variance_formula="variance = (J·√h / (1 − r²)^1.5)²·variance of r",
        source=POINT_BISERIAL,
        status="assumed",
        confidence=confidence,
        notes=(*source.notes, Note("group-correlation")),
    )


def superiority_of_g(source: Effect, *, confidence: float = 0.95) -> Effect:
    """Chance that one of the first group lies above one of the second if both are normal with one SD: Φ(g/√2).

    Args:
        source: a "hedges_g" with a variance.

    Raises:
        NotApplicable: it is of another kind, or has no variance.

    McGraw & Wong 1992; variance by the delta method.
    """
    variance = _variance(source, "hedges_g")
    slope = math.exp(-(source.value**2) / 4) / (2 * math.sqrt(math.pi))
    return effect(
        "probability_of_superiority",
        float(special.ndtr(source.value / math.sqrt(2))),
        slope * slope * variance,
        formula="A = Φ(g/√2)",
        substituted=f"A = Φ({_filled(source.value)} / √(2))",
        variance_formula="variance = φ(g/√2)²/2·variance of g",
        source="McGraw & Wong 1992, doi:10.1037/0033-2909.111.2.361",
        status="assumed",
        confidence=confidence,
        notes=(*source.notes, Note("normal-equal-spread")),
    )


def _variance(source: Effect, kind: str) -> float:
    """The variance of an effect that must be of this kind."""
    if source.kind != kind:
        raise NotApplicable("no-conversion")
    if source.variance is None:
        raise NotApplicable("needs-variance")
    return source.variance


def _groups(n_a: int | str, n_b: int | str) -> tuple[float, float]:
    """J and h of two groups: t² = d²·df/h."""
    a, b = people(n_a), people(n_b)
    df = a + b - 2
    return hedges_correction(df), df / a + df / b


def _filled(value: float) -> str:
    return operand(shown(value))
