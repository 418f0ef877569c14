"""What studies compare, and the effects of it: our own data against metafor, and small studies with one thing each."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analysis import effects
from analysis.evidence.contrasts import Contrast, contrasts_of, converted, effects_of
from analysis.results import STRONGEST_FIRST
from analysis.words import say_in
from tests.analysis.small_studies import MILK, counts, means, small_study

MADE = json.loads((Path(__file__).parents[2] / "reference" / "contrasts.json").read_text(encoding="utf-8"))
CASES = MADE["cases"]
SAME = 1e-8  # relative; the worst seen is 1e-13
YES_NO = {"milk": ("exclusive-breastfeeding", "binary", "higher", "% of mothers")}


def contrast(study, id: str) -> Contrast:
    return next(one for one in contrasts_of(study) if one.id == id)


def only(study, comparison: str = "control") -> Contrast:
    (found,) = (one for one in contrasts_of(study) if one.comparison == comparison)
    return found


def keys(effect) -> set[str]:
    return {note.key for note in effect.notes}


# -- our own studies, computed by R from the same files ----------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['id']} {case['kind']}")
def test_effects_of_our_studies_agree_with_metafor(studies, case):
    asked, options = contrast(studies[case["id"].split("~")[0]], case["id"]), dict(case["options"])
    if options.pop("equal_groups", False):
        asked = replace(asked, equal_groups=True)
    asked = replace(asked, joined=tuple(contrast(asked.study, id) for id in options.pop("joined", ())))
    effect = effects_of(asked, **options).effects[case["kind"]]
    np.testing.assert_allclose(effect.value, case["value"], rtol=SAME)
    if "variance" in case and case["variance"] is not None:
        np.testing.assert_allclose(effect.variance, case["variance"], rtol=SAME)


STATUS = {
    "paritakul-2016~milk-volume~ginger+placebo~day-3~after": "derived",
    "roosita-2022~milk-volume~galohgor-cookies+plain-cookies~day-14~after": "derived",
    "silymarin-galega-2016~milk-volume~silymarin-galega+placebo~day-7-30~after": "assumed",
    "herlina-2018~prolactin~torbangun+control~after~after": "assumed",
    "ingram-2012~milk-volume~domperidone+metoclopramide~day-10~adjusted": "derived",
    "soy-papaya-leaf-2025~milk-volume~papaya-leaf+soy-milk~before:after~change": "derived",
    "breast-massage-nicu~expressed-milk~breast-massage~before:after~change": "derived",
    "moringa-massage-serpong~milk-score~moringa~before:after~change": "recovered",
}


@pytest.mark.parametrize("id", STATUS)
def test_each_effect_says_how_it_is_known(studies, id):
    found = effects_of(contrast(studies[id.split("~")[0]], id)).effects
    assert found and {effect.status for effect in found.values()} == {STATUS[id]}


def test_what_a_reader_assumes_is_marked_so(studies):
    two_arms = contrast(studies["attia-2022"], "attia-2022~milk-volume~moringa-porridge+porridge~month-3~after")
    assert {e.status for e in effects_of(two_arms, design_effect=1.5).effects.values()} == {"assumed"}
    only_day_7 = contrast(studies["suwikrom-acupuncture"],
                                   "suwikrom-acupuncture~milk-volume~acupuncture+control~day-7~after")  # fmt: skip
    evenly = replace(only_day_7, equal_groups=True)
    assert effects_of(only_day_7).missing.key == "needs-n" and evenly.n == (30, 30)
    for effect in effects_of(evenly).effects.values():
        assert effect.status == "assumed" and "n-shared-evenly" in keys(effect)
    one_arm = contrast(studies["domperidone-sick-neonates-2021"],
                       "domperidone-sick-neonates-2021~milk-volume~domperidone~baseline:day-14~change")  # fmt: skip
    assert effects_of(one_arm).missing.key == "needs-r-or-change"
    for effect in effects_of(one_arm, r=0.5).effects.values():
        assert effect.status == "assumed" and "r-assumed" in keys(effect)


def test_every_effect_of_the_library_can_be_traced_and_said(studies):
    seen = 0
    for study in studies.values():
        for asked in contrasts_of(study):
            found = effects_of(asked, r=0.5)
            assert bool(found.effects) == (found.missing is None), asked.id
            for language in ("en", "id"):
                say = say_in(language)
                assert found.missing is None or say.note(found.missing, "reason")
                for effect in found.effects.values():
                    assert all(say.note(note, "note") for note in effect.notes)
            for kind, effect in found.effects.items():
                seen += 1
                assert effect.kind == kind and effect.status in STRONGEST_FIRST and math.isfinite(effect.value)
                assert effect.substituted and effect.formula and effect.source
                assert bool(effect.variance_formula) == (effect.variance is not None)
                assert effect.interval[0] <= effect.value <= effect.interval[1]
    assert seen > 100


# -- which comparisons there are, and which way round ------------------------------------------------------------------


@pytest.mark.parametrize("turned", [False, True])
def test_controls_are_second_whichever_the_card_lists_first(tmp_path, turned):
    arms = {"a": ("moringa", "20"), "b": ("placebo", "25")}
    arms = dict(reversed(arms.items())) if turned else arms
    study = small_study(tmp_path, means("a", "30", "10") + means("b", "20", "10"), arms=arms)
    asked = only(study)
    assert asked.arms == ("a", "b") and effects_of(asked).effects["mean_difference"].value == 10


@pytest.mark.parametrize("turned", [False, True])
def test_two_treatments_stand_in_one_order_whichever_the_card_lists_first(tmp_path, turned):
    arms = {"b": ("katuk", "20"), "a": ("moringa", "20")}
    arms = dict(reversed(arms.items())) if turned else arms
    study = small_study(tmp_path, means("a", "30", "10") + means("b", "20", "10"), arms=arms)
    asked = only(study, "active")
    assert asked.arms == ("a", "b") and effects_of(asked).effects["mean_difference"].value == 10


def test_what_makes_a_comparison_and_what_doesn_t(tmp_path):
    arms = {"t": ("moringa", "9"), "low": ("moringa", "9"), "p": ("placebo", "9"), "u": ("usual-care", "9"),
            "x": ("not-named", "9"), "none": ("", "9")}  # fmt: skip
    rows = [row for arm in arms for row in means(arm, "3", "1")]
    found = {one.arms: one.comparison for one in contrasts_of(small_study(tmp_path, rows, arms=arms))}
    assert ("t", "low") not in found and ("p", "u") not in found and ("u", "p") not in found
    assert found["t", "p"] == found["low", "u"] == "control"
    assert found["t", "x"] == found["t", "none"] == "unnamed" and found["x", "p"] == "unnamed"


def test_a_baseline_is_never_compared_as_after(tmp_path):
    rows = means("a", "30", "10", "before") + means("b", "20", "10", "before")
    assert contrasts_of(small_study(tmp_path, rows, [{"timepoint": "before", "p": "0.03"}])) == ()


def test_the_library_s_baselines_are_never_compared_as_after(studies):
    for study in studies.values():
        for asked in contrasts_of(study):
            if asked.when and ":" not in asked.when:
                assert not study.timepoints[asked.when].baseline, asked.id


def test_one_arm_goes_from_its_baseline_and_controls_have_no_row_of_their_own(tmp_path):
    rows = [row for arm in "ab" for time in ("before", "week-1", "week-2") for row in means(arm, "3", "1", time)]
    found = contrasts_of(small_study(tmp_path, rows, times=("before", "week-1", "week-2")))
    alone = [(one.arms, one.when) for one in found if one.comparison == "before-after"]
    assert alone == [(("a",), "before:week-1"), (("a",), "before:week-2")]


def test_without_a_named_baseline_nothing_is_taken_for_before(tmp_path):
    rows = means("a", "3", "1", "day-1") + means("a", "4", "1", "day-7")
    found = contrasts_of(small_study(tmp_path, rows, times=("day-1", "day-7")))
    assert not [one for one in found if one.comparison == "before-after"]


# -- what is missing is named ------------------------------------------------------------------------------------------

NO_N = {"a": ("moringa", ""), "b": ("usual-care", "25")}
ONE = {"a": ("moringa", "20")}
BOTH = means("a", "5.00", "2.00", "before") + means("a", "7.00", "3.00")
MISSING = {
    "n": ("needs-n", means("a", "3", "1") + means("b", "2", "1"), {"arms": NO_N}),
    "sd": ("needs-sd", [*means("a", "3", "1"), ("b", "after", "mean", "2")], {}),
    "mean": ("needs-mean", [*means("a", "3", "1"), ("b", "after", "sd", "2")], {}),
    "quartiles": ("needs-quartiles", [*means("a", "3", "1"), ("b", "after", "median", "2")], {}),
    "too few for quartiles": (
        "needs-quartiles",
        [(arm, "after", s, v) for arm in "ab" for s, v in (("median", "2"), ("q1", "1"), ("q3", "4"))],
        {"arms": {"a": ("moringa", "4"), "b": ("usual-care", "4")}},
    ),
    "one person": (
        "too-few",
        means("a", "3", "1") + means("b", "2", "1"),
        {"arms": {"a": ("moringa", "1"), "b": ("placebo", "9")}},
    ),
    "no spread": ("no-spread", means("a", "3", "0") + means("b", "2", "0"), {}),
    "limits turned": (
        "limits-out-of-order",
        [
            *means("a", "3", "1"),
            ("b", "after", "mean", "2"),
            ("b", "after", "ci_low", "3"),
            ("b", "after", "ci_high", "1"),
        ],
        {},
    ),
    "count": (
        "needs-count",
        [("a", "after", "percent", "50", "milk", "yes"), *counts("b", "4")],
        {"outcomes": YES_NO, "arms": {"a": ("moringa", "400"), "b": ("placebo", "9")}},
    ),
    "more than there are": ("events-out-of-range", counts("a", "30") + counts("b", "4"), {"outcomes": YES_NO}),
    "n of yes and no": ("needs-n", counts("a", "3") + counts("b", "4"), {"outcomes": YES_NO, "arms": NO_N}),
}
MISSING_IN_ONE_ARM = {
    "n": ("needs-n", BOTH, {"arms": {"a": ("moringa", "")}}),
    "r or change": ("needs-r-or-change", BOTH, {}),
    "mean before": ("needs-mean-both-times", [("a", "before", "sd", "2"), *means("a", "7", "3")], {}),
    "sd before": ("needs-sd-both-times", [("a", "before", "mean", "2"), *means("a", "7", "3")], {}),
    "pairs": ("needs-pairs", counts("a", "3", "before") + counts("a", "9"), {"outcomes": YES_NO}),
    "r contradicted": ("r-contradicted", [*BOTH, ("a", "before:after", "r", "0.9")], {}),
}


@pytest.mark.parametrize("name", MISSING)
def test_what_two_arms_lack_is_named(tmp_path, name):
    key, rows, card = MISSING[name]
    found = effects_of(only(small_study(tmp_path, rows, **card)))
    assert not found.effects and found.missing.key == key
    assert say_in("en").note(found.missing, "reason") and say_in("id").note(found.missing, "reason")


@pytest.mark.parametrize("name", MISSING_IN_ONE_ARM)
def test_what_one_arm_lacks_is_named(tmp_path, name):
    key, rows, card = MISSING_IN_ONE_ARM[name]
    claims = [{"comparison": "within", "arms": "a", "timepoint": "before:after", "method": "paired-t", "p": "0.9"}]
    study = small_study(tmp_path, rows, claims if name == "r contradicted" else (), **{"arms": ONE, **card})
    found = effects_of(only(study, "before-after"))
    assert not found.effects and found.missing.key == key


def test_the_arm_that_lacks_something_is_named(tmp_path):
    found = effects_of(only(small_study(tmp_path, MISSING["sd"][1])))
    assert found.missing.values["arm"] == {"en": "b", "id": "b"}


# -- which of several printed numbers is used --------------------------------------------------------------------------

SPREADS = [("sd", "4"), ("se", "1"), ("ci_low", "20"), ("ci_high", "40"), ("q1", "10"), ("median", "30"), ("q3", "50")]


@pytest.mark.parametrize(("printed", "sd"), [
    (SPREADS, 4.0), (SPREADS[1:], 1 * math.sqrt(25)), (SPREADS[2:], 20 * math.sqrt(25) / (2 * 2.0638985616)),
])  # fmt: skip
def test_the_most_direct_spread_is_used(tmp_path, printed, sd):
    rows = [(arm, "after", s, v) for arm in "ab" for s, v in [("mean", "30"), *printed]]
    arms = {"a": ("moringa", "25"), "b": ("usual-care", "25")}
    effect = effects_of(only(small_study(tmp_path, rows, arms=arms))).effects["mean_difference"]
    assert effect.variance == pytest.approx(2 * sd**2 / 25) and effect.status == "derived"


def test_extremes_beside_quartiles_are_used(tmp_path):
    five = {"median": "30", "q1": "22", "q3": "41", "minimum": "10", "maximum": "90"}
    rows = [(arm, "after", s, v) for arm in "ab" for s, v in five.items() if arm == "a" or s[0] != "m" or s == "median"]
    asked = only(small_study(tmp_path, rows))
    with_ends = effects.from_median_iqr("30", "22", "41", 20, "10", "90")
    without = effects.from_median_iqr("30", "22", "41", 25)
    made = effects_of(asked).effects["mean_difference"]
    assert made.value == pytest.approx(with_ends.mean - without.mean) and made.value != 0
    assert made.variance == pytest.approx(with_ends.sd**2 / 20 + without.sd**2 / 25)


def test_people_that_are_recovered_come_before_quartiles_that_assume_a_normal_outcome(tmp_path):
    scores = {"milk": ("adequacy", "ordinal", "higher", "score", 1, 5)}
    rows = [(arm, "after", "count", n, "milk", level) for arm, counted in (("a", "00479"), ("b", "02675"))
            for level, n in zip("12345", counted, strict=True)]  # fmt: skip
    rows += [(arm, "after", s, v) for arm in "ab" for s, v in (("median", "4"), ("q1", "3"), ("q3", "5"))]
    effect = effects_of(
        only(small_study(tmp_path, rows, outcomes=scores, arms={"a": ("moringa", "20"), "b": ("placebo", "20")}))
    ).effects["mean_difference"]
    assert effect.value == pytest.approx((3 * 4 + 4 * 7 + 5 * 9 - 2 * 2 - 3 * 6 - 4 * 7 - 5 * 5) / 20)
    assert effect.status == "recovered"


def test_people_whose_changes_aren_t_settled_give_no_spread_of_change(tmp_path):
    scores = {"milk": ("adequacy", "ordinal", "higher", "score", 1, 5)}
    rows = [("a", time, "count", n, "milk", level) for time, counted in (("before", "22000"), ("after", "00022"))
            for level, n in zip("12345", counted, strict=True)]  # fmt: skip
    rows += [("a", "before:after", s, v) for s, v in (("improved", "4"), ("worsened", "0"), ("unchanged", "0"))]
    study = small_study(tmp_path, rows, outcomes=scores, arms={"a": ("moringa", "4")})
    found = effects_of(only(study, "before-after"))  # the rises are 3, 3, 3, 3 or 2, 3, 3, 4 or 2, 2, 4, 4
    assert not found.effects and found.missing.key == "needs-r-or-change"


def test_people_of_a_change_are_those_at_its_end(tmp_path):
    rows = [("a", "before", "n", "20"), ("a", "after", "n", "15"),
            ("a", "before:after", "change_mean", "2"), ("a", "before:after", "change_sd", "3")]  # fmt: skip
    effect = effects_of(only(small_study(tmp_path, rows, arms=ONE), "before-after")).effects["mean_change"]
    assert effect.variance == pytest.approx(9 / 15)


def test_a_change_or_a_score_has_no_ratio_of_means(tmp_path):
    change = [(arm, "before:after", f"change_{s}", v) for arm in "ab" for s, v in (("mean", "3"), ("sd", "1"))]
    score = {"milk": ("adequacy", "ordinal", "higher", "score", 1, 5)}
    for path, card, rows in (
        ("c", {}, change),
        ("s", {"outcomes": score}, means("a", "3", "1") + means("b", "2", "1")),
    ):
        found = effects_of(only(small_study(tmp_path / path, rows, **card))).effects
        assert set(found) == {"hedges_g", "mean_difference"}


# -- claims: only those of just this comparison, and the right way round -----------------------------------------------

MEANS_ALONE = [("a", "after", "mean", "30"), ("b", "after", "mean", "20")]


def of_claim(tmp_path, figures=MEANS_ALONE, outcomes=MILK, **claim):
    study = small_study(tmp_path, figures, [claim], outcomes=outcomes)
    return effects_of(only(study))


def test_a_p_of_an_unnamed_test_gives_g_toward_the_higher_mean(tmp_path):
    up = of_claim(tmp_path / "up", p="0.03").effects["hedges_g"]
    down = of_claim(tmp_path / "down", [("a", "after", "mean", "20"), ("b", "after", "mean", "30")], p="0.03")
    assert up.value > 0 and up.status == "assumed" and "p-of-equal-spread" in keys(up)
    assert down.effects["hedges_g"].value == -up.value


NOT_OF_MEANS = {
    "rank test": {"p": "0.03", "method": "mann-whitney", "named": "Mann-Whitney"},
    "named but unknown": {"p": "0.03", "named": "generalised linear model"},
    "named by its statistic": {"p": "0.03", "statistic": "Z = -2.1"},
    "named by an unread statistic": {"p": "0.03", "statistic": "U 45, Z -2.1"},
    "F of ANCOVA": {"statistic": "F(1, 42) = 5.1", "method": "ancova"},
    "F of three groups": {"statistic": "F(2, 60) = 5.1", "method": "anova"},
    "t of a regression": {"statistic": "t = 2.1", "named": "regression"},
    "Welch's t of unequal groups": {"statistic": "t = 2.1", "method": "welch-t"},
    "bounds nothing": {"p": ">0.05"},
    "other outcome's time": {"p": "0.03", "timepoint": "before"},
    "other arms": {"p": "0.03", "arms": "a|b|c"},
    "within": {"p": "0.03", "comparison": "within"},
    "announced": {"p": "0.03", "kind": "announced"},
}


@pytest.mark.parametrize("name", NOT_OF_MEANS)
def test_a_test_of_something_else_is_never_turned_into_g(tmp_path, name):
    arms = {"a": ("moringa", "20"), "b": ("usual-care", "25"), "c": ("not-named", "9")}
    study = small_study(tmp_path, MEANS_ALONE, [NOT_OF_MEANS[name]], arms=arms)
    asked = next(one for one in contrasts_of(study) if one.arms == ("a", "b") and one.when == "after")
    assert not effects_of(asked).effects and effects_of(asked).missing.key == "needs-sd"


@pytest.mark.parametrize("claim", [{"statistic": "t = 2.5", "method": "independent-t"}, {"statistic": "F = 6.25"},
                                   {"statistic": "t(43) = -2.5"}, {"statistic": "t = 2.5", "arms": "b|a"}])  # fmt: skip
def test_the_sign_of_t_and_f_is_that_of_the_means(tmp_path, claim):
    effect = of_claim(tmp_path, **claim).effects["hedges_g"]
    wanted = of_claim(tmp_path / "x", statistic="t = 2.5").effects["hedges_g"]
    assert effect.value == pytest.approx(wanted.value, rel=1e-12) and effect.value > 0 and effect.status == "derived"


def test_without_means_a_signed_t_keeps_the_sign_of_its_own_order(tmp_path):
    one = of_claim(tmp_path / "1", [], statistic="t = -2.5").effects["hedges_g"]
    other = of_claim(tmp_path / "2", [], statistic="t = -2.5", arms="b|a").effects["hedges_g"]
    assert one.value < 0 and other.value == -one.value


UNSIGNED = [{"statistic": "t = 2.5"}, {"statistic": "F(1, 43) = 6.25"},
            {"statistic": "t = 2.5", "arms": "b|a"}, {"p": "0.0163", "method": "independent-t"}]  # fmt: skip


@pytest.mark.parametrize("claim", UNSIGNED)
def test_a_test_of_unknown_direction_gives_the_size_alone(tmp_path, claim):
    """|g| = 0.737: escalc("SMD", ti = 2.5, n1i = 20, n2i = 25) is 0.7368; p .0163 is that t's on 43 df."""
    found = of_claim(tmp_path, [], **claim)
    assert not found.effects and found.missing.key == "direction-unknown" and found.missing.values["size"] == "= 0.74"
    bound = of_claim(tmp_path / "bound", [], p="<0.0163", method="independent-t").missing
    assert bound.values["size"] == "≥ 0.74"


