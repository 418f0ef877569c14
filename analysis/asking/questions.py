"""One question put to one study: which samples it offers to answer it.

A `Question` carries the samples of every data set that fits the printed numbers, by the design of the
tests that want them. Which tests can answer it, and what they say, is in `attempts`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from analysis.asking.summaries import Summary, summary
from analysis.methods import differences
from analysis.recover import counts_behind
from analysis.results import Status, remembered, weakest
from analysis.studies import ArmPeople, Measure, Study, recover_arm

QUANTITIES = ("change", "after", "adjusted")  # of two groups
Samples = Mapping[str, tuple]  # design → samples in the order `run` wants them


@dataclass(frozen=True, eq=False)
class Question:
    """A comparison a reader chose. `people` holds one `ArmPeople` per arm, None where unknown.

    Made once per choice (the makers below are cached) and compared by identity, so that whatever is
    computed from a question can be cached by it.
    """

    study: Study
    measure: Measure
    kind: str
    arms: tuple[str, ...]
    timepoints: tuple[str, ...]
    quantity: str
    people: tuple[ArmPeople | None, ...]
    summaries: tuple[Summary, ...]
    status: Status
    r: float | None = None

    def samples(self, chosen: int = 0) -> Samples:
        """Samples of one data set; beyond the last, the last."""
        return self.offered[min(chosen, len(self.offered) - 1)]

    def complete(self, chosen: int = 0) -> Samples:
        """`samples` without people who lack a value that belongs with the others: whom sentences and plots are about.

        Only people that a study lists itself can lack one; tests are given all, and say whom they leave out.
        """
        samples = self.samples(chosen)
        return samples if len(self.offered) > 1 else {key: _complete(key, some) for key, some in samples.items()}

    def scores(self, chosen: int = 0) -> tuple[tuple[str, ...], np.ndarray]:
        """The first arm's people of one data set: the timepoints they have, and (n, timepoints) scores.

        Raises:
            ValueError: the people of this arm aren't known.
        """
        group = self.people[0]
        if group is None:
            raise ValueError(f"{self.study.id}: the people of {self.arms[0]} are not known")
        times = tuple(t for t in self.timepoints if t in group.timepoints)
        places = [group.timepoints.index(t) for t in times]
        return times, group.scores[min(chosen, group.alternatives - 1)][:, places]

    @property
    def worsened(self) -> tuple[int, ...]:
        """People of a single arm who got worse, in each data set that fits; nothing where that isn't known."""
        sign = -1 if self.measure.better == "lower" else 1
        pairs = [samples["paired"] for samples in self.offered if "paired" in samples]
        return tuple(int((sign * (after - before) < 0).sum()) for before, after in pairs)

    @cached_property
    def offered(self) -> Sequence[Samples]:
        """Samples by design, one entry per data set that fits; a single one without people."""
        return _offered(self)


@remembered(1024)
def before_after(
    study: Study,
    outcome: str,
    arm: str,
    timepoints: tuple[str, ...],
    *,
    r: float | None = None,
    people: ArmPeople | None = None,
    status: Status | None = None,
) -> Question:
    """How did one arm change? `people` replaces the recovered ones (illustrative, uploaded)."""
    found = people or recover_arm(study, outcome, arm)
    span = f"{timepoints[0]}:{timepoints[-1]}"
    summaries = tuple(summary(study, outcome, arm, t) for t in (*timepoints, span))
    return Question(
        study,
        study.outcomes[outcome],
        "within",
        (arm,),
        timepoints,
        "change",
        (found,),
        summaries,
        status or _status(study, (arm,), (found,)),
        r,
    )


@remembered(1024)
def between(
    study: Study,
    outcome: str,
    arms: tuple[str, ...],
    timepoints: tuple[str, ...],
    quantity: str,
    *,
    people: tuple[ArmPeople | None, ...] | None = None,
    status: Status | None = None,
) -> Question:
    """Do two arms differ in what was measured after, in the change, or after adjusting for before?"""
    found = people or tuple(recover_arm(study, outcome, arm) for arm in arms)
    where = f"{timepoints[0]}:{timepoints[-1]}" if quantity == "change" else timepoints[-1]
    summaries = tuple(summary(study, outcome, arm, where) for arm in arms)
    return Question(
        study,
        study.outcomes[outcome],
        "between",
        tuple(arms),
        timepoints,
        quantity,
        found,
        summaries,
        status or _status(study, arms, found),
    )


