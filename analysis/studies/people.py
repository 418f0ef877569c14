"""From a study to the people behind an outcome: those it lists itself, or those its printed numbers determine.

Figures that arithmetic disproves enter with their corrected value, or not at all. Recovery works arm
by arm; an arm whose numbers leave too many possibilities (or none) has no people to show.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

import numpy as np
import pandas as pd

from analysis.recover import Margin, RecoveredPairs, pairs, people_behind
from analysis.results import NotApplicable, Status, remembered, weakest
from analysis.studies.arm_people import ArmPeople
from analysis.studies.printed_study import Measure, PrintedStudy

MOST_ALTERNATIVES = 500  # more data sets than this and "the people" would be an arbitrary choice
SECONDS = 1.0  # margins that stay open longer than this leave more than that many anyway
LEVEL = {"yes": 1, "no": 0}


class PrintedChange(TypedDict):
    """What a study prints of how its people changed, as text; the names that `recover.pairs` knows them by."""

    improved: str | None
    worsened: str | None
    unchanged: str | None
    mean_rank_positive: str | None
    mean_rank_negative: str | None
    change_sd: str | None
    r: str | None


class Participants(pd.DataFrame):
    """One row per person and timepoint: columns participant, arm, timepoint, value.

    `.status` tells how the rows are known (an evidence status), `.alternatives` how many data sets
    fit the printed numbers equally well (1: the people are fully determined).
    """

    _metadata = ["status", "alternatives"]  # noqa: RUF012 (pandas' own protocol)
    status: Status
    alternatives: int

    @property
    def _constructor(self) -> type[Participants]:
        return Participants


def people_of(study: PrintedStudy, outcome: str, pick: Mapping[str, int]) -> Participants | None:
    """All arms' people in one frame; arms that can't be recovered are absent, None if none can."""
    groups = [group for arm in study.arms if (group := recover_arm(study, outcome, arm))]
    if not groups:
        return None
    people = Participants(pd.concat([_rows(group, pick.get(group.arm, 0)) for group in groups], ignore_index=True))
    people.status = weakest((study.known_as, *(group.status for group in groups)))
    people.alternatives = int(np.prod([group.alternatives for group in groups]))
    return people


def names_of(arm: str, n: int) -> list[str]:
    """What the people of one arm are called in one data set; in another, the same name may be somebody else."""
    return [f"{arm}-{number:02d}" for number in range(1, n + 1)]


def _rows(group: ArmPeople, chosen: int) -> pd.DataFrame:
    scores = group.scores[min(chosen, group.alternatives - 1)]
    n, k = scores.shape
    names = group.names or names_of(group.arm, n)
    return pd.DataFrame(
        {
            "participant": np.repeat(names, k),
            "arm": group.arm,
            "timepoint": np.tile(group.timepoints, n),
            "value": scores.ravel(),
        }
    )


def recover_arm(study: PrintedStudy, outcome: str, arm: str, seconds: float = SECONDS) -> ArmPeople | None:
    """The people of one arm that a study lists, else every data set that fits what is printed; None where neither."""
    return study.people.get((outcome, arm)) or _recovered(study, outcome, arm, seconds)


@remembered(1024)
def _recovered(study: PrintedStudy, outcome: str, arm: str, seconds: float) -> ArmPeople | None:
    """Every data set of one arm that fits what is printed, or None where people can't be recovered in time."""
    measure = study.outcomes[outcome]
    if measure.low is None or measure.high is None:
        return None
    printed_at = [
        t for t in study.timepoints if _is_printed(study, outcome, arm, t) and study.measured(arm, outcome, t)
    ]
    if len(printed_at) == 2 and not _same_people(study, outcome, arm, printed_at):
        printed_at = printed_at[-1:]  # nobody can be followed from one time to the other
    margins = {t: margin_of(study, measure, arm, t) for t in printed_at}
    try:
        if len(printed_at) == 1:
            return _at_once(arm, printed_at[0], margins[printed_at[0]], seconds)
        if len(printed_at) == 2:
            return _before_after(study, measure, arm, margins, seconds)
    except NotApplicable:
        return None
    return None


def _is_printed(study: PrintedStudy, outcome: str, arm: str, timepoint: str) -> bool:
    figures = study.find(outcome=outcome, arm=arm, timepoint=timepoint)
    return any(f.statistic == "mean" or (f.statistic == "count" and f.level) for f in figures)


def _same_people(study: PrintedStudy, outcome: str, arm: str, times: list[str]) -> bool:
    """True where as many people were measured at each of two times as at both."""
    return len({study.measured(arm, outcome, time) for time in (*times, ":".join(times))}) == 1


def margin_of(study: PrintedStudy, measure: Measure, arm: str, timepoint: str) -> Margin:
    """Everything usable that the study prints of one arm at one time."""

    def value(statistic: str) -> str | None:
        return study.value(statistic, arm, measure.id, timepoint)

    return Margin(
        n=study.measured(arm, measure.id, timepoint) or "",
        low=measure.low or 0,
        step=measure.step,
        high=measure.high or 0,
        mean=value("mean"),
        sd=value("sd"),
        median=value("median"),
        minimum=value("minimum"),
        maximum=value("maximum"),
        counts=_counts(study, measure.id, arm, timepoint),
    )


def _counts(study: PrintedStudy, outcome: str, arm: str, timepoint: str) -> dict[float | str, str]:
    figures = study.find(statistic="count", outcome=outcome, arm=arm, timepoint=timepoint)
    return {LEVEL.get(f.level, f.level): f.usable for f in figures if f.usable is not None and f.level}


def _at_once(arm: str, timepoint: str, margin: Margin, seconds: float) -> ArmPeople | None:
    found = margin.distributions(seconds)
    if not found.count or found.count > MOST_ALTERNATIVES:
        return None
    scores = np.stack([np.repeat(found.levels, table) for table in found.tables])
    return ArmPeople(arm, (timepoint,), scores[:, :, None], determined=bool(margin.counts))


def _before_after(
    study: PrintedStudy, measure: Measure, arm: str, margins: dict[str, Margin], seconds: float
) -> ArmPeople | None:
    first, last = margins

    def value(statistic: str) -> str | None:
        return study.value(statistic, arm, measure.id, f"{first}:{last}")

    changes = PrintedChange(
        improved=value("improved"),
        worsened=value("worsened"),
        unchanged=value("unchanged"),
        mean_rank_positive=value("mean_rank_positive"),
        mean_rank_negative=value("mean_rank_negative"),
        change_sd=value("change_sd"),
        r=value("r"),
    )
    if measure.better == "lower":
        changes["improved"], changes["worsened"] = changes["worsened"], changes["improved"]
    found = pairs(margins[first], margins[last], **changes, seconds=seconds)
    if not found.count or found.count > MOST_ALTERNATIVES:
        return None
    return ArmPeople(arm, (first, last), people_in_all(found), determined=False)


def people_in_all(found: RecoveredPairs) -> np.ndarray:
    """Shape (k, n, 2): the people of every table that fits."""
    return np.stack([people_behind(found.levels, table) for table in found.tables])
