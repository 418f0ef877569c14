"""What a number of people could have shown: power against R, statsmodels and simulation; invariances; every study."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from analysis.asking import Detectable, assume_n, before_after, between, detectable
from analysis.asking.detectable import detectable_at
from analysis.methods import run
from analysis.methods.power import CERTAIN, STEPS, fewest_gains, fisher_finds, power_of_t
from analysis.plots import power_curve
from analysis.results import NotApplicable, Note
from analysis.telling import needed_sentence, power_sentence
from analysis.words import LANGUAGES, say_in
from tests.analysis.asked import uploaded
from tests.analysis.small_studies import small_study
from tests.analysis.stopwatch import within

SAME_FORMULA = 1e-9
R_ROOT = 1e-4  # uniroot's tolerance in power.t.test
SIMULATED = 4 * np.sqrt(0.25 / 20_000)  # four standard errors of a share at its widest


def questions_of(study, outcome: str):
    times, arms = tuple(study.timepoints), tuple(study.arms)
    yield from (before_after(study, outcome, arm, times) for arm in arms)
    if len(arms) > 1:
        yield from (between(study, outcome, arms[:2], times, what) for what in ("change", "after", "adjusted"))


# -- against other programs ----------------------------------------------------------------------------------------

# R 4: power.t.test(n = n, delta = effect, sd = 1, type = type, sig.level = alpha, strict = TRUE)$power
R_POWER = [
    ("pairs", 17, 0.5, 0.05, 0.49102632581136),
    ("pairs", 5, 1.2, 0.05, 0.530221251140581),
    ("groups", 17, 0.5, 0.05, 0.292957139445252),
    ("groups", 3, 0.1, 0.05, 0.0510657428887945),
    ("groups", 14, 1.1, 0.01, 0.559133232665218),
]


@pytest.mark.parametrize(("kind", "n", "effect", "alpha", "power"), R_POWER)
def test_power_of_t_is_that_of_r(kind, n, effect, alpha, power):
    assert detectable_at(kind, n, alpha).power_at(effect) == pytest.approx(power, abs=SAME_FORMULA)


# R 4: power.t.test(n = n, power = power, type = type, strict = TRUE, tol = 1e-12)$delta
@pytest.mark.parametrize(
    ("kind", "n", "power", "delta"),
    [
        ("pairs", 17, 0.8, 0.723858038007575),
        ("groups", 17, 0.8, 0.991004649377245),
        ("pairs", 5, 0.9, 1.96588882360322),
    ],
)
def test_detectable_effect_is_that_of_r(kind, n, power, delta):
    assert detectable_at(kind, n, power=power).detectable == pytest.approx(delta, abs=R_ROOT)


@pytest.mark.parametrize("alpha", [0.05, 0.001, 0.0001])
def test_two_pairs_find_what_two_normal_changes_say(alpha):
    """With one degree of freedom and a large effect, t exceeds its limit where the SD, |Z|, is below d·√2 / limit.

    R's own answer is 2.4% off there: its pt() approximates beyond a noncentrality of 37.62.
    """
    critical = stats.t.isf(alpha / 2, 1)
    found = detectable_at("pairs", 2, alpha, 0.95).detectable
    assert found == pytest.approx(stats.norm.isf(0.025) * critical / np.sqrt(2), rel=0.01)


# R 4: ceiling(power.t.test(delta = effect, power = 0.8, type = type, strict = TRUE)$n): 63.77, 33.37, 1570.73 and
# 786.81; two pairs find an effect of 25 with a power of 0.994
@pytest.mark.parametrize(
    ("kind", "effect", "n"),
    [("groups", 0.5, 64), ("pairs", 0.5, 34), ("groups", 0.1, 1571), ("pairs", 0.1, 787), ("pairs", 25, 2)],
)
def test_needed_n_is_that_of_r(kind, effect, n):
    assert detectable_at(kind, 10).needed_n(effect) == n


def test_counts_that_would_need_more_than_can_be_enumerated_need_no_number():
    assert detectable_at("shares", 10, share=0.5).needed_n(0.05) is None


def test_the_largest_effect_there_can_be_is_found_too():
    rise = detectable_at("shares", 10, share=0.5)
    assert rise.needed_n(rise.largest) == rise.needed_n(rise.largest - 1e-12)


# R 4: the sum of dbinom(i, n_a, p_a) * dbinom(j, n_b, p_b) over all tables with fisher.test(table)$p.value < 0.05
@pytest.mark.parametrize(
    ("n", "share", "effect", "power"),
    [((15, 15), 1 / 3, 0.8 - 1 / 3, 0.602832909062313), ((9, 14), 0.2, 0.5, 0.584023632851749)],
)
def test_power_of_fisher_is_that_of_r(n, share, effect, power):
    found = detectable_at("shares", n, share=share)
    assert found.power_at(effect) == pytest.approx(power, abs=SAME_FORMULA)


# R 4: the sum of dbinom(m, n, share) * dbinom(k, m, rising) over all k of m with binom.test(k, m)$p.value < 0.05
@pytest.mark.parametrize(
    ("n", "share", "rising", "power"), [(37, 0.5, 0.8, 0.704615517722152), (20, 0.4, 0.95, 0.701011550791653)]
)
def test_power_of_mcnemar_is_that_of_r(n, share, rising, power):
    found = detectable_at("changers", n, share=share)
    assert found.power_at(share * (2 * rising - 1)) == pytest.approx(power, abs=SAME_FORMULA)


@pytest.mark.parametrize("n", [4, 17, 60])
@pytest.mark.parametrize("effect", [0.0, 0.3, 0.8])
def test_power_of_t_is_that_of_statsmodels(n, effect):
    from statsmodels.stats.power import TTestIndPower, TTestPower

    assert detectable_at("pairs", n).power_at(effect) == pytest.approx(TTestPower().power(effect, n, 0.05), abs=1e-7)
    other = n + n // 3
    two = TTestIndPower().power(effect, n, 0.05, ratio=other / n)
    assert detectable_at("groups", (n, other)).power_at(effect) == pytest.approx(two, abs=1e-7)


def test_power_of_fisher_is_what_simulated_studies_find():
    rng, found = np.random.default_rng(20261122), detectable_at("shares", (12, 17), share=0.3)
    a, b = rng.binomial(12, 0.75, 20_000), rng.binomial(17, 0.3, 20_000)
    tables, counts = np.unique(np.column_stack([a, b]), axis=0, return_counts=True)
    finds = [_p_of_fisher(x, y, 12, 17) < 0.05 for x, y in tables.tolist()]
    assert counts @ finds / 20_000 == pytest.approx(found.power_at(0.45), abs=SIMULATED)


def test_power_of_mcnemar_is_what_simulated_studies_find():
    rng, found = np.random.default_rng(20261122), detectable_at("changers", 25, share=0.6)
    counts = rng.multinomial(25, [0.5, 0.1, 0.4], 20_000)[:, :2]
    tables, times = np.unique(counts, axis=0, return_counts=True)
    finds = [_p_of_mcnemar(up, down, 25) < 0.05 for up, down in tables.tolist()]
    assert times @ finds / 20_000 == pytest.approx(found.power_at(0.4), abs=SIMULATED)


def _p_of_fisher(yes_a: int, yes_b: int, n_a: int, n_b: int) -> float:
    if yes_a + yes_b in (0, n_a + n_b):
        return 1.0
    return run("fisher", [[yes_a, n_a - yes_a], [yes_b, n_b - yes_b]]).p


def _p_of_mcnemar(gained: int, lost: int, n: int) -> float:
    if gained + lost == 0:
        return 1.0
    before = np.repeat([0, 1, 0], [gained, lost, n - gained - lost])
    return run("mcnemar", before, np.repeat([1, 0, 0], [gained, lost, n - gained - lost])).p


# -- what the tests themselves say ---------------------------------------------------------------------------------


def with_mean(values: np.ndarray, mean: float) -> np.ndarray:
    """The same values with SD 1 and this mean."""
    return (values - values.mean()) / values.std(ddof=1) + mean


@pytest.mark.parametrize("n", [2, 5, 17, 80])
@pytest.mark.parametrize("alpha", [0.05, 0.01])
def test_smallest_significant_change_has_p_alpha(n, alpha):
    rng = np.random.default_rng(n)
    change = with_mean(rng.normal(size=n), detectable_at("pairs", n, alpha).smallest_significant)
    assert run("paired-t", np.zeros(n), change).p == pytest.approx(alpha, rel=1e-8)


@pytest.mark.parametrize("n", [(2, 2), (5, 9), (17, 17)])
def test_smallest_significant_difference_has_p_alpha(n):
    rng, d = np.random.default_rng(1), detectable_at("groups", n).smallest_significant
    a, b = with_mean(rng.normal(size=n[0]), d), with_mean(rng.normal(size=n[1]), 0.0)
    assert run("independent-t", a, b).p == pytest.approx(0.05, rel=1e-8)


@pytest.mark.parametrize(("n", "yes_b"), [((15, 15), 5), ((9, 14), 2), ((30, 12), 6)])
def test_one_yes_fewer_than_the_smallest_significant_is_not_significant(n, yes_b):
    rise = detectable_at("shares", n, share=yes_b / n[1]).smallest_significant
    yes_a = round((rise + yes_b / n[1]) * n[0])
    assert _p_of_fisher(yes_a, yes_b, *n) < 0.05 <= _p_of_fisher(yes_a - 1, yes_b, *n)


@pytest.mark.parametrize("moved", [6, 9, 20, 33])
def test_one_gain_fewer_than_the_smallest_significant_is_not_significant(moved):
    gained = round((detectable_at("changers", 40, share=moved / 40).smallest_significant * 40 + moved) / 2)
    assert _p_of_mcnemar(gained, moved - gained, 40) < 0.05 <= _p_of_mcnemar(gained - 1, moved - gained + 1, 40)


def test_up_to_five_who_change_show_nothing():
    assert [fewest_gains(moved, 0.05) for moved in range(7)] == [None] * 6 + [6]  # 2 / 2⁵ = 0.0625
    assert detectable_at("changers", 17, share=5 / 17).smallest_significant is None


@pytest.mark.parametrize("n", [(4, 4), (7, 5), (3, 12)])
def test_fisher_finds_what_the_test_finds(n):
    finds = [[_p_of_fisher(a, b, *n) < 0.05 for b in range(n[1] + 1)] for a in range(n[0] + 1)]
    assert (fisher_finds(*n, 0.05) == finds).all()


# -- invariances ---------------------------------------------------------------------------------------------------

KINDS = [("pairs", 12, None), ("groups", (12, 12), None), ("shares", (12, 12), 0.3), ("changers", 20, 0.6)]


@pytest.mark.parametrize(("kind", "n", "share"), KINDS)
def test_power_climbs_with_the_effect_and_passes_through_its_mark(kind, n, share):
    found = detectable_at(kind, n, share=share)
    assert (np.diff(found.curve.power) > -1e-12).all() and found.curve.power.shape == (STEPS,)
    assert found.power_at(found.detectable) == pytest.approx(0.8, abs=1e-8)
    assert found.curve.effects[0] == 0 and found.curve.power[0] <= 0.05 + 1e-12


@pytest.mark.parametrize("kind", ["pairs", "groups"])
def test_more_people_find_smaller_effects(kind):
    found = [detectable_at(kind, n) for n in range(2, 60)]
    assert (np.diff([one.detectable for one in found]) < 0).all()
    assert (np.diff([one.smallest_significant for one in found]) < 0).all()
    assert (np.diff([one.power_at(0.6) for one in found]) > 0).all()


@pytest.mark.parametrize("kind", ["pairs", "groups"])
def test_no_number_of_people_keeps_a_reader_waiting(kind):
    """40 beside 40 took ten seconds: scipy's series doesn't end where the noncentrality is far beyond the statistic."""
    for n in range(2, 201):
        with within(0.25):
            assert detectable_at(kind, n).detectable > 0


@pytest.mark.parametrize("df", [1, 2, 16, 78, 300])
def test_what_is_certain_is_so_where_the_series_still_holds(df):
    """Just within and just beyond: scipy's own value is 1, too."""
    for alpha in (0.05, 0.0001):
        ends = (CERTAIN * max(1.0, stats.t.isf(alpha / 2, df)) * factor for factor in (1 - 1e-9, 1 + 1e-9))
        assert [power_of_t(end, 1.0, df, alpha) for end in ends] == [pytest.approx(1.0, abs=1e-12), 1.0]


