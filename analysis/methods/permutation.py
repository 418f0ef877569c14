"""Permutation tests of the scores themselves: p from all the ways in which people could have been labelled.

The interval holds the differences that the same labellings don't contradict. Each labelling that moves
somebody gives one difference at which it turns from less to more extreme, so the limits are order
statistics of these (pairs: Hartigan 1969, doi:10.1080/01621459.1969.10501057; groups: Tritchler 1984,
doi:10.1080/01621459.1984.10478073).
"""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import chain, combinations
from typing import Any, Literal

import numpy as np

from analysis.methods import budget, exact
from analysis.methods.effect_sizes import cliffs_delta, d_z, effects_of_groups, effects_of_pairs
from analysis.methods.groups import g_of
from analysis.methods.intervals import order_statistics
from analysis.methods.method import (
    A_MINUS_B,
    AFTER_MINUS_BEFORE,
    Method,
    complete_pairs,
    differences,
    named,
    need_people,
    need_spread,
    present,
)
from analysis.methods.paired import NUMERIC
from analysis.methods.resampling import generator, ordered_changes, ordered_groups, turned, whole
from analysis.results import Interval, NotApplicable, Note, Outcome

Statistic = Literal["mean", "median"]
MOST_LISTED = 200_000  # labellings; more than this are drawn at random
REGROUPED = 5e-8  # seconds per person and labelling
DRAWN = 19_999  # the one seen makes 20,000 (Phipson & Smyth 2010, doi:10.2202/1544-6115.1585)


def permutation(a: Any, b: Any, *, statistic: Statistic = "mean", confidence: float = 0.95) -> Outcome:
    """Permutation test of the difference of two means (or medians), every split into the groups equally likely.

    p is exact for means of scores with few digits and for medians up to `MOST_LISTED` splits; beyond,
    p and the limits come from random splits with a fixed seed, and a note says so. A difference of
    medians has no interval of this kind.

    Raises:
        NotApplicable: a group has fewer than 2 people, or nobody differs from anybody.
    """
    (x, left_x), (y, left_y) = present(a), present(b)
    need_people(2, x, y)
    need_spread(x, y)
    _need_time(len(x) + len(y))
    first, second, sign = ordered_groups(x, y)
    if statistic == "median":
        p, p_drawn = _p_of_medians(first, second)
        estimate = (float(np.median(x) - np.median(y)), "difference_of_medians", None)
        effect = named("rank_biserial", cliffs_delta(x, y, confidence))
    else:
        p, p_drawn = _p_of_means(first, second)
        interval = turned(_limits_of_groups(first, second, confidence), sign)
        estimate = (float(x.mean() - y.mean()), "mean_difference", interval)
        effect = named("hedges_g", g_of(x, y, confidence))
    limits_drawn = statistic == "mean" and _too_many_splits(len(x) + len(y), len(x))
    return Outcome(
        "permutation",
        None,
        "",
        None,
        p,
        *estimate,
        *effect,
        (len(x), len(y)),
        A_MINUS_B,
        (*left_x, *left_y, *_drawn(p_drawn, limits_drawn)),
        confidence,
        effects_of_groups(x, y, confidence),
    )


def permutation_paired(before: Any, after: Any, *, confidence: float = 0.95) -> Outcome:
    """Permutation test of the mean change, rise and fall equally likely for each person.

    p is exact for scores with few digits; else p, and beyond 17 people the limits, come from random
    signs with a fixed seed, and a note says so.
    """
    x, y, notes = complete_pairs(before, after)
    need_people(2, x)
    change = differences(x, y)
    need_spread(change)
    _need_time(len(change))
    ordered, sign = ordered_changes(change)
    p, p_drawn = _p_of_signs(whole(ordered)[0])
    subsets = _subsets(len(change))
    sizes = subsets.sum(axis=1)
    means = _sums(subsets, ordered)[sizes > 0] / sizes[sizes > 0]
    return Outcome(
        "permutation-paired",
        None,
        "",
        None,
        p,
        float(change.mean()),
        "mean_difference",
        turned(_limits(means, confidence), sign),
        *named("d_z", d_z(change, confidence)),
        len(change),
        AFTER_MINUS_BEFORE,
        (*notes, *_drawn(p_drawn, _too_many_subsets(len(change)))),
        confidence,
        effects_of_pairs(x, y, change, confidence),
    )


# -- p -----------------------------------------------------------------------------------------------------------------


def _p_of_means(x: np.ndarray, y: np.ndarray) -> tuple[float, bool]:
    """p, and whether it rests on random splits."""
    scores, m = whole(np.concatenate([x, y]))[0], len(x)
    seen, centre = int(scores[:m].sum()), m * int(scores.sum())
    if exact.draws_are_feasible(scores, m):
        return exact.drawn_sum_p(scores, m, seen), False
    sums = _sums(_splits(len(scores), m), scores)
    drawn = _too_many_splits(len(scores), m)
    return _share(np.abs(len(scores) * sums - centre) >= abs(len(scores) * seen - centre), drawn), drawn


def _p_of_medians(x: np.ndarray, y: np.ndarray) -> tuple[float, bool]:
    scores, m = whole(np.concatenate([x, y]))[0], len(x)
    splits = _splits(len(scores), m)
    gaps = np.concatenate([_median_gaps(block, scores) for block in _blocks(splits)])
    seen = np.median(scores[:m]) - np.median(scores[m:])
    drawn = _too_many_splits(len(scores), m)
    return _share(np.abs(gaps) >= abs(seen), drawn), drawn


