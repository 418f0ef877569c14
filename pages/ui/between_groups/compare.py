"""Two arms of one study beside each other: plot, sentence, tests, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.asking import QUANTITIES, Attempt, Question, attempt, before_after, between
from analysis.checks import printed_bound
from analysis.effects import share_at
from analysis.plots import Finished, printed_between, whom_it_shows
from analysis.plots import before_after as single
from analysis.plots import between as plots
from analysis.plots.reports import Document, of_questions
from analysis.results import remembered
from analysis.studies import Study, recover_arm
from analysis.telling import between_sentence, known_from, printed_sentence
from analysis.words import Say, say_in
from pages.ui.shared import assumed, choose, options, person, show
from pages.ui.shared.results import Ticked, as_tested
from pages.ui.shared.saving import Paper, of_question, of_study
from pages.ui.shared.text import plain

PLOTS = ("dots", "box", "raincloud", "stacked", "both")
DEFAULT_TESTS: dict[str, tuple[str, ...]] = {
    "change": ("mann-whitney", "welch-t"),
    "after": ("mann-whitney", "welch-t"),
    "adjusted": ("ancova",),
}
SMALLEST_N, LARGEST_N = 5, 120  # the range of n drawn for a percentage printed without one, or to the n chosen


def quantity_of(study: Study, say: Say) -> str:
    """What to compare; not asked of a study that measured only afterwards, which has only that."""
    if not any(study.has_change(outcome) for outcome in study.outcomes):
        return "after"
    return choose.one(
        st.selectbox, "compare", say("choose.quantity"), QUANTITIES, QUANTITIES[0], lambda key: say(f"quantity.{key}"),
        **options.SLIM,
    )  # fmt: skip


def plot_of(question: Question, say: Say) -> str:
    """The plot that the reader wants, of those that differ for this question."""
    return options.plot_of(plots_of(question), "beside", say)


def plots_of(question: Question) -> list[str]:
    """Plots of the mothers that differ from each other for a question; what is printed where they aren't known."""
    if _values(question, 0) is None:
        return ["printed"]
    other = {"binary": ("dots", "box", "raincloud"), "continuous": ("stacked",)}.get(question.measure.scale, ())
    paired = "groups-before-after" in _both(question).offered[0]
    return [plot for plot in PLOTS if plot not in other and (paired or plot != "both")]


def default_tests(study: Study, quantity: str) -> tuple[str, ...]:
    """The usual tests for the quantity, or for yes/no answers."""
    binary = all(measure.scale == "binary" for measure in study.outcomes.values())
    return ("fisher", "mann-whitney") if binary else DEFAULT_TESTS[quantity]


def arms_of(study: Study, say: Say) -> tuple[str, str]:
    """First and second arm; the difference is always first minus second."""
    return choose.two(
        (f"{study.id}.a", f"{study.id}.b"),
        (say("choose.first-arm"), say("choose.second-arm")),
        list(study.arms),
        lambda key: say.text(study.arms[key].label),
        st.columns(2),
    )


def ask(study: Study, quantity: str, menu: DeltaGenerator, say: Say) -> tuple[Question, dict[str, int]]:
    """The question that the choices make: groups and data in the `menu`, assumptions in the open."""
    with menu:
        st.caption(say("help.quantity"))
        outcome = options.outcome_of(study, say)
        arms = arms_of(study, say)
    known = assumed.with_assumed_n(study, arms, say)
    made_up = assumed.illustration(known, outcome, arms, say)
    with menu:
        picked = options.picked_of(known, outcome, arms, say)
    people = (made_up[arms[0]], made_up[arms[1]]) if made_up else None
    times = study.times_of(outcome)
    return between(
        known, outcome, arms, times, quantity, people=people, status="illustrative" if people else None
    ), picked


def chosen_set(question: Question, picked: Mapping[str, int]) -> int:
    """Place of the chosen pair of data sets among all pairs (the second arm's sets vary fastest)."""
    a, b = question.arms
    group = question.people[1]
    return picked.get(a, 0) * (group.alternatives if group else 1) + picked.get(b, 0)


def draw(question: Question, picked: Mapping[str, int], plot: str, attempts: tuple[Attempt, ...], say: Say) -> None:
    """What was found, evidence status and plot, with the mother who was clicked; `picked` are data sets, by arm."""
    chosen, who = chosen_set(question, picked), person.clicked([question], picked)
    sentence = between_sentence(question, chosen, say)
    words = sentence or "  ".join(printed_sentence(_alone(question, arm), say) for arm in question.arms)
    if plot == "printed" and not any(side.mean or side.percent for side in question.summaries):
        st.info(plain(words), icon=":material/visibility_off:")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        show.status(question.study.known_as if plot == "printed" else question.status, say)
        room = st.container(width="content")
    st.text(words)
    if question.quantity == "adjusted" and plot not in ("both", "printed"):
        st.caption(say("plot.adjusted"))
    paper = replace(
        of_question(question, say, question.study.known_as if plot == "printed" else None),
        title=words,
        drawn=lambda narrow: _figure(question, chosen, plot, attempts, say.language, narrow),
    )
    figure = _figure(question, chosen, plot, attempts, say.language, show.on_phone())
    sentence = f"{words} {known_from(question, say)}"
    person.figure(figure, sentence, f"{question.study.id}-between", who, say, paper=paper, beside=room)
    if people := whom_it_shows(question, say):
        st.caption(people)
    person.line(question, picked, who, say)
    bound = printed_bound(question.study, question.measure.id, question.arms)
    if bound and question.status != "illustrative" and question.quantity == "change":
        said = {
            "p": say.number(bound.p, 4),
            "sd": say.number(bound.largest_sd, 1),
            "g": say.number(abs(bound.effect.value)),
        }
        unit = say.text(question.measure.unit)
        bounded = say("sentence.bound", difference=say.number(abs(bound.difference), 1), unit=unit, **said)
        st.info(plain(bounded), icon=":material/straighten:")


