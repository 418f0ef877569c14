"""What the scripts of both languages share: their heading, their options, and text made harmless."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Mapping

import numpy as np

from analysis.asking import SUMMARY_DESIGNS, Question, attempt
from analysis.methods import METHODS
from analysis.results import NotApplicable, Note, Outcome
from analysis.telling.report import contrast_words, evidence_words, method_words, samples_used
from analysis.telling.version import VERSION
from analysis.words import say_in

WIDEST = 110
OWN_PEOPLE = ("illustrative", "uploaded")  # people that no study folder holds: a script must carry them
LINES = ("estimate", "interval", "effect", "effect_interval", "statistic", "p")
MEANINGS = {
    "margin": "the smallest difference that would matter, chosen by the reader",
    "r": "assumed: the study does not print how before and after correlate",
    "n": "assumed: the study does not print how many mothers it had",
}

NEEDS = f"It needs Lactascope {VERSION}, installed (pip install . in a copy of its source), or run in that folder."


def script_name(question: Question, method_id: str, ending: str) -> str:
    """Name of a script's file, `ending` "py" or "R": letters, digits and hyphens of ids only."""
    parts = ("lactascope", question.study.id, question.measure.id, *question.arms, question.quantity, method_id)
    stem = re.sub(r"[^A-Za-z0-9]+", "-", "-".join(parts)).strip("-")
    return f"{stem[:LONGEST_NAME]}.{ending}"


LONGEST_NAME = 120  # characters; file systems stop at 255 bytes


def outcome_of(question: Question, method_id: str, chosen: int, options: Mapping[str, object]) -> Outcome:
    """What the script will find.

    Raises:
        NotApplicable: the method can't be run on the question, with the reason.
    """
    tried = attempt(question, method_id, chosen, **options)
    if isinstance(tried.found, Note):
        raise NotApplicable(tried.found.key, **tried.found.values)
    return tried.found


def all_options(question: Question, method_id: str, options: Mapping[str, object]) -> dict[str, object]:
    """Every option of a method with the value it runs with, the method's own defaults included."""
    parameters = inspect.signature(METHODS[method_id].run).parameters.values()
    known = {one.name: one.default for one in parameters if one.kind is one.KEYWORD_ONLY}
    known |= {**METHODS[method_id].variants[0], **options}
    if "r" in known:
        known["r"] = question.r if len(question.offered[0]["paired-summary"]) == 2 else None
    return {name: value for name, value in known.items() if value is not None}


def samples_of(question: Question, method_id: str, chosen: int) -> dict[str, np.ndarray]:
    """The samples that the test gets, under the names that scripts give them."""
    design = METHODS[method_id].design
    samples = samples_used(question, method_id, chosen)
    names = {"paired": ("before", "after"), "repeated": ("x",), "paired-summary": ("before", "after")}
    if design == "paired-summary" and len(samples) == 1:
        return {"change": samples[0]}
    return dict(zip(names.get(design, "abcdefghij"), samples, strict=False))


def assumed_n(question: Question) -> dict[str, int]:
    """Arms of the question whose number of people someone chose, and that number."""
    assumed = [question.study.arms[arm] for arm in question.arms if question.study.arms[arm].n_known == "assumed"]
    return {arm.id: int(arm.n) for arm in assumed if arm.n}


def heading(question: Question, method_id: str, chosen: int, outcome: Outcome) -> list[str]:
    """What the script is about, as lines of comment."""
    say, design = say_in("en"), METHODS[method_id].design
    labels = [say.text(question.study.arms[arm].label) for arm in question.arms]
    about = f"{say.text(question.measure.label)} ({say.text(question.measure.unit)}), {' and '.join(labels)}"
    sets = len(question.offered)
    which = f" Data set {min(chosen, sets - 1) + 1} of {sets} that fit." if sets > 1 else ""
    said = [
        f"{say.text(question.study.title)} [{question.study.id}]",
        f"{method_words(question, method_id, outcome, chosen, say)}: {about}",
        f"{evidence_words(question, method_id, say)}{'' if design in SUMMARY_DESIGNS else which}",
    ]
    contrast = contrast_words(question, outcome.contrast, say)
    notes = [f"Difference: {contrast}"] if contrast else []
    notes += [say.note(note, "note") for note in outcome.notes]
    return [line for text in (*said, "; ".join(notes)) for line in comment(text)]


def comment(text: str) -> list[str]:
    """Any text as comment lines of Python or R; what could end a line or hide becomes a space."""
    visible = "".join(letter if letter.isprintable() else " " for letter in text)
    return [f"# {line}" for line in textwrap.wrap(visible, WIDEST)]
