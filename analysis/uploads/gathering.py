"""A sheet and its layout → people, or printed numbers, and a list of every cell that doesn't fit.

Nothing is left out in silence: each row or value that can't be used stands in a `Fault` with the reason, and the words
say what to do about it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from analysis.studies import OF_CHANGE, Arm, Measure, Timepoint, harmless
from analysis.uploads.layout import Layout, Measured
from analysis.uploads.numbers import is_blank, number
from analysis.uploads.reader import Cell
from analysis.uploads.sheets import Column, Sheet
from analysis.uploads.vocabulary import NO

FEWEST = 2  # people of an arm of whom anything can be said
MOST_ARMS = 30
MOST_TIMES = 60
SHOWN = 60  # characters of a cell that a fault repeats
ROUND = 1e-9  # within which a value is taken to stand on a step of its scale


@dataclass(frozen=True)
class Fault:
    """What is wrong in some rows of one column, or with the whole ("" and no rows).

    `key` names the reason in `upload-fault` and what to do in `upload-fix`; `values` are what they mention. With
    `blocks` there can be no study; otherwise just those cells, or rows, are left out.
    """

    key: str
    column: str = ""
    rows: tuple[int, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)
    blocks: bool = False


class Row(NamedTuple):
    """One value of one person, or one printed number (then `participant` is blank and `statistic` isn't)."""

    arm: str
    outcome: str
    timepoint: str
    value: str
    participant: str = ""
    statistic: str = ""
    level: str = ""
    row: int = 0


@dataclass(frozen=True)
class Gathered:
    """All that a sheet says under a layout."""

    rows: tuple[Row, ...]
    arms: Mapping[str, Arm]
    timepoints: Mapping[str, Timepoint]
    outcomes: Mapping[str, Measure]
    faults: tuple[Fault, ...]

    @property
    def blocked(self) -> bool:
        return any(fault.blocks for fault in self.faults)


class _Faults:
    """Collects faults, rows of the same kind in the same column together."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._rows: dict[tuple[str, str, tuple], list[int]] = defaultdict(list)
        self._whole: list[Fault] = []

    def cell(self, key: str, column: str, place: int, **values: object) -> None:
        rows, row = self._rows[key, column, tuple(values.items())], self._sheet.row(place)
        if row not in rows[-1:]:
            rows.append(row)

    def whole(self, key: str, column: str = "", *, blocks: bool = True, **values: object) -> None:
        self._whole.append(Fault(key, column, (), values, blocks))

    def all(self) -> tuple[Fault, ...]:
        cells = (Fault(key, column, tuple(rows), dict(said)) for (key, column, said), rows in self._rows.items())
        return (*self._whole, *cells)


def gather(sheet: Sheet, layout: Layout) -> Gathered:
    """Everything that a sheet says of people, or all the numbers it prints; what is wrong is in `faults`."""
    faults = _Faults(sheet)
    rows: list[Row] = []
    if _readable(sheet, layout, faults):
        rows = _of_people(sheet, layout, faults) if of_people(layout) else _printed(sheet, layout, faults)
        if not rows:
            faults.whole("nothing-left")
    arms = {arm.id: arm for arm in layout.arms.values() if any(row.arm == arm.id for row in rows)}
    if of_people(layout):
        _too_few(rows, arms, faults)
    times = {time.id: time for time in layout.timepoints.values() if any(time.id in row.timepoint for row in rows)}
    outcomes = {key: one for key, one in layout.outcomes.items() if any(row.outcome == key for row in rows)}
    return Gathered(tuple(rows), arms, times, outcomes, faults.all())


def of_people(layout: Layout) -> bool:
    """True where the rows hold people's own values, not counts or summaries of them."""
    return layout.shape in ("wide", "long")


def _readable(sheet: Sheet, layout: Layout, faults: _Faults) -> bool:
    """True where every column named is there and those that the shape needs are named."""
    names = {column.name for column in sheet.columns}
    gone = [name for name in layout.columns if name not in names]
    for name in gone:
        faults.whole("no-such-column", name)
    if not layout.measured:
        faults.whole("no-values")
    if not layout.arms or len({arm.id for arm in layout.arms.values()}) > MOST_ARMS:
        faults.whole("too-many-arms", layout.arm, most=MOST_ARMS)
    if len(layout.timepoints) > MOST_TIMES:
        faults.whole("too-many-times", layout.timepoint, most=MOST_TIMES)
    for one in layout.measured:
        if not layout.timepoint and of_people(layout) and one.timepoint not in layout.timepoints:
            faults.whole("no-time-chosen", one.column)
    if layout.shape == "long" and not layout.participant and len(layout.timepoints) > 1:
        faults.whole("needs-participant")
    doubled = [one for one in layout.measured if _place_of(one) in {_place_of(o) for o in layout.measured if o != one}]
    for one in doubled:
        faults.whole("same-place-twice", one.column)
    return not any(fault.blocks for fault in faults.all())


def _place_of(one: Measured) -> tuple[str, str, str]:
    return one.outcome, one.timepoint, one.statistic


# -- people ------------------------------------------------------------------------------------------------------------


def _of_people(sheet: Sheet, layout: Layout, faults: _Faults) -> list[Row]:
    """A row for every value; wide sheets have a person in each row, long ones a person at a time."""
    values = {one: _values(sheet.column(one.column), one, layout, sheet, faults) for one in layout.measured}
    names = _names(sheet, layout)
    arm_of: dict[str, str] = {}
    seen: set[tuple[str, str, str]] = set()
    rows: list[Row] = []
    arms, times = _texts(sheet, layout.arm), _texts(sheet, layout.timepoint)
    for place in sheet.filled:
        arm, time, name = arms[place], times[place], names[place]
        if not _placed(layout, arm, time, name, place, faults):
            continue
        arm_id = layout.arms[arm].id
        if layout.shape == "wide" and name in arm_of:
            faults.cell("twice", layout.participant, place)
            continue
        if arm_of.setdefault(name, arm_id) != arm_id:
            faults.cell("two-arms", layout.arm, place)
            continue
        for one, column in values.items():
            moment = layout.timepoints[one.timepoint or time].id
            if (value := column[place]) is None:
                continue
            if (name, one.outcome, moment) in seen:
                faults.cell("twice", layout.participant, place)
            else:
                seen.add((name, one.outcome, moment))
                rows.append(Row(arm_id, one.outcome, moment, _written(value), name, row=sheet.row(place)))
    return rows


def _texts(sheet: Sheet, column: str) -> Sequence[str]:
    """A column's texts; blanks where none is chosen."""
    return sheet.column(column).texts if column else ("",) * sheet.height


def _placed(layout: Layout, arm: str, time: str, name: str, place: int, faults: _Faults) -> bool:
    """True where a row says whose and, if a column says it, when."""
    if layout.participant and not name:
        faults.cell("no-participant", layout.participant, place)
    elif arm not in layout.arms:
        faults.cell("no-arm" if not arm else "unknown-arm", layout.arm, place)
    elif layout.timepoint and time not in layout.timepoints:
        faults.cell("no-time" if not time else "unknown-time", layout.timepoint, place)
    else:
        return True
    return False


def _names(sheet: Sheet, layout: Layout) -> tuple[str, ...]:
    """Who each row is about: numbered in the order of the sheet, or as the sheet names them where that is wished."""
    if not layout.participant:
        return tuple(f"P{place + 1}" for place in range(sheet.height))
    texts = sheet.column(layout.participant).texts
    if layout.keep_names:
        return tuple(map(harmless, texts))
    numbers = {text: f"P{number}" for number, text in enumerate(dict.fromkeys(filter(None, texts)), start=1)}
    return tuple(numbers.get(text, "") for text in texts)


Values = Sequence[float | None]


def _values(column: Column, one: Measured, layout: Layout, sheet: Sheet, faults: _Faults) -> Values:
    """A column's values; what is missing, no number, or not on the outcome's scale, is a fault and None."""
    measure, yes = layout.outcomes[one.outcome], layout.yes.get(one.outcome, frozenset())
    found = list(_answers(column, yes) if measure.scale == "binary" and yes else column.numbers)
    for place in sheet.filled:
        value = found[place]
        if value is None:
            cell = column.cells[place]
            key = "missing" if is_blank(cell) else "marked-missing" if column.is_missing(cell) else "not-a-number"
            key = "not-yes-or-no" if key == "not-a-number" and measure.scale == "binary" else key
            faults.cell(key, column.name, place, **({} if is_blank(cell) else {"text": column.text(cell)[:SHOWN]}))
        elif (reason := _off_scale(value, measure)) is not None:
            faults.cell(reason, column.name, place, text=column.text(column.cells[place])[:SHOWN])
            found[place] = None
    return found


def _answers(column: Column, yes: Collection[str]) -> Values:
    """1 for the texts that count as yes, 0 for a usual word for no, or for the only other text; else None."""
    others = set(column.levels) - set(yes)
    no = others if len(others) == 1 else {text for text in others if text.casefold() in NO}
    return [1.0 if text in yes else 0.0 if text in no else None for text in column.texts]


def _off_scale(value: float, measure: Measure) -> str | None:
    if measure.scale == "binary" and value not in (0, 1):
        return "not-yes-or-no"
    if measure.low is not None and measure.high is not None and measure.scale != "binary":
        steps = (value - measure.low) / measure.step
        between_steps = measure.scale == "ordinal" and abs(steps - round(steps)) > ROUND
        if between_steps or not measure.low <= value <= measure.high:
            return "off-scale"
    return None


def _written(value: float) -> str:
    """The shortest text that reads back as the same number."""
    return repr(value).removesuffix(".0")


def _too_few(rows: Iterable[Row], arms: Mapping[str, Arm], faults: _Faults) -> None:
    people: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        people[row.arm].add(row.participant)
    for arm in arms.values():
        if len(people[arm.id]) < FEWEST:
            faults.whole("too-few", blocks=False, arm=arm.label, n=len(people[arm.id]))


# -- printed numbers ---------------------------------------------------------------------------------------------------


def _printed(sheet: Sheet, layout: Layout, faults: _Faults) -> list[Row]:
    """A row for every number of a table of counts or summaries; each arm at each time stands there once."""
    rows: list[Row] = []
    seen: set[tuple[str, str]] = set()
    arms, times = _texts(sheet, layout.arm), _texts(sheet, layout.timepoint)
    for place in sheet.filled:
        arm, time = arms[place], times[place]
        if not _placed(layout, arm, time, "-", place, faults):
            continue
        if (layout.arms[arm].id, time) in seen:
            faults.cell("twice", layout.arm, place)
            continue
        seen.add((layout.arms[arm].id, time))
        found = [row for one in layout.measured for row in _number(sheet, layout, one, (place, arm, time), faults)]
        rows += _with_everybody(found) if layout.shape == "counts" else found
    return rows


def _number(sheet: Sheet, layout: Layout, one: Measured, at: tuple[int, str, str], faults: _Faults) -> list[Row]:
    """One printed number with its place in time: a change spans from the first time to the last."""
    (place, arm, time), column = at, sheet.column(one.column)
    cell = column.cells[place]
    if column.is_missing(cell):
        return []
    value = number(cell, column.decimal)
    whole = one.statistic in ("n", "yes", "no")
    if value is None or (whole and (value < 0 or not value.is_integer())):
        faults.cell("not-people" if whole else "not-a-number", one.column, place, text=str(cell)[:SHOWN])
        return []
    level = one.statistic if one.statistic in ("yes", "no") else ""
    statistic = "count" if level else one.statistic
    text = _as_printed(cell, column) if not whole else str(int(value))
    arm_id, row = layout.arms[arm].id, sheet.row(place)
    return [Row(arm_id, one.outcome, when, text, "", statistic, level, row) for when in _when(layout, one, time)]


def _when(layout: Layout, one: Measured, time: str) -> tuple[str, ...]:
    every = tuple(dict.fromkeys(t.id for t in layout.timepoints.values()))
    if one.statistic in OF_CHANGE:
        return (f"{every[0]}:{every[-1]}",) if len(every) > 1 else ()
    key = one.timepoint or time
    return (layout.timepoints[key].id,) if key in layout.timepoints else every


def _as_printed(cell: Cell, column: Column) -> str:
    """The text as it stands, with a point before decimals: a trailing zero is kept where the file has one."""
    if isinstance(cell, str):
        other = "." if column.decimal == "," else ","
        text = re.sub(r"[\s%]", "", cell).replace("−", "-").replace(other, "")
        return text.replace(column.decimal, ".")
    return _written(float(cell or 0))


def _with_everybody(rows: list[Row]) -> list[Row]:
    """Counts of one arm at one time with n: those who said yes and those who said no together."""
    by_level = {row.level: row for row in rows}
    if "" in by_level or not {"yes", "no"} <= by_level.keys():
        return rows
    yes = by_level["yes"]
    everybody = int(yes.value) + int(by_level["no"].value)
    return [*rows, Row(yes.arm, yes.outcome, yes.timepoint, str(everybody), "", "n", "", yes.row)]
