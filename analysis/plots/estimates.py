"""Estimates with their intervals, drawn alike in every plot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.plots.canvas import Canvas
from analysis.results import Interval, Outcome
from analysis.words import Say

IN_UNIT_OF_DATA = frozenset(
    {
        "mean_difference",
        "hodges_lehmann",
        "median_difference",
        "adjusted_mean_difference",
        "difference_of_changes",
        "difference_of_medians",
        "trimmed_mean_difference",
        "risk_difference",
    }
)
SYMBOLS = ("diamond", "square", "triangle-up", "star")
COLOUR = "#CC79A7"
APART = 0.45  # between neighbouring estimates, in units of the axis


def error_bar(value: float, interval: Interval | None) -> dict | None:
    """Plotly's error bar for an interval around a value; None draws none."""
    if interval is None:
        return None
    low, high = interval
    return {
        "type": "data",
        "symmetric": False,
        "array": [high - value],
        "arrayminus": [value - low],
        "thickness": 2.4,
        "width": 6,
    }


def with_interval(value: float, interval: Interval, say: Say) -> str:
    """ "+1.12 [0.64, 1.59]"."""
    return f"{say.signed(value)} {say.interval(interval)}"


def shares(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Differences of shares, for yes/no answers: some tests hold them as their estimate, some as their effect."""
    return [
        replace(o, estimate=o.effect, estimate_name=o.effect_name, interval=o.effect_interval)
        if o.effect_name == "risk_difference"
        else o
        for o in outcomes
        if "risk_difference" in (o.effect_name, o.estimate_name)
    ]


def in_unit_of_data(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Outcomes whose estimate can stand on the data's own axis, each estimate once."""
    return list(_drawn(outcomes).values())


def _drawn(outcomes: Sequence[Outcome]) -> dict[tuple[str, float, Interval], Outcome]:
    """The same by name, estimate and interval, which are what is drawn."""
    shown = (o for o in outcomes if o.estimate_name in IN_UNIT_OF_DATA)
    return {(o.estimate_name, o.estimate, o.interval): o for o in shown if o.estimate is not None and o.interval}


def draw_estimates(
    canvas: Canvas, outcomes: Sequence[Outcome], say: Say, *, col: int, first: float, ticks: dict[float, str]
) -> None:
    """Each estimate with its interval from place `first` on; `ticks` names what already stands on the axis."""
    ticks = dict(ticks)
    for place, (name, value, interval) in enumerate(_drawn(outcomes)):
        x = first + APART * place
        ticks[x] = say(f"estimate-short.{name}")
        canvas.draw(
            "scatter",
            x=[x],
            y=[value],
            mode="markers",
            name=name,
            showlegend=False,
            hoverinfo="text",
            error_y=error_bar(value, interval),
            marker={"size": 12, "symbol": SYMBOLS[place % len(SYMBOLS)], "color": COLOUR},
            hovertext=f"{say(f'estimate.{name}')}: {with_interval(value, interval, say)}",
            col=col,
        )
    reach = [min(ticks, default=0) - 0.45, max(ticks, default=0) + 0.35]
    stagger = len(ticks) > 2  # three names side by side would run into each other on a phone
    staggered = [f"{'<br>' * (place % 2 if stagger else 0)}{name}" for place, name in enumerate(ticks.values())]
    canvas.x(tickvals=list(ticks), ticktext=staggered, range=reach, col=col)
