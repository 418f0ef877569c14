"""What stands in a plot is what the result says: points, lines, counts, estimates; never a pixel."""

from __future__ import annotations

import html
import json
import math
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from analysis import load_context
from analysis.asking import assume_n, attempt, before_after, between, methods_for
from analysis.checks import printed_bound
from analysis.effects import share_at
from analysis.plots import before_after as within_plots
from analysis.plots import between as between_plots
from analysis.plots import design, printed_between
from analysis.plots.context import percentages
from analysis.plots.style import spread, wrapped
from analysis.studies import can_illustrate, default_assumptions, illustrate, printed_change
from analysis.words import say_in

BEFORE_AND_AFTER = ("before", "after")
ARMS = ("moringa", "massage")


def traces(figure, name: str):
    return [trace for trace in figure.data if trace.name == name]


def trace(figure, name: str):
    (found,) = traces(figure, name)
    return found


def words_in(figure) -> str:
    """Everything that a reader can read in a figure, hover texts and axes included."""
    return json.dumps(figure.to_plotly_json(), ensure_ascii=False, default=str)


def numbers_in(value):
    if isinstance(value, dict):
        for inner in value.values():
            yield from numbers_in(inner)
    elif isinstance(value, list | tuple | np.ndarray):
        for inner in value:
            yield from numbers_in(inner)
    elif isinstance(value, float | np.floating):
        yield float(value)


def annotations(figure, name: str | None = None) -> list[str]:
    return [a.text for a in figure.layout.annotations if name is None or a.name == name]


@pytest.fixture(scope="module")
def moringa(serpong):
    return before_after(serpong, "milk-score", "moringa", BEFORE_AND_AFTER)


@pytest.fixture(scope="module")
def change(serpong):
    return between(serpong, "milk-score", ARMS, BEFORE_AND_AFTER, "change")


@pytest.fixture(scope="module")
def made_up(cassava):
    assumed = default_assumptions([376.5, 103.5], None)
    people = tuple(illustrate(cassava, "prolactin", arm, assumed) for arm in ("cassava", "control"))
    times = tuple(cassava.timepoints)
    return (
        before_after(cassava, "prolactin", "cassava", times, people=people[0], status="illustrative"),
        between(cassava, "prolactin", ("cassava", "control"), times, "change", people=people, status="illustrative"),
    )


# -- one arm: slopes ----------------------------------------------------------------------------------------------


def test_slopes_draw_each_person_at_the_exact_score(moringa, say):
    figure = within_plots.slopes(moringa, 0, [], say)
    scores = moringa.people[0].scores[0]
    for place, timepoint in enumerate(BEFORE_AND_AFTER):
        points = trace(figure, timepoint)
        assert list(points.y) == scores[:, place].tolist()
        assert list(points.ids) == [f"moringa-{number:02d}" for number in range(1, 18)]
        assert all(abs(x - place) < 0.2 for x in points.x)


def test_slopes_keep_every_dot_visible(moringa, say):
    for timepoint in BEFORE_AND_AFTER:
        points = trace(within_plots.slopes(moringa, 0, [], say), timepoint)
        assert len(set(zip(points.x, points.y, strict=True))) == 17


def test_lines_join_the_right_scores_and_count_their_people(moringa, say):
    figure = within_plots.slopes(moringa, 0, [], say)
    lines = [line for line in figure.data if line.mode == "lines"]
    drawn = {(line.y[0], line.y[-1]): line.meta["people"] for line in lines}
    assert drawn == Counter(map(tuple, moringa.people[0].scores[0].tolist()))
    assert sum(drawn.values()) == 17
    assert all(line.name == f"{line.y[0]:g}→{line.y[-1]:g}" for line in lines)


def test_lines_with_more_people_are_wider(moringa, say):
    lines = [line for line in within_plots.slopes(moringa, 0, [], say).data if line.mode == "lines"]
    by_people = sorted(lines, key=lambda line: line.meta["people"])
    assert [line.line.width for line in by_people] == sorted(line.line.width for line in lines)
    assert by_people[0].line.width < by_people[-1].line.width


