"""The study that a reader clicked in a plot: what it found, where that is printed, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.evidence import Entry, Line
from analysis.evidence.contrasts import elsewise, splits, sweep
from analysis.plots import Finished, parted, ringed
from analysis.studies import Study
from analysis.telling import (
    both_said,
    given_said,
    kind_name,
    line_name,
    n_said,
    once_said,
    printed_in,
    row_effect,
    when_said,
)
from analysis.words import Say
from pages.ui.shared import choose, link, saving, show
from pages.ui.shared.frame import PAGES
from pages.ui.shared.saving import Paper
from pages.ui.shared.text import plain

NOTHING = "closed"


def plotted(
    figure: Finished, sentence: str, key: str, entries: Sequence[Entry], results: Sequence[Line], say: Say,
    *, by_line: bool, paper: Paper,
) -> None:  # fmt: skip
    """A plot whose marks are studies; the clicked one stands right below, or `by_line` below its line; saved whole."""
    above, detail, below = st.container(), st.container(), st.container()
    with detail:
        entry = _chosen(entries, say)
        if entry:
            draw(entry, results, say)
    chosen = entry.contrast.id if entry else NOTHING
    parts = parted(figure, chosen) if by_line else (ringed(figure, chosen),)
    in_parts(figure, parts, (above, below), sentence, key, click, paper, say)


def in_parts(
    whole: Finished, parts: Sequence[Finished], rooms: Sequence[DeltaGenerator], sentence: str, key: str,
    on_click: Callable[[str], None], paper: Paper, say: Say,
) -> None:  # fmt: skip
    """A plot parted at its clicked line, a part in each room; saved whole, below the last."""
    for room, part, name in zip(rooms, parts, (key, f"{key}-rest"), strict=False):
        with room:
            show.figure(part, sentence, name, say, on_click=on_click, paper=None)
    with rooms[len(parts) - 1]:
        saving.offer(whole, sentence, key, paper, say)


def click(contrast_id: str) -> None:
    """Open a study, or close it again."""
    link.put(open=NOTHING if link.held("open") == [contrast_id] else contrast_id)


def _chosen(entries: Sequence[Entry], say: Say) -> Entry | None:
    """The clicked one; the list is for who has no mouse."""
    there = {entry.contrast.id: entry for entry in entries}
    names = {key: _named(entry, say) for key, entry in there.items()} | {NOTHING: say("across.open-none")}
    opened = choose.one(
        st.selectbox, "open", say("across.open"), [NOTHING, *there], NOTHING, names.__getitem__,
        label_visibility="collapsed",
    )  # fmt: skip
    return there.get(opened)


def _named(entry: Entry, say: Say) -> str:
    contrast = entry.contrast
    name = given_said(contrast, say)
    return " · ".join(filter(None, (say.text(contrast.study.short_title), name, when_said(contrast, say))))


def draw(entry: Entry, results: Sequence[Line], say: Say) -> None:
    """What one study found of this comparison, with the ways on from it; how that was computed is folded."""
    contrast, study = entry.contrast, entry.contrast.study
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            show.status(entry.effect.status, say)
            st.markdown(f"**{plain(kind_name(entry.effect.kind, say))} {plain(row_effect(entry.effect, say))}**")
        st.text(say.text(study.card["result"]))
        st.caption(plain(detail_of(entry, say)))
        with st.container(horizontal=True, vertical_alignment="center"):
            open_study(study.id, say("across.open-study"))
            _leave_out(study.id, say)
        if contrast.joined:
            st.caption(plain(once_said(entry, say)))
        for line in results:
            if line.whole != line.kept and contrast.id in {one.contrast.id for one in line.entries}:
                st.text(f"{line_name(line, say)}: {both_said(line, say)}")
        show.folded(say("across.computed"), "computed", ":material/function:", partial(_computed, entry, say))


def detail_of(entry: Entry, say: Say) -> str:
    """How many mothers, which outcome, when, and where it is printed."""
    contrast = entry.contrast
    of_what = say.text(contrast.study.outcomes[contrast.outcome].label)
    where = printed_in(contrast.locators, say)
    given = given_said(contrast, say) if contrast.joined else ""
    return " · ".join(filter(None, (given, f"n = {n_said(contrast, say)}", of_what, when_said(contrast, say), where)))


def studies_linked(studies: Iterable[Study], say: Say) -> None:
    """The ways to the studies that a mark stands for."""
    st.caption(say("across.open-studies"))
    with st.container(horizontal=True, gap="small"):
        for study in studies:
            open_study(study.id, plain(say.text(study.short_title)))


def open_study(study: str, label: str) -> None:
    """The way to a study's own screen."""
    st.page_link(PAGES["study"], label=label, icon=":material/description:", query_params={"study": study})


def _leave_out(study: str, say: Say) -> None:
    """Out of the result, or back into it: one button in one place."""
    out = study in link.held("out")
    st.button(
        say("across.take-in" if out else "across.leave-out"), key="leave-out", on_click=left_out, args=(study,),
        icon=":material/undo:" if out else ":material/remove_circle:", type="tertiary",
    )  # fmt: skip


def left_out(study: str) -> None:
    """Leave a study out, or take it in again."""
    out = link.held("out")
    link.put(out=[other for other in out if other != study] if study in out else [*out, study])


def _computed(entry: Entry, say: Say) -> None:
    """An effect's formula; on other scales; and at other correlations or divisions where it hangs on one."""
    show.formula(entry.effect, say)
    others = elsewise(entry.effect, entry.contrast.n if not entry.contrast.crossover else ())
    if others:
        said = "; ".join(f"{kind_name(one.kind, say)} {row_effect(one, say)}" for one in others)
        st.caption(plain(say("across.elsewise", effects=said)))
    swept = sweep(entry.contrast, entry.effect.kind)
    if swept:
        said = "; ".join(f"r {say.number(r)}: {row_effect(one, say)}" for r, one in swept)
        st.caption(plain(say("across.swept", effects=said)))
    if divided := splits(entry.contrast, entry.effect.kind):
        said = "; ".join(f"{say.percent(share)}: {row_effect(one, say)}" for share, one in divided)
        st.caption(plain(say("across.split", effects=said)))
