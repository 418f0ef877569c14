"""Across studies: which interventions, how sure; the map, the forest, the rows, the claims, the network."""

import streamlit as st

from pages.ui import Frame, draw, open_frame
from pages.ui.across.views import VIEWS
from pages.ui.shared import choose
from pages.ui.shared.guard import panel


def body(frame: Frame) -> None:
    say = frame.say
    shown = choose.one(
        st.segmented_control,
        "view",
        say("across.view"),
        tuple(VIEWS),
        next(iter(VIEWS)),
        lambda key: say(f"across.view-{key}"),
        required=True,
        wrap=True,
        label_visibility="collapsed",
    )
    with panel(say):
        VIEWS[shown](frame, say)


draw(body, open_frame("across-studies", {"view": tuple(VIEWS)}))
