"""What keeps tests within 2 seconds and half a gigabyte: quick ways to the same numbers, and refusals by count."""

from __future__ import annotations

import math
from collections import Counter
from itertools import product

import numpy as np
import pytest
from scipy import stats

from analysis import NotApplicable, run
from analysis.methods import budget, permutation, selection, studentized_range
from analysis.methods.freeman_halton import freeman_halton
from analysis.methods.proportional_odds import log_odds_ratio
from analysis.words import LANGUAGES, say_in
from tests.analysis.stopwatch import within

rng = np.random.default_rng(11)


# -- one of all differences, one of all averages -----------------------------------------------------------------------


def scores(kind: int, n: int) -> np.ndarray:
    """Scores, tenths, measured values: many ties, ties but for float dust, none."""
    return (rng.integers(0, 5, n).astype(float), rng.integers(0, 9, n) * 0.1, rng.normal(size=n))[kind]


@pytest.mark.parametrize("few", [1, 30, selection.FEW])
def test_selected_differences_and_averages_are_those_of_all_sorted(monkeypatch, few):
    monkeypatch.setattr(selection, "FEW", few)
    for m, n, kind in product((1, 2, 7, 24), (1, 3, 24), (0, 1, 2)):
        a, b = scores(kind, m), scores((kind + n) % 3, n)
        differences = np.sort(np.subtract.outer(a, b).ravel())
        averages = np.sort([(a[i] + a[j]) / 2 for i in range(m) for j in range(i, m)])
        for table, sorted_ in ((selection.Differences(a, b), differences), (selection.Averages(a), averages)):
            assert selection.median(table) == np.median(sorted_)
            places = [1, len(sorted_) // 3 + 1]
            assert [selection.outer(table, k) for k in places] == [(sorted_[k - 1], sorted_[-k]) for k in places]


def test_thousands_of_people_have_a_hodges_lehmann_estimate_at_once():
    a, b = rng.normal(size=3000), rng.normal(size=3000)
    shift = 0.125 + np.round(a - b, 3).mean()
    with within(10):
        one, other = run("mann-whitney", a, b), run("mann-whitney", a + shift, b)
        run("wilcoxon", a, b)
    assert other.estimate == pytest.approx(one.estimate + shift)
    assert other.interval == pytest.approx([end + shift for end in one.interval])


# -- Fisher's test of many answers -------------------------------------------------------------------------------------


def listed(counts: np.ndarray) -> float:
    """p over every table, each weighed with whole numbers."""
    columns = counts.sum(axis=0).tolist()

    def ways(table) -> int:
        return math.prod(math.comb(column, taken) for column, taken in zip(columns, table, strict=True))

    tables = [table for table in product(*(range(column + 1) for column in columns)) if sum(table) == counts[0].sum()]
    return sum(way for way in map(ways, tables) if way <= ways(counts[0])) / sum(map(ways, tables))


@pytest.mark.parametrize("answers", [2, 3, 4, 5])
def test_fisher_of_more_answers_goes_through_every_table(answers):
    for _ in range(12):
        counts = rng.integers(0, 5, (2, answers)) + np.eye(2, answers, dtype=int)
        counts = counts[:, counts.sum(axis=0) > 0]
        assert freeman_halton(counts) == pytest.approx(listed(counts), rel=1e-9)


def in_whole_numbers(counts: np.ndarray) -> float:
    """p from how many tables have how many ways, all as whole numbers."""
    found = Counter({(0, 1): 1})
    for column in counts.sum(axis=0).tolist():
        longer: Counter = Counter()
        for ((taken, ways), tables), here in product(found.items(), range(column + 1)):
            longer[taken + here, ways * math.comb(column, here)] += tables
        found = longer
    seen = math.prod(map(math.comb, counts.sum(axis=0).tolist(), counts[0].tolist()))
    same = {ways: tables for (taken, ways), tables in found.items() if taken == counts[0].sum()}
    no_likelier = sum(ways * tables for ways, tables in same.items() if ways <= seen)
    return no_likelier / math.comb(int(counts.sum()), int(counts[0].sum()))


SQUARES = np.arange(40) ** 2
A, B = SQUARES % 53, (3 * SQUARES + 5) % 61


def test_fisher_of_45_values():
    """R 4.2.2 draws 0.33446 (simulate.p.value, B = 200000, seed 1); its exact 0.00023 is wrong."""
    values = np.union1d(A, B)
    counts = np.array([[(group == value).sum() for value in values] for group in (A, B)])
    with within(10):
        p = run("fisher", A, B).p
        assert run("fisher", rng.normal(size=30), rng.normal(size=30)).p == 1  # all tables are equally likely
    assert len(values) == 45 and p == pytest.approx(in_whole_numbers(counts), rel=1e-9)
    assert p == pytest.approx(0.33446, abs=4 * math.sqrt(0.33 * 0.67 / 200_000))


def test_fisher_of_eleven_answers():
    """R 4.2.2: fisher.test(table(group, answer), workspace = 2e9)."""
    assert run("fisher", A % 11, B % 9).p == pytest.approx(0.1509364257461, rel=1e-10)


# -- proportional odds, random intercepts, studentized range -----------------------------------------------------------


def test_ordinal_regression_of_measured_values():
    """R 4.2.2, ordinal 2022.11-16: clm(factor(value) ~ group), group ±1/2."""
    a = [3.1, 2.2, 5.7, 4.4, 6.1, 1.9, 7.3, 5.2, 4.9, 6.6, 3.8, 5.5]
    b = [2.0, 3.3, 1.1, 4.1, 2.9, 0.7, 5.0, 3.6, 1.6, 2.4]
    found = run("ordinal-regression", a, b)
    assert (found.effect, found.effect / found.statistic) == pytest.approx((2.230786742342, 0.858517970835), rel=1e-7)


def test_proportional_odds_of_two_answers_are_the_odds_ratio():
    """A saturated model: log odds ratio and Woolf's standard error by hand."""
    expected = math.log(9 * 11 / (5 * 7)), math.sqrt(1 / 5 + 1 / 9 + 1 / 11 + 1 / 7)
    assert log_odds_ratio(np.array([[5, 9], [11, 7]])) == pytest.approx(expected, rel=1e-9)


def test_a_mixed_model_of_everybody_seen_twice_is_the_t_test_of_changes():
    """Where nobody is missing and people differ, z is the t of the changes."""
    people = rng.normal(0, 2, (6000, 1))
    rows = people + rng.normal(size=(6000, 2)) + np.repeat([[0, 0.3], [0, 0.2]], 3000, axis=0)
    with within(10):
        model = run("mixed-model", rows[:3000], rows[3000:])
    changes = np.diff(rows)[:, 0]
    t = run("independent-t", changes[:3000], changes[3000:])
    assert (model.estimate, model.statistic) == pytest.approx((t.estimate, t.statistic), rel=1e-9)


def test_studentized_ranges():
    """R 4.2.2: ptukey(…, lower.tail = FALSE), qtukey(…), which stops at four digits or so."""
    assert studentized_range.sf(3.5, 10, 12.5) == pytest.approx(0.3620599437654, abs=1e-9)
    assert studentized_range.isf(0.05, 10, 12.5) == pytest.approx(5.35471223808, abs=1e-7)
    assert studentized_range.sf(2.2, 4, 3) == pytest.approx(0.5086722648005, abs=1e-9)
    assert studentized_range.isf(0.01, 4, 3) == pytest.approx(12.1695298033, rel=1e-6)


@pytest.mark.parametrize("df", [1, 1.3, 4, 17.5, 300, 50_000])
def test_the_range_of_two_is_the_t_distribution(df):
    qs = np.array([0.1, 1, 2.8, 7])
    ours = [studentized_range.sf(q, 2, df) for q in qs]
    assert ours == pytest.approx(2 * stats.t.sf(qs / math.sqrt(2), df), abs=1e-10)


# -- refusals ----------------------------------------------------------------------------------------------------------


def refused(method: str, *samples, **options) -> str:
    with within(10), pytest.raises(NotApplicable) as caught:
        run(method, *samples, **options)
    said = [say_in(language).note(caught.value.note, "reason") for language in LANGUAGES]
    assert len(set(said)) == len(LANGUAGES) and not any("{" in sentence for sentence in said)
    return caught.value.note.key


def test_what_costs_too_much_is_refused_with_the_limit():
    many, half = rng.normal(size=(2, 3000)), np.arange(3000) % 2
    assert refused("fisher", *rng.integers(0, 60, (2, 400))) == "too-many-tables"
    assert refused("boschloo", half, 1 - half) == "too-many-for-boschloo"
    assert refused("permutation", *many) == "too-many-regrouped"
    assert refused("permutation-paired", *many) == "too-many-regrouped"
    assert refused("bootstrap", *many) == "too-many-resampled"
    assert refused("bootstrap-paired", *many[:, :10], resamples=10**10) == "too-many-resampled"
    assert refused("bootstrap-paired", *many[:, :10], resamples=0) == "no-resamples"


def test_the_limits_that_are_named_are_still_answered():
    largest = budget.most(permutation.DRAWN * permutation.REGROUPED)
    with within(20):
        assert run("permutation", *np.split(rng.normal(size=largest), 2)).n == (largest // 2,) * 2
    assert refused("permutation", *np.split(rng.normal(size=largest + 2), 2)) == "too-many-regrouped"


def test_labellings_drawn_block_by_block_are_those_drawn_at_once(monkeypatch):
    drawn = []
    for block in (budget.BLOCK, 1000):
        monkeypatch.setattr(budget, "BLOCK", block)
        permutation._splits.cache_clear()
        permutation._subsets.cache_clear()
        drawn.append((permutation._splits(60, 25), permutation._subsets(60)))
    assert all((one == other).all() for one, other in zip(*drawn, strict=True))
    permutation._splits.cache_clear()
    permutation._subsets.cache_clear()
