"""One palette and one grammar for every plot.

Colours are Okabe & Ito's, safe for colour-blind eyes, and never the only mark: evidence status is told
by how a point is drawn, direction of change by the dash of its line.
"""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from analysis.asking import Question, Summary
from analysis.results import Status
from analysis.telling import printed_in
from analysis.words import Say

ARM_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
DIRECTION_COLOURS = {"better": "#009E73", "worse": "#D55E00", "same": "#7A7A7A"}
DIRECTION_DASHES = {"better": "solid", "worse": "dash", "same": "solid"}
LEVEL_COLOURS = ("#f0dcb0", "#d6a04a", "#8c8c8c", "#1f7d73", "#00403a")  # each darker than the one before: grey print
LEVEL_INK = ("#1a1a1a", "#1a1a1a", "#1a1a1a", "#ffffff", "#ffffff")
NEUTRAL = "#7A7A7A"  # of lines and marks; text has the theme's own colour, since no grey is dark and light enough
TEXT = 13  # pixels: no text in a plot is smaller
WITH_WHERE = "%{hovertext}<br>%{meta[0]}<extra></extra>"  # what a trace's marks share is sent once, as its `meta`
KNOWN = 48  # characters per line of what hovering says of where a number is from
GRID = "rgba(128,128,128,0.22)"
FAINT = "rgba(128,128,128,0.35)"
PERCENT: dict[str, Any] = {
    "tickvals": [0, 25, 50, 75, 100],
    "ticktext": ["0%", "25%", "50%", "75%", "100%"],
}  # an axis of shares
TAG = re.compile(r"<[^>]*>")
SYMBOLS: Mapping[Status, str] = {
    "reported": "circle",
    "derived": "circle-open",
    "recovered": "circle-open",
    "assumed": "circle-open-dot",
    "illustrative": "x-thin-open",
    "uploaded": "square",
}
BAR_PATTERNS: Mapping[Status, str] = {
    "reported": "",
    "derived": "",
    "recovered": "/",
    "assumed": "-",
    "illustrative": "x",
    "uploaded": "",
}
LINE_DASHES: Mapping[Status, str] = {
    "reported": "solid",
    "derived": "solid",
    "recovered": "solid",
    "assumed": "dash",
    "illustrative": "dash",
    "uploaded": "solid",
}


def plain(text: str) -> str:
    """Text from files, safe inside a plot (Plotly reads a few HTML tags)."""
    return html.escape(text, quote=False)


def bare(text: str) -> str:
    """What a reader sees of a text that stands in a plot: without tags and escapes."""
    return html.unescape(TAG.sub("", text))


def printed_at(question: Question, side: Summary, say: Say) -> str:
    """How a printed number is known and where it stands, as hovering says it."""
    places = question.study.locators(question.measure.id, (side.arm,), (side.timepoint,))
    return wrapped(f"{say(f'status.{side.status}')}. {printed_in(places, say)}", KNOWN)


def wrapped(text: str, width: int = 14) -> str:
    """A tick label broken into short lines, so that neighbours don't run into each other."""
    parts = text.replace(" (", "\n(").splitlines()
    return "<br>".join(plain(line) for part in parts for line in textwrap.wrap(part, width))


def spread(values: Sequence[float], reach: float = 0.16) -> list[float]:
    """Sideways places for points of equal value, so that each shows; the value itself is untouched."""
    seen: dict[float, int] = {}
    total = {value: list(values).count(value) for value in set(values)}
    places = []
    for value in values:
        k = seen.get(value, 0)
        seen[value] = k + 1
        count = total[value]
        places.append(0.0 if count == 1 else reach * (2 * k / (count - 1) - 1) * min(1.0, count / 6))
    return places


def tint(colour: str, opacity: float) -> str:
    """A hex colour made transparent."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


def watermark(question: Question, say: Say) -> str:
    """The word across a plot of simulated people; blank for everything else."""
    return say("plot.watermark") if question.status == "illustrative" else ""
