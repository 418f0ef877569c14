"""Effects against metafor and R (tests/reference/effects.R made the numbers), and what must hold of any effect."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from pathlib import Path

import pytest
from scipy import stats

from analysis import effects
from analysis.effects.intervals import LOPSIDED
from analysis.results import Effect, NotApplicable
from analysis.words import LANGUAGES, say_in
from tests.every import every

MADE = json.loads((Path(__file__).parents[2] / "reference" / "effects.json").read_text(encoding="utf-8"))
CASES = MADE["cases"]
DRAWN = MADE["tables_drawn"]

SAME_FORMULA = 1e-10  # relative; the worst seen is 3e-12, where R passed its interval on with 13 digits
SIMULATED_MEAN = 0.02  # in SDs: 40,000 samples of 5 or more; the SE of the average is at most 0.003 SDs
SIMULATED_SD = 0.02  # of the SD: Wan's quantiles are themselves approximations, to about 1%
SIMULATED_WEIGHT = 0.02  # Luo's weights are curves through the best ones; the worst seen is 0.015
SIMULATED_LIMIT = 0.05  # Shi's limits are curves through the 95% quantiles; the worst seen is 4% (n = 9)
FOUR_DIGITS = 5e-4  # half a unit in the last of four significant digits

LEAST = {  # cases of each function in the reference: take one away and this list says so
    "hedges_g": 16,
    "mean_difference": 16,
    "ratio_of_means": 14,
    "smcc": 10,
    "smcc_of_change": 8,
    "smcr": 10,
    "mean_change": 8,
    "log_odds_ratio": 14,
    "log_risk_ratio": 14,
    "risk_difference": 12,
    "from_t": 10,
    "from_f": 6,
    "from_p": 8,
    "probability_of_superiority": 10,
    "from_mean_ranks": 8,
    "from_z_ranks": 8,
    "from_odds_ratio": 3,
    "from_risk_ratio": 3,
    "from_mean_difference": 4,
    "g_of_log_odds_ratio": 18,
    "log_odds_ratio_of_g": 10,
    "r_of_g": 10,
    "g_of_r": 10,
    "superiority_of_g": 10,
}
OF_TWO_GROUPS = (effects.hedges_g, effects.mean_difference, effects.ratio_of_means)
OF_TABLES = (effects.log_odds_ratio, effects.log_risk_ratio, effects.risk_difference)
BREAST_MILK = (191.0, 70.2, 14, 135.0, 62.3, 14)
OF_RATIO = OF_TABLES[:2]
NO_RATIO = [(0, 8, 0, 9), (9, 9, 9, 9)]
TABLES = [(12, 17, 5, 17), (0, 10, 3, 12), (0, 8, 0, 9), (9, 9, 9, 9), (30, 40, 31, 44)]


def given(kind: str, value: float, variance: float | None = 0.1) -> Effect:
    return Effect(value, variance, None, kind, "derived", "")


def ours(case: dict) -> Effect:
    inputs = dict(case["inputs"])
    if "source" in inputs:
        inputs["source"] = given(**inputs["source"])
    return getattr(effects, case["of"])(**inputs, confidence=case["confidence"])


def refusal(make, *numbers, **options) -> str:
    with pytest.raises(NotApplicable) as caught:
        make(*numbers, **options)
    for language in LANGUAGES:
        said = say_in(language).note(caught.value.note, "reason")
        assert "{" not in said and not said.startswith("reason.")
    return caught.value.note.key


def notes(effect) -> set[str]:
    return {note.key for note in effect.notes}


# -- the same numbers as R ---------------------------------------------------------------------------------------------


@every("case", CASES)
def test_equals_the_reference(case):
    found = ours(case)
    expected = case["value"], case["variance"], *case["interval"]
    assert (found.value, found.variance, *found.interval) == pytest.approx(expected, rel=SAME_FORMULA, abs=1e-12)


def test_every_function_has_its_cases_and_every_kind_is_made():
    assert Counter(case["of"] for case in CASES) == LEAST
    assert {ours(case).kind for case in CASES} == set(effects.KINDS)


@pytest.mark.parametrize("case", MADE["spreads"], ids=lambda case: case["of"])
def test_sd_is_that_of_the_people_behind(case):
    found = getattr(effects, case["of"])(**case["inputs"])
    assert found.sd == pytest.approx(case["sd"], rel=SAME_FORMULA) and found.mean is None


def test_sds_of_an_interval_of_other_confidence():
    """Student's 90% interval made by scipy; a mean given is passed on."""
    low, high = stats.t.interval(0.9, 13, loc=191.0, scale=70.2 / math.sqrt(14))
    found = effects.sd_from_interval(low, high, 14, confidence=0.9, mean="191.0")
    assert (found.sd, found.mean, found.n) == (pytest.approx(70.2), 191.0, 14)


