"""What every sentence about a result says: how its data are known, which minus which, which form of the test."""

from __future__ import annotations

import numpy as np

from analysis.asking import SUMMARY_DESIGNS, Question, attempt, variant_id, variant_name
from analysis.methods import METHODS
from analysis.results import Outcome, Status
from analysis.words import Say


def evidence(question: Question, method_id: str) -> Status:
    """How the data are known that a test ran on: a test of printed means doesn't rest on recovered people."""
    if METHODS[method_id].design not in SUMMARY_DESIGNS or question.status == "illustrative":
        return question.status
    assumed = any(side.status == "assumed" for side in question.summaries)
    return "assumed" if assumed or _assumed_r(question, method_id) is not None else "derived"


def evidence_words(question: Question, method_id: str, say: Say) -> str:
    """One sentence on how the data are known; what was assumed is named with its value."""
    status = evidence(question, method_id)
    if status != "assumed":
        return say(f"apa.status-{status}")
    arms = question.study.arms
    assumed = [
        f"n = {arms[arm].n} ({say.text(arms[arm].label)})" for arm in question.arms if arms[arm].n_known == status
    ]
    if (r := _assumed_r(question, method_id)) is not None:
        assumed.append(f"r = {say.number(r)}")
    return say("apa.status-assumed", what=", ".join(assumed))


def _assumed_r(question: Question, method_id: str) -> float | None:
    """The correlation that a test of both times' means runs with; None for every other test."""
    triples = question.offered[0].get("paired-summary", ())
    return question.r if METHODS[method_id].design == "paired-summary" and len(triples) == 2 else None


def contrast_words(question: Question, contrast: str, say: Say) -> str:
    """Which minus which, with the groups' own names; blank where nothing was subtracted."""
    if not contrast:
        return ""
    if question.kind == "within":
        return say("contrast.after-before")
    a, b = (say.text(question.study.arms[arm].label) for arm in question.arms)
    return say("contrast.a-b", a=a, b=b)


def method_words(question: Question, method_id: str, outcome: Outcome, chosen: int, say: Say) -> str:
    """The test's name with the form that gave this outcome: "Wilcoxon, exact"; "Permutation (medians)"."""
    variants = METHODS[method_id].variants
    same = [how for how in variants if attempt(question, method_id, chosen, **how).outcome == outcome]
    if len(variants) == 1 or len(same) != 1:
        return say(f"method.{method_id}")
    name = f"term.{variant_id(method_id, same[0])}"
    return say(name) if say.has(name) else f"{say(f'method.{method_id}')} ({variant_name(same[0], say)})"


def samples_used(question: Question, method_id: str, chosen: int) -> tuple[np.ndarray, ...]:
    """The samples of one data set as a test uses them, incomplete people left out where it leaves them out.

    Shapes as in `Question.samples`; of printed summaries the (mean, SD, n) of each.
    """
    design = METHODS[method_id].design
    samples = tuple(np.asarray(sample, dtype=float) for sample in question.samples(chosen)[design])
    if method_id in KEEPS_INCOMPLETE:
        return samples
    gaps = [np.isnan(sample.reshape(len(sample), -1)).any(axis=1) for sample in samples]
    if design == "paired":
        gaps = [gaps[0] | gaps[1]] * 2
    return tuple(sample[~gap] for sample, gap in zip(samples, gaps, strict=True))


KEEPS_INCOMPLETE = frozenset({"mixed-model"})
