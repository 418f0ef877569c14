"""What each study says of each comparison, as effects that can stand beside those of other studies."""

from analysis.evidence.contrasts.between import people_and_events, sides_of
from analysis.evidence.contrasts.contrast import BASES, COMPARISONS, Contrast, Found, contrasts_of, lacks
from analysis.evidence.contrasts.found import SWEPT, converted, effects_of, elsewise, splits, sweep
from analysis.evidence.contrasts.sides import Side, side_of
from analysis.evidence.contrasts.uncertainty import inflated, with_variance

__all__ = [
    "BASES",
    "COMPARISONS",
    "SWEPT",
    "Contrast",
    "Found",
    "Side",
    "contrasts_of",
    "converted",
    "effects_of",
    "elsewise",
    "inflated",
    "lacks",
    "people_and_events",
    "side_of",
    "sides_of",
    "splits",
    "sweep",
    "with_variance",
]