# -- median and quartiles ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", MADE["quartiles"], ids=lambda case: f"n={case['inputs']['n']}")
def test_mean_and_sd_of_quartiles_equal_the_equations_written_in_r(case):
    found = effects.from_median_iqr(**case["inputs"])
    assert (found.mean, found.sd) == pytest.approx(tuple(case["mean_sd"]), rel=SAME_FORMULA)
    assert found.status == "assumed" and "normal-from-quartiles" in notes(found)


@pytest.mark.parametrize("with_ends", [False, True])
@pytest.mark.parametrize("case", MADE["simulated"], ids=lambda case: f"n={case['n']}")
def test_normal_samples_give_their_mean_and_sd_back(case, with_ends):
    low, q1, median, q3, high = case["five"]
    ends = {"minimum": low, "maximum": high} if with_ends else {}
    found = effects.from_median_iqr(median, q1, q3, case["n"], **ends)
    assert found.mean == pytest.approx(case["mean"], abs=SIMULATED_MEAN * case["sd"])
    assert found.sd == pytest.approx(case["sd"], rel=SIMULATED_SD)
    assert "skewed-quartiles" not in notes(found)


@pytest.mark.parametrize("case", MADE["simulated"], ids=lambda case: f"n={case['n']}")
def test_weights_are_those_with_the_smallest_variance(case):
    """Numbers with one middle at 1 and the others at 0 show the weights themselves."""
    n = case["n"]
    of_quartiles = effects.from_median_iqr(0, -1, 3, n).mean
    of_all = (
        effects.from_median_iqr(0, -1, 1, n, -5, 7).mean,
        effects.from_median_iqr(0, -1, 3, n, -5, 5).mean,
    )
    assert of_quartiles == pytest.approx(case["weight"], abs=SIMULATED_WEIGHT)
    assert of_all == pytest.approx(tuple(case["weights"]), abs=SIMULATED_WEIGHT)


@pytest.mark.parametrize("which", ["skewness", "skewness_of_all"])
@pytest.mark.parametrize("case", MADE["simulated"], ids=lambda case: f"n={case['n']}")
def test_a_summary_more_lopsided_than_95_percent_of_normal_samples_is_noted(case, which):
    ends = (-9, 9) if which == "skewness_of_all" else (None, None)
    for factor, noted in ((1 - SIMULATED_LIMIT, False), (1 + SIMULATED_LIMIT, True)):
        skewness = factor * case[which]
        if skewness <= 1:  # no median lies further out than a quartile
            summary = effects.from_median_iqr(0, skewness - 1, skewness + 1, case["n"], *ends)
            assert ("skewed-quartiles" in notes(summary)) is noted


def test_quartiles_that_cannot_be_are_refused():
    assert refusal(effects.from_median_iqr, 95, 80, 130, 4) == "too-few"
    assert refusal(effects.from_median_iqr, 75, 80, 130, 24) == "quartiles-out-of-order"
    assert refusal(effects.from_median_iqr, 95, 80, 130, 24, minimum=60) == "needs-both-extremes"
    assert refusal(effects.from_median_iqr, 95, 95, 95, 24) == "no-spread"


# -- signs, units, order -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", OF_TWO_GROUPS)
@pytest.mark.parametrize("row", [BREAST_MILK, (3.5, 0.6, 17, 3.1, 0.8, 9), (-2.1, 1.5, 2, -3.4, 0.9, 8)])
def test_swapping_groups_flips_the_sign(make, row):
    one, other = make(*row), make(*row[3:], *row[:3])
    assert other.value == pytest.approx(-one.value) and other.variance == pytest.approx(one.variance)
    assert other.interval == pytest.approx((-one.interval[1], -one.interval[0]))
    assert math.copysign(1, one.value) == math.copysign(1, abs(row[0]) - abs(row[3])) or row[0] < 0


