"""Answers of more than two kinds that the same people gave twice: do they change alike, and how far do they agree?

Categories have no order here, so no single difference carries a sign.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from scipy import stats

from analysis.methods.intervals import noncentral_chi2, wald
from analysis.methods.method import NO_CONTRAST, Method, complete_pairs, need_people
from analysis.results import Interval, NotApplicable, Note, Outcome

MOST_CATEGORIES = 100  # a scale from 0 to 100 has as many; beyond, values are measured
NO_VARIANCE = 1e-15  # of κ: below is float dust
SMALL_PAIRS = 10  # people who changed; below, χ² is rough (Tate & Brown 1970, as for Cochran's Q)


def bowker(before: Any, after: Any, *, confidence: float = 0.95) -> Outcome:
    """Bowker's test of symmetry: do as many go from any one answer to another as come back?

    Args:
        before, after: shape (n,), the answers of the same people; only which answer counts, not its order.

    χ² without continuity correction; pairs of answers between which nobody went add neither χ² nor a degree
    of freedom. The effect is Cohen's w, √(χ²/n), from 0 to 1, with its noncentral interval.

    Raises:
        NotApplicable: fewer than 2 people, nobody changed, or more than 100 different answers.
    """
    counts, notes = _square(before, after)
    there, back = counts[(upper := np.triu_indices(len(counts), 1))], counts.T[upper]
    moved = there + back > 0
    chi2 = float(((there - back)[moved] ** 2 / (there + back)[moved]).sum())
    return _of_chi2("bowker", chi2, int(moved.sum()), counts, notes, confidence)


def stuart_maxwell(before: Any, after: Any, *, confidence: float = 0.95) -> Outcome:
    """Stuart–Maxwell test of marginal homogeneity: is any answer given more often after than before?

    Arguments and effect as in `bowker`. Where no answer is tied to the others by people who changed, the degrees
    of freedom are those of the answers that are.

    Raises:
        NotApplicable: as `bowker`.
    """
    counts, notes = _square(before, after)
    shift = (counts.sum(axis=0) - counts.sum(axis=1)).astype(float)
    spread = np.diag(counts.sum(axis=0) + counts.sum(axis=1)) - counts - counts.T
    chi2 = float(shift @ np.linalg.pinv(spread, hermitian=True) @ shift)
    return _of_chi2(
        "stuart-maxwell", chi2, int(np.linalg.matrix_rank(spread, hermitian=True)), counts, notes, confidence
    )


def _of_chi2(
    method: str, chi2: float, df: int, counts: np.ndarray, notes: tuple[Note, ...], confidence: float
) -> Outcome:
    n, moved = int(counts.sum()), int(counts.sum() - np.trace(counts))
    low, high = noncentral_chi2(chi2, df, confidence)
    if moved < SMALL_PAIRS:
        notes += (Note("few-changed", {"count": moved}),)
    return Outcome(
        method,
        chi2,
        "χ²",
        float(df),
        float(stats.chi2.sf(chi2, df)),
        None,
        "",
        None,
        math.sqrt(chi2 / n),
        "cohens_w",
        (math.sqrt(low / n), min(1.0, math.sqrt(high / n))),
        n,
        NO_CONTRAST,
        notes,
        confidence,
    )


def kappa(first: Any, second: Any, *, confidence: float = 0.95) -> Outcome:
    """Cohen's κ: how far two ratings of the same people agree beyond what chance would give.

    Args:
        first, second: shape (n,), each person's rating by either rater (or at either time).

    The effect is κ with its large-sample interval (Fleiss, Cohen & Everitt 1969), cut off at −1 and 1; it has no
    interval where that has no width, as where all agree. No p: that raters agree no better than chance
    is nobody's question.

    Raises:
        NotApplicable: fewer than 2 people, everybody got one rating, or more than 100 different ratings.
    """
    counts, notes = _table(first, second)
    if len(counts) < 2:
        raise NotApplicable("one-answer-only")
    from statsmodels.stats.inter_rater import cohens_kappa

    with np.errstate(invalid="ignore", divide="ignore"):  # its z, which isn't used, of a rater who gave one rating
        found = cohens_kappa(counts)
    value, variance = float(found["kappa"]), float(found["var_kappa"])
    interval = _cut(wald(value, math.sqrt(variance), confidence)) if variance > NO_VARIANCE else None
    return Outcome(
        "kappa",
        None,
        "",
        None,
        None,
        None,
        "",
        None,
        value,
        "kappa",
        interval,
        int(counts.sum()),
        NO_CONTRAST,
        (*notes, Note("agreed", {"count": int(np.trace(counts)), "n": int(counts.sum())})),
        confidence,
    )


def _cut(interval: Interval) -> Interval:
    return max(-1.0, interval[0]), min(1.0, interval[1])


def _square(before: Any, after: Any) -> tuple[np.ndarray, tuple[Note, ...]]:
    counts, notes = _table(before, after)
    if counts.sum() == np.trace(counts):
        raise NotApplicable("nobody-changed")
    return counts, notes


def _table(before: Any, after: Any) -> tuple[np.ndarray, tuple[Note, ...]]:
    """People by answer before (rows) and after (columns), of the answers that were given at all."""
    x, y, notes = complete_pairs(before, after)
    need_people(2, x)
    answers, places = np.unique([x, y], return_inverse=True)
    if len(answers) > MOST_CATEGORIES:
        raise NotApplicable("too-many-answers", count=len(answers), most=MOST_CATEGORIES)
    counts = np.zeros((len(answers), len(answers)), dtype=int)
    np.add.at(counts, tuple(places.reshape(2, -1)), 1)
    return counts, notes


METHODS = (
    Method(
        "bowker",
        "paired",
        ("ordinal",),
        bowker,
        "counts",
        "Bowker 1948, doi:10.1080/01621459.1948.10483284",
        heading="counts",
    ),
    Method(
        "stuart-maxwell",
        "paired",
        ("ordinal",),
        stuart_maxwell,
        "counts",
        "Stuart 1955, doi:10.1093/biomet/42.3-4.412; Maxwell 1970, doi:10.1192/bjp.116.535.651",
        heading="counts",
    ),
    Method(
        "kappa",
        "paired",
        ("ordinal", "binary"),
        kappa,
        "counts",
        "Cohen 1960, doi:10.1177/001316446002000104; statsmodels.stats.inter_rater.cohens_kappa",
        heading="counts",
    ),
)
