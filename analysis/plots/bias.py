"""Risk of bias as lights per study and domain, as bars per domain, and as a few lights beside a forest plot.

Each judgement has its own symbol beside its colour; a domain that isn't assessed is an empty ring. Studies
judged by different tools stand in separate panels, because their domains and judgements aren't the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from analysis.plots.canvas import Canvas, Finished
from analysis.plots.style import FAINT, NEUTRAL, plain, wrapped
from analysis.studies import DOMAINS, JUDGEMENTS, NOT_ASSESSED, OVERALL, TOOLS, Bias, Study
from analysis.words import Say

# Symbol, fill and ink of each judgement. Hues of Okabe & Ito; critical is darker than all others.
MARKS: Mapping[str, tuple[str, str, str]] = {
    "low": ("+", "#009E73", "#1a1a1a"),
    "some concerns": ("−", "#E69F00", "#1a1a1a"),
    "moderate": ("−", "#E69F00", "#1a1a1a"),
    "high": ("×", "#D55E00", "#1a1a1a"),
    "serious": ("×", "#D55E00", "#1a1a1a"),
    "critical": ("!", "#5C1A00", "#ffffff"),
    "no information": ("?", "#B8B8B8", "#1a1a1a"),
    NOT_ASSESSED: ("", NEUTRAL, NEUTRAL),  # an open ring
}
ROW, KEY_LINE, AROUND = 42, 18, 74  # pixels: a row, a line of the key to the columns, margins and heading
LEGEND_LINE, LEGEND_LINES = 30, 5  # as many as a phone needs for two panels


MARGIN = {"l": 8, "t": 8, "b": 8}


@dataclass(frozen=True)
class Light:
    """One domain of one study: its judgement with symbol and colour, and what hovering says (safe in a plot)."""

    domain: str
    judgement: str
    symbol: str
    colour: str
    hover: str


def columns(tool: str) -> tuple[str, ...]:
    """The domains of a tool, then the overall judgement."""
    return (*DOMAINS[tool], OVERALL)


def lights_of(bias: Bias | None, say: Say, tool: str = TOOLS[0]) -> list[Light]:
    """A light for each domain and the overall judgement; `tool` says which domains a study without any has."""
    bias = bias or Bias(tool)
    return [_light(bias, domain, say) for domain in columns(bias.tool)]


def _light(bias: Bias, domain: str, say: Say) -> Light:
    found = bias.of(domain)
    judgement = found.judgement if found else (domain == OVERALL and bias.overall) or NOT_ASSESSED
    said = {"domain": say(f"bias-domain.{domain}"), "judgement": _said(judgement, say)}
    if found:
        hover = say("bias-said.because", **said, reason=plain(say.text(found.reason)))
    else:
        hover = say("bias-said.hover" if judgement == NOT_ASSESSED else "bias-said.by-rule", **said)
    symbol, colour, _ = MARKS[judgement]
    return Light(domain, judgement, symbol, colour, hover)


def light_key(lights: Iterable[Light], say: Say) -> list[tuple[str, str]]:
    """Colour and words of each judgement among lights, from low to high; what nobody judged comes last."""
    seen = {light.judgement for light in lights}
    return [(FAINT if judgement == NOT_ASSESSED else colour, f"{symbol} {_said(judgement, say)}".strip())
            for judgement, (symbol, colour, _) in MARKS.items() if judgement in seen]  # fmt: skip


def _said(judgement: str, say: Say) -> str:
    return say(f"bias-judgement.{judgement.replace(' ', '-')}")


def by_tool(studies: Sequence[Study]) -> dict[str, list[Study]]:
    """The studies of each tool, in the given order; those not assessed stand with the tool that fits their design."""
    found = {tool: [study for study in studies if study.bias_tool == tool] for tool in TOOLS}
    return {tool: members for tool, members in found.items() if members}


def traffic_lights(studies: Sequence[Study], say: Say) -> Finished:
    """A row per study, a column per domain and one for the overall judgement; the reason shows on hovering.

    A click on a light gives the study's id as `customdata`.
    """
    panels = by_tool(studies)
    canvas, height = _panels({tool: len(members) for tool, members in panels.items()}, say)
    seen: list[str] = []
    for col, (tool, members) in enumerate(panels.items(), start=1):
        rows = [lights_of(study.bias, say, tool) for study in members]
        for judgement, place in product((*JUDGEMENTS[tool], NOT_ASSESSED), range(len(columns(tool)))):
            lights = [(y, row[place]) for y, row in enumerate(rows) if row[place].judgement == judgement]
            if lights:
                ids = [members[y].id for y, _ in lights]
                _draw_lights(canvas, (col, place), judgement, lights, ids, say, legend=judgement not in seen)
                seen.append(judgement)
        names = [wrapped(say.text(study.short_title), 20) for study in members]
        canvas.y(
            col,
            tickvals=list(range(len(names))),
            ticktext=names,
            range=[len(names) - 0.5, -0.5],
            showgrid=False,
        )
        places = list(range(len(columns(tool))))
        canvas.x(col, tickvals=places, ticktext=_heads(tool), range=[-0.5, len(places) - 0.5], side="top")
    return canvas.figure(height=height, legend=_legend(), margin={**MARGIN, "r": 8})


def _draw_lights(
    canvas: Canvas,
    at: tuple[int, int],
    judgement: str,
    lights: Sequence[tuple[int, Light]],
    studies: Sequence[str],
    say: Say,
    *,
    legend: bool,
) -> None:
    """The lights of one judgement in one column (panel and place) with their rows; the legend names it once.

    What a light says is sent once where all of them say the same: of many studies it is most of the plot.
    """
    symbol, colour, ink = MARKS[judgement]
    hovers = [light.hover for _, light in lights]
    canvas.draw(
        "scatter",
        at[0],
        x=[at[1]] * len(lights),
        y=[y for y, _ in lights],
        mode="markers+text",
        text=f"<b>{symbol}</b>",
        textfont={"color": ink, "size": 15},
        name=f"{symbol} {_said(judgement, say)}".strip(),
        meta={"judgement": judgement},
        legendgroup=judgement,
        showlegend=legend,
        marker={
            "size": 22,
            "symbol": "circle-open" if judgement == NOT_ASSESSED else "circle",
            "color": colour,
            "line": {"width": 2 if judgement == NOT_ASSESSED else 0},
        },
        customdata=list(studies),
        unselected={"marker": {"opacity": 1}, "textfont": {"color": ink}},  # a click opens a row: all stay as they are
        hoverinfo="text",
        hovertext=hovers if len(set(hovers)) > 1 else hovers[0],
    )


def bias_bars(studies: Sequence[Study], say: Say) -> Finished:
    """Per domain the share of studies with each judgement, those not assessed included; each study counts alike."""
    panels = by_tool(studies)
    canvas, height = _panels({tool: len(columns(tool)) for tool in panels}, say, key=False)
    seen: list[str] = []
    for col, (tool, members) in enumerate(panels.items(), start=1):
        rows = [lights_of(study.bias, say, tool) for study in members]
        for judgement in (*JUDGEMENTS[tool], NOT_ASSESSED):
            _draw_bars(canvas, col, judgement, rows, say, legend=judgement not in seen)
            seen.append(judgement)
        places = list(range(len(columns(tool))))
        names = [wrapped(say(f"bias-domain.{domain}"), 20) for domain in columns(tool)]
        canvas.y(col, tickvals=places, ticktext=names, range=[len(places) - 0.5, -0.5], showgrid=False)
        canvas.x(col, range=[0, 100], tickvals=[0, 50, 100], ticktext=["0%", "50%", "100%"])
    return canvas.figure(height=height, legend=_legend(), barmode="stack", bargap=0.25, margin={**MARGIN, "r": 26})


def _draw_bars(canvas: Canvas, col: int, judgement: str, rows: list[list[Light]], say: Say, *, legend: bool) -> None:
    domains = [light.domain for light in rows[0]]
    counts = [sum(row[x].judgement == judgement for row in rows) for x in range(len(domains))]
    if not any(counts):
        return
    symbol, colour, ink = MARKS[judgement]
    blank = judgement == NOT_ASSESSED
    said = {"judgement": _said(judgement, say), "k": len(rows)}
    canvas.draw(
        "bar",
        col,
        orientation="h",
        x=[100 * count / len(rows) for count in counts],
        y=list(range(len(domains))),
        name=f"{symbol} {said['judgement']}".strip(),
        meta={"judgement": judgement, "counts": counts},
        legendgroup=judgement,
        showlegend=legend,
        text=[symbol if count else "" for count in counts],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"color": ink, "size": 15},
        marker={
            "color": FAINT if blank else colour,
            "line": {"color": NEUTRAL, "width": 1},
            "pattern": {"shape": "/" if blank else "", "fillmode": "overlay", "fgcolor": NEUTRAL, "size": 6},
        },
        hoverinfo="text",
        hovertext=[
            say("bias-said.share", domain=say(f"bias-domain.{domain}"), count=count, **said)
            for domain, count in zip(domains, counts, strict=True)
        ],
    )  # fmt: skip


# -- panels one above the other -----------------------------------------------------------------------------------


def _heads(tool: str) -> list[str]:
    """D1, D2, … and Σ: short enough for eight columns on a phone; the key below names them."""
    return [*(f"D{place}" for place in range(1, len(DOMAINS[tool]) + 1)), "Σ"]


def _panels(rows: Mapping[str, int], say: Say, *, key: bool = True) -> tuple[Canvas, int]:
    """A canvas with one panel per tool, one above the other, each headed by its tool; and its height in pixels."""
    canvas = Canvas(say, first=0.5 if len(rows) > 1 else 1.0)
    keys = {tool: KEY_LINE * len(columns(tool)) + 10 if key else 24 for tool in rows}
    heights = {tool: ROW * count + keys[tool] + AROUND for tool, count in rows.items()}
    whole, above = sum(heights.values()) or 1, 0
    for col, (tool, count) in enumerate(rows.items(), start=1):
        top = 1 - (above + AROUND) / whole
        canvas.x(col, domain=[0, 1])
        canvas.y(col, domain=[max(0.0, top - ROW * count / whole), top])
        canvas.note(
            f"<b>{tool}</b>", x=0, y=top, yshift=26 if key else 4, xanchor="left", yanchor="bottom", font={"size": 13}
        )
        if key:
            lines = [f"{head} {say(f'bias-domain.{d}')}" for head, d in zip(_heads(tool), columns(tool), strict=True)]
            bottom = top - ROW * count / whole
            canvas.note(
                "<br>".join(lines), x=0, y=bottom, yshift=-4, xanchor="left", yanchor="top", align="left",
                name=f"key {tool}",
            )  # fmt: skip
        above += heights[tool]
    return canvas, whole + LEGEND_LINE * LEGEND_LINES


def _legend() -> dict[str, object]:
    return {
        "yref": "container",
        "y": 0,
        "yanchor": "bottom",
        "itemclick": False,
        "itemdoubleclick": False,
    }
