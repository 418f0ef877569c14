"""What stands in the plots across studies is what the results say: places, sides, sizes, words; never a pixel.

Results of rooms that these plots only read (funnel, network) are stood in for by small objects with the same fields.
"""

from __future__ import annotations

import json
import math
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from analysis.plots.across import Row, forest
from analysis.plots.across.evidence_map import Cell, evidence_map
from analysis.plots.across.frame import ABOVE, NAMES, SQUARES, TALL, cut, key_lines, letters
from analysis.plots.across.heterogeneity import Line, Study, baujat, funnel, regression
from analysis.plots.across.influence import cumulative, leave_one_out
from analysis.plots.across.league import league
from analysis.plots.across.network import against, network_graph, ranking, splits
from analysis.plots.across.scale import ratio_ticks, round_ticks, scale_of
from analysis.results import Effect, Pooled
from analysis.words import say_in
from tests.analysis.stopwatch import seconds

HOSTILE = '<b onmouseover="x">A & B</b>'


def effect(value, half, status="derived"):
    return Effect(value, (half / 1.96) ** 2, (value - half, value + half), "smd", status, "g")


def pooled(estimate, half, k=3, prediction=None, status="derived"):
    return Pooled("smd", k, "REML", "HKSJ", estimate, half / 2, (estimate - half, estimate + half), 0.03, 0.05, None,
                  40.0, 5.0, k - 1, 0.1, prediction, (100 / k,) * k, status)  # fmt: skip


ROWS = (
    Row("serpong", "Serpong 2020", "moringa", effect(0.8, 0.5), 40.0),
    Row("wati", "Wati", "", effect(-0.2, 0.4, "recovered"), 10.0),
    Row("vina", "Vina 2020", "", effect(1.1, 0.9, "assumed"), 20.0, left_out=True),
    Row("cassava", "Cassava", "SDs are not printed", None),
    Row("maita", "Maita 2017", "", effect(0.3, 0.6, "assumed"), 30.0),
)
WHOLE, KEPT = pooled(0.6, 0.3, 4, (-0.4, 1.6)), pooled(0.45, 0.35, 3)


def drawn(figure, name):
    (found,) = (trace for trace in figure.data if trace.name == name)
    return found


def points(figure):
    """Place, x and trace of each point that has an id."""
    return {
        key: (x, y, trace)
        for trace in figure.data
        if trace.customdata is not None and trace.mode and "markers" in trace.mode
        for key, x, y in zip(trace.customdata, trace.x, trace.y, strict=True)
    }


def notes(figure, name):
    return [note.text for note in figure.layout.annotations if note.name == name]


def words_in(figure):
    return json.dumps(json.loads(figure.to_json()), ensure_ascii=False)


def spans(figure, name):
    """The lines of intervals as (low, high) by place."""
    found = {}
    for trace in figure.data:
        if trace.name == name:
            for i in range(0, len(trace.x), 3):
                found[trace.y[i]] = (trace.x[i], trace.x[i + 1])
                assert trace.y[i] == trace.y[i + 1] and trace.x[i + 2] is None
    return found


# -- the axis ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("low", "high"), [(-0.3, 0.4), (-2.0, 2.5), (-5, 6), (-0.05, 0.2), (-12, 14), (2.2, 3.1)])
def test_ratio_ticks_are_few_round_and_within_the_axis(low, high):
    ticks = ratio_ticks(low, high)
    assert 1 <= len(ticks) <= 5 and ticks == sorted(set(ticks))
    assert all(low <= math.log(tick) <= high for tick in ticks)
    assert all(float(f"{tick:.2g}") == pytest.approx(tick) for tick in ticks)


@pytest.mark.parametrize(("low", "high"), [(-0.3, 0.4), (-2.0, 2.5), (-250, 610), (0.001, 0.0023)])
def test_plain_ticks_are_evenly_spaced_and_within_the_axis(low, high):
    ticks = round_ticks(low, high)
    assert 2 <= len(ticks) <= 5 and low <= ticks[0] and ticks[-1] <= high
    assert np.diff(ticks) == pytest.approx([ticks[1] - ticks[0]] * (len(ticks) - 1))


def test_the_axis_holds_every_effect_and_no_effect_but_no_endless_interval():
    scale = scale_of([0.5, 0.9, math.inf], [(0.1, 0.9), (0.4, 1.4), (-60.0, 61.0), (-math.inf, 2.0)], "hedges_g")
    assert scale.low < 0 and scale.high > 0.9
    assert scale.low > -60 and scale.high < 61


# -- forest --------------------------------------------------------------------------------------------------------


