"""Every group against every other, p and intervals corrected for the number of comparisons.

Each comparison is one part of the outcome; its contrast "1 − 2" is the first sample minus the second.
The whole repeats the part with the smallest p and says how many comparisons there are and how they
were corrected. Intervals of an outcome hold together: those of means by the test's own distribution,
those of effects and of ranks by Bonferroni's inequality.
"""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
from scipy import stats

from analysis.methods import studentized_range
from analysis.methods.exact import beyond_note
from analysis.methods.groups import g_of, mann_whitney, quiet_ttest, standardised
from analysis.methods.intervals import disagree
from analysis.methods.many import need_spread_in_each
from analysis.methods.method import Method, need_spread, present_groups
from analysis.methods.multiplicity import holm
from analysis.methods.paired import NUMERIC
from analysis.results import Note, Outcome


def tukey(*samples: Any, confidence: float = 0.95) -> Outcome:
    """Tukey–Kramer comparisons of means, one common variance.

    Args:
        samples: one sample of shape (n_i,) per group, in the unit of the outcome.

    Effects are Hedges g in the pooled SD of all groups.

    Raises:
        NotApplicable: one sample only, a group with fewer than 2 people, or no spread within any group.
    """
    groups, notes = present_groups(2, samples)
    need_spread(*groups)
    df = sum(map(len, groups)) - len(groups)
    sd = math.sqrt(sum(((group - group.mean()) ** 2).sum() for group in groups) / df)
    each, reach = _each(groups, confidence), studentized_range.isf(1 - confidence, len(groups), df)
    parts = []
    for i, j in _pairs(groups):
        n = len(groups[i]), len(groups[j])
        difference, se = float(groups[i].mean() - groups[j].mean()), sd * math.sqrt(1 / n[0] + 1 / n[1])
        p = studentized_range.sf(math.sqrt(2) * abs(difference) / se, len(groups), df)
        test, half = (difference / se, float(df), p), reach * se / math.sqrt(2)
        effect = standardised(difference, sd, df, *n, each)
        parts.append(_of_means("tukey", (i, j), test, difference, half, effect, n, confidence))
    return _whole(parts, groups, "Tukey", notes)


def games_howell(*samples: Any, confidence: float = 0.95) -> Outcome:
    """Games–Howell comparisons of means, each group with its own variance; arguments as in `tukey`.

    Effects are Hedges g in the pooled SD of the two groups compared.

    Raises:
        NotApplicable: as in `tukey`, or one group has no spread at all.
    """
    groups, notes = present_groups(2, samples)
    need_spread_in_each(groups)
    k, each, parts = len(groups), _each(groups, confidence), []
    for i, j in _pairs(groups):
        x, y = groups[i], groups[j]
        welch, difference = quiet_ttest(x, y, equal_var=False), float(x.mean() - y.mean())
        se = math.sqrt(x.var(ddof=1) / len(x) + y.var(ddof=1) / len(y))
        half = studentized_range.isf(1 - confidence, k, welch.df) * se / math.sqrt(2)
        p = studentized_range.sf(math.sqrt(2) * abs(welch.statistic), k, welch.df)
        test, effect, n = (float(welch.statistic), float(welch.df), p), g_of(x, y, each), (len(x), len(y))
        parts.append(_of_means("games-howell", (i, j), test, difference, half, effect, n, confidence))
    return _whole(parts, groups, "Games–Howell", notes)


def dunn(*samples: Any, confidence: float = 0.95) -> Outcome:
    """Dunn's comparisons of mean ranks, corrected for ties, p by Holm; arguments as in `tukey`.

    Everybody is ranked together for z and p. Estimate and effect are those of Mann–Whitney for the two
    groups compared; a note is made where their interval and p say different things.

    Raises:
        NotApplicable: one sample only, an empty group, or everybody is alike.
    """
    groups, notes = present_groups(1, samples)
    need_spread(np.concatenate(groups))
    zs = _dunn_z(groups)
    ps = holm(2 * stats.norm.sf(np.abs(zs)))
    parts = []
    for (i, j), z, p in zip(_pairs(groups), zs, ps, strict=True):
        ranks = mann_whitney(groups[i], groups[j], exact=False, confidence=_each(groups, confidence))
        apart = (Note("ranks-of-all"),) if ranks.interval and disagree(ranks.interval, p, confidence) else ()
        parts.append(
            replace(
                ranks,
                method="dunn",
                statistic=float(z),
                statistic_name="z",
                p=float(p),
                contrast=_contrast(i, j),
                notes=(*beyond_note(len(groups[i]) + len(groups[j])), *apart),
                confidence=confidence,
            )
        )
    return _whole(parts, groups, "Holm", notes)


def _dunn_z(groups: list[np.ndarray]) -> np.ndarray:
    """Differences of mean ranks over their SEs (Dunn 1964, eq. 5; the ranks' own variance counts ties)."""
    ranks = stats.rankdata(np.concatenate(groups))
    own = np.split(ranks, np.cumsum([len(group) for group in groups])[:-1])
    spread = ranks.var(ddof=1)
    se = [math.sqrt(spread * (1 / len(own[i]) + 1 / len(own[j]))) for i, j in _pairs(groups)]
    return np.array([own[i].mean() - own[j].mean() for i, j in _pairs(groups)]) / se


def _pairs(groups: list[np.ndarray]) -> list[tuple[int, int]]:
    return list(combinations(range(len(groups)), 2))


def _contrast(i: int, j: int) -> str:
    return f"{i + 1} − {j + 1}"


def _each(groups: list[np.ndarray], confidence: float) -> float:
    """Confidence of each interval at which all of them hold together (Bonferroni)."""
    return 1 - (1 - confidence) / len(_pairs(groups))


def _of_means(method, pair, test, difference, half, effect, n, confidence) -> Outcome:
    """One comparison of two means: `test` is t, its df and p, `half` the half of its interval."""
    return Outcome(
        method,
        test[0],
        "t",
        test[1],
        test[2],
        difference,
        "mean_difference",
        (difference - half, difference + half),
        effect[0],
        "hedges_g",
        effect[1],
        n,
        _contrast(*pair),
        (),
        confidence,
    )


def _whole(parts: list[Outcome], groups: list[np.ndarray], correction: str, notes: tuple[Note, ...]) -> Outcome:
    """The comparison with the smallest p, standing for all."""
    clearest = min(parts, key=lambda part: math.inf if part.p is None else part.p)
    said = Note("comparisons", {"count": len(parts), "correction": correction})
    return replace(clearest, n=tuple(map(len, groups)), notes=(*notes, *clearest.notes, said), parts=tuple(parts))


METHODS = (
    Method(
        "tukey",
        "many-groups",
        NUMERIC,
        tukey,
        "mean_sd",
        "Tukey 1949, Kramer 1956",
        assumes=("normal-groups", "alike-spread", "ends-of-scale"),
        heading="several",
    ),
    Method(
        "games-howell",
        "many-groups",
        NUMERIC,
        games_howell,
        "mean_sd",
        "Games & Howell 1976",
        assumes=("normal-groups", "ends-of-scale"),
        heading="several",
    ),
    Method(
        "dunn",
        "many-groups",
        NUMERIC,
        dunn,
        "median_iqr",
        "Dunn 1964, doi:10.1080/00401706.1964.10490181; Holm 1979",
        assumes=("ties",),
        heading="several",
    ),
)
