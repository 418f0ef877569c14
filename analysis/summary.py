"""What studies say together, as lines and sentences: effect and interval first, then how sure."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from analysis.appraisal import MapCell, direction, total
from analysis.certainty import Certainty, Rating, word_said
from analysis.choice import better_of
from analysis.contrasts import Contrast
from analysis.effects import superiority_of_g
from analysis.evidence import Entry
from analysis.results import Effect, Interval, Pooled
from analysis.words import Say

RATIOS = frozenset({"ratio_of_means", "log_odds_ratio", "log_risk_ratio"})  # kept as logs, read as ratios


def is_ratio(kind: str) -> bool:
    return kind in RATIOS


def number_of(kind: str, say: Say) -> Callable[[float], str]:
    """How an effect of a kind is written: ratios as ratios, shares in percentage points, the rest with its sign."""
    if is_ratio(kind):
        return lambda value: say.number(math.exp(value))
    if kind == "risk_difference":
        return lambda value: say.signed(100 * value, 0)
    return say.signed


def slope_of(kind: str, say: Say) -> Callable[[float], str]:
    """How the change of an effect per unit of something is written: of ratios as what multiplies them."""
    if is_ratio(kind):
        return lambda value: say.number(math.exp(value), 3)
    if kind == "risk_difference":
        return lambda value: say.signed(100 * value)
    return say.signed


def effect_text(kind: str, value: float, interval: Interval | None, say: Say) -> str:
    """ "+0.70 [+0.50, +0.91]", a bound as "at least"-like open interval."""
    write = number_of(kind, say)
    if interval is None:
        return write(value)
    low, high = (_end(kind, end, say) for end in interval)
    return f"{write(value)} [{low}{';' if say.language == 'id' else ','} {high}]"


def _end(kind: str, end: float, say: Say) -> str:
    """One end of an interval; an open one is infinite, but no ratio is below 0."""
    if math.isinf(end) and not (is_ratio(kind) and end < 0):
        return "−∞" if end < 0 else "∞"
    return number_of(kind, say)(end)


def kind_name(kind: str, say: Say) -> str:
    """What an effect is called where it is shown as it is read (a ratio, not its logarithm)."""
    return say(f"across.kind-{kind}")


def treatment_name(name: str, say: Say) -> str:
    """ "moringa.oxytocin-massage" in words."""
    return " + ".join(say(f"treatment.{part}") for part in name.split("."))


def counted(what: str, count: int, say: Say) -> str:
    """ "1 study", "8 studies"."""
    return say(f"across.one-{what}") if count == 1 else say(f"across.many-{what}", count=count)


def when_said(contrast: Contrast, say: Say) -> str:
    """ "Day 3", or "Before → After" for a change."""
    times = [contrast.study.timepoints.get(t) for t in contrast.when.split(":")]
    return " → ".join(say.text(time.label) for time in times if time)


def headline(kept: Sequence[Entry], pooled: Pooled, certainty: Certainty | None, say: Say) -> str:
    """The one sentence that a reader in a hurry takes away."""
    people, _ = total(kept)
    studies = len({entry.contrast.study.id for entry in kept})
    said = say(
        "across.headline",
        count=counted("comparison", len(kept), say),
        studies=counted("study", studies, say),
        people=say("across.people", people=people) if people is not None else say("across.people-unknown"),
        effect=kind_name(pooled.kind, say),
        value=effect_text(pooled.kind, pooled.estimate, pooled.interval, say),
        direction=say(f"across.direction-{direction(pooled, better_of(kept[0].contrast))}"),
    )
    sure = say("across.certainty", word=word_said(certainty, say)) if certainty else ""
    return " ".join(filter(None, (said, sure)))


def cautions(kept: Sequence[Entry], say: Say) -> list[str]:
    """What a pooled number is an average over, where the entries differ in more than their figures."""
    given = {entry.contrast.treatments for entry in kept}
    bases = {entry.contrast.basis for entry in kept}
    labels = {say.text(entry.contrast.study.outcomes[entry.contrast.outcome].label) for entry in kept}
    said = []
    if len(given) > 1:
        said.append(say("across.average-of-interventions", count=len(given)))
    if len(labels) > 1:
        said.append(say("across.average-of-outcomes", outcomes="; ".join(sorted(labels))))
    if len(bases) > 1 and kept[0].effect.kind == "hedges_g":
        said.append(say("across.changes-beside-scores"))
    return said


def reason_said(rating: Rating, kind: str, say: Say) -> str:
    """Why a domain of GRADE is rated so, its effects written as the headline writes them: ratios as ratios."""
    write = number_of(kind, say)
    ends = {name: write(end) for name, end in rating.note.values.items() if name in EFFECTS and isinstance(end, float)}
    return say.note(replace(rating.note, values={**rating.note.values, **ends}), "certainty")


EFFECTS = ("low", "high", "smallest")  # values of a reason that are effects, if they are numbers


def plainly(pooled: Pooled, say: Say) -> str:
    """Hedges g as pairs out of 100; blank for other effects, for which that isn't defined."""
    if pooled.kind != "hedges_g":
        return ""
    share, low, high = (f"{100 * _chance(g, pooled):.0f}" for g in (pooled.estimate, *pooled.interval))
    return say("across.plainly", share=share, low=low, high=high)


