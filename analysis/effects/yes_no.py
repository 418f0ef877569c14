"""Effects between two groups from counts of people with an event (a "yes"), first group against second.

Where one of the four cells is 0, ½ is added to each of the four, and a note says so.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from analysis.effects.making import effect, people, written
from analysis.recover.limits import number_of_people
from analysis.results import Effect, NotApplicable, Note, Status

SOURCE = "Borenstein et al. 2009, Introduction to Meta-Analysis, ch. 5; ½ added: Haldane 1956"
CELLS = "a, b with and without the event in the first group, c, d in the second"


@dataclass(frozen=True)
class Cells:
    """The four cells with which an effect is computed, and what was done to them."""

    a: float
    b: float
    c: float
    d: float
    notes: tuple[Note, ...]


def cells(events_a: int | str, n_a: int | str, events_b: int | str, n_b: int | str) -> Cells:
    """The four cells; ½ added to each where one is 0.

    Raises:
        NotApplicable: a number is not whole, a group is empty, or more people have the event than there are.
    """
    four: list[float] = []
    for events, n in ((events_a, n_a), (events_b, n_b)):
        size, count = people(n, 1), number_of_people(events, 0)
        if count > size:
            raise NotApplicable("events-out-of-range", events=count, n=size)
        four += [count, size - count]
    if all(four):
        return Cells(*four, notes=())
    return Cells(*(cell + 0.5 for cell in four), notes=(Note("half-added"),))


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
        NotApplicable: see `cells`.

    Borenstein et al. 2009, ch. 5; equal to metafor's escalc("OR", add = 1/2, to = "only0").
    """
    four = cells(events_a, n_a, events_b, n_b)
    a, b, c, d = (written(cell) for cell in (four.a, four.b, four.c, four.d))
    return effect(
        "log_odds_ratio",
        math.log(four.a * four.d / (four.b * four.c)),
        1 / four.a + 1 / four.b + 1 / four.c + 1 / four.d,
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

    Args and Raises as `log_odds_ratio`. Equal to metafor's escalc("RR", add = 1/2, to = "only0").
    """
    four = cells(events_a, n_a, events_b, n_b)
    n_1, n_2 = four.a + four.b, four.c + four.d
    return effect(
        "log_risk_ratio",
        math.log(four.a / n_1) - math.log(four.c / n_2),
        1 / four.a - 1 / n_1 + 1 / four.c - 1 / n_2,
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
    """Difference of shares, −1 to 1.

    Args and Raises as `log_odds_ratio`. Equal to metafor's escalc("RD", add = 1/2, to = "only0").
    """
    four = cells(events_a, n_a, events_b, n_b)
    n_1, n_2 = four.a + four.b, four.c + four.d
    p_1, p_2 = four.a / n_1, four.c / n_2
    return effect(
        "risk_difference",
        p_1 - p_2,
        p_1 * (1 - p_1) / n_1 + p_2 * (1 - p_2) / n_2,
        formula=f"difference = a / (a + b) − c / (c + d), {CELLS}",
        substituted=f"difference = {written(four.a)} / {written(n_1)} − {written(four.c)} / {written(n_2)}",
        variance_formula="variance = a·b/(a + b)³ + c·d/(c + d)³",
        source=SOURCE,
        status=status,
        confidence=confidence,
        notes=four.notes,
    )
