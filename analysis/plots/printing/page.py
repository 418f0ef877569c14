"""Title, n, plots, note and source laid out as one SVG; what is too long for a line is wrapped, nothing is cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go

from analysis.plots.canvas import Finished
from analysis.plots.printing.letters import FONT, width_of
from analysis.plots.printing.look import BLACK, LETTERS, WHITE, heading_of, printable
from analysis.plots.printing.renderer import svg_of
from analysis.plots.style import TEXT

ONE_COLUMN, TWO_COLUMNS = 88, 180  # mm, as most journals print
PIXELS_PER_MM = 4.9  # the letters of a plot are 6.5 points on paper, and a column is as wide as a phone
EDGE = 12  # white around everything, in pixels
LINE = 1.32  # height of a line of text, in letters
NARROWEST_PANEL = 380  # pixels; two plots stand beside each other where each gets as much
USUAL_HEIGHT = 420


@dataclass(frozen=True, eq=False)
class Panel:
    """One of several plots in a picture, with what stands above it (an arm and its n)."""

    heading: str
    figure: go.Figure


@dataclass(frozen=True)
class Lettering:
    """Size in pixels and face of a kind of text."""

    size: float
    bold: bool = False


USUAL = Lettering(TEXT * LETTERS)
TITLE, HEADING = Lettering(13, True), Lettering(12, True)


def composed(panels: Sequence[Panel], *, title: str, n: str, note: str, source: str, width: float) -> str:
    """The whole picture as SVG text."""
    across = width * PIXELS_PER_MM
    parts: list[str] = []
    below = EDGE
    for text, lettering in ((title, TITLE), (n, USUAL)):
        below = _written(parts, text, lettering, EDGE, below, across - 2 * EDGE)
    below = _plots(parts, panels, below, across)
    marks = "\n".join(dict.fromkeys(panel.figure.marks for panel in panels if isinstance(panel.figure, Finished)))
    for text in (marks, note, source):
        below = _written(parts, text, USUAL, EDGE, below, across - 2 * EDGE)
    height = below + EDGE - 4
    size = f'width="{width:g}mm" height="{height / PIXELS_PER_MM:.3f}mm" viewBox="0 0 {across:.2f} {height:.2f}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {size}>'
        f"<title>{escape(readable(title))}</title>"
        f'<rect id="ground" width="100%" height="100%" fill="{WHITE}"/>{"".join(parts)}</svg>'
    )


def _plots(parts: list[str], panels: Sequence[Panel], below: float, width: float) -> float:
    """The panels in rows of one or two; returns where the last row ends."""
    columns = 2 if len(panels) > 1 and width >= 2 * NARROWEST_PANEL else 1
    room = width / columns
    for start in range(0, len(panels), columns):
        ends = []
        for column, panel in enumerate(panels[start : start + columns]):
            left = column * room
            top = _written(parts, panel.heading, HEADING, left + EDGE, below, room - 2 * EDGE)
            top = _written(parts, heading_of(panel.figure), USUAL, left + EDGE, top + 4, room - 2 * EDGE)
            height = panel.figure.layout.height or USUAL_HEIGHT
            wide = round(room - EDGE)
            inner = svg_of(printable(panel.figure), wide, height, f"p{start + column}")
            place = f'<svg x="{left + EDGE / 2:.2f}" y="{top:.2f}" width="{wide}" height="{round(height)}" '
            once = f' width="{wide}" height="{round(height)}">'  # as the drawing itself says it
            parts.append(inner.replace("<svg ", place, 1).replace(once, ">", 1))
            ends.append(top + height + 6)
        below = max(ends)
    return below


def _written(parts: list[str], text: str, lettering: Lettering, left: float, top: float, room: float) -> float:
    """Text in lines that fit `room`; returns where it ends."""
    step = lettering.size * LINE
    lines = wrapped(readable(text), lettering, room)
    weight = ' font-weight="bold"' if lettering.bold else ""
    for place, line in enumerate(lines):
        y = top + step * place + lettering.size
        parts.append(
            f'<text x="{left:.2f}" y="{y:.2f}" font-family="{FONT}" font-size="{lettering.size}"{weight} '
            f'fill="{BLACK}">{escape(line)}</text>'
        )
    return top + step * len(lines) + (4 if lines else 0)


def readable(text: str) -> str:
    """Without letters that XML doesn't know."""
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")


def wrapped(text: str, lettering: Lettering, room: float) -> list[str]:
    """Lines no wider than `room` pixels; a word that is wider itself (an address) is broken."""
    lines: list[str] = []
    for paragraph in text.splitlines():
        line = ""
        for word in paragraph.split():
            for piece in _pieces(word, lettering, room):
                longer = f"{line} {piece}".strip()
                if line and width_of(longer, lettering.size, lettering.bold) > room:
                    lines.append(line)
                    longer = piece
                line = longer
        lines.extend([line] if line else [])
    return lines


def _pieces(word: str, lettering: Lettering, room: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, lettering.size, lettering.bold) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces
