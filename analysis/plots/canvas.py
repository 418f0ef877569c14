"""Gathers a plot's traces and layout as plain values and makes the Figure once, at the end.

Adding to a Plotly figure piece by piece checks and copies it at each step: 28 ms for a plot that takes
4 ms this way. One or two plots stand side by side; `col` says in which a thing belongs.
"""

from __future__ import annotations

from collections.abc import Iterator
from threading import RLock
from typing import Any

import numpy as np
import plotly.graph_objects as go
from _plotly_utils.utils import to_typed_array_spec

from analysis.plots.style import ARM_COLOURS, FAINT, GRID, NEUTRAL, TEXT
from analysis.words import DECIMAL_MARK, Say

GAP = 0.13  # between two plots, as a share of the width
TEMPLATE = {"layout": {"colorway": list(ARM_COLOURS)}}
CHOSEN = "chosen"  # the trace that marks what a reader clicked


class Finished(go.Figure):
    """A figure that nobody changes any more: many readers are shown the same one.

    What a browser gets is made of its plain values and kept. Plotly's own object, which takes longer to make than all
    the rest, is made when something of it is first asked for, as tests and notebooks do; whoever changes that gets
    what they made of it.

    `marks`: what its marks mean, for paper, where nothing can be hovered over.
    """

    def __init__(self, figure: dict[str, Any], marks: str = "") -> None:
        self.__dict__.update(plain=figure, marks=marks)

    def __getattr__(self, name: str) -> Any:
        """What isn't there yet is Plotly's own."""
        with MAKING:
            if name.startswith("__") or "plain" not in self.__dict__:
                raise AttributeError(name)
            if "_made" not in self.__dict__:
                self.__dict__["_made"] = False
                super().__init__(self.plain, _validate=False)
                self.__dict__["_made"] = True
            return object.__getattribute__(self, name)

    def in_ink(self, ink: str) -> Finished:
        """The same figure with its text, and what a reader chose, in one colour; but for words on a coloured ground."""
        inks: dict[str, Finished] = self.__dict__.setdefault("_inks", {})
        if ink not in inks:
            inks[ink] = Finished(_inked(self.to_dict(), ink))
        return inks[ink]

    def to_dict(self) -> dict[str, Any]:
        if self.__dict__.get("_made"):
            return super().to_dict()
        kept = self.__dict__.get("_kept")
        if kept is None:
            kept = self.__dict__["_kept"] = _for_json(self.plain)
        return kept


MAKING = RLock()  # sessions run in threads


def _for_json(value: Any) -> Any:
    """Plain values as Plotly's JavaScript takes them: arrays of numbers as bytes, nothing that is None."""
    if isinstance(value, dict):
        return {name: _for_json(one) for name, one in value.items() if one is not None}
    if isinstance(value, list | tuple) and value and isinstance(value[0], dict):
        return [_for_json(one) for one in value]
    if isinstance(value, np.ndarray):
        return to_typed_array_spec(value) if value.dtype.kind in "iuf" else value.tolist()
    return value


