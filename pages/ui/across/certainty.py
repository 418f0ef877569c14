"""The certainty card: a GRADE word with its reasons, proposed from the data, each open to the reader."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.evidence import DOMAINS, Answer, Certainty, Entry, Line, level_said, revise, word_said
from analysis.telling import line_name, reason_said
from analysis.words import Say
from pages.ui.shared import choose, link
from pages.ui.shared.text import plain

COLOURS = {"high": "green", "moderate": "blue", "low": "orange", "very low": "red"}
PROPOSED = "proposed"
LEVELS = (PROPOSED, "0", "1", "2")


def judged(line: Line) -> Certainty | None:
    """The proposed rating with whatever the reader has chosen instead, further down the screen."""
    chosen = {domain: link.held(link_name(domain, line.kept_entries)) for domain in DOMAINS}
    levels = {domain: int(held[0]) for domain, held in chosen.items() if held and held[0] in LEVELS[1:]}
    return revise(line.certainty, levels) if line.certainty else None


def as_judged(found: Answer) -> Answer:
    """The same answer with every result as certain as the reader judges it."""
    lines = tuple(replace(line, certainty=judged(line)) for line in found.lines)
    return replace(
        found, lines=lines, average=found.average and replace(found.average, certainty=judged(found.average))
    )


def link_name(domain: str, kept: Sequence[Entry]) -> str:
    """What the choice is called in the link: it holds for these comparisons and no others."""
    return f"grade-{domain}-{zlib.crc32('|'.join(entry.contrast.id for entry in kept).encode()):08x}"


def card(shown: Certainty | None, line: Line, say: Say) -> None:
    """The word, the reasons with their numbers, and a chooser per reason."""
    if shown is None:
        return
    with st.container(border=True):
        head, edit = st.columns([3, 1], vertical_alignment="center")
        _choosers(edit, line.kept_entries, say)
        with head:
            st.markdown(f"**{plain(say('across.certainty-title', what=line_name(line, say)))}**")
            st.badge(plain(word_said(shown, say)), color=COLOURS[shown.word], help=say("help.certainty"))
        st.caption(say(f"across.certainty-start-{shown.start}"))
        lines = [
            f"- **{plain(say(f'certainty-domain.{domain}'))}**: {plain(level_said(rating, say))}. "
            f"{plain(reason_said(rating, line.kept.kind, say))}"
            for domain, rating in shown.reasons.items()
        ]
        st.markdown("\n".join(lines))


def _choosers(place: DeltaGenerator, kept: Sequence[Entry], say: Say) -> None:
    with place, st.popover(say("across.certainty-edit"), icon=":material/edit:"):
        st.caption(say("across.certainty-edit-help"))
        for domain in DOMAINS:
            choose.one(
                st.segmented_control,
                link_name(domain, kept),
                say(f"certainty-domain.{domain}"),
                LEVELS,
                PROPOSED,
                lambda key: say("across.proposed") if key == PROPOSED else say(f"certainty-level.{key}"),
                required=True,
                wrap=True,
            )
