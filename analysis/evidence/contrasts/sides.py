"""One arm at one time as mean, SD and n, from whatever the study printed of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from analysis import effects
from analysis.asking import needs_n
from analysis.effects import number, written
from analysis.evidence.contrasts.contrast import Contrast, lacks
from analysis.results import NotApplicable, Note, Status, weakest
from analysis.studies import Study, recover_arm

PREFIX = {"after": "", "adjusted": "adjusted_", "change": "change_"}


@dataclass(frozen=True)
class Side:
    """Mean and SD (numbers, or text as printed) of `n` people; `how` says where the SD is from ("" as printed)."""

    mean: float | str
    sd: float | str
    n: int
    status: Status = "derived"
    how: str = ""
    source: str = ""
    notes: tuple[Note, ...] = ()


def side(study: Study, outcome: str, arm: str, when: str, basis: str, n: int | None) -> Side | Note:
    """What one arm shows at one time, or what is missing for it.

    The SD is taken as printed, else from the SE, the interval of the mean, the recovered people, or the
    quartiles: in this order, the most direct first, and last what assumes a normal outcome.
    """
    if n is None:
        return lacks(needs_n(study, arm, when))

    def value(statistic: str) -> str | None:
        return study.value(PREFIX[basis] + statistic, arm, outcome, when)

    mean = value("mean")
    if mean is not None:
        try:
            for spread in (_printed_sd, _from_se, _from_interval):
                if found := spread(mean, value, n):
                    return found
        except NotApplicable as refused:  # a printed SE or interval that no group of this size can have
            return refused.note
    found = _from_people(study, outcome, arm, when, n) or _from_quartiles(value, n)
    return found or _missing(study, outcome, arm, when)


def side_of(contrast: Contrast, arm: str) -> Side | Note:
    found = side(contrast.study, contrast.outcome, arm, contrast.when, contrast.basis, contrast.people(arm))
    if isinstance(found, Note):
        return lacks(found.key, **found.values, arm=contrast.study.arms[arm].label)
    return found


def combined(sides: Sequence[Side]) -> Side:
    """Several groups as one: Cochrane Handbook 6.5, section 6.5.2.10, for any number of groups.

    The SD is that of all their people together: within the groups, and between the groups' means.
    """
    if len(sides) == 1:
        return sides[0]
    n = sum(one.n for one in sides)
    mean = sum(one.n * number(one.mean) for one in sides) / n
    squares = sum((one.n - 1) * number(one.sd) ** 2 + one.n * (number(one.mean) - mean) ** 2 for one in sides)
    notes = tuple(dict.fromkeys(note for one in sides for note in one.notes))
    status = weakest(("derived", *(one.status for one in sides)))
    how = "; ".join(f"{written(one.mean)} ± {written(one.sd)} (n = {one.n})" for one in sides)
    return Side(mean, math.sqrt(squares / (n - 1)), n, status, how, "Cochrane Handbook 6.5, section 6.5.2.10", notes)


Value = Callable[[str], "str | None"]


def _printed_sd(mean: str, value: Value, n: int) -> Side | None:
    sd = value("sd")
    return Side(mean, sd, n) if sd is not None else None


def _from_se(mean: str, value: Value, n: int) -> Side | None:
    se = value("se")
    return _made(effects.sd_from_se(se, n, mean=mean)) if se is not None else None


def _from_interval(mean: str, value: Value, n: int) -> Side | None:
    low, high = value("ci_low"), value("ci_high")
    return None if low is None or high is None else _made(effects.sd_from_interval(low, high, n, mean=mean))


def _from_quartiles(value: Value, n: int) -> Side | None:
    middle, q1, q3 = value("median"), value("q1"), value("q3")
    if middle is None or q1 is None or q3 is None:
        return None
    try:
        return _made(effects.from_median_iqr(middle, q1, q3, n, value("minimum"), value("maximum")))
    except NotApplicable:  # too few people, or quartiles out of order: then nothing is known of the spread
        return None


def _made(found: effects.MeanSd) -> Side | None:
    if found.mean is None:
        return None
    return Side(found.mean, found.sd, found.n, found.status, found.substituted, found.source, found.notes)


def _from_people(study: Study, outcome: str, arm: str, when: str, n: int) -> Side | None:
    values = people_at(study, outcome, arm, when)
    if values is None or len(values) < 2:
        return None
    return Side(float(values.mean()), float(values.std(ddof=1)), n, "recovered")


def people_at(study: Study, outcome: str, arm: str, when: str) -> np.ndarray | None:
    """The recovered scores (or changes) of one arm, sorted; None where data sets that fit differ in them."""
    group = recover_arm(study, outcome, arm) if when else None
    times = when.split(":")
    if group is None or not set(times) <= set(group.timepoints):
        return None
    places = [group.timepoints.index(t) for t in times]
    columns = group.scores[:, :, places[-1]] - (group.scores[:, :, places[0]] if len(places) > 1 else 0)
    columns = np.sort(columns.astype(float), axis=1)
    columns = columns[:, ~np.isnan(columns).any(axis=0)]  # those measured
    return columns[0] if (columns == columns[0]).all() else None


def _missing(study: Study, outcome: str, arm: str, when: str) -> Note:
    """What is missing of one arm: the mean, or only its spread."""
    printed = {f.statistic for f in study.find(arm=arm, outcome=outcome, timepoint=when) if f.usable is not None}
    means = {"mean", "change_mean", "adjusted_mean"}
    if printed & means:
        return lacks("needs-sd")
    return lacks("needs-quartiles") if printed & {"median", "change_median"} else lacks("needs-mean")
