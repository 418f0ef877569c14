"""Across studies: which interventions, how sure; the map, the forest, the rows, the claims, the network."""

import streamlit as st

from pages.ui import Frame, draw, open_frame
from pages.ui.across import bias, claims, compare, evidence, evidence_map, rows
from pages.ui.shared import choose
from pages.ui.shared.guard import panel

VIEWS = {
    "evidence": evidence.view,
    "certainty": evidence.certainty_view,
    "map": evidence_map.view,
    "studies": rows.view,
    "claims": claims.view,
    "compare": compare.view,
    "bias": bias.view,
}


def body(frame: Frame) -> None:
    say = frame.say
    shown = choose.one(
        st.segmented_control,
        "view",
        say("across.view"),
        tuple(VIEWS),
        "evidence",
        lambda key: say(f"across.view-{key}"),
        required=True,
        wrap=True,
        label_visibility="collapsed",
    )
    with panel(say):
        VIEWS[shown](frame, say)


draw(body, open_frame("across-studies", "across.intro"))
