"""Words: both languages say the same things, every key that the code asks for is there, and none is idle."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from analysis import METHODS, NotApplicable, load_context, load_studies, run
from analysis.asking import QUANTITIES
from analysis.asking.assumptions import LOOKS
from analysis.asking.detectable import TESTS as POWER_KINDS
from analysis.asking.unanswered import MAY_PRINT_MORE
from analysis.asking.validity import SHAPES as SIMULATED_SHAPES
from analysis.checks import ARM, BETWEEN, CHANGES, CHECKS, CONSEQUENCES, Typed
from analysis.checks import VERDICTS as LEDGER_VERDICTS
from analysis.checks.registry import ANSWERS
from analysis.checks.repairs import KINDS
from analysis.checks.spss import Facts, MeanTest, RankTest, Sample, Signs
from analysis.effects import KINDS as EFFECT_KINDS
from analysis.evidence import BASELINES, certainty
from analysis.evidence.answer import OTHER, WHY
from analysis.evidence.choice import POOLED_FAMILIES
from analysis.evidence.contrasts import BASES, COMPARISONS
from analysis.evidence.decision import MORE_OF_HUNDRED
from analysis.evidence.directions import Known
from analysis.evidence.indirect import CONTROL
from analysis.evidence.interventions import COMPARED
from analysis.evidence.of_hundred import Basis
from analysis.evidence.pooling import INTERVALS
from analysis.methods import Design, Heading, usual
from analysis.methods.variants import OF_GROUPS, OF_PAIRS
from analysis.plots.correlation import P_COLOURS
from analysis.plots.estimates import IN_UNIT_OF_DATA
from analysis.plots.printing import FORMS
from analysis.plots.printing.bundle import FILES
from analysis.plots.reports import FORMS as REPORT_FORMS
from analysis.recover.change_map import VERDICTS
from analysis.recover.correlation import SOURCES as R_SOURCES
from analysis.results import Note, Status
from analysis.studies import (
    OFFERS,
    SOURCE_KINDS,
    TRUST_DOMAINS,
    TRUST_ITEMS,
    Assumptions,
    bias,
    country_named,
    facets,
    matches,
)
from analysis.studies.card import BETTER, DESIGNS, N_KNOWN, SCALES, SHAPES
from analysis.studies.rows import CLAIM_KINDS, STATISTICS
from analysis.studies.trust import TRUST_ANSWERS
from analysis.telling.classroom import DEMONSTRATIONS, GUESSES, chance, choosing
from analysis.telling.directions import SIDES
from analysis.telling.exchange import Taken
from analysis.telling.exchange.package import _key, _tables
from analysis.telling.glossary import TERMS
from analysis.uploads import SHAPES as UPLOAD_SHAPES
from analysis.uploads import STATISTICS as UPLOAD_STATISTICS
from analysis.uploads.personal import NAMED, PATTERNS
from analysis.words import LANGUAGES, say_in
from pages.ui.across import views as across
from pages.ui.across.asked import GROUPS, MOMENTS, SORTS
from pages.ui.across.bias import SHELVES
from pages.ui.across.deeper import COVARIATES
from pages.ui.across.deeper import PARTS as PARTS_DEEPER
from pages.ui.across.directions import PARTS as DIRECTION_PARTS
from pages.ui.check import views as check
from pages.ui.check.paste import PARTS
from pages.ui.classroom.steps import STEPS
from pages.ui.shared.below import PARTS as PARTS_BELOW
from pages.ui.shared.frame import PAGES as SCREENS
from pages.ui.shared.helping import MISTAKES
from pages.ui.your_data.bringing import WAYS
from pages.ui.your_data.describing import SCALES as SCALES_ASKED
from pages.ui.your_data.reading import DECIMALS, SEPARATORS
from tests.every import every

ROOT = Path(__file__).parents[2]
SOURCES = [
    ROOT / "app.py",
    ROOT / "lactascope.py",
    *sorted((ROOT / "pages").rglob("*.py")),
    *sorted((ROOT / "analysis").rglob("*.py")),
]
WORDS = {language: say_in(language).words for language in LANGUAGES}
ROOMS = {key.split(".")[0] for key in WORDS["en"]}
KEY = re.compile(r"[a-z][a-z0-9-]*\.[a-z0-9_-]+")
NOTING = (
    "analysis/methods",
    "analysis/effects",
    "analysis/evidence/pooling",
    "analysis/evidence/network",
    "analysis/evidence/trials.py",
    "analysis/evidence/contrasts",
    "analysis/evidence/indirect.py",
)  # rooms whose notes are said with `note.…`
# entries of study.toml, which look like keys
NO_KEYS = {"source.kind", "source.cited_by", "source.digest", "allocation.unit"}
FILE_ENDS = (".toml", ".csv", ".py")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


# -- what the code asks for, read from its syntax ------------------------------------------------------------------


@cache
def nodes(folder: str = "") -> tuple[ast.AST, ...]:
    paths = [path for path in SOURCES if str(path.relative_to(ROOT)).startswith(folder)]
    return tuple(node for path in paths for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def texts_in(node: ast.AST) -> list[str]:
    return [inner.value for inner in ast.walk(node) if is_text(inner)]


def calls(name: str, folder: str = "") -> list[ast.Call]:
    """Calls of a function or method with this name."""
    found = [node for node in nodes(folder) if isinstance(node, ast.Call)]
    return [call for call in found if getattr(call.func, "id", getattr(call.func, "attr", "")) == name]


def literal_keys() -> set[str]:
    """Every text of the code that looks like a key of a room."""
    texts = {node.value for node in nodes() if is_text(node)}
    keys = {t for t in texts if KEY.fullmatch(t) and t.split(".")[0] in ROOMS and not t.endswith(FILE_ENDS)}
    return keys - prefixes() - NO_KEYS


def prefixes() -> set[str]:
    """Beginnings of keys that are completed at run time: f"method.{…}" or "estimate." + …"""
    starts = [node.values[0] for node in nodes() if isinstance(node, ast.JoinedStr) and node.values]
    starts += [node.left for node in nodes() if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add)]
    texts = {start.value for start in starts if is_text(start)}
    return {t for t in texts if re.fullmatch(r"[a-z-]+\.[a-z-]*", t) and t.split(".")[0] in ROOMS}


def constant_tuple(name: str, folder: str) -> set[str]:
    """All texts of the module constants with this name."""
    assigned = [node for node in nodes(folder) if isinstance(node, ast.Assign)]
    return {text for node in assigned if getattr(node.targets[0], "id", "") == name for text in texts_in(node.value)}


def refusals() -> set[str]:
    """Keys of `NotApplicable(…)` anywhere and of the reasons that `attempts` and `recover` give."""
    refused = (*calls("NotApplicable"), *calls("lacks"))
    keys = {text for call in refused for text in texts_in(call.args[0])}
    noted = calls("Note", "analysis/recover")
    return keys | lacking() | {call.args[0].value for call in noted if is_text(call.args[0])}


def lacking() -> set[str]:
    """Keys of the reasons why a question has no samples for a test."""
    attempts = [node for file in ("attempts", "questions", "summaries") for node in nodes(f"analysis/asking/{file}.py")]
    named = {node.value for node in attempts if is_text(node) and re.fullmatch(r"needs-[a-z-]+", node.value)}
    noted = calls("Note", "analysis/asking/attempts.py")
    return named | {call.args[0].value for call in noted if is_text(call.args[0])}


def ways_on() -> set[str]:
    """Keys of where a reader may go on where no test can be run."""
    noted = calls("Note", "analysis/asking/unanswered.py")
    return {call.args[0].value for call in noted if is_text(call.args[0])} | {f"way-{kind}" for kind in MAY_PRINT_MORE}


def notes() -> set[str]:
    """Keys of what methods, effects and everything made of several studies note."""
    noted = [call.args[0] for room in NOTING for call in calls("Note", room)]
    return {text for node in noted for text in texts_in(node)}


def advice_reasons() -> set[str]:
    """Keys of why a test fits."""
    return {call.args[0].value for call in calls("Note", "analysis/asking/fitting.py")}


def certainty_notes() -> set[str]:
    """Keys of what is said of a domain of GRADE; what is made of two parts is listed."""
    rated = [call.args[2] for call in calls("_rated", "analysis/evidence/ratings.py")]
    noted = [
        call.args[0]
        for call in calls("Note", "analysis/evidence/ratings.py") + calls("Note", "analysis/evidence/certainty.py")
    ]
    said = {text for node in (*rated, *noted) for text in texts_in(node)}
    intervals = {"", "-no-intervals"}
    said |= {f"inconsistency{some}{more}" for some in intervals for more in ("", "-prediction")}
    said |= {"inconsistency-unknown", "inconsistency-no-i2"}
    said |= {"direct", "indirect", "indirect-unknown", "indirect-partly"}
    found = ("no-interval", "excludes", "includes", "neither", "one-way", "both-ways")
    said |= {f"imprecision-{what}{size}" for what in found for size in ("", "-no-size")}
    return said | {"small-asymmetric", "small-symmetric"}


def trust_notes() -> set[str]:
    """Keys of what is said of a check of trust, beside what the rules themselves say."""
    return {text for call in calls("Note", "analysis/checks/trust.py") for text in texts_in(call.args[0])}


def assumption_notes() -> set[str]:
    """Keys of what is said of an assumption; those that a variable completes are listed."""
    said = {text for call in calls("Note", "analysis/asking/assumptions") for text in texts_in(call.args[0])}
    of_a_variable = {"normal-differences", "normal-groups", "alike-spread", "alike-spread-ratio", "same-shape"}
    of_a_variable |= {"same-shape-ratio", "ends-low", "ends-high", "ties", "ties-within", "proportional-odds"}
    of_a_variable |= {"one-step", "ties-exact", "ties-corrected", "few-can-tell", "few-answers", "changed-tell"}
    of_a_variable |= {"few", "few-each", "few-shape", "few-spread"}
    return (said - {"-ratio", "ends-"}) | of_a_variable


def paste_notes() -> set[str]:
    """Keys of what a paste didn't say or what couldn't be read of it."""
    return {text for call in calls("Note", "analysis/checks/spss") for text in texts_in(call.args[0])}


def verdicts() -> set[str]:
    """Keys of the explanations that rules give; where a variable holds the key, the texts assigned to it."""
    first = [call.args[0] for how in ("consistent", "inconsistent", "cannot_tell") for call in calls(how, "analysis")]
    named = {node.id for node in first if isinstance(node, ast.Name)}
    assigned = [
        n for n in nodes("analysis/checks") if isinstance(n, ast.Assign) and getattr(n.targets[0], "id", "") in named
    ]
    return {text for node in (*first, *(n.value for n in assigned)) for text in texts_in(node) if "." in text}


def unread() -> set[str]:
    """Keys of why a user's file can't be read."""
    refused = [call.args[0] for how in ("Refused", "NotRead") for call in calls(how, "analysis/uploads")]
    return {text for node in refused for text in texts_in(node)} - {"refused"}  # where an answer holds the key


def upload_faults() -> set[str]:
    """Keys of what may be wrong in a user's sheet; what a variable holds is named."""
    noted = [call.args[0] for how in ("cell", "whole") for call in calls(how, "analysis/uploads/gathering.py")]
    of_a_variable = {"missing", "marked-missing", "not-a-number", "not-yes-or-no", "off-scale"}
    return {text for node in noted for text in texts_in(node)} | of_a_variable


