"""Rules about a printed exact p of a rank test, which depends on ties that aren't printed.

SPSS prints "Exact Sig. [2*(1-tailed Sig.)]" as if there were none, and "Exact Sig. (2-tailed)" with them. Up to
`MOST_TRIED` people every pattern of ties is tried; beyond, only what is exact without ties can be told.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from analysis.checks.p_values import Reaches, ends_of, p_verdict, reach_of_u
from analysis.checks.verdicts import cannot_tell
from analysis.methods import LARGEST, drawn_sum_p, rank_sum_p, signed_sum_p
from analysis.recover import number_of_people
from analysis.results import NotApplicable, Verdict

MOST_TRIED = 10  # people: 512 patterns of ties, a quarter of a second


def p_untied_from_u(u: str, n_a: str | int, n_b: str | int, p: str) -> Verdict:
    """Does U give the printed exact p of Mann and Whitney's test that isn't corrected for ties?"""
    m, n, sums = _sums_of_u(u, n_a, n_b)
    ps = _untied_draws(m, n, sums)
    what = f"U = {u} ({m}, {n})"
    return (
        p_verdict(p, _reach("mann-whitney-exact", ps), what=what) if ps else cannot_tell("p-exact.many", p=p, n=m + n)
    )


def p_exact_from_u(u: str, n_a: str | int, n_b: str | int, p: str) -> Verdict:
    """Does the printed U of two groups give the printed exact p of Mann and Whitney's test?"""
    m, n, sums = _sums_of_u(u, n_a, n_b)
    ps = _untied_draws(m, n, sums) + (_of_draws(m, n, sums) if m + n <= MOST_TRIED else [])
    return _verdict(p, "mann-whitney-exact", ps, m + n, f"U = {u} ({m}, {n})")


def _sums_of_u(u: str, n_a: str | int, n_b: str | int) -> tuple[int, int, range]:
    """Both sizes, and the doubled sums of the first group's ranks that the printed U may stand for."""
    m, n, (low, high) = reach_of_u(u, n_a, n_b)
    least = m * (m + 1)
    return m, n, range(least + math.ceil(2 * max(low, 0)), least + math.floor(2 * min(high, m * n)) + 1)


def _untied_draws(m: int, n: int, sums: range) -> list[float]:
    if m + n > LARGEST:
        return []
    return [rank_sum_p(2 * np.arange(1, m + n + 1), m, total) for total in _without_ties(sums)]


def p_exact_from_rank_sums(negative: str, positive: str, people: str | int, p: str) -> Verdict:
    """Do the printed sums of ranks of `people` who changed give the printed exact p of Wilcoxon's test?"""
    m = number_of_people(people)
    both = m * (m + 1)  # twice the sum of all ranks
    (low, high), (low_negative, high_negative) = ends_of(positive), ends_of(negative)
    least, most = max(2 * low, both - 2 * high_negative, 0), min(2 * high, both - 2 * low_negative, both)
    if math.ceil(least) > math.floor(most):
        raise NotApplicable("rank-sums-apart", negative=negative, positive=positive, total=f"{both / 2:g}")
    sums = range(math.ceil(least), math.floor(most) + 1)
    ranks = 2 * np.arange(1, m + 1)
    ps = [signed_sum_p(ranks, total) for total in _without_ties(sums)] if m <= LARGEST else []
    if m <= MOST_TRIED:
        ps += _of_signs(m, sums)
    return _verdict(p, "wilcoxon-exact", ps, m, f"{negative} / {positive}")


def _verdict(p: str, test: str, ps: list[float], people: int, what: str) -> Verdict:
    if ps:
        verdict = p_verdict(p, _reach(test, ps), what=what)
        if verdict.status == "consistent" or people <= MOST_TRIED:
            return verdict
        return cannot_tell("p-exact.ties", p=p, what=what, untied=f"{min(ps):.4f}")
    return cannot_tell("p-exact.many", p=p, n=people)


def _reach(test: str, ps: list[float]) -> Reaches:
    return {(test,): tuple((p, p) for p in ps)}


def _without_ties(sums: range) -> list[int]:
    """Doubled sums of whole ranks, the nearest where half ones are printed."""
    return sorted({end for total in sums for end in (total - total % 2, total + total % 2)})


def _patterns(people: int) -> Iterator[np.ndarray]:
    """Doubled ranks under every pattern of ties: each step up from one person to the next is there or not."""
    for steps in range(2 ** (people - 1)):
        ends = [k for k in range(1, people) if steps >> (k - 1) & 1]
        blocks = zip([0, *ends], [*ends, people], strict=True)
        yield np.concatenate([np.full(end - start, start + end + 1) for start, end in blocks])


@lru_cache(maxsize=64)
def _of_draws(m: int, n: int, sums: range) -> list[float]:
    found = set()
    for ranks in _patterns(m + n):
        reached = [1] + [0] * m  # per number of people drawn, a bit for every sum
        for rank in ranks.tolist():
            for taken in range(m, 0, -1):
                reached[taken] |= reached[taken - 1] << rank
        found |= {drawn_sum_p(ranks, m, total) for total in sums if reached[m] >> total & 1}
    return sorted(found)


@lru_cache(maxsize=64)
def _of_signs(people: int, sums: range) -> list[float]:
    found = set()
    for ranks in _patterns(people):
        reached = 1
        for rank in ranks.tolist():
            reached |= reached << rank
        found |= {signed_sum_p(ranks, total) for total in sums if reached >> total & 1}
    return sorted(found)


RULES = {
    "statistics": (
        p_exact_from_u,
        p_untied_from_u,
        p_exact_from_rank_sums,
    ),
}
