"""The map of the evidence: what was studied, by how many, what came out, how sure; and what nobody studied.

Interventions are rows, outcomes are columns. Direction has a shape beside its colour, so that neither colour
nor size alone says anything.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.plots.across.frame import KEY, KEY_LINE, LETTER, aside, bold, column, cut, key_lines, letters, mark
from analysis.plots.canvas import Canvas, Finished
from analysis.plots.style import DIRECTION_COLOURS, GRID, NEUTRAL, plain, tint, wrapped
from analysis.words import Say

ROW, HEAD = 32, 8  # pixels: a row, the margin above
LEVEL, TURNED = 44, 132  # pixels: the names of the columns, in two lines or turned
DOT = 6.0  # pixels: what was compared in other ways only
SMALLEST, LARGEST = 17.0, 29.0  # pixels: diameters of the bubbles; a number fits into the smallest
NAMES = 17  # characters of a line of an intervention's name, which has two at most
COLUMN = 19  # characters of a line of an outcome's name
DIAMOND = 0.8  # Plotly draws a diamond that much larger than a circle of the same size

# Shape, sign of the key, colour and word of each direction.
DIRECTIONS: Mapping[str | None, tuple[str, str, str, str]] = {
    "better": ("circle", "●", DIRECTION_COLOURS["better"], "across-plot.better"),
    "worse": ("square", "■", DIRECTION_COLOURS["worse"], "across-plot.worse"),
    "unclear": ("diamond", "◆", "#0072B2", "across-plot.unclear"),
    None: ("hexagon", "⬢", NEUTRAL, "across-plot.no-direction"),
}
# How full a bubble's colour is (never so full that the number gets lost, in light or dark), and the width of its
# ring; what isn't rated looks no surer than very low.
CERTAINTIES: Mapping[str | None, tuple[float, float, str]] = {
    "high": (0.7, 3.0, "across-plot.high"),
    "moderate": (0.5, 2.2, "across-plot.moderate"),
    "low": (0.32, 1.5, "across-plot.low"),
    "very low": (0.18, 1.0, "across-plot.very-low"),
    None: (0.18, 0.0, "across-plot.not-rated"),
}


@dataclass(frozen=True)
class Cell:
    """What is known of one intervention and one outcome.

    `row` and `column` are ids. `studies` is 0 where they were compared in other ways only: a dot without a number.
    `people` is None where a study doesn't say how many. `direction` is "better", "worse", "unclear" or None,
    `certainty` "high", "moderate", "low", "very low" or None. `hover` is safe in a plot.
    """

    row: str
    column: str
    studies: int
    people: int | None
    direction: str | None
    certainty: str | None
    poolable: bool
    hover: str


def evidence_map(
    cells: Sequence[Cell],
    rows: Sequence[tuple[str, str, str]],
    columns: Sequence[tuple[str, str]],
    say: Say,
    *,
    narrow: bool = False,
) -> Finished:
    """A bubble per intervention and outcome that some study measured; blank where none did.

    Args:
        rows: interventions as (id, label, heading of its class or ""); those of a class come together.
        columns: outcomes as (id, label).
        narrow: for a phone, where the columns' names have to be turned.

    A click on a bubble gives "row|column" as `customdata`.
    """
    canvas = Canvas(say, narrow=narrow)
    names, places = _lines(rows)
    across = {column_id: place for place, (column_id, _) in enumerate(columns)}
    most = max((cell.people or 0 for cell in cells), default=0)
    for direction in DIRECTIONS:
        members = [cell for cell in cells if cell.direction == direction]
        if members:
            _draw(canvas, direction, members, places, across, most, say)
    left = round(LETTER * max((letters(line) for name in names for line in name.split("<br>")), default=0)) + 10
    for place, heading in enumerate(_headings(rows)):
        if heading:
            canvas.note(bold(cut(heading, 44)), xref="paper", x=0, xshift=-left, yref="y", y=place, xanchor="left",
                        name="heading")  # fmt: skip
    _axes(canvas, names, [label for _, label in columns])
    below = _key(canvas, cells, left, say)
    above = HEAD + (TURNED if narrow else LEVEL)
    return canvas.figure(
        height=above + ROW * len(names) + below, clickmode="event+select",
        margin={"l": left, "r": 6, "t": above, "b": below},
    )  # fmt: skip


def _headings(rows: Sequence[tuple[str, str, str]]) -> list[str]:
    """The heading of each line, "" on the lines of interventions."""
    found = []
    for heading in sorted(dict.fromkeys(heading for _, _, heading in rows), key=bool):  # without a heading first
        found += [heading] if heading else []
        found += [""] * sum(other == heading for _, _, other in rows)
    return found


def _lines(rows: Sequence[tuple[str, str, str]]) -> tuple[list[str], dict[str, int]]:
    """Names of the lines ("" for a heading's) and the line of each intervention."""
    members = sorted(rows, key=lambda row: (bool(row[2]), [r[2] for r in rows].index(row[2])))
    names: list[str] = []
    places: dict[str, int] = {}
    waiting = iter(members)
    for heading in _headings(rows):
        if heading:
            names.append("")
        else:
            row_id, label, _ = next(waiting)
            places[row_id] = len(names)
            names.append("<br>".join(map(plain, textwrap.wrap(label, NAMES, max_lines=2, placeholder="…"))))
    return names, places


def diameter(people: int | None, most: int) -> float:
    """Diameter in pixels: the area goes with the people, down to a smallest that holds a number."""
    return max(SMALLEST, LARGEST * math.sqrt((people or 0) / most)) if most else SMALLEST


def _draw(
    canvas: Canvas,
    direction: str | None,
    members: Sequence[Cell],
    places: Mapping[str, int],
    across: Mapping[str, int],
    most: int,
    say: Say,
) -> None:
    symbol, _, colour, word = DIRECTIONS[direction]
    fills = [CERTAINTIES[cell.certainty][:2] if cell.poolable else (0.0, 1.5) for cell in members]
    canvas.draw(
        "scatter",
        x=np.array([across[cell.column] for cell in members], float),
        y=np.array([places[cell.row] for cell in members], float),
        mode="markers",
        name=say(word),
        meta={"direction": direction or "none"},
        cliponaxis=False,
        customdata=column(f"{cell.row}|{cell.column}" for cell in members),
        hoverinfo="text",
        hovertext=column(_hover(cell, say) for cell in members),
        marker={
            "symbol": symbol,
            "size": np.array([diameter(cell.people, most) if cell.studies else DOT for cell in members])
            * (DIAMOND if symbol == "diamond" else 1),
            "color": [tint(colour, opacity) for opacity, _ in fills],
            "line": {"color": colour, "width": np.array([width for _, width in fills])},
            "opacity": 1,
        },
        unselected={"marker": {"opacity": 1}},  # a click opens a bubble: the others stay as they are
    )
    for cell in (
        one for one in members if one.studies
    ):  # a text of the marks themselves would fade on a click, and not follow the theme
        canvas.note(str(cell.studies), xref="x", yref="y", x=across[cell.column], y=places[cell.row],
                    name=f"{cell.row}|{cell.column}")  # fmt: skip


def _hover(cell: Cell, say: Say) -> str:
    """What the caller says of the cell, and that its size tells nothing where people aren't known."""
    said = [cell.hover]
    if cell.people is None and cell.studies:
        said.append(say("across-plot.people-unknown"))
    return "<br>".join(said)


def _axes(canvas: Canvas, names: Sequence[str], columns: Sequence[str]) -> None:
    """Columns named above, turned only where they would run into each other; an enlarged screen makes room for that."""
    canvas.x(
        tickvals=np.arange(len(columns)), ticktext=[wrapped(label, COLUMN) for label in columns], side="top",
        range=[-0.5, len(columns) - 0.5], tickangle=None, autotickangles=[0, -90], automargin=not canvas.narrow,
        showgrid=True, gridcolor=GRID,
    )  # fmt: skip
    canvas.y(
        tickvals=np.arange(len(names)), ticktext=column(names), range=[len(names) - 0.5, -0.5], automargin=False,
    )  # fmt: skip


def _key(canvas: Canvas, cells: Sequence[Cell], left: int, say: Say) -> int:
    """In words what shape, colour, fullness, size and number mean; gives the pixels it takes."""
    directions = [d for d in DIRECTIONS if any(cell.direction == d and cell.studies for cell in cells)]
    rated = [c for c in CERTAINTIES if any(cell.certainty == c and cell.poolable for cell in cells)]
    lines = key_lines(mark(DIRECTIONS[d][1], DIRECTIONS[d][2], say(DIRECTIONS[d][3])) for d in directions)
    if any(not cell.poolable and cell.studies for cell in cells):
        lines += [mark("○", NEUTRAL, say("across-plot.hollow"))]
    if any(not cell.studies for cell in cells):
        lines += [mark("∘", NEUTRAL, say("across-plot.elsewhere"))]
    if rated:
        shades = [mark("●", tint(NEUTRAL, min(1.0, CERTAINTIES[c][0] + 0.15)), say(CERTAINTIES[c][2])) for c in rated]
        lines += key_lines([aside(plain(say("across-plot.certainty"))), *shades])
    lines += [aside(line) for line in map(plain, textwrap.wrap(say("across-plot.map-key"), KEY))]
    canvas.note(
        "<br>".join(lines), xref="paper", x=0, xshift=8 - left, y=0, yshift=-8, xanchor="left", yanchor="top",
        align="left", name="key",
    )  # fmt: skip
    return KEY_LINE * len(lines) + 16
