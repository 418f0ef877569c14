"""Demonstrations: their arithmetic beside scipy and closed forms, what they say, what they cost."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product

import numpy as np
import plotly.graph_objects as go
import pytest
from scipy import stats

from analysis import plots
from analysis.asking import advice, before_after, between
from analysis.checks import CHECKS
from analysis.results import NotApplicable
from analysis.studies import recover_arm
from analysis.telling.classroom import DEMONSTRATIONS, chance, choosing, comparing, defaults, draws, scene
from analysis.telling.classroom.pictures import AllTests, Bars, Cloud, Rows, Shuffled
from analysis.words import LANGUAGES, say_in
from tests.analysis.stopwatch import seconds

SAME_FORMULA = 1e-9
ANSWERED = 0.1  # seconds of server time for ten thousand resamples
FEW = 40  # of ten thousand, compared one by one with scipy
every_demonstration = pytest.mark.parametrize("shown", DEMONSTRATIONS.values(), ids=DEMONSTRATIONS)


def settings(shown, study):
    """The setting that a demonstration begins with, and each other id of each control in turn."""
    begun = defaults(shown, study)
    yield begun
    for control in shown.controls(study, shown.preset):
        yield from ({**begun, control.name: key} for key in control.ids if key != control.default)


def seen(shown, studies, revealed=True, language="en", **setting):
    study = studies[shown.preset.study]
    return scene(shown, study, tuple({**defaults(shown, study), **setting}.items()), revealed, language)


# -- all of them -------------------------------------------------------------------------------------------------------


@every_demonstration
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_is_said_and_drawn_whatever_is_set(shown, studies, language):
    say, study = say_in(language), studies[shown.preset.study]
    for setting, revealed in product(settings(shown, study), (False, True)):
        found = scene(shown, study, tuple(setting.items()), revealed, language)
        assert found.said and not {"{", "}"} & set(found.said) and "lesson" not in found.said
        assert not {"nan", "None"} & set(re.findall(r"\w+", found.said))
        for narrow in (False, True):
            figure = plots.demonstrated(found.picture, say, narrow=narrow)
            larger = plots.projected(figure)
            if setting == defaults(shown, study):
                assert go.Figure(figure.to_dict()) and go.Figure(larger.to_dict())  # checks every property


@every_demonstration
def test_each_id_of_a_control_has_words(shown, studies):
    study = studies[shown.preset.study]
    for language in LANGUAGES:
        say = say_in(language)
        for control in shown.controls(study, shown.preset):
            assert say.has(f"lesson-control.{control.name}") and control.default in control.ids
            said = [shown.said(study, key, say) for key in control.ids]
            assert len(set(said)) == len(said) and all(said)


@every_demonstration
def test_a_class_sees_the_same_every_time(shown, studies):
    study = studies[shown.preset.study]
    begun = defaults(shown, study)
    first, second = (shown.scene(study, shown.preset, begun, True, say_in("en")) for _ in range(2))
    assert first.said == second.said


@every_demonstration
def test_what_needs_chance_or_assumptions_is_marked_as_made_up(shown, studies):
    """Whatever is drawn at random or assumed carries the mark; what the study's own tests say doesn't."""
    made_up = {"dance", "null", "hacking", "regression", "ceiling", "middle", "made-up"}
    assert (seen(shown, studies).status == "illustrative") == (shown.id in made_up)


# -- ten thousand studies ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def groups():
    rng = np.random.default_rng(5)
    values = rng.integers(1, 6, 34).astype(float)
    return values, draws.relabelled(17, 17, rng)


def test_p_of_the_t_test_is_scipys():
    rng = np.random.default_rng(3)
    samples = rng.integers(-1, 4, (FEW, 9)).astype(float)
    p = draws.t_p(samples.mean(axis=1), samples.std(axis=1, ddof=1), 9)
    assert p == pytest.approx(stats.ttest_1samp(samples, 0, axis=1).pvalue, abs=SAME_FORMULA)
    low, high = stats.ttest_1samp(samples, 0, axis=1).confidence_interval()
    assert draws.t_reach(samples.std(axis=1, ddof=1), 9) == pytest.approx((high - low) / 2, abs=SAME_FORMULA)
    assert np.isnan(draws.t_p(np.ones(1), np.zeros(1), 9)).all()


def test_p_of_two_groups_is_scipys(groups):
    values, first = groups
    yes = values >= 4
    rows = first[:FEW]
    parts = [(values[row], values[~row]) for row in rows]
    welch = [stats.ttest_ind(a, b, equal_var=False).pvalue for a, b in parts]
    ranks = [stats.mannwhitneyu(a, b, method="asymptotic", use_continuity=False).pvalue for a, b in parts]
    tables = [[[yes[g].sum(), (~yes[g]).sum()] for g in (row, ~row)] for row in rows]
    assert draws.welch_p(values, rows) == pytest.approx(welch, abs=SAME_FORMULA)
    assert draws.mann_whitney_p(values, rows) == pytest.approx(ranks, abs=SAME_FORMULA)
    fisher = [stats.fisher_exact(table).pvalue for table in tables]
    assert draws.fisher_p(yes, rows) == pytest.approx(fisher, abs=SAME_FORMULA)


def test_groups_by_lot_have_their_size_and_everybody_equally_often(groups):
    _, first = groups
    assert (first.sum(axis=1) == 17).all()
    spread = np.sqrt(0.25 / draws.MANY)
    assert np.abs(first.mean(axis=0) - 0.5).max() < 5 * spread


def test_resamples_are_those_of_drawing_people_one_by_one():
    values = np.array([-1.0, 0, 0, 0, 1, 1, 2])
    means, sds = draws.resampled(values, 12, np.random.default_rng(1))
    people = np.random.default_rng(2).choice(values, (draws.MANY, 12))
    assert stats.ks_2samp(means, people.mean(axis=1)).pvalue > 0.001
    assert stats.ks_2samp(sds, people.std(axis=1, ddof=1)).pvalue > 0.001


def test_coins_give_the_exact_p_within_what_chance_allows(serpong):
    """The exact p of scipy's permutation test over all signs."""
    before, after = before_after(serpong, "milk-score", "massage", ("before", "after")).samples()["paired"]
    changed = (after - before)[after != before]
    exact = stats.permutation_test((changed,), np.mean, permutation_type="samples", n_resamples=np.inf).pvalue
    means = draws.turned(after - before, np.random.default_rng(8))
    share = float((np.abs(means) >= abs((after - before).mean()) - 1e-9).mean())
    assert exact == pytest.approx(0.0625)
    assert share == pytest.approx(exact, abs=4 * np.sqrt(exact * (1 - exact) / draws.MANY))


