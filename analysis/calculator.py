"""The rules and the recovery for numbers typed in by hand: one sample's mean, SD, n and scale."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from analysis import checks
from analysis.recover import Recovered, distributions
from analysis.results import NotApplicable, Note, Verdict


@dataclass(frozen=True)
class Typed:
    """What was typed, as text; blank where unknown. `low`, `high` are the ends of the scale."""

    n: str = ""
    mean: str = ""
    sd: str = ""
    median: str = ""
    low: str = ""
    high: str = ""


@dataclass(frozen=True, eq=False)
class Calculated:
    """Verdicts by rule, the tables that fit (None without n and scale), and what couldn't be read."""

    verdicts: tuple[tuple[str, Verdict], ...]
    recovered: Recovered | None
    refused: Note | None


def calculate(typed: Typed) -> Calculated:
    """All rules that what was typed allows, and every set of whole scores behind it."""
    try:
        return Calculated(tuple(verdicts(typed)), _recovered(typed), None)
    except NotApplicable as error:
        return Calculated((), None, error.note)


def verdicts(t: Typed, items: int = 1, ddof: int = 1) -> Iterator[tuple[str, Verdict]]:
    """All rules that what was typed allows, with their names.

    Args:
        items: each score is the mean of that many whole items.
        ddof: 1 where the SD divides by n − 1, 0 where it divides by n.

    Raises:
        NotApplicable: text is no number, or n is no number of people.
    """
    rules: list[tuple[str, bool, Callable[[], Verdict]]] = [
        ("grim", bool(t.n and t.mean), lambda: checks.grim(t.mean, t.n, items)),
        ("grimmer", bool(t.n and t.mean and t.sd), lambda: checks.grimmer(t.mean, t.sd, t.n, items, ddof)),
        (
            "sd_bounds",
            bool(t.n and t.mean and t.sd and t.low and t.high),
            lambda: checks.sd_bounds(t.mean, t.sd, t.n, t.low, t.high),
        ),
        ("median_possible", bool(t.n and t.median and items == 1), lambda: checks.median_possible(t.median, t.n)),
    ]
    for rule, applies, verdict in rules:
        if applies:
            yield rule, verdict()


def _recovered(t: Typed) -> Recovered | None:
    if not (t.n and t.low and t.high and (t.mean or t.sd or t.median)):
        return None
    return distributions(t.n, t.mean or None, t.sd or None, t.low, t.high, median=t.median or None)
