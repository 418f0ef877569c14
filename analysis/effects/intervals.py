"""Effects that a study prints with their interval: the standard error is read from the interval's width.

Printed numbers are text: an interval is uneven only where no values that round to the printed ones put
the estimate in its middle (on the log scale for ratios).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy import stats

from analysis.effects.making import Number, effect, normal_quantile, people, said, written
from analysis.recover import Printed, required
from analysis.results import Effect, Interval, NotApplicable, Note

# One side more than twice the other: no standard error is read, a slip or another estimate is likelier. Exact
# intervals of small tables are uneven too, but of 1,500 without an empty cell none by more than 1.91
# (tests/reference/effects.R).
LOPSIDED = 2.0
SOURCE = "Cochrane Handbook 6.5, sections 6.3.1 and 6.3.2"


@dataclass(frozen=True)
class Sides:
    """Estimate and limits on the scale of analysis, and what is noted of their distances."""

    estimate: float
    low: float
    high: float
    lopsided: bool
    notes: tuple[Note, ...]


def from_odds_ratio(estimate: Number, low: Number, high: Number, *, confidence: float = 0.95) -> Effect:
    """Logarithm of a printed odds ratio; its variance from the printed interval.

    Args:
        estimate, low, high: as printed, all above 0.
        confidence: of the printed interval, and of the one given back.

    An interval that isn't even on the log scale, beyond rounding, gets a note; where one side is more than twice
    the other there is no variance and the printed interval is kept.

    Raises:
        NotApplicable: a number is not above 0, or the estimate lies outside its interval.

    Cochrane Handbook 6.5, section 6.3.2.
    """
    return _of_ratio("log_odds_ratio", "OR", (estimate, low, high), confidence)


def from_risk_ratio(estimate: Number, low: Number, high: Number, *, confidence: float = 0.95) -> Effect:
    """Logarithm of a printed risk ratio; as `from_odds_ratio`."""
    return _of_ratio("log_risk_ratio", "RR", (estimate, low, high), confidence)


def from_mean_difference(
    estimate: Number,
    low: Number,
    high: Number,
    n_a: int | str | None = None,
    n_b: int | str | None = None,
    *,
    confidence: float = 0.95,
) -> Effect:
    """A printed difference of means, first minus second; its variance from the printed interval.

    Args:
        estimate, low, high: as printed, in the unit of the outcome.
        n_a, n_b: people per group, for the t that made the interval; without them the normal curve, with a note.
        confidence: of the printed interval, and of the one given back.

    Uneven intervals and Raises as `from_odds_ratio`, on the scale of the outcome itself.

    Cochrane Handbook 6.5, section 6.3.1, with the quantile of t of section 6.5.2.3.
    """
    numbers = tuple(_read(text) for text in (estimate, low, high))
    sides = _sides(numbers, *((float(one.low), float(one.high)) for one in numbers))
    notes, quantile, name = (Note("normal-quantile"),), normal_quantile(confidence), "z"
    if n_a is not None and n_b is not None:
        df = people(n_a) + people(n_b) - 2
        notes, quantile, name = (), float(stats.t.ppf((1 + confidence) / 2, df)), f"t({df})"
    filled = f"difference = {written(estimate)}"
    return _effect("mean_difference", sides, quantile, name, "difference, as printed", filled, confidence, notes)


def _of_ratio(kind: str, symbol: str, texts: tuple[Number, Number, Number], confidence: float) -> Effect:
    value, low, high = texts
    numbers = (_read(value), _read(low), _read(high))
    for one in numbers:
        if one.value <= 0:
            raise NotApplicable("ratio-not-above-zero", ratio=said(one.text))
    sides = _sides(numbers, *((math.log(one.low), math.log(one.high)) for one in numbers))
    estimate, lower, upper = (math.log(one.value) for one in numbers)
    sides = Sides(estimate, lower, upper, sides.lopsided, sides.notes)
    filled = f"ln {symbol} = ln({written(numbers[0].text)})"
    formula = f"ln {symbol}, as printed"
    return _effect(kind, sides, normal_quantile(confidence), "z", formula, filled, confidence, ())


def _read(value: Number) -> Printed:
    return required(str(value).replace("−", "-").replace("+", ""))


def _sides(numbers: tuple[Printed, ...], estimate: Interval, low: Interval, high: Interval) -> Sides:
    """How evenly the limits lie about the estimate; each as its reach of rounding on the scale of analysis."""
    printed = {name: said(one.text) for name, one in zip(("estimate", "low", "high"), numbers, strict=True)}
    if low[0] > estimate[1] or estimate[0] > high[1] or numbers[1].value >= numbers[2].value:
        raise NotApplicable("estimate-outside-interval", **printed)
    middle = (low[0] + high[0]) / 2, (low[1] + high[1]) / 2
    below, above = (sum(estimate) - sum(low)) / 2, (sum(high) - sum(estimate)) / 2
    value, bottom, top = (sum(reach) / 2 for reach in (estimate, low, high))
    if middle[0] <= estimate[1] and estimate[0] <= middle[1]:
        return Sides(value, bottom, top, False, ())
    lopsided = max(below, above) > LOPSIDED * max(min(below, above), 0.0)
    return Sides(value, bottom, top, lopsided, (Note("interval-lopsided" if lopsided else "interval-uneven", printed),))


def _effect(
    kind: str,
    sides: Sides,
    quantile: float,
    name: str,
    formula: str,
    filled: str,
    confidence: float,
    notes: tuple[Note, ...],
) -> Effect:
    log = "ln " if kind.startswith("log_") else ""
    variance = None if sides.lopsided else ((sides.high - sides.low) / (2 * quantile)) ** 2
    how = f"variance = SE², SE = ({log}high − {log}low) / (2·{name}), {name} = {quantile:.3f}"
    return effect(
        kind,
        sides.estimate,
        variance,
        formula=formula,
        substituted=filled,
        variance_formula="" if sides.lopsided else how,
        source=SOURCE,
        confidence=confidence,
        notes=sides.notes if sides.lopsided else sides.notes + notes,
        interval=(sides.low, sides.high),
    )
