"""A figure on screen → the same figure for a paper: white ground, black text, title, n, note and source in the picture.

Made on the server without a browser, as SVG, PDF or PNG; the same figure gives the same bytes.
"""

from analysis.plots.printing.bundle import bundle
from analysis.plots.printing.caption import caption, evidence, source
from analysis.plots.printing.forms import FORMS, Form, Picture, pictured, save
from analysis.plots.printing.page import ONE_COLUMN, TWO_COLUMNS, Panel
from analysis.plots.printing.sheet import Sheet, sheet

__all__ = [
    "FORMS",
    "ONE_COLUMN",
    "TWO_COLUMNS",
    "Form",
    "Panel",
    "Picture",
    "Sheet",
    "bundle",
    "caption",
    "evidence",
    "pictured",
    "save",
    "sheet",
    "source",
]
