"""The forest plot: every study with its interval, those left out too, and what they say together.

Two results stand at the bottom where studies are left out, of everything and of what is kept, so that
leaving out is seen to matter or not. A study without an effect keeps its line and says what is missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from analysis.plots.across.frame import (
    aside,
    bold,
    cut_name,
    draw_diamond,
    draw_intervals,
    draw_numbers,
    frame,
    head_line,
    mark,
    rule,
)
from analysis.plots.across.rows import MISSING_WIDTH, Drawn, Row, draw_lights, draw_missing, draw_studies, key_of
from analysis.plots.across.scale import Scale, scale_of
from analysis.plots.canvas import Canvas, Finished
from analysis.plots.estimates import COLOUR
from analysis.plots.style import wrapped
from analysis.results import Interval, Pooled
from analysis.words import Say


@dataclass(frozen=True)
class _Sum:
    """A diamond's line; with `prediction` that of this interval, below the diamond."""

    name: str
    pooled: Pooled
    label: str
    help: str
    filled: bool = True
    prediction: Interval | None = None


@dataclass
class _Lines:
    """Which line of the plot holds what."""

    names: list[str] = field(default_factory=list)
    headings: dict[int, str] = field(default_factory=dict)
    rows: dict[int, Row] = field(default_factory=dict)
    sums: dict[int, _Sum] = field(default_factory=dict)

    def add(self, name: str, held: Row | _Sum | None = None) -> None:
        place = len(self.names)
        self.names.append(name)
        if isinstance(held, Row):
            self.rows[place] = held
        elif held is not None:
            self.sums[place] = held


def forest(
    rows: Sequence[Row],
    whole: Pooled | None,
    kept: Pooled | None,
    say: Say,
    *,
    groups: Mapping[str, Pooled] | None = None,
    averaged: bool = False,
    favours: tuple[str, str] = ("", ""),
    axis: str = "",
    kind: str = "",
    lights: Sequence[tuple[str, str]] = (),
    narrow: bool = False,
) -> Finished:
    """A line per study, a diamond per group, and the diamonds of everything and of what is kept.

    Args:
        whole: the pooled effect of every row that has one, those left out too; None where nothing is pooled.
        kept: the pooled effect without the rows that are left out; drawn only if some are.
        groups: pooled effects by the rows' `group`.
        averaged: `whole` is an average over different interventions, and is called so.
        favours: what an effect below and above no effect speaks for.
        axis: what the effect is.
        kind: what kind of effects these are, which says how they are written.
        lights: colour and words of each judgement among the rows' lights.
        narrow: for a phone: names above their lines, risk of bias left to its own plot.

    A click on a study gives its id as `customdata`.
    """
    lines = _lines(rows, whole, kept, groups or {}, averaged, narrow, say)
    shown = {place: (row, row.effect) for place, row in lines.rows.items() if row.effect is not None}
    pooled = [held.pooled for held in lines.sums.values()]
    scale = scale_of(
        [effect.value for _, effect in shown.values()] + [one.estimate for one in pooled],
        [effect.interval for _, effect in shown.values()]
        + [held.prediction or held.pooled.interval for held in lines.sums.values()],
        kind=kind,
    )
    lit = 0 if narrow else max((len(row.lights) for row in rows), default=0)
    canvas = Canvas(say, first=0.5 if lit else 1.0, narrow=narrow)
    rule(canvas, 0)
    strongest = kept if kept and any(row.left_out for row in rows) else whole
    if strongest:
        rule(canvas, strongest.estimate, dash="dot", colour=COLOUR)
    draw_studies(canvas, scale, shown, say)
    missing = {place: row for place, row in lines.rows.items() if row.effect is None}
    draw_missing(canvas, scale, missing, MISSING_WIDTH[bool(lit)], say)
    _draw_sums(canvas, scale, lines.sums, say)
    numbers = _numbers(scale, shown, lines.sums, say)
    if lit:
        draw_lights(canvas, lines.rows, lit, say)
    draw_numbers(canvas, numbers, lit - 0.5 if lit else scale.high, col=2 if lit else 1)
    _heads(canvas, whole, lit, say)
    key = key_of(shown.values(), say)
    if lit:
        key += [aside(f"{say('across-plot.bias')}:"), *(mark("■", colour, words) for colour, words in lights)]
    margins = frame(canvas, scale, lines.names, numbers.values(), say, axis=axis, favours=favours, key=key)
    for place, heading in lines.headings.items():
        head_line(canvas, heading, place, margins.left)
    simulated = any(effect.status == "illustrative" for _, effect in shown.values())
    return canvas.figure(
        clickmode="event+select", watermark=say("plot.watermark") if simulated else "", **margins.layout
    )


