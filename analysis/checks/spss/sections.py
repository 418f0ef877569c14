"""Pasted lines → sections, one per table: by its title, its headings, or the kind of its rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from analysis.checks.spss.cells import Line, trimmed
from analysis.checks.spss.vocabulary import SPSS_TITLES, STATISTICS, columns_in, statistic_of, title_of
from analysis.results import Note

FOOTNOTE = re.compile(r"\(?([a-h])(?:[.)] ?| (?=.*[<>=]|[Bb]ased|[Bb]erdasar|[Gg]rouping|[Nn]ot corr))(.+)")
LONGEST_SHOWN = 160  # characters of a line that is quoted


@dataclass
class Section:
    """Lines of one table while they are collected."""

    kind: str
    line: int
    heading: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    footnotes: list[tuple[str, str]] = field(default_factory=list)


def unread(line: Line) -> Note:
    shown = line.text if len(line.text) <= LONGEST_SHOWN else f"{line.text[:LONGEST_SHOWN]}…"
    return Note("unread-line", {"line": line.number, "text": shown})


def sections_of(found: list[Line], problems: list[Note], unused: list[int]) -> list[Section]:
    """Lines by table: a title or a heading starts one, or a row of Test Statistics without a title.

    Lines of no table go to `problems`, or without any number to `unused`.
    """
    sections: list[Section] = []
    current: Section | None = None
    for line in found:
        kind = "" if line.has_numbers else title_of(line.text)
        if kind == "unread":
            problems.append(Note("unread-table", {"line": line.number, "title": line.text[:LONGEST_SHOWN]}))
        if kind or (kind := _untitled(line, current)):
            if current is None or kind != current.kind or current.body:
                current = Section(kind, line.number)
                sections.append(current)
            if title_of(line.text):
                continue
        if current is None or current.kind == "section":
            _outside(line, kind, problems, unused)
        elif line.ends_in_words and not kind:
            problems.append(unread(line))
        else:
            _inside(line, current, problems)
    return [section for section in sections if section.kind in SPSS_TITLES]


def _inside(line: Line, current: Section, problems: list[Note]) -> None:
    footnote = FOOTNOTE.fullmatch(line.text) if not line.has_numbers else None
    begun = bool(current.heading or current.body)
    if footnote:
        current.footnotes.append((footnote[1], footnote[2].strip()))
    elif line.has_numbers and not begun and _is_page_number(line, current.kind):
        problems.append(unread(line))
    elif line.has_numbers or current.body:
        current.body.append(line)
    else:
        current.heading.append(line)


def _is_page_number(line: Line, kind: str) -> bool:
    """One number between a title and its headings is no row; only Test Statistics has rows of one."""
    return kind != "test-statistics" and len(trimmed(line.values)) < 2


def _outside(line: Line, kind: str, problems: list[Note], unused: list[int]) -> None:
    if line.has_numbers or line.ends_in_words:
        problems.append(unread(line))
    elif not kind:
        unused.append(line.number)


def _untitled(line: Line, current: Section | None) -> str:
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
