"""What every test holds to."""

from __future__ import annotations

from functools import wraps
from pathlib import Path

import plotly.graph_objects as go
import pytest

from analysis.plots.canvas import Canvas

ANALYSIS = Path(__file__).parent / "analysis"


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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that drive a browser first, then the other screens, then `analysis` with its many short files.

    Workers take file by file in this order (`--no-loadscope-reorder`): what is long begins early, what is short fills
    them evenly to the end. By number of tests, as is usual, the few long tests in browsers came last.
    """
    browsers = {item.path for item in items if item.get_closest_marker("browser")}
    items.sort(key=lambda item: (ANALYSIS in item.path.parents, item.path not in browsers))
