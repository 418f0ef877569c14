"""Effect sizes and their variances from whatever a study printed.

Vocabulary: an effect is first group minus second (`a − b`), or after minus before; ratios are natural
logarithms. Numbers may come as floats or as printed text; text is shown as printed in `.substituted`,
the formula with its numbers. The interval is value ± z·√variance unless an effect is a bound.
"""

from analysis.effects.changes import mean_change, smcc, smcc_of_change, smcr
from analysis.effects.conversions import (
    LOGISTIC_SD,
    g_of_log_odds_ratio,
    g_of_r,
    log_odds_ratio_of_g,
    r_of_g,
    superiority_of_g,
)
from analysis.effects.crossover import crossover_difference, crossover_g, crossover_ratio
from analysis.effects.intervals import from_mean_difference, from_odds_ratio, from_risk_ratio
from analysis.effects.making import (
    BOUNDS,
    KINDS,
    Number,
    effect,
    normal_quantile,
    number,
    operand,
    result,
    shown,
    written,
)
from analysis.effects.ranks import from_mean_ranks, from_z_ranks, probability_of_superiority, superiority_from_p
from analysis.effects.shares import ShareAtN, share_at
from analysis.effects.spreads import MeanSd, from_median_iqr, sd_from_interval, sd_from_se, sd_from_t
from analysis.effects.statistics import PBound, bound_from_p, from_f, from_p, from_t
from analysis.effects.two_groups import hedges_g, mean_difference, mean_interval, ratio_of_means
from analysis.effects.yes_no import (
    counted,
    log_odds_ratio,
    log_risk_ratio,
    risk_difference,
)
from analysis.recover import counts_behind

__all__ = [
    "BOUNDS",
    "KINDS",
    "LOGISTIC_SD",
    "MeanSd",
    "Number",
    "PBound",
    "ShareAtN",
    "bound_from_p",
    "counted",
    "counts_behind",
    "crossover_difference",
    "crossover_g",
    "crossover_ratio",
    "effect",
    "from_f",
    "from_mean_difference",
    "from_mean_ranks",
    "from_median_iqr",
    "from_odds_ratio",
    "from_p",
    "from_risk_ratio",
    "from_t",
    "from_z_ranks",
    "g_of_log_odds_ratio",
    "g_of_r",
    "hedges_g",
    "log_odds_ratio",
    "log_odds_ratio_of_g",
    "log_risk_ratio",
    "mean_change",
    "mean_difference",
    "mean_interval",
    "normal_quantile",
    "number",
    "operand",
    "probability_of_superiority",
    "r_of_g",
    "ratio_of_means",
    "result",
    "risk_difference",
    "sd_from_interval",
    "sd_from_se",
    "sd_from_t",
    "share_at",
    "shown",
    "smcc",
    "smcc_of_change",
    "smcr",
    "superiority_from_p",
    "superiority_of_g",
    "written",
]
