"""Cells as numbers: which mark divides decimals, what is blank, what can't be read as a number."""

from __future__ import annotations

import re
from collections.abc import Iterable

from analysis.uploads.reader import Cell

BLANKS = frozenset(("", "na", "n/a", "n.a.", "nan", "null", "none", "-", "--", "–", "—", ".", "?", "#n/a", "<na>"))
LOOKS_NUMERIC = re.compile(r"[-+]?[.,]?\d[\d.,]*(e[-+]?\d{1,3})?%?", re.IGNORECASE)
PLAIN = {mark: re.compile(rf"-?[0-9]{{1,100}}(\{mark}[0-9]{{1,100}})?") for mark in (",", ".")}  # nearly all cells
GROUPED = {",": re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?"), ".": re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")}
OTHER = {",": ".", ".": ","}
BY_COMMA = re.compile(r"[-+−]?\d*,\d+%?")
BY_POINT = re.compile(r"[-+−]?\d*\.\d+%?")
LARGEST = 1e15  # beyond which not every whole number can be told from the next
GROUP = 3  # digits behind a mark that may part thousands


def is_blank(cell: Cell) -> bool:
    """True for an empty cell and for the usual words for "nothing here"."""
    return cell is None or (isinstance(cell, str) and cell.strip().casefold() in BLANKS)


def number(cell: Cell, decimal: str) -> float | None:
    """A cell as a number; None where it is none. `decimal` is "," or "."; the other may part thousands."""
    if isinstance(cell, bool) or cell is None:
        return None if cell is None else float(cell)
    if isinstance(cell, int | float):
        return sane(float(cell))
    if PLAIN[decimal].fullmatch(cell):
        return sane(float(cell.replace(decimal, ".")))
    text = re.sub(r"[\s\u00a0\u202f']", "", cell).replace("−", "-")
    if not text.isascii() or not LOOKS_NUMERIC.fullmatch(text):
        return None
    text = text.rstrip("%")
    unsigned = text.lstrip("+-")
    if OTHER[decimal] in unsigned:
        if not GROUPED[decimal].fullmatch(unsigned):
            return None
        text = text.replace(OTHER[decimal], "")
    try:
        return sane(float(text.replace(decimal, ".")))
    except ValueError:  # two marks, as in a date or a version
        return None


def sane(value: float) -> float | None:
    """The value, None where nothing that is measured of people is as large."""
    return value if abs(value) <= LARGEST else None


def decimal_mark(cells: Iterable[Cell], separator: str = "") -> str:
    """The mark before decimals in texts: a comma where one stands before other than three digits, else a point.

    "1,234" alone may be either: then a comma that doesn't separate cells, beside a semicolon that does, is decimal.
    """
    texts = [cell.strip() for cell in cells if isinstance(cell, str)]
    commas = [text for text in texts if BY_COMMA.fullmatch(text)]
    points = [text for text in texts if BY_POINT.fullmatch(text)]
    sure_commas = sum(len(text.rstrip("%").partition(",")[2]) != GROUP for text in commas)
    sure_points = sum(len(text.rstrip("%").partition(".")[2]) != GROUP for text in points)
    if sure_commas != sure_points:
        return "," if sure_commas > sure_points else "."
    return "," if commas and not points and separator == ";" else "."