DIRECTIONS = {
    "means": [("a", "after", "mean", "9"), ("b", "after", "mean", "12")],
    "medians": [("a", "after", "median", "9"), ("b", "after", "median", "12")],
    "mean ranks": [("a", "after", "mean_rank", "9"), ("b", "after", "mean_rank", "12")],
}


@pytest.mark.parametrize("claim", UNSIGNED)
@pytest.mark.parametrize("name", DIRECTIONS)
def test_an_unsigned_test_takes_its_direction_from_what_is_printed_of_both_groups(tmp_path, claim, name):
    lower = of_claim(tmp_path / "1", DIRECTIONS[name], **claim).effects["hedges_g"].value
    turned = [({"a": "b", "b": "a"}[arm], *rest) for arm, *rest in DIRECTIONS[name]]
    higher = of_claim(tmp_path / "2", turned, **claim).effects["hedges_g"].value
    assert lower == pytest.approx(-0.737, abs=5e-4) and higher == -lower


def test_the_direction_of_a_change_is_that_of_the_means_at_both_times(tmp_path):
    rows = [(arm, time, "mean", mean) for arm, ends in (("a", "59"), ("b", "28"))
            for time, mean in zip(("before", "after"), ends, strict=True)]  # fmt: skip
    found = small_study(tmp_path, rows, [{"statistic": "t = 2.5", "timepoint": "before:after"}])
    asked = next(c for c in contrasts_of(found) if c.basis == "change" and len(c.arms) == 2)
    assert effects_of(asked).effects["hedges_g"].value == pytest.approx(-0.737, abs=5e-4)  # rises of 4 and 6


