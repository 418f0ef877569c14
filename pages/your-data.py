"""Your data: a reader's own file or pasted table becomes a study on all screens, for this session alone."""

import streamlit as st

from pages.ui import Frame, draw, open_frame
from pages.ui.shared.guard import panel
from pages.ui.your_data import bringing, columns, describing, faults, kept, reading


def body(frame: Frame) -> None:
    say = frame.say
    st.text(say("own.intro"))
    brought = bringing.brought(say)
    if brought is None:
        with panel(say):
            kept.all_of_them(frame.own, say)
        return
    with panel(say, "own.failed"):
        sheet = reading.sheet_of(brought, say)
        if sheet is not None:
            layout = columns.layout_of(brought, sheet, say)
            described, about = describing.described(brought, sheet, layout, say)
            found = brought.draft(sheet, described, about, say)
            kept.offer(found, frame.own, say)
            faults.listed(found, sheet, say)
            faults.preview(found, sheet, described, say)


draw(body, open_frame("your-data"))
