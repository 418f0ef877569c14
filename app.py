"""Lactascope's start page: what raises milk, the studies that the library began with, and all studies."""

from functools import partial

import streamlit as st

from pages.ui import Frame, draw, evidence, open_frame, reports
from pages.ui.overview import answers, catalogue, overview
from pages.ui.shared import options, reporting
from pages.ui.shared.guard import panel


def body(frame: Frame) -> None:
    say = frame.say
    if catalogue.seeking():  # who looks for studies finds them at the top
        catalogue.back_to_answers(say)
    else:
        with panel(say):
            answers.draw(frame.library, say)
        with panel(say):
            overview.founding([study for study in frame.library if study.founding], say)
    st.header(say("overview.all-studies"), anchor=False)
    with options.bar():
        words = catalogue.sought(say)
        classes, wanted = catalogue.filters(say)
    with panel(say):
        catalogue.draw(catalogue.found_in(frame.library, words, classes, wanted, say), len(frame.library), say)
    with panel(say):
        overview.broken([study for study in frame.studies.values() if not study.usable], say)
    overview.reading_key(say)
    with panel(say):
        overview.background(frame.context, say)
    st.caption(say("overview.what"))
    reporting.of_screen(partial(reports.of_interventions, evidence.interventions(frame.library), say))


draw(body, open_frame("overview"))
