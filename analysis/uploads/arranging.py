"""What a user says of the columns → the layout; whatever they leave as it was proposed stays as it was proposed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.studies import Measure, Timepoint
from analysis.uploads.layout import Layout, Measured, id_of, same_words
from analysis.uploads.proposal import arms_in, measure_of, timepoints_in
from analysis.uploads.sheets import Sheet
from analysis.uploads.vocabulary import Moment, moment_in
from analysis.words import Say

COUNTED, SUMMARISED = (
    ("yes", "no", "n"),
    ("n", "mean", "sd", "se", "median", "q1", "q3", "minimum", "maximum", "ci_low", "ci_high", "change_mean",
     "change_sd"),
)  # fmt: skip
STATISTICS: Mapping[str, tuple[str, ...]] = {"counts": COUNTED, "summaries": SUMMARISED}


@dataclass(frozen=True)
class Part:
    """A column with values, as its user names it: the outcome, when it was measured, and which number it is.

    `when` is blank where a column of its own says so, `statistic` where the values are people's own.
    """

    column: str
    outcome: str
    when: str = ""
    statistic: str = ""


def parts_of(layout: Layout, say: Say) -> tuple[Part, ...]:
    """The columns with values as they stand in a layout, in words."""
    return tuple(
        Part(one.column, say.text(layout.outcomes[one.outcome].label), _when(layout, one, say), one.statistic)
        for one in layout.measured
    )


def _when(layout: Layout, one: Measured, say: Say) -> str:
    return "" if layout.timepoint or not one.timepoint else say.text(layout.timepoints[one.timepoint].label)


def arranged(
    sheet: Sheet, proposed: Layout, *, participant: str, arm: str, timepoint: str, parts: Sequence[Part]
) -> Layout:
    """The layout with other columns, or other names for what they hold; "" where there is no such column."""
    arm = "" if arm == timepoint else arm
    arms = proposed.arms if arm == proposed.arm else arms_in(sheet, arm)
    outcomes, yes = _outcomes(sheet, proposed, parts)
    times = _times(sheet, proposed, timepoint, parts)
    keys = {label: key for key, measure in outcomes.items() for label in measure.label.values()}
    moments = {label: key for key, time in times.items() for label in time.label.values()}
    measured = tuple(
        Measured(one.column, keys[one.outcome], "" if timepoint else moments.get(one.when, ""), one.statistic)
        for one in parts
    )
    return replace(
        proposed, participant=participant, arm=arm, timepoint=timepoint, measured=measured, outcomes=outcomes,
        arms=arms, timepoints=times, yes=yes,
    )  # fmt: skip


def _outcomes(sheet: Sheet, proposed: Layout, parts: Sequence[Part]) -> tuple[dict[str, Measure], dict]:
    """Outcomes by id, in the order of their columns, and what counts as yes; those proposed keep what was proposed."""
    known = {label: key for key, measure in proposed.outcomes.items() for label in measure.label.values()}
    columns: dict[str, list[str]] = {}
    for one in parts:
        columns.setdefault(one.outcome, []).append(one.column)
    outcomes: dict[str, Measure] = {}
    yes: dict[str, frozenset[str]] = {}
    for label, names in columns.items():
        key = known.get(label)
        if key is not None and names == [one.column for one in proposed.measured if one.outcome == key]:
            outcomes[key], yes[key] = proposed.outcomes[key], proposed.yes.get(key, frozenset())
            continue
        key = id_of(label, {*outcomes, *known.values()}, "outcome") if key in (None, *outcomes) else key
        if proposed.shape in STATISTICS:
            outcomes[key] = replace(next(iter(proposed.outcomes.values())), id=key, label=same_words(label))
        else:
            outcomes[key], yes[key] = measure_of(key, label, [sheet.column(name) for name in names])
    return outcomes, yes


def _times(sheet: Sheet, proposed: Layout, timepoint: str, parts: Sequence[Part]) -> Mapping[str, Timepoint]:
    """Timepoints by what stands in their column, or by their id where each column has one; in time, then as named."""
    if timepoint:
        same = timepoint == proposed.timepoint
        return proposed.timepoints if same else timepoints_in(sheet.column(timepoint))
    if not any(one.when for one in parts):
        return {"": Timepoint("measured", {"en": "Measured", "id": "Diukur"}, None)}
    known = {label: key for key, time in proposed.timepoints.items() for label in time.label.values()}
    found: dict[str, Timepoint] = {}
    for place, label in enumerate(dict.fromkeys(one.when for one in parts if one.when)):
        if not proposed.timepoint and label in known:
            found[known[label]] = proposed.timepoints[known[label]]
        else:
            moment = moment_in(label)[0] or Moment(float(place), label)
            key = id_of(label, {time.id for time in found.values()}, "time")
            found[key] = Timepoint(key, same_words(label), moment.day, moment.baseline)
    return dict(sorted(found.items(), key=lambda one: _order(one[1], list(found))))


def _order(time: Timepoint, as_named: list[str]) -> tuple[float, int]:
    """Where a timepoint stands: what is told before or after by its words, else as its columns come."""
    moment = moment_in(time.id)[0] or moment_in(time.label["en"])[0]
    place = as_named.index(time.id) if time.id in as_named else 0
    return (moment.order if moment else float(place)), place
