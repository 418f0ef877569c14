"""What a screen shows as one document: the screen says how it is made, a button in the menu makes it in any form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import streamlit as st

from analysis.plots.reports import FORMS, Document, Form, written
from analysis.results import for_asker
from analysis.telling.exchange import Taken, package
from analysis.words import Say
from pages.ui.shared import link
from pages.ui.shared.guard import panel
from pages.ui.shared.text import plain

MIME = {
    "html": "text/html",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
}
DRAWN, WRITTEN = 0.1, 0.7  # how far a report is when its plots, and when its document, is begun
Make = Callable[..., Document]  # takes `date` and `link`


def of_screen(make: Make, taken: Callable[[], Taken] | None = None) -> None:
    """Remember how the report of the screen is made, as the screen stands now, and which comparisons it shows."""
    st.session_state["report"], st.session_state["report-taken"] = make, taken


def none_yet() -> None:
    """What a screen would have reported is forgotten: another is drawn, or a study of it is gone."""
    for name in ("report", "report-taken", "report-made"):
        st.session_state.pop(name, None)


def offer(say: Say) -> None:
    """The button, where the screen has something to report."""
    if "report" in st.session_state and st.button(
        say("report.take"), icon=":material/summarize:", type="tertiary", key="report-open"
    ):
        st.dialog(say("report.take"))(_take)(say)


def _take(say: Say) -> None:
    """Which form, then the document in it."""
    st.text(say("report.take-help"))
    form = st.segmented_control(
        say("report.form"), FORMS, key="report-form", format_func=lambda key: plain(say(f"report.form-{key}"))
    )
    if form:
        with panel(say, "report.failed"):
            _file(form, say)
    if taken := st.session_state["report-taken"]:
        st.divider()
        st.text(say("exchange.take-help"))
        name = f"lactascope-{link.record().page}"
        st.download_button(
            say("exchange.ready"), for_asker(partial(_package, taken, name, link.address(), say)), f"{name}.zip",
            "application/zip", key="report-data", icon=":material/dataset:", on_click="ignore",
        )  # fmt: skip


def _package(taken: Callable[[], Taken], name: str, link_to: str, say: Say) -> bytes:
    return package(taken(), name, say, link=link_to)


def _file(form: Form, say: Say) -> None:
    progress = st.progress(DRAWN, say("report.drawing"))
    document = made_today(st.session_state["report"])
    progress.progress(WRITTEN, say("report.writing"))
    data = written(document, form)
    progress.empty()
    st.download_button(
        say("report.ready", size=max(1, len(data) // 1000)), data, f"lactascope-{link.record().page}.{form}",
        MIME[form], key=f"report-{form}", icon=":material/download:", on_click="ignore",
    )  # fmt: skip


def made_today(make: Make) -> Document:
    """The document, built once for all forms that are asked for while the screen stands as it is."""
    kept = st.session_state.get("report-made")
    if kept is None or kept[0] is not make:
        kept = st.session_state["report-made"] = make, make(**today())
    return kept[1]


def today() -> dict[str, str]:
    """The date, and the link that opens the screen as it stands."""
    return {"date": date.today().isoformat(), "link": link.address()}
