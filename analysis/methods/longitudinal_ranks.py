"""Do two groups change differently, by ranks alone? Brunner and Langer's rank ANOVA of scores over time. a − b."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from scipy import stats

from analysis.methods.intervals import wald
from analysis.methods.method import A_MINUS_B, NO_CONTRAST, Method, complete_rows, need_people
from analysis.methods.paired import NUMERIC
from analysis.results import NotApplicable, Note, Outcome

DUST = 1e-12  # of a variance of shares: nobody's rank varies beyond it


def brunner_langer(a: Any, b: Any, *, confidence: float = 0.95) -> Outcome:
    """Group × time by the ANOVA-type statistic of relative effects (design F1-LD-F1).

    The relative effect of a group at a time is the chance that one of its values lies above one drawn from all groups
    and times, ties counting half.

    Args:
        a, b: shapes (n_a, timepoints) and (n_b, timepoints); people with a missing value are left out.

    With two timepoints the effect is by how much more the relative effect rose in a than in b, from −1 to 1, with
    its normal interval; the statistic then is its z squared.

    Raises:
        NotApplicable: the groups differ in timepoints, a group has fewer than 2 people, or nobody's ranks vary.
    """
    (x, left_x), (y, left_y) = complete_rows(a), complete_rows(b)
    if x.shape[1] != y.shape[1]:
        raise NotApplicable("unequal-timepoints", a=x.shape[1], b=y.shape[1])
    times = x.shape[1]
    if times < 2:
        raise NotApplicable("too-few-timepoints", least=2, k=times)
    need_people(2, x, y)
    (share_x, covariance_x), (share_y, covariance_y) = _relative(x, y)
    contrast = np.eye(times) - 1 / times  # what of a change over time isn't common to all times
    apart = contrast @ (share_x - share_y)
    spread = contrast @ (covariance_x + covariance_y) @ contrast
    trace = float(np.trace(spread))
    if trace <= DUST:
        raise NotApplicable("no-spread")
    statistic, df = float(apart @ apart) / trace, trace**2 / float((spread**2).sum())
    gap, interval = None, None
    if times == 2:
        gap = float(apart[1] - apart[0])
        interval = wald(gap, math.sqrt(2 * trace), confidence)
    return Outcome(
        "brunner-langer",
        statistic,
        "ATS",
        df,
        float(stats.chi2.sf(df * statistic, df)),
        None,
        "",
        None,
        gap,
        "relative_effect_change",
        (max(-1.0, interval[0]), min(1.0, interval[1])) if interval else None,
        (len(x), len(y)),
        A_MINUS_B if times == 2 else NO_CONTRAST,
        (*left_x, *left_y, Note("large-sample")),
        confidence,
    )


def _relative(*groups: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """Relative effects of each group at each time, and their covariance (Brunner, Domhof & Langer 2002)."""
    rows = np.vstack(groups)
    ranks = stats.rankdata(rows.ravel()).reshape(rows.shape)
    of_group = np.split(ranks, np.cumsum([len(group) for group in groups])[:-1])
    return [((r.mean(axis=0) - 0.5) / ranks.size, np.cov(r.T) / len(r) / ranks.size**2) for r in of_group]


METHODS = (
    Method(
        "brunner-langer",
        "groups-before-after",
        NUMERIC,
        brunner_langer,
        "median_iqr",
        "Brunner, Domhof & Langer 2002, ISBN 978-0-471-44166-2; Noguchi et al. 2012, doi:10.18637/jss.v050.i12",
        heading="models",
    ),
)
