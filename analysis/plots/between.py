"""Plots that compare two arms: their scores side by side, the difference, the difference of differences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from analysis.asking import Question
from analysis.plots.canvas import Canvas, Finished
from analysis.plots.drawn import drawn_of, with_sample
from analysis.plots.estimates import COLOUR, draw_estimates, error_bar, with_interval
from analysis.plots.style import ARM_COLOURS, KNOWN, SYMBOLS, WITH_WHERE, plain, spread, tint, watermark, wrapped
from analysis.results import Outcome
from analysis.studies import names_of
from analysis.telling import known_from
from analysis.words import Say


def groups(
    question: Question,
    samples: Sequence[np.ndarray],
    outcomes: Sequence[Outcome],
    kind: str,
    say: Say,
    *,
    narrow: bool = False,
) -> Finished:
    """Both arms' values (`kind`: dots, box or raincloud) and, on an aligned axis, the difference a − b."""
    canvas = Canvas(say, first=0.64, narrow=narrow)
    labels = [arm_name(question, arm, say) for arm in question.arms]
    there = [values[~np.isnan(values)] for values in samples]
    for place, (arm, values) in enumerate(zip(question.arms, samples, strict=True)):
        _arm(canvas, place, arm, values, kind, question, say)
    canvas.zero_line(col=2)
    draw_estimates(canvas, outcomes, say, col=2, first=0.0, ticks={})
    canvas.x(
        tickvals=[0, 1],
        ticktext=[f"{wrapped(label, 12)}<br>n = {len(v)}" for label, v in zip(labels, there, strict=True)],
        range=[-0.6, 1.6],
        col=1,
    )
    unit = plain(say.text(question.measure.unit))
    title = say("plot.change-in", unit=unit) if question.quantity == "change" else unit
    canvas.heading(title, 1)
    canvas.heading(say("plot.difference"), 2)
    canvas.x(col=2, title=wrapped(f"{labels[0]} − {labels[1]}", 16 if narrow else 22))
    _align(canvas, there, question)
    return canvas.figure(
        height=440,
        watermark=watermark(question, say),
        marks=with_sample(f"{say(f'plot-key.{kind}')} {say('plot-key.difference')}", question, say),
    )


def _align(canvas: Canvas, samples: Sequence[np.ndarray], question: Question) -> None:
    """Gardner & Altman's axes: 0 of the difference stands level with the second group's mean."""
    b = float(np.mean(samples[1]))
    reach = (float(end) for values in samples for end in (values.min(), values.max()))
    drawn = [*reach, *(b + end for end in canvas.drawn_in(2))]
    room = 0.06 * (max(drawn) - min(drawn)) + 0.1
    low, high = min(drawn) - room, max(drawn) + room
    step: dict[str, Any] = {"dtick": question.measure.step} if question.measure.scale == "ordinal" else {}
    canvas.y(range=[low, high], col=1, **step)
    canvas.y(range=[low - b, high - b], col=2, **step)


def colour_of(question: Question, arm: str) -> str:
    """An arm keeps its colour on every screen, whichever way round it is compared."""
    return ARM_COLOURS[list(question.study.arms).index(arm) % len(ARM_COLOURS)]


def arm_name(question: Question, arm: str, say: Say) -> str:
    """The arm's label as it stands in the card: not yet safe to draw."""
    return say.text(question.study.arms[arm].label)


def _arm(canvas, place, arm, values, kind, question, say) -> None:
    places = drawn_of(values)
    colour, column = colour_of(question, arm), values[places].tolist()
    everybody, known = names_of(arm, len(values)), wrapped(known_from(question, say), KNOWN)
    names = [everybody[at] for at in places]
    shift = -0.12 if kind == "raincloud" else 0.0
    canvas.draw(
        "scatter",
        x=[place + shift + dx for dx in spread(column, 0.28 if kind == "dots" else 0.14)],
        y=column,
        mode="markers",
        ids=names,
        name=arm,
        hovertemplate=WITH_WHERE,
        meta=[known],
        hovertext=[f"{plain(n)}: {say.number(v, 0 if v == int(v) else 1)}" for n, v in zip(names, column, strict=True)],
        marker={"size": 8, "symbol": SYMBOLS[question.status], "color": colour, "line": {"width": 1.5}},
        col=1,
    )
    if kind == "dots":
        _mean_mark(canvas, place, values[~np.isnan(values)], colour, say)
    if kind in ("box", "raincloud"):
        _box(canvas, place, arm, column, colour, kind)
    if kind == "raincloud" and np.ptp(column) > 0:
        _cloud(canvas, place, arm, column, colour)


def _box(canvas: Canvas, place: int, arm: str, column: list[float], colour: str, kind: str) -> None:
    canvas.draw(
        "box",
        x0=place + (0.12 if kind == "raincloud" else 0),
        y=column,
        name=f"{arm} box",
        boxpoints=False,
        width=0.16 if kind == "raincloud" else 0.5,
        line={"color": colour},
        fillcolor=tint(colour, 0.15),
        hoverinfo="skip",
        col=1,
    )


