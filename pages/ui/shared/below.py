"""What unfolds below a plot, one part at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from analysis.asking import (
    LARGEST_N,
    LARGEST_N_OF_MEANS,
    OF_MEANS,
    Attempt,
    Detectable,
    Multiverse,
    Question,
    advice,
    agreement_line,
    detectable,
    fit_line,
    multiverse,
)
from analysis.asking.assumptions import Assumption, assumptions_of
from analysis.plots import Finished, assumption_plot, power_curve, strip
from analysis.results import Note, remembered
from analysis.telling import assumption_sentence, envelope_line, power_sentence, report, strip_sentence
from analysis.telling.scripts import python_script, r_script, script_name
from analysis.words import Say, say_in
from pages.ui.shared import choose, link, results, show
from pages.ui.shared.guard import panel
from pages.ui.shared.results import Shown
from pages.ui.shared.saving import of_question
from pages.ui.shared.text import plain


@st.fragment
def draw(all_shown: Sequence[Shown], say: Say) -> None:
    """The part that the reader unfolds for each question, two questions side by side; drawn again alone."""
    with link.read_by("body.below"):
        part = _part_of(say)
        for start in range(0, len(all_shown), 2):
            pair = all_shown[start : start + 2]
            for column, shown in zip(st.columns(min(2, len(all_shown))), pair, strict=False):
                with column, panel(say):
                    _draw(part, shown, say)


def _part_of(say: Say) -> str:
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
        label_visibility="collapsed",
    )


def _draw(part: str, shown: Shown, say: Say) -> None:
    """One part, for one question; where it isn't the tests themselves, their first result in one line before it."""
    if shown.title:
        st.caption(shown.title)
    if part != "tests":
        results.headline(shown.question, shown.attempts, say)
    PARTS[part](shown, say)


def _all(shown: Shown, say: Say) -> None:
    with st.spinner(say("below.running")):
        found = multiverse(shown.question, shown.chosen)
    if found is None:
        st.info(say("below.too-few"), icon=":material/filter_alt_off:")
        return
    sentence = strip_sentence(found, say)
    st.text(sentence)
    show.figure(
        _strip(found, shown.question, say.language),
        sentence,
        f"{shown.name}-all",
        say,
        paper=of_question(shown.question, say),
    )
    st.caption(say("below.all-help"))


@remembered(64)
def _strip(found: Multiverse, question: Question, language: str) -> Finished:
    return strip(found, question, say_in(language))


def _fits(shown: Shown, say: Say) -> None:
    found = advice(shown.question, shown.chosen)
    st.text(agreement_line(found, say))
    for place, fit in (("best", found.best), ("next", found.runner_up)):
        if fit is None:
            continue
        with st.container(border=True):
            other = "" if fit.quantity == shown.question.quantity else f" · {say(f'quantity.{fit.quantity}')}"
            st.markdown(f"**{plain(say(f'below.fits-{place}') + other)}**")
            st.text(fit_line(fit, say))
            if fit.attempt.outcome:
                results.headline(shown.question, [fit.attempt], say)
                if fit.attempt.envelope:
                    name = fit.attempt.outcome.estimate_name
                    st.caption(plain(envelope_line(fit.attempt.envelope, name, say)))
    for one in found.passed_over:
        st.markdown(results.greyed([one.method], say.note(one.reason, "reason"), say))


def _assumptions(shown: Shown, say: Say) -> None:
    for one in shown.attempts:
        st.markdown(f"**{plain(say(f'method.{one.method}'))}**")
        if one.outcome is None:
            st.caption(plain(say.note(one.reason, "reason")))
            continue
        looked = _looked(shown.question, one.method, shown.chosen, say.language)
        if not looked:
            st.caption(say("assume.none"))
        for assumption, plot in looked:
            sentence = assumption_sentence(assumption, say)
            mark = f" · :material/visibility: {plain(say('assume.attention'))}" if assumption.attention else ""
            st.markdown(f"**{plain(say(f'assumption.{assumption.id}'))}**{mark}")
            st.caption(plain(sentence))
            if plot is not None:
                show.figure(
                    plot,
                    sentence,
                    f"{shown.name}-{one.method}-{assumption.id}",
                    say,
                    paper=of_question(shown.question, say),
                )
    if not shown.attempts:
        st.caption(say("below.tick-a-test"))


@remembered(128)
def _looked(question: Question, method: str, chosen: int, language: str) -> list[tuple[Assumption, Finished | None]]:
    """A test's assumptions with their figures."""
    say = say_in(language)
    return [(one, assumption_plot(one, say)) for one in assumptions_of(question, method, chosen)]


def _power(shown: Shown, say: Say) -> None:
    found = detectable(shown.question, chosen=shown.chosen)
    if isinstance(found, Note):
        st.info(plain(say.note(found, "reason")), icon=":material/visibility_off:")
        return
    largest = LARGEST_N_OF_MEANS if found.kind in OF_MEANS else LARGEST_N
    n = choose.number(
        f"{shown.name}.power-n",
        say("below.other-n"),
        2,
        largest,
        1,
        placeholder=str(found.n[0]),
        help=say("below.other-n-help"),
    )
    if n is not None:
        found = found.with_n(int(n))
    show.status(found.status, say)
    unit = shown.question.measure.unit
    sentence = power_sentence(found, say, unit)
    paper = of_question(shown.question, say, found.status)
    show.figure(_curve(found, shown.question, say.language), sentence, f"{shown.name}-power", say, paper=paper)
    st.text(sentence)
    st.caption(say("below.power-help"))


@remembered(64)
def _curve(found: Detectable, question: Question, language: str) -> Finished:
    return power_curve(found, say_in(language), question.measure.unit)


def _take(shown: Shown, say: Say) -> None:
    """Per test two sentences to copy and two scripts that repeat the numbers."""
    ran = [one for one in shown.attempts if one.outcome]
    if not ran:
        st.caption(say("below.nothing-to-take"))
    for one in ran:
        with st.container(border=True):
            st.markdown(f"**{plain(say(f'method.{one.method}'))}**")
            sentences = {
                "apa": report.apa(shown.question, one, say, shown.chosen),
                "plain": report.plain_words(shown.question, one, say),
            }
            for kind, sentence in sentences.items():
                st.caption(say(f"below.take-{kind}"))
                st.code(sentence, language=None, wrap_lines=True)
            with st.container(horizontal=True):
                _script(shown, one, "py", python_script, say)
                _script(shown, one, "R", r_script, say)


def _script(shown: Shown, one: Attempt, language: str, script: Callable[..., str], say: Say) -> None:
    options = results.options_of(one.method, shown.ticked)
    show.script(
        say(f"download.script-{language.lower()}"),
        lambda: script(shown.question, one.method, shown.chosen, **options),
        script_name(shown.question, one.method, language),
        f"{shown.name}-{one.method}-{language}",
    )


PARTS: dict[str, Callable[[Shown, Say], None]] = {
    "tests": results.cards,
    "all": _all,
    "fits": _fits,
    "assumptions": _assumptions,
    "power": _power,
    "take": _take,
}