def test_each_study_stands_at_its_effect_in_the_order_given(say):
    at = points(forest(ROWS, WHOLE, KEPT, say))
    assert {key: (x, y) for key, (x, y, _) in at.items()} == {
        "serpong": (0.8, 0), "wati": (-0.2, 1), "vina": (1.1, 2), "maita": (0.3, 4)
    }  # fmt: skip


def test_intervals_are_those_of_the_effects(say):
    figure = forest(ROWS, WHOLE, KEPT, say)
    assert spans(figure, "intervals derived") == {0: pytest.approx((0.3, 1.3))}
    assert spans(figure, "intervals assumed") == {4: pytest.approx((-0.3, 0.9))}
    assert spans(figure, "intervals left out") == {2: pytest.approx((0.2, 2.0))}
    assert drawn(figure, "intervals assumed").line.dash == "dash"
    assert drawn(figure, "intervals recovered").line.dash == "solid"


def test_marks_tell_evidence_status_and_what_is_left_out(say):
    at = points(forest(ROWS, WHOLE, KEPT, say))
    assert {key: trace.marker.symbol for key, (_, _, trace) in at.items()} == {
        "serpong": "square-open", "wati": "square-x-open", "vina": "x", "maita": "square-open-dot"
    }  # fmt: skip
    assert at["vina"][2].marker.color != at["serpong"][2].marker.color
    assert len(set(SQUARES.values())) == len(SQUARES)


def test_the_area_of_a_square_goes_with_its_weight(say):
    rows = [Row(f"s{i}", "", "", effect(0.1 * i, 0.5), weight) for i, weight in enumerate((10.0, 20.0, 40.0))]
    (trace,) = {id(t): t for _, _, t in points(forest(rows, None, None, say)).values()}.values()
    areas = trace.marker.size**2
    assert areas / areas[0] == pytest.approx([1, 2, 4])


def test_both_results_are_drawn_where_studies_are_left_out(say):
    figure = forest(ROWS, WHOLE, KEPT, say)
    whole, kept = drawn(figure, "whole"), drawn(figure, "kept")
    assert [list(one.x[:3]) for one in (whole, kept)] == [
        pytest.approx([0.3, 0.6, 0.9]),
        pytest.approx([0.1, 0.45, 0.8]),
    ]
    assert kept.meta["place"] > whole.meta["place"] > 4
    assert spans(figure, "whole prediction") == {6: pytest.approx((-0.4, 1.6))}


def test_what_is_kept_is_drawn_only_where_something_is_left_out(say):
    figure = forest([replace(row, left_out=False) for row in ROWS], WHOLE, KEPT, say)
    assert [trace.name for trace in figure.data if trace.name in ("whole", "kept")] == ["whole"]
    assert not any(trace.name == "kept" for trace in forest(ROWS, None, None, say).data)


def test_a_study_without_an_effect_keeps_its_line_and_says_what_is_missing(say):
    figure = forest(ROWS, WHOLE, KEPT, say)
    missing = drawn(figure, "missing")
    assert (list(missing.y), list(missing.customdata), list(missing.text)) == (
        [3],
        ["cassava"],
        ["SDs are not printed"],
    )
    assert "Cassava" in figure.layout.yaxis.ticktext[3]
    assert 3 not in drawn(figure, "numbers").y


def test_numbers_beside_the_plot_are_the_effects(say):
    numbers = drawn(forest(ROWS, WHOLE, KEPT, say), "numbers")
    said = dict(zip(numbers.y, (text.strip() for text in numbers.text), strict=True))
    assert said[0] == "+0.80 [+0.30, +1.30]" and said[1] == "−0.20 [−0.60, +0.20]"
    assert "+0.60 [+0.30, +0.90]" in said[5] and said[6] == "[−0.40, +1.60]" and "+0.45 [+0.10, +0.80]" in said[7]


def test_ratios_are_written_as_ratios_and_stand_at_their_logs(say):
    rows = [Row("a", "A", "", Effect(math.log(2), 0.1, (0.0, math.log(4)), "log_or", "derived", ""), 100.0)]
    figure = forest(rows, None, None, say, kind="log_odds_ratio")
    assert points(figure)["a"][0] == math.log(2)
    assert [t.strip() for t in drawn(figure, "numbers").text] == ["2.00 [1.00, 4.00]"]
    axis = figure.layout.xaxis
    assert [math.exp(place) for place in axis.tickvals] == pytest.approx([float(text) for text in axis.ticktext])


