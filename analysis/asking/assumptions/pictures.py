"""What an assumption is looked at with: the numbers of its picture, without colours or words.

Values are in the unit of the outcome unless said otherwise. `labels` are texts of a study's card.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.results import Interval
from analysis.studies import Text

Values = tuple[float, ...]


@dataclass(frozen=True)
class QQ:
    """Ordered values against where they are expected, one point each.

    The line is `intercept + slope · expected`; `low` and `high` hold the band in which 95 % of each
    single point fall, and are empty where the picture has none (symmetry: distances above the median
    against distances below).
    """

    expected: Values
    observed: Values
    slope: float
    intercept: float
    low: Values = ()
    high: Values = ()


@dataclass(frozen=True)
class Spread:
    """Values of each group with mean and SD; `groups` holds empty tuples where only means and SDs are known."""

    labels: tuple[Text, ...]
    groups: tuple[Values, ...]
    means: Values
    sds: Values


@dataclass(frozen=True)
class Counts:
    """Numbers of people: shape (rows, levels). Levels are scores, or ids of words (`assume-level.…`).

    `marked` holds the places of the levels that the assumption is about; `expected` the counts that
    chance alone would give, of the same shape, where the assumption is about those.
    """

    labels: tuple[Text, ...]
    levels: tuple[float, ...] | tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    marked: tuple[int, ...] = ()
    expected: tuple[Values, ...] = ()


@dataclass(frozen=True)
class Slopes:
    """Before and after of each person by group, and each group's own line (intercept, slope)."""

    labels: tuple[Text, ...]
    before: tuple[Values, ...]
    after: tuple[Values, ...]
    lines: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Epsilon:
    """Both corrections of the degrees of freedom, on the scale from the lowest possible ε to 1."""

    lowest: float
    greenhouse_geisser: float
    huynh_feldt: float


@dataclass(frozen=True)
class Odds:
    """Odds ratio of lying at or above each score (`levels`), first group against second, with 95 % interval."""

    levels: Values
    ratios: Values
    intervals: tuple[Interval, ...]


Picture = QQ | Spread | Counts | Slopes | Epsilon | Odds