def test_an_unnamed_p_without_means_is_no_t_test(tmp_path):
    assert not of_claim(tmp_path / "1", DIRECTIONS["medians"], p="0.03").effects
    assert of_claim(tmp_path / "2", [], p="0.03").missing.key == "needs-mean"


def test_groups_without_an_event_carry_nothing_on_a_ratio_scale_and_a_difference_of_shares(tmp_path):
    for name, yes in (("no-events", ("0", "0")), ("only-events", ("20", "25"))):
        study = small_study(tmp_path / name, counts("a", yes[0]) + counts("b", yes[1]), outcomes=YES_NO)
        found = effects_of(only(study))
        assert set(found.effects) == {"risk_difference"} and found.effects["risk_difference"].value == 0
        assert {kind: note.key for kind, note in found.refused.items()} == {
            "log_odds_ratio": name, "log_risk_ratio": name
        }  # fmt: skip


def test_adjusted_means_take_no_t_of_raw_ones(tmp_path):
    rows = [("a", "after", "adjusted_mean", "30"), ("b", "after", "adjusted_mean", "20")]
    study = small_study(tmp_path, rows, [{"statistic": "t = -2.5"}])
    found = {one.basis: effects_of(one) for one in contrasts_of(study)}
    assert not found["adjusted"].effects and found["after"].effects


