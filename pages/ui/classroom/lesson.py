"""One demonstration at one of its steps: the sentence, the prediction or the controls, the picture, what it means."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.plots import Finished, demonstrated, projected
from analysis.results import NotApplicable, remembered
from analysis.studies import Study
from analysis.telling.classroom import GUESSES, Control, Demonstration, defaults, scene
from analysis.words import Say, say_in
from pages.ui.classroom.sheet import handout_button
from pages.ui.shared import choose, show
from pages.ui.shared.frame import Frame
from pages.ui.shared.saving import Paper, of_study
from pages.ui.shared.text import plain

UNDECIDED = "open"
Setting = tuple[tuple[str, str], ...]


def draw(shown: Demonstration, frame: Frame, step: str, mark: DeltaGenerator) -> None:
    """The demonstration, and in `mark` how its numbers are known; where its study is gone, a sentence instead."""
    say, study = frame.say, frame.usable.get(shown.preset.study)
    try:
        begun = study and tuple(defaults(shown, study).items())
    except (KeyError, NotApplicable):
        begun = None
    if study is None or begun is None:
        st.info(say("lesson.missing"), icon=":material/visibility_off:")
        return
    top = st.container()
    talking = frame.bare and step == "discuss"  # one plot and the question
    setting = begun if step == "predict" else _setting(shown, study, say, drawn=not talking)
    seen = scene(shown, study, setting, step != "predict", say.language)
    with top:
        _words(shown, "" if talking else seen.said, step, say)
    with mark:
        show.status(seen.status, say)
    _picture(shown, study, setting, step != "predict", frame)
    if not frame.bare:
        _beside(shown, study, setting, step, say)


def _words(shown: Demonstration, said: str, step: str, say: Say) -> None:
    if step == "discuss":
        st.markdown(f"**{plain(say(f'lesson-discuss.{shown.id}'))}**")
    if said:
        st.text(said)
    ids = (UNDECIDED, *GUESSES)
    guess = choose.one(
        st.segmented_control, f"{shown.id}.guess", say("lesson.guess"), ids, UNDECIDED,
        lambda key: _guess(shown, key, say), drawn=step == "predict", required=True, wrap=True,
    )  # fmt: skip
    if step == "reveal" and guess != UNDECIDED:
        st.caption(plain(say("lesson.guessed", guess=_guess(shown, guess, say))))


def _guess(shown: Demonstration, key: str, say: Say) -> str:
    return say("lesson.undecided") if key == UNDECIDED else say(f"lesson-guess.{shown.id}-{key}")


def _setting(shown: Demonstration, study: Study, say: Say, *, drawn: bool) -> Setting:
    """What the reader changes, beside each other; undrawn, as it was last set."""
    controls = shown.controls(study, shown.preset)
    if not controls:
        return ()
    return tuple(
        (control.name, _value(shown, study, control, place, say, drawn=drawn))
        for control, place in zip(controls, st.columns(max(2, len(controls))), strict=False)
    )


def _value(
    shown: Demonstration, study: Study, control: Control, place: DeltaGenerator, say: Say, *, drawn: bool
) -> str:
    widget = st.select_slider if control.slider else st.segmented_control
    look = {} if control.slider else {"required": True, "wrap": True}
    with place:
        return choose.one(
            widget, f"{shown.id}.{control.name}", say(f"lesson-control.{control.name}"), control.ids, control.default,
            lambda key: shown.said(study, key, say), drawn=drawn, **look,
        )  # fmt: skip


def _picture(shown: Demonstration, study: Study, setting: Setting, revealed: bool, frame: Frame) -> None:
    say = frame.say
    seen = scene(shown, study, setting, revealed, say.language)
    drawn = _drawn(shown, study, setting, revealed, say.language, show.on_phone(), frame.bare)
    paper = Paper(title=seen.said, words=lambda: of_study(study, shown.preset.arms, [seen.status], say))
    show.figure(drawn, seen.said, f"lesson-{shown.id}", say, paper=None if frame.bare else paper)


@remembered(256)
def _drawn(
    shown: Demonstration, study: Study, setting: Setting, revealed: bool, language: str, narrow: bool, large: bool
) -> Finished:
    """The figure, built once per choice and shared; `large` for a projector."""
    say, seen = say_in(language), scene(shown, study, setting, revealed, language)
    watermark = say("plot.watermark") if seen.status == "illustrative" else ""
    drawn = demonstrated(seen.picture, say, watermark, narrow=narrow)
    return projected(drawn) if large else drawn


def _beside(shown: Demonstration, study: Study, setting: Setting, step: str, say: Say) -> None:
    """What it means, what it is for, how long it takes, whose numbers these are; and the sheet for a class."""
    if step != "predict":
        st.caption(plain(say(f"lesson-note.{shown.id}")))
    parts = (
        say("lesson.goal", goal=say(f"lesson-goal.{shown.id}")),
        say("lesson.minutes", minutes=shown.minutes),
        say("lesson.study", study=say.text(study.short_title)),
    )
    st.caption(plain(" · ".join(parts)))
    handout_button(shown, study, setting, say)
