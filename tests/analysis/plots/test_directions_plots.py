"""The plots of directions: which side each mark points to, how it is known, where p and people put a point or a bar."""

from __future__ import annotations

import math

import pytest
from scipy import stats

from analysis.plots.across.directions import FEW_TICKS, TICKS, Flown, Pointing, albatross, effect_directions
from analysis.words import LANGUAGES, say_in

HOSTILE = '<b onmouseover="x">A & B</b>'
ROWS = (
    Pointing("one", "One 2020", "ginger", 1, "reported", "said", "p = .02; n = 40"),
    Pointing("two", "Two 2021", "moringa", -1, "derived", "means", "n = 30"),
    Pointing("three", HOSTILE, "moringa", 0, "reported", HOSTILE, HOSTILE),
    Pointing("four", "Four 2023", "moringa", None, "reported", "nothing", "not said"),
)
POINTS = (
    Flown("a", "A", "reported", 2.0, 40, "", "exact"),
    Flown("b", "B", "derived", -1.0, 100, "", "exact"),
    Flown("c", "C", "reported", 1.959964, 60, "<", "below"),
    Flown("d", "D", "reported", 1.959964, 50, "both", "above"),
    Flown("e", "E", "assumed", -1.959964, 20, ">", "above"),
)


@pytest.fixture(params=LANGUAGES)
def say(request):
    return say_in(request.param)


def marks(figure):
    return {
        key: (x, y, symbol)
        for trace in figure.data
        if trace.customdata is not None and trace.mode == "markers"
        for key, x, y, symbol in zip(
            trace.customdata, trace.x, trace.y,
            [trace.marker.symbol] * len(trace.x) if isinstance(trace.marker.symbol, str) else trace.marker.symbol,
            strict=True,
        )
    }  # fmt: skip


@pytest.mark.parametrize("narrow", [False, True])
def test_each_mark_points_to_its_side_and_tells_how_it_is_known(say, narrow):
    found = marks(effect_directions(ROWS, say, narrow=narrow))
    assert {key: (x, symbol) for key, (x, _, symbol) in found.items()} == {
        "one": (1, "triangle-up"), "two": (-1, "triangle-down-open"), "three": (0, "diamond"),
    }  # fmt: skip


def test_every_row_has_a_line_below_its_intervention_and_says_its_numbers(say):
    figure = effect_directions(ROWS, say)
    headings = [one.text for one in figure.layout.annotations if one.name == "heading"]
    assert headings == ["<b>ginger</b>", "<b>moringa</b>"]
    (numbers,) = (trace for trace in figure.data if trace.name == "numbers")
    assert list(numbers.y) == [1, 3, 4, 5] and "not said" in numbers.text[3]
    assert {key: y for key, (_, y, _) in marks(figure).items()} == {"one": 1, "two": 3, "three": 4}


def test_text_of_files_stays_text(say):
    for figure in (
        effect_directions(ROWS, say),
        albatross([Flown("a", HOSTILE, "reported", 1, 9, "", HOSTILE)], {}, say),
    ):
        assert "<b onmouseover" not in figure.to_json().replace("\\u003c", "<")


def test_p_and_people_place_a_point(say):
    found = marks(albatross(POINTS, {}, say))
    assert set(found) == {"a", "b"}
    for one in POINTS[:2]:
        x, y, _ = found[one.id]
        assert (x, y) == (one.z, pytest.approx(math.log10(one.people)))


def test_a_bound_is_a_bar_without_a_point(say):
    figure = albatross(POINTS, {}, say)
    end = figure.layout.xaxis.range[1]
    bars = {trace.customdata[0]: tuple(trace.x) for trace in figure.data if trace.name == "bound"}
    z = pytest.approx(1.959964)
    assert bars == {"c": (z, end), "d": (z, pytest.approx(-1.959964)), "e": (pytest.approx(-1.959964), 0)}


@pytest.mark.parametrize(("narrow", "ticks"), [(False, TICKS), (True, FEW_TICKS)])
def test_ticks_stand_at_the_normal_quantiles_of_their_p(say, narrow, ticks):
    axis = albatross(POINTS, {}, say, narrow=narrow).layout.xaxis
    read = [float(text.replace(",", ".")) for text in axis.ticktext]
    assert sorted(set(read)) == [*ticks, 1]
    for place, p in zip(axis.tickvals, read, strict=True):
        assert 2 * stats.norm.sf(abs(place)) == pytest.approx(p)


def test_a_contour_is_drawn_on_both_sides_where_its_function_says(say):
    figure = albatross(POINTS, {0.5: lambda people: 0.25 * math.sqrt(people)}, say)
    right, left = ({trace.name: trace for trace in figure.data}[name] for name in ("g 0.5", "g -0.5"))
    assert list(right.x) == [-x for x in left.x]
    assert list(right.x) == pytest.approx([0.25 * math.sqrt(10**y) for y in right.y])
