"""What the forests share: names at the left, intervals in the middle, numbers at the right, one line per place.

Names and numbers have columns of fixed pixels, so that the middle gets whatever a screen has left; on a narrow one
each name stands above its line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.plots.across.scale import Scale
from analysis.plots.canvas import Canvas
from analysis.plots.style import GRID, LINE_DASHES, NEUTRAL, TEXT, bare, plain, tint, wrapped
from analysis.results import Interval, Pooled, Status
from analysis.words import Say

ROW, TALL = 28, 50  # pixels per line, and with its name above it
NAMES, ABOVE = 32, 44  # characters of the column at the left, and above a line, before a name is cut
CLEAR = (-0.2, 0.5)  # of a tall line: from below its name to where the next one's name begins
LETTER, DIGIT = 7.4, 7.2  # pixels of one, the widest of many texts in the usual font
HEADING = KEY = 46  # characters of a heading, before it is cut, and of a line of the key
HEAD, TICKS, LINE, KEY_LINE = 30, 26, 18, 20  # pixels above the first line, of the axis, of text and key below it
SQUARES: Mapping[Status, str] = {
    "reported": "square",
    "derived": "square-open",
    "recovered": "square-x-open",
    "assumed": "square-open-dot",
    "illustrative": "x-thin-open",
    "uploaded": "circle",
}
SIGNS: Mapping[Status, str] = {
    "reported": "■",
    "derived": "□",
    "recovered": "☒",
    "assumed": "⊡",
    "illustrative": "×",
    "uploaded": "●",
}


def cut(text: str, most: int = NAMES) -> str:
    """A text of at most so many characters, safe in a plot."""
    return plain(text if len(text) <= most else f"{text[: most - 1].rstrip()}…")


def cut_name(text: str, narrow: bool) -> str:
    """A line's name, as long as its place beside the line or above it allows."""
    return cut(text, ABOVE if narrow else NAMES)


def column(texts: Iterable[str]) -> np.ndarray:
    """Texts as Plotly takes them fastest: a list is checked one by one."""
    return np.array(list(texts), object)


def name_of(treatment: str, labels: Mapping[str, str] | None) -> str:
    """What a treatment is called; its id where nobody says."""
    return (labels or {}).get(treatment, treatment)


def bold(text: str) -> str:
    return f"<b>{text}</b>"


def aside(text: str) -> str:
    """What is beside the matter, slanted: a grey that can be read in light and dark doesn't exist."""
    return f"<i>{text}</i>"


# -- what stands on a line -----------------------------------------------------------------------------------------


def draw_intervals(canvas: Canvas, scale: Scale, intervals: Sequence[tuple[float, Interval]], **style: Any) -> None:
    """Lines at (place, interval), cut at the scale's ends, where an arrow says that they go on."""
    if not intervals:
        return
    x, y = [], []
    for place, (low, high) in intervals:
        x += [min(max(low, scale.low), scale.high), max(min(high, scale.high), scale.low), None]
        y += [place, place, None]
    canvas.draw(
        "scatter",
        x=np.array(x, object),
        y=np.array(y, object),
        mode="lines",
        hoverinfo="skip",
        showlegend=False,
        **style,
    )
    colour = style["line"]["color"]
    for side, beyond, edge in (
        ("left", [p for p, (low, _) in intervals if low < scale.low], scale.low),
        ("right", [p for p, (_, high) in intervals if high > scale.high], scale.high),
    ):
        draw_arrows(canvas, beyond, edge, side, colour)


def draw_arrows(canvas: Canvas, places: Sequence[float], edge: float, side: str, colour: str) -> None:
    """Arrowheads at an end of the axis."""
    if places:
        canvas.draw(
            "scatter",
            x=np.full(len(places), edge),
            y=np.array(places, float),
            mode="markers",
            name=f"beyond {side}",
            cliponaxis=False,
            hoverinfo="skip",
            showlegend=False,
            marker={"symbol": f"triangle-{side}", "size": 9, "color": colour},
        )