def test_a_test_without_a_time_belongs_to_the_only_later_time_or_to_none(tmp_path):
    claim = [{"p": "0.03", "timepoint": ""}]
    one_time = small_study(tmp_path / "1", MEANS_ALONE, claim)
    assert effects_of(next(c for c in contrasts_of(one_time) if c.when == "after")).effects
    later = [(arm, "later", "mean", mean) for arm, mean in (("a", "50"), ("b", "10"))]
    two_times = small_study(tmp_path / "2", MEANS_ALONE + later, claim, times=("before", "after", "later"))
    assert not any(effects_of(c).effects for c in contrasts_of(two_times))


def test_a_printed_ratio_turned_round_means_the_same(tmp_path):
    claim = {"statistic": "OR 4.00 (2.00 to 8.00)"}
    plain = of_claim(tmp_path / "1", [], outcomes=YES_NO, **claim).effects["log_odds_ratio"]
    turned = of_claim(tmp_path / "2", [], outcomes=YES_NO, arms="b|a", **claim).effects["log_odds_ratio"]
    assert math.exp(plain.value) == pytest.approx(4) and math.exp(turned.value) == pytest.approx(1 / 4)
    assert np.exp(turned.interval) == pytest.approx((1 / 8, 1 / 2), rel=1e-3) and turned.variance == plain.variance
    assert "turned-round" in keys(turned) and "turned-round" not in keys(plain)
    assert turned.substituted.endswith("= −1.386") and plain.substituted.endswith("= +1.386")