def test_indonesian_has_its_decimal_comma_and_semicolon():
    figure = forest(ROWS, WHOLE, KEPT, say_in("id"))
    assert drawn(figure, "numbers").text[0].strip() == "+0,80 [+0,30; +1,30]"
    assert any("," in tick for tick in forest(ROWS[:1], None, None, say_in("id")).layout.xaxis.ticktext)
    assert "Semua (k = 4)" in words_in(figure) and "Kept" not in words_in(figure)


def test_an_interval_beyond_the_axis_gets_an_arrow_at_its_end(say):
    rows = [*ROWS[:2], Row("wide", "Wide", "", effect(0.4, 9.0), 1.0), Row("bound", "Bound", "", replace(
        effect(0.5, 0.1), interval=(0.2, math.inf)), 1.0)]  # fmt: skip
    figure = forest(rows, None, None, say)
    low, high = figure.layout.xaxis.range
    left = [(x, y) for t in figure.data if t.name == "beyond left" for x, y in zip(t.x, t.y, strict=True)]
    right = [(x, y) for t in figure.data if t.name == "beyond right" for x, y in zip(t.x, t.y, strict=True)]
    assert left == [(low, 2)] and right == [(high, 2), (high, 3)]
    assert spans(figure, "intervals derived")[2] == (low, high)


def test_an_infinite_ratio_stands_at_the_end_with_an_arrow(say):
    rows = [ROWS[0], Row("none", "None", "", replace(effect(0.0, 1), value=math.inf, interval=(0.3, math.inf)), 1.0)]
    figure = forest(rows, None, None, say, kind="log_odds_ratio")
    assert points(figure)["none"][0] == figure.layout.xaxis.range[1]
    assert "∞" in drawn(figure, "numbers").text[1]
    assert any(t.name == "beyond right" and 1 in t.y for t in figure.data)


def test_groups_have_headings_and_diamonds_of_their_own(say):
    rows = [replace(row, group="Moringa" if i % 2 else "Massage") for i, row in enumerate(ROWS)]
    figure = forest(rows, WHOLE, None, say, groups={"Moringa": pooled(0.1, 0.2, 2), "Massage": pooled(0.7, 0.3, 2)})
    headings = {note.text: note.y for note in figure.layout.annotations if note.name == "heading"}
    assert headings == {"<b>Massage</b>": 0, "<b>Moringa</b>": 5}
    assert {key: y for key, (_, y, _) in points(figure).items()} == {"serpong": 1, "vina": 2, "maita": 3, "wati": 6}
    diamonds = [trace for trace in figure.data if trace.name == "group"]
    assert [(d.meta["place"], d.x[1]) for d in diamonds] == [(4, 0.7), (8, 0.1)]


def test_no_effect_is_a_line_and_each_side_says_what_it_favours(say):
    figure = forest(ROWS, WHOLE, KEPT, say, favours=("favours control", "favours moringa"), axis="Hedges g")
    assert 0 in [shape.x0 for shape in figure.layout.shapes]
    sides = [note for note in figure.layout.annotations if note.name == "favours"]
    assert [(note.text, note.xanchor, note.x) for note in sides] == [
        ("← favours control", "right", 0), ("favours moringa →", "left", 0)
    ]  # fmt: skip
    assert notes(figure, "axis") == ["Hedges g"]


LIGHTS = (("+", "#009E73", "low: because"), ("", "#7A7A7A", "not assessed"))


def test_lights_stand_on_their_study_s_line(say):
    rows = [replace(ROWS[0], lights=LIGHTS), ROWS[1], replace(ROWS[3], lights=LIGHTS)]
    lights = drawn(forest(rows, None, None, say), "lights")
    assert [list(row) for row in lights.text] == [["+", ""], ["", ""], ["+", ""]]
    assert lights.hovertext[2][0] == "low: because" and lights.z[1][0] is None
    assert lights.z[0][0] == lights.z[2][0] != lights.z[0][1]


def test_lines_make_a_forest_taller_and_names_are_cut_but_told_in_full_on_hovering(say):
    long = replace(ROWS[0], label="A very long name of a study that nobody can read on a phone")
    one, five = forest([long], None, None, say), forest([long, *ROWS[1:]], None, None, say)
    assert five.layout.height - one.layout.height >= 4 * 26
    assert letters(one.layout.yaxis.ticktext[0]) <= NAMES
    assert long.label in points(one)["serpong"][2].hovertext[0]


def test_a_simulated_study_puts_its_word_across_the_forest(say):
    figure = forest([replace(ROWS[0], effect=effect(0.1, 0.2, "illustrative"))], None, None, say)
    assert (
        notes(figure, "watermark") == [say("plot.watermark")]
        and notes(forest(ROWS, None, None, say), "watermark") == []
    )


# -- map -----------------------------------------------------------------------------------------------------------

