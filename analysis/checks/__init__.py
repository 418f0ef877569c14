"""What arithmetic says of printed numbers. `CHECKS` is the registry: a rule takes printed text and returns a `Verdict`.

`check_study` applies to a study whatever fits it. Wording is calm: "inconsistent" is no accusation, and most
inconsistencies are typing slips, rounding, or a heading over the wrong column. Numbers typed in or pasted are checked
by the same rules; repairs suggest the smallest change that would make numbers fit.
"""

from analysis.checks.bounds import arm_summary, largest_sd, printed_bound
from analysis.checks.checking import CHECKS, GRAVITY, check_library, check_study, verdicts_by_row
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
from analysis.checks.findings import CONSEQUENCES, Finding
from analysis.checks.ledger import VERDICTS, Entry, ledger
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
    Reported,
    p_from_chi_square,
    p_from_f,
    p_from_h,
    p_from_r,
    p_from_t,
    p_from_u,
    p_from_z,
    reported,
    statistic_read,
)
from analysis.checks.p_values import effect_size_from_means, p_from_counts, p_from_means, p_from_ranks
from analysis.checks.percentages import percent_change, percentage, percentage_possible, percentages_total
from analysis.checks.pictures import Picture, Raster, Strip, Umbrella, picture_of, umbrella
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
from analysis.checks.trust import trust
from analysis.checks.typed_one_group import (
    CHANGES,
    Calculated,
    CalculatedPairs,
    Typed,
    TypedPairs,
    calculate,
    calculate_pairs,
    items_of,
)
from analysis.checks.typed_two_groups import ARM, BETWEEN, TypedGroups, calculate_groups

__all__ = [
    "ARM",
    "BETWEEN",
    "CHANGES",
    "CHECKS",
    "CONSEQUENCES",
    "GRAVITY",
    "VERDICTS",
    "Calculated",
    "CalculatedPairs",
    "Entry",
    "Finding",
    "Picture",
    "Raster",
    "Reported",
    "Strip",
    "Typed",
    "TypedGroups",
    "TypedPairs",
    "Umbrella",
    "arm_summary",
    "calculate",
    "calculate_groups",
    "calculate_pairs",
    "change_arithmetic",
    "check_library",
    "check_study",
    "claim_without_figure",
    "counts_total",
    "debit",
    "dose_confounded",
    "duplicate_study",
    "effect_size_from_means",
    "grim",
    "grimmer",
    "h_from_ranks",
    "interval_of_mean",
    "items_of",
    "largest_sd",
    "ledger",
    "median_possible",
    "mixed_conventions",
    "p_exact_from_rank_sums",
    "p_exact_from_u",
    "p_from_chi_square",
    "p_from_counts",
    "p_from_f",
    "p_from_h",
    "p_from_means",
    "p_from_r",
    "p_from_ranks",
    "p_from_t",
    "p_from_u",
    "p_from_z",
    "p_untied_from_u",
    "p_zero",
    "percent_change",
    "percentage",
    "percentage_possible",
    "percentages_total",
    "picture_of",
    "printed_bound",
    "printed_twice",
    "r_of_change",
    "r_possible",
    "rank_sum_of_mean",
    "rank_sums",
    "rank_sums_total",
    "reported",
    "sd_bounds",
    "sd_of_change_possible",
    "se_of_mean",
    "statistic_read",
    "t_from_change",
    "t_from_se",
    "test_named_twice",
    "trust",
    "u_from_rank_sums",
    "umbrella",
    "verdicts_by_row",
    "w_is_rank_sum",
    "within_instead_of_between",
    "z_basis",
    "z_from_rank_sums",
    "z_from_u",
]
