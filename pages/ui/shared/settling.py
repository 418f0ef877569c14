"""The garbage collector beside a library that never dies: out of its way, and back in it when own data must go."""

from __future__ import annotations

import gc
import threading

OFTEN = 50_000  # new objects between two looks for garbage; by default 700, so that what a rerun holds grows old
ENDED = 180.0  # seconds after which a session that lost its reader has ended: Streamlit waits two minutes for a return


def settle() -> None:
    """Take what never dies out of the garbage collector's way: its full rounds let every reader wait."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(OFTEN, *gc.get_threshold()[1:])


def settle_later() -> None:
    """The same when a session has ended, which may have stood in the way itself when the library was read."""
    timer = threading.Timer(ENDED, settle)
    timer.daemon = True
    timer.start()
