"""A result as a script to take away: Python that calls `analysis`, or R that needs nothing of ours.

Both print the same named lines (`estimate = …`, `interval = (…)`, `p = …`), so that they can be laid side
by side. A text of a study stands in them only as a comment of one line or as an escaped literal.
"""

from analysis.telling.scripts.common import script_name
from analysis.telling.scripts.pooling import pooling_python, pooling_r
from analysis.telling.scripts.python import python_script
from analysis.telling.scripts.r import r_script

__all__ = [
    "pooling_python",
    "pooling_r",
    "python_script",
    "r_script",
    "script_name",
]
