"""Frequency tables that fit printed numbers, drawn as small bars side by side."""

from __future__ import annotations

import numpy as np

from analysis.plots.canvas import Canvas, Finished
from analysis.plots.style import ARM_COLOURS, BAR_PATTERNS, NEUTRAL, tint
from analysis.words import Say


def crosstab(levels: tuple[float, ...], table: np.ndarray, say: Say) -> Finished:
    """People by score before (rows) and after (columns); the diagonal is framed: those on it stayed."""
    canvas = Canvas(say)
    names = [say.printed(f"{level:g}") for level in levels]
    canvas.draw(
        "heatmap",
        x=names,
        y=names,
        z=table.tolist(),
        colorscale=[[0, tint(NEUTRAL, 0.06)], [1, tint(ARM_COLOURS[0], 0.75)]],
        showscale=False,
        xgap=2,
        ygap=2,
        text=[[str(people) if people else "" for people in row] for row in table.tolist()],
        texttemplate="%{text}",
        textfont={"size": 15},
        hoverinfo="text",
        hovertext=[
            [say("plot.moved", before=a, after=b, count=people) for b, people in zip(names, row, strict=True)]
            for a, row in zip(names, table.tolist(), strict=True)
        ],
    )
    for place in range(len(names)):
        ends = {"x0": place - 0.5, "x1": place + 0.5, "y0": place - 0.5, "y1": place + 0.5}
        canvas.shapes.append({"type": "rect", **ends, "line": {"color": NEUTRAL, "width": 1.5}})
    canvas.x(type="category", title=say("term.after"))
    canvas.y(type="category", title=say("term.before"), autorange="reversed", showgrid=False)
    return canvas.figure(height=120 + 46 * len(names))


GAP = 1.0  # between two small tables, in bars


def small_multiples(levels: tuple[float, ...], tables: np.ndarray, first: int, chosen: int, say: Say) -> Finished:
    """Each table as a group of bars, numbered from `first` on; the chosen one in full colour."""
    canvas = Canvas(say)
    width = len(levels) + GAP
    for place, table in enumerate(tables):
        number = first + place
        canvas.draw(
            "bar",
            x=[place * width + k for k in range(len(levels))],
            y=table.tolist(),
            name=str(number),
            opacity=1.0 if number == chosen else 0.45,
            marker={
                "color": ARM_COLOURS[0],
                "pattern": {"shape": BAR_PATTERNS["recovered"], "size": 6, "solidity": 0.15, "fillmode": "overlay"},
            },
            hoverinfo="text",
            hovertext=[
                say("plot.table-level", number=number, level=say.printed(f"{level:g}"), count=int(count))
                for level, count in zip(levels, table, strict=True)
            ],
        )
    ticks = [place * width + k for place in range(len(tables)) for k in range(len(levels))]
    labels = [say.printed(f"{level:g}") for _ in tables for level in levels]
    canvas.x(tickvals=ticks, ticktext=labels)
    canvas.y(title=say("plot.people"), rangemode="tozero")
    return canvas.figure(height=260, bargap=0.15)
