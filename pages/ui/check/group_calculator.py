"""Numbers typed in by hand, of two groups before and after: the rules, and what unknown correlations leave open."""

from __future__ import annotations

import streamlit as st

from analysis.checks import ARM, BETWEEN, TypedGroups, calculate_groups
from analysis.plots import change_map_plot
from analysis.recover import ArmSummary, ChangeMap
from analysis.telling import change_map_sentence, correlation_sentence
from analysis.words import Say
from pages.ui.check import calculator
from pages.ui.shared import ledger, show
from pages.ui.shared.text import plain

EXAMPLE = {
    "a": {"n": "15", "mean_before": "61.2", "sd_before": "9.4", "mean_after": "70.5", "sd_after": "8.8", "p": "0.001"},
    "b": {"n": "15", "mean_before": "60.1", "sd_before": "8.7", "mean_after": "64.0", "sd_after": "9.9", "p": "0.040"},
}


@st.cache_resource(max_entries=128, show_spinner=False)
def _calculated(typed: TypedGroups):
    return calculate_groups(typed)


def group_calculator(say: Say) -> None:
    """Ten fields per group and three between them; rules, and the map of both correlations."""
    st.text(say("groups.intro"))
    calculator.example(EXAMPLE, say)
    labels = (say("groups.first"), say("groups.second"))
    arms = [_arm(room, label, say) for room, label in zip("ab", labels, strict=True)]
    st.markdown(f"**{say('groups.between')}**")
    found = _calculated(TypedGroups(*arms, **calculator.fields("between", BETWEEN, say)))
    calculator.refusal(found.refused, say)
    ledger.verdicts(found.verdicts, say)
    if found.map is not None:
        _map(found.map, labels, say)
    elif found.no_map is not None:
        st.info(plain(say("groups.no-map", reason=say.note(found.no_map, "reason"))), icon=":material/grid_off:")


def _arm(room: str, label: str, say: Say) -> ArmSummary:
    st.markdown(f"**{label}**")
    return ArmSummary(**calculator.fields(room, ARM, say))


def _map(found: ChangeMap, labels: tuple[str, str], say: Say) -> None:
    """The correlations that each group's numbers allow, and what every pair of them would mean."""
    st.header(say("groups.map"), anchor=False)
    for label, given in zip(labels, found.given, strict=True):
        st.text(correlation_sentence(given, label, say))
    show.status("assumed" if None in found.given else "derived", say)
    sentence = change_map_sentence(found, labels, say)
    show.figure(change_map_plot(found, labels, say), sentence, "correlations", say)
    st.text(sentence)
