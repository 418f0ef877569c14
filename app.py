"""Lactascope's start page: what this is, which studies there are, and how to read them."""

import streamlit as st

from analysis.studies import CLASSES, OFFERS, classes_of, matches, offers
from analysis.words import Say
from pages.ui.overview import overview
from pages.ui.shared import choose
from pages.ui.shared.frame import close_frame, open_frame
from pages.ui.shared.guard import panel

frame = open_frame("overview")
say: Say = frame.say
st.text(say("overview.what"))
overview.journeys(say)

left, right = st.columns(2)
with left:
    classes = choose.many(
        st.pills,
        "class",
        say("choose.classes"),
        CLASSES,
        [],
        lambda key: say(f"treatment-class.{key}"),
        selection_mode="multi",
        wrap=True,
    )
with right:
    wanted = choose.many(
        st.pills,
        "offers",
        say("choose.offers"),
        OFFERS,
        [],
        lambda key: say(f"offer.{key}"),
        selection_mode="multi",
        wrap=True,
        help=say("help.offers"),
    )
sought = choose.typed("find", say("choose.find"), placeholder=say("choose.find-example"), icon=":material/search:")
found = [
    study
    for study in frame.library
    if (not wanted or set(wanted) & set(offers(study)))
    and (not classes or set(classes) & classes_of(study))
    and matches(study, sought, say)
]
shown = overview.first_of(found, say)
st.caption(say("overview.count", shown=len(shown), found=len(found), all=len(frame.library)))
for start in range(0, len(shown), 3):
    for column, study in zip(st.columns(3), shown[start : start + 3], strict=False):
        with column, panel(say):
            overview.card(study, say)
with panel(say):
    overview.broken([study for study in frame.studies.values() if not study.usable], say)
overview.reading_key(say)
with panel(say):
    overview.background(frame.context, say)
close_frame(frame)