def test_a_negative_difference_turned_round_is_written_with_brackets(tmp_path):
    effect = of_claim(tmp_path, [], statistic="MD -5.0 (-9.0 to -1.0)", arms="b|a").effects["mean_difference"]
    assert effect.value == 5 and effect.substituted == "difference = −(−5.0) = +5.000"


def test_the_printed_confidence_counts_and_95_percent_is_given_back(tmp_path):
    wide = of_claim(tmp_path / "1", [], outcomes=YES_NO, statistic="OR 4.00 (95% CI 2.00 to 8.00)")
    narrow = of_claim(tmp_path / "2", [], outcomes=YES_NO, statistic="OR 4.00 (90% CI 2.00 to 8.00)")
    wide, narrow = (found.effects["log_odds_ratio"] for found in (wide, narrow))
    assert narrow.variance / wide.variance == pytest.approx((1.959963985 / 1.644853627) ** 2, rel=1e-8)
    assert np.exp(narrow.interval[1]) == pytest.approx(4 * 2 ** (1.959963985 / 1.644853627), rel=1e-6)


@pytest.mark.parametrize("text", ["OR 40 (2.00 to 8.00)", "OR -4 (-9.00 to 8.00)", "4.00 (2.00 to 8.00)"])
def test_a_misprinted_ratio_stops_nobody_and_a_bare_estimate_of_yes_and_no_is_no_difference(tmp_path, text):
    found = of_claim(tmp_path, [], outcomes=YES_NO, statistic=text)
    assert not found.effects and found.missing.key == "needs-count"


