"""A drawing of a study's design: a line per arm, a mark per measurement."""

from __future__ import annotations

from analysis.plots.canvas import Canvas, Finished
from analysis.plots.style import ARM_COLOURS, plain, wrapped
from analysis.studies import Arm, Study
from analysis.words import Say


def design(study: Study, say: Say) -> Finished:
    """Arms as rows, timepoints as columns; a filled mark where something was printed, open where not."""
    times = list(study.timepoints)
    canvas = Canvas(say)
    arms = list(study.arms.values())
    for place, arm in enumerate(arms):
        _line(canvas, study, arm, place, say)
        _words(canvas, study, arm, place, say)
    canvas.x(
        tickvals=list(range(len(times))),
        ticktext=[wrapped(say.text(study.timepoints[t].label), 13) for t in times],
        range=[-0.3, max(0.6, len(times) - 0.7)],
    )
    canvas.y(visible=False, range=[-len(arms) + 0.4, 0.55])
    return canvas.figure(height=76 + 92 * len(arms), margin={"l": 8, "r": 8, "t": 0, "b": 8})


def _line(canvas: Canvas, study: Study, arm: Arm, place: int, say: Say) -> None:
    """The arm's line with a mark per timepoint."""
    times = list(study.timepoints)
    colour = ARM_COLOURS[place % len(ARM_COLOURS)]
    printed = [any(f.arm == arm.id and t in f.timepoint.split(":") for f in study.figures) for t in times]
    canvas.draw(
        "scatter",
        x=list(range(len(times))),
        y=[-place] * len(times),
        mode="lines+markers",
        name=arm.id,
        line={"color": colour, "width": 4},
        marker={
            "size": 17,
            "color": colour,
            "line": {"width": 2, "color": colour},
            "symbol": ["circle" if there else "circle-open" for there in printed],
        },
        hoverinfo="text",
        hovertext=[
            f"{plain(say.text(study.timepoints[t].label))}: {say('plot.printed' if there else 'plot.not-printed')}"
            for t, there in zip(times, printed, strict=True)
        ],
    )


def _words(canvas: Canvas, study: Study, arm: Arm, place: int, say: Say) -> None:
    """Label and n above the line, treatment below it."""
    canvas.note(
        x=0,
        y=-place + 0.3,
        text=f"<b>{plain(say.text(arm.label))}</b> · {n_label(study, arm.id, say)}",
        xanchor="left",
        xshift=-8,
        xref="x",
        yref="y",
    )
    treatment = " · ".join(plain(text) for text in (say.text(arm.dose), say.text(arm.duration)) if text)
    if treatment:
        canvas.note(
            x=0,
            y=-place - 0.28,
            text=treatment,
            xanchor="left",
            xshift=-8,
            xref="x",
            yref="y",
        )


def n_label(study: Study, arm: str, say: Say) -> str:
    """ "n = 17 (derived)", or that n is not printed."""
    group = study.arms[arm]
    known = say(f"n-known.{group.n_known.replace(' ', '-') or 'not-printed'}")
    return f"n = {group.n} ({known})" if group.n else f"n {known}"
