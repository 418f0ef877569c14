"""Text for writers: without letters that no document may hold, and how much room a table's columns take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.plots.printing.page import readable
from analysis.plots.reports.blocks import Table

NARROWEST, WIDEST = 8, 60  # letters that a column is given room for
BOLD = 1.2  # how much wider the letters of a head are
SHORT = 17  # letters of a text that needn't wrap


def printable(value: Any) -> Any:
    """The same value with every text in it readable."""
    if isinstance(value, str):
        return readable(value)
    if isinstance(value, Mapping):
        return {key: printable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [printable(inner) for inner in value]
    return value


def widths(table: Table) -> list[float]:
    """How wide each column is to be, in letters: as its longer texts need, within limits."""
    columns = zip(*table.rows, strict=True) if table.rows else ((),) * len(table.head)
    return [
        min(WIDEST, max(NARROWEST, BOLD * _longest_word(name), *map(_needed, column)))
        for name, column in zip(table.head, columns, strict=True)
    ]


def _needed(text: str) -> float:
    """A long text wraps into a few lines; a word does not."""
    return max(_longest_word(text), 3 * len(text) ** 0.5 if len(text) > SHORT else len(text))


def _longest_word(text: str) -> int:
    return max(map(len, text.split()), default=0)
