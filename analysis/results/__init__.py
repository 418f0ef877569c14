"""What rooms of this house pass to each other: frozen values, and what remembers them.

`values` are results of tests, effects and checks as data; `keeping` remembers what was worked out, for all who ask or
for one session alone.
"""

from analysis.results.keeping import Memory, for_asker, memory, remembered, sessions_known_by, with_memory
from analysis.results.values import (
    STRONGEST_FIRST,
    Effect,
    Interval,
    NotApplicable,
    Note,
    Outcome,
    Pooled,
    Status,
    Verdict,
    weakest,
)

__all__ = [
    "STRONGEST_FIRST",
    "Effect",
    "Interval",
    "Memory",
    "NotApplicable",
    "Note",
    "Outcome",
    "Pooled",
    "Status",
    "Verdict",
    "for_asker",
    "memory",
    "remembered",
    "sessions_known_by",
    "weakest",
    "with_memory",
]
