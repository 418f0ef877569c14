"""Effects of two treatments that the same people had in turn, first minus second: their numbers go together.

The kinds are those of two groups, so that both designs can stand in one pool: differences in SDs of the scores
(not of the differences), with the variance of pairs.
"""

from __future__ import annotations

import math

from analysis.effects.changes import LEAST, correlation
from analysis.effects.making import CORRECTION, Number, effect, number, operand, people, said, shown, spread, written
from analysis.methods import hedges_correction
from analysis.recover import sd_of_change
from analysis.results import Effect, NotApplicable, Status

HANDBOOK = "Cochrane Handbook 6.5, section 23.2.7"
PAIRED_SD = "SD_difference = √(SD_a² + SD_b² − 2·r·SD_a·SD_b)"


def crossover_difference(
    difference: Number, sd_difference: Number, n: int | str, *, confidence: float = 0.95, status: Status = "derived"
) -> Effect:
    """Mean difference of two treatments in the unit of the outcome.

    Args:
        difference, sd_difference: mean and SD of each person's difference, first treatment minus second.
        n: people who had both, at least 2.

    Raises:
        NotApplicable: a text is no number, the SD is negative or 0, n < 2.

    Cochrane Handbook 6.5, section 23.2.7; equal to metafor's escalc("MC").
    """
    mean, sd, size = number(difference), spread(sd_difference), people(n)
    if sd == 0:
        raise NotApplicable("no-spread")
    return effect(
        "mean_difference",
        mean,
        sd * sd / size,
        formula="difference = mean of a − b in the same people",
        substituted=f"difference = {written(difference)}",
        variance_formula=f"variance = SD_difference²/n, SD_difference = {shown(sd)}, n = {size}",
        source=HANDBOOK,
        status=status,
        confidence=confidence,
    )


def crossover_g(
    mean_a: Number,
    sd_a: Number,
    mean_b: Number,
    sd_b: Number,
    n: int | str,
    r: Number,
    *,
    confidence: float = 0.95,
    status: Status = "derived",
) -> Effect:
    """Hedges g of two treatments in SDs of the scores, as for two groups, with the variance of pairs.

    Args:
        mean_a, sd_a, mean_b, sd_b: under each treatment, numbers or printed text.
        n: people who had both, at least 3.
        r: correlation of both within people; with one that nobody printed, `status` is "assumed".

    Raises:
        NotApplicable: a text is no number, an SD is negative, both are 0, r isn't in −1 … 1, n < 3, or r = 1
            without any difference.

    Dunlap et al. 1996 for the SD; variance and df Bonett 2008 (equal spread), Cousineau 2020: as metafor's
    escalc("SMCRP") with n for n − 1. With r = 0 it is that of two groups of n.
    """
    size, likeness = people(n, LEAST), correlation(r)
    sd = math.sqrt((spread(sd_a) ** 2 + spread(sd_b) ** 2) / 2)
    if sd == 0:
        raise NotApplicable("no-spread")
    correction = hedges_correction(2 * (size - 1) / (1 + likeness**2))
    g = correction * (number(mean_a) - number(mean_b)) / sd
    variance = 2 * (1 - likeness) / size + (1 + likeness**2) * g * g / (4 * size)
    if variance == 0:  # r = 1 and no difference
        raise NotApplicable("nobody-changed")
    return effect(
        "hedges_g",
        g,
        variance,
        formula=f"g = J·(mean_a − mean_b) / SD, SD = √((SD_a² + SD_b²) / 2), {CORRECTION}, df = 2·(n − 1) / (1 + r²)",
        substituted=f"g = {shown(correction)} · ({written(mean_a)} − {operand(mean_b)}) / {shown(sd)}",
        variance_formula="variance = 2·(1 − r)/n + (1 + r²)·g² / (4·n)",
        source="Dunlap et al. 1996, doi:10.1037/1082-989X.1.2.170; variance Bonett 2008, doi:10.1037/1082-989X.13.2.99",
        status=status,
        confidence=confidence,
    )


def crossover_ratio(
    mean_a: Number,
    sd_a: Number,
    mean_b: Number,
    sd_b: Number,
    n: int | str,
    r: Number,
    *,
    confidence: float = 0.95,
    status: Status = "derived",
) -> Effect:
    """Natural logarithm of the ratio of two treatments' means; only for outcomes with a true zero.

    Args as `crossover_g`.

    Raises:
        NotApplicable: as `crossover_g`; also where the means differ in sign or one is 0.

    Lajeunesse 2011; equal to metafor's escalc("ROMC").
    """
    a, b, size, likeness = number(mean_a), number(mean_b), people(n, LEAST), correlation(r)
    if a * b <= 0:
        raise NotApplicable("ratio-needs-one-sign", a=said(mean_a), b=said(mean_b))
    # the SDs as shares of their means differ as the scores do: the variance of a difference of pairs
    sd = float(sd_of_change(spread(sd_a) / abs(a), spread(sd_b) / abs(b), likeness))
    if sd == 0:
        raise NotApplicable("no-spread")
    return effect(
        "ratio_of_means",
        math.log(a / b),
        sd * sd / size,
        formula="ln ratio = ln(mean_a / mean_b)",
        substituted=f"ln ratio = ln({written(mean_a)} / {operand(mean_b)})",
        variance_formula="variance = (SD_a²/mean_a² + SD_b²/mean_b² − 2·r·SD_a·SD_b/(mean_a·mean_b)) / n",
        source="Lajeunesse 2011, doi:10.1890/11-0423.1",
        status=status,
        confidence=confidence,
    )
