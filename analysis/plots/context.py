"""Background figures (coverage, targets) as a dot per printed percentage."""

from __future__ import annotations

from analysis.plots.canvas import Canvas, Finished
from analysis.plots.style import ARM_COLOURS, GRID, PERCENT, plain
from analysis.studies import Study
from analysis.words import Say

ROW, TALL = 30, 50  # pixels per line, and with its name above it


def has_percentages(context: Study) -> bool:
    """Whether there is anything for `percentages` to draw."""
    return any(f.statistic == "percent" for f in context.figures)


def percentages(context: Study, say: Say, *, narrow: bool = False) -> Finished:
    """Every distinct printed percentage: what, where and when on one side, the number on the other.

    `narrow`: what, where and when stand above each line.
    """
    points = {}
    for f in context.figures:
        if f.statistic == "percent":
            what, where, when = (
                plain(say.text(part[key].label))
                for part, key in (
                    (context.outcomes, f.outcome),
                    (context.arms, f.arm),
                    (context.timepoints, f.timepoint),
                )
            )
            points.setdefault((f"{what} · {where} · {when}", f.value), f.locator)
    labels, values = [label for label, _ in points], [float(value) for _, value in points]
    canvas = Canvas(say)
    canvas.draw(
        "scatter",
        x=values,
        y=labels,
        mode="markers+text",
        text=[f"  {say.printed(value)}%" for _, value in points],
        textposition="middle right",
        marker={"size": 11, "color": ARM_COLOURS[0]},
        hoverinfo="text",
        cliponaxis=False,
        hovertext=[
            f"{label}: {say.printed(value)}% ({plain(say.locator(place))})" for (label, value), place in points.items()
        ],
    )
    canvas.x(range=[0, 108], **PERCENT, showgrid=True, gridcolor=GRID)
    canvas.y(autorange="reversed", showgrid=False, showticklabels=not narrow)
    for label in labels if narrow else ():
        canvas.note(label, x=0, yref="y", y=label, yshift=TALL / 2 - 7, xanchor="left", name="name")
    return canvas.figure(height=90 + (TALL if narrow else ROW) * len(points))
