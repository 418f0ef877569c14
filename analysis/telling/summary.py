"""What studies say together, as lines and sentences: effect and interval first, then how sure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from analysis.effects import superiority_of_g
from analysis.evidence import (
    Absolute,
    Certainty,
    Entry,
    Intervention,
    Line,
    MapCell,
    Moved,
    Rating,
    Tally,
    better_of,
    name_of,
    word_said,
)
from analysis.evidence.contrasts import Contrast
from analysis.evidence.pooling import Difference, Robust, bayesian, chance_of, suits
from analysis.results import Effect, Pooled
from analysis.telling.effects import effect_text, kind_name, number_of
from analysis.words import Say


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


def measured_said(contrast: Contrast, say: Say) -> str:
    """ "Day 3, milk volume": when, and what was measured."""
    what = say.text(contrast.study.outcomes[contrast.outcome].label)
    return ", ".join(filter(None, (when_said(contrast, say), what)))


def n_said(contrast: Contrast, say: Say) -> str:
    """ "20 + 25", "20" of one arm, "20 in both" where the same people had both treatments; "?" where not known."""
    said = ["?" if n is None else str(n) for n in contrast.n]
    return say("across.crossover-people", n=said[0]) if contrast.crossover and said[0] == said[1] else " + ".join(said)


def line_name(line: Line, say: Say) -> str:
    """What a result is of: one intervention, or an average over several, named as such."""
    first, *others = line.treatments
    return say("across.average-of", count=1 + len(others)) if others else treatment_name(first, say)


def capitalised(name: str) -> str:
    """A name as a sentence or row begins with it; the rest of it keeps its letters."""
    return name[:1].upper() + name[1:]


def headline(line: Line, certainty: Certainty | None, say: Say) -> str:
    """The one sentence that a reader in a hurry takes away; blank where nothing is pooled."""
    pooled = line.kept
    if pooled is None:
        return ""
    name = line_name(line, say)
    said = say(
        "across.headline",
        what=capitalised(name),
        count=counted("comparison", line.comparisons, say),
        studies=counted("study", line.studies, say),
        people=people_said(line.people, say),
        effect=kind_name(pooled.kind, say),
        value=effect_text(pooled.kind, pooled.estimate, pooled.interval, say),
        direction=say(f"across.direction-{line.direction}"),
    )
    sure = say("across.certainty", word=word_said(certainty, say)) if certainty else ""
    with_all = _with_all(line, say) if line.whole != line.kept else ""
    return " ".join(filter(None, (said, sure, with_all)))


def _with_all(line: Line, say: Say) -> str:
    """What a result would be with the studies that the reader left out."""
    out = (entry for entry in line.entries if entry.left_out)
    count = counted("comparison", sum(len(entry.contrast.comparisons) for entry in out), say)
    whole = effect_text(line.whole.kind, line.whole.estimate, line.whole.interval, say) if line.whole else ""
    return say("across.with-left-out", count=count, whole=whole)


def both_said(line: Line, say: Say) -> str:
    """What a result is with and without the studies that are left out."""
    texts = {name: effect_text(one.kind, one.estimate, one.interval, say) if one else say("across.none-left-out")
             for name, one in (("whole", line.whole), ("kept", line.kept))}  # fmt: skip
    return say("across.both-results", **texts)


def people_said(people: int | None, say: Say) -> str:
    return say("across.people-unknown") if people is None else say("across.people", people=people)


def each_said(lines: Sequence[Line], sure: Sequence[Certainty | None], say: Say) -> str:
    """Of how many interventions, each by itself, the interval lies wholly on one side, which these are, how sure."""
    said, clear = [], []
    there = sum(line.kept is not None for line in lines)
    for side in ("better", "worse"):
        found = [(line, word) for line, word in zip(lines, sure, strict=True) if line.direction == side]
        if found or side == "better":
            key = f"across.each-{side}" if found else "across.each-none"
            names = ", ".join(line_name(line, say) for line, _ in found)
            said.append(say(key, some=len(found), count=there, names=names))
        clear += [word_said(word, say) for _, word in found if word]
    words = ", ".join(f"{word} ({count})" for word, count in Counter(clear).most_common())
    return " ".join([*said, *([say("across.each-sure", words=words)] if words else [])])


def moved_said(found: Iterable[Moved], say: Say) -> str:
    """How far each result moves with what the reader assumes."""
    said = "; ".join(
        say("across.moved-one", name=" + ".join(treatment_name(given, say) for given in one.treatments),
            without=_result_said(one.without, say), assumed=_result_said(one.assumed, say))
        for one in found
    )  # fmt: skip
    return say("across.moved", results=said)


def _result_said(pooled: Pooled | None, say: Say) -> str:
    return effect_text(pooled.kind, pooled.estimate, pooled.interval, say) if pooled else say("across.moved-nothing")


def tally_said(tally: Tally, say: Say) -> str:
    """How many comparisons there are and what became of each: the numbers add up."""
    parts = [say("across.tally", count=counted("comparison", tally.comparisons, say),
                 studies=counted("study", tally.studies, say), effects=tally.with_effect)]  # fmt: skip
    if tally.pooled:
        studies = counted("study", tally.pooled_studies, say)
        parts.append(say("across.tally-pooled", pooled=tally.pooled, studies=studies))
    elif tally.with_effect > tally.left_out:
        parts.append(say("across.tally-none"))
    if tally.left_out:
        parts.append(say("across.tally-left-out", count=tally.left_out))
    for key, why in (("aside", tally.aside), ("without", tally.without)):
        if why:
            reasons = ", ".join(f"{say(f'across-why.{reason}')} {count}" for reason, count in why)
            parts.append(say(f"across.tally-{key}", count=sum(count for _, count in why), why=reasons))
    return " ".join(parts)


def cautions(line: Line, say: Say) -> list[str]:
    """What a pooled number is an average over, where the entries differ in more than their figures."""
    kept = line.kept_entries
    bases = {entry.contrast.basis for entry in kept}
    labels = {say.text(entry.contrast.study.outcomes[entry.contrast.outcome].label) for entry in kept}
    said = []
    if len(line.treatments) > 1:
        said.append(say("across.average-of-interventions", count=len(line.treatments)))
    if len(labels) > 1:
        said.append(say("across.average-of-outcomes", outcomes="; ".join(sorted(labels))))
    if len(bases) > 1 and line.kept_effects[0].kind == "hedges_g":
        said.append(say("across.changes-beside-scores"))
    return [*said, *(once_said(entry, say) for entry in kept if entry.contrast.joined)]


def once_said(entry: Entry, say: Say) -> str:
    """How several comparisons of one trial came to one effect."""
    notes = entry.effect.notes if entry.effect else ()
    how = [say.note(note, "note") for note in notes if note.key in ("groups-combined", "comparisons-merged")]
    return f"{say.text(entry.contrast.study.short_title)}: {' '.join(how)}"


def robust_said(found: Robust, kind: str, say: Say) -> str:
    """The cluster-robust interval, and whether it can be relied on with so few trials."""
    value = effect_text(kind, found.estimate, found.interval, say)
    key = "across.robust" if found.reliable else "across.robust-few"
    return say(key, value=value, df=say.number(found.df, 1))


def bayesian_said(line: Line, say: Say) -> str:
    """What a prior for how far studies differ makes of few of them; blank where there are more, or no such prior."""
    kept = line.kept
    if kept is None or not suits(kept.k, kept.kind):
        return ""
    found, write = bayesian(line.kept_effects), number_of(kept.kind, say)
    low, high = map(write, found.prediction)
    chance = chance_of(found, better_of(line.entries[0].contrast))
    return say("across.bayesian", value=effect_text(kept.kind, found.estimate, found.interval, say),
               scale=say.number(found.scale, 1), chance=say.number(100 * chance, 0), low=low, high=high)  # fmt: skip


def groups_said(found: Difference, say: Say) -> str:
    """Whether groups of studies differ, with one τ² for all of them."""
    first, second = found.df
    p = say.p(found.p)
    if second is None:
        return say("across.groups-differ-chi", q=say.number(found.f * first), df=first, p=p)
    return say("across.groups-differ", f=say.number(found.f), df=first, df_within=second, p=p)


def difference_said(meant: Absolute | None, say: Say) -> str:
    """More or fewer mothers per 100, or a difference in the outcome's unit; why there is none where there is none."""
    if meant is None:
        return say("across.no-baseline")
    digits = 0 if not meant.unit or abs(meant.difference) >= 10 else 1
    low, high = (say.signed(end, digits) for end in meant.interval)
    said = say("across.meant", value=say.signed(meant.difference, digits), low=low, high=high)
    return f"{said} {say.text(meant.said) if meant.unit else say('across.per-100')}"


