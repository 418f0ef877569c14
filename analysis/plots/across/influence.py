"""What hangs on single studies: the pooled effect without each of them, and as they came."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.plots.across.frame import (
    bold,
    column,
    cut_name,
    draw_diamond,
    draw_intervals,
    draw_numbers,
    frame,
    rule,
)
from analysis.plots.across.heterogeneity import DOT
from analysis.plots.across.scale import scale_of
from analysis.plots.canvas import Canvas, Finished
from analysis.plots.estimates import COLOUR
from analysis.plots.style import ARM_COLOURS, wrapped
from analysis.results import Pooled
from analysis.words import Say


def leave_one_out(
    found: Sequence[Pooled], labels: Sequence[str], whole: Pooled, say: Say, *, axis: str = "", kind: str = "",
    narrow: bool = False, ids: Sequence[str] = (),
) -> Finished:  # fmt: skip
    """The pooled effect without each study in turn, beside the one with all of them; `ids` are given by a click."""
    names = [say("across-plot.without", study=label) for label in labels]
    lines = [cut_name(f"− {label}", narrow) for label in labels]
    return _forest_of(found, names, lines, whole, say, axis=axis, kind=kind, narrow=narrow, ids=ids)


def cumulative(
    found: Sequence[Pooled], labels: Sequence[str], say: Say, *, axis: str = "", kind: str = "", narrow: bool = False,
    ids: Sequence[str] = (),
) -> Finished:  # fmt: skip
    """The pooled effect as studies come in one by one; `labels` and `ids` are those that come in, in that order."""
    names = [say("across-plot.adding", study=label) for label in labels]
    lines = [cut_name(f"+ {label}", narrow) for label in labels]
    last = found[-1] if found else None
    return _forest_of(found, names, lines, last, say, axis=axis, kind=kind, narrow=narrow, ids=ids)


def instead(
    found: Sequence[Pooled], labels: Sequence[str], whole: Pooled, say: Say, *, axis: str = "", kind: str = "",
    narrow: bool = False, ids: Sequence[str] = (),
) -> Finished:  # fmt: skip
    """The pooled effect with another outcome or time of one study in turn, beside the one as it is taken."""
    names = [say("across-plot.instead", study=label) for label in labels]
    lines = [cut_name(label, narrow) for label in labels]
    return _forest_of(found, names, lines, whole, say, axis=axis, kind=kind, narrow=narrow, ids=ids)


def _forest_of(
    found: Sequence[Pooled], names: Sequence[str], lines: Sequence[str], whole: Pooled | None, say: Say, *, axis: str,
    kind: str, narrow: bool, ids: Sequence[str],
) -> Finished:  # fmt: skip
    canvas = Canvas(say, narrow=narrow)
    last = [whole] if whole else []
    scale = scale_of([p.estimate for p in (*found, *last)], [p.interval for p in (*found, *last)], kind=kind)
    rule(canvas, 0)
    if whole:
        rule(canvas, whole.estimate, dash="dot", colour=COLOUR)
    draw_intervals(canvas, scale, [(i, p.interval) for i, p in enumerate(found)], name="intervals",
                   line={"color": ARM_COLOURS[0], "width": 1.6})  # fmt: skip
    texts = [scale.text(p.estimate, p.interval, say) for p in found]
    canvas.draw(
        "scatter",
        x=np.array([p.estimate for p in found], float),
        y=np.arange(len(found), dtype=float),
        mode="markers",
        name="pooled",
        customdata=column(ids) if ids else None,
        marker={"symbol": "diamond", "size": DOT, "color": ARM_COLOURS[0]},
        hoverinfo="text",
        hovertext=column(
            f"{bold(wrapped(name, 44))}<br>k = {p.k}<br>{text}"
            for name, p, text in zip(names, found, texts, strict=True)
        ),
    )
    numbers = dict(enumerate(texts))
    lines = list(lines)
    if whole:
        numbers[len(found)] = bold(scale.text(whole.estimate, whole.interval, say))
        said = bold(say("across-plot.all", k=whole.k))
        draw_diamond(canvas, scale, len(found), whole, name="whole", colour=COLOUR, hover=said)
        lines.append(said)
    draw_numbers(canvas, numbers, scale.high)
    return canvas.figure(**frame(canvas, scale, lines, numbers.values(), say, axis=axis).layout)
