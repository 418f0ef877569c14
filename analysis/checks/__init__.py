"""What arithmetic says of printed numbers. `CHECKS` is the registry: a rule takes printed text and returns a `Verdict`.

`check_study` applies to a study whatever fits it. Wording is calm: "inconsistent" is no accusation, and most
inconsistencies are typing slips, rounding, or a heading over the wrong column. Numbers typed in or pasted are checked
by the same rules; repairs suggest the smallest change that would make numbers fit.
"""

from __future__ import annotations

from collections.abc import Callable

from analysis.checks.bounds import arm_summary, largest_sd, printed_bound
from analysis.checks.checking import GRAVITY, check_library, check_study, verdicts_by_row
from analysis.checks.findings import CONSEQUENCES, Finding
from analysis.checks.ledger import VERDICTS, Entry, ledger
from analysis.checks.p_statistics import Reported, reported
from analysis.checks.pictures import Picture, Raster, Strip, Umbrella, picture_of, umbrella
from analysis.checks.registry import CHECKS
from analysis.checks.trust import trust
from analysis.checks.typed_one_group import CHANGES, CalculatedPairs, TypedPairs, calculate_pairs
from analysis.checks.typed_one_sample import Calculated, Typed, calculate, items_of
from analysis.checks.typed_two_groups import ARM, BETWEEN, TypedGroups, calculate_groups
from analysis.results import Verdict

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
    "check_library",
    "check_study",
    "items_of",
    "largest_sd",
    "ledger",
    "picture_of",
    "printed_bound",
    "reported",
    "trust",
    "umbrella",
    "verdicts_by_row",
]


def __getattr__(rule: str) -> Callable[..., Verdict]:
    """Every rule is a name of this room: `checks.grim("3.17", 18)`."""
    if rule in CHECKS:
        return CHECKS[rule]
    raise AttributeError(rule)
