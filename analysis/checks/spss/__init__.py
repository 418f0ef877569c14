"""Output tables of SPSS, pasted as text: from the paste to the facts, from the facts to verdicts.

`read` finds the tables and says what it couldn't read, `facts` joins the tables of each comparison,
`check` applies the rules of `analysis.checks`. Printed numbers stay text all the way; nothing is evaluated.
Layouts: cells apart by tabs, pipes, semicolons or spaces; English or Indonesian names; decimal comma or point.
"""

from analysis.checks.spss.comparison import Facts, MeanTest, RankTest, Sample, Signs
from analysis.checks.spss.joining import facts
from analysis.checks.spss.tables import Pasted, Row, Table, read
from analysis.checks.spss.verdicts import check

__all__ = [
    "Facts",
    "MeanTest",
    "Pasted",
    "RankTest",
    "Row",
    "Sample",
    "Signs",
    "Table",
    "check",
    "facts",
    "read",
]
