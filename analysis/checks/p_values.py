"""Rules about printed test results: which p values could these numbers have given?

Each p is recomputed over the interval that rounding leaves and over the variants a paper's software
may have used; the verdict names the variants that give the printed p.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import product

import numpy as np
from scipy import stats

from analysis.checks.verdicts import cannot_tell, consistent, inconsistent
from analysis.methods.exact import LARGEST, rank_sum_p
from analysis.methods.intervals import hedges_correction
from analysis.recover.limits import number_of_people
from analysis.recover.printed import Printed, p_reach, required
from analysis.results import Interval, NotApplicable, Verdict

Triple = tuple[str, str, str | int]  # mean, SD, n as printed


def _ends(text: str) -> tuple[float, float]:
    number = required(text)
    return float(number.low), float(number.high)


def _verdict(p: str, variants: Mapping[str, Interval], **values: object) -> Verdict:
    """Compare a printed p with the reach of p in each variant."""
    low, high = p_reach(p)
    matching = [name for name, (least, most) in variants.items() if least <= high and low <= most]
    first = next(iter(variants.values()))
    said = {"p": p, "least": f"{first[0]:.4f}", "most": f"{first[1]:.4f}", **values}
    if matching:
        return consistent("p-from.agrees", variants=tuple(matching), **said)
    return inconsistent("p-from.differs", _expected(p, first), variants=tuple(variants), **said)


def _expected(p: str, reach: Interval) -> str:
    decimals = max(3, Printed(p.lstrip("<>=≤≥ ")).decimals)
    return f"{sum(reach) / 2:.{decimals}f}"


def p_from_t(t: str, df: str | int | tuple[str | int, ...], p: str) -> Verdict:
    """Does the printed t with these degrees of freedom give the printed p, two-sided or one-sided?"""
    least_t, most_t = _sizes(t)
    few, many = _freedom(df if not isinstance(df, tuple) else df[0])
    tail = (float(stats.t.sf(most_t, many)), float(stats.t.sf(least_t, few)))
    return _verdict(p, _tails(tail), what=f"t({df}) = {t}")


def p_from_z(z: str, p: str) -> Verdict:
    """Does the printed Z of a normal approximation give the printed p, two-sided or one-sided?"""
    least_z, most_z = _sizes(z)
    return _verdict(p, _tails((float(stats.norm.sf(most_z)), float(stats.norm.sf(least_z)))), what=f"Z = {z}")


def _sizes(text: str) -> Interval:
    """Smallest and largest size, sign left out, that rounding leaves."""
    low, high = _ends(text)
    return (0.0 if low <= 0 <= high else min(abs(low), abs(high))), max(abs(low), abs(high))


def _freedom(df: str | int) -> Interval:
    """Degrees of freedom: whole, or with the decimals that Welch's test has."""
    if required(df).decimals:
        low, high = _ends(str(df))
        return max(low, 1.0), max(high, 1.0)
    return (float(number_of_people(df)),) * 2


def _tails(tail: Interval) -> dict[str, Interval]:
    return {"two-sided": (2 * tail[0], min(1.0, 2 * tail[1])), "one-sided": tail}


def p_from_means(a: Triple, b: Triple, p: str) -> Verdict:
    """Do two printed means with SD and n give the printed p, by Student's or Welch's test, one tail or two?

    The means and SDs may lie anywhere in their rounding intervals; an SD may really be a standard error.
    """
    n_a, n_b = number_of_people(a[2], 2), number_of_people(b[2], 2)
    reach = {
        "student": _t_reach(a, b, n_a, n_b, pooled=True),
        "welch": _t_reach(a, b, n_a, n_b, pooled=False),
        "sd-is-se": _t_reach(a, b, n_a, n_b, pooled=True, se=True),
    }
    one_sided = (reach["student"][0] / 2, reach["student"][1] / 2)
    return _verdict(
        p, {**reach, "one-sided": one_sided}, what=f"{a[0]} ± {a[1]} (n = {n_a}), {b[0]} ± {b[1]} (n = {n_b})"
    )


def _t_reach(a: Triple, b: Triple, n_a: int, n_b: int, *, pooled: bool, se: bool = False) -> Interval:
    """Smallest and largest two-sided p over the corners of the rounding intervals."""
    ps = []
    for mean_a, mean_b, sd_a, sd_b in product(_ends(a[0]), _ends(b[0]), _ends(a[1]), _ends(b[1])):
        if sd_a < 0 or sd_b < 0 or sd_a == 0 == sd_b:
            raise NotApplicable("no-spread")
        scale = (math.sqrt(n_a), math.sqrt(n_b)) if se else (1.0, 1.0)
        found = stats.ttest_ind_from_stats(mean_a, sd_a * scale[0], n_a, mean_b, sd_b * scale[1], n_b, equal_var=pooled)
        ps.append(float(found.pvalue))
    if min(_ends(a[0])) <= max(_ends(b[0])) and min(_ends(b[0])) <= max(_ends(a[0])):
        ps.append(1.0)  # equal means lie inside the rounding
    return min(ps), max(ps)


