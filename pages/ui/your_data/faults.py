"""What in a file doesn't fit: each cell with the reason and what to do, and what was left out."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.results import Note
from analysis.uploads import Draft, Fault, Layout, Sheet
from analysis.words import Say
from pages.ui.shared import show
from pages.ui.shared.text import plain

LISTED = 12  # kinds of faults on the screen; all of them in the download
ROWS_NAMED = 8
PREVIEWED = 100  # rows
MARK = "⚠ "


def listed(found: Draft, sheet: Sheet, say: Say) -> None:
    """Every fault with its rows, reason and fix; the columns that nothing was read from."""
    faults = sorted(found.faults, key=lambda fault: (not fault.blocks, fault.key in ("missing", "marked-missing")))
    cells = sum(max(1, len(fault.rows)) for fault in faults)
    if faults:
        st.markdown(f"**{say('own.faults', count=cells)}**")
        st.markdown("\n".join(f"- {_line(fault, say)}" for fault in faults[:LISTED]))
        if len(faults) > LISTED:
            st.caption(say("own.more-faults", count=len(faults) - LISTED))
        show.download(say("own.take-faults"), lambda: _rows(faults, say), "own-faults")
    elif found.study is not None:
        st.text(say("own.no-faults"))
    if found.left_out:
        st.caption(plain(say("own.left-out", columns=", ".join(found.left_out))))


def _line(fault: Fault, say: Say) -> str:
    reason, fix = _said(fault, say)
    where = ": ".join(filter(None, (_place(fault, say), reason)))
    return f"{plain(where)}. *{plain(fix)}*"


def _place(fault: Fault, say: Say) -> str:
    """ "before, rows 7, 12 and 3 more"."""
    if not fault.rows:
        return fault.column
    named = ", ".join(map(str, fault.rows[:ROWS_NAMED]))
    rows = say("own.row" if len(fault.rows) == 1 else "own.rows", rows=named)
    more = len(fault.rows) - ROWS_NAMED
    return f"{fault.column}, {rows}" + (f" {say('own.and-more', count=more)}" if more > 0 else "")


def _said(fault: Fault, say: Say) -> tuple[str, str]:
    note = Note(fault.key, fault.values)
    return say.note(note, "upload-fault"), say.note(Note(fault.key), "upload-fix")


def _rows(faults: list[Fault], say: Say) -> pd.DataFrame:
    """A row for each cell that doesn't fit."""
    return pd.DataFrame(
        [
            {say("own.column"): fault.column, say("own.in-row"): row, say("own.reason"): _said(fault, say)[0],
             say("own.fix"): _said(fault, say)[1]}
            for fault in faults
            for row in fault.rows or (None,)
        ]
    )  # fmt: skip


def preview(found: Draft, sheet: Sheet, layout: Layout, say: Say) -> None:
    """The sheet as it was read, rows with faults first; a cell that doesn't fit is marked."""
    names = layout.columns or tuple(column.name for column in sheet.columns)
    marked = {(fault.column, row) for fault in found.faults for row in fault.rows}
    faulty = {row for _, row in marked}
    places = sorted(sheet.filled, key=lambda place: sheet.row(place) not in faulty)[:PREVIEWED]
    rows = pd.DataFrame(
        [
            {say("own.in-row"): str(sheet.row(place))}
            | {name: _cell(sheet, name, place, (name, sheet.row(place)) in marked) for name in names}
            for place in places
        ]
    )
    st.caption(say("own.preview", shown=len(places), rows=len(sheet.filled)))
    st.dataframe(
        rows, hide_index=True, height=min(320, 38 + 35 * len(places)), key="own-preview", alt=say("own.preview-alt")
    )


def _cell(sheet: Sheet, name: str, place: int, faulty: bool) -> str:
    column = next((one for one in sheet.columns if one.name == name), None)
    text = "" if column is None else column.text(column.cells[place])
    return f"{MARK}{text}" if faulty else text
