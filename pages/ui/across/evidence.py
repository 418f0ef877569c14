"""The first view: what was found, with its forest; and how sure that is."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from analysis.evidence import Answer, Body, Certainty, Choice, Line, answer, moved
from analysis.evidence.pooling import robust
from analysis.plots.reports import of_answer
from analysis.telling import (
    bayesian_said,
    cautions,
    exchange,
    headline,
    moved_said,
    plainly,
    robust_said,
    spread_line,
    tally_said,
    treatment_name,
)
from analysis.words import Say
from pages.ui.across import certainty, deeper, findings, forest, lines, rows, take
from pages.ui.across.asked import ask
from pages.ui.shared import link, reporting, show
from pages.ui.shared.explain import hint
from pages.ui.shared.frame import Frame
from pages.ui.shared.guard import panel
from pages.ui.shared.text import plain


def view(frame: Frame, say: Say) -> None:
    """What was found, the forest, and what became of every comparison."""
    asked = ask(frame, say)
    found = answer(frame.together, asked.choice, asked.tau2, asked.interval)
    if found.tally.comparisons == 0:
        st.info(say("across.nothing"), icon=":material/filter_alt_off:")
        return
    title, plot = st.container(), st.container()
    shown = lines.choose_line(found, title, say) if found.lines else None
    _report(found, shown, say)
    if shown:
        sure = certainty.judged(shown)
        with title if found.average is None else st.container(), panel(say):
            _result(shown, sure, asked.tau2, say)
        with plot, panel(say):
            forest.draw(found, shown, asked, say)
        if shown.kept:
            with panel(say):
                take.draw(shown, sure, say)
    _counted(found, say)
    if differs := moved(frame.together, found, asked.tau2, asked.interval):
        st.caption(plain(moved_said(differs, say)))
    with panel(say):
        rows.not_pooled(found.body, say)


def _report(found: Answer, shown: Line | None, say: Say) -> None:
    """The screen's report: what the reader judged and which result is open are in it."""
    told = shown and replace(shown, certainty=certainty.judged(shown))
    made = partial(of_answer, certainty.as_judged(found), say, shown=told)
    reporting.of_screen(made, partial(exchange.of_answer, found))


def certainty_view(frame: Frame, say: Say) -> None:
    """How sure one result is and why, and what hangs on which study."""
    asked = ask(frame, say)
    found = answer(frame.together, asked.choice, asked.tau2, asked.interval)
    if not found.lines:
        _counted(found, say)
        return
    shown = lines.choose_line(found, st.container(), say)
    _report(found, shown, say)
    if shown.kept is None:
        st.info(say("across.all-left-out"), icon=":material/filter_alt_off:")
        return
    sure = certainty.judged(shown)
    st.markdown(f"**{plain(headline(shown, sure, say))}**")
    with panel(say):
        certainty.card(sure, shown, say)
    with panel(say):
        findings.draw(found, shown, say)
    with panel(say):
        deeper.draw(shown, found.body, asked, say)


def _counted(found: Answer, say: Say) -> None:
    """What became of every comparison; where there is no result, that is the answer."""
    said = plain(tally_said(found.tally, say))
    if found.body.refused:
        _refused(found.body, say)
    if found.lines or found.body.refused:
        st.caption(said)
    else:
        st.info(said, icon=":material/filter_alt_off:")


def _result(line: Line, sure: Certainty | None, tau2: str, say: Say) -> None:
    kept = line.kept
    if kept is None:
        st.info(say("across.all-left-out"), icon=":material/filter_alt_off:")
        return
    with st.container(border=True):
        show.status(kept.status, say)
        found = headline(line, sure, say)
        st.markdown(f"**{plain(found)}**", help=hint(found, say))
        if plainly_said := plainly(kept, say):
            st.text(plainly_said)
        if spread := spread_line(kept, say):
            st.caption(plain(spread), help=hint(spread, say))
        if beside := bayesian_said(line, say):
            st.caption(plain(beside), help=hint(beside, say))
        for caution in [*cautions(line, say), *(say.note(note, "note") for note in kept.notes)]:
            st.caption(plain(caution))
        if kept.k > 1 and any(entry.contrast.joined for entry in line.kept_entries):
            st.caption(plain(robust_said(robust(line.kept_effects, tau2), kept.kind, say)))


def _refused(found: Body, say: Say) -> None:
    """Why a mix can't be pooled, and the nearest one that can, one click away."""
    st.warning(plain(say.note(found.refused, "reason")), icon=":material/block:")
    if found.nearest:
        near = found.nearest
        names = [say(f"family.{f}") for f in near.families] + [say(f"comparison.{c}") for c in near.comparisons]
        names += [treatment_name(name, say) for name in (*near.treatments, *near.comparators)]
        st.button(say("across.nearest", what=", ".join(names)), on_click=_take, args=(near,))


def _take(choice: Choice) -> None:
    """Choose what is nearest to a refused mix."""
    link.put(
        family=list(choice.families), versus=list(choice.comparisons), effect=choice.kind, given=list(choice.treatments)
    )
