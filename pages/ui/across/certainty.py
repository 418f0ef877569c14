"""The certainty card: a GRADE word with its reasons, proposed from the data, each open to the reader."""

from __future__ import annotations

import streamlit as st

from analysis.certainty import DOMAINS, Certainty, level_said, revise, word_said
from analysis.words import Say
from pages.ui import choose
from pages.ui.text import plain

COLOURS = {"high": "green", "moderate": "blue", "low": "orange", "very low": "red"}
PROPOSED = "proposed"
LEVELS = (PROPOSED, "0", "1", "2")


def card(proposed: Certainty | None, say: Say) -> None:
    """The word, the reasons with their numbers, and a chooser per reason."""
    if proposed is None:
        return
    with st.container(border=True):
        head, edit = st.columns([3, 1], vertical_alignment="center")
        chosen = _chosen(edit, proposed, say)
        shown = revise(proposed, {domain: int(level) for domain, level in chosen.items() if level != PROPOSED})
        with head:
            st.markdown(f"**{say('across.certainty-title')}**")
            st.badge(plain(word_said(shown, say)), color=COLOURS[shown.word], help=say("help.certainty"))
        st.caption(say("across.certainty-start-randomised" if shown.randomised else "across.certainty-start-other"))
        lines = [
            f"- **{plain(say(f'certainty-domain.{domain}'))}**: {plain(level_said(rating, say))}. "
            f"{plain(say.note(rating.note, 'certainty'))}"
            for domain, rating in shown.reasons.items()
        ]
        st.markdown("\n".join(lines))


def _chosen(place, proposed: Certainty, say: Say) -> dict[str, str]:
    with place, st.popover(say("across.certainty-edit"), icon=":material/edit:"):
        st.caption(say("across.certainty-edit-help"))
        return {
            domain: choose.one(
                st.segmented_control,
                f"grade-{domain}",
                say(f"certainty-domain.{domain}"),
                LEVELS,
                PROPOSED,
                lambda key: say("across.proposed") if key == PROPOSED else say(f"certainty-level.{key}"),
                required=True,
                wrap=True,
            )
            for domain in DOMAINS
        }
