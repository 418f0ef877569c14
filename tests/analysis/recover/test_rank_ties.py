"""How large Z can be for printed ranks: against every data set there is, where there are few."""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import combinations_with_replacement, product

import numpy as np
import pytest
from scipy import stats

from analysis.checks import CHECKS
from analysis.recover import largest_signed_z, largest_z
from analysis.recover.rank_ties import MOST_SEARCHED, _at_two_levels, _ties_by_u

SMALL = [(1, 1), (1, 4), (2, 3), (3, 3), (2, 5), (4, 4)]


def z_of(p: float) -> float:
    return float(stats.norm.isf(p / 2))


@pytest.mark.parametrize(("m", "n"), SMALL)
def test_the_largest_z_is_that_of_all_data_sets(m, n):
    """scipy's Mann–Whitney, normal with and without continuity correction, on every pair of samples of m and n.

    Ranks know no gaps: of all samples in one order those are tried whose scores are 0, 1, 2 … with none left out.
    """
    samples = (combinations_with_replacement(range(m + n), size) for size in (m, n))
    pairs = [(a, b) for a, b in product(*samples) if 1 < len({*a, *b}) == max(*a, *b) + 1]
    largest = {True: defaultdict(float), False: defaultdict(float)}
    for corrected, found in largest.items():
        us, ps = stats.mannwhitneyu(
            *map(np.array, zip(*pairs, strict=True)), use_continuity=corrected, method="asymptotic", axis=1
        )
        for u, p in zip(us.tolist(), ps.tolist(), strict=True):
            found[u] = max(found[u], z_of(min(1.0, p)))
    for corrected, found in largest.items():
        for u, z in found.items():
            away = abs(u - m * n / 2)
            if away:
                assert largest_z(away, away, m, n, 0.5 if corrected else 0.0) == pytest.approx(z, abs=1e-7)


@pytest.mark.parametrize("people", range(1, 6))
def test_the_largest_signed_z_is_that_of_all_data_sets(people):
    """scipy's Wilcoxon, normal without continuity correction, on every set of changes of so many people."""
    largest: dict[float, float] = defaultdict(float)
    changes = [c for c in range(-people, people + 1) if c]
    for change in combinations_with_replacement(changes, people):
        ranks = stats.rankdata(np.abs(change))
        positive = float(ranks[np.array(change) > 0].sum())
        p = stats.wilcoxon(change, correction=False, method="asymptotic").pvalue
        largest[positive] = max(largest[positive], z_of(p))
    for positive, z in largest.items():
        away = abs(positive - people * (people + 1) / 4)
        assert largest_signed_z(away, away, people) == pytest.approx(z, abs=1e-7)


@pytest.mark.parametrize(("m", "n"), [(1, 9), (7, 7), (10, 8), (13, 12), (5, 20), (17, 17)])
def test_no_pattern_passes_the_bound_of_two_levels(m, n):
    """Nothing searched lies above what is given beyond `MOST_SEARCHED`, and somewhere it is reached."""
    away = np.flatnonzero(_ties_by_u(m, n) >= 0) / 2 - m * n / 2
    bounds = {d: _at_two_levels(abs(d), m, n) for d in away if d}
    found = {d: largest_z(abs(d), abs(d), m, n) for d in bounds}
    assert all(found[d] <= bounds[d] + 1e-9 for d in bounds)
    assert any(found[d] == pytest.approx(bounds[d]) for d in bounds)


def test_the_ends_are_reached():
    """All apart: Z² = N − 1 at two levels of scores. Everybody's change up by as much: Z = √m."""
    for m, n in ((4, 6), (20, 15), (100, 300)):
        assert largest_z(m * n / 2, m * n / 2, m, n) == pytest.approx(math.sqrt(m + n - 1))
    for m in (1, 5, MOST_SEARCHED, 2 * MOST_SEARCHED):
        assert largest_signed_z(m * (m + 1) / 4, m * (m + 1) / 4, m) == pytest.approx(math.sqrt(m))


def test_the_example_that_passed():
    """Mean ranks 10.50 and 8.25 of 10 and 8: R's wilcox.test on rep(2, 10) and c(1, 1, rep(2, 6)) has the largest Z.

    correct = FALSE p .1031437, correct = TRUE p .1215; Z −2.200 with p .028 comes from no ranks.
    """
    assert largest_z(10, 10, 10, 8) == pytest.approx(z_of(0.1031437), abs=1e-4)
    assert CHECKS["z_from_u"]("30", 10, 8, "-2.200").status == "inconsistent"
    assert CHECKS["z_from_u"]("30", 10, 8, "-1.630").status == "consistent"
    assert CHECKS["p_from_ranks"]("10.50", "8.25", 10, 8, "0.028").status == "inconsistent"
    assert CHECKS["p_from_ranks"]("10.50", "8.25", 10, 8, "0.103").status == "consistent"
    assert CHECKS["p_from_u"]("30", 10, 8, "0.028").status == "inconsistent"


def test_what_comes_from_no_ranks_is_said_so(say):
    """U counts wins and half wins: 12.3 is neither."""
    verdict = CHECKS["z_from_u"]("12.30", 10, 8, "-1.200")
    assert verdict.status == "inconsistent" and "12.30" in say.note(verdict.explanation, "check")
    assert CHECKS["p_from_u"]("12.30", 10, 8, "0.200").status == "inconsistent"


def test_printed_z_and_p_of_any_data_pass():
    """Whatever the ties: ranks, U, Z and p of one random sample never contradict each other."""
    rng = np.random.default_rng(20261127)
    for _ in range(300):
        m, n, levels = rng.integers(2, 25), rng.integers(2, 25), rng.integers(2, 8)
        a, b = rng.integers(0, levels, m), rng.integers(0, levels, n)
        ranks = stats.rankdata(np.concatenate([a, b]))
        if len(set(ranks)) == 1:
            continue
        u, p = stats.mannwhitneyu(a, b, use_continuity=bool(rng.integers(2)), method="asymptotic")
        plain = stats.mannwhitneyu(a, b, use_continuity=False, method="asymptotic").pvalue
        mean_ranks = [f"{ranks[:m].mean():.2f}", f"{ranks[m:].mean():.2f}"]
        people = (int(m), int(n))
        assert CHECKS["p_from_ranks"](*mean_ranks, *people, f"{min(p, 1):.3f}").status == "consistent"
        assert CHECKS["p_from_u"](f"{u:.1f}", *people, f"{min(p, 1):.3f}").status == "consistent"
        assert CHECKS["z_from_u"](f"{u:.3f}", *people, f"{z_of(plain):.3f}").status == "consistent"
