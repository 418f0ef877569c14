"""What hangs on which study: leaving out, adding up, groups, a covariate, small studies, influence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from analysis.evidence import Body, Entry, Line, all_people, pooling, swaps
from analysis.plots.across import heterogeneity as plots
from analysis.plots.across import influence
from analysis.results import NotApplicable
from analysis.telling import (
    capitalised,
    effect_text,
    groups_said,
    headline,
    is_ratio,
    kind_name,
    measured_said,
    printed_in,
    slope_of,
)
from analysis.words import Say
from pages.ui.across import forest, opened
from pages.ui.across.asked import Asked
from pages.ui.shared import choose, show
from pages.ui.shared.text import plain

COVARIATES = ("year", "people", "day")


def draw(line: Line, found: Body, asked: Asked, say: Say) -> None:
    """One panel at a time; what k is too few for is said instead of drawn. Any study of the result may be opened."""
    parts = tuple(PARTS) if line.kept.k > 1 else ("closed", "choices")
    if line.kept.k < 2:
        st.caption(say("across.deeper-one"))
    part = choose.one(
        st.segmented_control, "deeper", say("across.deeper"), parts, "closed",
        lambda key: say(f"across.deeper-{key}"), required=True, wrap=True,
    )  # fmt: skip
    try:
        if part == "choices":
            _choices(line, found, asked, say)
        else:
            PARTS[part](line, line.entries, asked, say)
    except NotApplicable as refused:
        st.info(plain(say.note(refused.note, "reason")), icon=":material/do_not_disturb_on:")


def _labels(entries: Sequence[Entry], say: Say) -> list[str]:
    return [forest.label_of(entry, say) for entry in entries]


def _points(entries: Sequence[Entry], say: Say) -> list[plots.Study]:
    labels = _labels(entries, say)
    return [
        plots.Study(e.contrast.id, label, e.effect.status, printed_in(e.contrast.locators, say))
        for e, label in zip(entries, labels, strict=True)
    ]


def _none(*_: object) -> None:
    """Nothing unfolded."""


def _without(line: Line, entries: Sequence[Entry], asked: Asked, say: Say) -> None:
    kept, pooled = line.kept_entries, line.kept
    found = pooling.leave_one_out(line.kept_effects, asked.tau2, asked.interval)
    labels = _labels(kept, say)
    texts = [f"− {label}: {effect_text(one.kind, one.estimate, one.interval, say)}"
             for label, one in zip(labels, found, strict=True)]  # fmt: skip
    draw = partial(
        influence.leave_one_out, found, labels, pooled, say, axis=kind_name(pooled.kind, say), kind=pooled.kind,
        ids=[entry.contrast.id for entry in kept],
    )  # fmt: skip
    title = f"{capitalised(say('across.deeper-without'))}: {headline(line, None, say)}"
    paper = forest.paper_of(kept, say, title, lambda narrow: draw(narrow=narrow))
    figure = draw(narrow=show.on_phone())
    opened.plotted(figure, "; ".join(texts), "leave-one-out", entries, (line,), say, by_line=True, paper=paper)


def _choices(line: Line, found: Body, asked: Asked, say: Say) -> None:
    """The result with each other outcome and time of a study, and with all at their lowest and highest."""
    pooled, swept = line.kept, swaps(found, line, asked.tau2, asked.interval)
    st.caption(say(f"across.rule-{asked.choice.moment}"))
    if not swept.each:
        st.caption(say("across.no-choices"))
        return
    labels = [f"{forest.label_of(one.entry, say)}: {measured_said(one.entry.contrast, say)}" for one in swept.each]
    results = [one.pooled for one in swept.each]
    said = {name: effect_text(one.kind, one.estimate, one.interval, say)
            for name, one in (("taken", pooled), ("lowest", swept.lowest), ("highest", swept.highest))}  # fmt: skip
    sentence = say("across.choices-said", count=len(results), **said)
    st.text(sentence)
    draw = partial(influence.instead, results, labels, pooled, say, axis=kind_name(pooled.kind, say), kind=pooled.kind)
    paper = forest.paper_of(line.kept_entries, say, sentence, lambda narrow: draw(narrow=narrow))
    show.figure(draw(narrow=show.on_phone()), sentence, "choices", say, paper=paper)


def _cumulative(line: Line, entries: Sequence[Entry], asked: Asked, say: Say) -> None:
    kept, pooled = line.kept_entries, line.kept
    both = zip(kept, line.kept_effects, strict=True)
    dated = sorted((one for one in both if _year(one[0])), key=lambda one: _year(one[0]))
    if len(dated) < len(kept):
        st.caption(say("across.undated", count=len(kept) - len(dated)))
    if not dated:
        return
    effects = [effect for _, effect in dated]
    found = pooling.cumulative(effects, list(range(len(dated))), asked.tau2, asked.interval)
    labels = [f"{_year(entry)} {forest.label_of(entry, say)}" for entry, _ in dated]
    draw = partial(
        influence.cumulative, found, labels, say, axis=kind_name(pooled.kind, say), kind=pooled.kind,
        ids=[entry.contrast.id for entry, _ in dated],
    )  # fmt: skip
    title = f"{capitalised(say('across.deeper-cumulative'))}: {headline(line, None, say)}"
    paper = forest.paper_of([entry for entry, _ in dated], say, title, lambda narrow: draw(narrow=narrow))
    sentence = effect_text(pooled.kind, found[-1].estimate, found[-1].interval, say)
    figure = draw(narrow=show.on_phone())
    opened.plotted(figure, sentence, "cumulative", entries, (line,), say, by_line=True, paper=paper)


def _year(entry: Entry) -> int | None:
    return entry.contrast.study.card.get("year")


def _groups(line: Line, entries: Sequence[Entry], asked: Asked, say: Say) -> None:
    kept = line.kept_entries
    st.caption(say("across.groups-help"))
    names = [forest.group_name(entry, asked.group, say) or None for entry in kept]
    found = pooling.subgroups(line.kept_effects, names, asked.tau2, asked.interval)
    rows = [
        {
            say("across.group"): str(label),
            "k": one.k,
            kind_name(one.kind, say): effect_text(one.kind, one.estimate, one.interval, say),
            "I²": "" if one.i2 is None else f"{say.number(one.i2, 0)}%",
        }
        for label, one in zip(found.labels, found.pooled, strict=True)
    ]
    table = pd.DataFrame(rows)
    st.dataframe(table, hide_index=True, key="subgroups", alt=say("across.deeper-groups"))
    if found.difference:
        st.text(groups_said(found.difference, say))
    for note in found.notes:
        st.caption(plain(say.note(note, "note")))
    show.download(say("download.results"), lambda: table, "subgroups")


def _covariate(line: Line, entries: Sequence[Entry], asked: Asked, say: Say) -> None:
    kept, pooled = line.kept_entries, line.kept
    name = choose.one(
        st.segmented_control, "covariate", say("across.covariate"), COVARIATES, "year",
        lambda key: say(f"across.covariate-{key}"), required=True, wrap=True,
    )  # fmt: skip
    values = [covariate(entry, name) for entry in kept]
    found = pooling.regression(line.kept_effects, values, asked.tau2, asked.interval)
    write = slope_of(pooled.kind, say)
    low, high = found.slope.interval
    sentence = say(
        "across.slope-of-ratio" if is_ratio(pooled.kind) else "across.slope", effect=kind_name(pooled.kind, say),
        covariate=say(f"across.covariate-{name}"), slope=write(found.slope.estimate), low=write(low), high=write(high),
        p=say.p(found.slope.p), k=found.k,
        r2="" if found.r2 is None else say("across.r2", r2=found.r2),
    )  # fmt: skip
    st.text(sentence)
    for note in found.notes:
        st.caption(plain(say.note(note, "note")))
    there = [(entry, value) for entry, value in zip(kept, values, strict=True) if value is not None]
    weights = dict(zip((e.contrast.id for e in kept), pooled.weights, strict=True))
    fitted = plots.Line(*zip(*found.line, strict=True))
    figure = plots.regression(
        [(value, entry.effect.value) for entry, value in there], [weights[e.contrast.id] for e, _ in there],
        _points([e for e, _ in there], say), fitted, say, covariate=say(f"across.covariate-{name}"),
        axis=kind_name(pooled.kind, say), kind=pooled.kind,
    )  # fmt: skip
    paper = forest.paper_of([entry for entry, _ in there], say)
    opened.plotted(figure, sentence, "regression", entries, (line,), say, by_line=False, paper=paper)


def covariate(entry: Entry, name: str) -> float | None:
    """Year of publication, people, or day of the measurement; None where the card doesn't say."""
    study = entry.contrast.study
    time = study.timepoints.get(entry.contrast.when.split(":")[-1])
    found = {"year": study.card.get("year"), "people": all_people(study), "day": time.day if time else None}[name]
    return None if found is None else float(found)


