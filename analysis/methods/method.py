"""What a registry entry says about a test, and the small steps that every test shares."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np

from analysis.results import Effect, Interval, NotApplicable, Note, Outcome

AFTER_MINUS_BEFORE = "after − before"
A_MINUS_B = "a − b"
NO_CONTRAST = ""  # no single difference carries a sign: more than two samples or timepoints

Design = Literal[
    "paired", "repeated", "groups", "many-groups", "groups-before-after", "paired-summary", "groups-summary"
]
Heading = Literal["usual", "counts", "robust", "several", "models", "equivalence", "bayes"]


@dataclass(frozen=True)
class Method:
    """Everything about one test in one place.

    `design` says what its samples are, `scales` which outcomes it makes sense for, `variants` the
    option sets a paper's software may have used (the first is our default), `beside` which
    descriptives stand beside it, `source` where the formula or library routine comes from, `assumes`
    the ids of what its answer rests on (`analysis.asking.assumptions`); empty where none is needed.
    `heading` is the one under which menus show it.
    """

    id: str
    design: Design
    scales: tuple[str, ...]
    run: Callable[..., Outcome]
    beside: Literal["mean_sd", "median_iqr", "counts"]
    source: str
    variants: tuple[Mapping[str, Any], ...] = field(default=({},))
    assumes: tuple[str, ...] = ()
    heading: Heading = "usual"


SIGNIFICANT_DIGITS = 12  # of the largest value; printed data have far fewer, float dust is far below


def named(name: str, found: tuple[float, Interval | None]) -> tuple[float, str, Interval | None]:
    """A value and its interval in the order in which an `Outcome` holds an estimate or an effect."""
    return found[0], name, found[1]


def derived(kind: str, value: float, interval: Interval | None, formula: str, source: str) -> Effect:
    """An effect size that a test makes from its samples, beside its own."""
    limits = (float(interval[0]), float(interval[1])) if interval else None
    return Effect(float(value), None, limits, kind, "derived", formula, source)


def differences(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """after − before without float dust, so that 1.2 − 1.1 and 2.3 − 2.2 are the tie that they are."""
    known = np.concatenate([before, after])
    largest = np.abs(known[~np.isnan(known)]).max(initial=0.0)  # who is missing stays missing
    if largest == 0:
        return after - before
    return np.round(after - before, SIGNIFICANT_DIGITS - 1 - math.floor(math.log10(largest)))


def _need_finite(*samples: np.ndarray) -> None:
    if any(np.isinf(sample).any() for sample in samples):
        raise NotApplicable("infinite")


def complete_pairs(before: Any, after: Any) -> tuple[np.ndarray, np.ndarray, tuple[Note, ...]]:
    """Both columns without the pairs in which a value is missing, and a note of how many those were.

    Raises:
        NotApplicable: the columns differ in length (a method never turns paired into unpaired).
    """
    x, y = (np.asarray(column, dtype=float) for column in (before, after))
    if x.shape != y.shape or x.ndim != 1:
        raise NotApplicable("unequal-pairs", before=x.size, after=y.size)
    _need_finite(x, y)
    there = ~(np.isnan(x) | np.isnan(y))
    return x[there], y[there], left_out(len(x) - int(there.sum()))


def complete_rows(values: Any) -> tuple[np.ndarray, tuple[Note, ...]]:
    """An array of shape (participants, timepoints) without incomplete people, and how many those were."""
    rows = np.asarray(values, dtype=float)
    if rows.ndim != 2:
        raise NotApplicable("needs-matrix")
    _need_finite(rows)
    there = ~np.isnan(rows).any(axis=1)
    return rows[there], left_out(len(rows) - int(there.sum()))


def observed_rows(values: Any) -> tuple[np.ndarray, tuple[Note, ...]]:
    """An array of shape (participants, timepoints) without people never seen; notes count those and the incomplete."""
    rows = np.asarray(values, dtype=float)
    if rows.ndim != 2:
        raise NotApplicable("needs-matrix")
    _need_finite(rows)
    seen = rows[~np.isnan(rows).all(axis=1)]
    incomplete = int(np.isnan(seen).any(axis=1).sum())
    kept = (Note("incomplete-kept", {"count": incomplete}),) if incomplete else ()
    return seen, left_out(len(rows) - len(seen)) + kept


def present(values: Any) -> tuple[np.ndarray, tuple[Note, ...]]:
    """A sample without missing values, and how many those were."""
    sample = np.asarray(values, dtype=float)
    _need_finite(sample)
    there = ~np.isnan(sample)
    return sample[there], left_out(len(sample) - int(there.sum()))


def present_groups(least: int, samples: tuple[Any, ...]) -> tuple[list[np.ndarray], tuple[Note, ...]]:
    """Two or more samples without missing values, at least `least` people in each, and how many were missing.

    Raises:
        NotApplicable: there is one sample only, or one is too small.
    """
    if len(samples) < 2:
        raise NotApplicable("too-few-groups", groups=len(samples))
    groups = [present(sample)[0] for sample in samples]
    need_people(least, *groups)
    return groups, left_out(sum(np.size(sample) for sample in samples) - sum(map(len, groups)))


def without_test(found: Outcome, method: str, of_the_test: tuple[str, ...]) -> Outcome:
    """The estimate and interval beside a test, without the test: no statistic, no p, no notes that speak of them."""
    notes = tuple(note for note in found.notes if note.key not in of_the_test)
    return replace(found, method=method, statistic=None, statistic_name="", p=None, notes=notes)


def as_floats(result: Iterable[object]) -> list[float]:
    """The numbers of one of scipy's results in their order, whose types don't say that they are numbers."""
    return np.asarray(result, dtype=float).tolist()


def left_out(count: int) -> tuple[Note, ...]:
    return (Note("left-out", {"count": count}),) if count else ()


def need_people(least: int, *samples: np.ndarray) -> None:
    """Raise unless every sample has at least `least` people."""
    smallest = min(len(sample) for sample in samples)
    if smallest < least:
        raise NotApplicable("too-few", least=least, n=smallest)


def need_spread(*samples: np.ndarray) -> None:
    """Raise when no sample varies at all: a test that divides by the spread has no answer then."""
    if all(np.ptp(sample) == 0 for sample in samples):
        raise NotApplicable("no-spread")
