"""Take the pooled result away: the sentence, the rows, and the script that repeats it."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from analysis.evidence import Certainty, Line
from analysis.telling import headline, spread_line
from analysis.telling.scripts import pooling_python, pooling_r
from analysis.words import Say
from pages.ui.across import rows
from pages.ui.shared import show


def draw(line: Line, sure: Certainty | None, say: Say) -> None:
    """Folded away below the result."""
    show.folded(say("across.take"), "take", ":material/ios_share:", partial(_take, line, sure, say))


def _rows(line: Line, say: Say) -> pd.DataFrame:
    return pd.DataFrame([rows.row(entry, say) for entry in line.kept_entries])


def _take(line: Line, sure: Certainty | None, say: Say) -> None:
    sentence = headline(line, sure, say)
    st.code(f"{sentence} {spread_line(line.kept, say)}".strip(), language=None, wrap_lines=True)
    with st.container(horizontal=True):
        show.download(say("across.download-rows"), lambda: _rows(line, say), "pooled-rows")
        for language, script in (("R", pooling_r), ("py", pooling_python)):
            label, file = say(f"download.script-{language.lower()}"), f"lactascope-pooled.{language}"
            show.script(label, partial(script, line), file, f"pooled-{language}")
