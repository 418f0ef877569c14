"""Pictures behind a finding: which means, SDs or p values were possible, and where the printed one stands."""

from __future__ import annotations

import math

from analysis.checks import Picture, Raster, Strip, Umbrella
from analysis.plots.canvas import Canvas, Finished
from analysis.plots.style import ARM_COLOURS, DIRECTION_COLOURS, FAINT, GRID, NEUTRAL, tint
from analysis.recover import required
from analysis.results import Interval
from analysis.words import Say

POSSIBLE, IMPOSSIBLE = "#0072B2", "#D55E00"
SMALLEST = 1e-5  # smaller p values stand at the edge of the strip


def picture(found: Picture, say: Say) -> Finished:
    """The figure of any picture."""
    if isinstance(found, Raster):
        return raster(found, say)
    return umbrella(found, say) if isinstance(found, Umbrella) else strip(found, say)


def raster(found: Raster, say: Say) -> Finished:
    """Printed values by numbers of people: filled where some whole scores can print it; a ring on the printed one."""
    canvas = Canvas(say)
    canvas.draw(
        "heatmap",
        x=list(found.ns),
        y=list(found.values),
        z=found.possible.astype(int).tolist(),
        zmin=0,
        zmax=1,
        colorscale=[[0, tint(NEUTRAL, 0.10)], [1, tint(POSSIBLE, 0.55)]],
        showscale=False,
        xgap=1,
        ygap=1,
        hoverinfo="text",
        text=[[_cell(found, value, n, say) for n in found.ns] for value in found.values],
    )
    at = _possible(found, found.value, found.n)
    canvas.draw(
        "scatter",
        x=[found.n],
        y=[found.value],
        mode="markers",
        name="printed",
        hoverinfo="text",
        hovertext=_cell(found, found.value, found.n, say),
        marker={"size": 15, "symbol": "circle-open" if at else "x-open", "color": _colour(at), "line": {"width": 3}},
    )
    canvas.x(title=say("picture.n"), dtick=max(1, len(found.ns) // 8))
    canvas.y(type="category", tickvals=list(found.values[::4]), ticktext=[say.printed(v) for v in found.values[::4]])
    return canvas.figure(height=380)


def _possible(found: Raster, value: str, n: int) -> bool:
    return bool(found.possible[found.values.index(value), found.ns.index(n)])


def _cell(found: Raster, value: str, n: int, say: Say) -> str:
    said = say("picture.possible" if _possible(found, value, n) else "picture.impossible")
    return say("picture.cell", value=say.printed(value), n=n, said=said)


def _colour(possible: bool) -> str:
    return DIRECTION_COLOURS["better"] if possible else IMPOSSIBLE


def umbrella(found: Umbrella, say: Say) -> Finished:
    """The area of possible SDs over all means, the SDs possible at the printed mean, and the printed one."""
    canvas = Canvas(say)
    x = list(found.means)
    canvas.draw(
        "scatter", x=x, y=list(found.highest), mode="lines", name="largest", line={"color": POSSIBLE}, hoverinfo="skip"
    )
    canvas.draw(
        "scatter", x=x, y=list(found.lowest), mode="lines", name="smallest", line={"color": POSSIBLE},
        fill="tonexty", fillcolor=tint(POSSIBLE, 0.12), hoverinfo="skip",
    )  # fmt: skip
    mean, sd = (float(required(text).value) for text in (found.mean, found.sd))
    if found.attainable:
        canvas.draw(
            "scatter",
            x=[mean] * len(found.attainable),
            y=list(found.attainable),
            mode="markers",
            name="attainable",
            marker={"size": 6, "symbol": "line-ew-open", "color": NEUTRAL, "line": {"width": 2}},
            hoverinfo="text",
            hovertext=[say("picture.sd-possible", sd=say.number(value, 4)) for value in found.attainable],
        )
    fits = found.attainable is None or any(_prints_as(value, found.sd) for value in found.attainable)
    canvas.draw(
        "scatter",
        x=[mean],
        y=[sd],
        mode="markers",
        name="printed",
        marker={
            "size": 14,
            "symbol": "circle-open" if fits else "x-open",
            "color": _colour(fits),
            "line": {"width": 3},
        },
        hoverinfo="text",
        hovertext=say("picture.sd-printed", mean=say.printed(found.mean), sd=say.printed(found.sd)),
    )
    canvas.x(title=say("picture.mean"), showgrid=True, gridcolor=GRID)
    canvas.y(title="SD", rangemode="tozero")
    return canvas.figure(height=360)


def _prints_as(value: float, text: str) -> bool:
    number = required(text)
    return abs(value - float(number.value)) <= float(number.half_unit) + 1e-9


def strip(found: Strip, say: Say) -> Finished:
    """Every attainable p as a dot, a row per variant of the test; the band is what the printed p may stand for."""
    canvas = Canvas(say)
    names = [say.terms([variant]) for variant, _ in (*found.points, *found.spans)]
    for name, (_, ps) in zip(names, found.points, strict=False):
        _dots(canvas, name, ps, found.reach, say)
    for name, (_, ends) in zip(names[len(found.points) :], found.spans, strict=True):
        _span(canvas, name, ends, say)
    low, high = (max(end, SMALLEST) for end in found.reach)
    canvas.shapes.append(
        {"type": "rect", "xref": "x", "yref": "y domain", "x0": low, "x1": max(high, low * 1.02), "y0": 0, "y1": 1,
         "fillcolor": tint(ARM_COLOURS[4], 0.35), "line": {"color": ARM_COLOURS[4], "width": 1}, "layer": "below"}
    )  # fmt: skip
    canvas.shapes.append(
        {"type": "line", "xref": "x", "yref": "y domain", "x0": 0.05, "x1": 0.05, "y0": 0, "y1": 1,
         "line": {"color": FAINT, "width": 2, "dash": "dot"}}
    )  # fmt: skip
    canvas.note(
        say("picture.printed-p", p=say.printed(found.printed)),
        xref="x", yref="paper", x=math.log10(math.sqrt(low * high)), y=1, yanchor="bottom",
    )  # fmt: skip
    ticks = [0.0001, 0.001, 0.01, 0.05, 0.2, 1]
    smallest = min([low, *(p for _, ps in found.points for p in ps), *(ends[0] for _, ends in found.spans), 0.01])
    canvas.x(
        type="log", title="p", showgrid=True, gridcolor=GRID, tickvals=ticks,
        ticktext=[say.printed(f"{tick:g}") for tick in ticks], range=[math.log10(max(smallest, SMALLEST)) - 0.15, 0.08],
    )  # fmt: skip
    canvas.y(autorange="reversed", showgrid=False)
    return canvas.figure(height=130 + 46 * max(1, len(names)))


def _dots(canvas: Canvas, name: str, ps: tuple[float, ...], reach: Interval, say: Say) -> None:
    fits = [reach[0] <= p <= reach[1] for p in ps]
    canvas.draw(
        "scatter",
        x=[max(p, SMALLEST) for p in ps],
        y=[name] * len(ps),
        mode="markers",
        name=name,
        cliponaxis=False,
        marker={
            "size": 12,
            "symbol": ["circle" if ok else "circle-open" for ok in fits],
            "color": [_colour(ok) if ok else NEUTRAL for ok in fits],
            "line": {"width": 2},
        },
        hoverinfo="text",
        hovertext=[f"{name}: p {say.p(p)}" for p in ps],
    )


def _span(canvas: Canvas, name: str, ends: Interval, say: Say) -> None:
    canvas.draw(
        "scatter",
        x=[max(end, SMALLEST) for end in ends],
        y=[name, name],
        mode="lines+markers",
        name=name,
        cliponaxis=False,
        line={"color": NEUTRAL, "width": 5},
        marker={"size": 8, "color": NEUTRAL},
        hoverinfo="text",
        hovertext=[f"{name}: p {say.p(end)}" for end in ends],
    )


def sentence(found: Picture, say: Say) -> str:
    """What the picture shows, in words."""
    if isinstance(found, Raster):
        return say("picture.raster", value=say.printed(found.value), n=found.n)
    if isinstance(found, Umbrella):
        return say("picture.umbrella", mean=say.printed(found.mean), sd=say.printed(found.sd))
    return say("picture.strip", p=say.printed(found.printed))
