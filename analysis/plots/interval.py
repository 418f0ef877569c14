"""One result as a picture the height of a line: its interval on a line from worse to better.

Drawn as SVG text, since a list of twenty such pictures as figures would take seconds to appear. Its colours
stand at least 3 : 1 against the grounds of both themes.
"""

from __future__ import annotations

from analysis.plots.style import DIRECTION_COLOURS, NEUTRAL
from analysis.results import Interval

WIDTH, HEIGHT = 240, 36
REACH = 2.0  # SDs between mothers that the line spans on either side
MARK, ARROW = 7, 10  # px: radius of an estimate's mark, and length of an arrow
INNER = (
    1 - 2 * (MARK + ARROW) / WIDTH
)  # of its half, so that an arrow is seen beside the mark of an estimate at the end
INKS = {**DIRECTION_COLOURS, "unclear": NEUTRAL}


def interval_picture(estimate: float, interval: Interval, direction: str) -> str:
    """An SVG: estimate and interval in SDs, better to the right; an arrow where it goes on beyond the line."""
    low, high = (_end(end) for end in interval)
    ink, middle = INKS[direction], HEIGHT / 2
    parts = [
        _line(0, middle, WIDTH, middle, NEUTRAL, 1),
        _line(WIDTH / 2, 4, WIDTH / 2, HEIGHT - 4, NEUTRAL, 1.5),
        _line(low, middle, high, middle, ink, 5),
        *(_arrow(side, ink) for side, end in zip((-1, 1), interval, strict=True) if side * end > REACH),
        f'<circle cx="{_place(estimate):.1f}" cy="{middle:.1f}" r="{MARK}" fill="{ink}"/>',
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}">{"".join(parts)}</svg>'
    )


def _place(value: float) -> float:
    """Where a number of SDs lies on the line; what is beyond it lies at its end."""
    return WIDTH / 2 * (1 + max(-REACH, min(REACH, value)) / REACH * INNER)


def _end(value: float) -> float:
    """Where an interval's end lies; one beyond the line goes on to its arrow."""
    beyond = (value > REACH) - (value < -REACH)
    return WIDTH / 2 + beyond * (WIDTH / 2 - ARROW) if beyond else _place(value)


def _line(x: float, y: float, to_x: float, to_y: float, ink: str, width: float) -> str:
    ends = f'x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}"'
    return f'<line {ends} stroke="{ink}" stroke-width="{width}"/>'


def _arrow(side: int, ink: str) -> str:
    tip, middle = WIDTH / 2 * (1 + side), HEIGHT / 2
    back = tip - side * ARROW
    return f'<path d="M{tip:.1f} {middle:.1f}L{back:.1f} {middle - 7:.1f}L{back:.1f} {middle + 7:.1f}Z" fill="{ink}"/>'
