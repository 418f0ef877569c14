"""Networks of treatments: who was compared with whom, whether direct and indirect agree, and who leads."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from analysis.plots.across.frame import (
    KEY,
    KEY_LINE,
    aside,
    bold,
    column,
    cut_name,
    draw_intervals,
    draw_numbers,
    frame,
    head_line,
    mark,
    name_of,
    rule,
)
from analysis.plots.across.scale import scale_of
from analysis.plots.canvas import Canvas, Finished
from analysis.plots.estimates import COLOUR
from analysis.plots.style import ARM_COLOURS, GRID, NEUTRAL, TEXT, plain, tint, wrapped
from analysis.words import Say

SMALLEST, LARGEST = 14.0, 46.0  # pixels: diameters of the treatments
WIDEST = 12.0  # pixels of the line with the most studies
ALONG = 0.4  # where on its line a number of studies stands: in the middle all diameters would meet
BESIDE, LEVEL = 0.38, 0.6  # of the radius: from where names stand beside their place, and to where level with it
BAR = 36  # pixels of a bar, beside a name of two lines

Place = tuple[float, float]


# -- who was compared with whom ------------------------------------------------------------------------------------


def network_graph(
    nodes: Sequence[Any], edges: Sequence[Any], say: Say, *, labels: Mapping[str, str] | None = None
) -> Finished:
    """Treatments on a circle, as large as their people; lines as wide as their studies.

    Args:
        nodes: `Node`s: treatment, studies, people (None where a study doesn't say).
        edges: `Edge`s: a, b, studies, people.

    A click gives the treatment, or "a|b" of a line, as `customdata`.
    """
    canvas = Canvas(say)
    turns = [2 * math.pi * i / len(nodes) for i in range(len(nodes))]
    at = {node.treatment: (math.sin(turn), math.cos(turn)) for node, turn in zip(nodes, turns, strict=True)}
    _draw_edges(canvas, edges, at, labels, say)
    _draw_nodes(canvas, nodes, at, labels, say)
    most = max((node.people or 0 for node in nodes), default=0)
    for node in nodes:
        text = "<br>".join(map(plain, textwrap.wrap(name_of(node.treatment, labels), 14, max_lines=3, placeholder="…")))
        away = _diameter(node.people, most) / 2 + 3
        canvas.note(text, xref="x", yref="y", name="treatment", **_outside(*at[node.treatment], away))
    canvas.x(visible=False, range=[-2.6, 2.6])  # names find room at its sides
    canvas.y(visible=False, range=[-1.5, 1.5])
    lines = textwrap.wrap(say("across-plot.network-key"), KEY)
    canvas.note("<br>".join(map(aside, map(plain, lines))), x=0, y=0, yshift=-4, xanchor="left", yanchor="top",
                align="left", name="key")  # fmt: skip
    below = KEY_LINE * len(lines) + 12
    return canvas.figure(height=380 + below, clickmode="event+select", margin={"l": 4, "r": 4, "t": 4, "b": below})


def _outside(x: float, y: float, away: float) -> dict[str, Any]:
    """Where a name stands that no line runs through: so many pixels outside its place on the circle."""
    beside = abs(x) > BESIDE
    return {
        "x": x, "y": y, "xshift": away * x, "yshift": away * y,
        "xanchor": ("left" if x > 0 else "right") if beside else "center",
        "yanchor": "middle" if abs(y) < LEVEL else "bottom" if y > 0 else "top",
    }  # fmt: skip


def _draw_edges(
    canvas: Canvas, edges: Sequence[Any], at: Mapping[str, Place], labels: Mapping[str, str] | None, say: Say
) -> None:
    """One trace per width, and the numbers of studies on the lines."""
    most = max((edge.studies for edge in edges), default=1)
    for studies in sorted({edge.studies for edge in edges}):
        members = [edge for edge in edges if edge.studies == studies]
        x = [value for edge in members for value in (at[edge.a][0], at[edge.b][0], None)]
        y = [value for edge in members for value in (at[edge.a][1], at[edge.b][1], None)]
        canvas.draw(
            "scatter", x=np.array(x, object), y=np.array(y, object), mode="lines", name="comparison", hoverinfo="skip",
            line={"color": tint(NEUTRAL, 0.55), "width": max(1.0, WIDEST * studies / most)}, meta={"studies": studies},
        )  # fmt: skip
    middles = [
        tuple((1 - ALONG) * a + ALONG * b for a, b in zip(at[edge.a], at[edge.b], strict=True)) for edge in edges
    ]
    canvas.draw(
        "scatter",
        x=np.array([x for x, _ in middles], float),
        y=np.array([y for _, y in middles], float),
        mode="text",
        name="studies",
        text=column(str(edge.studies) for edge in edges),
        textfont={"size": TEXT},
        customdata=column(f"{edge.a}|{edge.b}" for edge in edges),
        hoverinfo="text",
        hovertext=column(
            f"{plain(name_of(edge.a, labels))} – {plain(name_of(edge.b, labels))}<br>{_counts(edge, say)}"
            for edge in edges
        ),
    )


def _draw_nodes(
    canvas: Canvas, nodes: Sequence[Any], at: Mapping[str, Place], labels: Mapping[str, str] | None, say: Say
) -> None:
    most = max((node.people or 0 for node in nodes), default=0)
    canvas.draw(
        "scatter",
        x=np.array([at[node.treatment][0] for node in nodes], float),
        y=np.array([at[node.treatment][1] for node in nodes], float),
        mode="markers",
        name="treatments",
        cliponaxis=False,
        customdata=column(node.treatment for node in nodes),
        marker={
            "size": np.array([_diameter(node.people, most) for node in nodes]),
            "symbol": ["circle" if node.people is not None else "circle-open" for node in nodes],
            "color": ARM_COLOURS[0],
            "opacity": 1,
            "line": {"width": 2, "color": ARM_COLOURS[0]},
        },
        hoverinfo="text",
        hovertext=column(f"{bold(plain(name_of(node.treatment, labels)))}<br>{_counts(node, say)}" for node in nodes),
        unselected={"marker": {"opacity": 0.45}},
    )


def _diameter(people: int | None, most: int) -> float:
    """In pixels; the area goes with the people, down to a smallest that still shows."""
    return max(SMALLEST, LARGEST * math.sqrt((people or 0) / most)) if most else SMALLEST


def _counts(found: Any, say: Say) -> str:
    said = say("across-plot.studies", count=found.studies)
    if found.people is None:
        return f"{said}<br>{say('across-plot.people-not-known')}"
    return f"{said}<br>{say('across-plot.people', count=found.people)}"


# -- do direct and indirect evidence agree -------------------------------------------------------------------------


def splits(
    found: Sequence[Any], say: Say, *, labels: Mapping[str, str] | None = None, axis: str = "", kind: str = "",
    narrow: bool = False,
) -> Finished:  # fmt: skip
    """Direct, indirect and whole evidence of each pair, one below the other, with the p of their disagreement.

    Args:
        found: `Split`s: a, b, direct, indirect, network, difference, each estimate with value, interval and p.
    """
    canvas = Canvas(say, narrow=narrow)
    kinds = (("direct", "square", ARM_COLOURS[0]), ("indirect", "square-open", ARM_COLOURS[0]),
             ("network", "diamond", COLOUR))  # fmt: skip
    words = {"direct": "across-plot.direct", "indirect": "across-plot.indirect", "network": "across-plot.network"}
    estimates = [getattr(split, kind) for split in found for kind, _, _ in kinds]
    scale = scale_of([e.value for e in estimates], [e.interval for e in estimates], kind=kind)
    rule(canvas, 0)
    numbers: dict[int, str] = {}
    for place, split in enumerate(found):
        numbers[4 * place] = aside(f"p {say.p(split.difference.p)}")
    for offset, (kind, symbol, colour) in enumerate(kinds, 1):
        members = {4 * place + offset: getattr(split, kind) for place, split in enumerate(found)}
        texts = {place: scale.text(e.value, e.interval, say) for place, e in members.items()}
        numbers |= texts
        draw_intervals(canvas, scale, [(place, e.interval) for place, e in members.items()], name=f"intervals {kind}",
                       line={"color": colour, "width": 1.6})  # fmt: skip
        canvas.draw(
            "scatter",
            x=np.array([e.value for e in members.values()], float),
            y=np.array(list(members), float),
            mode="markers",
            name=say(words[kind]),
            meta={"kind": kind},
            customdata=column(f"{split.a}|{split.b}" for split in found),
            marker={"symbol": symbol, "size": 11, "color": colour, "line": {"width": 2 if "open" in symbol else 0}},
            hoverinfo="text",
            hovertext=column(f"{say(words[kind])}: {text}" for text in texts.values()),
        )
    draw_numbers(canvas, numbers, scale.high)
    names = [name for _ in found for name in ("", *(plain(say(words[kind])) for kind, _, _ in kinds))]
    margins = frame(canvas, scale, names, numbers.values(), say, axis=axis, key=[aside(say("across-plot.split-key"))])
    for place, split in enumerate(found):
        head_line(canvas, f"{name_of(split.a, labels)} − {name_of(split.b, labels)}", 4 * place, margins.left)
    return canvas.figure(clickmode="event+select", **margins.layout)


# -- each against one ----------------------------------------------------------------------------------------------


def against(
    pairs: Sequence[Any], say: Say, *, labels: Mapping[str, str] | None = None, favours: tuple[str, str] = ("", ""),
    axis: str = "", kind: str = "", narrow: bool = False,
) -> Finished:  # fmt: skip
    """A line per treatment minus the same other one; hollow where no study compares the two."""
    canvas = Canvas(say, narrow=narrow)
    estimates = [pair.estimate for pair in pairs]
    scale = scale_of([one.value for one in estimates], [one.interval for one in estimates], kind=kind)
    rule(canvas, 0)
    line = {"color": ARM_COLOURS[0], "width": 2}
    draw_intervals(canvas, scale, list(enumerate(one.interval for one in estimates)), line=line, name="intervals")
    said = [scale.text(one.value, one.interval, say) for one in estimates]
    indirect = say("across-plot.indirect-only")
    canvas.draw(
        "scatter", x=np.clip([one.value for one in estimates], scale.low, scale.high),
        y=np.arange(len(pairs), dtype=float), mode="markers", name="estimates",
        customdata=column(pair.a for pair in pairs), hoverinfo="text",
        hovertext=column(
            "<br>".join(filter(None, (bold(plain(name_of(p.a, labels))), text, "" if p.direct else indirect)))
            for p, text in zip(pairs, said, strict=True)
        ),
        marker={"symbol": ["square" if pair.direct else "square-open" for pair in pairs], "size": 10,
                "color": ARM_COLOURS[0], "line": {"width": 2}},
    )  # fmt: skip
    draw_numbers(canvas, dict(enumerate(said)), scale.high)
    key = [mark("□", ARM_COLOURS[0], indirect)] if any(pair.direct is None for pair in pairs) else []
    names = [cut_name(name_of(pair.a, labels), narrow) for pair in pairs]
    margins = frame(canvas, scale, names, said, say, axis=axis, favours=favours, key=key)
    return canvas.figure(**margins.layout)


# -- who leads -----------------------------------------------------------------------------------------------------


def _two_lines(name: str) -> str:
    return "<br>".join(map(plain, textwrap.wrap(name, 20, max_lines=2, placeholder="…")))


def ranking(
    treatments: Sequence[str], p_scores: Sequence[float], say: Say, *, labels: Mapping[str, str] | None = None
) -> Finished:
    """P-scores as bars, the highest first. A high rank may rest on little: it says nothing of how sure."""
    canvas = Canvas(say)
    order = sorted(range(len(treatments)), key=lambda i: (-p_scores[i], treatments[i]))
    names = [_two_lines(name_of(treatments[i], labels)) for i in order]
    canvas.draw(
        "bar",
        orientation="h",
        x=np.array([p_scores[i] for i in order], float),
        y=np.arange(len(order)),
        name="p-scores",
        customdata=column(treatments[i] for i in order),
        text=column(say.number(p_scores[i]) for i in order),
        textposition="outside",
        cliponaxis=False,
        marker={"color": tint(ARM_COLOURS[0], 0.65), "line": {"color": ARM_COLOURS[0], "width": 1}},
        hoverinfo="text",
        hovertext=column(
            f"{plain(name_of(treatments[i], labels))}: {say('across-plot.p-score')} {say.number(p_scores[i], 3)}"
            for i in order
        ),
    )
    canvas.x(
        range=[0, 1.15], tickvals=[0, 0.5, 1], ticktext=[say.printed(tick) for tick in ("0", "0.5", "1")],
        title=wrapped(say("across-plot.p-score-help"), 28), showgrid=True, gridcolor=GRID,
    )  # fmt: skip
    canvas.y(tickvals=np.arange(len(names)), ticktext=names, range=[len(names) - 0.5, -0.5], showgrid=False)
    return canvas.figure(
        height=90 + BAR * len(names), clickmode="event+select", bargap=0.25, margin={"l": 8, "r": 14, "t": 8, "b": 8}
    )
