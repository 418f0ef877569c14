"""What a study prints of a test, recomputed from whatever else it prints: people, means, counts, or the statistic.

Each gives (rule, verdict). A test's p is only compared with what that test can give: where a claim names
no test, or another one, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from analysis.attempts import reproductions, variant_id
from analysis.bounds import arm_summary, of_paired_t
from analysis.checks import p_values, printed_tests
from analysis.checks.verdicts import cannot_tell, consistent, inconsistent
from analysis.questions import Question, before_after, between
from analysis.recover.correlation import ArmSummary
from analysis.recover.printed_statistics import read_statistic
from analysis.results import NotApplicable, Verdict
from analysis.studies import Claim, Study

Ruled = tuple[str, Verdict]
OF_MEANS = ("independent-t", "welch-t", "independent-t-summary")
OF_COUNTS = ("chi-square", "fisher", "boschloo", "mann-whitney")


def recomputed(study: Study, claim: Claim) -> Iterator[Ruled]:
    """All rules that recompute what a claim prints."""
    if claim.p is not None:
        yield from _from_people(study, claim)
        yield from _from_statistic(study, claim)
        if claim.comparison == "between" and claim.outcome and len(claim.arms) == 2:
            yield from _from_means(study, claim)
            yield from _from_counts(study, claim)
    if of_paired_t(claim) and len(claim.arms) == 1:
        yield from _correlation(study, claim)


def question_of(study: Study, claim: Claim) -> Question | None:
    """The question that a claim answers, None where it isn't about one arm's change or two arms."""
    times = claim.timepoint.split(":")
    if not claim.outcome or not all(times):
        return None
    if claim.comparison == "within" and len(times) == 2 and len(claim.arms) == 1:
        return before_after(study, claim.outcome, claim.arms[0], tuple(times))
    if claim.comparison == "between" and len(claim.arms) == 2:
        quantity = "change" if len(times) == 2 else "after"
        return between(study, claim.outcome, (claim.arms[0], claim.arms[1]), tuple(times), quantity)
    return None


def _from_people(study: Study, claim: Claim) -> Iterator[Ruled]:
    """From the people that the printed numbers determine."""
    question = question_of(study, claim)
    if claim.method is None or question is None:
        return
    for found in reproductions(question):
        if found.claim == claim and found.variants:
            yield "p_from_people", _p_verdict(claim, found)


def _p_verdict(claim: Claim, found) -> Verdict:
    ps = [outcome.p for _, outcome in found.matching or found.variants]
    said = {"p": claim.p, "least": f"{min(ps):.4f}", "most": f"{max(ps):.4f}"}
    names = tuple(variant_id(claim.method, options) for options, _ in found.matching)
    return (
        consistent("p-from.agrees", variants=names, what="", **said)
        if names
        else inconsistent("p-from.differs", what="", **said)
    )


def _from_statistic(study: Study, claim: Claim) -> Iterator[Ruled]:
    """From a printed t or Z. Degrees of freedom that aren't printed follow from n, for t tests of equal variances."""
    found = read_statistic(claim.statistic)
    if found is None or found.name not in ("t", "z"):
        return
    if found.name == "z":
        yield "p_from_z", p_values.p_from_z(found.value, claim.p)
    elif df := "".join(found.df) or _degrees_of_freedom(study, claim):
        yield "p_from_t", p_values.p_from_t(found.value, df, claim.p)


def _degrees_of_freedom(study: Study, claim: Claim) -> str:
    n = _measured(study, claim)
    lost = {"paired-t": 1, "independent-t": 2}.get(claim.method or "")
    if lost is None or len(n) != lost or not all(n):
        return ""
    return str(sum(int(people or 0) for people in n) - lost)


def _measured(study: Study, claim: Claim) -> list[str | None]:
    """People per arm that a claim is about."""
    return [study.measured(arm, claim.outcome, claim.timepoint) for arm in claim.arms]


def _from_means(study: Study, claim: Claim) -> Iterator[Ruled]:
    """From both arms' printed means and SDs (or those of their changes)."""
    if claim.method not in OF_MEANS:
        return
    change = "change_" if ":" in claim.timepoint else ""
    triples = [
        (
            study.value(f"{change}mean", arm, claim.outcome, claim.timepoint),
            study.value(f"{change}sd", arm, claim.outcome, claim.timepoint),
            n,
        )
        for arm, n in zip(claim.arms, _measured(study, claim), strict=True)
    ]
    if all(all(triple) for triple in triples):
        try:
            yield "p_from_means", p_values.p_from_means(*triples, claim.p)
        except NotApplicable:
            yield "p_from_means", _unreadable(text for triple in triples for text in triple)


def _from_counts(study: Study, claim: Claim) -> Iterator[Ruled]:
    """From both arms' printed numbers of yes and no."""
    if claim.method not in OF_COUNTS or study.outcomes[claim.outcome].scale != "binary":
        return
    table = tuple(
        tuple(study.value("count", arm, claim.outcome, claim.timepoint, level) for level in ("yes", "no"))
        for arm in claim.arms
    )
    if all(all(row) for row in table):
        yield "p_from_counts", p_values.p_from_counts(table, claim.p)


def _correlation(study: Study, claim: Claim) -> Iterator[Ruled]:
    """The correlation that a printed paired t or p needs; of an SD of change `sd_of_change_possible` says it."""
    times = claim.timepoint.split(":")
    if len(times) != 2 or not claim.outcome:
        return
    arm = replace(arm_summary(study, claim.outcome, claim.arms[0], tuple(times), claim), change_sd=None, r=None)
    if (arm.t or arm.p) and arm.n and arm.sd_before and arm.sd_after and arm.change:
        yield "r_possible", _r_verdict(arm)


def _r_verdict(arm: ArmSummary) -> Verdict:
    try:
        return printed_tests.r_possible(arm)
    except NotApplicable:
        change = arm.change_mean or f"{arm.mean_after} - {arm.mean_before}"
        return _unreadable((arm.sd_before, arm.sd_after, change, arm.t, arm.p))


def _unreadable(texts) -> Verdict:
    return cannot_tell("not-checked.numbers", numbers=", ".join(str(text) for text in texts if text))