def with_it_said(meant: Absolute | None, say: Say) -> str:
    """Mothers per 100 with the intervention, with the interval's ends; blank in a unit."""
    if meant is None or meant.with_it is None or meant.without is None:
        return ""
    low, high = (say.number(meant.without + end, 0) for end in meant.interval)
    return say("across.meant", value=say.number(meant.with_it, 0), low=low, high=high)


def without_said(meant: Absolute | None, kind: str, say: Say) -> str:
    """The baseline: mothers per 100, or the SD or mean that a unit-free effect is multiplied by."""
    if meant is None or meant.without is None:
        return ""
    if not meant.unit:
        return say.number(meant.without, 0)
    number = say.number(meant.without, 0 if meant.without >= 10 else 1)
    return say("across.baseline-sd" if kind == "hedges_g" else "across.baseline-mean", value=number,
               unit=say.text(meant.said))  # fmt: skip


def given_said(contrast: Contrast, say: Say) -> str:
    """What the first side had; of joined comparisons each treatment."""
    return "; ".join(treatment_name(name_of(given), say) for given in contrast.given)


def against_said(contrast: Contrast, say: Say) -> str:
    """What the second side had; blank for one arm before and after."""
    return "; ".join(treatment_name(name_of(had), say) for had in contrast.comparators)