@pytest.mark.parametrize(("kind", "n", "share"), KINDS)
def test_needed_n_reaches_the_power_and_one_fewer_does_not(kind, n, share):
    found = detectable_at(kind, n, share=share)
    needed = found.needed_n(0.5)
    sides = needed if kind in ("pairs", "changers") else (needed, needed)
    fewer = needed - 1 if kind in ("pairs", "changers") else (needed - 1, needed - 1)
    assert found.with_n(sides).power_at(0.5) >= 0.8 > found.with_n(fewer).power_at(0.5)


def test_no_effect_and_an_impossible_one_need_no_number():
    found = detectable_at("shares", 20, share=0.8)
    assert (found.needed_n(0.0), found.needed_n(0.3), found.needed_n(0.01)) == (None, None, None)


def test_a_fall_from_a_share_is_a_rise_from_its_rest():
    falls, rises = detectable_at("shares", (9, 14), share=0.7, falls=True), detectable_at("shares", (9, 14), share=0.3)
    assert falls.detectable == pytest.approx(rises.detectable, abs=1e-9)
    assert falls.smallest_significant == pytest.approx(rises.smallest_significant, abs=1e-12)


def test_another_n_is_marked_assumed_and_keeps_the_sd(serpong):
    found = detectable(before_after(serpong, "milk-score", "moringa", ("before", "after")))
    other = found.with_n(40)
    assert (found.status, other.status, other.n, other.sd) == ("recovered", "assumed", (40,), found.sd)
    assert other.detectable < found.detectable


