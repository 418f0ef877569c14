"""What a repair does to the conclusions: the same tests on the people behind the study without and with it."""

from __future__ import annotations

import math
from collections.abc import Iterator

from analysis.asking import LEVEL, Question, attempt, before_after, between, reproductions
from analysis.checks.repairs.repair import MOST_CELLS, Consequence
from analysis.results import Interval
from analysis.studies import ArmPeople, Study, recover_arm

EACH = 0.4  # seconds for recovering one arm
MOST_RUNS = 500  # data sets that a test is run on
USUAL = {
    ("within", "binary"): "mcnemar",
    ("between", "binary"): "fisher",
    ("within", "ordinal"): "wilcoxon",
    ("between", "ordinal"): "mann-whitney",
}
Pair = tuple[Question | None, Question | None]  # the same question now and with the repair


def few_enough(study: Study, outcome: str, arm: str) -> bool:
    """Are there people on a known scale of scores, few enough to be recovered while a reader waits?"""
    measure, n = study.outcomes[outcome], study.arms[arm].n  # all of the arm: this bounds the work
    if measure.scale == "continuous" or measure.low is None or measure.high is None or n is None:
        return False
    return n.isdecimal() and int(n) * ((measure.high - measure.low) / measure.step + 1) <= MOST_CELLS


def consequences(now: Study, then: Study, outcome: str, arms: tuple[str, ...]) -> tuple[Consequence, ...]:
    """Per question about the arms that change and per test it is answered with: p and who got worse, now and then.

    The tests are those that the study names for the question, in the variant that gives its printed p where
    one does; else the usual rank test. Empty for outcomes that no such test is made for.
    """
    return tuple(
        one
        for kind, compared in _compared(now, arms)
        for one in _of_question(now, outcome, kind, compared, _pair(now, then, outcome, kind, compared))
    )


def _compared(study: Study, arms: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each arm by itself, and each two of which one changes, in the order of the card."""
    yield from (("within", (arm,)) for arm in arms)
    order = list(study.arms)
    for place, first in enumerate(order):
        yield from (("between", (first, other)) for other in order[place + 1 :] if {first, other} & set(arms))


def _pair(now: Study, then: Study, outcome: str, kind: str, arms: tuple[str, ...]) -> Pair:
    return _question(now, outcome, kind, arms), _question(then, outcome, kind, arms)


def _question(study: Study, outcome: str, kind: str, arms: tuple[str, ...]) -> Question | None:
    """The question with its people, or None where they aren't known or leave too many data sets."""
    people = [_people(study, outcome, arm) for arm in arms]
    known = [group for group in people if group is not None]
    if len(known) < len(arms) or math.prod(group.alternatives for group in known) > MOST_RUNS:
        return None
    times = tuple(t for t in study.timepoints if all(t in group.timepoints for group in known))
    if kind == "within":
        return before_after(study, outcome, arms[0], times, people=known[0]) if len(times) > 1 else None
    quantity = "change" if len(times) > 1 else "after"
    both = (known[0], known[1])
    return between(study, outcome, (arms[0], arms[1]), times, quantity, people=both) if times else None


def _people(study: Study, outcome: str, arm: str) -> ArmPeople | None:
    return recover_arm(study, outcome, arm, EACH) if few_enough(study, outcome, arm) else None


def _of_question(study: Study, outcome: str, kind: str, arms: tuple[str, ...], pair: Pair) -> Iterator[Consequence]:
    usual = USUAL.get((kind, study.outcomes[outcome].scale))
    for method, options in (_named(pair) or ({usual: ()} if usual else {})).items():
        now, then = (_reach(question, method, options) for question in pair)
        worse_now, worse_then = (_worse(question) for question in pair)
        key = _key(now, then)
        yield Consequence(key, kind, arms, method, options, now, then, worse_now, worse_then)


def _named(pair: Pair) -> dict[str, tuple[tuple[str, object], ...]]:
    """Tests that the study names for a question, each in the variant that gives the printed p where one does."""
    named: dict[str, tuple[tuple[str, object], ...]] = {}
    for found in (found for question in pair if question for found in reproductions(question)):
        method = found.claim.method
        if method and found.variants and not named.get(method):
            named[method] = tuple(found.matching[0][0].items()) if found.matching else ()
    return named


def _reach(question: Question | None, method: str, options: tuple[tuple[str, object], ...]) -> Interval | None:
    """Lowest and highest p over all data sets that fit."""
    tried = attempt(question, method, 0, **dict(options)) if question else None
    if tried is None or tried.outcome is None or tried.outcome.p is None:
        return None
    ends = (tried.envelope.lowest, tried.envelope.highest) if tried.envelope else (None, None)
    return (tried.outcome.p, tried.outcome.p) if ends[0] is None or ends[1] is None else (ends[0], ends[1])


def _worse(question: Question | None) -> tuple[int, int] | None:
    """Fewest and most people who got worse, over all data sets that fit; for one arm."""
    found = question.worsened if question else ()
    return (min(found), max(found)) if found else None


def _key(now: Interval | None, then: Interval | None) -> str:
    """How p with the repair compares with p now, as a key; it changes when it crosses 0.05 or starts to."""
    if now is None or then is None:
        return "no-people" if now is then else "people-disappear" if now else "people-appear"
    return "same-conclusion" if _significant(now) == _significant(then) else "changes-conclusion"


def _significant(p: Interval) -> tuple[bool, bool]:
    return p[0] < LEVEL, p[1] < LEVEL
