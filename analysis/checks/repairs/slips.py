"""The small changes that a printed number may have gone through: rounding, a digit, two digits, a formula."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from analysis.checks.numbers import grimmer
from analysis.checks.repairs.repair import COSTS, WHOLE_DIGIT
from analysis.checks.verdicts import rounded
from analysis.recover import Printed, number_of_people, required

PLAIN = re.compile(r"-?\d{1,12}(\.\d{1,12})?")  # longer numbers are no study's
NEVER_PRINTED = re.compile(r"-?0\d.*|-0(\.0+)?")  # "07", "-0"
MISSING_PEOPLE = (1, 2)


@dataclass(frozen=True)
class Slip:
    """A kind of change, the text before it happened, and how large it is."""

    kind: str
    text: str
    cost: int


def plain(text: str) -> str:
    """Text as typed, without blanks around it and with a decimal point."""
    return text.strip().replace(",", ".")


def slips(text: str) -> Iterator[Slip]:
    """What a printed number may have been before one slip: rounding, one digit, two neighbours; each once."""
    if not PLAIN.fullmatch(text):
        return
    seen = {text}
    for slip in (*_roundings(text), *_digits(text), *_swaps(text)):
        if slip.text not in seen and not NEVER_PRINTED.fullmatch(slip.text):
            seen.add(slip.text)
            yield slip


def _roundings(text: str) -> Iterator[Slip]:
    """One unit of the last decimal up and down; a number without decimals was not rounded."""
    number = Printed(text)
    for unit in (1, -1) if number.decimals else ():
        value = number.value + unit * 2 * number.half_unit
        if (value < 0) == (number.value < 0):
            yield Slip("rounding", rounded(value, number), COSTS["rounding"])


def _digits(text: str) -> Iterator[Slip]:
    for place in _places(text):
        for digit in "0123456789":
            yield Slip("digit", f"{text[:place]}{digit}{text[place + 1 :]}", _cost("digit", text, place))


def _swaps(text: str) -> Iterator[Slip]:
    places = _places(text)
    for left, right in pairwise(places):
        between = text[left + 1 : right]
        turned = f"{text[:left]}{text[right]}{between}{text[left]}{text[right + 1 :]}"
        yield Slip("swapped", turned, _cost("swapped", text, left))


def _places(text: str) -> list[int]:
    return [place for place, letter in enumerate(text) if letter.isdigit()]


def _cost(kind: str, text: str, place: int) -> int:
    """`place` is that of the leftmost digit that changes."""
    return COSTS[kind] if "." in text[:place] else WHOLE_DIGIT


def missing_people(n: str) -> Iterator[Slip]:
    """One or two people fewer or more than printed."""
    for people in MISSING_PEOPLE:
        for size in (number_of_people(n) - people, number_of_people(n) + people):
            if size > 0:
                yield Slip("n-off", str(size), COSTS["n-off"] + people - 1)


def other_formulas(mean: str, sd: str, n: str) -> Iterator[tuple[Slip, int]]:
    """The SD (dividing by n − 1) that a printed "SD" stands for if it is an SE or divides by n.

    With it comes the `ddof` that reads the printed text so, within its own rounding. The SD itself is
    the nearest that `n` whole scores with this mean can have.
    """
    size = number_of_people(n, 2)
    for kind, factor, ddof in (
        ("ddof", Fraction(size, size - 1), 0),
        # SE² · n(n − 1) is the sum of squared deviations, as SD² · (n − ddof) is
        ("sd-is-se", Fraction(size), size - size * (size - 1)),
    ):
        printed = required(sd)
        about = rounded(Fraction(math.sqrt(factor)) * printed.value, printed)
        nearest = grimmer(mean, about, n)
        yield Slip(kind, nearest.expected or about, COSTS[kind]), ddof