@pytest.mark.parametrize("make", OF_TABLES)
@pytest.mark.parametrize("table", TABLES)
def test_swapping_groups_of_a_table_flips_the_sign(make, table):
    if make in OF_RATIO and table in NO_RATIO:
        assert refusal(make, *table) == refusal(make, *table[2:], *table[:2])
        return
    one, other = make(*table), make(*table[2:], *table[:2])
    assert (other.value, other.variance) == (pytest.approx(-one.value), pytest.approx(one.variance))
    half = make in OF_RATIO and (0 in table or table[0] == table[1])
    of_score = make not in OF_RATIO and table in NO_RATIO
    assert notes(one) == notes(other) == ({"half-added"} if half else {"variance-of-score"} if of_score else set())


def test_tables_of_every_shape_agree_with_metafor():
    """tests/reference/effects.R, `tables_drawn`: 300 random tables by escalc, OR and RR (only0, drop00), RD (add 0).

    A table without a ratio is NA there; a difference without a variance has 0 there.
    """
    for *table, log_or, var_or, log_rr, var_rr, difference, var_rd in DRAWN:
        for make, value, variance in (
            (effects.log_odds_ratio, log_or, var_or),
            (effects.log_risk_ratio, log_rr, var_rr),
        ):
            if value is None:
                assert refusal(make, *table) in ("no-events", "only-events")
            else:
                made = make(*table)
                assert (made.value, made.variance) == (pytest.approx(value, abs=1e-12), pytest.approx(variance))
        made = effects.risk_difference(*table)
        assert made.value == pytest.approx(difference, abs=1e-12) and made.variance > 0
        assert made.variance == pytest.approx(var_rd) or (var_rd == 0 and notes(made) == {"variance-of-score"})


@pytest.mark.parametrize(("table", "high"), [((0, 10, 0, 20), 0.277533), ((0, 20, 0, 20), 0.161125)])
def test_a_difference_without_the_usual_variance_reaches_as_far_as_newcombe(table, high):
    """Upper limits of Wilson in R: prop.test(0, 10, correct = FALSE) 0.277533, prop.test(0, 20, …) 0.161125.

    With no events Newcombe's limits are −upper(b) and +upper(a), since both lower ones are 0.
    """
    made = effects.risk_difference(*table)
    assert made.value == 0 and made.interval == (pytest.approx(-high, abs=1e-6), pytest.approx(high, abs=1e-6))


@pytest.mark.parametrize("make", [effects.log_odds_ratio, effects.risk_difference])
@pytest.mark.parametrize("table", TABLES)
def test_asking_for_the_other_answer_flips_the_sign(make, table):
    a, n_a, b, n_b = table
    if make in OF_RATIO and table in NO_RATIO:
        assert {refusal(make, *table), refusal(make, n_a - a, n_a, n_b - b, n_b)} == {"no-events", "only-events"}
        return
    assert make(n_a - a, n_a, n_b - b, n_b).value == pytest.approx(-make(*table).value)


def test_more_events_in_the_first_group_is_positive():
    assert all(make(12, 17, 5, 17).value > 0 for make in OF_TABLES)
    assert effects.hedges_g(*BREAST_MILK).value > 0 and effects.smcr(5, 3, 1, 9, 0.5).value > 0


@pytest.mark.parametrize("factor", [0.001, 29.5735])  # millilitres to litres, ounces to millilitres
def test_the_unit_is_no_part_of_a_standardised_effect(factor):
    m_a, sd_a, n_a, m_b, sd_b, n_b = BREAST_MILK
    other = factor * m_a, factor * sd_a, n_a, factor * m_b, factor * sd_b, n_b
    for make in (effects.hedges_g, effects.ratio_of_means):
        one, two = make(*BREAST_MILK), make(*other)
        assert (two.value, two.variance) == (pytest.approx(one.value), pytest.approx(one.variance))
    in_units = effects.mean_difference(*other)
    assert in_units.value == pytest.approx(factor * 56.0)
    assert in_units.variance == pytest.approx(factor**2 * effects.mean_difference(*BREAST_MILK).variance)
    pairs = (
        effects.smcc(5, 1.2, 3, 0.9, 17, 0.4),
        effects.smcc(5 * factor, 1.2 * factor, 3 * factor, 0.9 * factor, 17, 0.4),
    )
    assert pairs[0].value == pytest.approx(pairs[1].value)


def test_after_minus_before():
    rise, fall = effects.smcc(5, 1.2, 3, 1.2, 17, 0.4), effects.smcc(3, 1.2, 5, 1.2, 17, 0.4)
    assert rise.value == pytest.approx(-fall.value) and rise.value > 0
    assert effects.mean_change(1.12, 0.93, 17).value == 1.12