def test_mean_ranks_that_don_t_add_up_stop_nobody(tmp_path):
    rows = means("a", "3", "1") + means("b", "2", "1")
    rows += [("a", "after", "mean_rank", "30"), ("b", "after", "mean_rank", "29")]
    assert set(effects_of(only(small_study(tmp_path, rows))).effects) >= {"hedges_g"}
    right = [*rows[:4], ("a", "after", "mean_rank", "33"), ("b", "after", "mean_rank", "15")]
    found = effects_of(only(small_study(tmp_path / "right", right))).effects["probability_of_superiority"]
    assert found.value == pytest.approx((20 * 33 - 210) / 500)


# -- changes -----------------------------------------------------------------------------------------------------------


def within(tmp_path, rows, **claim):
    claim = {"comparison": "within", "arms": "a", "timepoint": "before:after", "method": "paired-t", **claim}
    study = small_study(tmp_path, rows, [claim], arms=ONE)
    return effects_of(only(study, "before-after"))


def test_a_printed_paired_t_gives_the_sd_of_change_with_the_sign_of_the_means(tmp_path):
    fell = [("a", "before", "mean", "9"), ("a", "after", "mean", "7")]
    effect = within(tmp_path, fell, statistic="t = 4.0").effects["mean_change"]
    assert effect.value == -2 and effect.value / math.sqrt(effect.variance) == pytest.approx(-4)
    assert effect.status == "derived" and "made-from" in keys(effect)


