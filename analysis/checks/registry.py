"""The registry of rules, from the `RULES` of each family: `CHECKS` by name, `ANSWERS` by what each answers."""

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
CHECKS: dict[str, Callable[..., Verdict]] = {
    rule.__name__: rule for family in FAMILIES for rules in family.RULES.values() for rule in rules
}
# Which check of INSPECT-SR each rule answers; two rules join others to a study's own material (`findings`, `claims`).
ANSWERS: dict[str, str] = {
    "mean_on_scale": "other-contradictions",
    "p_from_people": "statistics",
    **{rule.__name__: check for family in FAMILIES for check, rules in family.RULES.items() for rule in rules},
}
