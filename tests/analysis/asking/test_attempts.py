"""Questions and attempts: which tests run on which study, what they reproduce, why the others can't."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analysis.asking import assume_n, attempt, attempts, before_after, between, methods_for, missing, reproductions
from analysis.asking.attempts import printed_kinds
from analysis.asking.envelopes import MOST_RUN
from analysis.checks import largest_sd, printed_bound
from analysis.effects import bound_from_p, share_at
from analysis.methods import METHODS, run
from analysis.plots import before_after as plots_within
from analysis.plots import between as plots_between
from analysis.recover import counts_behind
from analysis.studies import ArmPeople, default_assumptions, illustrate, printed_change
from analysis.telling import between_sentence, estimate_line, printed_line, within_sentence
from analysis.telling import test_line as line_of
from tests.analysis.small_studies import small_study
from tests.analysis.stopwatch import within

PRINTED_3_DIGITS = 0.0005
PRINTED_4_DIGITS = 0.00005


def within_question(study, outcome: str, arm: str, **more):
    return before_after(study, outcome, arm, tuple(study.timepoints), **more)


def between_question(study, outcome: str, arms: tuple[str, str], quantity: str = "change", **more):
    return between(study, outcome, arms, tuple(study.timepoints), quantity, **more)


@pytest.fixture(scope="module")
def both(serpong):
    return between_question(serpong, "milk-score", ("moringa", "massage"))


# -- why a test can't be run ------------------------------------------------------------------------------------

REASONS_WITHIN = [
    ("cassava-pekanbaru", "prolactin", "cassava", "paired-t", "needs-paired-people"),
    ("cassava-pekanbaru", "prolactin", "cassava", "rm-anova", "needs-three-timepoints"),
    ("cassava-pekanbaru", "prolactin", "cassava", "mcnemar", "wrong-scale"),
    ("cassava-pekanbaru", "prolactin", "cassava", "paired-t-summary", "needs-sd"),
    ("education-rosita", "understood", "session", "mcnemar", "needs-paired-people"),
    ("education-rosita", "understood", "session", "paired-t", "wrong-scale"),
    ("zakaria-2016", "milk-volume", "moringa", "paired-t-summary", "needs-n"),
    ("zakaria-2016", "milk-volume", "moringa", "wilcoxon", "needs-paired-people"),
    ("purnanto-2020", "milk-volume", "moringa-tea", "paired-t-summary", "needs-n"),
    ("triananinsi", "smooth-flow", "massage", "mcnemar", "needs-paired-people"),
    ("moringa-massage-serpong", "milk-score", "moringa", "paired-t-summary", "needs-r"),
    ("moringa-massage-serpong", "milk-score", "moringa", "friedman", "needs-three-timepoints"),
    ("maita-2017", "smooth-flow", "massage", "cochran-q", "needs-three-timepoints"),
    ("moringa-massage-serpong", "milk-score", "moringa", "cochran-q", "wrong-scale"),
]


@pytest.mark.parametrize(("study_id", "outcome", "arm", "method", "reason"), REASONS_WITHIN)
def test_reason_within_one_arm(studies, study_id, outcome, arm, method, reason):
    tried = attempt(within_question(studies[study_id], outcome, arm), method)
    assert tried.outcome is None and tried.reason.key == reason


REASONS_BETWEEN = [
    ("cassava-pekanbaru", "prolactin", "change", "welch-t", "needs-people"),
    ("cassava-pekanbaru", "prolactin", "change", "mann-whitney", "needs-people"),
    ("cassava-pekanbaru", "prolactin", "change", "independent-t-summary", "needs-sd"),
    ("cassava-pekanbaru", "prolactin", "change", "mixed-anova", "needs-before-after-people"),
    ("cassava-pekanbaru", "prolactin", "after", "independent-t-summary", "needs-mean"),
    ("cassava-pekanbaru", "prolactin", "change", "fisher", "wrong-scale"),
    ("cassava-pekanbaru", "prolactin", "change", "anova", "needs-people"),
    ("cassava-pekanbaru", "prolactin", "change", "dunn", "needs-people"),
    ("cassava-pekanbaru", "prolactin", "change", "mixed-model", "needs-before-after-people"),
    ("cassava-pekanbaru", "prolactin", "change", "ordinal-regression", "wrong-scale"),
    ("moringa-massage-serpong", "milk-score", "after", "mixed-model", "other-question"),
    ("moringa-massage-serpong", "milk-score", "adjusted", "kruskal", "other-question"),
    ("moringa-massage-serpong", "milk-score", "change", "boschloo", "wrong-scale"),
    ("zakaria-2016", "milk-volume", "change", "independent-t-summary", "needs-n"),
    ("triananinsi", "smooth-flow", "after", "welch-t", "wrong-scale"),
    ("moringa-massage-serpong", "milk-score", "after", "ancova", "other-question"),
    ("moringa-massage-serpong", "milk-score", "after", "mixed-anova", "other-question"),
    ("moringa-massage-serpong", "milk-score", "adjusted", "mann-whitney", "other-question"),
    ("moringa-massage-serpong", "milk-score", "change", "independent-t-summary", "needs-mean"),
]


@pytest.mark.parametrize(("study_id", "outcome", "quantity", "method", "reason"), REASONS_BETWEEN)
def test_reason_between_two_arms(studies, study_id, outcome, quantity, method, reason):
    study = studies[study_id]
    tried = attempt(between_question(study, outcome, tuple(study.arms)[:2], quantity), method)
    assert tried.outcome is None and tried.reason.key == reason


def test_every_method_gives_an_outcome_or_a_reason_on_every_study(studies, say):
    for study in studies.values():
        for outcome in study.outcomes:
            for arm in study.arms:
                question = within_question(study, outcome, arm)
                for tried in (attempt(question, method) for method in methods_for("within")):
                    assert (tried.outcome is None) != (tried.reason is None)
                    assert tried.reason is None or not say.note(tried.reason, "reason").startswith("reason.")


@pytest.mark.parametrize("method", [m.id for m in METHODS.values() if m.design == "many-groups"])
@pytest.mark.parametrize("quantity", ["change", "after"])
def test_tests_of_many_groups_run_on_two_arms(serpong, method, quantity):
    question = between_question(serpong, "milk-score", ("moringa", "massage"), quantity)
    assert attempt(question, method).outcome.n == (17, 17)


def test_every_method_belongs_to_one_kind_of_question():
    assert sorted([*methods_for("within"), *methods_for("between")]) == sorted(METHODS)


@pytest.mark.parametrize(
    ("study_id", "outcome", "kinds"),
    [
        ("cassava-pekanbaru", "prolactin", ("mean-changes",)),
        ("cassava-pekanbaru", "milk-production", ("nothing",)),
        ("aliyanto-rosmadewi-2019", "milk-production", ("p-only",)),
        ("education-rosita", "understood", ("percentages",)),
        ("vina-2020", "milk-output", ("means",)),
        ("amini", "milk-amount", ("means",)),
    ],
)
def test_what_a_study_prints_is_named(studies, study_id, outcome, kinds):
    assert printed_kinds(studies[study_id], outcome) == kinds


# -- printed results come out again -------------------------------------------------------------------------------


@pytest.mark.parametrize(("arm", "printed", "p"), [("moringa", "0.001", 0.0013), ("massage", "0.035", 0.0348)])
def test_serpong_wilcoxon_p_is_the_normal_approximation(serpong, arm, printed, p):
    found = next(r for r in reproductions(within_question(serpong, "milk-score", arm)) if r.claim.p == printed)
    assert ({"exact": False}, pytest.approx(p, abs=PRINTED_4_DIGITS)) in [(how, o.p) for how, o in found.matching]


def test_serpong_massage_p_is_not_below_005_when_exact(serpong):
    found = next(r for r in reproductions(within_question(serpong, "milk-score", "massage")) if r.claim.p)
    assert [how for how, _ in found.matching] == [{"exact": False}]
    assert dict((how["exact"], o.p) for how, o in found.variants)[True] == 0.0625  # 1/16, by exactRankTests too


def test_serpong_announced_mann_whitney_is_run(both, say):
    (found,) = reproductions(both)
    assert (found.claim.kind, found.claim.method, found.claim.p) == ("announced", "mann-whitney", None)
    ps = {how["exact"]: outcome.p for how, outcome in found.variants}
    assert ps == {True: pytest.approx(0.0131, abs=PRINTED_4_DIGITS), False: pytest.approx(0.0138, abs=PRINTED_4_DIGITS)}
    assert "0.0131" in printed_line(found, say) and "0.0138" in printed_line(found, say)


def test_serpong_announced_paired_t_agrees_with_scipy(serpong):
    from scipy.stats import ttest_rel

    people = serpong.participants("milk-score").pivot(index="participant", columns="timepoint", values="value")
    rows = people[people.index.str.startswith("moringa")]
    found = reproductions(within_question(serpong, "milk-score", "moringa"))
    ((_, outcome),) = next(r for r in found if r.claim.method == "paired-t").variants
    assert outcome.p == pytest.approx(ttest_rel(rows.after, rows.before).pvalue, rel=1e-12)


def test_triananinsi_printed_p_is_the_normal_approximation(studies):
    study = studies["triananinsi"]
    (found,) = reproductions(between_question(study, "smooth-flow", ("massage", "other"), "after"))
    assert [how for how, _ in found.matching] == [{"exact": False}]
    assert found.matching[0][1].p == pytest.approx(0.003, abs=PRINTED_3_DIGITS)


def test_a_claim_without_named_test_reproduces_nothing_but_is_shown(cassava, say):
    found = reproductions(between_question(cassava, "prolactin", ("cassava", "control")))
    result = next(r for r in found if r.claim.p == "0.000")
    assert result.variants == () and "0.0005" in printed_line(result, say)


def test_illustrative_people_reproduce_nothing(cassava):
    arms = ("cassava", "control")
    assumed = default_assumptions([printed_change(cassava, "prolactin", arm) for arm in arms], None)
    people = tuple(illustrate(cassava, "prolactin", arm, assumed) for arm in arms)
    question = between_question(cassava, "prolactin", arms, people=people, status="illustrative")
    assert attempt(question, "mann-whitney").outcome is not None
    assert len(reproductions(question)) == 0
    assert len(reproductions(between_question(cassava, "prolactin", arms))) > 0


# -- over all data sets that fit ----------------------------------------------------------------------------------


def test_one_data_set_has_no_envelope(serpong):
    assert attempt(within_question(serpong, "milk-score", "moringa"), "wilcoxon").envelope is None


def test_two_data_sets_of_massage_have_the_same_p(serpong):
    envelope = attempt(within_question(serpong, "milk-score", "massage"), "wilcoxon").envelope
    assert (envelope.count, envelope.lowest, envelope.highest) == (2, 0.0625, 0.0625)


def test_envelope_reaches_over_all_seven_tables_of_maita(studies):
    question = within_question(studies["maita-2017"], "smooth-flow", "massage")
    tried = [attempt(question, "mcnemar", chosen) for chosen in range(7)]
    ps = [one.outcome.p for one in tried]
    assert len(set(ps)) == 7
    assert {(one.envelope.lowest, one.envelope.highest, one.envelope.count) for one in tried} == {(min(ps), max(ps), 7)}


def test_envelope_of_maita_agrees_with_scipy(studies):
    from scipy.stats import binomtest

    envelope = attempt(within_question(studies["maita-2017"], "smooth-flow", "massage"), "mcnemar").envelope
    ps = [binomtest(gained, gained + gained - 23).pvalue for gained in range(23, 30)]  # 31 − 8 = 23 more yes
    assert (envelope.lowest, envelope.highest) == pytest.approx((min(ps), max(ps)), rel=1e-12)


def test_another_data_set_is_shown_without_trying_all_of_them_anew(studies, monkeypatch):
    question, ran = within_question(replace(studies["maita-2017"]), "smooth-flow", "massage", r=0.25), []
    run_one = attempts.run_on
    monkeypatch.setattr(attempts, "run_on", lambda *asked: (ran.append(asked), run_one(*asked))[1])
    first = attempt(question, "mcnemar")
    assert len(ran) == 1 + first.envelope.count == 8
    assert attempt(question, "mcnemar", 3).envelope is first.envelope and len(ran) == 9


def test_data_sets_alike_for_a_test_are_tried_once_and_all_counted(studies, monkeypatch):
    """18 × 40 data sets of who had which answer before and after; how many said yes after is one and the same."""
    study, ran = studies["srivastava-2014"], []
    outcome = next(iter(study.outcomes))
    question = between_question(replace(study), outcome, ("skin-to-skin", "usual-care"), "after", status="recovered")
    run_one = attempts.run_on
    monkeypatch.setattr(attempts, "run_on", lambda *asked: (ran.append(asked), run_one(*asked))[1])
    found = attempt(question, "fisher")
    assert found.envelope.count == min(len(question.offered), MOST_RUN) > 100 and len(ran) == 2
    assert found.envelope.lowest == found.envelope.highest == found.outcome.p


def test_choosing_beyond_the_last_data_set_shows_the_last(serpong):
    question = within_question(serpong, "milk-score", "massage")
    assert attempt(question, "paired-t", 99).outcome == attempt(question, "paired-t", 1).outcome


def test_methods_without_a_p_have_an_envelope_of_their_estimate_and_reproduce_nothing(serpong, say):
    question = within_question(serpong, "milk-score", "massage")
    for method in ("bootstrap-paired", "bayes-t-paired"):
        tried = attempt(question, method)
        assert (tried.envelope.lowest, tried.envelope.highest, tried.envelope.count) == (None, None, 2)
        assert tried.envelope.estimates == pytest.approx((7 / 17, 7 / 17))
        assert "p " not in line_of(tried.outcome, say)
    claims = tuple(replace(claim, method="bayes-t-paired") for claim in serpong.claims)
    found = reproductions(within_question(replace(serpong, claims=claims), "milk-score", "massage"))
    assert found and all(one.variants == () for one in found)


def test_equivalence_waits_for_a_margin(serpong, say):
    tried = attempt(within_question(serpong, "milk-score", "massage"), "tost-paired")
    assert say.note(tried.reason, "reason") == "needs a margin: the smallest difference that matters"


# -- status -------------------------------------------------------------------------------------------------------


def test_status_of_recovered_derived_and_reported(serpong, studies, cassava, both):
    assert both.status == "recovered"
    assert within_question(serpong, "milk-score", "moringa").status == "recovered"
    assert between_question(studies["triananinsi"], "smooth-flow", ("massage", "other"), "after").status == "derived"
    assert within_question(cassava, "prolactin", "cassava").status == "reported"


def test_assumed_n_marks_everything_assumed_and_leaves_the_study_alone(studies):
    education = studies["education-rosita"]
    assumed = assume_n(education, {"session": 25})
    question = within_question(assumed, "understood", "session")
    assert (question.status, question.summaries[0].status) == ("assumed", "assumed")
    assert education.arms["session"].n is None
    assert within_question(education, "understood", "session").status == "reported"


def test_assumed_n_never_replaces_a_printed_n(serpong):
    assert assume_n(serpong, {"moringa": 40}).arms == serpong.arms


def test_an_sd_beside_an_impossible_one_is_not_calculated_with(studies):
    zakaria = studies["zakaria-2016"]
    assumed = assume_n(zakaria, {"moringa": 30, "without": 30})
    assert attempt(within_question(assumed, "milk-volume", "moringa"), "paired-t-summary").reason.key == "needs-sd"
    arms = ("moringa", "without")
    reason = attempt(between_question(assumed, "milk-volume", arms), "independent-t-summary").reason
    assert reason.key == "needs-sd"  # −9.4 can't be an SD, and 40.8 stands beside it


def test_96_percent_needs_at_least_23_people():
    assert next(n for n in range(1, 40) if counts_behind("96", n)) == 23
    assert list(counts_behind("96", 25)) == [24]


def test_share_interval_is_wilsons(studies):
    from statsmodels.stats.proportion import proportion_confint

    assert share_at("96", 25).interval == pytest.approx(proportion_confint(24, 25, method="wilson"), abs=1e-9)


def test_share_of_nobody_is_no_share():
    assert share_at("96", 0).interval is None


# -- signs: test, plot and sentence agree -------------------------------------------------------------------------

ESTIMATING = ("independent-t", "welch-t", "mann-whitney", "mixed-anova")


@pytest.mark.parametrize("method", ESTIMATING)
def test_swapping_the_arms_flips_estimate_and_interval(serpong, both, method):
    swapped = between_question(serpong, "milk-score", ("massage", "moringa"))
    one, other = attempt(both, method).outcome, attempt(swapped, method).outcome
    assert one.estimate > 0 > other.estimate
    assert other.estimate == pytest.approx(-one.estimate, abs=1e-12)
    assert other.interval == pytest.approx((-one.interval[1], -one.interval[0]), abs=1e-12)
    assert other.p == pytest.approx(one.p, rel=1e-12)


@pytest.mark.parametrize("arms", [("moringa", "massage"), ("massage", "moringa")])
def test_plot_sentence_and_test_say_the_same_direction(serpong, say, arms):
    question = between_question(serpong, "milk-score", arms)
    outcome = attempt(question, "welch-t").outcome
    a, b = question.offered[0]["groups"]
    assert outcome.contrast == "a − b" and outcome.estimate == pytest.approx(a.mean() - b.mean())
    figure = plots_between.groups(question, (a, b), [outcome], "dots", say)
    (drawn,) = (trace for trace in figure.data if trace.name == "mean_difference")
    assert drawn.y[0] == outcome.estimate
    sign = "+" if arms[0] == "moringa" else "−"
    assert f"{sign}0.71" in estimate_line(outcome, say)  # (19 − 7) / 17 in Table 3's own numbers
    assert between_sentence(question, 0, say).startswith("Mean change " + ("+1.12" if sign == "+" else "+0.41"))


def test_direction_of_one_arm_is_after_minus_before_everywhere(serpong, say):
    question = within_question(serpong, "milk-score", "moringa")
    outcome = attempt(question, "paired-t").outcome
    figure = plots_within.slopes(question, 0, [outcome], say)
    drawn = {trace.name: trace for trace in figure.data}
    assert outcome.contrast == "after − before"
    assert outcome.estimate == pytest.approx(19 / 17)
    assert np.mean(drawn["differences"].y) == pytest.approx(outcome.estimate)
    assert drawn["mean_difference"].y[0] == outcome.estimate
    assert "14 improved, 2 stayed the same and 1 got worse; the mean change is +1.12" in within_sentence(question, say)


def test_where_lower_is_better_improved_means_fallen_and_the_mean_keeps_its_sign(serpong, say):
    lower = replace(serpong.outcomes["milk-score"], better="lower")
    group = within_question(serpong, "milk-score", "moringa").people[0]
    study = replace(serpong, outcomes={"milk-score": lower})
    sentence = within_sentence(within_question(study, "milk-score", "moringa", people=group), say)
    assert "1 improved, 2 stayed the same and 14 got worse; the mean change is +1.12" in sentence


def test_sentence_gives_the_reach_over_all_data_sets(studies, say):
    sentence = within_sentence(within_question(studies["maita-2017"], "smooth-flow", "massage"), say)
    assert "23 to 29 changed for the better, 0 to 6 for the worse" in sentence


def test_two_arms_that_each_changed_differ_by_the_difference_of_their_changes(serpong, both):
    each = [attempt(within_question(serpong, "milk-score", arm), "paired-t").outcome.estimate for arm in both.arms]
    assert attempt(both, "mixed-anova").outcome.estimate == pytest.approx(each[0] - each[1])


# -- bounds -------------------------------------------------------------------------------------------------------


def test_cassava_bound_at_printed_digits(cassava):
    bound = printed_bound(cassava, "prolactin")
    assert f"{bound.difference:.1f}" == "273.0"  # 376.5 − 103.5
    assert (f"{bound.largest_sd:.1f}", f"{bound.effect.value:.2f}") == ("181.7", "1.46")
    assert (bound.p, bound.df, bound.effect.status) == (0.0005, 26, "assumed")


def test_cassava_bound_gives_back_its_p_through_scipy(cassava):
    from scipy.stats import ttest_ind_from_stats

    bound = printed_bound(cassava, "prolactin")
    found = ttest_ind_from_stats(376.5, bound.largest_sd, 14, 103.5, bound.largest_sd, 14)
    assert found.pvalue == pytest.approx(0.0005, rel=1e-9)


def test_bound_changes_its_sign_with_the_arms(cassava):
    one, other = (
        printed_bound(cassava, "prolactin", arms) for arms in (("cassava", "control"), ("control", "cassava"))
    )
    assert other.effect.value == -one.effect.value < 0
    assert other.effect.interval == (-np.inf, other.effect.value)
    assert other.largest_sd == one.largest_sd


@pytest.mark.parametrize(
    ("study_id", "outcome"),
    [("zakaria-2016", "milk-volume"), ("moringa-massage-serpong", "milk-score"), ("triananinsi", "smooth-flow")],
)
def test_no_bound_where_spread_mean_or_n_rule_it_out(studies, study_id, outcome):
    assert printed_bound(studies[study_id], outcome) is None
    assert largest_sd(studies[study_id], outcome) is None


@pytest.mark.parametrize("p", ["1.000", ">0.05"])
def test_a_large_p_bounds_nothing(p):
    bound = bound_from_p(10, 14, 14, p)
    assert bound is None or bound.largest_sd > 0


def test_one_timepoint_has_no_change_to_test(studies):
    question = between_question(studies["triananinsi"], "smooth-flow", ("massage", "other"), "change")
    assert missing(question, METHODS["mann-whitney"]) is not None


def test_hundreds_of_data_sets_of_both_groups_keep_nobody_waiting(tmp_path):
    """500 beside 500: as many as can be had in time, spread over all, and said so."""
    rng = np.random.default_rng(5)
    arms = {"a": ("moringa", "30"), "b": ("usual-care", "30")}
    study = small_study(tmp_path, [("a", "after", "mean", "3.0"), ("b", "after", "mean", "3.1")], arms=arms)
    people = [ArmPeople(arm, ("after",), rng.integers(1, 60, (500, 30, 1)), determined=False) for arm in arms]
    question = between(study, "milk", ("a", "b"), ("after",), "after", people=tuple(people))
    assert len(question.offered) == 250_000
    for method in ("mann-whitney", "permutation", "welch-t"):
        with within(4):
            found = attempt(question, method)
        assert not found.envelope.complete and 1 < found.envelope.count <= MOST_RUN
        assert found.envelope.lowest < 0.05 < found.envelope.highest
        assert found.outcome.p == run(method, *question.samples(0)["groups"]).p
