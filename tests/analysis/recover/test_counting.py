"""Counting without listing: against listing, against brute force, and honest where it gives up."""

from __future__ import annotations

import statistics
from collections import Counter
from fractions import Fraction
from itertools import combinations_with_replacement
from math import comb

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.recover import Budget, Cancelled, distributions, levels_of, printed
from analysis.recover.budget import Unfinished
from analysis.recover.counting import Ways, count_tables
from analysis.recover.limits import limits_of
from analysis.results import NotApplicable
from tests.analysis.stopwatch import within

quietly = settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def ways(n, mean, sd, low, high, *, items=1, median=None, counts=None, minimum=None, maximum=None, budget=None) -> Ways:
    """Counted, however few tables there are (`distributions` lists small sets instead)."""
    levels = levels_of(Fraction(low), Fraction(high), 1, items)
    lowest, highest = (None if end is None else Fraction(end) for end in (minimum, maximum))
    limits = limits_of(n, levels, printed(mean), printed(sd), 1, lowest, highest, counts or {})
    return count_tables(limits, levels, printed(median), budget or Budget(30))


def as_set(tables) -> set[tuple[int, ...]]:
    return {tuple(table) for table in tables.tolist()}


facts = st.sets(st.sampled_from(("mean", "sd", "median", "minimum", "maximum", "counts")))


@quietly
@given(st.lists(st.integers(2, 8), min_size=1, max_size=9), st.sampled_from((1, 2)), facts)
def test_counting_agrees_with_listing(halves, items, known):
    people = [Fraction(h, items) if items == 2 else Fraction(h) for h in halves]
    low, high = (1, 4) if items == 2 else (2, 8)
    mean, sd = float(statistics.mean(people)), statistics.stdev(map(float, people)) if len(people) > 1 else None
    said = {
        "median": f"{float(statistics.median(people)):.2f}",
        "minimum": f"{float(min(people)):.1f}",
        "maximum": f"{float(max(people)):.1f}",
        "counts": {float(people[0]): people.count(people[0])},
    }
    said = {name: value for name, value in said.items() if name in known}
    mean, sd = (f"{v:.2f}" if v is not None and name in known else None for name, v in (("mean", mean), ("sd", sd)))
    listed = distributions(len(people), mean, sd, low, high, items=items, **said)
    counted = ways(len(people), mean, sd, low, high, items=items, **said)
    assert listed.complete and counted.count == listed.count
    assert as_set(counted.tables(np.arange(counted.count))) == as_set(listed.tables)


@quietly
@given(st.lists(st.integers(4, 12), min_size=2, max_size=6), st.integers(0, 2))
def test_means_of_items_equal_brute_force(totals, decimals):
    people = [Fraction(total, 4) for total in totals]
    mean, sd = f"{float(statistics.mean(people)):.{decimals}f}", f"{statistics.stdev(map(float, people)):.{decimals}f}"
    half = Fraction(1, 2 * 10**decimals)

    def prints_alike(sample) -> bool:
        middle = Fraction(sum(sample), 4 * len(sample))
        variance = sum((Fraction(x, 4) - middle) ** 2 for x in sample) / (len(sample) - 1)
        low, high = max(Fraction(sd) - half, Fraction(0)), Fraction(sd) + half
        return abs(middle - Fraction(mean)) <= half and low**2 <= variance <= high**2

    wanted = sum(map(prints_alike, combinations_with_replacement(range(4, 13), len(totals))))
    assert ways(len(totals), mean, sd, 1, 3, items=4).count == wanted
    assert distributions(len(totals), mean, sd, 1, 3, items=4).count == wanted


def test_many_levels_are_counted_exactly():
    found = distributions(20, "14.3", "3.1", 0, 20)
    assert found.count == found.at_least > 200_000 and not found.complete and len(found.tables) == 200_000
    assert len(as_set(found.tables)) == 200_000
    for table in (*found.tables[:50], *found.sample(50, seed=3)):
        scores = np.repeat(range(21), table)
        assert f"{scores.mean():.1f}" in ("14.2", "14.3", "14.4") and abs(scores.mean() - 14.3) <= 0.05 + 1e-12
        assert len(scores) == 20 and abs(scores.std(ddof=1) - 3.1) <= 0.05 + 1e-12


def test_counts_beyond_64_bits_stay_whole():
    anything = distributions(30, None, None, 0, 100)
    assert anything.count == comb(130, 30)  # stars and bars
    assert distributions(30, "52.1", None, 0, 100).count < comb(130, 30)


def test_drawing_is_even_when_counting_is_all_that_is_known():
    counted = ways(9, "3", "1", 1, 5)
    drawn = Counter(map(tuple, counted.drawn(60_000, seed=5).tolist()))
    share = 60_000 / counted.count
    assert len(drawn) == counted.count > 20
    # chi-square on count − 1 degrees of freedom; 6 standard deviations above its mean
    distance = sum((seen - share) ** 2 / share for seen in drawn.values())
    assert distance < counted.count - 1 + 6 * (2 * (counted.count - 1)) ** 0.5


def test_what_cannot_be_counted_has_a_proven_lower_bound():
    with within(11):
        found = distributions(40, "3.5", "1.0", 1, 5, items=12)
    assert found.count is None and not found.complete
    assert found.at_least >= len(found.tables) > 0
    assert (found.sample(20).sum(axis=1) == 40).all()


def test_most_limits_the_list_and_nothing_else():
    whole = distributions(17, "3.18", "1.0", 1, 5)
    part = distributions(17, "3.18", "1.0", 1, 5, most=3)
    assert (len(part.tables), part.complete, part.count) == (3, False, whole.count)


def test_no_time_means_no_count():
    with pytest.raises(Unfinished):
        ways(30, "3.1", "0.6", 1, 5, items=4, budget=Budget(0))
    assert distributions(30, "3.1", "0.6", 1, 5, items=4, seconds=0).count is None


def test_progress_is_told_and_may_cancel():
    told: list[float] = []
    distributions(30, "3.1", "0.6", 1, 5, items=4, progress=told.append)
    assert told == sorted(told) and told[0] > 0 and told[-1] <= 1

    def stop(_):
        raise Cancelled

    with pytest.raises(Cancelled):
        distributions(30, "3.1", "0.6", 1, 5, items=4, progress=stop)


@pytest.mark.parametrize("ddof", [0, 1])
def test_the_sd_divides_by_what_is_said(ddof):
    people = [1, 2, 2, 5, 5]
    sd = f"{np.std(people, ddof=ddof):.4f}"
    assert [1, 2, 0, 0, 2] in distributions(5, "3.0", sd, 1, 5, ddof=ddof).tables.tolist()
    assert distributions(5, "3.0", sd, 1, 5, ddof=1 - ddof).count == 0


@pytest.mark.parametrize(("people", "at_most"), [(0, ()), (0, (2, 1)), (5, (5, 5, 5)), (7, (3, 0, 4, 2)), (9, (2, 2))])
def test_ways_counts_what_compositions_lists(people, at_most):
    from analysis.methods import compositions, ways

    assert ways(people, at_most) == len(compositions(people, at_most))


def test_a_long_scale_with_a_spread_of_change_is_refused_without_filling_the_memory():
    """24 people on 0–20: listing all their changes would take gigabytes."""
    from analysis.recover import Margin, pairs

    margins = (Margin(n="24", low=0, high=20, mean=mean, sd=sd) for mean, sd in (("10.21", "4.10"), ("12.46", "4.32")))
    with within(20), pytest.raises(NotApplicable, match="too-many"):
        pairs(*margins, change_sd="3.10", seconds=2)
