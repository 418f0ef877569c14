"""What printed percentages leave open: which totals can print them, which cross-tables lie behind them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import product

import numpy as np

from analysis.recover.limits import number_of_people
from analysis.recover.pairs import Margin, RecoveredPairs, pairs
from analysis.recover.printed import counts_for, printed, required
from analysis.results import NotApplicable

LARGEST = 200  # studies of this field rarely have more people; the caller may ask for more


def denominators(percents: Iterable[str], smallest: int = 1, largest: int = LARGEST) -> tuple[int, ...]:
    """All numbers of people that can print every one of these percentages ("96", "70.6"), in order.

    Raises:
        NotApplicable: a percentage is no number.
    """
    texts = [text for text in (str(one).rstrip("% ") for one in percents) if printed(text) is not None]
    return tuple(n for n in range(smallest, largest + 1) if all(counts_behind(text, n) for text in texts))


def counts_behind(percent: str, n: int) -> range:
    """All numbers of people out of `n` that print as `percent`."""
    return counts_for(required(str(percent).rstrip("% ")), n)


def two_by_two(
    n: int | str, before: str, after: str, *, gained: str | None = None, lost: str | None = None
) -> RecoveredPairs:
    """All before × after tables of a yes/no answer behind two printed percentages of the same `n` people.

    `gained` (from no to yes) and `lost` may be printed too. Levels are 0 (no) and 1 (yes).

    Raises:
        NotApplicable: no whole number of people prints as one of the percentages.
    """
    people = number_of_people(n)
    first, second = counts_behind(before, people), counts_behind(after, people)
    if not first or not second:
        raise NotApplicable("impossible-share", percent=before if not first else after, n=people)
    found = [_behind(people, a, b, gained, lost) for a, b in product(first, second)]
    count = sum(one.at_least for one in found)
    return replace(
        found[0], tables=np.concatenate([one.tables for one in found]), count=count, at_least=count,
        changes=np.unique(np.concatenate([one.changes for one in found]), axis=0),
        _sources=tuple(source for one in found for source in one._sources),
    )  # fmt: skip


def _behind(n: int, yes_before: int, yes_after: int, gained: str | None, lost: str | None) -> RecoveredPairs:
    margins = [Margin(n, 0, 1, counts={1: yes, 0: n - yes}) for yes in (yes_before, yes_after)]
    return pairs(*margins, improved=gained, worsened=lost)