def reason_said(rating: Rating, kind: str, say: Say) -> str:
    """Why a domain of GRADE is rated so, its effects written as the headline writes them: ratios as ratios."""
    write = number_of(kind, say)
    ends = {name: write(end) for name, end in rating.note.values.items() if name in EFFECTS and isinstance(end, float)}
    said = say.note(replace(rating.note, values={**rating.note.values, **ends}), "certainty")
    return f"{said} {say.note(rating.beside, 'certainty')}" if rating.beside else said


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
    return say(
        "across.map-alt",
        interventions=len({cell.treatment for cell in cells}),
        cells=len(cells),
        poolable=sum(cell.tally.pooled > 0 for cell in cells),
        better=sum(cell.line is not None and cell.line.direction == "better" for cell in cells),
    )


def cell_hover(cell: MapCell, versus: str, say: Say) -> str:
    """Everything a bubble of the map stands for, in the numbers that the list says of the same choice."""
    lines = [f"{treatment_name(cell.treatment, say)} · {say(f'family.{cell.family}')}"]
    studies, line = counted("study", cell.tally.studies, say), cell.line
    if cell.tally.comparisons:
        comparisons = counted("comparison", cell.tally.comparisons, say)
        lines.append(say("across.cell", studies=studies, comparisons=comparisons, versus=say(f"comparison.{versus}")))
        lines.append(took_part(cell, say))
    if line and line.kept:
        value = effect_text(line.kept.kind, line.kept.estimate, line.kept.interval, say)
        lines.append(say("across.cell-pooled", k=line.comparisons, people=people_said(line.people, say),
                         effect=kind_name(line.kept.kind, say), value=value))  # fmt: skip
    elif cell.tally.left_out:
        lines.append(say("across.tally-left-out", count=cell.tally.left_out))
    elif cell.tally.comparisons:
        lines.append(say("across.cell-hollow"))
    if line and line.certainty:
        lines.append(word_said(line.certainty, say))
    if cell.elsewhere:
        ways = ", ".join(say(f"comparison.{way}") for way in cell.otherwise)
        key = "across.cell-elsewhere" if cell.tally.comparisons else "across.cell-only-elsewhere"
        lines.append(say(key, studies=counted("study", cell.elsewhere, say), ways=ways))
    return "\n".join(lines)


def took_part(found: MapCell | Intervention, say: Say) -> str:
    """How many people took part in all studies, whether they are in a result or not."""
    if found.people is None or found.all_known:
        return people_said(found.people, say)
    return say("across.people-at-least", people=found.people)
