"""The first view: the map of all interventions and outcomes, and the forest of what was asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import streamlit as st

from analysis.appraisal import MapCell, evidence_map
from analysis.certainty import Certainty
from analysis.choice import Choice
from analysis.evidence import Body, Entry, body
from analysis.facets import CLASSES, TREATMENTS
from analysis.plots.across import evidence_map as maps
from analysis.plots.style import plain as plain_in_plot
from analysis.pooling import pool
from analysis.results import NotApplicable, Pooled
from analysis.studies import Study
from analysis.summary import cautions, cell_hover, headline, map_sentence, plainly, spread_line, treatment_name
from analysis.words import Say, say_in
from pages.ui import choose, show
from pages.ui.across import certainty, deeper, forest, rows, take
from pages.ui.across.asked import Asked, ask
from pages.ui.frame import Frame
from pages.ui.guard import panel
from pages.ui.text import plain

FAMILIES_SHOWN = ("milk-volume", "adequacy", "prolactin", "infant-weight", "exclusive-breastfeeding", "knowledge",
                  "self-efficacy")  # fmt: skip


def view(frame: Frame, say: Say) -> None:
    """Map, choices, result, forest, certainty, and what hangs on which study."""
    top = st.container()
    asked = ask(frame, say)
    with top, panel(say):
        _map(tuple(frame.library), asked.choice, say)
    left_out = choose.held("out")
    choice = replace(asked.choice, left_out=frozenset(left_out))
    found = body(frame.library, choice)
    if found.refused:
        _refused(found, say)
        rows.not_pooled(found, say)
        return
    if not found.all:
        st.info(say("across.nothing"), icon=":material/filter_alt_off:")
        rows.not_pooled(found, say)
        return
    whole, kept = pooled_of(found.all, asked), pooled_of(found.kept, asked)
    sure = certainty.judged(found.kept, kept) if kept else None
    with panel(say):
        _result(found, kept, sure, say)
    with panel(say):
        forest.draw(found, whole, kept, asked, say)
    with panel(say):
        rows.not_pooled(found, say)
    if kept:
        with panel(say):
            certainty.card(sure, kept.kind, found.kept, say)
        with panel(say):
            take.draw(found.kept, kept, sure, say)
        with panel(say):
            deeper.draw(found.kept, kept, asked, say)


def pooled_of(entries: Sequence[Entry], asked: Asked) -> Pooled | None:
    """The pooled effect, None where it can't be computed."""
    try:
        return pool([entry.effect for entry in entries], asked.tau2, asked.interval) if entries else None
    except NotApplicable:
        return None


def _result(found: Body, kept: Pooled | None, sure: Certainty | None, say: Say) -> None:
    if kept is None:
        st.info(say("across.all-left-out"), icon=":material/filter_alt_off:")
        return
    with st.container(border=True):
        show.status(kept.status, say)
        st.markdown(f"**{plain(headline(found.kept, kept, sure, say))}**")
        if plainly_said := plainly(kept, say):
            st.text(plainly_said)
        if line := spread_line(kept, say):
            st.caption(plain(line))
        for line in [*cautions(found.kept, say), *(say.note(note, "note") for note in kept.notes)]:
            st.caption(plain(line))


def _refused(found: Body, say: Say) -> None:
    """Why a mix can't be pooled, and the nearest one that can, one click away."""
    st.warning(plain(say.note(found.refused, "reason")), icon=":material/block:")
    if found.nearest:
        near = found.nearest
        names = [say(f"family.{f}") for f in near.families] + [say(f"comparison.{c}") for c in near.comparisons]
        names += [treatment_name(name, say) for name in (*near.treatments, *near.comparators)]
        st.button(say("across.nearest", what=", ".join(names)), on_click=_take, args=(near,), type="primary")


def _take(choice: Choice) -> None:
    """Choose what is nearest to a refused mix."""
    choose.put(
        family=list(choice.families), versus=list(choice.comparisons), effect=choice.kind, given=list(choice.treatments)
    )


# -- the map -----------------------------------------------------------------------------------------------------------


def _map(library: tuple[Study, ...], choice: Choice, say: Say) -> None:
    compared = choice.comparisons[0] if choice.comparisons else "control"
    settled = Choice(
        comparisons=(compared,), moment=choice.moment, r=choice.r, design_effect=choice.design_effect,
        equal_groups=choice.equal_groups, convert=choice.convert, infants=choice.infants,
    )  # fmt: skip
    cells = evidence_map(library, settled)
    few = [cell for cell in cells if cell.k or len(cell.studies) > 1]
    st.markdown(f"**{plain(say('across.map-title', versus=say(f'comparison.{compared}')))}**")
    st.caption(say("across.map-help"))
    everything = choose.switch("all", say("across.map-all", count=len({cell.treatment for cell in cells})))
    shown = cells if everything else [cell for cell in cells if cell.treatment in {one.treatment for one in few}]
    figure = _drawn(tuple(shown), say.language)
    show.figure(figure, map_sentence(cells, say), "evidence-map", say, on_click=_open)


def _open(place: str) -> None:
    """A click on a bubble asks for its intervention and outcome."""
    treatment, _, family = place.partition("|")
    choose.put(family=[family], given=[treatment])


@lru_cache(maxsize=32)
def _drawn(cells: tuple[MapCell, ...], language: str):
    say = say_in(language)
    treatments = sorted(
        {cell.treatment for cell in cells}, key=lambda name: (_class_place(name), treatment_name(name, say))
    )
    rows_shown = [(name, treatment_name(name, say), say(f"treatment-class.{_class_of(name)}")) for name in treatments]
    columns = [(f, say(f"family.{f}")) for f in FAMILIES_SHOWN if any(cell.family == f for cell in cells)]
    drawn = [
        maps.Cell(
            cell.treatment, cell.family, len(cell.studies), cell.people, cell.direction,
            cell.certainty.word if cell.certainty else None, bool(cell.k),
            plain_in_plot(cell_hover(cell, say)).replace("\n", "<br>"),
        )
        for cell in cells
    ]  # fmt: skip
    return maps.evidence_map(drawn, rows_shown, columns, say)


def _class_of(name: str) -> str:
    return TREATMENTS[name.split(".")[0]]


def _class_place(name: str) -> int:
    return CLASSES.index(_class_of(name))
