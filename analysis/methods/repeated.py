"""Tests of repeated measurements, within one group or of two groups. The only place that calls pingouin.

pingouin and statsmodels are heavy, so they are imported when a test that needs them runs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
import pandas as pd
from scipy import stats

from analysis.methods.explained import generalised_eta_squared, generalised_of_group, omega_squared
from analysis.methods.groups import independent_t
from analysis.methods.intervals import partial_eta_squared
from analysis.methods.method import A_MINUS_B, NO_CONTRAST, Method, complete_rows, differences, need_people, need_spread
from analysis.methods.paired import NUMERIC
from analysis.results import NotApplicable, Note, Outcome

Correction = Literal["gg", "none"]


def rm_anova(values: Any, *, correction: Correction = "gg", confidence: float = 0.95) -> Outcome:
    """Repeated-measures analysis of variance of one group.

    Args:
        values: shape (participants, timepoints), at least 2 timepoints.
        correction: "gg" gives the Greenhouse–Geisser p, "none" the uncorrected one; the degrees of
            freedom are shown uncorrected, ε in the notes.
    """
    rows, notes = complete_rows(values)
    n, k = rows.shape
    _need_timepoints(2, k)
    need_people(2 if k == 2 else 3, rows)  # sphericity of three timepoints can't be told from two people
    need_spread(*_changes(rows))
    import pingouin

    table = _anova(pingouin.rm_anova, _long(rows), detailed=True)
    row = table.iloc[0]
    f, df = float(row["F"]), (float(k - 1), float((k - 1) * (n - 1)))
    p, sphericity = _corrected(row, f, df, correction)
    effect, interval = partial_eta_squared(f, *df, confidence)
    return Outcome(
        "rm-anova",
        f,
        "F",
        df,
        p,
        None,
        "",
        None,
        effect,
        "partial_eta_squared",
        interval,
        n,
        NO_CONTRAST,
        notes + sphericity,
        confidence,
        (generalised_eta_squared(float(row["ng2"])),),
    )


def _corrected(row: pd.Series, f: float, df: tuple[float, float], correction: Correction):
    """p after the chosen correction; with two timepoints sphericity holds by itself."""
    epsilon = float(row["eps"]) if df[0] > 1 else 1.0
    if correction == "none" or df[0] == 1:
        return float(stats.f.sf(f, *df)), ()
    return float(stats.f.sf(f, df[0] * epsilon, df[1] * epsilon)), (Note("greenhouse-geisser", {"epsilon": epsilon}),)


def friedman(values: Any, *, confidence: float = 0.95) -> Outcome:
    """Friedman's rank test of one group at three or more timepoints; shape (participants, timepoints)."""
    rows, notes = complete_rows(values)
    k = rows.shape[1]
    _need_timepoints(3, k)
    need_people(2, rows)
    need_spread(*_changes(rows))
    found = stats.friedmanchisquare(*rows.T)
    return _of_rows("friedman", "χ²", float(found.statistic), float(found.pvalue), rows, notes, confidence)


def _of_rows(
    method: str, name: str, statistic: float, p: float, rows: np.ndarray, notes: tuple[Note, ...], confidence: float
) -> Outcome:
    """A χ² of k timepoints, with Kendall's W as it follows from it."""
    n, k = rows.shape
    return Outcome(
        method, statistic, name, float(k - 1), p, None, "", None, statistic / (n * (k - 1)), "kendall_w", None, n,
        NO_CONTRAST, notes, confidence,
    )  # fmt: skip


def cochran_q(values: Any, *, confidence: float = 0.95) -> Outcome:
    """Cochran's Q of yes/no answers (1/0) of one group at three or more timepoints.

    Args:
        values: shape (participants, timepoints).

    The effect is Kendall's W, because Q is Friedman's χ² of two answers. A note is made where few
    people changed, so that χ² is a rough approximation.
    """
    rows, notes = complete_rows(values)
    k = rows.shape[1]
    _need_timepoints(3, k)
    need_people(2, rows)
    if not set(np.unique(rows)) <= {0.0, 1.0}:
        raise NotApplicable("needs-binary")
    if not (changed := int((np.ptp(rows, axis=1) > 0).sum())):
        raise NotApplicable("nobody-changed")
    from statsmodels.stats.contingency_tables import cochrans_q

    found = cochrans_q(rows)
    if changed * k < ENOUGH_ANSWERS:
        notes += (Note("few-changed", {"count": changed}),)
    return _of_rows("cochran-q", "Q", float(found.statistic), float(found.pvalue), rows, notes, confidence)


def ancova(a: Any, b: Any, *, confidence: float = 0.95) -> Outcome:
    """Difference after, adjusted for before (analysis of covariance, one common slope).

    Args:
        a, b: shapes (n_a, 2) and (n_b, 2), columns before and after.

    The estimate is the adjusted difference a − b in the unit of the outcome.
    """
    (x, left_x), (y, left_y) = complete_rows(a), complete_rows(b)
    if x.shape[1] != 2 or y.shape[1] != 2:
        raise NotApplicable("needs-before-after")
    need_people(2, x, y)
    both = np.vstack([x, y])
    if np.ptp(x[:, 0]) == 0 == np.ptp(y[:, 0]):
        raise NotApplicable("no-spread-before")
    need_spread(x[:, 1], y[:, 1])
    from statsmodels.regression.linear_model import OLS

    in_a = np.repeat([1.0, 0.0], [len(x), len(y)])
    model = OLS(both[:, 1], np.column_stack([np.ones(len(both)), both[:, 0], in_a])).fit()
    if model.ssr <= ROUNDING * model.centered_tss:
        raise NotApplicable("no-spread")
    f, df = float(model.tvalues[2] ** 2), (1.0, float(model.df_resid))
    effect, interval = partial_eta_squared(f, *df, confidence)
    low, high = model.conf_int(1 - confidence)[2]
    return Outcome(
        "ancova",
        f,
        "F",
        df,
        float(model.pvalues[2]),
        float(model.params[2]),
        "adjusted_mean_difference",
        (float(low), float(high)),
        effect,
        "partial_eta_squared",
        interval,
        (len(x), len(y)),
        A_MINUS_B,
        left_x + left_y,
        confidence,
        (generalised_of_group(model), omega_squared(f, 1.0, len(both))),
    )


