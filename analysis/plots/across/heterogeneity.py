"""How far studies differ: funnel, Baujat's plot, effects that go with a number."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.plots.across.frame import (
    KEY_LINE,
    SIGNS,
    bold,
    column,
    cut,
    key_lines,
    mark,
    rule,
)
from analysis.plots.across.scale import Scale, scale_of
from analysis.plots.canvas import Canvas, Finished
from analysis.plots.estimates import COLOUR
from analysis.plots.style import ARM_COLOURS, GRID, NEUTRAL, SYMBOLS, plain, tint, wrapped
from analysis.results import Status
from analysis.words import Say

HEIGHT = 360  # pixels of a plot without its key
SHADES = (0.10, 0.22, 0.36)  # opacity of the areas beyond p = 0.10, 0.05, 0.01: the clearer, the darker
DOT = 10
HOVER = 44  # characters per line of what hovering says
SMALLEST, LARGEST = 7.0, 24.0  # pixels: diameters of the bubbles of a regression


@dataclass(frozen=True)
class Study:
    """One study as a point: its id for clicks, its name for hovering, how its effect is known and where it stands."""

    id: str
    label: str
    status: Status = "derived"
    where: str = ""


@dataclass(frozen=True)
class Line:
    """A fitted line with its interval, at the covariate's values `x`, on the effects' own scale."""

    x: Sequence[float]
    fit: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]


def funnel(
    found: Any, studies: Sequence[Study], say: Say, *, axis: str = "", kind: str = "", pooled: float | None = None
) -> Finished:
    """Effects by their standard error, the precise ones at the top; areas of p around no effect.

    Args:
        found: a `Funnel`: `points` (value, SE), `centre`, `ses`, `pseudo` and `contours` with level, low, high.
        studies: one per point.
        pooled: where the pooled line stands, if not at the centre of the pseudo interval.
    """
    canvas = Canvas(say)
    values = [value for value, _ in found.points]
    bottom = max(found.ses)
    scale = _reach(values, found, kind)
    contours = sorted(found.contours, key=lambda contour: contour.level)
    for place, contour in enumerate(contours):
        outer = contours[place + 1] if place + 1 < len(contours) else None
        _area(canvas, contour, outer, found.ses, scale, SHADES[min(place, len(SHADES) - 1)], say)
    rule(canvas, 0)
    rule(canvas, found.centre if pooled is None else pooled, dash="dot", colour=COLOUR)
    for name, edge in (("pseudo low", found.pseudo.low), ("pseudo high", found.pseudo.high)):
        canvas.draw("scatter", x=np.array(edge), y=np.array(found.ses), mode="lines", name=name, hoverinfo="skip",
                    line={"color": COLOUR, "width": 1.4, "dash": "dash"})  # fmt: skip
    hovers = [
        _hover(study, say, scale.value(value, say), f"SE {say.number(se, 3)}")
        for study, (value, se) in zip(studies, found.points, strict=True)
    ]
    _dots(canvas, values, [se for _, se in found.points], studies, hovers, say)
    canvas.x(range=[scale.low, scale.high], title=wrapped(axis, 44), **scale.ticks(say))
    canvas.y(range=[bottom * 1.06, -0.02 * bottom], title=say("across-plot.se"), nticks=6)
    entries = [
        mark(
            "■", tint(NEUTRAL, min(1.0, shade + 0.15)), say("across-plot.p-below", p=say.printed(f"{1 - c.level:.2f}"))
        )
        for shade, c in zip(SHADES, contours, strict=False)
    ]
    percent = f"{100 * found.pseudo.level:g}"
    pseudo = mark("╌", COLOUR, say("across-plot.pseudo", percent=percent))
    return _with_key(canvas, [*entries, pseudo, *_statuses(studies, say)])


def _reach(values: Sequence[float], found: Any, kind: str) -> Scale:
    """Every point, no effect, and the pseudo interval at its widest."""
    widest = (min(found.pseudo.low), max(found.pseudo.high))
    return scale_of([*values, *widest], [], kind=kind)


def _area(
    canvas: Canvas, inner: Any, outer: Any | None, ses: Sequence[float], scale: Scale, opacity: float, say: Say
) -> None:
    """Both sides of what lies between two contours, or beyond the last one."""
    down = np.array(ses, float)
    for name, near, far, edge in (
        ("left", inner.low, outer and outer.low, scale.low),
        ("right", inner.high, outer and outer.high, scale.high),
    ):
        beyond = np.array(far, float) if far is not None else np.full(len(down), edge)
        canvas.draw(
            "scatter",
            x=np.concatenate([np.array(near, float), beyond[::-1]]),
            y=np.concatenate([down, down[::-1]]),
            mode="lines",
            name=f"p {1 - inner.level:.2f} {name}",
            fill="toself",
            fillcolor=tint(NEUTRAL, opacity),
            line={"width": 0},
            hoverinfo="skip",
        )


def baujat(points: Sequence[Any], studies: Sequence[Study], say: Say) -> Finished:
    """How much each study adds to the spread (right) and how far it moves the result (up).

    Args:
        points: `BaujatPoint`s: `contribution` and `influence`; an infinite influence stands at the top.
    """
    canvas = Canvas(say)
    finite = [point.influence for point in points if math.isfinite(point.influence)]
    top = 1.15 * max(finite, default=0.0) or 1.0
    hovers = [
        _hover(
            study,
            say,
            say("across-plot.contribution-is", value=say.number(point.contribution)),
            say("across-plot.influence-is", value=say.number(point.influence)),
        )
        for study, point in zip(studies, points, strict=True)
    ]
    across, up = [point.contribution for point in points], [min(point.influence, top) for point in points]
    _dots(canvas, across, up, studies, hovers, say)
    right = 1.12 * max(across, default=0.0) or 1.0
    _name_farthest(canvas, across, up, (right, top), studies)
    canvas.x(
        title=wrapped(say("across-plot.contribution"), 44), range=[-0.04 * right, right],
        showgrid=True, gridcolor=GRID, nticks=6,
    )  # fmt: skip
    canvas.y(title=say("across-plot.influence"), range=[-0.05 * top, 1.08 * top], nticks=6)
    return _with_key(canvas, _statuses(studies, say))


def _name_farthest(
    canvas: Canvas, x: Sequence[float], y: Sequence[float], ends: tuple[float, float], studies: Sequence[Study]
) -> None:
    """Names for the studies that stand out most, three at most, and none over another's name."""
    named: list[tuple[float, float]] = []
    for i in sorted(range(len(studies)), key=lambda i: -(x[i] / ends[0] + y[i] / ends[1]))[:3]:
        place = (x[i] / ends[0], y[i] / ends[1])
        if any(abs(place[0] - other[0]) < 0.6 and abs(place[1] - other[1]) < 0.08 for other in named):
            continue
        named.append(place)
        side = "right" if place[0] > 0.5 else "left"
        canvas.note(cut(studies[i].label), xref="x", yref="y", x=x[i], y=y[i], xanchor=side, yanchor="bottom", yshift=5,
                    name="standing out")  # fmt: skip


