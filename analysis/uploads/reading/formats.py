"""Which kind of file it is, told by its first bytes, and the reader for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import packages, tables, workbooks
from .refused import Refused

ZIP, OLE, SPSS, STATA = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", (b"$FL2", b"$FL3"), b"<stata_dta>"
OLD_STATA = (105, 108, 110, 111, 113, 114, 115)  # first byte of .dta before version 117
NO_TABLE = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"RDX")
PAGES = (b"<!doctype", b"<html", b"<?xml", b"<svg")


def read(content: bytes, name: str, cells: int, unpacked: int, choices: Mapping[str, Any]) -> dict[str, Any]:
    """The tables in a file: `kind`, `grids` (each a name and rows of cells, SPSS's and Stata's with `variables`).

    Args:
        name: the file's own name, for its ending; blank for what was pasted.
        cells: how many cells all tables together may have.
        unpacked: how many bytes a packed file may unpack to.
        choices: `encoding` and `separator` where the reader of the screen chose them.

    Raises:
        Refused: it is none of the kinds that can be read, or too large.
    """
    kind = kind_of(content, name)
    if kind in ("xlsx", "ods", "xls"):
        found = workbooks.read(content, cells, unpacked)
    elif kind in ("sav", "dta"):
        found = packages.read(content, kind, cells, choices.get("encoding"))
    else:
        found = tables.read(content, cells, choices)
    return {"kind": kind, **found}


def kind_of(content: bytes, name: str) -> str:
    """`xlsx`, `ods`, `xls`, `sav`, `dta` or `text`.

    Raises:
        Refused: nothing in it, or a page, a picture, an archive.
    """
    if not content.strip():
        raise Refused("empty")
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if content.startswith(ZIP):
        return "ods" if b"opendocument.spreadsheet" in content[:200] else "xlsx"
    if content.startswith(SPSS):
        return "sav"
    if content.startswith(STATA) or (ending == "dta" and content[0] in OLD_STATA):
        return "dta"
    if content.startswith(OLE):
        return "xls"
    if content.startswith(NO_TABLE) or content[:200].lstrip().lower().startswith(PAGES):
        raise Refused("no-table")
    if ending in ("sav", "zsav", "dta", "xlsx", "ods", "xls"):
        raise Refused("not-what-it-says", ending=ending)
    return "text"