def test_an_r_enters_the_sd_of_change():
    """With r = ½ and alike SDs the SD of change is that SD (Cochrane Handbook 6.5.2.8)."""
    assert effects.smcc(5, 1.2, 3, 1.2, 17, 0.5).value == pytest.approx(effects.smcc_of_change(2, 1.2, 17).value)


def test_the_other_group_is_superior_with_the_rest_of_the_chance():
    one, other = (effects.probability_of_superiority(u, *n) for u, n in ((78.5, (14, 12)), (14 * 12 - 78.5, (12, 14))))
    assert (one.value, one.variance) == (pytest.approx(1 - other.value), pytest.approx(other.variance))


def test_groups_wholly_apart_have_a_chance_but_no_variance():
    found = effects.from_mean_ranks(8, 5, 3, 5)
    assert (found.value, found.variance, found.interval, notes(found)) == (1.0, None, None, {"groups-apart"})


@pytest.mark.parametrize("g", [-1.3, 0.0, 0.4, 2.2])
@pytest.mark.parametrize(
    ("there", "back"),
    [
        (effects.log_odds_ratio_of_g, effects.g_of_log_odds_ratio),
        (lambda one: effects.r_of_g(one, 14, 9), lambda one: effects.g_of_r(one, 14, 9)),
    ],
    ids=["log-odds-ratio", "r"],
)
def test_there_and_back(g, there, back):
    found = back(there(given("hedges_g", g)))
    assert (found.value, found.variance) == (pytest.approx(g), pytest.approx(0.1))
    assert found.status == "assumed" and len(found.notes) == 2  # both ways' assumptions


def test_r_of_g_is_the_correlation_of_the_people():
    a, b = [3, 5, 4, 6, 2, 7], [1, 3, 2, 4]
    summary = (stats.tmean(a), stats.tstd(a), 6, stats.tmean(b), stats.tstd(b), 4)
    r = stats.pearsonr(a + b, [1] * 6 + [0] * 4).statistic
    assert effects.r_of_g(effects.hedges_g(*summary), 6, 4).value == pytest.approx(r)


# -- what a printed text leaves ----------------------------------------------------------------------------------------


def test_printed_text_counts_as_its_number_and_is_shown_as_printed():
    found = effects.hedges_g("191.0", "70.2", "14", "135,0", "62.3", 14)
    assert found.value == effects.hedges_g(*BREAST_MILK).value
    assert found.substituted == "g = 0.9708 · (191.0 − 135.0) / 66.37 = +0.819"
    assert "(−3.40)" in effects.mean_difference("-2.1", "1.5", 5, "−3.40", "0.9", 8).substituted


def test_an_exact_p_says_what_rounding_leaves():
    found = effects.from_p("0.035", 17, 17, -1)
    (rounding,) = (note for note in found.notes if note.key == "rounding-of-p")
    ends = [effects.from_p(p, 17, 17, -1).value for p in ("0.0345", "0.0355")]
    assert (rounding.values["low"], rounding.values["high"]) == tuple(f"{end:.3f}" for end in ends)
    assert ends[0] < found.value < ends[1] < 0 and found.status == "assumed"
    assert say_in("id").note(rounding, "note").count("−0,7") == 2  # written in the sentence's language


@pytest.mark.parametrize("p", ["<0.05", "≤ 0.05", "0.000", "<0,001"])
def test_a_bound_of_p_bounds_the_effect(p):
    up, down = (effects.from_p(p, 14, 14, sign) for sign in (1, -1))
    assert up == effects.bound_from_p(1, 14, 14, p).effect
    assert up.variance is None and up.interval == (up.value, math.inf) and down.interval == (-math.inf, -up.value)
    assert "p-is-a-bound" in notes(up)


def test_a_bound_is_the_effect_of_its_own_p():
    assert effects.from_p("<0.05", 17, 12, 1).value == pytest.approx(effects.from_p("0.05", 17, 12, 1).value)


@pytest.mark.parametrize("p", [">0.05", "≥0.05", "< 1"])
def test_a_large_p_gives_no_effect(p):
    assert refusal(effects.from_p, p, 14, 14, 1) == "p-bounds-nothing"


