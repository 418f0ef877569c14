"""The look of a figure on paper: white ground, black text, thin black axes, cells as drawn shapes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go

from analysis.plots.printing.letters import FONT
from analysis.plots.printing.renderer import plain_values
from analysis.plots.style import NEUTRAL, TEXT, bare

BLACK, WHITE, GREY_LINES = "#000000", "#ffffff", "#d9d9d9"
LETTERS = 0.87  # of a size on screen: DejaVu Sans is that much wider than the fonts that plots are laid out for
USUAL_CELL = 28  # pixels, of which the gap between two cells is a share
MARGIN = {"l": 8, "r": 20, "t": 16, "b": 10}
AXIS = {
    "ticklabeloverflow": "allow",
    "linecolor": BLACK,
    "linewidth": 1,
    "showline": True,
    "tickcolor": BLACK,
    "gridcolor": GREY_LINES,
}


def printable(figure: go.Figure) -> dict[str, Any]:
    """The figure's data and layout for paper; the figure itself stays as it is. `heading_of` says what is above it."""
    spec = plain_values(figure.to_plotly_json())
    traces, layout = list(spec["data"]), dict(spec["layout"])
    shapes = list(layout.get("shapes", ()))
    for place, trace in enumerate(traces):
        if trace["type"] == "heatmap":
            cells, traces[place] = _cells(trace)
            shapes = [*cells, *shapes]
            _whole_grid(layout, trace)
    layout = _lettered({**layout, "shapes": shapes})
    layout.update(paper_bgcolor=WHITE, plot_bgcolor=WHITE)
    layout["font"] = {"size": TEXT * LETTERS, **layout.get("font", {}), "color": BLACK, "family": FONT}
    layout["margin"] = {side: max(least, layout.get("margin", {}).get(side, 0)) for side, least in MARGIN.items()}
    layout["annotations"] = [_aligned(note) for note in layout.get("annotations", ())]
    for name in [name for name in layout if re.fullmatch(r"[xy]axis\d*", name)]:
        named = (
            name[0] == "y" and layout[name].get("showgrid") is False
        )  # its lines have names that the line would cross
        layout[name] = {
            **AXIS,
            "showline": not named,
            "ticks": "" if named else "outside",
            **layout[name],
            "gridcolor": GREY_LINES,
        }
    layout.get("yaxis", {}).pop("title", None)
    return {"data": [_lettered(trace) for trace in traces], "layout": layout}


def heading_of(figure: go.Figure) -> str:
    """The title of the heights: it stands above the plot, unturned, and above its legend."""
    title = figure.to_plotly_json()["layout"].get("yaxis", {}).get("title") or ""
    text = title if isinstance(title, str) else title.get("text", "")
    return bare(text.replace("<br>", " "))


def _aligned(note: dict[str, Any]) -> dict[str, Any]:
    """Words begin (or end) where they are anchored, however wide they were taken for."""
    anchor = note.get("xanchor")
    return {"align": anchor, **note} if anchor in ("left", "right") else note


def _lettered(value: Any, of_text: bool = False) -> Any:
    """Letters of paper's size, black where they were grey; a watermark, lines and marks keep their colour."""
    if isinstance(value, list | tuple):
        return [_lettered(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    black = value.get("name") != "watermark"
    return {
        key: _letter(key, inner) if of_text else _lettered(inner, black and key.endswith("font"))
        for key, inner in value.items()
    }


def _letter(key: str, value: Any) -> Any:
    if key == "size":
        return [_size(one) for one in value] if isinstance(value, list) else _size(value)
    return BLACK if key == "color" and value == NEUTRAL else value


def _size(pixels: float) -> float:
    return max(TEXT, pixels) * LETTERS


def _named(places: Sequence[Any]) -> bool:
    return all(isinstance(place, str) for place in places)


def _whole_grid(layout: dict[str, Any], trace: dict[str, Any]) -> None:
    """Room for whole cells, as the heatmap had it, in the direction that the axis has."""
    for side in "xy":
        name = f"{side}axis{trace.get(f'{side}axis', side)[1:]}"
        axis = dict(layout.get(name, {}))
        ends = [-0.5, len(trace[side]) - 0.5]
        if "range" not in axis:
            axis["range"] = ends[::-1] if axis.pop("autorange", None) == "reversed" else ends
        if _named(trace[side]):
            axis = {"categoryorder": "array", "categoryarray": list(trace[side]), **axis, "type": "category"}
        layout[name] = axis


def _cells(trace: dict[str, Any]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """A rectangle per cell, since the renderer would draw a picture of pixels, and the texts in them as a trace."""
    values = [value for row in trace["z"] for value in row if value is not None]
    low = trace["zmin"] if trace.get("zmin") is not None else min(values, default=0)
    high = trace["zmax"] if trace.get("zmax") is not None else max(values, default=1)
    axes = {"xref": trace.get("xaxis", "x"), "yref": trace.get("yaxis", "y")}
    columns, rows = (range(len(trace[side])) if _named(trace[side]) else trace[side] for side in "xy")
    across, along = (0.5 - trace.get(gap, 0) / (2 * USUAL_CELL) for gap in ("xgap", "ygap"))
    shapes, texts = [], []
    for j, row in enumerate(trace["z"]):
        for i, value in enumerate(row):
            text = trace["text"][j][i] if trace.get("text") is not None and trace.get("texttemplate") else ""
            texts.append((trace["x"][i], trace["y"][j], text))
            if value is None:
                continue
            share = (value - low) / (high - low) if high > low else 0.0
            fill = colour_at(trace["colorscale"], share)
            x, y = columns[i], rows[j]
            ends = {"x0": x - across, "x1": x + across, "y0": y - along, "y1": y + along}
            shapes.append({"type": "rect", **ends, **axes, "fillcolor": fill, "line": {"width": 0}, "layer": "below"})
    x, y, text = zip(*texts, strict=True)
    written = {"type": "scatter", "mode": "text", "x": list(x), "y": list(y), "text": list(text), "showlegend": False}
    places = {"xaxis": axes["xref"], "yaxis": axes["yref"]}
    return shapes, {**written, **places, "textfont": trace.get("textfont", {}), "cliponaxis": False}


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
