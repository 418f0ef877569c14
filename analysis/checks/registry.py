"""The registry of rules: `CHECKS`, by name, from the `RULES` of each family."""

from __future__ import annotations

from collections.abc import Callable

from analysis.checks import (
    conventions,
    design,
    exact_p,
    numbers,
    p_statistics,
    p_values,
    percentages,
    printed_ranks,
    printed_tests,
    several_groups,
)
from analysis.results import Verdict

FAMILIES = (
    numbers,
    percentages,
    printed_ranks,
    printed_tests,
    several_groups,
    p_statistics,
    exact_p,
    p_values,
    conventions,
    design,
)
CHECKS: dict[str, Callable[..., Verdict]] = {rule.__name__: rule for family in FAMILIES for rule in family.RULES}
