"""Rank ANOVA over time and adjusted proportional odds: definitions, invariances, refusals."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from scipy import optimize, special

from analysis import NotApplicable, run

rng = np.random.default_rng(16)
A = np.array([[1, 3], [2, 2], [2, 5], [3, 4], [1, 2], [4, 5], [3, 3]], float)
B = np.array([[3, 3], [2, 2], [4, 4], [5, 4], [3, 2], [4, 5]], float)


def chance_above_all(values: np.ndarray, everything: np.ndarray) -> float:
    """The definition: a value against one drawn from all groups and times, each value drawn alike, ties half."""
    gaps = np.subtract.outer(values, everything)
    return float(((gaps > 0) + 0.5 * (gaps == 0)).mean())


def test_the_effect_is_what_its_name_says():
    everything = np.concatenate([A.ravel(), B.ravel()])
    rose = [chance_above_all(g[:, 1], everything) - chance_above_all(g[:, 0], everything) for g in (A, B)]
    assert run("brunner-langer", A, B).effect == pytest.approx(rose[0] - rose[1], rel=1e-12)


def test_only_order_counts_for_the_rank_anova():
    one, other = run("brunner-langer", A, B), run("brunner-langer", np.exp(A), np.exp(B))
    assert (one.statistic, one.df, one.p, one.effect) == (other.statistic, other.df, other.p, other.effect)


def test_p_and_interval_of_the_rank_anova_agree():
    """All pairs of groups with two changes each out of few: its interval inverts its test."""
    people = [(1, 1), (1, 2), (2, 1), (3, 2)]
    for one in product(people, repeat=3):
        for other in product(people[:3], repeat=2):
            try:
                found = run("brunner-langer", np.array(one, float), np.array(other, float))
            except NotApplicable as refusal:
                assert refusal.note.key == "no-spread"
                continue
            low, high = found.effect_interval
            assert (low > 0 or high < 0) == (found.p < 0.05), (one, other)


def test_more_times_have_a_test_and_no_single_difference():
    found = run("brunner-langer", np.hstack([A, A[:, :1] + 1]), np.hstack([B, B[:, :1]]))
    assert (found.effect, found.contrast) == (None, "") and 0 < found.df <= 2 and 0 < found.p < 1


def test_adjusted_odds_are_where_the_likelihood_is_highest():
    """Another program's search (BFGS of scipy) on the likelihood as it is defined."""
    both, in_a = np.vstack([A, B]), np.repeat([0.5, -0.5], [len(A), len(B)])
    place = np.unique(both[:, 1], return_inverse=True)[1]

    def lost(theta: np.ndarray) -> float:
        cuts = np.concatenate([[-np.inf], np.cumsum(np.append(theta[2], np.exp(theta[3:]))), [np.inf]])
        at = theta[0] * in_a + theta[1] * both[:, 0]
        return -float(np.log(special.expit(cuts[place + 1] - at) - special.expit(cuts[place] - at)).sum())

    best = optimize.minimize(lost, np.zeros(2 + place.max()), tol=1e-10)
    assert run("ordinal-ancova", A, B).effect == pytest.approx(best.x[0], abs=1e-4)


def test_where_a_group_began_does_not_matter_when_all_scores_shift():
    shifted = [np.column_stack([10 * rows[:, 0] - 3, rows[:, 1] ** 3]) for rows in (A, B)]
    one, other = run("ordinal-ancova", A, B), run("ordinal-ancova", *shifted)
    assert (one.effect, one.p) == pytest.approx((other.effect, other.p), rel=1e-8)


def test_p_and_interval_of_the_adjusted_odds_agree():
    for _ in range(150):
        a, b = rng.integers(1, 5, (6, 2)), rng.integers(1, 5, (5, 2))
        try:
            found = run("ordinal-ancova", a, b)
        except NotApplicable as refusal:
            assert refusal.note.key in ("no-fit", "separated", "no-spread", "no-spread-before")
            continue
        assert (found.interval[0] > 1 or found.interval[1] < 1) == (found.p < 0.05)


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ([[2, 1], [2, 3]], [[2, 2], [2, 4]], "no-spread-before"),
        ([[1, 3], [2, 3]], [[1, 3], [2, 3]], "no-spread"),
        ([[1, 4], [2, 5]], [[1, 1], [2, 2]], "separated"),
        ([[1, 1], [1, 3], [1, 2]], [[2, 2], [2, 1], [2, 3]], "no-fit"),  # the groups begin apart
        ([[1, 1], [2, 2], [3, 3]], [[1, 1], [2, 2], [3, 3]], "no-fit"),  # before tells after fully
        ([[1, 2], [1, 2], [4, 3], [1, 1]], [[4, 3], [4, 3], [1, 1], [1, 2]], "no-fit"),  # and so nearly flat
        ([[1, 1, 2], [2, 2, 1]], [[1, 1, 2], [2, 2, 3]], "needs-before-after"),
    ],
)
def test_what_an_adjusted_odds_ratio_cannot_answer(a, b, reason):
    with pytest.raises(NotApplicable) as caught:
        run("ordinal-ancova", a, b)
    assert caught.value.note.key == reason
