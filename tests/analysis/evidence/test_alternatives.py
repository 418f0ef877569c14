"""Which of several results of one study is taken, and what the whole becomes with each of the others."""

from __future__ import annotations

import pytest

from analysis.evidence import Choice, answer, body, swaps
from analysis.evidence.pooling import pool
from tests.analysis.small_studies import means, small_study

TIMES = ("before", "early", "late")
OUTCOMES = {
    "milk": ("milk-volume", "continuous", "higher", "mL/day"),
    "hourly": ("milk-volume", "continuous", "higher", "mL in 1 h"),
}
HOW = ("REML", "HKSJ-safeguarded")


def measured(tmp_path, id, *results, arms=("a", "b"), given=None):
    """Mean 20 of the control (last arm) and 20 + rise of the others, SD 10: (outcome, time, rise) each."""
    rows = [row for outcome, time, rise in results for arm in arms
            for row in means(arm, str(20 if arm == arms[-1] else 20 + rise), "10", time, outcome)]  # fmt: skip
    card = {"arms": given} if given else {}
    return small_study(tmp_path, rows, id=id, times=TIMES, outcomes=OUTCOMES, **card)


@pytest.mark.parametrize(("moment", "taken"), [("last", ("hourly", "late")), ("first", ("milk", "early"))])
def test_the_time_goes_before_the_outcome_and_then_the_card_s_first(tmp_path, moment, taken):
    study = measured(tmp_path, "one", ("milk", "early", 5), ("hourly", "late", 3))
    (entry,) = body([study], Choice(moment=moment)).all
    assert (entry.contrast.outcome, entry.contrast.when) == taken
    both = measured(tmp_path, "both", ("hourly", "late", 3), ("milk", "late", 5))
    (entry,) = body([both], Choice(moment=moment)).all
    assert entry.contrast.outcome == "milk"


def test_paritakul_s_last_day_is_day_7(studies):
    """The card prints day 3 in mL a day first; "last" is day 7, in mL an hour."""
    for moment, day in (("last", "day-7"), ("first", "day-3")):
        (entry,) = body([studies["paritakul-2016"]], Choice(moment=moment)).all
        assert entry.contrast.when == day


def test_each_alternative_is_the_result_with_it_instead(tmp_path):
    shelf = [
        measured(tmp_path, "x", ("milk", "early", 9), ("milk", "late", 4), ("hourly", "late", 1)),
        measured(tmp_path, "y", ("milk", "late", 6)),
    ]
    found = answer(shelf, Choice())
    (line,) = found.lines
    swept = swaps(found.body, line, *HOW)
    places = [(swap.entry.contrast.outcome, swap.entry.contrast.when) for swap in swept.each]
    assert sorted(places) == [("hourly", "late"), ("milk", "early")]
    other = line.kept_effects[1]
    for swap in swept.each:
        assert swap.pooled == pool([swap.entry.effect, other], *HOW)
    early, hourly = (next(s for s in swept.each if s.entry.contrast.when == w and s.entry.contrast.outcome == o)
                     for o, w in (("milk", "early"), ("hourly", "late")))  # fmt: skip
    assert swept.highest == early.pooled and swept.lowest == hourly.pooled


def test_a_trial_of_several_arms_moves_as_one(tmp_path):
    given = {"a": ("moringa", "20"), "c": ("katuk", "20"), "b": ("placebo", "30")}
    study = measured(tmp_path, "x", ("milk", "early", 9), ("milk", "late", 4), arms=("a", "c", "b"), given=given)
    found = answer([study], Choice(kind="mean_difference"))
    (swap,) = swaps(found.body, found.average, *HOW).each
    assert len(swap.entry.contrast.comparisons) == 2 and swap.pooled.k == 1
    assert swap.entry.contrast.when == "early" and swap.pooled.estimate == pytest.approx(9)


def test_where_there_is_nothing_else_nothing_is_swept(tmp_path):
    found = answer([measured(tmp_path, "x", ("milk", "late", 4))], Choice())
    swept = swaps(found.body, found.lines[0], *HOW)
    assert swept.each == () and swept.lowest is swept.highest is None


def test_an_unnamed_p_is_pooled_only_when_asked_for(studies):
    herlina = studies["herlina-2018"]
    choice = Choice(families=("prolactin",))
    (row,) = body([herlina], choice).entries
    assert row.effect is not None and row.why_not.key == "test-not-named"
    (row,) = body([herlina], Choice(families=("prolactin",), unnamed_tests=True)).entries
    assert row.poolable and row.effect.status == "assumed"


def test_an_adjusted_difference_is_neither_a_change_nor_a_score(studies):
    (row,) = body([studies["ingram-2012"]], Choice(comparisons=("active",), kind="mean_difference")).entries
    assert (row.contrast.basis, row.contrast.when) == ("adjusted", "day-10") and row.effect.value == 31.0
