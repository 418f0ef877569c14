"""A result as sentences to take away: for a paper (`apa`) and for people who know no statistics (`plain_words`).

Both name the groups, keep the sign, put effect and interval before p and say how the data are known.
"""

from analysis.telling.report.apa import apa
from analysis.telling.report.evidence import contrast_words, evidence, evidence_words, method_words, samples_used
from analysis.telling.report.plain import plain_words

__all__ = [
    "apa",
    "contrast_words",
    "evidence",
    "evidence_words",
    "method_words",
    "plain_words",
    "samples_used",
]
