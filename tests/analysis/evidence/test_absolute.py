"""Results in absolute terms, beside the worked examples of the Cochrane Handbook."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from analysis.evidence import Choice, absolute, answer
from analysis.evidence.absolute import OF_RISK
from analysis.telling import difference_said, with_it_said, without_said
from analysis.words import say_in
from tests.analysis.small_studies import counts, means, small_study

EXCLUSIVE = {"milk": ("exclusive-breastfeeding", "binary", "higher", "% of mothers")}
MILK = {"milk": ("milk-volume", "continuous", "higher", "mL/day")}


def test_risks_as_the_handbook_works_them_out():
    """Cochrane Handbook 6.5, 15.4.4.2 and 15.4.4.3: RR .92 at a risk of .3, 24 fewer per 1000; OR .73, 62 fewer."""
    risk_ratio, odds_ratio = OF_RISK["log_risk_ratio"], OF_RISK["log_odds_ratio"]
    assert round(1000 * (0.3 - risk_ratio(0.3, math.log(0.92)))) == 24
    assert round(1000 * (0.3 - odds_ratio(0.3, math.log(0.73)))) == 62
    assert risk_ratio(0.8, math.log(2)) == 1 and OF_RISK["risk_difference"](0.05, -0.2) == 0


def line_of(shelf, **choice):
    (line,) = answer(shelf, Choice(**choice)).lines
    return line


def yes_no(tmp_path, id, yes):
    return small_study(tmp_path, counts("a", yes[0]) + counts("b", yes[1]), id=id, outcomes=EXCLUSIVE)


@pytest.mark.parametrize("kind", OF_RISK)
def test_one_study_s_own_risks_come_back(tmp_path, kind):
    """12 of 20 and 5 of 25: 60 and 20 per 100, whichever effect they went through."""
    line = line_of([yes_no(tmp_path, "x", ("12", "5"))], families=("exclusive-breastfeeding",), kind=kind)
    found = absolute(line)
    assert (found.without, found.with_it, found.difference) == pytest.approx((20, 60, 40))
    assert found.interval[0] < 40 < found.interval[1] and found.unit == ""


def test_the_baseline_is_the_lowest_middle_or_highest_of_the_comparison_groups(tmp_path):
    shelf = [yes_no(tmp_path, id, yes) for id, yes in (("x", ("8", "5")), ("y", ("10", "10")), ("z", ("15", "15")))]
    line = line_of(shelf, families=("exclusive-breastfeeding",), kind="log_risk_ratio")
    assert [absolute(line, name).without for name in ("lowest", "middle", "highest")] == pytest.approx([20, 40, 60])
    assert absolute(line).groups == 3


def test_g_and_a_ratio_of_means_in_the_outcome_s_unit(tmp_path):
    study = small_study(tmp_path, means("a", "30", "10") + means("b", "20", "8"), outcomes=MILK)
    g, ratio, own = (line_of([study], kind=kind) for kind in ("hedges_g", "ratio_of_means", "mean_difference"))
    assert absolute(g).difference == pytest.approx(8 * g.kept.estimate) and absolute(g).without == 8
    assert absolute(ratio).difference == pytest.approx(10) and absolute(ratio).without == 20
    assert absolute(own).difference == 10 and absolute(own).without is None
    assert {absolute(one).unit for one in (g, ratio, own)} == {"mL/day"}


def test_the_unit_is_said_in_the_reader_s_language(tmp_path):
    study = small_study(tmp_path, means("a", "30", "10") + means("b", "20", "8"), outcomes=MILK)
    measure = replace(study.outcomes["milk"], unit={"en": "mL/day", "id": "mL/hari"})
    line = line_of([replace(study, outcomes={"milk": measure})], kind="hedges_g")
    assert difference_said(absolute(line), say_in("id")).endswith(" mL/hari")
    assert without_said(absolute(line), "hedges_g", say_in("en")).endswith(" mL/day")


def test_where_no_comparison_group_prints_a_baseline_there_is_none(tmp_path):
    claim = [{"statistic": "OR 4.00 (2.00 to 8.00)"}]
    study = small_study(tmp_path, [], claim, outcomes=EXCLUSIVE)
    line = line_of([study], families=("exclusive-breastfeeding",), kind="log_odds_ratio")
    assert absolute(line) is None and absolute(replace(line, kept=None)) is None
    for say in (say_in("en"), say_in("id")):
        assert difference_said(None, say) == say("across.no-baseline") and with_it_said(None, say) == ""


def test_rows_in_words(tmp_path):
    line = line_of([yes_no(tmp_path, "x", ("12", "5"))], families=("exclusive-breastfeeding",), kind="risk_difference")
    say, found = say_in("en"), absolute(line)
    assert without_said(found, "risk_difference", say) == "20" and with_it_said(found, say).startswith("60 [")
    assert difference_said(found, say).startswith("+40 [+") and difference_said(found, say).endswith("per 100 mothers")


def test_the_smallest_effect_that_matters_reaches_certainty_and_changes_no_result(tmp_path):
    study = small_study(tmp_path, means("a", "21", "10") + means("b", "20", "10"), outcomes=MILK)
    silent, asked = line_of([study]), line_of([study], smallest=0.2)
    assert silent.kept == asked.kept
    keys = [line.certainty.reasons["imprecision"].note.key for line in (silent, asked)]
    assert keys == ["imprecision-includes", "imprecision-both-ways"]
