"""A study folder as a `Study`: its card, its printed figures and claims with their places, the people behind them.

`load_studies` reads every folder under `data/`; whatever is wrong with one is in its `problems`. What a card may say
(treatments, risk of bias, answers about trust) is defined here, and what a study offers to a reader.
"""

from analysis.studies.arm_people import ArmPeople
from analysis.studies.bias import (
    DOMAINS,
    HIGH,
    JUDGEMENTS,
    NO_INFORMATION,
    NOT_ASSESSED,
    OVERALL,
    SEVERITY,
    TOOLS,
    Bias,
)
from analysis.studies.card import SOURCE_KINDS, read_folder
from analysis.studies.facets import CLASSES, CONTROLS, FAMILIES, INFANTS, TREATMENTS, treatments_named
from analysis.studies.illustrate import (
    Assumptions,
    can_illustrate,
    default_assumptions,
    illustrate,
    printed_change,
    span_of,
)
from analysis.studies.library import DATA, load_context, load_studies, load_study, study_folders
from analysis.studies.listed import PEOPLE_COLUMNS
from analysis.studies.offers import OFFERS, by_richness, classes_of, country_named, matches, offers
from analysis.studies.people import Participants, margin_of, names_of, recover_arm
from analysis.studies.printed_study import PEOPLE_FILE, UPLOADED, Arm, Claim, Figure, Measure, Timepoint
from analysis.studies.problems import Problem, Text
from analysis.studies.reference import AND_OTHERS, REFERENCE
from analysis.studies.rows import CLAIM_COLUMNS, DIRECTIONS, FIGURE_COLUMNS, OF_CHANGE, OPTIONAL_IN_CLAIMS
from analysis.studies.study import Study
from analysis.studies.trust import CANNOT_TELL, CONCERN, NONE, TRUST_DOMAINS, TRUST_ITEMS
from analysis.studies.writing import csv_text, harmless, packed, table_text, toml_text

__all__ = [
    "AND_OTHERS",
    "CANNOT_TELL",
    "CLAIM_COLUMNS",
    "CLASSES",
    "CONCERN",
    "CONTROLS",
    "DATA",
    "DIRECTIONS",
    "DOMAINS",
    "FAMILIES",
    "FIGURE_COLUMNS",
    "HIGH",
    "INFANTS",
    "JUDGEMENTS",
    "NONE",
    "NOT_ASSESSED",
    "NO_INFORMATION",
    "OFFERS",
    "OF_CHANGE",
    "OPTIONAL_IN_CLAIMS",
    "OVERALL",
    "PEOPLE_COLUMNS",
    "PEOPLE_FILE",
    "REFERENCE",
    "SEVERITY",
    "SOURCE_KINDS",
    "TOOLS",
    "TREATMENTS",
    "TRUST_DOMAINS",
    "TRUST_ITEMS",
    "UPLOADED",
    "Arm",
    "ArmPeople",
    "Assumptions",
    "Bias",
    "Claim",
    "Figure",
    "Measure",
    "Participants",
    "Problem",
    "Study",
    "Text",
    "Timepoint",
    "by_richness",
    "can_illustrate",
    "classes_of",
    "country_named",
    "csv_text",
    "default_assumptions",
    "harmless",
    "illustrate",
    "load_context",
    "load_studies",
    "load_study",
    "margin_of",
    "matches",
    "names_of",
    "offers",
    "packed",
    "printed_change",
    "read_folder",
    "recover_arm",
    "span_of",
    "study_folders",
    "table_text",
    "toml_text",
    "treatments_named",
]
