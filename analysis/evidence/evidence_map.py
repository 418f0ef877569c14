"""The map of all interventions and outcomes: who studied each, in which comparisons, and what the answer to it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from analysis.evidence.answer import Line, Tally, answer_anew
from analysis.evidence.appraisal import known_people
from analysis.evidence.body import best_kind_anew
from analysis.evidence.choice import POOLED_FAMILIES, Choice, name_of
from analysis.evidence.contrasts import Contrast, contrasts_of
from analysis.evidence.pooling import SAFEGUARDED
from analysis.results import remembered
from analysis.studies import Study


@dataclass(frozen=True)
class MapCell:
    """One intervention and one outcome family, in one kind of comparison: what the list says of the same choice.

    `people` counts all who took part in these studies as far as known, `all_known` if that is all of them.
    `elsewhere` counts studies that compare in other ways only, `otherwise` are these ways, the commonest first.
    """

    treatment: str
    family: str
    kind: str
    tally: Tally
    people: int | None
    all_known: bool
    elsewhere: int
    otherwise: tuple[str, ...]
    line: Line | None = field(hash=False)


@remembered(16)
def evidence_map(
    studies: tuple[Study, ...], choice: Choice, tau2: str = "REML", interval: str = SAFEGUARDED
) -> tuple[MapCell, ...]:
    """Every intervention and outcome that some study measured, for the one kind of comparison of `choice`."""
    cells: dict[tuple[str, str], list[Contrast]] = {}
    for study in studies:
        for contrast in contrasts_of(study):
            if contrast.family in POOLED_FAMILIES:
                cells.setdefault((name_of(contrast.treatments), contrast.family), []).append(contrast)
    return tuple(_cell(*place, found, choice, tau2, interval) for place, found in cells.items())


def studies_of(cell: MapCell, studies: Iterable[Study]) -> list[Study]:
    """The studies that a cell stands for, in whichever way they compare."""
    place = (cell.treatment, cell.family)
    return [one for one in studies if any((name_of(c.treatments), c.family) == place for c in contrasts_of(one))]


def _cell(treatment: str, family: str, found: Sequence[Contrast], choice: Choice, tau2: str, interval: str) -> MapCell:
    there = {contrast.study.id: contrast.study for contrast in found}
    out = choice.left_out & there.keys()
    asked = replace(choice, families=(family,), treatments=(treatment,), left_out=out)
    asked = replace(asked, kind=best_kind_anew(there.values(), asked))
    said = answer_anew(there.values(), asked, tau2, interval)
    here = {entry.contrast.study.id: entry.contrast.study for entry in said.body.entries}
    people, all_known = known_people(here.values())
    ways = Counter(
        comparison for _, comparison in {(c.study.id, c.comparison) for c in found if c.study.id not in here}
    )
    return MapCell(
        treatment, family, asked.kind, said.tally, people, all_known, len(there) - len(here),
        tuple(way for way, _ in ways.most_common()), said.lines[0] if said.lines else None,
    )  # fmt: skip
