"""Change distributions: how many people changed by how many steps, and which of them print as given.

Mean ranks, rank sums, Z and p of Wilcoxon's test, mean and SD of change, the paired t and its p are all
functions of that distribution alone, so they are tested on it before any before × after table is built.
A change distribution counts people per change in steps, from the largest fall to the largest rise.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np
from scipy import stats

from analysis.methods import compositions, ways
from analysis.recover.budget import Budget
from analysis.recover.limits import whole
from analysis.recover.printed import Printed, p_reach, printed

MOST_PLACED = 4_000_000  # numbers in one list of rises or falls (32 MB); a longer one could not be looked through
AT_ONCE = 400_000  # change distributions looked at together
LARGEST_FACTOR = 2**28  # products with larger numbers may not fit into 64 bits
DUST = 1e-9  # rounding of sums of floats; far below any printed digit


@dataclass(frozen=True)
class ChangeFacts:
    """What a study may print of the changes of its people, as text; None where it doesn't.

    Improved means a higher score after. Mean ranks and rank sums are those of rises and falls, zeros left
    out (Wilcoxon's own way, as SPSS prints them); `z_wilcoxon` and `p_wilcoxon` are the tie-corrected
    normal approximation, two-sided; Z and t are compared without their signs, which depend on the order
    of subtraction.
    """

    improved: str | int | None = None
    worsened: str | int | None = None
    unchanged: str | int | None = None
    mean_rank_positive: str | None = None
    mean_rank_negative: str | None = None
    rank_sum_positive: str | None = None
    rank_sum_negative: str | None = None
    z_wilcoxon: str | None = None
    p_wilcoxon: str | None = None
    change_mean: str | None = None
    change_sd: str | None = None
    t_paired: str | None = None
    p_paired: str | None = None
    r: str | None = None

    @property
    def anything(self) -> bool:
        """True when at least one of them is printed."""
        return any(getattr(self, field.name) not in (None, "") for field in fields(self))

    def number(self, name: str) -> int | None:
        """A printed number of people."""
        value = getattr(self, name)
        return None if value in (None, "") else whole(value)

    def fit(self, changes: np.ndarray, gap: float) -> np.ndarray:
        """Which change distributions (k, 2·levels − 1) print as given; `gap` is the size of a step.

        The correlation is not looked at: it needs the margins too.
        """
        keep = np.ones(len(changes), dtype=bool)
        for test in (self._counts_fit, self._ranks_fit, self._moments_fit):
            keep[keep] = test(changes[keep], gap)
        return keep

    def _counts_fit(self, changes, gap):
        middle = changes.shape[1] // 2
        counted = {
            "improved": changes[:, middle + 1 :].sum(axis=1),
            "worsened": changes[:, :middle].sum(axis=1),
            "unchanged": changes[:, middle],
        }
        keep = np.ones(len(changes), dtype=bool)
        for name, people in counted.items():
            if (wanted := self.number(name)) is not None:
                keep &= people == wanted
        return keep

    def _ranks_fit(self, changes, gap):
        keep = np.ones(len(changes), dtype=bool)
        texts = (self.mean_rank_positive, self.mean_rank_negative, self.rank_sum_positive, self.rank_sum_negative)
        if not any(text not in (None, "") for text in (*texts, self.z_wilcoxon, self.p_wilcoxon)):
            return keep
        middle = changes.shape[1] // 2
        falls, rises = changes[:, :middle][:, ::-1], changes[:, middle + 1 :]
        tied = falls + rises
        doubled_rank = 2 * (tied.cumsum(axis=1) - tied) + tied + 1  # twice the mean rank of each tied group
        sides = [((people * doubled_rank).sum(axis=1), people.sum(axis=1)) for people in (rises, falls)]
        for (doubled_sum, people), mean, total in zip(sides, texts[:2], texts[2:], strict=True):
            if (number := printed(mean)) is not None:
                keep &= _between(doubled_sum, 2 * people, number) & ((people > 0) | (number.value == 0))
            if (number := printed(total)) is not None:
                keep &= _between(doubled_sum, np.full_like(people, 2), number)
        return keep & self._normal_fits(sides[0][0] / 2, tied)

    def _normal_fits(self, rank_sum, tied):
        """Z and p of the tie-corrected normal approximation, without its sign."""
        m = tied.sum(axis=1)
        variance = m * (m + 1) * (2 * m + 1) / 24 - (tied**3 - tied).sum(axis=1) / 48
        with np.errstate(divide="ignore", invalid="ignore"):
            z = np.nan_to_num(np.abs(rank_sum - m * (m + 1) / 4) / np.sqrt(variance))
        return _size_fits(z, self.z_wilcoxon) & _p_fits(2 * stats.norm.sf(z), self.p_wilcoxon)

    def _moments_fit(self, changes, gap):
        middle, n = changes.shape[1] // 2, changes.sum(axis=1)
        step = gap * np.arange(-middle, middle + 1)
        mean = changes @ step / np.maximum(n, 1)
        sd = np.sqrt(np.maximum(changes @ step**2 - n * mean**2, 0) / np.maximum(n - 1, 1))
        keep = lies_in(mean, printed(self.change_mean)) & lies_in(sd, printed(self.change_sd))
        if self.t_paired in (None, "") and not self.p_paired:
            return keep
        with np.errstate(divide="ignore", invalid="ignore"):
            t = np.abs(mean) / (sd / np.sqrt(n))
        there = np.isfinite(t)
        t = np.where(there, t, 0.0)
        tail = 2 * stats.t.sf(t, np.maximum(n - 1, 1))
        return keep & there & _size_fits(t, self.t_paired) & _p_fits(tail, self.p_paired)


def _between(numerator, denominator, number: Printed) -> np.ndarray:
    """Exact: low ≤ numerator / denominator ≤ high, in whole numbers."""
    low, high = number.low, number.high
    if max(abs(low.numerator), abs(high.numerator), low.denominator, high.denominator) > LARGEST_FACTOR:
        numerator, denominator = numerator.astype(object), denominator.astype(object)
    above = numerator * low.denominator >= denominator * low.numerator
    return above & (numerator * high.denominator <= denominator * high.numerator)


def lies_in(values: np.ndarray, number: Printed | None) -> np.ndarray:
    """Which values may be the printed number; all of them where none is printed."""
    if number is None:
        return np.ones(len(values), dtype=bool)
    return (values >= float(number.low) - DUST) & (values <= float(number.high) + DUST)


def _size_fits(values, text: str | None) -> np.ndarray:
    """Values without a sign against a printed number with or without one."""
    return lies_in(values, printed(str(text).strip().lstrip("-−")) if text not in (None, "") else None)


def _p_fits(values, text: str | None) -> np.ndarray:
    if not text:
        return np.ones(len(values), dtype=bool)
    low, high = p_reach(text)
    return (values >= low - DUST) & (values <= high + DUST)


def change_distributions(
    facts: ChangeFacts,
    n: int,
    gap: float,
    most_rises: np.ndarray,
    most_falls: np.ndarray,
    totals: set[int],
    budget: Budget,
) -> tuple[np.ndarray, bool]:
    """All change distributions of `n` people that fit, shape (k, 2·levels − 1), and whether that is all of them.

    Args:
        most_rises, most_falls: people at most per rise or fall of 1, 2, … steps, as the margins allow.
        totals: sums of all changes, in steps, that the margins allow.
    """
    found, whole = [np.zeros((0, 2 * len(most_rises) + 1), dtype=int)], True
    for rises, falls in _rises_and_falls(facts, n, most_rises, most_falls):
        if budget.spent:
            return np.concatenate(found), False
        if rises is None or falls is None:
            whole = False
            continue
        steps = np.arange(1, len(most_rises) + 1)
        rise, fall = np.repeat(rises @ steps, len(falls)), np.tile(falls @ steps, len(rises))
        at = np.flatnonzero(np.isin(rise - fall, list(totals)))
        up, down = rises[at // len(falls)], falls[at % len(falls)]
        changes = np.column_stack([down[:, ::-1], n - up.sum(axis=1) - down.sum(axis=1), up])
        found.append(changes[facts.fit(changes, gap)])
    return np.concatenate(found), whole


def _rises_and_falls(
    facts: ChangeFacts, n: int, most_rises, most_falls
) -> Iterator[tuple[np.ndarray | None, np.ndarray | None]]:
    """Every number of rises with every number of falls that fits, in pieces of bearable size, None for too many."""
    for rising, falling in _numbers_moving(facts, n):
        rises, falls = _placed(rising, most_rises), _placed(falling, most_falls)
        if rises is None or falls is None:
            yield None, None
        elif len(falls):
            room = math.ceil(AT_ONCE / len(falls))
            for start in range(0, len(rises), room):
                yield rises[start : start + room], falls


def _placed(people: int, most: np.ndarray) -> np.ndarray | None:
    """All ways to place so many movers on the steps, None where listing them would take too much memory."""
    at_most = tuple(int(v) for v in np.minimum(most, people))
    return compositions(people, at_most) if ways(people, at_most) * len(at_most) <= MOST_PLACED else None


def _numbers_moving(facts: ChangeFacts, n: int) -> list[tuple[int, int]]:
    """People rising and falling, in an order that comes from everywhere early on: time may be short."""
    up, down, same = (facts.number(name) for name in ("improved", "worsened", "unchanged"))
    pairs = [
        (rising, falling)
        for rising in (range(n + 1) if up is None else [up])
        for falling in (range(n + 1) if down is None else [down])
        if rising + falling <= n and (same is None or rising + falling == n - same)
    ]
    random.Random(0).shuffle(pairs)
    return pairs
