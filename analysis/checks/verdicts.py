"""Small words that every rule uses: how a verdict is made and how its arithmetic is said.

A rule takes what is printed as text and returns a `Verdict`. Its explanation is a `Note` with the key
`<rule>.<what>`, said in any language by `say.note(verdict.explanation, "check")`. A rule knows no study.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from analysis.recover import Printed
from analysis.results import Interval, Note, Verdict

NO_CHECK = ""  # of INSPECT-SR: rules about design and reporting, or between studies, answer none of one study


def consistent(key: str, **values: object) -> Verdict:
    return Verdict("consistent", Note(key, values))


def inconsistent(key: str, expected: str | None = None, **values: object) -> Verdict:
    return Verdict("inconsistent", Note(key, values), expected)


def cannot_tell(key: str, **values: object) -> Verdict:
    return Verdict("cannot tell", Note(key, values))


def not_checked(numbers: Iterable[object]) -> Verdict:
    """Numbers that a rule can't read; those that are blank are left out."""
    return cannot_tell("not-checked.numbers", numbers=", ".join(str(number) for number in numbers if number))


def rounded(value: Fraction, like: Printed) -> str:
    """A value written with as many decimals as the printed one, halves away from zero."""
    scale = 10**like.decimals
    units = int(abs(value) * scale + Fraction(1, 2))
    written = f"{units / scale:.{like.decimals}f}"
    return f"-{written}" if value < 0 and units else written


def runs(numbers: list[int]) -> str:
    """ "23–28, 45–57": whole numbers as runs."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][-1] + 1:
            found[-1].append(number)
        else:
            found.append([number])
    written = [f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in found]
    return ", ".join(written if len(written) <= MOST_RUNS else [*written[:MOST_RUNS], "…"])


MOST_RUNS = 8  # enough to see the pattern


Reach = tuple[Fraction, Fraction] | Interval


def reach_of(number: Printed) -> tuple[Fraction, Fraction]:
    """What a printed number may stand for."""
    return number.low, number.high


def meet(a: Reach, b: Reach) -> bool:
    """Whether two reaches have a number in common."""
    return a[0] <= b[1] and b[0] <= a[1]