def mixed_anova(a: Any, b: Any, *, correction: Correction = "gg", confidence: float = 0.95) -> Outcome:
    """Do two groups change differently over time? The group × time interaction.

    Args:
        a, b: shapes (n_a, timepoints) and (n_b, timepoints).

    With two timepoints the estimate is the difference of the mean changes, a − b.
    """
    (x, left_x), (y, left_y) = complete_rows(a), complete_rows(b)
    if x.shape[1] != y.shape[1]:
        raise NotApplicable("unequal-timepoints", a=x.shape[1], b=y.shape[1])
    _need_timepoints(2, x.shape[1])
    need_people(2, x, y)
    need_spread(*_changes(x), *_changes(y))
    import pingouin

    table = _anova(pingouin.mixed_anova, _long(x, y), between="group", effsize="ng2")
    row = table[table["Source"] == "Interaction"].iloc[0]
    f, df = float(row["F"]), (float(row["DF1"]), float(row["DF2"]))
    within = table[table["Source"] == "time"].iloc[0]
    p, sphericity = _corrected(within, f, df, correction)
    effect, interval = partial_eta_squared(f, *df, confidence)
    return Outcome(
        "mixed-anova",
        f,
        "F",
        df,
        p,
        *_difference_of_changes(x, y, confidence),
        effect,
        "partial_eta_squared",
        interval,
        (len(x), len(y)),
        A_MINUS_B if x.shape[1] == 2 else NO_CONTRAST,
        left_x + left_y + sphericity,
        confidence,
        (generalised_eta_squared(float(row["ng2"])),),
    )


def _difference_of_changes(x: np.ndarray, y: np.ndarray, confidence: float):
    if x.shape[1] != 2:
        return None, "", None
    changes = differences(x[:, 0], x[:, 1]), differences(y[:, 0], y[:, 1])
    found = independent_t(*changes, confidence=confidence)
    return found.estimate, "difference_of_changes", found.interval


ENOUGH_ANSWERS = 24  # answers of those who changed; below, χ² is rough (Tate & Brown 1970)
ROUNDING = 1e-20  # residuals this small beside the whole are float dust: the line goes through every point


def _changes(rows: np.ndarray) -> list[np.ndarray]:
    """Each later timepoint minus the first."""
    return [differences(rows[:, 0], column) for column in rows[:, 1:].T]


def _need_timepoints(least: int, k: int) -> None:
    if k < least:
        raise NotApplicable("too-few-timepoints", least=least, k=k)


def _anova(run: Callable[..., pd.DataFrame], rows: pd.DataFrame, **options: object) -> pd.DataFrame:
    """A table of pingouin's, always with the corrections for sphericity."""
    return run(data=rows, dv="value", within="time", subject="person", correction=True, **options)


def _long(*groups: np.ndarray) -> pd.DataFrame:
    """One row per person and timepoint, people numbered through all groups."""
    n, k = sum(len(group) for group in groups), groups[0].shape[1]
    return pd.DataFrame(
        {
            "person": np.repeat(np.arange(n), k),
            "group": np.repeat(np.arange(len(groups)), [len(group) * k for group in groups]),
            "time": np.tile(np.arange(k), n),
            "value": np.vstack(groups).ravel(),
        }
    )


SPHERICITY = ({"correction": "gg"}, {"correction": "none"})

METHODS = (
    Method(
        "rm-anova",
        "repeated",
        NUMERIC,
        rm_anova,
        "mean_sd",
        "pingouin.rm_anova; Greenhouse & Geisser 1959",
        SPHERICITY,
        assumes=("sphericity", "ends-of-scale"),
        heading="several",
    ),
    Method(
        "friedman",
        "repeated",
        NUMERIC,
        friedman,
        "median_iqr",
        "Friedman 1937; scipy.stats.friedmanchisquare",
        assumes=("ties",),
        heading="several",
    ),
    Method(
        "cochran-q",
        "repeated",
        ("binary",),
        cochran_q,
        "counts",
        "Cochran 1950; statsmodels.stats.contingency_tables.cochrans_q",
        assumes=("changed-people",),
        heading="several",
    ),
    Method(
        "ancova",
        "groups-before-after",
        NUMERIC,
        ancova,
        "mean_sd",
        "statsmodels OLS; Vickers & Altman 2001",
        assumes=("parallel-slopes", "normal-groups", "alike-spread", "ends-of-scale"),
        heading="models",
    ),
    Method(
        "mixed-anova",
        "groups-before-after",
        NUMERIC,
        mixed_anova,
        "mean_sd",
        "pingouin.mixed_anova",
        SPHERICITY,
        assumes=("normal-groups", "alike-spread", "sphericity", "ends-of-scale"),
        heading="models",
    ),
)
