"""A tour of two minutes: one box per screen, with the way to the next one; it may end anywhere."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from analysis.words import Say
from pages.ui.shared import choose, link
from pages.ui.shared.text import plain


def start(where: str, say: Say) -> None:
    """The button that begins the tour on the screen that is open."""
    if st.button(say("help-part.tour"), icon=":material/tour:", type="tertiary", key=f"tour-{where}"):
        link.put(tour="on")
        st.rerun()


def draw(page: str, pages: Mapping[str, str], say: Say) -> None:
    """What this screen is for, while the tour is on; `pages` are its steps in order, each with its path."""
    if not choose.switch("tour", say("help-part.tour"), drawn=False):
        return
    steps = list(pages)
    at = steps.index(page)
    with st.container(border=True):
        step = plain(say("help-part.tour-step", step=at + 1, all=len(steps)))
        st.markdown(f"**{step}** · {plain(say(f'tour.{page}'))}")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if at > 0:
                st.page_link(pages[steps[at - 1]], label=say("help-part.tour-back"), icon=":material/arrow_back:")
            if at + 1 < len(steps):
                after = steps[at + 1]
                label = say("help-part.tour-next", screen=say(f"menu.{after}"))
                st.page_link(pages[after], label=label, icon=":material/arrow_forward:")
            st.button(
                say("help-part.tour-end"), icon=":material/close:", type="tertiary", key="tour-end",
                on_click=link.put, kwargs={"tour": []},
            )  # fmt: skip
