"""A mother whom a reader clicked: lit in every plot of the same people, her scores in one line below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.asking import Question
from analysis.plots import MOST_DRAWN, Finished, ringed
from analysis.studies import names_of
from analysis.telling import person_said
from analysis.words import Say
from pages.ui.shared import choose, show
from pages.ui.shared.saving import Paper


@dataclass(frozen=True)
class Clicked:
    """Who was clicked in the plots of one study, as shown now; `mother` is None where nobody was.

    In the link she has her outcome and her data set beside her name: of other data sets and outcomes nobody knows
    which of their people she is.
    """

    link: str
    keys: Mapping[str, str]
    mother: str | None


def clicked(questions: Sequence[Question], picked: Mapping[str, int]) -> Clicked:
    """Who was clicked, of all mothers that the plots of one study show; `picked` are their data sets, by arm."""
    shown = [
        (one, arm, group, name)
        for one in questions
        for arm, group in zip(one.arms, one.people, strict=True)
        if group and group.scores.shape[1] <= MOST_DRAWN
        for name in names_of(arm, group.scores.shape[1])
    ]
    keys = {name: _key(one, name, picked.get(arm, 0)) for one, arm, _, name in shown}
    link = f"{questions[0].study.id}.mother"
    chosen = choose.mark(link, list(keys.values())) if keys else None
    return Clicked(link, keys, next((name for name, key in keys.items() if key == chosen), None))


def _key(question: Question, name: str, chosen: int) -> str:
    known = "simulated" if question.status == "illustrative" else str(chosen + 1)
    return "~".join((question.measure.id, name, known))


def figure(
    plot: Finished, sentence: str, key: str, who: Clicked, say: Say, *, paper: Paper,
    beside: DeltaGenerator | None = None,
) -> None:  # fmt: skip
    """A plot whose dots are mothers, with the clicked one lit; on paper nobody is. The rest as in `show.figure`."""
    lit = ringed(plot, who.mother) if who.mother else plot
    click = partial(_click, who) if who.keys else None
    show.figure(lit, sentence, key, say, on_click=click, paper=paper, saved=plot, beside=beside)


def _click(who: Clicked, name: str) -> None:
    if name in who.keys:  # a bar of a plot stands for several
        choose.clicked(who.link, who.keys[name])


def line(question: Question, picked: Mapping[str, int], who: Clicked, say: Say) -> None:
    """The clicked mother's scores, where she is one of this question's people."""
    for arm, group in zip(question.arms, question.people, strict=True):
        names = names_of(arm, group.scores.shape[1]) if group and who.mother else []
        if who.mother in names:
            with st.container(horizontal=True, vertical_alignment="center"):
                show.status(question.status, say)
                st.text(person_said(question, arm, names.index(who.mother), picked.get(arm, 0), say))
                st.button(
                    say("person.let-go"), key=f"let-go-{who.link}", icon=":material/close:", type="tertiary",
                    on_click=_click, args=(who, who.mother),
                )  # fmt: skip