COLUMNS = (("milk", "milk volume"), ("prolactin", "prolactin"))
TREATMENTS = (("moringa", "Moringa", "plants"), ("massage", "Massage", "touch"), ("katuk", "Katuk", "plants"))
CELLS = (
    Cell("moringa", "milk", 3, 400, "better", "low", True, "Moringa, milk"),
    Cell("massage", "milk", 1, 100, "worse", None, True, "Massage, milk"),
    Cell("katuk", "prolactin", 2, None, "better", None, False, "Katuk, prolactin"),
)


def test_bubbles_stand_at_their_intervention_and_outcome(say):
    figure = evidence_map(CELLS, TREATMENTS, COLUMNS, say)
    names = list(figure.layout.yaxis.ticktext)
    assert names == ["", "Moringa", "Katuk", "", "Massage"]
    assert {key: (x, names[int(y)]) for key, (x, y, _) in points(figure).items()} == {
        "moringa|milk": (0, "Moringa"), "massage|milk": (0, "Massage"), "katuk|prolactin": (1, "Katuk")
    }  # fmt: skip
    headings = {note.text: note.y for note in figure.layout.annotations if note.name == "heading"}
    assert headings == {"<b>plants</b>": 0, "<b>touch</b>": 3}


def bubble(figure, key):
    trace = points(figure)[key][2]
    i = list(trace.customdata).index(key)
    return SimpleNamespace(size=trace.marker.size[i], color=trace.marker.color[i], text=notes(figure, key)[0],
                           symbol=trace.marker.symbol, hover=trace.hovertext[i])  # fmt: skip


def test_area_is_people_number_is_studies_and_shape_goes_with_colour(say):
    cells = [replace(CELLS[0], people=400), replace(CELLS[1], people=200), CELLS[2]]
    figure = evidence_map(cells, TREATMENTS, COLUMNS, say)
    moringa, massage, katuk = (bubble(figure, key) for key in ("moringa|milk", "massage|milk", "katuk|prolactin"))
    assert (moringa.size / massage.size) ** 2 == pytest.approx(2)
    assert katuk.size < massage.size and say("across-plot.people-unknown") in katuk.hover
    assert (moringa.text, massage.text, katuk.text) == ("3", "1", "2")
    assert moringa.symbol == katuk.symbol != massage.symbol
    assert moringa.color.rsplit(",", 1)[0] == katuk.color.rsplit(",", 1)[0] != massage.color.rsplit(",", 1)[0]


def test_surer_bubbles_are_fuller_and_nothing_poolable_is_hollow(say):
    def fullness(certainty, poolable=True):
        cell = replace(CELLS[0], certainty=certainty, poolable=poolable)
        colour = bubble(evidence_map([cell], TREATMENTS, COLUMNS, say), "moringa|milk").color
        return float(colour.rstrip(")").rsplit(",", 1)[1])

    shades = [fullness(certainty) for certainty in ("high", "moderate", "low", "very low")]
    assert shades == sorted(shades, reverse=True) and len(set(shades)) == 4
    assert fullness(None) <= shades[-1] and fullness("high", poolable=False) == 0


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_key_explains_what_is_there_and_nothing_else(language):
    say = say_in(language)
    (key,) = notes(evidence_map(CELLS, TREATMENTS, COLUMNS, say), "key")
    for word in ("better", "worse", "hollow", "low", "not-rated"):
        assert say(f"across-plot.{word}") in key
    assert say("across-plot.moderate") not in key and say("across-plot.unclear") not in key


# -- heterogeneity -------------------------------------------------------------------------------------------------

SES = (0.0, 0.25, 0.5)


def contour(level, centre, z):
    return SimpleNamespace(level=level, low=tuple(centre - z * s for s in SES), high=tuple(centre + z * s for s in SES))


FUNNEL = SimpleNamespace(
    points=((0.8, 0.2), (0.1, 0.5), (0.5, 0.3)),
    centre=0.4,
    ses=SES,
    pseudo=contour(0.95, 0.4, 1.96),
    contours=(contour(0.90, 0, 1.645), contour(0.95, 0, 1.96), contour(0.99, 0, 2.576)),
)
STUDIES = (Study("a", "Study A", "reported"), Study("b", "Study B"), Study("c", "Study C"))


def test_funnel_points_stand_at_effect_and_standard_error_precise_ones_up(say):
    figure = funnel(FUNNEL, STUDIES, say, axis="g")
    assert {key: (x, y) for key, (x, y, _) in points(figure).items()} == dict(zip("abc", FUNNEL.points, strict=True))
    bottom, top = figure.layout.yaxis.range
    assert bottom > 0.5 and top <= 0


