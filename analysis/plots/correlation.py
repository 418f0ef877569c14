"""The map of two correlations: p of the difference in change for every pair."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from analysis.plots.canvas import Canvas, Finished
from analysis.plots.style import ARM_COLOURS, LEVEL_COLOURS, LINE_DASHES, tint, wrapped
from analysis.recover import ChangeMap, Point
from analysis.results import Interval
from analysis.words import Say

P_ENDS = (0.001, 0.01, 0.05, 0.10)
P_COLOURS = (  # two hues, parted at 0.05; the line drawn there says the same without colour
    LEVEL_COLOURS[4],
    LEVEL_COLOURS[3],
    tint(LEVEL_COLOURS[3], 0.4),
    tint(LEVEL_COLOURS[1], 0.75),
    tint(LEVEL_COLOURS[1], 0.25),
)
INK, PAPER = "#1a1a1a", "#ffffff"  # both, so that the line shows on every band, light or dark


def change_map_plot(found: ChangeMap, labels: Sequence[str], say: Say) -> Finished:
    """p in bands over r of both arms, the line p = 0.05, and the rectangle that the printed numbers allow.

    `labels` are the arms' names, a across and b upwards. The rectangle is dashed where nothing printed
    determines the r of an arm.
    """
    canvas = Canvas(say)
    _bands(canvas, found, say)
    if found.flip:
        _flip_line(canvas, found, found.flip, say)
    if found.allowed:
        _rectangle(canvas, found.allowed, None in found.given, say)
    ticks = [-1, -0.5, 0, 0.5, 1]
    names = [wrapped(say("plot.r-in", arm=label), 34) for label in labels]
    for axis, name in zip((canvas.x, canvas.y), names, strict=True):
        axis(range=[-1.02, 1.02], tickvals=ticks, title=name)
    canvas.y(showgrid=False)
    return canvas.figure(height=460, legend={"yanchor": "top", "y": -0.2})


def _bands(canvas: Canvas, found: ChangeMap, say: Say) -> None:
    bands = np.digitize(found.p, P_ENDS).astype(object)
    bands[np.isnan(found.p)] = None
    steps = len(P_COLOURS)
    r, difference = found.r.tolist(), say.signed(found.difference)
    hover = say("plot.at-r", r_a="%{x:.2f}", r_b="%{y:.2f}", difference=difference, p="%{customdata[0]}", g="%{text}")
    canvas.draw(
        "heatmap",
        name="p",
        x=r,
        y=r,
        z=bands.T.tolist(),  # Plotly's rows run along y, which is arm b
        customdata=[[[_p(p, say)] for p in row] for row in found.p.T.tolist()],
        text=[["" if np.isnan(g) else say.signed(g) for g in row] for row in found.g.T.tolist()],
        hovertemplate=f"{hover}<extra></extra>",
        zmin=-0.5,
        zmax=steps - 0.5,
        colorscale=[[end / steps, colour] for k, colour in enumerate(P_COLOURS) for end in (k, k + 1)],
        colorbar={
            "tickvals": list(range(steps)),
            "ticktext": [say(f"plot.p-band-{k}") for k in range(steps)],
            "thickness": 14,
            "outlinewidth": 0,
        },
    )


def _p(p: float, say: Say) -> str:
    return "" if np.isnan(p) else say.p(p)


def _flip_line(canvas: Canvas, found: ChangeMap, ends: tuple[Point, Point], say: Say) -> None:
    across, up = zip(*ends, strict=True)
    for colour, width in ((PAPER, 6), (INK, 2.5)):
        canvas.draw(
            "scatter",
            x=list(across),
            y=list(up),
            mode="lines",
            line={"color": colour, "width": width},
            hoverinfo="skip",
            showlegend=False,
            name="flip" if colour == INK else "halo",
        )
    x, y = max(ends, key=lambda end: _distance(end, found))  # clear of what the printed numbers allow
    place = {"x": x, "y": y, "xref": "x", "yref": "y", "xanchor": "right", "xshift": -10, "yshift": -12}
    canvas.note(say("plot.flip"), **place, font={"color": INK}, bgcolor=PAPER, borderpad=2, name="flip")


def _distance(end: Point, found: ChangeMap) -> float:
    middle = [sum(side) / 2 for side in found.allowed] if found.allowed else (0.0, 0.0)
    return math.dist(end, middle)


def _rectangle(canvas: Canvas, allowed: tuple[Interval, Interval], free: bool, say: Say) -> None:
    (low_a, high_a), (low_b, high_b) = allowed
    canvas.draw(
        "scatter",
        x=[low_a, high_a, high_a, low_a, low_a],
        y=[low_b, low_b, high_b, high_b, low_b],
        mode="lines+markers",  # the corners show a rectangle too small to see
        marker={"size": 7, "color": ARM_COLOURS[1]},
        line={"color": ARM_COLOURS[1], "width": 3, "dash": LINE_DASHES["assumed" if free else "derived"]},
        cliponaxis=False,
        hoverinfo="skip",
        name=say("plot.allowed-free") if free else say("plot.allowed"),
    )