def mistakes() -> set[str]:
    """Keys of what may be wrong with a folder."""
    third = [call.args[2] for how in ("wrong", "unsaid") for call in calls(how, "analysis")]
    return {text for node in third for text in texts_in(node)} | {
        "unknown",
        "unknown-near",
        "duplicate-id",
        "unreadable",
    }


def outcomes():
    """One outcome per method and a 2 × 2 and a 2 × 3 table, to see which names they use."""
    rng = np.random.default_rng(1)
    x, y, rows = rng.normal(3, 1, 9), rng.normal(4, 1, 9), rng.normal(size=(9, 3))
    yes, no = np.array([1, 1, 1, 0, 1]), np.array([0, 1, 0, 0, 0])
    samples = {
        "paired": (x, y),
        "groups": (x, y),
        "many-groups": (x, y, x + 1),
        "repeated": (rows,),
        "groups-before-after": (rows[:, :2], rows[:, 1:]),
        "paired-summary": ((3.0, 1.0, 9),),
        "groups-summary": ((3.0, 1.0, 9), (2.0, 1.0, 9)),
    }
    for method in METHODS.values():
        margin = {"margin": 1.0} if "tost" in method.id else {}
        two_answers = (np.column_stack([no, yes, no]),) if method.design == "repeated" else (no, yes)
        for variant in method.variants:
            of_two = method.scales[-1] == "binary"
            yield run(method.id, *(two_answers if of_two else samples[method.design]), **margin, **variant)


