"""Every test of the registry against R: tests/reference/generate.R made the numbers, README.md there explains them."""

from __future__ import annotations

import json
import math
import re
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analysis import METHODS, NotApplicable, Outcome, run
from analysis.methods import newcombe, proportion
from analysis.recover import Margin, pairs
from analysis.telling.scripts.r import recipe_of
from analysis.words import say_in
from tests.every import every

REFERENCE = Path(__file__).parents[2] / "reference"
SAMPLES = json.loads((REFERENCE / "samples.json").read_text(encoding="utf-8"))
MADE = json.loads((REFERENCE / "reference.json").read_text(encoding="utf-8"))
CASES, PROPORTIONS = MADE["cases"], MADE["proportions"]

# Tolerances are relative (a value of exactly 0 gets them as absolute ones).
SAME_FORMULA = 1e-10  # closed forms and exact distributions in double precision
NONCENTRAL = 1e-7  # R's pt, pf and pchisq sum series that stop at an error of up to 1e-9 in the tail
OTHER_OPTIMISER = 1e-5  # effectsize finds noncentralities with Nelder-Mead; it strays from R's own root by 8.2e-6
HALVED = 1e-8  # limits of permutation intervals, found in R by halving until nothing moves
QUADRATURE = 1e-9  # two programs integrate the same curve
RESAMPLED = 0.03  # of the interval's width: both sides draw, ours 9,999 times and boot 99,999 times
NETWORK_SUM = 1e-7  # fisher.test holds two larger tables for equally likely within 1e-7
STUDENTIZED_RANGE = 1e-9  # two quadratures of the studentized range; the worst seen is 2e-10
OTHER_SEARCH = 1e-6  # REML and maximum likelihood by another search, Hessians by differences
OTHER_LIMIT = 1e-6  # values at which such a chance is just alpha, found by halving
OTHER_SUPREMUM = 1e-8  # the largest chance over all shares, found by another search
PRINTED_4_DIGITS = 5e-5  # half a unit of the last printed digit
PRINTED_5_DIGITS = 5e-6

# Values of the recipes written in generate.R, which may only become more; tests whose recipe is the script that readers
# take away have every sample of their design instead (`test_a_script_is_tried_on_every_sample_of_its_design`).
LEAST_VALUES = 2622
LEAST_SAMPLES = 2  # of each test that takes people; those from summaries have one
LEFT_BY_A_SCRIPT = ("statistic", "df", "p", "estimate", "interval", "effect", "effect_interval")
NONCENTRAL_EFFECTS = {"d_z", "hedges_g", "robust_d", "partial_eta_squared", "eta_squared", "cramers_v", "cohens_w"}
NONCENTRAL_OTHERS = {"d_av", "g_av", "cohens_d", "glass_delta_a", "glass_delta_b"}
STUDENTIZED = {"tukey", "games-howell"}
SEARCHED = {"mixed-model", "ordinal-regression", "ordinal-ancova"}
EXACT_LIMITS = {(test, key) for test in ("fisher", "boschloo") for key in ("effect_interval", "others.risk_ratio")}
EXACT_LIMITS |= {("boschloo", "interval")}


@cache
def answer(method: str, sample: str, **options: object) -> Outcome:
    """Our answer: arguments in the order of samples.json, summaries as triples, all else as arrays."""
    entry = SAMPLES[sample]
    form = tuple if entry.get("kind") == "summary" else np.array
    return run(method, *(form(values) for values in entry["arguments"].values()), **options)


def of_case(case: dict[str, Any]) -> Outcome:
    return answer(case["method"], case["sample"], **case["options"])


def is_script(case: dict[str, Any]) -> bool:
    return "script" in MADE["recipes"][case["recipe"]]


def r_of(case: dict[str, Any]) -> str:
    """The script that readers take away."""
    return recipe_of(case["method"], {**METHODS[case["method"]].variants[0], **case["options"]})


def names_in_r(case: dict[str, Any], value: str) -> set[str]:
    """What the comments of the script call its estimate or effect."""
    comments = re.findall(rf"^ *{value} <- .*# (.*)$", r_of(case), re.M)
    return {word for comment in comments for word in re.findall(r"\w+", comment)}


def value_of(found: Outcome, key: str) -> Any:
    """What R's key stands for: parts' values in a row; another effect as its value and, if it has one, its interval."""
    if key.startswith("parts."):
        return np.ravel([getattr(part, key.removeprefix("parts.")) for part in found.parts])
    if not key.startswith("others."):
        return getattr(found, key.removesuffix("_effectsize"))
    (effect,) = (effect for effect in found.others if f"others.{effect.kind}" == key)
    return (effect.value, *effect.interval) if effect.interval else effect.value


