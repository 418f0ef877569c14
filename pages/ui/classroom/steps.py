"""Predict, reveal, discuss: where a class stands in a demonstration, and the way on by button or arrow key."""

from __future__ import annotations

import streamlit as st

from analysis.telling.classroom import DEMONSTRATIONS
from analysis.words import Say
from pages.ui.shared import choose, link

STEPS = ("predict", "reveal", "discuss")


def chosen(say: Say, *, drawn: bool) -> str:
    """The step that is shown; predicting comes first."""
    return choose.one(
        st.segmented_control, "step", say("lesson.step"), STEPS, STEPS[0], lambda key: say(f"lesson.step-{key}"),
        drawn=drawn, required=True, label_visibility="collapsed",
    )  # fmt: skip


def buttons(lesson: str, step: str, say: Say) -> None:
    """One step back and one on, past the last step to the next demonstration; the arrow keys do the same."""
    places = [(one, at) for one in DEMONSTRATIONS for at in STEPS]
    here = places.index((lesson, step))
    for key, label, icon, shift in (
        ("left", say("lesson.back"), ":material/arrow_back:", -1),
        ("right", say("lesson.next"), ":material/arrow_forward:", 1),
    ):
        there = here + shift
        at_end = not 0 <= there < len(places)
        st.button(
            label, key=f"step-{key}", icon=icon, shortcut=key, disabled=at_end,
            on_click=_go, args=places[here if at_end else there],
        )  # fmt: skip


def _go(lesson: str, step: str) -> None:
    link.put(lesson=lesson, step=step)