def test_a_fall_is_told_by_dash_as_well_as_colour(moringa, say):
    lines = [line for line in within_plots.slopes(moringa, 0, [], say).data if line.mode == "lines"]
    dashed = [line for line in lines if line.line.dash == "dash"]
    assert [(line.y[0], line.y[-1]) for line in dashed] == [(5, 4)]  # the one who got worse


def test_differences_are_after_minus_before_per_person(moringa, say):
    figure = within_plots.slopes(moringa, 0, [], say)
    height = {t: dict(zip(trace(figure, t).ids, trace(figure, t).y, strict=True)) for t in BEFORE_AND_AFTER}
    differences = trace(figure, "differences")
    assert dict(zip(differences.ids, differences.y, strict=True)) == {
        person: height["after"][person] - height["before"][person] for person in height["before"]
    }


def test_slopes_show_the_data_set_that_was_chosen(serpong, say):
    question = before_after(serpong, "milk-score", "massage", BEFORE_AND_AFTER)
    drawn = [list(trace(within_plots.slopes(question, chosen, [], say), "after").y) for chosen in (0, 1)]
    assert drawn == [question.people[0].scores[chosen][:, 1].tolist() for chosen in (0, 1)]
    assert drawn[0] != drawn[1]


@pytest.mark.parametrize("method", ["paired-t", "wilcoxon", "sign"])
def test_estimate_and_its_bar_equal_the_outcome(moringa, say, method):
    outcome = attempt(moringa, method).outcome
    mark = trace(within_plots.slopes(moringa, 0, [outcome], say), outcome.estimate_name)
    assert mark.y[0] == outcome.estimate
    ends = mark.y[0] - mark.error_y.arrayminus[0], mark.y[0] + mark.error_y.array[0]
    assert ends == pytest.approx(outcome.interval, abs=1e-12)


def test_estimates_that_are_no_differences_stay_off_the_axis(studies, say):
    question = before_after(studies["maita-2017"], "smooth-flow", "massage", BEFORE_AND_AFTER)
    outcome = attempt(question, "mcnemar").outcome
    assert traces(within_plots.slopes(question, 0, [outcome], say), "odds_ratio_paired") == []


def test_one_step_is_as_long_left_as_right(moringa, say):
    layout = within_plots.slopes(moringa, 0, [attempt(moringa, "paired-t").outcome], say).layout
    left, right = layout.yaxis.range, layout.yaxis2.range
    assert left[1] - left[0] == pytest.approx(right[1] - right[0])


@pytest.mark.parametrize("values", [[1.0], [2.0, 2.0], [3.0] * 12 + [4.0], [1.0, 2.0, 3.0]])
def test_spread_moves_equal_points_apart_and_symmetrically(values):
    places = spread(values)
    assert len(set(zip(places, values, strict=True))) == len(values)
    assert sum(places) == pytest.approx(0) and max(map(abs, places)) <= 0.16


# -- one arm: transitions, distribution, printed means -------------------------------------------------------------


def test_transitions_count_who_went_from_which_score_to_which(moringa, say):
    figure = within_plots.transitions(moringa, 0, say)
    (cells,) = (drawn for drawn in figure.data if drawn.type == "heatmap")
    counted = Counter(map(tuple, moringa.people[0].scores[0].tolist()))
    levels = ["1", "2", "3", "4", "5"]
    assert list(cells.x) == list(cells.y) == levels
    assert [list(row) for row in cells.z] == [[counted[float(b), float(a)] for b in levels] for a in levels]


def test_transitions_write_each_count_into_its_cell(moringa, say):
    written = trace(within_plots.transitions(moringa, 0, say), "counts")
    counted = Counter(map(tuple, moringa.people[0].scores[0].tolist()))
    assert {(float(b), float(a)): int(n) for b, a, n in zip(written.x, written.y, written.text, strict=True)} == counted


