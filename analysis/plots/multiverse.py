"""Every defensible test in one strip: its p on the left, its estimate with interval on the right."""

from __future__ import annotations

import math

from analysis.asking import LEVEL, Multiverse, Question, Row, variant_name
from analysis.plots.canvas import Canvas, Finished
from analysis.plots.estimates import COLOUR, IN_UNIT_OF_DATA
from analysis.plots.style import ARM_COLOURS, FAINT, GRID, NEUTRAL, plain, tint, wrapped
from analysis.recover import p_reach
from analysis.results import Interval, Outcome
from analysis.words import Say

SMALLEST = 1e-5  # smaller p values stand at the edge
TICKS = (0.0001, 0.01, 1)
BELOW, ABOVE = ARM_COLOURS[0], NEUTRAL


ROW, LINE = 38, 18  # pixels of a row, and of a line of its name


def row_name(row: Row, say: Say) -> str:
    """ "Wilcoxon signed-rank, the exact test with ties"."""
    return ", ".join(filter(None, (say(f"method.{row.method}"), variant_name(row.options, say))))


def strip(found: Multiverse, question: Question, say: Say, *, letters: int = 24) -> Finished:
    """p per test (with its reach over all data sets that fit), and the estimates that are in the data's unit.

    `letters`: how many of a test's name stand in a line.
    """
    canvas = Canvas(say, first=0.52)
    names = [wrapped(row_name(row, say), letters) for row in found.rows]
    for place, row in enumerate(found.rows):
        _p(canvas, place, row, say)
        _estimate(canvas, place, row.outcome, question, say)
    for p in found.printed:
        _band(canvas, p)
    _line(canvas, "x", LEVEL)
    _line(canvas, "x2", 0)
    canvas.note(say.printed(f"{LEVEL:g}"), xref="x", x=math.log10(LEVEL), y=1, yanchor="bottom")
    canvas.x(
        type="log", tickvals=list(TICKS), ticktext=[say.printed(f"{tick:g}") for tick in TICKS], title="p",
        range=[math.log10(_smallest(found)) - 0.2, 0.1], showgrid=True, gridcolor=GRID,
    )  # fmt: skip
    unit = say("term.points") if question.measure.scale == "binary" else plain(say.text(question.measure.unit))
    canvas.x(title=say("plot.difference-in", unit=unit), showgrid=True, gridcolor=GRID, nticks=5, col=2)
    reach = [len(names) - 0.4, -0.6]
    canvas.y(tickvals=list(range(len(names))), ticktext=names, range=reach, showgrid=False)
    canvas.y(tickvals=list(range(len(names))), showticklabels=False, range=reach, showgrid=False, col=2)
    lines = max(name.count("<br>") + 1 for name in names)
    return canvas.figure(height=130 + max(ROW, LINE * lines + 2) * len(names), marks=say("plot-key.strip"))


def _smallest(found: Multiverse) -> float:
    ps = [row.outcome.p for row in found.rows if row.outcome.p is not None]
    return min([0.005, *(max(p, SMALLEST) for p in ps)])


def _p(canvas: Canvas, place: int, row: Row, say: Say) -> None:
    outcome, envelope = row.outcome, row.envelope
    if outcome.p is None:
        return
    if envelope and envelope.ps is not None:
        ends = [max(end, SMALLEST) for end in envelope.ps]
        canvas.draw(
            "scatter", x=ends, y=[place, place], mode="lines", line={"color": FAINT, "width": 6}, hoverinfo="skip"
        )
    below = outcome.p < LEVEL
    canvas.draw(
        "scatter",
        x=[max(outcome.p, SMALLEST)],
        y=[place],
        mode="markers",
        cliponaxis=False,
        name=f"{row.method} {place}",
        marker={"size": 12, "symbol": "circle" if below else "circle-open", "color": BELOW if below else ABOVE,
                "line": {"width": 2}},
        hoverinfo="text",
        hovertext=f"{plain(row_name(row, say))}: p {say.p(outcome.p)}",
    )  # fmt: skip


def in_unit(outcome: Outcome) -> tuple[float, Interval] | None:
    """Estimate and interval in the data's unit (shares in percentage points), None where a test has no such thing."""
    if outcome.effect_name == "risk_difference" and outcome.effect is not None and outcome.effect_interval:
        return _times(100, outcome.effect, outcome.effect_interval)
    if outcome.estimate_name not in IN_UNIT_OF_DATA or outcome.estimate is None or outcome.interval is None:
        return None
    return _times(100 if outcome.estimate_name == "risk_difference" else 1, outcome.estimate, outcome.interval)


def _times(scale: int, value: float, interval: Interval) -> tuple[float, Interval]:
    low, high = interval
    return scale * value, (scale * low, scale * high)


def _estimate(canvas: Canvas, place: int, outcome: Outcome, question: Question, say: Say) -> None:
    if (found := in_unit(outcome)) is None:
        return
    value, (low, high) = found
    error = {"type": "data", "symmetric": False, "array": [high - value], "arrayminus": [value - low], "thickness": 2}
    canvas.draw(
        "scatter",
        x=[value],
        y=[place],
        mode="markers",
        name=f"estimate {place}",
        error_x=error,
        marker={"size": 10, "symbol": "diamond", "color": COLOUR},
        hoverinfo="text",
        hovertext=f"{say(f'estimate.{outcome.estimate_name}')}: {say.signed(value)} {say.interval((low, high))}",
        col=2,
    )


def _band(canvas: Canvas, p: str) -> None:
    """What a printed p may stand for."""
    low, high = (max(end, SMALLEST) for end in p_reach(p))
    canvas.shapes.append(
        {"type": "rect", "xref": "x", "yref": "y domain", "x0": low, "x1": max(high, low * 1.03), "y0": 0, "y1": 1,
         "fillcolor": tint(ARM_COLOURS[4], 0.35), "line": {"color": ARM_COLOURS[4], "width": 1}, "layer": "below"}
    )  # fmt: skip


def _line(canvas: Canvas, axis: str, at: float) -> None:
    side = {"xref": axis, "yref": axis.replace("x", "y") + " domain"}
    canvas.shapes.append(
        {
            "type": "line",
            "x0": at,
            "x1": at,
            "y0": 0,
            "y1": 1,
            "line": {"color": NEUTRAL, "width": 1, "dash": "dot"},
            **side,
        }
    )
