"""Studies of a session's own: offered on all its screens, never seen by another, gone with it.

What is worked out of them is remembered in a `Memory` that the session holds. A thread of Streamlit's knows its session
in every fragment and callback, so that whose memory it is needn't be said there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from weakref import WeakValueDictionary

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from analysis.results import Memory, sessions_known_by
from analysis.studies import Study
from pages.ui.shared import link, reporting
from pages.ui.shared.settling import settle_later

STUDIES, MEMORY = "own-studies", "own-memory"
_memories: WeakValueDictionary[str, Memory] = WeakValueDictionary()  # by session; each is held by its session alone


@dataclass(frozen=True, eq=False)
class Own:
    """A study of a session's own, and the files of its folder, by name."""

    study: Study
    files: Mapping[str, str]


def studies() -> dict[str, Own]:
    """This session's own studies, by id; the last added first."""
    return st.session_state.get(STUDIES, {})


def add(own: Own) -> None:
    """Offer a study on all screens of this session, which show it first; one of the same id gives way."""
    others = {key: one for key, one in studies().items() if key != own.study.id}
    st.session_state[STUDIES] = {own.study.id: own, **others}
    st.session_state[link.key("study")] = own.study.id


def remove(study: str) -> None:
    """Forget a study, and everything that was worked out since there were own ones."""
    st.session_state[STUDIES] = {key: one for key, one in studies().items() if key != study}
    st.session_state.pop(MEMORY, None)
    reporting.none_yet()
    remember_here()


def remember_here() -> None:
    """From now on, until the session ends, what its threads work out is remembered for it alone."""
    context = get_script_run_ctx()
    if context is not None:
        sessions_known_by(_memory_of_session)  # until somebody brings data, nobody is looked up
        _memories[context.session_id] = st.session_state.setdefault(MEMORY, Memory())
        _until_it_ends()


@st.cache_resource(scope="session", show_spinner=False, on_release=lambda _: settle_later())
def _until_it_ends() -> object:
    """Nothing but to be told when the session ends."""
    return object()


def comparable(study: Study) -> bool:
    """True where it is said what was measured and what was given, so that it can stand beside the library's."""
    return any(one.family for one in study.outcomes.values()) and any(arm.treatments for arm in study.arms.values())


def _memory_of_session() -> Memory | None:
    """The memory of the session that this thread draws a screen for."""
    context = get_script_run_ctx(suppress_warning=True)
    return _memories.get(context.session_id) if context else None
