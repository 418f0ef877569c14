"""Every printed number with its verdict, and every judgement of bias with its reason, a row each."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.checks import Entry, ledger
from analysis.studies import DOMAINS, NOT_ASSESSED, OVERALL, Bias, Study
from analysis.words import Say

PRINTED_COLUMNS = (
    "study", "kind", "level", "arm", "outcome", "when", "printed", "statement", "status", "verdict", "recomputed",
    "arithmetic", "locator",
)  # fmt: skip
BIAS_COLUMNS = ("study", "tool", "domain", "judgement", "reason")
Row = dict[str, str]


def printed_numbers(studies: Iterable[Study], say: Say) -> tuple[tuple[str, ...], list[Row]]:
    """Columns, and a row per printed number and claim of each study; arms, outcomes and times by the card's ids."""
    there = ((study, entry) for study in studies for entry in ledger(study) if entry.kind != "design")
    return PRINTED_COLUMNS, [_printed(study, entry, say) for study, entry in there]


def _printed(study: Study, entry: Entry, say: Say) -> Row:
    first = entry.findings[0] if entry.findings else None
    return {
        "study": study.id,
        "kind": entry.kind,
        "level": entry.level,
        "arm": entry.arm,
        "outcome": entry.outcome,
        "when": entry.timepoint,
        "printed": entry.printed,
        "statement": say.text(entry.statement),
        "status": study.known_as,
        "verdict": entry.verdict,
        "recomputed": entry.recomputed,
        "arithmetic": say.note(first.verdict.explanation, "check") if first else "",
        "locator": entry.locator,
    }


def _judgement(judged: Bias, domain: str) -> str:
    found = judged.of(domain)
    said = judged.overall if domain == OVERALL else found and found.judgement
    return said or NOT_ASSESSED


def bias(studies: Iterable[Study], say: Say) -> list[Row]:
    """A row per study and domain of its tool, and one for all of them; a domain without judgement says so."""
    return [
        {
            "study": study.id,
            "tool": study.bias.tool,
            "domain": domain,
            "judgement": _judgement(study.bias, domain),
            "reason": say.text(found.reason) if found else "",
        }
        for study in studies
        if study.bias
        for domain in (*DOMAINS[study.bias.tool], OVERALL)
        for found in [study.bias.of(domain)]
    ]
