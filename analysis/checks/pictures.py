"""What stands behind a finding, ready to be drawn: which means, SDs or p values were possible at all."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from analysis.asking import attainable
from analysis.checks.findings import Finding
from analysis.checks.recomputed import question_of
from analysis.recover import Printed, counts_behind, distributions, p_reach, required, whole_sums
from analysis.results import Interval, NotApplicable, remembered
from analysis.studies import Study

AROUND = 12  # numbers of people, and units of the last digit, shown on either side of what is printed
MOST_MEANS = 121  # drawn from end to end of the scale
MOST_TABLES = 20_000  # beyond that the SDs are not listed one by one


@dataclass(frozen=True, eq=False)
class Raster:
    """Which printed values (rows) can which numbers of people (columns) give? `possible` has shape (values, ns)."""

    ns: tuple[int, ...]
    values: tuple[str, ...]
    possible: np.ndarray
    n: int
    value: str


@dataclass(frozen=True)
class Umbrella:
    """The smallest and largest SD for each mean on the scale, and what lies between them at the printed mean.

    `attainable` are the SDs that whole scores can have there, None where there are too many to list.
    """

    means: tuple[float, ...]
    lowest: tuple[float, ...]
    highest: tuple[float, ...]
    mean: str
    sd: str
    attainable: tuple[float, ...] | None


@dataclass(frozen=True)
class Strip:
    """The printed p with the interval that rounding allows, and every p that can be attained, by variant.

    A variant's p values are single ones (one per data set that fits), or two ends of a reach (`spans`).
    """

    printed: str
    reach: Interval
    points: tuple[tuple[str, tuple[float, ...]], ...]
    spans: tuple[tuple[str, Interval], ...] = ()


Picture = Raster | Umbrella | Strip


def mean_raster(mean: str, n: int, items: int = 1) -> Raster:
    """Which means are possible around the printed one, for numbers of people around n (GRIM's raster)."""
    return _raster(mean, n, lambda value, people: bool(whole_sums(Printed(value), people * items)))


def percent_raster(percent: str, n: int) -> Raster:
    """The same for percentages of people."""
    return _raster(percent, n, lambda value, people: bool(counts_behind(value, people)))


def _raster(value: str, n: int, possible: Callable[[str, int], bool]) -> Raster:
    number = required(value)
    unit = Fraction(1, 10**number.decimals)
    ns = tuple(range(max(1, n - AROUND), n + AROUND + 1))
    around = (number.value + unit * k for k in range(-AROUND, AROUND + 1))
    values = tuple(f"{float(v):.{number.decimals}f}" for v in around)
    cells = np.array([[possible(v, people) for people in ns] for v in values])
    return Raster(ns, values, cells, n, f"{float(number.value):.{number.decimals}f}")


@remembered(128)
def umbrella(mean: str, sd: str, n: int, low: int, high: int, items: int = 1) -> Umbrella:
    """How large an SD can be for each mean of n scores on low..high, and which SDs the printed mean allows.

    Scores are whole, or means of `items` whole items.
    """
    if n < 2:
        raise NotApplicable("too-few", least=2, n=n)
    totals = np.unique(np.linspace(low * n * items, high * n * items, MOST_MEANS).astype(int))
    rest = totals % n
    least = rest * (n - rest) / n  # everybody on two neighbouring scores
    most = [_largest_squares(int(total), n, low * items, high * items) for total in totals]
    scale = items * math.sqrt(n - 1)
    return Umbrella(
        tuple(totals / n / items),
        tuple(np.sqrt(least) / scale),
        tuple(math.sqrt(squares) / scale for squares in most),
        mean,
        sd,
        _attainable_sds(mean, n, low, high, items),
    )


def _largest_squares(total: int, n: int, low: int, high: int) -> float:
    """Largest sum of squared deviations of n whole scores with this total: all at the ends but one."""
    if low == high:
        return 0.0
    at_top, over = divmod(total - low * n, high - low)
    scores = at_top * high**2 + (n - at_top) * low**2 + ((low + over) ** 2 - low**2 if over else 0)
    return max(0.0, scores - total**2 / n)


def _attainable_sds(mean: str, n: int, low: int, high: int, items: int) -> tuple[float, ...] | None:
    try:
        found = distributions(n, mean, None, low, high, items=items, most=MOST_TABLES, seconds=0.5)
    except NotApplicable:
        return None
    if not found.complete:
        return None
    levels = np.array(found.levels)
    squares = found.tables @ levels**2 - (found.tables @ levels) ** 2 / n
    return tuple(np.unique(np.round(np.sqrt(np.maximum(squares, 0) / (n - 1)), 9)))


@remembered(512)
def picture_of(study: Study, finding: Finding) -> Picture | None:
    """What can be drawn of a finding, None where its sentence says it all."""
    draw = DRAWN.get(finding.rule)
    try:
        return draw(study, finding) if draw else None
    except NotApplicable:
        return None


def _of_mean(study: Study, finding: Finding) -> Picture | None:
    said = finding.verdict.explanation.values
    return mean_raster(str(said["mean"]), int(str(said["n"])))


def _of_percent(study: Study, finding: Finding) -> Picture | None:
    said = finding.verdict.explanation.values
    return percent_raster(str(said["percent"]), int(str(said["n"]))) if "n" in said else None


def _of_sd(study: Study, finding: Finding) -> Picture | None:
    said, measure = finding.verdict.explanation.values, study.outcomes[finding.outcome]
    if not {"mean", "sd", "n"} <= said.keys() or measure.low is None or measure.high is None:
        return None
    return umbrella(str(said["mean"]), str(said["sd"]), int(str(said["n"])), measure.low, measure.high)


def _of_p(study: Study, finding: Finding) -> Picture | None:
    claim = next(claim for claim in study.claims if claim.row in finding.rows)
    question = question_of(study, claim)
    if question is None or claim.method is None or claim.p is None:
        return None
    return Strip(claim.p, p_reach(claim.p), attainable(question, claim.method))


DRAWN: dict[str, Callable[[Study, Finding], Picture | None]] = {
    "grim": _of_mean,
    "percentage": _of_percent,
    "percentage_possible": _of_percent,
    "grimmer": _of_sd,
    "sd_bounds": _of_sd,
    "p_from_people": _of_p,
}
