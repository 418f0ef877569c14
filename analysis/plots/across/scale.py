"""The axis of effects: what it shows of their own scale, and how its numbers are written, as ratios where they are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.results import Interval
from analysis.words import Say

LARGEST_LOG = 700.0  # exp overflows beyond
FAR = 2.0  # median half-widths of an interval that the axis shows beyond the outermost estimate
STEPS = ((1,), (1, 3), (1, 2, 5), (1, 1.5, 2, 3, 5, 7), (1, 1.1, 1.2, 1.3, 1.5, 1.7, 2, 2.5, 3, 4, 5, 6, 7, 8, 9))
TICKS_AT_MOST = 4  # as many as fit beside each other on a phone


@dataclass(frozen=True)
class Scale:
    """What the axis shows of the effects' own scale, and how its numbers are written."""

    low: float
    high: float
    ratio: bool
    digits: int

    def value(self, value: float, say: Say) -> str:
        return self.end(value, say) if self.ratio else say.signed(value, self.digits)

    def text(self, value: float, interval: Interval | None, say: Say) -> str:
        """ "+1.12 [0.64, 1.59]", as a ratio where the scale is one of logs."""
        said = self.value(value, say)
        return f"{said} {self.interval(interval, say)}" if interval else said

    def interval(self, interval: Interval, say: Say) -> str:
        low, high = (self.end(end, say) for end in interval)
        return say("across-plot.interval", low=low, high=high)

    def end(self, value: float, say: Say) -> str:
        """Ratios of any size with about three digits, differences all with the same decimals."""
        if not self.ratio:
            return say.number(value, self.digits)
        shown = math.exp(value) if value < LARGEST_LOG else math.inf
        return say.number(shown, digits_for(shown))

    def ticks(self, say: Say) -> dict[str, Any]:
        """Settings of the axis: a few round places, as ratios where the scale is one of logs."""
        if self.ratio:
            ratios = ratio_ticks(self.low, self.high)
            return {"tickvals": [math.log(r) for r in ratios], "ticktext": [say.printed(f"{r:g}") for r in ratios]}
        places = round_ticks(self.low, self.high)
        return {"tickvals": places, "ticktext": [say.printed(f"{place:g}") for place in places]}


def digits_for(largest: float) -> int:
    """Decimals for numbers up to this size."""
    return 2 if largest < 20 else 1 if largest < 200 else 0


def scale_of(values: Sequence[float], intervals: Sequence[Interval | None], *, ratio: bool, zero: bool = True) -> Scale:
    """A scale with every finite value (and no effect), and of the intervals what isn't far beyond them."""
    core = [v for v in values if math.isfinite(v)] + ([0.0] if zero else [])
    core = core or [0.0]
    ends = [end for interval in intervals if interval for end in interval if math.isfinite(end)]
    halves = [(i[1] - i[0]) / 2 for i in intervals if i and math.isfinite(i[0]) and math.isfinite(i[1])]
    reach = FAR * float(np.median(halves)) if halves else 0.25 * (max(core) - min(core))
    low = min(min(core), max(min(ends, default=min(core)), min(core) - reach))
    high = max(max(core), min(max(ends, default=max(core)), max(core) + reach))
    pad = 0.05 * (high - low) or 0.5
    return Scale(low - pad, high + pad, ratio, digits_for(max(map(abs, core))))


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
