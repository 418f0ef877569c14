"""All words of a plot have one ink, and only those on a coloured ground another."""

from __future__ import annotations

import json
import re

import pytest

from analysis.plots import before_after
from analysis.plots.across import Row, forest
from analysis.plots.canvas import Canvas
from analysis.plots.style import TEXT
from analysis.results import Effect

INKS = ("#0B1413", "#E8EEEC")


@pytest.fixture
def figure(say):
    effect = Effect(0.8, 0.1, (0.2, 1.4), "hedges_g", "derived", "g")
    return forest([Row("a", "A", "", effect, 100.0)], None, None, say, axis="Hedges g", favours=("worse", "better"))


@pytest.mark.parametrize("ink", INKS)
def test_axes_and_legend_have_the_ink(figure, say, ink):
    layout, legend = figure.in_ink(ink).layout, Canvas(say).figure(legend={}).in_ink(ink).layout.legend
    assert {layout.font.color, legend.font.color, layout.xaxis.tickfont.color, layout.yaxis.tickfont.color} == {ink}


@pytest.mark.parametrize("ink", INKS)
def test_a_title_of_an_axis_has_it_too(say, ink):
    canvas = Canvas(say)
    canvas.draw("scatter", x=[1], y=[1])
    canvas.x(title="minutes")
    assert canvas.figure().in_ink(ink).layout.xaxis.title.font.color == ink


def test_nothing_else_changes_and_each_is_made_once(figure):
    light, dark = (figure.in_ink(ink) for ink in INKS)
    assert figure.in_ink(INKS[0]) is light and light is not dark
    said = [json.dumps(one.to_dict(), sort_keys=True, default=list) for one in (light, dark)]
    assert said[0].replace(INKS[0], INKS[1]) == said[1]
    assert not any(ink in json.dumps(figure.to_dict(), default=list) for ink in INKS)


def test_no_text_is_smaller_than_it_may_be(figure, asked, say):
    questions = [question for question in asked if "paired" in question.offered[0]][:10]
    drawn = [figure, *(before_after.slopes(question, 0, [], say, (question,)) for question in questions)]
    for one in drawn:
        fonts = re.findall(
            r'"(?:tick|text|insidetext)?font": \{[^}]*"size": ([\d.]+)', json.dumps(one.to_dict(), default=list)
        )
        assert fonts and min(map(float, fonts)) >= TEXT