def _chance(g: float, pooled: Pooled) -> float:
    """The chance of superiority at one g; it rises with g, so the ends of an interval stay its ends."""
    return superiority_of_g(Effect(g, pooled.se**2, None, "hedges_g", pooled.status, "")).value


def spread_line(pooled: Pooled, say: Say) -> str:
    """How far studies differ, and where a new one may land; what k is too few for stays away."""
    parts = []
    if pooled.i2 is not None:
        parts.append(f"I² {say.number(pooled.i2, 0)}%")
    if pooled.tau2 is not None:
        ends = f" {say.interval(pooled.tau2_interval, 3)}" if pooled.tau2_interval else ""
        parts.append(f"τ² {say.number(pooled.tau2, 3)}{ends}")
    if pooled.q is not None and pooled.q_p is not None:
        parts.append(f"Q({pooled.q_df}) = {say.number(pooled.q)}, p {say.p(pooled.q_p)}")
    if pooled.prediction is not None:
        low, high = map(number_of(pooled.kind, say), pooled.prediction)
        parts.append(say("across.prediction", low=low, high=high))
    return " · ".join(parts)


def map_sentence(cells: Sequence[MapCell], say: Say) -> str:
    """What the map shows, for those who don't see it."""
    poolable = [cell for cell in cells if cell.k]
    return say(
        "across.map-alt",
        interventions=len({cell.treatment for cell in cells}),
        cells=len(cells),
        poolable=len(poolable),
        better=sum(cell.direction == "better" for cell in poolable),
    )


def cell_hover(cell: MapCell, say: Say) -> str:
    """Everything a bubble of the map stands for."""
    people = say("across.people", people=cell.people) if cell.people is not None else say("across.people-unknown")
    lines = [
        f"{treatment_name(cell.treatment, say)} · {say(f'family.{cell.family}')}",
        f"{counted('study', len(cell.studies), say)}, {people}",
    ]
    if cell.pooled is None:
        return "\n".join((*lines, say("across.cell-hollow")))
    value = effect_text(cell.pooled.kind, cell.pooled.estimate, cell.pooled.interval, say)
    lines.append(say("across.cell-pooled", k=cell.k, effect=kind_name(cell.pooled.kind, say), value=value))
    if cell.certainty:
        lines.append(word_said(cell.certainty, say))
    return "\n".join(lines)


def row_effect(effect: Effect, say: Say) -> str:
    return effect_text(effect.kind, effect.value, effect.interval, say)