@pytest.mark.parametrize(
    ("printed", "noted"),
    [
        (("1.26", "1.01", "1.57"), set()),
        (("2.56", "1.02", "6.25"), {"interval-uneven"}),  # 1 / 0.39 (1 / 0.98 to 1 / 0.16): turned round
        (("1.21", "0.73", "5.6"), {"interval-lopsided"}),
        (("1,26", "1,01", "1,57"), set()),
    ],
)
def test_an_interval_that_is_not_even_on_the_log_scale_is_noted(printed, noted):
    for make in (effects.from_odds_ratio, effects.from_risk_ratio):
        found = make(*printed)
        assert notes(found) == noted and found.value == pytest.approx(math.log(float(printed[0].replace(",", "."))))
        assert (found.variance is None) is ("interval-lopsided" in noted)


def test_no_exact_interval_of_a_table_is_taken_for_lopsided():
    assert MADE["uneven"]["largest"] < LOPSIDED < math.log(5.6 / 1.21) / math.log(1.21 / 0.73)


def test_a_lopsided_interval_is_kept_as_printed():
    assert effects.from_odds_ratio("1.21", "0.73", "5.6").interval == pytest.approx((math.log(0.73), math.log(5.6)))


def test_a_printed_difference_of_volumes():
    """31.0 mL (−5.67 to 67.6): even within rounding; by the normal curve its SE is smaller than by t, and noted."""
    by_t = effects.from_mean_difference("31.0", "−5.67", "67.6", 14, 15)
    by_z = effects.from_mean_difference("31.0", "-5.67", "67.6")
    assert notes(by_t) == set() and notes(by_z) == {"normal-quantile"}
    assert by_t.variance < by_z.variance
    assert by_z.interval == pytest.approx((31.0 - 36.635, 31.0 + 36.635))


def test_z_takes_the_sign_of_its_group():
    assert effects.from_z_ranks("-2.8", 14, 14, sign=1).value == pytest.approx(2.8 / math.sqrt(28))
    assert effects.from_z_ranks("−2.8", 14, 14).value < 0 and notes(effects.from_z_ranks(2, 9, 9)) == {"sign-of-z"}


# -- refusals ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "numbers", "key"),
    [
        (effects.hedges_g, (3, 0, 9, 2, 0, 9), "no-spread"),
        (effects.hedges_g, (3, -1, 9, 2, 1, 9), "negative-sd"),
        (effects.hedges_g, (3, 1, 1, 2, 1, 9), "too-few"),
        (effects.hedges_g, (3, 1, 9.5, 2, 1, 9), "n-not-whole"),
        (effects.mean_difference, ("three", 1, 9, 2, 1, 9), "not-a-number"),
        (effects.mean_difference, (math.inf, 1, 9, 2, 1, 9), "infinite"),
        (effects.ratio_of_means, (3, 1, 9, -2, 1, 9), "ratio-needs-one-sign"),
        (effects.ratio_of_means, (3, 1, 9, 0, 1, 9), "ratio-needs-one-sign"),
        (effects.smcc, (5, 1, 3, 1, 2, 0.5), "too-few"),
        (effects.smcc, (5, 1, 3, 1, 9, 1.5), "impossible-r"),
        (effects.smcc, (5, 1, 3, 1, 9, 1), "no-spread"),
        (effects.smcr, (5, 3, 0, 9, 0.5), "no-spread-before"),
        (effects.smcr, (3, 3, 1, 9, 1), "nobody-changed"),
        (effects.mean_change, (1, 0, 9), "no-spread"),
        (effects.log_odds_ratio, (10, 9, 3, 9), "events-out-of-range"),
        (effects.risk_difference, (-1, 9, 3, 9), "n-out-of-range"),
        (effects.risk_difference, (0, 0, 3, 9), "too-few"),
        (effects.probability_of_superiority, (200, 14, 14), "u-out-of-range"),
        (effects.from_mean_ranks, ("8.0", 5, "4.0", 5), "ranks-dont-add-up"),
        (effects.from_z_ranks, (5, 9, 9), "impossible-z"),
        (effects.from_f, (-1, 9, 9, 1), "negative-f"),
        (effects.from_f, (4, 9, 9, 0), "needs-sign"),
        (effects.from_p, ("1.2", 9, 9, 1), "impossible-p"),
        (effects.from_odds_ratio, ("0.0", "0.0", "2.1"), "ratio-not-above-zero"),
        (effects.from_odds_ratio, ("2.5", "0.2", "1.9"), "estimate-outside-interval"),
        (effects.from_mean_difference, ("2.5", "3", "1"), "estimate-outside-interval"),
        (effects.sd_from_se, (-1, 9), "negative-sd"),
        (effects.sd_from_interval, (3, 1, 9), "limits-out-of-order"),
        (effects.sd_from_t, (3, 0, 9), "t-is-zero"),
        (effects.g_of_log_odds_ratio, (given("log_risk_ratio", 0.3),), "no-conversion"),
        (effects.superiority_of_g, (given("smcc", 0.3),), "no-conversion"),
        (effects.log_odds_ratio_of_g, (given("hedges_g", 0.3, None),), "needs-variance"),
        (effects.g_of_r, (given("r", 1.0), 9, 9), "impossible-r"),
    ],
)
def test_what_has_no_answer_is_refused(make, numbers, key):
    assert refusal(make, *numbers) == key


