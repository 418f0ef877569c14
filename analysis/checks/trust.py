"""Can a study's numbers be trusted? The 21 checks of INSPECT-SR, as far as they can be answered here.

INSPECT-SR (Wilkinson et al. 2025, doi:10.1101/2025.09.03.25334905; guidance document v1.0) asks of randomised
trials whether something about them is problematic. Its checks stand here in our own words (`trust-item.<id>`);
numbers and domains are the tool's. It is no test for misconduct: an answer of concern says that something
doesn't agree, and typing slips and rounding are the usual causes.

What the rules of `analysis.checks` can answer is answered from their findings, of any design; the rest stays
"not assessed" unless the card has [trust.<id>] with an answer and a reason. The card's answer goes before the
automatic one, whose reasons stay beside it. Domain judgements are left to readers, as the tool does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analysis.checks.checking import check_study
from analysis.checks.findings import Finding
from analysis.checks.registry import ANSWERS
from analysis.results import Note
from analysis.studies import CANNOT_TELL, CONCERN, NONE, NOT_ASSESSED, TRUST_DOMAINS, TRUST_ITEMS, Study


@dataclass(frozen=True)
class Item:
    """One check of INSPECT-SR and its answer; "yes concern" means that something is problematic.

    `automatic` is True where findings alone gave the answer. `reasons` are said by `say.note(reason, "check")`.
    """

    id: str
    number: str
    domain: str
    answer: str
    automatic: bool
    reasons: tuple[Note, ...] = ()


def trust(study: Study) -> tuple[Item, ...]:
    """All 21 checks of one study, in the tool's order."""
    findings = check_study(study)
    answered = study.card.get("trust", {})
    return tuple(_item(name, answered.get(name), findings) for name in TRUST_ITEMS)


def _item(name: str, said: Mapping[str, Any] | None, findings: tuple[Finding, ...]) -> Item:
    number = TRUST_ITEMS[name]
    domain = TRUST_DOMAINS[int(number.split(".")[0]) - 1]
    answer, reasons = _from_findings([found for found in findings if ANSWERS.get(found.rule) == name])
    if said is None or not said.get("answer"):
        return Item(name, number, domain, answer, answer != NOT_ASSESSED, reasons)
    own = Note("trust.on-card", {"reason": said.get("reason", {})})
    return Item(name, number, domain, said["answer"], False, (own, *reasons))


def _from_findings(findings: list[Finding]) -> tuple[str, tuple[Note, ...]]:
    """Any inconsistency is a concern; else anything that can't be told leaves the check open."""
    by_status: dict[str, list[Note]] = {}
    for found in findings:
        by_status.setdefault(found.verdict.status, []).append(found.verdict.explanation)
    if not by_status:
        return NOT_ASSESSED, ()
    for status, answer in (("inconsistent", CONCERN), ("cannot tell", CANNOT_TELL)):
        if status in by_status:
            return answer, tuple(dict.fromkeys(by_status[status]))
    return NONE, (Note("trust.all-agree", {"count": len(findings)}),)
