"""A reader's question and the tests that answer it: what was asked, which tests fit, what each says over all that fits.

A `Question` is about one outcome of one arm's change or of two arms; `attempt` tries a test on it. Advice, power, the
spread over all data sets that fit, and what each test rests on belong to a question too.
"""

from analysis.asking.advice import advice, agreement_line, fit_line
from analysis.asking.attempts import SUMMARY_DESIGNS, Attempt, attempt, methods_for, missing, variant_id, variant_name
from analysis.asking.detectable import LARGEST_N, LARGEST_N_OF_MEANS, OF_MEANS, Detectable, detectable, detectable_at
from analysis.asking.envelopes import LEVEL, Envelope, PairsEnvelope, over_pairs
from analysis.asking.multiverse import Multiverse, Row, multiverse
from analysis.asking.questions import QUANTITIES, Question, assume_n, before_after, between
from analysis.asking.reproductions import MOST_SETS, Reproduction, attainable, reproductions
from analysis.asking.summaries import Summary, needs_n, summary
from analysis.asking.unanswered import answerable, least_lacking, way_on
from analysis.asking.unpaired import unpaired

__all__ = [
    "LARGEST_N",
    "LARGEST_N_OF_MEANS",
    "LEVEL",
    "MOST_SETS",
    "OF_MEANS",
    "QUANTITIES",
    "SUMMARY_DESIGNS",
    "Attempt",
    "Detectable",
    "Envelope",
    "Multiverse",
    "PairsEnvelope",
    "Question",
    "Reproduction",
    "Row",
    "Summary",
    "advice",
    "agreement_line",
    "answerable",
    "assume_n",
    "attainable",
    "attempt",
    "before_after",
    "between",
    "detectable",
    "detectable_at",
    "fit_line",
    "least_lacking",
    "methods_for",
    "missing",
    "multiverse",
    "needs_n",
    "over_pairs",
    "reproductions",
    "summary",
    "unpaired",
    "variant_id",
    "variant_name",
    "way_on",
]
