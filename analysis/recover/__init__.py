"""From printed numbers to the data sets that could have produced them.

Vocabulary: a *margin* is one group's scores at one time; a *table* counts people by score (or by
before × after score); *fits* means that the table prints exactly as the study printed. Tables are
counted, never called probable.
"""

from analysis.recover.distributions import Recovered, distributions
from analysis.recover.pairs import Margin, RecoveredPairs, pairs
from analysis.recover.percentages import denominators, two_by_two
from analysis.recover.printed import Printed, p_matches, p_upper, printed

__all__ = [
    "Margin",
    "Printed",
    "Recovered",
    "RecoveredPairs",
    "denominators",
    "distributions",
    "p_matches",
    "p_upper",
    "pairs",
    "printed",
    "two_by_two",
]
