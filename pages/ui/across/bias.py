"""Risk of bias of all studies, and what the checks say of their trustworthiness."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import streamlit as st

from analysis.checks import trust
from analysis.evidence import body
from analysis.plots import Finished, ringed
from analysis.plots import bias as plots
from analysis.results import remembered
from analysis.studies import NOT_ASSESSED, Study
from analysis.words import Say, say_in
from pages.ui.across import opened
from pages.ui.across.asked import ask, report_on
from pages.ui.shared import choose, link, show
from pages.ui.shared.frame import Frame
from pages.ui.shared.saving import Paper, of_studies
from pages.ui.study.study_card import judgements

WHY = 460  # px of the column that holds a sentence
SHELVES = ("chosen", "all")


def view(frame: Frame, say: Say) -> None:
    """Lights and bars, then the reasons behind one study's lights and its trustworthiness checks."""
    asked = ask(frame, say)
    shelf = choose.one(
        st.segmented_control, "shelf", say("across.shelf"), SHELVES, "chosen", lambda key: say(f"across.shelf-{key}"),
        required=True,
    )  # fmt: skip
    rows = body(frame.together, asked.choice).entries
    report_on(frame, asked, say)
    chosen = list(dict.fromkeys(entry.contrast.study for entry in rows if entry.poolable)) or list(
        dict.fromkeys(entry.contrast.study for entry in rows)
    )
    studies = tuple(chosen) if shelf == "chosen" else tuple(study for study in frame.together if study.bias)
    st.caption(say("across.bias-help"))
    if not studies:
        st.info(say("across.nothing"), icon=":material/filter_alt_off:")
        return
    paper = Paper(words=lambda: of_studies(studies, (), say))
    bars, lights = _drawn(studies, say.language)
    left, right = st.columns([2, 3])
    with left:
        said = say("across.bias-bars", count=len(studies))
        show.figure(bars, said, "bias-bars", say, paper=paper)
    study = _reasons(studies, say)
    with right:
        said = say("across.bias-lights", count=len(studies))
        lit = ringed(lights, study.id, joined=False)
        show.figure(
            lit, said, "bias", say, on_click=lambda clicked: link.put(judged=clicked), paper=paper, saved=lights
        )


@remembered(64)
def _drawn(studies: tuple[Study, ...], language: str) -> tuple[Finished, Finished]:
    """Bars and lights, drawn once per choice."""
    say = say_in(language)
    return plots.bias_bars(studies, say), plots.traffic_lights(studies, say)


def _reasons(studies: Sequence[Study], say: Say) -> Study:
    """Of one study, chosen here or by a click on its lights: why it was judged so, and how far it can be trusted."""
    by_id = {study.id: study for study in studies}
    chosen = choose.one(
        st.selectbox, "judged", say("choose.study"), list(by_id), studies[0].id,
        lambda key: say.text(by_id[key].short_title),
    )  # fmt: skip
    study = by_id[chosen]
    opened.open_study(study.id, say("across.open-study"))
    st.markdown(f"**{say('across.reasons')}**")
    wide = {say("across.why"): st.column_config.TextColumn(width=WHY)}
    reasons = _judged(study, say.language)
    st.dataframe(reasons, hide_index=True, key="judgements", alt=say("across.reasons"), column_config=wide)
    st.markdown(f"**{say('across.trust')}**")
    st.caption(say("across.trust-help"))
    table = _trust(study, say.language)
    st.dataframe(table, hide_index=True, key="trust", alt=say("across.trust"))
    show.download(say("across.download-trust"), lambda: table, f"{study.id}-trust")
    return study


@remembered(256)
def _judged(study: Study, language: str) -> pa.Table:
    say = say_in(language)
    names = [say("across.domain"), say("across.judgement"), say("across.why")]
    return show.kept([dict(zip(names, line, strict=True)) for line in judgements(study, say)])


@remembered(256)
def _trust(study: Study, language: str) -> pa.Table:
    say = say_in(language)
    return show.kept(
        [
            {
                "": f"{item.number} {say(f'trust-item.{item.id}')}",
                say("across.answer"): say(f"trust-answer.{item.answer.replace(' ', '-')}"),
                say("across.why"): "; ".join(say.note(reason, "check") for reason in item.reasons),
            }
            for item in sorted(trust(study), key=lambda item: item.answer == NOT_ASSESSED)  # in the order of the tool
        ]
    )
