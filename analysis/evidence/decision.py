"""One question of a health centre: should it offer an intervention, at all or rather than another?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from analysis.asking import detectable_at
from analysis.evidence.answer import Line, answer
from analysis.evidence.body import best_kind
from analysis.evidence.choice import POOLED_FAMILIES, Choice, name_of
from analysis.evidence.contrasts import contrasts_of
from analysis.evidence.interventions import interventions
from analysis.evidence.of_hundred import OfHundred, of_hundred
from analysis.results import remembered
from analysis.studies import Study

HALF_SD, FIFTH_OF_SD = 0.5, 0.2  # a medium and a small difference of means: Cohen 1988, 2nd ed., p. 25–26
MORE_OF_HUNDRED = (20, 10)


@dataclass(frozen=True)
class Decision:
    """What is known of one question.

    `against` is what it is compared with, "" for going without it. `studies` gave the intervention, in a result or not.
    `needed` are mothers in each of two equal groups that a new trial takes to find a true difference with 80% power at
    5%, by the difference: "half-sd" and "fifth-sd" of means, "more-20" and "more-10" of shares (so many more of 100, as
    far as there is room for them); None beyond what is counted.
    """

    treatment: str
    against: str
    comparison: str
    family: str
    studies: tuple[Study, ...] = field(hash=False)
    line: Line | None
    hundred: OfHundred | None
    needed: Mapping[str, int | None] = field(hash=False)


@remembered(256)
def decision(studies: tuple[Study, ...], treatment: str, against: str = "") -> Decision:
    """What is known of a treatment, against going without it or against another.

    Raises:
        KeyError: no study gave this treatment.
    """
    there = {one.treatment: one for one in interventions(studies)}[treatment]
    if against:
        found = next(iter(_against(studies, treatment, against)), None)
        family, line = found or ("", None)
        comparison = "active"
    else:
        family, line = (there.cell.family, there.line) if there.cell else ("", None)
        comparison = there.comparison
    return Decision(treatment, against, comparison, family, there.studies, line, of_hundred(line), _needed(line))


@remembered(256)
def rivals(studies: tuple[Study, ...], treatment: str) -> tuple[str, ...]:
    """What a treatment was compared with directly, with a result."""
    there = {
        name_of(contrast.comparator)
        for study in studies
        for contrast in contrasts_of(study)
        if contrast.comparison == "active" and name_of(contrast.treatments) == treatment
    }
    return tuple(name for name in sorted(there - {""}) if _against(studies, treatment, name))


def _against(studies: tuple[Study, ...], treatment: str, other: str) -> list[tuple[str, Line]]:
    """The results of one treatment against another, milk first."""
    lines = []
    for family in POOLED_FAMILIES:
        asked = Choice((family,), ("active",), treatments=(treatment,), comparators=(other,))
        asked = replace(asked, kind=best_kind(studies, asked))
        lines += [(family, line) for line in answer(studies, asked).lines if line.kept]
    return lines


def _needed(line: Line | None) -> Mapping[str, int | None]:
    """By means, or by the share without; no result of a study enters as the truth."""
    found = of_hundred(line)
    if found is None or found.basis == "middle":
        means = detectable_at("groups", 2)
        return {"half-sd": means.needed_n(HALF_SD), "fifth-sd": means.needed_n(FIFTH_OF_SD)}
    shares = detectable_at("shares", 2, share=found.without / 100)
    possible = [more for more in MORE_OF_HUNDRED if found.without + more <= 100]
    return {f"more-{more}": shares.needed_n(more / 100) for more in possible}