def test_scores_with_decimals_are_written_in_the_language_of_the_reader(made_up):
    figure = within_plots.transitions(made_up[0], 0, say_in("id"))
    (cells,) = (drawn for drawn in figure.data if drawn.type == "heatmap")
    assert any("," in label for label in cells.x) and not any("." in label for label in cells.x)


def test_distribution_counts_people_at_each_score(moringa, say):
    scores = moringa.people[0].scores[0]
    figure = within_plots.distribution([("Before", scores[:, 0]), ("After", scores[:, 1])], moringa, say)
    drawn = {int(bar.name): list(bar.customdata) for bar in figure.data}
    assert drawn == {1: [1, 0], 2: [2, 0], 3: [9, 0], 4: [3, 12], 5: [2, 5]}  # as Serpong's discussion prints, 4 → 12
    assert [sum(bar.x[side] for bar in figure.data) for side in (0, 1)] == pytest.approx([100, 100])


def test_distribution_of_yes_and_no_names_the_answers(studies, say):
    question = between(studies["triananinsi"], "smooth-flow", ("massage", "other"), ("after",), "after")
    figure = within_plots.distribution(list(zip("ab", question.offered[0]["groups"], strict=True)), question, say)
    assert {bar.name: list(bar.customdata) for bar in figure.data} == {"no": [2, 10], "yes": [13, 5]}


def printed_means_of(study, outcome, arm, say):
    return within_plots.printed_means(before_after(study, outcome, arm, tuple(study.timepoints)), say)


def test_printed_means_stand_at_the_printed_height(studies, say):
    figure = printed_means_of(studies["vina-2020"], "milk-output", "moringa", say)
    points = [point for point in figure.data if "markers" in point.mode]
    assert [point.y[0] for point in points] == [24.55, 41.45]
    assert all("24.55" in p.text or "41.45" in p.text for p in points)


@pytest.mark.parametrize(
    ("study_id", "outcome", "arm"),
    [("vina-2020", "milk-output", "moringa"), ("cassava-pekanbaru", "prolactin", "cassava")],
)
def test_no_error_bar_without_an_sd_and_the_plot_says_so(studies, say, study_id, outcome, arm):
    figure = printed_means_of(studies[study_id], outcome, arm, say)
    points = [point for point in figure.data if "markers" in point.mode]
    assert points and all(point.error_y.array is None for point in points)
    assert all(say("plot.no-sd") in point.text for point in points)


def test_error_bar_of_a_printed_mean_is_scipys_interval(serpong, say):
    from scipy.stats import t

    point = trace(printed_means_of(serpong, "milk-score", "moringa", say), "before")
    low, high = t.interval(0.95, 16, loc=3.18, scale=1.015 / math.sqrt(17))
    assert point.y[0] + point.error_y.array[0] == pytest.approx(high)
    assert point.y[0] - point.error_y.arrayminus[0] == pytest.approx(low)


def test_percentage_without_n_has_no_error_bar_and_says_n_is_missing(studies, say):
    point = trace(printed_means_of(studies["education-rosita"], "understood", "session", say), "after")
    assert (point.y[0], point.error_y.array) == (96, None)
    assert "96%" in point.text and say("plot.no-n") in point.text


def test_percentage_that_no_such_n_can_print_says_so(studies, say):
    assumed = assume_n(studies["education-rosita"], {"session": 10})
    point = trace(printed_means_of(assumed, "understood", "session", say), "after")
    assert point.error_y.array is None and say("plot.impossible-share") in point.text


def test_nothing_printed_is_said(cassava, say):
    figure = printed_means_of(cassava, "milk-production", "cassava", say)
    assert len(figure.data) == 0 and say("plot.nothing-printed") in annotations(figure)