@pytest.mark.parametrize(("r", "lowest"), [(0.0, 0.25), (0.6, 0.25), (0.95, 0.1), (0.6, 1.0)])
def test_regression_to_the_mean_is_as_large_as_the_closed_form_says(r, lowest):
    """E[second | first among the lowest share q] = mean · Φ(z_q − rσ) / q, σ² the variance of the logarithms."""
    people = draws.measured_twice(176.0, 151.0, r, np.random.default_rng(4), 400_000)
    assert people.min() > 0
    assert people.mean(axis=0) == pytest.approx([176, 176], rel=0.01)
    assert people.std(axis=0) == pytest.approx([151, 151], rel=0.03)
    chosen = people[:, 0] <= np.quantile(people[:, 0], lowest)
    width = np.sqrt(np.log1p((151 / 176) ** 2))
    expected = 176 * stats.norm.cdf(stats.norm.ppf(lowest) - r * width) / lowest
    assert people[chosen, 1].mean() == pytest.approx(expected, rel=0.01)


@pytest.mark.parametrize("key", ["dance", "null", "hacking", "here-there", "regression"])
def test_ten_thousand_resamples_are_answered_at_once(studies, key):
    """Processor time of the quickest of several, the largest number of people included."""
    shown = DEMONSTRATIONS[key]
    study = studies[shown.preset.study]
    setting = {control.name: control.ids[-1] for control in shown.controls(study, shown.preset)}
    ask = lambda: shown.scene(study, shown.preset, setting, True, say_in("en"))  # noqa: E731
    ask()  # the study's own tests are kept from then on
    assert seconds(ask, times=5) < ANSWERED


# -- what each says ----------------------------------------------------------------------------------------------------


def test_the_dance_counts_what_it_shows(studies):
    found = seen(DEMONSTRATIONS["dance"], studies)
    assert isinstance(found.picture, Rows)
    rows = found.picture.rows
    assert len(rows) == chance.SHOWN
    assert f" {sum(row.lit for row in rows)} have p < 0.05" in found.said
    for row in rows:  # p below 0.05 just where the 95% interval leaves 0 out
        assert row.interval and row.lit == (row.interval[0] > 0 or row.interval[1] < 0)


def test_the_shuffles_add_up(studies):
    for arm in ("moringa", "massage"):
        picture = seen(DEMONSTRATIONS["null"], studies, arm=arm).picture
        assert isinstance(picture, Bars) and sum(picture.heights) == draws.MANY
        (mark,) = picture.marks
        assert all(lit == (abs(place) >= abs(mark.at) - 1e-9)
                   for place, lit in zip(picture.places, picture.lit, strict=True))  # fmt: skip


def test_each_test_alone_keeps_its_promise_and_choosing_breaks_it(serpong):
    least, names = chance.smallest_p(serpong, chance.BOTH, "1")
    shares = [float((p < 0.05).mean()) for p in least]
    assert len(names) == len(shares) and shares == sorted(shares)
    assert shares[0] < 0.06 < shares[-1] < 0.05 * len(names)


