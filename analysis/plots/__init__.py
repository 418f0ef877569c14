"""Results in, Plotly figures out. A plot knows no widget, and no word but through `say`."""

from analysis.plots import before_after, between, context, printed_between
from analysis.plots.assumptions import assumption_plot
from analysis.plots.bias import Light, light_key, lights_of
from analysis.plots.canvas import Finished
from analysis.plots.chosen import parted, ringed
from analysis.plots.classroom import demonstrated, projected
from analysis.plots.correlation import change_map_plot
from analysis.plots.design import design, n_label
from analysis.plots.drawn import MOST as MOST_DRAWN
from analysis.plots.drawn import can_be_drawn, whom_it_shows
from analysis.plots.interval import interval_picture
from analysis.plots.multiverse import strip
from analysis.plots.power import power_curve
from analysis.plots.printed_arms import printed_arms
from analysis.plots.printing import Panel, caption, save
from analysis.plots.style import plain
from analysis.plots.tables import crosstab, small_multiples

__all__ = [
    "MOST_DRAWN",
    "Finished",
    "Light",
    "Panel",
    "assumption_plot",
    "before_after",
    "between",
    "can_be_drawn",
    "caption",
    "change_map_plot",
    "context",
    "crosstab",
    "demonstrated",
    "design",
    "interval_picture",
    "light_key",
    "lights_of",
    "n_label",
    "parted",
    "plain",
    "power_curve",
    "printed_arms",
    "printed_between",
    "projected",
    "ringed",
    "save",
    "small_multiples",
    "strip",
    "whom_it_shows",
]