def tolerance(case: dict[str, Any], key: str) -> float:
    if key == "effect_interval_effectsize":
        return OTHER_OPTIMISER
    own = key.removeprefix("parts.")
    noncentral = own == "effect_interval" and of_case(case).effect_name in NONCENTRAL_EFFECTS
    if noncentral or key.removeprefix("others.") in NONCENTRAL_OTHERS:
        return NONCENTRAL
    if case["method"] in STUDENTIZED and own in ("p", "interval"):
        return STUDENTIZED_RANGE
    if case["method"] in SEARCHED:
        return OTHER_SEARCH
    if (case["method"], key) == ("boschloo", "p"):
        return OTHER_SUPREMUM
    if (case["method"], key) in EXACT_LIMITS:
        return OTHER_LIMIT
    if (case["method"].split("-")[0], key) == ("permutation", "interval"):
        return HALVED
    if (case["method"].split("-")[0], key) == ("bayes", "statistic"):
        return QUADRATURE
    larger_table = case["method"] == "fisher" and case["sample"].endswith("2x3")
    return NETWORK_SUM if larger_table and key == "p" else SAME_FORMULA


def name(case: dict[str, Any]) -> str:
    return " ".join([case["method"], case["sample"], *(f"{key}={value}" for key, value in case["options"].items())])


CHECKS = [(case, key) for case in CASES for key in case["values"]]


@every(("case", "key"), CHECKS, ids=lambda check: f"{name(check[0])} {check[1]}")
def test_agrees_with_r(case: dict[str, Any], key: str) -> None:
    found = of_case(case)
    ours = value_of(found, key)
    expected = np.asarray(case["values"][key], dtype=float)  # R writes infinity as "Inf"
    if (case["method"].split("-")[0], key) == ("bootstrap", "interval"):
        assert ours == pytest.approx(expected, abs=RESAMPLED * np.ptp(expected))
        return
    allowed = tolerance(case, key)
    assert np.shape(ours) == expected.shape
    assert np.asarray(ours, dtype=float) == pytest.approx(expected, rel=allowed, abs=allowed * 1e-3)


@every("case", CASES, ids=name)
def test_names_are_those_of_the_script_in_r(case: dict[str, Any]) -> None:
    found = of_case(case)
    assert found.method == case["method"]
    for value, name_of_ours in (("estimate", found.estimate_name), ("effect", found.effect_name)):
        if value in case["values"]:
            assert name_of_ours in names_in_r(case, value)
            assert say_in("en").has(f"{value}.{name_of_ours}")
    assert found.confidence == case["options"].get("confidence", 0.95)


@pytest.mark.parametrize("case", PROPORTIONS, ids=lambda case: f"{case['successes']} of {case['n']}")
@pytest.mark.parametrize("method", ["exact", "wilson"])
def test_one_proportion_agrees_with_r(case: dict[str, Any], method: str) -> None:
    """Clopper–Pearson with binom.test, Wilson with prop.test."""
    found = proportion(case["successes"], case["n"], case["confidence"], method)
    assert found == pytest.approx(case[method], rel=SAME_FORMULA, abs=SAME_FORMULA)


def test_no_method_is_unproven() -> None:
    assert set(METHODS) == {case["method"] for case in CASES}


@pytest.mark.parametrize("method", METHODS)
def test_every_other_effect_is_proven(method: str) -> None:
    cases = [case for case in CASES if case["method"] == method]
    shown = {e.kind for case in cases for e in of_case(case).others}
    assert {f"others.{kind}" for kind in shown} == {k for c in cases for k in c["values"] if k.startswith("others.")}


@pytest.mark.parametrize("method", METHODS)
def test_every_variant_is_proven(method: str) -> None:
    tried = [case["options"] for case in CASES if case["method"] == method]
    default, *_ = variants = METHODS[method].variants  # the first is what runs when nothing is chosen
    for variant in variants:
        assert any(({**default, **options}).items() >= dict(variant).items() for options in tried)


def test_grid_does_not_shrink() -> None:
    assert sum(len(case["values"]) for case in CASES if not is_script(case)) >= LEAST_VALUES
    assert len({name(case) for case in CASES}) == len(CASES)
    assert {case["sample"] for case in CASES} <= set(SAMPLES)


@pytest.mark.parametrize("method", METHODS)
def test_every_method_is_tried_on_several_samples(method: str) -> None:
    samples = {case["sample"] for case in CASES if case["method"] == method}
    assert len(samples) >= (1 if "summary" in METHODS[method].design else LEAST_SAMPLES)


