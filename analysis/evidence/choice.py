"""What a reader asks of all studies together, and which contrasts answer it."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.evidence.contrasts import Contrast, contrasts_of
from analysis.results import remembered
from analysis.studies import FAMILIES, Study

POOLED_FAMILIES = tuple(family for family in FAMILIES if family != "other")
UNIT_FREE = {"mean_difference": "hedges_g", "mean_change": "smcc"}  # effects in their own unit, and without one
BETWEEN = ("hedges_g", "mean_difference", "ratio_of_means", "log_odds_ratio", "log_risk_ratio", "risk_difference")
# Effects that comparisons can be pooled in, the usual one first.
KINDS_OF = {
    "control": BETWEEN,
    "active": BETWEEN,
    "before-after": ("smcc", "smcr", "mean_change"),
    "unnamed": BETWEEN,
}


@dataclass(frozen=True)
class Choice:
    """What a reader wants to see together.

    `treatments` and `comparators` are names as `name_of` gives them, empty for all; `infants` likewise.
    `moment` is "last" or "first" of a study's timepoints. What follows is assumed by the reader, nothing by
    default: `r`, `design_effect`, `equal_groups`, `convert` (yes/no to g and back), `unnamed_tests` (a p whose test
    isn't named is taken for a t test's) and `worded` (which group lies higher is taken from a study's words).
    `smallest` is the smallest effect that matters to the reader, on the effects' own scale (a log for ratios); it
    changes no result, only how precise one is said to be. `left_out` holds ids of studies that the reader left out.
    """

    families: tuple[str, ...] = ("milk-volume",)
    comparisons: tuple[str, ...] = ("control",)
    kind: str = "hedges_g"
    treatments: tuple[str, ...] = ()
    comparators: tuple[str, ...] = ()
    infants: tuple[str, ...] = ()
    moment: str = "last"
    r: float | None = None
    design_effect: float | None = None
    equal_groups: bool = False
    convert: bool = False
    unnamed_tests: bool = False
    worded: bool = False
    smallest: float | None = None
    left_out: frozenset[str] = frozenset()


def fits(contrast: Contrast, choice: Choice) -> bool:
    """True if a contrast is of a family, comparison, treatment and population that were asked for."""
    return (
        contrast.comparison in choice.comparisons
        and contrast.family in choice.families
        and (not choice.treatments or name_of(contrast.treatments) in choice.treatments)
        and (not choice.comparators or name_of(contrast.comparator) in choice.comparators)
        and (not choice.infants or contrast.study.facets.infants in choice.infants)
    )


@remembered(64)
def treatments_given(studies: tuple[Study, ...], choice: Choice) -> frozenset[str]:
    """Names of the treatments that contrasts of a choice compare."""
    return frozenset(name_of(c.treatments) for study in studies for c in contrasts_of(study) if fits(c, choice))


def name_of(treatments: tuple[str, ...]) -> str:
    """What an arm was given, as one word that a link can hold: "moringa.oxytocin-massage"."""
    return ".".join(treatments)


def better_of(contrast: Contrast) -> str:
    return contrast.study.outcomes[contrast.outcome].better


def unit_of(contrast: Contrast) -> str:
    return contrast.study.outcomes[contrast.outcome].unit.get("en", "")
