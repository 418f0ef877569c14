"""Printed numbers of two arms side by side, and what a share of unknown people may be."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.asking import Question, Summary
from analysis.effects import PBound, ShareAtN
from analysis.plots.between import arm_name, colour_of
from analysis.plots.canvas import Canvas, Finished
from analysis.plots.estimates import error_bar
from analysis.plots.style import ARM_COLOURS, LINE_DASHES, SYMBOLS, plain, printed_at, wrapped
from analysis.words import Say


def printed_values(question: Question, bound: PBound | None, say: Say) -> Finished:
    """The two printed values side by side; without SDs no error bar is drawn, and the plot says so."""
    canvas = Canvas(say)
    labels = [wrapped(arm_name(question, arm, say), 16) for arm in question.arms]
    for label, side in zip(labels, question.summaries, strict=True):
        if side.value is None:
            continue
        value, interval = float(side.value), side.interval
        written = say.printed(side.value) + ("" if side.mean else "%")
        missing = "" if interval else say(_missing(side))
        canvas.draw(
            "scatter",
            x=[label],
            y=[value],
            mode="markers+text",
            name=side.arm,
            error_y=error_bar(value, interval),
            cliponaxis=False,
            text=f"  {written}" + (f"<br>  <i>{missing}</i>" if missing else ""),
            textposition="middle right",
            marker={"size": 14, "symbol": SYMBOLS[side.status], "color": colour_of(question, side.arm)},
            line={"dash": LINE_DASHES[side.status]},
            hoverinfo="text",
            hovertext=f"{label.replace('<br>', ' ')}: {written} {missing}<br>{printed_at(question, side, say)}",
        )
    unit = plain(say.text(question.measure.unit))
    title = say("plot.change-in", unit=unit) if question.quantity == "change" else unit
    canvas.y(title=title, rangemode="tozero")
    canvas.x(type="category", range=[-0.6, len(labels) - 0.2])
    if bound and question.quantity == "change":
        said = {"sd": say.number(bound.largest_sd, 1), "g": say.number(abs(bound.effect.value))}
        canvas.note(
            wrapped(say("plot.bound", difference=say.number(abs(bound.difference), 1), **said), 44),
            x=0, y=1, yshift=6, xanchor="left", yanchor="bottom", align="left",
        )  # fmt: skip
    return canvas.figure(marks=say("plot-key.means"), margin={"l": 8, "r": 8, "t": 48, "b": 8})


def _missing(side: Summary) -> str:
    """Key of the words for the number that an interval would need."""
    if side.mean and not side.sd:
        return "plot.unusable-sd" if side.sd_unusable else "plot.no-sd"
    return "plot.no-n"


def share_by_n(shares: Sequence[ShareAtN], percent: str, chosen: int | None, say: Say) -> Finished:
    """How sure a printed percentage is, for every n it could have come from; dashed: assumed."""
    canvas = Canvas(say)
    possible = [(s.n, s.people, *s.interval) for s in shares if s.people is not None and s.interval]
    share_of = [100 * people / n for n, people, _, _ in possible]
    canvas.draw(
        "scatter",
        x=[n for n, *_ in possible],
        y=share_of,
        mode="markers",
        name="possible",
        error_y={
            "type": "data",
            "symmetric": False,
            "array": [100 * high - y for (*_, high), y in zip(possible, share_of, strict=True)],
            "arrayminus": [y - 100 * low for (_, _, low, _), y in zip(possible, share_of, strict=True)],
            "thickness": 1,
            "width": 2,
        },
        hoverinfo="text",
        hovertext=[
            say("plot.share-at-n", people=people, n=n, low=say.percent(low), high=say.percent(high))
            for n, people, low, high in possible
        ],
        marker={"size": 7, "symbol": SYMBOLS["assumed"], "color": ARM_COLOURS[0]},
    )
    if chosen:
        line = {"color": ARM_COLOURS[1], "dash": "dash"}
        canvas.shapes.append(
            {"type": "line", "x0": chosen, "x1": chosen, "y0": 0, "y1": 1, "yref": "paper", "line": line}
        )
    lowest = min((100 * low for _, _, low, _ in possible), default=0)
    canvas.x(title=say("plot.assumed-n"))
    canvas.y(title=say("plot.percent"), range=[lowest - 4, 102], ticksuffix="%")
    return canvas.figure()