# -- refusals ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "n", "share", "reason"),
    [
        ("pairs", 1, None, "too-few"),
        ("groups", (1, 9), None, "too-few"),
        ("shares", (9, 9), None, "needs-share"),
        ("shares", (9, 9), 1.2, "needs-share"),
        ("changers", 9, 0.0, "needs-share"),
        ("shares", (301, 9), 0.5, "n-out-of-range"),
    ],
)
def test_what_cannot_be_asked_is_refused(kind, n, share, reason):
    with pytest.raises(NotApplicable) as caught:
        detectable_at(kind, n, share=share)
    assert caught.value.note.key == reason


# -- questions -----------------------------------------------------------------------------------------------------


def test_every_question_of_every_study_is_answered_or_refused_in_both_languages(studies):
    answered = 0
    for study in studies.values():
        for outcome, measure in study.outcomes.items():
            for question in questions_of(study, outcome):
                found = detectable(question)
                answered += isinstance(found, Detectable)
                for say in map(say_in, LANGUAGES):
                    words = (
                        say.note(found, "reason")
                        if isinstance(found, Note)
                        else power_sentence(found, say, measure.unit)
                    )
                    assert "{" not in words and "reason." not in words and "power." not in words
    assert answered >= 12


@pytest.mark.parametrize(
    ("study_id", "outcome", "quantity", "reason"),
    [
        ("zakaria-2016", "milk-volume", "change", "needs-n"),
        ("moringa-massage-serpong", "milk-score", "adjusted", "other-question"),
        ("triananinsi", "smooth-flow", "change", "other-question"),
    ],
)
def test_reasons_between_groups(studies, study_id, outcome, quantity, reason):
    study = studies[study_id]
    found = detectable(between(study, outcome, tuple(study.arms)[:2], tuple(study.timepoints), quantity))
    assert found.key == reason


