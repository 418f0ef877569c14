"""Repairs: which small change to a printed number would make numbers fit that don't fit together.

A repair is a suggestion, never a correction: it says what would follow "if". Vocabulary: a *slip* is a
small change to a text; a *change* is what a repair does to a study; a *consequence* is what it does to a test.
"""

from analysis.checks.repairs.repair import COSTS, KINDS, MOST, Consequence, Repair
from analysis.checks.repairs.say import say_consequence, say_repair
from analysis.checks.repairs.study import repairs_for
from analysis.checks.repairs.typed import repairs_of

__all__ = [
    "COSTS",
    "KINDS",
    "MOST",
    "Consequence",
    "Repair",
    "repairs_for",
    "repairs_of",
    "say_consequence",
    "say_repair",
]
