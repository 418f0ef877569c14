"""Check the numbers: what arithmetic says of every printed number and claim of a study."""

import streamlit as st

from analysis.words import Say
from pages.ui import choose, ledger
from pages.ui.calculator import calculator
from pages.ui.frame import close_frame, open_frame

frame = open_frame("check")
say: Say = frame.say
st.text(say("check-numbers.intro"))

what = choose.one(
    st.segmented_control,
    "what",
    say("choose.what"),
    ("study", "typed"),
    "study",
    lambda key: say(f"what.{key}"),
    required=True,
    label_visibility="collapsed",
)
if what == "typed":
    calculator(say)
else:
    ledger.ledger(frame, say)
close_frame(frame)
