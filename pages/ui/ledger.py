"""The claim ledger: one row per finding, as printed, what was checked, the verdict and its arithmetic."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analysis.checks import CONSEQUENCES, Finding, check_study
from analysis.studies import Study
from analysis.words import Say
from pages.ui import choose, options, show
from pages.ui.frame import Frame
from pages.ui.text import plain

VERDICTS = ("inconsistent", "cannot-tell", "consistent")
COLOURS = {"inconsistent": "orange", "cannot-tell": "gray", "consistent": "green"}


def verdict_id(finding: Finding) -> str:
    """The verdict as an id for words and links."""
    return finding.verdict.status.replace(" ", "-")


def ledger(frame: Frame, say: Say) -> None:
    """Choose a study and which verdicts to see; the findings, and the way to take them along."""
    left, right = st.columns([2, 3])
    with left:
        study = options.study_of(frame)
    with right:
        verdicts = choose.many(
            st.pills,
            "verdict",
            say("choose.verdicts"),
            VERDICTS,
            VERDICTS[:2],
            lambda key: say(f"verdict.{key}"),
            selection_mode="multi",
        )
    findings = check_study(study)
    shown = [finding for finding in findings if verdict_id(finding) in verdicts]
    st.caption(say("check-numbers.count", shown=len(shown), all=len(findings)))
    table(study, shown, say)
    if shown:
        show.download(say("download.findings"), rows(study, findings, say), f"{study.id}-findings", say)


def rows(study: Study, findings: Sequence[Finding], say: Say) -> pd.DataFrame:
    """Findings as a table to take away."""
    return pd.DataFrame([_row(study, finding, say) for finding in findings])


def _row(study: Study, finding: Finding, say: Say) -> dict[str, str]:
    return {
        say("figures.printed"): say.printed(finding.printed),
        say("check-numbers.arithmetic"): say.note(finding.verdict.explanation, "check"),
        say("check-numbers.verdict"): say(f"verdict.{verdict_id(finding)}"),
        say("check-numbers.rule"): say(f"rule.{finding.rule}"),
        say("check-numbers.consequence"): say(f"consequence.{finding.consequence}"),
        say("figures.arm"): say.text(study.arms[finding.arm].label) if finding.arm else "",
        say("figures.locator"): say.locator(finding.locator),
    }


def table(study: Study, findings: Sequence[Finding], say: Say) -> None:
    """Findings on the screen under what they bear on, wrapped so that all of the arithmetic can be read."""
    if not findings:
        st.info(say("check-numbers.none"), icon=":material/filter_alt_off:")
    for consequence in CONSEQUENCES:
        if group := [finding for finding in findings if finding.consequence == consequence]:
            st.subheader(say(f"consequence.{consequence}"), anchor=False)
            _table(study, group, say)


def _table(study: Study, findings: Sequence[Finding], say: Say) -> None:
    hidden = [say("check-numbers.rule"), say("check-numbers.consequence")]
    shown = rows(study, findings, say).drop(columns=hidden).map(plain).rename(columns=plain)
    verdict = plain(say("check-numbers.verdict"))
    shown[verdict] = [
        f":{COLOURS[verdict_id(f)]}-badge[{word}]" for f, word in zip(findings, shown[verdict], strict=True)
    ]
    st.table(shown.set_index(plain(say("figures.printed"))))
