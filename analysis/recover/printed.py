"""Printed numbers: what a reader may conclude from "3.50", no more and no less.

A printed number stands for every value that rounds to it. Both ends of that interval are kept
(closed), so that half-up and half-even rounding are covered alike. Where a paper cuts numbers off instead,
`cut_off` stands for what begins with the same digits. All arithmetic is exact.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import TypeVar

from analysis.results import NotApplicable


@dataclass(frozen=True)
class Printed:
    """One printed number: its text, and the closed interval of values that it may stand for."""

    text: str
    cut: bool = False  # its further digits were left out, not rounded

    @property
    def cut_off(self) -> Printed:
        return replace(self, cut=True)

    @property
    def habits(self) -> tuple[Printed, Printed]:
        """The two ways of printing, the usual one first."""
        return self, self.cut_off

    @property
    def value(self) -> Fraction:
        return Fraction(_decimal(self.text))

    @property
    def decimals(self) -> int:
        return max(0, -int(_decimal(self.text).as_tuple().exponent))

    @property
    def half_unit(self) -> Fraction:
        return Fraction(1, 2 * 10**self.decimals)

    @property
    def low(self) -> Fraction:
        return self.value - (self._left_out if self.value < 0 else 0) if self.cut else self.value - self.half_unit

    @property
    def high(self) -> Fraction:
        return self.value + (self._left_out if self.value >= 0 else 0) if self.cut else self.value + self.half_unit

    @property
    def _left_out(self) -> Fraction:
        """The most that can be left out: just less than one unit of the last digit."""
        return 2 * self.half_unit * ALMOST_ONE

    def may_be(self, value: float | Fraction) -> bool:
        """True when `value`, rounded (or cut off) to the printed decimals, can give this text."""
        return self.low <= Fraction(value) <= self.high


ALMOST_ONE = 1 - Fraction(1, 10**12)
LARGEST_EXPONENT = 30  # no study prints 1e99; exact fractions of it would take for ever


def _decimal(text: str) -> Decimal:
    try:
        value = Decimal(text.strip().replace(",", "."))
    except (InvalidOperation, AttributeError) as error:
        raise NotApplicable("not-a-number", text=str(text)) from error
    if not value.is_finite() or abs(value.adjusted()) > LARGEST_EXPONENT:
        raise NotApplicable("not-a-number", text=text)
    return value


def printed(text: str | int | float | None) -> Printed | None:
    """`Printed` from text; None and blanks stay unknown. Whole numbers may come as int."""
    if text is None or (isinstance(text, str) and not text.strip()):
        return None
    number = Printed(str(text))
    _decimal(number.text)
    return number


def required(text: str | int) -> Printed:
    """`Printed` from text that must be there.

    Raises:
        NotApplicable: blank, or no number.
    """
    number = printed(text)
    if number is None:
        raise NotApplicable("not-a-number", text=str(text))
    return number


Number = TypeVar("Number", float, Fraction)


def sizes(low: Number, high: Number) -> tuple[Number, Number]:
    """Smallest and largest size, sign left out, of the numbers between two ends."""
    one, other = max(low, -low), max(high, -high)
    return (one * 0 if low <= 0 <= high else min(one, other)), max(one, other)


def whole_sums(mean: Printed, n: int) -> range:
    """All whole totals of `n` values whose mean is printed as `mean`."""
    return range(math.ceil(mean.low * n), math.floor(mean.high * n) + 1)


def counts_for(percent: Printed, n: int) -> range:
    """All numbers of people out of `n` that print as this percentage."""
    return range(max(0, math.ceil(percent.low * n / 100)), min(n, math.floor(percent.high * n / 100)) + 1)


def squares_for(total: int, n: int, sd: Printed, ddof: int = 1, gap: Fraction = Fraction(1)) -> range:
    """All whole sums of squares of `n` values with this total whose SD is printed as `sd`.

    Total and squares count in steps of `gap`; `ddof` 1 divides by n − 1, 0 by n.
    """
    spread = Fraction(total * total, n)
    low, high = ((max(end, Fraction(0)) / gap) ** 2 * (n - ddof) + spread for end in (sd.low, sd.high))
    return range(math.ceil(low), math.floor(high) + 1)


def p_is_bound(text: str) -> bool:
    """Whether a printed p says only on which side of a number p lies ("<0.05")."""
    return text.strip().startswith(("<", "≤", ">", "≥"))


def number_of_p(text: str) -> Printed:
    """The number of a printed p, without the sign that may stand before it.

    Raises:
        NotApplicable: it is none.
    """
    return required(str(text).strip().lstrip("<≤>≥= "))


def p_matches(text: str, p: float) -> bool:
    """True when a test's `p` is what a study printed as `text` ("0.035", "0.000", "<0.05")."""
    low, high = p_reach(text)
    return low <= p <= high


def p_reach(text: str, *, cut: bool = False) -> tuple[float, float]:
    """Smallest and largest p that a printed p may stand for ("<0.05", "0.000", "0.035"), rounded or cut off.

    Raises:
        NotApplicable: it is no number.
    """
    text, number = str(text).strip(), number_of_p(text)
    if text.startswith(("<", "≤")):
        return 0.0, float(number.value)
    if text.startswith((">", "≥")):
        return float(number.value), 1.0
    number = number.cut_off if cut else number
    return max(0.0, float(number.low)), float(number.high)


def p_upper(text: str) -> float:
    """The largest p that a printed p value may stand for: "0.000" means p < 0.0005."""
    return min(1.0, p_reach(text)[1])
