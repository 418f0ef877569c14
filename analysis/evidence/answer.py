"""What a choice comes to: counts that add up, a result per intervention, and the average over all of them.

Map, list, forest, headline, GRADE's reasons and what is taken away all read this one result.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from analysis.evidence.appraisal import direction, rate, total
from analysis.evidence.body import Body, Entry, body, body_anew
from analysis.evidence.certainty import Certainty
from analysis.evidence.choice import Choice, better_of, name_of
from analysis.evidence.pooling import SAFEGUARDED, pool
from analysis.evidence.trials import one_per_trial
from analysis.evidence.twins import twins_among
from analysis.results import Effect, NotApplicable, Pooled, remembered
from analysis.studies import Study

# What a reader is told of why comparisons aren't pooled, by the key of the reason; any other is "other".
WHY: Mapping[str, str] = {
    "needs-n": "people",
    "needs-mean": "mean",
    "needs-mean-both-times": "mean",
    "needs-count": "mean",
    "nothing-printed": "mean",
    "needs-sd": "spread",
    "needs-sd-both-times": "spread",
    "needs-quartiles": "spread",
    "needs-pairs": "pairs",
    "needs-r-or-change": "pairs",
    "r-contradicted": "pairs",
    **dict.fromkeys(("crossover-needs-pairs", "crossover-needs-r", "crossover-r-contradicted"), "pairs"),
    "crossover-needs-n": "people",
    "other-effect": "kind",
    "only-a-bound": "bound",
    "direction-unknown": "direction",
    "no-events": "no-ratio",
    "only-events": "no-ratio",
    "same-people": "same",
    "cluster-not-adjusted": "cluster",
    "comparator-not-named": "unnamed",
    "test-not-named": "unnamed-test",
    "direction-in-words": "words",
    **dict.fromkeys(("mixed-families", "mixed-comparisons", "mixed-directions", "mixed-pairs", "mixed-units"), "mixed"),
}
OTHER = "other"


@dataclass(frozen=True)
class Tally:
    """How many comparisons there are and what became of them.

    `comparisons` = `pooled` + `left_out` (by the reader) + all of `aside` (with an effect, not pooled) + all of
    `without` (no effect); the last two by what keeps them out, the commonest first.
    """

    studies: int
    comparisons: int
    pooled: int
    pooled_studies: int
    left_out: int
    aside: tuple[tuple[str, int], ...]
    without: tuple[tuple[str, int], ...]

    @property
    def with_effect(self) -> int:
        return self.pooled + self.left_out + sum(count for _, count in self.aside)

    @property
    def not_pooled(self) -> int:
        return self.comparisons - self.pooled


@dataclass(frozen=True)
class Line:
    """One result: the comparisons of one intervention, or of several averaged.

    `treatments` are those that are left of them, all where nothing is left. `entries` are all that can be pooled, one
    per trial; `kept` is the result without those that the reader left out, `whole` with them; None where there is none.
    """

    treatments: tuple[str, ...]
    entries: tuple[Entry, ...] = field(hash=False)
    whole: Pooled | None
    kept: Pooled | None
    certainty: Certainty | None

    @property
    def kept_entries(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if not entry.left_out)

    @property
    def kept_effects(self) -> tuple[Effect, ...]:
        return _effects(self.kept_entries)

    @property
    def comparisons(self) -> int:
        """How many comparisons are in the result: a trial of several arms has several, and one effect."""
        return sum(len(entry.contrast.comparisons) for entry in self.kept_entries)

    @property
    def people(self) -> int | None:
        return total(self.kept_entries)[0]

    @property
    def studies(self) -> int:
        return len(_studies(self.kept_entries))

    @property
    def direction(self) -> str | None:
        """What the interval speaks for: "better", "worse", "unclear"; None where nothing is pooled."""
        return direction(self.kept, better_of(self.entries[0].contrast)) if self.kept else None


@dataclass(frozen=True)
class Answer:
    """All that is said of one choice; `average` is None where there are not several interventions."""

    body: Body
    tally: Tally
    lines: tuple[Line, ...]
    average: Line | None


def answer(studies: Iterable[Study], choice: Choice, tau2: str = "REML", interval: str = SAFEGUARDED) -> Answer:
    """The answer to a choice; a line per intervention, the one with most comparisons first.

    `tau2` and `interval` are those of `analysis.pool`.
    """
    return _answer(tuple(studies), choice, tau2, interval)


@remembered(64)
def _answer(studies: tuple[Study, ...], choice: Choice, tau2: str, interval: str) -> Answer:
    return answer_of(body(studies, choice), tau2, interval)


def answer_anew(studies: Iterable[Study], choice: Choice, tau2: str = "REML", interval: str = SAFEGUARDED) -> Answer:
    """`answer` without remembering it, as `body_anew`."""
    return answer_of(body_anew(studies, choice), tau2, interval)


def answer_of(found: Body, tau2: str, interval: str) -> Answer:
    groups: dict[str, list[Entry]] = {}
    for entry in found.all:
        groups.setdefault(name_of(entry.contrast.treatments), []).append(entry)
    lines = [_line(entries, found.choice, tau2, interval) for entries in groups.values()]
    lines.sort(key=lambda line: (-line.comparisons, -(line.people or 0), line.treatments))
    average = _line(_one_of_twins(found.all), found.choice, tau2, interval) if len(lines) > 1 else None
    return Answer(found, tally_of(found), tuple(lines), average)


def _line(entries: Sequence[Entry], choice: Choice, tau2: str, interval: str) -> Line:
    trials = one_per_trial(entries, choice)
    kept = [entry for entry in trials if not entry.left_out]
    whole = _pooled(_effects(trials), tau2, interval)
    pooled = whole if len(kept) == len(trials) else _pooled(_effects(kept), tau2, interval)
    names = dict.fromkeys(name_of(given) for entry in kept or trials for given in entry.contrast.given)
    return Line(tuple(names), trials, whole, pooled, rate(kept, pooled, choice.smallest))


def _effects(entries: Iterable[Entry]) -> tuple[Effect, ...]:
    return tuple(entry.effect for entry in entries if entry.effect)


def _pooled(effects: Sequence[Effect], tau2: str, interval: str) -> Pooled | None:
    """The pooled effect, None where it can't be computed."""
    try:
        return pool(effects, tau2, interval) if effects else None
    except NotApplicable:
        return None


