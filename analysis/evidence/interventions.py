"""What raises milk? Every intervention of the library with the one result that answers best.

A result on milk itself goes before one on anything else, a comparison with no treatment before one with another
treatment, and change without a comparison group comes last.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from analysis.effects import LOGISTIC_SD
from analysis.evidence.answer import Line
from analysis.evidence.appraisal import known_people
from analysis.evidence.choice import POOLED_FAMILIES, Choice, better_of, name_of
from analysis.evidence.evidence_map import MapCell, evidence_map
from analysis.evidence.twins import twins_among
from analysis.results import Interval, remembered
from analysis.studies import TREATMENTS, Study

MILK = ("milk-volume", "adequacy")
COMPARED = ("control", "active", "before-after")  # from what says most to what says least
SDS_OF = {"hedges_g": 1.0, "smcc": 1.0, "smcr": 1.0, "log_odds_ratio": 1 / LOGISTIC_SD}  # what one unit is in SDs
NO_INTERVENTION = ("control", "unknown")  # classes of treatments


@dataclass(frozen=True)
class Intervention:
    """One treatment, or several given together: who studied it, and what was found.

    `studies` gave it in some arm, in the order of the library, each once though it may have two folders; `people` took
    part in them as far as known, None where no number is, `all_known` if that is everyone. `cell` is the result that
    answers best, in comparison with `comparison`; None where no study prints enough for one.
    """

    treatment: str
    studies: tuple[Study, ...] = field(hash=False)
    people: int | None
    all_known: bool
    comparison: str
    cell: MapCell | None

    @property
    def line(self) -> Line | None:
        """The result itself; None where there is none."""
        return self.cell.line if self.cell else None

    @property
    def in_sds(self) -> tuple[float, Interval] | None:
        """Estimate and interval in SDs between mothers, better upwards; None where there is no such number.

        Odds ratios become differences by the logistic distribution (`effects.g_of_log_odds_ratio`); differences in a
        unit of their own and ratios of means have no place on this scale.
        """
        if self.line is None or (kept := self.line.kept) is None or kept.kind not in SDS_OF:
            return None
        sign = -1 if better_of(self.line.entries[0].contrast) == "lower" else 1
        scale = sign * SDS_OF[kept.kind]
        low, high = sorted(scale * end for end in kept.interval)
        return scale * kept.estimate, (low, high)


@dataclass(frozen=True)
class Beside:
    """Another intervention that a study gave to another of its groups: the study, and both arms in its own order."""

    treatment: str
    study: Study = field(hash=False)
    arms: tuple[str, str]


def beside(treatment: str, found: Iterable[Intervention]) -> tuple[Beside, ...]:
    """Which others of `found` stand beside a treatment in one study; of several studies the first of the library."""
    others = {one.treatment: one for one in found}
    first: dict[str, Beside] = {}
    for study in others[treatment].studies if treatment in others else ():
        arms = {name_of(arm.treatments): arm.id for arm in study.arms.values()}
        for other in [name for name in arms if name in others and name != treatment and study.figures]:
            a, b = sorted((arms[treatment], arms[other]), key=list(study.arms).index)
            first.setdefault(other, Beside(other, study, (a, b)))
    return tuple(first.values())


@remembered(8)
def interventions(studies: tuple[Study, ...]) -> tuple[Intervention, ...]:
    """All interventions: those of the founding studies first, and among them those with a result on milk first."""
    given: dict[str, list[Study]] = {}
    for study in studies:
        for name in {name_of(arm.treatments) for arm in study.arms.values()}:
            if _is_intervention(name):
                given.setdefault(name, []).append(study)
    best = _best(studies)
    found = [_intervention(name, there, best.get(name)) for name, there in given.items()]
    return tuple(sorted(found, key=_place))


def _is_intervention(name: str) -> bool:
    return bool(name) and all(TREATMENTS[part] not in NO_INTERVENTION for part in name.split("."))


def _best(studies: tuple[Study, ...]) -> dict[str, tuple[str, MapCell]]:
    """By treatment the comparison and cell that answer best."""
    maps = {comparison: evidence_map(studies, Choice(comparisons=(comparison,))) for comparison in COMPARED}
    elsewhere = tuple(family for family in POOLED_FAMILIES if family not in MILK)
    best: dict[str, tuple[str, MapCell]] = {}
    for families in (MILK, elsewhere):
        for comparison, cells in maps.items():
            for cell in sorted(_with_result(cells, families), key=lambda cell: families.index(cell.family)):
                best.setdefault(cell.treatment, (comparison, cell))
    return best


def _with_result(cells: Iterable[MapCell], families: tuple[str, ...]) -> list[MapCell]:
    return [cell for cell in cells if cell.family in families and cell.line and cell.line.kept]


def _intervention(name: str, studies: list[Study], best: tuple[str, MapCell] | None) -> Intervention:
    twins = twins_among(studies, studies)
    once = tuple(study for study in studies if study.id not in twins)
    comparison, cell = best or ("", None)
    return Intervention(name, once, *known_people(once), comparison, cell)


def _place(found: Intervention) -> tuple:
    founding = any(study.founding for study in found.studies)
    on_milk = found.cell is not None and found.cell.family in MILK
    compared = COMPARED.index(found.comparison) if found.cell else len(COMPARED)
    return not founding, not on_milk, compared, -len(found.studies), found.treatment
