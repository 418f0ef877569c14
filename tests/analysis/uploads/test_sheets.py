"""Cells become numbers, rows become columns: decimal marks, headers, names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.uploads import File, Grid, NotRead, read_file, sheet_of
from analysis.uploads.numbers import decimal_mark, is_blank, number


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1.5", ".", 1.5),
        ("1,5", ",", 1.5),
        ("-0,25", ",", -0.25),
        ("−3", ".", -3.0),
        (".5", ".", 0.5),
        ("-,5", ",", -0.5),
        ("1,234.5", ".", 1234.5),
        ("1.234,5", ",", 1234.5),
        ("1 234,5", ",", 1234.5),
        ("1e3", ".", 1000.0),
        ("45%", ".", 45.0),
        ("007", ".", 7.0),
        ("12 mL", ".", None),
        ("<0.05", ".", None),
        ("1,23", ".", None),
        ("1.2.3", ".", None),
        ("inf", ".", None),
        ("1e999", ".", None),
        ("nan", ".", None),
        ("1_000", ".", None),
        ("٣", ".", None),
        ("", ".", None),
        (True, ".", 1.0),
        (3, ".", 3.0),
    ],
)
def test_a_cell_is_a_number_or_none(text, decimal, value):
    assert number(text, decimal) == value


@given(st.floats(-1e12, 1e12), st.sampled_from(",."))
def test_what_is_written_with_a_mark_is_read_with_it(value, decimal):
    assert number(f"{value:.6f}".replace(".", decimal), decimal) == pytest.approx(value, abs=1e-6)


@given(st.text(), st.sampled_from(",."))
def test_no_text_breaks_a_number(text, decimal):
    found = number(text, decimal)
    assert found is None or abs(found) < float("inf")
    assert not (is_blank(text) and found is not None)


@pytest.mark.parametrize(
    ("cells", "separator", "mark"),
    [
        (["1,5", "2"], "\t", ","),
        (["1.5", "2"], "\t", "."),
        (["1,234", "2,5"], ";", ","),
        (["1,234", "5,678"], ";", ","),
        (["1,234", "5,678"], "\t", "."),
        (["1.234", "5.678,5"], ";", "."),
        (["1.234", "78,5"], ";", ","),
        ([3, "x", None], ",", "."),
    ],
)
def test_the_decimal_mark_is_found(cells, separator, mark):
    assert decimal_mark(cells, separator) == mark


def grid(*rows) -> File:
    return File("x", "text", (Grid("", tuple(rows)),))


def test_a_title_above_the_header_is_passed_over():
    sheet = sheet_of(grid(("Data ASI 2025", None, None), (None,) * 3, ("id", "pre", "post"), ("1", "2", "3")))
    assert (sheet.header, sheet.first_row) == (3, 4)
    assert [column.name for column in sheet.columns] == ["id", "pre", "post"]
    assert sheet.row(0) == 4


def test_a_table_without_header_is_named_by_letters():
    sheet = sheet_of(grid(("1", "2"), ("3", "4")))
    assert (sheet.header, sheet.height) == (0, 2)
    assert [column.name for column in sheet.columns] == ["A", "B"]


def test_the_header_can_be_chosen():
    rows = (("a", "b"), ("c", "d"), ("1", "2"))
    assert [c.name for c in sheet_of(grid(*rows), header=2).columns] == ["c", "d"]
    assert sheet_of(grid(*rows), header=0).height == 3
    with pytest.raises(NotRead):
        sheet_of(grid(*rows), header=3)


def test_no_two_columns_have_one_name():
    names = [c.name for c in sheet_of(grid(("a", "a", None, "a"), ("1", "2", "3", "4"))).columns]
    assert len(set(names)) == 4 and names[2] == "C"


def test_short_and_long_rows_are_made_even():
    sheet = sheet_of(read_file(b"a,b,c\n1,2\n1,2,3,4\n5,6,7\n", "x.csv"))
    assert [c.numbers for c in sheet.columns] == [(1, 1, 5), (2, 2, 6), (None, 3, 7), (None, 4, None)]