def _small(line: Line, entries: Sequence[Entry], asked: Asked, say: Say) -> None:
    kept, pooled = line.kept_entries, line.kept
    found = pooling.funnel(line.kept_effects, pooled)
    figure = plots.funnel(found, _points(kept, say), say, axis=kind_name(pooled.kind, say), kind=pooled.kind,
                          pooled=pooled.estimate)  # fmt: skip
    sentence, paper = say("across.funnel-alt", k=len(kept)), forest.paper_of(kept, say)
    opened.plotted(figure, sentence, "funnel", entries, (line,), say, by_line=False, paper=paper)
    tested = pooling.egger(line.kept_effects)
    st.text(say("across.egger", asymmetry=tested.asymmetry, low=tested.asymmetry_interval[0],
                high=tested.asymmetry_interval[1], df=tested.df, p=say.p(tested.p)))  # fmt: skip
    for note in tested.notes:
        st.caption(plain(say.note(note, "note")))


def _influence(line: Line, entries: Sequence[Entry], asked: Asked, say: Say) -> None:
    kept = line.kept_entries
    found = pooling.baujat(line.kept_effects, asked.tau2, asked.interval)
    figure = plots.baujat(found, _points(kept, say), say)
    sentence, paper = say("across.baujat-alt"), forest.paper_of(kept, say)
    opened.plotted(figure, sentence, "baujat", entries, (line,), say, by_line=False, paper=paper)
    st.caption(say("across.baujat-alt"))


PARTS: dict[str, Callable] = {
    "closed": _none,
    "choices": _choices,
    "without": _without,
    "cumulative": _cumulative,
    "groups": _groups,
    "covariate": _covariate,
    "small": _small,
    "influence": _influence,
}
