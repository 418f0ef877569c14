"""A report on questions asked of studies: what was found, every test, what it rests on, the studies, the scripts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from analysis.asking import Attempt, Question, reproductions
from analysis.asking import before_after as of_one_arm
from analysis.asking.assumptions import Assumption, assumptions_of
from analysis.plots import before_after, between, printed_between
from analysis.plots.canvas import Finished
from analysis.plots.reports.blocks import Block, Code, Document, Heading, Items, Paragraph, Table
from analysis.plots.reports.parts import card, document, known, plot, printed_numbers, script
from analysis.telling import (
    assumption_sentence,
    between_sentence,
    capitalised,
    effect_line,
    envelope_line,
    estimate_line,
    known_from,
    printed_line,
    printed_sentence,
    report,
    test_line,
    within_sentence,
)
from analysis.telling.scripts import python_script, r_script
from analysis.words import Say

SCRIPTS = (("Python", python_script), ("R", r_script))


@dataclass(frozen=True, eq=False)
class Tested:
    """A question, the tests tried on it on the data set `chosen`, how each was run, and the plot that shows it.

    `options` are those of `analysis.asking.attempt`, by the id of the method; without a `figure` the usual one is
    drawn.
    """

    question: Question
    attempts: Sequence[Attempt]
    chosen: int = 0
    options: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    figure: Finished | None = None

    @property
    def ran(self) -> list[Attempt]:
        return [one for one in self.attempts if one.outcome]


def of_questions(tested: Sequence[Tested], say: Say, *, date: str = "", link: str = "") -> Document:
    """The report on one question or several.

    Raises:
        ValueError: there is no question.
    """
    if not tested:
        raise ValueError("A report needs a question: the list is empty")
    studies = list(dict.fromkeys(one.question.study for one in tested))
    blocks: list[Block] = [Paragraph(_asked(one, say)) for one in tested]
    for one in tested:
        blocks += _found(one, say)
    blocks += known([one.question.status for one in tested], say)
    for study in studies:
        blocks += [*card(study, say), *printed_numbers(study, say)]
    blocks += _scripts(tested, say)
    kind = "before-after" if tested[0].question.kind == "within" else "between-groups"
    names = "; ".join(say.text(study.short_title) for study in studies)
    return document(f"{say(f'menu.{kind}')}: {names}", blocks, studies, say, date=date, link=link)


def _asked(one: Tested, say: Say) -> str:
    question = one.question
    arms = f" {say('term.and')} ".join(say.text(question.study.arms[arm].label) for arm in question.arms)
    times = " → ".join(say.text(question.study.timepoints[time].label) for time in question.timepoints)
    what = say("quantity.change") if question.kind == "within" else say(f"quantity.{question.quantity}")
    outcome = f"{say.text(question.measure.label)} ({say.text(question.measure.unit)})"
    return say("report.asked", outcome=outcome, what=what.lower(), arms=arms, times=times)


def _found(one: Tested, say: Say) -> Iterator[Block]:
    """What one question comes to."""
    question, sentence = one.question, _sentence(one, say)
    yield Heading(f"{say('report.found')}: {_arms(question, say)}")
    yield Paragraph(sentence, "lead")
    figure = one.figure or usual_figure(one, say)
    known_how = known_from(question, say)
    yield Paragraph(known_how, "note") if figure is None else plot(figure, sentence, capitalised(known_how))
    yield from _tests(one, say)
    printed = tuple(printed_line(found, say) for found in reproductions(question))
    if printed:
        yield Heading(say("report.printed-beside"), 2)
        yield Items(printed)
    yield from _said(one, say)
    yield from _assumptions(one, say)


def _sentence(one: Tested, say: Say) -> str:
    question = one.question
    if question.kind == "within":
        return within_sentence(question, say) or printed_sentence(question, say)
    alone = [of_one_arm(question.study, question.measure.id, arm, question.timepoints) for arm in question.arms]
    return between_sentence(question, one.chosen, say) or "  ".join(printed_sentence(arm, say) for arm in alone)


def usual_figure(one: Tested, say: Say) -> Finished | None:
    """The people where they are known, else what is printed; None where nothing is."""
    question, outcomes = one.question, [attempt.outcome for attempt in one.ran if attempt.outcome]
    samples = question.samples(one.chosen)
    if question.kind == "within" and "paired" in samples:
        return before_after.slopes(question, one.chosen, outcomes, say)
    if question.kind == "between" and "groups" in samples:
        return between.groups(question, samples["groups"], outcomes, "dots", say)
    if not any(side.mean or side.percent for side in question.summaries):
        return None
    if question.kind == "within":
        return before_after.printed_means(question, say, ())
    return printed_between.printed_values(question, None, say)


def _tests(one: Tested, say: Say) -> Iterator[Block]:
    """A row per test, effect and interval before p; what can't be run keeps its reason."""
    head = tuple(map(say, ("report.test", "report.estimate", "report.effect", "report.result", "report.over-sets")))
    rows = [
        (
            say(f"method.{attempt.method}"), estimate_line(attempt.outcome, say), effect_line(attempt.outcome, say),
            test_line(attempt.outcome, say),
            envelope_line(attempt.envelope, attempt.outcome.estimate_name, say) if attempt.envelope else "",
        )
        for attempt in one.ran if attempt.outcome
    ]  # fmt: skip
    if rows:
        columns = len(head) if any(row[-1] for row in rows) else len(head) - 1
        yield Table(head[:columns], tuple(row[:columns] for row in rows), say("result.brackets"))
    reasons = [(attempt.method, attempt.reason) for attempt in one.attempts if attempt.reason]
    if reasons:
        yield Items(tuple(f"{say(f'method.{method}')}: {say.note(reason, 'reason')}" for method, reason in reasons))


def _said(one: Tested, say: Say) -> Iterator[Block]:
    """Each result as a sentence for a paper and in plain words."""
    if not one.ran:
        return
    yield Heading(say("below.take-apa"), 2)
    for attempt in one.ran:
        yield Paragraph(report.apa(one.question, attempt, say, one.chosen))
    yield Heading(say("below.take-plain"), 2)
    for attempt in one.ran:
        yield Paragraph(report.plain_words(one.question, attempt, say))


def _assumptions(one: Tested, say: Say) -> Iterator[Block]:
    """What each test rests on, with what is seen of it."""
    rows = [
        (
            say(f"method.{attempt.method}"), say(f"assumption.{assumption.id}"),
            f"{assumption_sentence(assumption, say)}{_worth_a_look(assumption, say)}",
        )
        for attempt in one.ran
        for assumption in assumptions_of(one.question, attempt.method, one.chosen)
    ]  # fmt: skip
    if rows:
        yield Heading(say("below.assumptions"), 2)
        yield Table((say("report.test"), say("report.assumption"), say("report.seen")), tuple(rows))


def _worth_a_look(assumption: Assumption, say: Say) -> str:
    return f" ({say('assume.attention')})" if assumption.attention else ""


def _scripts(tested: Sequence[Tested], say: Say) -> list[Block]:
    scripts: list[Code] = [
        script(
            write(one.question, attempt.method, one.chosen, **one.options.get(attempt.method, {})),
            language, f"{language} · {say(f'method.{attempt.method}')} · {_arms(one.question, say)}",
        )
        for one in tested
        for attempt in one.ran
        for language, write in SCRIPTS
    ]  # fmt: skip
    return [Heading(say("report.scripts")), *scripts] if scripts else []


def _arms(question: Question, say: Say) -> str:
    return ", ".join(say.text(question.study.arms[arm].label) for arm in question.arms)
