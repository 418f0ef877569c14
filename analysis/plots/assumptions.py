"""Small pictures of what a test rests on."""

from __future__ import annotations

from analysis.asking.assumptions import QQ, SMALL_EXPECTED, Assumption, Counts, Epsilon, Odds, Picture, Slopes, Spread
from analysis.plots.canvas import Canvas, Finished
from analysis.plots.estimates import error_bar
from analysis.plots.style import ARM_COLOURS, FAINT, NEUTRAL, plain, spread, tint, wrapped
from analysis.words import Say

HEIGHT = 240
LEGEND_ROW = 20  # on a phone each name of a legend takes a row
LEGEND = {"y": 1.02, "yanchor": "bottom"}


def assumption_plot(assumption: Assumption, say: Say) -> Finished | None:
    """The figure of an assumption; None where the data can't show it."""
    picture = assumption.picture
    if picture is None:
        return None
    canvas = Canvas(say)
    if isinstance(picture, QQ):
        _qq(canvas, picture, say)
    elif isinstance(picture, Spread):
        _spread(canvas, picture, say)
    elif isinstance(picture, Counts):
        _counts(canvas, picture, say)
    elif isinstance(picture, Slopes):
        _slopes(canvas, picture, say)
    elif isinstance(picture, Epsilon):
        _epsilon(canvas, picture, say)
    else:
        _odds(canvas, picture, say)
    rows = _rows(picture)
    height = HEIGHT + LEGEND_ROW * max(0, rows - 2)
    return canvas.figure(height=height, legend=LEGEND if rows > 1 else None, barmode="group")


def _rows(picture: Picture) -> int:
    """How many groups or times only a legend can tell apart."""
    return len(picture.labels) if isinstance(picture, Counts | Slopes) else 1


def _qq(canvas: Canvas, found: QQ, say: Say) -> None:
    x = list(found.expected)
    if found.low:
        canvas.draw("scatter", x=x, y=list(found.low), mode="lines", name="low", line={"width": 0}, hoverinfo="skip")
        canvas.draw(
            "scatter", x=x, y=list(found.high), mode="lines", name="high", line={"width": 0},
            fill="tonexty", fillcolor=FAINT, hoverinfo="skip",
        )  # fmt: skip
    ends = [min(x), max(x)] if found.low else [0.0, max(*x, *found.observed)]
    line = [found.intercept + found.slope * end for end in ends]
    canvas.draw("scatter", x=ends, y=line, mode="lines", name="line", line={"color": NEUTRAL}, hoverinfo="skip")
    canvas.draw(
        "scatter",
        x=x,
        y=list(found.observed),
        mode="markers",
        name="points",
        marker={"size": 8, "color": tint(ARM_COLOURS[0], 0.75)},
        hoverinfo="text",
        hovertext=[
            say("assume.point", value=value, expected=found.intercept + found.slope * place)
            for place, value in zip(found.expected, found.observed, strict=True)
        ],
    )
    canvas.x(title=say("assume.expected" if found.low else "assume.below"))
    canvas.heading(say("assume.observed" if found.low else "assume.above"))


def _spread(canvas: Canvas, found: Spread, say: Say) -> None:
    names = [say.text(label) for label in found.labels]
    for place, (name, group, mean, sd) in enumerate(zip(names, found.groups, found.means, found.sds, strict=True)):
        colour = ARM_COLOURS[place % len(ARM_COLOURS)]
        canvas.draw(
            "scatter",
            x=[place + aside for aside in spread(group)],
            y=list(group),
            mode="markers",
            name="people",
            marker={"size": 7, "color": tint(colour, 0.6)},
            hoverinfo="y",
        )
        canvas.draw(
            "scatter",
            x=[place + 0.32],
            y=[mean],
            mode="markers",
            name="sd",
            marker={"size": 10, "symbol": "diamond", "color": colour},
            error_y=error_bar(mean, (mean - sd, mean + sd)),
            hoverinfo="text",
            hovertext=plain(say("assume.spread-point", label=name, mean=mean, sd=sd)),
        )
    ticks = list(range(len(names)))
    canvas.x(tickvals=ticks, ticktext=[wrapped(name, 24) for name in names], range=[-0.5, len(names) - 0.35])


def _counts(canvas: Canvas, found: Counts, say: Say) -> None:
    """Bars of people per level, or of those expected beside the line that they should reach; marked levels full."""
    levels = [_level(level, say) for level in found.levels]
    for place, counts in enumerate(found.expected or found.counts):
        colour = ARM_COLOURS[place % len(ARM_COLOURS)]
        name = say.text(found.labels[place]) if found.labels else say("assume.people")
        canvas.draw(
            "bar",
            x=levels if isinstance(found.levels[0], str) else list(found.levels),
            y=list(counts),
            name=plain(name),
            marker={"color": [colour if i in found.marked else tint(colour, 0.35) for i in range(len(levels))]},
            hoverinfo="text",
            hovertext=[_count(found, name, place, i, levels[i], say) for i in range(len(levels))],
        )
    canvas.x(**({} if isinstance(found.levels[0], str) or len(levels) > 11 else _ticks(found.levels, levels)))
    canvas.y(rangemode="tozero")
    if found.expected:
        _enough(canvas, say)
        return
    canvas.heading("" if len(found.labels) > 1 else say("assume.people"))


