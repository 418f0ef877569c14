"""How far results move over every data set that fits the printed numbers, and whether a conclusion holds in all.

Data sets are counted, never called probable: an envelope says what is possible, not what is likely.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.methods import METHODS, run
from analysis.recover import RecoveredPairs
from analysis.results import Interval, NotApplicable, Note, Outcome, remembered

Conclusion = Literal["holds", "depends", "fits-none"]
LEVEL = 0.05
MOST_RUN = 600  # change distributions that a test is run on; of more, an even choice


@dataclass(frozen=True)
class Envelope:
    """The reach of p, estimate and effect (None where a method has none) over the data sets that fit.

    `worse` is the reach of the number of people who got worse, None where nobody is followed over time.
    `conclusion`: is p on the same side of 0.05 in all of them ("holds"), does that depend on numbers
    that aren't printed ("depends"), or is there no data set at all ("fits-none")? None for a method
    without p. `complete` is False where only some of the data sets could be looked at: the true reach
    may then be wider. In `refused` of them the test can't be run (nobody changed, say).
    """

    lowest: float | None
    highest: float | None
    count: int
    estimates: Interval | None = None
    effects: Interval | None = None
    worse: tuple[int, int] | None = None
    complete: bool = True
    refused: int = 0

    @property
    def ps(self) -> Interval | None:
        """The smallest and the largest p; None for a method without p."""
        return None if self.lowest is None or self.highest is None else (self.lowest, self.highest)

    @property
    def across(self) -> bool:
        """Is p below 0.05 in some of them and not in others?"""
        return self.lowest is not None and self.highest is not None and self.lowest < LEVEL <= self.highest

    @property
    def conclusion(self) -> Conclusion | None:
        """Whether the side of 0.05 is the same in all data sets that fit."""
        if not self.count:
            return "fits-none"
        if self.lowest is None:
            return None
        return "depends" if self.across or not self.complete or self.refused else "holds"

    @property
    def significant(self) -> bool | None:
        """Where the conclusion holds: is p below 0.05?"""
        return self.highest < LEVEL if self.conclusion == "holds" and self.highest is not None else None


def envelope(tried: Sequence[Outcome | Note], worse: Sequence[int] = (), complete: bool = True) -> Envelope:
    """The reach of one method's outcomes, one per data set that fits; a Note is a refusal."""
    outcomes = [one for one in tried if isinstance(one, Outcome)]
    ps, estimates, effects = (_reach([getattr(o, name) for o in outcomes]) for name in ("p", "estimate", "effect"))
    lowest, highest = ps or (None, None)
    return Envelope(
        lowest, highest, len(tried), estimates, effects, (min(worse), max(worse)) if worse else None, complete,
        len(tried) - len(outcomes),
    )  # fmt: skip


def run_on(method_id: str, samples: Sequence[object], options: Mapping[str, object]) -> Outcome | Note:
    """One method on one data set, or why it can't be run on that."""
    try:
        return run(method_id, *samples, **options)
    except NotApplicable as error:
        return error.note


def _reach(values: list[float | None]) -> Interval | None:
    known = [value for value in values if value is not None]
    return (min(known), max(known)) if known else None


@dataclass(frozen=True)
class PairsEnvelope:
    """One paired method over recovered pairs: its envelope, or the reason why there is none."""

    method: str
    envelope: Envelope | None
    reason: Note | None


@remembered(128)
def over_pairs(found: RecoveredPairs, method_id: str, better: str = "higher", **options: object) -> PairsEnvelope:
    """The envelope of a paired method over all before × after tables that fit.

    A paired test asks for the changes alone, so it is run once per change distribution, not once per
    table. `envelope.count` is the number of change distributions looked at.
    """
    if not len(found.changes):
        return PairsEnvelope(method_id, envelope([]), None)
    changes, complete = _some(found)
    options = {**METHODS[method_id].variants[0], **options}
    tried = [run_on(method_id, _people(found, one), options) for one in changes]
    refusals = [one for one in tried if isinstance(one, Note)]
    if len(refusals) == len(tried):
        return PairsEnvelope(method_id, None, refusals[0])
    return PairsEnvelope(method_id, envelope(tried, _worse(found.changes, better), complete), None)


def _some(found: RecoveredPairs) -> tuple[np.ndarray, bool]:
    """All change distributions, or of very many the outermost by mean square and an even choice of the others."""
    if len(found.changes) <= MOST_RUN:
        return found.changes, found.changes_complete
    middle = found.changes.shape[1] // 2
    order = np.argsort(found.changes @ np.arange(-middle, middle + 1) ** 2, kind="stable")
    return found.changes[order[np.linspace(0, len(order) - 1, MOST_RUN).astype(int)]], False


def _people(found: RecoveredPairs, change: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """People with these changes. Where on the scale they stand doesn't matter to a test of changes."""
    middle, scores = len(change) // 2, np.array(found.levels)
    steps = np.repeat(np.arange(-middle, middle + 1), change)
    return scores[np.maximum(-steps, 0)], scores[np.maximum(steps, 0)]


def _worse(changes: np.ndarray, better: str) -> list[int]:
    middle = changes.shape[1] // 2
    fell, rose = changes[:, :middle].sum(axis=1), changes[:, middle + 1 :].sum(axis=1)
    return (rose if better == "lower" else fell).tolist()
