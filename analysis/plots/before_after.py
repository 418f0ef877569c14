"""Plots of one arm, before and after. Each takes scores or printed summaries, `say`, and returns a Figure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.asking import Question
from analysis.plots.canvas import Canvas, Finished
from analysis.plots.drawn import drawn_of
from analysis.plots.estimates import draw_estimates, error_bar, in_unit_of_data, shares
from analysis.plots.slopes import scale_reach, slopes, with_room
from analysis.plots.style import (
    BAR_PATTERNS,
    LEVEL_COLOURS,
    LEVEL_INK,
    LINE_DASHES,
    NEUTRAL,
    PERCENT,
    SYMBOLS,
    TEXT,
    plain,
    printed_at,
    watermark,
    wrapped,
)
from analysis.results import Outcome
from analysis.studies import names_of
from analysis.words import Say

CELL = 24  # pixels: what a ring around somebody's cell goes around


def transitions(question: Question, chosen: int, say: Say) -> Finished:
    """How many people went from which score to which: rows after, columns before, diagonal unchanged."""
    whole = question.scores(chosen)[1][:, [0, -1]]
    names, drawn = names_of(question.arms[0], len(whole)), drawn_of(whole)
    scores = whole[~np.isnan(whole).any(axis=1)]
    levels = _levels(question, scores)
    counts = np.array([[int(((scores[:, 0] == b) & (scores[:, 1] == a)).sum()) for b in levels] for a in levels])
    labels = [_level_label(question, level, say) for level in levels]
    canvas = Canvas(say)
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
    _counts_in_cells(canvas, counts, labels)
    label = dict(zip(levels, labels, strict=True))
    before, after = ([label[score] for score in column] for column in whole[drawn].T.tolist())
    _people_in_cells(canvas, [names[place] for place in drawn], before, after)
    end = len(levels) - 0.5
    unchanged = {"x0": -0.5, "y0": -0.5, "x1": end, "y1": end, "line": {"color": NEUTRAL, "dash": "dot"}}
    canvas.shapes.append({"type": "line", **unchanged})
    times = (question.timepoints[0], question.timepoints[-1])
    first, last = (plain(say.text(question.study.timepoints[t].label)) for t in times)
    order = {"type": "category", "categoryorder": "array", "categoryarray": labels}
    canvas.x(title=first, **order)
    canvas.y(title=last, showgrid=False, **order)
    return canvas.figure(watermark=watermark(question, say), marks=say("plot-key.transitions"))


def _counts_in_cells(canvas: Canvas, counts: np.ndarray, labels: list[str]) -> None:
    """The number of people in each cell, in the theme's own ink."""
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


def _people_in_cells(canvas: Canvas, names: list[str], before: list[str], after: list[str]) -> None:
    """Everybody's cell, unseen, so that whoever is clicked elsewhere is lit in it; a click on it is nobody's."""
    canvas.draw(
        "scatter", x=before, y=after, ids=names, mode="markers", name="people",
        hoverinfo="skip", marker={"size": CELL, "opacity": 0},
    )  # fmt: skip


def _levels(question: Question, scores: np.ndarray) -> list[float]:
    measure = question.measure
    if question.kind == "between" and question.quantity == "change":
        return [float(v) for v in range(int(scores.min()), int(scores.max()) + 1)]
    if measure.scale in ("ordinal", "binary") and measure.low is not None and measure.high is not None:
        return [float(v) for v in range(measure.low, measure.high + 1, measure.step)]
    return sorted(set(scores.ravel().tolist()))


def _level_label(question: Question, level: float, say: Say) -> str:
    return say(f"term.answer-{level:.0f}") if question.measure.scale == "binary" else say.printed(f"{level:g}")


