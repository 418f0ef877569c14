"""The claim ledger: one row per printed number or claim; the chosen row with its arithmetic and its picture."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import pyarrow as pa
import streamlit as st

from analysis.checks import VERDICTS, Entry, Finding, Picture, ledger, picture_of
from analysis.checks.repairs import repairs_for, say_consequence, say_repair
from analysis.plots import Finished, integrity, reports
from analysis.results import Verdict, remembered
from analysis.studies import Study
from analysis.telling import exchange, ledger_row, printed_what, verdict_id
from analysis.words import Say, say_in
from pages.ui.shared import choose, options, reporting, show
from pages.ui.shared.frame import Frame
from pages.ui.shared.saving import Paper, of_study
from pages.ui.shared.text import plain

COLOURS = {"inconsistent": "orange", "cannot-tell": "gray", "consistent": "green", "not-checked": "gray"}


def screen(frame: Frame, say: Say) -> None:
    """Choose a study and which verdicts to see; its ledger, the chosen row, and the way to take it along."""
    left, right = st.columns([2, 3])
    with left:
        study = options.study_of(frame)
    reporting.of_screen(partial(reports.of_study, study, say), partial(exchange.of_study, study))
    verdicts = tuple(map(verdict_id, VERDICTS))
    with right:
        chosen = choose.many(
            st.pills,
            "verdict",
            say("choose.verdicts"),
            verdicts,
            verdicts[:2],
            lambda key: say(f"verdict.{key}"),
            selection_mode="multi",
            wrap=True,
        )
    entries, shown = ledger(study), _of_verdicts(study, chosen)
    st.caption(say("check-numbers.count", shown=len(shown), all=len(entries)))
    if not shown:
        st.info(say("check-numbers.none"), icon=":material/filter_alt_off:")
        return
    entry = choose.row(
        "entry",
        _table(study, tuple(chosen), say.language),
        [entry.id for entry in shown],
        alt=say("check-numbers.intro"),
        column_config=columns(say),
    )
    detail(study, next(one for one in shown if one.id == entry), say)
    show.download(say("download.findings"), lambda: _table(study, verdicts, say.language), f"{study.id}-findings")


def _of_verdicts(study: Study, verdicts: Sequence[str]) -> list[Entry]:
    return [entry for entry in ledger(study) if verdict_id(entry.verdict) in verdicts]


@remembered(64)
def _table(study: Study, verdicts: tuple[str, ...], language: str) -> pa.Table:
    """The ledger's rows in the reader's words."""
    say = say_in(language)
    return show.kept([ledger_row(study, entry, say) for entry in _of_verdicts(study, verdicts)])


def columns(say: Say) -> dict[str, Any]:
    """How wide the columns are whose rest stands below the table."""
    return {say("check-numbers.what"): st.column_config.TextColumn(width=300)}


def detail(study: Study, entry: Entry, say: Say) -> None:
    """Everything that arithmetic says of one row, with a picture where one says more than the sentence."""
    with st.container(border=True):
        heading = " · ".join(filter(None, (say.printed(entry.printed), printed_what(study, entry, say))))
        st.markdown(f"**{plain(heading)}**")
        st.caption(plain(say.locator(entry.locator)))
        if not entry.findings:
            st.text(say("check-numbers.no-rule"))
        for finding in entry.findings:
            verdict(finding.rule, finding.verdict, say)
        _repairs(study, entry, say)
        for place, (rule, one) in enumerate(_pictures(study, entry.findings)):
            sentence = integrity.sentence(one, say)
            paper = Paper(words=lambda: of_study(study, filter(None, [entry.arm]), ["reported"], say))
            show.figure(_drawn(one, say.language), sentence, f"{entry.id}-{rule}-{place}", say, paper=paper)
            st.caption(plain(sentence))


def _repairs(study: Study, entry: Entry, say: Say) -> None:
    """What may have been meant, and what each would do to the study's tests."""
    found = {repair: None for f in entry.findings for repair in repairs_for(study, f)}
    if not found:
        return
    with st.expander(say("check-numbers.repairs", count=len(found)), icon=":material/build:"):
        for repair in found:
            tests = [say_consequence(one, say, study) for one in repair.consequence]
            st.markdown("  \n".join(map(plain, (say_repair(repair, say, study), *tests))))


def verdicts(ruled: Sequence[tuple[str, Verdict]], say: Say) -> None:
    """What each rule says: what isn't in order in the open, the rest folded away."""
    distinct = list(dict.fromkeys(ruled))
    for rule, found in distinct:
        if found.status != "consistent":
            verdict(rule, found, say)
    if fine := [(rule, found) for rule, found in distinct if found.status == "consistent"]:
        with st.expander(say("check-numbers.in-order", count=len(fine)), icon=":material/check:"):
            for rule, found in fine:
                verdict(rule, found, say)


def verdict(rule: str, found: Verdict, say: Say) -> None:
    """One rule's verdict with its arithmetic."""
    key = verdict_id(found.status)
    st.markdown(
        f":{COLOURS[key]}-badge[{plain(say(f'verdict.{key}'))}] **{plain(say(f'rule.{rule}'))}** · "
        f"{plain(say.note(found.explanation, 'check'))}"
    )


def _pictures(study: Study, findings: Sequence[Finding]) -> list[tuple[str, Picture]]:
    """One picture of each kind that the findings have."""
    found = {type(one): (f.rule, one) for f in reversed(findings) if (one := picture_of(study, f)) is not None}
    return list(found.values())


@remembered(128)
def _drawn(found: Picture, language: str) -> Finished:
    return integrity.picture(found, say_in(language))
