"""What pairing is worth: the scores of a paired t test, as if before and after were of different people."""

from __future__ import annotations

from analysis.asking.envelopes import run_on
from analysis.asking.questions import Question
from analysis.results import Outcome


def unpaired(question: Question, chosen: int = 0) -> Outcome | None:
    """Student's t for two groups on the same scores, after minus before; None where the people aren't known.

    It answers nothing: beside the paired t it shows what comparing each mother with herself does.
    """
    pairs = question.complete(chosen).get("paired")
    if pairs is None:
        return None
    before, after = pairs
    found = run_on("independent-t", (after, before), {})
    return found if isinstance(found, Outcome) else None
