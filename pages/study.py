"""One study: its card, its design, every printed figure with its place, and the people behind it."""

from functools import partial

import streamlit as st

from pages.ui import Frame, draw, exchange, open_frame, reports
from pages.ui.shared import options, reporting, show
from pages.ui.shared.guard import panel
from pages.ui.study import study_card


def body(frame: Frame) -> None:
    say = frame.say
    study = options.study_of(frame, label_visibility="collapsed")
    with panel(say):
        study_card.head(study, frame.usable, say)
    with panel(say):
        study_card.misprints(study, say)
    with panel(say):
        study_card.people(study, say)
    st.header(say("figures.title"), anchor=False)
    with panel(say):
        show.figures_table(study, say)
    with panel(say):
        study_card.claims(study, say)
    reporting.of_screen(partial(reports.of_study, study, say), partial(exchange.of_study, study))


draw(body, open_frame("study"))
