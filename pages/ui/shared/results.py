"""Results of the tests that a reader ticked: a card each, what they bear on, what can't be run, a table to take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st

from analysis import METHODS
from analysis.asking import (
    SUMMARY_DESIGNS,
    Attempt,
    Question,
    Reproduction,
    attempt,
    least_lacking,
    reproductions,
    unpaired,
    way_on,
)
from analysis.asking.validity import validity_note
from analysis.methods import holm
from analysis.plots import Finished
from analysis.plots.reports import Tested
from analysis.results import Effect, Outcome, remembered
from analysis.telling import (
    descriptives,
    effect_line,
    envelope_line,
    estimate_line,
    other_effect_line,
    printed_line,
    test_line,
)
from analysis.telling.report import contrast_words
from analysis.words import Say, say_in
from pages.ui.shared.explain import hint
from pages.ui.shared.show import folded, status
from pages.ui.shared.text import plain


@dataclass(frozen=True)
class Ticked:
    """The tests a reader ticked, and how they are to be run and read.

    `approximate`: rank tests as their papers' software prints them; `holm`: p adjusted over all tests
    shown; `margin`: the smallest difference that matters, for tests of equivalence.
    """

    tests: tuple[str, ...]
    approximate: bool = False
    holm: bool = False
    margin: float | None = None


def tried(question: Question, ticked: Ticked, chosen: int) -> tuple[Attempt, ...]:
    """Each ticked test tried on the question."""
    return tuple(attempt(question, key, chosen, **options_of(key, ticked)) for key in ticked.tests)


def options_of(method: str, ticked: Ticked) -> dict[str, object]:
    """How a ticked test is run: its margin, or its normal approximation."""
    if method.startswith("tost"):
        return {"margin": ticked.margin}
    approximation = next((v for v in METHODS[method].variants if v.get("exact") is False), {})
    return dict(approximation) if ticked.approximate else {}


def as_tested(
    question: Question, attempts: Sequence[Attempt], chosen: int, ticked: Ticked, figure: Finished | None
) -> Tested:
    """What a report tells of one question, as the screen shows it."""
    options = {one.method: options_of(one.method, ticked) for one in attempts}
    return Tested(question, attempts, chosen, options, figure)


class Family:
    """p of all tests shown on a screen, adjusted together by Holm's method where the reader asks for it."""

    def __init__(self, attempts: Sequence[Attempt], wanted: bool) -> None:
        with_p = [one for one in attempts if one.outcome and one.outcome.p is not None] if wanted else []
        self._adjusted = dict(zip(map(id, with_p), holm([one.outcome.p for one in with_p]), strict=True))

    def line(self, one: Attempt, say: Say) -> str:
        """ "Holm over the 4 tests shown: p = 0.024"; blank where nothing is adjusted."""
        p = self._adjusted.get(id(one))
        return "" if p is None else say("result.holm", count=len(self._adjusted), p=say.p(p))


@dataclass(frozen=True, eq=False)
class Shown:
    """One question on the screen: what was tried on it, which data set is shown, how many cards side by side.

    `title` tells it from others beside it, "" where it stands alone.
    """

    question: Question
    ticked: Ticked
    attempts: Sequence[Attempt]
    chosen: int
    side_by_side: int
    family: Family
    name: str
    title: str = ""


def cards(shown: Shown, say: Say) -> None:
    """A card per test that ran, so many side by side; printed results they bear on; tests that can't run."""
    ran = [a for a in shown.attempts if a.outcome]
    for start in range(0, len(ran), shown.side_by_side):
        for column, one in zip(st.columns(shown.side_by_side), ran[start : start + shown.side_by_side], strict=False):
            with column.container(border=True):
                _card(shown, one, say)
    for reproduction in (r for r in reproductions(shown.question) if r.claim.method is None):
        st.caption(plain(printed_line(reproduction, say)))
    for one in shown.attempts:
        if one.reason:
            st.markdown(greyed([one.method], say.note(one.reason, "reason"), say))
    if not shown.attempts:
        st.caption(plain(no_test(shown.question, say) or say("result.nothing-ticked")))


def greyed(methods: Sequence[str], reason: str, say: Say) -> str:
    """Tests that can't be run, and the one sentence why."""
    names = ", ".join(say(f"method.{method}") for method in methods)
    return f":gray[**{plain(names)}** · {plain(reason)}]"


def no_test(question: Question, say: Say) -> str:
    """Why none of the tests can be run on a question, and where to go on; blank where one can be."""
    lacking = least_lacking(question)
    return f"{say.note(lacking, 'no-test')} {say.note(way_on(question), 'no-test')}" if lacking else ""


