"""From printed numbers to the data sets that could have produced them; knows no study.

Vocabulary: a *margin* is one group's scores at one time; a *table* counts people by score (or by before × after score);
*fits* means that the table prints exactly as the study printed. Tables are counted, never called probable.
"""

from analysis.recover.arms import ArmSummary
from analysis.recover.budget import Budget, Cancelled, Progress
from analysis.recover.change_map import ChangeMap, Point, change_map
from analysis.recover.correlation import Correlation, Reading, correlation, correlation_if_any
from analysis.recover.distributions import Recovered, distributions
from analysis.recover.limits import levels_of, number_of_people
from analysis.recover.pairs import Margin, RecoveredPairs, pairs, people_behind
from analysis.recover.percentages import counts_behind, denominators, two_by_two
from analysis.recover.printed import (
    LARGEST_EXPONENT,
    Printed,
    counts_for,
    number_of_p,
    p_is_bound,
    p_matches,
    p_reach,
    p_upper,
    printed,
    required,
    sizes,
    squares_for,
    whole_sums,
)
from analysis.recover.printed_statistics import NAMES, NUMBER, PrintedStatistic, read_statistic
from analysis.recover.rank_ties import largest_signed_z, largest_z, least_spread
from analysis.recover.spread_of_change import sd_of_change, squared_sd_of_change

__all__ = [
    "LARGEST_EXPONENT",
    "NAMES",
    "NUMBER",
    "ArmSummary",
    "Budget",
    "Cancelled",
    "ChangeMap",
    "Correlation",
    "Margin",
    "Point",
    "Printed",
    "PrintedStatistic",
    "Progress",
    "Reading",
    "Recovered",
    "RecoveredPairs",
    "change_map",
    "correlation",
    "correlation_if_any",
    "counts_behind",
    "counts_for",
    "denominators",
    "distributions",
    "largest_signed_z",
    "largest_z",
    "least_spread",
    "levels_of",
    "number_of_p",
    "number_of_people",
    "p_is_bound",
    "p_matches",
    "p_reach",
    "p_upper",
    "pairs",
    "people_behind",
    "printed",
    "read_statistic",
    "required",
    "sd_of_change",
    "sizes",
    "squared_sd_of_change",
    "squares_for",
    "two_by_two",
    "whole_sums",
]
