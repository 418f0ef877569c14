"""Pictures of the classroom: rows of results, bars, clouds, lines, a tree; and the same for a projector."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from analysis.plots.canvas import Canvas, Finished
from analysis.plots.multiverse import strip
from analysis.plots.power import power_curve
from analysis.plots.style import ARM_COLOURS, FAINT, GRID, NEUTRAL, TEXT, plain, tint, wrapped
from analysis.telling.classroom import AllTests, Bars, Cloud, Lines, Mark, Picture, Power, Rows, Shuffled, Tree
from analysis.words import Say

LIT, DIM, PALE = ARM_COLOURS[1], ARM_COLOURS[0], tint(ARM_COLOURS[0], 0.3)
LINE = 19  # pixels of a row of many
ROOMY = 44  # of a row of few
LABELS = 0.8  # of the width that a plot leaves to the words at the ends of its rows
LARGER = 1.7  # how much larger letters and marks are on a projector
TALLEST = 560  # pixels of a plot on a projector, below its sentence


def demonstrated(picture: Picture, say: Say, watermark: str = "", *, narrow: bool = False) -> Finished:
    """The figure of a scene; `narrow` for a phone."""
    return DRAWN[type(picture)](picture, say, watermark, narrow)


# -- rows --------------------------------------------------------------------------------------------------------------


def _rows(picture: Rows, say: Say, watermark: str, narrow: bool) -> Finished:
    canvas = Canvas(say, narrow=narrow)
    _draw_rows(canvas, picture, 1, 0.72 if narrow else LABELS)
    height = 92 + _line_height(picture) * len(picture.rows)
    return canvas.figure(height=height, watermark=watermark, margin={"l": 8, "r": 8, "t": 12, "b": 8})


def _line_height(picture: Rows) -> int:
    return LINE if len(picture.rows) > 8 else ROOMY


def _draw_rows(canvas: Canvas, picture: Rows, col: int, share: float) -> None:
    for place, one in enumerate(picture.rows):
        colour = LIT if one.lit else DIM
        if one.value is not None:
            bar = _error(one.value, one.interval, colour) if one.interval else {}
            canvas.draw(
                "scatter", col, x=[one.value], y=[place], mode="markers", name=plain(one.name), hoverinfo="text",
                hovertext=plain(f"{one.name}: {one.label}"), **bar,
                marker={"size": 11, "color": colour, "symbol": "diamond" if one.lit else "circle"},
            )  # fmt: skip
        words = f"<b>{plain(one.label)}</b>" if one.lit else plain(one.label)
        axis = "" if col == 1 else str(col)
        canvas.note(words, xref=f"x{axis} domain", x=1.03, xanchor="left", yref=f"y{axis}", y=place)
    start, end = canvas.axes["xaxis" if col == 1 else f"xaxis{col}"]["domain"]
    canvas.x(col, picture.axis, domain=[start, start + (end - start) * share], showgrid=True, gridcolor=GRID, nticks=6)
    ends = [end for one in picture.rows for end in (one.interval or (one.value,)) if end is not None]
    if ends:
        low, high = min(picture.line, *ends), max(picture.line, *ends)
        edge = 0.06 * (high - low) or 1.0
        canvas.x(col, range=[low - edge, high + edge])
    canvas.y(
        col, tickvals=list(range(len(picture.rows))), ticktext=[wrapped(one.name, 18) for one in picture.rows],
        range=[len(picture.rows) - 0.4, -0.6], showgrid=False,
    )  # fmt: skip
    _upright(canvas, picture.line, col, NEUTRAL, "dot")


def _error(value: float, interval: tuple[float, float], colour: str) -> dict[str, Any]:
    low, high = interval
    bar = {"type": "data", "symmetric": False, "array": [high - value], "arrayminus": [value - low]}
    return {"error_x": {**bar, "thickness": 2, "width": 0, "color": colour}}


def _upright(canvas: Canvas, at: float, col: int, colour: str, dash: str = "solid", width: float = 1) -> None:
    axis = "" if col == 1 else str(col)
    canvas.shapes.append(
        {"type": "line", "xref": f"x{axis}", "yref": f"y{axis} domain", "x0": at, "x1": at, "y0": 0, "y1": 1,
         "line": {"color": colour, "width": width, "dash": dash}}
    )  # fmt: skip


def _mark(canvas: Canvas, mark: Mark, place: int, side: str) -> None:
    """A line through the plot with its name above, each name a little higher than the one before."""
    _upright(canvas, mark.at, 1, LIT if place == 0 else ARM_COLOURS[2], "solid" if place == 0 else "dash", 3)
    canvas.note(
        f"<b>{plain(mark.label)}</b>", xref="x", x=mark.at, y=1, yanchor="bottom", xanchor=side, yshift=2 + 17 * place
    )


# -- bars --------------------------------------------------------------------------------------------------------------


def _bars(picture: Bars, say: Say, watermark: str, narrow: bool) -> Finished:
    canvas = Canvas(say, narrow=narrow)
    gaps = np.diff(sorted(set(picture.places)))
    width = 0.82 * float(gaps.min()) if len(gaps) else 0.5
    before, after, lit = picture.names or ("", "", "")
    if picture.before:
        _bar(canvas, picture.places, picture.before, -width / 4, width / 2, PALE, before)
        width, shift = width / 2, width / 4
    else:
        shift = 0.0
    for wanted, colour, name in ((False, DIM, after), (True, LIT, lit)):
        heights = [
            height if is_lit == wanted else 0.0 for height, is_lit in zip(picture.heights, picture.lit, strict=True)
        ]
        _bar(canvas, picture.places, heights, shift, width, colour, name)
    ticks: dict[str, Any] = {"tickvals": list(picture.places)} if picture.whole else {"nticks": 7}
    canvas.x(title=picture.axis, **ticks)
    canvas.heading(plain(picture.up))
    canvas.y(
        rangemode="tozero", nticks=6, **({} if max(picture.heights) else {"range": [0, 1], "showticklabels": False})
    )
    if picture.level is not None:
        canvas.shapes.append(
            {"type": "line", "xref": "x domain", "yref": "y", "x0": 0, "x1": 1, "y0": picture.level,
             "y1": picture.level, "line": {"color": NEUTRAL, "width": 2, "dash": "dash"}}
        )  # fmt: skip
    for place, mark in enumerate(picture.marks):
        _mark(canvas, mark, place, "center")
    legend = {"yanchor": "bottom", "y": 1.08, "xanchor": "right", "x": 1} if picture.names else None
    return canvas.figure(height=400, watermark=watermark, legend=legend, barmode="overlay", bargap=0)


def _bar(canvas: Canvas, places, heights, shift: float, width: float, colour: str, name: str) -> None:
    pattern = {"shape": "/"} if colour == LIT else {"shape": ""}  # colour is never the only mark
    canvas.draw(
        "bar", x=[place + shift for place in places], y=list(heights), width=width, name=name, showlegend=bool(name),
        marker={"color": colour, "pattern": pattern}, hovertemplate="%{y}<extra></extra>",
    )  # fmt: skip


# -- clouds ------------------------------------------------------------------------------------------------------------


def _cloud(picture: Cloud, say: Say, watermark: str, narrow: bool) -> Finished:
    canvas = Canvas(say, narrow=narrow)
    y = picture.y if picture.up else _heaped(picture.x)
    for wanted, colour, symbol in ((False, DIM, "circle-open"), (True, LIT, "circle")):
        there = picture.lit == wanted
        canvas.draw(
            "scatter", x=picture.x[there].tolist(), y=y[there].tolist(), mode="markers", hoverinfo="x",
            marker={"size": 8 if len(y) > 60 else 12, "color": colour, "symbol": symbol,
                    "line": {"width": 2, "color": colour}},
        )  # fmt: skip
    largest = 1.04 * float(np.percentile(np.concatenate([picture.x, picture.y]), 99.5 if picture.diagonal else 100))
    canvas.x(title=picture.axis, range=[0, largest], showgrid=True, gridcolor=GRID, nticks=6)
    if picture.up:
        canvas.heading(plain(picture.up))
        canvas.y(range=[0, largest], nticks=6)
    else:
        canvas.y(range=[-0.6, max(4.0, float(y.max()) + 0.6)], showticklabels=False, showgrid=False)
    if picture.diagonal:
        canvas.shapes.append(
            {"type": "line", "xref": "x", "yref": "y", "x0": 0, "y0": 0, "x1": largest, "y1": largest,
             "line": {"color": NEUTRAL, "width": 2, "dash": "dot"}}
        )  # fmt: skip
    for place, mark in enumerate(picture.marks):
        _mark(canvas, mark, place, "left")
    return canvas.figure(
        height=400 if picture.up else 300, watermark=watermark, margin={"l": 8, "r": 8, "t": 48, "b": 8}
    )


def _heaped(x: np.ndarray, cells: int = 40) -> np.ndarray:
    """Heights that keep dots of nearly equal x apart: each stands on those before it."""
    cell = np.floor(x / (float(x.max()) or 1.0) * cells).astype(int)
    return np.array([float((cell[:place] == cell[place]).sum()) for place in range(len(x))])


# -- lines -------------------------------------------------------------------------------------------------------------


def _lines(picture: Lines, say: Say, watermark: str, narrow: bool) -> Finished:
    canvas = Canvas(say, narrow=narrow)
    places = list(range(len(picture.times)))
    for (name, scores), colour, dash in zip(picture.groups, ARM_COLOURS, ("solid", "dash"), strict=False):
        gaps = np.full((len(scores), 1), None)
        y = np.hstack([scores.astype(object), gaps]).ravel().tolist()
        canvas.draw("scatter", x=[*places, None] * len(scores), y=y, mode="lines", hoverinfo="skip", showlegend=False,
                    line={"color": tint(colour, 0.35), "width": 1.5, "dash": dash})  # fmt: skip
        canvas.draw("scatter", x=places, y=scores.mean(axis=0).tolist(), mode="lines+markers", name=plain(name),
                    hovertemplate="%{y:.1f}<extra></extra>", marker={"size": 11},
                    line={"color": colour, "width": 4, "dash": dash})  # fmt: skip
    canvas.x(tickvals=places, ticktext=[wrapped(time, 11) for time in picture.times],
             range=[-0.15, len(places) - 0.85])  # fmt: skip
    canvas.y(nticks=6)
    canvas.heading(plain(picture.up))
    return canvas.figure(height=420, watermark=watermark, legend={"yanchor": "top", "y": -0.16})


def _shuffled(picture: Shuffled, say: Say, watermark: str, narrow: bool) -> Finished:
    canvas = Canvas(say, first=0.42, narrow=narrow)
    pairs, counts = np.unique(np.column_stack([picture.before, picture.after]), axis=0, return_counts=True)
    for (first, last), count in zip(pairs.tolist(), counts.tolist(), strict=True):
        colour = ARM_COLOURS[2] if last > first else LIT if last < first else NEUTRAL
        canvas.draw(
            "scatter", x=[0, 1], y=[first, last], mode="lines+markers", hoverinfo="text",
            hovertext=f"{first:g} → {last:g}: {count}", marker={"size": 9, "color": colour},
            line={"color": colour, "width": 1 + 1.2 * count, "dash": "dash" if last < first else "solid"},
        )  # fmt: skip
        canvas.note(str(count), xref="x", x=0.5, yref="y", y=(first + last) / 2, yshift=9)
    canvas.x(tickvals=[0, 1], ticktext=[wrapped(time, 11) for time in picture.times], range=[-0.2, 1.2])
    canvas.y(dtick=1)
    canvas.heading(plain(picture.up))
    _draw_rows(canvas, picture.rows, 2, 0.58 if narrow else 0.74)
    canvas.y(2, ticktext=[wrapped(one.name, 11 if narrow else 18) for one in picture.rows.rows])
    return canvas.figure(height=360, watermark=watermark)


# -- a tree ------------------------------------------------------------------------------------------------------------


def _tree(picture: Tree, say: Say, watermark: str, narrow: bool) -> Finished:
    canvas = Canvas(say, narrow=narrow)
    step = [len(leaves) for _, leaves in picture.branches]
    rows, letters = sum(step), (13, 10, 16) if narrow else (24, 28, 40)
    middle, row = (rows - 1) / 2, 0
    columns = (0.0, 0.36, 0.64) if narrow else (0.0, 0.32, 0.66)
    widths = (0.3, 0.24) if narrow else (0.18, 0.2)
    for branch, (answer, leaves) in enumerate(picture.branches):
        height, on_way = row + (len(leaves) - 1) / 2, bool(picture.lit) and picture.lit[0] == branch
        _joined(canvas, (widths[0], middle), (columns[1], height), on_way)
        _node(canvas, wrapped(answer, letters[1]), columns[1], height, on_way)
        for leaf, (condition, follows) in enumerate(leaves):
            lit = on_way and picture.lit is not None and picture.lit[1] == leaf
            _joined(canvas, (columns[1] + widths[1], height), (columns[2], row), lit)
            _node(
                canvas,
                f"{plain(condition)}:{'<br>' if narrow else ' '}{wrapped(follows, letters[2])}",
                columns[2],
                row,
                lit,
            )
            row += 1
    _node(canvas, wrapped(picture.root, letters[0]), columns[0], middle, picture.lit is not None)
    canvas.x(range=[-0.01, 1.0], visible=False)
    canvas.y(range=[rows - 0.4, -0.6], visible=False)
    return canvas.figure(height=(60 if narrow else 46) * rows, margin={side: 8 for side in "lrtb"}, watermark=watermark)


def _joined(canvas: Canvas, start: tuple[float, float], end: tuple[float, float], lit: bool) -> None:
    canvas.draw(
        "scatter", x=[start[0], end[0] - 0.01], y=[start[1], end[1]], mode="lines", hoverinfo="skip",
        name="lit" if lit else "unlit",
        line={"color": LIT if lit else FAINT, "width": 5 if lit else 2, "shape": "linear"},
    )  # fmt: skip


def _node(canvas: Canvas, words: str, x: float, y: float, lit: bool) -> None:
    look = {"bordercolor": LIT, "borderwidth": 2, "borderpad": 4} if lit else {"borderpad": 4}
    canvas.note(f"<b>{words}</b>" if lit else words, xref="x", x=x, xanchor="left", yref="y", y=y, align="left", **look)


# -- what other screens draw, too --------------------------------------------------------------------------------------


def _tests(picture: AllTests, say: Say, watermark: str, narrow: bool) -> Finished:
    return strip(picture.found, picture.question, say, letters=24 if narrow else 48)


def _power(picture: Power, say: Say, watermark: str, narrow: bool) -> Finished:
    return power_curve(picture.found, say, picture.question.measure.unit)


DRAWN: dict[type, Callable[[Any, Say, str, bool], Finished]] = {
    Rows: _rows, Bars: _bars, Cloud: _cloud, Lines: _lines, Shuffled: _shuffled, Tree: _tree, AllTests: _tests,
    Power: _power,
}  # fmt: skip


# -- a projector -------------------------------------------------------------------------------------------------------


def projected(figure: Finished) -> Finished:
    """The same figure for the last row of a room: letters, marks and lines larger, faint colours stronger."""
    kept = figure.to_dict()
    layout = _larger(kept["layout"])
    layout["height"] = round(min(TALLEST, LARGER * kept["layout"]["height"]))
    layout["margin"] = {side: round(LARGER * room) for side, room in kept["layout"]["margin"].items()}
    if "legend" in layout:
        layout["legend"]["font"] = {"size": LARGER * TEXT}
    return Finished({"data": [_larger(trace) for trace in kept["data"]], "layout": layout}, figure.marks)


SIZED = ("size", "width", "thickness", "borderwidth", "yshift")
SEE_THROUGH = re.compile(r"rgba\((\d+), ?(\d+), ?(\d+), ?(0?\.\d+)\)")


def _larger(value: Any, name: str = "", within: str = "") -> Any:
    """Every size of letters, marks and lines below; widths of bars are places on the axis and stay."""
    if isinstance(value, dict):
        return {key: _larger(one, key, name) for key, one in value.items()}
    if isinstance(value, list) and name in ("annotations", "shapes"):
        return [_larger(one, name[:-1], within) for one in value]
    if name in SIZED and isinstance(value, int | float) and (name != "width" or within == "line"):
        return LARGER * value
    if isinstance(value, str) and within != "font" and (seen := SEE_THROUGH.fullmatch(value)):
        *colour, opacity = seen.groups()
        return f"rgba({','.join(colour)},{min(1.0, LARGER * float(opacity)):.2g})"
    return value
