"""A trial counts once in a pool: its arms are combined, or its comparisons merged with the covariance they share."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.evidence import KINDS_OF, POOLED_FAMILIES, Choice, answer, body
from analysis.evidence.contrasts import contrasts_of, effects_of
from analysis.evidence.pooling import pool, robust
from analysis.evidence.trials import one_per_trial
from analysis.results import NotApplicable
from analysis.telling import cautions
from analysis.words import say_in
from tests.analysis.small_studies import counts, means, small_study

YES_NO = {"milk": ("milk-volume", "binary", "higher", "% of mothers")}
PRINTED_8_DIGITS = 1e-8


def pooled_of(study, **choice):
    found = body([study], Choice(**choice))
    return found.all, one_per_trial(found.all, found.choice)


def keys(entry) -> set[str]:
    return {note.key for note in entry.effect.notes}


@pytest.mark.parametrize("comparison", KINDS_OF)
def test_no_pool_of_the_library_holds_a_trial_twice(studies, comparison):
    """Every line and average: one effect per study, so k is the number of studies."""
    several = 0
    for family in POOLED_FAMILIES:
        for kind in KINDS_OF[comparison]:
            found = answer(studies.values(), Choice(families=(family,), comparisons=(comparison,), kind=kind))
            for line in (*found.lines, *([found.average] if found.average else [])):
                assert len({entry.contrast.study.id for entry in line.entries}) == len(line.entries)
                assert line.kept is None or line.kept.k == line.studies
                several += any(entry.contrast.joined for entry in line.entries)
    assert several or comparison in ("active", "unnamed")


def test_groups_combined_are_as_their_people_measured_together(tmp_path):
    """Cochrane's formula gives mean and SD of all people: numpy's of the joined samples."""
    rng = np.random.default_rng(16)
    people = {arm: rng.normal(centre, 8, n) for arm, centre, n in (("a", 60, 11), ("c", 45, 17), ("d", 52, 6))}
    people["b"] = rng.normal(40, 9, 15)
    rows = [row for arm, sample in people.items() for row in means(arm, f"{sample.mean():.12f}",
                                                                   f"{sample.std(ddof=1):.12f}")]  # fmt: skip
    given = {"a": "moringa", "c": "katuk", "d": "ginger", "b": "placebo"}
    study = small_study(tmp_path, rows, arms={arm: (given[arm], str(len(people[arm]))) for arm in people})
    apart, (whole,) = pooled_of(study, kind="mean_difference")
    treated, control = np.concatenate([people[arm] for arm in "acd"]), people["b"]
    n_a, n_b = len(treated), len(control)
    assert len(apart) == 3 and whole.contrast.n == (34, 15) and "groups-combined" in keys(whole)
    assert whole.effect.value == pytest.approx(treated.mean() - control.mean(), rel=1e-10)
    variance = treated.var(ddof=1) / n_a + control.var(ddof=1) / n_b
    assert whole.effect.variance == pytest.approx(variance, rel=1e-9)


def test_two_controls_are_combined_as_well(tmp_path):
    arms = {"a": ("moringa", "20"), "p": ("placebo", "30"), "u": ("usual-care", "40")}
    study = small_study(tmp_path, [row for arm in arms for row in means(arm, "30", "10")], arms=arms)
    _, (whole,) = pooled_of(study, kind="mean_difference")
    assert whole.contrast.groups == (("a",), ("p", "u")) and whole.contrast.n == (20, 70)
    assert whole.contrast.comparators == (("placebo",), ("usual-care",))


@pytest.mark.parametrize("kind", ["log_odds_ratio", "log_risk_ratio", "risk_difference"])
def test_yes_and_no_of_several_arms_are_added_up(tmp_path, kind):
    arms = {"a": ("moringa", "20"), "c": ("katuk", "30"), "b": ("placebo", "40")}
    rows = counts("a", "12") + counts("c", "9") + counts("b", "10")
    _, (whole,) = pooled_of(small_study(tmp_path / "3", rows, arms=arms, outcomes=YES_NO), kind=kind)
    two = small_study(tmp_path / "2", counts("a", "21") + counts("b", "10"), outcomes=YES_NO,
                      arms={"a": ("moringa", "50"), "b": ("placebo", "40")})  # fmt: skip
    (as_one,), _ = pooled_of(two, kind=kind)
    assert (whole.effect.value, whole.effect.variance) == (as_one.effect.value, as_one.effect.variance)


CLAIMS = [
    {"statistic": "MD 10 (2 to 18)", "arms": "a|b"},
    {"statistic": "MD 4 (-5 to 13)", "arms": "c|b"},
]
ARMS = {"a": ("moringa", "20"), "c": ("katuk", "25"), "b": ("placebo", "30")}


def test_comparisons_that_can_t_be_combined_are_merged_as_metafor_does(tmp_path):
    """R 4.2.2, metafor 3.8-1: rma.mv(c(10, 4), V, method = "FE"); v of each from its interval by t, the covariance
    √(v₁·s₁·v₂·s₂) with s = (1/30) / (1/30 + 1/n), the control's part of each variance."""
    apart, (whole,) = pooled_of(small_study(tmp_path, claims=CLAIMS, arms=ARMS), kind="mean_difference")
    assert len(apart) == 2 and "comparisons-merged" in keys(whole)
    assert whole.effect.value == pytest.approx(7.6224188974, rel=PRINTED_8_DIGITS)
    assert whole.effect.variance == pytest.approx(12.5745261875, rel=PRINTED_8_DIGITS)
    assert whole.effect.interval == pytest.approx((0.672273248652, 14.572564546154), rel=PRINTED_8_DIGITS)