def _card(shown: Shown, one: Attempt, say: Say) -> None:
    outcome, said = one.outcome, _said(shown.question, one, shown.ticked, shown.chosen, say.language)
    st.markdown(f"**{say(f'method.{one.method}')}**", help=say(f"method-help.{one.method}"))
    _card_status(shown.question, one, say)
    result = "\n".join(filter(None, (said.result, shown.family.line(one, say))))
    st.text(result, help=hint(result, say))
    if said.unpaired:
        st.caption(said.unpaired)
    if said.printed:
        st.markdown(said.printed)
    st.caption(said.small_print)
    if outcome.others or outcome.parts:
        folded(say("result.more"), f"{shown.name}-{one.method}", None, partial(_more, outcome, say))


@dataclass(frozen=True)
class _Said:
    """The words of a card: the result; as Markdown what pairing is worth, printed results it bears on, small print."""

    result: str
    unpaired: str
    printed: str
    small_print: str


@remembered(1024)
def _said(question: Question, one: Attempt, ticked: Ticked, chosen: int, language: str) -> _Said:
    say, outcome = say_in(language), one.outcome
    result = (estimate_line(outcome, say), effect_line(outcome, say), test_line(outcome, say))
    printed = [_printed(found, say) for found in reproductions(question) if found.claim.method == one.method]
    envelope = envelope_line(one.envelope, outcome.estimate_name, say) if one.envelope else ""
    notes = [say.note(note, "note") for note in outcome.notes]
    contrast = contrast_words(question, outcome.contrast, say)
    beside = descriptives(METHODS[one.method].beside, question, chosen, say)
    reading = " · ".join(filter(None, [say("result.brackets"), contrast, beside, *notes]))
    valid = validity_note(question, one.method, **options_of(one.method, ticked))
    small_print = filter(None, (envelope, reading, say.note(valid, "validity") if valid else ""))
    apart = unpaired(question, chosen) if one.method == "paired-t" else None
    apart_said = say("result.unpaired", p=say.p(apart.p)) if apart and apart.p is not None else ""
    return _Said(
        "\n".join(filter(None, result)), plain(apart_said), "\n\n".join(printed), "\n\n".join(map(plain, small_print))
    )


def _printed(found: Reproduction, say: Say) -> str:
    icon = ":material/check_circle:" if found.reproduced else ":material/info:"
    return f"{icon} {plain(printed_line(found, say))}"


def _more(outcome: Outcome, say: Say) -> None:
    """Further effect sizes with formula and source; of a test of every two groups, each pair."""
    for effect in outcome.others:
        st.text(other_effect_line(effect, say))
        st.caption(plain(_formula(effect)))
    for part in outcome.parts:
        lines = (part.contrast, estimate_line(part, say), effect_line(part, say), test_line(part, say))
        st.text("\n".join(filter(None, lines)))
    st.caption(plain(f"{say('result.source')}: {METHODS[outcome.method].source}"))


def _formula(effect: Effect) -> str:
    return " · ".join(filter(None, (effect.formula, effect.source)))


def _card_status(question: Question, one: Attempt, say: Say) -> None:
    """A mark on results that rest on something else than the people the screen shows."""
    if question.status == "illustrative":
        status("illustrative", say)
    elif METHODS[one.method].design in SUMMARY_DESIGNS:
        assumed = question.summaries[0].status == "assumed" or any(n.key == "assumed-r" for n in one.outcome.notes)
        status("assumed" if assumed else "derived", say)


def headline(question: Question, attempts: Sequence[Attempt], say: Say) -> None:
    """One line for the first view: the first ticked test that ran, effect and interval before p."""
    first = next((one for one in attempts if one.outcome), None)
    if first is None:
        return
    found = (f(first.outcome, say) for f in (estimate_line, effect_line, test_line))
    st.markdown(f"**{say(f'method.{first.method}')}** · {plain(' · '.join(filter(None, found)))}")


def results_table(shown: Sequence[tuple[Question, Sequence[Attempt]]], say: Say) -> pd.DataFrame:
    """The results of each question as rows, numbers unrounded, ids language-free."""
    return pd.DataFrame(
        [
            _result_row(question, one)
            if one.outcome
            else {"study": question.study.id, "method": one.method, "reason": say.note(one.reason, "reason")}
            for question, attempts in shown
            for one in attempts
        ]
    )


def _result_row(question: Question, one: Attempt) -> Mapping[str, object]:
    o = one.outcome
    low, high = o.interval or (None, None)
    effect_low, effect_high = o.effect_interval or (None, None)
    return {
        "study": question.study.id,
        "outcome": question.measure.id,
        "arms": "|".join(question.arms),
        "status": question.status,
        "method": one.method,
        "contrast": o.contrast,
        "n": o.n,
        "estimate": o.estimate_name,
        "value": o.estimate,
        "low": low,
        "high": high,
        "effect": o.effect_name,
        "effect_value": o.effect,
        "effect_low": effect_low,
        "effect_high": effect_high,
        "statistic": o.statistic,
        "df": o.df,
        "p": o.p,
        "data_sets_that_fit": one.envelope.count if one.envelope else 1,
    }
