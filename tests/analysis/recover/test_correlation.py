"""The correlation behind printed paired numbers and the map of two of them: against people, R and dense search."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from analysis import checks
from analysis.checks import arm_summary, check_study
from analysis.plots import change_map_plot
from analysis.plots.correlation import P_ENDS
from analysis.recover import ArmSummary, change_map, correlation, correlation_if_any, p_reach, required, sd_of_change
from analysis.recover.change_map import between_changes
from analysis.recover.correlation import SOURCES
from analysis.results import NotApplicable
from analysis.studies import Claim
from analysis.telling import change_map_sentence, correlation_sentence
from analysis.words import LANGUAGES, say_in
from tests.analysis.stopwatch import within

SAME_FORMULA = 1e-9
R_12_DIGITS = 1e-10
DENSE_SEARCH = 1e-6

quietly = settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))

MORINGA = ArmSummary(
    n=17, mean_before="3.18", sd_before="1.015", mean_after="4.29", sd_after="0.470", change_mean="1.11"
)
MASSAGE = ArmSummary(
    n=12, mean_before="3.41", sd_before="0.618", mean_after="3.82", sd_after="0.636", change_mean="0.41"
)


def study_of(seed: int, n: int, r: float, digits: int) -> tuple[ArmSummary, float]:
    """What a paper would print of `n` random people, and their true correlation."""
    rng = np.random.default_rng(seed)
    before = rng.normal(50, 4, n)
    after = 52 + r * (before - 50) + math.sqrt(1 - r * r) * rng.normal(0, 5, n)
    change = after - before
    test = stats.ttest_rel(after, before)
    values = {
        "mean_before": before.mean(), "sd_before": before.std(ddof=1), "mean_after": after.mean(),
        "sd_after": after.std(ddof=1), "change_mean": change.mean(), "change_sd": change.std(ddof=1),
        "t": test.statistic, "p": test.pvalue, "r": np.corrcoef(before, after)[0, 1],
    }  # fmt: skip
    return ArmSummary(n=n, **{k: f"{v:.{digits}f}" for k, v in values.items()}), float(values["r"])


random_study = given(
    st.integers(0, 10**6), st.integers(3, 60), st.floats(-0.95, 0.95), st.sampled_from((2, 3)), st.booleans()
)


# -- one arm ------------------------------------------------------------------------------------------------------


@quietly
@random_study
def test_the_true_r_and_sd_lie_in_every_reading(seed, n, r, digits, change_printed):
    arm, truth = study_of(seed, n, r, digits)
    sd = float(arm.change_sd)
    arm = arm if change_printed else replace(arm, change_mean=None)
    found = correlation(arm)
    assert set(found.left_out) | {reading.source for reading in found.all} == set(SOURCES)
    for reading in found.all:
        assert reading.low - SAME_FORMULA <= truth <= reading.high + SAME_FORMULA and reading.possible
        room = 0.5 * 10**-digits + SAME_FORMULA
        assert reading.sd_change[0] - room <= sd <= reading.sd_change[1] + room
    assert found.allowed[0] - SAME_FORMULA <= truth <= found.allowed[1] + SAME_FORMULA


def ends(text: str) -> tuple[float, float]:
    number = required(text)
    return float(number.low), float(number.high)


def dense(objective, box) -> tuple[float, float]:
    """Smallest and largest value in a box, by a grid and then a bounded search from its best points."""
    grids = np.meshgrid(*(np.linspace(*side, 15) for side in box), indexing="ij")
    values = objective(*grids)
    found = []
    for sign in (1, -1):
        start = np.unravel_index((sign * values).argmin(), values.shape)
        point = [grid[start] for grid in grids]
        best = optimize.minimize(lambda at, sign=sign: sign * objective(*at), point, bounds=box, method="L-BFGS-B")
        found.append(sign * min(best.fun, (sign * values).min()))
    return tuple(found)


@settings(quietly, max_examples=40)
@random_study
def test_intervals_are_no_wider_than_rounding_makes_them(seed, n, r, digits, from_t):
    arm, _ = study_of(seed, n, r, digits)
    source = "t" if from_t else "p"
    assume(source not in correlation(arm).left_out and float(arm.t) != 0 and p_reach(arm.p)[0] > 0)
    box = [ends(arm.sd_before), ends(arm.sd_after), ends(arm.change_mean)]
    box.append(ends(arm.t) if from_t else p_reach(arm.p))

    def r_of(before, after, change, printed):
        t = printed if from_t else stats.t.isf(printed / 2, n - 1)
        return (before**2 + after**2 - n * change**2 / t**2) / (2 * before * after)

    assume(from_t is False or box[3][0] * box[3][1] > 0)
    reading = next(one for one in correlation(arm).all if one.source == source)
    assert (reading.low, reading.high) == pytest.approx(dense(r_of, box), rel=DENSE_SEARCH, abs=DENSE_SEARCH)


@settings(quietly, max_examples=40)
@random_study
def test_the_interval_from_an_sd_of_change_is_tight(seed, n, r, digits, coarse):
    arm, _ = study_of(seed, n, r, 0 if coarse else digits)
    assume(float(arm.change_sd) > 0 and float(arm.sd_after) > 0 and float(arm.sd_before) > 0)
    box = [ends(arm.sd_before), ends(arm.sd_after), ends(arm.change_sd)]
    reading = next(one for one in correlation(arm).all if one.source == "change_sd")
    searched = dense(lambda a, b, c: (a**2 + b**2 - c**2) / (2 * a * b), box)
    assert (reading.low, reading.high) == pytest.approx(searched, rel=DENSE_SEARCH, abs=DENSE_SEARCH)


def test_the_turning_point_on_an_edge_is_found():
    # SDs 5 and 3, change 3, each ± 0.5: r is smallest at 4.5, √(4.5² − 3.5²) = 2.83 and 3.5, inside the SD after
    found = correlation(ArmSummary(sd_before="5", sd_after="3", change_sd="3"))
    searched = dense(lambda a, b, c: (a**2 + b**2 - c**2) / (2 * a * b), [(4.5, 5.5), (2.5, 3.5), (2.5, 3.5)])
    assert (found.low, found.high) == pytest.approx(searched, abs=DENSE_SEARCH)
    assert found.low == pytest.approx(math.sqrt(4.5**2 - 3.5**2) / 4.5)


def test_a_t_that_no_correlation_gives_is_shown_uncut():
    # mean change 1.11, n 17, t 12.4: SD of change 0.37, but with SDs 1.015 and 0.470 it is 0.545 at least (r = 1)
    found = correlation(replace(MORINGA, t="-12.40"))
    assert found.source == "t" and not found.possible and found.low > 1 and found.allowed is None
    assert found.sd_change[0] < 1.11 * math.sqrt(17) / 12.4 < found.sd_change[1] < 0.545


def test_bounds_of_p_leave_one_side_open():
    below, above = (correlation(replace(MORINGA, p=p)) for p in ("<0.05", ">0.05"))
    assert below.low > -math.inf and below.high > 1 and below.sd_change[0] == 0
    assert above.low == -math.inf and above.sd_change[1] == math.inf and not above.possible
    assert correlation(replace(MORINGA, p="0.000")).low > below.low
    assert correlation(replace(MORINGA, p=">= 0.05")).high == above.high


def test_the_most_direct_number_leads_and_contradictions_show():
    found = correlation(replace(MORINGA, change_sd="0.90", t="8.00", r="0.50"))
    assert [reading.source for reading in found.all] == ["r", "change_sd", "t"]
    assert (found.source, found.low, found.high) == ("r", 0.495, 0.505)
    assert found.possible and found.allowed is None


def test_a_printed_r_stands_without_anything_else():
    found = correlation(ArmSummary(r="0.934", p="0.002"))
    assert (found.low, found.high) == pytest.approx((0.9335, 0.9345)) and found.sd_change is None
    assert found.left_out["p"].key == "needs-sd"
    assert not correlation(ArmSummary(r="1.20")).possible


@pytest.mark.parametrize(("r", "possible"), [("1.004", True), ("1.005", True), ("1.006", False), ("-1.006", False)])
def test_a_correlation_rounded_from_one_is_possible(r, possible):
    """1.005 may stand for 1.0045 and 1.0055, neither of which is 1; printed with two decimals it may stand for 1."""
    two_decimals = f"{float(r):.2f}" if possible else r
    found = correlation(ArmSummary(r=two_decimals))
    assert found.possible is possible
    assert found.all[0].shown == ((found.low, 1.0) if possible else (found.low, found.high))


def test_readings_that_meet_in_one_point_leave_that_point():
    """0.50 and 0.51 leave 0.505 between them; 0.50 and 0.52 contradict each other."""
    sds = {"sd_before": "1.0000000", "sd_after": "1.0000000"}
    meeting, apart = (math.sqrt(2 - 2 * r) for r in (0.505, 0.516))
    found = correlation(ArmSummary(r="0.50", change_sd=f"{meeting:.7f}", **sds))
    assert found.allowed == pytest.approx((0.505, 0.505), abs=1e-6)
    assert correlation(ArmSummary(r="0.50", change_sd=f"{apart:.7f}", **sds)).allowed is None


@pytest.mark.parametrize(("change", "determined"), [("0.005", True), ("0.01", True), ("0.00", False), ("-0.01", True)])
def test_a_change_that_rounding_may_have_made_from_0_determines_no_r(change, determined):
    """0.01 ± 0.005 excludes 0 and 0.00 ± 0.005 doesn't; the sign doesn't matter, a t has none here."""
    found = correlation_if_any(replace(MORINGA, t="2.1", change_mean=change))
    assert (found is not None) is determined
    if determined:
        assert found.sd_change == correlation(replace(MORINGA, t="-2.1", change_mean=change.lstrip("-"))).sd_change


@pytest.mark.parametrize(
    ("arm", "reason"),
    [
        (MORINGA, "needs-r"),
        (replace(MORINGA, p="0.03", n=None), "needs-n"),
        (replace(MORINGA, p="0.03", n="1"), "too-few"),
        (replace(MORINGA, p="0.03", n="many"), "n-not-whole"),
        (replace(MORINGA, p="0.03", n=10**30), "n-out-of-range"),
        (replace(MORINGA, p="0.03", sd_after="0.00"), "no-spread"),
        (replace(MORINGA, p="0.03", sd_after="-0.4"), "negative-sd"),
        (replace(MORINGA, change_sd="-9.4"), "negative-sd"),
        (replace(MORINGA, p="0.03", sd_after=None), "needs-sd"),
        (replace(MORINGA, p="0.03", change_mean=None, mean_after=""), "needs-mean"),
        (replace(MORINGA, p="0.03", change_mean="0.00"), "change-may-be-zero"),
        (replace(MORINGA, t="2.1", change_mean=None, mean_after="3.18"), "change-may-be-zero"),
        (replace(MORINGA, p="1.2"), "impossible-p"),
        (replace(MORINGA, p="nan"), "not-a-number"),
        (replace(MORINGA, p="<small"), "not-a-number"),
        (replace(MORINGA, t="2,1,3"), "not-a-number"),
        (replace(MORINGA, r="1e99"), "not-a-number"),
    ],
)
def test_what_determines_no_r_gets_a_sentence(arm, reason):
    with within(0.05), pytest.raises(NotApplicable) as refusal:
        correlation(arm)
    assert refusal.value.note.key == reason
    for language in LANGUAGES:
        assert "{" not in say_in(language).note(refusal.value.note, "reason")


# -- two arms -----------------------------------------------------------------------------------------------------

# R 4.2.2, MASS 7.3.58.2, set.seed(1):
# change <- function(n, m, s, r) { x <- mvrnorm(n, m, diag(s) %*% matrix(c(1, r, r, 1), 2) %*% diag(s),
#                                               empirical = TRUE); x[, 2] - x[, 1] }
# a <- change(17, c(3.18, 4.29), c(1.015, 0.470), 0.2); b <- change(12, c(3.41, 3.82), c(0.618, 0.636), 0.6)
# t.test(a, b, var.equal = …); effectsize::hedges_g(a, b) 0.8.3 gives 0.7821763976757
FROM_R = {
    True: (2.13447405628, 27, 0.0420350625312, (0.0271029191889, 1.37289708081)),
    False: (2.35168162816, 25.6809033353, 0.0266452210327, (0.0877822407527, 1.31221775925)),
}


@pytest.mark.parametrize("equal_variances", [True, False])
def test_difference_in_change_as_r_has_it(equal_variances):
    found = between_changes(MORINGA, MASSAGE, 0.2, 0.6, equal_variances=equal_variances)
    t, df, p, interval = FROM_R[equal_variances]
    assert (found.statistic, found.df, found.p) == pytest.approx((t, df, p), rel=R_12_DIGITS)
    assert found.interval == pytest.approx(interval, rel=R_12_DIGITS)
    assert found.effect == pytest.approx(0.7821763976757, rel=R_12_DIGITS)


def test_difference_in_change_of_measured_values_as_r_has_it():
    # as above: change(25, c(376.5, 500), c(80.5, 120.2), -0.3), change(30, c(300.1, 350.2), c(70.3, 60.1), 0.85)
    a = ArmSummary(n=25, mean_before="376.5", sd_before="80.5", mean_after="500.0", sd_after="120.2")
    b = ArmSummary(n=30, mean_before="300.1", sd_before="70.3", mean_after="350.2", sd_after="60.1")
    assert between_changes(a, b, -0.3, 0.85).p == pytest.approx(0.0204118642178, rel=R_12_DIGITS)
    assert between_changes(a, b, -0.3, 0.85, equal_variances=False).p == pytest.approx(0.0370249974748, rel=R_12_DIGITS)


def test_where_nothing_determines_r_there_is_none_and_bad_text_is_refused_all_the_same():
    assert correlation_if_any(MORINGA) is correlation_if_any(replace(MORINGA, p="0.03", n=None)) is None
    with pytest.raises(NotApplicable):
        correlation_if_any(replace(MORINGA, p="small"))


def test_impossible_r_and_no_spread_are_refused():
    same = replace(MORINGA, sd_after=MORINGA.sd_before)
    for arms, r, reason in (((MORINGA, MASSAGE), 1.1, "impossible-r"), ((same, same), 1.0, "no-spread")):
        with pytest.raises(NotApplicable) as refusal:
            between_changes(*arms, r, r)
        assert refusal.value.note.key == reason


def test_sd_of_change_loses_nothing_near_one():
    assert sd_of_change(1.015, 1.015, 1.0) == 0
    assert sd_of_change(1.015, 0.470, 1.0) == pytest.approx(0.545, rel=1e-15)
    assert sd_of_change(3.0, 4.0, np.array([0.0, -1.0])) == pytest.approx([5.0, 7.0])


# -- the map ------------------------------------------------------------------------------------------------------


def test_every_cell_is_the_test_itself():
    found = change_map(MORINGA, MASSAGE, steps=9)
    for i, j in product(range(9), range(9)):
        test = between_changes(MORINGA, MASSAGE, found.r[i], found.r[j])
        assert (found.p[i, j], found.g[i, j]) == pytest.approx((test.p, test.effect), rel=SAME_FORMULA)
    assert found.difference == pytest.approx(test.estimate)


def test_the_flip_line_is_where_p_is_five_percent():
    (r_a, r_b), (last_a, last_b) = change_map(MORINGA, MASSAGE).flip
    for share in np.linspace(0.01, 0.99, 7):
        at_a, at_b = r_a + share * (last_a - r_a), r_b + share * (last_b - r_b)
        assert between_changes(MORINGA, MASSAGE, at_a, at_b).p == pytest.approx(0.05, abs=SAME_FORMULA)
    assert r_a < last_a and r_b > last_b


def test_the_flip_line_parts_the_grid():
    found = change_map(MORINGA, MASSAGE)
    (r_a, r_b), (last_a, last_b) = found.flip
    above = (found.r[None, :] - r_b) * (last_a - r_a) > (found.r[:, None] - r_a) * (last_b - r_b)
    assert ((found.p < 0.05) == above).all() and 0 < above.mean() < 1


def test_swapping_the_arms_turns_the_map_over():
    one, other = change_map(MORINGA, MASSAGE, 21), change_map(MASSAGE, MORINGA, 21)
    assert other.difference == -one.difference and other.verdict == one.verdict
    assert other.p == pytest.approx(one.p.T) and other.g == pytest.approx(-one.g.T)
    assert sorted(point[::-1] for point in other.flip) == [pytest.approx(point) for point in sorted(one.flip)]


def test_another_unit_leaves_p_and_g_alone():
    def tenfold(arm):
        texts = ("mean_before", "sd_before", "mean_after", "sd_after", "change_mean")
        return replace(arm, **{name: f"{10 * float(getattr(arm, name)):.2f}" for name in texts})

    one, other = change_map(MORINGA, MASSAGE, 21), change_map(tenfold(MORINGA), tenfold(MASSAGE), 21)
    assert other.p == pytest.approx(one.p) and other.g == pytest.approx(one.g)


VERDICT_EXAMPLES = {
    "depends": (replace(MORINGA, p="<0.05"), MASSAGE),
    "everywhere": (replace(MORINGA, r="0.90"), replace(MASSAGE, r="0.90")),
    "nowhere": (replace(MORINGA, r="-0.60"), replace(MASSAGE, r="-0.60")),
    "fits-none": (replace(MORINGA, t="12.4"), MASSAGE),
}


@pytest.mark.parametrize("verdict", VERDICT_EXAMPLES)
def test_verdict_and_range_of_p_are_those_of_the_allowed_rectangle(verdict):
    found = change_map(*VERDICT_EXAMPLES[verdict])
    assert found.verdict == verdict
    if verdict == "fits-none":
        assert found.allowed is None and found.p_range is None
        return
    a, b = (np.linspace(*side, 7) for side in found.allowed)
    ps = [between_changes(*VERDICT_EXAMPLES[verdict], x, y).p for x, y in product(a, b)]
    assert found.p_range == pytest.approx((min(ps), max(ps)), abs=SAME_FORMULA)


def test_an_arm_that_prints_no_r_keeps_its_whole_axis():
    found = change_map(replace(MORINGA, r="0.90"), MASSAGE)
    assert found.allowed[1] == (-1, 1) and found.given[1] is None and found.given[0].source == "r"


def test_equal_sds_leave_one_cell_without_an_answer_and_equal_changes_no_line():
    same = replace(MORINGA, sd_after=MORINGA.sd_before)
    found = change_map(same, replace(same, change_mean="0.40"))
    assert np.argwhere(np.isnan(found.p)).tolist() == [[80, 80]] and found.p_range[0] == 0
    level = change_map(same, same)
    assert level.flip is None and level.p_range == (1, 1) and level.verdict == "nowhere"
    assert np.isnan(level.p).sum() == 1


def test_a_map_takes_no_time():
    change_map(MORINGA, MASSAGE)
    with within(0.05):
        change_map(MORINGA, MASSAGE)


def test_a_map_without_sds_is_refused():
    with pytest.raises(NotApplicable) as refusal:
        change_map(MORINGA, replace(MASSAGE, sd_before=None))
    assert refusal.value.note.key == "needs-sd"


# -- its plot and words -------------------------------------------------------------------------------------------

LABELS = ("Moringa <b>", "Massage & more")


def trace(figure, name):
    (found,) = [one for one in figure.data if one.name == name]
    return found


def test_the_plot_shows_each_p_in_its_band_with_arm_a_across(say):
    found = change_map(MORINGA, MASSAGE, 11)
    cells = trace(change_map_plot(found, LABELS, say), "p")
    for i, j in product(range(11), range(11)):
        assert cells.z[j][i] == sum(found.p[i, j] >= end for end in P_ENDS)
        assert cells.customdata[j][i][0] == say.p(found.p[i, j]) and cells.text[j][i] == say.signed(found.g[i, j])
    assert list(cells.x) == list(cells.y) == found.r.tolist()


def test_the_plot_draws_the_flip_line_and_the_rectangle(say):
    found = change_map(*VERDICT_EXAMPLES["depends"])
    figure = change_map_plot(found, LABELS, say)
    line, rectangle = trace(figure, "flip"), trace(figure, say("plot.allowed-free"))
    assert tuple(zip(line.x, line.y, strict=True)) == found.flip
    assert ((min(rectangle.x), max(rectangle.x)), (min(rectangle.y), max(rectangle.y))) == found.allowed
    assert rectangle.line.dash == "dash"
    assert [note.text for note in figure.layout.annotations] == ["p = 0.05"]
    solid = change_map_plot(change_map(*VERDICT_EXAMPLES["everywhere"]), LABELS, say)
    assert trace(solid, say("plot.allowed")).line.dash == "solid"


def test_the_plot_names_its_axes_safely_and_draws_nothing_that_isn_t_there(say):
    same = replace(MORINGA, sd_after=MORINGA.sd_before)
    figure = change_map_plot(change_map(same, same), LABELS, say)
    assert "&lt;b&gt;" in figure.layout.xaxis.title.text and "&amp;" in figure.layout.yaxis.title.text
    assert "NaN" not in figure.to_json() and trace(figure, "p").z[80][80] is None
    assert [one.name for one in figure.data if one.name in ("flip", "halo")] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("verdict", VERDICT_EXAMPLES)
def test_the_map_is_said_in_full(verdict, language):
    say, found = say_in(language), change_map(*VERDICT_EXAMPLES[verdict])
    said = [change_map_sentence(found, LABELS, say), *(correlation_sentence(one, "x", say) for one in found.given)]
    assert not any("{" in text or "sentence." in text or "r-source." in text for text in said)
    assert say.signed(found.difference) in said[0]


def test_a_sentence_tells_r_beyond_one_and_numbers_that_differ(say):
    assert "outside −1 to 1" in correlation_sentence(correlation(replace(MORINGA, t="12.4")), "x", say)
    differing = correlation(replace(MORINGA, r="0.50", t="8.00"))
    assert say("sentence.r-differ", arm="x") in correlation_sentence(differing, "x", say)
    assert "to 1.00, from" in correlation_sentence(correlation(replace(MORINGA, p="<0.001")), "x", say)


# -- the rule -----------------------------------------------------------------------------------------------------


@quietly
@random_study
def test_what_people_print_passes_the_rule(seed, n, r, digits, _):
    arm, _ = study_of(seed, n, r, digits)
    for source in SOURCES:
        alone = replace(arm, **{other: None for other in SOURCES if other != source})
        if correlation_if_any(alone):
            assert checks.r_possible(alone).status == "consistent"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("printed", "status"),
    [
        ({"t": "12.4"}, "inconsistent"), ({"t": "4.5"}, "consistent"), ({"p": ">0.05"}, "inconsistent"),
        ({"p": "<0.001"}, "consistent"), ({"change_sd": "1.9"}, "inconsistent"), ({"change_sd": "0.9"}, "consistent"),
        ({"r": "1.2"}, "inconsistent"), ({"r": "0.9"}, "consistent"), ({"r": "0.9", "t": "12.4"}, "inconsistent"),
    ],
)  # fmt: skip
def test_the_rule_says_its_arithmetic(printed, status, language):
    verdict = checks.r_possible(replace(MORINGA, **printed))
    said = say_in(language).note(verdict.explanation, "check")
    assert verdict.status == status and "{" not in said and not said.startswith("check.")
    assert language == "en" or "." not in said.rstrip(".")  # every decimal mark is a comma there


def test_a_correlation_just_beyond_one_is_not_rounded_to_one(say):
    verdict = checks.r_possible(ArmSummary(sd_before="10.000", sd_after="20.000", change_sd="9.990"))
    assert verdict.status == "inconsistent" and "1.00" in say.note(verdict.explanation, "check")
    assert "of 1.00 " not in say.note(verdict.explanation, "check")


def with_paired_t(study, p: str, statistic: str = ""):
    """The Serpong study as if it printed a paired t test of the moringa arm."""
    words = {"en": "x", "id": "x"}
    where = ("result", "within", ("moringa",), "milk-score", "before:after")
    claim = Claim(*where, "paired-t", "paired t", statistic, p, words, "Table 9", 99)
    figures = tuple(f for f in study.figures if f.statistic != "change_mean")
    return replace(study, claims=(*study.claims, claim), figures=figures)


def findings_of_r(study):
    return [finding for finding in check_study(study) if finding.rule == "r_possible"]


def test_a_printed_paired_p_that_no_correlation_gives_is_found(serpong):
    (found,) = findings_of_r(with_paired_t(serpong, "0.400"))
    assert (found.verdict.status, found.consequence, found.rows) == ("inconsistent", "number", (99,))
    assert (found.file, found.arm, found.locator) == ("claims.csv", "moringa", "Table 9")


def test_a_printed_paired_t_is_read_from_the_claim(serpong):
    study = with_paired_t(serpong, "0.000", "t(16) = 4.97")
    arm = arm_summary(study, "milk-score", "moringa", ("before", "after"))
    assert (arm.t, arm.p, arm.n, arm.sd_before, arm.sd_after) == ("4.97", "0.000", "17", "1.015", "0.470")
    (found,) = findings_of_r(study)
    assert found.verdict.status == "consistent"
    people = serpong.participants("milk-score")
    rows = people[people["arm"] == "moringa"].pivot(index="participant", columns="timepoint", values="value")
    truth = np.corrcoef(rows["before"], rows["after"])[0, 1]
    assert correlation(arm).low <= truth <= correlation(arm).high


def test_p_of_another_test_says_nothing_of_r(serpong):
    assert findings_of_r(serpong) == []
    assert arm_summary(serpong, "milk-score", "moringa", ("before", "after")).p is None
