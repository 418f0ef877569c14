"""Rules about what a study claims: is the comparison that it concludes from printed at all?"""

from __future__ import annotations

import re
from collections.abc import Iterable

from analysis.checks.verdicts import NO_CHECK, consistent, inconsistent
from analysis.recover import Printed
from analysis.results import Verdict

NUMBER_AND_UNIT = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\d\s;,]+)")


def test_named_twice(abstract: Iterable[str], methods: Iterable[str]) -> Verdict:
    """Do two parts of a paper (its abstract and its methods) name the same tests?"""
    first, second = sorted(set(abstract)), sorted(set(methods))
    if not first or not second or set(first) == set(second):
        return consistent("test-named-twice.agrees")
    return inconsistent("test-named-twice.differs", first=", ".join(first), second=", ".join(second))


def within_instead_of_between(concludes_between: bool, tests_between: int, tests_within: int) -> Verdict:
    """Does a between-arm conclusion rest on a between-arm test? (Bland & Altman 2011, doi:10.1186/1745-6215-12-264)

    Comparing "significant here, not there" is no comparison of the arms.
    """
    if concludes_between and not tests_between:
        return inconsistent("within-instead.no-test", within=tests_within)
    return consistent("within-instead.tested", between=tests_between)


def claim_without_figure(figures: int, p_values: int) -> Verdict:
    """Is anything at all printed of the outcome that a conclusion speaks of?"""
    if figures or p_values:
        return consistent("claim-without-figure.printed", figures=figures)
    return inconsistent("claim-without-figure.nothing")


def dose_confounded(dose_a: str, dose_b: str) -> Verdict:
    """Do two arms that differ in kind differ in amount too, so that the two can't be told apart?"""
    first, second = NUMBER_AND_UNIT.search(dose_a), NUMBER_AND_UNIT.search(dose_b)
    if not first or not second or first.groups() == second.groups():
        return consistent("dose-confounded.alike", a=dose_a, b=dose_b)
    return inconsistent("dose-confounded.differ", a=dose_a, b=dose_b)


def duplicate_study(figures: Iterable[tuple[str, ...]], other: Iterable[tuple[str, ...]], least: int = 4) -> Verdict:
    """Do two folders hold the same printed figures (at least `least` of them)?"""
    first, second = set(figures), set(other)
    if len(first) >= least and first == second:
        return inconsistent("duplicate-study.same", count=len(first))
    return consistent("duplicate-study.differ")


def printed_twice(values: tuple[str, ...]) -> Verdict:
    """Do all places that print the same number print the same number, as far as rounding allows?"""
    numbers = [Printed(text) for text in values]
    if max(n.low for n in numbers) <= min(n.high for n in numbers):
        return consistent("printed-twice.agree", values=", ".join(dict.fromkeys(values)))
    return inconsistent("printed-twice.differ", values=", ".join(dict.fromkeys(values)))


RULES = {
    "places-differ": (printed_twice,),
    "statistics": (within_instead_of_between,),
    NO_CHECK: (
        test_named_twice,
        claim_without_figure,
        dose_confounded,
        duplicate_study,
    ),
}