def test_pooling_one_effect_per_trial_is_the_multilevel_model_and_cr2_stands_beside_it(tmp_path):
    """R: rma.mv(c(10, 4, -6, 1, 22), V, random = ~ 1 | trial); CR2 of rma() with one effect per trial.

    clubSandwich 0.5.8, coef_test(vcov = "CR2", cluster = 1:4). Given the five effects it takes another square root of
    the merged trial's covariance, and the SE is 5.8146.
    """
    shelf = [small_study(tmp_path, claims=CLAIMS, arms=ARMS)]
    (merged,) = answer(shelf, Choice(kind="mean_difference")).average.kept_effects
    others = [merged.__class__(y, v, None, merged.kind, "derived", "") for y, v in ((-6, 9), (1, 16), (22, 25))]
    pooled, beside = pool([merged, *others], interval="Wald"), robust([merged, *others])
    assert pooled.k == beside.k == 4
    assert pooled.estimate == beside.estimate == pytest.approx(MULTILEVEL["estimate"], rel=1e-6)
    assert pooled.se == pytest.approx(MULTILEVEL["se"], rel=1e-6)
    assert pooled.tau2 == pytest.approx(MULTILEVEL["tau2"], rel=1e-5)
    assert (beside.se, beside.df, beside.p) == pytest.approx(tuple(CR2.values()), rel=1e-7)
    assert not beside.reliable


MULTILEVEL = {"estimate": 5.75851265653, "se": 5.83589039251, "tau2": 120.839300769}
CR2 = {"se": 5.816859715743, "df": 2.993538124970, "p": 0.395313244715}


def test_a_robust_interval_needs_two_trials(tmp_path):
    (line,) = answer([small_study(tmp_path, means("a", "30", "10") + means("b", "20", "10"))], Choice()).lines
    with pytest.raises(NotApplicable, match="too-few-studies"):
        robust(line.kept_effects)


def test_the_arms_of_a_before_after_study_count_once(studies):
    """Serpong: 17 mothers each of two arms, recovered; the changes of all 34 as one group, by numpy."""
    study = studies["moringa-massage-serpong"]
    found = answer([study], Choice(families=("adequacy",), comparisons=("before-after",), kind="mean_change"))
    (entry,) = found.average.entries
    people = study.participants("milk-score")
    wide = people.pivot(index=["arm", "participant"], columns="timepoint", values="value")
    change = (wide["after"] - wide["before"]).to_numpy(float)
    assert len(change) == 34 and found.average.kept.k == 1
    assert entry.effect.value == pytest.approx(change.mean(), rel=1e-12)
    assert entry.effect.variance == pytest.approx(change.var(ddof=1) / 34, rel=1e-12)


def test_a_crossover_s_treatments_are_merged_and_never_taken_for_more_people(tmp_path):
    arms = {"a": ("moringa", "20"), "c": ("katuk", "20"), "b": ("placebo", "20")}
    rows = [row for arm in arms for row in means(arm, "30", "10")]
    study = small_study(tmp_path, rows, arms=arms, crossover=True)
    apart, (whole,) = pooled_of(study, kind="mean_difference", r=0.5)
    assert "comparisons-merged" in keys(whole)
    assert whole.effect.variance == pytest.approx(0.75 * apart[0].effect.variance)  # correlated by one half
    assert not effects_of(whole.contrast).effects


def test_the_screen_is_told_in_both_languages(tmp_path):
    arms = {"a": ("moringa", "21"), "c": ("katuk", "22"), "b": ("placebo", "31")}
    study = small_study(tmp_path, [row for arm in arms for row in means(arm, "30", "10")], arms=arms)
    average = answer([study], Choice(kind="mean_difference")).average
    assert average.comparisons == 2 and average.studies == 1
    assert any("2 comparisons of one trial count once" in said for said in cautions(average, say_in("en")))
    assert any("2 perbandingan dari satu uji dihitung sekali" in said for said in cautions(average, say_in("id")))


def test_ids_of_joined_comparisons_name_all_their_arms(studies):
    average = answer(studies.values(), Choice()).average
    names = {entry.contrast.id for entry in average.entries}
    (joined,) = (entry.contrast for entry in average.entries if entry.contrast.joined)
    assert len(names) == len(average.entries)
    assert joined.id == "mollaahmetoglu-2025~milk-total~massage.warm-compress.massage-warm+pump-only~day-1-4~after"
    assert set(joined.comparisons) <= set(contrasts_of(joined.study))
