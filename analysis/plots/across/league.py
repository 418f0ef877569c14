"""The league table of a network: every pair of treatments at once."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from analysis.plots.across.frame import KEY, KEY_LINE, LETTER, aside, bold, column, key_lines, letters, mark, name_of
from analysis.plots.across.scale import Scale, scale_of
from analysis.plots.canvas import Canvas, Finished
from analysis.plots.style import DIRECTION_COLOURS, NEUTRAL, TEXT, plain, tint
from analysis.words import Say

READABLE_IN_ONE_COLUMN = 8  # treatments: more would have numbers smaller than a printed page should
NAMED = 6  # treatments whose names stand beside the league table; more are numbered
# Size of the numbers in the league table by treatments, on wide and on narrow screens.
FONT = {False: {12: TEXT, 99: 10}, True: {6: 11, 9: 10, 99: 8}}


def league(
    order: Sequence[str],
    cells: Sequence[Sequence[Any | None]],
    say: Say,
    *,
    labels: Mapping[str, str] | None = None,
    higher_is_better: bool = True,
    kind: str = "",
    narrow: bool = False,
) -> Finished:
    """Row minus column for every pair: estimate and interval, coloured where the interval leaves no effect out.

    Args:
        order: treatments of rows and columns, as `Network.ranked`.
        cells: `Contrast`s as `Network.league()` gives them, None on the diagonal.
    """
    canvas = Canvas(say)
    count = len(order)
    names = [plain(name_of(treatment, labels)) for treatment in order]
    font = next(size for most, size in FONT[narrow].items() if count <= most)
    found = [cell for row in cells for cell in row if cell is not None]
    scale = scale_of([cell.estimate.value for cell in found], [], kind=kind)
    better, worse = (DIRECTION_COLOURS[name] for name in ("better", "worse"))
    canvas.draw(
        "heatmap",
        x=np.arange(count),
        y=np.arange(count),
        z=np.array([[leaning(cell, higher_is_better) for cell in row] for row in cells], object),
        zmin=-1,
        zmax=1,
        colorscale=[[0, tint(worse, 0.45)], [0.33, tint(worse, 0.45)], [0.33, tint(NEUTRAL, 0.12)],
                    [0.67, tint(NEUTRAL, 0.12)], [0.67, tint(better, 0.45)], [1, tint(better, 0.45)]],
        showscale=False,
        xgap=2,
        ygap=2,
        name="league",
        hoverinfo="text",
        hovertext=np.array([[_pair(cell, scale, labels, say) for cell in row] for row in cells], object),
    )  # fmt: skip
    canvas.draw(
        "scatter",
        x=np.tile(np.arange(count), count),
        y=np.repeat(np.arange(count), count),
        mode="text",
        name="cells",
        text=column(
            _cell(cell, scale, say) if cell else bold(str(i + 1)) for i, row in enumerate(cells) for cell in row
        ),
        textfont={"size": font},
        hoverinfo="skip",
    )
    return _with_sides(canvas, names, font, say)


def leaning(cell: Any | None, higher_is_better: bool) -> int | None:
    """1 where the interval says that the row is better, −1 the column, 0 where it doesn't say; None on the diagonal."""
    if cell is None:
        return None
    low, high = cell.estimate.interval
    sign = (low > 0) - (high < 0)
    return sign if higher_is_better else -sign


def _cell(cell: Any, scale: Scale, say: Say) -> str:
    """Estimate, then both ends of the interval below; slanted where no study compares the two."""
    value, (low, high) = cell.estimate.value, cell.estimate.interval
    text = f"{bold(scale.value(value, say))}<br>{scale.value(low, say)}<br>{scale.value(high, say)}"
    return text if cell.direct is not None else f"<i>{text}</i>"


def _pair(cell: Any | None, scale: Scale, labels: Mapping[str, str] | None, say: Say) -> str:
    if cell is None:
        return ""
    pair = f"{plain(name_of(cell.a, labels))} − {plain(name_of(cell.b, labels))}"
    said = scale.text(cell.estimate.value, cell.estimate.interval, say)
    how = "" if cell.direct is not None else f"<br>{say('across-plot.indirect-only')}"
    return f"{bold(pair)}<br>{said}{how}"


def _with_sides(canvas: Canvas, names: Sequence[str], font: int, say: Say) -> Finished:
    """Numbers above, names or numbers at the left, and the key below."""
    count = len(names)
    places = np.arange(count)
    reach = [count - 0.5, -0.5]
    rows = [f"{i} {cut_name}" for i, cut_name in enumerate((_short(name) for name in names), 1)]
    if count > NAMED:
        rows = [str(i) for i in range(1, count + 1)]
    left = round(LETTER * max(letters(line) for row in rows for line in row.split("<br>"))) + 16
    canvas.x(tickvals=places, ticktext=[str(i) for i in range(1, count + 1)], side="top", range=[-0.5, count - 0.5],
             automargin=False)  # fmt: skip
    canvas.y(tickvals=places, ticktext=rows, range=reach, showgrid=False, automargin=False)
    lines = key_lines(f"{i} {name}" for i, name in enumerate(names, 1)) if count > NAMED else []
    lines += key_lines(
        (
            mark("■", DIRECTION_COLOURS["better"], say("across-plot.row-better")),
            mark("■", DIRECTION_COLOURS["worse"], say("across-plot.column-better")),
        )
    )
    lines += [aside(plain(line)) for line in textwrap.wrap(say("across-plot.league-key"), KEY)]
    below = KEY_LINE * len(lines) + 16
    canvas.note("<br>".join(lines), x=0, xshift=6 - left, y=0, yshift=-8, xanchor="left", yanchor="top", align="left",
                name="key")  # fmt: skip
    height = round(3 * 1.3 * font + 8) * count + 34 + below
    return canvas.figure(height=height, margin={"l": left, "r": 4, "t": 34, "b": below})


def _short(name: str) -> str:
    """At most two lines; `name` is escaped already, and stays so."""
    return "<br>".join(textwrap.wrap(name, 14, break_long_words=False)[:3])
