"""How each assumption is looked at: `LOOKS`, by the id that a test's registry entry names."""

from __future__ import annotations

from collections.abc import Callable

from analysis.asking.assumptions import counted, shapes
from analysis.asking.assumptions.asked import Asked, Assumption
from analysis.asking.attempts import missing
from analysis.asking.questions import Question
from analysis.methods import METHODS
from analysis.results import NotApplicable, remembered

LOOKS: dict[str, Callable[[Asked], Assumption | None]] = {
    "normal-differences": shapes.normal_differences,
    "normal-groups": shapes.normal_groups,
    "alike-spread": shapes.alike_spread,
    "same-shape": shapes.same_shape,
    "symmetry": shapes.symmetry,
    "sphericity": shapes.equal_changes,
    "parallel-slopes": shapes.parallel_slopes,
    "ends-of-scale": counted.ends_of_scale,
    "ties": counted.ties,
    "expected-counts": counted.expected_counts,
    "changed-people": counted.changed_people,
    "proportional-odds": counted.proportional_odds,
}


@remembered(2048)
def assumptions_of(question: Question, method_id: str, chosen: int = 0) -> tuple[Assumption, ...]:
    """The assumptions of a test that apply to a question, each looked at on the chosen data set that fits.

    Empty where the test needs none, or can't be run on the question at all (`attempts.missing` says why).
    """
    method = METHODS[method_id]
    if missing(question, method) is not None:
        return ()
    asked = Asked(question, method, question.complete(chosen))
    looked = (_look(which, asked) for which in method.assumes)
    return tuple(found for found in looked if found)


def _look(which: str, asked: Asked) -> Assumption | None:
    """One assumption; None where it doesn't apply, its reason where the data can't show it."""
    try:
        return LOOKS[which](asked)
    except NotApplicable as error:
        return Assumption(which, error.note, None)
