"""Public data sets, uploaded as they are, give the numbers that are published of them (sources beside the files)."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis import run
from analysis.asking import attempt, before_after, between
from analysis.results import Outcome
from analysis.studies import Study
from analysis.uploads import About, draft, propose, read_file, sheet_of

FILES = Path(__file__).parents[2] / "fixtures" / "uploads"


def uploaded(name: str) -> Study:
    sheet = sheet_of(read_file((FILES / f"{name}.csv").read_bytes(), f"{name}.csv"))
    made = draft(sheet, propose(sheet), About(name))
    assert made.study is not None and made.study.usable and not made.faults
    return made.study


def change(study: Study, method: str, **options: object) -> Outcome:
    (arm,), (outcome,) = study.arms, study.outcomes
    question = before_after(study, outcome, arm, tuple(study.timepoints))
    assert question.status == "uploaded"
    return found(question, method, **options)


def difference(study: Study, method: str, *arms: str, **options: object) -> Outcome:
    (outcome,), (a, b) = study.outcomes, arms or tuple(study.arms)
    question = between(study, outcome, (a, b), tuple(study.timepoints), "after")
    assert question.status == "uploaded"
    return found(question, method, **options)


def found(question, method: str, **options: object) -> Outcome:
    tried = attempt(question, method, **options)
    assert tried.outcome, tried.reason
    return tried.outcome


def samples(study: Study) -> list:
    (outcome,) = study.outcomes
    people = study.participants(outcome)
    assert people.status == "uploaded" and people.alternatives == 1
    return [rows["value"].to_numpy() for _, rows in people.groupby("arm", sort=False)]


def near(value: float, digits: int):
    """A printed number stands for all that round to it."""
    return pytest.approx(value, abs=0.5 * 10**-digits)


@pytest.mark.parametrize("name", ["sleep", "cushny-peebles"])
def test_student_1908_sleep(name):
    t = change(uploaded(name), "paired-t")
    assert t.statistic == near(4.0621, 4) and t.df == 9 and t.p == near(0.002833, 6)
    assert (t.estimate, *t.interval) == (near(1.58, 2), near(0.7001142, 7), near(2.4598858, 7))


def test_student_1908_sleep_from_means_alone():
    t = difference(uploaded("sleep-summaries"), "independent-t-summary")
    assert t.statistic == near(-1.8608, 4) and t.p == near(0.07919, 5)


def test_fisher_1935_darwins_maize():
    study = uploaded("darwin-maize")
    t, permuted = change(study, "paired-t"), change(study, "permutation-paired")
    assert t.estimate == near(2.617, 3) and t.statistic == near(2.148, 3) and t.p == near(0.0497, 4)
    assert permuted.p == near(2 * 863 / 32768, 6)  # 863 of the 2^15 ways of signing reach the total, one-sided


def test_crampton_1947_tooth_growth():
    t = difference(uploaded("tooth-growth"), "welch-t", "oj", "vc")
    assert (t.statistic, t.df, t.p) == (near(1.9153, 4), near(55.309, 3), near(0.06063, 5))
    assert t.interval == (near(-0.1710156, 7), near(7.5710156, 7))


def test_dobson_1983_plant_growth():
    study = uploaded("plant-growth")
    anova = run("anova", *samples(study))
    assert (anova.statistic, anova.p) == (near(4.846, 3), near(0.01591, 5))
    t = difference(study, "independent-t", "trt1", "ctrl")
    assert (t.estimate, t.statistic, t.p) == (near(-0.3710, 4), near(-1.191, 3), near(0.249, 3))


def test_fisher_1935_lady_tasting_tea():
    assert difference(uploaded("lady-tasting-tea"), "fisher").p == near(0.4857, 4)


def test_fisher_1962_twins_convicted():
    assert difference(uploaded("twins-convicted"), "fisher").p == near(0.0005367, 7)


def test_hollander_wolfe_1973_depression():
    assert change(uploaded("depression"), "wilcoxon").p == near(2 * 0.01953, 4)


def test_hollander_wolfe_1973_chorioamnion():
    assert difference(uploaded("chorioamnion"), "mann-whitney").p == near(2 * 0.1272, 3)


def test_hollander_wolfe_1973_mucociliary():
    ranks = run("kruskal", *samples(uploaded("mucociliary")))
    assert (ranks.statistic, ranks.p) == (near(0.77143, 5), near(0.68, 2))


def test_hollander_wolfe_1973_rounding_first_base():
    ranks = change(uploaded("rounding-first-base"), "friedman")
    assert (ranks.statistic, ranks.p) == (near(11.143, 3), near(0.003805, 6))
