"""Means and SDs from what a study prints instead of them: median and quartiles, a standard error, an interval, a t."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy import stats

from analysis.effects.making import Number, number, operand, people, said, shown, spread, written
from analysis.results import NotApplicable, Note, Status

LEAST_FOR_QUARTILES = 5
LUO_WAN = (
    "mean Luo et al. 2018, doi:10.1177/0962280216669183; SD Wan et al. 2014, doi:10.1186/1471-2288-14-135; "
    "skewness Shi et al. 2023, doi:10.1177/09622802231172043"
)
HANDBOOK = "Cochrane Handbook 6.5, section 6.5.2"


@dataclass(frozen=True)
class MeanSd:
    """A mean and an SD that weren't printed, with how they came about; `mean` is None where only the SD is known.

    `n` counts all people behind the SD, `substituted` is the formula with its numbers.
    """

    mean: float | None
    sd: float
    n: int
    status: Status
    formula: str
    source: str
    substituted: str
    notes: tuple[Note, ...] = ()


# -- median and quartiles ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Five:
    """Median, quartiles and, where printed, both extremes."""

    q1: float
    median: float
    q3: float
    ends: tuple[float, float] | None

    @property
    def middle(self) -> float:
        return (self.q1 + self.q3) / 2

    @property
    def middle_of_ends(self) -> float:
        return sum(self.ends or ()) / 2


def from_median_iqr(
    median: Number, q1: Number, q3: Number, n: int | str, minimum: Number | None = None, maximum: Number | None = None
) -> MeanSd:
    """Mean and SD of a normal sample with this median and these quartiles (and extremes).

    Args:
        median, q1, q3, minimum, maximum: in the unit of the outcome, numbers or printed text; both extremes or none.
        n: people, at least 5.

    Assumes a normal outcome: status "assumed", and a note where the quartiles are too lopsided for one.

    Raises:
        NotApplicable: n < 5, one extreme alone, numbers out of order, or no distance between the quartiles.

    Luo et al. 2018, eqs. 11 and 15 (mean); Wan et al. 2014, eqs. 16 and 13 (SD); Shi et al. 2023 (skewness).
    """
    size = people(n, LEAST_FOR_QUARTILES)
    five = _five(median, q1, q3, minimum, maximum)
    weight_ends, weight_middle = _weights(five, size)
    rest = 1 - weight_ends - weight_middle
    mean = weight_ends * five.middle_of_ends + weight_middle * five.middle + rest * five.median
    sd, sd_formula, sd_filled = _sd_of_five(five, size)
    terms = [f"w1·(minimum + maximum)/2 + {_WEIGHTS_OF_ALL}" if five.ends else _WEIGHTS_OF_QUARTILES]
    filled = [f"{shown(weight_middle)}·({written(q1)} + {operand(q3)})/2", f"{shown(rest)}·{operand(median)}"]
    if minimum is not None and maximum is not None:
        filled.insert(0, f"{shown(weight_ends)}·({written(minimum)} + {operand(maximum)})/2")
    return MeanSd(
        mean,
        sd,
        size,
        "assumed",
        f"mean = {terms[0]}; SD = {sd_formula}",
        LUO_WAN,
        f"mean = {' + '.join(filled)} = {shown(mean)}; SD = {sd_filled} = {shown(sd)}",
        (Note("normal-from-quartiles"), *_skewness(five, size)),
    )


_WEIGHTS_OF_QUARTILES = "w·(q1 + q3)/2 + (1 − w)·median, w = 0.7 + 0.39/n"
_WEIGHTS_OF_ALL = "w2·(q1 + q3)/2 + (1 − w1 − w2)·median, w1 = 2.2/(2.2 + n^0.75), w2 = 0.7 − 0.72/n^0.55"


def _five(median: Number, q1: Number, q3: Number, minimum: Number | None, maximum: Number | None) -> _Five:
    if (minimum is None) != (maximum is None):
        raise NotApplicable("needs-both-extremes")
    ends = None if minimum is None or maximum is None else (number(minimum), number(maximum))
    five = _Five(number(q1), number(median), number(q3), ends)
    in_order = [five.q1, five.median, five.q3]
    if ends:
        in_order = [ends[0], *in_order, ends[1]]
    if in_order != sorted(in_order):
        raise NotApplicable("quartiles-out-of-order", numbers=", ".join(said(one) for one in in_order))
    if five.q1 == five.q3:
        raise NotApplicable("no-spread")
    return five


def _weights(five: _Five, n: int) -> tuple[float, float]:
    """Weights of the middle of the extremes and of the middle of the quartiles; the median has the rest."""
    if five.ends is None:
        return 0.0, 0.7 + 0.39 / n
    return 2.2 / (2.2 + n**0.75), 0.7 - 0.72 / n**0.55


def _sd_of_five(five: _Five, n: int) -> tuple[float, str, str]:
    """The SD, its formula and the formula with numbers."""
    of_quartiles = float(stats.norm.ppf((0.75 * n - 0.125) / (n + 0.25)))
    width = five.q3 - five.q1
    if five.ends is None:
        formula = "(q3 − q1) / (2·Φ⁻¹((0.75·n − 0.125)/(n + 0.25)))"
        return width / (2 * of_quartiles), formula, f"{written(width)} / (2·{shown(of_quartiles)})"
    of_ends = float(stats.norm.ppf((n - 0.375) / (n + 0.25)))
    reach = five.ends[1] - five.ends[0]
    formula = "(maximum − minimum) / (4·Φ⁻¹((n − 0.375)/(n + 0.25))) + (q3 − q1) / (4·Φ⁻¹((0.75·n − 0.125)/(n + 0.25)))"
    filled = f"{written(reach)} / (4·{shown(of_ends)}) + {written(width)} / (4·{shown(of_quartiles)})"
    return reach / (4 * of_ends) + width / (4 * of_quartiles), formula, filled


def _skewness(five: _Five, n: int) -> tuple[Note, ...]:
    """A note where the summary is more lopsided than 95% of normal samples (Shi et al. 2023)."""
    lopsided = abs(five.q1 + five.q3 - 2 * five.median) / (five.q3 - five.q1)
    limit = 2.65 / math.sqrt(n) - 6 / n**2
    if five.ends:
        of_ends = abs(sum(five.ends) - 2 * five.median) / (five.ends[1] - five.ends[0])
        lopsided = max(lopsided, 2.65 * math.log(0.6 * n) / math.sqrt(n) * of_ends)
        limit = 3 / math.sqrt(n) - 40 / n**3
    return (Note("skewed-quartiles", {"found": lopsided, "limit": limit}),) if lopsided >= limit else ()


# -- SDs ---------------------------------------------------------------------------------------------------------------


def sd_from_se(se: Number, n: int | str, *, mean: Number | None = None) -> MeanSd:
    """SD from the standard error of a mean: SE·√n.

    Args:
        se: of one group's mean (or mean change), number or printed text; n: people in it; mean: passed on.

    Raises:
        NotApplicable: the SE is negative or no number, n < 2.

    Cochrane Handbook 6.5, section 6.5.2.2.
    """
    size, error = people(n), spread(se)
    sd = error * math.sqrt(size)
    return _sd(sd, size, mean, "SD = SE·√n", f"{written(se)} · √({size})")


def sd_from_interval(
    low: Number, high: Number, n: int | str, *, confidence: float = 0.95, mean: Number | None = None
) -> MeanSd:
    """SD from Student's interval of a mean: √n·(high − low) / (2·t).

    Args:
        low, high: of one group's mean (or mean change), numbers or printed text; n: people in it; mean: passed on.
        confidence: of the printed interval.

    Raises:
        NotApplicable: high is below low, a text is no number, n < 2.

    Cochrane Handbook 6.5, section 6.5.2.2.
    """
    size, width = people(n), number(high) - number(low)
    if width < 0:
        raise NotApplicable("limits-out-of-order", low=said(low), high=said(high))
    t = float(stats.t.ppf((1 + confidence) / 2, size - 1))
    filled = f"√({size}) · ({written(high)} − {operand(low)}) / (2 · {shown(t)})"
    formula = f"SD = √n·(high − low) / (2·t), t the {100 * confidence:g}% two-sided quantile with n − 1 df"
    return _sd(math.sqrt(size) * width / (2 * t), size, mean, formula, filled)


def sd_from_t(difference: Number, t: Number, n_a: int | str, n_b: int | str | None = None) -> MeanSd:
    """SD from a t: that of the changes from a paired t test, the common one from an independent t test.

    Args:
        difference: mean change, or difference of means, in the unit of the outcome; t: its statistic. Signs aren't
            looked at: they depend on the order of subtraction.
        n_a: people (pairs), or people in the first group; n_b: people in the second group, None for one group.

    Raises:
        NotApplicable: t or the difference is 0, a text is no number, a group has fewer than 2 people.

    Cochrane Handbook 6.5, sections 6.5.2.3 (two groups) and 6.5.2.8 (changes).
    """
    change, statistic, size_a = abs(number(difference)), abs(number(t)), people(n_a)
    if statistic == 0 or change == 0:
        raise NotApplicable("t-is-zero")
    top, bottom = (written(one).lstrip("−+") for one in (difference, t))
    if n_b is None:
        filled = f"{top} · √({size_a}) / {bottom}"
        return _sd(change * math.sqrt(size_a) / statistic, size_a, None, "SD = |mean change|·√n / |t|", filled)
    size_b = people(n_b)
    formula, filled = "SD = |difference| / (|t|·√(1/n_a + 1/n_b))", f"{top} / ({bottom} · √(1/{size_a} + 1/{size_b}))"
    return _sd(change / (statistic * math.sqrt(1 / size_a + 1 / size_b)), size_a + size_b, None, formula, filled)


def _sd(sd: float, n: int, mean: Number | None, formula: str, filled: str) -> MeanSd:
    known = None if mean is None else number(mean)
    return MeanSd(known, sd, n, "derived", formula, HANDBOOK, f"SD = {filled} = {shown(sd)}")