def test_mean_ranks_may_be_rounded():
    """Sums of ranks 57 and 34 of 7 and 6 people, all 91: 57 − 28 = 29 of 42 pairs."""
    found = effects.from_mean_ranks("8.1", 7, "5.7", 6)
    assert found.value == pytest.approx(29 / 42, abs=0.05 / 6)
    assert refusal(effects.from_mean_ranks, "8.1", 7, "5.9", 6) == "ranks-dont-add-up"


# -- what every effect says of itself ----------------------------------------------------------------------------------

READABLE = {"−": "-", "·": "*", "²": "**2", "π": "pi", "√(": "sqrt(", "ln(": "log(", "Φ(": "cdf("}
KNOWN = {"sqrt": math.sqrt, "log": math.log, "pi": math.pi, "cdf": stats.norm.cdf, "__builtins__": {}}


def filled_in(text: str) -> tuple[float, float]:
    """What a filled-in formula comes to by its own numbers, and what it says that it comes to."""
    _, *sums, said = text.split(" = ")
    for mark, word in READABLE.items():
        sums, said = [one.replace(mark, word) for one in sums], said.replace(mark, word)
    return eval(sums[-1], KNOWN), float(said)


@every("case", CASES)
def test_the_formula_with_its_numbers_gives_the_value(case):
    found = ours(case)
    computed, said = filled_in(found.substituted)
    assert said == pytest.approx(found.value, rel=FOUR_DIGITS, abs=FOUR_DIGITS)
    assert computed == pytest.approx(found.value, rel=3 * FOUR_DIGITS, abs=1e-9)  # three rounded factors at most


def test_filled_in_sds_and_means_give_the_value():
    for case in MADE["spreads"]:
        found = getattr(effects, case["of"])(**case["inputs"])
        assert filled_in(found.substituted) == pytest.approx((found.sd, found.sd), rel=3 * FOUR_DIGITS)
    for case in MADE["quartiles"]:
        found = effects.from_median_iqr(**case["inputs"])
        for text, value in zip(found.substituted.split("; "), (found.mean, found.sd), strict=True):
            assert filled_in(text) == pytest.approx((value, value), rel=6 * FOUR_DIGITS)


@pytest.mark.parametrize(
    "case", [next(case for case in CASES if case["of"] == name) for name in LEAST], ids=list(LEAST)
)
def test_every_effect_carries_its_formula_source_and_words(case):
    found = ours(case)
    assert found.formula and found.source and found.variance_formula.startswith("variance = ")
    assert re.search(r"interval = value ± 1\.96·√variance", found.variance_formula)
    for language in LANGUAGES:
        say = say_in(language)
        assert say.has(f"effect.{found.kind}")
        assert all("{" not in say.note(note, "note") and say.has(f"note.{note.key}") for note in found.notes)


@pytest.mark.parametrize("make", [*OF_TWO_GROUPS, *OF_TABLES])
def test_an_assumed_number_makes_an_assumed_effect(make):
    numbers = BREAST_MILK if make in OF_TWO_GROUPS else TABLES[0]
    assert (make(*numbers).status, make(*numbers, status="assumed").status) == ("derived", "assumed")


def test_bounded_effects_stay_in_their_bounds():
    share, difference = effects.probability_of_superiority(11, 3, 4), effects.risk_difference(2, 2, 0, 2)
    assert share.interval[1] == 1 and difference.interval[1] == 1
    assert share.variance_formula.endswith("cut at 0 and 1") and difference.variance_formula.endswith("cut at −1 and 1")
