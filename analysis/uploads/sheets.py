"""A table of a file as typed columns: which row names them, what each holds, where every cell came from."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, islice
from typing import Any, Literal

from analysis.uploads.numbers import decimal_mark, is_blank, number
from analysis.uploads.reader import Cell, File, Grid, NotRead, Variable

Kind = Literal["number", "text", "empty"]
MOSTLY = 0.7  # share of the filled cells that must be numbers in a column of numbers
LOOKED_AT = 50  # rows in which the header is looked for
FULL = 0.6  # share of the widest row that a header fills
NO_HEADER = 0
MOST_COLUMNS = 2_000
SAMPLE = 2_000  # cells or rows by which a long column is judged


@dataclass(frozen=True)
class Column:
    """One column: its name, the letter a spreadsheet gives it, its cells from the first row of data on.

    `labels` are the words for coded values; `missing` are ranges (lowest, highest) that the file itself calls missing.
    """

    name: str
    letter: str
    kind: Kind
    cells: tuple[Cell, ...]
    decimal: str
    label: str = ""
    labels: Mapping[Cell, str] = field(default_factory=dict)
    missing: tuple[tuple[Cell, Cell], ...] = ()

    def is_missing(self, cell: Cell) -> bool:
        """True for an empty cell and for a value that the file calls missing."""
        return is_blank(cell) or self._marked(cell)

    @cached_property
    def numbers(self) -> tuple[float | None, ...]:
        """Every cell as a number, None where it is none or counts as missing."""
        found = (number(cell, self.decimal) for cell in self.cells)
        if not self.missing:
            return tuple(found)
        return tuple(None if self._marked(cell) else value for cell, value in zip(self.cells, found, strict=True))

    def _marked(self, cell: Cell) -> bool:
        """True for a value that the file itself calls missing."""
        return any(_between(cell, low, high) for low, high in self.missing)

    def text(self, cell: Cell) -> str:
        """A cell as a reader would say it: its value label where it has one, whole numbers without ".0"."""
        if cell in self.labels:
            return self.labels[cell]
        if isinstance(cell, float) and cell.is_integer():
            return str(int(cell))
        return "" if cell is None else str(cell).strip()

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Every cell as text, blank where it is missing."""
        return tuple("" if self.is_missing(cell) else self.text(cell) for cell in self.cells)

    @cached_property
    def levels(self) -> tuple[str, ...]:
        """The different texts in the order in which they come; coded ones in the order of their codes."""
        if self.labels:
            coded = sorted({cell for cell in self.cells if not self.is_missing(cell)}, key=_order)
            return tuple(dict.fromkeys(self.text(cell) for cell in coded))
        return tuple(dict.fromkeys(filter(None, self.texts)))


@dataclass(frozen=True)
class Sheet:
    """A table to work with. `first_row` is the row of the file in which the data begin; `header` that of the names.

    Files of statistics packages have neither: there the first person is row 1.
    """

    name: str
    columns: tuple[Column, ...]
    header: int
    first_row: int
    decimal: str
    file: File

    @property
    def height(self) -> int:
        return len(self.columns[0].cells)

    def column(self, name: str) -> Column:
        """
        Raises:
            KeyError: no column has this name.
        """
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @cached_property
    def filled(self) -> tuple[int, ...]:
        """Places of the rows that hold anything at all."""
        return tuple(place for place in range(self.height) if any(c.cells[place] is not None for c in self.columns))

    def row(self, place: int) -> int:
        """The row of the file, as a spreadsheet counts, of one place in the columns."""
        return self.first_row + place


def sheet_of(file: File, place: int = 0, *, header: int | None = None, decimal: str = "") -> Sheet:
    """A table of a file as columns.

    Args:
        place: which of the file's tables.
        header: the row that names the columns, counted from 1; 0 where none does; None to look for it.
        decimal: "," or "." in cells of text; blank to look for it.

    Raises:
        NotRead: there is no row of data below the header.
    """
    grid = file.grids[place]
    if grid.variables:
        header = 1
    elif header is None:
        header = header_of(grid)
    width = max(map(len, grid.rows[max(header - 1, 0) :]), default=0)
    if width > MOST_COLUMNS:
        raise NotRead("too-many-columns", most=MOST_COLUMNS)
    rows = [row + (None,) * (width - len(row)) for row in grid.rows[header:]]
    while rows and all(cell is None for cell in rows[-1]):
        rows.pop()
    if not rows:
        raise NotRead("no-rows", header=header)
    names = _names(grid.rows[header - 1] if header else (), width)
    decimal = decimal or decimal_mark((cell for row in _sample(rows) for cell in row), file.separator)
    variables = grid.variables or (Variable(),) * width
    cells = zip(*rows, strict=True)
    columns = [_column(n, at, c, decimal, v) for at, (n, c, v) in enumerate(zip(names, cells, variables, strict=True))]
    kept = tuple(column for column in columns if column.kind != "empty" or column.name != column.letter)
    first = 1 if grid.variables else header + 1
    return Sheet(grid.name, kept or tuple(columns), 0 if grid.variables else header, first, decimal, file)


def header_of(grid: Grid) -> int:
    """The first row that is nearly as wide as the table and holds words only, counted from 1; 0 where none does.

    A title above the table fills a cell or two, data hold numbers.
    """
    rows = list(islice(grid.rows, LOOKED_AT))
    widest = max((_filled(row) for row in rows), default=0)
    for place, row in enumerate(rows, start=1):
        if _filled(row) >= max(1, math.ceil(FULL * widest)):
            words = [cell for cell in row if isinstance(cell, str) and number(cell, ".") is None]
            enough = len(words) >= max(1, FULL * _filled(row))
            return place if enough and place < len(grid.rows) else NO_HEADER
    return NO_HEADER


def _filled(row: Sequence[Cell]) -> int:
    return sum(cell is not None for cell in row)


def _names(row: Sequence[Cell], width: int) -> list[str]:
    """A name for each column, no two alike: as in the header, or the column's letter."""
    names: dict[str, None] = {}
    for place in range(width):
        cell = row[place] if place < len(row) else None
        name = " ".join(str(cell).split()) if cell is not None else letter(place)
        numbered = (f"{name} ({again})" for again in range(2, width + 2))
        names[next(one for one in chain((name,), numbered) if one not in names)] = None
    return list(names)


def letter(place: int) -> str:
    """A, B, … Z, AA, … as spreadsheets name their columns."""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def _column(name: str, place: int, cells: tuple[Cell, ...], decimal: str, variable: Variable) -> Column:
    return Column(
        name, letter(place), _kind(cells, decimal), cells, decimal, variable.label, dict(variable.labels),
        variable.missing,
    )  # fmt: skip


def _sample(found: Sequence[Any]) -> Sequence[Any]:
    """All, or where they are many, some from everywhere."""
    return found[:: max(1, len(found) // SAMPLE)]


def _kind(cells: Iterable[Cell], decimal: str) -> Kind:
    filled = _sample([cell for cell in cells if not is_blank(cell)])
    if not filled:
        return "empty"
    numbers = sum(isinstance(cell, int | float) or number(cell, decimal) is not None for cell in filled)
    return "number" if numbers >= MOSTLY * len(filled) else "text"


def _between(cell: Cell, low: Cell, high: Cell) -> bool:
    if isinstance(cell, int | float) and isinstance(low, int | float) and isinstance(high, int | float):
        return low <= cell <= high
    return cell is not None and cell == low


def _order(cell: Cell) -> tuple[bool, float, str]:
    return (True, 0.0, cell) if isinstance(cell, str) else (False, float(cell or 0), "")
