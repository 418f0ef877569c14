"""Classroom: demonstrations preset from studies of the library; predict, reveal, discuss."""

import streamlit as st

from analysis.telling.classroom import DEMONSTRATIONS
from pages.ui import Frame, draw, open_frame
from pages.ui.classroom import lesson, sharing, steps
from pages.ui.shared import choose, options, show
from pages.ui.shared.guard import panel


def body(frame: Frame) -> None:
    say = frame.say
    title = st.empty()
    with options.bar():
        shown = DEMONSTRATIONS[
            choose.one(
                st.selectbox, "lesson", say("lesson.choose"), list(DEMONSTRATIONS), next(iter(DEMONSTRATIONS)),
                lambda key: say(f"lesson-title.{key}"), drawn=not frame.bare, label_visibility="collapsed", width=250,
            )
        ]  # fmt: skip
        step = steps.chosen(say, drawn=not frame.bare)
        ways = st.empty() if frame.bare else st.container(horizontal=True, width="content")
    about = st.empty() if frame.bare else options.bar()
    if frame.bare:
        title.title(say(f"lesson-title.{shown.id}"), anchor=False)
    seen = None
    with panel(say):
        seen = lesson.draw(shown, frame, step)
    below = options.bar() if frame.bare else about
    with below if frame.bare else ways:
        steps.buttons(shown.id, step, say)
    with below:
        if seen:
            show.status(seen.status, say)
        on = sharing.projector(frame)
        sharing.offer(say)
    sharing.follow(frame, on)


draw(body, open_frame("classroom", "lesson.intro", bare_by="projector"))
