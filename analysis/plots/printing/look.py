"""The look of a figure on paper: white ground, black text, thin black axes, cells as drawn shapes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go

from analysis.plots.style import NEUTRAL

BLACK, WHITE, GREY_LINES = "#000000", "#ffffff", "#d9d9d9"
FONT = "DejaVu Sans, Verdana, Arial, sans-serif"
MARGIN = {"l": 8, "r": 12, "t": 40, "b": 10}
AXIS = {"linecolor": BLACK, "linewidth": 1, "showline": True, "tickcolor": BLACK, "gridcolor": GREY_LINES}


def printable(figure: go.Figure) -> dict[str, Any]:
    """The figure's data and layout for paper; the figure itself stays as it is."""
    spec = figure.to_plotly_json()
    traces, layout = [dict(trace) for trace in spec["data"]], dict(spec["layout"])
    shapes = list(layout.get("shapes", ()))
    for place, trace in enumerate(traces):
        if trace["type"] == "heatmap" and _named(trace.get("x")) and _named(trace.get("y")):
            cells, traces[place] = _cells(trace)
            shapes = [*cells, *shapes]
            _whole_grid(layout, trace)
    layout = _in_black({**layout, "shapes": shapes})
    layout.update(paper_bgcolor=WHITE, plot_bgcolor=WHITE, font={**layout.get("font", {}), "color": BLACK})
    layout["font"]["family"] = FONT
    layout["margin"] = {side: max(least, layout.get("margin", {}).get(side, 0)) for side, least in MARGIN.items()}
    for name in [name for name in layout if re.fullmatch(r"[xy]axis\d*", name)]:
        layout[name] = {**AXIS, **layout[name], "gridcolor": GREY_LINES}
    _titles_above(layout)
    return {"data": [_in_black(trace) for trace in traces], "layout": layout}


def _titles_above(layout: dict[str, Any]) -> None:
    """A height's title stands above its plot, unturned: the renderer can't keep turned ones clear of the numbers."""
    headings = []
    for name in [name for name in layout if name.startswith("yaxis")]:
        axis = dict(layout[name])
        title = axis.pop("title", None) or {}
        text = title if isinstance(title, str) else title.get("text", "")
        if text:
            across = axis.get("anchor", "x")
            place = {"xref": f"{across} domain", "yref": "paper", "x": 0, "y": 1, "yshift": 6}
            anchors = {"xanchor": "left", "yanchor": "bottom", "showarrow": False}
            headings.append({"text": text, **place, **anchors, "font": {"size": 13, "color": BLACK}})
            layout[name] = axis
    layout["annotations"] = [*layout.get("annotations", ()), *headings]


def _in_black(value: Any, of_text: bool = False) -> Any:
    """Grey letters turn black; a watermark, lines and marks keep their colour."""
    if isinstance(value, list | tuple):
        return [_in_black(inner) for inner in value]
    if not isinstance(value, dict) or value.get("name") == "watermark":
        return value
    return {
        key: BLACK if of_text and key == "color" and inner == NEUTRAL else _in_black(inner, key.endswith("font"))
        for key, inner in value.items()
    }


def _named(places: Any) -> bool:
    return places is not None and len(places) > 0 and all(isinstance(place, str) for place in places)


def _whole_grid(layout: dict[str, Any], trace: dict[str, Any]) -> None:
    """Room for whole cells, as the heatmap had it, in the direction that the axis has."""
    for side in "xy":
        name = f"{side}axis{trace.get(f'{side}axis', side)[1:]}"
        axis = dict(layout.get(name, {}))
        ends = [-0.5, len(trace[side]) - 0.5]
        if "range" not in axis:
            axis["range"] = ends[::-1] if axis.pop("autorange", None) == "reversed" else ends
        names = {"categoryorder": "array", "categoryarray": list(trace[side])}
        layout[name] = {**names, **axis, "type": "category"}


def _cells(trace: dict[str, Any]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """A rectangle per cell, and the texts in them as a trace of their own."""
    values = [value for row in trace["z"] for value in row if value is not None]
    low = trace["zmin"] if trace.get("zmin") is not None else min(values, default=0)
    high = trace["zmax"] if trace.get("zmax") is not None else max(values, default=1)
    axes = {"xref": trace.get("xaxis", "x"), "yref": trace.get("yaxis", "y")}
    shapes, texts = [], []
    for j, row in enumerate(trace["z"]):
        for i, value in enumerate(row):
            text = trace["text"][j][i] if trace.get("text") is not None and trace.get("texttemplate") else ""
            texts.append((trace["x"][i], trace["y"][j], text))
            if value is None or value != value:
                continue
            share = (value - low) / (high - low) if high > low else 0.0
            fill = colour_at(trace["colorscale"], share)
            ends = {"x0": i - 0.48, "x1": i + 0.48, "y0": j - 0.48, "y1": j + 0.48}
            shapes.append({"type": "rect", **ends, **axes, "fillcolor": fill, "line": {"width": 0}, "layer": "below"})
    x, y, text = zip(*texts, strict=True)
    written = {"type": "scatter", "mode": "text", "x": list(x), "y": list(y), "text": list(text)}
    return shapes, {
        **written,
        "xaxis": axes["xref"],
        "yaxis": axes["yref"],
        "textfont": trace.get("textfont", {}),
        "showlegend": False,
    }


def colour_at(scale: Sequence[Sequence[Any]], share: float) -> str:
    """The colour of a Plotly colour scale at a share of its way, laid on white."""
    stops = [(float(at), on_white(colour)) for at, colour in scale]
    share = min(max(share, stops[0][0]), stops[-1][0])
    for (left, a), (right, b) in pairwise(stops):
        if share <= right:
            way = (share - left) / (right - left) if right > left else 1.0
            return "#" + "".join(f"{round(p + (q - p) * way):02x}" for p, q in zip(a, b, strict=True))
    return "#" + "".join(f"{round(part):02x}" for part in stops[-1][1])


def on_white(colour: str) -> tuple[float, float, float]:
    """A hex or `rgb`/`rgba` colour as it looks on white paper: red, green, blue from 0 to 255."""
    if colour.startswith("#"):
        red, green, blue = (float(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
        return red, green, blue
    numbers = [float(part) for part in re.findall(r"[\d.]+", colour)]
    opacity = numbers[3] if len(numbers) > 3 else 1.0
    red, green, blue = (255 + (part - 255) * opacity for part in numbers[:3])
    return red, green, blue
