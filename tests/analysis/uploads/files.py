"""Files as users have them, written by hand where no library of ours writes them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pandas as pd
import pyreadstat

from analysis.uploads.sheets import letter

Rows = Sequence[Sequence[object]]
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def packed(parts: Mapping[str, str | bytes], said: int | None = None) -> bytes:
    """Parts of a package; `said` is the size that its list gives for the last of them, where that is a lie."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(zipfile.ZipInfo(name), part, how, compresslevel=1)
        if said is not None:
            package.filelist[-1].file_size = said
    return made.getvalue()


def xlsx_parts(sheets: Mapping[str, Rows | str]) -> dict[str, str]:
    """The parts of a workbook; a sheet is rows, or its XML."""
    names = list(sheets)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/s{place}.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for place in range(len(names))
    )
    listed = "".join(
        f'<sheet name="{escape(name, {chr(34): "&quot;"})}" sheetId="{place + 1}" r:id="r{place}"/>'
        for place, name in enumerate(names)
    )
    related = "".join(
        f'<Relationship Id="r{place}" Type="{OFFICE}/worksheet" Target="worksheets/s{place}.xml"/>'
        for place in range(len(names))
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        f"{overrides}</Types>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="b" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{related}</Relationships>',
        **{
            f"xl/worksheets/s{place}.xml": rows if isinstance(rows, str) else sheet_xml(rows)
            for place, rows in enumerate(sheets.values())
        },
    }


def sheet_xml(rows: Rows) -> str:
    lines = "".join(
        f'<row r="{y}">{"".join(_cell(value, x, y) for x, value in enumerate(row) if value is not None)}</row>'
        for y, row in enumerate(rows, start=1)
    )
    return f'<worksheet xmlns="{MAIN}"><sheetData>{lines}</sheetData></worksheet>'


def _cell(value: object, x: int, y: int) -> str:
    at = f"{letter(x)}{y}"
    if isinstance(value, str) and value.startswith("<f>"):
        return f'<c r="{at}">{value}</c>'
    if isinstance(value, str):
        return f'<c r="{at}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{at}"><v>{value}</v></c>'


def xlsx(rows: Rows, **others: Rows) -> bytes:
    return packed(xlsx_parts({"Data": rows, **others}))


def ods_parts(rows: Rows) -> dict[str, str]:
    """The parts of an OpenDocument sheet, its type first."""
    table, office, text = ("urn:oasis:names:tc:opendocument:xmlns:" + name for name in ("table", "office", "text"))
    lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    return {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": f'<office:document-content xmlns:office="{office}:1.0" xmlns:table="{table}:1.0" '
        f'xmlns:text="{text}:1.0" office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="Data">{lines}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>",
        "META-INF/manifest.xml": '<manifest:manifest manifest:version="1.2" '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
        'manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
        "</manifest:manifest>",
    }


def _ods_cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
    shown = f"<text:p>{value}</text:p>"
    return f'<table:table-cell office:value-type="float" office:value="{value}">{shown}</table:table-cell>'


def ods(rows: Rows) -> bytes:
    return packed(ods_parts(rows))


def sav(frame: pd.DataFrame, folder: Path, **said: object) -> bytes:
    """An SPSS file; `said` are labels and missing marks as pyreadstat takes them, `compress` makes a .zsav."""
    pyreadstat.write_sav(frame, folder / "made.sav", **said)
    return (folder / "made.sav").read_bytes()


def dta(frame: pd.DataFrame, folder: Path, **said: object) -> bytes:
    """A Stata file."""
    pyreadstat.write_dta(frame, folder / "made.dta", **said)
    return (folder / "made.dta").read_bytes()