def test_only_a_paired_t_of_this_change_gives_it(tmp_path):
    assert not within(tmp_path / "1", BOTH, statistic="t = 4.0", method="independent-t").effects
    assert not within(tmp_path / "2", BOTH, statistic="Z = 4.0", method="wilcoxon").effects


def test_a_t_that_the_printed_sds_rule_out_isn_t_used(tmp_path):
    found = within(tmp_path, BOTH, statistic="t = 40.0")
    assert not found.effects and found.missing.key == "r-contradicted"


def test_a_p_that_doesn_t_belong_to_the_printed_t_is_noted(tmp_path):
    agreeing = within(tmp_path / "1", BOTH, statistic="t = 4.0", p="0.0008").effects["smcc"]
    other = within(tmp_path / "2", BOTH, statistic="t = 4.0", p="0.03").effects["smcc"]
    assert "t-beside-p" not in keys(agreeing) and "t-beside-p" in keys(other) and other.value == agreeing.value


def test_a_printed_sd_of_change_comes_before_t(tmp_path):
    rows = [*BOTH, ("a", "before:after", "change_mean", "2"), ("a", "before:after", "change_sd", "2.5")]
    effect = within(tmp_path, rows, statistic="t = 4.0").effects["mean_change"]
    assert effect.variance == pytest.approx(2.5**2 / 20) and "made-from" not in keys(effect)


