"""What pairing is worth: a paired test's scores as if they were of different people."""

from __future__ import annotations

import pytest
from scipy import stats

from analysis import load_studies
from analysis.asking import before_after, unpaired
from analysis.telling import fragile_line
from analysis.words import LANGUAGES, say_in

SERPONG = load_studies()["moringa-massage-serpong"]
CASSAVA = load_studies()["cassava-pekanbaru"]


@pytest.mark.parametrize("arm", SERPONG.arms)
def test_the_same_scores_of_different_people(arm):
    question = before_after(SERPONG, "milk-score", arm, ("before", "after"))
    before, after = question.samples()["paired"]
    found, expected = unpaired(question), stats.ttest_ind(after, before)
    assert (found.statistic, found.p) == pytest.approx((expected.statistic, expected.pvalue))
    assert found.estimate == pytest.approx(after.mean() - before.mean())


def test_nothing_is_said_where_nobody_is_known():
    outcome, arm = next(iter(CASSAVA.outcomes)), next(iter(CASSAVA.arms))
    assert unpaired(before_after(CASSAVA, outcome, arm, tuple(CASSAVA.timepoints))) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_a_printed_p_that_the_exact_test_does_not_give_is_called_fragile(language):
    say = say_in(language)
    said = {
        arm: fragile_line(before_after(SERPONG, "milk-score", arm, ("before", "after")), say) for arm in SERPONG.arms
    }
    assert said["moringa"] == ""  # 0.00067 and 0.00132 both round to the printed 0.001
    assert [number for number in ("0.035", "0.0348", "0.0625") if say.printed(number) not in said["massage"]] == []
