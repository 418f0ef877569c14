"""The rules applied to what a study claims: printed p values, and conclusions without the comparison they need."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from analysis.checks import design, numbers
from analysis.checks.findings import Finding
from analysis.checks.p_statistics import statistic_read
from analysis.checks.recomputed import recomputed
from analysis.results import Verdict
from analysis.studies import Claim, Study


def claim_findings(study: Study) -> Iterator[Finding]:
    """All rules about claims: printed p values, and conclusions without the comparison they need."""
    for claim in study.claims:
        if claim.p is not None:
            yield _claim_finding("p_zero", numbers.p_zero(claim.p), claim, unknown="style")
        if any(map(str.isdigit, claim.statistic)) and (told := statistic_read(claim.statistic)).status != "consistent":
            yield _claim_finding("statistic_read", told, claim)
        for rule, verdict in recomputed(study, claim):
            yield _claim_finding(rule, verdict, claim)
        if claim.kind != "announced" and claim.outcome and not _prints_a_number(claim):
            figures = sum(1 for f in study.find(outcome=claim.outcome) if f.statistic != "n")
            ps = sum(1 for other in study.claims if other.outcome == claim.outcome and other.p)
            yield _claim_finding(
                "claim_without_figure", design.claim_without_figure(figures, ps), claim, wrong="conclusion"
            )
        if claim.kind == "conclusion" and claim.comparison == "between":
            yield _claim_finding("within_instead_of_between", _compared(study, claim), claim, wrong="conclusion")
    yield from _tests_named(study)


def _prints_a_number(claim: Claim) -> bool:
    """A claim with its p, or with an estimate ("88.3 mL/day (56.8 to 119.8)"), stands on a number of its own."""
    return claim.p is not None or any(map(str.isdigit, claim.statistic))


def _claim_finding(
    rule: str, verdict: Verdict, claim: Claim, wrong: str = "number", unknown: str = "unknown"
) -> Finding:
    consequence = {"inconsistent": wrong, "cannot tell": unknown, "consistent": "none"}[verdict.status]
    arm = claim.arms[0] if len(claim.arms) == 1 else ""
    return Finding(
        rule, verdict, consequence, "claims.csv", (claim.row,), claim.locator, arm, claim.outcome, claim.p or ""
    )


def _compared(study: Study, claim: Claim) -> Verdict:
    tested = [c for c in study.claims if c.outcome == claim.outcome and c.p and set(c.arms) & set(claim.arms)]
    between_arms = sum(1 for c in tested if c.comparison == "between")
    return design.within_instead_of_between(True, between_arms, sum(1 for c in tested if c.comparison == "within"))


def _tests_named(study: Study) -> Iterator[Finding]:
    """Tests that different parts of the paper name (the part is the locator up to its first comma)."""
    parts: dict[str, list[Claim]] = {}
    for claim in study.claims:
        if claim.kind == "announced":
            parts.setdefault(claim.locator.split(",")[0].split(" (")[0], []).append(claim)
    for (_, first), (_, second) in combinations(parts.items(), 2):
        verdict = design.test_named_twice((c.named for c in first), (c.named for c in second))
        yield _claim_finding("test_named_twice", verdict, first[0])
