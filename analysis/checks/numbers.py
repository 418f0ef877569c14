"""Rules about single numbers: can this mean, SD, median or percentage be what it says it is?

Rounding intervals are closed at both ends, so half-up and half-even printing both pass. All arithmetic
is exact (fractions), so a verdict never hangs on a float.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from analysis.checks.verdicts import NO_CHECK, cannot_tell, consistent, inconsistent, meet, reach_of, rounded
from analysis.recover import Printed, number_of_people, p_is_bound, p_upper, required, squares_for, whole_sums
from analysis.results import NotApplicable, Verdict


def grim(mean: str, n: str | int, items: int = 1) -> Verdict:
    """Can `n` whole scores (means of `items` whole items) have this mean? (Brown & Heathers 2017)"""
    number, size = required(mean), number_of_people(n) * items
    for habit in number.habits:
        if totals := whole_sums(habit, size):
            right = rounded(Fraction(totals[0], size), number)
            said = {"mean": mean, "n": size, "total": totals[0], "nearest": right}
            return consistent("grim.cut" if habit.cut else "grim.possible", **said)
    total = round(number.value * size)
    nearest = rounded(Fraction(total, size), number)
    return inconsistent("grim.impossible", nearest, mean=mean, n=size, total=total, nearest=nearest)


def grimmer(mean: str, sd: str, n: str | int, items: int = 1, ddof: int = 1) -> Verdict:
    """Can `n` whole scores have this mean and this SD together? (Anaya 2016; Allard 2018)

    The sum of squares of whole scores is whole, odd exactly when their sum is odd, and at least what
    the most even spread of that sum over n people gives. `ddof` is 1 where the SD divides by n − 1, 0 where by n.
    """
    number, spread, size = required(mean), required(sd), number_of_people(n, 2)
    if spread.value < 0:
        return inconsistent("grimmer.negative", sd=sd)
    if items > 1:
        return _grimmer_of_items(number, spread, size, items, ddof)
    totals = whole_sums(number, size)
    if any(_square_fits(total, size, spread, ddof) for total in totals):
        return consistent("grimmer.possible", mean=mean, sd=sd, n=size)
    if any(_square_fits(total, size, spread.cut_off, ddof) for total in whole_sums(number.cut_off, size)):
        return consistent("grimmer.cut", mean=mean, sd=sd, n=size)
    if not totals:
        return grim(mean, n)
    nearest = _nearest_sd(totals, size, spread, ddof)
    return inconsistent("grimmer.impossible", nearest, mean=mean, sd=sd, n=size, nearest=nearest)


def _square_fits(total: int, n: int, sd: Printed, ddof: int) -> bool:
    return any(_is_sum_of_squares(total, n, squares) for squares in squares_for(total, n, sd, ddof))


def _is_sum_of_squares(total: int, n: int, squares: int) -> bool:
    """True when n whole numbers (no limits) with this total can have this sum of squares.

    The least is the most even spread; above it only even steps occur. From five people on every even
    step does (shown by brute force in the tests); up to four, numbers are tried out.
    """
    share, rest = divmod(total, n)
    extra = squares - (n * share * share + rest * (2 * share + 1))
    if extra < 0 or extra % 2:
        return False
    if n >= UNIVERSAL_FROM:
        return True
    if n == 1:
        return squares == total * total
    if extra > LARGEST_SQUARES:
        raise NotApplicable("too-many", n=n, levels=math.isqrt(squares))
    reach = math.isqrt(extra) + 1
    return any(_is_sum_of_squares(total - x, n - 1, squares - x * x) for x in range(share - reach, share + reach + 2))


UNIVERSAL_FROM = 5
LARGEST_SQUARES = 10**6  # for so few people over so wide a spread every number would be tried


def _nearest_sd(totals: range, n: int, sd: Printed, ddof: int) -> str:
    """The SD that some n whole scores can have nearest to the printed one, printed alike."""
    best: Fraction | None = None
    for total in totals:
        squares = squares_for(total, n, sd, ddof)
        for candidate in range(squares.start - 3, squares.stop + 3):
            if _is_sum_of_squares(total, n, candidate):
                variance = (candidate - Fraction(total * total, n)) / (n - ddof)
                value = Fraction(math.sqrt(variance)).limit_denominator(10**9)
                if best is None or abs(value - sd.value) < abs(best - sd.value):
                    best = value
    return rounded(best, sd) if best is not None else ""


def _grimmer_of_items(mean: Printed, sd: Printed, n: int, items: int, ddof: int) -> Verdict:
    """The same question for means of items: the sums over items are whole, their scores 1/items apart."""
    totals = whole_sums(mean, n * items)
    if not totals:
        return grim(mean.text, n, items)
    gap = Fraction(1, items)
    if any(_is_sum_of_squares(t, n, q) for t in totals for q in squares_for(t, n, sd, ddof, gap)):
        return consistent("grimmer.possible", mean=mean.text, sd=sd.text, n=n)
    return inconsistent("grimmer.impossible-items", mean=mean.text, sd=sd.text, n=n, items=items)


def sd_bounds(mean: str, sd: str, n: str | int, low: str | int, high: str | int) -> Verdict:
    """Does the SD lie between what the mean and the ends of the scale allow? (Heathers & Brown 2019, DEBIT/TIDES)

    Values may be any numbers on low..high; the largest SD has everybody at the ends, but the one whom
    the mean needs in between.
    """
    number, spread, size = required(mean), required(sd), number_of_people(n, 2)
    bottom, top = required(low).value, required(high).value
    width = top - bottom
    if width <= 0:
        raise NotApplicable("scale-empty", low=float(bottom), high=float(top))
    if spread.value < 0:
        return inconsistent("grimmer.negative", sd=sd)
    if not bottom <= number.high or not number.low <= top:
        return inconsistent("sd-bounds.mean-outside", mean=mean, low=str(low), high=str(high))
    least_total, most_total = (
        min(max((end - bottom) / width, Fraction(0)), Fraction(1)) * size for end in (number.low, number.high)
    )
    most = _largest_variance(least_total, most_total, size) * width**2
    if max(spread.low, Fraction(0)) ** 2 <= most:
        return consistent("sd-bounds.possible", sd=sd, mean=mean, n=size, most=math.sqrt(most))
    return inconsistent("sd-bounds.too-large", sd=sd, mean=mean, n=size, most=math.sqrt(most))


def _largest_variance(low: Fraction, high: Fraction, n: int) -> Fraction:
    """The largest variance of n numbers from 0 to 1 whose total lies between these two.

    Between whole totals it is convex, over whole ones concave and highest in the middle.
    """
    first, last = math.ceil(low), math.floor(high)
    wholes = {min(max(half, first), last) for half in (n // 2, (n + 1) // 2)} if first <= last else set()
    return max(_spread_out(Fraction(total), n) for total in (low, high, *wholes))


def _spread_out(total: Fraction, n: int) -> Fraction:
    """The variance of n numbers from 0 to 1 with this total, as many as can be at the ends."""
    whole = math.floor(total)
    return (whole + (total - whole) ** 2 - total * total / n) / (n - 1)


def debit(mean: str, sd: str, n: str | int) -> Verdict:
    """Do mean and SD of yes/no answers (1/0) agree? SD² = n/(n − 1)·p·(1 − p) (Heathers & Brown 2019)"""
    number, spread, size = required(mean), required(sd), number_of_people(n, 2)
    for yes in whole_sums(number, size):
        variance = Fraction(yes * (size - yes), size * (size - 1))
        if max(spread.low, Fraction(0)) ** 2 <= variance <= spread.high**2:
            return consistent("debit.possible", mean=mean, sd=sd, n=size, yes=yes)
    share = number.value
    variance = max(Fraction(0), share * (1 - share)) * Fraction(size, size - 1)
    right = rounded(Fraction(math.sqrt(variance)), spread)
    return inconsistent("debit.impossible", right, mean=mean, sd=sd, n=size, right=right)


def median_possible(median: str, n: str | int, step: int = 1) -> Verdict:
    """Can `n` scores in steps of `step` have this median? An odd n gives a score, an even n maybe a half step."""
    number, size = required(median), number_of_people(n)
    gap = Fraction(number_of_people(step)) if size % 2 else Fraction(number_of_people(step), 2)
    nearest = round(number.value / gap) * gap
    if number.may_be(nearest):
        return consistent("median-possible.possible", median=median, n=size)
    expected = rounded(nearest, number)
    key = "median-possible.impossible-odd" if size % 2 else "median-possible.impossible-even"
    return inconsistent(key, expected, median=median, n=size)


def counts_total(counts: tuple[str, ...], n: str | int) -> Verdict:
    """Do these counts add up to the number of people?"""
    size, found = number_of_people(n), sum(number_of_people(text, 0) for text in counts)
    values = {"sum": " + ".join(map(str, counts)), "total": found, "n": size}
    if found == size:
        return consistent("counts-total.agrees", **values)
    return inconsistent("counts-total.differs", **values)


def rank_sums(mean_positive: str, positive: str | int, mean_negative: str, negative: str | int) -> Verdict:
    """Do mean ranks × people give all ranks 1..m? Their sum must be m(m + 1)/2."""
    up, down = number_of_people(positive, 0), number_of_people(negative, 0)
    return all_ranks(((up, required(mean_positive)), (down, required(mean_negative))))


Group = tuple[int, Printed]  # people and their mean rank


def all_ranks(groups: Sequence[Group]) -> Verdict:
    """Do the mean ranks of these groups give all ranks 1..m?"""
    m = sum(size for size, _ in groups)
    wanted = Fraction(m * (m + 1), 2)
    values = {
        "sum": " + ".join(f"{size} × {rank.text}" for size, rank in groups), "m": m, "wanted": f"{float(wanted):g}",
        "found": f"{float(sum(size * rank.value for size, rank in groups)):.2f}",
    }  # fmt: skip
    if sum(size * rank.low for size, rank in groups) <= wanted <= sum(size * rank.high for size, rank in groups):
        return consistent("rank-sums.agree", **values)
    return inconsistent("rank-sums.differ", **values)


def change_arithmetic(before: str, after: str, printed: str) -> Verdict:
    """Is after − before the printed change, as far as rounding allows? A fall may be printed without its sign."""
    first, last, change = required(before), required(after), required(printed)
    low, high = last.low - first.high, last.high - first.low
    if meet((low, high), reach_of(change)):
        return consistent("change-arithmetic.agrees", before=before, after=after, change=printed)
    right = rounded(last.value - first.value, change)
    if unsigned(change, low, high):
        return consistent("change-arithmetic.unsigned", before=before, after=after, change=printed, right=right)
    return inconsistent("change-arithmetic.differs", right, before=before, after=after, change=printed, right=right)


def unsigned(change: Printed, low: Fraction, high: Fraction) -> bool:
    """Whether what is printed is the size of a fall between these two ends."""
    return change.value > 0 > low and -high <= change.high and change.low <= -low


def sd_of_change_possible(sd_change: str, sd_before: str | None = None, sd_after: str | None = None) -> Verdict:
    """Can this be the SD of change? It lies between |SD after − SD before| (r = 1) and their sum (r = −1)."""
    change = required(sd_change)
    if change.value < 0:
        return inconsistent("sd-of-change.negative", sd=sd_change)
    if sd_before is None or sd_after is None:
        return cannot_tell("sd-of-change.no-sds", sd=sd_change)
    first, last = required(sd_before), required(sd_after)
    least = max(Fraction(0), max(first.low - last.high, last.low - first.high))
    most = first.high + last.high
    values = {"sd": sd_change, "before": sd_before, "after": sd_after, "least": float(least), "most": float(most)}
    if change.high < least or change.low > most:
        return inconsistent("sd-of-change.impossible", **values)
    if change.may_be(abs(last.value - first.value)):
        return cannot_tell("sd-of-change.slip", **values)
    return consistent("sd-of-change.possible", **values)


def p_zero(p: str) -> Verdict:
    """A p printed as 0.000 is a matter of style: it stands for p < 0.0005, not for zero."""
    if p_is_bound(str(p)) or required(str(p).lstrip("= ")).value != 0:
        return consistent("p-zero.fine", p=p)
    return cannot_tell("p-zero.zero", p=p, upper=f"{p_upper(p):g}")


# Bounds belong to check 4.10, not 4.8, as the guidance of INSPECT-SR places them.
RULES = {
    "participants": (counts_total,),
    "impossible-values": (
        grim,
        grimmer,
        debit,
    ),
    "statistics": (rank_sums,),
    "other-contradictions": (
        sd_bounds,
        median_possible,
        change_arithmetic,
        sd_of_change_possible,
    ),
    NO_CHECK: (p_zero,),
}
