"""Statistical tests on samples. `METHODS` is the registry: one entry per test, in the order menus show them.

A test takes arrays and options and gives an `Outcome`, or says as `NotApplicable` why it can't; `run` is the way in. No
test knows a study. Power and corrections for several tests live here too.
"""

from analysis.methods.compositions import compositions, ways
from analysis.methods.counts import SMALL_EXPECTED
from analysis.methods.exact import LARGEST, drawn_sum_p, rank_sum_p, signed_sum_p
from analysis.methods.intervals import hedges_correction, newcombe, proportion, wald
from analysis.methods.method import (
    Design,
    Heading,
    Method,
    complete_pairs,
    complete_rows,
    differences,
    need_people,
    need_spread,
    present,
    present_groups,
)
from analysis.methods.multiplicity import holm
from analysis.methods.registry import (
    FAMILIES,
    METHODS,
    run,
)
from analysis.methods.sphericity import sphericity
from analysis.methods.summaries import independent_t_summary
from analysis.methods.variants import Variant, usual

__all__ = [
    "FAMILIES",
    "LARGEST",
    "METHODS",
    "SMALL_EXPECTED",
    "Design",
    "Heading",
    "Method",
    "Variant",
    "complete_pairs",
    "complete_rows",
    "compositions",
    "differences",
    "drawn_sum_p",
    "hedges_correction",
    "holm",
    "independent_t_summary",
    "need_people",
    "need_spread",
    "newcombe",
    "present",
    "present_groups",
    "proportion",
    "rank_sum_p",
    "run",
    "signed_sum_p",
    "sphericity",
    "usual",
    "wald",
    "ways",
]