def test_t_comes_before_quartiles_of_the_change(tmp_path):
    rows = [*BOTH, *(("a", "before:after", f"change_{s}", v) for s, v in (("median", "2"), ("q1", "1"), ("q3", "4")))]
    effect = within(tmp_path, rows, statistic="t = 4.0").effects["mean_change"]
    assert effect.status == "derived" and effect.value / math.sqrt(effect.variance) == pytest.approx(4)


def test_quartiles_of_both_times_are_assumed_even_with_a_printed_r(tmp_path):
    rows = [("a", time, s, v) for time in ("before", "after") for s, v in (("median", "2"), ("q1", "1"), ("q3", "4"))]
    study = small_study(tmp_path, [*rows, ("a", "before:after", "r", "0.50")], arms=ONE)
    found = effects_of(only(study, "before-after")).effects
    assert {effect.status for effect in found.values()} == {"assumed"} and set(found) == {"smcc", "smcr"}


# -- clusters, conversions ---------------------------------------------------------------------------------------------


def test_a_design_effect_multiplies_the_variance_and_stays_on_the_scale(tmp_path):
    asked = only(small_study(tmp_path, counts("a", "19") + counts("b", "2"), outcomes=YES_NO))
    one, four = (effects_of(asked, design_effect=factor).effects["risk_difference"] for factor in (1, 4))
    assert four.variance == pytest.approx(4 * one.variance) and four.value == one.value
    assert four.interval[1] == 1.0 and one.value - four.interval[0] == pytest.approx(2 * (one.value - one.interval[0]))


def test_equal_groups_divides_only_those_whose_arm_isn_t_printed(tmp_path):
    arms = {"a": ("moringa", "20"), "b": ("usual-care", ""), "c": ("katuk", "")}
    study = small_study(tmp_path, means("a", "3", "1") + means("b", "2", "1"), arms=arms, people="60")
    asked = replace(next(c for c in contrasts_of(study) if c.arms == ("a", "b")), equal_groups=True)
    assert asked.n == (20, 20) and effects_of(asked).effects["hedges_g"].status == "assumed"


def test_equal_groups_divides_none_where_fewer_were_measured(studies):
    cookies = studies["palacios-2023"]  # 90 of 176 at the end
    assert (cookies.facets.people, cookies.facets.measured) == ("176", "90")
    assert {replace(one, equal_groups=True).n for one in contrasts_of(cookies)} == {(None, None), (None,)}


def test_yes_and_no_become_g_only_as_an_assumption(tmp_path):
    found = effects_of(only(small_study(tmp_path, counts("a", "12") + counts("b", "5"), outcomes=YES_NO))).effects
    made = converted(found, "hedges_g")
    assert made.status == "assumed" and "logistic-outcome" in keys(made)
    assert made.value == pytest.approx(found["log_odds_ratio"].value * math.sqrt(3) / math.pi)
    assert converted(found, "mean_difference") is None and converted({}, "hedges_g") is None
