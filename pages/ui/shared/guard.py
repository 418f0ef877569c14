"""A part of a screen that fails says so in its place; the rest of the screen stands, and the log has the traceback."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from analysis.results import NotApplicable
from analysis.words import Say
from pages.ui.shared.text import plain

LOG = logging.getLogger("lactascope")


@contextmanager
def panel(say: Say, failed: str = "frame.panel-failed") -> Iterator[None]:
    """Whatever goes wrong inside becomes one calm sentence (`failed`); Streamlit's own stop and rerun pass through.

    It is the last resort, not a way to refuse: what a screen expects it says itself. So every use that lands here
    is logged as an error, and the walker (`tests.walk`) and the tests of the screens count it as one.
    """
    try:
        yield
    except NotApplicable as refused:
        LOG.exception("a refusal that no screen expected")
        st.info(plain(say.note(refused.note, "reason")), icon=":material/block:")
    except Exception:
        LOG.exception("a panel failed")
        st.error(say(failed), icon=":material/healing:")
