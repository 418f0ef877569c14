"""What a study prints of all its groups in one small plot: before and after, or what is printed of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.asking import Summary, before_after
from analysis.plots.canvas import Canvas, Finished
from analysis.plots.style import ARM_COLOURS, plain, printed_at, wrapped
from analysis.studies import Study
from analysis.words import Say

HEIGHT = 210
NAME_WIDTH = 12  # letters in a line of a group's name
ASIDE, LETTER = 22, 7.2  # pixels: a name beside its mark, the width of one of its letters
NARROWEST = 250  # pixels between the axes where two such plots share an enlarged page
LEFT = 0.4  # of the way from one time to the next, before the first
DASHES = ("solid", "dash", "dot", "dashdot")
MARKS = ("circle", "square", "diamond", "triangle-up")


def printed_arms(study: Study, outcome: str, say: Say) -> Finished:
    """A line or point per group, each named; the mean change where nothing is printed per timepoint."""
    canvas, times = Canvas(say), tuple(study.timepoints)
    asked = {arm: before_after(study, outcome, arm, times) for arm in study.arms}
    sides = {arm: question.summaries for arm, question in asked.items()}
    labels = [wrapped(say.text(time.label)) for time in study.timepoints.values()]
    found = {arm: _printed(one[: len(times)]) for arm, one in sides.items()}
    if not any(found.values()):
        labels = [say("plot.mean-change")]
        sides = {arm: (replace(one[-1], percent=None),) for arm, one in sides.items()}
        found = {arm: _printed(one) for arm, one in sides.items()}
    highest: dict[int, float] = {}
    for at, text in (point for points in found.values() for point in points):
        highest[at] = max(float(text), highest.get(at, float(text)))
    for place, arm in enumerate(study.arms):
        if found[arm]:
            above = [float(text) == highest[at] for at, text in found[arm]]
            where = [printed_at(asked[arm], sides[arm][at], say) for at, _ in found[arm]]
            _arm(canvas, place, above, say.text(study.arms[arm].label), labels, found[arm], where, say)
    names = [wrapped(say.text(study.arms[arm].label), NAME_WIDTH) for arm in study.arms if found[arm]]
    percent = any(side.percent and not side.mean for one in sides.values() for side in one)
    canvas.heading(say("plot.percent") if percent else plain(say.text(study.outcomes[outcome].unit)))
    canvas.x(type="category", categoryorder="array", categoryarray=labels, range=[-LEFT, _end(len(labels), names)])
    canvas.y(rangemode="tozero", nticks=4, range=[0, 112] if percent else None)
    return canvas.figure(height=HEIGHT)


def _end(times: int, names: Sequence[str]) -> float:
    """Where the axis ends, so that each group's name has room beside its last mark."""
    widest = max((len(line) for name in names for line in name.split("<br>")), default=0)
    share = (ASIDE + LETTER * widest) / NARROWEST
    return times - 1 + share * (times - 1 + LEFT) / (1 - share)


def mark_of(place: int) -> str:
    """The symbol of a study's arm, by its place in the card."""
    return MARKS[place % len(MARKS)]


def dash_of(place: int) -> str:
    """The dash of its line: where symbols begin again, each meets another dash, so sixteen arms differ uncoloured."""
    return DASHES[(place + place // len(MARKS)) % len(DASHES)]


def _printed(sides: Sequence[Summary]) -> list[tuple[int, str]]:
    """Place and printed text of each mean or percentage."""
    return [(place, text) for place, side in enumerate(sides) if (text := side.mean or side.percent)]


def _arm(
    canvas: Canvas,
    place: int,
    above: Sequence[bool],
    name: str,
    labels: Sequence[str],
    found: Sequence[tuple[int, str]],
    where: Sequence[str],
    say: Say,
) -> None:
    """One group: a mark per time with its number, and the group's name beside the last one."""
    colour, last = ARM_COLOURS[place % len(ARM_COLOURS)], found[-1]
    canvas.draw(
        "scatter",
        x=[labels[at] for at, _ in found],
        y=[float(text) for _, text in found],
        name=plain(name),
        mode="lines+markers+text",
        text=[say.printed(text) for _, text in found],
        textposition=["top center" if up else "bottom center" for up in above],
        cliponaxis=False,
        hoverinfo="text",
        hovertext=[
            f"{plain(name)}: {say.printed(text)}<br>{known}" for (_, text), known in zip(found, where, strict=True)
        ],
        line={"color": colour, "dash": dash_of(place), "width": 2},
        marker={"size": 10, "symbol": mark_of(place)},
    )
    canvas.note(
        wrapped(name, NAME_WIDTH),
        x=labels[last[0]],
        y=float(last[1]),
        xref="x",
        yref="y",
        xanchor="left",
        xshift=ASIDE,
        yanchor="bottom" if above[-1] else "top",  # names of close values grow away from each other
        yshift=-6 if above[-1] else 6,
        align="left",
        font={"size": 13},
    )
