"""How much of a user's file is taken: bytes, cells, time and memory of the process that reads it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

MEGABYTE = 1 << 20
PACKED = 10  # how many times its own size a workbook of the largest size may unpack to


@dataclass(frozen=True)
class Limits:
    """Sizes in megabytes of 2^20 bytes; `seconds` by the clock, `memory` beyond what a process needs to begin with."""

    megabytes: int = 20
    cells: int = 1_000_000
    seconds: float = 5
    memory: int = 768

    @property
    def bytes(self) -> int:
        return self.megabytes * MEGABYTE

    @property
    def unpacked(self) -> int:
        """Bytes that a packed file may unpack to."""
        return self.bytes * PACKED


def limits_from(environment: Mapping[str, str] = os.environ) -> Limits:
    """Limits of a server: LACTASCOPE_UPLOAD_MEGABYTES, …_CELLS, …_SECONDS, …_MEMORY, where set.

    Raises:
        ValueError: one of them is no whole number above 0.
    """
    given = {name: environment.get(f"LACTASCOPE_UPLOAD_{name.upper()}") for name in Limits.__dataclass_fields__}
    found = Limits(**{name: int(text) for name, text in given.items() if text})
    if min(found.megabytes, found.cells, found.seconds, found.memory) < 1:
        raise ValueError(f"limits of uploads must be above 0: {found}")
    return found
