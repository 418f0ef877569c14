"""Workbooks (.xlsx, .ods, .xls): values as their program last saved them; formulas are never evaluated."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from typing import Any

import python_calamine

from .refused import Refused

MOST_PARTS = 5_000  # files in a packed workbook


def read(content: bytes, cells: int, unpacked: int) -> dict[str, Any]:
    """Every sheet that holds anything, rows and columns counted from the sheet's own first.

    Raises:
        Refused: it unpacks to too much, asks for a password, has too many cells or none.
    """
    if content.startswith(b"PK"):
        _look_inside(content, unpacked)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        grids = []
        for place, sheet in enumerate(book.sheets_metadata):
            if sheet.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            rows = book.get_sheet_by_index(place).to_python(skip_empty_area=False)
            cells -= sum(map(len, rows))
            if cells < 0:
                raise Refused("too-many-cells")
            if any(value != "" for row in rows for value in row):
                grids.append({"name": sheet.name, "rows": [[_plain(value) for value in row] for row in rows]})
    except python_calamine.PasswordError as error:
        raise Refused("password") from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise Refused("damaged") from error
    if not grids:
        raise Refused("empty")
    return {"grids": grids}


def _look_inside(content: bytes, unpacked: int) -> None:
    """Refuse what would unpack to too much, by the sizes in its own list, before anything is unpacked."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Refused("damaged") from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > unpacked:
        raise Refused("unpacks-too-large")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("password")


def _plain(value: Any) -> Any:
    """A cell as JSON has it; empty is None, dates are ISO text."""
    if value == "":
        return None
    if isinstance(value, timedelta):
        return value.total_seconds()
    return value if isinstance(value, str | int | float | bool) else value.isoformat()