def usual_names():
    """Every name that a usual variant of a test has."""
    x, y, yes, no = np.array([1.0, 2, 4]), np.array([2.0, 3, 3]), np.array([1.0, 1, 0]), np.array([0.0, 1, 1])
    for method in (*OF_PAIRS, *OF_GROUPS):
        yield from usual(method, *((yes, no) if METHODS[method].scales[-1] == "binary" else (x, y)))


ESTIMATES = {outcome.estimate_name for outcome in outcomes()} - {""}
EFFECTS = {name for o in outcomes() for name in (o.effect_name, *(effect.kind for effect in o.others))}
PRINTED_KINDS = {"means", "mean-changes", "counts", "percentages", "medians", "p-only", "nothing"}
PAGES = {path.stem for path in (ROOT / "pages").glob("*.py")} | {"overview"}

RULES = set(ANSWERS)
VARIANTS = {"two-sided", "one-sided", "student", "welch", "sd-is-se", "fisher", "chi-square", "chi-square-corrected"}
VARIANTS |= {"negative-ranks", "positive-ranks"}  # what Z may be based on
VARIANTS |= {"paired-t", "paired-p"}  # what a correlation may follow from
VARIANTS |= {"cohen-d", "hedges-g", "glass-first", "glass-second", "average-sd", "mann-whitney"}
VARIANTS |= {rule for rule in CHECKS if rule.startswith("p_from_")} | {"p_from_people", "f-test"}
VARIANTS |= {part for names in usual_names() for part in names} - {"boschloo"}  # a method, with its own name
VARIANTS |= {f"{m.id}-{how}" for m in METHODS.values() if {"exact": True} in m.variants for how in ("exact", "normal")}
VARIANTS |= {f"{m.id}-mid-p" for m in METHODS.values() if {"mid_p": True} in m.variants}