def test_one_timepoint_has_no_change(serpong):
    groups = between(serpong, "milk-score", ("moringa", "massage"), ("after",), "change")
    assert detectable(groups).key == "other-question"
    assert detectable(replace(groups, quantity="after")).kind == "groups"


def test_shares_are_counted_among_the_people(serpong):
    one, groups = uploaded(serpong, "binary", 2)
    before, after = one.samples()["paired"]
    changed = sum(one != other for one, other in zip(before, after, strict=True))
    assert detectable(one).share == pytest.approx(changed / len(before))
    second = replace(groups, quantity="after")
    yes = second.samples()["groups"][1]
    assert detectable(second).share == pytest.approx(sum(yes) / len(yes))


def test_a_printed_percentage_is_the_second_group_s_share(tmp_path):
    """35% of 40 as printed, where no count of people fits the first group (54% of 40 is nobody's share)."""
    figures = [(arm, "after", "percent", share, "full", "yes") for arm, share in (("a", "54"), ("b", "35"))]
    outcomes = {"full": ("exclusive-breastfeeding", "binary", "higher", "mothers")}
    study = small_study(tmp_path, figures, arms={"a": ("moringa", "40"), "b": ("usual-care", "40")}, outcomes=outcomes)
    found = detectable(between(study, "full", ("a", "b"), ("after",), "after"))
    assert (found.kind, found.share) == ("shares", 0.35)


