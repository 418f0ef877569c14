"""Does an interval leave out "no difference" exactly where p speaks against it? Where it doesn't, a note says why.

A test's own estimate has the interval that inverts the test. Effect sizes often have one made another way: by a normal
curve on another scale, with one spread for both groups, or on a scale that ends at 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from analysis.results import Interval, Note, Outcome

RATIOS = (
    "odds_ratio", "odds_ratio_mid_p", "odds_ratio_paired", "risk_ratio",
    "proportional_odds_ratio", "adjusted_proportional_odds_ratio",
)  # fmt: skip
CHANCES = ("probability_positive", "superiority", "share_rising")
NO_DIFFERENCE = {**dict.fromkeys(RATIOS, 1.0), **dict.fromkeys(CHANCES, 0.5)}  # of all else 0
FROM_0_ON = (
    "cramers_v",
    "cohens_w",
    "partial_eta_squared",
    "eta_squared",
    "epsilon_squared",
)  # nothing lies on the other side
OF_ANOTHER_QUESTION = ("equivalence", "ranks-of-all")  # notes that say already what p and interval are of


def beside_p(found: Outcome) -> Outcome:
    """The outcome with a note for each interval that p parts from."""
    if found.p is None or any(note.key in OF_ANOTHER_QUESTION for note in found.notes):
        return found
    return replace(found, notes=(*found.notes, *_notes(found)))


def _notes(found: Outcome) -> Iterable[Note]:
    against = found.p is not None and found.p < 1 - found.confidence
    apart = [(name, ends) for name, ends in _intervals(found) if _leaves_out(name, ends) != against]
    told = any(note.key == "interval-level" for note in found.notes)  # too few people for the level asked for
    from_0 = [name for name, _ in apart if name in FROM_0_ON]
    open_at = [
        name for name, ends in apart if against and name not in FROM_0_ON and NO_DIFFERENCE.get(name, 0.0) in ends
    ]
    said = {*from_0, *open_at, *((found.estimate_name,) if told else ())}
    others = [name for name, _ in apart if name not in said]
    if from_0:
        yield Note("interval-from-0", {"of": tuple(from_0)})
    if open_at:
        yield Note("interval-open", {"of": tuple(open_at)})
    if others:
        yield Note("interval-and-p", {"of": tuple(others)})


def _intervals(found: Outcome) -> Iterable[tuple[str, Interval]]:
    shown = ((found.estimate_name, found.interval), (found.effect_name, found.effect_interval))
    further = ((effect.kind, effect.interval) for effect in found.others)
    return ((name, interval) for name, interval in (*shown, *further) if interval is not None)


def _leaves_out(name: str, interval: Interval) -> bool:
    """Whether "no difference" lies outside."""
    none = NO_DIFFERENCE.get(name, 0.0)
    return interval[0] > none or interval[1] < none
