"""Pasted lines → sections, one per table: by its title, its headings, or the kind of its rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from analysis.checks.spss.cells import Line, trimmed
from analysis.checks.spss.vocabulary import SPSS_TITLES, STATISTICS, columns_in, row_of, statistic_of, title_of
from analysis.results import Note

FOOTNOTE = re.compile(r"\(?([a-h])(?:[.)] ?| (?=.*[<>=]|[Bb]ased|[Bb]erdasar|[Gg]rouping|[Nn]ot corr))(.+)")
RESULT = re.compile(r"[=<>≤≥±]\s*[-−–‐]?\s?[.,]?\d")  # "p = 0.03": of a sentence, not of a table
FIGURE = re.compile(rf"{RESULT.pattern}|\d[.,]\d|\d\s*%")
LONGEST_SHOWN = 160  # characters of a line that is quoted


@dataclass
class Section:
    """Lines of one table while they are collected."""

    kind: str
    line: int
    heading: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    footnotes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def has_rows(self) -> bool:
        """Whether a line of its body holds more than a page's number."""
        return any(len(trimmed(line.values)) > 1 or row_of(line.label)[0] for line in self.body)

    def awaits(self, title: str) -> bool:
        """Whether its own title, read again below its headings, belongs to them ("Sum of", "Ranks")."""
        return title == self.kind and bool(self.heading) and not self.body


def unread(line: Line) -> Note:
    shown = line.text if len(line.text) <= LONGEST_SHOWN else f"{line.text[:LONGEST_SHOWN]}…"
    return Note("unread-line", {"line": line.number, "text": shown})


def sections_of(found: list[Line], problems: list[Note], unused: list[int]) -> list[Section]:
    """Lines by table: a title or a heading starts one, or a row of Test Statistics without a title.

    Lines of no table go to `problems`, or without any number to `unused`.
    """
    sections: list[Section] = []
    current: Section | None = None
    before = ""
    for line in found:
        title = "" if line.has_numbers else title_of(f"{before} {line.text}") or title_of(line.text)
        before = "" if line.has_numbers else line.text  # a title may run over two lines
        kind = "" if current and current.awaits(title) else title
        if kind == "unread":
            problems.append(Note("unread-table", {"line": line.number, "title": line.text[:LONGEST_SHOWN]}))
        if kind or (kind := _untitled(line, current)):
            if current is None or kind != current.kind or current.body:
                current = Section(kind, line.number)
                sections.append(current)
            if title:
                continue
        if current is None or current.kind == "section":
            _outside(line, kind, problems, unused)
        elif not kind and (line.doubtful or _is_sentence(line)):
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
    elif len(columns_in(line.text)) > 1 and not line.has_numbers and not current.has_rows:
        current.heading.append(line)  # below a page's header, in the midst of the headings
    elif line.has_numbers or line.leaves_minus or current.body:
        current.body.append(line)
    else:
        current.heading.append(line)


def _is_page_number(line: Line, kind: str) -> bool:
    """One number between a title and its headings is no row; only Test Statistics has rows of one."""
    return kind != "test-statistics" and len(trimmed(line.values)) < 2


def _is_sentence(line: Line) -> bool:
    """Whether a line is no heading and no row: words with a result among them."""
    footnote = FOOTNOTE.fullmatch(line.text)
    return not (line.has_numbers or footnote or len(columns_in(line.text)) > 2) and bool(RESULT.search(line.text))


def _outside(line: Line, kind: str, problems: list[Note], unused: list[int]) -> None:
    if line.has_numbers or line.doubtful or (not kind and FIGURE.search(line.text)):
        problems.append(unread(line))
    elif not kind:
        unused.append(line.number)


def _untitled(line: Line, current: Section | None) -> str:
    """The kind of table that starts here without a title, if one does."""
    open_kind = current.kind if current else ""
    if line.has_numbers:
        is_statistic = statistic_of(line.label) in STATISTICS - {"df"}
        return "test-statistics" if is_statistic and open_kind in ("", "section", "ranks") else ""
    if _is_sentence(line) or (open_kind not in ("", "section") and not (current and current.body)):
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
