"""The registry of rules, and whatever fits a study applied to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from analysis.checks.conventions import mixed_conventions
from analysis.checks.design import (
    claim_without_figure,
    dose_confounded,
    duplicate_study,
    printed_twice,
    test_named_twice,
    within_instead_of_between,
)
from analysis.checks.exact_p import p_exact_from_rank_sums, p_exact_from_u, p_untied_from_u
from analysis.checks.findings import CONSEQUENCES, Finding, arm_findings, claim_findings, figure_findings
from analysis.checks.numbers import (
    change_arithmetic,
    counts_total,
    debit,
    grim,
    grimmer,
    median_possible,
    p_zero,
    rank_sums,
    sd_bounds,
    sd_of_change_possible,
)
from analysis.checks.p_statistics import (
    p_from_chi_square,
    p_from_f,
    p_from_h,
    p_from_r,
    p_from_t,
    p_from_u,
    p_from_z,
    statistic_read,
)
from analysis.checks.p_values import effect_size_from_means, p_from_counts, p_from_means, p_from_ranks
from analysis.checks.percentages import percent_change, percentage, percentage_possible, percentages_total
from analysis.checks.printed_tests import (
    interval_of_mean,
    r_of_change,
    r_possible,
    rank_sum_of_mean,
    rank_sums_total,
    se_of_mean,
    t_from_change,
    t_from_se,
    u_from_rank_sums,
    w_is_rank_sum,
    z_basis,
    z_from_rank_sums,
    z_from_u,
)
from analysis.checks.several_groups import h_from_ranks
from analysis.results import Verdict
from analysis.studies import Study

CHECKS: dict[str, Callable[..., Verdict]] = {
    rule.__name__: rule
    for rule in (
        grim,
        grimmer,
        debit,
        sd_bounds,
        median_possible,
        percentage,
        percentage_possible,
        percentages_total,
        counts_total,
        rank_sums,
        change_arithmetic,
        percent_change,
        sd_of_change_possible,
        rank_sum_of_mean,
        rank_sums_total,
        z_basis,
        z_from_rank_sums,
        z_from_u,
        h_from_ranks,
        u_from_rank_sums,
        w_is_rank_sum,
        se_of_mean,
        t_from_change,
        t_from_se,
        r_of_change,
        r_possible,
        interval_of_mean,
        p_from_t,
        p_from_z,
        p_from_f,
        p_from_chi_square,
        p_from_h,
        p_from_r,
        p_from_u,
        p_exact_from_u,
        p_untied_from_u,
        p_exact_from_rank_sums,
        statistic_read,
        p_from_means,
        p_from_ranks,
        p_from_counts,
        p_zero,
        mixed_conventions,
        effect_size_from_means,
        printed_twice,
        test_named_twice,
        within_instead_of_between,
        claim_without_figure,
        dose_confounded,
        duplicate_study,
    )
}


@lru_cache(maxsize=512)
def check_study(study: Study) -> tuple[Finding, ...]:
    """All findings on one study, those that bear on its conclusions first, consistent ones last."""
    found = [*figure_findings(study), *claim_findings(study), *arm_findings(study)]
    return tuple(sorted(found, key=lambda finding: CONSEQUENCES.index(finding.consequence)))


def verdicts_by_row(study: Study) -> dict[int, str]:
    """For each row of figures.csv the gravest verdict of any rule about it."""
    found: dict[int, str] = {}
    for finding in check_study(study):
        if finding.file == "figures.csv":
            for row in finding.rows:
                found[row] = min(found.get(row, GRAVITY[-1]), finding.verdict.status, key=GRAVITY.index)
    return found


GRAVITY = ("inconsistent", "cannot tell", "consistent")


def check_library(studies: Iterable[Study]) -> list[Finding]:
    """Findings between studies: folders that hold the same figures."""
    usable = [study for study in studies if study.usable]
    return [
        Finding("duplicate_study", verdict, "conclusion", f"data/{second.id}", (), f"data/{first.id}")
        for place, first in enumerate(usable)
        for second in usable[place + 1 :]
        if (verdict := duplicate_study(_as_printed(first), _as_printed(second))).status == "inconsistent"
    ]


def _as_printed(study: Study) -> set[tuple[str, ...]]:
    return {(f.timepoint, f.statistic, f.level, f.value) for f in study.figures}