def _median_gaps(splits: np.ndarray, scores: np.ndarray) -> np.ndarray:
    all_scores = np.broadcast_to(scores, splits.shape)
    one, other = (all_scores[chosen].reshape(len(splits), -1) for chosen in (splits, ~splits))
    return np.median(one, axis=1) - np.median(other, axis=1)


def _p_of_signs(change: np.ndarray) -> tuple[float, bool]:
    scores, positive = np.abs(change[change != 0]), int(change[change > 0].sum())
    if exact.signs_are_feasible(scores):
        return exact.signed_sum_p(scores, positive), False
    sums, total = _sums(_subsets(len(scores)), scores), int(scores.sum())
    drawn = _too_many_subsets(len(scores))
    return _share(np.abs(2 * sums - total) >= abs(2 * positive - total), drawn), drawn


def _share(as_far: np.ndarray, drawn: bool) -> float:
    """Share of labellings as far out as the one seen, which counts too where it is not among them."""
    return float((as_far.sum() + drawn) / (len(as_far) + drawn))


# -- limits ------------------------------------------------------------------------------------------------------------


def _limits_of_groups(x: np.ndarray, y: np.ndarray, confidence: float) -> Interval:
    """From the means of those of x who change over, less the means of those of y who come instead."""
    splits = _splits(len(x) + len(y), len(x))
    leave, come = ~splits[:, : len(x)], splits[:, len(x) :]
    moved = come.sum(axis=1)
    gaps = (_sums(leave, x) - _sums(come, y))[moved > 0] / moved[moved > 0]
    return _limits(gaps, confidence)


def _limits(turning: np.ndarray, confidence: float) -> Interval:
    """The outermost differences that stay inside; the labelling seen is one more than turn."""
    return order_statistics(turning, math.floor((len(turning) + 1) * (1 - confidence) / 2))


# -- labellings --------------------------------------------------------------------------------------------------------


def _need_time(people: int) -> None:
    """Raise where so many people can't be regrouped in time; `MOST_LISTED` of few cost less than `DRAWN` of many."""
    largest = budget.most(DRAWN * REGROUPED)
    if budget.over(people * DRAWN, REGROUPED):
        raise NotApplicable("too-many-regrouped", n=people, most=largest, count=DRAWN + 1)


def _blocks(labellings: np.ndarray) -> list[np.ndarray]:
    """The labellings, so many at a time that a number for each person fits beside them."""
    rows = max(1, budget.BLOCK // max(1, labellings.shape[1]))
    return [labellings[start : start + rows] for start in range(0, len(labellings), rows)]


def _sums(labellings: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """The sum of the scores of those chosen, for each labelling."""
    return np.concatenate([block @ scores for block in _blocks(labellings)])


def _drawn_at_a_time(n: int) -> list[int]:
    """How many random labellings of n people to draw at once, until there are `DRAWN`."""
    rows = max(1, budget.BLOCK // n)
    return [min(rows, DRAWN - start) for start in range(0, DRAWN, rows)]


def _too_many_splits(n: int, size: int) -> bool:
    return math.comb(n, size) > MOST_LISTED


def _too_many_subsets(n: int) -> bool:
    return 2**n > MOST_LISTED


@lru_cache(maxsize=4)
def _splits(n: int, size: int) -> np.ndarray:
    """Who is in the first group, shape (splits, n): every split, or random ones where there are too many."""
    if _too_many_splits(n, size):
        source = generator()
        members = np.vstack([source.random((rows, n)).argsort(axis=1)[:, :size] for rows in _drawn_at_a_time(n)])
    else:
        members = np.fromiter(chain.from_iterable(combinations(range(n), size)), dtype=np.intp).reshape(-1, size)
    splits = np.zeros((len(members), n), dtype=bool)
    np.put_along_axis(splits, members, True, axis=1)
    splits.setflags(write=False)
    return splits


@lru_cache(maxsize=4)
def _subsets(n: int) -> np.ndarray:
    """Who is in a subset, shape (subsets, n): every subset, or random ones where there are too many."""
    if _too_many_subsets(n):
        source = generator()
        subsets = np.vstack([source.random((rows, n)) < 0.5 for rows in _drawn_at_a_time(n)])
    else:
        subsets = (np.arange(2**n)[:, None] >> np.arange(n) & 1).astype(bool)
    subsets.setflags(write=False)
    return subsets


def _drawn(p: bool, limits: bool) -> tuple[Note, ...]:
    notes = (Note("drawn-p", {"count": DRAWN + 1}), Note("drawn-limits", {"count": DRAWN + 1}))
    return tuple(note for note, drawn in zip(notes, (p, limits), strict=True) if drawn)


METHODS = (
    Method(
        "permutation-paired",
        "paired",
        NUMERIC,
        permutation_paired,
        "mean_sd",
        "Fisher 1935; Streitberg & Röhmel 1986; limits: Hartigan 1969",
        assumes=("symmetry",),
        heading="robust",
    ),
    Method(
        "permutation",
        "groups",
        NUMERIC,
        permutation,
        "mean_sd",
        "Pitman 1937; Streitberg & Röhmel 1986; limits: Tritchler 1984",
        ({"statistic": "mean"}, {"statistic": "median"}),
        assumes=("same-shape",),
        heading="robust",
    ),
)
