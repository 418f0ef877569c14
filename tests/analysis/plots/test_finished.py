"""What a browser gets of a figure is what Plotly's own object would give, though that is made only when asked for."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from typing import Any

import numpy as np
import plotly.graph_objects as go
import plotly.io
import pytest

from analysis.plots import before_after
from analysis.plots.canvas import Canvas, Finished


def figures(asked, say):
    questions = [question for question in asked if "paired" in question.offered[0]][:10]
    return [before_after.slopes(one, 0, [], say, (one,)) for one in questions]


def as_sent(plot: go.Figure) -> dict[str, Any]:
    return json.loads(str(plotly.io.to_json(plot, validate=False)))


def test_a_browser_gets_what_plotly_would_send(asked, say):
    for plot in figures(asked, say):
        own = go.Figure(deepcopy(plot.plain), _validate=False)
        assert as_sent(plot) == as_sent(own)


def test_showing_a_figure_makes_no_object_of_plotlys(asked, say, monkeypatch):
    plots = figures(asked, say)
    monkeypatch.setattr(go.Figure, "__init__", lambda *_, **__: pytest.fail("made"))
    for plot in plots:
        plotly.io.to_json(plot.in_ink("#123456"), validate=False)


@pytest.mark.parametrize("values", [np.array([1.5, 2.5]), np.arange(3), np.array(["a", "b"]), [1, None, 2], ()])
def test_arrays_and_lists_arrive_as_plotly_sends_them(values):
    figure = {"data": [{"type": "scatter", "x": values, "y": None}], "layout": {"template": {}}}
    own = go.Figure(deepcopy(figure), _validate=False)
    assert as_sent(Finished(figure)) == as_sent(own)


def test_whoever_changes_a_figure_gets_what_they_made_of_it(say):
    canvas = Canvas(say)
    canvas.draw("scatter", x=[1], y=[2])
    plot = canvas.figure()
    assert plot.to_dict()["layout"]["height"] == plot.layout.height == 420
    plot.update_layout(height=300)
    assert plot.to_dict()["layout"]["height"] == 300 and as_sent(plot)["layout"]["height"] == 300


def test_many_who_ask_at_once_get_one_object(say):
    for _ in range(20):
        canvas = Canvas(say)
        canvas.draw("scatter", x=[1], y=[2])
        plot = canvas.figure()
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda _, plot=plot: (plot.layout.height, plot["data"][0]["y"]), range(8)))
        assert set(found) == {(420, (2,))}


def test_what_nobody_has_is_missing(say):
    with pytest.raises(AttributeError):
        Canvas(say).figure().no_such_thing  # noqa: B018
