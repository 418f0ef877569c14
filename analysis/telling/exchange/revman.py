"""RevMan's four files for study-centred data: information, arms, results, and risk of bias by RoB 2.

Headings as RevMan exports and imports them (Cochrane knowledge base, "Data extraction templates"; the R package meta
reads the same judgements). RevMan has no columns for how a number is known and what arithmetic says of it: both stand
in the results' footnotes. `Study` is the id that the RIS file has as ID.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from analysis.evidence import name_of, verdict_of
from analysis.evidence.contrasts import Contrast, people_and_events, side_of
from analysis.results import Effect, Note
from analysis.studies import OVERALL, Bias, Study
from analysis.telling.cards import facets_said, verdict_id
from analysis.telling.exchange.effects import Row, known, written
from analysis.telling.exchange.rows import Part
from analysis.telling.summary import when_said
from analysis.words import Say

INFORMATION = (
    "Study", "Year", "Char: Methods", "Char: Participants", "Char: Interventions", "Char: Outcomes", "Char: Notes",
    "Char: Identification",
)  # fmt: skip
ARMS = ("Study", "Arm", "Description", "Intervention")
RESULTS = (
    "Study", "Outcome", "Data type", "Effect measure", "Arm", "Reference arm", "Sample size", "Cases", "Mean", "SD",
    "SE", "Footnotes",
)  # fmt: skip
ROB2 = "RoB 2"
IN_REVMAN = {  # RoB 2's own names of its domains
    "randomisation": "Bias arising from the randomization process",
    "deviations": "Bias due to deviations from intended interventions",
    "missing-data": "Bias due to missing outcome data",
    "measurement": "Bias in measurement of the outcome",
    "selective-reporting": "Bias in selection of the reported result",
    OVERALL: "Overall bias",
}
JUDGED = {"low": "Low risk of bias", "some concerns": "Some concerns", "high": "High risk of bias"}
BIAS = ("Study", *(f"Domain ({part}): {name}" for name in IN_REVMAN.values() for part in ("judgement", "support")))
# RevMan's names of effects that are given without their arms; a ratio's mean is its logarithm.
MEASURES = {
    "hedges_g": "SMD", "mean_difference": "MD", "log_odds_ratio": "OR", "log_risk_ratio": "RR", "risk_difference": "RD",
}  # fmt: skip
CONTINUOUS, DICHOTOMOUS = "Continuous", "Dichotomous"


def information(studies: Iterable[Study], say: Say) -> list[Row]:
    """A row per study."""
    return [
        {
            "Study": study.id,
            "Year": str(study.card.get("year", "")),
            "Char: Methods": f"{say(f'design.{study.design}')}. {say.text(study.card['setting'])}",
            "Char: Participants": " ".join(facets_said(study, say)[:1]),
            "Char: Interventions": "; ".join(_of_arm(study, arm, say) for arm in study.arms),
            "Char: Outcomes": "; ".join(say.text(one.label) for one in study.outcomes.values()),
            "Char: Notes": say.text(study.card["result"]),
            "Char: Identification": study.card.get("citation", ""),
        }
        for study in studies
    ]


def _of_arm(study: Study, arm: str, say: Say) -> str:
    one = study.arms[arm]
    parts = (say.text(one.label), say.text(one.dose), say.text(one.duration), f"n = {one.n}" if one.n else "")
    return ", ".join(filter(None, parts))


def arms(studies: Iterable[Study], say: Say) -> list[Row]:
    """A row per arm; what it had is RevMan's intervention."""
    return [
        {
            "Study": study.id,
            "Arm": say.text(arm.label),
            "Description": _of_arm(study, key, say),
            "Intervention": name_of(arm.treatments),
        }
        for study in studies
        for key, arm in study.arms.items()
    ]


def results(parts: Iterable[Part], say: Say) -> list[Row]:
    """A row per arm of each outcome where means or counts are known, else one per effect; each once.

    One arm before and after has no place in RevMan, nor have both treatments of a crossover.
    """
    found: dict[tuple, Row] = {}
    for one in parts:
        for contrast in one.entry.contrast.comparisons:
            if not contrast.of_same_people:
                rows = _of_arms(contrast, say) or _of_effect(contrast, one.entry.effect, say)
                for row in rows:
                    found.setdefault((row["Study"], row["Outcome"], row["Arm"], row.get("Reference arm")), row)
    return list(found.values())


def _of_arms(contrast: Contrast, say: Say) -> list[Row]:
    binary = contrast.study.outcomes[contrast.outcome].scale == "binary"
    measured = [(_counted if binary else _averaged)(contrast, arm) for arm in contrast.arms]
    if None in measured:
        return []
    kind = DICHOTOMOUS if binary else CONTINUOUS
    return [{**_head(contrast, kind, arm, say), **row} for arm, row in zip(contrast.arms, measured, strict=True) if row]


def _counted(contrast: Contrast, arm: str) -> Row | None:
    n, events = people_and_events(contrast, arm)
    return None if n is None or events is None else {"Sample size": str(n), "Cases": str(events)}


def _averaged(contrast: Contrast, arm: str) -> Row | None:
    side = side_of(contrast, arm)
    if isinstance(side, Note):
        return None
    return {"Sample size": str(side.n), "Mean": written(side.mean), "SD": written(side.sd)}


def _of_effect(contrast: Contrast, effect: Effect | None, say: Say) -> list[Row]:
    if effect is None or effect.variance is None or effect.kind not in MEASURES:
        return []
    kind = CONTINUOUS if effect.kind in ("hedges_g", "mean_difference") else DICHOTOMOUS
    first, second = contrast.arms
    found = {
        "Effect measure": MEASURES[effect.kind],
        "Reference arm": say.text(contrast.study.arms[second].label),
        "Mean": written(effect.value),
        "SE": written(math.sqrt(effect.variance)),
    }
    return [{**_head(contrast, kind, first, say), **found}]


def _head(contrast: Contrast, kind: str, arm: str, say: Say) -> Row:
    study = contrast.study
    measure = study.outcomes[contrast.outcome]
    basis = "" if contrast.basis == "after" else say(f"exchange.basis-{contrast.basis}")
    unit = f"[{say.text(measure.unit)}]" if say.text(measure.unit) else ""
    return {
        "Study": study.id,
        "Outcome": " ".join(filter(None, (say.text(measure.label), unit, f"({when_said(contrast, say)})", basis))),
        "Data type": kind,
        "Arm": say.text(study.arms[arm].label),
        "Footnotes": _footnote(contrast, arm, say),
    }


def _footnote(contrast: Contrast, arm: str, say: Say) -> str:
    status = known(contrast, arm)
    verdict = say(f"verdict.{verdict_id(verdict_of(contrast))}")
    return say(
        "exchange.footnote", status=say(f"status.{status}"), verdict=verdict, locators="; ".join(contrast.locators)
    )


def bias(studies: Sequence[Study], say: Say) -> list[Row]:
    """A row per study judged by RoB 2; what isn't assessed stays blank, as does a lack of information."""
    return [
        {"Study": study.id, **_judged(study.bias, say)} for study in studies if study.bias and study.bias.tool == ROB2
    ]


def _judged(bias: Bias, say: Say) -> Row:
    row = {}
    for domain, name in IN_REVMAN.items():
        found = bias.of(domain)
        judgement = bias.overall if domain == OVERALL else found and found.judgement
        row[f"Domain (judgement): {name}"] = JUDGED.get(judgement or "", "")
        row[f"Domain (support): {name}"] = say.text(found.reason) if found else ""
    return row
