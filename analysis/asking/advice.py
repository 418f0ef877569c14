"""Which test fits a question? The best, the runner-up, why, and whether they come to the same answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.asking.attempts import Attempt, attempt, lacking, variant_name
from analysis.asking.envelopes import LEVEL
from analysis.asking.fitting import Candidate, candidates
from analysis.asking.questions import Question, between
from analysis.methods import METHODS
from analysis.results import Note, remembered
from analysis.words import Say


@dataclass(frozen=True)
class Fit:
    """A test that fits, run: `reason` is said with room "advice", `quantity` is what it compares."""

    method: str
    options: Mapping[str, object]
    reason: Note
    attempt: Attempt
    quantity: str

    @property
    def significant(self) -> bool | None:
        """Is p below 0.05 in every data set that fits? None where that depends on numbers not printed."""
        if self.attempt.outcome is None or self.attempt.outcome.p is None:
            return None
        return self.attempt.envelope.significant if self.attempt.envelope else self.attempt.outcome.p < LEVEL


@dataclass(frozen=True)
class Advice:
    """The test that fits best and the next, both run, each None where there is none.

    `passed_over` would have come before one of them but can't be run, with the reason. `missing` says
    (room "reason") why nothing can be run; None where something can.
    """

    best: Fit | None
    runner_up: Fit | None
    passed_over: tuple[Attempt, ...]
    missing: Note | None

    @property
    def agree(self) -> bool | None:
        """Do both lie on the same side of 0.05, in every data set that fits? None where that can't be told."""
        sides = [fit.significant if fit else None for fit in (self.best, self.runner_up)]
        return None if None in sides else sides[0] == sides[1]


@remembered(512)
def advice(question: Question, chosen: int = 0) -> Advice:
    """The tests that fit a question, from its design, scale, n, ties, spread and ends of the scale.

    Never from the p of a test of normality. `chosen` picks the data set that decides and is shown.
    Rules and their sources: `analysis.asking.fitting`.
    """
    fits: list[Fit] = []
    passed_over: list[Attempt] = []
    for candidate in candidates(question, chosen):
        tried = _fit(question, candidate, chosen)
        if tried.attempt.outcome is None:
            passed_over.append(tried.attempt)
        else:
            fits.append(tried)
        if len(fits) == 2:
            break
    best, runner_up = [*fits, None, None][:2]
    return Advice(best, runner_up, tuple(passed_over), None if best else _why_none(question, passed_over))


def _fit(question: Question, candidate: Candidate, chosen: int) -> Fit:
    asked = question if candidate.quantity in ("", question.quantity) else _compare(question, candidate.quantity)
    tried = attempt(asked, candidate.method, chosen, **candidate.options)
    return Fit(candidate.method, candidate.options, candidate.reason, tried, asked.quantity)


def _compare(question: Question, quantity: str) -> Question:
    """The same people, compared in another quantity."""
    return between(
        question.study,
        question.measure.id,
        question.arms,
        question.timepoints,
        quantity,
        people=question.people,
        status=question.status,
    )


USUAL = {
    ("within", "binary"): "mcnemar",
    ("within", "numeric"): "paired-t-summary",
    ("between", "binary"): "boschloo",
    ("between", "numeric"): "independent-t-summary",
}  # the test of each kind that asks for least


def _why_none(question: Question, passed_over: list[Attempt]) -> Note:
    reasons = [tried.reason for tried in passed_over if tried.reason]
    if reasons:
        return reasons[0]
    scale = "binary" if question.measure.scale == "binary" else "numeric"
    method = "ancova" if question.quantity == "adjusted" else USUAL[question.kind, scale]
    if method == "paired-t-summary" and len(question.timepoints) < 2:
        method = "paired-t"  # nothing was measured twice: no printed number could help
    return lacking(question, METHODS[method])


# -- in words ------------------------------------------------------------------------------------------------------


def fit_line(fit: Fit, say: Say) -> str:
    """ "McNemar (mid-p): 35 of the same 37 mothers changed …"; a test's usual form is not named."""
    test, reason = say(f"method.{fit.method}"), say.note(fit.reason, "advice")
    usual = fit.options == METHODS[fit.method].variants[0]
    how = "" if usual else variant_name(fit.options, say)
    return (
        say("advice.fit-how", test=test, how=how, reason=reason) if how else say("advice.fit", test=test, reason=reason)
    )


def agreement_line(found: Advice, say: Say) -> str:
    """Whether both tests come to the same answer at 0.05; or why there are no two."""
    if found.missing is not None:
        return say("advice.none", reason=say.note(found.missing, "reason"))
    if found.best is None or found.runner_up is None:
        return say("advice.one-only")
    if found.agree is None:
        return say("advice.open")
    if not found.agree:
        return say("advice.differ")
    return say("advice.agree-below" if found.best.significant else "advice.agree-above")
