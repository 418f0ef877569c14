"""What each column holds: proposed, and corrected in place."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.uploads import SHAPES, STATISTICS, Layout, Part, Sheet, arranged, parts_of
from analysis.words import Say
from pages.ui.shared.text import plain
from pages.ui.your_data.brought import Brought

NONE = ""  # no such column
SHOWN_CELLS = 4  # of a column, to know it by


def layout_of(brought: Brought, sheet: Sheet, say: Say) -> Layout:
    """The layout as the user wants it: shape, who, group, time, and the columns with values."""
    name = f"{brought.key}-{sheet.name}-{sheet.header}-{sheet.decimal}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wanted = brought.proposed(sheet, None, say).shape
        shape = st.selectbox(
            say("own.shape"), SHAPES, SHAPES.index(wanted), format_func=lambda key: say(f"own.shape-{key}"),
            key=f"own-shape-{name}", help=say("own.shape-help"), width=230, persist_state="session",
        )  # fmt: skip
        proposed = brought.proposed(sheet, shape, say)
        name = f"{name}-{shape}"
        printed = shape in STATISTICS
        participant = NONE if printed else _column("participant", proposed.participant, sheet, name, say)
        arm = _column("arm", proposed.arm, sheet, name, say)
        timepoint = NONE if shape == "wide" else _column("timepoint", proposed.timepoint, sheet, name, say)
    _personal(brought, sheet, say)
    held = parts_of(proposed, say)
    chosen = st.multiselect(
        say("own.values"), [column.name for column in sheet.columns], [one.column for one in held],
        key=f"own-values-{name}", help=say("own.values-help"), persist_state="session",
        placeholder=say("own.choose"),
    )  # fmt: skip
    named = {one.column: one for one in held}
    parts = [named.get(column) or _new_part(column, shape, timepoint) for column in chosen]
    parts = _named(parts, sheet, shape, timepoint, name, say) if parts and (len(parts) > 1 or printed) else parts
    return arranged(sheet, proposed, participant=participant, arm=arm, timepoint=timepoint, parts=parts)


def _column(what: str, proposed: str, sheet: Sheet, name: str, say: Say) -> str:
    options = [NONE, *(column.name for column in sheet.columns)]
    return st.selectbox(
        say(f"own.who-{what}"), options, options.index(proposed), format_func=lambda key: key or say("own.none"),
        key=f"own-{what}-{name}", help=say(f"own.who-help-{what}"), width=200, persist_state="session",
    )  # fmt: skip


def _personal(brought: Brought, sheet: Sheet, say: Say) -> None:
    """Columns that name people are told, and stay out."""
    found = brought.personal(sheet, say)
    if found:
        told = "; ".join(f"{column}: {say(f'upload-person.{kind}')}" for column, kind in found.items())
        st.info(plain(say("own.personal", columns=told)), icon=":material/visibility_off:")


def _new_part(column: str, shape: str, timepoint: str) -> Part:
    """A column that wasn't proposed is an outcome of its own."""
    if shape in STATISTICS:
        return Part(column, column, "", STATISTICS[shape][0])
    return Part(column, column)


def _named(parts: list[Part], sheet: Sheet, shape: str, timepoint: str, name: str, say: Say) -> list[Part]:
    """The names of outcome and time, and which number it is, one row per column, written over in place."""
    printed, timed = shape in STATISTICS, shape != "long" and not timepoint
    rows = pd.DataFrame({
        "column": [one.column for one in parts],
        "cells": [", ".join(_first_cells(sheet, one.column)) for one in parts],
        "outcome": [one.outcome for one in parts],
        **({"when": [one.when for one in parts]} if timed else {}),
        **({"statistic": [say(f"own.number-{one.statistic}") for one in parts]} if printed else {}),
    })  # fmt: skip
    words = {say(f"own.number-{key}"): key for key in STATISTICS.get(shape, ())}
    config = {
        "column": st.column_config.TextColumn(say("own.column"), disabled=True),
        "cells": st.column_config.TextColumn(say("own.cells"), disabled=True),
        "outcome": st.column_config.TextColumn(say("own.outcome"), required=True, max_chars=80),
        "when": st.column_config.TextColumn(say("own.when"), max_chars=60),
        "statistic": st.column_config.SelectboxColumn(say("own.statistic"), options=list(words), required=True),
    }
    st.caption(say("own.write-over"))
    edited = st.data_editor(
        rows, hide_index=True, column_config={key: config[key] for key in rows}, alt=say("own.write-over"),
        key=f"own-parts-{name}-{'|'.join(rows['column'])}-{timed}-{say.language}",
    )  # fmt: skip
    return [
        Part(
            row["column"], str(row["outcome"] or row["column"]).strip(), str(row.get("when") or "").strip(),
            words[row["statistic"]] if printed else "",
        )
        for row in edited.to_dict("records")
    ]  # fmt: skip


def _first_cells(sheet: Sheet, column: str) -> list[str]:
    texts = sheet.column(column).texts
    return [text for text in texts[: SHOWN_CELLS * 3] if text][:SHOWN_CELLS]
