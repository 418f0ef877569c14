"""Pasted text → tables with named columns, and a note about everything that could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from analysis.checks.spss.cells import Cell, Line, lines, trimmed
from analysis.checks.spss.columns import ORDER, columns_of, heading_of
from analysis.checks.spss.sections import LONGEST_SHOWN, Section, sections_of, unread
from analysis.checks.spss.vocabulary import SPSS_TITLES, STATISTICS, columns_in, row_of, statistic_of
from analysis.checks.verdicts import runs
from analysis.results import Note

LARGEST = 100_000  # characters; a hundred times the longest output of one test
MOST_NOTES = 20


@dataclass(frozen=True)
class Row:
    """One row: its words as printed, its `name` where it has a known one ("ties"), its cells by column."""

    label: str
    name: str
    cells: tuple[tuple[str, Cell], ...]
    line: int

    def cell(self, column: str) -> Cell | None:
        return dict(self.cells).get(column)

    def text(self, column: str) -> str:
        """The printed number, or blank."""
        cell = self.cell(column)
        return cell.text if cell else ""


@dataclass(frozen=True)
class Table:
    """One table of output. `kind` is a key of `SPSS_TITLES`; footnotes are (letter, words)."""

    kind: str
    line: int
    rows: tuple[Row, ...]
    footnotes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Pasted:
    """What was read, and what wasn't: each note has a key in `paste` and names its line."""

    tables: tuple[Table, ...]
    problems: tuple[Note, ...]


def read(text: str, elsewhere: frozenset[int] = frozenset()) -> Pasted:
    """All tables in pasted output. Nothing raises: every line that can't be read becomes a note.

    Args:
        elsewhere: numbers of lines that were read as something else (a sentence with a statistic).
    """
    if len(text) > LARGEST:
        return Pasted((), (Note("too-long", {"characters": len(text), "most": LARGEST}),))
    problems: list[Note] = []
    unused: list[int] = []
    found = [line for line in lines(text) if line.number not in elsewhere or statistic_of(line.label)]
    sections = sections_of(found, problems, unused)
    tables = [table for section in sections if (table := _table(section, problems, unused))]
    problems = [note for note in problems if note.key != "unread-line" or note.values["line"] not in elsewhere]
    if not tables and not problems and not elsewhere:
        problems.append(Note("no-table" if text.strip() else "empty"))
    elif words := sorted(number for number in unused if number not in elsewhere):
        problems.append(Note("words-unused", {"line": words[0], "lines": runs(words)}))
    problems.sort(key=lambda note: int(str(note.values.get("line", 0))))
    if len(problems) > MOST_NOTES:
        problems[MOST_NOTES:] = [Note("more", {"count": len(problems) - MOST_NOTES})]
    return Pasted(tuple(tables), tuple(problems))


def _table(section: Section, problems: list[Note], unused: list[int]) -> Table | None:
    read_rows = _statistics if section.kind == "test-statistics" else _rows
    rows = read_rows(section, problems)
    unused.extend(_words_behind(section.body))
    if not rows:
        problems.append(Note("no-rows", {"line": section.line, "title": SPSS_TITLES[section.kind]}))
        return None
    return Table(section.kind, section.line, tuple(rows), tuple(section.footnotes))


def _words_behind(body: list[Line]) -> list[int]:
    """Numbers of the lines behind the last row, which is nobody's label."""
    last = max((at for at, line in enumerate(body) if line.has_numbers), default=-1)
    return [line.number for line in body[last + 1 :] if len(columns_in(line.text)) < 2]


def _labelled(body: list[Line], problems: list[Note], widest: int = 0) -> list[tuple[str, Line]]:
    """Lines with numbers, each with its label; words on lines of their own belong to the next row.

    Numbers without a label go on with a row that is short of `widest`, as a PDF wraps it.
    """
    found, waiting, left_minus = [], "", False
    for line in body:
        left_minus = line.leaves_minus or (left_minus and not (line.has_numbers and line.label))
        if line.has_numbers and left_minus:
            problems.append(unread(line))  # of its numbers one is below zero, and nobody knows which
        elif line.has_numbers and found and _goes_on(found[-1][1], line, waiting, widest):
            label, begun = found[-1]
            values, text = trimmed(begun.values) + line.values, f"{begun.text} {line.text}"
            found[-1] = label, replace(begun, values=values, text=text, separated=False)
        elif line.has_numbers:
            found.append((f"{waiting} {line.label}".strip(), line))
            waiting = ""
        elif len(columns_in(line.text)) < 2:
            waiting = f"{waiting} {line.label}".strip()[-LONGEST_SHOWN:]
    return found


def _goes_on(begun: Line, line: Line, waiting: str, widest: int) -> bool:
    """Not one whole number, which may be a page's, nor behind a cell left blank, which it may or may not fill."""
    first = line.values[0]
    return (
        not (line.label or waiting)
        and first is not None
        and not (first.is_whole and len(line.values) == 1)
        and begun.values[-1] is not None
        and len(trimmed(begun.values)) + len(line.values) <= widest
        and row_of(begun.label)[0] not in ("ties", "total", "listwise")
    )


