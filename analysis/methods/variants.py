"""The usual variants of a test: every p that the software behind a paper may have printed for the same samples.

One list for all rules and screens. A variant is named by its parts: ("wilcoxon-corrected",), or with its tail
("wilcoxon-corrected", "one-sided"); "other-tail" is one tail in the other direction, as when a paper tests for a
rise and finds a fall. What SPSS prints is the normal approximation without continuity correction; R, jamovi and
JASP correct by default (`wilcox.test(correct = TRUE)`, `chisq.test`, `mcnemar.test`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np
from scipy import stats

from analysis.methods import exact
from analysis.methods.method import as_floats, complete_pairs, differences, need_people, need_spread, present

Variant = tuple[str, ...]
Ps = dict[Variant, float]


def with_tails(name: str, two_sided: float) -> Ps:
    """Both tails and each alone, where the null distribution is symmetric."""
    return {(name,): two_sided, (name, "one-sided"): two_sided / 2, (name, "other-tail"): 1 - two_sided / 2}


def of_t(t: float, df: float) -> Ps:
    return with_tails("t", 2 * float(stats.t.sf(abs(t), df)))


def of_paired_t(before: np.ndarray, after: np.ndarray) -> Ps:
    change = differences(before, after)
    need_people(2, change)
    need_spread(change)
    _, p = as_floats(stats.ttest_1samp(change, 0))
    return with_tails("paired-t", p)


def of_two_means(a: np.ndarray, b: np.ndarray) -> Ps:
    """Student's and Welch's test."""
    need_people(2, a, b)
    need_spread(a, b)
    _, student = as_floats(stats.ttest_ind(a, b))
    _, welch = as_floats(stats.ttest_ind(a, b, equal_var=False))
    return {**with_tails("student", student), **with_tails("welch", welch)}


def of_signed_ranks(before: np.ndarray, after: np.ndarray) -> Ps:
    """Wilcoxon's test of the changes that aren't zero: exact with ties, normal, normal with continuity correction."""
    change = differences(before, after)
    moved = change[change != 0]
    need_people(1, moved)
    ranks = exact.doubled_ranks(np.abs(moved))
    positive = int(ranks[moved > 0].sum())
    away, spread = positive / 2 - ranks.sum() / 4, math.sqrt((ranks.astype(float) ** 2).sum()) / 4
    found = _normal("wilcoxon", away, spread)
    if exact.signs_are_feasible(ranks):
        one, other = exact.signed_tails(ranks, positive)
        found[("wilcoxon-exact",)] = exact.signed_sum_p(ranks, positive)
        found |= {("wilcoxon-exact", "one-sided"): one, ("wilcoxon-exact", "other-tail"): other}
    return found


def of_ranks(a: np.ndarray, b: np.ndarray) -> Ps:
    """Mann–Whitney's test: exact with ties, normal, normal with continuity correction."""
    need_people(1, a, b)
    m, n = len(a), len(b)
    ranks = exact.doubled_ranks(np.concatenate([a, b]))
    total = int(ranks[:m].sum())
    away = total / 2 - m * (m + n + 1) / 2
    spread = math.sqrt(m * n / (m + n) * float((ranks / 2).var(ddof=1)))
    found = _normal("mann-whitney", away, spread)
    if exact.draws_are_feasible(ranks, m):
        low, high = exact.drawn_tails(ranks, m, total)
        found[("mann-whitney-exact",)] = exact.rank_sum_p(ranks, m, total)
        found[("mann-whitney-exact", "one-sided")] = min(low, high)
        found[("mann-whitney-exact", "other-tail")] = max(low, high)
    return found


def _normal(test: str, away: float, spread: float) -> Ps:
    """The normal approximation of a rank sum so far from its expectation, without and with continuity correction."""
    z = abs(away) / spread if spread else 0.0
    less, more = ((abs(away) + by) / spread if spread else 0.0 for by in (-0.5, 0.5))
    corrected = f"{test}-corrected"
    return {
        **with_tails(f"{test}-normal", 2 * float(stats.norm.sf(z))),
        (corrected,): min(1.0, 2 * float(stats.norm.sf(less))),
        (corrected, "one-sided"): float(stats.norm.sf(less)),
        (corrected, "other-tail"): float(stats.norm.cdf(more)),
    }


def of_signs(before: np.ndarray, after: np.ndarray) -> Ps:
    """The sign test: exact, normal, normal with continuity correction."""
    change = differences(before, after)
    need_people(1, change[change != 0])
    up, down = int((change > 0).sum()), int((change < 0).sum())
    return _of_binomial("sign", up, down)


