"""Reading: every format gives the same table, limits hold, and whatever a file does to its reader, the next is read."""

from __future__ import annotations

import os
import signal
import time

import pandas as pd
import pytest

from analysis.uploads import Limits, NotRead, limits_from, read_file, sheet_of
from analysis.uploads.reader import _READER
from tests.analysis.uploads.files import dta, ods, packed, sav, xlsx, xlsx_parts

ROWS = (("id", "kelompok", "sebelum", "sesudah"), ("A1", "pijat", 310.5, 420.0), ("A2", "kontrol", 300.0, 331.25))
FRAME = pd.DataFrame([dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]])


def table(content: bytes, name: str, **how):
    sheet = sheet_of(read_file(content, name, **how))
    return [(c.name, c.numbers if c.kind == "number" else c.texts) for c in sheet.columns]


EXPECTED = [
    ("id", ("A1", "A2")),
    ("kelompok", ("pijat", "kontrol")),
    ("sebelum", (310.5, 300.0)),
    ("sesudah", (420.0, 331.25)),
]


def text(separator: str, decimal: str = ".") -> str:
    return "\n".join(separator.join(str(cell).replace(".", decimal) for cell in row) for row in ROWS)


FORMATS = {
    "comma.csv": lambda folder: text(",").encode(),
    "semicolon.csv": lambda folder: text(";", ",").encode(),
    "tabs.tsv": lambda folder: text("\t", ",").encode(),
    "bars.txt": lambda folder: text("|").encode(),
    "": lambda folder: text("  ").encode(),
    "windows.csv": lambda folder: text(";", ",").replace("\n", "\r\n").encode("cp1252"),
    "mark.csv": lambda folder: text(",").encode("utf-8-sig"),
    "wide.csv": lambda folder: text("\t").encode("utf-16"),
    "unmarked.csv": lambda folder: text("\t").encode("utf-16-le"),
    "book.xlsx": lambda folder: xlsx(ROWS),
    "book.ods": lambda folder: ods(ROWS),
    "spss.sav": lambda folder: sav(FRAME, folder),
    "spss.zsav": lambda folder: sav(FRAME, folder, compress=True),
    "stata.dta": lambda folder: dta(FRAME, folder),
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_table(name, tmp_path):
    assert table(FORMATS[name](tmp_path), name) == EXPECTED


@pytest.mark.parametrize("name", ["book.xlsx", "book.ods", "spss.sav", "comma.csv"])
def test_the_kind_is_told_by_the_content_not_by_the_name(name, tmp_path):
    assert table(FORMATS[name](tmp_path), "data") == EXPECTED


def test_encoding_and_separator_are_found_said_and_can_be_chosen():
    written = "nama;kota\nAndré;Gießen\n".encode("cp1252")
    found = read_file(written, "x.csv")
    assert (found.encoding, found.separator) == ("cp1252", ";")
    assert found.grids[0].rows[1] == ("André", "Gießen")
    assert read_file(written, "x.csv", encoding="cp850").grids[0].rows[1] != ("André", "Gießen")
    assert read_file(b"a,b;c\n1,2;3\n", "x.csv", separator=",").grids[0].rows[1] == ("1", "2;3")


def test_labels_and_missing_marks_of_spss_arrive(tmp_path):
    frame = pd.DataFrame({"kel": [1.0, 2, 1, 9], "pre": [12.5, 99, 14, -3]})
    content = sav(
        frame, tmp_path, column_labels=["Kelompok ibu", "Sebelum"],
        variable_value_labels={"kel": {1: "Perlakuan", 2: "Kontrol"}},
        missing_ranges={"pre": [99, {"lo": -10, "hi": -1}], "kel": [9]},
    )  # fmt: skip
    group, before = sheet_of(read_file(content, "asi.sav")).columns
    assert group.label == "Kelompok ibu"
    assert group.texts == ("Perlakuan", "Kontrol", "Perlakuan", "")
    assert group.levels == ("Perlakuan", "Kontrol")
    assert before.numbers == (12.5, None, 14.0, None)


def test_formulas_are_not_evaluated():
    """Only the value that was saved beside a formula counts; where there is none, the cell is empty."""
    rows = (("id", "a", "b"), ("x", "<f>1+1</f><v>7</v>", "<f>1+1</f>"), ("y", 3, 4))
    assert read_file(xlsx(rows), "f.xlsx").grids[0].rows[1] == ("x", 7.0, None)


def test_a_sheet_is_chosen_and_keeps_its_name():
    found = read_file(xlsx((("note",), ("see the next sheet",)), People=ROWS), "two.xlsx")
    assert [grid.name for grid in found.grids] == ["Data", "People"]
    assert [column.name for column in sheet_of(found, 1).columns] == list(ROWS[0])


def refused(content: bytes, name: str = "x.csv", **how) -> str:
    with pytest.raises(NotRead) as caught:
        read_file(content, name, **how)
    return caught.value.note.key


def test_what_is_no_table_is_told_so():
    assert refused(b"  \n \n") == "empty"
    assert refused(b"%PDF-1.7\n...") == "no-table"
    assert refused(b"<!DOCTYPE html><table></table>", "x.xls") == "no-table"
    assert refused(b"a,b\n1,2\n", "x.xlsx") == "not-what-it-says"
    assert refused("ä".encode("cp1252"), encoding="utf-8") == "wrong-encoding"
    assert refused(b"a,b\n", encoding="no-such-codec") == "wrong-encoding"
    assert refused(b"PK\x03\x04 cut off", "x.xlsx") == "damaged"
    assert refused(b"$FL2@(#) cut off", "x.sav") == "damaged-resave"
    assert refused(b'a,b\n"never closed,' + b"x" * 200_000) == "cell-too-long"


def test_too_much_is_refused():
    assert refused(b"x" * ((1 << 20) + 1), limits=Limits(megabytes=1)) == "too-large"
    assert refused(b"1,2,3\n" * 10, limits=Limits(cells=29)) == "too-many-cells"
    assert read_file(b"1,2,3\n" * 10, "x.csv", limits=Limits(cells=30)).kind == "text"
    assert refused(xlsx(((1, 2, 3),) * 10), "x.xlsx", limits=Limits(cells=29)) == "too-many-cells"


def test_a_bomb_is_refused_before_it_unpacks():
    """By the sizes in the package's own list: 30 MB of blanks in less than 200 kB."""
    parts = xlsx_parts({"Data": ROWS}) | {"xl/bomb.xml": b" " * (30 << 20)}
    began = time.process_time()
    bomb = packed(parts)
    assert len(bomb) < 200_000
    assert refused(bomb, "x.xlsx", limits=Limits(megabytes=1)) == "unpacks-too-large"
    assert refused(packed({f"{n}": "" for n in range(5_001)}), "x.xlsx") == "unpacks-too-large"
    assert time.process_time() - began < 5


def test_the_cell_that_ends_its_reader_ends_no_more():
    """A value in the last cell that a sheet can have makes calamine ask for 17,179,869,184 cells and abort."""
    far = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>' \
          '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>' \
          "</sheetData></worksheet>"  # fmt: skip
    assert refused(packed(xlsx_parts({"Data": far})), "far.xlsx") == "ended-its-reader"
    assert table(xlsx(ROWS), "next.xlsx") == EXPECTED


def test_a_file_that_takes_too_long_is_given_up():
    assert refused(b"1,2,3,4,5,6,7,8\n" * 120_000, limits=Limits(seconds=0.02)) == "too-slow"


def test_memory_is_limited():
    rows = b"1,2,3,4,5,6,7,8\n" * 120_000
    assert refused(rows, limits=Limits(memory=30)) in ("too-large-inside", "ended-its-reader")


def test_the_reader_starts_again_after_it_was_killed():
    read_file(b"a,b\n1,2\n", "x.csv")
    process = _READER._process
    os.kill(process.pid, signal.SIGKILL)
    assert read_file(b"a,b\n1,2\n", "x.csv").grids[0].rows[1] == ("1", "2")
    assert _READER._process.pid != process.pid


def test_limits_come_from_the_environment():
    assert limits_from({}) == Limits()
    assert limits_from({"LACTASCOPE_UPLOAD_MEGABYTES": "5", "LACTASCOPE_UPLOAD_CELLS": "1000"}) == Limits(5, 1000)
    with pytest.raises(ValueError, match="above 0"):
        limits_from({"LACTASCOPE_UPLOAD_SECONDS": "0"})
