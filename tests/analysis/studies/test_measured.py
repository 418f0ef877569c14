"""How many were measured here, then: one answer, asked by everything that calculates with a number of people."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product

import pytest

from analysis import check_study, load_studies
from analysis.asking import attempt, before_after, between
from analysis.asking.detectable import people_of
from analysis.checks import arm_summary
from analysis.checks.recomputed import materials
from analysis.evidence.contrasts import contrasts_of, effects_of
from analysis.results import Note
from analysis.studies import Figure, recover_arm
from tests.analysis.small_studies import small_study
from tests.every import every

SCORE = {"score": ("adequacy", "ordinal", "higher", "score", 1, 5)}
DROPPED = [("a", "after", "n", "12"), ("a", "after", "mean", "520"), ("a", "after", "sd", "110"),
           ("b", "after", "n", "14"), ("b", "after", "mean", "420"), ("b", "after", "sd", "120")]  # fmt: skip
TESTED = {"kind": "result", "comparison": "between", "arms": "a|b", "timepoint": "after", "method": "independent-t"}


def findings(study) -> dict[str, str]:
    return {f.rule: f.verdict.status for f in check_study(study) if f.verdict.status != "consistent"}


def test_a_mean_is_checked_with_those_who_were_measured_then(tmp_path):
    """57 / 18 = 3.1667; no whole sum of 20 scores gives 3.17."""
    rows = [("a", "after", "mean", "3.17"), ("a", "after", "sd", "0.92")]
    assert set(findings(small_study(tmp_path, rows, outcomes=SCORE, id="all"))) == {"grim", "grimmer"}
    measured = small_study(tmp_path, [*rows, ("a", "after", "n", "18")], outcomes=SCORE)
    assert findings(measured) == {}
    assert {f.rule for f in check_study(measured)} >= {"grim", "grimmer", "sd_bounds"}


def test_a_printed_t_test_after_dropouts_is_right(tmp_path):
    """R: pooled t of 520 ± 110 (12) and 420 ± 120 (14) is 2.200367, p .03764767 with 24 degrees of freedom."""
    study = small_study(tmp_path, DROPPED, [{**TESTED, "statistic": "t = 2.20", "p": "0.038"}])
    assert findings(study) == {}
    assert {rule for rule, verdict in materials(study, study.claims[0]) if verdict.status == "consistent"} == {
        "p_from_t",
        "p_from_means",
    }
    ran = attempt(between(study, "milk", ("a", "b"), tuple(study.timepoints), "after"), "independent-t-summary").outcome
    assert (ran.statistic, ran.p, ran.df) == (pytest.approx(2.200367, abs=1e-6), pytest.approx(0.03764767), 24)
    wrong = small_study(tmp_path, DROPPED, [{**TESTED, "statistic": "t = 2.20", "p": "0.006"}], id="wrong")
    assert set(findings(wrong)) & {"p_from_t", "p_from_means"}


def test_attia_s_months_of_three_are_those_who_stayed(studies):
    """23 and 21 mothers at month 3; R gives t 3.163956, p .002892061."""
    question = between(studies["attia-2022"], "milk-volume", ("moringa-porridge", "porridge"),
                       ("enrolment", "month-3"), "after")  # fmt: skip
    ran = attempt(question, "independent-t-summary").outcome
    assert (ran.statistic, ran.p) == (pytest.approx(3.163956, abs=1e-6), pytest.approx(0.002892061))
    assert people_of(question) == (23, 21)


@pytest.mark.parametrize(
    ("printed", "both"),
    [
        ({}, "20"),
        ({"after": "18"}, None),  # were all 20 measured before? Nothing says so
        ({"before": "20", "after": "18"}, "18"),
        ({"before": "19", "after": "18"}, None),
        ({"before": "18", "after": "18"}, "18"),
        ({"before": "19", "after": "18", "before:after": "17"}, "17"),
        ({"before": "20", "after": "20"}, "20"),
    ],
)
def test_a_change_is_of_those_measured_both_times(tmp_path, printed, both):
    ends = [
        ("a", time, what, value) for time in ("before", "after") for what, value in (("mean", "3.0"), ("sd", "1.0"))
    ]
    study = small_study(tmp_path, [*ends, *(("a", time, "n", n) for time, n in printed.items())])
    assert study.measured("a", "milk", "before:after") == both
    assert arm_summary(study, "milk", "a", ("before", "after")).n == both
    question = before_after(study, "milk", "a", ("before", "after"), r=0.5)
    assert people_of(question) == (None if both is None else (int(both),))
    tried = attempt(question, "paired-t-summary")
    same = {printed.get("before", "20"), printed.get("after", "20"), both} == {both}
    assert (tried.outcome is not None) == same
    if not same:
        assert tried.reason == Note("needs-n-both" if both is None else "needs-same-people")


def test_nobody_is_followed_who_was_not_measured_both_times(tmp_path):
    """Two people of three stayed, with scores 1 and 2: those after are known, who changed is not."""
    rows = [("a", "before", "n", "3"), ("a", "before", "mean", "1.67"), ("a", "before", "sd", "0.58"),
            ("a", "after", "n", "2"), ("a", "after", "mean", "1.50"), ("a", "after", "sd", "0.71")]  # fmt: skip
    study = small_study(tmp_path, rows, outcomes=SCORE, arms={"a": ("moringa", "3"), "b": ("usual-care", "3")})
    people = recover_arm(study, "score", "a")
    assert people.timepoints == ("after",)
    assert people.scores.tolist() == [[[1], [2]]]


def with_n(study, wanted) -> object:
    """The study with a row of n for every arm, outcome and time that `wanted` gives a number for."""
    places = product(study.arms, study.outcomes, study.timepoints)
    rows = [
        Figure(arm, outcome, time, "n", "", n, "added", None, None, None, 90_000 + place)
        for place, (arm, outcome, time) in enumerate(places)
        if (n := wanted(arm, outcome, time)) is not None
    ]
    return replace(study, figures=(*study.figures, *rows))


def everything(study) -> dict[str, object]:
    """What checks, tests, contrasts and recovery say of a study, without the rows that were added."""
    verdicts = [
        (f.rule, f.rows, f.verdict.status, str(f.verdict.explanation))
        for f in check_study(study)
        if not {row for row in f.rows if row >= 90_000}
    ]
    timed = [c for c in contrasts_of(study) if c.when]  # a test printed without a time is about the whole arm
    found = {c.id: (c.n, {k: e.value for k, e in effects_of(c).effects.items()}) for c in timed}
    people = {
        (o, a): getattr(recover_arm(study, o, a), "alternatives", None) for o in study.outcomes for a in study.arms
    }
    return {"verdicts": sorted(map(str, verdicts)), "contrasts": found, "people": people}


LAID_OUT = sorted(study.id for study in load_studies().values() if study.laid_out and study.figures)


@every("name", LAID_OUT)
def test_the_number_of_an_arm_written_at_each_time_changes_nothing(studies, name):
    study = studies[name]

    def of_the_arm(arm, outcome, time):
        printed = {f.timepoint for f in study.find(statistic="n", arm=arm, outcome=outcome)}
        return None if printed else study.arms[arm].n

    assert everything(with_n(study, of_the_arm)) == everything(study)


@pytest.mark.parametrize("name", random.Random(5).sample(LAID_OUT, 25))
def test_numbers_at_each_time_do_what_the_number_of_the_arm_does(studies, name):
    """An arm of k in a study of n: whether k stands on the arm or at each time, the same is said."""
    study, chance = studies[name], random.Random(name)
    fewer = {key: str(max(2, int(arm.n) - chance.randint(1, 4))) for key, arm in study.arms.items() if arm.n}
    bare = replace(study, figures=tuple(f for f in study.figures if f.statistic != "n"))
    on_arms = replace(bare, arms={key: replace(arm, n=fewer[key]) if arm.n else arm for key, arm in study.arms.items()})
    at_times = with_n(bare, lambda arm, outcome, time: fewer.get(arm))
    assert everything(at_times) == everything(on_arms)


def test_times_of_an_outcome_are_those_that_name_it(studies):
    neonates = studies["domperidone-sick-neonates-2021"]  # milk to day 14, prolactin to day 7, feeding at discharge
    assert neonates.times_of("prolactin") == ("baseline", "day-7")
    assert neonates.times_of("exclusive-breastfeeding") == ("discharge",)
    assert [outcome for outcome in neonates.outcomes if neonates.has_change(outcome)] == ["milk-volume", "prolactin"]


def test_a_study_that_measured_only_afterwards_has_no_change(studies):
    assert not studies["anderson-2003"].has_change("exclusive-breastfeeding")  # two times, both after
    assert studies["da-silva-2001"].has_change("milk-volume")  # a printed change from day 2 to day 7
