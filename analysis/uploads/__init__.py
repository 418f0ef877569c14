"""A user's own file → a `Study` like any other, and a list of every cell that didn't fit.

`read_file` has a process of its own read it; `sheet_of` makes typed columns of a table; `propose` guesses which column
is what, `personal_columns` which name people; `draft` makes the study and its folder. The file is opened nowhere else,
and nothing of it is kept here.

    limits → reader (→ reading/, in its own process) → numbers, sheets → vocabulary, personal → layout, proposal
    → arranging → gathering → draft; templates stand beside

"""

from analysis.uploads.arranging import STATISTICS, Part, arranged, parts_of
from analysis.uploads.draft import OWN, About, Draft, draft, study_of, zipped
from analysis.uploads.gathering import Fault, gather
from analysis.uploads.layout import SHAPES, Layout, Measured, Shape
from analysis.uploads.limits import Limits, limits_from
from analysis.uploads.personal import personal_columns
from analysis.uploads.proposal import propose
from analysis.uploads.reader import Cell, File, Grid, NotRead, Variable, read_file
from analysis.uploads.sheets import Column, Sheet, sheet_of
from analysis.uploads.templates import example, template

__all__ = [
    "OWN",
    "SHAPES",
    "STATISTICS",
    "About",
    "Cell",
    "Column",
    "Draft",
    "Fault",
    "File",
    "Grid",
    "Layout",
    "Limits",
    "Measured",
    "NotRead",
    "Part",
    "Shape",
    "Sheet",
    "Variable",
    "arranged",
    "draft",
    "example",
    "gather",
    "limits_from",
    "parts_of",
    "personal_columns",
    "propose",
    "read_file",
    "sheet_of",
    "study_of",
    "template",
    "zipped",
]
