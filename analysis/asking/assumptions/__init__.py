"""Assumptions of a test, looked at on the data behind a question: a picture and a sentence, never a gate.

Which assumptions a test has stands in its registry entry (`Method.assumes`). Nothing here chooses, blocks or changes
a test.
"""

from analysis.asking.assumptions.asked import Asked, Assumption
from analysis.asking.assumptions.looked import LOOKS, assumptions_of
from analysis.asking.assumptions.pictures import QQ, Counts, Epsilon, Odds, Picture, Slopes, Spread
from analysis.methods import SMALL_EXPECTED

__all__ = [
    "LOOKS",
    "QQ",
    "SMALL_EXPECTED",
    "Asked",
    "Assumption",
    "Counts",
    "Epsilon",
    "Odds",
    "Picture",
    "Slopes",
    "Spread",
    "assumptions_of",
]
