"""Many studies and what they say together: which comparisons are alike, their effects, averages, certainty.

A reader's `Choice` selects a `body` of comparisons; `answer` says of each intervention what was found. Only like is
pooled with like; a refusal names its reason and what can be pooled instead.
"""

from analysis.evidence.absolute import BASELINES, Absolute, absolute
from analysis.evidence.alternatives import Swap, Swaps, swaps
from analysis.evidence.answer import Answer, Line, Tally, answer, tally_of
from analysis.evidence.appraisal import SURROGATES, all_people
from analysis.evidence.body import Body, Entry, best_kind, body, others
from analysis.evidence.certainty import DOMAINS, Certainty, level_said, revise, word_said
from analysis.evidence.choice import KINDS_OF, POOLED_FAMILIES, Choice, better_of, name_of, treatments_given
from analysis.evidence.decision import Decision, decision, rivals
from analysis.evidence.evidence_map import MapCell, evidence_map, studies_of
from analysis.evidence.indirect import Compared, compare
from analysis.evidence.interventions import MILK, Beside, Intervention, beside, interventions
from analysis.evidence.moved import Moved, moved
from analysis.evidence.of_hundred import OfHundred, of_hundred
from analysis.evidence.ratings import ENOUGH_PEOPLE, SMALLEST, Rating
from analysis.evidence.verdicts import verdict_of

__all__ = [
    "BASELINES",
    "DOMAINS",
    "ENOUGH_PEOPLE",
    "KINDS_OF",
    "MILK",
    "POOLED_FAMILIES",
    "SMALLEST",
    "SURROGATES",
    "Absolute",
    "Answer",
    "Beside",
    "Body",
    "Certainty",
    "Choice",
    "Compared",
    "Decision",
    "Entry",
    "Intervention",
    "Line",
    "MapCell",
    "Moved",
    "OfHundred",
    "Rating",
    "Swap",
    "Swaps",
    "Tally",
    "absolute",
    "all_people",
    "answer",
    "beside",
    "best_kind",
    "better_of",
    "body",
    "compare",
    "decision",
    "evidence_map",
    "interventions",
    "level_said",
    "moved",
    "name_of",
    "of_hundred",
    "others",
    "revise",
    "rivals",
    "studies_of",
    "swaps",
    "tally_of",
    "treatments_given",
    "verdict_of",
    "word_said",
]
