"""Plots of one arm, before and after. Each takes scores or printed summaries, `say`, and returns a Figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from analysis.plots.canvas import Canvas
from analysis.plots.estimates import draw_estimates, error_bar
from analysis.plots.style import (
    BAR_PATTERNS,
    DIRECTION_COLOURS,
    DIRECTION_DASHES,
    LEVEL_COLOURS,
    LEVEL_INK,
    LINE_DASHES,
    NEUTRAL,
    SYMBOLS,
    plain,
    spread,
    tint,
    watermark,
    wrapped,
)
from analysis.questions import Question
from analysis.results import Outcome
from analysis.studies import Measure
from analysis.words import Say

FEW_LEVELS = 11  # with at most so many different scores, equal lines are drawn once, as wide as their people


def slopes(
    question: Question, chosen: int, outcomes: Sequence[Outcome], say: Say, peers: Sequence[Question] = ()
) -> go.Figure:
    """A line per person and, on an aligned axis, each person's difference with the tests' estimates.

    Arms that stand side by side (`peers`) share their axes.

    Ordinal scores: people with the same scores share one line, as wide as they are many; the dots at
    its ends stand side by side, one per person.
    """
    group = question.people[0]
    scores = group.scores[min(chosen, group.alternatives - 1)]
    canvas = Canvas(first=0.62)
    names = [f"{group.arm}-{number:02d}" for number in range(1, len(scores) + 1)]
    _lines(canvas, scores, question, say)
    _people(canvas, scores, names, question, say)
    _differences(canvas, scores[:, -1] - scores[:, 0], names, outcomes, question, say)
    _slope_axes(canvas, question, peers, say)
    return canvas.figure(watermark=watermark(question, say))


def _direction(change: float, better: str) -> str:
    if change == 0 or better == "neither":
        return "same"
    return "better" if (change > 0) == (better == "higher") else "worse"


def _lines(canvas: Canvas, scores: np.ndarray, question: Question, say: Say) -> None:
    together = Counter(tuple(row) for row in scores.tolist())
    widest = max(together.values())
    many = len(np.unique(scores)) > FEW_LEVELS
    for row, people in sorted(together.items()):
        direction = _direction(row[-1] - row[0], question.measure.better)
        path = " → ".join(say.printed(f"{value:g}") for value in row)
        canvas.draw(
            "scatter",
            x=list(range(len(row))),
            y=list(row),
            mode="lines",
            name=f"{row[0]:g}→{row[-1]:g}",
            line={
                "color": tint(DIRECTION_COLOURS[direction], 0.75),
                "width": 1.3 if many else 1.5 + 9 * people / widest,
                "dash": DIRECTION_DASHES[direction],
            },
            meta={"people": people},
            hoverinfo="text",
            hovertext=say("plot.people-on-line", path=path, count=people),
            col=1,
        )


def _people(canvas: Canvas, scores: np.ndarray, names: list[str], question: Question, say: Say) -> None:
    hover = [
        f"{plain(name)}: "
        + " → ".join(say.printed(f"{value:g}") for value in row)
        + f" ({say.signed(row[-1] - row[0], _digits(scores))})"
        for name, row in zip(names, scores, strict=True)
    ]
    for place in range(scores.shape[1]):
        column = scores[:, place].tolist()
        canvas.draw(
            "scatter",
            x=[place + dx for dx in spread(column)],
            y=column,
            mode="markers",
            name=question.timepoints[place],
            ids=names,
            hovertext=hover,
            hoverinfo="text",
            marker={"size": 8, "symbol": SYMBOLS[question.status], "color": NEUTRAL, "line": {"width": 1.5}},
            col=1,
        )


def _digits(scores: np.ndarray) -> int:
    return 0 if np.all(scores == np.rint(scores)) else 1


def _differences(canvas, change, names, outcomes, question, say) -> None:
    values = change.tolist()
    canvas.zero_line(col=2)
    canvas.draw(
        "scatter",
        x=spread(values, 0.32),
        y=values,
        mode="markers",
        name="differences",
        ids=names,
        hoverinfo="text",
        hovertext=[f"{plain(n)}: {say.signed(v, _digits(change))}" for n, v in zip(names, values, strict=True)],
        marker={
            "size": 8,
            "symbol": SYMBOLS[question.status],
            "line": {"width": 1.5},
            "color": [DIRECTION_COLOURS[_direction(v, question.measure.better)] for v in values],
        },
        col=2,
    )
    draw_estimates(canvas, outcomes, say, col=2, first=0.75, ticks={0: say("plot.each-person")})


def _slope_axes(canvas: Canvas, question: Question, peers: Sequence[Question], say: Say) -> None:
    measure, times = question.measure, question.timepoints
    labels = [wrapped(say.text(question.study.timepoints[t].label)) for t in times]
    canvas.x(tickvals=list(range(len(times))), ticktext=labels, range=[-0.35, len(times) - 0.65], col=1)
    canvas.heading(plain(say.text(measure.unit)), 1)
    canvas.heading(say("term.change"), 2)
    people = [peer.people[0].scores for peer in (question, *peers) if peer.people[0] is not None]
    scores = _scale(measure) or _room([float(v) for group in people for v in (group.min(), group.max())])
    moved = [group[:, :, -1] - group[:, :, 0] for group in people]
    changes = _room([0.0, *canvas.drawn_in(2), *(float(v) for group in moved for v in (group.min(), group.max()))])
    span = max(scores[1] - scores[0], changes[1] - changes[0])  # one step is as long on both axes
    step = {"dtick": measure.step} if measure.scale in ("ordinal", "binary") else {}
    for col, (low, high) in enumerate((scores, changes), start=1):
        middle = (low + high) / 2
        canvas.y(range=[middle - span / 2, middle + span / 2], col=col, **step)


def _scale(measure: Measure) -> tuple[float, float] | None:
    """The whole scale of a score with some room, None for measured values."""
    return (measure.low - 0.3, measure.high + 0.3) if measure.low is not None and measure.high is not None else None


def _room(values: Sequence[float]) -> tuple[float, float]:
    """Lowest and highest value with some room around them."""
    low, high = min(values), max(values)
    room = 0.06 * (high - low) + 0.1
    return low - room, high + room


def transitions(question: Question, chosen: int, say: Say) -> go.Figure:
    """How many people went from which score to which: rows after, columns before, diagonal unchanged."""
    group = question.people[0]
    scores = group.scores[min(chosen, group.alternatives - 1)][:, [0, -1]]
    levels = _levels(question, scores)
    counts = np.array([[int(((scores[:, 0] == b) & (scores[:, 1] == a)).sum()) for b in levels] for a in levels])
    labels = [_level_label(question, level, say) for level in levels]
    canvas = Canvas()
    canvas.draw(
        "heatmap",
        z=counts.tolist(),
        x=labels,
        y=labels,
        colorscale=[[0, "rgba(0,114,178,0)"], [1, "rgba(0,114,178,0.55)"]],
        showscale=False,
        hovertext=[
            [say("plot.people-on-line", path=f"{b} → {a}", count=int(counts[i, j])) for j, b in enumerate(labels)]
            for i, a in enumerate(labels)
        ],
        hoverinfo="text",
        xgap=2,
        ygap=2,
    )
    there = [(b, a, counts[i, j]) for i, a in enumerate(labels) for j, b in enumerate(labels) if counts[i, j]]
    canvas.draw(
        "scatter",
        x=[b for b, _, _ in there],
        y=[a for _, a, _ in there],
        text=[f"{count}" for _, _, count in there],
        mode="text",
        textfont={"size": 17},
        hoverinfo="skip",
        name="counts",
    )
    end = len(levels) - 0.5
    unchanged = {"x0": -0.5, "y0": -0.5, "x1": end, "y1": end, "line": {"color": NEUTRAL, "dash": "dot"}}
    canvas.shapes.append({"type": "line", **unchanged})
    times = (question.timepoints[0], question.timepoints[-1])
    first, last = (plain(say.text(question.study.timepoints[t].label)) for t in times)
    order = {"type": "category", "categoryorder": "array", "categoryarray": labels}
    canvas.x(title={"text": first}, **order)
    canvas.y(title={"text": last}, showgrid=False, **order)
    return canvas.figure(watermark=watermark(question, say))


def _levels(question: Question, scores: np.ndarray) -> list[float]:
    measure = question.measure
    if measure.scale in ("ordinal", "binary"):
        return [float(v) for v in range(measure.low, measure.high + 1, measure.step)]
    return sorted(set(scores.ravel().tolist()))


def _level_label(question: Question, level: float, say: Say) -> str:
    return say(f"term.answer-{level:.0f}") if question.measure.scale == "binary" else f"{level:g}"


def distribution(sides: Sequence[tuple[str, np.ndarray]], question: Question, say: Say) -> go.Figure:
    """One bar per column of scores (label, values), split by score, counts written inside."""
    levels = _levels(question, np.concatenate([values for _, values in sides]))
    canvas = Canvas()
    for place, level in enumerate(levels):
        colour = round(place * (len(LEVEL_COLOURS) - 1) / max(1, len(levels) - 1))
        _bar(canvas, sides, level, _level_label(question, level, say), colour, question, say)
    canvas.x(title={"text": say("plot.share-of-people")}, range=[0, 101], tickvals=[0, 25, 50, 75, 100], ticksuffix="%")
    canvas.y(autorange="reversed")
    title = {"text": plain(say.text(question.measure.label))}
    legend = {"title": title, "traceorder": "normal", "y": 1.02, "yanchor": "bottom"}
    return canvas.figure(
        height=170 + 62 * len(sides), legend=legend, watermark=watermark(question, say), barmode="stack"
    )


def _bar(canvas: Canvas, sides, level: float, label: str, colour: int, question: Question, say: Say) -> None:
    counts = [int((values == level).sum()) for _, values in sides]
    totals = [len(values) for _, values in sides]
    canvas.draw(
        "bar",
        y=[wrapped(name, 18) for name, _ in sides],
        x=[100 * c / n for c, n in zip(counts, totals, strict=True)],
        orientation="h",
        name=label,
        marker={
            "color": LEVEL_COLOURS[colour],
            "line": {"width": 1, "color": "rgba(255,255,255,0.6)"},
            "pattern": {"shape": BAR_PATTERNS[question.status], "size": 6, "solidity": 0.12},
        },
        text=[str(c) if c else "" for c in counts],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        insidetextfont={"color": LEVEL_INK[colour], "size": 14},
        customdata=counts,
        hovertext=[
            say("plot.people-at-level", level=label, count=c, n=n, share=say.percent(c / n))
            for c, n in zip(counts, totals, strict=True)
        ],
        hoverinfo="text",
    )


def printed_means(question: Question, say: Say, peers: Sequence[Question] = ()) -> go.Figure:
    """What a summary-only study prints at each time, with the interval that its SD and n allow.

    Where nothing is printed per timepoint, the printed mean change stands alone. A missing SD or n is
    written beside the point: no error bar is made up. Arms that stand side by side share their axis.
    """
    canvas = Canvas()
    labels = [wrapped(say.text(question.study.timepoints[t].label)) for t in question.timepoints]
    sides = list(zip(labels, question.summaries, strict=False))
    shown = [(label, side) for label, side in sides if side.mean or side.percent]
    change = question.summaries[-1]
    if not shown and change.mean:
        shown, labels = [(say("plot.mean-change"), change)], [say("plot.mean-change")]
    for label, side in shown:
        _printed_point(canvas, label, side, say)
    if len(shown) > 1:
        canvas.draw(
            "scatter",
            x=[label for label, _ in shown],
            y=[float(side.mean or side.percent) for _, side in shown],
            mode="lines",
            hoverinfo="skip",
            name="mean line",
            line={"color": NEUTRAL, "width": 1.5, "dash": "dot"},
        )
    if not shown:
        canvas.note(say("plot.nothing-printed"), x=0.5, y=0.5)
    percent = any(side.percent and not side.mean for _, side in shown)
    unit = say("plot.percent") if percent else plain(say.text(question.measure.unit))
    canvas.x(type="category", categoryorder="array", categoryarray=labels, range=[-0.6, len(labels) - 0.3])
    canvas.y(title={"text": unit}, range=_printed_range(question, peers))
    if percent:
        canvas.y(range=[0, 109], tickvals=[0, 25, 50, 75, 100])
    elif _scale(question.measure):
        canvas.y(dtick=question.measure.step)
    return canvas.figure()


def _printed_range(question: Question, peers: Sequence[Question]) -> tuple[float, float] | None:
    """The whole scale of a score; else from 0 to the largest printed mean of all arms side by side."""
    sides = [side for peer in (question, *peers) for side in peer.summaries if side.mean]
    values = [end for side in sides for end in (float(side.mean), *(side.interval or ()))]
    if not values:
        return None
    if scale := _scale(question.measure):
        return scale
    low, high = _room([0.0, *values])
    return (0.0 if min(values) >= 0 else low, high)


def _printed_point(canvas, label, side, say) -> None:
    value, interval = float(side.mean or side.percent), side.interval
    missing = (
        say("plot.no-sd")
        if side.mean and not side.sd
        else say("plot.no-n")
        if side.n is None
        else say("plot.impossible-share")
        if side.percent and not interval
        else ""
    )
    printed_value = say.printed(side.mean or side.percent) + ("" if side.mean else "%")
    canvas.draw(
        "scatter",
        x=[label],
        y=[value],
        mode="markers+text",
        error_y=error_bar(value, interval),
        name=side.timepoint,
        marker={"size": 13, "symbol": SYMBOLS[side.status], "color": "#0072B2"},
        line={"dash": LINE_DASHES[side.status]},
        textposition="middle right",
        text=f"  {printed_value}" + (f"<br>  <i>{missing}</i>" if missing and not interval else ""),
        hoverinfo="text",
        cliponaxis=False,
        hovertext=printed_value + (f" {say.interval(interval)}" if interval else f" · {missing}"),
    )
