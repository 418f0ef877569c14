"""What a body of evidence amounts to: its people, its direction and its certainty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analysis.evidence.body import Entry
from analysis.evidence.certainty import Certainty, propose
from analysis.evidence.contrasts import people_and_events
from analysis.evidence.pooling import FEW_FOR_ASYMMETRY, egger
from analysis.evidence.ratings import RatedBody
from analysis.results import Effect, NotApplicable, Pooled
from analysis.studies import Study

SURROGATES = frozenset({"prolactin", "knowledge", "self-efficacy"})  # stand for milk or breastfeeding, aren't it
OF_EVENTS = frozenset({"log_odds_ratio", "log_risk_ratio", "risk_difference"})


def rate(entries: Sequence[Entry], pooled: Pooled | None, smallest: float | None = None) -> Certainty | None:
    """The certainty that the entries of one pool leave, None where there are none; `pooled` is of the same entries.

    `smallest` is the smallest effect that matters, on the effects' own scale.
    """
    if not entries:
        return None
    people, events = total(entries)
    infants = {entry.contrast.study.facets.infants for entry in entries} - {"", "not reported"}
    unsaid = any(entry.contrast.study.facets.infants in ("", "not reported") for entry in entries)
    compared = entries[0].contrast.comparison != "before-after"
    return propose(
        RatedBody(
            k=len(entries),
            randomised=compared and all(entry.contrast.study.design == "randomised" for entry in entries),
            compared=compared,
            biases=tuple(entry.contrast.study.bias for entry in entries),
            pooled=pooled,
            intervals=tuple(entry.effect.interval for entry in entries if entry.effect and entry.effect.interval),
            people=people,
            events=events,
            binary=entries[0].effect is not None and entries[0].effect.kind in OF_EVENTS,
            populations_differ=None if unsaid else False,
            populations_mixed=len(infants) > 1 or "mixed" in infants,
            indirect_comparison=False,
            surrogate=entries[0].contrast.family in SURROGATES,
            egger_p=_egger_p([entry.effect for entry in entries if entry.effect]),
            smallest=smallest,
        )
    )


def _egger_p(effects: Sequence[Effect]) -> float | None:
    if len(effects) < FEW_FOR_ASYMMETRY:
        return None
    try:
        return egger(effects).p
    except NotApplicable:
        return None


def total(entries: Iterable[Entry]) -> tuple[int | None, int | None]:
    """People and events of all arms together, each arm once, a crossover's people once; None where one isn't known."""
    arms: dict[tuple[str, str], tuple[int | None, int | None]] = {}
    for entry in entries:
        study = entry.contrast.study
        for arm in entry.contrast.all_arms:
            arms[study.id, "" if study.facets.crossover else arm] = people_and_events(entry.contrast, arm)
    people, events = zip(*arms.values(), strict=True) if arms else ((), ())
    return (None if None in people else sum(people)), (None if None in events else sum(events))


def direction(pooled: Pooled, better: str) -> str:
    """What the interval speaks for, on the side that is better: "better", "worse" or "unclear"."""
    low, high = pooled.interval
    if low <= 0 <= high:
        return "unclear"
    return "better" if (low > 0) == (better != "lower") else "worse"


def all_people(study: Study) -> int | None:
    """All who took part, as printed, else the sum of the arms; None where not known."""
    if study.facets.people:
        return int(study.facets.people)
    known = [int(arm.n) for arm in study.arms.values() if arm.n]
    if not known or len(known) < len(study.arms):
        return None
    return max(known) if study.facets.crossover else sum(known)


def known_people(studies: Iterable[Study]) -> tuple[int | None, bool]:
    """All who took part as far as known, None where no number is; and whether every study's number is known."""
    numbers = [all_people(study) for study in studies]
    known = [people for people in numbers if people is not None]
    return (sum(known) if known else None), len(known) == len(numbers)
