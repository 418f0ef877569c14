"""A stopwatch that a busy or slow machine doesn't turn: `within(seconds)` and `seconds(call)`.

Seconds are of the processor, of the machine on which limits were written: here they are divided by how many times
longer a fixed piece of work takes now. Garbage waits meanwhile, as in `timeit`: among thousands of tests one collection
takes longer than most of what is timed.
"""

from __future__ import annotations

import gc
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache

WORK_SECONDS = 0.0095  # that `_work` took where limits were written
AGAIN = 0.5  # seconds: Python drops an error that falls into a clean-up of its own, so ring until one is heard
FRESH = 5  # seconds for which a measured slowness holds


def _work() -> None:
    """Objects, strings and dictionaries, as most of what is timed."""
    for _ in range(160):
        sorted({str(k): [k, k + 1] for k in range(400)}.items())


@contextmanager
def _garbage_waits() -> Iterator[None]:
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


def _spent(call: Callable[[], object]) -> float:
    with _garbage_waits():
        began = time.process_time()
        call()
        return time.process_time() - began


@lru_cache(maxsize=1)
def _slowness(moment: int) -> float:
    return max(1.0, min(_spent(_work) for _ in range(3)) / WORK_SECONDS)


def slowness() -> float:
    """How many times longer than where limits were written, at least 1."""
    return _slowness(int(time.monotonic() / FRESH))


def seconds(call: Callable[[], object], times: int = 1) -> float:
    """Seconds of the quickest of several calls: other work on the machine only ever slows one down."""
    return min(_spent(call) for _ in range(times)) / slowness()


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raises TimeoutError when the block takes longer."""

    def too_slow(*_):
        raise TimeoutError(f"not done in {seconds} s")

    before = signal.signal(signal.SIGPROF, too_slow)
    try:
        with _garbage_waits():
            signal.setitimer(signal.ITIMER_PROF, seconds * slowness(), AGAIN)
            yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
