"""The sheet that a class gets on paper."""

from __future__ import annotations

import streamlit as st

from analysis.plots import demonstrated
from analysis.plots.printing import Sheet, sheet
from analysis.results import for_asker
from analysis.studies import Study
from analysis.telling.classroom import GUESSES, Demonstration, scene
from analysis.words import Say
from pages.ui.classroom.sharing import SWITCH, code
from pages.ui.shared import link
from pages.ui.shared.saving import of_study


def handout_button(shown: Demonstration, study: Study, setting: tuple[tuple[str, str], ...], say: Say) -> None:
    """Two A4 pages as PDF, made when they are asked for."""
    address = link.address(without=SWITCH)
    st.download_button(
        say("lesson.handout"), for_asker(lambda: handout(shown, study, setting, say, address)),
        f"lactascope-{shown.id}.pdf", "application/pdf", key="handout", icon=":material/print:", type="tertiary",
        on_click="ignore",
    )  # fmt: skip


def handout(shown: Demonstration, study: Study, setting: tuple[tuple[str, str], ...], say: Say, address: str) -> bytes:
    """Question, predictions and room to write on the first page; answer, meaning and discussion on the second."""
    asked, answered = (scene(shown, study, setting, revealed, say.language) for revealed in (False, True))
    pictures = [demonstrated(one.picture, say, _watermark(one.status, say)) for one in (asked, answered)]
    words = of_study(study, shown.preset.arms, [answered.status], say).texts
    return sheet(
        Sheet(
            title=say(f"lesson-title.{shown.id}"),
            goal=say("lesson.goal", goal=say(f"lesson-goal.{shown.id}")),
            question=asked.said,
            guesses=tuple(say(f"lesson-guess.{shown.id}-{key}") for key in GUESSES),
            room=say("lesson.handout-room"),
            result_heading=say("lesson.handout-result"),
            result=answered.said,
            meaning=say(f"lesson-note.{shown.id}"),
            discuss_heading=say("lesson.handout-discuss"),
            discuss=say(f"lesson-discuss.{shown.id}"),
            source="\n".join(filter(None, words.values())),
            address=address,
            language=say.language,
        ),
        pictures,
        code(address),
    )


def _watermark(status: str, say: Say) -> str:
    return say("plot.watermark") if status == "illustrative" else ""
