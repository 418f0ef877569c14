"""The question that a health centre asks, and the page that answers it, as its PDF has it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.evidence import interventions, rivals
from analysis.plots.reports import Block, Document, Heading, Items, Paragraph, Plot, written
from analysis.results import for_asker
from analysis.studies import Study
from analysis.telling import capitalised, treatment_name
from analysis.words import Say
from pages.ui.shared import choose
from pages.ui.shared.text import plain

WITHOUT = "without"
WIDEST = 860  # pixels, in which a line is read with ease


def question(library: Sequence[Study], say: Say) -> tuple[str, str]:
    """What is thought of, and what it is compared with, "" for going without it."""
    there = [one.treatment for one in interventions(tuple(library))]
    treatment = choose.one(
        st.selectbox, "offer", say("decision.choose-what"), there, there[0],
        lambda name: capitalised(treatment_name(name, say)), width=320,
    )  # fmt: skip
    others = rivals(tuple(library), treatment)
    if not others:
        return treatment, ""
    named = {WITHOUT: say("decision.without-it"), **{name: treatment_name(name, say) for name in others}}
    against = choose.one(
        st.selectbox, f"{treatment}.against", say("decision.choose-against"), list(named), WITHOUT, named.__getitem__,
        width=260,
    )  # fmt: skip
    return treatment, "" if against == WITHOUT else against


def draw(found: Document, say: Say) -> None:
    """The page, and the way to take it along."""
    with st.container(width=WIDEST):
        st.header(plain(found.title), anchor=False)
        for block in found.blocks:
            _block(block)
        st.download_button(
            say("decision.save"), for_asker(lambda: written(found, "pdf")), "lactascope-decision.pdf",
            "application/pdf", key="decision-pdf", icon=":material/download:", on_click="ignore",
        )  # fmt: skip


def _block(block: Block) -> None:
    if isinstance(block, Heading):
        st.subheader(plain(block.text), anchor=False)
    elif isinstance(block, Paragraph):
        _paragraph(block)
    elif isinstance(block, Items):
        st.markdown("\n".join(f"- {plain(text)}" for text in block.texts))
    elif isinstance(block, Plot):
        st.image(block.picture.svg, alt=block.alt, width="content")


def _paragraph(block: Paragraph) -> None:
    if block.tone == "lead":
        st.markdown(f"**{plain(block.text)}**")
    elif block.tone == "note":
        st.caption(plain(block.text))
    else:
        st.text(block.text)
