"""A printed result beside what comes out here: which usual variant of its test gives the printed p."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.asking.attempts import attempt, missing, variant_id
from analysis.asking.envelopes import run_on
from analysis.asking.questions import Question
from analysis.methods import METHODS, Method, Variant, usual
from analysis.recover import p_matches
from analysis.results import NotApplicable, Note, Outcome, remembered
from analysis.studies import Claim


@dataclass(frozen=True)
class Reproduction:
    """A printed claim beside what comes out here, for every variant of the test it names.

    `variants` is empty where the claim names no test, the test has no p or the samples aren't there. `usual` holds
    every p that a paper's software may have printed (`methods.variants`), by variant, over all data sets that fit.
    """

    claim: Claim
    variants: tuple[tuple[Mapping[str, object], Outcome], ...]
    usual: Mapping[Variant, tuple[float, ...]] = field(default_factory=dict, hash=False)

    @property
    def matching(self) -> tuple[tuple[Mapping[str, object], Outcome], ...]:
        """The variants whose p rounds to the printed one."""
        printed = self.claim.p
        return tuple(
            (variant, outcome)
            for variant, outcome in self.variants
            if printed and outcome.p is not None and p_matches(printed, outcome.p)
        )

    @property
    def beside(self) -> tuple[tuple[Variant, float], ...]:
        """Usual variants that give the printed p where none of ours does: with its p, the first of them."""
        printed = self.claim.p
        if not printed or self.matching:
            return ()
        found = ((name, p) for name, ps in self.usual.items() for p in ps if p_matches(printed, p))
        return tuple(sorted(found, key=lambda one: len(one[0]))[:1])

    @property
    def reproduced(self) -> bool:
        """True where some usual variant gives the printed p."""
        return bool(self.matching or self.beside)


@remembered(512)
def reproductions(question: Question) -> tuple[Reproduction, ...]:
    """Printed results that this question can check, each with the variant that reproduces its p."""
    if question.status == "illustrative":
        return ()  # simulated people reproduce nothing
    claims = [claim for claim in question.study.claims if _about(claim, question)]
    printed = {claim.method for claim in claims if claim.p}  # a test with a printed result is not merely announced
    return tuple(_reproduce(question, claim) for claim in claims if claim.p or claim.method not in printed)


def _about(claim: Claim, question: Question) -> bool:
    when = (
        question.timepoints[-1]
        if question.quantity == "after"
        else f"{question.timepoints[0]}:{question.timepoints[-1]}"
    )
    arms = set(question.arms) <= set(claim.arms) if question.kind == "within" else set(question.arms) == set(claim.arms)
    says_something = claim.kind == "announced" or (claim.kind == "result" and claim.p is not None)
    return (
        says_something
        and claim.comparison == question.kind
        and arms
        and claim.outcome == question.measure.id
        and claim.timepoint in (when, "")
    )


def _reproduce(question: Question, claim: Claim) -> Reproduction:
    if claim.method is None:
        return Reproduction(claim, ())
    tried = [
        (variant, attempt(question, claim.method, **variant).outcome) for variant in METHODS[claim.method].variants
    ]
    ran = tuple((variant, outcome) for variant, outcome in tried if outcome and outcome.p is not None)
    return Reproduction(claim, ran, usual_ps(question, claim.method) if ran else {})


MOST_SETS = 500  # data sets whose usual variants are calculated


@remembered(256)
def usual_ps(question: Question, method_id: str) -> Mapping[Variant, tuple[float, ...]]:
    """Every p that the usual variants of a test give over the data sets that fit; empty where it can't be run.

    A test with one form only has its own variants of the registry here.
    """
    method = METHODS[method_id]
    if missing(question, method) is not None:
        return {}
    found: dict[Variant, dict[float, None]] = {}
    for samples in question.offered[:MOST_SETS]:
        for name, p in _usual(method, samples[method.design]).items():
            found.setdefault(name, {})[p] = None
    return {name: tuple(sorted(ps)) for name, ps in found.items()}


def _usual(method: Method, samples: tuple) -> Mapping[Variant, float]:
    try:
        found = usual(method.id, *samples)
    except NotApplicable:
        return {}
    if found is not None:
        return found
    ran = ((variant, run_on(method.id, samples, variant)) for variant in method.variants)
    return {
        (variant_id(method.id, variant),): outcome.p
        for variant, outcome in ran
        if not isinstance(outcome, Note) and outcome.p is not None
    }


def attainable(question: Question, method_id: str) -> tuple[tuple[str, tuple[float, ...]], ...]:
    """Every two-sided p that a test can give: per variant (its name for `term.…`), the distinct p, in order."""
    return tuple((name[0], ps) for name, ps in usual_ps(question, method_id).items() if len(name) == 1)
