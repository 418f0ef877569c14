"""What a number of people could have shown: power against the true effect, and the sentences that say it."""

from __future__ import annotations

from collections.abc import Mapping

import plotly.graph_objects as go

from analysis.asking import OF_MEANS, Detectable
from analysis.plots.canvas import Canvas
from analysis.plots.style import ARM_COLOURS, GRID, NEUTRAL, plain, wrapped
from analysis.words import Say

SIGNIFICANT, FOUND = ARM_COLOURS[1], ARM_COLOURS[2]
TICKS = (0, 20, 40, 60, 80, 100)


def power_curve(found: Detectable, say: Say, unit: Mapping[str, str] | None = None) -> go.Figure:
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
    named = say("power.mark-significant", alpha=_level(found, say))
    _mark(canvas, found, found.smallest_significant, ("significant", named, "diamond", SIGNIFICANT), say, unit)
    named = say("power.mark-detectable", power=say.percent(found.power))
    _mark(canvas, found, found.detectable, ("detectable", named, "circle", FOUND), say, unit)
    title = {"text": wrapped(say(f"power.effect-{found.kind}"), 48), "font": {"size": 12}}
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
    return say("power.at", effect=plain(amount(found, effect, say, unit)), power=say.percent(chance))


def amount(found: Detectable, effect: float, say: Say, unit: Mapping[str, str] | None = None) -> str:
    """ "0.72 SDs (0.86 points)" where the SD and the unit are known, "35 percentage points" for shares."""
    if found.kind not in OF_MEANS:
        return f"{say.number(100 * effect, 0)} {say('term.points')}"
    value, in_unit = say.number(effect), found.in_unit(effect)
    if in_unit is None or unit is None:
        return say("power.in-sds", value=value)
    return say("power.in-unit", value=value, in_unit=say.number(in_unit), unit=say.text(unit))


def power_sentence(found: Detectable, say: Say, unit: Mapping[str, str] | None = None) -> str:
    """What the plot shows, in words: the smallest effect seen that has p < alpha, the true one found often enough."""
    return " ".join((_seen(found, say, unit), _true(found, say, unit), say("power.not-observed")))


def _seen(found: Detectable, say: Say, unit) -> str:
    people = {"n": found.n[0]} if len(found.n) == 1 else dict(zip(("n_a", "n_b"), found.n, strict=True))
    alpha = _level(found, say)
    if found.smallest_significant is None:
        return say("power.never-significant", n=sum(found.n), alpha=alpha)
    smallest = amount(found, found.smallest_significant, say, unit)
    share = "" if found.share is None else say.percent(found.share)
    return say(f"power.seen-{found.kind}", **people, alpha=alpha, smallest=smallest, share=share)


def _true(found: Detectable, say: Say, unit) -> str:
    power = say.percent(found.power)
    if found.detectable is None:
        return say("power.never-found", power=power)
    return say(f"power.true-{found.kind}", detectable=amount(found, found.detectable, say, unit), power=power)


def needed_sentence(found: Detectable, effect: float, say: Say, unit: Mapping[str, str] | None = None) -> str:
    """How many people a true effect takes; blank where that is not known or beyond what can be counted."""
    n = found.needed_n(effect)
    if n is None:
        return ""
    effect_words = amount(found, effect, say, unit)
    return say(f"power.needed-{found.kind}", effect=effect_words, n=n, power=say.percent(found.power))


def _level(found: Detectable, say: Say) -> str:
    return say.printed(f"{found.alpha:g}")