def regression(
    points: Sequence[tuple[float, float]],
    weights: Sequence[float],
    studies: Sequence[Study],
    line: Line | None,
    say: Say,
    *,
    covariate: str,
    axis: str = "",
    kind: str = "",
) -> Finished:
    """Effects by a covariate, bubbles by weight, and the fitted line with its interval.

    Args:
        points: (covariate, effect) of each study.
        weights: percent, or any other unit that all share.
        line: None draws none.
        covariate: what goes to the right, with its unit; `axis` is what the effect is.
    """
    canvas = Canvas(say)
    reach = [(low, high) for low, high in zip(line.low, line.high, strict=True)] if line else []
    scale = scale_of([effect for _, effect in points], reach, kind=kind)
    if line:
        x = np.array(line.x, float)
        canvas.draw(
            "scatter", x=np.concatenate([x, x[::-1]]), y=np.concatenate([line.high, line.low[::-1]]), mode="lines",
            name="band", fill="toself", fillcolor=tint(COLOUR, 0.22), line={"width": 0}, hoverinfo="skip",
        )  # fmt: skip
        canvas.draw("scatter", x=x, y=np.array(line.fit, float), mode="lines", name="line", hoverinfo="skip",
                    line={"color": COLOUR, "width": 2.4})  # fmt: skip
    canvas.zero_line()
    largest = max(weights, default=0) or 1
    sizes = [max(SMALLEST, LARGEST * math.sqrt(weight / largest)) for weight in weights]
    hovers = [
        _hover(study, say, f"{plain(covariate)}: {say.printed(f'{x:g}')}", scale.value(effect, say))
        for study, (x, effect) in zip(studies, points, strict=True)
    ]
    _dots(canvas, [x for x, _ in points], [effect for _, effect in points], studies, hovers, say, sizes)
    canvas.x(title=wrapped(covariate, 44), nticks=6, showgrid=True, gridcolor=GRID)
    canvas.y(title=wrapped(axis, 36), range=[scale.low, scale.high], **scale.ticks(say))
    return _with_key(canvas, _statuses(studies, say), say("plot-key.regression"))


