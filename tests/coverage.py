"""What the library can answer, counted: `make coverage` writes `docs/coverage.md` (SINCE=<commit>: and an earlier one).

An effect counts where a screen would show one without the reader assuming anything, in the kind of effect that
most comparisons of the outcome have.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from analysis import load_studies
from analysis.evidence.answer import answer_anew
from analysis.evidence.body import best_kind_anew
from analysis.evidence.choice import POOLED_FAMILIES, Choice
from analysis.studies import Study
from analysis.words import say_in
from tests.server import ROOT

WRITTEN = ROOT / "docs" / "coverage.md"
COMPARISONS = ("control", "active", "before-after")
Counts = dict[tuple[str, str], tuple[int, int, int]]


def counts(studies: tuple[Study, ...]) -> Counts:
    """(comparisons, those with an effect, those pooled) by outcome family and kind of comparison."""
    found = {}
    for family in POOLED_FAMILIES:
        for comparison in COMPARISONS:
            choice = Choice(families=(family,), comparisons=(comparison,))
            asked = Choice(families=(family,), comparisons=(comparison,), kind=best_kind_anew(studies, choice))
            tally = answer_anew(studies, asked).tally
            found[family, comparison] = tally.comparisons, tally.with_effect, tally.pooled
    return found


def library(commit: str = "") -> tuple[Study, ...]:
    """The studies of this checkout, or those of a commit as today's code reads them."""
    if not commit:
        return tuple(load_studies().values())
    packed = subprocess.run(["git", "archive", commit, "data"], cwd=ROOT, check=True, capture_output=True).stdout
    with tempfile.TemporaryDirectory() as folder, tarfile.open(fileobj=io.BytesIO(packed)) as files:
        files.extractall(folder, filter="data")
        return tuple(load_studies(Path(folder) / "data").values())


def table(libraries: list[tuple[str, tuple[Study, ...]]]) -> Iterator[str]:
    """Lines of the page: a column for each library."""
    say = say_in("en")
    names, shelves = zip(*libraries, strict=True)
    yield f"| outcome | compared with | {' | '.join(names)} |"
    yield f"|---|---|{'---|' * len(names)}"
    yield f"| studies | | {' | '.join(str(len(shelf)) for shelf in shelves)} |"
    counted = [counts(shelf) for shelf in shelves]
    for family, comparison in counted[-1]:
        cells = [one[family, comparison] for one in counted]
        if any(cell[0] for cell in cells):
            shown = " | ".join(f"{some} of {every}" for every, some, _ in cells)
            yield f"| {say(f'family.{family}')} | {say(f'comparison.{comparison}')} | {shown} |"


def main(since: str = "") -> None:
    libraries = [(since, library(since))] if since else []
    lines = table([*libraries, ("now", library())])
    WRITTEN.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


HEAD = """# What the library can answer

Comparisons with an effect, of all that the studies offer, by outcome and by what they compare with. Written by
`make coverage` (`SINCE=<commit>` sets an earlier library beside it). Nothing is assumed, so what lacks a number of
people or a spread has no effect here.

"""


if __name__ == "__main__":
    main(*sys.argv[1:])
