"""The rules and the recovery for one sample typed in by hand, and how any text that was typed is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace

from analysis.checks.numbers import grim, grimmer, median_possible, sd_bounds
from analysis.recover import Progress, Recovered, distributions, number_of_people, p_reach, required
from analysis.results import NotApplicable, Note, Verdict

Ruled = tuple[tuple[str, Verdict], ...]


@dataclass(frozen=True)
class Typed:
    """What was typed of one sample, as text; blank where unknown.

    `low`, `high` are the ends of the scale; `items` how many whole items a score is the mean of.
    """

    n: str = ""
    mean: str = ""
    sd: str = ""
    median: str = ""
    low: str = ""
    high: str = ""
    items: str = ""

    @property
    def can_be_counted(self) -> bool:
        """Whether enough is known to count the sets of scores behind it."""
        return bool(self.n and self.low and self.high and (self.mean or self.sd or self.median))


@dataclass(frozen=True, eq=False)
class Calculated:
    """Verdicts by rule, the tables that fit (None without n and scale), and what couldn't be read."""

    verdicts: Ruled
    recovered: Recovered | None
    refused: Note | None


def calculate(typed: Typed, progress: Progress | None = None) -> Calculated:
    """All rules that what was typed allows, and every set of scores behind it."""
    if refused := unreadable(asdict(typed)):
        return Calculated((), None, refused)
    try:
        return Calculated(tuple(verdicts(typed)), _recovered(typed, progress), None)
    except NotApplicable as error:
        return Calculated((), None, error.note)


def verdicts(t: Typed, ddof: int = 1) -> Iterator[tuple[str, Verdict]]:
    """All rules that what was typed allows, with their names; `ddof` 0 where the SD divides by n.

    Raises:
        NotApplicable: text is no number, or n is no number of people.
    """
    items = items_of(t)
    rules: list[tuple[str, tuple[str, ...], Callable[[], Verdict]]] = [
        ("grim", (t.n, t.mean), lambda: grim(t.mean, t.n, items)),
        ("grimmer", (t.n, t.mean, t.sd), lambda: grimmer(t.mean, t.sd, t.n, items, ddof)),
        ("sd_bounds", (t.n, t.mean, t.sd, t.low, t.high), lambda: sd_bounds(t.mean, t.sd, t.n, t.low, t.high)),
        ("median_possible", (t.n, t.median), lambda: median_possible(t.median, t.n)),
    ]
    for rule, needed, verdict in rules:
        if all(needed) and not (rule == "median_possible" and items > 1):
            yield rule, verdict()


def items_of(t: Typed) -> int:
    """How many whole items a score is the mean of.

    Raises:
        NotApplicable: no whole number, or too many.
    """
    items = required(t.items).value if t.items else 1
    if items != int(items) or not 1 <= items <= MOST_ITEMS:
        raise NotApplicable("items-out-of-range", items=t.items, most=MOST_ITEMS)
    return int(items)


MOST_ITEMS = 60


def _recovered(t: Typed, progress: Progress | None) -> Recovered | None:
    if not t.can_be_counted:
        return None
    return distributions(
        t.n, t.mean or None, t.sd or None, t.low, t.high, median=t.median or None, items=items_of(t), progress=progress
    )


PEOPLE = {"n": 1, "improved": 0, "worsened": 0, "unchanged": 0}  # the fewest there can be
P_VALUES = ("p", "p_wilcoxon", "p_paired", "p_after", "p_change")  # may be bounds: "<0.05"


def unreadable(typed: Mapping[str, str | None]) -> Note | None:
    """The first field whose text is no number of its kind, named in `values["field"]`; None where all can be read.

    Asked before any rule, which looks only at the fields it needs.
    """
    for name, text in typed.items():
        try:
            if text:
                _read(name, text)
        except NotApplicable as error:
            return replace(error.note, values={**error.note.values, "field": name})
    return None


def _read(name: str, text: str) -> None:
    if name in PEOPLE:
        number_of_people(text, PEOPLE[name])
    elif name == "items":
        items_of(Typed(items=text))
    elif name in P_VALUES:
        p_reach(text)
    elif name.endswith("counts"):
        for part in numbers_in(text):
            number_of_people(part, 0)
    else:
        required(text)


def numbers_in(text: str) -> tuple[str, ...]:
    """Numbers typed in a row, apart by spaces, commas or semicolons."""
    return tuple(part for part in re.split(r"[\s,;]+", text) if part)
