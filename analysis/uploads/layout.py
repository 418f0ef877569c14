"""What each column of a sheet is taken for: proposed by `proposal`, corrected by the user, read by `gathering`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from analysis.studies import Arm, Measure, Timepoint
from analysis.words import LANGUAGES

Shape = Literal["wide", "long", "counts", "summaries"]
SHAPES: tuple[Shape, ...] = ("wide", "long", "counts", "summaries")
LONGEST_ID = 40


@dataclass(frozen=True)
class Measured:
    """A column with values of an outcome.

    `timepoint` is a key of `Layout.timepoints`, blank where a column of its own says the time. `statistic` is blank
    for people's values; of counts "yes", "no" or "n"; of summaries what `figures.csv` calls it.
    """

    column: str
    outcome: str
    timepoint: str = ""
    statistic: str = ""


@dataclass(frozen=True)
class Layout:
    """Which column says what. Columns not named here are left out.

    `arms` and `timepoints` are keyed by what stands in their columns ("" where there is no such column; in a wide
    sheet timepoints by the id that `measured` gives them); two texts may mean the same arm. `yes` holds, by outcome,
    the texts that count as yes. `keep_names` lets the participant column's own text into the study.
    """

    shape: Shape
    participant: str = ""
    arm: str = ""
    timepoint: str = ""
    measured: tuple[Measured, ...] = ()
    outcomes: Mapping[str, Measure] = field(default_factory=dict)
    arms: Mapping[str, Arm] = field(default_factory=dict)
    timepoints: Mapping[str, Timepoint] = field(default_factory=dict)
    yes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    keep_names: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is read, once."""
        named = (self.participant, self.arm, self.timepoint, *(one.column for one in self.measured))
        return tuple(dict.fromkeys(filter(None, named)))


def same_words(text: str) -> dict[str, str]:
    """A user's text as it stands, in all languages."""
    return dict.fromkeys(LANGUAGES, text)


def id_of(text: str, taken: Collection[str] = (), otherwise: str = "part") -> str:
    """An id made of a text, unlike those taken: letters and digits of any script are spelt plainly or left out."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_ID].strip("-") or otherwise
    found, number = stem, 2
    while found in taken:
        found, number = f"{stem}-{number}", number + 1
    return found
