"""Exact distributions: as precise as whole-number counting far out in the tail, fast, and honest about their end."""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction
from itertools import combinations, product

import numpy as np
import pytest
from scipy import stats

from analysis import run
from analysis.methods import exact, permutation
from tests.analysis.stopwatch import within

SAME = 1e-10
rng = np.random.default_rng(20261122)


def counted_draws(scores: list[int], size: int, observed: int) -> float:
    """Two-sided p in whole numbers of any size."""
    ways: list[Counter[int]] = [Counter({0: 1}), *(Counter() for _ in range(size))]
    for score in scores:
        for taken in range(size - 1, -1, -1):
            for total, count in ways[taken].items():
                ways[taken + 1][total + score] += count
    centre = Fraction(size * sum(scores), len(scores))
    as_far = sum(count for total, count in ways[size].items() if abs(total - centre) >= abs(observed - centre))
    return float(Fraction(as_far, math.comb(len(scores), size)))


def counted_signs(scores: list[int], positive: int) -> float:
    ways = Counter({0: 1})
    for score in scores:
        ways = Counter({t: ways[t] + ways[t - score] for t in {*ways, *(t + score for t in ways)}})
    centre = Fraction(sum(scores), 2)
    as_far = sum(count for total, count in ways.items() if abs(total - centre) >= abs(positive - centre))
    return float(Fraction(as_far, 2 ** len(scores)))


@pytest.mark.parametrize("decimals", [0, 1, 6], ids=["heavy ties", "some ties", "no ties"])
@pytest.mark.parametrize(("m", "n", "shift"), [(3, 4, 0.0), (1, 9, 1.0), (12, 7, 0.5), (25, 25, 3.0), (18, 30, 2.0)])
def test_rank_sum_p_is_that_of_counting_in_whole_numbers(m, n, shift, decimals):
    ranks = exact.doubled_ranks(np.round(rng.normal(size=m + n) + shift * (np.arange(m + n) < m), decimals))
    observed = int(ranks[:m].sum())
    assert exact.rank_sum_p(ranks, m, observed) == pytest.approx(counted_draws(ranks.tolist(), m, observed), rel=SAME)


@pytest.mark.parametrize("decimals", [0, 1, 6], ids=["heavy ties", "some ties", "no ties"])
@pytest.mark.parametrize(("n", "shift"), [(1, 0.0), (6, 0.5), (30, 0.0), (60, 2.5)])
def test_signed_rank_p_is_that_of_counting_in_whole_numbers(n, shift, decimals):
    change = np.round(rng.normal(size=n) + shift, decimals) + 10.0**-decimals / 4
    ranks = exact.doubled_ranks(np.abs(change))
    positive = int(ranks[change > 0].sum())
    assert exact.signed_sum_p(ranks, positive) == pytest.approx(counted_signs(ranks.tolist(), positive), rel=SAME)


def test_two_hundred_against_two_hundred_counts_without_loss():
    """The farthest tail holds 1, 1, 2, 3, 5, 7, … ways (partitions of 0, 1, 2, …), the whole C(400, 200)."""
    ways = exact._ways_of_u(200, 200)
    assert ways[:11].tolist() == [1, 1, 2, 3, 5, 7, 11, 15, 22, 30, 42]
    whole = 2 * ways.sum() - ways[-1]
    assert whole == pytest.approx(math.comb(400, 200), rel=SAME)


def test_permutation_p_is_that_of_listing_every_split():
    a, b = np.array([1.5, 2.25, 3.5, 3.5, 7.0]), np.array([0.5, 2.25, 1.0, 2.0])
    pooled = np.concatenate([a, b])
    gaps = [
        pooled[list(c)].mean() - np.delete(pooled, c).mean() for c in map(list, combinations(range(len(pooled)), 5))
    ]
    as_far = np.mean(np.abs(gaps) >= abs(a.mean() - b.mean()) - 1e-9)
    assert run("permutation", a, b).p == pytest.approx(as_far, rel=SAME)


def test_paired_permutation_p_is_that_of_listing_every_sign():
    change = np.array([0.5, -0.25, 1.0, 1.0, 0.0, 2.5])
    sums = [np.dot(signs, np.abs(change)) for signs in product((-1, 1), repeat=6)]
    as_far = np.mean(np.abs(sums) >= abs(change.sum()) - 1e-9)
    assert run("permutation-paired", 0 * change, change).p == pytest.approx(as_far, rel=SAME)


