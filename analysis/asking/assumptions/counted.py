"""Looks at numbers of people: at the ends of the scale, tied, changed, expected in a cell, above each score."""

from __future__ import annotations

import math

import numpy as np
from scipy import stats

from analysis.asking.assumptions.asked import Asked, Assumption, few
from analysis.asking.assumptions.pictures import Counts, Odds
from analysis.asking.fitting import FEW_CHANGED, MANY_AT_END
from analysis.methods import (
    SMALL_EXPECTED,
    complete_pairs,
    complete_rows,
    need_people,
    need_spread,
    present,
    present_groups,
    wald,
)
from analysis.results import NotApplicable, Note
from analysis.studies import Text

MOSTLY_TIED = 0.5  # ours: one value held by more than half; corrections for ties are then more than an eighth
ENOUGH_ANSWERS = 24  # of those who changed, over all timepoints (Tate & Brown 1970)


def ends_of_scale(asked: Asked) -> Assumption | None:
    """People on the lowest and highest possible score in each column; None where the scale has no ends."""
    measure = asked.question.measure
    if measure.scale != "ordinal" or measure.low is None or measure.high is None:
        return None
    columns = [(label, present(column)[0]) for label, column in asked.columns()]
    need_people(1, *(column for _, column in columns))
    found = {
        end: max(
            ((int((column == score).sum()), len(column), label) for label, column in columns),
            key=lambda one: one[0] / one[1],
        )
        for end, score in (("low", measure.low), ("high", measure.high))
    }
    levels = tuple(float(v) for v in np.unique(np.concatenate([c for _, c in columns] + [[measure.low, measure.high]])))
    counts = tuple(tuple(int((column == level).sum()) for level in levels) for _, column in columns)
    sentence, *further = _ends(found, {"low": measure.low, "high": measure.high})
    attention = any(count / n > MANY_AT_END for count, n, _ in found.values())
    meaning = (*further, Note("no-room" if attention else "room"))
    marked = (levels.index(float(measure.low)), levels.index(float(measure.high)))
    picture = Counts(tuple(label for label, _ in columns), levels, counts, marked)
    return Assumption("ends-of-scale", sentence, picture, attention, meaning)


def _ends(found: dict, scores: dict[str, int]) -> list[Note]:
    """A sentence per end on which anybody stands, the fuller end first; one that nobody does."""
    there = sorted((end for end, (count, *_) in found.items() if count), key=lambda e: -found[e][0] / found[e][1])
    if not there:
        return [Note("ends-free", scores)]
    return [_at_an_end(f"ends-{end}", scores[end], *found[end]) for end in there]


def _at_an_end(key: str, score: int, count: int, n: int, where: Text) -> Note:
    return Note(key, {"score": score, "count": count, "n": n, "share": f"{100 * count / n:.0f}", "where": where})


def ties(asked: Asked) -> Assumption:
    """How many of the values that are ranked share theirs with another, and how many different ones there are."""
    ranked, blocks = _ranked(asked)
    n = sum(map(len, blocks))
    tied = sum(int(times[times > 1].sum()) for times in (np.unique(block, return_counts=True)[1] for block in blocks))
    largest = max(int(np.unique(block, return_counts=True)[1].max()) / len(block) for block in blocks)
    levels, counts = np.unique(ranked, return_counts=True)
    attention = largest > MOSTLY_TIED and len(blocks) == 1
    how = "ties-exact" if {"exact": True} in asked.method.variants else "ties-corrected"
    said = {"tied": tied, "n": n, "share": f"{100 * tied / n:.0f}", "distinct": len(levels)}
    within = "ties-within" if asked.method.design == "repeated" else "ties"
    return Assumption(
        "ties",
        Note(within, said),
        Counts((), tuple(map(float, levels)), (tuple(map(int, counts)),), tuple(np.flatnonzero(counts > 1).tolist())),
        attention,
        (Note(how), *((Note("mostly-tied"),) if attention else ())),
    )


def _ranked(asked: Asked) -> tuple[np.ndarray, list[np.ndarray]]:
    """All values, and the blocks within which they are ranked: each person where times of a person are compared."""
    if asked.method.design == "paired":
        change = asked.changes()
        need_people(1, moved := np.abs(change[change != 0]))
        return moved, [moved]
    if asked.method.design == "repeated":
        rows = complete_rows(asked.need("repeated")[0])[0]
        need_people(1, rows)
        return rows.ravel(), list(rows)
    people = np.concatenate(present_groups(1, asked.need("groups"))[0])
    return people, [people]


