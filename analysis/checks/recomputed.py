"""What a study prints of a test, recomputed from whatever else it prints: people, means, counts, or the statistic.

Each gives (rule, verdict). A test's p is only compared with what that test can give: where a claim names
no test, or another one, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from analysis.asking import MOST_SETS, Question, Reproduction, before_after, between, reproductions, summary
from analysis.checks import p_statistics, p_values, printed_tests
from analysis.checks.bounds import arm_summary, of_paired_t
from analysis.checks.verdicts import not_checked
from analysis.recover import ArmSummary, read_statistic
from analysis.results import NotApplicable, Verdict
from analysis.studies import Claim, Study

Ruled = tuple[str, Verdict]
OF_MEANS = ("independent-t", "welch-t", "independent-t-summary")
OF_COUNTS = ("chi-square", "fisher", "boschloo", "mann-whitney")


def recomputed(study: Study, claim: Claim) -> Iterator[Ruled]:
    """All rules that recompute what a claim prints; of its p one verdict, whatever it can be recomputed from."""
    if claim.p is not None:
        yield from p_values.one_verdict(claim.p, tuple(materials(study, claim)))
    if of_paired_t(claim) and len(claim.arms) == 1:
        yield from _correlation(study, claim)


def materials(study: Study, claim: Claim) -> Iterator[Ruled]:
    """What each printed material says of a claim's p, what lies nearest to the data first."""
    p = claim.p
    if p is None:
        return
    yield from _from_people(study, claim, p)
    if claim.comparison == "between" and claim.outcome and len(claim.arms) == 2:
        yield from _from_counts(study, claim, p)
        yield from _from_means(study, claim, p)
    yield from _from_statistic(study, claim, p)


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


def _from_people(study: Study, claim: Claim, p: str) -> Iterator[Ruled]:
    """From the people that the printed numbers determine."""
    question = question_of(study, claim)
    if claim.method is None or question is None:
        return
    for found in reproductions(question):
        if found.claim == claim and found.variants and (found.reproduced or len(question.offered) <= MOST_SETS):
            yield "p_from_people", p_values.p_verdict(p, _reaches(found), what="")


def _reaches(found: Reproduction) -> p_values.Reaches:
    """What each variant gives over all data sets that fit, in the registry's order."""
    return {name: tuple((p, p) for p in ps) for name, ps in found.usual.items()}


def _from_statistic(study: Study, claim: Claim, p: str) -> Iterator[Ruled]:
    """From a printed statistic. Degrees of freedom that aren't printed follow from the design where they must."""
    found = read_statistic(claim.statistic)
    if found is None:
        return
    try:
        ruled = p_statistics.p_of_statistic(found, p, _known(study, claim))
    except NotApplicable:
        ruled = f"p_from_{found.name.replace('-', '_')}", not_checked((found.value, *found.df, p))
    if ruled is not None:
        yield ruled


def _known(study: Study, claim: Claim) -> dict[str, str]:
    """What the design says of a test: degrees of freedom, groups and people, as far as they are known."""
    n = _measured(study, claim)
    known = {"df": _degrees_of_freedom(claim, n), "groups": str(len(claim.arms)) if len(claim.arms) > 1 else ""}
    if len(n) == 2 and all(n):
        known |= {"n_a": n[0] or "", "n_b": n[1] or ""}
    if claim.comparison == "association" and n and all(n):
        known["n"] = str(sum(int(people or 0) for people in n))
    if claim.method == "anova" and len(n) > 1 and all(n):
        known["df_within"] = str(sum(int(people or 0) for people in n) - len(n))
    return known


def _degrees_of_freedom(claim: Claim, n: list[str | None]) -> str:
    """Of t tests of equal variances from n; of F and χ² of one answer in several groups from their number."""
    if claim.method in ("chi-square", "anova", "mcnemar") and (len(n) > 1 or claim.method == "mcnemar"):
        return "1" if claim.method == "mcnemar" else str(len(n) - 1)
    lost = {"paired-t": 1, "independent-t": 2}.get(claim.method or "")
    if lost is None or len(n) != lost or not all(n):
        return ""
    return str(sum(int(people or 0) for people in n) - lost)


def _measured(study: Study, claim: Claim) -> list[str | None]:
    """People per arm that a claim is about."""
    return [study.measured(arm, claim.outcome, claim.timepoint) for arm in claim.arms]


def _from_means(study: Study, claim: Claim, p: str) -> Iterator[Ruled]:
    """From both arms' printed means and SDs (or those of their changes)."""
    if claim.method not in OF_MEANS:
        return
    a, b = (
        p_values.triple_of(printed.mean, printed.sd, printed.n)
        for printed in (summary(study, claim.outcome, arm, claim.timepoint) for arm in claim.arms)
    )
    if a and b:
        try:
            yield "p_from_means", p_values.p_from_means(a, b, p)
        except NotApplicable:
            yield "p_from_means", not_checked((*a, *b))


def _from_counts(study: Study, claim: Claim, p: str) -> Iterator[Ruled]:
    """From both arms' printed numbers of yes and no."""
    if claim.method not in OF_COUNTS or study.outcomes[claim.outcome].scale != "binary":
        return
    counts = (
        [study.value("count", arm, claim.outcome, claim.timepoint, level) for level in ("yes", "no")]
        for arm in claim.arms
    )
    table = tuple(tuple(count for count in row if count) for row in counts)
    if all(len(row) == 2 for row in table):
        yield "p_from_counts", p_values.p_from_counts(table, p, boschloo=claim.method == "boschloo")


def _correlation(study: Study, claim: Claim) -> Iterator[Ruled]:
    """The correlation that a printed paired t or p needs; of an SD of change `sd_of_change_possible` says it."""
    times = claim.timepoint.split(":")
    if len(times) != 2 or not claim.outcome:
        return
    before, after = times
    arm = replace(arm_summary(study, claim.outcome, claim.arms[0], (before, after), claim), change_sd=None, r=None)
    if (arm.t or arm.p) and arm.n and arm.sd_before and arm.sd_after and arm.change:
        yield "r_possible", _r_verdict(arm)


def _r_verdict(arm: ArmSummary) -> Verdict:
    try:
        return printed_tests.r_possible(arm)
    except NotApplicable:
        return not_checked((arm.sd_before, arm.sd_after, arm.change_as_printed, arm.t, arm.p))
