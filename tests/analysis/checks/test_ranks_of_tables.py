"""Exact p and Kruskal–Wallis in printed tables: against R, and against every small data set."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations_with_replacement, product

import numpy as np
from scipy import stats

from analysis.checks import CHECKS, spss

EXACT = CHECKS["p_exact_from_u"]
SIGNED = CHECKS["p_exact_from_rank_sums"]
H = CHECKS["h_from_ranks"]
KRUSKAL = """Ranks
\tkelas\tN\tMean Rank
skor\tA\t5\t3,70
\tB\t6\t9,17
\tC\t4\t{last}
\tTotal\t15
Test Statisticsa,b
\tskor
Kruskal-Wallis H\t{h}
df\t2
Asymp. Sig.\t{p}
"""


def test_an_exact_p_without_ties():
    """R: wilcox.test(c(1, 2, 5, 3, 7.5), c(4, 6, 7, 8)) has W 4 and p .1904762."""
    assert EXACT("4.000", 5, 4, ".190").status == "consistent"
    assert EXACT("4.000", 5, 4, ".019").status == "inconsistent"


def test_an_exact_p_with_ties():
    """exactRankTests: wilcox.exact(c(1, 2, 2, 3, 1), c(3, 4, 4, 2)) has U 2.5 and p .07936508."""
    assert EXACT("2.500", 5, 4, ".079").status == "consistent"
    assert EXACT("2.500", 5, 4, ".790").status == "inconsistent"


def test_an_exact_p_of_signed_ranks():
    """exactRankTests: wilcox.exact(c(1, 2, 2, -1, 3, 3, -2)) has sums of ranks 5.5 and 22.5, p .203125."""
    assert SIGNED("5.50", "22.50", 7, ".203").status == "consistent"
    assert SIGNED("5.50", "22.50", 7, ".023").status == "inconsistent"


def test_ties_of_many_people_are_not_told():
    """Without ties p would be another: what isn't printed isn't held against it."""
    assert EXACT("30.500", 10, 8, ".412").status == "cannot tell"
    assert EXACT("5", 300, 300, ".412").status == "cannot tell"


def test_exact_p_of_any_small_samples_pass():
    """scipy's permutation test of the sum of ranks, every draw equally likely, ties or not."""
    rng = np.random.default_rng(20261127)
    for _ in range(25):
        m, n = rng.integers(2, 6, 2).tolist()
        a, b = rng.integers(0, 4, m), rng.integers(0, 4, n)
        ranks = stats.rankdata(np.concatenate([a, b]))
        if len(set(ranks)) == 1:
            continue
        away = m * (m + n + 1) / 2
        p = stats.permutation_test(
            (ranks[:m], ranks[m:]), lambda x, y: abs(x.sum() - away), alternative="greater", n_resamples=np.inf  # noqa: B023
        ).pvalue  # fmt: skip
        u = ranks[:m].sum() - m * (m + 1) / 2
        assert EXACT(f"{u:.3f}", m, n, f"{p:.3f}").status == "consistent"


def test_kruskal_and_wallis():
    """R: kruskal.test of 5, 6 and 4 scores with ties, mean ranks 3.7, 9.166667 and 11.625: H 7.986996, p .01843512."""
    ranks, people = ("3.70", "9.17", "11.63"), (5, 6, 4)
    assert H(ranks, people, "7.987").status == "consistent"
    assert H(ranks, people, "7.500").status == "inconsistent"
    assert H(ranks, people, "13.900").status == "inconsistent"
    assert H(("3.70", "9.17", "10.63"), people, "7.987").status == "inconsistent"
    assert CHECKS["p_from_h"]("7.987", 3, "0.018").status == "consistent"


def test_a_pasted_table_of_three_groups_is_checked():
    """The same study as SPSS prints it: right as it is, and each wrong number found."""

    def found(**wrong: str) -> set[str]:
        text = KRUSKAL.format(**{"last": "11,63", "h": "7,987", "p": ",018", **wrong})
        (facts,) = spss.facts(spss.read(text))
        return {rule for rule, verdict in spss.check(facts) if verdict.status == "inconsistent"}

    assert found() == set()
    assert found(p=",180") == {"p_from_h"}
    assert found(h="14,987") == {"h_from_ranks", "p_from_h"}
    assert found(last="10,63") == {"h_from_ranks"}


def test_p_of_three_zeros_is_less_than_half_a_thousandth():
    """Z −4.2 has p .00003, Z −2.1 has .036; U 0 of 10 and 10 exact .00001, of 3 and 3 .1."""
    for zero in (".000", ",000", "0.000", "0,000", "< .001"):
        assert CHECKS["p_from_z"]("-4.2", zero).status == "consistent"
        assert CHECKS["p_from_z"]("-2.1", zero).status == "inconsistent"
        assert EXACT("0", 10, 10, zero).status == "consistent"
        assert EXACT("0", 3, 3, zero).status == "inconsistent"


def test_h_of_every_small_data_set_passes_and_the_bound_holds():
    """scipy's kruskal of every three samples of 2, 2 and 3 scores on five levels."""
    largest: dict[tuple[str, ...], float] = defaultdict(float)
    levels = range(5)
    for groups in product(*(combinations_with_replacement(levels, size) for size in (2, 2, 3))):
        if len({score for group in groups for score in group}) == 1:
            continue
        ranks = stats.rankdata(np.concatenate(groups))
        means = tuple(f"{part.mean():.2f}" for part in np.split(ranks, (2, 4)))
        largest[means] = max(largest[means], float(stats.kruskal(*groups).statistic))
    for means, h in largest.items():
        assert H(means, (2, 2, 3), f"{h:.3f}").status == "consistent", (means, h)


def test_an_exact_p_that_is_not_corrected_for_ties():
    """R: 2 pwilcox(60, 15, 15) is .02949648, of which SPSS's "Exact Sig. [2*(1-tailed Sig.)]" prints .029."""
    untied = CHECKS["p_untied_from_u"]
    assert untied("60.000", 15, 15, ".029").status == "consistent"
    assert untied("60.000", 15, 15, ".021").status == "inconsistent"
    assert untied("60.000", 300, 300, ".021").status == "cannot tell"
