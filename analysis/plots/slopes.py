"""A line per person from before to after, and on an aligned axis each person's difference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from analysis.asking import Question
from analysis.plots.canvas import Canvas, Finished
from analysis.plots.drawn import drawn_of, with_sample
from analysis.plots.estimates import draw_estimates
from analysis.plots.style import (
    DIRECTION_COLOURS,
    DIRECTION_DASHES,
    KNOWN,
    NEUTRAL,
    SYMBOLS,
    WITH_WHERE,
    plain,
    spread,
    tint,
    watermark,
    wrapped,
)
from analysis.results import Outcome
from analysis.studies import Measure, names_of
from analysis.telling import known_from
from analysis.words import Say

ALONG = 0.4  # where on its line a line can be touched: in the middle many would meet
FEW_LEVELS = 11  # with at most so many different scores, equal lines are drawn once, as wide as their people


def slopes(
    question: Question, chosen: int, outcomes: Sequence[Outcome], say: Say, peers: Sequence[Question] = ()
) -> Finished:
    """A line per person and, on an aligned axis, each person's difference with the tests' estimates.

    Arms that stand side by side (`peers`) share their axes.

    A click on a dot gives its person as `id`; one on a line, the first of its people.

    Ordinal scores: people with the same scores share one line, as wide as they are many; the dots at
    its ends stand side by side, one per person.
    """
    everybody = question.scores(chosen)[1]
    called, drawn = names_of(question.arms[0], len(everybody)), drawn_of(everybody)
    scores, names = everybody[drawn], [called[place] for place in drawn]
    canvas = Canvas(say, first=0.62)
    _lines(canvas, scores, question, say)
    _middles(canvas, scores, names, say)
    _people(canvas, scores, names, question, say)
    _differences(canvas, scores[:, -1] - scores[:, 0], names, outcomes, question, say)
    _slope_axes(canvas, question, peers, say)
    return canvas.figure(watermark=watermark(question, say), marks=with_sample(say("plot-key.slopes"), question, say))


def _direction(change: float, better: str) -> str:
    if change == 0 or better not in ("higher", "lower"):
        return "same"
    return "better" if (change > 0) == (better == "higher") else "worse"


def _lines(canvas: Canvas, scores: np.ndarray, question: Question, say: Say) -> None:
    together = Counter(tuple(row) for row in scores.tolist())
    widest = max(together.values())
    many = len(np.unique(scores)) > FEW_LEVELS
    for row, people in sorted(together.items()):
        direction = _direction(row[-1] - row[0], question.measure.better)
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
            hovertext=_on_line(row, people, say),
            col=1,
        )


def _middles(canvas: Canvas, scores: np.ndarray, names: Sequence[str], say: Say) -> None:
    """A place on each line that can be touched, away from where lines in opposite directions meet."""
    if scores.shape[1] < 2:
        return
    rows = [tuple(row) for row in scores.tolist()]
    first = {row: name for row, name in reversed(list(zip(rows, names, strict=True)))}
    together = Counter(rows)
    canvas.draw(
        "scatter",
        x=[ALONG] * len(first),
        y=[(1 - ALONG) * row[0] + ALONG * row[1] for row in first],
        mode="markers",
        name="on lines",
        customdata=[[name] for name in first.values()],
        marker={"size": 16, "opacity": 0},
        hoverinfo="text",
        hovertext=[_on_line(row, together[row], say) for row in first],
        unselected={"marker": {"opacity": 0}},
        selected={"marker": {"opacity": 0}},
        col=1,
    )


def _on_line(row: Sequence[float], people: int, say: Say) -> str:
    path = " → ".join(say.printed(f"{value:g}") for value in row)
    return say("plot.people-on-line", path=path, count=people)


def _people(canvas: Canvas, scores: np.ndarray, names: list[str], question: Question, say: Say) -> None:
    known = wrapped(known_from(question, say), KNOWN)
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
            hovertemplate=WITH_WHERE,
            meta=[known],
            marker={"size": 8, "symbol": SYMBOLS[question.status], "color": NEUTRAL, "line": {"width": 1.5}},
            col=1,
        )


def _digits(scores: np.ndarray) -> int:
    return 0 if np.all(scores == np.rint(scores)) else 1


def _differences(canvas, change, names, outcomes, question, say) -> None:
    values, known = change.tolist(), wrapped(known_from(question, say), KNOWN)
    canvas.zero_line(col=2)
    canvas.draw(
        "scatter",
        x=spread(values, 0.32),
        y=values,
        mode="markers",
        name="differences",
        ids=names,
        hovertemplate=WITH_WHERE,
        meta=[known],
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
    labels = [wrapped(say.text(question.study.timepoints[t].label), 14 if len(times) < 3 else 11) for t in times]
    canvas.x(tickvals=list(range(len(times))), ticktext=labels, range=[-0.35, len(times) - 0.65], col=1)
    yes_no = measure.scale == "binary"
    canvas.heading(plain(say.text(measure.label if yes_no else measure.unit)), 1)
    if yes_no:
        canvas.y(tickvals=[0, 1], ticktext=[say("term.answer-0"), say("term.answer-1")])
        canvas.y(col=2, tickvals=[-1, 0, 1])
    canvas.heading(say("term.change"), 2)
    whole = [
        peer.scores(k)[1] for peer in (question, *peers) if peer.people[0] for k in range(peer.people[0].alternatives)
    ]
    people = [drawn for group in whole if len(drawn := group[drawn_of(group)])]
    scores = scale_reach(measure) or with_room([float(v) for group in people for v in (group.min(), group.max())])
    moved = [group[:, -1] - group[:, 0] for group in people]
    changes = with_room([0.0, *canvas.drawn_in(2), *(float(v) for group in moved for v in (group.min(), group.max()))])
    span = max(scores[1] - scores[0], changes[1] - changes[0])  # one step is as long on both axes
    step: dict[str, Any] = {"dtick": measure.step} if measure.scale == "ordinal" else {}
    for col, (low, high) in enumerate((scores, changes), start=1):
        middle = (low + high) / 2
        canvas.y(range=[middle - span / 2, middle + span / 2], col=col, **step)


def scale_reach(measure: Measure) -> tuple[float, float] | None:
    """The whole scale of a score with some room, None for measured values."""
    return (measure.low - 0.3, measure.high + 0.3) if measure.low is not None and measure.high is not None else None


def with_room(values: Sequence[float]) -> tuple[float, float]:
    """Lowest and highest value with some room around them."""
    low, high = min(values), max(values)
    room = 0.06 * (high - low) + 0.1
    return low - room, high + room