def changed_people(asked: Asked) -> Assumption:
    """How many people changed: the only ones from whom tests of yes/no answers over time learn."""
    if asked.method.design == "paired":
        before, after, _ = complete_pairs(*asked.need("paired"))
        need_people(1, before)
        gained, lost = int((after > before).sum()), int((after < before).sum())
        return _changed(len(before), {"lost": lost, "stayed": len(before) - gained - lost, "gained": gained}, 2)
    rows = complete_rows(asked.need("repeated")[0])[0]
    need_people(1, rows)
    changed = int((np.ptp(rows, axis=1) > 0).sum())
    return _changed(len(rows), {"stayed": len(rows) - changed, "changed": changed}, rows.shape[1])


def _changed(n: int, people: dict[str, int], times: int) -> Assumption:
    changed = n - people["stayed"]
    attention = changed <= FEW_CHANGED if times == 2 else changed * times < ENOUGH_ANSWERS
    meaning = ("few-can-tell" if times == 2 else "few-answers") if attention else "changed-tell"
    return Assumption(
        "changed-people",
        Note("changed-people", {"changed": changed, "n": n}),
        Counts((), tuple(people), (tuple(people.values()),), tuple(i for i, k in enumerate(people) if k != "stayed")),
        attention,
        (Note(meaning),),
    )


def expected_counts(asked: Asked) -> Assumption:
    """Counts that chance alone would give in each cell of groups by answers; χ² wants them not too small."""
    groups = present_groups(1, asked.need("groups"))[0]
    levels = np.unique(np.concatenate(groups))
    if len(levels) < 2:
        raise NotApplicable("one-answer-only")
    counts = np.array([[int((group == level).sum()) for level in levels] for group in groups])
    expected = stats.contingency.expected_freq(counts)
    small = expected < SMALL_EXPECTED
    attention = bool(small.any() if counts.shape == (2, 2) else expected.min() < 1 or small.mean() > 0.2)
    binary = asked.question.measure.scale == "binary"
    return Assumption(
        "expected-counts",
        Note("expected-counts", {"smallest": float(expected.min()), "small": int(small.sum()), "cells": small.size}),
        Counts(
            asked.arms,
            tuple("yes" if level else "no" for level in levels) if binary else tuple(map(float, levels)),
            tuple(tuple(map(int, row)) for row in counts),
            tuple(np.flatnonzero(small.any(axis=0)).tolist()),
            tuple(tuple(map(float, row)) for row in expected),
        ),
        attention,
        (Note("exact-instead" if attention else "large-enough"),),
    )


def proportional_odds(asked: Asked) -> Assumption:
    """The odds ratio of lying at or above each score, which the model takes to be the same everywhere."""
    a, b = present_groups(2, asked.need("groups"))[0]
    need_spread(both := np.concatenate([a, b]))
    steps = [float(level) for level in np.unique(both)[1:]]
    found = [_log_odds(a >= level, b >= level) for level in steps]
    logs, intervals = [value for value, _ in found], [limits for _, limits in found]
    highest_low, lowest_high = max(low for low, _ in intervals), min(high for _, high in intervals)
    attention = highest_low > lowest_high
    key = "proportional-odds" if len(steps) > 1 else "one-step"
    meaning = (Note("odds-apart"),) if attention else (Note("odds-alike"),) if len(steps) > 1 else ()
    return Assumption(
        "proportional-odds",
        Note(key, {"steps": len(steps), "least": math.exp(min(logs)), "most": math.exp(max(logs))}),
        Odds(tuple(steps), tuple(map(math.exp, logs)), tuple((math.exp(lo), math.exp(hi)) for lo, hi in intervals)),
        attention,
        meaning + few(len(a) + len(b), "few-shape"),
    )


def _log_odds(a: np.ndarray, b: np.ndarray) -> tuple[float, tuple[float, float]]:
    """Log odds ratio and Wald's limits, half a person added to each cell (Haldane 1956) so that none is empty."""
    cells = [float(side.sum()) + 0.5 for side in (a, ~a, b, ~b)]
    value = math.log(cells[0] * cells[3] / (cells[1] * cells[2]))
    return value, wald(value, math.sqrt(sum(1 / cell for cell in cells)), 0.95)
