"""Which columns a pasted table has: those that its heading names, or SPSS's own where the heading can't be read."""

from __future__ import annotations

from analysis.checks.spss.sections import Section
from analysis.checks.spss.vocabulary import SPSS_TITLES, columns_in
from analysis.results import Note

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


def columns_of(section: Section, widest: int, problems: list[Note]) -> tuple[str, ...]:
    """Names of the columns: the heading's own, or SPSS's order where the heading can't be read."""
    heading = heading_of(section)
    if len(heading) >= widest > 0 and heading:
        return heading
    usual = _usual(section.kind, widest)
    if usual and widest:
        note = {"line": section.line, "title": SPSS_TITLES[section.kind], "columns": ", ".join(usual)}
        problems.append(Note("columns-assumed", note))
        return usual
    return heading


def heading_of(section: Section) -> tuple[str, ...]:
    """Names of the columns that the heading holds."""
    columns = columns_in(" ".join(line.text for line in section.heading))
    sig = "p_f" if "f" in columns else "p"
    names = list(dict.fromkeys(sig if name == "sig" else name for name in columns))
    storeys = [line for line in section.heading if columns_in(line.text)]
    if section.kind == "paired-correlations" or (section.kind in STOREYS and len(storeys) > 1):
        order = ORDER[section.kind]
        names = sorted((name for name in names if name in order), key=order.index)
    return tuple(names)


def _usual(kind: str, width: int) -> tuple[str, ...]:
    """SPSS's columns where it prints so many: since version 28 with a one-sided p as well."""
    order = ORDER[kind]
    older = tuple(name for name in order if name != "p_one")
    return next((columns for columns in (older, order) if len(columns) == width), ())
