"""Statistical tests. `METHODS` is the registry: one entry per test, in the order menus show them."""

from __future__ import annotations

from typing import Any

from analysis.methods import (
    bayes,
    bootstrap,
    counts,
    equivalence,
    groups,
    paired,
    permutation,
    repeated,
    robust,
    summaries,
)
from analysis.methods.method import Method
from analysis.results import NotApplicable, Outcome

FAMILIES = (
    paired,
    groups,
    counts,
    repeated,
    summaries,
    permutation,
    robust,
    bootstrap,
    equivalence,
    bayes,
)
METHODS: dict[str, Method] = {method.id: method for family in FAMILIES for method in family.METHODS}


def run(method_id: str, *samples: Any, **options: Any) -> Outcome:
    """Run one test: `run("paired-t", before, after)`, `run("mann-whitney", a, b, exact=False)`.

    The contrast is second minus first of a pair (after − before) and first minus second group (a − b).

    Raises:
        NotApplicable: the id is unknown, or the samples can't answer the question (with the reason).
    """
    if method_id not in METHODS:
        raise NotApplicable("unknown-method", method=method_id, known=", ".join(METHODS))
    return METHODS[method_id].run(*samples, **options)


__all__ = ["METHODS", "Method", "run"]
