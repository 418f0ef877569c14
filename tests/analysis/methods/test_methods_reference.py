"""Every test of the registry against R: tests/reference/generate.R made the numbers, README.md there explains them."""

from __future__ import annotations

import json
import math
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analysis import METHODS, Outcome, run
from analysis.methods import proportion
from analysis.recover import Margin, pairs

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
OTHER_SUPREMUM = 1e-8  # the largest chance over all shares, found by another search
PRINTED_4_DIGITS = 5e-5  # half a unit of the last printed digit
PRINTED_5_DIGITS = 5e-6

# Our names for what a test reports; R has no say in them.
EFFECTS = {
    "paired-t": "d_z",
    "paired-t-summary": "d_z",
    "wilcoxon": "rank_biserial",
    "mann-whitney": "rank_biserial",
    "sign": "probability_positive",
    "mcnemar": "cohens_g",
    "friedman": "kendall_w",
    "fisher": "risk_difference",
    "boschloo": "risk_difference",
    "anova": "eta_squared",
    "welch-anova": "eta_squared",
    "kruskal": "epsilon_squared",
    "tukey": "hedges_g",
    "games-howell": "hedges_g",
    "dunn": "rank_biserial",
    "cochran-q": "kendall_w",
    "mixed-model": "d_total",
    "ordinal-regression": "log_odds_ratio",
    "chi-square": "cramers_v",
    "independent-t": "hedges_g",
    "welch-t": "hedges_g",
    "independent-t-summary": "hedges_g",
    "rm-anova": "partial_eta_squared",
    "ancova": "partial_eta_squared",
    "mixed-anova": "partial_eta_squared",
    "permutation-paired": "d_z",
    "brunner-munzel": "superiority",
    "yuen": "robust_d",
    "hodges-lehmann": "rank_biserial",
    "hodges-lehmann-paired": "rank_biserial",
    "bootstrap-paired": "d_z",
    "bootstrap": "hedges_g",
    "tost-paired": "d_z",
    "tost": "hedges_g",
    "bayes-t-paired": "d_z",
    "bayes-t": "hedges_g",
}
ESTIMATES = {
    "wilcoxon": "hodges_lehmann",
    "mann-whitney": "hodges_lehmann",
    "mcnemar": "odds_ratio_paired",
    "fisher": "odds_ratio",
    "boschloo": "odds_ratio",
    "dunn": "hodges_lehmann",
    "mixed-model": "difference_of_changes",
    "ordinal-regression": "proportional_odds_ratio",
    "chi-square": "risk_difference",
    "yuen": "trimmed_mean_difference",
}

# How many cases each test has at least: take one away and this list says so.
LEAST = {
    "paired-t": 12,
    "wilcoxon": 21,
    "sign": 10,
    "mcnemar": 6,
    "rm-anova": 6,
    "friedman": 2,
    "independent-t": 9,
    "welch-t": 8,
    "mann-whitney": 14,
    "fisher": 9,
    "chi-square": 8,
    "boschloo": 7,
    "anova": 6,
    "welch-anova": 4,
    "kruskal": 5,
    "tukey": 6,
    "games-howell": 5,
    "dunn": 6,
    "cochran-q": 2,
    "mixed-model": 7,
    "ordinal-regression": 6,
    "ancova": 4,
    "mixed-anova": 7,
    "independent-t-summary": 2,
    "paired-t-summary": 2,
    "permutation-paired": 12,
    "permutation": 13,
    "brunner-munzel": 10,
    "yuen": 9,
    "hodges-lehmann": 5,
    "hodges-lehmann-paired": 8,
    "bootstrap-paired": 4,
    "bootstrap": 4,
    "tost-paired": 6,
    "tost": 7,
    "bayes-t-paired": 12,
    "bayes-t": 9,
}
LEAST_VALUES = 2540
NONCENTRAL_EFFECTS = {"d_z", "hedges_g", "robust_d", "partial_eta_squared", "eta_squared", "cramers_v"}
NONCENTRAL_OTHERS = {"d_av", "g_av", "cohens_d", "glass_delta_a", "glass_delta_b"}
STUDENTIZED = {"tukey", "games-howell"}
SEARCHED = {"mixed-model", "ordinal-regression"}


@cache
def answer(method: str, sample: str, **options: object) -> Outcome:
    """Our answer: arguments in the order of samples.json, summaries as triples, all else as arrays."""
    entry = SAMPLES[sample]
    form = tuple if entry.get("kind") == "summary" else np.array
    return run(method, *(form(values) for values in entry["arguments"].values()), **options)


