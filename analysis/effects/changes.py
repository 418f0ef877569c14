"""Effects within one group, after minus before."""

from __future__ import annotations

from analysis.effects.making import CORRECTION, Number, effect, number, operand, people, said, shown, spread, written
from analysis.methods import hedges_correction
from analysis.recover import sd_of_change
from analysis.results import Effect, NotApplicable, Status

CORRECTION_OF_CHANGE = f"{CORRECTION}, df = n − 1"
LEAST = 3  # with fewer the expectation that J corrects doesn't exist
SMCC = "Gibbons, Hedeker & Davis 1993, doi:10.3102/10769986018003271; Borenstein et al. 2009, ch. 4"


def correlation(r: Number) -> float:
    """A correlation from −1 to 1."""
    value = number(r)
    if not -1 <= value <= 1:
        raise NotApplicable("impossible-r", r=said(r))
    return value


def smcc(
    mean_after: Number,
    sd_after: Number,
    mean_before: Number,
    sd_before: Number,
    n: int | str,
    r: Number,
    *,
    confidence: float = 0.95,
    status: Status = "derived",
) -> Effect:
    """Mean change in SDs of the change, without small-sample bias, from both times' SDs and their correlation.

    Args:
        mean_after, sd_after, mean_before, sd_before: in the unit of the outcome, numbers or printed text.
        n: people seen both times, at least 3.
        r: correlation of before and after; with one that nobody printed, `status` is "assumed".

    Raises:
        NotApplicable: a text is no number, an SD is negative, r isn't in −1 … 1, n < 3, or nobody differs in change.

    Gibbons, Hedeker & Davis 1993; equal to metafor's escalc("SMCC").
    """
    sd = float(sd_of_change(spread(sd_before), spread(sd_after), correlation(r)))
    change = number(mean_after) - number(mean_before)
    sum_ = f"({written(mean_after)} − {operand(mean_before)})"
    formula = (
        "g = J·(mean_after − mean_before) / SD_change, "
        "SD_change = √(SD_before² + SD_after² − 2·r·SD_before·SD_after), " + CORRECTION_OF_CHANGE
    )
    return _smcc(change, sd, people(n, LEAST), formula, sum_, status, confidence)


def smcc_of_change(
    change_mean: Number, change_sd: Number, n: int | str, *, confidence: float = 0.95, status: Status = "derived"
) -> Effect:
    """Mean change in SDs of the change, without small-sample bias, from the printed SD of change.

    Args, Raises and source as `smcc`.
    """
    formula = "g = J·mean_change / SD_change, " + CORRECTION_OF_CHANGE
    change, sd = number(change_mean), spread(change_sd)
    return _smcc(change, sd, people(n, LEAST), formula, operand(change_mean), status, confidence)


def _smcc(change: float, sd: float, n: int, formula: str, sum_: str, status: Status, confidence: float) -> Effect:
    if sd == 0:
        raise NotApplicable("no-spread")
    correction = hedges_correction(n - 1)
    g = correction * change / sd
    return effect(
        "smcc",
        g,
        1 / n + g * g / (2 * n),
        formula=formula,
        substituted=f"g = {shown(correction)} · {sum_} / {shown(sd)}",
        variance_formula="variance = 1/n + g² / (2·n)",
        source=SMCC,
        status=status,
        confidence=confidence,
    )


def smcr(
    mean_after: Number,
    mean_before: Number,
    sd_before: Number,
    n: int | str,
    r: Number,
    *,
    confidence: float = 0.95,
    status: Status = "derived",
) -> Effect:
    """Mean change in SDs of the scores before, without small-sample bias; r enters the variance alone.

    Args and Raises as `smcc`; also refused where nobody changed (r = 1, no difference).

    Becker 1988; equal to metafor's escalc("SMCR").
    """
    before, after, sd = number(mean_before), number(mean_after), spread(sd_before)
    size, likeness = people(n, LEAST), correlation(r)
    if sd == 0:
        raise NotApplicable("no-spread-before")
    factor = hedges_correction(size - 1)
    g = factor * (after - before) / sd
    variance = 2 * (1 - likeness) / size + g * g / (2 * size)
    if variance == 0:  # r = 1 and no change
        raise NotApplicable("nobody-changed")
    return effect(
        "smcr",
        g,
        variance,
        formula="g = J·(mean_after − mean_before) / SD_before, " + CORRECTION_OF_CHANGE,
        substituted=f"g = {shown(factor)} · ({written(mean_after)} − {operand(mean_before)}) / {written(sd_before)}",
        variance_formula="variance = 2·(1 − r)/n + g² / (2·n)",
        source="Becker 1988, doi:10.1111/j.2044-8317.1988.tb00901.x",
        status=status,
        confidence=confidence,
    )


def mean_change(
    change_mean: Number, change_sd: Number, n: int | str, *, confidence: float = 0.95, status: Status = "derived"
) -> Effect:
    """Mean change, after minus before, in the unit of the outcome.

    Args:
        change_mean, change_sd: mean and SD of the changes, numbers or printed text.
        n: people seen both times, at least 2.

    Raises:
        NotApplicable: a text is no number, the SD is negative or 0, n < 2.

    Borenstein et al. 2009, ch. 4; equal to metafor's escalc("MC").
    """
    change, sd, size = number(change_mean), spread(change_sd), people(n)
    if sd == 0:
        raise NotApplicable("no-spread")
    return effect(
        "mean_change",
        change,
        sd * sd / size,
        formula="change = mean of after − before",
        substituted=f"change = {written(change_mean)}",
        variance_formula="variance = SD_change²/n",
        source="Borenstein et al. 2009, Introduction to Meta-Analysis, ch. 4",
        status=status,
        confidence=confidence,
    )
