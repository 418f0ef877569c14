"""What a reader chooses about one study, each choice in the link under the study's own id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.studies import (
    ArmPeople,
    Study,
    recover_arm,
)
from analysis.words import Say
from pages.ui.shared import choose
from pages.ui.shared.frame import Frame
from pages.ui.shared.text import plain

# A list in the bar, of which two stand beside each other on a phone.
SLIM: dict[str, Any] = {"label_visibility": "collapsed", "width": 170}


@dataclass(frozen=True)
class Choices:
    """What was chosen for one study. `study` already carries an assumed n; `made_up` replaces people."""

    study: Study
    outcome: str
    arms: tuple[str, ...]
    timepoints: tuple[str, ...]
    picked: dict[str, int]
    r: float | None
    made_up: dict[str, ArmPeople]


def study_of(frame: Frame, **look: Any) -> Study:
    """One study, the library's first by default."""
    say = frame.say
    titles = frame.offered
    chosen = choose.one(
        st.selectbox, "study", say("choose.study"), list(titles), frame.library[0].id, titles.__getitem__, **look
    )
    return frame.usable[chosen]


def laid_out(studies: Sequence[Study], say: Say) -> list[Study]:
    """The studies that figures can be drawn of; the others are named, with what their cards leave unsaid."""
    for study in studies:
        if not study.laid_out:
            unsaid = [name for name in ("arms", "outcomes", "timepoints") if not getattr(study, name)]
            names = {
                "study": plain(say.text(study.short_title)),
                "what": say.terms(f"unsaid-{name}" for name in unsaid),
            }
            st.info(say("choose.not-laid-out", **names), icon=":material/more_horiz:")
    return [study for study in studies if study.laid_out]


def bar() -> DeltaGenerator:
    """One slim row for what is chosen, above the answer; it wraps on a phone."""
    return st.container(horizontal=True, vertical_alignment="center", gap="small")


def plot_of(different: Sequence[str], name: str, say: Say) -> str:
    """The plot that the reader wants; asked only where there are several that differ."""
    if len(different) < 2:
        return different[0]
    return choose.one(
        st.selectbox, name, say("choose.plot"), different, different[0], lambda key: say(f"plot-kind.{key}"), **SLIM
    )


def outcome_of(study: Study, say: Say) -> str:
    """The outcome to look at; outcomes with figures come first, and a single one isn't asked for."""
    outcomes = sorted(study.outcomes, key=lambda key: not study.find(outcome=key))
    if len(outcomes) == 1:
        return outcomes[0]
    return choose.one(
        st.selectbox,
        f"{study.id}.outcome",
        say("choose.outcome"),
        outcomes,
        outcomes[0],
        lambda key: say.text(study.outcomes[key].label),
    )


def arms_of(study: Study, say: Say) -> list[str]:
    """One or more arms; all of them by default."""
    if len(study.arms) == 1:
        return list(study.arms)
    arms = list(study.arms)
    return choose.many(
        st.pills,
        f"{study.id}.arms",
        say("choose.arms"),
        arms,
        arms,
        lambda key: say.text(study.arms[key].label),
        selection_mode="multi",
    )


def timepoints_of(study: Study, outcome: str, say: Say) -> tuple[str, ...]:
    """The timepoints of an outcome to look at, in order; asked only where there are more than two."""
    times = list(study.times_of(outcome))
    if len(times) < 3:
        return tuple(times)
    chosen = choose.many(
        st.pills,
        f"{study.id}.times",
        say("choose.timepoints"),
        times,
        times,
        lambda key: say.text(study.timepoints[key].label),
        selection_mode="multi",
    )
    return tuple(chosen) if len(chosen) > 1 else tuple(times)


def picked_of(study: Study, outcome: str, arms: Sequence[str], say: Say) -> dict[str, int]:
    """Which of several data sets that fit to show, per arm."""
    picked = {}
    for arm in arms:
        group = recover_arm(study, outcome, arm)
        if group and group.alternatives > 1:
            sets = [str(k + 1) for k in range(group.alternatives)]
            label = say("choose.data-set", arm=say.text(study.arms[arm].label), count=group.alternatives)
            widget = st.segmented_control if len(sets) <= 4 else st.selectbox
            look = {"required": True} if len(sets) <= 4 else {}
            picked[arm] = (
                int(
                    choose.one(
                        widget, f"{study.id}.{arm}.set", label, sets, "1", str, help=say("help.data-set"), **look
                    )
                )
                - 1
            )
    return picked
