"""All before × after tables that fit what a study printed of two margins and of the changes between.

A margin is one column of people at one time; it may be known by its counts, or only through its
mean and SD, and then several margins fit. Changes are what tests of pairs work on, so mean ranks, counts
of improved and worsened people, a printed Wilcoxon or t result or a correlation each rule tables out.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from analysis.recover.budget import ENDLESS, Budget, Progress, Unfinished
from analysis.recover.changes import ChangeFacts, change_distributions, lies_in
from analysis.recover.crosstabs import Behind, Movers, behind, far_movers
from analysis.recover.distributions import MOST, Recovered, distributions
from analysis.recover.margins_alone import Any, any_tables
from analysis.recover.places import divided, thinned
from analysis.recover.printed import Printed, printed
from analysis.results import NotApplicable

SHARE = 0.1  # of the time left, for placing far movers of one total change
FEW = 12  # change distributions looked at where all of them would take too long
SECONDS = 4.0  # the longest that a search for pairs may take


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
    counts: Mapping[float | str, str | int] | tuple[tuple[float | str, str | int], ...] | None = None

    def __post_init__(self) -> None:
        if isinstance(self.counts, Mapping):
            object.__setattr__(self, "counts", tuple(sorted(self.counts.items())))

    def distributions(self, seconds: float = SECONDS) -> Recovered:
        """All columns of people that fit."""
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
            seconds=seconds,
        )


@dataclass(frozen=True, eq=False)
class RecoveredPairs:
    """Before × after tables that fit; `tables` has shape (k, levels, levels).

    `count` is the exact number of tables that fit, None where counting was cut short; `at_least` is then
    a proven lower bound. `tables` holds all of them where `complete`. `changes` (c, 2·levels − 1) are the
    distinct change distributions behind them, from the largest fall to the largest rise in steps, all of
    them where `changes_complete`.
    """

    levels: tuple[float, ...]
    tables: np.ndarray
    complete: bool
    count: int | None
    at_least: int
    changes: np.ndarray
    changes_complete: bool
    _sources: tuple[_Source, ...] = field(default=(), repr=False)

    def participants(self, i: int = 0) -> np.ndarray:
        """People of table `i`: shape (n, 2), columns before and after, ordered by both scores."""
        return people_behind(self.levels, self.tables[i])

    def sample(self, k: int, seed: int = 0) -> np.ndarray:
        """`k` tables drawn uniformly, with replacement, from all that fit: shape (k, levels, levels).

        Where `count` is None they are drawn from those that were found.
        """
        source = random.Random(seed)
        places = np.array([source.randrange(self.at_least) for _ in range(k if self.at_least else 0)], dtype=np.int64)
        found = np.zeros((len(places), len(self.levels), len(self.levels)), dtype=np.int16)
        parts = divided(places, (one.count for one in self._sources))
        for one, (here, inside) in zip(self._sources, parts, strict=True):
            if len(inside):
                found[here] = one.found().tables(inside)
        return found


def people_behind(levels: tuple[float, ...], table: np.ndarray) -> np.ndarray:
    """The people of one before × after table: shape (n, 2), ordered by both scores."""
    rows, columns = np.nonzero(table)
    people = table[rows, columns]
    scores = np.array(levels)
    return np.column_stack([np.repeat(scores[rows], people), np.repeat(scores[columns], people)])


@dataclass(frozen=True, eq=False)
class _Source:
    """Two margins and the change distributions between them, and how many tables lie behind."""

    before: np.ndarray
    after: np.ndarray
    changes: np.ndarray | None
    count: int = 0

    def found(self) -> Behind | Any:
        """The tables once more; kept they would take too much memory."""
        if self.changes is None:
            return any_tables(self.before, self.after, ENDLESS)
        movers = far_movers(self.changes, self.before, self.after, ENDLESS)
        return behind(self.before, self.after, movers, np.ones(len(self.changes), dtype=bool))


def pairs(
    before: Margin,
    after: Margin,
    *,
    improved: str | int | None = None,
    worsened: str | int | None = None,
    unchanged: str | int | None = None,
    mean_rank_positive: str | None = None,
    mean_rank_negative: str | None = None,
    rank_sum_positive: str | None = None,
    rank_sum_negative: str | None = None,
    z_wilcoxon: str | None = None,
    p_wilcoxon: str | None = None,
    r: str | None = None,
    change_mean: str | None = None,
    change_sd: str | None = None,
    t_paired: str | None = None,
    p_paired: str | None = None,
    most: int = MOST,
    seconds: float = SECONDS,
    progress: Progress | None = None,
) -> RecoveredPairs:
    """All before × after tables behind two margins and whatever else is printed (all as text).

    What may be printed of the changes is described in `ChangeFacts`.

    Args:
        most: tables listed at most.
        seconds: the longest that the search may take; `progress` is told the share done meanwhile.

    Returns:
        `RecoveredPairs`; `.count` 0 means that the printed numbers contradict each other.

    Raises:
        NotApplicable: the two margins have different n or different scales, text is no number, or so much
            is left open that nothing was found in time.
    """
    _same_people(before, after)
    facts = ChangeFacts(
        improved, worsened, unchanged, mean_rank_positive, mean_rank_negative, rank_sum_positive, rank_sum_negative,
        z_wilcoxon, p_wilcoxon, change_mean, change_sd, t_paired, p_paired, r,
    )  # fmt: skip
    budget = Budget(seconds, progress)
    rows, columns = before.distributions(seconds / 4), after.distributions(seconds / 4)
    search = _Search(rows, columns, facts, most, budget)
    search.go()
    if not search.sources and not search.whole:
        raise NotApplicable("too-many", n=str(before.n), levels=len(rows.levels))
    return search.result()


def _same_people(before: Margin, after: Margin) -> None:
    if str(before.n) != str(after.n):
        raise NotApplicable("unequal-n", before=str(before.n), after=str(after.n))
    if (str(before.low), str(before.high), before.step) != (str(after.low), str(after.high), after.step):
        raise NotApplicable("unequal-scales")


class _Search:
    """One pair of margins after the other, until all are done or the time is up."""

    def __init__(self, rows: Recovered, columns: Recovered, facts: ChangeFacts, most: int, budget: Budget) -> None:
        self.rows, self.columns, self.facts, self.most, self.budget = rows, columns, facts, most, budget
        self.scores = np.array(rows.levels)
        self.whole = rows.complete and columns.complete
        self.sources: list[_Source] = []
        self.tables: list[np.ndarray] = []
        self.listed = 0
        self.used: set[bytes] = set()

    def go(self) -> None:
        changes = self._changes() if self.facts.anything else None
        margins = len(self.rows.tables) * len(self.columns.tables)
        for done, (before, after) in enumerate(self._margins(margins)):
            try:
                self.budget.at(done / margins)
                self._between(before, after, changes)
            except Unfinished:  # of these margins, or the time is up
                self.whole = False
                if self.budget.spent:
                    return

    def _margins(self, count: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Every pair of margins, in an order that comes from everywhere early on."""
        stride = next((s for s in range(round(count * 0.618), count) if math.gcd(s, count) == 1), 1)
        for place in range(count):
            row, column = divmod(place * stride % count, len(self.columns.tables))
            yield self.rows.tables[row], self.columns.tables[column]

    def _changes(self) -> dict[int, Movers]:
        """Change distributions that fit, by their total change in steps."""
        steps = np.arange(len(self.scores))
        totals = {
            int(b - a) for a in np.unique(self.rows.tables @ steps) for b in np.unique(self.columns.tables @ steps)
        }
        n = int(self.rows.tables[0].sum()) if len(self.rows.tables) else 0
        if not len(self.rows.tables) or not len(self.columns.tables):
            return {}
        rows, columns = self.rows.tables.max(axis=0), self.columns.tables.max(axis=0)
        rise, fall = _most_moves(rows, columns)
        found, whole = change_distributions(self.facts, n, self._gap, rise, fall, totals, self.budget.part(0.5))
        self.whole &= whole
        total = found @ np.arange(1 - len(steps), len(steps))
        return {int(t): self._placed(found[total == t], rows, columns) for t in np.unique(total)}

    def _placed(self, changes: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> Movers:
        """The far movers placed once for all margins; of too many changes, only an even choice."""
        try:
            return far_movers(changes, rows, columns, self.budget.part(SHARE))
        except Unfinished:
            (few,) = thinned(FEW, changes)
            return replace(far_movers(few, rows, columns, ENDLESS), whole=False)

    @property
    def _gap(self) -> float:
        return float(self.scores[1] - self.scores[0]) if len(self.scores) > 1 else 1.0

    def _between(self, before: np.ndarray, after: np.ndarray, changes: dict[int, Movers] | None) -> None:
        if changes is None:
            self._keep(_Source(before, after, None), any_tables(before, after, self.budget))
        elif movers := changes.get(int((after - before) @ np.arange(len(before)))):
            allowed = _correlation_fits(movers.changes, before, after, self.scores, self._gap, printed(self.facts.r))
            found = behind(before, after, movers, allowed)
            self.whole &= found.whole
            self._keep(_Source(before, after, movers.changes[allowed]), found)

    def _keep(self, source: _Source, found: Behind | Any) -> None:
        if not found.count:
            return
        self.sources.append(replace(source, count=found.count))
        tables = found.listed(self.most - self.listed)
        self.tables.append(tables)
        self.listed += len(tables)
        distinct = found.changes if isinstance(found, Behind) else np.unique(change_counts(tables), axis=0)
        self.used |= {change.astype(np.int16).tobytes() for change in distinct}

    def result(self) -> RecoveredPairs:
        width = len(self.scores)
        tables = np.concatenate([np.zeros((0, width, width), np.int16), *self.tables])
        order = np.lexsort(tables.reshape(len(tables), width * width).T[::-1])  # the same on every machine
        at_least = sum(source.count for source in self.sources)
        changes = np.array([np.frombuffer(c, np.int16) for c in sorted(self.used)]).reshape(-1, 2 * width - 1)
        complete, count = self.whole and at_least == len(tables), at_least if self.whole else None
        known = complete or (self.whole and self.facts.anything)
        return RecoveredPairs(
            tuple(self.rows.levels), tables[order], complete, count, at_least, changes.astype(int), known,
            tuple(self.sources),
        )  # fmt: skip


def _most_moves(rows: np.ndarray, columns: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """People at most per rise and per fall of 1, 2, … steps: so many start, and end, where it is possible."""
    steps = range(1, len(rows))
    rise = [min(rows[: len(rows) - d].sum(), columns[d:].sum()) for d in steps]
    fall = [min(rows[d:].sum(), columns[: len(rows) - d].sum()) for d in steps]
    return np.array(rise, dtype=int), np.array(fall, dtype=int)


def change_counts(tables: np.ndarray) -> np.ndarray:
    """People per change in steps: shape (k, 2·levels − 1), from the largest fall to the largest rise."""
    width = tables.shape[1]
    steps = [np.trace(tables, offset, axis1=1, axis2=2) for offset in range(1 - width, width)]
    return np.stack(steps, axis=1)


def _correlation_fits(changes, before, after, scores, gap: float, r: Printed | None) -> np.ndarray:
    """The correlation follows from both margins and the sum of squared changes."""
    if r is None:
        return np.ones(len(changes), dtype=bool)
    n, steps = before.sum(), gap * np.arange(1 - len(scores), len(scores))
    squares = [margin @ scores**2 for margin in (before, after)]
    sums = [margin @ scores for margin in (before, after)]
    products = (squares[0] + squares[1] - changes @ steps**2) / 2 - sums[0] * sums[1] / n
    spread = math.prod(square - total**2 / n for square, total in zip(squares, sums, strict=True))
    if spread <= 0:
        return np.zeros(len(changes), dtype=bool)
    return lies_in(products / math.sqrt(spread), r)