def test_another_n_asks_the_same_of_it(serpong):
    _, groups = uploaded(serpong, "binary", 2)
    falling = detectable(with_answers(groups, "lower", turned=False), power=0.9)
    again = falling.with_n(falling.n)
    assert (again.falls, again.power, again.alpha, again.share) == (True, 0.9, falling.alpha, falling.share)


def test_a_chosen_n_makes_the_answer_assumed(studies):
    study = assume_n(studies["amini"], {"mothers": 20})
    found = detectable(before_after(study, "milk-amount", "mothers", tuple(study.timepoints)))
    assert (found.n, found.status, found.sd) == ((20,), "assumed", None)


def test_triananinsi_takes_the_printed_share_of_its_second_group(studies):
    question = between(studies["triananinsi"], "smooth-flow", ("massage", "other"), ("after",), "after")
    found = detectable(question)
    assert (found.kind, found.n, found.status, found.share) == ("shares", (15, 15), "derived", 5 / 15)
    assert found.smallest_significant == pytest.approx(12 / 15 - 5 / 15)
    chosen = detectable(question, share=0.5)
    assert (chosen.share, chosen.status) == (0.5, "assumed")


def test_the_effect_that_was_seen_enters_nowhere(serpong):
    """Everybody after by one score more: another effect, the same spread, the same answer."""
    question = before_after(serpong, "milk-score", "moringa", ("before", "after"))
    people = question.people[0]
    shifted = replace(people, scores=people.scores + np.array([0, 3]))
    moved = before_after(serpong, "milk-score", "moringa", ("before", "after"), people=shifted)
    one, other = detectable(question), detectable(moved)
    assert (one.n, one.detectable, one.smallest_significant) == (other.n, other.detectable, other.smallest_significant)
    assert one.sd == pytest.approx(other.sd, abs=1e-12)