@pytest.mark.parametrize("statistic", ["mean", "median"])
def test_random_splits_come_near_the_listed_ones_and_say_so(monkeypatch, statistic):
    a, b = np.round(rng.normal(0.8, 1, 9), 2), np.round(rng.normal(0, 1, 8), 2)
    listed = run("permutation", a, b, statistic=statistic)
    monkeypatch.setattr(permutation, "MOST_LISTED", 100)
    monkeypatch.setattr(exact, "ADDITION", math.inf)
    permutation._splits.cache_clear()
    drawn = run("permutation", a, b, statistic=statistic)
    permutation._splits.cache_clear()
    limits = ["drawn-limits"] if statistic == "mean" else []
    by_draws = [[note.key for note in one.notes if note.key.startswith("drawn")] for one in (listed, drawn)]
    assert by_draws == [[], ["drawn-p", *limits]]
    spread = math.sqrt(listed.p * (1 - listed.p) / permutation.DRAWN)
    assert abs(drawn.p - listed.p) < 4 * spread + 1 / permutation.DRAWN


# -- speed -----------------------------------------------------------------------------------------------------------


def samples(m: int, n: int, decimals: int) -> tuple[np.ndarray, np.ndarray]:
    return np.round(rng.normal(0.1, 1, m), decimals), np.round(rng.normal(0, 1, n), decimals)


@pytest.mark.parametrize(
    ("method", "m", "n", "decimals", "seconds"),
    [
        ("wilcoxon", 200, 200, 9, 0.1),
        ("wilcoxon", 200, 200, 1, 0.1),
        ("mann-whitney", 50, 50, 1, 0.1),
        ("mann-whitney", 200, 200, 9, 0.1),
        ("mann-whitney", 200, 200, 1, 5),
        ("mann-whitney", 150, 250, 0, 5),
        ("permutation", 50, 50, 1, 1),
        ("permutation-paired", 200, 200, 1, 1),
    ],
)
def test_exact_p_of_many_people_does_not_keep_a_reader_waiting(method, m, n, decimals, seconds):
    x, y = samples(m, n, decimals)
    exact._ways_of_u.cache_clear()
    with within(2 * seconds):
        outcome = run(method, x, y)
    assert not [note for note in outcome.notes if note.key in ("approximate-beyond", "drawn-p")]


@pytest.mark.parametrize(("method", "people"), [("wilcoxon", exact.LARGEST), ("mann-whitney", exact.LARGEST // 2)])
def test_beyond_the_limit_the_approximation_stands_in_and_says_so(method, people):
    at_limit, beyond = samples(people, people, 1), samples(people + 1, people + 1, 1)
    with within(30):
        found, approximate = run(method, *at_limit), run(method, *beyond)
    assert "approximate-beyond" not in [note.key for note in found.notes]
    assert "approximate-beyond" in [note.key for note in approximate.notes]
    assert approximate.p == run(method, *beyond, exact=False).p
    assert approximate.p != found.p


def test_the_interval_of_a_comparison_of_ranks_says_so_too():
    many = samples(exact.LARGEST // 2 + 1, exact.LARGEST // 2 + 1, 1)
    assert "approximate-beyond" in [note.key for note in run("dunn", *many).notes]
    assert "approximate-beyond" not in [note.key for note in run("dunn", *(group[1:] for group in many)).notes]


@pytest.mark.parametrize("people", [399, 400])
def test_the_approximate_quantiles_join_the_exact_ones(monkeypatch, people):
    signed, drawn = exact.signed_rank_quantile(0.025, people), exact.rank_sum_quantile(0.025, 200, people - 200)
    monkeypatch.setattr(exact, "LARGEST", 100)
    assert exact.signed_rank_quantile(0.025, people) == pytest.approx(signed, rel=1e-3)
    assert exact.rank_sum_quantile(0.025, 200, people - 200) == pytest.approx(drawn, rel=1e-3)


@pytest.mark.parametrize("moved", range(1, 13))
def test_mid_p_of_mcnemar_is_half_on_average_where_nothing_differs(moved):
    """What counting the result seen half is for: E[mid-p] = 1/2 for any statistic, also where gained = lost."""
    ps = []
    for gained in range(moved + 1):
        before = np.repeat([0, 1], [gained, moved - gained])
        ps.append(run("mcnemar", before, 1 - before, mid_p=True).p)
    assert stats.binom.pmf(np.arange(moved + 1), moved, 0.5) @ ps == pytest.approx(0.5, abs=1e-12)


def test_a_drawn_p_counts_the_people_seen_and_is_never_0():
    """Two groups that nobody drawn at random parts as far: p is 1 of all labellings, not 0 of those drawn."""
    x, y = np.arange(30.0), np.arange(100.0, 130.0)
    found = run("permutation", x, y, statistic="median")
    drawn = next(note.values["count"] for note in found.notes if note.key == "drawn-p")
    assert found.p * drawn == pytest.approx(1, abs=1e-9)
