"""The menu of tests: which to run, and how to run and read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import get_args

import streamlit as st

from analysis import METHODS
from analysis.asking import Question, answerable, methods_for, missing
from analysis.methods import Heading
from analysis.words import Say
from pages.ui.shared import choose, show
from pages.ui.shared.results import Ticked, no_test
from pages.ui.shared.text import plain

ICON = ":material/function:"
FOOTNOTES = "¹²³⁴⁵⁶⁷⁸⁹"


def ticked_of(kind: str, questions: Sequence[Question], default: Sequence[str], say: Say) -> Ticked:
    """What is ticked of the tests that some question can be answered by; drawn while the menu is open."""
    can = [key for key in methods_for(kind) if not questions or any(key in answerable(one) for one in questions)]
    if not can:
        _none(questions, say)
        return Ticked(())
    default = [test for test in default if test in can]
    tests = choose.many(st.pills, "test", say("choose.tests"), can, default, lambda key: key, drawn=False)
    menu = show.menu(_button(tests, say), "tests", ICON)
    with menu:
        if menu.open:
            _headings(kind, can, questions, say)
        return _settings(tests, menu.open, say)


def _none(questions: Sequence[Question], say: Say) -> None:
    """Nothing to choose: one sentence for each way in which the questions can't be tested."""
    menu = show.menu(say("choose.tests-none"), "tests", ICON)
    with menu:
        for sentence in dict.fromkeys(no_test(one, say) for one in questions) if menu.open else ():
            st.text(sentence)


def _button(tests: Sequence[str], say: Say) -> str:
    """ "Tests: Paired t +1"."""
    more = f" +{len(tests) - 1}" if len(tests) > 1 else ""
    return plain(say("choose.tests-ticked", names=say(f"method.{tests[0]}") + more) if tests else say("choose.tests"))


def _headings(kind: str, can: Sequence[str], questions: Sequence[Question], say: Say) -> None:
    """Tests under their headings; those that can't be run stand grey among them, with why on hover and at the end."""
    under = {name: [key for key in methods_for(kind) if METHODS[key].heading == name] for name in get_args(Heading)}
    cannot = [key for keys in under.values() for key in keys if key not in can]
    why = {key: say.note(note, "reason") for key in cannot if (note := missing(questions[0], METHODS[key]))}
    marks = dict(zip(dict.fromkeys(why.values()), FOOTNOTES, strict=False))
    with st.container(horizontal=True):
        for heading, tests in under.items():
            if tests:
                with st.container(width="content", gap="xxsmall"):
                    _under(heading, tests, why, marks, say)
    if marks:
        st.caption("  \n".join(f"{mark} {plain(reason)}" for reason, mark in marks.items()))


def _under(heading: str, tests: Sequence[str], why: Mapping[str, str], marks: Mapping[str, str], say: Say) -> None:
    st.caption(say(f"heading.{heading}"))
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        if can := [test for test in tests if test not in why]:
            choose.part(
                "test", heading, say(f"heading.{heading}"), can, lambda key: say(f"method.{key}"), wrap=True,
                label_visibility="collapsed",
            )  # fmt: skip
        for test in [test for test in tests if test in why]:
            st.badge(plain(f"{say(f'method.{test}')} {marks[why[test]]}"), color="gray", help=plain(why[test]))


def _settings(tests: Sequence[str], drawn: bool, say: Say) -> Ticked:
    adjust = choose.switch("holm", say("choose.holm"), help=say("help.holm"), drawn=drawn)
    margin = _margin(drawn, say) if any(test.startswith("tost") for test in tests) else None
    approximate = choose.switch("spss", say("choose.approximate"), help=say("help.approximate"), drawn=drawn)
    return Ticked(tuple(tests), approximate, adjust, margin)


def _margin(drawn: bool, say: Say) -> float | None:
    return choose.number(
        "margin",
        say("choose.margin"),
        0.0,
        100_000.0,
        0.1,
        placeholder=say("choose.not-chosen"),
        help=say("help.margin"),
        drawn=drawn,
    )
