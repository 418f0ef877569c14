"""Where no test can answer a question: what even the least demanding one lacks, and where a reader may go on."""

from __future__ import annotations

from analysis.asking.attempts import SUMMARY_DESIGNS, methods_for, missing, quantities_of
from analysis.asking.questions import QUANTITIES, Question, between
from analysis.methods import METHODS
from analysis.results import Note, remembered

MAY_PRINT_MORE = ("primary", "abstract", "cited-in")  # ways of having read a study that say where to look next


@remembered(1024)
def answerable(question: Question) -> tuple[str, ...]:
    """Ids of the tests whose samples the question offers, in the registry's order."""
    return tuple(key for key in methods_for(question.kind) if missing(question, METHODS[key]) is None)


def least_lacking(question: Question) -> Note | None:
    """What the least demanding test lacks, one from printed means if it is of the scale; None where a test can be run.

    Its key has a sentence of its own in `no-test`.
    """
    if answerable(question):
        return None
    if question.kind == "within" and len(question.timepoints) < 2:
        return Note("needs-two-timepoints")
    fitting = [METHODS[key] for key in methods_for(question.kind)]
    if question.kind == "between":
        fitting = [method for method in fitting if question.quantity in quantities_of(method)]
    fitting.sort(key=lambda method: method.design not in SUMMARY_DESIGNS)
    lacking = [note for method in fitting if (note := missing(question, method))]
    return next((note for note in lacking if note.key != "wrong-scale"), lacking[0])


def way_on(question: Question) -> Note:
    """What a reader can do where no test can be run: another comparison, an assumption, or where to look further.

    Its key is a way in `no-test`.
    """
    if others := _other_quantities(question):
        return Note("way-other-quantity", {"quantities": others})
    lacking = least_lacking(question)
    if lacking and lacking.key == "needs-two-timepoints" and len(question.study.arms) > 1:
        return Note("way-between-groups")
    if lacking and _can_be_assumed(question, lacking.key):
        return Note("way-assume")
    kind = question.study.source_kind
    return Note(f"way-{kind if kind in MAY_PRINT_MORE else 'not-said'}")


def _other_quantities(question: Question) -> tuple[str, ...]:
    """What else of the same two groups can be tested."""
    if question.kind != "between":
        return ()
    first, second = question.arms
    others = [quantity for quantity in QUANTITIES if quantity != question.quantity]
    asked = (question.study, question.measure.id, (first, second), question.timepoints)
    return tuple(quantity for quantity in others if answerable(between(*asked, quantity)))


def _can_be_assumed(question: Question, lacking: str) -> bool:
    """A number that the reader may type, where all else is printed."""
    if lacking == "needs-n":
        sides = question.summaries if question.kind == "between" else question.summaries[:-1]
        return all(side.mean and side.sd and side.n is None for side in sides) or _change_without_n(question)
    return lacking == "needs-r" and question.kind == "within"


def _change_without_n(question: Question) -> bool:
    change = question.summaries[-1]
    return question.kind == "within" and None not in (change.mean, change.sd) and change.n is None
