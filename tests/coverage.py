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
from analysis.evidence import Directed, directions, signs
from analysis.evidence.answer import answer_anew
from analysis.evidence.body import best_kind_anew, body_anew
from analysis.evidence.choice import POOLED_FAMILIES, Choice, name_of
from analysis.studies import Study
from analysis.telling import effect_text, treatment_name
from analysis.words import say_in
from tests.server import ROOT

WRITTEN = ROOT / "docs" / "coverage.md"
COMPARISONS = ("control", "active", "before-after")
ASSUMED = {"unnamed-test"}  # effects that are shown beside, for a reader who takes what they rest on
Counts = dict[tuple[str, str], tuple[int, int, int]]


def counts(studies: tuple[Study, ...]) -> Counts:
    """(comparisons, those with an effect, those pooled) by outcome family and kind of comparison."""
    found = {}
    for family in POOLED_FAMILIES:
        for comparison in COMPARISONS:
            choice = Choice(families=(family,), comparisons=(comparison,))
            asked = Choice(families=(family,), comparisons=(comparison,), kind=best_kind_anew(studies, choice))
            tally = answer_anew(studies, asked).tally
            assumed = sum(count for why, count in tally.aside if why in ASSUMED)
            found[family, comparison] = tally.comparisons, tally.with_effect - assumed, tally.pooled
    return found


def directed(studies: tuple[Study, ...], choice: Choice) -> tuple[int, int]:
    """(comparisons, those of which a direction is known)."""
    rows = directions(body_anew(studies, choice))
    return len(rows), sum(row.side is not None for row in rows)


def answers(studies: tuple[Study, ...]) -> Iterator[str]:
    """A line per intervention on milk volume against control: what is pooled, and which way its studies point."""
    say = say_in("en")
    choice = Choice()
    pooled = {line.treatments: line.kept for line in answer_anew(studies, choice).lines}
    groups: dict[str, list[Directed]] = {}
    for row in directions(body_anew(studies, choice)):
        groups.setdefault(name_of(row.contrast.treatments), []).append(row)
    yield "| intervention | pooled g | better | worse | said not to differ | not said |"
    yield "|---|---|---|---|---|---|"
    for name, rows in groups.items():
        found, kept = signs(rows), pooled.get((name,))
        effect = effect_text(kept.kind, kept.estimate, kept.interval, say) if kept else ""
        pointing = f"{found.better} | {found.worse} | {found.neither} | {found.unknown + found.mixed}"
        yield f"| {treatment_name(name, say)} | {effect} | {pointing} |"


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
    now = library()
    lines = table([*libraries, ("now", now)])
    rows, told = directed(now, Choice())
    second = SECOND.format(rows=rows, told=told)
    WRITTEN.write_text(HEAD + "\n".join(lines) + second + "\n".join(answers(now)) + "\n", encoding="utf-8")


HEAD = """# What the library can answer

Comparisons with an effect, of all that the studies offer, by outcome and by what they compare with. Written by
`make coverage` (`SINCE=<commit>` sets an earlier library beside it). Nothing is assumed, so what lacks a number of
people or a spread has no effect here.

"""

SECOND = """

## Milk volume, each intervention against placebo or usual care

Of {rows} comparisons {told} have a direction: from an effect, from printed numbers without a spread, or from the
study's words. The others print neither; the screen names what each lacks.

"""


if __name__ == "__main__":
    main(*sys.argv[1:])
