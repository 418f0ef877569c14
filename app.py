"""Lactascope's start page: what this is, which studies there are, and how to read them."""

import streamlit as st

from analysis.library import OFFERS, offers
from analysis.words import Say
from pages.ui import choose, overview
from pages.ui.frame import close_frame, open_frame

frame = open_frame("overview")
say: Say = frame.say
st.text(say("overview.what"))
overview.journeys(say)

wanted = choose.many(
    st.pills,
    "offers",
    say("choose.offers"),
    OFFERS,
    [],
    lambda key: say(f"offer.{key}"),
    selection_mode="multi",
    help=say("help.offers"),
)
shown = [study for study in frame.library if not wanted or set(wanted) & set(offers(study))]
st.caption(say("overview.count", shown=len(shown), all=len(frame.library)))
for start in range(0, len(shown), 3):
    for column, study in zip(st.columns(3), shown[start : start + 3], strict=False):
        with column:
            overview.card(study, say)
overview.broken([study for study in frame.studies.values() if not study.usable], say)
overview.reading_key(say)
overview.background(frame.context, say)
close_frame(frame)
