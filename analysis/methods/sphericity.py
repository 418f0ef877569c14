"""Sphericity of repeated measurements: do the changes between every two timepoints scatter alike?

Ours, because pingouin knows one group only; the covariance here is pooled within groups, as R has it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import linalg, stats

from analysis.methods.method import differences, need_people, need_spread
from analysis.results import NotApplicable


@dataclass(frozen=True)
class Sphericity:
    """Mauchly's W and p, and both corrections of degrees of freedom (`lowest` ≤ ε ≤ 1)."""

    w: float
    p: float
    greenhouse_geisser: float
    huynh_feldt: float
    lowest: float


def sphericity(*groups: np.ndarray) -> Sphericity:
    """Mauchly's test with Box's second-order p (Anderson 2003, ch. 10.7), ε of Greenhouse–Geisser and Huynh–Feldt.

    Args:
        groups: shape (n_i, timepoints) each, complete, the same three or more timepoints.

    Raises:
        NotApplicable: too few timepoints or people, or no scatter between some timepoints to compare.
    """
    k = groups[0].shape[1]
    if k < 3:
        raise NotApplicable("too-few-timepoints", least=3, k=k)
    m, df = k - 1, sum(map(len, groups)) - len(groups)
    need_people(2, *groups)
    if df <= m:
        raise NotApplicable("too-few", least=1 + math.ceil((m + 1) / len(groups)), n=min(map(len, groups)))
    need_spread(*(differences(group[:, 0], later) for group in groups for later in group[:, 1:].T))
    changes = np.vstack([group - group.mean(axis=0) for group in groups]) @ linalg.helmert(k).T
    sizes = np.linalg.eigvalsh(changes.T @ changes / df)
    if sizes[0] <= ROUNDING * sizes[-1]:
        raise NotApplicable("timepoints-determine-each-other")
    w = float(math.exp(np.log(sizes).sum() - m * math.log(sizes.mean())))
    geisser = float(sizes.sum() ** 2 / (m * (sizes**2).sum()))
    feldt = ((df + 1) * m * geisser - 2) / (m * (df - m * geisser))  # Huynh & Feldt 1976, as car::Anova has it
    return Sphericity(w, _p(w, m, df), geisser, min(1.0, float(feldt)), 1 / m)


def _p(w: float, m: int, df: int) -> float:
    """Chance of a smaller W by Box's expansion.

    Its smallest term has 3(m + 1) where Anderson prints 3m: so do R's mauchly.test and pingouin, and
    readers compare with those; the two differ in the fourth decimal of p at most.
    """
    rho = 1 - (2 * m**2 + m + 2) / (6 * df * m)
    second = (m + 2) * (m - 1) * (m - 2) * (2 * m**3 + 6 * m**2 + 3 * (m + 1) + 2) / (288 * (df * m * rho) ** 2)
    z, f = -df * rho * math.log(w), m * (m + 1) / 2 - 1
    first, further = stats.chi2.sf(z, f), stats.chi2.sf(z, f + 4)
    return float(min(1.0, max(0.0, first + second * (further - first))))


ROUNDING = 1e-12  # variances this small beside the largest are float dust
