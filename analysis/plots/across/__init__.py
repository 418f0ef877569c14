"""The plots of the screen that compares studies: forests, the map of the evidence, heterogeneity, networks.

Each is built from plain values or frozen results; those of other rooms are only read by the names of their
fields (`Pooled`, `Funnel`, `Contrast`, `Split` …). All values are on the effects' own scale, a log for ratios:
`kind` says how they are written, as `analysis.telling.effects` writes them.
"""

from analysis.plots.across.forest import forest
from analysis.plots.across.rows import Row

__all__ = [
    "Row",
    "forest",
]
