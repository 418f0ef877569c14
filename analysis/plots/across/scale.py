"""The axis of effects: what it shows of their own scale; numbers are written as sentences and tables write them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.results import Interval
from analysis.telling import effect_text, interval_text, is_ratio, number_of
from analysis.words import Say

FAR = 2.0  # median half-widths of an interval that the axis shows beyond the outermost estimate
STEPS = ((1,), (1, 3), (1, 2, 5), (1, 1.5, 2, 3, 5, 7), (1, 1.1, 1.2, 1.3, 1.5, 1.7, 2, 2.5, 3, 4, 5, 6, 7, 8, 9))
TICKS_AT_MOST = 4  # as many as fit beside each other on a phone


@dataclass(frozen=True)
class Scale:
    """What the axis shows of the effects' own scale, and how its numbers are written."""

    low: float
    high: float
    kind: str

    def value(self, value: float, say: Say) -> str:
        return number_of(self.kind, say)(value)

    def text(self, value: float, interval: Interval | None, say: Say) -> str:
        """An effect as every sentence and table writes it: "+1.12 [+0.64, +1.59]", a ratio as a ratio."""
        return effect_text(self.kind, value, interval, say)

    def interval(self, interval: Interval, say: Say) -> str:
        return interval_text(self.kind, interval, say)

    def ticks(self, say: Say) -> dict[str, Any]:
        """Settings of the axis: a few round places, as ratios or percentage points where effects are read so."""
        if is_ratio(self.kind):
            ratios = ratio_ticks(self.low, self.high)
            return {"tickvals": [math.log(r) for r in ratios], "ticktext": [say.printed(f"{r:g}") for r in ratios]}
        unit = 100 if self.kind == "risk_difference" else 1
        places = round_ticks(unit * self.low, unit * self.high)
        return {
            "tickvals": [place / unit for place in places],
            "ticktext": [say.printed(f"{place:g}") for place in places],
        }


def scale_of(values: Sequence[float], intervals: Sequence[Interval | None], kind: str, *, zero: bool = True) -> Scale:
    """A scale with every finite value (and no effect), and of the intervals what isn't far beyond them."""
    core = [v for v in values if math.isfinite(v)] + ([0.0] if zero else [])
    core = core or [0.0]
    ends = [end for interval in intervals if interval for end in interval if math.isfinite(end)]
    halves = [(i[1] - i[0]) / 2 for i in intervals if i and math.isfinite(i[0]) and math.isfinite(i[1])]
    reach = FAR * float(np.median(halves)) if halves else 0.25 * (max(core) - min(core))
    low = min(min(core), max(min(ends, default=min(core)), min(core) - reach))
    high = max(max(core), min(max(ends, default=max(core)), max(core) + reach))
    pad = 0.05 * (high - low) or 0.5
    return Scale(low - pad, high + pad, kind)


def round_ticks(low: float, high: float) -> list[float]:
    """Multiples of 1, 2 or 5 times a power of ten, as many as fit."""
    power = 10.0 ** math.floor(math.log10((high - low) / TICKS_AT_MOST))
    step = next(s * power for s in (1, 2, 5, 10, 20) if (high - low) / (s * power) < TICKS_AT_MOST)
    return [round(k * step, 12) for k in range(math.ceil(low / step), math.floor(high / step) + 1)]


def ratio_ticks(low: float, high: float) -> list[float]:
    """A few round ratios between two logs, as evenly spread as round numbers allow."""
    decades = range(math.floor(low / math.log(10)) - 1, math.ceil(high / math.log(10)) + 1)
    found: list[float] = [1.0]
    for steps in STEPS:
        inside = [s * 10.0**d for d in decades for s in steps if low <= math.log(s * 10.0**d) <= high]
        if len(inside) > TICKS_AT_MOST:
            break
        found = inside or found
    if len(found) >= 3:
        return found
    every = [s * 10.0**d for d in decades for s in STEPS[0] if low <= math.log(s * 10.0**d) <= high]
    return every[:: math.ceil(len(every) / TICKS_AT_MOST)] if len(every) > TICKS_AT_MOST else found
