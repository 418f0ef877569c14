"""What a reader may assume about a study where it isn't printed, each choice in the link and marked in what follows."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.asking import assume_n
from analysis.checks import largest_sd
from analysis.studies import (
    ArmPeople,
    Assumptions,
    Study,
    can_illustrate,
    default_assumptions,
    illustrate,
    printed_change,
    recover_arm,
)
from analysis.words import Say
from pages.ui.shared import choose

MOST_ASSUMED_N = 500


def with_assumed_n(study: Study, arms: Sequence[str], say: Say) -> Study:
    """Where n isn't printed, a reader may choose one; it is marked as assumed wherever it is used."""
    chosen = {}
    for arm in arms:
        figures = (f for f in study.figures if f.arm == arm)
        if study.arms[arm].n is None and any(study.measured(arm, f.outcome, f.timepoint) is None for f in figures):
            label = say("choose.assumed-n", study=say.text(study.short_title), arm=say.text(study.arms[arm].label))
            n = choose.number(
                f"{study.id}.{arm}.n",
                label,
                2,
                MOST_ASSUMED_N,
                1,
                placeholder=say("choose.not-printed"),
                help=say("help.assumed-n"),
            )
            if n is not None:
                chosen[arm] = int(n)
    return assume_n(study, chosen) if chosen else study


def assumed_r(study: Study, outcome: str, arms: Sequence[str], say: Say) -> float | None:
    """Where only means and SDs are printed, a reader may choose how before and after go together."""
    times = study.times_of(outcome)
    if len(times) < 2:
        return None
    has_sds = all(study.value("sd", arm, outcome, t) for arm in arms for t in (times[0], times[-1]))
    if not has_sds or any(recover_arm(study, outcome, arm) for arm in arms):
        return None
    return choose.number(
        f"{study.id}.r",
        say("choose.assumed-r"),
        -1.0,
        1.0,
        0.05,
        placeholder=say("choose.not-printed"),
        help=say("help.assumed-r"),
    )


def illustration(study: Study, outcome: str, arms: Sequence[str], say: Say) -> dict[str, ArmPeople]:
    """Simulated people for teaching, on request, where only mean changes are printed."""
    if not arms or not all(can_illustrate(study, outcome, arm) for arm in arms) or len(study.timepoints) < 2:
        return {}
    if not choose.switch(f"{study.id}.illustrative", say("choose.illustrative"), help=say("help.illustrative")):
        return {}
    assumed = _assumptions(study, outcome, say)
    return {arm: illustrate(study, outcome, arm, assumed) for arm in arms}


def _assumptions(study: Study, outcome: str, say: Say) -> Assumptions:
    changes = [change for arm in study.arms if (change := printed_change(study, outcome, arm)) is not None]
    default = default_assumptions(changes, largest_sd(study, outcome))
    st.caption(say("illustrative.explained"))
    values = []
    for column, name in zip(st.columns(4), Assumptions.__dataclass_fields__, strict=True):
        with column:
            label = say(f"illustrative.{name.replace('_', '-')}", unit=say.text(study.outcomes[outcome].unit))
            typed = choose.number(
                f"{study.id}.{name}", label, 0.0, 100_000.0, 1.0, placeholder=say.number(getattr(default, name), 1)
            )
        values.append(getattr(default, name) if typed is None else typed)
    return Assumptions(*values)
