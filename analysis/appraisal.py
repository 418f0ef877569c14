"""What a body of evidence amounts to: its certainty, and the map of all interventions and outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from analysis.certainty import Body as RatedBody
from analysis.certainty import Certainty, propose
from analysis.choice import POOLED_FAMILIES, Choice, better_of, name_of
from analysis.contrasts import Contrast, contrasts_of, people_and_events
from analysis.evidence import Entry, best_kind_anew, body_anew
from analysis.pooling import SAFEGUARDED, egger, pool
from analysis.results import NotApplicable, Pooled
from analysis.studies import Study

SURROGATES = frozenset({"prolactin", "knowledge", "self-efficacy"})  # stand for milk or breastfeeding, aren't it
OF_EVENTS = frozenset({"log_odds_ratio", "log_risk_ratio", "risk_difference"})
LEAST_FOR_EGGER = 10  # Sterne et al. 2011: with fewer studies the test can't tell


def rate(entries: Sequence[Entry], pooled: Pooled | None) -> Certainty | None:
    """The certainty that the entries of one pool leave, None where there are none; `pooled` is of the same entries."""
    if not entries:
        return None
    people, events = total(entries)
    infants = {entry.contrast.study.facets.infants for entry in entries} - {"", "not reported"}
    unsaid = any(entry.contrast.study.facets.infants in ("", "not reported") for entry in entries)
    return propose(
        RatedBody(
            k=len(entries),
            randomised=all(entry.contrast.study.design == "randomised" for entry in entries),
            biases=tuple(entry.contrast.study.bias for entry in entries),
            pooled=pooled,
            intervals=tuple(entry.effect.interval for entry in entries if entry.effect and entry.effect.interval),
            people=people,
            events=events,
            binary=entries[0].effect is not None and entries[0].effect.kind in OF_EVENTS,
            populations_differ=True if len(infants) > 1 or "mixed" in infants else None if unsaid else False,
            indirect_comparison=False,
            surrogate=entries[0].contrast.family in SURROGATES,
            egger_p=_egger_p(entries),
        )
    )


def _egger_p(entries: Sequence[Entry]) -> float | None:
    if len(entries) < LEAST_FOR_EGGER:
        return None
    try:
        return egger([entry.effect for entry in entries]).p
    except NotApplicable:
        return None


def total(entries: Iterable[Entry]) -> tuple[int | None, int | None]:
    """People and events of all arms together, each arm once; None where one isn't known."""
    arms: dict[tuple[str, str], tuple[int | None, int | None]] = {}
    for entry in entries:
        for arm in entry.contrast.arms:
            arms[entry.contrast.study.id, arm] = people_and_events(entry.contrast, arm)
    people, events = zip(*arms.values(), strict=True) if arms else ((), ())
    return (None if None in people else sum(people)), (None if None in events else sum(events))


@dataclass(frozen=True)
class MapCell:
    """One intervention and one outcome family: who measured it, and what the poolable studies say.

    `people` counts each study's largest number known, None where none is. `direction` is "better", "worse" or
    "unclear" (the interval includes no effect), None where nothing can be pooled.
    """

    treatment: str
    family: str
    studies: tuple[Study, ...]
    people: int | None
    kind: str | None
    k: int
    pooled: Pooled | None
    direction: str | None
    certainty: Certainty | None


@lru_cache(maxsize=16)
def evidence_map(studies: tuple[Study, ...], choice: Choice) -> tuple[MapCell, ...]:
    """Every intervention and outcome that some study measured; `choice` says which comparison may be pooled."""
    cells: dict[tuple[str, str], list[Contrast]] = {}
    for study in studies:
        for contrast in contrasts_of(study):
            if contrast.family in POOLED_FAMILIES:
                cells.setdefault((name_of(contrast.treatments), contrast.family), []).append(contrast)
    return tuple(_cell(treatment, family, found, choice) for (treatment, family), found in cells.items())


def _cell(treatment: str, family: str, found: Sequence[Contrast], choice: Choice) -> MapCell:
    studies = tuple(dict.fromkeys(contrast.study for contrast in found))
    asked = replace(choice, families=(family,), treatments=(treatment,), left_out=frozenset())
    asked = replace(asked, kind=best_kind_anew(studies, asked))
    entries = body_anew(studies, asked).all
    blank = MapCell(treatment, family, studies, _people(studies), None, 0, None, None, None)
    if not entries:
        return blank
    try:
        pooled = pool([entry.effect for entry in entries], interval=SAFEGUARDED)
    except NotApplicable:
        return blank
    side = direction(pooled, better_of(entries[0].contrast))
    return replace(
        blank, kind=asked.kind, k=len(entries), pooled=pooled, direction=side, certainty=rate(entries, pooled)
    )


def direction(pooled: Pooled, better: str) -> str:
    """What the interval speaks for, on the side that is better: "better", "worse" or "unclear"."""
    low, high = pooled.interval
    if low <= 0 <= high:
        return "unclear"
    return "better" if (low > 0) == (better != "lower") else "worse"


def _people(studies: Iterable[Study]) -> int | None:
    known = [people for study in studies if (people := all_people(study)) is not None]
    return sum(known) if known else None


def all_people(study: Study) -> int | None:
    """All who took part, as printed, else the sum of the arms; None where not known."""
    if study.facets.people:
        return int(study.facets.people)
    arms = [arm.n for arm in study.arms.values()]
    return sum(map(int, arms)) if arms and all(arms) else None
