"""The people that a study lists itself (participants.csv), and the numbers that a paper would print of them.

One row per person, outcome and timepoint; a value that was not measured has no row. The numbers are worked out when
the study is read and stand among its figures, so that whatever reads figures reads these studies, too.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from analysis.results import Status
from analysis.studies.arm_people import ArmPeople
from analysis.studies.printed_study import PEOPLE_FILE, UPLOADED, Figure, Measure
from analysis.studies.problems import Folder

PEOPLE_COLUMNS = ("participant", "arm", "outcome", "timepoint", "value")
MORE_DIGITS = 4  # of means and SDs beyond those of the values
MOST_DIGITS = 9
FIRST_ROW = 2  # below the header

People = Mapping[tuple[str, str], ArmPeople]  # (outcome, arm) → its people


def read_people(folder: Folder, card: Mapping[str, Any], parts: Mapping[str, Mapping]) -> People:
    """Who is listed, by outcome and arm; empty where a folder lists nobody or lists them wrongly (problems)."""
    if not (folder.path / PEOPLE_FILE).exists() or (text := folder.text(PEOPLE_FILE)) is None:
        return {}
    try:
        rows = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
    except pd.errors.ParserError as error:
        folder.wrong(PEOPLE_FILE, None, "unreadable", reason=str(error))
        return {}
    for name in (name for name in PEOPLE_COLUMNS if name not in rows):
        folder.wrong(PEOPLE_FILE, 1, "missing-column", column=name, columns=", ".join(PEOPLE_COLUMNS))
    if not set(PEOPLE_COLUMNS) <= set(rows) or not _all_known(folder, rows, parts):
        return {}
    rows["value"] = pd.to_numeric(rows["value"])
    status: Status = "uploaded" if card.get("source", {}).get("kind") == UPLOADED else "reported"
    order = list(parts["timepoints"])
    found = {}
    for key, group in rows.groupby(["outcome", "arm"], sort=False):
        outcome, arm = map(str, key if isinstance(key, tuple) else (key,))
        table = group.pivot(index="participant", columns="timepoint", values="value")
        table = table.loc[group["participant"].unique(), [time for time in order if time in table]]
        scores = table.to_numpy(dtype=float)[None]
        found[outcome, arm] = ArmPeople(arm, tuple(table), scores, True, status, tuple(table.index))
    return {(outcome, arm): found[outcome, arm] for outcome in parts["outcomes"] for arm in parts["arms"]
            if (outcome, arm) in found}  # fmt: skip


def _all_known(folder: Folder, rows: pd.DataFrame, parts: Mapping[str, Mapping]) -> bool:
    """True where every row names what the card knows, holds a number, and nobody is listed twice."""
    before = len(folder.problems) + len(folder.gaps)
    for column in ("arm", "outcome", "timepoint"):
        known, words = parts[f"{column}s"], rows[column].to_numpy()
        for place in np.flatnonzero(~rows[column].duplicated() & ~rows[column].isin(list(known))):
            folder.one_of(PEOPLE_FILE, int(place) + FIRST_ROW, column, words[place], known)
    values = np.asarray(pd.to_numeric(rows["value"], errors="coerce"), dtype=float)
    for place in np.flatnonzero(~np.isfinite(values)):
        text = str(rows["value"].iloc[place])
        folder.wrong(PEOPLE_FILE, int(place) + FIRST_ROW, "not-a-number", what="value", text=text)
    for place in np.flatnonzero(rows.duplicated(["participant", "outcome", "timepoint"])):
        who = " · ".join(rows.loc[place, ["participant", "outcome", "timepoint"]])
        folder.wrong(PEOPLE_FILE, int(place) + FIRST_ROW, "duplicate-entry", entry=who)
    return len(folder.problems) + len(folder.gaps) == before


def figures_of(people: People, outcomes: Mapping[str, Measure], first_row: int) -> tuple[Figure, ...]:
    """What a paper would print of people: n, mean, SD and quartiles at each time, and the change between any two."""
    said = [one for (outcome, _), group in people.items() for one in _figures(outcomes[outcome], group)]
    return tuple(
        Figure(arm, outcome, when, statistic, level, value, PEOPLE_FILE, None, None, None, row)
        for row, (arm, outcome, when, statistic, level, value) in enumerate(said, start=first_row)
    )


def _figures(measure: Measure, group: ArmPeople) -> Iterator[tuple[str, ...]]:
    scores = group.scores[0]
    digits = _digits(scores)
    describe = _answers if measure.scale == "binary" else _scores
    for place, time in enumerate(group.timepoints):
        values = scores[:, place][~np.isnan(scores[:, place])]
        for statistic, level, value in describe(values, digits):
            yield group.arm, measure.id, time, statistic, level, value
    for (i, first), (j, last) in combinations(enumerate(group.timepoints), 2):
        pairs = scores[:, [i, j]][~np.isnan(scores[:, [i, j]]).any(axis=1)]
        for statistic, value in _change(pairs, digits, measure):
            yield group.arm, measure.id, f"{first}:{last}", statistic, "", value


def _answers(values: np.ndarray, digits: int) -> Iterator[tuple[str, str, str]]:
    yield "n", "", str(len(values))
    yield "count", "yes", str(int(values.sum()))


def _scores(values: np.ndarray, digits: int) -> Iterator[tuple[str, str, str]]:
    yield "n", "", str(len(values))
    if len(values):
        yield "mean", "", f"{values.mean():.{digits}f}"
    if len(values) > 1:
        yield "sd", "", f"{values.std(ddof=1):.{digits}f}"
        quartiles = dict(zip(("minimum", "q1", "median", "q3", "maximum"), np.quantile(values, QUARTERS), strict=True))
        yield from ((statistic, "", _short(value)) for statistic, value in quartiles.items())


QUARTERS = (0, 0.25, 0.5, 0.75, 1)


def _change(pairs: np.ndarray, digits: int, measure: Measure) -> Iterator[tuple[str, str]]:
    """Of those measured both times."""
    change = pairs[:, 1] - pairs[:, 0]
    yield "n", str(len(change))
    if not len(change):
        return
    better = -change if measure.better == "lower" else change
    if measure.scale != "binary":
        yield "change_mean", f"{change.mean():.{digits}f}"
        if len(change) > 1:
            yield "change_sd", f"{change.std(ddof=1):.{digits}f}"
            if (pairs.std(axis=0) > 0).all():
                yield "r", f"{np.corrcoef(pairs.T)[0, 1]:.{MORE_DIGITS}f}"
    if measure.better in ("higher", "lower"):
        yield "improved", str(int((better > 0).sum()))
        yield "worsened", str(int((better < 0).sum()))
        yield "unchanged", str(int((better == 0).sum()))


def _digits(scores: np.ndarray) -> int:
    """Decimals for means: a few more than those of the values."""
    finite = scores[~np.isnan(scores)]
    own = next((d for d in range(MOST_DIGITS - MORE_DIGITS) if np.allclose(finite, finite.round(d), atol=1e-12)), None)
    return MOST_DIGITS if own is None else own + MORE_DIGITS


def _short(value: float) -> str:
    return f"{value:.10f}".rstrip("0").rstrip(".")
