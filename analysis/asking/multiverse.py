"""The multiverse of one question: every defensible test on the same choice, side by side.

Steegen et al. 2016 (doi:10.1177/1745691616658637): does the conclusion depend on the method? Nobody
picks from this list by its p; it shows what picking would do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from analysis.asking.attempts import attempt, methods_for, missing
from analysis.asking.envelopes import LEVEL, Envelope
from analysis.asking.questions import Question
from analysis.asking.reproductions import reproductions
from analysis.methods import METHODS, Method
from analysis.results import Outcome, remembered

OTHER_QUESTIONS = ("tost", "tost-paired", "bayes-t", "bayes-t-paired")  # equivalence and evidence, not difference
UNORDERED = ("fisher", "chi-square", "boschloo")  # blind to the order of more than two answers
SAME_AS = {"mixed-anova": 2}  # with so many timepoints the same as the t test of changes, by algebra


@dataclass(frozen=True)
class Row:
    """One test in one of its variants, whose `options` these are: what it finds, and its reach over all that fit."""

    method: str
    options: Mapping[str, object]
    outcome: Outcome
    envelope: Envelope | None


@dataclass(frozen=True, eq=False)
class Multiverse:
    """All rows; how many of those with a p lie below 0.05; p as printed by claims about the same question."""

    rows: tuple[Row, ...]
    below: int
    with_p: int
    printed: tuple[str, ...]


@remembered(256)
def multiverse(question: Question, chosen: int = 0) -> Multiverse | None:
    """Every defensible test on one question, None where fewer than two can run."""
    rows = tuple(_rows(question, chosen))
    ps = [row.outcome.p for row in rows if row.outcome.p is not None]
    if len(rows) < 2:
        return None
    printed = tuple(dict.fromkeys(found.claim.p for found in reproductions(question) if found.claim.p))
    return Multiverse(rows, sum(p < LEVEL for p in ps), len(ps), printed)


def _rows(question: Question, chosen: int) -> Iterator[Row]:
    """Every variant of every defensible test that can run."""
    for key in methods_for(question.kind):
        if _defensible(question, METHODS[key]):
            for options in METHODS[key].variants:
                tried = attempt(question, key, chosen, **options)
                if isinstance(tried.found, Outcome):
                    yield Row(key, options, tried.found, tried.envelope)


def _defensible(question: Question, method: Method) -> bool:
    """Does the test answer this question, with the people at hand?"""
    if missing(question, method) is not None or method.id in OTHER_QUESTIONS:
        return False
    if method.design == "many-groups" or SAME_AS.get(method.id) == len(question.timepoints):
        return False
    return question.measure.scale == "binary" or method.id not in UNORDERED
