"""Rules about percentages: which counts could they be, and of whom?"""

from __future__ import annotations

from analysis.checks.numbers import unsigned
from analysis.checks.verdicts import cannot_tell, consistent, inconsistent, meet, reach_of, rounded, runs
from analysis.recover import counts_for, number_of_people, required
from analysis.results import NotApplicable, Verdict


def percentage(count: str, total: str | int, printed: str, everybody: str | int | None = None) -> Verdict:
    """Is this count the printed percentage of the total, rounded or cut off, or of everybody in all groups?"""
    number, size, seen = required(printed), number_of_people(total), required(count).value
    right = rounded(100 * seen / size, number)
    said = {"count": count, "n": size, "percent": printed, "right": right}
    for habit in number.habits:
        if habit.may_be(100 * seen / size):
            return consistent("percentage.cut" if habit.cut else "percentage.agrees", **said)
    if everybody is not None and number.may_be(100 * seen / number_of_people(everybody)):
        return consistent("percentage.of-everybody", everybody=everybody, **said)
    fitting = list(counts_for(number, size))
    expected = str(fitting[0]) if len(fitting) == 1 else None
    return inconsistent("percentage.differs", expected, fitting=_list(fitting), **said)


def _list(counts: list[int]) -> str:
    return ", ".join(map(str, counts)) or "–"


def percentage_possible(printed: str, total: str | int | None, largest: int = 60) -> Verdict:
    """Can some count out of `total` print as this percentage? Without a total: which totals could."""
    number = required(printed)
    if number.value < 0 or number.value > 100:
        return inconsistent("percentage-possible.outside", percent=printed)
    if total is None:
        fitting = [n for n in range(1, largest + 1) if counts_for(number, n)]
        return cannot_tell(
            "percentage-possible.no-n",
            percent=printed,
            smallest=fitting[0] if fitting else largest,
            totals=runs(fitting) or "–",
            largest=largest,
        )
    size = number_of_people(total)
    for habit in number.habits:
        if fitting := list(counts_for(habit, size)):
            said = {"percent": printed, "n": size, "counts": _list(fitting)}
            return consistent("percentage-possible.cut" if habit.cut else "percentage-possible.possible", **said)
    return inconsistent("percentage-possible.impossible", percent=printed, n=size)


def percentages_total(percents: tuple[str, ...], whole: str | int = 100) -> Verdict:
    """Do shares that should cover everybody add up to 100 (or to `whole`, such as n), as far as rounding allows?"""
    if not percents:
        raise NotApplicable("not-a-number", text="")
    numbers, wanted = [required(text) for text in percents], required(whole).value
    low, high = sum(n.low for n in numbers), sum(n.high for n in numbers)
    decimals = max(n.decimals for n in numbers)
    total = f"{float(sum(n.value for n in numbers)):.{decimals}f}"
    said = {"shares": " + ".join(map(str, percents)), "total": total, "whole": str(whole)}
    if wanted != 100 and low <= wanted <= high:
        return consistent("percentages-total.agrees-whole", **said)
    if wanted != 100:
        return inconsistent("percentages-total.differs-whole", **said)
    if low <= wanted <= high:
        return consistent("percentages-total.agrees", **said)
    return inconsistent("percentages-total.differs", **said)


def percent_change(before: str, after: str, printed: str) -> Verdict:
    """Is (after − before) / before the printed percentage, as far as rounding allows?"""
    first, last, change = required(before), required(after), required(printed)
    if first.low <= 0:
        return cannot_tell("percent-change.no-start", before=before)
    reach = sorted(100 * (a - b) / b for a in (last.low, last.high) for b in (first.low, first.high))
    right = rounded(100 * (last.value - first.value) / first.value, change)
    said = {"before": before, "after": after, "percent": printed, "right": right}
    for habit in change.habits:
        if meet((reach[0], reach[-1]), reach_of(habit)):
            return consistent("percent-change.cut" if habit.cut else "percent-change.agrees", **said)
    if unsigned(change, reach[0], reach[-1]):
        return consistent("percent-change.unsigned", **said)
    return inconsistent("percent-change.differs", right, **said)


RULES = {
    "other-contradictions": (
        percentage,
        percentage_possible,
        percentages_total,
        percent_change,
    ),
}
