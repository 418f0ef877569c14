"""Does a study print its numbers in one way? Cutting off or leaving out a sign is a habit, mixing a matter of style.

A number tells its habit only where it fits one and not the other: of two thirds 66.7% is rounded, 66.6% cut off.
"""

from __future__ import annotations

from collections.abc import Iterator

from analysis.checks.verdicts import NO_CHECK, cannot_tell, consistent
from analysis.recover import Printed, number_of_people, required, whole_sums
from analysis.results import Verdict
from analysis.studies import Figure, Study

USUAL = {"cut": "rounded", "unsigned": "signed"}  # the habit beside each that explains a number


def mixed_conventions(usual: tuple[str, ...], other: tuple[str, ...], habit: str) -> Verdict:
    """Are numbers printed in two ways: some as `habit` ("cut" or "unsigned") says, others as usual?"""
    said = {"usual": ", ".join(usual), "other": ", ".join(other)}
    if not (usual and other):
        return consistent("mixed-conventions.one-way", **said)
    return cannot_tell("mixed-conventions.cut" if habit == "cut" else "mixed-conventions.unsigned", **said)


def habits(study: Study) -> Iterator[tuple[str, Figure]]:
    """Figures that were surely printed by one habit: its name and the figure."""
    for figure in study.figures:
        habit = _of_rounding(study, figure) or _of_sign(study, figure)
        if habit:
            yield habit, figure


def _of_rounding(study: Study, figure: Figure) -> str:
    n, measure = study.measured(figure.arm, figure.outcome, figure.timepoint), study.outcomes[figure.outcome]
    if n is None or figure.printed_as:
        return ""
    number, size = required(figure.value), number_of_people(n)
    if figure.statistic == "mean" and measure.scale == "ordinal" and measure.step == 1:
        fits = [bool(whole_sums(habit, size)) for habit in number.habits]
    elif figure.statistic == "percent" and (seen := count_beside(study, figure)):
        fits = [habit.may_be(100 * required(seen).value / size) for habit in number.habits]
    else:
        return ""
    return {(True, False): "rounded", (False, True): "cut"}.get((fits[0], fits[1]), "")


def count_beside(study: Study, figure: Figure) -> str | None:
    """The count printed in the same place as a percentage of the same people."""
    place = {"arm": figure.arm, "outcome": figure.outcome, "timepoint": figure.timepoint, "level": figure.level}
    return next((f.value for f in study.find(statistic="count", **place) if f.locator == figure.locator), None)


def means_of_change(study: Study, figure: Figure) -> tuple[str, str] | None:
    """The means before and after that a figure about a change belongs to, where both are printed."""
    first, last = figure.timepoint.split(":")
    before, after = (study.value("mean", figure.arm, figure.outcome, t) for t in (first, last))
    return (before, after) if before and after else None


def _of_sign(study: Study, figure: Figure) -> str:
    """Only of falls: a rise has no sign to leave out."""
    if figure.statistic not in ("change_mean", "change_percent"):
        return ""
    ends = means_of_change(study, figure)
    if ends is None or not _fell(required(ends[0]), required(ends[1])):
        return ""
    return "unsigned" if required(figure.value).value > 0 else "signed"


def _fell(before: Printed, after: Printed) -> bool:
    return after.high < before.low


RULES = {
    NO_CHECK: (mixed_conventions,),
}