# -- two arms -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["dots", "box", "raincloud"])
def test_groups_draw_every_value_and_the_estimate(change, say, kind):
    samples = change.offered[0]["groups"]
    outcomes = [attempt(change, method).outcome for method in ("welch-t", "mann-whitney")]
    figure = between_plots.groups(change, samples, outcomes, kind, say)
    for arm, values in zip(ARMS, samples, strict=True):
        assert list(trace(figure, arm).y) == values.tolist()
        assert list(trace(figure, arm).ids) == [f"{arm}-{number:02d}" for number in range(1, 18)]
    for outcome in outcomes:
        assert trace(figure, outcome.estimate_name).y[0] == outcome.estimate


def test_mean_marks_stand_at_the_means(change, say):
    samples = change.offered[0]["groups"]
    marks = traces(between_plots.groups(change, samples, [], "dots", say), "mean")
    assert [mark.y[0] for mark in marks] == pytest.approx([values.mean() for values in samples])


def test_zero_difference_stands_level_with_the_second_mean(change, say):
    samples = change.offered[0]["groups"]
    layout = between_plots.groups(change, samples, [attempt(change, "welch-t").outcome], "dots", say).layout
    shift = np.subtract(layout.yaxis.range, layout.yaxis2.range)
    assert shift == pytest.approx([samples[1].mean()] * 2)


def test_same_estimate_of_two_tests_is_drawn_once(change, say):
    outcomes = [attempt(change, method).outcome for method in ("welch-t", "welch-t", "independent-t")]
    figure = between_plots.groups(change, change.offered[0]["groups"], outcomes, "dots", say)
    drawn = traces(figure, "mean_difference")
    assert len(drawn) == len({outcome.interval for outcome in outcomes})


def test_both_arms_draw_people_means_changes_and_their_difference(serpong, change, say):
    columns = change.offered[0]["groups-before-after"]
    changes = [
        attempt(before_after(serpong, "milk-score", arm, BEFORE_AND_AFTER), "paired-t").outcome for arm in change.arms
    ]
    difference = attempt(change, "mixed-anova").outcome
    figure = between_plots.both_arms(change, columns, changes, difference, say)
    for arm, rows in zip(ARMS, columns, strict=True):
        assert [list(line.y) for line in traces(figure, f"{arm} person")] == rows.tolist()
        label = serpong.arms[arm].label["en"]
        assert list(trace(figure, label).y) == pytest.approx(rows.mean(axis=0).tolist())
    shown = [trace(figure, f"change {place}").y[0] for place in range(3)]
    assert shown == [changes[0].estimate, changes[1].estimate, difference.estimate]
    assert shown[2] == pytest.approx(shown[0] - shown[1])


def printed_values_of(study, outcome, arms, quantity, say):
    question = between(study, outcome, arms, tuple(study.timepoints), quantity)
    return printed_between.printed_values(question, printed_bound(study, outcome, arms), say)


def test_printed_values_without_sd_have_no_bar_and_show_the_bound(cassava, say):
    figure = printed_values_of(cassava, "prolactin", ("cassava", "control"), "change", say)
    assert [(point.name, point.y[0]) for point in figure.data] == [("cassava", 376.5), ("control", 103.5)]
    assert all(point.error_y.array is None and say("plot.no-sd") in point.text for point in figure.data)
    (note,) = annotations(figure)
    assert "181.7" in note and "1.46" in note and "273.0" in note


def test_a_printed_sd_is_never_called_missing(studies, say):
    figure = printed_values_of(studies["zakaria-2016"], "milk-volume", ("moringa", "without"), "change", say)
    for arm in ("moringa", "without"):  # 263.1 ± 40.8 and 151.4 ± −9.4 are printed, and neither is an SD
        assert say("plot.no-sd") not in trace(figure, arm).text and say("plot.unusable-sd") in trace(figure, arm).text


def test_the_bound_stands_only_beside_the_changes_it_belongs_to(cassava, say):
    assert annotations(printed_values_of(cassava, "prolactin", ("cassava", "control"), "after", say)) == []


