"""The correlation of before and after behind a printed paired p, t or SD of change.

Vocabulary: a *reading* is the closed interval of r that one printed number leaves, over every value that
its arm's numbers may have been rounded from. It is never cut to −1 … 1: what lies outside can't be, and
shows that numbers contradict each other.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from scipy import stats

from analysis.recover.arms import ArmSummary
from analysis.recover.printed import Printed, number_of_p, p_reach, sizes
from analysis.recover.spread_of_change import r_of_sd, squared_sd_of_change
from analysis.results import Interval, NotApplicable, Note

SOURCES = ("r", "change_sd", "t", "p")  # the most direct first
DUST = 1e-9  # rounding of floats; far below any printed digit


@dataclass(frozen=True)
class Reading:
    """The r (`low` to `high`, uncut) and the SD of change that one printed number of an arm leaves.

    `source` is one of `SOURCES`. An end is infinite where the printed number bounds one side only;
    `sd_change` is None where r is printed without both SDs, or can't be.
    """

    source: str
    low: float
    high: float
    sd_change: Interval | None

    @property
    def possible(self) -> bool:
        """False when no r from −1 to 1 is left."""
        return self.low <= 1 + DUST and self.high >= -1 - DUST

    @property
    def shown(self) -> Interval:
        """The ends to put into words: cut to −1 … 1 where something is left there, else uncut."""
        return (max(self.low, -1.0), min(self.high, 1.0)) if self.possible else (self.low, self.high)

    @property
    def decimals(self) -> int:
        """Decimals to write them with: two, or more where two would hide that they lie beyond ±1."""
        return 2 if self.possible or min(abs(self.low), abs(self.high)) > 1.005 else 5


@dataclass(frozen=True)
class Correlation:
    """The r of one arm by its most direct printed number; `all` holds the reading of each, that one first.

    `left_out` says of the other printed numbers why they don't determine r.
    """

    all: tuple[Reading, ...]
    left_out: Mapping[str, Note]

    @property
    def source(self) -> str:
        return self.all[0].source

    @property
    def low(self) -> float:
        return self.all[0].low

    @property
    def high(self) -> float:
        return self.all[0].high

    @property
    def sd_change(self) -> Interval | None:
        return self.all[0].sd_change

    @property
    def possible(self) -> bool:
        return self.all[0].possible

    @property
    def allowed(self) -> Interval | None:
        """The r from −1 to 1 that every printed number leaves; None where they contradict each other."""
        low = max(-1.0, *(reading.low for reading in self.all))
        high = min(1.0, *(reading.high for reading in self.all))
        return (min(low, high), high) if low <= high + DUST else None


def correlation(arm: ArmSummary) -> Correlation:
    """The interval of r over all values that the printed numbers of `arm` may have been rounded from.

    Raises:
        NotApplicable: no printed number determines r (none is there, n, SDs or means are missing, or the
            mean change may be 0); a text is no number; an SD is not above 0; n is below 2; p isn't 0 … 1.

    SD change² = SD before² + SD after² − 2·r·SD before·SD after; t = mean change / (SD change / √n), with
    n − 1 degrees of freedom (Cochrane Handbook 6.5, section 6.5.2.8).
    """
    found, left_out = _readings(arm)
    if found:
        return Correlation(found, left_out)
    note = next(iter(left_out.values()), Note("needs-r"))
    raise NotApplicable(note.key, **note.values)


def correlation_if_any(arm: ArmSummary) -> Correlation | None:
    """Like `correlation`, but None where no printed number determines r."""
    found, left_out = _readings(arm)
    return Correlation(found, left_out) if found else None


def _readings(arm: ArmSummary) -> tuple[tuple[Reading, ...], dict[str, Note]]:
    """A reading per printed source, and why the others don't determine r; in the order of `SOURCES`."""
    change_sd, t, r = (arm.number(name) for name in ("change_sd", "t", "r"))
    p = _p_interval(arm.p) if arm.p else None
    if not (change_sd or t or r or p):
        return (), {}
    people, sds, change = arm.people, arm.sds, arm.change  # read first: what is no number is refused whatever it is for
    tested = _tested(people, sds, change)
    said: dict[str, Reading | Note] = {}
    if r:
        said["r"] = Reading("r", float(r.low), float(r.high), _sd_of_r(sds, r))
    if change_sd:
        said["change_sd"] = _of_printed_sd(change_sd, sds)
    if t:
        said["t"] = tested if isinstance(tested, Note) else tested.by_t(sizes(float(t.low), float(t.high)))
    if p:
        said["p"] = tested if isinstance(tested, Note) else tested.by_p(p)
    readings = tuple(one for one in said.values() if isinstance(one, Reading))
    return readings, {source: one for source, one in said.items() if isinstance(one, Note)}


def _p_interval(text: str) -> Interval:
    text = text.replace("<=", "≤").replace(">=", "≥")
    if not 0 <= number_of_p(text).value <= 1:
        raise NotApplicable("impossible-p", p=text)
    low, high = p_reach(text)
    return low, min(1.0, high)


@dataclass(frozen=True)
class _Tested:
    """What a paired t test was made of, but for the SD of change."""

    people: int
    sds: tuple[Printed, Printed]
    change: tuple[Fraction, Fraction]

    def by_t(self, t: Interval, source: str = "t") -> Reading:
        """SD of change = |mean change|·√n / |t|; without an upper end where t may be 0."""
        sizes = sorted(abs(float(end)) * math.sqrt(self.people) for end in self.change)
        low, high = (size / end if end else math.inf for size, end in zip(sizes, reversed(t), strict=True))
        return _of_sd(source, self.sds, (low, high))

    def by_p(self, p: Interval) -> Reading:
        most, least = (float(stats.t.isf(end / 2, self.people - 1)) for end in p)  # the larger p, the smaller t
        return self.by_t((least, most), "p")


def _tested(
    people: int | None, sds: tuple[Printed, Printed] | None, change: tuple[Fraction, Fraction] | None
) -> _Tested | Note:
    """All that a paired test needs beside its t or p, or what is missing."""
    if sds is None:
        return Note("needs-sd")
    if people is None:
        return Note("needs-n")
    if change is None:
        return Note("needs-mean")
    return Note("change-may-be-zero") if change[0] <= 0 <= change[1] else _Tested(people, sds, change)


def _of_printed_sd(sd: Printed, sds: tuple[Printed, Printed] | None) -> Reading | Note:
    if sds is None:
        return Note("needs-sd")
    if sd.value < 0:
        raise NotApplicable("negative-sd", sd=sd.text)
    return _of_sd("change_sd", sds, (max(0.0, float(sd.low)), float(sd.high)))


def _of_sd(source: str, sds: tuple[Printed, Printed], sd_change: Interval) -> Reading:
    return Reading(source, *r_of_sd(*sds, sd_change), sd_change)


def _sd_of_r(sds: tuple[Printed, Printed] | None, r: Printed) -> Interval | None:
    if sds is None or r.low > 1 or r.high < -1:
        return None
    low, high = squared_sd_of_change(*sds, r)
    return math.sqrt(low), math.sqrt(high)
