"""How long a search may take, and who watches it."""

from __future__ import annotations

import time
from collections.abc import Callable

Progress = Callable[[float], None]  # told the share done; may raise `Cancelled`


class Unfinished(Exception):
    """It would take more time or memory than allowed. `at_least` is what is proven all the same."""

    def __init__(self, at_least: int = 0) -> None:
        super().__init__()
        self.at_least = at_least


class Cancelled(Exception):
    """Whoever watches no longer wants the answer."""


class Budget:
    """Seconds to spend from now on."""

    def __init__(self, seconds: float, progress: Progress | None = None) -> None:
        self._end = time.monotonic() + seconds
        self._progress = progress

    @property
    def spent(self) -> bool:
        return time.monotonic() > self._end

    def part(self, share: float) -> Budget:
        """A budget of its own with a share of the time left."""
        return Budget(share * max(0.0, self._end - time.monotonic()), self._progress)

    def at(self, done: float) -> None:
        """Report the share done.

        Raises:
            Unfinished: the time is up.
            Cancelled: the watcher says so.
        """
        if self._progress:
            self._progress(done)
        if self.spent:
            raise Unfinished


ENDLESS = Budget(float("inf"))