def of_paired_answers(before: np.ndarray, after: np.ndarray) -> Ps:
    """McNemar's test: exact, mid-p, χ² without and with continuity correction."""
    gained, lost = int((after > before).sum()), int((after < before).sum())
    need_people(1, np.arange(gained + lost))
    found = _of_binomial("mcnemar", gained, lost)
    seen = float(stats.binom.pmf(gained, gained + lost, 0.5))
    found[("mcnemar-mid-p",)] = found[("mcnemar-exact",)] - seen / (2 if gained == lost else 1)
    return found


def _of_binomial(test: str, up: int, down: int) -> Ps:
    moved, apart = up + down, abs(up - down)
    corrected = max(0, apart - 1) / math.sqrt(moved)
    at_least = float(stats.binom.sf(max(up, down) - 1, moved, 0.5))
    return {
        (f"{test}-exact",): min(1.0, 2 * at_least),
        (f"{test}-exact", "one-sided"): at_least,
        (f"{test}-exact", "other-tail"): float(stats.binom.sf(min(up, down) - 1, moved, 0.5)),
        **with_tails(f"{test}-normal", 2 * float(stats.norm.sf(apart / math.sqrt(moved)))),
        (f"{test}-corrected",): 2 * float(stats.norm.sf(corrected)),
    }


def of_counts(counts: np.ndarray) -> Ps:
    """A table of groups (rows) by answers in their order: χ², Yates, likelihood ratio, Fisher, mid-p, rank tests."""
    found = {("chi-square",): _pearson(counts), ("likelihood-ratio",): _pearson(counts, lambda_="log-likelihood")}
    if counts.shape == (2, 2):
        found |= _of_four(counts)
    if 2 in counts.shape:
        two = counts if len(counts) == 2 else counts.T
        found |= of_ranks(*(np.repeat(np.arange(two.shape[1], dtype=float), row) for row in two))
    return found


def _of_four(counts: np.ndarray) -> Ps:
    lower, upper, fisher = (_fisher(counts, side) for side in ("less", "greater", "two-sided"))
    people, yes, of_first = int(counts.sum()), int(counts[:, 0].sum()), int(counts[0].sum())
    seen = float(stats.hypergeom.pmf(counts[0, 0], people, yes, of_first))
    chi_square = _pearson(counts)
    return {
        ("chi-square-corrected",): _pearson(counts, correction=True),
        ("fisher",): fisher,
        ("fisher", "one-sided"): min(lower, upper),
        ("fisher", "other-tail"): max(lower, upper),
        ("fisher-mid-p",): fisher - seen / 2,
        ("chi-square", "one-sided"): chi_square / 2,
        ("chi-square", "other-tail"): 1 - chi_square / 2,
    }


def _pearson(counts: np.ndarray, correction: bool = False, **kind: str) -> float:
    *found, _ = stats.chi2_contingency(counts, correction=correction, **kind)
    _, p, _ = as_floats(found)
    return p


def _fisher(counts: np.ndarray, side: str) -> float:
    _, p = as_floats(stats.fisher_exact(counts, side))
    return p


def of_boschloo(counts: np.ndarray) -> Ps:
    """Boschloo's test of four counts, which is asked for by name only: it is no variant of another."""
    return {("boschloo",): float(stats.boschloo_exact(counts).pvalue)} if counts.shape == (2, 2) else {}


def of_answers(a: np.ndarray, b: np.ndarray) -> Ps:
    """Two groups of answers, by the table that they make."""
    table = _table(a, b)
    return of_counts(table) if table.shape[1] > 1 else {}


def _of_answers_and_boschloo(a: np.ndarray, b: np.ndarray) -> Ps:
    return {**of_boschloo(_table(a, b)), **of_answers(a, b)}


def _table(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    values = np.unique(np.concatenate([a, b]))
    return np.array([[int((group == value).sum()) for value in values] for group in (a, b)])


OF_PAIRS: Mapping[str, Callable[..., Ps]] = {
    "paired-t": of_paired_t,
    "wilcoxon": of_signed_ranks,
    "sign": of_signs,
    "mcnemar": of_paired_answers,
}
OF_GROUPS: Mapping[str, Callable[..., Ps]] = {
    "independent-t": of_two_means,
    "welch-t": of_two_means,
    "mann-whitney": of_ranks,
    "fisher": of_answers,
    "chi-square": of_answers,
    "boschloo": _of_answers_and_boschloo,
}


def usual(method_id: str, *samples: np.ndarray) -> Ps | None:
    """Every usual p of a test on these samples (`before, after` or `a, b`); None for tests with one form only.

    Raises:
        NotApplicable: the samples can't answer the test.
    """
    if method_id in OF_PAIRS:
        before, after, _ = complete_pairs(*samples)
        return OF_PAIRS[method_id](before, after)
    if method_id in OF_GROUPS:
        return OF_GROUPS[method_id](*(present(sample)[0] for sample in samples))
    return None