def test_funnel_areas_lie_between_their_contours_on_both_sides(say):
    figure = funnel(FUNNEL, STUDIES, say)
    low, high = figure.layout.xaxis.range
    edges = {  # at the largest SE: from and to
        "p 0.10 left": (-1.645 / 2, -1.96 / 2), "p 0.10 right": (1.645 / 2, 1.96 / 2),
        "p 0.05 left": (-1.96 / 2, -2.576 / 2), "p 0.05 right": (1.96 / 2, 2.576 / 2),
        "p 0.01 left": (-2.576 / 2, low), "p 0.01 right": (2.576 / 2, high),
    }  # fmt: skip
    for name, ends in edges.items():
        area = drawn(figure, name)
        assert {x for x, y in zip(area.x, area.y, strict=True) if y == 0.5} == set(ends)
    opacities = [
        float(drawn(figure, f"p {p} left").fillcolor.rstrip(")").split(",")[-1]) for p in ("0.10", "0.05", "0.01")
    ]
    assert opacities == sorted(opacities)


def test_funnel_has_the_pseudo_interval_and_the_pooled_line(say):
    figure = funnel(FUNNEL, STUDIES, say)
    assert drawn(figure, "pseudo low").x == pytest.approx(FUNNEL.pseudo.low)
    assert drawn(figure, "pseudo high").x == pytest.approx(FUNNEL.pseudo.high)
    assert [shape.x0 for shape in figure.layout.shapes] == [0, 0.4]


def test_baujat_puts_contribution_right_and_influence_up(say):
    given = [SimpleNamespace(contribution=c, influence=i) for c, i in ((2.0, 0.4), (0.5, 0.1), (1.0, math.inf))]
    figure = baujat(given, STUDIES, say)
    at = points(figure)
    assert [at[key][:2] for key in "ab"] == [(2.0, 0.4), (0.5, 0.1)]
    assert 0.4 < at["c"][1] <= figure.layout.yaxis.range[1] and "∞" in at["c"][2].hovertext[-1]
    assert "Study A" in notes(figure, "standing out")


def test_leave_one_out_and_cumulative_draw_each_pooled_result(say):
    given = (pooled(0.5, 0.2), pooled(0.3, 0.4), pooled(0.7, 0.1))
    names = ["A", "B", "C"]
    for figure, sign in ((leave_one_out(given, names, WHOLE, say), "−"), (cumulative(given, names, say), "+")):
        marks = drawn(figure, "pooled")
        assert (list(marks.x), list(marks.y)) == ([0.5, 0.3, 0.7], [0, 1, 2])
        assert spans(figure, "intervals")[1] == pytest.approx((-0.1, 0.7))
        assert list(figure.layout.yaxis.ticktext[:3]) == [f"{sign} {name}" for name in names]
    assert drawn(leave_one_out(given, names, WHOLE, say), "whole").x[1] == 0.6
    assert drawn(cumulative(given, names, say), "whole").x[1] == 0.7


def test_regression_draws_bubbles_by_weight_with_line_and_band(say):
    line = Line((1.0, 9.0), (0.1, 0.9), (-0.2, 0.5), (0.4, 1.3))
    figure = regression([(2.0, 0.2), (8.0, 0.9), (5.0, 0.5)], (10, 40, 20), STUDIES, line, say, covariate="Days")
    at = points(figure)
    assert {key: at[key][:2] for key in "abc"} == {"a": (2.0, 0.2), "b": (8.0, 0.9), "c": (5.0, 0.5)}
    size = {key: trace.marker.size[list(trace.customdata).index(key)] for key, (_, _, trace) in at.items()}
    assert (size["b"] / size["c"]) ** 2 == pytest.approx(2) and size["b"] / size["a"] == pytest.approx(2)
    assert list(drawn(figure, "line").y) == [0.1, 0.9]
    band = drawn(figure, "band")
    assert set(zip(band.x, band.y, strict=True)) == {(1, -0.2), (1, 0.4), (9, 0.5), (9, 1.3)}
    without = regression([(2.0, 0.2)], (1,), STUDIES[:1], None, say, covariate="Days")
    assert [trace.name for trace in without.data] == [say("status.reported")]


# -- network -------------------------------------------------------------------------------------------------------

NODES = [SimpleNamespace(treatment=t, studies=s, people=p) for t, s, p in (
    ("control", 4, 400), ("moringa", 3, 200), ("massage", 2, None), ("katuk", 1, 100))]  # fmt: skip
EDGES = [SimpleNamespace(a=a, b=b, studies=s, people=p) for a, b, s, p in (
    ("control", "moringa", 3, 300), ("control", "massage", 1, None), ("katuk", "moringa", 1, 80))]  # fmt: skip


