"""What a repair is, and how small each kind of change is taken to be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from analysis.results import Interval
from analysis.studies import Figure

# What each kind changes, the smallest first. Equal ranks are told apart by how many sets fit.
COSTS = {
    "elsewhere": 0,  # the study itself prints the number so in another place
    "rounding": 1,  # the last decimal is off by one: cut off instead of rounded
    "digit": 2,  # one digit after the point
    "swapped": 2,  # two neighbouring digits after the point
    "ddof": 3,  # no number is wrong: the SD divides by n
    "sd-is-se": 3,  # no number is wrong: a standard error stands under the heading SD
    "arms-swapped": 4,  # two printed numbers have changed places
    "places-swapped": 4,
    "n-off": 5,  # one person missing or too many; two cost one more
    "items": 8,  # a score is the mean of several items: nearly every mean fits then
    "from-others": 9,  # no slip explains it, but the other printed numbers leave this value only
}
KINDS = tuple(COSTS)
WHOLE_DIGIT = 7  # a digit, or a swap, before the point: a large change of the number
MOST = 12  # suggestions shown at most
MOST_ITEMS = 10  # items that a score may be the mean of
MOST_CELLS = 5_000  # people × levels; counting or recovering more takes longer than a reader waits


@dataclass(frozen=True)
class Consequence:
    """What a repair does to one test of one question about `arms` (ids), `kind` "within" or "between".

    `now` and `then` are the lowest and highest p over all data sets that fit, without and with the repair;
    None where the people behind it aren't known. `worse_now` and `worse_then` count the people who got
    worse (lowest, highest), for a question within one arm. `key` says how the two compare.
    """

    key: str
    kind: str
    arms: tuple[str, ...]
    method: str
    options: tuple[tuple[str, object], ...]
    now: Interval | None
    then: Interval | None
    worse_now: tuple[int, int] | None
    worse_then: tuple[int, int] | None


@dataclass(frozen=True)
class Repair:
    """One change after which the numbers fit.

    `field` is the statistic (or `n`, `items`) that changes from `printed` to `suggested`, both as text.
    `sets` is how many sets of scores (for changes: before × after tables) fit then: exact, or with
    `at_least` a lower bound, None where they weren't counted. In a study, `figure` is the number that
    changes, `partner` the one it has changed places with, `rows` all rows of figures.csv that change;
    `consequence` says what the repair does to the tests.
    """

    kind: str
    field: str
    printed: str
    suggested: str
    cost: int
    sets: int | None
    at_least: bool = False
    consequence: tuple[Consequence, ...] = ()
    figure: Figure | None = None
    partner: Figure | None = None
    rows: tuple[int, ...] = ()


def ranked(repairs: Iterable[Repair]) -> list[Repair]:
    """The smallest change first, then more sets, then the nearer number; each number suggested once by a slip."""
    order = sorted(repairs, key=_rank)
    first = {(r.field, r.rows, r.suggested): r for r in reversed(order) if r.kind in SLIPS}
    return [r for r in order if r.kind not in SLIPS or first[r.field, r.rows, r.suggested] is r]


SLIPS = frozenset({"elsewhere", "rounding", "digit", "swapped", "from-others"})


def _rank(repair: Repair) -> tuple:
    away = abs(Decimal(repair.suggested) - Decimal(repair.printed)) if repair.kind != "items" else Decimal(0)
    return repair.cost, -(repair.sets or 0), away, KINDS.index(repair.kind), repair.field, repair.suggested
