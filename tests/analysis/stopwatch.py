"""A stopwatch for tests: `with within(seconds):` raises TimeoutError when the block takes longer."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

AGAIN = 0.5  # seconds: Python drops an error that falls into a clean-up of its own, so ring until one is heard


@contextmanager
def within(seconds: float) -> Iterator[None]:
    def too_slow(*_):
        raise TimeoutError(f"not done in {seconds} s")

    before = signal.signal(signal.SIGALRM, too_slow)
    signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