def test_share_by_n_shows_wilson_for_each_possible_n_only(say):
    from statsmodels.stats.proportion import proportion_confint

    figure = printed_between.share_by_n([share_at("96", n) for n in range(5, 60)], "96", 25, say)
    points = trace(figure, "possible")
    assert points.x[0] == 23 and 24 in points.x and 22 not in points.x and 30 not in points.x
    place = list(points.x).index(25)
    low, high = proportion_confint(24, 25, method="wilson")
    assert points.y[place] == 96
    assert points.y[place] + points.error_y.array[place] == pytest.approx(100 * high)
    assert points.y[place] - points.error_y.arrayminus[place] == pytest.approx(100 * low)


def test_share_by_n_marks_the_chosen_n(say):
    shares = [share_at("96", n) for n in range(5, 60)]
    with_n, without = (printed_between.share_by_n(shares, "96", chosen, say) for chosen in (25, None))
    assert [shape.x0 for shape in with_n.layout.shapes] == [25] and len(without.layout.shapes) == 0


# -- design and background ----------------------------------------------------------------------------------------


def test_design_fills_the_marks_of_what_is_printed(studies, say):
    figure = design(studies["triananinsi"], say)
    assert [line.name for line in figure.data] == list(studies["triananinsi"].arms)
    cassava = design(studies["cassava-pekanbaru"], say)
    assert [list(line.marker.symbol) for line in cassava.data] == [["circle", "circle-open", "circle"]] * 2


def test_design_names_arms_with_n_and_how_it_is_known(serpong, studies, say):
    assert any(
        "Moringa leaf powder" in text and "n = 17 (derived)" in text for text in annotations(design(serpong, say))
    )
    assert any("n not printed" in text for text in annotations(design(studies["education-rosita"], say)))


def test_context_shows_every_printed_percentage_once(say):
    context = next(folder for folder in load_context() if folder.id == "context")
    (points,) = percentages(context, say).data
    printed = {(f.outcome, f.arm, f.timepoint, f.value) for f in context.figures if f.statistic == "percent"}
    assert sorted(points.x) == sorted(float(value) for *_, value in printed)
    assert len(set(points.y)) == len({key[:3] for key in printed})


# -- watermark, words, numbers ------------------------------------------------------------------------------------


def test_watermark_stands_on_simulated_people(made_up, say):
    alone, both = made_up
    samples = both.offered[0]
    figures = [
        within_plots.slopes(alone, 0, [], say),
        within_plots.transitions(alone, 0, say),
        within_plots.distribution(list(zip("ab", samples["groups"], strict=True)), both, say),
        between_plots.groups(both, samples["groups"], [], "dots", say),
        between_plots.both_arms(both, samples["groups-before-after"], [None, None], None, say),
    ]
    for figure in figures:
        assert annotations(figure, "watermark") == [say("plot.watermark")]


def test_watermark_stands_nowhere_else(moringa, change, say):
    samples = change.offered[0]
    figures = [
        within_plots.slopes(moringa, 0, [], say),
        within_plots.transitions(moringa, 0, say),
        within_plots.distribution(list(zip("ab", samples["groups"], strict=True)), change, say),
        between_plots.groups(change, samples["groups"], [], "dots", say),
        between_plots.both_arms(change, samples["groups-before-after"], [None, None], None, say),
        within_plots.printed_means(moringa, say),
    ]
    assert [say("plot.watermark") in words_in(figure) for figure in figures] == [False] * len(figures)


HOSTILE = '<b onmouseover="x">A & B</b>'


def hostile(study):
    """The study with HTML in every label that a plot may show."""
    label = {"en": HOSTILE, "id": HOSTILE}
    return replace(
        study,
        arms={k: replace(v, label=label, dose=label, duration=label) for k, v in study.arms.items()},
        outcomes={k: replace(v, label=label, unit=label) for k, v in study.outcomes.items()},
        timepoints={k: replace(v, label=label) for k, v in study.timepoints.items()},
    )