def test_effects_in_the_unit_of_the_data_follow_from_the_sd(serpong):
    question = before_after(serpong, "milk-score", "moringa", ("before", "after"))
    before, after = question.samples()["paired"]
    found = detectable(question)
    assert found.in_unit(1.0) == pytest.approx((after - before).std(ddof=1))
    assert detectable_at("pairs", 17).in_unit(1.0) is None


# -- plot and words ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "n", "share"), KINDS)
def test_the_plot_draws_the_curve_and_both_marks(say, kind, n, share):
    found = detectable_at(kind, n, share=share)
    figure, scale = power_curve(found, say), 1 if share is None else 100
    line = next(trace for trace in figure.data if trace.name == "power")
    assert np.allclose(line.x, scale * found.curve.effects) and np.allclose(line.y, 100 * found.curve.power)
    marks = {trace.meta: (trace.x[0], trace.y[0]) for trace in figure.data if trace.meta}
    assert marks["detectable"] == pytest.approx((scale * found.detectable, 80), abs=1e-6)
    assert marks["significant"][0] == pytest.approx(scale * found.smallest_significant)


def test_a_mark_that_does_not_exist_is_not_drawn_and_is_said(say):
    found = detectable_at("shares", (3, 3), share=0.5)
    assert (found.smallest_significant, found.detectable) == (None, None)
    assert [trace.name for trace in power_curve(found, say).data] == ["power"]
    assert "nothing that could be seen" in power_sentence(found, say)
    assert "however large" in power_sentence(found, say)


def test_the_sentence_gives_n_both_effects_and_their_unit(serpong, say):
    question = before_after(serpong, "milk-score", "moringa", ("before", "after"))
    sentence = power_sentence(detectable(question), say, question.measure.unit)
    assert "With 17 mothers" in sentence and "0.51 SDs (= 0.48, score 1–5)" in sentence
    assert "0.72 SDs" in sentence and "80% of such studies" in sentence
    assert "0,72 SD" in power_sentence(detectable(question), say_in("id"), question.measure.unit)


def test_the_number_needed_is_said_or_left_out(say):
    found = detectable_at("groups", 12)
    assert "takes 64 mothers in each group" in needed_sentence(found, 0.5, say)
    assert needed_sentence(found, 0.0, say) == ""


# -- what the outcome says -----------------------------------------------------------------------------------------


def with_answers(question, better: str, turned: bool):
    """The same people's yes/no answers after, the other way round where `turned`."""
    measure = replace(question.measure, better=better)
    people = tuple(replace(arm, scores=1 - arm.scores) if turned else arm for arm in question.people)
    return replace(question, measure=measure, people=people, quantity="after")


def test_fewer_of_what_is_bad_is_more_of_what_is_good(serpong):
    """Power to see a share fall is the power to see the share of the others rise."""
    _, groups = uploaded(serpong, "binary", 2)
    falling = detectable(with_answers(groups, "lower", turned=False))
    rising = detectable(with_answers(groups, "higher", turned=True))
    assert (falling.falls, rising.falls) == (True, False)
    assert falling.share == pytest.approx(1 - rising.share)
    assert falling.detectable == pytest.approx(rising.detectable, abs=SAME_FORMULA)
    assert detectable(with_answers(groups, "higher", turned=False)).falls is False


def test_the_unit_of_two_groups_is_their_pooled_sd(serpong):
    """What Student's t is made of, with groups of different size and spread: t = difference / (SD·√(1/n_a + 1/n_b))."""
    _, groups = uploaded(serpong, "continuous", 2)
    apart = tuple(replace(arm, scores=arm.scores * factor) for arm, factor in zip(groups.people, (1, 5), strict=True))
    for quantity in ("after", "change"):
        question = replace(groups, people=apart, quantity=quantity)
        samples = question.samples()["groups"]
        test = run("independent-t", *samples)
        per_root_n = np.sqrt(sum(1 / len(sample) for sample in samples))
        sd = test.estimate / (test.statistic * per_root_n)
        assert detectable(question).sd == pytest.approx(sd, rel=SAME_FORMULA)
