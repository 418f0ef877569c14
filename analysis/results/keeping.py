"""What was worked out is remembered by what it was worked out of: once for everybody, or for one session alone.

The library's results are shared by all. A session with studies of its own brings a `Memory` of its own: whatever it
asks is looked up in the shared one, and remembered in its own only, so that nothing of its studies outlives it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import Any, ParamSpec, Protocol, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)
MOST = 128  # results of one function that one session's memory holds


class Remembered(Protocol[P, R_co]):
    """A function that remembers; `cache_clear` and `cache_info` are those of what is shared."""

    __wrapped__: Callable
    cache_clear: Callable[[], None]
    cache_info: Callable[[], Any]

    def __call__(self, *args: P.args, **named: P.kwargs) -> R_co: ...


class Memory:
    """What is remembered for one session alone; it goes with whoever holds it."""

    def __init__(self) -> None:
        self._results: dict[Callable, Callable] = {}

    def of(self, function: Callable, size: int) -> Callable:
        """The function, remembering here its last results (`size`, or `MOST`)."""
        if function not in self._results:
            self._results.setdefault(function, lru_cache(min(size, MOST))(function))
        return self._results[function]


class _NotShared(Exception):
    """The shared memory doesn't hold it, and mustn't now."""


def _nobody() -> Memory | None:
    """Where no screens are, everybody shares."""
    return None


_named: ContextVar[Memory | None] = ContextVar("memory", default=None)
_found_by: Callable[[], Memory | None] = _nobody


def sessions_known_by(find: Callable[[], Memory | None]) -> None:
    """From now on `find` says for which session's memory a thread works; None for the shared one."""
    global _found_by
    _found_by = find


def memory() -> Memory | None:
    """The memory of whoever asks now, None where that is the shared one."""
    return _named.get() or _found_by()


@contextmanager
def with_memory(own: Memory | None) -> Iterator[None]:
    """Inside, `own` is used: for threads in which nobody can tell for whom they work. None changes nothing."""
    before = _named.set(own)
    try:
        yield
    finally:
        _named.reset(before)


def for_asker(work: Callable[P, R]) -> Callable[P, R]:
    """Work that will be done later, in some other thread, with the memory of whoever asks for it now."""
    own = memory()

    @wraps(work)
    def done(*args: P.args, **named: P.kwargs) -> R:
        with with_memory(own):
            return work(*args, **named)

    return done


def remembered(size: int) -> Callable[[Callable[P, R]], Remembered[P, R]]:
    """Decorates a function whose results are remembered by their arguments, the last `size` of them.

    As `functools.lru_cache`, but for sessions with a memory of their own: they read what is shared and add nothing.
    """

    def remembering(function: Callable[P, R]) -> Remembered[P, R]:
        @lru_cache(size)
        def shared(*args: Any, **named: Any) -> R:
            if memory() is not None:
                raise _NotShared  # and what raises isn't remembered
            return function(*args, **named)

        def read(*args: Any, **named: Any) -> R:
            try:
                return shared(*args, **named)
            except _NotShared:
                pass  # worked out below, where an error of its own has nothing to do with this one
            return function(*args, **named)

        @wraps(function)
        def asked(*args: P.args, **named: P.kwargs) -> R:
            own = memory()
            return (shared if own is None else own.of(read, size))(*args, **named)

        found = cast("Remembered[P, R]", asked)
        found.cache_clear, found.cache_info = shared.cache_clear, shared.cache_info
        return found

    return remembering
