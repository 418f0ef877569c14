"""Which way studies point, in words: the count with its sign test, p values combined, and each row."""

from __future__ import annotations

from analysis.evidence import Combined, Directed, Signs
from analysis.telling.sentences import printed_in
from analysis.telling.summary import counted, when_said
from analysis.words import Say


def signs_said(found: Signs, say: Say) -> str:
    """How many studies point which way; of those with a side the share that is better, with its interval before p."""
    said = [say("direction.count", studies=counted("study", found.studies, say), better=found.better,
                worse=found.worse, neither=found.neither, unknown=found.unknown)]  # fmt: skip
    if found.mixed:
        said.append(say("direction.mixed", count=found.mixed))
    if found.share is not None and found.interval and found.p is not None:
        low, high = (say.percent(end) for end in found.interval)
        said.append(say("direction.share", share=say.percent(found.share), low=low, high=high, p=say.p(found.p)))
    return " ".join(said)


def combined_said(found: Combined | None, say: Say) -> str:
    """p values combined, and of how many studies; what is missing for it."""
    if found is None:
        return say("direction.combined-none")
    said = say("direction.combined", studies=found.studies, fisher=say.p(found.fisher), stouffer=say.p(found.stouffer))
    return f"{said} {say('direction.bounds', count=found.bounds)}" if found.bounds else said


def p_said(row: Directed, say: Say) -> str:
    """ "p = 0.023" as printed, "p < 0.05", "p = 0.015 (computed)"; blank where there is none."""
    if row.p is None:
        return ""
    if not row.p.text:
        return say("direction.p-computed", p=say.p(row.p.value))
    return f"p {row.p.bound or '='} {say.printed(f'0{row.p.text}' if row.p.text[0] == '.' else row.p.text)}"


def numbers_said(row: Directed, say: Say) -> str:
    """Beside a line: p and how many mothers, or that no direction is said."""
    people = say("direction.n", n=row.people) if row.people else ""
    unsaid = "" if row.side is not None else say("direction.side-unknown")
    return "; ".join(filter(None, (unsaid, p_said(row, say), people)))


def row_said(row: Directed, say: Say) -> str:
    """What tells a row's side, of which outcome and when, and where that is printed."""
    contrast = row.contrast
    side = say(f"direction.side-{SIDES[row.side]}")
    known = say(f"direction.known-{row.known}") if row.known else ""
    outcome = say.text(contrast.study.outcomes[contrast.outcome].label)
    where = printed_in(contrast.locators, say)
    parts = (side, known, outcome, when_said(contrast, say), p_said(row, say), where)
    return " · ".join(filter(None, parts))


SIDES = {1: "better", -1: "worse", 0: "neither", None: "unknown"}
