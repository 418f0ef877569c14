"""Plots of one arm, before and after. Each takes scores or printed summaries, `say`, and returns a Figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from analysis.plots.estimates import draw_estimates, error_bar
from analysis.plots.style import (
    DIRECTION_COLOURS,
    DIRECTION_DASHES,
    LEVEL_COLOURS,
    LEVEL_INK,
    LINE_DASHES,
    NEUTRAL,
    SYMBOLS,
    finish,
    heading,
    plain,
    spread,
    tint,
    wrapped,
)
from analysis.questions import Question
from analysis.results import Outcome
from analysis.words import Say

FEW_LEVELS = 11  # with at most so many different scores, equal lines are drawn once, as wide as their people


def slopes(question: Question, chosen: int, outcomes: Sequence[Outcome], say: Say) -> go.Figure:
    """A line per person and, on an aligned axis, each person's difference with the tests' estimates.

    Ordinal scores: people with the same scores share one line, as wide as they are many; the dots at
    its ends stand side by side, one per person.
    """
    group = question.people[0]
    scores = group.scores[min(chosen, group.alternatives - 1)]
    figure = make_subplots(cols=2, rows=1, column_widths=[0.62, 0.38], horizontal_spacing=0.13)
    names = [f"{group.arm}-{number:02d}" for number in range(1, len(scores) + 1)]
    _lines(figure, scores, question, say)
    _people(figure, scores, names, question, say)
    _differences(figure, scores[:, -1] - scores[:, 0], names, outcomes, question, say)
    _slope_axes(figure, question, say)
    return finish(figure, watermark=say("plot.watermark") if question.status == "illustrative" else "")


def _direction(change: float, better: str) -> str:
    if change == 0 or better == "neither":
        return "same"
    return "better" if (change > 0) == (better == "higher") else "worse"


def _lines(figure: go.Figure, scores: np.ndarray, question: Question, say: Say) -> None:
    together = Counter(tuple(row) for row in scores.tolist())
    widest = max(together.values())
    many = len(np.unique(scores)) > FEW_LEVELS
    for row, people in sorted(together.items()):
        direction = _direction(row[-1] - row[0], question.measure.better)
        path = " → ".join(say.printed(f"{value:g}") for value in row)
        figure.add_scatter(
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
            row=1,
            col=1,
        )


def _people(figure: go.Figure, scores: np.ndarray, names: list[str], question: Question, say: Say) -> None:
    hover = [
        f"{plain(name)}: "
        + " → ".join(say.printed(f"{value:g}") for value in row)
        + f" ({say.signed(row[-1] - row[0], _digits(scores))})"
        for name, row in zip(names, scores, strict=True)
    ]
    for place in range(scores.shape[1]):
        column = scores[:, place].tolist()
        figure.add_scatter(
            x=[place + dx for dx in spread(column)],
            y=column,
            mode="markers",
            name=question.timepoints[place],
            ids=names,
            hovertext=hover,
            hoverinfo="text",
            marker={"size": 8, "symbol": SYMBOLS[question.status], "color": NEUTRAL, "line": {"width": 1.5}},
            row=1,
            col=1,
        )


def _digits(scores: np.ndarray) -> int:
    return 0 if np.all(scores == np.rint(scores)) else 1


def _differences(figure, change, names, outcomes, question, say) -> None:
    values = change.tolist()
    figure.add_hline(y=0, line={"color": NEUTRAL, "width": 1}, row=1, col=2)
    figure.add_scatter(
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
        row=1,
        col=2,
    )
    draw_estimates(figure, outcomes, say, col=2, first=0.75, ticks={0: say("plot.each-person")})


def _slope_axes(figure: go.Figure, question: Question, say: Say) -> None:
    measure, times = question.measure, question.timepoints
    labels = [wrapped(say.text(question.study.timepoints[t].label)) for t in times]
    figure.update_xaxes(
        tickvals=list(range(len(times))), ticktext=labels, range=[-0.35, len(times) - 0.65], row=1, col=1
    )
    heading(figure, plain(say.text(measure.unit)), 1)
    heading(figure, say("term.change"), 2)
    scores = _range(question, figure, col=1)
    changes = _range(question, figure, col=2)
    span = max(scores[1] - scores[0], changes[1] - changes[0])  # one step is as long on both axes
    step = {"dtick": measure.step} if measure.scale in ("ordinal", "binary") else {}
    for col, (low, high) in enumerate((scores, changes), start=1):
        middle = (low + high) / 2
        figure.update_yaxes(range=[middle - span / 2, middle + span / 2], row=1, col=col, **step)


def _range(question: Question, figure: go.Figure, col: int) -> tuple[float, float]:
    """Lowest and highest value to show: the whole scale for scores, else what is drawn, with some room."""
    measure = question.measure
    if col == 1 and measure.low is not None and measure.high is not None:
        return measure.low - 0.3, measure.high + 0.3
    drawn = [0.0] if col == 2 else []
    for trace in figure.select_traces(col=col, row=1):
        drawn += list(trace.y)
        if trace.error_y.array:
            drawn += [trace.y[0] + trace.error_y.array[0], trace.y[0] - trace.error_y.arrayminus[0]]
    room = 0.06 * (max(drawn) - min(drawn)) + 0.1
    return min(drawn) - room, max(drawn) + room


def transitions(question: Question, chosen: int, say: Say) -> go.Figure:
    """How many people went from which score to which: rows after, columns before, diagonal unchanged."""
    group = question.people[0]
    scores = group.scores[min(chosen, group.alternatives - 1)][:, [0, -1]]
    levels = _levels(question, scores)
    counts = np.array([[int(((scores[:, 0] == b) & (scores[:, 1] == a)).sum()) for b in levels] for a in levels])
    labels = [_level_label(question, level, say) for level in levels]
    figure = go.Figure(
        go.Heatmap(
            z=counts,
            x=labels,
            y=labels,
            colorscale=[[0, "rgba(0,114,178,0)"], [1, "rgba(0,114,178,0.85)"]],
            showscale=False,
            text=[[str(c) if c else "" for c in row] for row in counts],
            texttemplate="%{text}",
            textfont={"size": 17},
            hovertext=[
                [say("plot.people-on-line", path=f"{b} → {a}", count=int(counts[i, j])) for j, b in enumerate(labels)]
                for i, a in enumerate(labels)
            ],
            hoverinfo="text",
            xgap=2,
            ygap=2,
        )
    )
    reach = len(levels) - 0.5
    figure.add_shape(type="line", x0=-0.5, y0=-0.5, x1=reach, y1=reach, line={"color": NEUTRAL, "dash": "dot"})
    first, last = (
        plain(say.text(question.study.timepoints[t].label)) for t in (question.timepoints[0], question.timepoints[-1])
    )
    finish(figure, watermark=say("plot.watermark") if question.status == "illustrative" else "")
    figure.update_xaxes(title=first, type="category")
    figure.update_yaxes(title=last, type="category", showgrid=False)
    return figure


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
    figure = go.Figure()
    for place, level in enumerate(levels):
        counts = [int((values == level).sum()) for _, values in sides]
        totals = [len(values) for _, values in sides]
        colour = round(place * (len(LEVEL_COLOURS) - 1) / max(1, len(levels) - 1))
        label = _level_label(question, level, say)
        figure.add_bar(
            y=[plain(name) for name, _ in sides],
            x=[100 * c / n for c, n in zip(counts, totals, strict=True)],
            orientation="h",
            name=label,
            marker={"color": LEVEL_COLOURS[colour], "line": {"width": 1, "color": "rgba(255,255,255,0.6)"}},
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
    finish(
        figure,
        height=150 + 62 * len(sides),
        legend=True,
        watermark=say("plot.watermark") if question.status == "illustrative" else "",
    )
    figure.update_layout(
        barmode="stack",
        legend={
            "title": {"text": plain(say.text(question.measure.label))},
            "traceorder": "normal",
            "y": 1.02,
            "yanchor": "bottom",
        },
    )
    figure.update_xaxes(
        title=say("plot.share-of-people"), range=[0, 101], tickvals=[0, 25, 50, 75, 100], ticksuffix="%"
    )
    figure.update_yaxes(autorange="reversed")
    return figure


def printed_means(question: Question, say: Say) -> go.Figure:
    """What a summary-only study prints at each time, with the interval that its SD and n allow.

    Where nothing is printed per timepoint, the printed mean change stands alone. A missing SD or n is
    written beside the point: no error bar is made up.
    """
    figure = go.Figure()
    labels = [wrapped(say.text(question.study.timepoints[t].label)) for t in question.timepoints]
    sides = list(zip(labels, question.summaries, strict=False))
    shown = [(label, side) for label, side in sides if side.mean or side.percent]
    change = question.summaries[-1]
    if not shown and change.mean:
        shown, labels = [(say("plot.mean-change"), change)], [say("plot.mean-change")]
    for label, side in shown:
        _printed_point(figure, label, side, say)
    if len(shown) > 1:
        figure.add_scatter(
            x=[label for label, _ in shown],
            y=[float(side.mean or side.percent) for _, side in shown],
            mode="lines",
            hoverinfo="skip",
            name="mean line",
            line={"color": NEUTRAL, "width": 1.5, "dash": "dot"},
        )
    finish(figure)
    if not shown:
        figure.add_annotation(
            text=say("plot.nothing-printed"), xref="paper", yref="paper", x=0.5, y=0.5, showarrow=False
        )
    percent = any(side.percent and not side.mean for _, side in shown)
    figure.update_xaxes(type="category", categoryorder="array", categoryarray=labels, range=[-0.6, len(labels) - 0.3])
    figure.update_yaxes(
        title=say("plot.percent") if percent else plain(say.text(question.measure.unit)), rangemode="tozero"
    )
    if percent:
        figure.update_yaxes(range=[0, 109], tickvals=[0, 25, 50, 75, 100])
    return figure


def _printed_point(figure, label, side, say) -> None:
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
    figure.add_scatter(
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
