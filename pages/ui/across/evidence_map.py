"""The map of all interventions and outcomes: who studied what, and what can be pooled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial

import streamlit as st

from analysis.evidence import Choice, MapCell, evidence_map
from analysis.plots import plain as plain_in_plot
from analysis.plots.across import evidence_map as maps
from analysis.studies import CLASSES, TREATMENTS
from analysis.telling import cell_hover, map_sentence, treatment_name
from analysis.words import Say, say_in
from pages.ui.across.asked import ask_of_all
from pages.ui.shared import choose, link, show
from pages.ui.shared.frame import Frame
from pages.ui.shared.saving import Paper, of_studies
from pages.ui.shared.text import plain

# What the map takes over from the reader's choice: all but which outcome, treatments and effect.
FOLLOWED = ("infants", "moment", "r", "design_effect", "equal_groups", "convert", "left_out")
FAMILIES_SHOWN = ("milk-volume", "adequacy", "prolactin", "infant-weight", "exclusive-breastfeeding", "knowledge",
                  "self-efficacy")  # fmt: skip


def view(frame: Frame, say: Say) -> None:
    """A bubble per intervention and outcome; a click opens its result."""
    asked = ask_of_all(say)
    compared = asked.choice.comparisons[0] if asked.choice.comparisons else "control"
    settled = replace(Choice(), comparisons=(compared,), **{name: getattr(asked.choice, name) for name in FOLLOWED})
    cells = evidence_map(tuple(frame.library), settled, asked.tau2, asked.interval)
    few = {cell.treatment for cell in cells if cell.tally.pooled or cell.tally.studies + cell.elsewhere > 1}
    st.markdown(f"**{plain(say('across.map-title', versus=say(f'comparison.{compared}')))}**")
    st.caption(say("across.map-help"))
    everything = choose.switch("whole-map", say("across.map-all", count=len({cell.treatment for cell in cells})))
    shown = tuple(cell for cell in cells if everything or cell.treatment in few)
    figure = _drawn(shown, compared, say.language)
    paper = Paper(words=lambda: of_studies(frame.library, (), say))
    sentence = map_sentence(cells, say)
    show.figure(figure, sentence, "evidence-map", say, paper=paper, on_click=partial(_open, cells, compared))


def _open(cells: Sequence[MapCell], compared: str, place: str) -> None:
    """A click on a bubble asks for what it stands for: its intervention, outcome, comparison and kind of effect."""
    treatment, _, family = place.partition("|")
    cell = next(one for one in cells if (one.treatment, one.family) == (treatment, family))
    if cell.tally.comparisons:
        link.put(view="evidence", family=[family], given=[treatment], versus=[compared], effect=cell.kind)
    else:
        link.put(view="evidence", family=[family], given=[treatment], versus=[cell.otherwise[0]])


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
