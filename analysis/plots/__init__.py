"""Results in, Plotly figures out. A plot knows no widget, and no word but through `say`."""

from analysis.plots import before_after, between, context, design

__all__ = ["before_after", "between", "context", "design"]