def reported(
    question: Question, attempts: tuple[Attempt, ...], chosen: int, plot: str, ticked: Ticked, say: Say, **when: str
) -> Document:
    """The comparison as a report, with the plot that the screen shows."""
    nothing = plot == "printed" and not any(side.mean or side.percent for side in question.summaries)
    figure = None if nothing else _figure(question, chosen, plot, attempts, say.language, False)
    return of_questions([as_tested(question, attempts, chosen, ticked, figure)], say, **when)


def _alone(question: Question, arm: str) -> Question:
    return before_after(question.study, question.measure.id, arm, question.timepoints)


@remembered(256)
def _figure(
    question: Question, chosen: int, plot: str, attempts: tuple[Attempt, ...], language: str, narrow: bool
) -> Finished:
    """The figure, built once per choice and shared; whoever shows it must not change it."""
    say = say_in(language)
    values = _values(question, chosen)
    outcomes = [a.outcome for a in attempts if a.outcome]
    if plot == "both":
        return _both_arms(question, chosen, narrow, say)
    if values is None:
        return printed_between.printed_values(
            question, printed_bound(question.study, question.measure.id, question.arms), say
        )
    if plot == "stacked":
        labels = [say.text(question.study.arms[arm].label) for arm in question.arms]
        return single.distribution(list(zip(labels, values, strict=True)), question, say, outcomes)
    return plots.groups(question, values, outcomes, plot, say, narrow=narrow)


def _values(question: Question, chosen: int):
    """What is compared, by group, None where it isn't known; where adjusted, the scores after stand beside it."""
    samples = question.samples(chosen)  # incomplete people too: a plot leaves them out under the others' names
    if "groups" in samples:
        return samples["groups"]
    both = samples.get("groups-before-after")
    return both and tuple(rows[:, -1] for rows in both)


def _both(question: Question) -> Question:
    status = question.status
    people = question.people if all(question.people) else None
    return between(
        question.study, question.measure.id, question.arms, question.timepoints, "change", people=people, status=status
    )


def _both_arms(question: Question, chosen: int, narrow: bool, say: Say) -> Finished:
    change = _both(question)
    columns = change.samples(chosen)["groups-before-after"]
    within = [
        before_after(
            question.study, question.measure.id, arm, question.timepoints, people=group, status=question.status
        )
        for arm, group in zip(question.arms, question.people, strict=True)
    ]
    changes = [attempt(one, "paired-t").outcome for one in within]
    difference = attempt(change, "independent-t", chosen).outcome
    return plots.both_arms(question, columns, changes, difference, say, narrow=narrow)


def single_arm(study: Study, say: Say) -> None:
    """A study with one arm has nothing to compare; a share without n still says something for each n."""
    st.info(say("between.one-arm"), icon=":material/group_off:")
    outcome, arm, last = next(iter(study.outcomes)), next(iter(study.arms)), list(study.timepoints)[-1]
    percent = study.value("percent", arm, outcome, last, "yes")
    if percent is None or study.measured(arm, outcome, last) is not None or recover_arm(study, outcome, arm):
        return
    show.status("assumed", say)
    n = choose.number(
        f"{study.id}.{arm}.n",
        say("choose.assumed-n", study=say.text(study.short_title), arm=say.text(study.arms[arm].label)),
        2,
        assumed.MOST_ASSUMED_N,
        1,
        placeholder=say("choose.not-printed"),
        help=say("help.assumed-n"),
    )
    shares = [share_at(percent, size) for size in range(SMALLEST_N, max(LARGEST_N, int(n or 0)) + 1)]
    sentence = _share_sentence(percent, int(n) if n else None, shares, say)
    st.text(sentence)
    paper = Paper(words=lambda: of_study(study, [arm], ["assumed"], say))
    figure = printed_between.share_by_n(shares, percent, int(n) if n else None, say)
    show.figure(figure, sentence, f"{study.id}-share", say, paper=paper)


def _share_sentence(percent: str, n: int | None, shares, say: Say) -> str:
    possible = [share.n for share in shares if share.interval]
    if n is None:
        return say("sentence.share-any-n", percent=say.printed(percent), smallest=possible[0])
    share = share_at(percent, n)
    if share.interval is None or share.people is None:
        return say("sentence.share-impossible", percent=say.printed(percent), n=n)
    low, high = (say.percent(end) for end in share.interval)
    return say("sentence.share-at-n", percent=say.printed(percent), n=n, people=share.people, low=low, high=high)