def _rows(section: Section, problems: list[Note]) -> list[Row]:
    labelled = _labelled(section.body, problems, len(heading_of(section)) or len(ORDER[section.kind]))
    widest = max((len(trimmed(line.values)) for label, line in labelled if label), default=0)
    columns = columns_of(section, widest, problems)
    if not columns:
        problems.extend(unread(line) for _, line in labelled)
        return []
    return list(_placed(section.kind, labelled, columns, problems))


def _placed(
    kind: str, labelled: list[tuple[str, Line]], columns: tuple[str, ...], problems: list[Note]
) -> Iterator[Row]:
    labelled = [(label, replace(line, values=_without_blank_label(line.values, columns))) for label, line in labelled]
    coded = any(len(trimmed(line.values)) == len(columns) + 1 and _has_code(line) for _, line in labelled)
    any_label = any(label for label, _ in labelled)
    for label, line in labelled:
        width = len(trimmed(line.values))
        if width > len(columns) + (coded and _has_code(line)) or (
            coded and width <= len(columns) and not row_of(label)[0]
        ):
            problems.append(unread(line))
            continue
        row = _row(kind, label, line, columns, coded)
        if row.name == "listwise":
            continue
        if (row.label or row.name or not any_label) and _is_placed(kind, row, line, columns):
            yield row
        else:
            problems.append(unread(line))


def _has_code(line: Line) -> bool:
    """Whether a row begins with a whole number, as groups are coded, or with a blank where the code stands above."""
    return line.values[0] is None or line.values[0].is_whole


def _without_blank_label(values: tuple[Cell | None, ...], columns: tuple[str, ...]) -> tuple[Cell | None, ...]:
    while len(values) > len(columns) and values[0] is None:
        values = values[1:]
    return values


def _is_placed(kind: str, row: Row, line: Line, columns: tuple[str, ...]) -> bool:
    """Whether every number surely stands in its column: of a row of fewer numbers nobody knows which are missing.

    SPSS prints n alone for ties and totals, and leaves Levene's two numbers out of a second row.
    """
    if row.name in ("ties", "total") and len(trimmed(line.values)) == 1:
        return True
    if len(row.cells) < 2 and row.name not in ("negative", "positive", "ties", "total"):
        return False
    if not all(cell.is_whole for column, cell in row.cells if column == "n"):
        return False
    lacking = len(columns) - len(line.values)
    levene = kind == "independent-test" and row.name == "unequal" and lacking == LEVENE and line.values[0] is not None
    return lacking <= 0 or levene


LEVENE = 2  # numbers, F and its p


def _row(kind: str, label: str, line: Line, columns: tuple[str, ...], coded: bool) -> Row:
    """A line by its columns; `coded` says that a group's code may stand before them."""
    values = list(line.values)
    if coded and len(values) > len(columns) and (code := values.pop(0)):
        label = f"{label} {code.text}".strip()
    while len(values) > len(columns) and values[-1] is None:
        values.pop()
    missing = [None] * (len(columns) - len(values))
    # the second row of an Independent Samples Test leaves out Levene's F and Sig., which come first
    values = missing + values if kind == "independent-test" else values + missing
    name, before = row_of(label)
    cells = tuple((column, cell) for column, cell in zip(columns, values, strict=True) if cell)
    return Row(before if name else label, name, cells, line.number)


def _statistics(section: Section, problems: list[Note]) -> list[Row]:
    """Test Statistics, one `Row` per test: SPSS prints statistics below each other, retyped tables across."""
    in_a_line = any(len(columns_in(line.text)) > 1 for line in section.heading)
    across = tuple(name for name in heading_of(section) if name in STATISTICS) if in_a_line else ()
    labelled = _labelled(section.body, problems, len(across))
    if len(across) > 1 and not any(statistic_of(label) for label, _ in labelled):
        return list(_placed(section.kind, labelled, across, problems))
    found: list[tuple[str, Line]] = []
    for label, line in labelled:
        name = _statistic_at_end(label, line.label)
        if name and name not in dict(found):
            found.append((name, line))
        else:
            problems.append(unread(line))
    width = max((len(trimmed(line.values)) for _, line in found), default=0)
    short = [one for one in found if not one[1].separated and len(one[1].values) < width]
    problems.extend(unread(line) for _, line in short)  # of which of the tests they are isn't known
    found = [one for one in found if one not in short]
    names = _test_names(section, width)
    return [_test(names[at], at, found) for at in range(width)]


def _statistic_at_end(label: str, least: str) -> str:
    """The statistic that a label ends with, by as many of its words as can be, all of `least` among them."""
    words = label.split()
    ends = (" ".join(words[start:]) for start in range(len(words) - len(least.split()) + 1))
    return next((name for end in ends if (name := statistic_of(end))), "")


def _test_names(section: Section, width: int) -> list[str]:
    """What each column of Test Statistics is about."""
    parts = [part for line in section.heading for part in line.parts]
    if width == 1:
        return [" ".join(parts)]
    return parts if len(parts) == width else [""] * width


def _test(name: str, at: int, found: list[tuple[str, Line]]) -> Row:
    cells = {statistic: line.values[at] for statistic, line in found if at < len(line.values)}
    row = Row(name, "", (), found[0][1].number)
    return replace(row, cells=tuple((statistic, cell) for statistic, cell in cells.items() if cell))
