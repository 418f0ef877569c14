"""A result as mothers out of a hundred, the same hundred with and without; None where that isn't defensible."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from scipy import stats

from analysis.evidence.answer import Line
from analysis.evidence.choice import better_of
from analysis.evidence.contrasts import people_and_events
from analysis.results import Interval

Basis = Literal["counts", "middle"]
HALF = 50.0


@dataclass(frozen=True)
class OfHundred:
    """Of 100 mothers in comparison and 100 with the intervention, how many have the better result.

    `reach` is what the 95% interval makes of `having`. `basis` "counts": the comparison groups' own share, and the
    pooled ratio or difference on it; "middle": the better result is to lie beyond the middle of the comparison group,
    which half of it does.
    """

    without: float
    having: float
    reach: Interval
    basis: Basis


def of_hundred(line: Line | None) -> OfHundred | None:
    """Mothers out of a hundred behind a result of two groups; None for any other.

    "middle" is Cohen's U₃ (Cohen 1988, 2nd ed., p. 21–23): Φ(g), if both groups are normal with one SD. "counts" takes
    the share of yes of all comparison groups together as the risk without (Cochrane Handbook 6.5, 14.1.5).
    """
    if line is None or line.kept is None or any(len(entry.contrast.arms) < 2 for entry in line.kept_entries):
        return None
    kept, lower = line.kept, better_of(line.entries[0].contrast) == "lower"
    if kept.kind == "hedges_g":
        sign = -1 if lower else 1
        values = [100 * float(stats.norm.cdf(sign * end)) for end in (kept.estimate, *kept.interval)]
        return OfHundred(HALF, values[0], _ends(values), "middle")
    base = _share_without(line)
    if base is None or kept.kind not in SHARES:
        return None
    values = [100 * min(1.0, max(0.0, SHARES[kept.kind](base, end))) for end in (kept.estimate, *kept.interval)]
    if lower:  # the better result is then a no
        base, values = 1 - base, [100 - value for value in values]
    return OfHundred(100 * base, values[0], _ends(values), "counts")


def _ends(values: list[float]) -> Interval:
    return min(values[1:]), max(values[1:])


def _by_odds(base: float, log_ratio: float) -> float:
    """The share with an odds ratio; both ends hold for any ratio, however large."""
    return 1 / (1 + (1 - base) / base * math.exp(-log_ratio)) if base else 0.0


SHARES = {
    "log_odds_ratio": _by_odds,
    "log_risk_ratio": lambda base, log_ratio: base * math.exp(log_ratio),
    "risk_difference": lambda base, difference: base + difference,
}


def _share_without(line: Line) -> float | None:
    """The share of yes of all comparison groups, each once; None where a count isn't known."""
    found = {
        (entry.contrast.study.id, entry.contrast.arms[1]): people_and_events(entry.contrast, entry.contrast.arms[1])
        for entry in line.kept_entries
    }
    counts = [(people, events) for people, events in found.values() if people and events is not None]
    if len(counts) < len(found):
        return None
    return sum(events for _, events in counts) / sum(people for people, _ in counts)
