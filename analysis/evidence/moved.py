"""How far an answer moves with what a reader assumes, beside the answer that assumes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from analysis.evidence.answer import Answer, answer
from analysis.evidence.choice import Choice
from analysis.results import Pooled
from analysis.studies import Study

ASSUMED = ("r", "design_effect", "equal_groups", "convert", "unnamed_tests", "worded")


@dataclass(frozen=True)
class Moved:
    """The result of one intervention without and with what is assumed; None where there is none."""

    treatments: tuple[str, ...]
    without: Pooled | None
    assumed: Pooled | None


def assuming_nothing(choice: Choice) -> Choice:
    """The same question with every assumption as it is by default: not made."""
    default = {field.name: field.default for field in fields(Choice)}
    return replace(choice, **{name: default[name] for name in ASSUMED})


def moved(studies: Iterable[Study], found: Answer, tau2: str, interval: str) -> tuple[Moved, ...]:
    """Each intervention whose result in `found` isn't that of the same question with nothing assumed."""
    plain = assuming_nothing(found.body.choice)
    if plain == found.body.choice:
        return ()
    before = {line.treatments: line.kept for line in answer(studies, plain, tau2, interval).lines}
    after = {line.treatments: line.kept for line in found.lines}
    every = dict.fromkeys((*before, *after))
    both = (Moved(given, before.get(given), after.get(given)) for given in every)
    return tuple(one for one in both if one.without != one.assumed)
