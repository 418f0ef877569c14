"""Rules about the parts of one printed test: do its means, SDs, SEs, t, r and interval belong together?

Intervals that rounding leaves are closed and all arithmetic with them is exact: instead of taking roots,
squares are compared.
"""

from __future__ import annotations

from fractions import Fraction
from math import isinf, sqrt

from scipy import stats

from analysis.checks.verdicts import cannot_tell, consistent, inconsistent, meet, reach_of, rounded
from analysis.recover import (
    ArmSummary,
    Printed,
    Reading,
    correlation,
    number_of_people,
    required,
    sizes,
    squared_sd_of_change,
)
from analysis.results import NotApplicable, Verdict


def se_of_mean(sd: str, n: str | int, se: str) -> Verdict:
    """Is the printed standard error SD / √n?"""
    spread, error, size = required(sd), required(se), number_of_people(n)
    values = {"sd": sd, "n": size, "se": se}
    low, high = (size * max(end, Fraction(0)) ** 2 for end in reach_of(error))
    if error.value >= 0 and meet((max(spread.low, Fraction(0)) ** 2, spread.high**2), (low, high)):
        return consistent("se-of-mean.agrees", **values)
    right = rounded(Fraction(float(spread.value) / sqrt(size)), error)
    return inconsistent("se-of-mean.differs", right, right=right, **values)


def t_from_change(mean: str, sd: str, n: str | int, t: str) -> Verdict:
    """Is the printed t the mean change over SD / √n?"""
    size = number_of_people(n, 2)
    return _t_verdict(mean, required(sd), size, t, f"{mean} / ({sd} / √{size})")


def t_from_se(mean: str, se: str, t: str) -> Verdict:
    """Is the printed t the mean change, or the difference, over its standard error?"""
    return _t_verdict(mean, required(se), 1, t, f"{mean} / {se}")


def _t_verdict(mean: str, spread: Printed, n: int, t: str, sum_: str) -> Verdict:
    change, statistic = required(mean), required(t)
    if spread.value <= 0:
        return _t_of_no_spread(change, spread, n, statistic, sum_)
    size, wanted = sizes(*reach_of(statistic)), sizes(*reach_of(change))
    right = rounded(Fraction(float(change.value / spread.value) * sqrt(n)), statistic)
    values = {"sum": sum_, "t": t, "right": right}
    ends = (size[0] ** 2 * max(spread.low, Fraction(0)) ** 2, size[1] ** 2 * spread.high**2)
    if not meet(ends, (n * wanted[0] ** 2, n * wanted[1] ** 2)):
        return inconsistent("t-from-mean.differs", right, **values)
    if change.high < 0 < statistic.low or statistic.high < 0 < change.low:
        return cannot_tell("t-from-mean.other-sign", **values)
    return consistent("t-from-mean.agrees", **values)


def _t_of_no_spread(change: Printed, spread: Printed, n: int, statistic: Printed, sum_: str) -> Verdict:
    """A spread printed as 0.00 may be a small one: t is as large as that leaves it, or larger."""
    if spread.value < 0:
        raise NotApplicable("no-spread")
    least = sqrt(n) * float(sizes(*reach_of(change))[0] / spread.high)
    values = {"sum": sum_, "t": statistic.text, "right": f"≥ {rounded(Fraction(least), statistic)}"}
    if sizes(*reach_of(statistic))[1] < least:
        return inconsistent("t-from-mean.differs", **values)
    return consistent("t-from-mean.agrees", **values)


def r_of_change(sd_before: str, sd_after: str, sd_change: str, r: str) -> Verdict:
    """Do the three SDs and the correlation agree: SD change² = SD before² + SD after² − 2 r SD before SD after?"""
    first, last, change, printed_r = (required(text) for text in (sd_before, sd_after, sd_change, r))
    if min(first.low, last.low) <= 0 or change.value < 0:
        raise NotApplicable("no-spread")
    values = {"before": sd_before, "after": sd_after, "sd": sd_change, "r": r}
    wanted = (max(change.low, Fraction(0)) ** 2, change.high**2)
    if meet(squared_sd_of_change(first, last, printed_r), wanted):
        return consistent("r-of-change.agrees", **values)
    a, b, c = first.value, last.value, change.value
    right = rounded((a * a + b * b - c * c) / (2 * a * b), printed_r)
    return inconsistent("r-of-change.differs", right, right=right, **values)


def r_possible(arm: ArmSummary) -> Verdict:
    """Do an arm's SDs and its SD of change, paired t or p leave a correlation that can be, −1 to 1?

    Raises:
        NotApplicable: no printed number determines the correlation.
    """
    found = correlation(arm)
    reading = next((one for one in found.all if not one.possible), found.all[0])
    said = _said_of_r(arm, reading)
    if reading.possible:
        key = {"r": "r-possible.printed-fits", "change_sd": "r-possible.sd-fits"}.get(
            reading.source, "r-possible.test-fits"
        )
        return consistent(key, **said)
    key = {"r": "r-possible.printed-outside", "change_sd": "r-possible.sd-outside"}.get(
        reading.source, "r-possible.test-outside"
    )
    return inconsistent(key, None, **said)


def _said_of_r(arm: ArmSummary, reading: Reading) -> dict[str, object]:
    """The numbers that a sentence about one reading of r mentions."""
    low, high = (_written(end, reading.decimals) for end in reading.shown)
    said: dict[str, object] = {"low": low, "high": high}
    said |= {"printed": getattr(arm, reading.source), "before": arm.sd_before, "after": arm.sd_after, "n": arm.n}
    if reading.source in ("t", "p") and arm.sd_before and reading.sd_change:
        least, most = (_written(end, required(arm.sd_before).decimals + 1) for end in reading.sd_change)
        said |= {"change": arm.change_as_printed, "least": least, "most": most, "test": (f"paired-{reading.source}",)}
    return said


def _written(value: float, digits: int) -> float | str:
    return value if isinf(value) else f"{value:.{digits}f}"


def interval_of_mean(mean: str, se: str, df: str | int, low: str, high: str) -> Verdict:
    """Is the printed 95% interval mean ± t × SE?"""
    centre, error, ends = required(mean), required(se), (required(low), required(high))
    factor = Fraction(float(stats.t.ppf(0.975, number_of_people(df))))
    right = [rounded(centre.value + sign * factor * error.value, end) for sign, end in zip((-1, 1), ends, strict=True)]
    said = {"mean": mean, "se": se, "df": str(df), "low": low, "high": high, "right": f"{right[0]} – {right[1]}"}
    reach = [
        (centre.low - factor * error.high, centre.high - factor * error.low),
        (centre.low + factor * error.low, centre.high + factor * error.high),
    ]
    if all(meet(one, reach_of(end)) for one, end in zip(reach, ends, strict=True)):
        return consistent("interval-of-mean.agrees", **said)
    return inconsistent("interval-of-mean.differs", said["right"], **said)


RULES = {
    "statistics": (
        se_of_mean,
        t_from_change,
        t_from_se,
        interval_of_mean,
    ),
    "other-contradictions": (
        r_of_change,
        r_possible,
    ),
}