def _cloud(canvas: Canvas, place: int, arm: str, column: list[float], colour: str) -> None:
    canvas.draw(
        "violin",
        x0=place + 0.24,
        y=column,
        name=f"{arm} cloud",
        side="positive",
        points=False,
        width=0.5,
        line={"color": colour, "width": 1},
        fillcolor=tint(colour, 0.3),
        hoverinfo="skip",
        col=1,
    )


def _mean_mark(canvas, place, column, colour, say) -> None:
    mean = float(np.mean(column))
    canvas.draw(
        "scatter",
        x=[place - 0.34, place + 0.34],
        y=[mean, mean],
        mode="lines",
        line={"color": colour, "width": 3},
        name="mean",
        hoverinfo="text",
        hovertext=f"{say('estimate.mean')}: {say.number(mean)}",
        col=1,
    )


def both_arms(
    question: Question,
    columns: Sequence[np.ndarray],
    changes: Sequence[Outcome | None],
    difference: Outcome | None,
    say: Say,
    *,
    narrow: bool = False,
) -> Finished:
    """Both arms over time (people faint, means bold) and the changes with the difference between them.

    Args:
        columns: per arm, shape (n, timepoints).
        changes: per arm the paired-t outcome of its change; difference: the outcome a − b of the changes.
        narrow: the legend alone names the changes, beneath which their names would find no room.
    """
    canvas = Canvas(say, first=0.58, narrow=narrow)
    width = 14 if len(question.timepoints) < 3 else 11
    times = [wrapped(say.text(question.study.timepoints[t].label), width) for t in question.timepoints]
    _over_time(canvas, question, columns, times, say)
    labels = [arm_name(question, arm, say) for arm in question.arms]
    _changes(canvas, question, [*changes, difference], [*labels, say("plot.difference-of-differences")], say)
    canvas.x(tickvals=list(range(len(times))), ticktext=times, range=[-0.25, len(times) - 0.75], col=1)
    unit = plain(say.text(question.measure.unit))
    canvas.heading(unit, 1)
    canvas.heading(say("plot.change-in", unit=unit), 2)
    if question.measure.scale == "ordinal":
        canvas.y(dtick=question.measure.step, col=1)
    return canvas.figure(
        height=460,
        legend={"yanchor": "top", "y": -0.14},
        marks=with_sample(say("plot-key.both"), question, say),
        watermark=watermark(question, say),
    )


def _over_time(
    canvas: Canvas, question: Question, columns: Sequence[np.ndarray], times: Sequence[str], say: Say
) -> None:
    """A faint line per person and a bold one per arm's means."""
    for place, (arm, rows) in enumerate(zip(question.arms, columns, strict=True)):
        colour, label = colour_of(question, arm), plain(arm_name(question, arm, say))
        names = names_of(arm, len(rows))
        for name, row in ((names[at], rows[at]) for at in drawn_of(rows)):
            canvas.draw(
                "scatter",
                x=list(range(len(times))),
                y=row.tolist(),
                mode="lines",
                hoverinfo="skip",
                showlegend=False,
                name=f"{arm} person",
                meta=name,
                line={"color": tint(colour, 0.16), "width": 1.5},
                col=1,
            )
        means = rows[~np.isnan(rows).any(axis=1)].mean(axis=0).tolist()
        canvas.draw(
            "scatter",
            x=[k + 0.02 * (2 * place - 1) for k in range(len(times))],
            y=means,
            mode="lines+markers",
            name=label,
            line={"color": colour, "width": 4, "dash": ("solid", "dash")[place % 2]},
            marker={"size": 11, "symbol": ("circle", "square")[place % 2]},
            hoverinfo="text",
            hovertext=[f"{label}, {t}: {say.number(m)}" for t, m in zip(times, means, strict=True)],
            col=1,
        )


def _changes(canvas, question, outcomes, labels, say) -> None:
    canvas.zero_line(col=2)
    for place, (outcome, label) in enumerate(zip(outcomes, labels, strict=True)):
        if outcome is None or outcome.interval is None:
            continue
        colour = (*(colour_of(question, arm) for arm in question.arms), COLOUR)[place]
        named = canvas.narrow and place == len(outcomes) - 1  # the arms' own marks are in the legend already
        canvas.draw(
            "scatter",
            x=[place],
            y=[outcome.estimate],
            mode="markers",
            name=plain(label) if named else f"change {place}",
            showlegend=named,
            hoverinfo="text",
            hovertext=f"{plain(label)}: {with_interval(outcome.estimate, outcome.interval, say)}",
            error_y=error_bar(outcome.estimate, outcome.interval),
            marker={"size": 13, "symbol": ("circle", "square", "diamond")[place], "color": colour},
            col=2,
        )
    canvas.x(
        tickvals=[0, 1, 2],
        ticktext=[wrapped(label, 11) for label in labels],
        showticklabels=not canvas.narrow,
        range=[-0.6, 2.6],
        col=2,
    )
