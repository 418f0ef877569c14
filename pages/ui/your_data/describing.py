"""What no sheet says, asked once: title, design, unit, scale, which direction is better; what the groups were given."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import streamlit as st

from analysis.studies import BETTER, DESIGNS, FAMILIES, TREATMENTS, Arm, Measure
from analysis.telling import treatment_name
from analysis.uploads import About, Layout, Sheet
from analysis.words import LANGUAGES, Say
from pages.ui.shared.text import plain
from pages.ui.your_data.brought import Brought, today

UNSAID = ""
SCALES = ("continuous", "ordinal", "binary")
DESIGNS_ASKED = tuple(key for key in DESIGNS if key != "review")
LONGEST_TITLE = 120
FEWEST_STEPS, LOWEST, HIGHEST = 1, -1_000_000, 1_000_000


def described(brought: Brought, sheet: Sheet, layout: Layout, say: Say) -> tuple[Layout, About]:
    """The layout with what the user says of outcomes and groups, and what the study is called."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        title = st.text_input(
            say("own.title"), Path(brought.name).stem or say("own.pasted-title"), LONGEST_TITLE,
            key=f"own-title-{brought.key}", width=300, persist_state="session",
        )  # fmt: skip
        design = st.selectbox(
            say("own.design"), (UNSAID, *DESIGNS_ASKED), format_func=lambda key: say(f"design.{key or 'not-said'}"),
            key=f"own-design-{brought.key}", width=230, persist_state="session",
        )  # fmt: skip
    outcomes = {key: _outcome(one, layout, brought, say) for key, one in layout.outcomes.items()}
    with st.expander(say("own.more"), icon=":material/compare_arrows:"):
        st.caption(say("own.more-help"))
        outcomes = {key: _family(one, brought, say) for key, one in outcomes.items()}
        arms = _treatments(layout, brought, say)
        keep = bool(layout.participant) and st.checkbox(
            plain(say("own.keep-names", column=layout.participant)), key=f"own-keep-{brought.key}",
            help=say("own.keep-names-help"), persist_state="session",
        )  # fmt: skip
    about = About((title or "").strip() or say("own.pasted-title"), design, today())
    return replace(layout, outcomes=outcomes, arms=arms, keep_names=keep), about


def _outcome(one: Measure, layout: Layout, brought: Brought, say: Say) -> Measure:
    """Unit, kind of values, ends of a score, and which direction is better."""
    name = f"{brought.key}-{layout.shape}-{one.id}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if len(layout.outcomes) > 1:
            st.text(say.text(one.label), width=140)
        unit = st.text_input(say("own.unit"), key=f"own-unit-{name}", max_chars=30, width=110, persist_state="session",
                             placeholder=say("own.unit-example"))  # fmt: skip
        better = st.selectbox(
            say("own.better"), (UNSAID, *BETTER), format_func=lambda key: say(f"own.better-{key or 'unsaid'}"),
            key=f"own-better-{name}", width=190, help=say("own.better-help"), persist_state="session",
        )  # fmt: skip
        scale = _scale(one, layout, name, say)
        low, high = _ends(one, name, say) if scale == "ordinal" else (None, None)
    if scale == "binary":
        low, high = 0, 1
    return replace(one, unit=dict.fromkeys(LANGUAGES, unit or ""), better=better, scale=scale, low=low, high=high)


def _scale(one: Measure, layout: Layout, name: str, say: Say) -> str:
    if layout.shape == "counts":
        return one.scale
    return st.selectbox(
        say("own.scale"), SCALES, SCALES.index(one.scale), format_func=lambda key: say(f"own.scale-{key}"),
        key=f"own-scale-{name}-{one.scale}", width=180, persist_state="session",
    )  # fmt: skip


def _ends(one: Measure, name: str, say: Say) -> tuple[int | None, int | None]:
    """Lowest and highest possible score; both, or neither."""
    low, high = (
        st.number_input(
            say(f"own.end-{end}"), LOWEST, HIGHEST, getattr(one, end), FEWEST_STEPS,
            key=f"own-{end}-{name}-{one.low}-{one.high}", width=110, help=say("own.ends-help"), persist_state="session",
        )
        for end in ("low", "high")
    )  # fmt: skip
    return (low, high) if low is not None and high is not None and low < high else (None, None)


def _family(one: Measure, brought: Brought, say: Say) -> Measure:
    label = say("own.family", outcome=say.text(one.label))
    family = st.selectbox(
        plain(label), (UNSAID, *FAMILIES), format_func=lambda key: say(f"family.{key}") if key else say("own.unsaid"),
        key=f"own-family-{brought.key}-{one.id}", persist_state="session",
    )  # fmt: skip
    return replace(one, family=family)


def _treatments(layout: Layout, brought: Brought, say: Say) -> dict[str, Arm]:
    """What each group was given; the same group under several spellings is asked once."""
    names = sorted(TREATMENTS, key=lambda key: treatment_name(key, say))
    given: dict[str, Arm] = {}
    for arm in layout.arms.values():
        if arm.id not in given:
            chosen = st.multiselect(
                plain(say("own.given", arm=say.text(arm.label))), names, key=f"own-given-{brought.key}-{arm.id}",
                format_func=lambda key: treatment_name(key, say), placeholder=say("own.unsaid"),
                persist_state="session",
            )  # fmt: skip
            control = bool(chosen) and all(TREATMENTS[key] == "control" for key in chosen)
            role = "control" if control else arm.role
            given[arm.id] = replace(arm, treatments=tuple(chosen), role=role)
    return {text: given[arm.id] for text, arm in layout.arms.items()}
