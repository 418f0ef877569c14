"""Whatever a test or calculator is given: an answer without a NaN, or a sentence in both languages, never an error."""

from __future__ import annotations

import math
import random
from dataclasses import fields

import numpy as np
import pytest

from analysis import METHODS, NotApplicable, Outcome, run
from analysis.checks import Typed, TypedGroups, TypedPairs, calculate, calculate_groups, calculate_pairs
from analysis.recover import ArmSummary
from analysis.words import LANGUAGES, say_in
from tests.analysis.stopwatch import within
from tests.every import every

PROMISED = 2.0  # seconds that a test or a calculator may take unasked
TRIES = 500  # of each method
every_method = pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)


def said(refused: NotApplicable) -> None:
    for language in LANGUAGES:
        sentence = say_in(language).note(refused.note, "reason")
        assert sentence and "{" not in sentence and not sentence.startswith("reason."), sentence


def a_list(chance: random.Random) -> object:
    """n = 0, 1, 2 or many; alike, whole, measured, missing, infinite, huge, of text, of lists."""
    n = chance.choice((0, 1, 2, 3, 8, 60))
    return chance.choice((
        lambda: [chance.choice((0, 1, 7, -3.5))] * n,
        lambda: [chance.randint(0, 1) for _ in range(n)],
        lambda: [chance.randint(1, 5) for _ in range(n)],
        lambda: [chance.gauss(0, 1) for _ in range(n)],
        lambda: list(range(60)),
        lambda: [chance.choice((1.0, 2.0, math.nan, None)) for _ in range(n)],
        lambda: [chance.choice((1.0, math.inf, -math.inf)) for _ in range(n)],
        lambda: [chance.choice((1e308, -1e308, 1e-320, 0)) for _ in range(n)],
        lambda: [chance.choice(("1", "x", "")) for _ in range(n)],
        lambda: [[1, 2], [3]],
        lambda: np.array([chance.gauss(0, 1) for _ in range(6 * n)]).reshape(n, chance.choice((-1, 6))) if n else [[]],
        lambda: np.array([chance.choice((0.0, 1.0)) for _ in range(3 * n)]).reshape(n, 3),
        lambda: chance.choice((None, 3, "text", True, {}, object(), {1, 2}, (3.1, 0.5, 17), ("3.1", "x", 17))),
    ))()  # fmt: skip


def options_of(chance: random.Random) -> dict[str, object]:
    if chance.random() < 0.6:
        return {}
    names = (
        "confidence",
        "exact",
        "statistic",
        "margin",
        "scale",
        "r",
        "correction",
        "resamples",
        "equal_variances",
        "x",
    )
    values = (0.9, 0, 1, 2, -1, True, None, "mean", "gg", "x", math.nan, math.inf, [], 10**12)
    return {chance.choice(names): chance.choice(values)}


def answered(outcome: Outcome) -> None:
    assert outcome.p is None or 0 <= outcome.p <= 1
    for value in (outcome.statistic, outcome.estimate, outcome.effect, *(outcome.interval or ())):
        assert value is None or not math.isnan(value)


@every_method
def test_anything_at_all_is_answered_or_refused(method):
    chance = random.Random(f"given {method.id}")
    for _ in range(TRIES):
        samples = [a_list(chance) for _ in range(chance.choice((0, 1, 1, 2, 2, 2, 3, 5)))]
        options = options_of(chance)
        try:
            with within(PROMISED):
                answered(run(method.id, *samples, **options))
        except NotApplicable as refused:
            said(refused)


@every_method
def test_a_wrong_number_of_samples_is_told_what_is_wanted(method):
    """None takes no sample, and only tests of many groups or of counts take nine."""
    for samples in ((), ([1, 2, 3],) * 9):
        if samples and (method.design == "many-groups" or method.run.__module__.endswith("counts")):
            continue
        with pytest.raises(NotApplicable) as caught:
            run(method.id, *samples)
        assert caught.value.note.key == "wants-samples"
        said(caught.value)


@every_method
@every("sample", ["text", ["a", "b", "c"], [[1, 2], [3]], {"a": 1}, 3, object()])
def test_what_is_no_list_of_numbers_is_told_what_is_wanted(method, sample):
    with pytest.raises(NotApplicable) as caught:
        run(method.id, *([sample] * (1 if method.design == "repeated" else 2)))
    assert caught.value.note.key in ("wants-numbers", "wants-shape")
    said(caught.value)


@every_method
def test_an_option_that_the_test_does_not_have_is_named(method):
    table = [[1, 2, 3.0], [2, 3, 1.0]]
    samples = {"repeated": (table,), "groups-before-after": (table, table)}.get(method.design, table)
    with pytest.raises(NotApplicable, match="unknown-option"):
        run(method.id, *samples, tails=1)


TYPED = (
    "",
    "0",
    "1",
    "2",
    "3",
    "17",
    "60",
    "3.41",
    "3,41",
    "0.00",
    "-1",
    "1e9",
    "nan",
    "inf",
    "x",
    "99999999999",
    "5 5 7",
)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(
    ("kind", "calculation"), [(Typed, calculate), (TypedPairs, calculate_pairs), (TypedGroups, calculate_groups)]
)
def test_whatever_is_typed_is_answered_or_refused(kind, calculation, seed):
    chance = random.Random(f"typed {kind.__name__} {seed}")

    def typed(of):
        parts = {field.name: ArmSummary if field.name in ("a", "b") else None for field in fields(of)}
        return of(**{name: typed(part) if part else chance.choice(TYPED) for name, part in parts.items()})

    for _ in range(15):
        with within(4 * PROMISED):
            found = calculation(typed(kind))
        if found.refused is not None:
            said(NotApplicable(found.refused.key, **found.refused.values))
