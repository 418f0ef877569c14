"""The registry of tests, in the order menus show them, and the way in: `run`."""

from __future__ import annotations

from typing import Any

from analysis.methods import (
    bayes,
    bootstrap,
    comparisons,
    counts,
    equivalence,
    groups,
    longitudinal_ranks,
    many,
    models,
    paired,
    permutation,
    repeated,
    robust,
    square_tables,
    summaries,
)
from analysis.methods.agreement import beside_p
from analysis.methods.given import look
from analysis.methods.method import Method
from analysis.results import NotApplicable, Outcome

FAMILIES = (
    paired,
    groups,
    counts,
    square_tables,
    robust,
    permutation,
    bootstrap,
    equivalence,
    bayes,
    many,
    comparisons,
    repeated,
    models,
    longitudinal_ranks,
    summaries,
)
METHODS: dict[str, Method] = {method.id: method for family in FAMILIES for method in family.METHODS}


def run(method_id: str, *samples: Any, **options: Any) -> Outcome:
    """Run one test: `run("paired-t", before, after)`, `run("mann-whitney", a, b, exact=False)`.

    The contrast is second minus first of a pair (after − before) and first minus second group (a − b); a
    comparison of one pair of several groups names its samples by place ("1 − 3"). Intervals leave out what p speaks
    against, or a note says why they don't.

    Raises:
        NotApplicable: the id is unknown, the samples or options aren't what the test wants, or they can't answer the
            question (with the reason).
    """
    if method_id not in METHODS:
        raise NotApplicable("unknown-method", method=method_id, known=", ".join(METHODS))
    look(METHODS[method_id], samples, options)
    return beside_p(METHODS[method_id].run(*samples, **options))
