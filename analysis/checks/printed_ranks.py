"""Rules about the parts of one rank test: do its mean ranks, sums of ranks, U, W and Z belong together?

Intervals that rounding leaves are closed and all arithmetic with them is exact: instead of taking roots,
squares are compared.
"""

from __future__ import annotations

from fractions import Fraction
from math import sqrt

from analysis.checks.verdicts import consistent, inconsistent, meet, reach_of, rounded
from analysis.recover import (
    Printed,
    largest_signed_z,
    largest_z,
    number_of_people,
    required,
    sizes,
)
from analysis.results import NotApplicable, Verdict


def rank_sum_of_mean(mean_rank: str, people: str | int, rank_sum: str) -> Verdict:
    """Is the printed sum of ranks the mean rank times the number of people?"""
    mean, total, n = required(mean_rank), required(rank_sum), number_of_people(people, 0)
    values = {"mean": mean_rank, "n": n, "sum": rank_sum}
    if meet((n * mean.low, n * mean.high), reach_of(total)):
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
    least, most = (end / 2 for end in sizes(low.low - high.high, low.high - high.low))
    largest = largest_signed_z(float(least), float(most), m)
    return _z_verdict(printed, least**2 / Fraction(m * (m + 1) * (2 * m + 1), 24), largest, f"{negative} / {positive}")


def z_from_u(u: str, n_a: str | int, n_b: str | int, z: str) -> Verdict:
    """Can this U give this Z of a Mann–Whitney test (sign left out)? Ties only make Z larger; how much is searched."""
    size_a, size_b, statistic = number_of_people(n_a), number_of_people(n_b), required(u)
    half, n = Fraction(size_a * size_b, 2), size_a + size_b
    least, most = sizes(statistic.low - half, statistic.high - half)
    largest = largest_z(float(least), float(most), size_a, size_b)
    return _z_verdict(required(z), least**2 / Fraction(size_a * size_b * (n + 1), 12), largest, f"U = {u}")


def _z_verdict(z: Printed, least: Fraction, largest: float | None, what: str) -> Verdict:
    """Does Z lie between the root of `least` and `largest`? None where no ranks at all give what is printed."""
    if largest is None:
        return inconsistent("z-from-ranks.no-ranks", what=what)
    size, most = sizes(z.low, z.high), Fraction(max(largest, sqrt(least)))
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
    if any(meet(end, reach_of(statistic)) for end in ends):
        return consistent("u-from-rank-sums.agrees", **values)
    return inconsistent("u-from-rank-sums.differs", rounded(right, statistic), **values)


def w_is_rank_sum(w: str, sum_a: str, sum_b: str) -> Verdict:
    """Is Wilcoxon's W one of the two printed sums of ranks?"""
    values = {"w": w, "a": sum_a, "b": sum_b}
    if any(meet(reach_of(required(w)), reach_of(required(total))) for total in (sum_a, sum_b)):
        return consistent("w-is-rank-sum.agrees", **values)
    return inconsistent("w-is-rank-sum.differs", **values)


RULES = {
    "statistics": (
        rank_sum_of_mean,
        rank_sums_total,
        z_basis,
        z_from_rank_sums,
        z_from_u,
        u_from_rank_sums,
        w_is_rank_sum,
    ),
}
