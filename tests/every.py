"""Many small cases as one test, which tries each and fails with all that fail, by name.

pytest spends some milliseconds on a test of its own: where a case takes less, thousands of them cost minutes.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

import pytest


def every(names: str | tuple[str, ...], cases: Iterable, ids: Callable[[Any], str] = str) -> Callable:
    """Like `pytest.mark.parametrize` with one test for all cases, which can stand above one another, too.

    Fixtures are made once for all cases. What `pytest.mark.parametrize` skips in silence is an error here: no cases.

    Raises:
        ValueError: there are no cases.
    """
    cases = list(cases)
    if not cases:
        raise ValueError(f"nothing to try: no {names}")

    def decorated(test: Callable) -> Callable:
        @wraps(test)
        def swept(**fixtures: object) -> None:
            failed = []
            for case in cases:
                given = {names: case} if isinstance(names, str) else dict(zip(names, case, strict=True))
                try:
                    test(**given, **fixtures)
                except (Exception, pytest.fail.Exception) as error:
                    error.add_note(f"in the case: {ids(case)}")
                    failed.append(error)
            if failed:
                raise BaseExceptionGroup(f"{len(failed)} of {len(cases)} cases", failed)

        asked = inspect.signature(test)
        own = [names] if isinstance(names, str) else names
        swept.__signature__ = asked.replace(parameters=[asked.parameters[n] for n in asked.parameters if n not in own])
        return swept

    return decorated