def _one_of_twins(entries: Sequence[Entry]) -> list[Entry]:
    """Of studies of several interventions with the same people only one is part of an average over all."""
    studies = _studies(entries)
    twins = twins_among(studies, studies)
    return [entry for entry in entries if entry.contrast.study.id not in twins]


# -- counts ------------------------------------------------------------------------------------------------------------


def tally_of(found: Body) -> Tally:
    """What became of every comparison of a choice."""
    shown = [entry for entry in found.entries if entry.effect is not None]
    aside = Counter(fate for entry in shown if (fate := fate_of(entry, found)) not in (POOLED, LEFT_OUT))
    without = Counter(fate_of(entry, found) for entry in found.entries if entry.effect is None)
    return Tally(
        studies=len(_studies(found.entries)),
        comparisons=len(found.entries),
        pooled=len(found.kept),
        pooled_studies=len(_studies(found.kept)),
        left_out=len(found.all) - len(found.kept),
        aside=tuple(aside.most_common()),
        without=tuple(without.most_common()),
    )


POOLED, LEFT_OUT = "pooled", "left-out"


def fate_of(entry: Entry, found: Body) -> str:
    """What became of one comparison: pooled, left out by the reader, or why it is not pooled."""
    if entry.why_not is not None:
        return WHY.get(entry.why_not.key, OTHER)
    if found.refused:
        return WHY.get(found.refused.key, OTHER)
    return LEFT_OUT if entry.left_out else POOLED


def _studies(entries: Iterable[Entry]) -> list[Study]:
    return list({entry.contrast.study.id: entry.contrast.study for entry in entries}.values())
