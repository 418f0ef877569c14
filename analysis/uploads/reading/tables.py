"""Text with a separator (.csv, .tsv, pasted): its encoding, its separator, its rows."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from .refused import Refused

BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
SEPARATORS = ("\t", ";", "|", ",", " ")  # a comma may be a decimal mark, a blank a part of words: asked last
LOOKED_AT = 65_536  # characters from the beginning
ROWS_LOOKED_AT = 200
ALIKE = 0.9  # share of rows that must have the same number of cells


def read(content: bytes, cells: int, choices: Mapping[str, Any]) -> dict[str, Any]:
    """One table, with the `encoding` and `separator` that were chosen, or else found.

    Raises:
        Refused: it isn't text, or not in the encoding chosen; a cell or the table is too large.
    """
    encoding = choices.get("encoding") or encoding_of(content)
    try:
        text = content.decode(encoding)
    except (UnicodeError, LookupError) as error:
        raise Refused("wrong-encoding", encoding=encoding) from error
    if "\0" in text[:LOOKED_AT]:
        raise Refused("no-table")
    separator = choices.get("separator") or separator_of(text[:LOOKED_AT])
    rows, left = [], cells
    try:
        for row in _rows(text, separator):
            left -= len(row)
            if left < 0:
                raise Refused("too-many-cells")
            rows.append([cell.strip() or None for cell in row])
    except csv.Error as error:
        raise Refused("cell-too-long") from error
    if not any(cell for row in rows for cell in row):
        raise Refused("empty")
    return {"grids": [{"name": "", "rows": rows}], "encoding": encoding, "separator": separator}


def encoding_of(content: bytes) -> str:
    """By its mark, else UTF-8 where every byte fits, else that of Windows, in which any byte is a letter."""
    for mark, encoding in BOMS.items():
        if content.startswith(mark):
            return encoding
    start = content[:4096]
    if start.count(0) > len(start) // 4:  # every second byte of plain letters in UTF-16
        return "utf-16-be" if start[:1] == b"\0" else "utf-16-le"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252" if _fits(content, "cp1252") else "latin-1"
    return "utf-8"


def _fits(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def separator_of(text: str) -> str:
    """The first of `SEPARATORS` that cuts nearly all rows into the same number of cells, two at least."""
    for separator in SEPARATORS:
        if _alike(text, separator) >= ALIKE:
            return separator
    return max(SEPARATORS[:-1], key=lambda separator: _alike(text, separator))


def _alike(text: str, separator: str) -> float:
    """Share of the rows that have the commonest number of cells; 0 where that is one."""
    try:
        lengths = Counter(len(row) for row in islice(_rows(text, separator), ROWS_LOOKED_AT) if any(row))
    except csv.Error:
        return 0.0
    several = {length: rows for length, rows in lengths.items() if length > 1}
    return max(several.values()) / sum(lengths.values()) if several else 0.0


def _rows(text: str, separator: str) -> Iterable[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
