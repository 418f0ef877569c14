"""Tests tried on a question: what each says, over all data sets that fit, or why it can't be run.

A test runs on the chosen data set and, for its p, on all that fit, so that a reader sees whether the
answer depends on what was not printed. Everything that can't be run keeps its reason.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.asking.envelopes import MOST_RUN, Envelope, envelope, run_on
from analysis.asking.questions import Question, Samples
from analysis.asking.summaries import needs_n
from analysis.methods import METHODS, Method
from analysis.results import Note, Outcome, remembered
from analysis.studies import Study
from analysis.words import Say

ADJUSTING = ("ancova", "ordinal-ancova")  # compare what groups end with, allowing for where they began
SUMMARY_DESIGNS = ("paired-summary", "groups-summary")


@dataclass(frozen=True)
class Attempt:
    """One method tried on one question: its outcome, or the reason why there is none."""

    method: str
    found: Outcome | Note
    envelope: Envelope | None = None

    @property
    def outcome(self) -> Outcome | None:
        return self.found if isinstance(self.found, Outcome) else None

    @property
    def reason(self) -> Note | None:
        return self.found if isinstance(self.found, Note) else None


def attempt(question: Question, method_id: str, chosen: int = 0, **options: object) -> Attempt:
    """Try one method; with several data sets that fit, `chosen` picks the one shown."""
    if (reason := missing(question, METHODS[method_id])) is not None:  # seen at once, and far more often than a result
        return Attempt(method_id, reason)
    return _tried(question, method_id, chosen, **options)


@remembered(4096)
def _tried(question: Question, method_id: str, chosen: int, **options: object) -> Attempt:
    method = METHODS[method_id]
    options = {**method.variants[0], **options}
    if method.design == "paired-summary" and len(question.offered[0]["paired-summary"]) == 2:
        options["r"] = question.r
    summary_only = method.design in SUMMARY_DESIGNS  # the same in all data sets that fit
    sets = question.offered[:1] if summary_only else question.offered
    shown = run_on(method_id, sets[min(chosen, len(sets) - 1)][method.design], options)
    if isinstance(shown, Note) or len(sets) == 1:
        return Attempt(method_id, shown)
    return Attempt(method_id, shown, _over_all(question, method_id, **options))


@remembered(1024)
def _over_all(question: Question, method_id: str, **options: object) -> Envelope:
    """The same whichever data set is shown."""
    sets = question.offered
    tried = _in_time(METHODS[method_id], sets, options)
    return envelope(tried, question.worsened, complete=len(tried) == len(sets))


def _in_time(method: Method, sets: Sequence[Samples], options: Mapping[str, object]) -> list[Outcome | Note]:
    """Outcomes on all data sets that fit, or on as many, spread evenly, as can be had before a reader waits.

    Data sets that differ only in what the test doesn't look at are tried once: what was before, where it asks for what
    was measured after.
    """
    ends, tried, known = time.monotonic() + SECONDS, [], {}
    for place in _spread(min(len(sets), MOST_RUN), len(sets)):
        samples = sets[place][method.design]
        seen = _looked_at(samples, method)
        if seen not in known:
            known[seen] = run_on(method.id, samples, options)
        tried.append(known[seen])
        if time.monotonic() > ends:
            break
    return tried


def _looked_at(samples: Sequence[np.ndarray], method: Method) -> tuple[bytes, ...]:
    """What tells data sets apart for a test: the order of people in a group doesn't."""
    grouped = method.design in ("groups", "many-groups")
    return tuple((np.sort(one) if grouped else one).tobytes() for one in samples)


def _spread(count: int, of: int) -> list[int]:
    """Places in an order that has seen every region early: steps of the golden section."""
    places = np.linspace(0, of - 1, count).astype(int)
    return places[np.argsort(np.arange(count) * GOLDEN % 1)].tolist()


SECONDS, GOLDEN = 1.5, 0.618034


def methods_for(kind: str) -> list[str]:
    """Ids of all methods that belong to a kind of question, within one arm or between two."""
    within = ("paired", "repeated", "paired-summary")
    return [key for key, method in METHODS.items() if (method.design in within) == (kind == "within")]


