"""Comparisons as rows for metafor, and their arms as rows for CINeMA and network programs."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.evidence import Entry, name_of, verdict_of
from analysis.evidence.contrasts import Contrast, people_and_events, side_of, sides_of
from analysis.results import Note, Status, weakest
from analysis.studies import SEVERITY, Study
from analysis.telling.exchange.rows import Part
from analysis.words import Say

# metafor's names of our effects.
MEASURES = {
    "hedges_g": "SMD", "mean_difference": "MD", "ratio_of_means": "ROM", "log_odds_ratio": "OR",
    "log_risk_ratio": "RR", "risk_difference": "RD", "smcc": "SMCC", "smcr": "SMCR", "mean_change": "MC",
}  # fmt: skip
WHOSE = ("study", "outcome", "when", "basis")
KNOWN = ("status", "verdict", "locators")
MEANS = ("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i")
CELLS = ("ai", "ci")
EFFECT_COLUMNS = (
    *WHOSE, "comparison", "treatment", "comparator", "measure", "yi", "vi", *MEANS, *CELLS, "result", "why_not", *KNOWN,
)  # fmt: skip
# CINeMA asks for indirectness too, which no printed number says: it stays blank.
ARM_COLUMNS = ("study", "id", "t", "y", "sd", "r", "n", "rob", "indirectness", *WHOSE[1:], "arm", "result", *KNOWN)
ROB = ("1", "2", "3")  # low, some concerns, high
Row = dict[str, str]


def effects(parts: Iterable[Part], say: Say) -> list[Row]:
    """A row per comparison: its effect and variance as pooled here, and the arms that they are of where printed."""
    return [_effect(one, say) for one in parts]


def _effect(one: Part, say: Say) -> Row:
    entry, contrast = one.entry, one.entry.contrast
    return {
        **_whose(contrast, say),
        "comparison": contrast.comparison,
        "treatment": "; ".join(map(name_of, contrast.given)),
        "comparator": "; ".join(map(name_of, contrast.comparators)),
        **_estimated(entry),
        **_arms(contrast),
        "result": one.result,
        "why_not": _why_not(entry, say) if not one.result else "",
        "status": entry.effect.status if entry.effect else "",
        "verdict": verdict_of(contrast),
        "locators": _locators(contrast),
    }


def _whose(contrast: Contrast, say: Say) -> Row:
    return {
        "study": contrast.study.id,
        "outcome": say.text(contrast.study.outcomes[contrast.outcome].label),
        "when": contrast.when,
        "basis": contrast.basis,
    }


def _estimated(entry: Entry) -> Row:
    found = entry.effect
    if found is None or found.variance is None:
        return {}
    return {"measure": MEASURES[found.kind], "yi": written(found.value), "vi": written(found.variance)}


def _arms(contrast: Contrast) -> Row:
    """Both sides as metafor's `escalc` takes them; nothing where they aren't two groups of different people."""
    if contrast.of_same_people:
        return {}
    if contrast.study.outcomes[contrast.outcome].scale == "binary":
        events = [_sum(people_and_events(contrast, arm)[1] for arm in group) for group in contrast.groups]
        cells = dict(zip((*CELLS, "n1i", "n2i"), (*events, *contrast.n), strict=True))
        return {name: str(value) for name, value in cells.items() if value is not None}
    sides = sides_of(contrast)
    numbers = [number for side in sides for number in (side.mean, side.sd, side.n)] if sides else []
    return dict(zip(MEANS, map(written, numbers), strict=False))


def _sum(numbers: Iterable[int | None]) -> int | None:
    known = list(numbers)
    return None if None in known else sum(number for number in known if number is not None)


def _why_not(entry: Entry, say: Say) -> str:
    if entry.why_not:
        return say.note(entry.why_not, "reason")
    return say("across.left-out-by-you") if entry.left_out else ""


def arms(parts: Iterable[Part], say: Say) -> list[Row]:
    """A row per arm of each comparison of two arms, each once; blank cells are not printed."""
    found: dict[tuple, Row] = {}
    for one in parts:
        for contrast in one.entry.contrast.comparisons:
            for arm in contrast.arms if not contrast.of_same_people else ():
                key = contrast.study.id, contrast.outcome, contrast.when, contrast.basis, arm
                found.setdefault(key, _arm(contrast, arm, one.result, say))
    return list(found.values())


def _arm(contrast: Contrast, arm: str, result: str, say: Say) -> Row:
    n, events = people_and_events(contrast, arm)
    side = side_of(contrast, arm)
    measured = {} if isinstance(side, Note) else {"y": written(side.mean), "sd": written(side.sd)}
    binary = contrast.study.outcomes[contrast.outcome].scale == "binary"
    return {
        **_whose(contrast, say),
        "id": contrast.study.id,
        "t": name_of(contrast.study.arms[arm].treatments) or arm,
        **({"r": "" if events is None else str(events)} if binary else measured),
        "n": "" if n is None else str(n),
        "rob": rob_of(contrast.study),
        "arm": say.text(contrast.study.arms[arm].label),
        "result": result,
        "status": known(contrast, arm),
        "verdict": verdict_of(contrast),
        "locators": _locators(contrast),
    }


def rob_of(study: Study) -> str:
    """The overall risk of bias as CINeMA's 1, 2 or 3; blank where it isn't assessed."""
    overall = study.bias.overall if study.bias else None
    return ROB[min(SEVERITY[overall], len(ROB) - 1)] if overall else ""


def known(contrast: Contrast, arm: str) -> Status:
    """How the numbers of an arm are known: as printed, or made of what is printed."""
    study, binary = contrast.study, contrast.study.outcomes[contrast.outcome].scale == "binary"
    if binary:
        printed = study.value("count", arm, contrast.outcome, contrast.when, "yes") is not None
        return study.known_as if printed else weakest((study.known_as, "derived"))
    side = side_of(contrast, arm)
    if isinstance(side, Note) or (side.status == "derived" and not side.how):
        return study.known_as
    return weakest((study.known_as, side.status))


def _locators(contrast: Contrast) -> str:
    return "; ".join(contrast.locators)


def written(number: float | str) -> str:
    """A number without rounding; one that is printed as it stands."""
    return number if isinstance(number, str) else repr(number)
