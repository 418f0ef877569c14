"""A row per intervention, each with its own result; the average over all of them only where it is asked for."""

from __future__ import annotations

import pyarrow as pa
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.evidence import Answer, Line, word_said
from analysis.results import remembered
from analysis.telling import each_said, effect_text, kind_name, line_name
from analysis.words import Say, say_in
from pages.ui.across import certainty, rows
from pages.ui.shared import choose, show
from pages.ui.shared.text import plain


def choose_line(found: Answer, title: DeltaGenerator, say: Say) -> Line:
    """The result whose reasons are shown: the only one, the row that was clicked, or the average.

    What all of them say together goes into `title`.
    """
    if found.average is None:
        return found.lines[0]
    sure = [certainty.judged(line) for line in found.lines]
    said = each_said(found.lines, sure, say)
    title.markdown(f"**{plain(said)}**")
    table = _table(found, tuple(word_said(one, say) if one else "" for one in sure), say.language)
    st.caption(say("across.each-caption"))
    ids = [line.treatments[0] for line in found.lines]
    chosen = choose.row("line", table, ids, alt=said)
    show.download(say("across.download-rows"), lambda: table, "interventions")
    count = sum(line.kept is not None for line in found.lines)
    asked = choose.switch("average", say("across.average", count=count), help=say("across.average-help"))
    return found.average if asked else found.lines[ids.index(chosen)]


@remembered(64)
def _table(found: Answer, how_sure: tuple[str, ...], language: str) -> pa.Table:
    say = say_in(language)
    return show.kept([_row(line, sure, found, say) for line, sure in zip(found.lines, how_sure, strict=True)])


def _row(line: Line, how_sure: str, found: Answer, say: Say) -> dict[str, object]:
    """One intervention: effect, how much stands behind it, what the interval says, how sure."""
    kept = line.kept
    return {
        say("across.given"): line_name(line, say),
        kind_name(found.body.choice.kind, say): effect_text(kept.kind, kept.estimate, kept.interval, say)
        if kept
        else say("across.left-out-by-you"),
        say("across.comparisons-count"): line.comparisons,
        say("across.mothers"): line.people,
        say("across.says"): say(f"across.says-{line.direction}") if kept else "",
        say("across.how-sure"): how_sure,
        say("across.status"): rows.status_mark(kept, say),
    }
