"""The forest plot: a click on a study opens it below its line, where it can be left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

import streamlit as st

from analysis.evidence import Answer, Entry, Line, better_of, name_of
from analysis.evidence.pooling import subgroups
from analysis.plots import Finished, Light, light_key, lights_of
from analysis.plots.across import Row, forest
from analysis.results import NotApplicable, Pooled, remembered
from analysis.studies import TREATMENTS
from analysis.telling import (
    both_said,
    each_said,
    headline,
    kind_name,
    line_name,
    n_said,
    row_effect,
    treatment_name,
)
from analysis.words import Say, say_in
from pages.ui.across import opened
from pages.ui.across.asked import Asked
from pages.ui.shared import choose, link, show
from pages.ui.shared.saving import Below, Paper, of_studies

SEVERAL = "several"  # the group of a trial whose arms had what different groups had
BRACKETS = re.compile(r" \([^()]*\)$")  # "Paritakul 2016 (ginger)": the plot says what was given elsewhere


def draw(found: Answer, shown: Line, asked: Asked, say: Say) -> None:
    """All poolable rows, the left-out ones greyed, with the results of each intervention and the clicked study.

    The diamonds of all rows together are drawn where they are of one intervention, or the average was asked for.
    """
    together = shown if shown is found.average or found.average is None else None
    results = [together] if together else found.lines
    entries = ordered(_drawn_of(found, together), asked)
    figure, sentence = _drawn(found, together, asked, say.language, show.on_phone())
    title = headline(shown, None, say) if together else each_said(found.lines, [None] * len(found.lines), say)
    paper = paper_of(entries, say, title, lambda narrow: _drawn(found, together, asked, say.language, narrow)[0])
    opened.plotted(figure, sentence, "forest", entries, results, say, by_line=True, paper=paper)
    if link.held("out"):
        closed = link.held("open") in ([], [opened.NOTHING])  # an opened study tells both results itself
        _left_out(found, results if closed else (), say)


@remembered(64)
def _drawn(found: Answer, together: Line | None, asked: Asked, language: str, narrow: bool) -> tuple[Finished, str]:
    """The forest with its sentence, drawn once per choice."""
    say = say_in(language)
    entries = ordered(_drawn_of(found, together), asked)
    weights = _weights([together] if together else found.lines)
    rows = [_row(entry, weights.get(entry.contrast.id), asked.group, say) for entry in entries]
    kind, better = asked.choice.kind, better_of(entries[0].contrast)
    sides = ("across.favours-other", "across.favours")
    figure = forest(
        rows, together and together.whole, together and together.kept, say,
        groups=_groups(found, together, asked, say), averaged=together is not None and together is found.average,
        favours=tuple(say(key) for key in (sides if better != "lower" else sides[::-1])),
        axis=_axis(entries, kind, say), kind=kind, narrow=narrow,
        lights=light_key((light for entry in entries for light in _lights(entry, say)), say),
    )  # fmt: skip
    sentence = "; ".join(f"{row.label}: {row_effect(row.effect, say)}" for row in rows if row.effect)
    return figure, sentence


def _drawn_of(found: Answer, together: Line | None) -> list[Entry]:
    """A row per trial of what is shown together, else of each intervention; then what else could be pooled."""
    entries = [entry for line in ([together] if together else found.lines) for entry in line.entries]
    there = {one for entry in entries for one in entry.contrast.comparisons}
    return [*entries, *(entry for entry in found.body.all if entry.contrast not in there)]


def _weights(lines: Iterable[Line]) -> dict[str, float]:
    """The weight of each comparison in the result that it is part of."""
    return {
        entry.contrast.id: weight
        for line in lines
        if line.kept
        for entry, weight in zip(line.kept_entries, line.kept.weights, strict=True)
    }


def ordered(entries: Sequence[Entry], asked: Asked) -> list[Entry]:
    """The rows as the reader wants them sorted."""
    keys = {
        "study": lambda entry: entry.contrast.study.id,
        "year": lambda entry: (entry.contrast.study.card.get("year", 0), entry.contrast.study.id),
        "effect": lambda entry: -entry.effect.value,
        "precision": lambda entry: entry.effect.variance,
    }
    return sorted(entries, key=keys[asked.sort])


def group_of(entry: Entry, group: str) -> str:
    """The id of the group an entry belongs to; "" where nothing is grouped or it isn't said."""
    study, given = entry.contrast.study, entry.contrast.given
    classes = {TREATMENTS[treatments[0]] for treatments in given}
    return {
        "ungrouped": "",
        "treatment": name_of(given[0]) if len(given) == 1 else SEVERAL,
        "class": classes.pop() if len(classes) == 1 else SEVERAL,
        "design": study.design,
        "infants": study.facets.infants,
        "window": study.facets.window,
    }[group]


