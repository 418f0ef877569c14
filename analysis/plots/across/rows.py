"""A study's line in a forest: its mark and interval, what is missing where there is none, and its lights."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.plots.across.frame import SIGNS, SQUARES, bold, column, draw_arrows, draw_intervals, mark
from analysis.plots.across.scale import Scale
from analysis.plots.canvas import Canvas
from analysis.plots.style import ARM_COLOURS, FAINT, LINE_DASHES, NEUTRAL, TEXT, plain, wrapped
from analysis.results import Effect, Status
from analysis.words import Say

SMALLEST, LARGEST = 6.0, 15.0  # pixels: sides of the squares
LEFT_OUT_SIZE = 9
HOVER = 44  # characters per line of what hovering says
MISSING_WIDTH = (34, 17)  # characters per line of what is missing, as many as a phone shows without and with lights
LIGHTS = (0.83, 0.85)  # shares of the middle: where the plot ends and where the lights begin

Light = tuple[str, str, str]


@dataclass(frozen=True)
class Row:
    """One study's line.

    `effect` is None where none can be computed: `detail` then says what is missing; otherwise it says more
    about the study on hovering. `weight` is percent. `lights` are (symbol, colour, what hovering says, already
    safe in a plot); the symbol is "" where nothing was judged. `group` is the heading it stands under, or "".
    """

    id: str
    label: str
    detail: str
    effect: Effect | None
    weight: float | None = None
    left_out: bool = False
    lights: tuple[Light, ...] = ()
    group: str = ""


Drawn = tuple[Row, Effect]  # a row that has an effect, with it
Mark = Status | Literal["left out"]


def draw_studies(canvas: Canvas, scale: Scale, shown: Mapping[int, Drawn], say: Say) -> None:
    """Intervals below, marks above: one trace per evidence status, and one of what is left out."""
    colour = ARM_COLOURS[0]
    heaviest = max((row.weight or 0 for row, _ in shown.values()), default=0)
    marks: dict[Mark, dict[int, Drawn]] = {}
    for place, (row, effect) in shown.items():
        marks.setdefault("left out" if row.left_out else effect.status, {})[place] = row, effect
    for kind, members in marks.items():
        hue, dash = (FAINT, "solid") if kind == "left out" else (colour, LINE_DASHES[kind])
        intervals = [(place, effect.interval) for place, (_, effect) in members.items() if effect.interval]
        line = {"color": hue, "width": 1.6, "dash": dash}
        draw_intervals(canvas, scale, intervals, line=line, name=f"intervals {kind}")
    for kind, members in marks.items():
        _draw_marks(canvas, scale, kind, members, heaviest, say)


def _draw_marks(
    canvas: Canvas, scale: Scale, kind: Mark, members: Mapping[int, Drawn], heaviest: float, say: Say
) -> None:
    """Squares whose area tells the weight; an effect beyond the axis stands at its end."""
    out = kind == "left out"
    values = {place: effect.value for place, (_, effect) in members.items()}
    rows = [row for row, _ in members.values()]
    sizes = [LEFT_OUT_SIZE if out else side(row.weight, heaviest) for row in rows]
    canvas.draw(
        "scatter",
        x=np.clip(list(values.values()), scale.low, scale.high),
        y=np.array(list(values), float),
        mode="markers",
        name=say("across-plot.left-out") if out else say(f"status.{kind}"),
        meta={"mark": kind},
        customdata=column(row.id for row in rows),
        hoverinfo="text",
        hovertext=column(hover(row, scale, say) for row in rows),
        marker={
            "symbol": "x" if out else SQUARES[kind],
            "size": np.array(sizes),
            "color": NEUTRAL if out else ARM_COLOURS[0],
            "line": {"width": 0 if kind in ("left out", "reported", "uploaded") else 2},
            "opacity": 1,
        },
        unselected={"marker": {"opacity": 1}},
    )
    for way, places in (
        ("left", [place for place, value in values.items() if value == -math.inf]),
        ("right", [place for place, value in values.items() if value == math.inf]),
    ):
        draw_arrows(canvas, places, scale.low if way == "left" else scale.high, way, NEUTRAL)


def key_of(shown: Collection[Drawn], say: Say) -> list[str]:
    """What the marks mean that stand in the plot."""
    statuses: dict[Status, None] = dict.fromkeys(effect.status for row, effect in shown if not row.left_out)
    entries = [mark(SIGNS[status], ARM_COLOURS[0], say(f"status.{status}")) for status in statuses]
    if any(row.left_out for row, _ in shown):
        entries.append(mark("✖", NEUTRAL, say("across-plot.left-out")))
    return entries


def side(weight: float | None, heaviest: float) -> float:
    """Side of a square in pixels: its area goes with the weight, down to a smallest that still shows."""
    if not weight or not heaviest:
        return SMALLEST
    return max(SMALLEST, LARGEST * math.sqrt(weight / heaviest))


def hover(row: Row, scale: Scale, say: Say) -> str:
    """What a study's mark says: name, detail, effect, weight, status."""
    said = [bold(plain(row.label)), wrapped(row.detail, HOVER) if len(row.detail) > HOVER else plain(row.detail)]
    if row.effect is not None:
        said.append(scale.text(row.effect.value, row.effect.interval, say))
        said.append(say(f"status.{row.effect.status}"))
    if row.weight is not None:
        said.append(say("across-plot.weight", weight=say.number(row.weight, 1)))
    if row.left_out:
        said.append(say("across-plot.left-out-help"))
    return "<br>".join(filter(None, said))


