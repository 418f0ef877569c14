"""Which way each study points, for those too that print no effect; never how much."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import pyarrow as pa
import streamlit as st

from analysis.evidence import (
    SMALL_MEDIUM_LARGE,
    Directed,
    body,
    combined,
    directions,
    name_of,
    signs,
    z_at,
)
from analysis.plots import Finished, ringed
from analysis.plots.across import directions as plots
from analysis.results import remembered
from analysis.telling import combined_said, numbers_said, p_said, row_said, signs_said, treatment_name
from analysis.words import Say, say_in
from pages.ui.across import forest, opened
from pages.ui.across.asked import ask, report_on
from pages.ui.shared import choose, show
from pages.ui.shared.frame import Frame
from pages.ui.shared.saving import Paper, of_studies
from pages.ui.shared.text import plain

PARTS = ("rows", "albatross", "interventions")


def view(frame: Frame, say: Say) -> None:
    """How many studies point which way; each of them, p against n, or a line per intervention."""
    asked = ask(frame, say)
    rows = directions(body(frame.together, asked.choice))
    report_on(frame, asked, say)
    if not rows:
        st.info(say("across.nothing"), icon=":material/filter_alt_off:")
        return
    st.markdown(f"**{plain(signs_said(signs(rows), say))}**")
    st.caption(plain(say("direction.caveat")))
    part = choose.one(
        st.segmented_control, "directed", say("direction.part"), PARTS, PARTS[0],
        lambda key: say(f"direction.part-{key}"), required=True, wrap=True, label_visibility="collapsed",
    )  # fmt: skip
    SHOWN[part](rows, say)


def _rows(rows: Sequence[Directed], say: Say) -> None:
    favours = say("across.favours-other"), say("across.favours")
    draw = partial(_drawn_rows, tuple(rows), say.language, favours)
    _plotted(draw(show.on_phone()), rows, "directions", say, draw)


def _albatross(rows: Sequence[Directed], say: Say) -> None:
    """p against n, and the p values combined."""
    st.text(combined_said(combined(rows), say))
    st.caption(plain(say("direction.combined-caveat")))
    draw = partial(_drawn_albatross, tuple(rows), say.language)
    _plotted(draw(show.on_phone()), rows, "albatross", say, draw)


def _plotted(
    figure: Finished, rows: Sequence[Directed], key: str, say: Say, draw: Callable[[bool], Finished] | None = None
) -> None:
    """A plot whose marks are comparisons; the clicked one is told below it."""
    there = {row.contrast.id: row for row in rows}
    chosen = choose.mark("pointed", list(there))
    studies = [row.contrast.study for row in rows]
    statuses = [row.status for row in rows if row.side is not None]
    paper = Paper(words=lambda: of_studies(studies, statuses, say), drawn=draw)
    sentence = signs_said(signs(rows), say)
    show.figure(ringed(figure, chosen or "", joined=False), sentence, key, say,
                on_click=partial(choose.clicked, "pointed"), paper=paper, saved=figure)  # fmt: skip
    if chosen:
        _told(there[chosen], say)


def _told(row: Directed, say: Say) -> None:
    study = row.contrast.study
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            show.status(row.status, say)
            st.markdown(f"**{plain(say.text(study.short_title))}**")
        st.text(say.text(study.card["result"]))
        st.caption(plain(row_said(row, say)))
        opened.open_study(study.id, say("across.open-study"))


def _interventions(rows: Sequence[Directed], say: Say) -> None:
    table = _table(tuple(rows), say.language)
    title = say("direction.part-interventions")
    st.dataframe(table, hide_index=True, key="directed-interventions", alt=title)
    show.download(say("across.download-rows"), lambda: table, "directions")


SHOWN = {"rows": _rows, "albatross": _albatross, "interventions": _interventions}


@remembered(32)
def _table(rows: tuple[Directed, ...], language: str) -> pa.Table:
    say = say_in(language)
    groups: dict[str, list[Directed]] = {}
    for row in rows:
        groups.setdefault(name_of(row.contrast.treatments), []).append(row)
    return show.kept([_line(name, group, say) for name, group in groups.items()])


def _line(name: str, rows: Sequence[Directed], say: Say) -> dict[str, object]:
    """One intervention: its studies by direction, and the p of those that print one."""
    found, together = signs(rows), combined(rows)
    ps = "; ".join(filter(None, (p_said(row, say) for row in rows)))
    return {
        say("across.given"): treatment_name(name, say),
        say("direction.side-better"): found.better,
        say("direction.side-worse"): found.worse,
        say("direction.side-neither"): found.neither,
        say("direction.side-unknown"): found.unknown + found.mixed,
        say("direction.fisher"): f"p {say.p(together.fisher)}" if together else "",
        say("direction.ps"): ps,
    }


@remembered(32)
def _drawn_rows(rows: tuple[Directed, ...], language: str, favours: tuple[str, str], narrow: bool) -> Finished:
    say = say_in(language)
    lines = [
        plots.Pointing(
            row.contrast.id, _label(row, say),
            treatment_name(name_of(row.contrast.treatments), say), row.side, row.status, row_said(row, say),
            numbers_said(row, say),
        )
        for row in rows
    ]  # fmt: skip
    return plots.effect_directions(lines, say, favours=favours, narrow=narrow)


@remembered(32)
def _drawn_albatross(rows: tuple[Directed, ...], language: str, narrow: bool) -> Finished:
    say = say_in(language)
    points = [
        plots.Flown(
            row.contrast.id, _label(row, say), row.status, row.signed_z, row.people,
            row.reach, f"{row_said(row, say)} · {numbers_said(row, say)}",
        )
        for row in rows
        if row.people and row.signed_z is not None
    ]  # fmt: skip
    contours = {one: partial(z_at, one) for one in SMALL_MEDIUM_LARGE}
    return plots.albatross(points, contours, say, narrow=narrow)


def _label(row: Directed, say: Say) -> str:
    """A study's name, and of one with several arms also which of them it is about."""
    study = row.contrast.study
    name = forest.label_of_study(study, say)
    return name if len(study.arms) < 3 else f"{name}: {say.text(study.arms[row.contrast.arms[0]].label)}"
