"""What every test holds to."""

from __future__ import annotations

from functools import wraps

import plotly.graph_objects as go
import pytest

from analysis.plots.canvas import Canvas


@pytest.fixture(autouse=True)
def only_valid_figures(monkeypatch) -> None:
    """Plotly checks each figure that a test draws: where figures are shown they aren't checked, to be quick."""
    draw = Canvas.figure

    @wraps(draw)
    def checked(canvas: Canvas, **settings) -> go.Figure:
        found = draw(canvas, **settings)
        go.Figure(found.to_dict())
        return found

    monkeypatch.setattr(Canvas, "figure", checked)
