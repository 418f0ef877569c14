"""Effects between two groups from their means and SDs, first group minus second.

The same functions serve changes: with each group's mean change and SD of change, `mean_difference` is
the difference of changes and `hedges_g` is that difference in SDs of the change (the pooled one).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy import stats

from analysis.effects.making import CORRECTION, Number, effect, number, operand, people, said, shown, spread, written
from analysis.methods import hedges_correction
from analysis.results import Effect, Interval, NotApplicable, Status

HEDGES = "Hedges 1981, doi:10.3102/10769986006002107; variance Hedges & Olkin 1985, ch. 5"
G_VARIANCE = "variance = 1/n_a + 1/n_b + g² / (2·(n_a + n_b))"
CORRECTION_OF_TWO = f"{CORRECTION}, df = n_a + n_b − 2"


@dataclass(frozen=True)
class Group:
    """One group's mean, SD and n, read and checked."""

    mean: float
    sd: float
    n: int


def two_groups(
    mean_a: Number, sd_a: Number, n_a: int | str, mean_b: Number, sd_b: Number, n_b: int | str
) -> tuple[Group, Group]:
    """Both groups.

    Raises:
        NotApplicable: a text is no number, an SD is negative, both are 0, or a group has fewer than 2 people.
    """
    a, b = (Group(number(m), spread(sd), people(n)) for m, sd, n in ((mean_a, sd_a, n_a), (mean_b, sd_b, n_b)))
    if a.sd == b.sd == 0:
        raise NotApplicable("no-spread")
    return a, b


def g_variance(g: float, n_a: int, n_b: int) -> float:
    """Large-sample variance of g (Hedges & Olkin 1985, ch. 5)."""
    return 1 / n_a + 1 / n_b + g * g / (2 * (n_a + n_b))


def hedges_g(
    mean_a: Number,
    sd_a: Number,
    n_a: int | str,
    mean_b: Number,
    sd_b: Number,
    n_b: int | str,
    *,
    confidence: float = 0.95,
    status: Status = "derived",
) -> Effect:
    """Difference of means in pooled SDs, without small-sample bias (exact J).

    Args:
        mean_a, sd_a, mean_b, sd_b: in the unit of the outcome, numbers or printed text.
        n_a, n_b: people per group, at least 2.
        status: "assumed" where one of the numbers is.

    Raises:
        NotApplicable: see `two_groups`.

    Hedges 1981; equal to metafor's escalc("SMD", vtype = "LS").
    """
    a, b = two_groups(mean_a, sd_a, n_a, mean_b, sd_b, n_b)
    df = a.n + b.n - 2
    pooled = math.sqrt(((a.n - 1) * a.sd**2 + (b.n - 1) * b.sd**2) / df)
    correction = hedges_correction(df)
    g = correction * (a.mean - b.mean) / pooled
    return effect(
        "hedges_g",
        g,
        g_variance(g, a.n, b.n),
        formula="g = J·(mean_a − mean_b) / SD_pooled, SD_pooled = √(((n_a − 1)·SD_a² + (n_b − 1)·SD_b²) / df), "
        + CORRECTION_OF_TWO,
        substituted=f"g = {shown(correction)} · ({written(mean_a)} − {operand(mean_b)}) / {shown(pooled)}",
        variance_formula=G_VARIANCE,
        source=HEDGES,
        status=status,
        confidence=confidence,
    )


def mean_difference(
    mean_a: Number,
    sd_a: Number,
    n_a: int | str,
    mean_b: Number,
    sd_b: Number,
    n_b: int | str,
    *,
    confidence: float = 0.95,
    status: Status = "derived",
) -> Effect:
    """Difference of means in the unit of the outcome; of mean changes where those and their SDs are given.

    Args and Raises as `hedges_g`. Borenstein et al. 2009, ch. 4; equal to metafor's escalc("MD").
    """
    a, b = two_groups(mean_a, sd_a, n_a, mean_b, sd_b, n_b)
    return effect(
        "mean_difference",
        a.mean - b.mean,
        a.sd**2 / a.n + b.sd**2 / b.n,
        formula="difference = mean_a − mean_b",
        substituted=f"difference = {written(mean_a)} − {operand(mean_b)}",
        variance_formula="variance = SD_a²/n_a + SD_b²/n_b",
        source="Borenstein et al. 2009, Introduction to Meta-Analysis, ch. 4",
        status=status,
        confidence=confidence,
    )


def ratio_of_means(
    mean_a: Number,
    sd_a: Number,
    n_a: int | str,
    mean_b: Number,
    sd_b: Number,
    n_b: int | str,
    *,
    confidence: float = 0.95,
    status: Status = "derived",
) -> Effect:
    """Natural logarithm of the ratio of means; only for outcomes with a true zero (a volume, not a score).

    Args as `hedges_g`.

    Raises:
        NotApplicable: also where the means differ in sign or one is 0.

    Hedges, Gurevitch & Curtis 1999; equal to metafor's escalc("ROM").
    """
    a, b = two_groups(mean_a, sd_a, n_a, mean_b, sd_b, n_b)
    if a.mean * b.mean <= 0:
        raise NotApplicable("ratio-needs-one-sign", a=said(mean_a), b=said(mean_b))
    return effect(
        "ratio_of_means",
        math.log(a.mean / b.mean),
        a.sd**2 / (a.n * a.mean**2) + b.sd**2 / (b.n * b.mean**2),
        formula="ln ratio = ln(mean_a / mean_b)",
        substituted=f"ln ratio = ln({written(mean_a)} / {operand(mean_b)})",
        variance_formula="variance = SD_a²/(n_a·mean_a²) + SD_b²/(n_b·mean_b²)",
        source="Hedges, Gurevitch & Curtis 1999, Ecology 80:1150",
        status=status,
        confidence=confidence,
    )


def mean_interval(mean: float, sd: float, n: int, confidence: float = 0.95) -> Interval:
    """Student's interval of one mean from its printed SD and n."""
    half = float(stats.t.ppf((1 + confidence) / 2, n - 1)) * sd / math.sqrt(n)
    return mean - half, mean + half
