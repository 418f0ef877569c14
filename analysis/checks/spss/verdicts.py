"""The rules of `analysis.checks` on the facts of one comparison: each where its numbers are printed."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.checks.registry import CHECKS
from analysis.checks.spss.comparison import Facts, MeanTest, Sample
from analysis.checks.verdicts import not_checked
from analysis.results import NotApplicable, Verdict

Planned = tuple[str, tuple[object, ...]]  # a rule of `CHECKS` and the printed numbers that go into it


def check(facts: Facts) -> tuple[tuple[str, Verdict], ...]:
    """Verdicts by rule id, for every rule whose numbers are all printed."""
    return tuple((rule, _asked(rule, printed)) for rule, printed in _plan(facts) if all(map(_is_there, printed)))


def _is_there(printed: object) -> bool:
    return all(printed) if isinstance(printed, tuple) else bool(printed)


def _asked(rule: str, printed: tuple[object, ...]) -> Verdict:
    try:
        return CHECKS[rule](*printed)
    except NotApplicable:
        return not_checked(p for part in printed for p in (part if isinstance(part, tuple) else (part,)))


def _plan(f: Facts) -> Iterator[Planned]:
    for sample in (f.first, f.second, *f.groups):
        yield "se_of_mean", (sample.sd, sample.n, sample.se)
        yield "rank_sum_of_mean", (sample.mean_rank, sample.n, sample.rank_sum)
    if f.design == "paired":
        yield from _signed_ranks(f)
        yield from _paired_means(f)
    elif f.design == "groups":
        yield from _group_ranks(f)
        yield from _group_means(f)
    else:
        yield from _several_groups(f)
    yield "p_from_z", (f.ranks.z, f.ranks.p)


def _together(first: str, second: str) -> str:
    """Two printed numbers of people added up; blank where one of them is none."""
    return str(int(first) + int(second)) if first.isdecimal() and second.isdecimal() else ""


def _signed_ranks(f: Facts) -> Iterator[Planned]:
    s = f.signs
    moved = _together(s.positive, s.negative)
    moved = "" if moved == "0" else moved
    yield "counts_total", ((s.negative, s.positive, s.ties), s.total)
    yield "rank_sum_of_mean", (s.mean_rank_negative, s.negative, s.rank_sum_negative)
    yield "rank_sum_of_mean", (s.mean_rank_positive, s.positive, s.rank_sum_positive)
    yield "rank_sums", (s.mean_rank_positive, s.positive, s.mean_rank_negative, s.negative)
    yield "rank_sums_total", (s.rank_sum_negative, s.rank_sum_positive, moved)
    yield "z_basis", (f.ranks.basis, s.rank_sum_negative, s.rank_sum_positive)
    yield "z_from_rank_sums", (s.rank_sum_negative, s.rank_sum_positive, moved, f.ranks.z)
    yield "p_exact_from_rank_sums", (s.rank_sum_negative, s.rank_sum_positive, moved, f.ranks.p_exact)


def _paired_means(f: Facts) -> Iterator[Planned]:
    first, second, t = f.first, f.second, f.mean_test
    if t.contrast:
        means = (first.mean, second.mean) if t.contrast == "after-before" else (second.mean, first.mean)
        yield "change_arithmetic", (*means, t.mean)
    yield "se_of_mean", (t.sd, f.n, t.se)
    if f.r:
        yield "r_of_change", (first.sd, second.sd, t.sd, f.r)
    else:
        yield "sd_of_change_possible", (t.sd, first.sd, second.sd)
    if t.sd and f.n:
        yield "t_from_change", (t.mean, t.sd, f.n, t.t)
    else:
        yield "t_from_se", (t.mean, t.se, t.t)
    yield from _t_and_interval(t)


def _t_and_interval(t: MeanTest) -> Iterator[Planned]:
    yield "p_from_t", (t.t, t.df, t.p)
    yield "p_from_t", (t.t, t.df, t.p_one)
    if t.df.isdecimal():
        yield "interval_of_mean", (t.mean, t.se, t.df, t.low, t.high)


def _group_ranks(f: Facts) -> Iterator[Planned]:
    a, b, test = f.first, f.second, f.ranks
    people = _together(a.n, b.n)
    yield "rank_sums", (a.mean_rank, a.n, b.mean_rank, b.n)
    yield "rank_sums_total", (a.rank_sum, b.rank_sum, people)
    yield "u_from_rank_sums", (a.rank_sum, a.n, b.rank_sum, b.n, test.u)
    yield "w_is_rank_sum", (test.w, a.rank_sum, b.rank_sum)
    yield "z_from_u", (test.u, a.n, b.n, test.z)
    yield "p_from_ranks", (a.mean_rank, b.mean_rank, a.n, b.n, test.p)
    yield "p_exact_from_u", (test.u, a.n, b.n, test.p_exact)
    yield "p_untied_from_u", (test.u, a.n, b.n, test.p_untied)


def _several_groups(f: Facts) -> Iterator[Planned]:
    """Kruskal and Wallis' test where groups are printed, else a χ² of several samples, as Friedman's."""
    groups, test = f.groups, f.ranks
    people = tuple(group.n for group in groups)
    if all(people) and len(groups) > 1:
        yield "h_from_ranks", (tuple(group.mean_rank for group in groups), people, test.chi_square)
        yield "p_from_h", (test.chi_square, str(len(groups)), test.p)
    else:
        yield "p_from_chi_square", (test.chi_square, test.df, test.p)


def _group_means(f: Facts) -> Iterator[Planned]:
    a, b = f.first, f.second
    for t in (f.mean_test, f.welch):
        yield "change_arithmetic", (b.mean, a.mean, t.mean)
        yield "t_from_se", (t.mean, t.se, t.t)
        yield from _t_and_interval(t)
    if all((*_triple(a), *_triple(b))):
        yield "p_from_means", (_triple(a), _triple(b), f.mean_test.p)


def _triple(sample: Sample) -> tuple[str, str, str]:
    return sample.mean, sample.sd, sample.n
