"""Rules about the parts of one printed test: do its rank sums, Z, U, means, SDs, SEs, t and r belong together?

Intervals that rounding leaves are closed and all arithmetic with them is exact: instead of taking roots,
squares are compared.
"""

from __future__ import annotations

from fractions import Fraction
from math import isinf, sqrt

from scipy import stats

from analysis.checks.verdicts import cannot_tell, consistent, inconsistent, rounded
from analysis.recover import (
    ArmSummary,
    Printed,
    Reading,
    correlation,
    largest_signed_z,
    largest_z,
    number_of_people,
    required,
    squared_sd_of_change,
)
from analysis.results import NotApplicable, Verdict

Reach = tuple[Fraction, Fraction]


def _reach(number: Printed) -> Reach:
    return number.low, number.high


def _sizes(low: Fraction, high: Fraction) -> Reach:
    """Smallest and largest size, sign left out, between two ends."""
    return (Fraction(0) if low <= 0 <= high else min(abs(low), abs(high))), max(abs(low), abs(high))


def _meet(a: Reach, b: Reach) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]


def rank_sum_of_mean(mean_rank: str, people: str | int, rank_sum: str) -> Verdict:
    """Is the printed sum of ranks the mean rank times the number of people?"""
    mean, total, n = required(mean_rank), required(rank_sum), number_of_people(people, 0)
    values = {"mean": mean_rank, "n": n, "sum": rank_sum}
    if _meet((n * mean.low, n * mean.high), _reach(total)):
        return consistent("rank-sum-of-mean.agrees", **values)
    right = rounded(n * mean.value, total)
    return inconsistent("rank-sum-of-mean.differs", right, right=right, **values)


def rank_sums_total(first: str, second: str, people: str | int) -> Verdict:
    """Do two printed sums of ranks give all ranks 1..m? Together they must be m(m + 1)/2."""
    a, b, m = required(first), required(second), number_of_people(people)
    wanted = Fraction(m * (m + 1), 2)
    values = {"sum": f"{first} + {second}", "m": m, "wanted": f"{float(wanted):g}"}
    if a.low + b.low <= wanted <= a.high + b.high:
        return consistent("rank-sums-total.agree", **values)
    return inconsistent("rank-sums-total.differ", found=rounded(a.value + b.value, a), **values)


def z_basis(basis: str, negative: str, positive: str) -> Verdict:
    """Is Z based on the smaller sum of ranks, as SPSS does? `basis` is "negative" or "positive"."""
    sums = {"negative": required(negative), "positive": required(positive)}
    if basis not in sums:
        raise NotApplicable("not-a-number", text=basis)
    other = next(name for name in sums if name != basis)
    values = {"basis": (f"{basis}-ranks",), "negative": negative, "positive": positive}
    if sums[basis].low <= sums[other].high:
        return consistent("z-basis.agrees", **values)
    return inconsistent("z-basis.differs", other=(f"{other}-ranks",), **values)


def z_from_rank_sums(negative: str, positive: str, people: str | int, z: str) -> Verdict:
    """Can the rank sums of `people` who changed give this Z of Wilcoxon's test (sign left out)?

    Ties among changes make the variance smaller and Z larger: without ties it is m(m + 1)(2m + 1)/24; how large Z
    can get is searched over all patterns of ties.
    """
    m = number_of_people(people)
    low, high, printed = required(negative), required(positive), required(z)
    least, most = (end / 2 for end in _sizes(low.low - high.high, low.high - high.low))
    largest = largest_signed_z(float(least), float(most), m)
    return _z_verdict(printed, least**2 / Fraction(m * (m + 1) * (2 * m + 1), 24), largest, f"{negative} / {positive}")


def z_from_u(u: str, n_a: str | int, n_b: str | int, z: str) -> Verdict:
    """Can this U give this Z of a Mann–Whitney test (sign left out)? Ties only make Z larger; how much is searched."""
    size_a, size_b, statistic = number_of_people(n_a), number_of_people(n_b), required(u)
    half, n = Fraction(size_a * size_b, 2), size_a + size_b
    least, most = _sizes(statistic.low - half, statistic.high - half)
    largest = largest_z(float(least), float(most), size_a, size_b)
    return _z_verdict(required(z), least**2 / Fraction(size_a * size_b * (n + 1), 12), largest, f"U = {u}")


def _z_verdict(z: Printed, least: Fraction, largest: float | None, what: str) -> Verdict:
    """Does Z lie between the root of `least` and `largest`? None where no ranks at all give what is printed."""
    if largest is None:
        return inconsistent("z-from-ranks.no-ranks", what=what)
    size, most = _sizes(z.low, z.high), Fraction(max(largest, sqrt(least)))
    values = {"z": z.text, "least": rounded(Fraction(sqrt(least)), z), "most": rounded(most, z)}
    if size[1] ** 2 < least:
        return inconsistent("z-from-ranks.too-small", **values)
    if size[0] > most * ROOM:
        return inconsistent("z-from-ranks.too-large", **values)
    return consistent("z-from-ranks.agrees", **values)


ROOM = 1 + Fraction(1, 10**12)  # a root is no fraction


