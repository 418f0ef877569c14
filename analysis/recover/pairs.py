"""All before × after tables that fit what a study printed of two margins and of the changes between.

A margin is one column of people at one time; it may be known by its counts, or only through its
mean and SD, and then several margins fit. For each two margins the table is filled row by row.
Changes are what rank tests work on, so mean ranks, counts of improved and worsened people, a printed
Wilcoxon p or a correlation each rule tables out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np

from analysis.recover.distributions import MOST, Recovered, distributions
from analysis.recover.limits import whole
from analysis.recover.printed import Printed, p_reach, printed
from analysis.recover.search import WORK
from analysis.results import NotApplicable


@dataclass(frozen=True)
class Margin:
    """One column of scores as printed: text, any of it missing. `counts` maps a level to people."""

    n: str | int
    low: str | int
    high: str | int
    mean: str | None = None
    sd: str | None = None
    median: str | None = None
    minimum: str | None = None
    maximum: str | None = None
    step: int = 1
    counts: Mapping[float, str | int] | tuple[tuple[float, str | int], ...] | None = None

    def __post_init__(self) -> None:
        if isinstance(self.counts, Mapping):
            object.__setattr__(self, "counts", tuple(sorted(self.counts.items())))

    def distributions(self) -> Recovered:
        return distributions(
            self.n,
            self.mean,
            self.sd,
            self.low,
            self.high,
            median=self.median,
            minimum=self.minimum,
            maximum=self.maximum,
            counts=dict(self.counts or ()),
            step=self.step,
        )


@dataclass(frozen=True)
class RecoveredPairs:
    """Every before × after table that fits; `tables` has shape (k, levels, levels)."""

    levels: tuple[float, ...]
    tables: np.ndarray
    complete: bool

    @property
    def count(self) -> int | None:
        return len(self.tables) if self.complete else None

    def participants(self, i: int = 0) -> np.ndarray:
        """People of table `i`: shape (n, 2), columns before and after, ordered by both scores."""
        rows, columns = np.nonzero(self.tables[i])
        people = self.tables[i][rows, columns]
        scores = np.array(self.levels)
        return np.column_stack([np.repeat(scores[rows], people), np.repeat(scores[columns], people)])


@lru_cache(maxsize=256)
def pairs(
    before: Margin,
    after: Margin,
    *,
    improved: str | int | None = None,
    worsened: str | int | None = None,
    unchanged: str | int | None = None,
    mean_rank_positive: str | None = None,
    mean_rank_negative: str | None = None,
    p_wilcoxon: str | None = None,
    r: str | None = None,
    change_mean: str | None = None,
    change_sd: str | None = None,
) -> RecoveredPairs:
    """All before × after tables behind two margins and whatever else is printed (all as text).

    Improved means a higher score after than before; mean ranks are those of the positive and the
    negative differences, zeros left out (Wilcoxon's own way, as SPSS prints them). `p_wilcoxon` is
    the tie-corrected normal approximation, two-sided.

    Returns:
        `RecoveredPairs`; `.count` 0 means that the printed numbers contradict each other.

    Raises:
        NotApplicable: the two margins have different n or different scales, or text is no number.
    """
    _same_people(before, after)
    rows, columns = before.distributions(), after.distributions()
    changes = {"improved": improved, "worsened": worsened, "unchanged": unchanged}
    wanted = {name: whole(value) for name, value in changes.items() if value not in (None, "")}
    if len(rows.tables) * len(columns.tables) > MOST_MARGINS:
        raise NotApplicable("too-many", n=str(before.n), levels=len(rows.levels))
    parts = [_fill(b, a, wanted) for b, a in product(rows.tables, columns.tables)]
    width = len(rows.levels)
    tables = np.concatenate([part for part, _ in parts] or [np.zeros((0, width, width), int)])
    complete = rows.complete and columns.complete and all(done for _, done in parts)
    tables = _keep_ranks(tables, printed(mean_rank_positive), printed(mean_rank_negative), p_wilcoxon)
    tables = _keep_moments(tables, rows.levels, printed(r), printed(change_mean), printed(change_sd))
    return RecoveredPairs(rows.levels, tables, complete)


MOST_MARGINS = 2_000  # pairs of margins to fill; margins this open leave nothing to say anyway


def _same_people(before: Margin, after: Margin) -> None:
    if str(before.n) != str(after.n):
        raise NotApplicable("unequal-n", before=str(before.n), after=str(after.n))
    if (str(before.low), str(before.high)) != (str(after.low), str(after.high)):
        raise NotApplicable("unequal-scales")


def _fill(before: np.ndarray, after: np.ndarray, wanted: dict[str, int]) -> tuple[np.ndarray, bool]:
    """All tables with these margins, row by row; people still to place are kept per column."""
    width = len(before)
    tables = np.zeros((1, 0, width), dtype=int)
    left = after[None, :]
    complete = True
    for level, people in enumerate(before):
        if not len(left):
            return np.zeros((0, width, width), dtype=int), complete
        choices = _placements(int(people), left.max(axis=0))
        room = max(1, WORK // (len(choices) * width))
        if len(left) > room:
            tables, left, complete = tables[:room], left[:room], False
        fits = (choices[None] <= left[:, None]).all(axis=2)
        row, choice = np.nonzero(fits)
        tables = np.concatenate([tables[row], choices[choice][:, None]], axis=1)
        left = left[row] - choices[choice]
        keep = _changes_possible(tables, level, wanted)
        tables, left = tables[keep], left[keep]
        if len(tables) > MOST:
            tables, left, complete = tables[:MOST], left[:MOST], False
    return tables[_changes_fit(tables, wanted)], complete


@lru_cache(maxsize=4096)
def compositions(people: int, at_most: tuple[int, ...]) -> np.ndarray:
    """All ways to place `people` on columns that hold at most so many each: shape (k, columns)."""
    if len(at_most) == 1:
        return np.array([[people]]) if people <= at_most[0] else np.zeros((0, 1), dtype=int)
    parts = []
    for here in range(min(people, at_most[0]) + 1):
        rest = compositions(people - here, at_most[1:])
        parts.append(np.column_stack([np.full(len(rest), here), rest]))
    return np.concatenate(parts)


def _placements(people: int, at_most: np.ndarray) -> np.ndarray:
    return compositions(people, tuple(int(v) for v in at_most))


def _counted(tables: np.ndarray) -> dict[str, np.ndarray]:
    """Improved, worsened and unchanged people of each (maybe still partial) table."""
    rows, width = tables.shape[1:]
    step = np.arange(width)[None, :] - np.arange(rows)[:, None]
    signs = {"improved": step > 0, "worsened": step < 0, "unchanged": step == 0}
    return {name: tables[:, where].sum(axis=1) for name, where in signs.items()}


def _changes_possible(tables, level, wanted):
    counted = _counted(tables)
    return np.logical_and.reduce([counted[name] <= n for name, n in wanted.items()] or [np.ones(len(tables), bool)])


def _changes_fit(tables, wanted):
    counted = _counted(tables)
    return np.logical_and.reduce([counted[name] == n for name, n in wanted.items()] or [np.ones(len(tables), bool)])


def change_counts(tables: np.ndarray) -> np.ndarray:
    """People per change in steps: shape (k, 2·levels − 1), from the largest fall to the largest rise."""
    width = tables.shape[1]
    steps = [np.trace(tables, offset, axis1=1, axis2=2) for offset in range(1 - width, width)]
    return np.stack(steps, axis=1)


def _keep_ranks(tables, positive: Printed | None, negative: Printed | None, p: str | None):
    if len(tables) == 0 or (positive is None and negative is None and not p):
        return tables
    changes = change_counts(tables)
    middle = changes.shape[1] // 2
    falls, rises = changes[:, :middle][:, ::-1], changes[:, middle + 1 :]
    tied = falls + rises
    doubled_rank = 2 * (tied.cumsum(axis=1) - tied) + tied + 1  # twice the mean rank of each tied group
    keep = np.ones(len(tables), dtype=bool)
    for people, mean in ((rises, positive), (falls, negative)):
        if mean is not None:
            keep &= _mean_rank_fits((people * doubled_rank).sum(axis=1), people.sum(axis=1), mean)
    if p:
        keep &= _p_fits((rises * doubled_rank).sum(axis=1) / 2, tied, p)
    return tables[keep]


def _mean_rank_fits(doubled_sum, people, mean: Printed):
    """Exact: low ≤ sum / people ≤ high, in whole numbers; nobody there means no mean rank, or 0."""
    low, high = mean.low, mean.high
    above = doubled_sum * low.denominator >= 2 * people * low.numerator
    below = doubled_sum * high.denominator <= 2 * people * high.numerator
    return above & below & ((people > 0) | (mean.value == 0))


def _p_fits(rank_sum, tied, p: str):
    m = tied.sum(axis=1)
    variance = m * (m + 1) * (2 * m + 1) / 24 - (tied**3 - tied).sum(axis=1) / 48
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.abs(rank_sum - m * (m + 1) / 4) / np.sqrt(variance)
    tail = np.array([math.erfc(value / math.sqrt(2)) for value in np.nan_to_num(z)])
    low, high = p_reach(p)
    return (tail >= low) & (tail <= high)


def _keep_moments(tables, levels, r, change_mean, change_sd):
    """Correlation, mean and SD of change, compared with the intervals that the printed text allows."""
    if len(tables) == 0 or (r is None and change_mean is None and change_sd is None):
        return tables
    x = np.array(levels)
    n = tables[0].sum()
    before, after = tables.sum(axis=2), tables.sum(axis=1)
    difference = x[None, :] - x[:, None]
    mean = (tables * difference).sum(axis=(1, 2)) / n
    squares = (tables * difference**2).sum(axis=(1, 2)) - n * mean**2
    keep = _within(mean, change_mean) & _within(np.sqrt(np.maximum(squares, 0) / max(n - 1, 1)), change_sd)
    return tables[keep & _within(_correlation(tables, x, before, after, n), r)] if r else tables[keep]


def _correlation(tables, x, before, after, n):
    products = np.einsum("kij,i,j->k", tables, x, x) - (before @ x) * (after @ x) / n
    spread = [column @ x**2 - (column @ x) ** 2 / n for column in (before, after)]
    with np.errstate(divide="ignore", invalid="ignore"):
        return products / np.sqrt(spread[0] * spread[1])


FLOAT_DUST = 1e-9  # sums of products of floats; far below any printed digit


def _within(values, text: Printed | None):
    if text is None:
        return np.ones(len(values), dtype=bool)
    return (values >= float(text.low) - FLOAT_DUST) & (values <= float(text.high) + FLOAT_DUST)
