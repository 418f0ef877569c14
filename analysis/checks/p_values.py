"""Rules about printed test results: which p values could these numbers have given?

Each p is recomputed over the interval that rounding leaves and over the variants a paper's software
may have used; the verdict names the variants that give the printed p.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
from scipy import stats

from analysis.checks.verdicts import cannot_tell, consistent, inconsistent, meet
from analysis.methods import LARGEST, hedges_correction, rank_sum_p, variants
from analysis.recover import largest_z, number_of_p, number_of_people, p_is_bound, p_reach, required, sizes
from analysis.results import Interval, NotApplicable, Verdict

Triple = tuple[str, str, str | int]  # mean, SD, n as printed


def triple_of(mean: str | None, sd: str | None, n: str | int | None) -> Triple | None:
    """Mean, SD and n, where all three are printed."""
    return (mean, sd, n) if mean and sd and n else None


def ends_of(text: str) -> Interval:
    """The ends of what a printed number may stand for."""
    number = required(text)
    return float(number.low), float(number.high)


Reaches = Mapping[variants.Variant, Sequence[Interval]]  # what p may be in each variant, default first


def p_verdict(p: str, reaches: Reaches, **values: object) -> Verdict:
    """Compare a printed p with what each usual variant gives; the verdict names those that give it.

    Variants with both tails are named where any gives the printed p; else the first of one tail. The tail in the other
    direction gives no bound: "p > 0.05" would fit it whatever was found.
    """
    tried = {name: ends for name, ends in reaches.items() if name[-1] != "other-tail" or not p_is_bound(p)}
    matching = _giving(p_reach(p), tried)
    first = next(iter(reaches.values()))
    reach = min(least for least, _ in first), max(most for _, most in first)
    said = {"p": p, "least": f"{reach[0]:.4f}", "most": f"{reach[1]:.4f}", **values}
    if whole := tuple(name[0] for name in matching if len(name) == 1):
        return consistent("p-from.agrees", variants=whole, **said)
    if matching:
        (test, tail) = matching[0]
        if test == TWO_SIDED:  # a printed statistic, of which nothing but the tails is left to choose
            return consistent("p-from.agrees", variants=(tail,), **said)
        return consistent("p-from.agrees-tail", variants=(test,), tail=(tail,), **said)
    if cut := [name[0] for name in _giving(p_reach(p, cut=True), tried) if len(name) == 1]:
        return consistent("p-from.cut", variants=tuple(cut), **said)
    return inconsistent("p-from.differs", _expected(p, reach), variants=tuple(name[0] for name in reaches), **said)


def _giving(p: Interval, reaches: Reaches) -> list[variants.Variant]:
    return [name for name, ends in reaches.items() if any(meet(one, p) for one in ends)]


TWO_SIDED = "two-sided"


def one_verdict(p: str, found: Sequence[tuple[str, Verdict]]) -> tuple[tuple[str, Verdict], ...]:
    """One rule and verdict on a printed p that was recomputed from several materials, the strongest first.

    Where some give it and others don't, what doesn't agree is no longer p alone: both sides are named.
    """
    told = [one for one in found if one[1].status != "cannot tell"]
    agree = [one for one in told if one[1].status == "consistent"]
    differ = [one for one in told if one[1].status == "inconsistent"]
    if not agree or not differ:
        return tuple((told or found)[:1])
    rule, verdict = differ[0]
    said = verdict.explanation.values
    parted = {
        "agree": tuple(rule for rule, _ in agree),
        "differ": (rule,),
        "least": said["least"],
        "most": said["most"],
    }
    return ((rule, inconsistent("p-from.parted", verdict.expected, p=p, **parted)),)


def _expected(p: str, reach: Interval) -> str:
    decimals = max(3, number_of_p(p).decimals)
    return f"{sum(reach) / 2:.{decimals}f}"


def points(ps: variants.Ps) -> Reaches:
    """What a test gives on samples that are known."""
    return {name: ((p, p),) for name, p in ps.items()}


def tails(name: str, two_sided: Interval) -> Reaches:
    """Both tails and each alone of a symmetric distribution, for a statistic known as far as rounding allows."""
    least, most = variants.with_tails(name, two_sided[0]), variants.with_tails(name, two_sided[1])
    return {key: ((min(least[key], most[key]), max(least[key], most[key])),) for key in least}


def sizes_of(text: str) -> Interval:
    """Smallest and largest size, sign left out, that rounding leaves."""
    return sizes(*ends_of(text))


def p_from_means(a: Triple, b: Triple, p: str) -> Verdict:
    """Do two printed means with SD and n give the printed p, by Student's or Welch's test, both tails or either?

    The means and SDs may lie anywhere in their rounding intervals; an SD may really be a standard error.
    """
    n_a, n_b = number_of_people(a[2], 2), number_of_people(b[2], 2)
    if min(required(a[1]).high, required(b[1]).high) < 0:
        raise NotApplicable("no-spread")
    reaches = {
        **tails("student", _t_reach(a, b, n_a, n_b, pooled=True)),
        **tails("welch", _t_reach(a, b, n_a, n_b, pooled=False)),
        **tails("sd-is-se", _t_reach(a, b, n_a, n_b, pooled=True, se=True)),
    }
    return p_verdict(p, reaches, what=f"{a[0]} ± {a[1]} (n = {n_a}), {b[0]} ± {b[1]} (n = {n_b})")


def _t_reach(a: Triple, b: Triple, n_a: int, n_b: int, *, pooled: bool, se: bool = False) -> Interval:
    """Smallest and largest two-sided p over the corners of the rounding intervals."""
    ps = []
    for mean_a, mean_b, sd_a, sd_b in product(ends_of(a[0]), ends_of(b[0]), ends_of(a[1]), ends_of(b[1])):
        sd_a, sd_b = max(sd_a, 0.0), max(sd_b, 0.0)  # an SD of 0.00 may be a small one
        if sd_a == 0 == sd_b:
            ps.append(0.0 if mean_a != mean_b else 1.0)
            continue
        scale = (math.sqrt(n_a), math.sqrt(n_b)) if se else (1.0, 1.0)
        found = stats.ttest_ind_from_stats(mean_a, sd_a * scale[0], n_a, mean_b, sd_b * scale[1], n_b, equal_var=pooled)
        ps.append(float(found.pvalue))
    if min(ends_of(a[0])) <= max(ends_of(b[0])) and min(ends_of(b[0])) <= max(ends_of(a[0])):
        ps.append(1.0)  # equal means lie inside the rounding
    return min(ps), max(ps)


def p_from_ranks(mean_rank_a: str, mean_rank_b: str, n_a: str | int, n_b: str | int, p: str) -> Verdict:
    """Do two printed mean ranks give the printed p of a Mann–Whitney test?

    Ties are not printed, and make the variance smaller. So each variant gives a reach of p, from none to the pattern
    of ties with the largest |Z| (`recover.rank_ties`): the normal approximation, the same with continuity correction,
    the exact test (as without ties), and one tail.
    """
    size_a, size_b = number_of_people(n_a), number_of_people(n_b)
    n = size_a + size_b
    (low_a, high_a), (low_b, high_b) = ends_of(mean_rank_a), ends_of(mean_rank_b)
    total = n * (n + 1) / 2
    values = {"sum": f"{size_a} × {mean_rank_a} + {size_b} × {mean_rank_b}", "wanted": f"{total:g}", "m": n}
    if not size_a * low_a + size_b * low_b <= total <= size_a * high_a + size_b * high_b:
        return inconsistent(
            "rank-sums.differ", found=f"{size_a * (low_a + high_a) / 2 + size_b * (low_b + high_b) / 2:.2f}", **values
        )
    centre = (n + 1) / 2
    above = max(size_a * (low_a - centre), size_b * (centre - high_b))
    below = min(size_a * (high_a - centre), size_b * (centre - low_b))
    return rank_verdict(p, (above, below), size_a, size_b, f"{mean_rank_a} / {mean_rank_b}")


def reach_of_u(u: str, n_a: str | int, n_b: str | int) -> tuple[int, int, Interval]:
    """Both numbers of people, and the ends of what a printed U of them may stand for.

    Raises:
        NotApplicable: it is no number from 0 to n_a·n_b.
    """
    m, n = number_of_people(n_a), number_of_people(n_b)
    low, high = ends_of(u)
    if high < 0 or low > m * n:
        raise NotApplicable("u-out-of-range", u=u, most=m * n)
    return m, n, (low, high)


def rank_verdict(p: str, away: Interval, m: int, n: int, what: str) -> Verdict:
    """A printed p beside what a rank sum so far above or below its expectation gives."""
    reach = rank_reaches(*sizes(*away), m, n)
    return p_verdict(p, reach, what=what) if reach else inconsistent("z-from-ranks.no-ranks", what=what)


def rank_reaches(least_away: float, most_away: float, m: int, n: int) -> Reaches:
    """Smallest and largest p per variant, for a rank sum so far from its expectation; empty where no ranks give it."""
    spread = math.sqrt(m * n * (m + n + 1) / 12)
    found: dict[variants.Variant, Sequence[Interval]] = {}
    for name, nearer in (("mann-whitney-normal", 0.0), ("mann-whitney-corrected", 0.5)):
        farthest = largest_z(least_away, most_away, m, n, nearer)
        if farthest is None:
            return {}
        nearest = max(0.0, least_away - nearer) / spread
        found |= tails(name, (2 * float(stats.norm.sf(max(farthest, nearest))), 2 * float(stats.norm.sf(nearest))))
    if m + n <= LARGEST:
        ranks, centre = 2 * np.arange(1, m + n + 1), m * (m + n + 1)
        doubled = math.ceil(centre + 2 * most_away), math.floor(centre + 2 * least_away)
        exact = [rank_sum_p(ranks, m, end) for end in doubled]
        found |= tails("mann-whitney-exact", (min(exact), max(exact)))
    return found


def p_from_counts(table: tuple[tuple[str | int, ...], ...], p: str, *, boschloo: bool = False) -> Verdict:
    """Do printed counts give the printed p, by any usual test of counts (`methods.variants.of_counts`)?"""
    if len({len(row) for row in table}) != 1:
        raise NotApplicable("needs-table")
    counts = np.array([[number_of_people(cell, 0) for cell in row] for row in table])
    if counts.ndim != 2 or min(counts.shape) < 2 or 0 in counts.sum(axis=0) or 0 in counts.sum(axis=1):
        return cannot_tell("p-from-counts.one-answer", p=p)
    what = " / ".join(":".join(map(str, row)) for row in counts.tolist())
    more = variants.of_boschloo(counts) if boschloo else {}
    return p_verdict(p, points({**more, **variants.of_counts(counts)}), what=what)


def effect_size_from_means(a: Triple, b: Triple, printed_d: str) -> Verdict:
    """Is the printed d (or g, or Glass's Δ) what the printed means and SDs give?"""
    n_a, n_b = number_of_people(a[2], 2), number_of_people(b[2], 2)
    d = ends_of(printed_d)
    variants = {
        name: _reach_of(name, a, b, n_a, n_b)
        for name in ("cohen-d", "hedges-g", "glass-first", "glass-second", "average-sd")
    }
    matching = [name for name, (least, most) in variants.items() if meet((least, most), d) or meet((-most, -least), d)]
    said = {"d": printed_d, "least": variants["cohen-d"][0], "most": variants["cohen-d"][1]}
    if matching:
        return consistent("effect-size.agrees", variants=tuple(matching), **said)
    return inconsistent("effect-size.differs", **said)


def _reach_of(name: str, a: Triple, b: Triple, n_a: int, n_b: int) -> Interval:
    found = []
    for mean_a, mean_b, sd_a, sd_b in product(ends_of(a[0]), ends_of(b[0]), ends_of(a[1]), ends_of(b[1])):
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


RULES = {
    "statistics": (
        p_from_means,
        p_from_ranks,
        p_from_counts,
        effect_size_from_means,
    ),
}
