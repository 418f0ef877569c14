"""Who was before and who after: by the names that a pair, a footnote or a sample has."""

from __future__ import annotations

import re

from analysis.checks.spss.comparison import Contrast
from analysis.checks.spss.vocabulary import PAIR, time_of
from analysis.results import Note

Pair = tuple[str, str]  # (minuend, subtrahend), as printed: "after - before"


MINUS = re.compile(r"\s+[-–−]\s*|\s*[–−]\s*")


def pair_in(label: str) -> Pair | None:
    """The two names of "Pair 1 after - before", in their order."""
    parts = MINUS.split(PAIR.sub("", label).strip(), maxsplit=1)
    return (parts[0], parts[1]) if len(parts) == 2 and all(parts) else None


def direction_of(pair: Pair | None, usual: Contrast) -> tuple[Contrast, tuple[Note, ...]]:
    """Which minus which: by the names, else SPSS's own order, which is noted."""
    if pair is None:
        return "", ()
    times = (time_of(pair[0]), time_of(pair[1]))
    if times[0] != times[1]:
        return ("after-before" if times[0] == "after" or times[1] == "before" else "before-after"), ()
    before = pair[1] if usual == "after-before" else pair[0]
    return usual, (Note("direction-assumed", {"before": before, "pair": f"{pair[0]} − {pair[1]}"}),)


def by_time(pair: Pair | None, contrast: Contrast) -> Pair:
    """Names as (before, after)."""
    if pair is None:
        return "", ""
    return (pair[1], pair[0]) if contrast == "after-before" else pair
