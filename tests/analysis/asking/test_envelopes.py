"""How far results move over all data sets that fit: against every data set, listed by brute force."""

from __future__ import annotations

import statistics
from collections import Counter
from dataclasses import replace
from itertools import combinations_with_replacement, permutations, product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, rankdata, ttest_rel

from analysis.asking import attempt, before_after, envelopes, over_pairs
from analysis.asking.envelopes import envelope
from analysis.recover import Margin, pairs

quietly = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
FLOATS = 1e-9  # the same but for rounding of floats
people_of_four = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), min_size=2, max_size=6)
people_of_three = st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), min_size=3, max_size=5)


def by_counts(scores, levels: int, low: int = 1) -> Margin:
    return Margin(len(scores), low, low + levels - 1, counts=dict(Counter(map(float, scores))))


def by_moments(scores, levels: int) -> Margin:
    return Margin(len(scores), 1, levels, mean=f"{statistics.fmean(scores):.2f}", sd=f"{statistics.stdev(scores):.2f}")


def alike(scores, levels: int) -> list[tuple[int, ...]]:
    """All sets of scores whose mean and SD are within half a hundredth of what these print."""
    mean, sd = round(statistics.fmean(scores), 2), round(statistics.stdev(scores), 2)
    return [
        people
        for people in combinations_with_replacement(range(1, levels + 1), len(scores))
        if abs(statistics.fmean(people) - mean) <= 0.005 + FLOATS
        and abs(statistics.stdev(people) - sd) <= 0.005 + FLOATS
    ]


def all_changes(befores, afters) -> set[tuple[int, ...]]:
    """The changes of every way to join a column before with a column after."""
    return {
        tuple(sorted(b - a for a, b in zip(before, joined, strict=True)))
        for before, after in product(befores, afters)
        for joined in set(permutations(after))
    }


def wilcoxon_p(change) -> float:
    """Every way to give the ranks their signs, two-sided."""
    moved = np.array([c for c in change if c])
    ranks = rankdata(abs(moved))
    sums = np.array(list(product((-1, 1), repeat=len(moved)))) @ ranks
    return float((abs(sums) >= abs((np.sign(moved) * ranks).sum()) - FLOATS).mean())


def walsh_median(change) -> float:
    return float(np.median([(a + b) / 2 for a, b in combinations_with_replacement(change, 2)]))


def sign_p(change) -> float:
    rises = sum(c > 0 for c in change)
    return float(binomtest(rises, sum(c != 0 for c in change)).pvalue)


def t_p(change) -> float:
    return float(ttest_rel(change, np.zeros(len(change))).pvalue)


TESTS = {  # p, estimate, whether a data set can be tested at all
    "wilcoxon": (wilcoxon_p, walsh_median, any),
    "sign": (sign_p, statistics.median, any),
    "paired-t": (t_p, statistics.fmean, lambda change: len(set(change)) > 1),
}


def ends(values) -> tuple[float, float]:
    return min(values), max(values)


def assert_reaches_over(found, changes: set[tuple[int, ...]], method: str) -> None:
    p, estimate, testable = TESTS[method]
    one = over_pairs(found, method)
    answered = [c for c in changes if testable(c)]
    if not answered:
        assert one.envelope is None and one.reason is not None
        return
    reach = one.envelope
    assert (reach.count, reach.refused) == (len(changes), len(changes) - len(answered))
    assert (reach.lowest, reach.highest) == pytest.approx(ends([p(c) for c in answered]), abs=FLOATS)
    assert reach.estimates == pytest.approx(ends([estimate(c) for c in answered]), abs=FLOATS)
    assert reach.worse == ends([sum(x < 0 for x in c) for c in changes])
    assert (reach.count, reach.complete) == (len(changes), True)


@quietly
@given(people_of_four, st.sampled_from(sorted(TESTS)))
def test_reach_over_known_counts_equals_brute_force(people, method):
    before, after = zip(*people, strict=True)
    assert_reaches_over(pairs(by_counts(before, 4), by_counts(after, 4)), all_changes([before], [after]), method)


@quietly
@given(people_of_three, st.sampled_from(sorted(TESTS)))
def test_reach_over_printed_means_and_sds_equals_brute_force(people, method):
    before, after = zip(*people, strict=True)
    found = pairs(by_moments(before, 3), by_moments(after, 3))
    assert_reaches_over(found, all_changes(alike(before, 3), alike(after, 3)), method)


@quietly
@given(people_of_four)
def test_where_lower_is_better_those_who_rose_got_worse(people):
    before, after = zip(*people, strict=True)
    found, back = (pairs(by_counts(a, 4), by_counts(b, 4)) for a, b in ((before, after), (after, before)))
    lower, mirrored = over_pairs(found, "wilcoxon", "lower"), over_pairs(back, "wilcoxon")
    if lower.envelope is not None:
        assert lower.envelope.worse == mirrored.envelope.worse
        assert (lower.envelope.lowest, lower.envelope.highest) == pytest.approx(
            (mirrored.envelope.lowest, mirrored.envelope.highest), abs=FLOATS
        )
        low, high = lower.envelope.estimates
        assert mirrored.envelope.estimates == pytest.approx((-high, -low), abs=FLOATS)


