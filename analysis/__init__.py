"""Lactascope's arithmetic: studies in, frozen results out. Nothing here knows of any screen."""

from analysis.methods import METHODS, run
from analysis.results import Effect, NotApplicable, Outcome, Verdict
from analysis.studies import Study, load_context, load_studies, load_study

__all__ = [
    "METHODS",
    "Effect",
    "NotApplicable",
    "Outcome",
    "Study",
    "Verdict",
    "load_context",
    "load_studies",
    "load_study",
    "run",
]
