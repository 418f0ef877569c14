"""The same result with another outcome or time of a study: how far it hangs on which of several was taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from analysis.evidence.answer import Line
from analysis.evidence.body import Body, Entry, others, pair_of
from analysis.evidence.pooling import pool
from analysis.evidence.trials import one_per_trial
from analysis.results import Pooled


@dataclass(frozen=True)
class Swap:
    """A result with `entry`, another outcome or time of one trial, instead of the one that was taken."""

    entry: Entry
    pooled: Pooled


@dataclass(frozen=True)
class Swaps:
    """One swap for each alternative; and with each trial at its lowest and at its highest, None without any."""

    each: tuple[Swap, ...]
    lowest: Pooled | None = None
    highest: Pooled | None = None


def swaps(found: Body, line: Line, tau2: str, interval: str) -> Swaps:
    """What a result of a body becomes with every other outcome and time of its trials that has the effect asked for."""
    kept = line.kept_entries
    beside = {trial.contrast.id: _alternatives(trial, others(found), found) for trial in kept}
    each = [
        Swap(other, pool(_effects(other if one is trial else one for one in kept), tau2, interval))
        for trial in kept
        for other in beside[trial.contrast.id]
    ]
    if not each:
        return Swaps(())
    ends = (
        pool(_effects(_end((one, *beside[one.contrast.id]), side) for one in kept), tau2, interval) for side in (1, -1)
    )
    return Swaps(tuple(each), *ends)


def _end(entries: Sequence[Entry], side: int) -> Entry:
    return min(entries, key=lambda entry: side * (entry.effect.value if entry.effect else 0.0))


def _effects(entries: Iterable[Entry]) -> list:
    return [entry.effect for entry in entries]


def _alternatives(trial: Entry, further: Sequence[Entry], found: Body) -> list[Entry]:
    """A trial at each other outcome and time: of joined comparisons those that have it move together."""
    pairs = {pair_of(one): one for one in trial.contrast.comparisons}
    of_trial = [other for other in further if other.contrast.study is trial.contrast.study]
    places = dict.fromkeys(_place(other) for other in of_trial if pair_of(other.contrast) in pairs)
    made = []
    for place in places:
        moved = {pair_of(other.contrast): other for other in of_trial if _place(other) == place}
        stay = [entry for entry in found.kept if entry.contrast in trial.contrast.comparisons]
        made += one_per_trial([moved.get(pair_of(entry.contrast), entry) for entry in stay], found.choice)
    return [replace(one, why_not=None) for one in made if one.effect and one.effect.variance]


def _place(entry: Entry) -> tuple[str, str, str]:
    return entry.contrast.outcome, entry.contrast.when, entry.contrast.basis
