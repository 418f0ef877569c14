"""The claim ledger: one row per printed number or claim; the chosen row with its arithmetic and its picture."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import pyarrow as pa
import streamlit as st

from analysis.checks import VERDICTS, Entry, Finding, Picture, ledger, picture_of
from analysis.checks.repairs import repairs_for, say_consequence, say_repair
from analysis.plots import Finished, integrity
from analysis.results import Verdict
from analysis.studies import Study
from analysis.telling import statistic_name
from analysis.words import Say, say_in
from pages.ui.shared import choose, options, show
from pages.ui.shared.frame import Frame
from pages.ui.shared.saving import Paper, of_study
from pages.ui.shared.text import plain

COLOURS = {"inconsistent": "orange", "cannot-tell": "gray", "consistent": "green", "not-checked": "gray"}


def word_id(verdict: str) -> str:
    """A verdict as an id for words and links."""
    return verdict.replace(" ", "-")


def screen(frame: Frame, say: Say) -> None:
    """Choose a study and which verdicts to see; its ledger, the chosen row, and the way to take it along."""
    left, right = st.columns([2, 3])
    with left:
        study = options.study_of(frame)
    verdicts = tuple(map(word_id, VERDICTS))
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
    return [entry for entry in ledger(study) if word_id(entry.verdict) in verdicts]


@lru_cache(maxsize=64)
def _table(study: Study, verdicts: tuple[str, ...], language: str) -> pa.Table:
    """The ledger's rows in the reader's words."""
    say = say_in(language)
    return show.kept([row(study, entry, say) for entry in _of_verdicts(study, verdicts)])


def columns(say: Say) -> dict[str, Any]:
    """How wide the columns are whose rest stands below the table."""
    return {say("check-numbers.what"): st.column_config.TextColumn(width=300)}


def row(study: Study, entry: Entry, say: Say) -> dict[str, str]:
    """One row of the ledger in the reader's words."""
    first = entry.findings[0] if entry.findings else None
    return {
        say("figures.printed"): say.printed(entry.printed),
        say("check-numbers.what"): what(study, entry, say),
        say("check-numbers.verdict"): say(f"verdict.{word_id(entry.verdict)}"),
        say("check-numbers.recomputed"): say.printed(entry.recomputed),
        say("check-numbers.allows"): allowed(entry, say),
        say("check-numbers.consequence"): say(f"consequence.{entry.consequence}") if first else "",
        say("check-numbers.arithmetic"): say.note(first.verdict.explanation, "check") if first else "",
        say("figures.locator"): say.locator(entry.locator),
    }


def what(study: Study, entry: Entry, say: Say) -> str:
    """ "mean · Moringa · before", or what a claim states."""
    if entry.statement:
        return say.text(entry.statement)
    kind = say("check-numbers.design") if entry.kind == "design" else statistic_name(entry.kind, entry.level, say)
    arm = say.text(study.arms[entry.arm].label) if entry.arm else ""
    times = [say.text(study.timepoints[t].label) for t in entry.timepoint.split(":") if t in study.timepoints]
    several = len(study.outcomes) > 1 and entry.outcome
    outcome = say.text(study.outcomes[entry.outcome].label) if several else ""
    return " · ".join(filter(None, (kind, arm, " → ".join(times), outcome)))


def allowed(entry: Entry, say: Say) -> str:
    """ "3.145 – 3.155": every value that rounds to the printed one."""
    if entry.allows is None:
        return ""
    low, high = entry.allows
    return f"{say.printed(f'{low:.6g}')} – {say.printed(f'{high:.6g}')}"


def detail(study: Study, entry: Entry, say: Say) -> None:
    """Everything that arithmetic says of one row, with a picture where one says more than the sentence."""
    with st.container(border=True):
        heading = " · ".join(filter(None, (say.printed(entry.printed), what(study, entry, say))))
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
    key = word_id(found.status)
    st.markdown(
        f":{COLOURS[key]}-badge[{plain(say(f'verdict.{key}'))}] **{plain(say(f'rule.{rule}'))}** · "
        f"{plain(say.note(found.explanation, 'check'))}"
    )


def _pictures(study: Study, findings: Sequence[Finding]) -> list[tuple[str, Picture]]:
    """One picture of each kind that the findings have."""
    found = {type(one): (f.rule, one) for f in reversed(findings) if (one := picture_of(study, f)) is not None}
    return list(found.values())


@lru_cache(maxsize=128)
def _drawn(found: Picture, language: str) -> Finished:
    return integrity.picture(found, say_in(language))
