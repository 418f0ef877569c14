"""The claim ledger across studies: every printed number with what arithmetic says of it, filterable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

import pyarrow as pa
import streamlit as st

from analysis.checks import CONSEQUENCES, VERDICTS, Entry, ledger
from analysis.plots.reports import of_study
from analysis.results import remembered
from analysis.studies import Study
from analysis.telling import exchange, ledger_row, verdict_id
from analysis.words import Say, say_in
from pages.ui.shared import choose, reporting, show
from pages.ui.shared import ledger as single
from pages.ui.shared.frame import PAGES, Frame
from pages.ui.shared.text import plain

MOST_ROWS = 500  # shown; the download holds all


def view(frame: Frame, say: Say) -> None:
    """Every printed number and claim of all studies; a clicked row shows its arithmetic."""
    with st.spinner(say("across.checking")):
        entries = _all(tuple(frame.library))
    verdicts = tuple(map(verdict_id, VERDICTS))
    left, right = st.columns(2)
    with left:
        chosen = choose.many(
            st.pills, "verdict", say("choose.verdicts"), verdicts, verdicts[:1], lambda key: say(f"verdict.{key}"),
            selection_mode="multi", wrap=True,
        )  # fmt: skip
    titles = {study.id: say.text(study.short_title) for study in frame.library}
    with right:
        only = choose.many(
            st.multiselect, "of", say("across.claims-of"), list(titles), [], titles.__getitem__,
            placeholder=say("across.all-studies"),
        )  # fmt: skip
    asked = tuple(frame.library), tuple(chosen), tuple(only)
    found = _found(*asked)
    _sentence(entries, say)
    if not found:
        st.info(say("check-numbers.none"), icon=":material/filter_alt_off:")
        return
    st.caption(say("across.claims-count", shown=min(len(found), MOST_ROWS), found=len(found), all=len(entries)))
    shown, table = found[:MOST_ROWS], _shown(*asked, say.language)
    opened = choose.row("claim", table, [f"{study.id}~{entry.id}" for study, entry in shown], alt=say("across.claims"),
                        column_config=single.columns(say))  # fmt: skip
    study, entry = next((s, e) for s, e in shown if f"{s.id}~{e.id}" == opened)
    st.page_link(PAGES["study"], label=plain(say.text(study.short_title)), query_params={"study": study.id})
    single.detail(study, entry, say)
    reporting.of_screen(partial(of_study, study, say), partial(exchange.of_study, study))
    show.download(say("download.findings"), lambda: _table(found, say), "claims-across-studies")


@remembered(4)
def _all(studies: tuple[Study, ...]) -> tuple[tuple[Study, Entry], ...]:
    """Every entry of every study; what bears on a conclusion first, then by study."""
    found = [(study, entry) for study in studies for entry in ledger(study)]
    gravest = {name: place for place, name in enumerate((*CONSEQUENCES, *VERDICTS))}
    return tuple(sorted(found, key=lambda one: (gravest[one[1].consequence], gravest[one[1].verdict])))


@remembered(64)
def _found(
    studies: tuple[Study, ...], verdicts: tuple[str, ...], only: tuple[str, ...]
) -> tuple[tuple[Study, Entry], ...]:
    """Entries with one of these verdicts, of these studies or of all."""
    return tuple(
        (study, entry)
        for study, entry in _all(studies)
        if verdict_id(entry.verdict) in verdicts and (not only or study.id in only)
    )


@remembered(32)
def _shown(studies: tuple[Study, ...], verdicts: tuple[str, ...], only: tuple[str, ...], language: str) -> pa.Table:
    return _table(_found(studies, verdicts, only)[:MOST_ROWS], say_in(language))


def _table(found: Sequence[tuple[Study, Entry]], say: Say) -> pa.Table:
    name = say("choose.study")
    return show.kept([{name: say.text(one.short_title), **ledger_row(one, entry, say)} for one, entry in found])


def _sentence(entries: tuple[tuple[Study, Entry], ...], say: Say) -> None:
    """What a reader in a hurry takes away: how many numbers agree, and how many can't be told."""
    counts = Counter(entry.verdict for _, entry in entries)
    doubtful = {study.id for study, entry in entries if entry.verdict == "inconsistent"}
    st.text(
        say(
            "across.claims-sentence",
            all=len(entries),
            consistent=counts["consistent"],
            inconsistent=counts["inconsistent"],
            studies=len(doubtful),
            unknown=counts["cannot tell"],
            alone=counts["not checked"],
        )
    )