def assume_n(study: Study, chosen: Mapping[str, int]) -> Study:
    """The same study with numbers of people that a reader chose; those arms are marked assumed."""
    arms = {
        key: replace(arm, n=str(chosen[key]), n_known="assumed") if key in chosen and arm.n is None else arm
        for key, arm in study.arms.items()
    }
    figures = [
        replace(f, statistic="count", value=str(counts[0]), row=-f.row)
        for f in study.figures
        if f.statistic == "percent"
        and f.arm in chosen
        and study.measured(f.arm, f.outcome, f.timepoint) is None
        and len(counts := counts_behind(f.value, chosen[f.arm])) == 1
    ]
    return replace(study, arms=arms, figures=(*study.figures, *figures))


def _status(study: Study, arms, people) -> Status:
    if any(study.arms[arm].n_known == "assumed" for arm in arms):
        return "assumed"
    if all(people):
        return weakest((study.known_as, *(group.status for group in people)))
    return study.known_as


def _complete(design: str, samples: tuple) -> tuple:
    if design.endswith("-summary"):
        return samples
    gaps = [np.isnan(np.reshape(sample, (len(sample), -1))).any(axis=1) for sample in samples]
    if design == "paired":
        gaps = [gaps[0] | gaps[1]] * 2
    return (
        tuple(sample[~gap] for sample, gap in zip(samples, gaps, strict=True))
        if np.any(np.concatenate(gaps))
        else samples
    )


def _columns(group: ArmPeople, timepoints: tuple[str, ...]) -> list[np.ndarray] | None:
    """Per data set, the wanted timepoints of shape (n, timepoints); None if one wasn't measured."""
    if not set(timepoints) <= set(group.timepoints):
        return None
    places = [group.timepoints.index(t) for t in timepoints]
    return list(group.scores[:, :, places])


@dataclass(frozen=True)
class SetsOfTwo(Sequence[Samples]):
    """Every data set of one group beside every one of the other, each put together when it is asked for."""

    first: list[np.ndarray]
    second: list[np.ndarray]
    quantity: str
    summaries: Samples

    def __len__(self) -> int:
        return len(self.first) * len(self.second)

    def __getitem__(self, place: int | slice) -> Any:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        first, second = divmod(range(len(self))[place], len(self.second))
        return {**self.summaries, **_group_samples(self.first[first], self.second[second], self.quantity)}


def _offered(question: Question) -> Sequence[Samples]:
    needed = question.timepoints[-1:] if question.quantity == "after" else question.timepoints
    columns = [_columns(group, needed) if group else None for group in question.people]
    summaries = _summary_samples(question)
    needs_two = question.quantity != "after"
    if any(found is None for found in columns) or (needs_two and len(needed) < 2):
        return [summaries]
    if question.kind == "within":
        return [{**summaries, **_paired_samples(rows)} for rows in columns[0] or []]
    first, second = (found or [] for found in columns)
    return SetsOfTwo(first, second, question.quantity, summaries)


def _paired_samples(rows: np.ndarray) -> Samples:
    if rows.shape[1] < 2:
        return {}
    samples: dict[str, tuple] = {"paired": (rows[:, 0], rows[:, -1])}
    if rows.shape[1] > 2:
        samples["repeated"] = (rows,)
    return samples


def _group_samples(x: np.ndarray, y: np.ndarray, quantity: str) -> Samples:
    if quantity == "after":
        return _groups(x[:, -1], y[:, -1])
    if quantity == "adjusted":
        return {"groups-before-after": (x[:, [0, -1]], y[:, [0, -1]])}
    changes = differences(x[:, 0], x[:, -1]), differences(y[:, 0], y[:, -1])
    return {**_groups(*changes), "groups-before-after": (x, y)}


def _groups(a: np.ndarray, b: np.ndarray) -> Samples:
    """Two samples of different people, for tests of two groups and for tests of any number."""
    return {"groups": (a, b), "many-groups": (a, b)}


def _summary_samples(question: Question) -> Samples:
    if question.kind == "between":
        triples = [side.triple for side in question.summaries]
        return {"groups-summary": tuple(triples)} if question.quantity != "adjusted" and all(triples) else {}
    if len(question.timepoints) < 2:
        return {}
    before, after, change = question.summaries[0], question.summaries[-2], question.summaries[-1]
    if change.triple:
        return {"paired-summary": (change.triple,)}
    same_people = before.n == after.n == change.n
    if before.triple and after.triple and same_people and question.r is not None:
        return {"paired-summary": (before.triple, after.triple)}
    return {}
