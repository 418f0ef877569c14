"""How a file was read: sheet, header row, encoding, separator, decimal mark; shown, and changed where it is wrong."""

from __future__ import annotations

import streamlit as st

from analysis.uploads import File, NotRead, Sheet
from analysis.words import Say
from pages.ui.shared.text import plain
from pages.ui.your_data.brought import Brought

FOUND = ""  # as it was found
ENCODINGS = (FOUND, "utf-8", "cp1252", "latin-1", "utf-16", "cp1256", "gb18030", "shift_jis")
SEPARATORS = {FOUND: "found", ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "blank"}
DECIMALS = {FOUND: "found", ".": "point", ",": "comma"}
MOST_HEADER = 50


def sheet_of(brought: Brought, say: Say) -> Sheet | None:
    """The table that was chosen; None, with a sentence, where it can't be read."""
    with st.container(horizontal=True, vertical_alignment="center"):
        line = st.empty()
        menu = st.popover(say("own.read-otherwise"), icon=":material/tune:")
    try:
        return _read(brought, line, menu, say)
    except NotRead as refused:
        st.error(plain(say.note(refused.note, "upload-refused")), icon=":material/draft:")
        return None


def _read(brought: Brought, line, menu, say: Say) -> Sheet:
    with menu:
        st.caption(say("own.read-help"))
        encoding, separator = _text_choices(brought, say)
    file = brought.file(encoding, separator, say)
    with menu:
        place = _sheet(file, brought, say)
        packaged = bool(file.grids[place].variables)
        header = None if packaged else _header(brought, place, say)
        decimal = _one("decimal", list(DECIMALS), brought, lambda key: say(f"own.mark-{DECIMALS[key]}"), say)
    sheet = brought.sheet(file, place, header, decimal, say)
    line.text(_said(sheet, say))
    return sheet


def _text_choices(brought: Brought, say: Say) -> tuple[str, str]:
    """Encoding and separator, where it is text."""
    if not _is_text(brought):
        return FOUND, FOUND
    return (
        _one("encoding", ENCODINGS, brought, lambda key: key.upper() or say("own.mark-found"), say),
        _one("separator", list(SEPARATORS), brought, lambda key: say(f"own.mark-{SEPARATORS[key]}"), say),
    )


def _is_text(brought: Brought) -> bool:
    """True while nothing says that it is a workbook or a file of a statistics package."""
    kept = brought.steps.get("file")
    return kept is None or kept[1].kind == "text"


def _one(name: str, options, brought: Brought, shown, say: Say) -> str:
    return st.selectbox(
        say(f"own.by-{name}"), options, format_func=shown, key=f"own-{name}-{brought.key}", persist_state="session"
    )


def _sheet(file: File, brought: Brought, say: Say) -> int:
    """Which of several tables; the first with anything in it unless another is chosen."""
    if len(file.grids) == 1:
        return 0
    fullest = next((place for place, grid in enumerate(file.grids) if len(grid.rows) > 1), 0)
    return st.selectbox(
        say("own.sheet"), range(len(file.grids)), fullest, format_func=lambda place: file.grids[place].name,
        key=f"own-sheet-{brought.key}", persist_state="session",
    )  # fmt: skip


def _header(brought: Brought, place: int, say: Say) -> int | None:
    """The row that names the columns, None to look for it."""
    return st.number_input(
        say("own.header"), 0, MOST_HEADER, None, 1, key=f"own-header-{brought.key}-{place}",
        placeholder=say("own.mark-found"), help=say("own.header-help"), persist_state="session",
    )  # fmt: skip


def _said(sheet: Sheet, say: Say) -> str:
    """ "40 rows and 6 columns, names in row 3; read as CP1252, cells parted by a semicolon, decimal comma."."""
    file, parts = sheet.file, [say("own.size", rows=len(sheet.filled), columns=len(sheet.columns))]
    if sheet.name:
        parts.append(say("own.of-sheet", sheet=sheet.name))
    if not file.grids[0].variables:
        parts.append(say("own.named-in", row=sheet.header) if sheet.header else say("own.named-nowhere"))
    if file.encoding:
        parts.append(file.encoding.upper())
    if file.separator:
        parts.append(say("own.parted-by", what=say(f"own.mark-{SEPARATORS.get(file.separator, 'found')}")))
    parts.append(say("own.decimal-is", what=say(f"own.mark-{DECIMALS[sheet.decimal]}")))
    return " · ".join(parts)
