"""An empty table to fill in and a filled one to look at, for each shape that can be read."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from analysis.uploads.layout import Shape

Table = tuple[tuple[str, ...], ...]
# Made-up people and numbers: what a sheet looks like, nothing that was measured.
EXAMPLES: Mapping[Shape, Table] = {
    "wide": (
        ("id", "group", "milk before", "milk day 7", "milk after"),
        ("1", "massage", "310", "355", "420"),
        ("2", "massage", "280", "300", "365"),
        ("3", "massage", "345", "390", "450"),
        ("4", "control", "300", "305", "330"),
        ("5", "control", "325", "330", "340"),
        ("6", "control", "290", "", "315"),
    ),
    "long": (
        ("id", "group", "time", "milk"),
        ("1", "massage", "before", "310"),
        ("1", "massage", "after", "420"),
        ("2", "massage", "before", "280"),
        ("2", "massage", "after", "365"),
        ("3", "control", "before", "300"),
        ("3", "control", "after", "330"),
        ("4", "control", "before", "325"),
        ("4", "control", "after", "340"),
    ),
    "counts": (("group", "yes", "no"), ("massage", "14", "3"), ("control", "8", "9")),
    "summaries": (
        ("group", "time", "n", "mean", "sd"),
        ("massage", "before", "17", "311.5", "42.0"),
        ("massage", "after", "17", "415.2", "51.3"),
        ("control", "before", "17", "305.0", "39.8"),
        ("control", "after", "17", "328.7", "44.1"),
    ),
}
TERMS_ID = {
    "group": "kelompok", "massage": "pijat", "control": "kontrol", "milk before": "asi sebelum", "time": "waktu",
    "milk day 7": "asi hari 7", "milk after": "asi sesudah", "milk": "asi", "before": "sebelum", "after": "sesudah",
    "yes": "ya", "no": "tidak", "mean": "rata-rata", "sd": "sd",
}  # fmt: skip


def example(shape: Shape, language: str) -> bytes:
    """A small filled table as a spreadsheet of that language opens it: CSV in UTF-8 with its mark."""
    return _written(_table(shape, language), language)


def template(shape: Shape, language: str) -> bytes:
    """The heading alone, to be filled in."""
    return _written(_table(shape, language)[:1], language)


def _table(shape: Shape, language: str) -> Table:
    table = EXAMPLES[shape]
    if language != "id":
        return table
    return tuple(tuple(_in_indonesian(cell) for cell in row) for row in table)


def _in_indonesian(cell: str) -> str:
    return TERMS_ID.get(cell) or (cell.replace(".", ",") if cell.replace(".", "").isdigit() else cell)


def _written(table: Table, language: str) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";" if language == "id" else ",", lineterminator="\r\n").writerows(table)
    return text.getvalue().encode("utf-8-sig")
