"""One arm, before and after: its plot, its sentence, its tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.asking import Attempt, Question, before_after
from analysis.plots import Finished, can_be_drawn, n_label, whom_it_shows
from analysis.plots import Panel as PrintedPanel
from analysis.plots import before_after as plots
from analysis.plots.reports import Document, of_questions
from analysis.results import Status, remembered
from analysis.studies import Study
from analysis.telling import fragile_line, known_from, printed_sentence, within_sentence
from analysis.words import Say, say_in
from pages.ui.shared import assumed, options, person, show
from pages.ui.shared.options import Choices
from pages.ui.shared.person import Clicked
from pages.ui.shared.results import Family, Shown, Ticked, as_tested
from pages.ui.shared.saving import Together, of_question, of_studies
from pages.ui.shared.text import plain

DEFAULT_TESTS = {
    "continuous": ("paired-t", "wilcoxon"),
    "ordinal": ("paired-t", "wilcoxon"),
    "binary": ("mcnemar",),
    "percentage": (),
}
PLOTS = ("slopes", "transitions", "distribution", "means")


@dataclass(frozen=True)
class Panel:
    """One arm of one study as chosen: the question, and which data set that fits is shown."""

    question: Question
    chosen: int
    peers: tuple[Question, ...]
    who: Clicked

    @property
    def name(self) -> str:
        return f"{self.question.study.id}-{self.question.arms[0]}"


Beside = Sequence[tuple[Panel, tuple[Attempt, ...]]]  # all panels of the screen, with the tests tried on them


def choices(studies: Sequence[Study], menu: DeltaGenerator, say: Say) -> list[Choices]:
    """What is chosen for each study: groups and data in the `menu`, assumptions in the open."""
    return [_choices(study, menu, len(studies) > 1, say) for study in studies]


def _choices(study: Study, menu: DeltaGenerator, several: bool, say: Say) -> Choices:
    with menu:
        if several:
            st.markdown(f"**{plain(say.text(study.short_title))}**")
        outcome = options.outcome_of(study, say)
        arms = options.arms_of(study, say)
        times = options.timepoints_of(study, outcome, say)
    known = assumed.with_assumed_n(study, arms, say)
    r = assumed.assumed_r(known, outcome, arms, say)
    made_up = assumed.illustration(known, outcome, arms, say)
    with menu:
        picked = options.picked_of(known, outcome, arms, say)
    return Choices(known, outcome, tuple(arms), times, picked, r, made_up)


def default_tests(studies: Sequence[Study]) -> list[str]:
    """The usual tests for the kinds of outcome that the chosen studies have."""
    scales = {measure.scale for study in studies for measure in study.outcomes.values()}
    return [test for scale in sorted(scales - {""}) for test in DEFAULT_TESTS[scale]]


def panels(chosen: Sequence[Choices]) -> list[Panel]:
    """One panel per study and arm, in the order chosen; arms of one study know each other."""
    found = []
    for c in chosen:
        questions = tuple(_question(c, arm) for arm in c.arms)
        if questions:
            who = person.clicked(questions, c.picked)
            found += [Panel(one, c.picked.get(one.arms[0], 0), questions, who) for one in questions]
    return found


def _question(c: Choices, arm: str) -> Question:
    people = c.made_up.get(arm)
    return before_after(
        c.study, c.outcome, arm, c.timepoints, r=c.r, people=people, status="illustrative" if people else None
    )


def plot_of(panels: Sequence[Panel], say: Say) -> str:
    """The plot that the reader wants, of those that differ for what is shown."""
    different = [plot for plot in PLOTS if any(shown_as(panel, plot) == plot for panel in panels)]
    return options.plot_of(different or ["nothing"], "plot", say)


def name_of(panel: Panel, several: bool, say: Say) -> str:
    """The arm, with its study where several stand side by side."""
    study = panel.question.study
    arm = plain(say.text(study.arms[panel.question.arms[0]].label))
    return f"{plain(say.text(study.short_title))} · {arm}" if several else arm


def draw(panel: Panel, plot: str, attempts: tuple[Attempt, ...], beside: Beside, say: Say) -> None:
    """Draw one panel: heading, evidence status, what was found, plot; `beside` are all panels of the screen."""
    question = panel.question
    shown = shown_as(panel, plot)
    sentence = _sentence(panel, say)
    several = len({one.question.study.id for one, _ in beside}) > 1
    with st.container(horizontal=True, vertical_alignment="center", wrap=show.on_phone()):
        st.header(name_of(panel, several, say), anchor=False)
        if shown != "nothing":
            show.status(_status(question, shown), say)
        room = None if show.on_phone() else st.container(width="content")
    if shown == "nothing":
        st.info(plain(sentence), icon=":material/visibility_off:")
        return
    st.text(sentence)
    if shown != plot:
        st.caption(say("plot.needs-scores" if shown == "slopes" else "plot.needs-people"))
    plotted = drawn(question, panel.chosen, shown, attempts, panel.peers, say.language)
    together = partial(_together, beside, plot, say) if len(beside) > 1 else None
    paper = replace(of_question(question, say, _status(question, shown)), title=sentence, together=together)
    person.figure(plotted, f"{sentence} {known_from(question, say)}", panel.name, panel.who, say, paper=paper,
                  beside=room)  # fmt: skip
    if people := whom_it_shows(question, say):
        st.caption(people)
    if fragile := fragile_line(question, say):  # below, so that plots side by side stay level
        st.caption(plain(fragile))
    person.line(question, {question.arms[0]: panel.chosen}, panel.who, say)


def _sentence(panel: Panel, say: Say) -> str:
    """What was found."""
    return within_sentence(panel.question, say) or printed_sentence(panel.question, say)


def _together(beside: Beside, plot: str, say: Say) -> Together:
    """All panels in one picture: each under its name and n, each study with its source."""
    plotted = [(one, attempts, shown) for one, attempts in beside if (shown := shown_as(one, plot)) != "nothing"]
    studies = list(dict.fromkeys(one.question.study for one, _, _ in plotted))
    statuses = [_status(one.question, shown) for one, _, shown in plotted]
    panels = []
    for one, attempts, shown in plotted:
        study, (arm,) = one.question.study, one.question.arms
        heading = f"{say.text(study.arms[arm].label)}: {n_label(study, arm, say)}"
        name = say.text(study.short_title)
        plotted_one = drawn(one.question, one.chosen, shown, attempts, one.peers, say.language)
        panels.append(PrintedPanel(f"{name} · {heading}" if len(studies) > 1 else heading, plotted_one))
    title = " ".join(_sentence(one, say) for one, _, _ in plotted)
    return Together(title, panels, of_studies(studies, statuses, say))


def reported(
    panels: Sequence[Panel], tried: Sequence[tuple[Attempt, ...]], plot: str, ticked: Ticked, say: Say, **when: str
) -> Document:
    """The panels as a report, each with the plot that the screen shows."""
    tested = []
    for one, attempts in zip(panels, tried, strict=True):
        shown, asked = shown_as(one, plot), (one.question, one.chosen)
        figure = None if shown == "nothing" else drawn(*asked, shown, attempts, one.peers, say.language)
        tested.append(as_tested(one.question, attempts, one.chosen, ticked, figure))
    return of_questions(tested, say, **when)


def below(panels: Sequence[Panel], tried: Sequence[tuple[Attempt, ...]], ticked: Ticked, say: Say) -> list[Shown]:
    """What stands below the plots; p of all tests on the screen are adjusted together where that is asked for."""
    family = Family([one for attempts in tried for one in attempts], ticked.holm)
    several = len({panel.question.study.id for panel in panels}) > 1
    alone = len(panels) == 1
    return [
        Shown(
            panel.question, ticked, attempts, panel.chosen, 2 if alone else 1, family, panel.name,
            "" if alone else name_of(panel, several, say),
        )
        for panel, attempts in zip(panels, tried, strict=True)
    ]  # fmt: skip


def _status(question: Question, shown: str) -> Status:
    """The evidence status of what the plot shows: printed means are not the people behind them."""
    if shown != "means":
        return question.status
    rests_on_n = any(side.interval for side in question.summaries)
    return "assumed" if rests_on_n and question.summaries[0].status == "assumed" else question.study.known_as


def shown_as(panel: Panel, plot: str) -> str:
    """The chosen plot, or the one that can be drawn instead; "nothing" where nothing is printed."""
    question = panel.question
    scores = question.measure.scale in ("ordinal", "binary")
    if "paired" in question.offered[0] and can_be_drawn(question):
        return plot if scores or plot in ("slopes", "means") else "slopes"
    if plot == "distribution" and question.people[0] is not None and scores:
        return plot
    return "means" if any(side.mean or side.percent for side in question.summaries) else "nothing"


@remembered(256)
def drawn(
    question: Question,
    chosen: int,
    plot: str,
    attempts: tuple[Attempt, ...],
    peers: tuple[Question, ...],
    language: str,
) -> Finished:
    """The figure, built once per choice and shared; whoever shows it must not change it."""
    say = say_in(language)
    if plot == "means":
        return plots.printed_means(question, say, peers)
    if plot == "distribution":
        times, scores = question.scores(chosen)
        labels = [say.text(question.study.timepoints[t].label) for t in times]
        return plots.distribution(list(zip(labels, scores.T, strict=True)), question, say)
    if plot == "transitions":
        return plots.transitions(question, chosen, say)
    return plots.slopes(question, chosen, [a.outcome for a in attempts if a.outcome], say, peers)