def distribution(
    sides: Sequence[tuple[str, np.ndarray]], question: Question, say: Say, outcomes: Sequence[Outcome] = ()
) -> Finished:
    """One bar per column of scores (label, values), split by score, counts written inside.

    Two arms' `outcomes` that estimate a difference get an axis of their own beside the bars.
    """
    sides = [(label, values[~np.isnan(values)]) for label, values in sides]
    levels = _levels(question, np.concatenate([values for _, values in sides]))
    differences = in_unit_of_data(shares(outcomes) if question.measure.scale == "binary" else outcomes)
    canvas = Canvas(say, first=0.58 if differences else 1.0)
    if differences:
        canvas.zero_line(col=2)
        draw_estimates(canvas, differences, say, col=2, first=0.0, ticks={})
        canvas.heading(say("plot.difference"), 2)
    names = [wrapped(name, 12 if differences else 18) for name, _ in sides]
    for place, level in enumerate(levels):
        colour = round(place * (len(LEVEL_COLOURS) - 1) / max(1, len(levels) - 1))
        _bar(canvas, names, sides, level, _level_label(question, level, say), colour, question, say)
    canvas.x(title=say("plot.share-of-people"), range=[0, 101], **PERCENT)
    canvas.y(autorange="reversed")
    changes = question.kind == "between" and question.quantity == "change"
    title = say("term.change") if changes else plain(say.text(question.measure.label))
    place = {"y": -0.22, "yanchor": "top"} if differences else {"y": 1.02, "yanchor": "bottom"}
    legend = {"title": {"text": title, "font": {"size": TEXT}}, "traceorder": "normal", **place}
    return canvas.figure(
        height=(250 if differences else 170) + 62 * len(sides),
        legend=legend,
        watermark=watermark(question, say),
        barmode="stack",
        marks=" ".join(say(f"plot-key.{key}") for key in ("distribution", "difference")[: 2 if differences else 1]),
    )


def _bar(canvas: Canvas, names, sides, level: float, label: str, colour: int, question: Question, say: Say) -> None:
    counts = [int((values == level).sum()) for _, values in sides]
    totals = [len(values) for _, values in sides]
    canvas.draw(
        "bar",
        y=names,
        x=[100 * c / n for c, n in zip(counts, totals, strict=True)],
        orientation="h",
        name=label,
        marker={
            "color": LEVEL_COLOURS[colour],
            "line": {"width": 1, "color": "rgba(255,255,255,0.6)"},
            "pattern": {"shape": BAR_PATTERNS[question.status], "size": 6, "solidity": 0.12, "fillmode": "overlay"},
        },
        text=[str(c) if c else "" for c in counts],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        insidetextfont={"color": LEVEL_INK[colour], "size": 14},
        customdata=counts,
        hovertext=[
            say("plot.people-at-level", level=label, count=c, n=n, share=say.percent(c / n))
            for c, n in zip(counts, totals, strict=True)
        ],
        hoverinfo="text",
    )


def printed_means(question: Question, say: Say, peers: Sequence[Question] = ()) -> Finished:
    """What a summary-only study prints at each time, with the interval that its SD and n allow.

    Where nothing is printed per timepoint, the printed mean change stands alone. A missing SD or n is
    written beside the point: no error bar is made up. Arms that stand side by side share their axis.
    """
    canvas = Canvas(say)
    labels = [wrapped(say.text(question.study.timepoints[t].label)) for t in question.timepoints]
    sides = list(zip(labels, question.summaries, strict=False))
    shown = [(label, side) for label, side in sides if side.value]
    change = question.summaries[-1]
    if not shown and change.mean:
        shown, labels = [(say("plot.mean-change"), change)], [say("plot.mean-change")]
    for label, side in shown:
        _printed_point(canvas, label, side, question, say)
    if len(shown) > 1:
        canvas.draw(
            "scatter",
            x=[label for label, _ in shown],
            y=[float(side.value) for _, side in shown if side.value],
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
    canvas.y(title=unit, range=_printed_range(question, peers))
    if percent:
        canvas.y(range=[0, 109], tickvals=[0, 25, 50, 75, 100])
    elif scale_reach(question.measure):
        canvas.y(dtick=question.measure.step)
    return canvas.figure(marks=say("plot-key.means"))


def _printed_range(question: Question, peers: Sequence[Question]) -> tuple[float, float] | None:
    """The whole scale of a score; else from 0 to the largest printed mean of all arms side by side."""
    sides = [side for peer in (question, *peers) for side in peer.summaries]
    values = [end for side in sides if side.mean for end in (float(side.mean), *(side.interval or ()))]
    if not values:
        return None
    if scale := scale_reach(question.measure):
        return scale
    low, high = with_room([0.0, *values])
    return (0.0 if min(values) >= 0 else low, high)


def _printed_point(canvas, label, side, question, say) -> None:
    value, interval = float(side.value), side.interval
    missing = (
        say("plot.unusable-sd" if side.sd_unusable else "plot.no-sd")
        if side.mean and not side.sd
        else say("plot.no-n")
        if side.n is None
        else say("plot.impossible-share")
        if side.percent and not interval
        else ""
    )
    known = printed_at(question, side, say)
    printed_value = say.printed(side.value) + ("" if side.mean else "%")
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
        hovertext=f"{printed_value} {say.interval(interval) if interval else f'· {missing}'}<br>{known}",
    )


__all__ = ["distribution", "printed_means", "slopes", "transitions"]
