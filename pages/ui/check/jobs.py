"""Long calculations in the background: the screen stays alive, shows how far they are, and can stop them.

A job belongs to one session and one place on the screen. Asking for something else there, or cancelling,
tells the old job to stop; nobody waits for anybody else's.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from typing import Any

import streamlit as st

from analysis.recover import Cancelled, Progress
from analysis.results import for_asker
from analysis.words import Say

PATIENCE = 0.7  # seconds after which a progress bar is shown
LOOKS = 0.5  # seconds between two looks at a running job
WORKERS = 4  # jobs at once, over all sessions; others wait their turn


class Job:
    """One calculation: what it is for, how far it is, and whether its answer is still wanted."""

    def __init__(self, wanted_for: Hashable, work: Callable[[Progress], Any]) -> None:
        self.wanted_for = wanted_for
        self.share, self.cancelled = 0.0, False
        self.future: Future = _pool().submit(for_asker(work), self._tell)

    def _tell(self, share: float) -> None:
        self.share = share
        if self.cancelled:
            raise Cancelled

    def cancel(self) -> None:
        self.cancelled = True
        self.future.cancel()


@st.cache_resource(show_spinner=False)
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(WORKERS, thread_name_prefix="calculation")


def result(place: str, wanted_for: Hashable, work: Callable[[Progress], Any], say: Say) -> Any | None:
    """What `work` gives, or None while it is running or after it was cancelled.

    Args:
        place: name of the place on the screen; one job at a time belongs to it.
        wanted_for: what the work depends on; when it changes, the work begins anew.
        work: called with a function to tell its progress to, which raises `Cancelled` to stop it.
    """
    jobs: dict[str, Job] = st.session_state.setdefault("jobs", {})
    job = jobs.get(place)
    if job is None or job.wanted_for != wanted_for:
        if job is not None:
            job.cancel()
        job = jobs[place] = Job(wanted_for, work)
    if not job.cancelled:
        try:
            return job.future.result(timeout=PATIENCE)
        except NotYet:
            _watched(place, say.language, say("job.running"), say("job.cancel"))
            return None
    _cancelled(place, say)
    return None


@st.fragment(run_every=LOOKS)
def _watched(place: str, language: str, running: str, cancel: str) -> None:
    """The progress bar of a running job; the whole screen runs again when it is done."""
    job: Job = st.session_state["jobs"][place]
    if job.future.done():
        st.rerun()
    st.progress(min(1.0, job.share), text=running)
    if st.button(cancel, key=f"cancel-{place}-{language}", icon=":material/cancel:"):
        job.cancel()
        st.rerun()


def _cancelled(place: str, say: Say) -> None:
    st.info(say("job.cancelled"), icon=":material/cancel:")
    if st.button(say("job.again"), key=f"again-{place}", icon=":material/replay:"):
        del st.session_state["jobs"][place]
        st.rerun()