def p_from_ranks(mean_rank_a: str, mean_rank_b: str, n_a: str | int, n_b: str | int, p: str) -> Verdict:
    """Do two printed mean ranks give the printed p of a Mann–Whitney test?

    Ties are not printed. They only make the variance smaller, though not below mn/4 (all tied but one
    person), and |Z| is at most √(N − 1). So each variant gives a reach of p: the normal approximation, the
    same with continuity correction, the exact test (as without ties), and one tail.
    """
    size_a, size_b = number_of_people(n_a), number_of_people(n_b)
    n = size_a + size_b
    (low_a, high_a), (low_b, high_b) = _ends(mean_rank_a), _ends(mean_rank_b)
    total = n * (n + 1) / 2
    values = {"sum": f"{size_a} × {mean_rank_a} + {size_b} × {mean_rank_b}", "wanted": f"{total:g}", "m": n}
    if not size_a * low_a + size_b * low_b <= total <= size_a * high_a + size_b * high_b:
        return inconsistent(
            "rank-sums.differ", found=f"{size_a * (low_a + high_a) / 2 + size_b * (low_b + high_b) / 2:.2f}", **values
        )
    away = np.array([low_a, high_a]) * size_a - size_a * (n + 1) / 2
    least_away, most_away = 0.0 if away[0] <= 0 <= away[1] else np.abs(away).min(), np.abs(away).max()
    reach = _rank_reach(least_away, most_away, size_a, size_b)
    return _verdict(p, reach, what=f"{mean_rank_a} / {mean_rank_b}")


def _rank_reach(least_away: float, most_away: float, m: int, n: int) -> dict[str, Interval]:
    """Smallest and largest p per variant, for a rank sum so far from its expectation."""
    spread = math.sqrt(m * n * (m + n + 1) / 12)
    farthest = min(math.sqrt(m + n - 1), 2 * most_away / math.sqrt(m * n))  # one person apart: the least spread
    smallest = 1.0 if most_away == 0 else min(1.0, 2 * float(stats.norm.sf(farthest)))
    normal = smallest, 2 * float(stats.norm.sf(least_away / spread))
    corrected = smallest, min(1.0, 2 * float(stats.norm.sf(max(0.0, least_away - 0.5) / spread)))
    found = {"mann-whitney-normal": normal, "continuity-corrected": corrected}
    if m + n <= LARGEST:
        ranks, centre = 2 * np.arange(1, m + n + 1), m * (m + n + 1)
        doubled = math.ceil(centre + 2 * most_away), math.floor(centre + 2 * least_away)
        exact = [rank_sum_p(ranks, m, end) for end in doubled]
        found["mann-whitney-exact"] = min(exact), max(exact)
    return {**found, "one-sided": (smallest / 2, normal[1] / 2)}


def p_from_counts(table: tuple[tuple[str | int, ...], ...], p: str) -> Verdict:
    """Do printed counts give the printed p: χ² with and without correction, Fisher, Mann–Whitney, one tail?"""
    if len({len(row) for row in table}) != 1:
        raise NotApplicable("needs-table")
    counts = np.array([[number_of_people(cell, 0) for cell in row] for row in table])
    if counts.ndim != 2 or min(counts.shape) < 2 or 0 in counts.sum(axis=0) or 0 in counts.sum(axis=1):
        return cannot_tell("p-from-counts.one-answer", p=p)
    found = {"chi-square": _pearson(counts), "likelihood-ratio": _pearson(counts, lambda_="log-likelihood")}
    if counts.shape == (2, 2):
        found["chi-square-corrected"] = _pearson(counts, correction=True)
        found["fisher"] = float(stats.fisher_exact(counts).pvalue)
        found["one-sided"] = min(float(stats.fisher_exact(counts, side).pvalue) for side in ("less", "greater"))
        found["chi-square-one-sided"] = found["chi-square"] / 2
    if 2 in counts.shape:
        found["mann-whitney"] = _rank_p(counts if len(counts) == 2 else counts.T)
    variants = {name: (value, value) for name, value in found.items()}
    return _verdict(p, variants, what=" / ".join(":".join(map(str, row)) for row in counts.tolist()))


def _pearson(counts: np.ndarray, correction: bool = False, **kind: str) -> float:
    return float(stats.chi2_contingency(counts, correction=correction, **kind).pvalue)


def _rank_p(counts: np.ndarray) -> float:
    """Mann–Whitney of two groups (rows) with ordered answers (columns), as SPSS prints it."""
    a, b = (np.repeat(np.arange(counts.shape[1]), row) for row in counts)
    return float(stats.mannwhitneyu(a, b, method="asymptotic", use_continuity=False).pvalue)


def effect_size_from_means(a: Triple, b: Triple, printed_d: str) -> Verdict:
    """Is the printed d (or g, or Glass's Δ) what the printed means and SDs give?"""
    n_a, n_b = number_of_people(a[2], 2), number_of_people(b[2], 2)
    low, high = _ends(printed_d)
    variants = {
        name: _reach_of(name, a, b, n_a, n_b)
        for name in ("cohen-d", "hedges-g", "glass-first", "glass-second", "average-sd")
    }
    matching = [
        name
        for name, (least, most) in variants.items()
        if (least <= high and low <= most) or (-most <= high and low <= -least)
    ]
    said = {"d": printed_d, "least": variants["cohen-d"][0], "most": variants["cohen-d"][1]}
    if matching:
        return consistent("effect-size.agrees", variants=tuple(matching), **said)
    return inconsistent("effect-size.differs", **said)


def _reach_of(name: str, a: Triple, b: Triple, n_a: int, n_b: int) -> Interval:
    found = []
    for mean_a, mean_b, sd_a, sd_b in product(_ends(a[0]), _ends(b[0]), _ends(a[1]), _ends(b[1])):
        if min(sd_a, sd_b) <= 0:
            raise NotApplicable("no-spread")
        difference = mean_a - mean_b
        pooled = math.sqrt(((n_a - 1) * sd_a**2 + (n_b - 1) * sd_b**2) / (n_a + n_b - 2))
        found.append(
            {
                "cohen-d": difference / pooled,
                "hedges-g": hedges_correction(n_a + n_b - 2) * difference / pooled,
                "glass-first": difference / sd_a,
                "average-sd": difference / math.sqrt((sd_a**2 + sd_b**2) / 2),
                "glass-second": difference / sd_b,
            }[name]
        )
    return min(found), max(found)
