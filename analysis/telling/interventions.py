"""What was found of an intervention, for somebody who never took statistics: no effect size, no p."""

from __future__ import annotations

from analysis.evidence import MILK, Intervention, Line, MapCell, word_said
from analysis.telling.summary import counted, effect_text, kind_name, people_said, treatment_name
from analysis.words import Say


def found_said(found: Intervention, say: Say) -> str:
    """The result that answers best in one sentence, with how many it stands on; or why there is none."""
    if found.cell is None or found.cell.line is None:
        study = found.studies[0]
        return say("found.none", study=say.text(study.short_title), result=say.text(study.card["result"]))
    line = found.cell.line
    said = say(
        "found.sentence",
        outcome=_upper(say(f"family.{found.cell.family}")),
        said=say(f"found-compared.{found.comparison}-{line.direction}", other=_others(line, say)),
        studies=say("found.of-studies", count=line.studies, all=counted("study", len(found.studies), say)),
        people=people_said(line.people, say),
    )
    return said if found.cell.family in MILK else f"{say('found.not-milk')} {said}"


def _others(line: Line, say: Say) -> str:
    """What an intervention was compared with."""
    names = {name for entry in line.kept_entries for name in entry.contrast.comparator}
    return ", ".join(treatment_name(name, say) for name in sorted(names))


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def studied_said(found: Intervention, say: Say) -> str:
    """How many studies and mothers there are of an intervention, in a result or not."""
    key = "across.people-at-least" if found.people is not None and not found.all_known else ""
    people = say(key, people=found.people) if key else people_said(found.people, say)
    return f"{counted('study', len(found.studies), say)} · {people}"


def sure_said(found: Intervention, say: Say) -> str:
    """How sure the result is, in GRADE's words; that there is none where there is none."""
    certainty = found.cell and found.cell.line and found.cell.line.certainty
    return say("across.certainty", word=word_said(certainty, say)) if certainty else say("found.not-rated")


def number_said(cell: MapCell, say: Say) -> str:
    """The effect behind the sentence, as the comparison shows it; blank where there is none."""
    kept = cell.line.kept if cell.line else None
    return f"{kind_name(kept.kind, say)} {effect_text(kept.kind, kept.estimate, kept.interval, say)}" if kept else ""