def group_name(entry: Entry, group: str, say: Say) -> str:
    found = group_of(entry, group)
    if not found or group == "ungrouped":
        return ""
    if found == SEVERAL:
        return say("across.several-of-one-trial")
    if group == "treatment":
        return treatment_name(found, say)
    room = {"class": "treatment-class", "design": "design", "infants": "infants", "window": "window"}[group]
    return say(f"{room}.{found.replace(' ', '-')}")


def _groups(found: Answer, together: Line | None, asked: Asked, say: Say) -> dict[str, Pooled]:
    """Results by heading: each intervention's own; those of other groups are part of what is shown together."""
    if asked.group == "treatment":
        named = {treatment_name(line.treatments[0], say): line.kept for line in found.lines if found.average}
        return {name: kept for name, kept in named.items() if kept and kept.k > 1}
    if together is None:
        return {}
    names = [group_name(entry, asked.group, say) or None for entry in together.kept_entries]
    try:
        groups = subgroups(together.kept_effects, names, asked.tau2, asked.interval)
    except NotApplicable:  # one group only
        return {}
    return {str(label): one for label, one in zip(groups.labels, groups.pooled, strict=True) if one.k > 1}


def _row(entry: Entry, weight: float | None, group: str, say: Say) -> Row:
    contrast, study = entry.contrast, entry.contrast.study
    label = label_of(entry, say)
    if contrast.joined:
        label = say("across.joined", study=label, count=len(contrast.comparisons))
    elif group != "treatment" and len(study.arms) > 2:
        label = f"{label}: {treatment_name(name_of(contrast.treatments), say)}"
    lights = tuple((light.symbol, light.colour, light.hover) for light in _lights(entry, say))
    return Row(contrast.id, label, opened.detail_of(entry, say), entry.effect, weight, entry.left_out,
               lights, group_name(entry, group, say))  # fmt: skip


def _lights(entry: Entry, say: Say) -> Sequence[Light]:
    """A study's lights; none where nobody judged it."""
    bias = entry.contrast.study.bias
    return lights_of(bias, say) if bias else ()


def paper_of(
    entries: Sequence[Entry], say: Say, title: str = "", drawn: Callable[[bool], Finished] | None = None
) -> Paper:
    """Paper for a plot of these comparisons: how many were in each, how their effects are known, whose they are."""

    def words() -> Below:
        counts = "; ".join(f"{label_of(entry, say)} {n_said(entry.contrast, say)}" for entry in entries)
        statuses = [entry.effect.status for entry in entries if entry.effect]
        studies = [entry.contrast.study for entry in entries]
        return of_studies(studies, statuses, say, say("saved.people", counts=counts))

    return Paper(title, words, drawn)


def label_of(entry: Entry, say: Say) -> str:
    """A study's short title without what was given."""
    return BRACKETS.sub("", say.text(entry.contrast.study.short_title))


def _axis(entries: Sequence[Entry], kind: str, say: Say) -> str:
    name = kind_name(kind, say)
    if kind in ("mean_difference", "mean_change"):
        first = entries[0].contrast
        return f"{name} ({say.text(first.study.outcomes[first.outcome].unit)})"
    return name


def _left_out(found: Answer, results: Sequence[Line], say: Say) -> None:
    """Which studies are left out, and both results."""
    studies = {entry.contrast.study.id: say.text(entry.contrast.study.short_title) for entry in found.body.all}
    choose.many(st.multiselect, "out", say("across.left-out"), list(studies), [], studies.__getitem__)
    for line in results:
        if line.whole != line.kept:
            st.text(f"{line_name(line, say)}: {both_said(line, say)}")
