"""What a demonstration shows, as values: `analysis.plots` draws each kind."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.asking import Detectable, Multiverse, Question
from analysis.results import Interval


@dataclass(frozen=True)
class Mark:
    """A value on the horizontal axis that a line is drawn at, with what it is called."""

    at: float
    label: str


@dataclass(frozen=True)
class Row:
    """One line of results: a value with its interval, and words at its end; `lit` stands out."""

    name: str
    value: float | None
    interval: Interval | None
    label: str
    lit: bool = False


@dataclass(frozen=True)
class Rows:
    """Results below each other over one axis; `line` is where nothing differs."""

    rows: tuple[Row, ...]
    axis: str
    line: float = 0.0


@dataclass(frozen=True)
class Bars:
    """Bars at `places`, of `heights`; those of `lit` stand out. `before` are paler bars beside them."""

    places: tuple[float, ...]
    heights: tuple[float, ...]
    lit: tuple[bool, ...]
    axis: str
    up: str
    marks: tuple[Mark, ...] = ()
    before: tuple[float, ...] = ()
    names: tuple[str, str, str] | None = None  # of before, after, lit
    level: float | None = None  # a line across
    whole: bool = False  # places are whole numbers, each with its own tick


@dataclass(frozen=True, eq=False)
class Cloud:
    """A dot per person at (x, y); `diagonal` joins equal values. Without `up` heights mean nothing."""

    x: np.ndarray
    y: np.ndarray
    lit: np.ndarray
    axis: str
    up: str = ""
    diagonal: bool = False
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, eq=False)
class Lines:
    """A line per person over `times`; per group its name and scores of shape (n, times)."""

    times: tuple[str, ...]
    groups: tuple[tuple[str, np.ndarray], ...]
    up: str


@dataclass(frozen=True, eq=False)
class Shuffled:
    """Who is joined to whom, and beside it what is found with and without knowing it."""

    before: np.ndarray
    after: np.ndarray
    times: tuple[str, str]
    up: str
    rows: Rows


@dataclass(frozen=True)
class Tree:
    """A question, its answers, and under each answer leaves of (condition, what follows); places of the path lit."""

    root: str
    branches: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    lit: tuple[int, int] | None


@dataclass(frozen=True, eq=False)
class AllTests:
    """Every defensible test of a question."""

    question: Question
    found: Multiverse


@dataclass(frozen=True, eq=False)
class Power:
    """What a number of people could show."""

    question: Question
    found: Detectable


Picture = Rows | Bars | Cloud | Lines | Shuffled | Tree | AllTests | Power