def effect_of(case: dict[str, Any]) -> str:
    by_statistic = {"mean": "hedges_g", "median": "rank_biserial"}
    return by_statistic[case["options"]["statistic"]] if case["method"] == "permutation" else EFFECTS[case["method"]]


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
    noncentral = own == "effect_interval" and effect_of(case) in NONCENTRAL_EFFECTS
    if noncentral or key.removeprefix("others.") in NONCENTRAL_OTHERS:
        return NONCENTRAL
    if case["method"] in STUDENTIZED and own in ("p", "interval"):
        return STUDENTIZED_RANGE
    if case["method"] in SEARCHED:
        return OTHER_SEARCH
    if (case["method"], key) == ("boschloo", "p"):
        return OTHER_SUPREMUM
    if (case["method"].split("-")[0], key) == ("permutation", "interval"):
        return HALVED
    if (case["method"].split("-")[0], key) == ("bayes", "statistic"):
        return QUADRATURE
    larger_table = case["method"] == "fisher" and case["sample"].endswith("2x3")
    return NETWORK_SUM if larger_table and key == "p" else SAME_FORMULA


def name(case: dict[str, Any]) -> str:
    return " ".join([case["method"], case["sample"], *(f"{key}={value}" for key, value in case["options"].items())])


CHECKS = [pytest.param(case, key, id=f"{name(case)} {key}") for case in CASES for key in case["values"]]


@pytest.mark.parametrize(("case", "key"), CHECKS)
def test_agrees_with_r(case: dict[str, Any], key: str) -> None:
    found = answer(case["method"], case["sample"], **case["options"])
    ours = value_of(found, key)
    expected = np.asarray(case["values"][key], dtype=float)  # R writes infinity as "Inf"
    if (case["method"].split("-")[0], key) == ("bootstrap", "interval"):
        assert ours == pytest.approx(expected, abs=RESAMPLED * np.ptp(expected))
        return
    allowed = tolerance(case, key)
    assert np.shape(ours) == expected.shape
    assert np.asarray(ours, dtype=float) == pytest.approx(expected, rel=allowed, abs=allowed * 1e-3)


@pytest.mark.parametrize("case", CASES, ids=name)
def test_names_are_ours(case: dict[str, Any]) -> None:
    found = answer(case["method"], case["sample"], **case["options"])
    assert found.method == case["method"]
    if "effect" in case["values"]:
        assert found.effect_name == effect_of(case)
    if "estimate" in case["values"] and case["method"] in ESTIMATES:
        assert found.estimate_name == ESTIMATES[case["method"]]
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
    shown = {e.kind for case in cases for e in answer(method, case["sample"], **case["options"]).others}
    assert {f"others.{kind}" for kind in shown} == {k for c in cases for k in c["values"] if k.startswith("others.")}


@pytest.mark.parametrize("method", METHODS)
def test_every_variant_is_proven(method: str) -> None:
    tried = [case["options"] for case in CASES if case["method"] == method]
    default, *_ = variants = METHODS[method].variants  # the first is what runs when nothing is chosen
    for variant in variants:
        assert any(({**default, **options}).items() >= dict(variant).items() for options in tried)


def test_grid_does_not_shrink() -> None:
    cases = Counter(case["method"] for case in CASES)
    assert {method: min(cases[method], least) for method, least in LEAST.items()} == LEAST
    assert set(LEAST) == set(METHODS)
    assert len(CHECKS) >= LEAST_VALUES
    assert len({name(case) for case in CASES}) == len(CASES)
    assert {case["sample"] for case in CASES} <= set(SAMPLES)


def test_no_interval_where_it_has_no_width() -> None:
    """All pairs rise: atanh(1) is infinite and effectsize prints [1, 1]; that is no interval."""
    found = answer("wilcoxon", "paired_7_same_sign")
    assert (found.effect, found.effect_interval) == (1.0, None)


@pytest.mark.parametrize("method", ["fisher", "chi-square"])
def test_larger_tables_have_no_single_difference(method: str) -> None:
    found = answer(method, "table_2x3")
    assert (found.estimate, found.interval) == (None, None)


def test_newcombe_1998_example_a() -> None:
    """Newcombe 1998, Statistics in Medicine 17:873-890: 56/70 - 48/80, method 10."""
    found = answer("fisher", "table_newcombe_a")
    assert found.effect == pytest.approx(0.2, rel=SAME_FORMULA)
    assert found.effect_interval == pytest.approx((0.0524, 0.3339), abs=PRINTED_4_DIGITS)


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
