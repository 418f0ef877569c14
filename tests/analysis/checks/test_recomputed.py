"""Printed p values recomputed from what stands beside them: on bundled studies to which numbers are added."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from scipy import stats

from analysis import check_study
from analysis.checks.p_statistics import p_from_t
from analysis.checks.recomputed import materials
from analysis.studies import Figure

PRINTED_3_DIGITS = "{:.3f}"


def claimed(study, arm: str, **changed):
    """The study with its result about one arm (or both, "a|b") changed."""
    arms = tuple(arm.split("|"))
    claim = next(c for c in study.claims if c.arms == arms and c.outcome)
    changed = {"kind": "result", **changed}
    return replace(study, claims=tuple(replace(c, **changed) if c is claim else c for c in study.claims))


def found(study, row: int | None = None) -> dict[str, str]:
    """Verdicts of the rules that recompute, each by itself, over all claims or those of one row."""
    claims = [claim for claim in study.claims if row in (None, claim.row)]
    each = {rule: v.status for claim in claims if claim.p for rule, v in materials(study, claim)}
    correlations = {
        f.rule: f.verdict.status
        for f in check_study(study)
        if f.rule == "r_possible" and f.file == "claims.csv" and (row is None or row in f.rows)
    }
    return each | correlations


def row_of(study, arm: str) -> int:
    return next(c.row for c in study.claims if c.arms == tuple(arm.split("|")) and c.outcome)


def figures(study, arm: str, outcome: str, timepoint: str, level: str = "", **values: str):
    return tuple(
        Figure(arm, outcome, timepoint, statistic, level, value, "added", None, None, None, 10_000 + place)
        for place, (statistic, value) in enumerate(values.items())
    )


def with_figures(study, *added: Figure, without: tuple[str, ...] = ()):
    kept = tuple(f for f in study.figures if f.statistic not in without)
    return replace(study, figures=(*kept, *added))


def recomputed_row(study, arm: str, **changed) -> dict[str, str]:
    return found(claimed(study, arm, **changed), row_of(study, arm))


# -- from a printed statistic -----------------------------------------------------------------------------------


def two_sided_t(t: float, df: float) -> str:
    return PRINTED_3_DIGITS.format(2 * stats.t.sf(abs(t), df))


def two_sided_z(z: float) -> str:
    return PRINTED_3_DIGITS.format(2 * stats.norm.sf(abs(z)))


@pytest.mark.parametrize("statistic", ["t(16) = 2.31", "t = 2,31", "t(16)=−2.31", "t ( 16 ) = -2,31", " t = 2.31 "])
def test_p_of_a_printed_t(serpong, statistic):
    said = {"method": "paired-t", "statistic": statistic}
    right = recomputed_row(serpong, "massage", p=two_sided_t(2.31, 16), **said)
    wrong = recomputed_row(serpong, "massage", p="0.350", **said)
    assert (right["p_from_t"], wrong["p_from_t"]) == ("consistent", "inconsistent")


def test_p_of_the_t_of_the_recovered_mothers(serpong):
    """t(16) = 4.97 comes out of the moringa mothers (README's screenshot); its p is not the printed 0.001 but below."""
    said = {"method": "paired-t", "statistic": "t(16) = 4.97"}
    assert two_sided_t(4.97, 16) == "0.000"
    right = recomputed_row(serpong, "moringa", p=two_sided_t(4.97, 16), **said)
    assert right == {"p_from_t": "consistent", "p_from_people": "consistent", "r_possible": "consistent"}
    assert recomputed_row(serpong, "moringa", p="0.01", **said)["p_from_t"] == "inconsistent"


def test_one_tail_is_found_and_named(serpong):
    one_tail = f"{stats.t.sf(2.31, 16):.4f}"
    study = claimed(serpong, "massage", method="paired-t", statistic="t(16) = 2.31", p=one_tail)
    claim = next(claim for claim in study.claims if claim.p == one_tail)
    verdict = dict(materials(study, claim))["p_from_t"]
    assert verdict.status == "consistent" and verdict.explanation.values["variants"] == ("one-sided",)


@pytest.mark.parametrize("statistic", ["Z = -2.111", "z=2,111", "Z = −2.111"])
def test_p_of_a_printed_z(serpong, statistic):
    right = recomputed_row(serpong, "massage", statistic=statistic, p=two_sided_z(2.111))
    wrong = recomputed_row(serpong, "massage", statistic=statistic, p="0.010")
    assert two_sided_z(2.111) == "0.035"  # as Table 3 prints it
    assert (right["p_from_z"], wrong["p_from_z"]) == ("consistent", "inconsistent")


def test_degrees_of_freedom_follow_from_n_for_t_tests_of_equal_variances_alone(serpong):
    both, said = "moringa|massage", {"statistic": "t = 2.31", "p": two_sided_t(2.31, 32)}
    assert recomputed_row(serpong, both, method="independent-t", **said)["p_from_t"] == "consistent"
    assert "p_from_t" not in recomputed_row(serpong, both, method="welch-t", **said)
    assert "p_from_t" not in recomputed_row(serpong, both, method=None, **said)
    welch = {"method": "welch-t", "statistic": "t(30,5) = 2,31"}
    assert recomputed_row(serpong, both, p=two_sided_t(2.31, 30.5), **welch)["p_from_t"] == "consistent"
    assert recomputed_row(serpong, both, p="0.500", **welch)["p_from_t"] == "inconsistent"


def test_degrees_of_freedom_are_unknown_where_n_is(studies):
    study = studies["zakaria-2016"]
    arm = next(iter(study.arms))
    assert study.arms[arm].n is None
    claim = replace(
        study.claims[0],
        arms=(arm,),
        comparison="within",
        kind="result",
        method="paired-t",
        statistic="t = 2.31",
        p="0.5",
    )
    assert "p_from_t" not in found(replace(study, claims=(claim,)), claim.row)


@pytest.mark.parametrize("statistic", ["F(1, 30) = 4.97", "χ² = 8.9", "U = 12", "4.97", "t", "t = ", "rt = 2.31", ""])
def test_another_statistic_is_not_taken_for_t_or_z(serpong, statistic):
    rules = recomputed_row(serpong, "massage", statistic=statistic, p="0.900")
    assert {"p_from_t", "p_from_z"} & set(rules) == set()


def test_without_a_printed_p_nothing_is_recomputed(serpong):
    assert recomputed_row(serpong, "massage", statistic="t(16) = 2.31", p=None) == {}


# -- from means, counts and people ------------------------------------------------------------------------------

OF_MEANS = ("independent-t", "welch-t", "independent-t-summary")


def p_of_means(change_sd: tuple[str, str], equal_var: bool) -> str:
    """moringa +1.12 and massage +0.41 (19/17, 7/17: Table 3's own numbers), 17 each."""
    found = stats.ttest_ind_from_stats(1.12, float(change_sd[0]), 17, 0.41, float(change_sd[1]), 17, equal_var)
    return PRINTED_3_DIGITS.format(found.pvalue)


@pytest.fixture
def with_changes(serpong):
    """Serpong with mean and SD of change printed for both arms."""
    return with_figures(
        serpong,
        *figures(serpong, "moringa", "milk-score", "before:after", change_mean="1.12", change_sd="0.93"),
        *figures(serpong, "massage", "milk-score", "before:after", change_mean="0.41", change_sd="0.71"),
        without=("mean_rank_difference",),
    )


@pytest.mark.parametrize("method", OF_MEANS)
def test_p_from_the_means_of_two_changes(with_changes, method):
    both, right = "moringa|massage", p_of_means(("0.93", "0.71"), method != "welch-t")
    said = {"comparison": "between", "method": method}
    assert recomputed_row(with_changes, both, p=right, **said)["p_from_means"] == "consistent"
    assert recomputed_row(with_changes, both, p="0.900", **said)["p_from_means"] == "inconsistent"


@pytest.mark.parametrize("method", [None, "mann-whitney", "ancova", "kruskal"])
def test_means_say_nothing_of_a_test_that_is_not_of_means(with_changes, method):
    assert "p_from_means" not in recomputed_row(with_changes, "moringa|massage", method=method, p="0.900")


def test_means_after_are_compared_where_the_claim_is_about_after(serpong):
    p = stats.ttest_ind_from_stats(4.29, 0.470, 17, 3.82, 0.636, 17).pvalue
    said = {"method": "independent-t", "timepoint": "after"}
    both = "moringa|massage"
    assert recomputed_row(serpong, both, p=f"{p:.3f}", **said)["p_from_means"] == "consistent"
    assert recomputed_row(serpong, both, p="0.700", **said)["p_from_means"] == "inconsistent"


def test_a_missing_sd_leaves_nothing_to_say(serpong):
    study = with_figures(serpong, without=("sd",))
    said = {"method": "independent-t", "timepoint": "after", "p": "0.700"}
    assert "p_from_means" not in recomputed_row(study, "moringa|massage", **said)


def test_numbers_that_cannot_be_are_not_calculated_with(serpong):
    figures_ = tuple(replace(f, value="-0.4", why=None) if f.statistic == "sd" else f for f in serpong.figures)
    said = {"method": "independent-t", "timepoint": "after", "p": "0.700"}
    assert (
        recomputed_row(replace(serpong, figures=figures_), "moringa|massage", **said)["p_from_means"] == "cannot tell"
    )


@pytest.mark.parametrize(
    ("method", "p"),
    [
        ("fisher", stats.fisher_exact([[13, 2], [5, 10]]).pvalue),
        ("chi-square", stats.chi2_contingency([[13, 2], [5, 10]], correction=False).pvalue),
        ("chi-square", stats.chi2_contingency([[13, 2], [5, 10]], correction=True).pvalue),
        ("mann-whitney", stats.mannwhitneyu([1] * 13 + [0] * 2, [1] * 5 + [0] * 10, use_continuity=False).pvalue),
    ],
)
def test_p_from_the_counts_of_triananinsi(studies, method, p):
    """13 of 15 against 5 of 15: the paper's own table."""
    study, both = studies["triananinsi"], "massage|other"
    assert recomputed_row(study, both, method=method, p=f"{p:.4f}")["p_from_counts"] == "consistent"
    assert recomputed_row(study, both, method=method, p="0.5000")["p_from_counts"] == "inconsistent"


@pytest.mark.parametrize("method", [None, "independent-t", "ordinal-regression"])
def test_counts_say_nothing_of_a_test_that_is_not_of_counts(studies, method):
    assert "p_from_counts" not in recomputed_row(studies["triananinsi"], "massage|other", method=method, p="0.5000")


def test_p_from_the_people_of_serpong(serpong):
    """0.0348 (cut off 0.034) by the normal approximation, 0.0625 exactly (exactRankTests), half rounded up or down."""
    for p in ("0.035", "0.0625", "0.062", "0.063", "<0.05"):
        assert recomputed_row(serpong, "massage", p=p)["p_from_people"] == "consistent"
    for p in ("0.033", "0.064", "0.5", ">0.07"):
        assert recomputed_row(serpong, "massage", p=p)["p_from_people"] == "inconsistent"
    assert "p_from_people" not in recomputed_row(serpong, "massage", method=None, p="0.5")


# -- correlations -----------------------------------------------------------------------------------------------


def t_for(r: float) -> str:
    """The t that the massage arm's printed means and SDs give with this r."""
    sd = math.sqrt(0.618**2 + 0.636**2 - 2 * r * 0.618 * 0.636)
    return f"t(16) = {0.41 / (sd / math.sqrt(17)):.2f}"


@pytest.mark.parametrize(("r", "status"), [(0.4, "consistent"), (-0.5, "consistent"), (-1.5, "inconsistent")])
def test_a_paired_t_needs_a_correlation_that_can_be(serpong, r, status):
    said = {"method": "paired-t", "statistic": t_for(r), "p": None}
    assert recomputed_row(serpong, "massage", **said) == {"r_possible": status}


def test_only_a_paired_t_determines_a_correlation(serpong):
    said = {"statistic": t_for(-1.5), "p": None}
    assert recomputed_row(serpong, "massage", method="wilcoxon", **said) == {}
    assert recomputed_row(serpong, "massage", method=None, **said) == {}


@pytest.mark.parametrize(("df", "whole"), [("13.7", False), ("14", True)])
def test_degrees_of_freedom_with_decimals_lie_anywhere_they_were_rounded_from(df, whole):
    """Welch's 13.7 stands for 13.65 to 13.75; a whole 14 for 14 alone."""

    ends = (float(df), float(df)) if whole else (float(df) - 0.05, float(df) + 0.05)
    most, least = 2 * stats.t.sf(2.305, ends[0]), 2 * stats.t.sf(2.315, ends[1])
    said = p_from_t("2.31", df, "0.9").explanation.values
    assert (said["least"], said["most"]) == (f"{least:.4f}", f"{most:.4f}")