def draw_diamond(
    canvas: Canvas,
    scale: Scale,
    place: float,
    pooled: Pooled,
    *,
    name: str,
    colour: str,
    hover: str,
    filled: bool = True,
) -> None:
    """A pooled effect with its interval; dashed where it rests on something assumed."""
    low, high = pooled.interval
    half = 0.33 * (ROW / TALL if canvas.narrow else 1)  # as many pixels on either screen
    assumed = LINE_DASHES[pooled.status] != "solid"
    canvas.draw(
        "scatter",
        x=[low, pooled.estimate, high, pooled.estimate, low],
        y=[place, place - half, place, place + half, place],
        mode="lines",
        name=name,
        fill="toself",
        fillcolor=tint(colour, (0.3 if assumed else 0.75) if filled else 0.0),
        line={"color": colour, "width": 1.4, "dash": LINE_DASHES[pooled.status]},
        hoveron="points",
        hoverinfo="text",
        hovertext=hover,
        showlegend=False,
        meta={"place": place},
    )  # fmt: skip
    draw_arrows(canvas, [place] if low < scale.low else [], scale.low, "left", colour)
    draw_arrows(canvas, [place] if high > scale.high else [], scale.high, "right", colour)


def draw_numbers(canvas: Canvas, texts: Mapping[int, str], edge: float, *, col: int = 1) -> None:
    """The column at the right: texts by place, beginning beside the plot."""
    canvas.draw(
        "scatter",
        col,
        x=np.full(len(texts), edge),
        y=np.array(list(texts), float),
        mode="text",
        name="numbers",
        text=column(f"\u2002{text}" for text in texts.values()),  # a space between plot and text
        textposition="middle right",
        textfont={"size": TEXT},
        cliponaxis=False,
        showlegend=False,
        hoverinfo="skip",
    )


def rule(canvas: Canvas, at: float, *, dash: str = "solid", colour: str = NEUTRAL) -> None:
    """A line through the whole height of the plot."""
    canvas.shapes.append(
        {"type": "line", "xref": "x", "yref": "y domain", "x0": at, "x1": at, "y0": 0, "y1": 1, "layer": "below",
         "line": {"color": colour, "width": 1, "dash": dash}}
    )  # fmt: skip


# -- names, axes, margins ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Margins:
    """Pixels around the middle, and the whole height."""

    left: int
    right: int
    bottom: int
    height: int

    @property
    def layout(self) -> dict[str, Any]:
        return {"height": self.height, "margin": {"l": self.left, "r": self.right, "t": HEAD, "b": self.bottom}}


def frame(
    canvas: Canvas,
    scale: Scale,
    names: Sequence[str],
    numbers: Iterable[str],
    say: Say,
    *,
    axis: str = "",
    favours: tuple[str, str] = ("", ""),
    key: Sequence[str] = (),
) -> Margins:
    """Axes, names of the lines and what stands below; gives the margins that this needs.

    Args:
        names: one per line, escaped and cut, "" where a line has none.
        numbers: the texts of the column at the right.
        key: what the marks mean, an entry each.
    """
    left = 12 if canvas.narrow else round(LETTER * max(map(letters, names), default=0)) + 15
    right = round(DIGIT * max(map(letters, numbers), default=0)) + 14
    reach = [len(names) - 0.5, -0.5]
    steps: dict[str, Any] = {"ticks": "outside", "tickcolor": NEUTRAL} if canvas.narrow else {"showgrid": True}
    canvas.x(range=[scale.low, scale.high], gridcolor=GRID, automargin=False, **steps, **scale.ticks(say))
    beside = column([""] * len(names) if canvas.narrow else names)
    canvas.y(
        tickvals=np.arange(len(names)), ticktext=beside, range=reach, showgrid=False, automargin=False,
        ticklabelstandoff=5,
    )  # fmt: skip
    if canvas.narrow:
        canvas.shapes[:] = [part for shape in canvas.shapes for part in _beside_names(shape, names)]
    for place, name in enumerate(names if canvas.narrow else ()):
        canvas.note(name, x=0, xshift=-4, yref="y", y=place, yshift=TALL / 2 - 7, xanchor="left", name="name")
    if "yaxis2" in canvas.axes:
        canvas.y(2, range=reach)
    bottom = TICKS + _below(canvas, axis, favours)
    if lines := key_lines(key):
        canvas.note(
            "<br>".join(lines), xref="paper", x=0, xshift=8 - left, y=0, yshift=-bottom - 4, xanchor="left",
            yanchor="top", align="left", name="key",
        )  # fmt: skip
    bottom += KEY_LINE * len(lines) + 10
    return Margins(left, right, bottom, HEAD + (TALL if canvas.narrow else ROW) * len(names) + bottom)


