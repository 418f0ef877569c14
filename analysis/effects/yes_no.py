"""Effects between two groups from counts of people with an event (a "yes"), first group against second.

Ratios need events and people without one: where one of the four cells is 0, ½ is added to each of the four, and a
note says so; where neither group has an event (or everybody has), counts say nothing of a ratio. A difference of
shares needs no ½.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from analysis.effects.making import effect, normal_quantile, people, shown, written
from analysis.methods import newcombe
from analysis.recover import number_of_people
from analysis.results import Effect, NotApplicable, Note, Status

BORENSTEIN = "Borenstein et al. 2009, Introduction to Meta-Analysis, ch. 5"
SOURCE = f"{BORENSTEIN}; ½ added: Haldane 1956"
SCORE = "Newcombe 1998, Statistics in Medicine 17:873, method 10"
CELLS = "a, b with and without the event in the first group, c, d in the second"
Parts = tuple[float, float]


@dataclass(frozen=True)
class Cells:
    """The four cells with which an effect is computed, and what was done to them."""

    a: float
    b: float
    c: float
    d: float
    notes: tuple[Note, ...] = ()

    @property
    def sizes(self) -> tuple[float, float]:
        return self.a + self.b, self.c + self.d


def counted(events_a: int | str, n_a: int | str, events_b: int | str, n_b: int | str) -> Cells:
    """The four cells as counted.

    Raises:
        NotApplicable: a number is not whole, a group is empty, or more people have the event than there are.
    """
    return Cells(*_with_and_without(events_a, n_a), *_with_and_without(events_b, n_b))


def _with_and_without(events: int | str, n: int | str) -> tuple[int, int]:
    size, count = people(n, 1), number_of_people(events, 0)
    if count > size:
        raise NotApplicable("events-out-of-range", events=count, n=size)
    return count, size - count


def for_a_ratio(cells: Cells) -> Cells:
    """The cells with ½ added to each where one is 0.

    Raises:
        NotApplicable: neither group has an event, or everybody has; then counts say nothing of a ratio
            (Cochrane Handbook 6.5, section 10.4.4.2; metafor's drop00).
    """
    if cells.a == cells.c == 0:
        raise NotApplicable("no-events")
    if cells.b == cells.d == 0:
        raise NotApplicable("only-events")
    if cells.a and cells.b and cells.c and cells.d:
        return cells
    return Cells(cells.a + 0.5, cells.b + 0.5, cells.c + 0.5, cells.d + 0.5, (Note("half-added"),))


def parts_of_variance(kind: str, cells: Cells) -> Parts:
    """What each group adds to the variance of an effect of these cells."""
    n_1, n_2 = cells.sizes
    if kind == "log_odds_ratio":
        return 1 / cells.a + 1 / cells.b, 1 / cells.c + 1 / cells.d
    if kind == "log_risk_ratio":
        return 1 / cells.a - 1 / n_1, 1 / cells.c - 1 / n_2
    return cells.a * cells.b / n_1**3, cells.c * cells.d / n_2**3


def log_odds_ratio(
    events_a: int | str,
    n_a: int | str,
    events_b: int | str,
    n_b: int | str,
    *,
    confidence: float = 0.95,
    status: Status = "derived",
) -> Effect:
    """Natural logarithm of the odds ratio.

    Args:
        events_a, events_b: people with the event; n_a, n_b: people per group.

    Raises:
        NotApplicable: see `counted` and `for_a_ratio`.

    Borenstein et al. 2009, ch. 5; equal to metafor's escalc("OR", add = 1/2, to = "only0", drop00 = TRUE).
    """
    four = for_a_ratio(counted(events_a, n_a, events_b, n_b))
    a, b, c, d = (written(cell) for cell in (four.a, four.b, four.c, four.d))
    return effect(
        "log_odds_ratio",
        math.log(four.a * four.d / (four.b * four.c)),
        sum(parts_of_variance("log_odds_ratio", four)),
        formula=f"ln OR = ln((a·d) / (b·c)), {CELLS}",
        substituted=f"ln OR = ln(({a} · {d}) / ({b} · {c}))",
        variance_formula="variance = 1/a + 1/b + 1/c + 1/d",
        source=SOURCE,
        status=status,
        confidence=confidence,
        notes=four.notes,
    )


def log_risk_ratio(
    events_a: int | str,
    n_a: int | str,
    events_b: int | str,
    n_b: int | str,
    *,
    confidence: float = 0.95,
    status: Status = "derived",
) -> Effect:
    """Natural logarithm of the ratio of shares.

    Args and Raises as `log_odds_ratio`. Equal to metafor's escalc("RR", add = 1/2, to = "only0", drop00 = TRUE).
    """
    four = for_a_ratio(counted(events_a, n_a, events_b, n_b))
    n_1, n_2 = four.sizes
    return effect(
        "log_risk_ratio",
        math.log(four.a / n_1) - math.log(four.c / n_2),
        sum(parts_of_variance("log_risk_ratio", four)),
        formula=f"ln RR = ln((a / (a + b)) / (c / (c + d))), {CELLS}",
        substituted=f"ln RR = ln(({written(four.a)} / {written(n_1)}) / ({written(four.c)} / {written(n_2)}))",
        variance_formula="variance = 1/a − 1/(a + b) + 1/c − 1/(c + d)",
        source=SOURCE,
        status=status,
        confidence=confidence,
        notes=four.notes,
    )


def risk_difference(
    events_a: int | str,
    n_a: int | str,
    events_b: int | str,
    n_b: int | str,
    *,
    confidence: float = 0.95,
    status: Status = "derived",
) -> Effect:
    """Difference of shares, −1 to 1; nothing is added to any cell.

    Where nobody of a group has the event or everybody has, and so in the other, the usual variance is 0, as if
    nothing were uncertain; then the variance is that of an interval which holds Newcombe's, and a note says so.

    Args as `log_odds_ratio`.

    Raises:
        NotApplicable: see `counted`.

    Equal to metafor's escalc("RD", add = 0) but for the variance that is 0 there.
    """
    four = counted(events_a, n_a, events_b, n_b)
    n_1, n_2 = four.sizes
    difference = four.a / n_1 - four.c / n_2
    made = effect(
        "risk_difference",
        difference,
        sum(parts_of_variance("risk_difference", four)),
        formula=f"difference = a / (a + b) − c / (c + d), {CELLS}",
        substituted=f"difference = {written(four.a)} / {written(n_1)} − {written(four.c)} / {written(n_2)}",
        variance_formula="variance = a·b/(a + b)³ + c·d/(c + d)³",
        source=BORENSTEIN,
        status=status,
        confidence=confidence,
    )
    return made if made.variance else _as_wide_as_newcombe(made, four, confidence)


def _as_wide_as_newcombe(made: Effect, four: Cells, confidence: float) -> Effect:
    """A difference of shares without the usual variance, with that of the longer side of its score interval."""
    n_1, n_2 = four.sizes
    low, high = newcombe((int(four.a), int(four.c)), (int(n_1), int(n_2)), confidence)
    z, side = normal_quantile(confidence), max(made.value - low, high - made.value)
    wide = effect(
        made.kind,
        made.value,
        (side / z) ** 2,
        formula=made.formula,
        substituted="",
        variance_formula=f"variance = ({shown(side)} / {z:.2f})², the longer side of Newcombe's interval",
        source=f"{BORENSTEIN}; variance {SCORE}",
        status=made.status,
        confidence=confidence,
        notes=(Note("variance-of-score"),),
    )
    return replace(wide, substituted=made.substituted)