def u_from_rank_sums(sum_a: str, n_a: str | int, sum_b: str, n_b: str | int, u: str) -> Verdict:
    """Is U a sum of ranks less n(n + 1)/2? Either group's U is accepted; SPSS prints the smaller."""
    statistic, sizes = required(u), (number_of_people(n_a), number_of_people(n_b))
    sums = (required(sum_a), required(sum_b))
    least = [Fraction(n * (n + 1), 2) for n in sizes]
    found = [(total.value - ranks, total, n) for total, ranks, n in zip(sums, least, sizes, strict=True)]
    right, total, n = min(found, key=lambda one: one[0])
    values = {"u": u, "sum": total.text, "n": n, "right": rounded(right, statistic)}
    ends = [(total.low - ranks, total.high - ranks) for total, ranks in zip(sums, least, strict=True)]
    if any(_meet(end, _reach(statistic)) for end in ends):
        return consistent("u-from-rank-sums.agrees", **values)
    return inconsistent("u-from-rank-sums.differs", rounded(right, statistic), **values)


def w_is_rank_sum(w: str, sum_a: str, sum_b: str) -> Verdict:
    """Is Wilcoxon's W one of the two printed sums of ranks?"""
    values = {"w": w, "a": sum_a, "b": sum_b}
    if any(_meet(_reach(required(w)), _reach(required(total))) for total in (sum_a, sum_b)):
        return consistent("w-is-rank-sum.agrees", **values)
    return inconsistent("w-is-rank-sum.differs", **values)


def se_of_mean(sd: str, n: str | int, se: str) -> Verdict:
    """Is the printed standard error SD / √n?"""
    spread, error, size = required(sd), required(se), number_of_people(n)
    values = {"sd": sd, "n": size, "se": se}
    ends = tuple(size * max(end, Fraction(0)) ** 2 for end in _reach(error))
    if error.value >= 0 and _meet((max(spread.low, Fraction(0)) ** 2, spread.high**2), ends):
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
    size, wanted = _sizes(*_reach(statistic)), _sizes(*_reach(change))
    right = rounded(Fraction(float(change.value / spread.value) * sqrt(n)), statistic)
    values = {"sum": sum_, "t": t, "right": right}
    ends = (size[0] ** 2 * max(spread.low, Fraction(0)) ** 2, size[1] ** 2 * spread.high**2)
    if not _meet(ends, (n * wanted[0] ** 2, n * wanted[1] ** 2)):
        return inconsistent("t-from-mean.differs", right, **values)
    if change.high < 0 < statistic.low or statistic.high < 0 < change.low:
        return cannot_tell("t-from-mean.other-sign", **values)
    return consistent("t-from-mean.agrees", **values)


def _t_of_no_spread(change: Printed, spread: Printed, n: int, statistic: Printed, sum_: str) -> Verdict:
    """A spread printed as 0.00 may be a small one: t is as large as that leaves it, or larger."""
    if spread.value < 0:
        raise NotApplicable("no-spread")
    least = sqrt(n) * float(_sizes(*_reach(change))[0] / spread.high)
    values = {"sum": sum_, "t": statistic.text, "right": f"≥ {rounded(Fraction(least), statistic)}"}
    if _sizes(*_reach(statistic))[1] < least:
        return inconsistent("t-from-mean.differs", **values)
    return consistent("t-from-mean.agrees", **values)


def r_of_change(sd_before: str, sd_after: str, sd_change: str, r: str) -> Verdict:
    """Do the three SDs and the correlation agree: SD change² = SD before² + SD after² − 2 r SD before SD after?"""
    first, last, change, printed_r = (required(text) for text in (sd_before, sd_after, sd_change, r))
    if min(first.low, last.low) <= 0 or change.value < 0:
        raise NotApplicable("no-spread")
    values = {"before": sd_before, "after": sd_after, "sd": sd_change, "r": r}
    wanted = (max(change.low, Fraction(0)) ** 2, change.high**2)
    if _meet(squared_sd_of_change(first, last, printed_r), wanted):
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
    return inconsistent(key, **said)


def _said_of_r(arm: ArmSummary, reading: Reading) -> dict[str, object]:
    """The numbers that a sentence about one reading of r mentions."""
    low, high = (_written(end, reading.decimals) for end in reading.shown)
    said: dict[str, object] = {"low": low, "high": high}
    said |= {"printed": getattr(arm, reading.source), "before": arm.sd_before, "after": arm.sd_after, "n": arm.n}
    if reading.source in ("t", "p"):
        least, most = (_written(end, required(arm.sd_before).decimals + 1) for end in reading.sd_change)
        change = arm.change_mean or f"{arm.mean_after} - {arm.mean_before}"
        said |= {"change": change, "least": least, "most": most, "test": (f"paired-{reading.source}",)}
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
    if all(_meet(one, _reach(end)) for one, end in zip(reach, ends, strict=True)):
        return consistent("interval-of-mean.agrees", **said)
    return inconsistent("interval-of-mean.differs", said["right"], **said)


RULES = (
    rank_sum_of_mean,
    rank_sums_total,
    z_basis,
    z_from_rank_sums,
    z_from_u,
    u_from_rank_sums,
    w_is_rank_sum,
    se_of_mean,
    t_from_change,
    t_from_se,
    r_of_change,
    r_possible,
    interval_of_mean,
)