def _beside_names(shape: dict[str, Any], names: Sequence[str]) -> list[dict[str, Any]]:
    """A line through the whole height, in parts that leave out what stands above each line, and headings."""
    return [{**shape, "yref": "y", "y0": place + CLEAR[0], "y1": place + CLEAR[1]}
            for place, name in enumerate(names) if name]  # fmt: skip


def letters(text: str) -> int:
    """How many characters a reader sees of a text with tags and escaped signs."""
    return len(bare(text))


def head_line(canvas: Canvas, text: str, place: int, left: float) -> None:
    """A heading over several lines; unlike their names it may run into the plot."""
    canvas.note(bold(cut(text, HEADING)), xref="paper", x=0, xshift=-left, yref="y", y=place, xanchor="left",
                name="heading")  # fmt: skip


def _below(canvas: Canvas, axis: str, favours: tuple[str, str]) -> int:
    """Which side favours what, and the name of the axis; gives the pixels they take."""
    taken = _favours(canvas, favours) if any(favours) else 0
    if axis:
        text = wrapped(axis, 44)
        canvas.note(
            text, xref="x domain", x=0.5, y=0, yshift=-TICKS - taken, yanchor="top", name="axis",
        )  # fmt: skip
        taken += LINE * (1 + text.count("<br>")) + 4
    return taken + 6


def _favours(canvas: Canvas, favours: tuple[str, str]) -> int:
    """Which side favours what: on both sides of no effect, on a narrow screen below each other; gives their pixels."""
    if canvas.narrow:  # no effect may stand at an edge, where words beside it would be cut
        both = f"← {plain(favours[0])}<br>{plain(favours[1])} →"
        canvas.note(both, x=0, xshift=-4, y=0, yshift=-TICKS, xanchor="left", yanchor="top", align="left",
                    name="favours")  # fmt: skip
        return 2 * LINE + 4
    taken = 0
    sides = [wrapped(text, 26) for text in favours]
    for text, anchor, shift in zip(sides, ("right", "left"), (-6, 6), strict=True):
        if text:
            arrow = f"← {text}" if anchor == "right" else f"{text} →"
            canvas.note(
                arrow, xref="x", x=0, y=0, xshift=shift, yshift=-TICKS, xanchor=anchor, yanchor="top", align=anchor,
                name="favours",
            )  # fmt: skip
            taken = max(taken, LINE * (1 + text.count("<br>")) + 4)
    return taken


def key_lines(entries: Iterable[str], width: int = KEY) -> list[str]:
    """Entries of a key, as many per line as a phone shows; Plotly's own legend would become a tall column there."""
    lines: list[str] = []
    for entry in entries:
        longer = f"{lines[-1]}\u2003{entry}" if lines else entry
        if lines and letters(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(entry)
    return lines


def mark(symbol: str, colour: str, text: str) -> str:
    """An entry of a key: a coloured sign, then what it stands for."""
    return f'<span style="color:{colour}">{symbol}</span> {plain(text)}'
