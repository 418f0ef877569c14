"""Classroom: demonstrations preset from studies of the library; predict, reveal, discuss."""

import streamlit as st

from pages.ui import DEMONSTRATIONS, Frame, draw, open_frame
from pages.ui.classroom import lesson, sharing, steps
from pages.ui.shared import choose, options
from pages.ui.shared.guard import panel


def body(frame: Frame) -> None:
    say = frame.say
    title = st.empty()
    first = options.bar()
    second = first if frame.bare else options.bar()
    with first:
        shown = DEMONSTRATIONS[
            choose.one(
                st.selectbox, "lesson", say("lesson.choose"), list(DEMONSTRATIONS), next(iter(DEMONSTRATIONS)),
                lambda key: say(f"lesson-title.{key}"), drawn=not frame.bare, label_visibility="collapsed", width=250,
            )
        ]  # fmt: skip
        step = steps.chosen(say, drawn=not frame.bare)
        steps.buttons(shown.id, step, say)
    if frame.bare:
        title.title(say(f"lesson-title.{shown.id}"), anchor=False)
    with second:
        mark = st.container(width="content")
        on = sharing.projector(frame)
        share = st.container(width="content")
    with panel(say):
        lesson.draw(shown, frame, step, mark)
    with share:
        sharing.offer(say)
    sharing.follow(frame, on)


draw(body, open_frame("classroom", bare_by="projector"))
