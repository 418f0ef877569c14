"""Check the numbers: what arithmetic says of every printed number and claim of a study."""

import streamlit as st

from analysis.checks import check_study
from analysis.words import Say
from pages.ui import choose, ledger, show
from pages.ui.frame import close_frame, open_frame

frame = open_frame("check")
say: Say = frame.say
st.text(say("check-numbers.intro"))

titles = {study.id: say.text(study.short_title) for study in frame.library}
left, right = st.columns([2, 3])
with left:
    study = frame.usable[
        choose.one(st.selectbox, "study", say("choose.study"), list(titles), frame.library[0].id, titles.__getitem__)
    ]
with right:
    verdicts = choose.many(
        st.pills,
        "verdict",
        say("choose.verdicts"),
        ledger.VERDICTS,
        ledger.VERDICTS[:2],
        lambda key: say(f"verdict.{key}"),
        selection_mode="multi",
    )
findings = check_study(study)
shown = [finding for finding in findings if ledger.verdict_id(finding) in verdicts]
st.caption(say("check-numbers.count", shown=len(shown), all=len(findings)))
ledger.table(study, shown, say)
if shown:
    show.download(say("download.findings"), ledger.rows(study, findings, say), f"{study.id}-findings", say)
close_frame(frame)
