"""Files of statistics packages: SPSS (.sav, .zsav) and Stata (.dta), with labels and what they call missing."""

from __future__ import annotations

import io
import math
from typing import Any

import pyreadstat

from .refused import Refused


def read(content: bytes, kind: str, cells: int, encoding: str | None = None) -> dict[str, Any]:
    """One table: a row of names, then the data; `variables` holds each one's label, value labels and missing marks.

    Missing marks are pairs (lowest, highest); Stata's are letters.

    Raises:
        Refused: damaged, or too many cells.
    """
    reader = pyreadstat.read_sav if kind == "sav" else pyreadstat.read_dta
    wanted = {"user_missing": True, "output_format": "dict", "encoding": encoding}
    try:
        _, head = reader(io.BytesIO(content), metadataonly=True, **wanted)
        if (head.number_rows or 0) * len(head.column_names) > cells:
            raise Refused("too-many-cells")
        data, head = reader(io.BytesIO(content), **wanted)
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError, KeyError, OverflowError) as error:
        raise Refused("damaged-resave", ending=kind) from error
    columns = [[_plain(value) for value in data[name]] for name in head.column_names]
    if not columns or not columns[0]:
        raise Refused("empty")
    variables = [_variable(name, head) for name in head.column_names]
    rows = [list(head.column_names), *(list(row) for row in zip(*columns, strict=True))]
    if len(rows) * len(columns) > cells + len(columns):
        raise Refused("too-many-cells")
    return {"grids": [{"name": head.table_name or "", "rows": rows, "variables": variables}]}


def _variable(name: str, head: Any) -> dict[str, Any]:
    ranges = [(one["lo"], one["hi"]) for one in head.missing_ranges.get(name, [])]
    letters = [(mark, mark) for mark in head.missing_user_values.get(name, [])]
    return {
        "label": head.column_names_to_labels.get(name) or "",
        "labels": [[_plain(value), text] for value, text in head.variable_value_labels.get(name, {}).items()],
        "missing": [*ranges, *letters],
    }


def _plain(value: Any) -> Any:
    """A cell as JSON has it; empty is None, dates are ISO text."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return value
    if hasattr(value, "isoformat"):
        return value.isoformat()
    number = float(value)
    return number if math.isfinite(number) else None