def test_treatments_stand_on_a_circle_and_lines_join_the_compared(say):
    figure = network_graph(NODES, EDGES, say)
    at = {key: (x, y) for key, (x, y, _) in points(figure).items()}
    assert all(math.hypot(x, y) == pytest.approx(1) for x, y in at.values()) and len(set(at.values())) == 4
    joined = [
        {(trace.x[i], trace.y[i]), (trace.x[i + 1], trace.y[i + 1])}
        for trace in figure.data if trace.name == "comparison" for i in range(0, len(trace.x), 3)
    ]  # fmt: skip
    assert sorted(map(sorted, joined)) == sorted(sorted([at[edge.a], at[edge.b]]) for edge in EDGES)


def test_circles_are_as_large_as_their_people_and_lines_as_wide_as_their_studies(say):
    figure = network_graph(NODES, EDGES, say)
    circles = drawn(figure, "treatments")
    size = dict(zip(circles.customdata, circles.marker.size, strict=True))
    assert (size["control"] / size["moringa"]) ** 2 == pytest.approx(2)
    assert size["massage"] < size["katuk"]
    assert say("across-plot.people-not-known") in circles.hovertext[2]
    assert list(circles.marker.symbol) == ["circle", "circle", "circle-open", "circle"]
    widths = {t.meta["studies"]: t.line.width for t in figure.data if t.name == "comparison"}
    assert widths[3] == pytest.approx(3 * widths[1])
    numbers = drawn(figure, "studies")
    assert dict(zip(numbers.customdata, numbers.text, strict=True)) == {
        "control|moringa": "3", "control|massage": "1", "katuk|moringa": "1"
    }  # fmt: skip


def contrast(a, b, value, half, direct=True):
    estimate = SimpleNamespace(value=value, interval=(value - half, value + half), p=0.04)
    return SimpleNamespace(a=a, b=b, estimate=estimate, direct=estimate if direct else None)


ONE, TWO, THREE = (
    contrast("moringa", "control", 0.9, 0.3),
    contrast("moringa", "massage", 0.4, 0.6, direct=False),
    contrast("control", "massage", -0.5, 0.2),
)
LEAGUE = (
    (None, ONE, TWO),
    (contrast("control", "moringa", -0.9, 0.3), None, THREE),
    (contrast("massage", "moringa", -0.4, 0.6, direct=False), contrast("massage", "control", 0.5, 0.2), None),
)
ORDER = ("moringa", "control", "massage")


def test_the_league_table_says_row_minus_column_with_its_interval(say):
    figure = league(ORDER, LEAGUE, say)
    cells = drawn(figure, "cells")
    said = {(int(y), int(x)): text for x, y, text in zip(cells.x, cells.y, cells.text, strict=True)}
    assert said[0, 1] == "<b>+0.90</b><br>+0.60<br>+1.20" and said[1, 0] == "<b>−0.90</b><br>−1.20<br>−0.60"
    assert said[0, 2].startswith("<i>") and not said[1, 2].startswith("<i>")
    hover = drawn(figure, "league").hovertext
    assert "moringa − control" in hover[0][1] and say("across-plot.indirect-only") in hover[0][2]


@pytest.mark.parametrize(("better", "signs"), [(True, [[None, 1, 0], [-1, None, -1], [0, 1, None]]),
                                               (False, [[None, -1, 0], [1, None, 1], [0, -1, None]])])  # fmt: skip
def test_a_cell_is_coloured_for_the_side_its_interval_speaks_for(say, better, signs):
    figure = league(ORDER, LEAGUE, say, higher_is_better=better)
    assert [list(row) for row in drawn(figure, "league").z] == signs


def test_up_to_six_treatments_are_named_beside_the_table_and_more_below_it(say):
    labels = {t: f"Name of {t}" for t in ORDER}
    assert "Name of" in league(ORDER, LEAGUE, say, labels=labels).layout.yaxis.ticktext[0]
    many = [f"t{i}" for i in range(12)]
    cells = [[None if a == b else contrast(a, b, 0.1, 0.2) for b in many] for a in many]
    figure = league(many, cells, say)
    assert list(figure.layout.yaxis.ticktext) == [str(i) for i in range(1, 13)]
    assert all(f"{i} t{i - 1}" in notes(figure, "key")[0] for i in range(1, 13))


