"""What an effect means for mothers: per 100 of them, or in the outcome's own unit, from what comparison groups showed.

The rows of a Summary of findings table: Cochrane Handbook 6.5, sections 14.1.4 and 15.4.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from analysis.effects import number
from analysis.evidence.answer import Line
from analysis.evidence.body import Entry
from analysis.evidence.choice import unit_of
from analysis.evidence.contrasts import people_and_events, sides_of
from analysis.results import Interval

# From a risk without the intervention to that with it: Cochrane Handbook 6.5, section 15.4.4.
OF_RISK: dict[str, Callable[[float, float], float]] = {
    "log_odds_ratio": lambda risk, log: risk * math.exp(log) / (1 - risk + risk * math.exp(log)),
    "log_risk_ratio": lambda risk, log: min(1.0, risk * math.exp(log)),
    "risk_difference": lambda risk, difference: min(1.0, max(0.0, risk + difference)),
}
# From what stands for the comparison group to a difference in the outcome's own unit: an SD for g (section 15.5.3.2),
# a mean for a ratio of means, nothing for what is in that unit already.
OF_UNIT: dict[str, Callable[[float, float], float]] = {
    "hedges_g": lambda sd, g: sd * g,
    "ratio_of_means": lambda mean, log: mean * (math.exp(log) - 1),
    "mean_difference": lambda _, difference: difference,
    "mean_change": lambda _, change: change,
}
BASELINES: dict[str, Callable[[Sequence[float]], float]] = {"lowest": min, "middle": median, "highest": max}


@dataclass(frozen=True)
class Absolute:
    """A result in absolute terms at one baseline.

    With `unit` "" all numbers are mothers per 100: `without` the intervention, and `difference` more or fewer with it.
    Else they are in that unit; `without` is then the SD or mean of comparison groups that the effect was multiplied
    by, None for effects in the unit itself. `groups` is how many comparison groups the baseline is taken from, `said`
    the unit in each language.
    """

    unit: str
    without: float | None
    difference: float
    interval: Interval
    groups: int
    said: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def with_it(self) -> float | None:
        """Mothers per 100 with the intervention; None in a unit."""
        return None if self.unit or self.without is None else self.without + self.difference


def absolute(line: Line, baseline: str = "middle") -> Absolute | None:
    """A result in absolute terms; None where nothing is pooled or no comparison group prints a baseline.

    Args:
        baseline: which of the comparison groups' risks, SDs or means: "lowest", "middle" (their median) or "highest".
    """
    if line.kept is None:
        return None
    if line.kept.kind in OF_RISK:
        return _per_100(line, baseline)
    return _in_unit(line, baseline) if line.kept.kind in OF_UNIT else None


def _per_100(line: Line, baseline: str) -> Absolute | None:
    risks = [risk for entry in line.kept_entries if (risk := _risk(entry)) is not None]
    if not risks or line.kept is None:
        return None
    without = BASELINES[baseline](risks)
    of = OF_RISK[line.kept.kind]
    less, more = (100 * (of(without, end) - without) for end in line.kept.interval)
    return Absolute("", 100 * without, 100 * (of(without, line.kept.estimate) - without), (less, more), len(risks))


def _risk(entry: Entry) -> float | None:
    """Share of the comparison group who said yes."""
    if len(entry.contrast.groups) < 2:
        return None
    counts = [people_and_events(entry.contrast, arm) for arm in entry.contrast.groups[1]]
    known = [(n, yes) for n, yes in counts if n and yes is not None]
    return sum(yes for _, yes in known) / sum(n for n, _ in known) if known and len(known) == len(counts) else None


def _in_unit(line: Line, baseline: str) -> Absolute | None:
    units = Counter(unit_of(entry.contrast) for entry in line.kept_entries)
    (unit, _), *_ = units.most_common(1)
    same = [entry for entry in line.kept_entries if unit_of(entry.contrast) == unit]
    if line.kept is None or not unit:
        return None
    of, without = OF_UNIT[line.kept.kind], None
    if line.kept.kind in ("hedges_g", "ratio_of_means"):
        found = [value for entry in same if (value := _of_comparison(entry, line.kept.kind)) is not None]
        if not found:
            return None
        without = BASELINES[baseline](found)
    low, high = (of(without or 0.0, end) for end in line.kept.interval)
    said = same[0].contrast.study.outcomes[same[0].contrast.outcome].unit
    return Absolute(unit, without, of(without or 0.0, line.kept.estimate), (low, high), len(same), said)


def _of_comparison(entry: Entry, kind: str) -> float | None:
    """SD (for g) or mean of the comparison group as measured afterwards: of changes it is another thing."""
    sides = sides_of(entry.contrast) if entry.contrast.basis == "after" and len(entry.contrast.groups) == 2 else None
    if sides is None:
        return None
    return number(sides[1].sd if kind == "hedges_g" else sides[1].mean)
