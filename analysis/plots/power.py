"""What a number of people could have shown: power against the true effect."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.asking import OF_MEANS, Detectable
from analysis.plots.canvas import Canvas, Finished
from analysis.plots.style import ARM_COLOURS, GRID, NEUTRAL, plain, wrapped
from analysis.telling import amount_said, level_said
from analysis.words import Say

SIGNIFICANT, FOUND = ARM_COLOURS[1], ARM_COLOURS[2]
TICKS = (0, 20, 40, 60, 80, 100)


def power_curve(found: Detectable, say: Say, unit: Mapping[str, str] | None = None) -> Finished:
    """Power against the true effect, the line of the power asked for, and both marks where they exist.

    `unit` is the outcome's own (`Measure.unit`), for effects where an SD is known. Shares are drawn in
    percentage points, power in percent.
    """
    canvas = Canvas(say)
    effects, power = found.curve.effects.tolist(), found.curve.power.tolist()
    hover = [_at(found, effect, chance, say, unit) for effect, chance in zip(effects, power, strict=True)]
    canvas.draw(
        "scatter",
        x=[_drawn(found, effect) for effect in effects],
        y=[100 * chance for chance in power],
        mode="lines",
        name="power",
        line={"color": ARM_COLOURS[0], "width": 3},
        hoverinfo="text",
        hovertext=hover,
        showlegend=False,
    )
    line = {"type": "line", "xref": "x domain", "yref": "y", "x0": 0, "x1": 1, "y0": 100 * found.power}
    canvas.shapes.append({**line, "y1": 100 * found.power, "line": {"color": NEUTRAL, "width": 1, "dash": "dash"}})
    named = say("power.mark-significant", alpha=level_said(found, say))
    _mark(canvas, found, found.smallest_significant, ("significant", named, "diamond", SIGNIFICANT), say, unit)
    named = say("power.mark-detectable", power=say.percent(found.power))
    _mark(canvas, found, found.detectable, ("detectable", named, "circle", FOUND), say, unit)
    title = wrapped(say(f"power.effect-{found.kind}"), 48)
    canvas.x(title=title, showgrid=True, gridcolor=GRID)
    canvas.y(range=[0, 102], tickvals=list(TICKS), ticktext=[f"{tick}%" for tick in TICKS])
    canvas.heading(say("power.axis"))
    return canvas.figure(height=400, legend={"yanchor": "top", "y": -0.28})


def _mark(canvas: Canvas, found: Detectable, effect: float | None, drawn: tuple, say: Say, unit) -> None:
    """One effect as a point on the curve with a thin line down to the axis; nothing where there is none."""
    if effect is None:
        return
    kind, name, symbol, colour = drawn
    chance = found.power_at(effect)
    x, y = _drawn(found, effect), 100 * chance
    canvas.shapes.append(
        {"type": "line", "xref": "x", "yref": "y", "x0": x, "x1": x, "y0": 0, "y1": y,
         "line": {"color": colour, "width": 1, "dash": "dot"}}
    )  # fmt: skip
    canvas.draw(
        "scatter",
        x=[x],
        y=[y],
        mode="markers",
        name=name,
        meta=kind,
        marker={"size": 13, "symbol": symbol, "color": colour},
        hoverinfo="text",
        hovertext=f"{name}<br>{_at(found, effect, chance, say, unit)}",
    )


def _drawn(found: Detectable, effect: float) -> float:
    return effect if found.kind in OF_MEANS else 100 * effect


def _at(found: Detectable, effect: float, chance: float, say: Say, unit) -> str:
    return say("power.at", effect=plain(amount_said(found, effect, say, unit)), power=say.percent(chance))
