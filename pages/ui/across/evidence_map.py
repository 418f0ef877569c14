"""The map of all interventions and outcomes: who studied what, and what can be pooled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from analysis.evidence import Choice, MapCell, evidence_map, interventions, studies_of
from analysis.plots import parted
from analysis.plots import plain as plain_in_plot
from analysis.plots.across import evidence_map as maps
from analysis.plots.reports import of_interventions
from analysis.results import remembered
from analysis.studies import CLASSES, TREATMENTS, Study
from analysis.telling import cell_hover, map_sentence, treatment_name
from analysis.words import Say, say_in
from pages.ui.across import opened
from pages.ui.across.asked import ask_of_all
from pages.ui.shared import choose, link, reporting, show
from pages.ui.shared.frame import Frame
from pages.ui.shared.saving import Paper, of_studies
from pages.ui.shared.text import plain

# What the map takes over from the reader's choice: all but which outcome, treatments and effect.
FOLLOWED = ("infants", "moment", "r", "design_effect", "equal_groups", "convert", "unnamed_tests", "worded", "left_out")
FAMILIES_SHOWN = ("milk-volume", "adequacy", "prolactin", "infant-weight", "exclusive-breastfeeding", "knowledge",
                  "self-efficacy")  # fmt: skip


def view(frame: Frame, say: Say) -> None:
    """A bubble per intervention and outcome; a click tells more of it below its line."""
    asked = ask_of_all(say)
    reporting.of_screen(partial(of_interventions, interventions(tuple(frame.together)), say))
    compared = asked.choice.comparisons[0] if asked.choice.comparisons else "control"
    settled = replace(Choice(), comparisons=(compared,), **{name: getattr(asked.choice, name) for name in FOLLOWED})
    cells = evidence_map(tuple(frame.together), settled, asked.tau2, asked.interval)
    few = {cell.treatment for cell in cells if cell.tally.pooled or cell.tally.studies + cell.elsewhere > 1}
    st.markdown(f"**{plain(say('across.map-title', versus=say(f'comparison.{compared}')))}**")
    st.caption(say("across.map-help"))
    everything = choose.switch("whole-map", say("across.map-all", count=len({cell.treatment for cell in cells})))
    shown = tuple(cell for cell in cells if everything or cell.treatment in few)
    figure, sentence = _drawn(shown, compared, say.language, show.on_phone()), map_sentence(cells, say)
    above, detail, below = st.container(), st.container(), st.container()
    chosen = choose.mark("cell", [_place(cell) for cell in shown])
    parts = parted(figure, chosen or "")
    paper = Paper(
        words=lambda: of_studies(frame.together, (), say),
        drawn=lambda narrow: _drawn(shown, compared, say.language, narrow),
    )
    click = partial(choose.clicked, "cell")
    opened.in_parts(figure, parts, (above, below), sentence, "evidence-map", click, paper, say)
    if chosen:
        with detail:
            _detail(next(cell for cell in cells if _place(cell) == chosen), cells, compared, frame.together, say)


def _place(cell: MapCell) -> str:
    return f"{cell.treatment}|{cell.family}"


def _detail(cell: MapCell, cells: Sequence[MapCell], compared: str, library: Sequence[Study], say: Say) -> None:
    """What a bubble stands for, with the ways on from it."""
    title, *lines = cell_hover(cell, compared, say).splitlines()
    with st.container(border=True):
        st.markdown(f"**{plain(title)}**")
        st.text("\n".join(lines))
        st.button(
            say("across.show-result"), key="show-result", on_click=_open, args=(cells, compared, _place(cell)),
            icon=":material/arrow_forward:",
        )  # fmt: skip
        opened.studies_linked(studies_of(cell, library), say)


def _open(cells: Sequence[MapCell], compared: str, place: str) -> None:
    """Ask for what a bubble stands for: its intervention, outcome, comparison and kind of effect."""
    treatment, _, family = place.partition("|")
    cell = next(one for one in cells if (one.treatment, one.family) == (treatment, family))
    if cell.tally.comparisons:
        link.put(view="evidence", family=[family], given=[treatment], versus=[compared], effect=cell.kind)
    else:
        link.put(view="evidence", family=[family], given=[treatment], versus=[cell.otherwise[0]])


@remembered(32)
def _drawn(cells: tuple[MapCell, ...], compared: str, language: str, narrow: bool):
    say = say_in(language)
    treatments = sorted(
        {cell.treatment for cell in cells}, key=lambda name: (_class_place(name), treatment_name(name, say))
    )
    rows_shown = [(name, treatment_name(name, say), say(f"treatment-class.{_class_of(name)}")) for name in treatments]
    columns = [(f, say(f"family.{f}")) for f in FAMILIES_SHOWN if any(cell.family == f for cell in cells)]
    drawn = [_bubble(cell, compared, say) for cell in cells]
    return maps.evidence_map(drawn, rows_shown, columns, say, narrow=narrow)


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
