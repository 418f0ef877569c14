"""Check the numbers: what arithmetic says of a study's printed numbers, of numbers typed in, of pasted tables."""

import streamlit as st

from pages.ui import Frame, draw, open_frame
from pages.ui.check.views import VIEWS
from pages.ui.shared import choose
from pages.ui.shared.guard import panel


def body(frame: Frame) -> None:
    say = frame.say
    st.text(say("check-numbers.intro"))

    what = choose.one(
        st.segmented_control,
        "what",
        say("choose.what"),
        tuple(VIEWS),
        next(iter(VIEWS)),
        lambda key: say(f"what.{key}"),
        required=True,
        wrap=True,
        label_visibility="collapsed",
    )
    with panel(say):
        VIEWS[what](frame, say)


draw(body, open_frame("check", {"what": tuple(VIEWS)}))