def test_a_script_is_tried_on_every_sample_of_its_design() -> None:
    """Left out is only what ours refuses, too; and one sample is tried at another level."""
    for method, recipe in {(case["method"], case["recipe"]) for case in CASES if is_script(case)}:
        cases = [case for case in CASES if (case["method"], case["recipe"]) == (method, recipe)]
        tried, entry = {case["sample"] for case in cases}, METHODS[method]
        options = {key: value for key, value in cases[0]["options"].items() if key != "confidence"}
        for sample, known in SAMPLES.items():
            if known.get("design") == entry.design and known["scale"] in entry.scales and sample not in tried:
                with pytest.raises(NotApplicable):
                    answer(method, sample, **options)
        assert len({case["options"].get("confidence", 0.95) for case in cases}) > 1


def test_a_script_is_as_it_was_run_and_leaves_all_that_ours_reports() -> None:
    for case in filter(is_script, CASES):
        assert MADE["recipes"][case["recipe"]]["script"] == r_of(case), name(case)
        reported = {value for value in LEFT_BY_A_SCRIPT if getattr(of_case(case), value) is not None}
        assert reported == set(case["values"]), name(case)
        assert not of_case(case).parts, "comparisons of pairs need a recipe in generate.R"


def test_no_interval_where_it_has_no_width() -> None:
    """All pairs rise: atanh(1) is infinite and effectsize prints [1, 1]; that is no interval."""
    found = answer("wilcoxon", "paired_7_same_sign")
    assert (found.effect, found.effect_interval) == (1.0, None)


@pytest.mark.parametrize("method", ["fisher", "chi-square"])
def test_larger_tables_have_no_single_difference(method: str) -> None:
    found = answer(method, "table_2x3")
    assert (found.estimate, found.interval) == (None, None)


def test_newcombe_1998_example_a() -> None:
    """Newcombe 1998, Statistics in Medicine 17:873-890, table II: 56/70 - 48/80 by methods 10 and 5 (Mee)."""
    assert newcombe((56, 48), (70, 80), 0.95) == pytest.approx((0.0524, 0.3339), abs=PRINTED_4_DIGITS)
    found = answer("chi-square", "table_newcombe_a")
    assert found.estimate == pytest.approx(0.2, rel=SAME_FORMULA)
    assert found.interval == pytest.approx((0.0533, 0.3377), abs=PRINTED_4_DIGITS)


@pytest.mark.parametrize(
    ("method", "sample", "p", "allowed"),
    [
        ("wilcoxon", "serpong_moringa", 0.00132, PRINTED_5_DIGITS),
        ("wilcoxon", "serpong_massage", 0.0348, PRINTED_4_DIGITS),
        ("mann-whitney", "serpong_change", 0.01376, PRINTED_5_DIGITS),
    ],
)
def test_serpong_p_values_as_software_prints_them(method: str, sample: str, p: float, allowed: float) -> None:
    """Recovered participants; the paper prints 0.001 and 0.035, and never the third."""
    assert answer(method, sample, exact=False).p == pytest.approx(p, abs=allowed)


def test_serpong_samples_are_the_recovered_people() -> None:
    """The samples that R saw are what `analysis.recover` finds in the printed tables."""
    printed = {"n": 17, "low": 1, "high": 5}
    moringa = pairs(
        Margin(mean="3.18", sd="1.015", counts={1: 1, 2: 2, 3: 9, 4: 3, 5: 2}, **printed),
        Margin(mean="4.29", sd="0.470", minimum="4", maximum="5", **printed),
        improved=14,
        worsened=1,
        unchanged=2,
        mean_rank_positive="8.18",
        mean_rank_negative="5.50",
    )
    massage = pairs(
        Margin(mean="3.41", sd="0.618", minimum="3", maximum="5", **printed),
        Margin(mean="3.82", sd="0.636", minimum="3", maximum="5", **printed),
        improved=7,
        worsened=1,
        unchanged=9,
        mean_rank_positive="4.57",
        mean_rank_negative="4.00",
    )
    a, b = (np.asarray(people) for people in SAMPLES["serpong_groups"]["arguments"].values())
    assert (moringa.count, massage.count) == (1, 2)
    assert np.array_equal(moringa.participants(0), a)
    assert np.array_equal(massage.participants(0), b)


def test_serpong_massage_depends_on_the_approximation() -> None:
    """Eight changes are too few for the normal curve: exactly, p = 2/32 (coin and exactRankTests agree)."""
    assert math.isclose(answer("wilcoxon", "serpong_massage").p, 0.0625, rel_tol=SAME_FORMULA)
