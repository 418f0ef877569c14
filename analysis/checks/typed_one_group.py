"""The rules and the recovery for numbers typed in by hand: one sample, or one group before and after."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace

from analysis.asking import PairsEnvelope, over_pairs
from analysis.checks.numbers import (
    counts_total,
    grim,
    grimmer,
    median_possible,
    rank_sums,
    sd_bounds,
    sd_of_change_possible,
)
from analysis.recover import (
    Margin,
    Progress,
    Recovered,
    RecoveredPairs,
    distributions,
    levels_of,
    number_of_people,
    p_reach,
    pairs,
    required,
)
from analysis.results import NotApplicable, Note, Verdict

Ruled = tuple[tuple[str, Verdict], ...]
PAIRED = ("wilcoxon", "paired-t", "sign")  # methods whose envelope is shown for recovered pairs


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


@dataclass(frozen=True)
class TypedPairs:
    """What was typed of one group before and after, as text; blank where unknown.

    Counts are numbers of people from the lowest score to the highest, apart by spaces or commas.
    """

    n: str = ""
    low: str = ""
    high: str = ""
    before_mean: str = ""
    before_sd: str = ""
    before_counts: str = ""
    after_mean: str = ""
    after_sd: str = ""
    after_counts: str = ""
    improved: str = ""
    worsened: str = ""
    unchanged: str = ""
    mean_rank_positive: str = ""
    mean_rank_negative: str = ""
    z_wilcoxon: str = ""
    p_wilcoxon: str = ""
    change_sd: str = ""
    t_paired: str = ""
    p_paired: str = ""
    r: str = ""


CHANGES = tuple(TypedPairs.__dataclass_fields__)[9:]


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
        for part in _numbers(text):
            number_of_people(part, 0)
    else:
        required(text)


@dataclass(frozen=True, eq=False)
class Calculated:
    """Verdicts by rule, the tables that fit (None without n and scale), and what couldn't be read."""

    verdicts: Ruled
    recovered: Recovered | None
    refused: Note | None


@dataclass(frozen=True, eq=False)
class CalculatedPairs:
    """Verdicts by rule, the before × after tables that fit, and how far tests move over them."""

    verdicts: Ruled
    found: RecoveredPairs | None
    envelopes: tuple[PairsEnvelope, ...]
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
    if not (t.n and t.low and t.high and (t.mean or t.sd or t.median)):
        return None
    return distributions(
        t.n, t.mean or None, t.sd or None, t.low, t.high, median=t.median or None, items=items_of(t), progress=progress
    )


def calculate_pairs(typed: TypedPairs, progress: Progress | None = None) -> CalculatedPairs:
    """All rules about both columns and the changes, every table behind them, and the reach of the tests."""
    if refused := unreadable(asdict(typed)):
        return CalculatedPairs((), None, (), refused)
    try:
        ruled = tuple(_verdicts_of_pairs(typed))
        found = _found_pairs(typed, progress)
        envelopes = tuple(_envelopes(found, progress)) if found else ()
        return CalculatedPairs(ruled, found, envelopes, None)
    except NotApplicable as error:
        return CalculatedPairs((), None, (), error.note)


def _envelopes(found: RecoveredPairs, progress: Progress | None) -> Iterator[PairsEnvelope]:
    for method in PAIRED:
        if progress:
            progress(1.0)  # the search is over; whoever waits may still stop
        yield over_pairs(found, method)


def _verdicts_of_pairs(t: TypedPairs) -> Iterator[tuple[str, Verdict]]:
    for mean, sd in ((t.before_mean, t.before_sd), (t.after_mean, t.after_sd)):
        yield from verdicts(Typed(t.n, mean, sd, "", t.low, t.high))
    for counts in (t.before_counts, t.after_counts):
        if counts and t.n:
            yield "counts_total", counts_total(_numbers(counts), t.n)
    if t.improved and t.worsened and t.unchanged and t.n:
        yield "counts_total", counts_total((t.improved, t.worsened, t.unchanged), t.n)
    if t.improved and t.worsened and t.mean_rank_positive and t.mean_rank_negative:
        yield "rank_sums", rank_sums(t.mean_rank_positive, t.improved, t.mean_rank_negative, t.worsened)
    if t.change_sd:
        yield (
            "sd_of_change_possible",
            sd_of_change_possible(t.change_sd, t.before_sd or None, t.after_sd or None),
        )


def _found_pairs(t: TypedPairs, progress: Progress | None) -> RecoveredPairs | None:
    if not (t.n and t.low and t.high):
        return None
    margins = [_margin(t, "before"), _margin(t, "after")]
    if not all(margin.mean or margin.counts for margin in margins):
        return None
    said = {name: getattr(t, name) or None for name in CHANGES}
    return pairs(*margins, **said, progress=progress)


def _margin(t: TypedPairs, when: str) -> Margin:
    mean, sd, counts = (getattr(t, f"{when}_{what}") for what in ("mean", "sd", "counts"))
    return Margin(t.n, t.low, t.high, mean or None, sd or None, counts=_counts(t, counts) if counts else None)


def _counts(t: TypedPairs, text: str) -> tuple[tuple[float, str], ...]:
    """Counts typed from the lowest score to the highest, by score.

    Raises:
        NotApplicable: there are more or fewer of them than scores.
    """
    levels = levels_of(required(t.low).value, required(t.high).value, 1, 1)
    numbers = _numbers(text)
    if len(numbers) != len(levels):
        raise NotApplicable("counts-and-levels", counts=len(numbers), levels=len(levels))
    return tuple((float(level), number) for level, number in zip(levels, numbers, strict=True))


def _numbers(text: str) -> tuple[str, ...]:
    return tuple(part for part in re.split(r"[\s,;]+", text) if part)