@quietly
@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1)), min_size=2, max_size=6))
def test_mcnemar_on_yes_and_no_equals_brute_force(people):
    before, after = zip(*people, strict=True)
    changes = all_changes([before], [after])
    one = over_pairs(pairs(by_counts(before, 2, 0), by_counts(after, 2, 0)), "mcnemar")
    answered = [c for c in changes if any(c)]
    if not answered:
        assert one.reason.key == "nobody-changed"
    else:
        assert one.envelope.refused == len(changes) - len(answered)
        assert (one.envelope.lowest, one.envelope.highest) == pytest.approx(ends([sign_p(c) for c in answered]))


# -- conclusions ------------------------------------------------------------------------------------------------

RISING = by_counts([1] * 8, 4), by_counts([2] * 3 + [3] * 5, 4)  # everybody rises, whoever they are: 2/2⁸ < 0.05
MIXED = by_counts([1, 1, 2, 2, 3, 3], 4), by_counts([2, 2, 3, 3, 4, 4], 4)  # all rise by 1 (2/2⁶ < 0.05), or don't


def test_a_conclusion_holds_where_every_data_set_agrees():
    reach = over_pairs(pairs(*RISING), "sign").envelope
    assert (reach.conclusion, reach.significant) == ("holds", True)
    assert reach.highest == pytest.approx(binomtest(8, 8).pvalue)
    back = over_pairs(pairs(by_counts([1, 2], 4), by_counts([2, 3], 4)), "sign").envelope
    assert (back.conclusion, back.significant) == ("holds", False)  # no p of two people is below 0.05


def test_a_conclusion_depends_where_data_sets_disagree():
    reach = over_pairs(pairs(*MIXED), "wilcoxon").envelope
    assert (reach.conclusion, reach.across, reach.significant) == ("depends", True, None)
    assert reach.lowest == pytest.approx(2 / 2**6) and reach.highest >= 0.05


def test_a_conclusion_of_no_data_set_is_none_at_all():
    found = pairs(*RISING, worsened="1")
    assert found.count == 0
    reach = over_pairs(found, "sign").envelope
    assert (reach.conclusion, reach.count, reach.lowest, reach.worse) == ("fits-none", 0, None, None)


def test_what_was_not_all_looked_at_never_holds(monkeypatch):
    monkeypatch.setattr(envelopes, "MOST_RUN", 50)
    found = pairs(Margin(17, 1, 5, mean="2.2"), Margin(17, 1, 5, mean="3.2"), seconds=0.3)
    reach = over_pairs(found, "sign").envelope
    assert not found.changes_complete and not reach.complete
    assert (reach.conclusion, reach.significant) == ("depends", None)


def test_more_change_distributions_than_are_run_are_not_complete(monkeypatch):
    monkeypatch.setattr(envelopes, "MOST_RUN", 100)
    before, after = [1] * 2 + [2] * 3 + [3] * 3 + [4] * 2 + [5] * 2, [1] * 2 + [2] * 2 + [3] * 2 + [4] * 3 + [5] * 3
    found = pairs(by_counts(before, 5), by_counts(after, 5), worsened="4")
    assert found.changes_complete and len(found.changes) > 100
    reach = over_pairs(found, "sign").envelope
    assert (reach.count, reach.complete, reach.conclusion) == (100, False, "depends")
    assert reach.worse == (4, 4)


def test_an_envelope_without_p_has_no_conclusion(serpong):
    question = before_after(serpong, "milk-score", "massage", ("before", "after"))
    reach = attempt(question, "bayes-t-paired").envelope
    assert (reach.conclusion, reach.significant, reach.count) == (None, None, 2)


def test_the_threshold_itself_is_not_below_it(serpong):
    one = attempt(before_after(serpong, "milk-score", "massage", ("before", "after")), "sign").outcome
    at, below = (envelope([replace(one, p=p)]) for p in (0.05, 0.0499))
    assert (at.significant, below.significant) == (False, True)
    assert envelope([replace(one, p=0.05), replace(one, p=0.0499)]).conclusion == "depends"


# -- studies ----------------------------------------------------------------------------------------------------


def test_who_got_worse_in_maita(studies):
    """8 of 37 said yes before, 31 after: between 0 and 6 of the 8 can have lost it, as 6 said no after."""
    question = before_after(studies["maita-2017"], "smooth-flow", "massage", ("before", "after"))
    reach = attempt(question, "mcnemar").envelope
    assert (reach.worse, reach.count, reach.complete) == ((0, 6), 7, True)
    assert reach.effects == pytest.approx((23 / 23 - 0.5, 29 / 35 - 0.5)[::-1])  # Cohen's g: gained / moved − ½


def test_who_got_worse_with_massage_in_serpong(serpong):
    """Table 3's own text: 1 got worse, in both data sets that fit."""
    reach = attempt(before_after(serpong, "milk-score", "massage", ("before", "after")), "wilcoxon").envelope
    assert reach.worse == (1, 1)
