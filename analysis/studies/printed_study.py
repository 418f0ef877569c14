"""What a study prints, as objects: its card, its figures and claims, each with its place."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from analysis.results import Status
from analysis.studies.arm_people import ArmPeople
from analysis.studies.bias import ROB2, ROBINS_I, Bias
from analysis.studies.facets import Facets
from analysis.studies.problems import Problem, Text

PEOPLE_FILE = "participants.csv"
UPLOADED = "uploaded"  # source kind of a user's own data


@dataclass(frozen=True)
class Arm:
    """A group of people treated alike. `n` is text as printed or derived; None where unknown."""

    id: str
    label: Text
    role: str
    n: str | None
    n_known: str
    n_note: Text
    dose: Text
    duration: Text
    treatments: tuple[str, ...] = ()  # ids of `facets.TREATMENTS`; empty where the card doesn't say


@dataclass(frozen=True)
class Measure:
    """An outcome: what was measured, in which unit, on which scale, and which direction is better."""

    id: str
    label: Text
    unit: Text
    scale: str
    better: str
    low: int | None = None
    high: int | None = None
    step: int = 1
    family: str = ""  # of `facets.FAMILIES`; "" where the card doesn't say


@dataclass(frozen=True)
class Timepoint:
    """A moment of measurement; `day` counts from the start of the intervention, None if unknown.

    `baseline` marks the one before the intervention began; where no card says so, nothing is taken for it.
    """

    id: str
    label: Text
    day: float | None
    baseline: bool = False


@dataclass(frozen=True)
class Figure:
    """One printed number with its place. `value` is the text as printed.

    `timepoint` is "before:after" for a number about the change between two timepoints. `printed_as`
    names the statistic (and timepoint) that the study's own heading claims, where that differs.
    `why` is set where arithmetic proves a misprint; `corrected` then holds the value that arithmetic
    gives, and is None where none can be given.
    """

    arm: str
    outcome: str
    timepoint: str
    statistic: str
    level: str
    value: str
    locator: str
    printed_as: str | None
    corrected: str | None
    why: str | None
    row: int

    @property
    def of_people(self) -> bool:
        """True where it was worked out from people that the study lists, and is printed nowhere."""
        return self.locator == PEOPLE_FILE

    @property
    def usable(self) -> str | None:
        """The text to calculate with: corrected where misprinted, None where disproved."""
        return self.corrected if self.why and not self.printed_as else self.value


@dataclass(frozen=True)
class Claim:
    """A test result or statement that a study prints. `arms` are compared, or each stands alone.

    `direction` is what its words say of two arms: "a" or "b" where that one lies higher, "none" where neither does,
    blank where they don't say.
    """

    kind: str
    comparison: str
    arms: tuple[str, ...]
    outcome: str
    timepoint: str
    method: str | None
    named: str
    statistic: str
    p: str | None
    statement: Text
    locator: str
    row: int
    direction: str = ""


@dataclass(frozen=True)
class PrintedStudy:
    """All that a study folder holds. With `problems`, everything else may be empty: show the problems instead."""

    id: str
    card: Mapping[str, Any] = field(default_factory=dict, repr=False, hash=False)
    arms: Mapping[str, Arm] = field(default_factory=dict, repr=False, hash=False)
    outcomes: Mapping[str, Measure] = field(default_factory=dict, repr=False, hash=False)
    timepoints: Mapping[str, Timepoint] = field(default_factory=dict, repr=False, hash=False)
    facets: Facets = field(default_factory=Facets, repr=False, hash=False)
    bias: Bias | None = field(default=None, repr=False, hash=False)  # None: no [bias] table on the card
    figures: tuple[Figure, ...] = field(default=(), repr=False, hash=False)
    claims: tuple[Claim, ...] = field(default=(), repr=False, hash=False)
    people: Mapping[tuple[str, str], ArmPeople] = field(default_factory=dict, repr=False, hash=False)  # (outcome, arm)
    problems: tuple[Problem, ...] = ()
    gaps: tuple[Problem, ...] = ()  # what the folder leaves unsaid; the study is shown without it

    @property
    def title(self) -> Text:
        return self._text("title") or self._text("short_title") or {"en": self.id, "id": self.id}

    @property
    def short_title(self) -> Text:
        return self._text("short_title") or self.title

    def _text(self, name: str) -> Text | None:
        """A text of the card, None where no language has any."""
        words = self.card.get(name, {})
        return words if any(words.values()) else None

    @property
    def design(self) -> str:
        """One of `card.DESIGNS`, "not-said" where the card leaves it out."""
        return self.card.get("design") or "not-said"

    @property
    def source_kind(self) -> str:
        """One of `card.SOURCE_KINDS`, "not-said" where the card leaves it out."""
        return self.card.get("source", {}).get("kind") or "not-said"

    @property
    def known_as(self) -> Status:
        """How its numbers are known where nothing had to be worked out: printed by it, or a user's own."""
        return "uploaded" if self.source_kind == UPLOADED else "reported"

    @property
    def usable(self) -> bool:
        return not self.problems

    @property
    def founding(self) -> bool:
        """True for the studies that the library began with, which the first screen shows first."""
        return self.card.get("founding") is True

    @property
    def digested(self) -> bool:
        """True where the figures were read from a digest of the publication (see `analysis.digest`)."""
        return self.card.get("source", {}).get("digest") is True

    @property
    def laid_out(self) -> bool:
        """False where arms, outcomes or timepoints are left unsaid: then no figure has a place to stand."""
        return bool(self.arms and self.outcomes and self.timepoints)

    def times_of(self, outcome: str) -> tuple[str, ...]:
        """From the first to the last timepoint that figures or claims of an outcome name; all where none is named."""
        order = list(self.timepoints)
        named = {order.index(end) for one in self._about(outcome) for end in one.timepoint.split(":") if end}
        return tuple(order[min(named) : max(named) + 1]) if named else tuple(order)

    def has_change(self, outcome: str) -> bool:
        """True where a change can be spoken of: a start is measured, or a number about a change is printed."""
        changes = any(":" in one.timepoint for one in self._about(outcome))
        return changes or any(self.timepoints[time].baseline for time in self.times_of(outcome))

    def _about(self, outcome: str) -> list[Figure | Claim]:
        return [one for one in (*self.figures, *self.claims) if one.outcome == outcome]

    def find(self, **wanted: str) -> tuple[Figure, ...]:
        """Figures whose fields equal the wanted ones, in file order."""
        return tuple(f for f in self.figures if all(getattr(f, k) == v for k, v in wanted.items()))

    def locators(self, outcome: str, arms: Collection[str], times: Collection[str]) -> tuple[str, ...]:
        """Where numbers of these arms at these times are printed ("before:after" for changes), each place once."""
        there = (f for f in self.figures if f.outcome == outcome and f.arm in arms and f.timepoint in times)
        return tuple(dict.fromkeys(f.locator for f in there))

    def value(self, statistic: str, arm: str, outcome: str, timepoint: str, level: str = "") -> str | None:
        """The text to calculate with for one statistic, or None where nothing usable is printed."""
        return self._usable.get((statistic, arm, outcome, timepoint, level))

    @cached_property
    def _usable(self) -> dict[tuple[str, ...], str]:
        """The first usable text of each statistic; looked up many times in each rerun of a screen."""
        found: dict[tuple[str, ...], str] = {}
        for f in self.figures:
            if f.usable is not None:
                found.setdefault((f.statistic, f.arm, f.outcome, f.timepoint, f.level), f.usable)
        return found

    def measured(self, arm: str, outcome: str, timepoint: str) -> str | None:
        """How many people of an arm were measured then, as text; None where that isn't known.

        At a timepoint: as printed for this outcome then, else all of the arm. For a change ("before:after"),
        those measured both times: as printed for the change; the number printed at both times, or all of the arm
        where neither prints one; where everybody was measured at one time, the number printed at the other. A
        blank timepoint is that of a claim without one: all of the arm. In a crossover all people are of every arm.
        """
        n = self.value("n", arm, outcome, timepoint)
        everybody = self.arms[arm].n or (self.facets.people if self.facets.crossover else None)
        if n is not None or ":" not in timepoint:
            return n if n is not None else everybody
        ends = {self.value("n", arm, outcome, end) for end in timepoint.split(":")}
        if ends <= {everybody, None}:
            return everybody
        fewer = ends - {everybody}
        return fewer.pop() if len(fewer) == 1 and None not in ends else None

    def assumes_n(self, arm: str, outcome: str, timepoint: str) -> bool:
        """True where the number measured then is one that a reader chose for the arm."""
        return self.arms[arm].n_known == "assumed" and self.value("n", arm, outcome, timepoint) is None

    @property
    def bias_tool(self) -> str:
        """The tool that the study was judged by, or the one that fits its design."""
        if self.bias is not None:
            return self.bias.tool
        return ROB2 if self.card.get("design") == "randomised" else ROBINS_I
