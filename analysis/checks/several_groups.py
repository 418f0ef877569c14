"""Rules about a test of several groups: do their mean ranks give the printed H of Kruskal and Wallis' test?"""

from __future__ import annotations

from fractions import Fraction

from analysis.checks.numbers import Group, all_ranks
from analysis.checks.verdicts import consistent, inconsistent, rounded
from analysis.recover import least_spread, number_of_people, required, sizes
from analysis.results import NotApplicable, Verdict


def h_from_ranks(mean_ranks: tuple[str, ...], people: tuple[str | int, ...], h: str) -> Verdict:
    """Do the mean ranks of several groups give this H?

    Ties make H larger: without them it is 12 Σ nᵢ(Rᵢ − R)² / N(N + 1). How much they can is bounded by the pattern of
    ties with the least spread that sets each group by itself so far from all others.
    """
    if len(mean_ranks) != len(people) or len(people) < 2:
        raise NotApplicable("needs-groups-of-ranks", ranks=len(mean_ranks), groups=len(people))
    groups = [(number_of_people(n), required(text)) for n, text in zip(people, mean_ranks, strict=True)]
    statistic, n = required(h), sum(size for size, _ in groups)
    if (together := all_ranks(groups)).status == "inconsistent":
        return together
    reach = _reach(groups, n)
    if reach is None:
        return inconsistent("z-from-ranks.no-ranks", what=" / ".join(mean_ranks))
    values = {"h": h, "least": rounded(reach[0], statistic), "most": rounded(reach[1], statistic)}
    if statistic.high < reach[0]:
        return inconsistent("h-from-ranks.too-small", **values)
    if statistic.low > reach[1]:
        return inconsistent("h-from-ranks.too-large", **values)
    return consistent("h-from-ranks.agrees", **values)


def _reach(groups: list[Group], n: int) -> tuple[Fraction, Fraction] | None:
    """Smallest H, and one that no pattern of ties passes; None where no ranks give these means."""
    least = most = spread = Fraction(0)
    for size, rank in groups:
        near, far = sizes(rank.low - Fraction(n + 1, 2), rank.high - Fraction(n + 1, 2))
        needed = least_spread(float(size * near), float(size * far), size, n - size)
        if needed is None:
            return None
        least, most, spread = least + size * near**2, most + size * far**2, max(spread, Fraction(needed))
    without = Fraction(12, n * (n + 1))
    largest = (n - 1) * most / spread if spread else Fraction(0)
    return least * without, max(most * without, min(largest, Fraction(n - 1)))


RULES = {
    "statistics": (h_from_ranks,),
}
