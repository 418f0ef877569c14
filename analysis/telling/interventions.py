"""What was found of an intervention, for somebody who never took statistics: no effect size, no p."""

from __future__ import annotations

from analysis.evidence import MILK, Intervention, Line, word_said
from analysis.telling.summary import (
    capitalised,
    counted,
    effect_text,
    kind_name,
    people_said,
    took_part,
    treatment_name,
)
from analysis.words import Say


def found_said(found: Intervention, say: Say) -> str:
    """The result that answers best in one sentence, with how many it stands on; or why there is none."""
    if found.cell is None or (line := found.line) is None:
        study = found.studies[0]
        return say("found.none", study=say.text(study.short_title), result=say.text(study.card["result"]))
    said = say(
        "found.sentence",
        outcome=capitalised(say(f"family.{found.cell.family}")),
        said=say(f"found-compared.{found.comparison}-{line.direction}", other=others_of(line, say)),
        studies=say("found.of-studies", count=line.studies, all=counted("study", len(found.studies), say)),
        people=people_said(line.people, say),
    )
    return said if found.cell.family in MILK else f"{say('found.not-milk')} {said}"


def others_of(line: Line, say: Say) -> str:
    """What an intervention was compared with."""
    names = {name for entry in line.kept_entries for had in entry.contrast.comparators for name in had}
    return ", ".join(treatment_name(name, say) for name in sorted(names))


def studied_said(found: Intervention, say: Say) -> str:
    """How many studies and mothers there are of an intervention, in a result or not."""
    return f"{counted('study', len(found.studies), say)} · {took_part(found, say)}"


def sure_said(found: Intervention, say: Say) -> str:
    """How sure the result is, in GRADE's words; that there is none where there is none."""
    certainty = found.line and found.line.certainty
    return say("across.certainty", word=word_said(certainty, say)) if certainty else say("found.not-rated")


def number_said(found: Intervention, say: Say) -> str:
    """The effect behind the sentence, as the comparison shows it; blank where there is none."""
    kept = found.line and found.line.kept
    return f"{kind_name(kept.kind, say)} {effect_text(kept.kind, kept.estimate, kept.interval, say)}" if kept else ""
