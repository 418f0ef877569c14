"""Fisher's exact test of two groups by any number of answers (Freeman & Halton 1951), without listing the tables.

Answers join one by one. How many people of the first group they hold, and how likely a table is that far, is
all that later answers need to know, so equal ones are counted together (Mehta & Patel 1983,
doi:10.1080/01621459.1983.10477989). The answers are divided into two parts that meet at the end: each part
stays about as small as the root of the whole.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from analysis.methods import budget
from analysis.results import NotApplicable

SAME_CHANCE = 1e-7  # tables this close are equally likely; R's fisher.test uses the same tolerance
SAME_WAYS = 1e9  # logarithms are told apart to a billionth
STATE = 1e-6  # seconds to make one and to sort it


@dataclass(frozen=True)
class _Part:
    """Some answers of `people`: what they may look like, sorted by people taken and ways.

    `taken`: people of the first group among them; `ways`: logarithm of the ways to choose these; `chance` of
    this among all choices of so many. All of shape (k,).
    """

    people: int
    taken: np.ndarray
    ways: np.ndarray
    chance: np.ndarray


def freeman_halton(counts: np.ndarray) -> float:
    """Total probability of the tables no likelier than this one, both margins held; `counts` of shape (2, answers).

    Raises:
        NotApplicable: there are too many different tables to go through.
    """
    columns, taken = counts.sum(axis=0), int(counts[0].sum())
    one, other = _halves(columns, taken)
    seen = _log_choose(columns, counts[0]).sum() + np.log1p(SAME_CHANCE)
    whole, total = _log_choose(one.people + other.people, taken), 0.0
    for of_one, start, end in _runs(one):
        rows = slice(*np.searchsorted(other.taken, (taken - of_one, taken - of_one + 1)))
        below = np.append(0.0, other.chance[rows].cumsum())
        no_likelier = np.searchsorted(other.ways[rows], seen - one.ways[start:end], side="right")
        share = _log_choose(one.people, of_one) + _log_choose(other.people, taken - of_one) - whole
        total += np.exp(share) * float(one.chance[start:end] @ below[no_likelier])
    return min(1.0, float(total))


def _halves(columns: np.ndarray, taken: int) -> tuple[_Part, _Part]:
    """Two parts that hold all answers, the smaller one growing next."""
    single = int((columns == 1).sum())  # each of these was given by one person: they are all alike
    parts = [_singles(single), _singles(0)]
    others, made, most = int(columns.sum()) - taken, 0, budget.most(STATE)
    for column in np.sort(columns[columns > 1])[::-1].tolist():
        smaller = min((0, 1), key=lambda place: len(parts[place].taken))
        made += len(parts[smaller].taken) * (column + 1)
        if budget.over(made, STATE):
            raise NotApplicable("too-many-tables", answers=len(columns), n=int(columns.sum()), most=most)
        parts[smaller] = _joined(parts[smaller], column, taken, others)
    return parts[0], parts[1]


def _singles(people: int) -> _Part:
    return _Part(people, np.arange(people + 1), np.zeros(people + 1), np.ones(people + 1))


def _joined(part: _Part, column: int, most_taken: int, most_left: int) -> _Part:
    """The part with one more answer, given by `column` people; what can't become a whole table is left away."""
    here = np.arange(column + 1)
    taken, ways = part.taken[:, None] + here, part.ways[:, None] + _log_choose(column, here)
    people = part.people + column
    log_chance = _log_choose(column, here) + _log_choose(part.people, part.taken)[:, None] - _log_choose(people, taken)
    fits = (taken <= most_taken) & (people - taken <= most_left)
    return _merged(people, taken[fits], ways[fits], (part.chance[:, None] * np.exp(log_chance))[fits])


def _merged(people: int, taken: np.ndarray, ways: np.ndarray, chance: np.ndarray) -> _Part:
    """Equal states counted together."""
    rounded = np.rint(ways * SAME_WAYS).astype(np.int64)
    order = np.lexsort((rounded, taken))
    taken, rounded = taken[order], rounded[order]
    new = np.append(True, (np.diff(taken) != 0) | (np.diff(rounded) != 0))
    first = np.flatnonzero(new)
    return _Part(people, taken[first], ways[order][first], np.add.reduceat(chance[order], first))


def _runs(part: _Part) -> list[tuple[int, int, int]]:
    """Each number of people taken, with the first and the last row that has it."""
    first = np.flatnonzero(np.append(True, np.diff(part.taken) != 0))
    ends = np.append(first[1:], len(part.taken))
    return list(zip(part.taken[first].tolist(), first.tolist(), ends.tolist(), strict=True))


def _log_choose(n: np.ndarray | int, k: np.ndarray | int) -> np.ndarray:
    return special.gammaln(np.add(n, 1)) - special.gammaln(np.add(k, 1)) - special.gammaln(np.subtract(n, k) + 1)
