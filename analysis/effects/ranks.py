"""Effects between two groups that use order only, from U, mean ranks or Z."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

from scipy import stats

from analysis.effects.making import Number, direction, effect, number, people, said, shown, written
from analysis.recover import Printed, number_of_p, p_is_bound, p_upper, required
from analysis.results import Effect, NotApplicable, Note, Status

HANLEY_MCNEIL = "Hanley & McNeil 1982, doi:10.1148/radiology.143.1.7063747"
A_VARIANCE = (
    "variance = (A·(1 − A) + (n_a − 1)·(Q1 − A²) + (n_b − 1)·(Q2 − A²)) / (n_a·n_b), Q1 = A/(2 − A), Q2 = 2·A²/(1 + A)"
)
DUST = Fraction(1, 10**6)  # of a sum of ranks: far below any printed digit, far above rounding of floats


def superiority_variance(share: float, n_a: int, n_b: int) -> float:
    """Variance of U/(n_a·n_b) where both groups are exponential (Hanley & McNeil 1982, eq. 2)."""
    both_above = share / (2 - share) - share**2
    above_both = 2 * share**2 / (1 + share) - share**2
    return (share * (1 - share) + (n_a - 1) * both_above + (n_b - 1) * above_both) / (n_a * n_b)


def probability_of_superiority(
    u: Number, n_a: int | str, n_b: int | str, *, confidence: float = 0.95, status: Status = "derived"
) -> Effect:
    """Chance that one of the first group lies above one of the second, ties counting half: U / (n_a·n_b).

    Args:
        u: the first group's U, number or printed text: pairs in which its value is the higher one, ties counting
            half. (SPSS prints the smaller of both groups' U, whichever group that is.)
        n_a, n_b: people per group.

    Where no value of one group lies above any of the other there is no variance, and a note says so.

    Raises:
        NotApplicable: U is no number from 0 to n_a·n_b, or a group is empty.

    Variance: Hanley & McNeil 1982, eq. 2.
    """
    size_a, size_b, wins = people(n_a, 1), people(n_b, 1), number(u)
    return _superiority(wins, size_a, size_b, f"A = {written(u)} / ({size_a} · {size_b})", "", confidence, status)


def from_mean_ranks(
    rank_a: Number,
    n_a: int | str,
    rank_b: Number,
    n_b: int | str,
    *,
    confidence: float = 0.95,
    status: Status = "derived",
) -> Effect:
    """Chance that one of the first group lies above one of the second, from both groups' mean ranks.

    Args:
        rank_a, rank_b: mean ranks among all people, the lowest value having rank 1, numbers or printed text.
        n_a, n_b: people per group.

    The rank-biserial r is 2·value − 1.

    Raises:
        NotApplicable: both mean ranks together don't give all ranks (beyond rounding), or a text is no number.

    U = n_a·(rank_a − (n_a + 1)/2): Mann & Whitney 1947; the rest as `probability_of_superiority`.
    """
    size_a, size_b = people(n_a, 1), people(n_b, 1)
    ranks = [required(str(rank).replace("−", "-")) for rank in (rank_a, rank_b)]
    _need_all_ranks(ranks[0], size_a, ranks[1], size_b)
    wins = float(size_a * (ranks[0].value - Fraction(size_a + 1, 2)))
    filled = f"A = {size_a} · ({written(rank_a)} − ({size_a} + 1)/2) / ({size_a} · {size_b})"
    formula = ", U = n_a·(rank_a − (n_a + 1)/2)"
    return _superiority(min(max(wins, 0.0), size_a * size_b), size_a, size_b, filled, formula, confidence, status)


def _need_all_ranks(a: Printed, n_a: int, b: Printed, n_b: int) -> None:
    low, high = n_a * a.low + n_b * b.low, n_a * a.high + n_b * b.high
    total = Fraction((n_a + n_b) * (n_a + n_b + 1), 2)
    if not low - DUST <= total <= high + DUST:
        found = said(float(n_a * a.value + n_b * b.value))
        raise NotApplicable("ranks-dont-add-up", found=found, wanted=int(total))


def _superiority(
    wins: float, n_a: int, n_b: int, filled: str, formula: str, confidence: float, status: Status
) -> Effect:
    if not 0 <= wins <= n_a * n_b:
        raise NotApplicable("u-out-of-range", u=said(wins), most=n_a * n_b)
    share = wins / (n_a * n_b)
    apart = share in (0, 1)  # the formula would give 0, as if nothing were uncertain
    return effect(
        "probability_of_superiority",
        share,
        None if apart else superiority_variance(share, n_a, n_b),
        formula=f"A = U / (n_a·n_b){formula}",
        substituted=filled,
        variance_formula="" if apart else A_VARIANCE,
        source=HANLEY_MCNEIL,
        status=status,
        confidence=confidence,
        notes=(Note("groups-apart"),) if apart else (),
    )


def from_z_ranks(
    z: Number,
    n_a: int | str,
    n_b: int | str,
    *,
    sign: int | None = None,
    confidence: float = 0.95,
    status: Status = "derived",
) -> Effect:
    """r = Z/√N of a Mann–Whitney test: nearly the correlation of ranks with group.

    Args:
        z: number or printed text.
        n_a, n_b: people per group.
        sign: 1 where the first group ranks higher, −1 where the second does. Without it Z keeps its printed sign,
            which programs give to the smaller sum of ranks; a note says so.

    Raises:
        NotApplicable: |Z| is above √(N − 1), which no ranks can give; z is no number; a group is empty.

    Rosenthal 1991, Meta-Analytic Procedures, ch. 2; variance as of any correlation, Hedges & Olkin 1985, ch. 11.
    """
    n, score = people(n_a, 1) + people(n_b, 1), number(z)
    if score * score > n - 1:
        raise NotApplicable("impossible-z", z=said(z), n=n)
    if sign is not None:
        score = math.copysign(score, sign)
    r = score / math.sqrt(n)
    size = shown(abs(score)) if isinstance(z, float | int) else written(z).lstrip("−+")
    return effect(
        "r",
        r,
        (1 - r * r) ** 2 / (n - 1),
        formula="r = Z / √N, N = n_a + n_b",
        substituted=f"r = {'−' if score < 0 else ''}{size} / √({n})",
        variance_formula="variance = (1 − r²)² / (N − 1)",
        source="Rosenthal 1991, Meta-Analytic Procedures, ch. 2; variance Hedges & Olkin 1985, ch. 11",
        status=status,
        confidence=confidence,
        notes=() if sign is not None else (Note("sign-of-z"),),
    )


def superiority_from_p(p: str, n_a: int | str, n_b: int | str, sign: int, *, confidence: float = 0.95) -> Effect:
    """Chance that one of the first group lies above one of the second, from a Mann–Whitney test's two-sided p.

    Args:
        p: as printed. A bound ("<0.05", "0.000") gives the least that the chance differs from one half, with an open
            interval and no variance.
        n_a, n_b: people per group.
        sign: 1 where the first group ranks higher, −1 where the second does.

    Raises:
        NotApplicable: p is no number above 0 and up to 1, or bounds nothing (">0.05"); it is so small that no ranks of
            so few people give it; there is no sign; a group is empty.

    U = n_a·n_b/2 + z·√(n_a·n_b·(N + 1)/12), the normal approximation without ties: Mann & Whitney 1947.
    """
    text, toward, size_a, size_b = str(p).strip(), direction(sign), people(n_a, 1), people(n_b, 1)
    printed = number_of_p(text)
    if not 0 <= printed.value <= 1:
        raise NotApplicable("impossible-p", p=text)
    bound = p_is_bound(text) or printed.value == 0
    largest = p_upper(text) if bound else float(printed.value)
    if bound and largest >= 1:
        raise NotApplicable("p-bounds-nothing", p=text)
    z = toward * float(stats.norm.isf(float(largest) / 2))
    spread = math.sqrt(size_a * size_b * (size_a + size_b + 1) / 12)
    wins = size_a * size_b / 2 + z * spread
    filled = f"A = ({size_a} · {size_b}/2 + {shown(z)} · {shown(spread)}) / ({size_a} · {size_b})"
    formula = ", U = n_a·n_b/2 + z·√(n_a·n_b·(N + 1)/12)"
    made = _superiority(wins, size_a, size_b, filled, formula, confidence, "assumed")
    notes = (*made.notes, Note("p-of-ranks-without-ties"))
    if not bound:
        return replace(made, notes=notes)
    interval = (made.value, 1.0) if toward > 0 else (0.0, made.value)
    notes = (*notes, Note("p-is-a-bound", {"p": said(text)}))
    return replace(made, variance=None, variance_formula="", interval=interval, notes=notes)