class Canvas:
    """`first` is the share of the width that the left plot takes; 1 means that it stands alone.

    `narrow`: for a screen on which names find no room beside their lines.
    """

    def __init__(self, say: Say, first: float = 1.0, *, narrow: bool = False) -> None:
        self.narrow = narrow
        self.separators = f"{DECIMAL_MARK[say.language]} "  # of axis ticks: decimal mark, then thousands
        self.traces: list[dict[str, Any]] = []
        self.annotations: list[dict[str, Any]] = []
        self.shapes: list[dict[str, Any]] = []
        self.axes: dict[str, dict[str, Any]] = {}
        left = first * (1 - GAP) if first < 1 else 1.0
        self._axes(1, [0.0, left])
        if first < 1:
            self._axes(2, [left + GAP, 1.0])

    def _axes(self, col: int, domain: list[float]) -> None:
        shared = {"automargin": True, "fixedrange": True, "zeroline": False, "tickfont": {"size": TEXT}}
        self.axes[f"xaxis{_nth(col)}"] = {
            **shared,
            "domain": domain,
            "anchor": f"y{_nth(col)}",
            "showgrid": False,
            "tickangle": 0,
        }
        self.axes[f"yaxis{_nth(col)}"] = {**shared, "anchor": f"x{_nth(col)}", "gridcolor": GRID}

    def draw(self, kind: str, col: int = 1, **trace: Any) -> None:
        """Add one trace (`kind` is Plotly's: scatter, bar, box, violin, heatmap)."""
        self.traces.append({"type": kind, "xaxis": f"x{_nth(col)}", "yaxis": f"y{_nth(col)}", **trace})

    def x(self, col: int = 1, title: str = "", **settings: Any) -> None:
        self._set(f"xaxis{_nth(col)}", title, settings)

    def y(self, col: int = 1, title: str = "", **settings: Any) -> None:
        self._set(f"yaxis{_nth(col)}", title, settings)

    def _set(self, axis: str, title: str, settings: dict[str, Any]) -> None:
        named = {"title": {"text": title, "font": {"size": TEXT}}} if title else {}
        self.axes[axis].update(settings, **named)

    def zero_line(self, col: int = 1) -> None:
        """A thin line at 0 through the whole width of a plot."""
        axes = {"xref": f"x{_nth(col)} domain", "yref": f"y{_nth(col)}"}
        self.shapes.append(
            {"type": "line", "x0": 0, "x1": 1, "y0": 0, "y1": 0, "line": {"color": NEUTRAL, "width": 1}, **axes}
        )

    def heading(self, text: str, col: int = 1) -> None:
        """A heading above a plot: reads better than a turned axis title."""
        self.annotations.append(
            {
                "text": text,
                "xref": f"x{_nth(col)} domain",
                "yref": "paper",
                "x": 0,
                "y": 1,
                "yshift": 6,
                "xanchor": "left",
                "yanchor": "bottom",
                "showarrow": False,
                "font": {"size": TEXT},
            }
        )

    def note(self, text: str, **place: Any) -> None:
        """Words on the plot, by default placed as shares of its width and height."""
        self.annotations.append({"text": text, "showarrow": False, "xref": "paper", "yref": "paper", **place})

    def drawn_in(self, col: int) -> Iterator[float]:
        """Every height that is drawn in a plot, ends of error bars included."""
        for trace in self.traces:
            if trace["yaxis"] == f"y{_nth(col)}":
                yield from trace["y"]
                if bar := trace.get("error_y"):
                    yield from (trace["y"][0] + bar["array"][0], trace["y"][0] - bar["arrayminus"][0])

    def figure(
        self,
        *,
        height: int = 420,
        watermark: str = "",
        legend: dict[str, Any] | None = None,
        marks: str = "",
        **layout: Any,
    ) -> Finished:
        """The finished figure; a watermark goes right across it, `legend` (if any) says where the legend goes.

        `marks` says on paper what legend and axes don't.
        """
        if watermark:
            self.note(watermark, x=0.5, y=0.5, textangle=-24, font={"size": 40, "color": FAINT}, name="watermark")
        drawn = {"shapes": self.shapes} if self.shapes else {}
        shared = {
            "height": height,
            "showlegend": legend is not None,
            "margin": {"l": 8, "r": 8, "t": 34, "b": 8},
            "font": {"size": TEXT},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "dragmode": False,
            "hoverlabel": {"align": "left"},
            **({} if legend is None else {"legend": {"orientation": "h", "x": 0, **legend}}),
            "template": TEMPLATE,
            "separators": self.separators,
        }
        return Finished(
            {
                "data": self.traces,
                "layout": {**shared, **self.axes, "annotations": self.annotations, **drawn, **layout},
            },
            marks,
        )


def _inked(figure: dict[str, Any], ink: str) -> dict[str, Any]:
    def written(place: dict[str, Any], font: str = "font") -> dict[str, Any]:
        return {**place, font: {"size": TEXT, **place.get(font, {}), "color": ink}}

    layout = written(figure["layout"])
    for name in [name for name in layout if name.startswith(("xaxis", "yaxis", "legend"))]:
        part = written(layout[name], "font" if name == "legend" else "tickfont")
        layout[name] = {**part, "title": written(part["title"])} if "title" in part else part
    return {**figure, "layout": layout, "data": [_chosen_in(ink, trace) for trace in figure["data"]]}


def _chosen_in(ink: str, trace: dict[str, Any]) -> dict[str, Any]:
    if trace.get("name") != CHOSEN:
        return trace
    return {**trace, "line": {**trace["line"], "color": ink}, "marker": {**trace["marker"], "color": ink}}


def _nth(col: int) -> str:
    return "" if col == 1 else str(col)