@pytest.mark.parametrize("study_id", ["moringa-massage-serpong", "cassava-pekanbaru", "triananinsi"])
def test_html_in_a_study_is_shown_and_never_obeyed(studies, say, study_id):
    figures = [figure for _, figure in all_plots(hostile(studies[study_id]), say)]
    assert any("&lt;b" in words_in(figure) for figure in figures)
    for figure in figures:
        assert "onmouseover" not in words_in(figure) or "<b on" not in words_in(figure)
        assert "A & B" not in words_in(figure)


@pytest.mark.parametrize("text", ["Ibu menyusui & bayi (hari 7)", "Before (day 1)", "Observation 1 (day not printed)"])
def test_a_wrapped_label_loses_no_letter(text):
    assert html.unescape(wrapped(text).replace("<br>", " ")) == text


def test_wrapping_never_cuts_an_escaped_sign_in_two():
    lines = wrapped("abcdefghijk&lmnopq").split("<br>")
    assert "".join(html.unescape(line) for line in lines) == "abcdefghijk&lmnopq"


def all_plots(study, say):
    """Every kind of plot that a study's questions can be asked for, with a name for messages."""
    times = tuple(study.timepoints)
    yield "design", design(study, say)
    for outcome in study.outcomes:
        for arm in study.arms:
            yield from plots_of_one(before_after(study, outcome, arm, times), say)
        if len(study.arms) > 1:
            for quantity in ("change", "after", "adjusted") if len(times) > 1 else ("after",):
                yield from plots_of_two(between(study, outcome, tuple(study.arms)[:2], times, quantity), say)


def plots_of_one(question, say):
    name = f"{question.study.id} {question.measure.id} {question.arms}"
    yield f"{name} means", within_plots.printed_means(question, say)
    if question.people[0] is not None:
        tried = [attempt(question, method).outcome for method in methods_for("within")]
        yield f"{name} slopes", within_plots.slopes(question, 0, [outcome for outcome in tried if outcome], say)
        yield f"{name} transitions", within_plots.transitions(question, 0, say)


def plots_of_two(question, say):
    name = f"{question.study.id} {question.measure.id} {question.quantity}"
    bound = printed_bound(question.study, question.measure.id, question.arms)
    yield f"{name} printed", printed_between.printed_values(question, bound, say)
    samples = question.offered[0]
    tried = [attempt(question, method).outcome for method in methods_for("between")]
    if "groups" in samples:
        for kind in ("dots", "box", "raincloud"):
            figure = between_plots.groups(question, samples["groups"], [o for o in tried if o], kind, say)
            yield f"{name} {kind}", figure
        sides = list(zip(question.arms, samples["groups"], strict=True))
        yield f"{name} stacked", within_plots.distribution(sides, question, say)
    if "groups-before-after" in samples:
        columns = samples["groups-before-after"]
        yield f"{name} both", between_plots.both_arms(question, columns, [None, None], None, say)


@pytest.mark.parametrize("language", ["en", "id"])
def test_no_figure_of_any_study_holds_a_nan_or_a_missing_word(studies, language):
    say = say_in(language)
    for study in studies.values():
        for name, figure in all_plots(study, say):
            assert all(math.isfinite(number) for number in numbers_in(figure.to_plotly_json())), name
            assert '"plot.' not in words_in(figure) and '"estimate' not in words_in(figure), name


def test_figures_of_simulated_people_hold_no_nan(studies, say):
    for study in studies.values():
        for outcome in study.outcomes:
            for arm in (arm for arm in study.arms if can_illustrate(study, outcome, arm)):
                assumed = default_assumptions([printed_change(study, outcome, arm)], None)
                people = illustrate(study, outcome, arm, assumed)
                question = before_after(study, outcome, arm, tuple(study.timepoints), people=people)
                for name, figure in plots_of_one(question, say):
                    assert all(math.isfinite(number) for number in numbers_in(figure.to_plotly_json())), name
