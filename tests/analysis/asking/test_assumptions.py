"""Assumptions: each look agrees with R or scipy, says everything in both languages, and never breaks or blocks."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from scipy import stats

from analysis.asking import Question, attempt, before_after, between, methods_for
from analysis.asking.assumptions import (
    LOOKS,
    QQ,
    Asked,
    Assumption,
    Counts,
    Epsilon,
    Odds,
    Slopes,
    Spread,
    assumptions_of,
)
from analysis.asking.assumptions.asked import FEW
from analysis.methods import METHODS, sphericity
from analysis.plots import assumption_plot
from analysis.results import NotApplicable
from analysis.studies import ArmPeople
from analysis.studies.printed_study import Timepoint
from analysis.telling import assumption_sentence
from analysis.words import LANGUAGES, say_in
from tests.analysis.stopwatch import within
from tests.every import every

SAME_FORMULA = 1e-9
SHAPIRO = 1e-6  # R and scipy fit the same polynomials to expected order statistics
TO_3_DIGITS = 5e-4  # W stands in a sentence with three decimals
QUICK = 0.05  # seconds

CHANGE = [1.2, 0.4, -0.3, 2.1, 0.9, 3.8, 0.2, 1.1, -0.8, 0.5, 1.6]
A, B = [3, 4, 4, 5, 2, 3, 5, 4, 3, 4], [1, 5, 2, 5, 3, 1, 4, 5]
STEEP = np.array([[3.1, 4.2, 2.8, 5.0, 3.9, 4.4], [4.0, 5.3, 3.1, 6.2, 4.4, 5.6]]).T
FLAT = np.array([[2.9, 3.3, 4.8, 4.1, 5.2, 3.6, 2.5], [3.8, 3.5, 4.1, 4.4, 4.2, 3.2, 3.9]]).T
X = np.array(
    [
        *([17, 13.2, 14.1, 13.7], [6.2, 14, 10, 7], [8, 14, 12, 11.7], [6.6, 8, 4.6, 3.2], [7.3, 13, 11.8, 13.4]),
        *([7.3, 10.1, 9.6, 8.1], [14.2, 10.9, 14.2, 15.7], [10.9, 10.6, 12.4, 7], [10.5, 10.2, 8.2, 13.9]),
        [16.2, 13.8, 11.3, 11.5],
    ]
)
Y = np.array(
    [
        *([10.3, 11.6, 13.4, 6.1], [10.2, 7.5, 13.7, 6.2], [10.5, 9.6, 13.2, 6.7], [15.5, 10.9, 12.5, 8.7]),
        *([12.5, 11.9, 11.6, 10.1], [11.8, 12.5, 7.6, 17.7], [2.7, 8.4, 5.6, 8.5], [13.1, 15.5, 9.6, 12.2]),
    ]
)


# -- questions about made-up people -------------------------------------------------------------------------------


@pytest.fixture
def ask(serpong):
    """A question about people given here: one array of shape (n, timepoints) per arm."""

    def asked(*rows, scale: str = "continuous", quantity: str = "change") -> Question:
        measure = replace(serpong.outcomes["milk-score"], scale=scale)
        names = tuple(f"t{place}" for place in range(np.shape(rows[0])[1]))
        times = {name: Timepoint(name, {"en": name, "id": name}, None) for name in names}
        study = replace(serpong, outcomes={"milk-score": measure}, timepoints=times)
        arms = tuple(study.arms)[: len(rows)]
        people = tuple(
            ArmPeople(arm, names, np.array([one], dtype=float), True) for arm, one in zip(arms, rows, strict=True)
        )
        if len(rows) == 1:
            return before_after(study, "milk-score", arms[0], names, people=people[0])
        return between(study, "milk-score", arms, names, quantity, people=people)

    return asked


def changed_by(*changes: float) -> np.ndarray:
    """People who began at 5 and changed so much."""
    return np.array([[5.0, 5.0 + change] for change in changes])


def only_after(values) -> np.ndarray:
    return np.array([[3.0, value] for value in values])


def look(question: Question, method: str, which: str) -> Assumption:
    return next(found for found in assumptions_of(question, method) if found.id == which)


def ids(question: Question, method: str) -> list[str]:
    return [found.id for found in assumptions_of(question, method)]


# -- the registry -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", METHODS)
def test_every_method_names_assumptions_that_can_be_looked_at_or_none(method):
    assumes = METHODS[method].assumes
    assert set(assumes) <= set(LOOKS) and len(set(assumes)) == len(assumes)


def test_every_look_belongs_to_a_method():
    assert {which for method in METHODS.values() for which in method.assumes} == set(LOOKS)


@pytest.mark.parametrize("method", ["sign", "fisher", "boschloo", "brunner-munzel", "bootstrap", "bootstrap-paired"])
def test_tests_that_rest_on_no_shape_name_none(method):
    assert METHODS[method].assumes == ()


@pytest.mark.parametrize("method", ["welch-t", "welch-anova", "games-howell", "tost"])
def test_tests_that_let_each_group_vary_in_its_own_way_ask_no_alike_spread(method):
    assert "alike-spread" not in METHODS[method].assumes and "normal-groups" in METHODS[method].assumes


# -- values of R (4.2.2, car 3.1-1) and scipy ---------------------------------------------------------------------


def test_shapiro_on_the_changes_is_rs(ask):
    """shapiro.test(change): on differences, not on before or after."""
    values = look(ask(changed_by(*CHANGE)), "paired-t", "normal-differences").sentence.values
    assert float(values["w"]) == pytest.approx(0.9449733776, abs=TO_3_DIGITS)
    assert (values["n"], values["p"]) == (11, pytest.approx(0.580598516, rel=SHAPIRO))


def test_shapiro_within_groups_is_rs(ask):
    """shapiro.test(resid(lm(c(a, b) ~ g)))"""
    found = look(ask(only_after(A), only_after(B), quantity="after"), "independent-t", "normal-groups")
    assert found.sentence.values["p"] == pytest.approx(0.217706558, rel=SHAPIRO)


def test_welch_takes_each_group_by_its_own_sd(ask):
    question = ask(only_after(A), only_after(B), quantity="after")
    p = stats.shapiro(np.concatenate([stats.zscore(A, ddof=1), stats.zscore(B, ddof=1)])).pvalue
    assert look(question, "welch-t", "normal-groups").sentence.values["p"] == pytest.approx(p, rel=SAME_FORMULA)


def test_levene_and_variance_ratio_are_rs(ask):
    """car::leveneTest(c(a, b), g, center=median); var(b) / var(a)"""
    found = look(ask(only_after(A), only_after(B), quantity="after"), "independent-t", "alike-spread")
    assert found.sentence.values["p"] == pytest.approx(0.030673, abs=5e-7)
    assert found.sentence.values["ratio"] == pytest.approx(3.4126984127, rel=SAME_FORMULA)
    assert found.attention  # above 1.5, and the smaller group varies more


def test_mauchly_and_both_epsilons_of_one_group_are_rs():
    """mauchly.test(lm(x ~ 1), X = ~1); summary(car::Anova(lm(x ~ 1), idata, idesign = ~time))$pval.adjustments"""
    found = sphericity(X)
    assert (found.w, found.p) == pytest.approx((0.615006233864, 0.588051817102), rel=SAME_FORMULA)
    assert found.greenhouse_geisser == pytest.approx(0.811207954082, rel=SAME_FORMULA)
    assert (found.huynh_feldt, found.lowest) == (1.0, pytest.approx(1 / 3))  # car: 1.13386938518, cut at 1


def test_mauchly_and_both_epsilons_of_two_groups_are_rs():
    """The same of lm(rbind(x, y) ~ g): covariance within groups."""
    found = sphericity(X, Y)
    assert (found.w, found.p) == pytest.approx((0.699459936156, 0.385627143295), rel=SAME_FORMULA)
    epsilons = (found.greenhouse_geisser, found.huynh_feldt)
    assert epsilons == pytest.approx((0.819971694349, 0.980263581705), rel=SAME_FORMULA)


@pytest.mark.parametrize(("rows", "method"), [((X,), "rm-anova"), ((X, Y), "mixed-anova")])
def test_epsilon_is_the_one_that_the_test_corrects_with(ask, rows, method):
    question = ask(*rows)
    noted = next(n for n in attempt(question, method).outcome.notes if n.key == "greenhouse-geisser")
    assert look(question, method, "sphericity").picture.greenhouse_geisser == pytest.approx(noted.values["epsilon"])


def test_difference_of_slopes_is_rs(ask):
    """summary(lm(after ~ before * h)), confint(): before:ha"""
    values = look(ask(STEEP, FLAT, quantity="adjusted"), "ancova", "parallel-slopes").sentence.values
    assert values["first"] - values["second"] == pytest.approx(1.148239903209, rel=SAME_FORMULA)
    assert (values["low"], values["high"]) == pytest.approx((0.608740765883, 1.68773904054), rel=SAME_FORMULA)
    assert values["p"] == pytest.approx(0.000954054175003, rel=SAME_FORMULA)


def test_what_ancova_leaves_is_rs(ask):
    """shapiro.test(resid(lm(after ~ before + h)))"""
    found = look(ask(STEEP, FLAT, quantity="adjusted"), "ancova", "normal-groups")
    assert found.sentence.values["p"] == pytest.approx(0.496934152, rel=SHAPIRO)


def test_expected_counts_are_rs(ask):
    """chisq.test(table(g, c(a, b)))$expected"""
    question = ask(only_after(A), only_after(B), quantity="after", scale="ordinal")
    found = look(question, "chi-square", "expected-counts")
    assert found.picture.expected[1] == pytest.approx((0.888888888889, 0.888888888889, 16 / 9, 20 / 9, 20 / 9))
    assert found.picture.counts == ((0, 1, 3, 4, 2), (2, 1, 1, 1, 3)) and found.attention


def test_band_of_the_q_q_plot_holds_its_share_of_simulated_points(ask):
    picture = look(ask(changed_by(*CHANGE)), "paired-t", "normal-differences").picture
    low, high = ((np.array(ends) - picture.intercept) / picture.slope for ends in (picture.low, picture.high))
    drawn = np.sort(np.random.default_rng(3).normal(size=(20_000, len(CHANGE))), axis=1)
    inside = ((drawn >= low) & (drawn <= high)).mean(axis=0)
    assert inside == pytest.approx(0.95, abs=0.006)  # three standard errors of 20 000 draws are 0.005


def test_expected_places_are_scipys(ask):
    picture = look(ask(changed_by(*CHANGE)), "paired-t", "normal-differences").picture
    (places, values), _ = stats.probplot(CHANGE)
    assert picture.expected == pytest.approx(places, abs=0.003)  # probplot takes Filliben's approximation
    assert picture.observed == pytest.approx(values)


# -- what belongs to which question -------------------------------------------------------------------------------


def test_sphericity_is_asked_from_three_timepoints_and_normal_changes_of_two(ask):
    assert ids(ask(X, Y), "mixed-anova") == ["sphericity"]
    assert ids(ask(X[:, :2], Y[:, :2]), "mixed-anova") == ["normal-groups", "alike-spread"]


def test_ends_of_the_scale_belong_to_scores_alone(ask):
    rows = np.column_stack([[1, 2, 3, 4, 4], [2, 3, 5, 5, 5]])
    assert "ends-of-scale" in ids(ask(rows, scale="ordinal"), "paired-t")
    assert "ends-of-scale" not in ids(ask(rows), "paired-t")


def test_ends_are_counted_where_most_people_stand(ask):
    found = look(ask(np.column_stack([[1, 2, 3, 4, 4], [2, 3, 5, 5, 5]]), scale="ordinal"), "paired-t", "ends-of-scale")
    assert (found.sentence.key, found.sentence.values["count"]) == ("ends-high", 3)
    assert found.attention and found.picture.counts == ((1, 1, 1, 2, 0), (0, 1, 1, 0, 3))
    assert [found.picture.levels[place] for place in found.picture.marked] == [1.0, 5.0]


def test_nobody_at_an_end_deserves_no_look(ask):
    found = look(ask(np.array([[2, 3], [3, 4], [3, 3]]), scale="ordinal"), "paired-t", "ends-of-scale")
    assert (found.sentence.key, found.attention) == ("ends-free", False)


def test_ties_of_changes_leave_the_unchanged_out(ask):
    found = look(ask(changed_by(0, 0, 1, -1, 1, 2, 3)), "wilcoxon", "ties")
    assert (found.sentence.values["tied"], found.sentence.values["n"], found.sentence.values["distinct"]) == (3, 5, 3)


def test_ties_within_each_person_are_those_of_friedman(ask):
    found = look(ask(np.array([[1, 1, 2], [3, 4, 5], [2, 2, 2.0]])), "friedman", "ties")
    assert (found.sentence.key, found.sentence.values["tied"], found.sentence.values["n"]) == ("ties-within", 5, 9)


def test_fewer_than_six_changed_people_deserve_a_look(ask):
    few = np.array([[0, 1]] * 5 + [[1, 1]] * 9)
    enough = np.array([[0, 1]] * 6 + [[1, 1]] * 9)
    looks = [look(ask(rows, scale="binary"), "mcnemar", "changed-people") for rows in (few, enough)]
    ps = [attempt(ask(rows, scale="binary"), "mcnemar").outcome.p for rows in (few, enough)]
    assert [found.attention for found in looks] == [True, False] == [p >= 0.05 for p in ps]
    assert looks[0].picture.counts == ((0, 9, 5),)


def test_symmetric_changes_lie_on_the_line(ask):
    picture = look(ask(changed_by(-2, -1, 0, 1, 2, 3, 4)), "wilcoxon", "symmetry").picture
    assert picture.observed == picture.expected == (1.0, 2.0, 3.0)


def printed_only(question: Question, *sides: tuple[float, float, int]) -> Asked:
    return Asked(question, METHODS["independent-t-summary"], {"groups-summary": sides})


def test_printed_sds_alone_give_a_ratio_and_no_test(ask):
    question = ask(only_after(A), only_after(B), quantity="after")
    found = LOOKS["alike-spread"](printed_only(question, (3.0, 1.0, 9), (2.0, 2.0, 12)))
    assert found.sentence.values == {"ratio": 4.0, "largest": 2.0, "smallest": 1.0}
    assert found.picture.groups == ((), ()) and not found.attention  # 4 is not above 4
    said_without_gaps(found)


def test_printed_means_alone_show_no_shape(ask):
    question = ask(only_after(A), only_after(B), quantity="after")
    with pytest.raises(NotApplicable, match="needs-people"):
        LOOKS["normal-groups"](printed_only(question, (3.0, 1.0, 9), (2.0, 2.0, 12)))


# -- invariances --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", [key for key in METHODS if METHODS[key].design in ("groups", "many-groups")])
def test_swapping_the_groups_changes_no_verdict(ask, method):
    one, other = (
        assumptions_of(ask(*map(only_after, pair), quantity="after", scale="ordinal"), method)
        for pair in ((A, B), (B, A))
    )
    assert [found.attention for found in one] == [found.attention for found in other]
    for here, there in zip(one, other, strict=True):
        if here.id != "proportional-odds":  # ratios turn round
            numbers = {k: v for k, v in here.sentence.values.items() if isinstance(v, float)}
            assert numbers == pytest.approx({k: there.sentence.values[k] for k in numbers})


def test_odds_ratios_turn_round_with_the_groups(ask):
    one, other = (
        look(ask(*map(only_after, pair), quantity="after", scale="ordinal"), "ordinal-regression", "proportional-odds")
        for pair in ((A, B), (B, A))
    )
    assert one.picture.ratios == pytest.approx([1 / ratio for ratio in other.picture.ratios])
    assert one.attention == other.attention


def test_the_unit_changes_no_p(ask):
    one, ten = (look(ask(10.0**k * X), "rm-anova", "sphericity").sentence.values for k in (0, 1))
    assert ten["p"] == pytest.approx(one["p"], rel=1e-9)


@pytest.mark.parametrize("n", [FEW - 1, FEW])
def test_few_people_are_told_that_such_tests_have_little_power(ask, n):
    changes = np.random.default_rng(n).normal(size=n).round(2)
    keys = [note.key for note in look(ask(changed_by(*changes)), "paired-t", "normal-differences").meaning]
    assert ("few" in keys, "means-settle" in keys) == (n < FEW, n >= FEW)


# -- data that can show nothing -----------------------------------------------------------------------------------

CONSTANT = np.full((6, 2), 4.0)
TWO = np.array([[1.0, 2.0], [2.0, 5.0]])
MISSING = np.array([[1.0, 2.0], [np.nan, 3.0], [2.0, np.nan], [4.0, 5.0], [3.0, 3.0]])
NOBODY = np.full((4, 2), np.nan)
LINE = np.array([[1.0, 2.0], [2.0, 3.0], [3.0, 4.0], [4.0, 5.0]])
LEVENE_BLIND = np.array([[3.0, 0.0], [3.0, 0.0], [3.0, 2.0], [3.0, 2.0]])
HARD = {"constant": CONSTANT, "two": TWO, "missing": MISSING, "nobody": NOBODY, "line": LINE, "blind": LEVENE_BLIND}


def said_without_gaps(found: Assumption) -> None:
    for language in LANGUAGES:
        sentence = assumption_sentence(found, say_in(language))
        assert "{" not in sentence and "assume." not in sentence and "reason." not in sentence
        assert "nan" not in sentence.lower().replace("ganan", "").split() and "inf" not in sentence.split()
        assert (assumption_plot(found, say_in(language)) is None) == (found.picture is None)


@pytest.mark.parametrize("method", METHODS)
@every("scale", ["continuous", "ordinal", "binary"])
@every("kind", HARD)
def test_hard_data_give_a_sentence_or_a_reason(ask, method, scale, kind):
    rows = HARD[kind]
    quantities = ("after", "adjusted") if np.isnan(rows).any() else ("after", "change", "adjusted")
    for quantity in quantities:  # questions about changes take complete people only
        for other in (rows, CONSTANT, TWO):
            for found in assumptions_of(ask(rows, other, scale=scale, quantity=quantity), method):
                said_without_gaps(found)
    for paired in (rows, np.column_stack([rows, rows[:, 0]])):
        for found in assumptions_of(ask(paired, scale=scale), method):
            said_without_gaps(found)


def test_reasons_are_the_ones_that_tests_give(ask):
    assert look(ask(TWO), "paired-t", "normal-differences").sentence.key == "too-few"
    assert look(ask(CONSTANT), "paired-t", "normal-differences").sentence.key == "no-spread"
    assert look(ask(X[:3]), "rm-anova", "sphericity").sentence.key == "too-few"


def test_timepoints_that_follow_from_each_other_have_no_sphericity():
    with pytest.raises(NotApplicable, match="determine-each-other"):
        sphericity(np.column_stack([X[:, 0], X[:, 1], 2 * X[:, 1] - X[:, 0]]))


def test_a_test_that_cannot_be_run_is_not_looked_at(cassava):
    question = between(cassava, "prolactin", ("cassava", "control"), tuple(cassava.timepoints), "change")
    assert assumptions_of(question, "independent-t") == ()


# -- pictures -----------------------------------------------------------------------------------------------------


def drawn(found: Assumption, say) -> dict:
    return {trace.name: trace for trace in assumption_plot(found, say).data}


def test_pictures_carry_the_points_of_the_data(ask, say):
    qq = look(ask(changed_by(*CHANGE)), "paired-t", "normal-differences")
    assert list(drawn(qq, say)["points"].y) == pytest.approx(sorted(CHANGE)) and isinstance(qq.picture, QQ)
    spread = look(ask(only_after(A), only_after(B), quantity="after"), "independent-t", "alike-spread")
    people = [list(trace.y) for trace in assumption_plot(spread, say).data if trace.name == "people"]
    assert people == [A, B] and isinstance(spread.picture, Spread)
    slopes = look(ask(STEEP, FLAT, quantity="adjusted"), "ancova", "parallel-slopes")
    people = [trace for trace in assumption_plot(slopes, say).data if trace.name == "people"]
    assert [list(one.y) for one in people] == [list(STEEP[:, 1]), list(FLAT[:, 1])]
    assert isinstance(slopes.picture, Slopes)


def test_pictures_of_counts_epsilon_and_odds_carry_theirs(ask, say):
    scores = ask(only_after(A), only_after(B), quantity="after", scale="ordinal")
    ties = look(scores, "mann-whitney", "ties")
    assert list(assumption_plot(ties, say).data[0].y) == [2, 2, 4, 5, 5] and isinstance(ties.picture, Counts)
    expected = look(scores, "chi-square", "expected-counts")
    bars = [tuple(trace.y) for trace in assumption_plot(expected, say).data]
    assert (
        tuple(bars) == expected.picture.expected and "expected" in assumption_plot(expected, say).data[0].hovertext[0]
    )
    odds = look(scores, "ordinal-regression", "proportional-odds")
    ratios = [trace.y[0] for trace in assumption_plot(odds, say).data if trace.name == "odds"]
    assert tuple(ratios) == odds.picture.ratios and isinstance(odds.picture, Odds)
    epsilon = look(ask(X), "rm-anova", "sphericity")
    assert list(drawn(epsilon, say)["epsilon"].x) == pytest.approx([0.811207954082, 1.0])
    assert isinstance(epsilon.picture, Epsilon)


# -- the bundled studies ------------------------------------------------------------------------------------------


def questions(study):
    times = tuple(study.timepoints)
    for outcome in study.outcomes:
        yield from (before_after(study, outcome, arm, times) for arm in study.arms if len(times) > 1)
        for arms in combinations(study.arms, 2):
            yield from (between(study, outcome, arms, times, quantity) for quantity in ("after", "change", "adjusted"))


def test_every_method_that_runs_on_a_study_says_its_assumptions_at_once(studies):
    looked = 0
    for question in (one for study in studies.values() for one in questions(study)):
        for method in methods_for(question.kind):
            if attempt(question, method).outcome is None:
                continue
            with within(QUICK):
                found = assumptions_of(question, method)
            for assumption in found:
                looked += 1
                said_without_gaps(assumption)
    assert looked > 50


def test_serpong_says_what_r_says_of_its_changes(serpong, say):
    """shapiro.test(after - before) of the 17 recovered mothers: W = 0.89011, p-value = 0.04652"""
    question = before_after(serpong, "milk-score", "moringa", tuple(serpong.timepoints))
    sentence = assumption_sentence(look(question, "paired-t", "normal-differences"), say)
    assert sentence.startswith("Shapiro–Wilk on the 17 changes: W = 0.890, p = 0.0465. With 17 people")
    assert "pass" not in sentence and "fail" not in sentence
