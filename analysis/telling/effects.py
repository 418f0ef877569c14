"""Effects as words and numbers: ratios are kept as logs and read as ratios."""

from __future__ import annotations

import math
from collections.abc import Callable

from analysis.results import Effect, Interval
from analysis.words import Say

RATIOS = frozenset({"ratio_of_means", "log_odds_ratio", "log_risk_ratio"})  # kept as logs, read as ratios


def is_ratio(kind: str) -> bool:
    return kind in RATIOS


def number_of(kind: str, say: Say) -> Callable[[float], str]:
    """How an effect of a kind is written: ratios as ratios, shares in percentage points, the rest with its sign."""
    if is_ratio(kind):
        return lambda value: _ratio(value, say)
    if kind == "risk_difference":
        return lambda value: say.signed(100 * value, 0)
    return say.signed


def own_scale(kind: str, read: float) -> float:
    """An effect on its own scale from how it is read: a ratio's log, a share from percentage points."""
    if is_ratio(kind):
        return math.log(read)
    return read / 100 if kind == "risk_difference" else read


def _ratio(log: float, say: Say) -> str:
    """A ratio of any size with about three digits."""
    ratio = math.exp(log) if log < LARGEST_LOG else math.inf
    return say.number(ratio, 2 if ratio < 100 else 1 if ratio < 1000 else 0)


LARGEST_LOG = 700.0  # exp overflows beyond


def slope_of(kind: str, say: Say) -> Callable[[float], str]:
    """How the change of an effect per unit of something is written: of ratios as what multiplies them."""
    if is_ratio(kind):
        return lambda value: say.number(math.exp(value), 3)
    if kind == "risk_difference":
        return lambda value: say.signed(100 * value)
    return say.signed


def effect_text(kind: str, value: float, interval: Interval | None, say: Say) -> str:
    """ "+0.70 [+0.50, +0.91]", a bound as "at least"-like open interval."""
    said = number_of(kind, say)(value)
    return said if interval is None else f"{said} {interval_text(kind, interval, say)}"


def interval_text(kind: str, interval: Interval, say: Say) -> str:
    low, high = (_end(kind, end, say) for end in interval)
    return say("across-plot.interval", low=low, high=high)


def _end(kind: str, end: float, say: Say) -> str:
    """One end of an interval; an open one is infinite, but no ratio is below 0."""
    if math.isinf(end) and not (is_ratio(kind) and end < 0):
        return "−∞" if end < 0 else "∞"
    return number_of(kind, say)(end)


def kind_name(kind: str, say: Say) -> str:
    """What an effect is called where it is shown as it is read (a ratio, not its logarithm)."""
    return say(f"across.kind-{kind}")


def row_effect(effect: Effect, say: Say) -> str:
    return effect_text(effect.kind, effect.value, effect.interval, say)
