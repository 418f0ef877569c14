"""What unfolds below a plot, one part at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import plotly.graph_objects as go
import streamlit as st

from analysis.attempts import Attempt
from analysis.multiverse import Multiverse, multiverse
from analysis.plots.multiverse import strip, strip_sentence
from analysis.questions import Question
from analysis.words import Say, say_in
from pages.ui import choose, results, show


@dataclass(frozen=True, eq=False)
class Shown:
    """One question on the screen: what was tried on it, which data set is shown, how many cards side by side."""

    question: Question
    attempts: Sequence[Attempt]
    chosen: int
    side_by_side: int
    family: results.Family
    name: str


def part_of(say: Say) -> str:
    """Which part to unfold; the ticked tests by default."""
    return choose.one(
        st.segmented_control,
        "below",
        say("choose.below"),
        tuple(PARTS),
        "tests",
        lambda key: say(f"below.{key}"),
        required=True,
        wrap=True,
    )


def draw(part: str, shown: Shown, say: Say) -> None:
    """One part, for one question; where it isn't the tests themselves, their first result in one line before it."""
    if part != "tests":
        results.headline(shown.question, shown.attempts, say)
    PARTS[part](shown, say)


def _tests(shown: Shown, say: Say) -> None:
    results.cards(shown.question, shown.attempts, shown.chosen, shown.side_by_side, shown.family, say)


def _all(shown: Shown, say: Say) -> None:
    with st.spinner(say("below.running")):
        found = multiverse(shown.question, shown.chosen)
    if found is None:
        st.info(say("below.too-few"), icon=":material/filter_alt_off:")
        return
    sentence = strip_sentence(found, say)
    st.text(sentence)
    show.figure(_strip(found, shown.question, say.language), sentence, f"{shown.name}-all", say)
    st.caption(say("below.all-help"))


@lru_cache(maxsize=64)
def _strip(found: Multiverse, question: Question, language: str) -> go.Figure:
    return strip(found, question, say_in(language))


PARTS: dict[str, Callable[[Shown, Say], None]] = {"tests": _tests, "all": _all}
