"""Help beside every title: what the screen answers, how to read it, typical mistakes; the glossary; what changed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import streamlit as st

from analysis.telling import terms_in, terms_like
from analysis.words import Say
from pages.ui.shared import link, show, tour
from pages.ui.shared.explain import explained
from pages.ui.shared.text import plain

Views = Mapping[str, Sequence[str]]  # the choice that holds the views of a screen, and their ids; empty without views
MISTAKES = (1, 2, 3)
CHANGES = Path(__file__).parents[3] / "CHANGELOG.md"


def offer(page: str, views: Views, say: Say) -> None:
    """The button; the help is drawn when it is wanted, of the view that then stands open."""
    label = "" if show.on_phone() else say("help-part.button")
    if st.button(label, icon=":material/help:", type="tertiary", key=f"help-{page}"):
        st.dialog(say("help-part.button"), width="large")(_dialog)(topic(page, views), say)


def topic(page: str, views: Views) -> str:
    """Under which name the word files tell of the screen as it stands: its own, or that of its open view."""
    for name, ids in views.items():
        held = link.held(name)
        return f"{page}-{held[0] if held and held[0] in ids else ids[0]}"
    return page


def _dialog(of: str, say: Say) -> None:
    parts = {"screen": lambda: _screen(of, say), "glossary": lambda: _glossary(say), "changes": lambda: _changes(say)}
    with st.container(horizontal=True, vertical_alignment="center"):
        chosen = st.segmented_control(
            say("help-part.part"), list(parts), default="screen", required=True, key="help-part", wrap=True,
            format_func=lambda part: plain(say(f"help-part.part-{part}")), label_visibility="collapsed",
        )  # fmt: skip
        tour.start("help", say)
    parts[chosen]()


def _screen(of: str, say: Say) -> None:
    said = [say(f"help-what.{of}"), say(f"help-read.{of}"), *(say(f"help-mistake.{of}-{n}") for n in MISTAKES)]
    for heading, text in zip(("what", "read"), said, strict=False):
        st.markdown(f"**{plain(say(f'help-part.{heading}'))}**")
        st.text(text)
    st.markdown(f"**{plain(say('help-part.mistakes'))}**")
    st.markdown("\n".join(f"{n}. {plain(text)}" for n, text in zip(MISTAKES, said[2:], strict=True)))
    st.markdown(f"**{plain(say('help-part.terms'))}**")
    st.markdown("\n\n".join(explained(terms_in(" ".join(said), say), say)))


def _glossary(say: Say) -> None:
    sought = st.text_input(say("help-part.find"), key="help-find", icon=":material/search:")
    found = terms_like(sought, say)
    st.markdown("\n\n".join(explained(found, say)) if found else plain(say("help-part.none")))


def _changes(say: Say) -> None:
    st.caption(plain(say("help-part.changes-note")))
    st.markdown("\n".join(f"- {plain(change)}" for change in changes()))


@lru_cache(maxsize=1)
def changes() -> tuple[str, ...]:
    """What CHANGELOG.md says, newest first, as it stands there but for the marks of code."""
    lines = re.findall(r"^- (.+)$", CHANGES.read_text(encoding="utf-8"), re.MULTILINE)
    return tuple(line.replace("`", "") for line in lines)