def missing(question: Question, method: Method) -> Note | None:
    """Why a method can't be run on a question, or None when its samples are there."""
    if question.measure.scale in method.scales and method.design in question.offered[0]:
        return _wrong_test_for_quantity(question, method)
    return lacking(question, method)


def lacking(question: Question, method: Method) -> Note:
    """Why there are no samples for a method: the scale, another quantity, or what isn't printed."""
    if not question.measure.scale:
        return Note("scale-not-said")
    if question.measure.scale not in method.scales:
        return Note("wrong-scale", {"scale": (question.measure.scale,), "needed": method.scales})
    if method.design == "repeated":
        return Note("needs-three-timepoints", {"printed": printed_kinds(question.study, question.measure.id)})
    if _answers_another_question(question, method):
        return Note("other-question", {"quantities": quantities_of(method)})
    if method.design in SUMMARY_DESIGNS:
        return _missing_summary(question)
    needs = "needs-paired-people" if method.design == "paired" else "needs-people"
    if method.design == "groups-before-after":
        needs = "needs-before-after-people"
    return Note(needs, {"printed": printed_kinds(question.study, question.measure.id)})


def _wrong_test_for_quantity(question: Question, method: Method) -> Note | None:
    """ANCOVA answers the adjusted question, mixed ANOVA the change; each only its own."""
    if method.design == "groups-before-after" and question.quantity not in quantities_of(method):
        return Note("other-question", {"quantities": quantities_of(method)})
    return None


def _answers_another_question(question: Question, method: Method) -> bool:
    """The quantity chosen is not what this test compares; the people are there at both times, or it needs none."""
    both_times = all(group is not None and len(group.timepoints) > 1 for group in question.people)
    if question.kind != "between" or question.quantity in quantities_of(method):
        return False
    return both_times or method.design in SUMMARY_DESIGNS


def quantities_of(method: Method) -> tuple[str, ...]:
    """What of two groups a test compares."""
    if method.design == "groups-before-after":
        return ("adjusted",) if method.id in ADJUSTING else ("change",)
    return ("after", "change")


def _missing_summary(question: Question) -> Note:
    change = question.summaries[-1]
    within = (change,) if change.mean else question.summaries[:-1]
    sides = question.summaries if question.kind == "between" else within
    for side in sides if question.kind == "between" or change.mean else question.summaries:
        if side.n is None:
            return Note(needs_n(question.study, side.arm, side.timepoint))
    if any(side.mean is None for side in sides):
        return Note("needs-mean")
    if any(side.sd is None for side in sides):
        return Note("needs-sd")
    return Note("needs-r" if len({side.n for side in question.summaries}) == 1 else "needs-same-people")


def printed_kinds(study: Study, outcome: str) -> tuple[str, ...]:
    """Which kinds of numbers a study prints of an outcome, for "this study prints … only"."""
    kinds = {
        "mean": "means",
        "change_mean": "mean-changes",
        "count": "counts",
        "percent": "percentages",
        "median": "medians",
    }
    found = [kinds[f.statistic] for f in study.find(outcome=outcome) if f.statistic in kinds]
    if not found and any(claim.p for claim in study.claims if claim.outcome == outcome):
        return ("p-only",)
    return tuple(dict.fromkeys(found)) or ("nothing",)


def variant_name(variant: Mapping[str, object], say: Say) -> str:
    """ "normal approximation, as SPSS prints it" for {"exact": False}; blank where a test has one form only."""
    names = [say(f"variant.{key}-{str(value).lower()}") for key, value in variant.items()]
    return ", ".join(names)


def variant_id(method_id: str, options: Mapping[str, object]) -> str:
    """Id of a method's variant in the words (`term.wilcoxon-exact`); the method's own where it has one form only."""
    if options.get("mid_p"):
        return f"{method_id}-mid-p"
    return "-".join([method_id, *("exact" if value else "normal" for key, value in options.items() if key == "exact")])
