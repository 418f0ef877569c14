"""Many cases as one test: each is tried, whatever failed before it, and each that fails is named."""

from __future__ import annotations

import inspect

import pytest

from tests.every import every


def failed(test, **fixtures) -> list[str]:
    """Notes of all cases that failed, those of tests above one another joined."""
    with pytest.raises(BaseExceptionGroup) as caught:
        test(**fixtures)
    return sorted(_named(caught.value))


def _named(error: BaseException, above: str = "") -> list[str]:
    said = " ".join(filter(None, (above, *getattr(error, "__notes__", ()))))
    inside = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    return [name for one in inside for name in _named(one, said)] if inside else [said]


def test_every_case_is_tried_and_every_failure_named():
    seen = []

    @every("number", range(5), ids=lambda number: f"number {number}")
    def odd(number):
        seen.append(number)
        assert number % 2

    assert failed(odd) == ["in the case: number 0", "in the case: number 2", "in the case: number 4"]
    assert seen == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("raised", [ValueError("x"), pytest.fail.Exception("x"), AssertionError("x")])
def test_an_error_of_any_kind_is_a_failure_and_hides_no_other(raised):
    @every(("a", "b"), [(1, 2), (3, 4)])
    def wrong(a, b):
        raise raised if a == 1 else KeyError(b)

    with pytest.raises(BaseExceptionGroup) as caught:
        wrong()
    assert [type(one) for one in caught.value.exceptions] == [type(raised), KeyError]


def test_cases_above_one_another_are_all_tried_and_fixtures_are_passed_on():
    @every("a", "xy")
    @every("b", "zw")
    def named(a, b, fixture):
        assert a + b in fixture

    assert list(inspect.signature(named).parameters) == ["fixture"]
    named(fixture=("xz", "xw", "yz", "yw"))
    assert failed(named, fixture=("xz", "yw")) == ["in the case: x in the case: w", "in the case: y in the case: z"]


def test_no_cases_are_no_test():
    with pytest.raises(ValueError, match="nothing to try"):
        every("study", [])
