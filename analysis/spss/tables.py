"""Pasted text → tables with named columns, and a note about everything that could not be read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from analysis.results import Note
from analysis.spss.cells import Cell, Line, lines
from analysis.spss.vocabulary import SPSS_TITLES, STATISTICS, columns_in, row_of, statistic_of, title_of

LARGEST = 100_000  # characters; a hundred times the longest output of one test
MOST_NOTES = 20
FOOTNOTE = re.compile(r"\(?([a-h])(?:[.)] ?| (?=.*[<>=]|[Bb]ased|[Bb]erdasar|[Gg]rouping|[Nn]ot corr))(.+)")

# SPSS's own order of columns; its headings of two or three storeys don't read from left to right.
ORDER = {
    "ranks": ("n", "mean_rank", "rank_sum"),
    "paired-statistics": ("mean", "n", "sd", "se"),
    "paired-correlations": ("n", "r", "p_one", "p"),
    "paired-test": ("mean", "sd", "se", "low", "high", "t", "df", "p_one", "p"),
    "descriptives": ("n", "minimum", "maximum", "mean", "sd"),
    "group-statistics": ("n", "mean", "sd", "se"),
    "independent-test": ("f", "p_f", "t", "df", "p_one", "p", "mean", "se", "low", "high"),
}
STOREYS = ("paired-test", "independent-test")


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


@dataclass
class _Section:
    """Lines of one table while they are collected."""

    kind: str
    line: int
    heading: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    footnotes: list[tuple[str, str]] = field(default_factory=list)


def read(text: str) -> Pasted:
    """All tables in pasted output. Nothing raises: what can't be read becomes a note."""
    if len(text) > LARGEST:
        return Pasted((), (Note("too-long", {"characters": len(text), "most": LARGEST}),))
    problems: list[Note] = []
    sections = _sections(lines(text), problems)
    tables = [table for section in sections if (table := _table(section, problems))]
    if not tables and not problems:
        problems.append(Note("no-table" if text.strip() else "empty"))
    problems.sort(key=lambda note: int(str(note.values.get("line", 0))))
    if len(problems) > MOST_NOTES:
        problems[MOST_NOTES:] = [Note("more", {"count": len(problems) - MOST_NOTES})]
    return Pasted(tuple(tables), tuple(problems))


def _unread(line: Line) -> Note:
    shown = line.text if len(line.text) <= LONGEST_SHOWN else f"{line.text[:LONGEST_SHOWN]}…"
    return Note("unread-line", {"line": line.number, "text": shown})


LONGEST_SHOWN = 80


def _sections(found: list[Line], problems: list[Note]) -> list[_Section]:
    """Lines by table: a title or a heading starts one, or a row of Test Statistics without a title."""
    sections: list[_Section] = []
    current: _Section | None = None
    for line in found:
        kind = "" if line.has_numbers else title_of(line.text)
        if kind == "unread":
            problems.append(Note("unread-table", {"line": line.number, "title": line.text[:LONGEST_SHOWN]}))
        if kind or (kind := _untitled(line, current)):
            if current is None or kind != current.kind or current.body:
                current = _Section(kind, line.number)
                sections.append(current)
            if title_of(line.text):
                continue
        if current is None or current.kind == "section":
            problems.extend([_unread(line)] if line.has_numbers else [])
        elif footnote := FOOTNOTE.fullmatch(line.text) if not line.has_numbers else None:
            current.footnotes.append((footnote[1], footnote[2].strip()))
        elif line.has_numbers or current.body:
            current.body.append(line)
        else:
            current.heading.append(line)
    return [section for section in sections if section.kind in SPSS_TITLES]


def _untitled(line: Line, current: _Section | None) -> str:
    """The kind of table that starts here without a title, if one does."""
    open_kind = current.kind if current else ""
    if line.has_numbers:
        is_statistic = statistic_of(line.label) in STATISTICS - {"df"}
        return "test-statistics" if is_statistic and open_kind in ("", "section", "ranks") else ""
    if open_kind not in ("", "section") and not (current and current.body):
        return ""
    kind = _kind_of(columns_in(line.text))
    return kind if kind != open_kind else ""


def _kind_of(columns: list[str]) -> str:
    """The kind of table that these columns belong to, or blank."""
    has = set(columns)
    if "mean_rank" in has:
        return "ranks"
    if {"t", "df"} <= has:
        return "independent-test" if "f" in has else "paired-test"
    if {"n", "minimum", "maximum"} <= has:
        return "descriptives"
    if {"n", "r"} <= has:
        return "paired-correlations"
    if {"n", "mean", "sd"} <= has:
        return "group-statistics" if columns.index("n") < columns.index("mean") else "paired-statistics"
    if {"mean", "sd"} <= has:
        return "descriptives"
    return "test-statistics" if "z" in has and has & {"p", "sig", "p_exact", "p_untied"} else ""


