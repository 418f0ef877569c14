"""The first answer: what raises milk? A row per intervention, each with its sentence, picture and ways on."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.evidence import Beside, Intervention, beside, interventions
from analysis.plots import interval_picture
from analysis.studies import Study
from analysis.telling import capitalised, found_said, number_said, studied_said, sure_said, treatment_name
from analysis.words import Say
from pages.ui.shared import choose, link
from pages.ui.shared.frame import PAGES
from pages.ui.shared.text import plain

FIRST = 8  # rows shown before someone asks for all of them


def draw(library: Sequence[Study], say: Say) -> None:
    """All interventions in order, the first of them open."""
    found = interventions(tuple(library))
    if not found:
        return
    st.caption(say("overview.picture-key"))
    room = st.container()
    everything = choose.switch("interventions", say("overview.all-interventions", count=len(found)))
    with room:
        for one in found if everything else found[:FIRST]:
            _row(one, beside(one.treatment, found[:FIRST]), say)


def _row(found: Intervention, others: Sequence[Beside], say: Say) -> None:
    name = treatment_name(found.treatment, say)
    with st.container(border=True):
        who, answer, picture = st.columns([3, 6, 3], vertical_alignment="center")
        with who:
            st.markdown(f"**{plain(capitalised(name))}**")
            st.caption(plain(studied_said(found, say)))
            _ways_on(found, name, say)
        with answer:
            st.text(found_said(found, say))
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(plain(sure_said(found, say)), width="content")
                st.page_link(
                    PAGES["decision"], label=say("decision.one-page"), icon=":material/assignment:",
                    query_params={"offer": found.treatment},
                )  # fmt: skip
            _side_by_side(others, say)
        with picture:
            _picture(found, name, say)


def _picture(found: Intervention, name: str, say: Say) -> None:
    """The interval of the result; one that is in no SDs is only written."""
    if found.line is None:
        return
    number = number_said(found, say)
    if found.in_sds and found.line.direction:
        picture = interval_picture(*found.in_sds, found.line.direction)
        st.image(picture, alt=say("overview.picture-alt", what=name, number=number))
    st.caption(plain(number))


def _side_by_side(others: Sequence[Beside], say: Say) -> None:
    """The ways to studies that gave this to one group and another intervention of the list to the other."""
    if not others:
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        for one in others:
            (a, b), study = one.arms, one.study.id
            st.page_link(
                PAGES["between-groups"], label=say("overview.beside", what=plain(treatment_name(one.treatment, say))),
                icon=":material/compare_arrows:", query_params={"study": study, f"{study}.a": a, f"{study}.b": b},
            )  # fmt: skip


def _ways_on(found: Intervention, name: str, say: Say) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button(
            say("overview.its-studies"), key=f"studies-{found.treatment}", type="tertiary", icon=":material/list:",
            on_click=link.put, kwargs={"find": name},
        )  # fmt: skip
        if found.cell:
            asked = {"family": found.cell.family, "versus": found.comparison, "effect": found.cell.kind}
            st.page_link(
                PAGES["across-studies"], label=say("overview.its-comparison"), icon=":material/grain:",
                query_params={**asked, "given": found.treatment},
            )  # fmt: skip