FACTS = {name for kind in (Sample, Signs, RankTest, MeanTest) for name in kind.__dataclass_fields__}
FACTS |= {name for name, field in Facts.__dataclass_fields__.items() if field.type == "str"}

EPSILONS = {"greenhouse-geisser", "huynh-feldt", "lowest-epsilon", "no-correction"}
UNSAID = {"unsaid-arms", "unsaid-outcomes", "unsaid-timepoints"}
SIMULATED = {shape for shapes in SIMULATED_SHAPES.values() for shape in shapes} | {"no-difference", "as-the-margin"}


def controls():
    """What can be changed in any demonstration."""
    studies = load_studies()
    for shown in DEMONSTRATIONS.values():
        yield from shown.controls(studies[shown.preset.study], shown.preset)


def countries() -> set[str]:
    """Every country on a card, as its key ends."""
    cards = [study.card for study in (*load_studies().values(), *load_context())]
    return {card["country"].lower().replace(" ", "-") for card in cards if "country" in card}


TOPICS = set(SCREENS) - {"across-studies", "check"}
TOPICS |= {f"across-studies-{view}" for view in across.VIEWS}
TOPICS |= {f"check-{view}" for view in check.VIEWS}


# What follows each beginning of a key, from the registry or constant that rules it.
FAMILIES: dict[str, set[str]] = {
    "comparison.": set(COMPARISONS),
    "across.view-": set(across.VIEWS),
    "across.kind-": set(EFFECT_KINDS),
    "across.moment-": set(MOMENTS),
    "across.rule-": set(MOMENTS),
    "across.baseline-": {*BASELINES, "sd", "mean"},
    "across.certainty-start-": {"randomised", "other", "before-after"},
    "across.group-": set(GROUPS),
    "across.sort-": set(SORTS),
    "across.interval-": {name.lower() for name in INTERVALS},
    "across.deeper-": set(PARTS_DEEPER),
    "across.covariate-": set(COVARIATES),
    "across.direction-": {"better", "worse", "unclear"},
    "across.says-": {"better", "worse", "unclear"},
    "across.each-": {"better", "worse"},
    "across.tally-": {"aside", "without"},
    "across-why.": {*WHY.values(), OTHER},
    "direction.known-": set(get_args(Known)),
    "direction.part-": set(DIRECTION_PARTS),
    "direction.side-": set(SIDES.values()),
    "across.shelf-": set(SHELVES),
    "across.one-": {"comparison", "study"},
    "across.many-": {"comparison", "study"},
    "across.q-": {"within", "between"},
    "own.way-": set(WAYS),
    "own.shape-": set(UPLOAD_SHAPES),
    "own.shape-help-": set(UPLOAD_SHAPES),
    "own.get-": {"template", "filled"},
    "own.by-": {"encoding", "separator", "decimal"},
    "own.mark-": {*SEPARATORS.values(), *DECIMALS.values()},
    "own.who-": {"participant", "arm", "timepoint"},
    "own.who-help-": {"participant", "arm", "timepoint"},
    "own.number-": {name for names in UPLOAD_STATISTICS.values() for name in names},
    "own.better-": {*BETTER, "unsaid"},
    "own.scale-": set(SCALES_ASKED),
    "own.end-": {"low", "high"},
    "method.": set(METHODS),
    "method-help.": set(METHODS),
    "offer.": set(OFFERS),
    "offer-help.": set(OFFERS),
    "plot-kind.": constant_tuple("PLOTS", "pages"),
    "plot-key.": {"dots", "box", "raincloud", "distribution", "difference"},
    "save.form-": set(FORMS),
    "bundle.": {file.replace(".", "-") for file in FILES},
    "exchange.file-": {_key(file) for file in _tables(Taken((), ()), say_in("en"))},
    "exchange.basis-": set(BASES) - {"after"},
    "quantity.": set(QUANTITIES),
    "design.": {*DESIGNS, "not-said"},
    "source.": {*SOURCE_KINDS, "not-said"},
    "treatment.": {*facets.TREATMENTS, CONTROL},
    "treatment-class.": set(facets.TREATMENTS.values()),
    "family.": set(facets.FAMILIES),
    "infants.": {word.replace(" ", "-") for word in facets.INFANTS},
    "window.": {word.replace(" ", "-") for word in facets.WINDOWS},
    "country.": countries(),
    "month.": {str(month) for month in range(1, 13)},
    "allocation.": set(facets.ALLOCATION),
    "claim-kind.": set(CLAIM_KINDS),
    "statistic.": set(STATISTICS),
    "n-known.": {known.replace(" ", "-") for known in N_KNOWN} | {"assumed"},
    "status.": set(get_args(Status)),
    "status-help.": set(get_args(Status)),
    "estimate.": ESTIMATES | {"mean"},
    "estimate-short.": set(IN_UNIT_OF_DATA),
    "effect.": EFFECTS | set(EFFECT_KINDS),
    "variant.": {f"{k}-{str(v).lower()}" for m in METHODS.values() for how in m.variants for k, v in how.items()},
    "reason.": refusals(),
    "heading.": set(get_args(Heading)),
    "no-test.": lacking() - {"needs-three-timepoints", "other-question"} | ways_on() | {"way-not-said"},
    "note.": notes(),
    "problem.": mistakes() | {"row"},
    "upload-refused.": unread(),
    "upload-fault.": upload_faults(),
    "upload-fix.": upload_faults(),
    "upload-person.": {*NAMED, *PATTERNS},
    "menu.": PAGES,
    "found-compared.": {f"{way}-{side}" for way in COMPARED for side in ("better", "worse", "unclear")},
    "envelope.": {
        "depends",
        "fits-none",
        *(f"{same}{what}" for what in ("p", "estimate", "worse") for same in ("", "same-")),
    },
    "multiverse.": {"all", "none", "some"},
    "below.": set(PARTS_BELOW),
    "below.take-": {"apa", "plain"},
    "download.script-": {"py", "r"},
    "below.fits-": {"best", "next"},
    "printed.": {"reproduced", "differs", "unchecked"},
    "sentence.between-": set(QUANTITIES) - {"adjusted"},
    "sentence.map-": set(VERDICTS),
    "r-source.": set(R_SOURCES),
    "plot.p-band-": set(map(str, range(len(P_COLOURS)))),
    "illustrative.": {name.replace("_", "-") for name in Assumptions.__dataclass_fields__},
    "term.": {
        *SCALES,
        *PRINTED_KINDS,
        *QUANTITIES,
        *(shape.replace(" ", "-") for shape in SHAPES.values()),
        *VARIANTS,
        "list-of-texts",
        "lists-of-outcomes",
        *UNSAID,
        "true-or-false",
        *(f"samples-{design}" for design in get_args(Design)),
        *("mothers", "events", "populations-differ", "indirect-comparison", "surrogate-outcome"),
    },
    "check.": verdicts() | trust_notes(),
    "bias-domain.": {*(domain for domains in bias.DOMAINS.values() for domain in domains), bias.OVERALL},
    "bias-judgement.": {word.replace(" ", "-") for word in (*bias.SEVERITY, bias.NOT_ASSESSED)},
    "trust-item.": set(TRUST_ITEMS),
    "trust-domain.": set(TRUST_DOMAINS),
    "trust-answer.": {answer.replace(" ", "-") for answer in TRUST_ANSWERS},
    "certainty.": certainty_notes(),
    "certainty-word.": {word.replace(" ", "-") for word in certainty.WORDS},
    "certainty-domain.": set(certainty.DOMAINS),
    "decision-answer.": {f"{how}-{side}" for how in COMPARED for side in ("better", "worse", "unclear")},
    "decision-goal.": set(POOLED_FAMILIES),
    "decision.hundred-": {*get_args(Basis), "no-group", "no-numbers"},
    "decision.note-": set(get_args(Basis)),
    "decision.sure-": {word.replace(" ", "-") for word in certainty.WORDS},
    "decision.why-": {f"{domain}{known}" for domain in certainty.DOMAINS for known in ("", "-unknown")},
    "decision.change-": {*certainty.DOMAINS, "comparison", "not-randomised", "nothing"},
    "decision.cost-": {"half-sd", "fifth-sd", *(f"more-{more}" for more in MORE_OF_HUNDRED)},
    "report.form-": set(REPORT_FORMS),
    "certainty-level.": {*map(str, certainty.LEVELS), "1-or-more", "unknown"},
    "paste.": paste_notes(),
    "fact.": FACTS,
    "what.": set(check.VIEWS),
    "locator.": {key.removeprefix("locator.") for key in WORDS["en"] if key.startswith("locator.")},
    "calculator.": {*Typed.__dataclass_fields__, *CHANGES, *ARM, *BETWEEN, "counts", "none", "count", "at-least"},
    "pairs.": {"none", "count", "at-least", "p", "estimate", "effect", "worse"},
    "spss.part-": {*PARTS, "group"},
    "rule.": RULES,
    "verdict.": {verdict.replace(" ", "-") for verdict in LEDGER_VERDICTS},
    "repair-kind.": set(KINDS),
    "repair.": {"were", "other-formula", "of-items", "places", "other-heading"},
    "repair.then-": {"same-conclusion", "changes-conclusion", "people-appear", "people-disappear", "no-people"},
    "consequence.": set(CONSEQUENCES),
    "advice.": advice_reasons(),
    "power.seen-": set(POWER_KINDS),
    "power.true-": set(POWER_KINDS),
    "power.needed-": set(POWER_KINDS),
    "power.effect-": set(POWER_KINDS),
    "assumption.": set(LOOKS),
    "assume.": assumption_notes() | {"title", "none", "attention"} | EPSILONS,
    "assume-level.": {"yes", "no", "lost", "stayed", "gained", "changed"},
    "term.simulated.": SIMULATED,
    "validity.": {"liberal", "conservative"},
    "term.answer-": {"0", "1"},
    "term.level-": {"yes", "no"},
    "apa.status-": set(get_args(Status)) - {"assumed"},
    "plain.": {
        *("within", *(f"between-{quantity}" for quantity in QUANTITIES)),
        *(f"{kind}-{way}" for kind in ("within", "between", "hundred", "hundredths") for way in ("up", "down", "none")),
    },
    "plain.how-": {"average", "typical"},
    "plain.share-": {"groups", "times"},
    "plain.strength-": {"groups", "times"},
    "plain.only-whether-": {"groups", "times"},
    "plain.status-": set(get_args(Status)),
    "help-part.part-": {"screen", "glossary", "changes"},
    "help-part.": {"what", "read"},
    "help-what.": TOPICS,
    "help-read.": TOPICS,
    "help-mistake.": {f"{topic}-{n}" for topic in TOPICS for n in MISTAKES},
    "tour.": set(SCREENS),
    **{f"{room}.": set(TERMS) for room in ("glossary", "glossary-as", "glossary-term")},
    "lesson.step-": set(STEPS),
    **{f"lesson-{what}.": set(DEMONSTRATIONS) for what in ("title", "goal", "note", "discuss")},
    "lesson-guess.": {f"{lesson}-{guess}" for lesson in DEMONSTRATIONS for guess in GUESSES},
    "lesson-control.": {control.name for control in controls()},
    "lesson-choice.": {*choosing.USUAL, *choosing.USUAL["same"], choosing.AS_PRINTED},
    "lesson-test.": set(chance.HACKS),
    "lesson-found.break-it-": {"fits", "caught", "together"},
}


