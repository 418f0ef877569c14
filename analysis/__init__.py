"""Lactascope's arithmetic: studies in, frozen results out. Nothing here knows of any screen."""

from analysis.checks import CHECKS, check_study
from analysis.evidence.pooling import pool
from analysis.methods import METHODS, run
from analysis.results import Effect, NotApplicable, Outcome, Pooled, Verdict
from analysis.studies import Study, load_context, load_studies, load_study

__all__ = [
    "CHECKS",
    "METHODS",
    "Effect",
    "NotApplicable",
    "Outcome",
    "Pooled",
    "Study",
    "Verdict",
    "check_study",
    "load_context",
    "load_studies",
    "load_study",
    "pool",
    "run",
]
