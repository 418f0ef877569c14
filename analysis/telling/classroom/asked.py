"""Questions that demonstrations put to their study, and the usual rows of what it found."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.asking import Question, attempt, before_after, between
from analysis.results import Interval, NotApplicable, Note, Outcome
from analysis.studies import Study
from analysis.telling.classroom.demonstration import Preset
from analysis.telling.classroom.pictures import Row
from analysis.words import Say


def change_of(study: Study, preset: Preset, arm: str) -> Question:
    """How one arm changed."""
    return before_after(study, preset.outcome, arm, preset.times)


def changes_between(study: Study, preset: Preset) -> Question:
    """Whether two arms changed alike."""
    first, second = preset.arms
    return between(study, preset.outcome, (first, second), preset.times, "change")


def pairs_of(question: Question) -> tuple[np.ndarray, np.ndarray]:
    """Scores before and after, each (n,).

    Raises:
        NotApplicable: the people behind the printed numbers aren't known.
    """
    samples = question.samples()
    if "paired" not in samples:
        raise NotApplicable("needs-paired-people", printed=())
    before, after = samples["paired"]
    return before, after


@dataclass(frozen=True)
class Result:
    """What demonstrations say of a test: an estimate in the unit of the data, its 95% interval, p."""

    estimate: float
    interval: Interval
    p: float


def result(outcome: Outcome) -> Result:
    """The three of one outcome.

    Raises:
        NotApplicable: the test gives no such thing on these samples.
    """
    if outcome.estimate is None or outcome.interval is None or outcome.p is None:
        raise NotApplicable("no-spread")
    return Result(outcome.estimate, outcome.interval, outcome.p)


def found(question: Question, method: str, **options: object) -> Result:
    """What one test finds.

    Raises:
        NotApplicable: it can't be run on this question.
    """
    tried = attempt(question, method, 0, **options)
    if isinstance(tried.found, Note):
        raise NotApplicable(tried.found.key, **tried.found.values)
    return result(tried.found)


def row(name: str, one: Result, say: Say, *, lit: bool = False) -> Row:
    """An estimate with its interval; its p behind."""
    return Row(name, one.estimate, one.interval, f"p {say.p(one.p)}", lit)


def arm_name(study: Study, arm: str, say: Say) -> str:
    return say.text(study.arms[arm].label)


def change_axis(question: Question, say: Say) -> str:
    """ "Change (score 1–5)"."""
    return say("lesson.axis-change", unit=say.text(question.measure.unit))


def counted(number: int) -> str:
    """ "10 000", as the other screens write it."""
    return f"{number:,}".replace(",", "\u202f")


def with_study(ids: tuple[str, ...], own: str) -> tuple[str, ...]:
    """Numbers to choose from, with the study's own in its place."""
    return tuple(sorted({*ids, own}, key=float))
