"""The first view: the map of all interventions and outcomes, and the forest of what was asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial

import streamlit as st

from analysis.evidence import Answer, Body, Certainty, Choice, Line, MapCell, answer, evidence_map
from analysis.plots import plain as plain_in_plot
from analysis.plots.across import evidence_map as maps
from analysis.studies import CLASSES, TREATMENTS, Study
from analysis.telling import (
    cautions,
    cell_hover,
    headline,
    map_sentence,
    plainly,
    spread_line,
    tally_said,
    treatment_name,
)
from analysis.words import Say, say_in
from pages.ui.across import certainty, deeper, forest, lines, rows, take
from pages.ui.across.asked import Asked, ask
from pages.ui.shared import choose, show
from pages.ui.shared.frame import Frame
from pages.ui.shared.guard import panel
from pages.ui.shared.text import plain

# What the map takes over from the reader's choice: all but which outcome, treatments and effect.
FOLLOWED = ("infants", "moment", "r", "design_effect", "equal_groups", "convert", "left_out")
FAMILIES_SHOWN = ("milk-volume", "adequacy", "prolactin", "infant-weight", "exclusive-breastfeeding", "knowledge",
                  "self-efficacy")  # fmt: skip


def view(frame: Frame, say: Say) -> None:
    """Map, choices, what became of every comparison, results, forest, certainty, and what hangs on which study."""
    top = st.container()
    asked = ask(frame, say)
    with top, panel(say):
        _map(tuple(frame.library), asked, say)
    found = answer(frame.library, asked.choice, asked.tau2, asked.interval)
    if found.tally.comparisons == 0:
        st.info(say("across.nothing"), icon=":material/filter_alt_off:")
        return
    _counted(found, say)
    shown = lines.choose_line(found, say) if found.lines else None
    sure = certainty.judged(shown) if shown else None
    if shown:
        with panel(say):
            _result(shown, sure, say)
        with panel(say):
            forest.draw(found, shown, asked, say)
    with panel(say):
        rows.not_pooled(found.body, say)
    if shown and shown.kept:
        with panel(say):
            certainty.card(sure, shown, say)
        with panel(say):
            take.draw(shown, sure, say)
        with panel(say):
            deeper.draw(shown, asked, say)


def _counted(found: Answer, say: Say) -> None:
    """What became of every comparison; where there is no result, that is the answer."""
    said = plain(tally_said(found.tally, say))
    if found.body.refused:
        _refused(found.body, say)
    if found.lines or found.body.refused:
        st.caption(said)
    else:
        st.info(said, icon=":material/filter_alt_off:")


def _result(line: Line, sure: Certainty | None, say: Say) -> None:
    kept = line.kept
    if kept is None:
        st.info(say("across.all-left-out"), icon=":material/filter_alt_off:")
        return
    with st.container(border=True):
        show.status(kept.status, say)
        st.markdown(f"**{plain(headline(line, sure, say))}**")
        if plainly_said := plainly(kept, say):
            st.text(plainly_said)
        if spread := spread_line(kept, say):
            st.caption(plain(spread))
        for caution in [*cautions(line, say), *(say.note(note, "note") for note in kept.notes)]:
            st.caption(plain(caution))


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


def _map(library: tuple[Study, ...], asked: Asked, say: Say) -> None:
    compared = asked.choice.comparisons[0] if asked.choice.comparisons else "control"
    settled = replace(Choice(), comparisons=(compared,), **{name: getattr(asked.choice, name) for name in FOLLOWED})
    cells = evidence_map(library, settled, asked.tau2, asked.interval)
    few = {cell.treatment for cell in cells if cell.tally.pooled or cell.tally.studies + cell.elsewhere > 1}
    st.markdown(f"**{plain(say('across.map-title', versus=say(f'comparison.{compared}')))}**")
    st.caption(say("across.map-help"))
    everything = choose.switch("all", say("across.map-all", count=len({cell.treatment for cell in cells})))
    shown = tuple(cell for cell in cells if everything or cell.treatment in few)
    figure = _drawn(shown, compared, say.language)
    show.figure(figure, map_sentence(cells, say), "evidence-map", say, on_click=partial(_open, cells, compared))


def _open(cells: Sequence[MapCell], compared: str, place: str) -> None:
    """A click on a bubble asks for what it stands for: its intervention, outcome, comparison and kind of effect."""
    treatment, _, family = place.partition("|")
    cell = next(one for one in cells if (one.treatment, one.family) == (treatment, family))
    if cell.tally.comparisons:
        choose.put(family=[family], given=[treatment], versus=[compared], effect=cell.kind)
    else:
        choose.put(family=[family], given=[treatment], versus=[cell.otherwise[0]])


@lru_cache(maxsize=32)
def _drawn(cells: tuple[MapCell, ...], compared: str, language: str):
    say = say_in(language)
    treatments = sorted(
        {cell.treatment for cell in cells}, key=lambda name: (_class_place(name), treatment_name(name, say))
    )
    rows_shown = [(name, treatment_name(name, say), say(f"treatment-class.{_class_of(name)}")) for name in treatments]
    columns = [(f, say(f"family.{f}")) for f in FAMILIES_SHOWN if any(cell.family == f for cell in cells)]
    drawn = [_bubble(cell, compared, say) for cell in cells]
    return maps.evidence_map(drawn, rows_shown, columns, say)


def _bubble(cell: MapCell, compared: str, say: Say) -> maps.Cell:
    line = cell.line if cell.line and cell.line.kept else None
    people = line.people if line else cell.people
    return maps.Cell(
        cell.treatment, cell.family, cell.tally.studies, people, line and line.direction,
        line.certainty.word if line and line.certainty else None, line is not None,
        plain_in_plot(cell_hover(cell, compared, say)).replace("\n", "<br>"),
    )  # fmt: skip


def _class_of(name: str) -> str:
    return TREATMENTS[name.split(".")[0]]


def _class_place(name: str) -> int:
    return CLASSES.index(_class_of(name))
