"""How an effect is put together: numbers read, formula filled in as plain text, interval from the variance."""

from __future__ import annotations

import math

from scipy import special

from analysis.recover import number_of_people, required
from analysis.results import Effect, Interval, NotApplicable, Note, Status

Number = float | str  # text is read as printed, and shown so in the formula

# Every kind that this package makes; words are at `effect.<kind>`.
KINDS = (
    "hedges_g",
    "mean_difference",
    "ratio_of_means",
    "smcc",
    "smcr",
    "mean_change",
    "log_odds_ratio",
    "log_risk_ratio",
    "risk_difference",
    "probability_of_superiority",
    "r",
)
BOUNDS: dict[str, Interval] = {
    "risk_difference": (-1.0, 1.0),
    "probability_of_superiority": (0.0, 1.0),
    "r": (-1.0, 1.0),
}
CORRECTION = "J = Γ(df/2) / (√(df/2)·Γ((df − 1)/2))"  # `methods.hedges_correction`; each effect says its df
DIGITS = 4  # significant ones, of what a filled-in formula shows of a computed number


# -- numbers read ------------------------------------------------------------------------------------------------------


def number(value: Number) -> float:
    """A number from a float or from printed text ("−5.67", "484,37").

    Raises:
        NotApplicable: it is no finite number.
    """
    if isinstance(value, str):
        return float(required(value.replace("−", "-")).value)
    if not math.isfinite(value):
        raise NotApplicable("infinite")
    return float(value)


def spread(sd: Number) -> float:
    """An SD or a standard error, 0 or more."""
    value = number(sd)
    if value < 0:
        raise NotApplicable("negative-sd", sd=said(sd))
    return value


def people(n: int | str, least: int = 2) -> int:
    """A number of people, `least` or more."""
    size = number_of_people(n, 0)
    if size < least:
        raise NotApplicable("too-few", least=least, n=size)
    return size


def direction(sign: int) -> int:
    """Which group is higher where a printed statistic has no sign: 1 the first, −1 the second."""
    if sign not in (1, -1):
        raise NotApplicable("needs-sign", sign=str(sign))
    return int(sign)


def normal_quantile(confidence: float) -> float:
    """The z of a two-sided interval."""
    return float(special.ndtri((1 + confidence) / 2))


# -- numbers written ---------------------------------------------------------------------------------------------------


def written(value: Number) -> str:
    """A given number: text as printed, with a decimal point; else all its digits."""
    text = value.strip().replace(",", ".") if isinstance(value, str) else f"{value:.10g}"
    return text.replace("-", "−")


def said(value: Number) -> str:
    """A given number for a sentence, which writes minus and decimal mark in its own language's way."""
    return written(value).replace("−", "-")


def operand(value: Number) -> str:
    """A given number to be subtracted or multiplied: in brackets where it is negative."""
    text = written(value)
    return f"({text})" if text.startswith("−") else text


def shown(value: float) -> str:
    """A computed number with four significant digits."""
    places = DIGITS - 1 - math.floor(math.log10(abs(value))) if value else DIGITS - 1
    return f"{value:.{max(places, 0)}f}".replace("-", "−")


def result(value: float) -> str:
    """What a filled-in formula comes to: with its sign, and three decimals or four significant digits."""
    text = f"{value:.3f}" if abs(value) >= 1 / 10 or value == 0 else shown(value)
    return f"+{text}" if value > 0 else text.replace("-", "−")


# -- the effect --------------------------------------------------------------------------------------------------------


def effect(
    kind: str,
    value: float,
    variance: float | None,
    *,
    formula: str,
    substituted: str,
    variance_formula: str,
    source: str,
    status: Status = "derived",
    confidence: float = 0.95,
    notes: tuple[Note, ...] = (),
    interval: Interval | None = None,
) -> Effect:
    """An effect with the normal interval of its variance, cut where its scale ends; without one, with `interval`.

    `substituted` is the left side and the filled-in formula; what it comes to is added here.
    """
    if variance is not None:
        interval, how = _normal_interval(kind, value, variance, confidence)
        variance_formula = f"{variance_formula}; {how}"
    return Effect(
        value=value,
        variance=variance,
        interval=interval,
        kind=kind,
        status=status,
        formula=formula,
        source=source,
        substituted=f"{substituted} = {result(value)}",
        variance_formula=variance_formula,
        notes=notes,
    )


def _normal_interval(kind: str, value: float, variance: float, confidence: float) -> tuple[Interval, str]:
    """value ± z·√variance within the bounds of its kind, and how that is said."""
    z = normal_quantile(confidence)
    half, (low, high) = z * math.sqrt(variance), BOUNDS.get(kind, (-math.inf, math.inf))
    cut = f", cut at {written(low)} and {written(high)}" if kind in BOUNDS else ""
    how = f"{100 * confidence:g}% interval = value ± {z:.2f}·√variance{cut}"
    return (max(low, value - half), min(high, value + half)), how
