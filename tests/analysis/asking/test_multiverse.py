"""Every defensible test on one question: which stand there, with what p, and how many of those lie below 0.05."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.asking import Question, attempt, before_after, multiverse, reproductions
from analysis.methods import METHODS, run
from tests.analysis.asked import runs, uploaded

OTHER_ANSWERS = ("equivalence", "bayes")  # headings whose tests have no p of a difference
SAME_NUMBER = 1e-12


@pytest.fixture(scope="module")
def massage(serpong):
    return before_after(serpong, "milk-score", "massage", ("before", "after"))


@pytest.fixture(scope="module")
def shapes(asked) -> list[Question]:
    """One question for each combination of what can differ between them: who is compared, in what, by which tests."""
    found = {}
    for question in asked:
        found.setdefault((question.kind, question.measure.scale, len(question.timepoints), *runs(question)), question)
    return list(found.values())


def test_each_variant_of_a_test_that_runs_stands_there_once(shapes):
    for question in shapes:
        if found := multiverse(question):
            rows = [(row.method, tuple(row.options.items())) for row in found.rows]
            assert len(rows) == len(set(rows)) > 1
            for key in {row.method for row in found.rows}:
                ran = [options for options in METHODS[key].variants if attempt(question, key, **options).outcome]
                assert [row.options for row in found.rows if row.method == key] == ran
            assert {method for method, _ in rows} <= set(runs(question))


def test_a_test_is_left_out_only_where_it_answers_something_else(shapes):
    reasons = set()
    for question in shapes:
        if found := multiverse(question):
            for key in set(runs(question)) - {row.method for row in found.rows}:
                reasons.add(reason := _why_left_out(question, key))
                assert reason, (question, key)
    assert reasons == {
        "no p of a difference",
        "more than two groups",
        "blind to order",
        "the same as the t test of changes",
    }


def _why_left_out(question, key: str) -> str:
    method = METHODS[key]
    if method.heading in OTHER_ANSWERS:
        return "no p of a difference"
    if method.design == "many-groups":
        return "more than two groups"
    if question.measure.scale != "binary" and method.heading == "counts":
        return "blind to order"
    if method.design != "groups-before-after" or len(question.timepoints) != 2:
        return ""
    samples = question.samples()
    same = run("independent-t", *samples["groups"]).p == pytest.approx(
        run(key, *samples[method.design]).p, abs=SAME_NUMBER
    )
    return "the same as the t test of changes" if same else ""


def test_its_p_are_those_of_the_tests_run_alone(massage):
    before, after = massage.samples()["paired"]
    for row in multiverse(massage).rows:
        assert row.outcome.p == run(row.method, before, after, **row.options).p


def test_it_counts_what_lies_below_5_percent_and_names_what_was_printed(massage):
    found = multiverse(massage)
    ps = [row.outcome.p for row in found.rows if row.outcome.p is not None]
    assert (found.below, found.with_p) == (sum(p < 0.05 for p in ps), len(ps))
    assert 0 < found.below < found.with_p  # on the main study the conclusion does depend on the test
    assert found.printed
    assert set(found.printed) == {one.claim.p for one in reproductions(massage)} - {None}


def test_of_yes_no_answers_the_tables_stand_there(serpong):
    _, between_groups = uploaded(serpong, "binary", 2)
    after = replace(between_groups, quantity="after")
    assert {"fisher", "boschloo", "chi-square"} <= {row.method for row in multiverse(after).rows}


def test_three_timepoints_keep_the_mixed_anova(serpong):
    """From three times on its interaction says more than the t test of changes."""
    _, between_groups = uploaded(serpong, "continuous", 3)
    assert "mixed-anova" in {row.method for row in multiverse(between_groups).rows}
    _, between_two = uploaded(serpong, "continuous", 2)
    assert "mixed-anova" not in {row.method for row in multiverse(between_two).rows}


def test_one_test_is_no_multiverse(asked):
    alone = [
        question for question in asked if len(runs(question)) == 1 and len(METHODS[runs(question)[0]].variants) == 1
    ]
    assert alone
    assert all(multiverse(question) is None for question in alone)
