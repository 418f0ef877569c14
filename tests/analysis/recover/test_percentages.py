"""What percentages leave open, against brute force and against counts worked out on paper."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from analysis import run
from analysis.recover import denominators, distributions, two_by_two
from analysis.results import NotApplicable


def test_forty_to_eighty_percent_of_thirty_has_seven_tables():
    found = two_by_two(30, "40", "80")
    assert found.count == 7
    ps = [run("mcnemar", *found.participants(i).T).p for i in range(found.count)]
    # R 4.2.2: binom.test(12, 12)$p.value, binom.test(18, 24)$p.value
    assert min(ps) == pytest.approx(0.00048828125) and max(ps) == pytest.approx(0.022655844688416)


def test_percentages_of_many_people_leave_several_counts():
    found = two_by_two(300, "40", "41")
    yes = {(int(t[1].sum()), int(t[:, 1].sum())) for t in found.tables}
    assert yes == set(itertools.product((119, 120, 121), (122, 123, 124)))


def test_a_percentage_that_n_cannot_print_is_refused():
    with pytest.raises(NotApplicable, match="impossible-share"):
        two_by_two(30, "96", "80")


def test_denominators_print_all_percentages_together():
    shares = ("5.9", "11.8", "52.9", "17.6")  # Serpong, Discussion: of 17
    brute = [n for n in range(1, 61) if all(any(f"{100 * k / n:.1f}" == s for k in range(n + 1)) for s in shares)]
    found = denominators(shares, largest=60)
    assert found[0] == 17 and set(brute) <= set(found)


def test_the_whole_solution_set_is_drawn_from_evenly():
    found = distributions(17, "3.18", "1.0", 1, 5)
    assert found.complete and found.count == len(found.tables) > 10
    drawn = found.sample(40_000, seed=1)
    counts = np.array([(drawn == table).all(axis=1).sum() for table in found.tables])
    assert counts.sum() == 40_000
    share = 40_000 / found.count
    # chi-square on count − 1 degrees of freedom; 6 standard deviations above its mean
    assert ((counts - share) ** 2 / share).sum() < found.count - 1 + 6 * (2 * (found.count - 1)) ** 0.5


def test_more_tables_than_fit_in_memory_are_still_counted():
    found = distributions(100, "4.1", "1.3", 1, 7)
    assert not found.complete and found.count > len(found.tables) == 200_000
    drawn = found.sample(500, seed=2)
    values = np.arange(1, 8)
    means = drawn @ values / 100
    sds = np.sqrt((drawn @ values**2 - 100 * means**2) / 99)
    assert (drawn.sum(axis=1) == 100).all() and (drawn >= 0).all()
    assert np.abs(means - 4.1).max() <= 0.05 + 1e-12 and np.abs(sds - 1.3).max() <= 0.05 + 1e-12