def _table(section: _Section, problems: list[Note]) -> Table | None:
    read_rows = _statistics if section.kind == "test-statistics" else _rows
    rows = read_rows(section, problems)
    if not rows:
        problems.append(Note("no-rows", {"line": section.line, "title": SPSS_TITLES[section.kind]}))
        return None
    return Table(section.kind, section.line, tuple(rows), tuple(section.footnotes))


def _labelled(body: list[Line]) -> list[tuple[str, Line]]:
    """Lines with numbers, each with its label; words on lines of their own belong to the next row."""
    found, waiting = [], ""
    for line in body:
        if line.has_numbers:
            found.append((f"{waiting} {line.label}".strip(), line))
            waiting = ""
        elif not (columns_in(line.text) and len(columns_in(line.text)) > 1):
            waiting = f"{waiting} {line.label}".strip()[-LONGEST_SHOWN:]
    return found


def _rows(section: _Section, problems: list[Note]) -> list[Row]:
    labelled = _labelled(section.body)
    widest = max((len(_trimmed(line.values)) for _, line in labelled), default=0)
    columns = _columns(section, widest, problems)
    rows = []
    for label, line in labelled if columns else ():
        row = _row(section.kind, label, line, columns)
        if row.name == "listwise":
            continue
        if len(row.cells) < 2 and row.name not in ("negative", "positive", "ties", "total"):
            problems.append(_unread(line))
        else:
            rows.append(row)
    return rows


def _trimmed(values: tuple[Cell | None, ...]) -> tuple[Cell | None, ...]:
    while values and values[-1] is None:
        values = values[:-1]
    return values


def _columns(section: _Section, widest: int, problems: list[Note]) -> tuple[str, ...]:
    """Names of the columns: the heading's own, or SPSS's order where the heading can't be read."""
    heading = _heading(section)
    if len(heading) >= widest > 0 and heading:
        return heading
    usual = _usual(section.kind, widest)
    if usual and widest:
        note = {"line": section.line, "title": SPSS_TITLES[section.kind], "columns": ", ".join(usual)}
        problems.append(Note("columns-assumed", note))
        return usual
    return heading


def _heading(section: _Section) -> tuple[str, ...]:
    columns = columns_in(" ".join(line.text for line in section.heading))
    sig = "p_f" if "f" in columns else "p"
    names = list(dict.fromkeys(sig if name == "sig" else name for name in columns))
    storeys = [line for line in section.heading if columns_in(line.text)]
    if section.kind in STOREYS and len(storeys) > 1:
        order = ORDER[section.kind]
        names = sorted((name for name in names if name in order), key=order.index)
    return tuple(names)


def _usual(kind: str, width: int) -> tuple[str, ...]:
    """SPSS's columns where it prints so many: since version 28 with a one-sided p as well."""
    order = ORDER[kind]
    older = tuple(name for name in order if name != "p_one")
    return next((columns for columns in (older, order) if len(columns) == width), ())


def _row(kind: str, label: str, line: Line, columns: tuple[str, ...]) -> Row:
    values = list(line.values)
    while len(values) > len(columns) and values[-1] is None:
        values.pop()
    while len(values) > len(columns):
        code = values.pop(0)
        label = f"{label} {code.text}".strip() if code else label
    missing = [None] * (len(columns) - len(values))
    # the second row of an Independent Samples Test leaves out Levene's F and Sig., which come first
    values = missing + values if kind == "independent-test" else values + missing
    name, before = row_of(label)
    cells = tuple((column, cell) for column, cell in zip(columns, values, strict=True) if cell)
    return Row(before if name else label, name, cells, line.number)


def _statistics(section: _Section, problems: list[Note]) -> list[Row]:
    """Test Statistics, one `Row` per test: SPSS prints statistics below each other, retyped tables across."""
    across = [name for name in _heading(section) if name in STATISTICS]
    labelled = _labelled(section.body)
    if len(across) > 1 and not any(statistic_of(label) for label, _ in labelled):
        return [_row("test-statistics", label, line, tuple(across)) for label, line in labelled]
    found: list[tuple[str, Line]] = []
    for label, line in labelled:
        name = statistic_of(label) or statistic_of(line.label)
        if name:
            found.append((name, line))
        else:
            problems.append(_unread(line))
    width = max((len(_trimmed(line.values)) for _, line in found), default=0)
    names = _test_names(section, width)
    return [_test(names[at], at, found) for at in range(width)]


def _test_names(section: _Section, width: int) -> list[str]:
    """What each column of Test Statistics is about."""
    parts = [part for line in section.heading for part in line.parts]
    if width == 1:
        return [" ".join(parts)]
    return parts if len(parts) == width else [""] * width


def _test(name: str, at: int, found: list[tuple[str, Line]]) -> Row:
    cells = {statistic: line.values[at] for statistic, line in found if at < len(line.values)}
    row = Row(name, "", (), found[0][1].number)
    return replace(row, cells=tuple((statistic, cell) for statistic, cell in cells.items() if cell))
