"""Meta-analysis: what several studies' effects say together, how far they differ, and what hangs on which study.

Vocabulary: an *effect* is one study's (`analysis.results.Effect`), with its sampling variance; τ² is the
variance of the true effects; *common effect* ("FE") means τ² is taken to be 0. Everything is on the effects'
own scale (a log for ratios), and effects of different kinds are never pooled.
"""

from analysis.evidence.pooling.bayes import Bayesian, bayesian, chance_of, suits
from analysis.evidence.pooling.between import Difference, Subgroups, subgroups
from analysis.evidence.pooling.pooled import INTERVALS, SAFEGUARDED, pool
from analysis.evidence.pooling.regressed import Coefficient, Regression, regression
from analysis.evidence.pooling.robust import Robust, robust
from analysis.evidence.pooling.sensitivity import BaujatPoint, baujat, cumulative, leave_one_out
from analysis.evidence.pooling.small_studies import FEW_FOR_ASYMMETRY, Contour, Egger, Funnel, egger, funnel
from analysis.evidence.pooling.tau2 import ESTIMATORS

__all__ = [
    "ESTIMATORS",
    "FEW_FOR_ASYMMETRY",
    "INTERVALS",
    "SAFEGUARDED",
    "BaujatPoint",
    "Bayesian",
    "Coefficient",
    "Contour",
    "Difference",
    "Egger",
    "Funnel",
    "Regression",
    "Robust",
    "Subgroups",
    "baujat",
    "bayesian",
    "chance_of",
    "cumulative",
    "egger",
    "funnel",
    "leave_one_out",
    "pool",
    "regression",
    "robust",
    "subgroups",
    "suits",
]
