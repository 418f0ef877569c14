"""Mothers out of a hundred as a picture: the same hundred on both sides, those with the better result filled."""

from __future__ import annotations

from html import escape

from analysis.plots.printing import Picture
from analysis.plots.printing.letters import FONT
from analysis.plots.printing.page import PIXELS_PER_MM, Lettering, wrapped
from analysis.plots.style import DIRECTION_COLOURS, NEUTRAL

ACROSS, DOWN = 10, 10  # mothers in a row, and rows
STEP_X, STEP_Y, EDGE, BETWEEN = 17, 22, 4, 34
SIDE = ACROSS * STEP_X
LETTER, BELOW = Lettering(13), 26
TITLE = Lettering(13, True)
LINE = 17  # pixels of a line of words
MOTHER = "M0 -3.2a3.4 3.4 0 1 1 .01 0ZM-5 9.5V4.2Q-5 -1.6 0 -1.6Q5 -1.6 5 4.2V9.5Z"  # a head above shoulders
WIDTH = 2 * EDGE + 2 * SIDE + BETWEEN  # as much as a phone shows


def hundred_picture(without: float, having: float, titles: tuple[str, str], said: tuple[str, str]) -> Picture:
    """Two hundreds beside each other.

    Args:
        without, having: how many of each hundred have the better result.
        titles: what stands above each; said: what stands below.
    """
    lines = [wrapped(title, TITLE, SIDE) for title in titles]
    above = LINE * max(map(len, lines)) + 6
    height = above + DOWN * STEP_Y + BELOW
    shades = (NEUTRAL, DIRECTION_COLOURS["better"])
    parts = [
        _words(place, LINE * (line + 1) - 3, text, TITLE)
        for place, one in enumerate(lines)
        for line, text in enumerate(one)
    ]
    for place, count in enumerate((without, having)):
        parts += [
            _mother(place, above, number, shades[place], number < round(count)) for number in range(ACROSS * DOWN)
        ]
        parts.append(_words(place, height - 8, said[place], LETTER))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}">'
        f'<rect width="100%" height="100%" fill="#ffffff"/>{"".join(parts)}</svg>'
    )
    return Picture(svg, " · ".join(titles), WIDTH / PIXELS_PER_MM)


def _left(place: int) -> int:
    return EDGE + place * (SIDE + BETWEEN)


def _mother(place: int, above: int, number: int, ink: str, better: bool) -> str:
    """Filled where she has the better result, an outline where not: told apart without colour."""
    row, column = divmod(number, ACROSS)
    x, y = _left(place) + STEP_X * (column + 0.5), above + STEP_Y * (row + 0.5)
    look = f'fill="{ink}" stroke="{ink}"' if better else f'fill="#ffffff" stroke="{NEUTRAL}"'
    return f'<path transform="translate({x:g} {y:g})" d="{MOTHER}" {look} stroke-width="1"/>'


def _words(place: int, foot: int, text: str, lettering: Lettering) -> str:
    weight = ' font-weight="bold"' if lettering.bold else ""
    return (
        f'<text x="{_left(place)}" y="{foot}" font-family="{FONT}" font-size="{lettering.size:g}"{weight} '
        f'fill="#000000">{escape(text)}</text>'
    )