# -- shared --------------------------------------------------------------------------------------------------------


def _dots(
    canvas: Canvas, x: Sequence[float], y: Sequence[float], studies: Sequence[Study], hovers: Sequence[str], say: Say,
    sizes: Sequence[float] | None = None,
) -> None:  # fmt: skip
    """A point per study, one trace per evidence status; a click gives the study's id."""
    statuses: dict[Status, None] = dict.fromkeys(study.status for study in studies)
    for status in statuses:
        chosen = [i for i, study in enumerate(studies) if study.status == status]
        canvas.draw(
            "scatter",
            x=np.array([x[i] for i in chosen], float),
            y=np.array([y[i] for i in chosen], float),
            mode="markers",
            name=say(f"status.{status}"),
            meta={"mark": status},
            cliponaxis=False,
            customdata=column(studies[i].id for i in chosen),
            marker={
                "symbol": SYMBOLS[status],
                "size": DOT if sizes is None else np.array([sizes[i] for i in chosen]),
                "color": ARM_COLOURS[0],
                "opacity": 0.85,
                "line": {"width": 2 if "open" in SYMBOLS[status] else 0, "color": ARM_COLOURS[0]},
            },
            hoverinfo="text",
            hovertext=column(hovers[i] for i in chosen),
            unselected={"marker": {"opacity": 0.4}},
        )


def _hover(study: Study, say: Say, *said: str) -> str:
    known = (say(f"status.{study.status}"), wrapped(study.where, HOVER) if study.where else "")
    return "<br>".join(filter(None, (bold(plain(study.label)), *said, *known)))


ROUND_SIGNS: Mapping[Status, str] = {**SIGNS, "reported": "●", "derived": "○", "recovered": "○", "assumed": "⊙",
                                     "uploaded": "■"}  # fmt: skip


def _statuses(studies: Sequence[Study], say: Say) -> list[str]:
    kinds: dict[Status, None] = dict.fromkeys(study.status for study in studies)
    return [mark(ROUND_SIGNS[status], ARM_COLOURS[0], say(f"status.{status}")) for status in kinds]


def _with_key(canvas: Canvas, entries: Sequence[str], marks: str = "") -> Finished:
    """The figure with its key at the very top, where no name of an axis is in the way."""
    lines = key_lines(entries)
    above = KEY_LINE * len(lines) + 14
    canvas.note("<br>".join(lines), x=0, y=1, yshift=8, xanchor="left", yanchor="bottom", align="left",
                name="key")  # fmt: skip
    margin = {"l": 8, "r": 12, "t": above, "b": 8}
    return canvas.figure(height=HEIGHT + above, clickmode="event+select", margin=margin, marks=marks)
