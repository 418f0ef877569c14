"""A result as mothers out of a hundred, the same hundred with and without; None where that isn't defensible."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scipy import stats

from analysis.evidence.absolute import absolute
from analysis.evidence.answer import Line
from analysis.evidence.choice import better_of
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

    "middle" is Cohen's U₃ (Cohen 1988, 2nd ed., p. 21–23): Φ(g), if both groups are normal with one SD. "counts" is
    what a Summary of findings says of the same result (`absolute`, at the median of the comparison groups).
    """
    if line is None or line.kept is None or any(len(entry.contrast.arms) < 2 for entry in line.kept_entries):
        return None
    kept, lower = line.kept, better_of(line.entries[0].contrast) == "lower"
    if kept.kind == "hedges_g":
        sign = -1 if lower else 1
        values = [100 * float(stats.norm.cdf(sign * end)) for end in (kept.estimate, *kept.interval)]
        return OfHundred(HALF, values[0], _ends(values), "middle")
    found = absolute(line)
    if found is None or found.without is None or found.with_it is None:
        return None
    without, values = found.without, [found.with_it, *(found.without + end for end in found.interval)]
    if lower:  # the better result is then a no
        without, values = 100 - without, [100 - value for value in values]
    return OfHundred(without, values[0], _ends(values), "counts")


def _ends(values: list[float]) -> Interval:
    return min(values[1:]), max(values[1:])