def draw_missing(canvas: Canvas, scale: Scale, rows: Mapping[int, Row], width: int, say: Say) -> None:
    """What is missing, written where the interval would stand."""
    if not rows:
        return
    canvas.draw(
        "scatter",
        x=np.full(len(rows), scale.low),
        y=np.array(list(rows), float),
        mode="text",
        name="missing",
        text=column(_short(row.detail, width) for row in rows.values()),
        textposition="middle right",
        textfont={"size": TEXT},
        cliponaxis=False,
        customdata=column(row.id for row in rows.values()),
        hoverinfo="text",
        hovertext=column(hover(row, scale, say) for row in rows.values()),
        showlegend=False,
    )


def _short(detail: str, width: int) -> str:
    """As much of a text as two lines of the plot hold; hovering tells the rest."""
    lines = textwrap.wrap(detail, width, max_lines=2, placeholder="…")
    return "<br>".join(map(plain, lines))


def draw_lights(canvas: Canvas, rows: Mapping[int, Row], count: int, say: Say) -> None:
    """Coloured cells whose symbols grow with the screen; on a phone they are stripes that say more when touched."""
    blank = (("", "", ""),) * count
    cells = [(rows[place].lights + blank)[:count] if place in rows else blank for place in range(max(rows) + 1)]
    shades = [[colour and (colour if symbol else FAINT) for symbol, colour, _ in row] for row in cells]
    colours = sorted({shade for row in shades for shade in row if shade})
    steps = max(len(colours) - 1, 1)
    canvas.draw(
        "heatmap",
        col=2,
        x=np.arange(count),
        y=np.arange(len(cells)),
        z=np.array([[colours.index(shade) if shade else None for shade in row] for row in shades], object),
        zmin=0,
        zmax=steps,
        colorscale=[[i / steps, colour] for i, colour in enumerate(colours if len(colours) > 1 else colours * 2)],
        showscale=False,
        xgap=1,
        ygap=6,
        text=np.array([[symbol for symbol, _, _ in row] for row in cells], object),
        texttemplate="%{text}",
        name="lights",
        hoverinfo="text",
        hovertext=np.array([[said for _, _, said in row] for row in cells], object),
    )
    canvas.x(domain=[0, LIGHTS[0]])
    canvas.x(2, domain=[LIGHTS[1], 1], range=[-0.5, count - 0.5], visible=False)
    canvas.y(2, visible=False)
