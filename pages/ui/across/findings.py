"""The Summary of findings: a row per intervention with what its result means for mothers, and how sure that is."""

from __future__ import annotations

import pyarrow as pa
import streamlit as st

from analysis.evidence import BASELINES, Answer, Line, absolute, word_said
from analysis.results import remembered
from analysis.telling import (
    counted,
    difference_said,
    effect_text,
    kind_name,
    line_name,
    people_said,
    with_it_said,
    without_said,
)
from analysis.words import Say, say_in
from pages.ui.across import certainty
from pages.ui.shared import choose, show


def draw(found: Answer, shown: Line, say: Say) -> None:
    """The table with the choice of the comparison groups' baseline; what it takes for granted stands below."""
    st.markdown(f"**{say('across.findings')}**")
    baseline = choose.one(
        st.segmented_control, "baseline", say("across.baseline"), tuple(BASELINES), "middle",
        lambda key: say(f"across.baseline-{key}"), required=True, wrap=True, help=say("help.baseline"),
    )  # fmt: skip
    table = _table(found, shown is found.average, baseline, say.language)
    st.dataframe(table, hide_index=True, key="findings", alt=say("across.findings"))
    st.caption(say("across.findings-caption"))
    show.download(say("across.download-rows"), lambda: table, "summary-of-findings")


@remembered(64)
def _table(found: Answer, averaged: bool, baseline: str, language: str) -> pa.Table:
    lines = (*found.lines, found.average) if averaged and found.average else found.lines
    rows = [_row(line, baseline, say_in(language)) for line in lines if line.kept]
    return show.kept([{name: row[name] for name in row if any(one[name] for one in rows)} for row in rows])


def _row(line: Line, baseline: str, say: Say) -> dict[str, str]:
    kept, meant, sure = line.kept, absolute(line, baseline), certainty.judged(line)
    return {
        say("across.given"): line_name(line, say),
        say("across.findings-from"): f"{counted('study', line.studies, say)}, {people_said(line.people, say)}",
        kind_name(kept.kind, say): effect_text(kept.kind, kept.estimate, kept.interval, say),
        say("across.findings-without"): without_said(meant, kept.kind, say),
        say("across.findings-with"): with_it_said(meant, say),
        say("across.findings-difference"): difference_said(meant, say),
        say("across.how-sure"): word_said(sure, say) if sure else "",
    }
