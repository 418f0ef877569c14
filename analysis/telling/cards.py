"""What a study's card and its ledger say, as lines and rows."""

from __future__ import annotations

from analysis.checks import Entry
from analysis.studies import Study, treatments_named
from analysis.telling.sentences import statistic_name
from analysis.words import Say


def facets_said(study: Study, say: Say) -> list[str]:
    """Who was studied, what was compared and how people were divided, as far as the card says."""
    said = study.facets
    people = [say(f"{name}.{word.replace(' ', '-')}") for name, word in said.who if word]
    treatments = [treatments_named(arm.treatments, say) for arm in study.arms.values() if arm.treatments]
    lines = [say("study.people-studied", people=", ".join(people))] if people else []
    if treatments:
        lines.append(say("study.treatments", treatments=" / ".join(dict.fromkeys(treatments))))
    if said.allocation:
        lines.append(say("study.allocated", how=say(f"allocation.{said.allocation}")))
    return lines


def verdict_id(verdict: str) -> str:
    """A verdict as an id for words and links."""
    return verdict.replace(" ", "-")


def ledger_row(study: Study, entry: Entry, say: Say) -> dict[str, str]:
    """One row of the ledger in the reader's words, by what its column is called."""
    first = entry.findings[0] if entry.findings else None
    return {
        say("figures.printed"): say.printed(entry.printed),
        say("check-numbers.what"): printed_what(study, entry, say),
        say("check-numbers.verdict"): say(f"verdict.{verdict_id(entry.verdict)}"),
        say("check-numbers.recomputed"): say.printed(entry.recomputed),
        say("check-numbers.allows"): _allowed(entry, say),
        say("check-numbers.consequence"): say(f"consequence.{entry.consequence}") if first else "",
        say("check-numbers.arithmetic"): say.note(first.verdict.explanation, "check") if first else "",
        say("figures.locator"): say.locator(entry.locator),
    }


def printed_what(study: Study, entry: Entry, say: Say) -> str:
    """ "mean · Moringa · before", or what a claim states."""
    if entry.statement:
        return say.text(entry.statement)
    kind = say("check-numbers.design") if entry.kind == "design" else statistic_name(entry.kind, entry.level, say)
    arm = say.text(study.arms[entry.arm].label) if entry.arm else ""
    times = [say.text(study.timepoints[t].label) for t in entry.timepoint.split(":") if t in study.timepoints]
    several = len(study.outcomes) > 1 and entry.outcome
    outcome = say.text(study.outcomes[entry.outcome].label) if several else ""
    return " · ".join(filter(None, (kind, arm, " → ".join(times), outcome)))


def _allowed(entry: Entry, say: Say) -> str:
    """ "3.145 – 3.155": every value that rounds to the printed one."""
    if entry.allows is None:
        return ""
    low, high = entry.allows
    return f"{say.printed(f'{low:.6g}')} – {say.printed(f'{high:.6g}')}"