def _enough(canvas: Canvas, say: Say) -> None:
    canvas.y(title=say("assume.expected-people"))
    ends = {"xref": "x domain", "x0": 0, "x1": 1, "yref": "y", "y0": SMALL_EXPECTED, "y1": SMALL_EXPECTED}
    canvas.shapes.append({"type": "line", "line": {"color": NEUTRAL, "dash": "dot"}, **ends})


def _ticks(values: tuple, texts: list[str]) -> dict:
    return {"tickvals": list(values), "ticktext": texts}


def _level(level: float | str, say: Say) -> str:
    return say(f"assume-level.{level}") if isinstance(level, str) else say.printed(f"{level:g}")


def _count(found: Counts, label: str, row: int, place: int, level: str, say: Say) -> str:
    values = {"label": label, "level": level, "count": found.counts[row][place]}
    if found.expected:
        return plain(say("assume.expected-point", expected=found.expected[row][place], **values))
    return plain(say("assume.count-point", **values))


def _slopes(canvas: Canvas, found: Slopes, say: Say) -> None:
    for place, (before, after, (start, slope)) in enumerate(zip(found.before, found.after, found.lines, strict=True)):
        colour, name = ARM_COLOURS[place % len(ARM_COLOURS)], say.text(found.labels[place])
        canvas.draw(
            "scatter", x=list(before), y=list(after), mode="markers", name="people", showlegend=False,
            marker={"size": 8, "color": tint(colour, 0.5)}, hoverinfo="x+y",
        )  # fmt: skip
        ends = [min(before), max(before)]
        canvas.draw(
            "scatter",
            x=ends,
            y=[start + slope * end for end in ends],
            mode="lines",
            name=plain(name),
            line={"color": colour, "width": 3, "dash": ("solid", "dash")[place % 2]},
            hoverinfo="text",
            hovertext=plain(say("assume.slope-line", label=name, slope=slope)),
        )
    canvas.x(title=say("term.before"))
    canvas.y(title=say("term.after"))


def _epsilon(canvas: Canvas, found: Epsilon, say: Say) -> None:
    """Both ε as dots between the least possible one and 1, a row each."""
    rows = {"greenhouse-geisser": found.greenhouse_geisser, "huynh-feldt": found.huynh_feldt}
    names = [say(f"assume.{key}") for key in rows]
    canvas.draw(
        "scatter",
        x=list(rows.values()),
        y=names,
        mode="markers+text",
        name="epsilon",
        text=[say.number(value) for value in rows.values()],
        textposition="top center",
        marker={"size": 13, "color": ARM_COLOURS[0]},
        hoverinfo="skip",
        cliponaxis=False,
    )
    named = {say.number(found.lowest): "lowest-epsilon", "1": "no-correction"}
    texts = [f"{value}<br>{wrapped(say(f'assume.{key}'), 12)}" for value, key in named.items()]
    margin = (1 - found.lowest) / 6
    canvas.x(tickvals=[found.lowest, 1.0], ticktext=texts, range=[found.lowest - margin, 1 + margin], showgrid=True)
    canvas.y(range=[-0.6, 1.7])


def _odds(canvas: Canvas, found: Odds, say: Say) -> None:
    """An odds ratio with its interval per step, on a scale of ratios; no difference is at 1."""
    levels = [say.printed(f"≥ {level:g}") for level in found.levels]
    for level, ratio, interval in zip(levels, found.ratios, found.intervals, strict=True):
        said = f"{say.number(ratio)} {say.interval(interval)}"
        canvas.draw(
            "scatter",
            x=[level],
            y=[ratio],
            mode="markers",
            name="odds",
            marker={"size": 11, "color": ARM_COLOURS[0]},
            error_y=error_bar(ratio, interval),
            hoverinfo="text",
            hovertext=say("assume.odds-point", level=level.removeprefix("≥ "), ratio=said),
        )
    canvas.draw(
        "scatter", x=levels, y=[1.0] * len(levels), mode="lines", name="alike", line={"color": NEUTRAL, "dash": "dot"},
        hoverinfo="skip",
    )  # fmt: skip
    canvas.x(type="category")
    canvas.y(type="log", nticks=5)
    canvas.heading(say("assume.odds-ratio"))
