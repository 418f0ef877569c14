"""Which way each study points: a line per comparison with its side, and p against the number of people."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np

from analysis.plots.across.frame import (
    aside,
    bold,
    column,
    cut_name,
    draw_numbers,
    frame,
    head_line,
    key_lines,
    mark,
    rule,
)
from analysis.plots.across.scale import Scale
from analysis.plots.canvas import Canvas, Finished
from analysis.plots.style import ARM_COLOURS, GRID, NEUTRAL, SYMBOLS, plain, wrapped
from analysis.results import Status
from analysis.words import Say

SIDES: Mapping[int, str] = {1: "triangle-up", 0: "diamond", -1: "triangle-down"}
ENDINGS: Mapping[Status, str] = {"reported": "", "derived": "-open", "recovered": "-open", "assumed": "-open-dot"}
TRIANGLES: Mapping[Status, str] = {"reported": "▲", "derived": "△", "recovered": "△", "assumed": "◬"}
CIRCLES: Mapping[Status, str] = {"reported": "●", "derived": "○", "recovered": "○", "assumed": "⊙"}
MARK, HOVER, HEIGHT, KEY_LINE = 12, 44, 420, 20  # pixels, characters per line, pixels, pixels
EDGE = 1.7  # of the axis of sides, beyond worse (−1) and better (1)
TICKS = (0.001, 0.01, 0.05, 0.2)  # two-sided p on both sides of 1
FEW_TICKS = (0.001, 0.05)  # as many as find room on a phone
PEOPLE = (5, 10, 20, 50, 100, 200, 500, 1000)
FARTHEST = 5.0  # |z| at which the axis ends: p = 0.0000006


@dataclass(frozen=True)
class Pointing:
    """One comparison: its side (1 better, 0 neither, −1 worse, None not said), how it is known, and what to write."""

    id: str
    label: str
    group: str
    side: int | None
    status: Status
    hover: str
    numbers: str


@dataclass(frozen=True)
class Flown:
    """One study by its z (better to the right) and people.

    With a `bound` z is beyond this ("<"), between 0 and this (">"), or within this on both sides ("both").
    """

    id: str
    label: str
    status: Status
    z: float
    people: int
    bound: str
    hover: str


def effect_directions(
    rows: Sequence[Pointing], say: Say, *, favours: tuple[str, str] = ("", ""), narrow: bool = False
) -> Finished:
    """A line per comparison, grouped by intervention; triangles point to better and worse, a diamond says neither.

    A click on a mark gives its id as `customdata`.
    """
    canvas = Canvas(say, narrow=narrow)
    scale = Scale(-EDGE, EDGE, "")
    names, headings, places = _lines(rows, narrow)
    rule(canvas, 0)
    sided = [(y, row) for y, row in places if row.side is not None]
    statuses: dict[Status, None] = dict.fromkeys(row.status for _, row in sided)
    for status in statuses:
        _draw_sides(canvas, [(y, row) for y, row in sided if row.status == status], status, say)
    numbers = {y: plain(row.numbers) if row.side is not None else aside(plain(row.numbers)) for y, row in places}
    draw_numbers(canvas, numbers, EDGE)
    key = [mark(TRIANGLES.get(one, "▲"), ARM_COLOURS[0], say(f"status.{one}")) for one in statuses]
    key = [mark("▲", ARM_COLOURS[0], say("across-plot.better")), mark("◆", ARM_COLOURS[0], say("across-plot.neither")),
           mark("▼", ARM_COLOURS[0], say("across-plot.worse")), *key]  # fmt: skip
    margins = frame(canvas, scale, names, numbers.values(), say, favours=favours, key=key)
    canvas.x(tickvals=[-1, 0, 1], ticktext=[""] * 3)
    for place, heading in headings.items():
        head_line(canvas, heading, place, margins.left)
    return canvas.figure(**margins.layout, clickmode="event+select", marks=say("plot-key.directions"))


def _lines(rows: Sequence[Pointing], narrow: bool) -> tuple[list[str], dict[int, str], list[tuple[int, Pointing]]]:
    """Names by line, headings by place, and the place of each row."""
    names: list[str] = []
    headings: dict[int, str] = {}
    places = []
    group = None
    for row in rows:
        if row.group != group:
            group = row.group
            headings[len(names)] = group
            names.append("")
        places.append((len(names), row))
        names.append(cut_name(row.label, narrow))
    return names, headings, places


def _draw_sides(canvas: Canvas, rows: Sequence[tuple[int, Pointing]], status: Status, say: Say) -> None:
    canvas.draw(
        "scatter",
        x=np.array([row.side for _, row in rows], float),
        y=np.array([y for y, _ in rows], float),
        mode="markers",
        name=say(f"status.{status}"),
        meta={"mark": status},
        customdata=column(row.id for _, row in rows),
        marker={
            "symbol": [f"{SIDES[row.side or 0]}{ENDINGS.get(status, '')}" for _, row in rows],
            "size": MARK,
            "color": ARM_COLOURS[0],
            "line": {"width": 2 if ENDINGS.get(status) else 0, "color": ARM_COLOURS[0]},
        },
        hoverinfo="text",
        hovertext=column(_hovered(row.label, row.hover) for _, row in rows),
    )


def _hovered(label: str, text: str) -> str:
    return f"{bold(wrapped(label, HOVER))}<br>{wrapped(text, HOVER)}"


# -- albatross ---------------------------------------------------------------------------------------------------------


def albatross(points: Sequence[Flown], contours: Mapping[float, Any], say: Say, *, narrow: bool = False) -> Finished:
    """p to both sides of 1 against the number of people, with lines of equal standardised difference.

    Args:
        contours: for each difference, a function of the number of people that gives z.

    A p that is only a bound is a bar without a point: to the end of the axis where p is below, to p = 1 where above.
    Harrison et al. 2017, doi:10.1002/jrsm.1239.
    """
    canvas, ticks = Canvas(say, narrow=narrow), FEW_TICKS if narrow else TICKS
    reach = min(FARTHEST, max([3.6, *(abs(one.z) + 0.4 for one in points)]))
    low, high = _people_reach(points)
    rule(canvas, 0)
    for difference, z_at in contours.items():
        _draw_contour(canvas, difference, z_at, (low, high), reach, say)
    for one in points:
        if one.bound:
            _draw_bar(canvas, one, reach)
    statuses: dict[Status, None] = dict.fromkeys(one.status for one in points if not one.bound)
    for status in statuses:
        _draw_points(canvas, [one for one in points if one.status == status and not one.bound], status, reach, say)
    at = [math.copysign(_z_of_tick(p), sign) for sign in (-1, 1) for p in ticks]
    texts = [say.printed(f"{p:g}") for _ in (-1, 1) for p in ticks]
    canvas.x(range=[-reach, reach], tickvals=[*at, 0.0], ticktext=[*texts, "1"], showgrid=True, gridcolor=GRID,
             title=say("across-plot.albatross-x"))  # fmt: skip
    canvas.y(range=[math.log10(low), math.log10(high)], tickvals=[math.log10(n) for n in PEOPLE],
             ticktext=[str(n) for n in PEOPLE], title=say("across-plot.albatross-y"))  # fmt: skip
    return _with_key(canvas, points, say)


def _z_of_tick(p: float) -> float:
    return NormalDist().inv_cdf(1 - p / 2)


def _people_reach(points: Sequence[Flown]) -> tuple[float, float]:
    """A little beyond the fewest and the most people."""
    people = [one.people for one in points] or [20, 100]
    return min(people) / 1.3, max(people) * 1.3


def _draw_contour(
    canvas: Canvas, difference: float, z_at: Any, people: tuple[float, float], reach: float, say: Say
) -> None:
    """Both wings of one standardised difference, named where they end."""
    n = np.geomspace(*people, 40)
    z = np.array([z_at(one) for one in n])
    inside = z <= reach
    for sign in (-1, 1):
        canvas.draw("scatter", x=sign * z[inside], y=np.log10(n[inside]), mode="lines", name=f"g {sign * difference:g}",
                    hoverinfo="skip", line={"color": NEUTRAL, "width": 1.2, "dash": "dot"})  # fmt: skip
        canvas.note(say.number(sign * difference, 1), xref="x", yref="y", x=float(sign * z[inside][-1]),
                    y=float(np.log10(n[inside][-1])), yanchor="top", xanchor="right" if sign > 0 else "left",
                    name="contour")  # fmt: skip


def _draw_bar(canvas: Canvas, one: Flown, reach: float) -> None:
    """Where z can be: beyond a p that is below a bound, within one that is above."""
    far = math.copysign(reach, one.z) if one.bound == "<" else (-one.z if one.bound == "both" else 0.0)
    canvas.draw(
        "scatter", x=[one.z, far], y=[math.log10(one.people)] * 2, mode="lines", name="bound",
        customdata=[one.id, one.id], line={"color": ARM_COLOURS[0], "width": 3}, opacity=0.55, hoverinfo="text",
        hovertext=_hovered(one.label, one.hover),
    )  # fmt: skip


def _draw_points(canvas: Canvas, points: Sequence[Flown], status: Status, reach: float, say: Say) -> None:
    canvas.draw(
        "scatter",
        x=np.array([max(-reach, min(reach, one.z)) for one in points]),
        y=np.log10([one.people for one in points]),
        mode="markers",
        name=say(f"status.{status}"),
        meta={"mark": status},
        cliponaxis=False,
        customdata=column(one.id for one in points),
        marker={"symbol": SYMBOLS[status], "size": MARK - 2, "color": ARM_COLOURS[0],
                "line": {"width": 2 if "open" in SYMBOLS[status] else 0, "color": ARM_COLOURS[0]}},
        hoverinfo="text",
        hovertext=column(_hovered(one.label, one.hover) for one in points),
    )  # fmt: skip


def _with_key(canvas: Canvas, points: Sequence[Flown], say: Say) -> Finished:
    statuses: dict[Status, None] = dict.fromkeys(one.status for one in points if not one.bound)
    entries = [mark(CIRCLES.get(status, "●"), ARM_COLOURS[0], say(f"status.{status}")) for status in statuses]
    if any(one.bound for one in points):
        entries.append(mark("━", ARM_COLOURS[0], say("across-plot.bound")))
    entries.append(mark("┈", NEUTRAL, say("across-plot.contours")))
    lines = key_lines(entries)
    above = KEY_LINE * len(lines) + 14
    canvas.note("<br>".join(lines), x=0, y=1, yshift=8, xanchor="left", yanchor="bottom", align="left", name="key")
    margin = {"l": 8, "r": 12, "t": above, "b": 8}
    return canvas.figure(height=HEIGHT + above, clickmode="event+select", margin=margin,
                         marks=say("plot-key.albatross"))  # fmt: skip