def test_each_against_one_is_hollow_where_no_study_compares_the_two(say):
    figure = against((TWO, ONE), say)
    marks = drawn(figure, "estimates")
    assert list(marks.x) == [0.4, 0.9] and list(marks.marker.symbol) == ["square-open", "square"]
    assert say("across-plot.indirect-only") in marks.hovertext[0] + written(figure, "key")
    assert say("across-plot.indirect-only") not in marks.hovertext[1]
    assert [text.strip() for text in drawn(figure, "numbers").text] == ["+0.40 [−0.20, +1.00]", "+0.90 [+0.60, +1.20]"]


def written(figure, name):
    return "".join(note.text for note in figure.layout.annotations if note.name == name)


@pytest.mark.parametrize("left_out", [True, False])
def test_on_a_narrow_screen_the_same_is_drawn_with_names_above(say, left_out):
    rows = [replace(row, left_out=row.left_out and left_out) for row in ROWS]
    wide, narrow = (forest(rows, WHOLE, KEPT, say, favours=("worse", "better"), narrow=one) for one in (False, True))
    assert {key: (x, y) for key, (x, y, _) in points(wide).items()} == {
        key: (x, y) for key, (x, y, _) in points(narrow).items()
    }
    names = [note.text for note in narrow.layout.annotations if note.name == "name"]
    assert names == list(wide.layout.yaxis.ticktext) and set(narrow.layout.yaxis.ticktext) == {""}
    assert narrow.layout.margin.l < wide.layout.margin.l
    assert "worse" in written(narrow, "favours") and "better" in written(narrow, "favours")


def test_on_a_narrow_screen_no_line_runs_through_a_name(say):
    groups = [replace(row, group="class") for row in ROWS]
    figure = forest(groups, WHOLE, None, say, narrow=True)
    half = 7 / TALL  # of a line of words, in lines of the plot
    words = [note for note in figure.layout.annotations if note.name in ("name", "heading")]
    heights = [note.y - (note.yshift or 0) / TALL for note in words]  # the axis counts downwards, pixels upwards
    assert len(heights) == len(figure.layout.yaxis.tickvals) + 1 and figure.layout.shapes  # the heading has no name
    for shape in figure.layout.shapes:
        assert not [y for y in heights if min(shape.y0, shape.y1) < y + half and y - half < max(shape.y0, shape.y1)]
    assert not figure.layout.xaxis.showgrid


def test_the_key_says_what_the_lights_mean_where_they_stand(say):
    rows, key = [replace(ROWS[0], lights=LIGHTS)], [("#009E73", "+ low risk"), ("#7A7A7A", "not assessed")]
    (wide,), narrow = (notes(forest(rows, None, None, say, lights=key, narrow=one), "key") for one in (False, True))
    assert all(words in wide for _, words in key) and all(words not in "".join(narrow) for _, words in key)


def test_a_name_may_be_longer_above_its_line(say):
    long = [replace(ROWS[0], label="n" * 60)]
    for narrow, most in ((False, NAMES), (True, ABOVE)):
        figure = forest(long, None, None, say, narrow=narrow)
        name = written(figure, "name") if narrow else figure.layout.yaxis.ticktext[0]
        assert letters(name) == most


def test_splits_draw_direct_indirect_and_network_of_each_pair(say):
    parts = [contrast("a", "b", value, 0.3).estimate for value in (0.6, -0.1, 0.4)]
    found = SimpleNamespace(a="moringa", b="control", direct=parts[0], indirect=parts[1], network=parts[2],
                            difference=SimpleNamespace(p=0.042))  # fmt: skip
    figure = splits([found, found], say)
    for kind, value, offset in (("direct", 0.6, 1), ("indirect", -0.1, 2), ("network", 0.4, 3)):
        marks = drawn(figure, say(f"across-plot.{kind}"))
        assert (list(marks.x), list(marks.y)) == ([value, value], [offset, offset + 4])
        assert spans(figure, f"intervals {kind}")[offset] == pytest.approx((value - 0.3, value + 0.3))
    assert "p = 0.0420" in drawn(figure, "numbers").text[0]
    assert notes(figure, "heading") == ["<b>moringa − control</b>"] * 2


def test_beside_a_p_score_a_long_name_has_two_lines_and_loses_no_word(say):
    long = "breast massage + warm compress"
    names = ranking(("a", "b"), (0.2, 0.9), say, labels={"a": long, "b": "ginger"}).layout.yaxis.ticktext
    assert [name.replace("<br>", " ") for name in names] == ["ginger", long] and "<br>" in names[1]


def test_the_highest_p_score_stands_first(say):
    (bars,) = ranking(("a", "b", "c"), (0.2, 0.9, 0.4), say).data
    assert (list(bars.x), list(bars.customdata), list(bars.text)) == (
        [0.9, 0.4, 0.2],
        ["b", "c", "a"],
        ["0.90", "0.40", "0.20"],
    )


