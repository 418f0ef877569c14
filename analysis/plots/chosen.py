"""What a reader clicked: a ring around it, and a plot of lines parted there, so that its detail stands right below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from analysis.plots.canvas import CHOSEN, Finished

RING, AROUND = 10, 2.5  # pixels: how much larger than its mark a ring is, and its stroke
EDGE = 6  # pixels above and below where a plot is parted
USUAL = 8  # pixels of a mark whose plot names no size


def ringed(plot: Finished, chosen: str, *, joined: bool = True) -> Finished:
    """The same figure with a ring around each mark that stands for `chosen`; those of one plot may be joined.

    A figure without such a mark comes back as it is.
    """
    found: dict[tuple[str, str], list[tuple[Any, Any, float]]] = {}
    for axes, x, y, size in _marks_of(plot, chosen):
        found.setdefault(axes, []).append((x, y, size))
    if not found:
        return plot
    kept = plot.plain
    return Finished({**kept, "data": [*kept["data"], *(_ring(axes, marks, joined) for axes, marks in found.items())]})


def parted(plot: Finished, chosen: str) -> tuple[Finished, ...]:
    """A plot of one line per place with `chosen` ringed, as two: down to its line, and the rest.

    One figure where `chosen` has no mark, or stands on the last line. Both parts keep the scale of the whole.
    """
    whole, layout = ringed(plot, chosen), plot.plain["layout"]
    lines = layout["yaxis"]["range"][0] + 0.5
    place = next((float(y) for _, _, y, _ in _marks_of(plot, chosen)), lines)
    if place + 1 >= lines:
        return (whole,)
    margin = layout["margin"]
    line = (layout["height"] - margin["t"] - margin["b"]) / lines
    upper = _window(whole, (-0.5, place + 0.5), line, {**margin, "b": EDGE}, hidden=("bottom", 0))
    lower = _window(whole, (place + 0.5, lines - 0.5), line, {**margin, "t": EDGE}, hidden=("top", 1))
    return upper, lower


def _marks_of(plot: Finished, chosen: str) -> Iterator[tuple[tuple[str, str], Any, Any, float]]:
    """Axes, place and size in pixels of each mark of `chosen`."""
    for trace in plot.plain["data"]:
        for i, mark in enumerate(_ids_of(trace)):
            if isinstance(mark, str) and mark == chosen:
                size = _nth_of(trace.get("marker", {}).get("size"), i)
                yield (trace["xaxis"], trace["yaxis"]), trace["x"][i], trace["y"][i], size


def _ids_of(trace: Mapping[str, Any]) -> Sequence[Any]:
    """What a trace's marks stand for: of studies `customdata`, of people `ids`, or the trace's `meta` for all."""
    if trace["type"] != "scatter":
        return ()
    if isinstance(trace.get("meta"), str):
        return [trace["meta"]] * len(trace["x"])
    return next((found for name in ("customdata", "ids") if (found := trace.get(name)) is not None), ())


def _nth_of(size: Any, i: int) -> float:
    return USUAL if size is None else float(size if isinstance(size, int | float) else size[i])


def _ring(axes: tuple[str, str], marks: list[tuple[Any, Any, float]], joined: bool) -> dict[str, Any]:
    return {
        "type": "scatter", "xaxis": axes[0], "yaxis": axes[1], "name": CHOSEN, "hoverinfo": "skip",
        "x": [x for x, _, _ in marks], "y": [y for _, y, _ in marks],
        "mode": "lines+markers" if joined and len(marks) > 1 else "markers", "showlegend": False, "cliponaxis": False,
        "line": {"width": AROUND},
        "marker": {"symbol": "circle-open", "size": max(size for *_, size in marks) + RING, "opacity": 1,
                   "line": {"width": AROUND}},
    }  # fmt: skip


def _window(
    plot: Finished, reach: tuple[float, float], line: float, margin: Mapping[str, float], hidden: tuple[str, int]
) -> Finished:
    """Some of a plot's lines, as high as before; without the axis and the words of the side that is cut off."""
    side, height = hidden
    kept = plot.plain
    layout = dict(kept["layout"])
    for name in [name for name in layout if name.startswith("yaxis")]:
        layout[name] = {**layout[name], "range": [reach[1], reach[0]]}
    for name in [name for name in layout if name.startswith("xaxis")]:
        if layout[name].get("side", "bottom") == side:
            layout[name] = {**layout[name], "showticklabels": False}
    layout["annotations"] = [one for one in layout["annotations"] if not _at(one, height)]
    layout["margin"] = margin
    layout["height"] = round(line * (reach[1] - reach[0]) + margin["t"] + margin["b"])
    return Finished({**kept, "layout": layout})


def _at(annotation: Mapping[str, Any], height: int) -> bool:
    return annotation["yref"] == "paper" and annotation["y"] == height
