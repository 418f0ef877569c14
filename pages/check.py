"""Check the numbers: what arithmetic says of a study's printed numbers, of numbers typed in, of pasted tables."""

import streamlit as st

from pages.ui import Frame, draw, open_frame
from pages.ui.check.calculator import calculator
from pages.ui.check.group_calculator import group_calculator
from pages.ui.check.pairs_calculator import pairs_calculator
from pages.ui.check.paste import paste
from pages.ui.shared import choose, ledger
from pages.ui.shared.guard import panel


def body(frame: Frame) -> None:
    say = frame.say
    st.text(say("check-numbers.intro"))

    what = choose.one(
        st.segmented_control,
        "what",
        say("choose.what"),
        ("study", "typed", "pairs", "groups", "paste"),
        "study",
        lambda key: say(f"what.{key}"),
        required=True,
        wrap=True,
        label_visibility="collapsed",
    )
    with panel(say):
        if what == "typed":
            calculator(say)
        elif what == "pairs":
            pairs_calculator(say)
        elif what == "groups":
            group_calculator(say)
        elif what == "paste":
            paste(say)
        else:
            ledger.screen(frame, say)


draw(body, open_frame("check"))