def test_the_sources_were_read():
    assert len(literal_keys()) > 60 and len(prefixes()) > 15
    assert len(FAMILIES["plot-kind."]) >= 8
    assert {"too-few", "needs-sd", "other-question"} <= refusals() and "zeros" in notes()
    assert {"missing-locator", "empty-file", "missing-column"} <= mistakes()


def test_both_languages_have_the_same_keys():
    assert WORDS["en"].keys() == WORDS["id"].keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_blank_and_no_key_is_written_twice(language):
    text = (ROOT / "analysis" / "words" / f"{language}.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text)  # tomllib refuses a key written twice
    assert [key for key, words in WORDS[language].items() if not words.strip()] == []


@every("key", sorted(key for key, words in WORDS["en"].items() if "{" in words))
def test_both_languages_fill_in_the_same_values(key):
    assert placeholders(WORDS["en"][key]) == placeholders(WORDS["id"][key]) != {""}


def test_long_sentences_are_translated():
    long = [key for key, words in WORDS["en"].items() if len(words.split()) > 4]
    assert [key for key in long if WORDS["en"][key] == WORDS["id"][key]] == []


def test_every_key_that_is_asked_for_exists():
    assert {key for key in literal_keys() if key not in WORDS["en"]} == set()


def test_every_beginning_of_a_key_is_ruled_by_a_registry():
    assert prefixes() - FAMILIES.keys() == set()


@every("start", FAMILIES)
def test_every_id_that_the_code_can_produce_has_words(start):
    assert FAMILIES[start]
    assert {end for end in FAMILIES[start] if f"{start}{end}" not in WORDS["en"]} == set()


def test_no_key_is_idle():
    used = literal_keys() | {f"{start}{end}" for start, ends in FAMILIES.items() for end in ends}
    assert WORDS["en"].keys() - used == set()


# -- every word on a screen comes from the word files -------------------------------------------------------------

SCREEN_SOURCES = [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py"))]
WORDS_OF_ALL = {"Lactascope", "CSV"}  # a name and a form are the same in every language
WORD = re.compile(r"[A-Za-z]{2,}")
PROSE = re.compile(r"[A-Za-z]{2,}[,.:;]? [A-Za-z]{2,}")
SPEAKS = "text markdown caption title header subheader write info success warning error toast metric badge button"
SPEAKS = {*f"{SPEAKS} download_button page_link popover expander dialog tabs spinner progress folded menu".split()}
SHOWN_AS = {"label", "help", "placeholder", "alt", "text", "title", "body", "page_title"}
# What a card, a rule or a browser says in one word for all languages, and what goes to the log.
NOT_SHOWN = {"very low", "cannot tell", "not checked", "not reported", "not assessed"}
NOT_SHOWN |= {"a panel failed", "a refusal that no screen expected"}


def is_documentation(node: ast.AST, tree: ast.AST) -> bool:
    return any(isinstance(line, ast.Expr) and line.value is node for line in ast.walk(tree))


def words_said_by_the_code(tree: ast.AST) -> set[str]:
    """Words that stand in the code itself where a screen shows them, and any two words beside each other."""
    said = set()
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        shown = [call.args[0]] if name in SPEAKS and call.args else []
        shown += [keyword.value for keyword in call.keywords if keyword.arg in SHOWN_AS]
        said |= {text for node in shown for text in literal_words(node)}
    texts = {node.value for node in ast.walk(tree) if is_text(node) and not is_documentation(node, tree)}
    return said | {text for text in texts if PROSE.search(text) and "\n" not in text} - NOT_SHOWN


def literal_words(node: ast.AST) -> set[str]:
    """Words that an expression is made of itself; what it hands on to another function isn't shown as it stands."""
    if is_text(node):
        texts = [node.value]
    elif isinstance(node, ast.JoinedStr):
        texts = ["".join(part.value if is_text(part) else "0" for part in node.values)]
    elif isinstance(node, ast.BinOp):
        return literal_words(node.left) | literal_words(node.right)
    elif isinstance(node, ast.IfExp):
        return literal_words(node.body) | literal_words(node.orelse)
    else:
        texts = []
    bare = [re.sub(r":[a-z0-9-]+[\[:/][a-z_]*:?", " ", text) for text in texts]  # an icon, a colour
    return {text for text in bare if set(WORD.findall(text)) - WORDS_OF_ALL}


@every("path", SCREEN_SOURCES)
def test_no_screen_says_a_word_that_has_no_translation(path):
    assert words_said_by_the_code(ast.parse(path.read_text(encoding="utf-8"))) == set()


@pytest.mark.parametrize(
    "line",
    [
        'st.text("Milk")',
        'st.caption(f"{count} mothers")',
        'show.folded("More" if more else "", "name", None, draw)',
        'st.button(say("a.b"), help="Click here")',
        'label = "of all mothers"',
        'st.markdown(f":red[{n} left]")',
    ],
)
def test_a_word_without_translation_would_be_found(line):
    assert words_said_by_the_code(ast.parse(line))


# -- the values that the code gives are the values that the words want ---------------------------------------------


def given(call: ast.Call) -> set[str] | None:
    """Names of the values a call gives; None where they can't be read from the syntax."""
    names = [keyword.arg for keyword in call.keywords]
    return None if None in names else set(names)


def test_calls_of_say_give_what_the_sentence_wants():
    for call in calls("say"):
        if call.args and is_text(call.args[0]) and (values := given(call)) is not None:
            assert placeholders(WORDS["en"][call.args[0].value]) <= values, ast.unparse(call)


def test_refusals_give_what_their_sentence_wants():
    for call in calls("NotApplicable"):
        if (values := given(call)) is not None and is_text(call.args[0]):
            assert placeholders(WORDS["en"][f"reason.{call.args[0].value}"]) <= values, ast.unparse(call)


def test_notes_give_what_their_sentence_wants():
    for call in (call for room in NOTING for call in calls("Note", room) if len(call.args) > 1):
        values = {text for key in getattr(call.args[1], "keys", ()) for text in texts_in(key)}
        for key in texts_in(call.args[0]) if values else ():
            assert placeholders(WORDS["en"][f"note.{key}"]) <= values, ast.unparse(call)


def test_notes_on_a_paste_give_what_their_sentence_wants():
    for call in (call for call in calls("Note", "analysis/checks/spss") if len(call.args) > 1):
        values = {text for key in getattr(call.args[1], "keys", ()) for text in texts_in(key)}
        for key in texts_in(call.args[0]) if values else ():
            assert placeholders(WORDS["en"][f"paste.{key}"]) <= values, ast.unparse(call)


def test_mistakes_give_what_their_sentence_wants():
    for call in (*calls("wrong", "analysis"), *calls("unsaid", "analysis")):
        for key in texts_in(call.args[2]):
            assert placeholders(WORDS["en"][f"problem.{key}"]) <= given(call), ast.unparse(call)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_can_be_said_in_full(language):
    with pytest.raises(NotApplicable) as caught:
        run("paired-t", [1, 2, 3], [1, 2])
    said = say_in(language).note(caught.value.note, "reason")
    assert "3" in said and "2" in said and "{" not in said and "reason." not in said


@pytest.mark.parametrize(("language", "terms"), [("en", "means, counts and medians"), ("id", "rerata, jumlah dan ")])
def test_terms_in_a_note_are_said_too(language, terms):
    note = Note("needs-people", {"printed": ("means", "counts", "medians")})
    said = say_in(language).note(note, "reason")
    assert terms in said or language == "id"
    assert all(say_in(language)(f"term.{term}") in said for term in ("means", "counts", "medians"))


def test_a_missing_key_shows_itself_and_breaks_nothing():
    assert say_in("en")("no.such-key", n=3) == "no.such-key"


# -- numbers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "digits", "english", "indonesian"),
    [
        (1.116, 2, "1.12", "1,12"),
        (-1.5, 1, "−1.5", "−1,5"),
        (-0.001, 2, "0.00", "0,00"),
        (0.0, 0, "0", "0"),
        (263.1, 1, "263.1", "263,1"),
        (float("inf"), 2, "∞", "∞"),
        (float("-inf"), 2, "−∞", "−∞"),
    ],
)
def test_numbers_have_their_language_s_mark_and_a_true_minus(value, digits, english, indonesian):
    assert say_in("en").number(value, digits) == english
    assert say_in("id").number(value, digits) == indonesian


@pytest.mark.parametrize(("value", "said"), [(0.41, "+0.41"), (-0.41, "−0.41"), (0.0, "0.00"), (0.001, "0.00")])
def test_signed_numbers_carry_their_sign_unless_they_round_to_nothing(value, said):
    assert say_in("en").signed(value) == said
    assert say_in("id").signed(value) == said.replace(".", ",")


@pytest.mark.parametrize(
    ("p", "said"),
    [
        (0.0131, "= 0.0131"),
        (0.5, "= 0.500"),
        (1.0, "= 1.000"),
        (0.05, "= 0.0500"),
        (0.00014, "= 0.00014"),
        (0.00009, "< 0.0001"),
        (0.0, "< 0.0001"),
    ],
)
def test_p_is_never_said_to_be_zero(p, said):
    assert say_in("en").p(p) == said
    assert say_in("id").p(p) == said.replace(".", ",")


def test_intervals_use_a_semicolon_where_the_comma_is_the_decimal_mark():
    assert say_in("en").interval((-0.5, 1.25)) == "[−0.50, 1.25]"
    assert say_in("id").interval((-0.5, 1.25)) == "[−0,50; 1,25]"


def test_printed_numbers_keep_their_trailing_zeros():
    assert say_in("en").printed("3.50") == "3.50" and say_in("id").printed("3.50") == "3,50"


def test_floats_in_a_sentence_are_written_in_its_language():
    values = {"people": 24, "n": 25, "low": "80%", "high": 99.5}
    assert "99.50" in say_in("en")("plot.share-at-n", **values) and "24 of 25" in say_in("en")(
        "plot.share-at-n", **values
    )
    assert "99,50" in say_in("id")("plot.share-at-n", **values)


@pytest.mark.parametrize(
    ("text", "english", "indonesian"),
    [
        ("2026-08-05", "5 August 2026", "5 Agustus 2026"),
        ("2026-12-31", "31 December 2026", "31 Desember 2026"),
        ("—", "—", "—"),
        ("2026", "2026", "2026"),
    ],
)
def test_a_day_is_written_with_the_name_of_its_month(text, english, indonesian):
    assert (say_in("en").date(text), say_in("id").date(text)) == (english, indonesian)


def test_percent_is_a_share_times_100():
    assert (say_in("en").percent(0.8378, 1), say_in("id").percent(0.8378, 1)) == ("83.8%", "83,8%")


def test_texts_of_a_card_fall_back_to_english():
    assert say_in("id").text({"en": "Milk"}) == "Milk" and say_in("id").text({"en": "Milk", "id": "ASI"}) == "ASI"


def test_a_country_is_named_and_found_in_both_languages():
    egyptian = [study for study in load_studies().values() if study.card.get("country") == "Egypt"]
    assert egyptian and {country_named(study, say_in("id")) for study in egyptian} == {"Mesir"}
    assert all(matches(study, word, say_in("id")) for study in egyptian for word in ("mesir", "egypt"))
    elsewhere = replace(egyptian[0], card={**egyptian[0].card, "country": "Atlantis"})
    assert country_named(elsewhere, say_in("id")) == "Atlantis"
