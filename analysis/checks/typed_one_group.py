"""The rules and the recovery for one group before and after, typed in by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from analysis.asking import PairsEnvelope, over_pairs
from analysis.checks.numbers import counts_total, rank_sums, sd_of_change_possible
from analysis.checks.typed_one_sample import Ruled, Typed, numbers_in, unreadable, verdicts
from analysis.recover import Margin, Progress, RecoveredPairs, levels_of, pairs, required
from analysis.results import NotApplicable, Note, Verdict

PAIRED = ("wilcoxon", "paired-t", "sign")  # methods whose envelope is shown for recovered pairs


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


@dataclass(frozen=True, eq=False)
class CalculatedPairs:
    """Verdicts by rule, the before × after tables that fit, and how far tests move over them."""

    verdicts: Ruled
    found: RecoveredPairs | None
    envelopes: tuple[PairsEnvelope, ...]
    refused: Note | None


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
            yield "counts_total", counts_total(numbers_in(counts), t.n)
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
    numbers = numbers_in(text)
    if len(numbers) != len(levels):
        raise NotApplicable("counts-and-levels", counts=len(numbers), levels=len(levels))
    return tuple((float(level), number) for level, number in zip(levels, numbers, strict=True))
