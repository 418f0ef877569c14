"""What is taken away: comparisons, each with the result that it is part of or why it is in none, and their studies."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.evidence import Answer, Choice, Entry, Line, body
from analysis.evidence.contrasts import COMPARISONS
from analysis.studies import FAMILIES, Study


@dataclass(frozen=True)
class Part:
    """A comparison; `result` names the intervention whose result it is part of, blank where it is in none."""

    entry: Entry
    result: str = ""


@dataclass(frozen=True)
class Taken:
    """Comparisons, and all studies that go along, those without any too, by id."""

    parts: tuple[Part, ...]
    studies: tuple[Study, ...]


def of_answer(found: Answer) -> Taken:
    """All comparisons of a choice, those that are pooled first, one per trial of each result."""
    pooled = [Part(entry, _name(line)) for line in found.lines for entry in line.kept_entries]
    there = {one for part in pooled for one in part.entry.contrast.comparisons}
    parts = (*pooled, *(Part(entry) for entry in found.body.entries if entry.contrast not in there))
    studies = {part.entry.contrast.study.id: part.entry.contrast.study for part in parts}
    return Taken(parts, tuple(studies[key] for key in sorted(studies)))


def _name(line: Line) -> str:
    return ".".join(line.treatments) if line.kept else ""


def of_study(study: Study) -> Taken:
    """One study with all its comparisons, of every outcome: nothing is pooled."""
    asked = Choice(families=tuple(FAMILIES), comparisons=tuple(COMPARISONS))
    return Taken(tuple(Part(entry) for entry in body((study,), asked).entries), (study,))