ALL = ("across-plot.all", "across-plot.all-help")


# -- which line holds what -----------------------------------------------------------------------------------------


def _lines(
    rows: Sequence[Row],
    whole: Pooled | None,
    kept: Pooled | None,
    groups: Mapping[str, Pooled],
    averaged: bool,
    narrow: bool,
    say: Say,
) -> _Lines:
    lines = _Lines()
    for heading in sorted(dict.fromkeys(row.group for row in rows), key=bool):  # without a heading first
        if heading:
            lines.headings[len(lines.names)] = heading
            lines.add("")
        for row in (row for row in rows if row.group == heading):
            name = cut_name(row.label, narrow)
            lines.add(aside(name) if row.left_out or row.effect is None else name, row)
        if heading and heading in groups:
            _add(lines, "group", groups[heading], "across-plot.group", "across-plot.group-help", say)
    some_left_out = any(row.left_out for row in rows)
    if whole:
        filled = not (some_left_out and kept)
        label = ("across-plot.average", "across-plot.average-help") if averaged else ALL
        _add(lines, "whole", whole, *label, say, filled=filled, prediction=True)
    if kept and some_left_out:
        _add(lines, "kept", kept, "across-plot.kept", "across-plot.kept-help", say, prediction=True)
    return lines


def _add(
    lines: _Lines, name: str, pooled: Pooled, label: str, help: str, say: Say, *, filled: bool = True,
    prediction: bool = False,
) -> None:  # fmt: skip
    """A diamond's line; its prediction interval gets the next one."""
    lines.add(bold(say(label, k=pooled.k)), _Sum(name, pooled, label, help, filled))
    if prediction and pooled.prediction is not None:
        said = say("across-plot.prediction", percent=_percent(pooled))
        help = "across-plot.prediction-help"
        lines.add(said, _Sum(f"{name} prediction", pooled, label, help, filled, pooled.prediction))


def _percent(pooled: Pooled) -> str:
    return f"{100 * pooled.confidence:g}"


# -- drawing -------------------------------------------------------------------------------------------------------


def _draw_sums(canvas: Canvas, scale: Scale, sums: Mapping[int, _Sum], say: Say) -> None:
    for place, held in sums.items():
        pooled = held.pooled
        if held.prediction:
            draw_intervals(
                canvas, scale, [(place, held.prediction)], line={"color": COLOUR, "width": 4}, name=held.name
            )
            continue
        said = [bold(say(held.label, k=pooled.k)), scale.text(pooled.estimate, pooled.interval, say)]
        if pooled.i2 is not None:
            said.append(f"I² {say.number(pooled.i2, 0)}%")
        said += [say(f"status.{pooled.status}"), wrapped(say(held.help), 44)]
        draw_diamond(
            canvas, scale, place, pooled, name=held.name, colour=COLOUR, hover="<br>".join(said), filled=held.filled
        )


def _numbers(scale: Scale, shown: Mapping[int, Drawn], sums: Mapping[int, _Sum], say: Say) -> dict[int, str]:
    """The column at the right, by line; where intervals stand alone, they are written alone."""
    found = {}
    for place, (row, effect) in shown.items():
        text = scale.text(effect.value, effect.interval, say)
        found[place] = aside(text) if row.left_out else text
    for place, held in sums.items():
        if held.prediction:
            found[place] = scale.interval(held.prediction, say)
        else:
            found[place] = bold(scale.text(held.pooled.estimate, held.pooled.interval, say))
    return found


def _heads(canvas: Canvas, whole: Pooled | None, lit: int, say: Say) -> None:
    """Above the columns: what the numbers are, and that the cells are risk of bias."""
    percent = _percent(whole) if whole else "95"
    place = {"x": 1, "y": 1, "yshift": 4, "yanchor": "bottom", "name": "head"}
    canvas.note(say("across-plot.effect", percent=percent), xshift=5, xanchor="left", **place)
    if lit:
        canvas.note(say("across-plot.bias"), xshift=-2, xanchor="right", **place)