def test_a_wide_map_leaves_no_room_for_turned_names_that_it_does_not_turn(say):
    wide, narrow = (evidence_map(CELLS, TREATMENTS, COLUMNS, say, narrow=one) for one in (False, True))
    assert narrow.layout.margin.t - wide.layout.margin.t == narrow.layout.height - wide.layout.height > 80
    assert wide.layout.xaxis.automargin and not narrow.layout.xaxis.automargin  # turned by a zoom, they get room


# -- words, safety, speed ------------------------------------------------------------------------------------------


def all_figures(say, text="Text"):
    """Every plot, with one text wherever a file's text may stand."""
    labels = dict.fromkeys(("control", "moringa", "massage", "katuk"), text)
    rows = [replace(row, label=text, detail=text, group=text) for row in ROWS]
    studies = [replace(study, label=text) for study in STUDIES]
    split = SimpleNamespace(a="moringa", b="control", direct=ONE.estimate, indirect=TWO.estimate,
                            network=ONE.estimate, difference=SimpleNamespace(p=0.2))  # fmt: skip
    line = Line((1.0, 9.0), (0.1, 0.9), (-0.2, 0.5), (0.4, 1.3))
    yield forest(rows, WHOLE, KEPT, say, groups={text: WHOLE}, favours=(text, text), axis=text)
    yield evidence_map(CELLS, [(i, text, text) for i, _, _ in TREATMENTS], [(i, text) for i, _ in COLUMNS], say)
    yield funnel(FUNNEL, studies, say, axis=text)
    yield baujat([SimpleNamespace(contribution=1.0, influence=0.2)] * 3, studies, say)
    yield leave_one_out((KEPT, KEPT), (text, text), WHOLE, say, axis=text)
    yield cumulative((KEPT, KEPT), (text, text), say, axis=text)
    yield regression([(1, 2), (2, 3), (3, 1)], (1, 2, 3), studies, line, say, covariate=text, axis=text)
    yield network_graph(NODES, EDGES, say, labels=labels)
    yield league(ORDER, LEAGUE, say, labels=labels)
    yield splits([split], say, labels=labels, axis=text)
    yield ranking(ORDER, (0.1, 0.2, 0.3), say, labels=labels)


def test_html_in_a_text_is_shown_and_never_obeyed(say):
    for figure in all_figures(say, HOSTILE):
        said = words_in(figure)
        assert "&lt;b" in said and "<b on" not in said and "A & B" not in said


@pytest.mark.parametrize("language", ["en", "id"])
def test_no_word_is_missing_and_no_number_is_nan(language):
    for figure in all_figures(say_in(language)):
        said = words_in(figure)
        assert "across-plot." not in said and "status." not in said and "NaN" not in said
        assert "nan" not in [str(value) for trace in figure.data for value in np.ravel(np.array(trace.x, object))]


def test_the_languages_differ_in_every_plot():
    for english, indonesian in zip(all_figures(say_in("en")), all_figures(say_in("id")), strict=True):
        assert words_in(english) != words_in(indonesian)


def test_nothing_to_show_is_no_error(say):
    assert forest([], None, None, say).layout.height > 0
    assert evidence_map([], [], [], say).layout.height > 0
    assert cumulative((), (), say).layout.height > 0 and baujat([], [], say).layout.height > 0
    assert splits([], say).layout.height > 0 and network_graph([], [], say).layout.height > 0


def test_a_cut_text_keeps_escaped_signs_whole():
    assert cut("abcdef & ghijkl", 9) == "abcdef &amp;…" and cut("a < b", 9) == "a &lt; b"


def test_a_key_breaks_between_entries_only():
    entries = [f"entry {i}" for i in range(20)]
    lines = key_lines(entries)
    assert [entry for line in lines for entry in line.split("\u2003")] == entries
    assert max(map(letters, lines)) <= 46


def test_a_forest_of_300_and_a_map_of_40_by_8_are_built_quickly(say):
    rows = [replace(ROWS[i % 5], id=str(i)) for i in range(300)]
    treatments = [(f"t{i}", f"Treatment {i}", "") for i in range(40)]
    columns = [(f"c{i}", f"Outcome {i}") for i in range(8)]
    cells = [replace(CELLS[(i + j) % 3], row=f"t{i}", column=f"c{j}") for i in range(40) for j in range(8)]
    assert seconds(lambda: forest(rows, WHOLE, KEPT, say), 9) < 0.030
    # most of it the numbers, which are annotations so that they follow the theme; built once per choice and language
    assert seconds(lambda: evidence_map(cells, treatments, columns, say), 9) < 0.075
