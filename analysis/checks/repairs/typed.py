"""Repairs of numbers typed in by hand: one sample's n, mean, SD, median and scale."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from analysis.checks.repairs.repair import COSTS, MOST, MOST_CELLS, MOST_ITEMS, WHOLE_DIGIT, Repair, ranked
from analysis.checks.repairs.slips import MISSING_PEOPLE, Slip, missing_people, other_formulas, plain, slips
from analysis.checks.typed_one_sample import Typed, items_of, verdicts
from analysis.recover import Budget, distributions, number_of_people, required
from analysis.results import NotApplicable, remembered

SECONDS = 0.7  # for counting the sets of all suggestions together
EACH = 0.2  # for counting the sets of one
RULES_SECONDS = 0.3  # for the rules, tried before anything is counted
FEW, WIDE = 6, 100  # so few people over so wide a spread are tried out one by one, longer than a reader waits


@dataclass(frozen=True)
class _Reading:
    """What was typed, changed by one slip, and how its scores are to be read."""

    slip: Slip
    field: str
    typed: Typed
    ddof: int = 1

    @property
    def items(self) -> int:
        return items_of(self.typed)


@remembered(256)
def repairs_of(typed: Typed, most: int = MOST) -> tuple[Repair, ...]:
    """The small changes after which what was typed fits; empty where it fits already or nothing helps.

    Only one number changes at a time. Where the scale is known, sets of whole scores are counted on it.
    For up to six people with an SD above 100 nothing is suggested.

    Raises:
        NotApplicable: text is no number, or n is no number of people.
    """
    typed = Typed(**{one.name: plain(getattr(typed, one.name)) for one in fields(Typed)})
    if _too_wide(typed) or not _contradicts(typed):
        return ()
    return tuple(ranked(_found(typed))[:most])


def _too_wide(typed: Typed) -> bool:
    few = bool(typed.n and typed.sd) and number_of_people(typed.n) <= FEW
    return few and required(typed.sd).value > WIDE


def _contradicts(typed: Typed) -> bool:
    if any(verdict.status == "inconsistent" for _, verdict in verdicts(typed)):
        return True
    return _sets(_Reading(Slip("", "", 0), "", typed), Budget(SECONDS)) == (0, False)


def _found(typed: Typed) -> Iterator[Repair]:
    items_found, budget = False, Budget(SECONDS)
    for reading in _allowed_ones(typed):
        if reading.field == "items" and items_found:
            continue
        sets, at_least = _sets(reading, budget)
        if sets == 0:
            continue
        items_found |= reading.field == "items"
        slip, printed = reading.slip, getattr(typed, reading.field) or "1"
        yield Repair(slip.kind, reading.field, printed, slip.text, slip.cost, sets, at_least)


def _allowed_ones(typed: Typed) -> list[_Reading]:
    """The readings that no rule speaks against, the smallest change first."""
    readings, budget = sorted(_readings(typed), key=lambda reading: reading.slip.cost), Budget(RULES_SECONDS)
    return [reading for reading in readings if not budget.spent and _allowed(reading)]


def _readings(typed: Typed) -> Iterator[_Reading]:
    """Everything that may have been meant, one change at a time."""
    for name in ("mean", "sd", "median"):
        for slip in slips(getattr(typed, name)):
            yield _Reading(slip, name, replace(typed, **{name: slip.text}))
    if not typed.n:
        return
    for slip in (*missing_people(typed.n), *_digits_of_n(typed.n)):
        yield _Reading(slip, "n", replace(typed, n=slip.text))
    if typed.sd and typed.mean and number_of_people(typed.n) > 1:
        for slip, ddof in other_formulas(typed.mean, typed.sd, typed.n):
            yield _Reading(slip, "sd", typed, ddof=ddof)
    for items in range(2, MOST_ITEMS + 1) if typed.mean and not typed.items else ():
        yield _Reading(Slip("items", str(items), COSTS["items"]), "items", replace(typed, items=str(items)))


def _digits_of_n(n: str) -> Iterator[Slip]:
    near = {str(number_of_people(n) + sign * people) for people in MISSING_PEOPLE for sign in (-1, 1)}
    return (replace(slip, cost=WHOLE_DIGIT) for slip in slips(n) if slip.text not in near)


def _allowed(reading: _Reading) -> bool:
    """The quick rules, before sets are counted."""
    try:
        found = verdicts(reading.typed, reading.ddof)
        return all(verdict.status != "inconsistent" for _, verdict in found)
    except NotApplicable:
        return False


def _sets(reading: _Reading, budget: Budget) -> tuple[int | None, bool]:
    """How many sets fit and whether that is a lower bound only; None where they can't be counted in time."""
    t = reading.typed
    if budget.spent or not t.can_be_counted:
        return None, False
    levels = (required(t.high).value - required(t.low).value) * reading.items + 1
    if number_of_people(t.n) * levels > MOST_CELLS:
        return None, False
    try:
        found = distributions(
            t.n, t.mean or None, t.sd or None, t.low, t.high, median=t.median or None,
            items=reading.items, ddof=reading.ddof, most=1, seconds=EACH,
        )  # fmt: skip
    except NotApplicable:
        return None, False
    if found.count is None:
        return found.at_least or None, bool(found.at_least)
    return found.count, False