def test_shuffling_leaves_the_unpaired_test_alone(studies):
    rows = []
    for turn in comparing.SHUFFLES:
        picture = seen(DEMONSTRATIONS["paired"], studies, shuffle=turn).picture
        assert isinstance(picture, Shuffled)
        rows.append(picture.rows.rows)
    assert len({unpaired.label for _, unpaired in rows}) == 1
    assert len({paired.label for paired, _ in rows}) > 3
    assert len({round(paired.value, 9) for paired, _ in rows}) == 1


def test_two_groups_of_one_truth_often_fall_on_two_sides():
    """With power π in each, the share is 2π(1 − π): at its most one half."""
    changes = np.array([0.0, 0, 1, 1, -1, 2])
    rng = np.random.default_rng(6)
    power = float((draws.t_p(*draws.resampled(changes, 14, rng), 14) < 0.05).mean())
    share = comparing.discordant(changes, 14, np.random.default_rng(7))
    assert share == pytest.approx(2 * power * (1 - power), abs=0.025)


def test_who_is_chosen_for_little_gains_and_all_together_do_not(studies):
    shown = DEMONSTRATIONS["regression"]
    picture = seen(shown, studies).picture
    assert isinstance(picture, Cloud)
    assert picture.x[picture.lit].max() < picture.x[~picture.lit].min()
    assert "(+0%)" in seen(shown, studies, lowest="100").said or "(0%)" in seen(shown, studies, lowest="100").said


def test_the_end_of_the_scale_hides_gains(studies):
    for gain in map(str, range(5)):
        picture = seen(DEMONSTRATIONS["ceiling"], studies, gain=gain).picture
        assert isinstance(picture, Bars)
        assert sum(picture.heights) == sum(picture.before) == 17
        means = [np.average(picture.places, weights=bars) for bars in (picture.before, picture.heights)]
        assert means[1] - means[0] <= int(gain) + 1e-9
        assert (means[1] - means[0] < int(gain) - 1e-9) == (int(gain) > 0)


def test_one_mother_moves_the_mean_and_not_the_median(studies):
    marks = [seen(DEMONSTRATIONS["middle"], studies, factor=factor).picture.marks for factor in ("1", "3", "5")]
    assert len({median.at for median, _ in marks}) == 1
    assert [mean.at for _, mean in marks] == sorted({mean.at for _, mean in marks})


def test_simulated_mothers_keep_the_printed_changes_whatever_the_spread(studies):
    for spread in ("0.5", "1", "8"):
        groups = seen(DEMONSTRATIONS["made-up"], studies, spread=spread).picture.groups
        changes = [(scores[:, -1] - scores[:, 0]).mean() for _, scores in groups]
        assert changes == pytest.approx([376.5, 103.5])


def test_why_one_p_is_not_robust(studies):
    """The p that the study prints, and the exact one over all data sets that fit."""
    found = seen(DEMONSTRATIONS["fragile"], studies)
    assert isinstance(found.picture, AllTests)
    assert "2 of 7 defensible tests" in found.said and "p 0.035" in found.said and "p = 0.0625" in found.said
    assert "2 data sets" in found.said


def test_the_tree_ends_where_the_advice_does(serpong):
    """For the design and scale that the Serpong study has."""
    within = before_after(serpong, "milk-score", "massage", ("before", "after"))
    two = between(serpong, "milk-score", ("moringa", "massage"), ("before", "after"), "change")
    assert advice(within).best.method == choosing.USUAL["same"]["score"]
    assert advice(two).best.method == choosing.USUAL["two"]["score"]


def test_a_digit_that_a_rule_refuses_has_nobody_behind_it(serpong):
    numbers = choosing.breakable(serpong, chance.MASSAGE)
    assert set(numbers) == {f"{time}-{what}" for time, what in product(("before", "after"), ("mean", "sd"))}
    fitting = {}
    for key, figure in numbers.items():
        for digit in choosing.DIGITS:
            text = figure.value[:-1] + digit
            outcome, rules = choosing.reaction(serpong, chance.MASSAGE, figure.row, text)
            assert not (rules and outcome)
            if outcome:
                fitting.setdefault(key, []).append(text)
    assert set(choosing.ABOUT_ONE) <= set(CHECKS)
    assert fitting == {"before-mean": ["3.41"], "before-sd": ["0.618"], "after-mean": ["3.82"], "after-sd": ["0.636"]}


def test_breaking_a_number_changes_that_number_alone(serpong):
    figure = choosing.breakable(serpong, chance.MASSAGE)["before-mean"]
    changed = choosing.broken(serpong, figure.row, "3.42")
    others = [(a, b) for a, b in zip(serpong.figures, changed.figures, strict=True) if a != b]
    assert [(a.value, b.value) for a, b in others] == [("3.41", "3.42")]
    assert recover_arm(serpong, "milk-score", "massage") is not None


def test_a_study_that_lost_its_numbers_is_refused(studies):
    shown = DEMONSTRATIONS["regression"]
    study = studies[shown.preset.study]
    without = replace(study, figures=tuple(f for f in study.figures if f.statistic != "sd"))
    with pytest.raises(NotApplicable):
        comparing.printed(without, shown.preset, "placebo", "baseline")
