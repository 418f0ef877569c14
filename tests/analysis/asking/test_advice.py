"""Which test fits: constructed questions, every question of every study, and what may never decide."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analysis.asking import Question, advice, agreement_line, before_after, between, fit_line
from analysis.methods import METHODS
from analysis.studies import ArmPeople
from analysis.words import LANGUAGES, say_in

FITTING = Path(__file__).parents[3] / "analysis" / "asking" / "fitting.py"
TWO, THREE = ("before", "after"), ("before", "middle", "after")
RNG = np.random.default_rng(20261122)
SCALES = {"ordinal": (1, 5), "three": (1, 3), "binary": (0, 1), "continuous": (None, None)}


def measured(study, scale: str):
    """The study with one outcome of this scale; "three" is an ordinal scale of three scores."""
    low, high = SCALES[scale]
    known = "ordinal" if scale == "three" else scale
    return replace(
        study, outcomes={"milk-score": replace(study.outcomes["milk-score"], scale=known, low=low, high=high)}
    )


def people(*sets: np.ndarray) -> ArmPeople:
    """An arm with one or more data sets of shape (n, timepoints)."""
    return ArmPeople("moringa", TWO if sets[0].shape[1] == 2 else THREE, np.array(sets, dtype=float), False)


def one_group(study, scale: str, *sets) -> Question:
    rows = [np.asarray(one, dtype=float) for one in sets]
    times = TWO if rows[0].shape[1] == 2 else THREE
    found = people(*rows)
    return before_after(measured(study, scale), "milk-score", "moringa", times, people=found, status="uploaded")


def two_groups(study, scale: str, a, b, quantity: str = "after") -> Question:
    x, y = (np.asarray(rows, dtype=float) for rows in (a, b))
    if x.ndim == 1:  # measured after only: everybody began alike
        x, y = (np.column_stack([np.full_like(values, values.min()), values]) for values in (x, y))
    times, arms = TWO if x.shape[1] == 2 else THREE, ("moringa", "massage")
    both = (people(x), people(y))
    return between(measured(study, scale), "milk-score", arms, times, quantity, people=both, status="uploaded")


def normal(n: int, columns: int = 2, mean: float = 0.0) -> np.ndarray:
    return np.round(RNG.normal(10 + mean, 2, (n, columns)) + np.linspace(0, 1, columns), 1)


def scores(counts: dict[int, int]) -> np.ndarray:
    return np.repeat(list(counts), list(counts.values())).astype(float)


def pairs(*rows: tuple[int, int, int]) -> np.ndarray:
    """Rows of (before, after, people)."""
    return np.array([(before, after) for before, after, count in rows for _ in range(count)], dtype=float)


def far(values: np.ndarray) -> np.ndarray:
    moved = values.copy()
    moved[0, -1] += 60
    return moved


TIED = pairs((3, 4, 6), (3, 3, 6), (2, 4, 3), (4, 3, 2))
CEILING = pairs((3, 5, 8), (3, 4, 5), (4, 4, 2), (4, 3, 2))
FEW = pairs((1, 2, 4), (2, 2, 9), (3, 2, 1))
ALL_ONE_STEP = pairs((3, 4, 8), (2, 3, 4))
ANSWERS = pairs((0, 1, 9), (1, 0, 2), (1, 1, 6), (0, 0, 5))
THREE_ANSWERS = np.column_stack([np.repeat([0, 1], [8, 4]), np.repeat([0, 1], [6, 6]), np.repeat([0, 1], [3, 9])])
WITH_GAPS = normal(14, 3)
WITH_GAPS[0, 1] = np.nan

WITHIN = {
    "scores with ties": ("ordinal", TIED, "wilcoxon", "wilcoxon", "paired-t", "paired-t-scores"),
    "scores at the ceiling": ("ordinal", CEILING, "wilcoxon", "wilcoxon", "sign", "sign-ends"),
    "three scores, few changed": ("three", FEW, "wilcoxon", "wilcoxon-few", "sign", "sign-levels"),
    "all by one step": ("ordinal", ALL_ONE_STEP, "wilcoxon", "wilcoxon", "sign", "sign"),
    "values": ("continuous", normal(20), "paired-t", "paired-t", "wilcoxon", "order"),
    "few values": ("continuous", normal(8), "permutation-paired", "permutation-paired", "paired-t", "paired-t-plain"),
    "a value far out": ("continuous", far(normal(20)), "wilcoxon", "order-far", "paired-t", "paired-t-plain"),
    "answers": ("binary", ANSWERS, "mcnemar", "mcnemar-mid-p", "mcnemar", "mcnemar-exact"),
    "values, three times": ("continuous", normal(12, 3), "rm-anova", "rm-anova", "friedman", "friedman"),
    "scores, three times": (
        "ordinal", np.clip(np.round(normal(12, 3) / 3), 1, 5), "friedman", "friedman", "rm-anova", "rm-anova",
    ),
    "answers, three times": ("binary", THREE_ANSWERS, "cochran-q", "cochran-q", "mcnemar", "mcnemar-mid-p"),
}  # fmt: skip

NARROW, WIDE = scores({2: 1, 3: 10, 4: 1}), scores({1: 4, 2: 3, 4: 3, 5: 4})
BETWEEN = {
    "few answers": (
        "binary", scores({1: 7, 0: 2}), scores({1: 2, 0: 7}), "after", "boschloo", "boschloo", "fisher", "fisher",
    ),
    "many answers": (
        "binary", scores({1: 20, 0: 9}), scores({1: 9, 0: 22}), "after",
        "chi-square", "chi-square", "fisher", "fisher",
    ),
    "changed answers": (
        "binary", ANSWERS, pairs((0, 1, 2), (1, 0, 3), (0, 0, 9)), "change",
        "mann-whitney", "mann-whitney-answers", "brunner-munzel", "brunner-munzel-answers",
    ),
    "unlike spreads": (
        "ordinal", NARROW, WIDE, "after", "brunner-munzel", "brunner-munzel-spread", "mann-whitney", "mann-whitney",
    ),
    "scores": (
        "ordinal", scores({2: 5, 3: 5, 4: 2}), scores({2: 2, 3: 5, 4: 6}), "after",
        "mann-whitney", "mann-whitney", "welch-t", "welch-scores",
    ),
    "three scores": (
        "three", scores({1: 5, 2: 5, 3: 2}), scores({1: 2, 2: 5, 3: 6}), "after",
        "mann-whitney", "mann-whitney", "brunner-munzel", "brunner-munzel",
    ),
    "three scores, few mothers": (
        "three", scores({1: 3, 2: 2, 3: 1}), scores({1: 1, 2: 2, 3: 4}), "after",
        "mann-whitney", "mann-whitney", "permutation", "permutation-scores",
    ),
    "values": (
        "continuous", normal(20)[:, 1], normal(18)[:, 1], "after", "welch-t", "welch", "mann-whitney", "order-groups",
    ),
    "few values": (
        "continuous", normal(6)[:, 1], normal(5)[:, 1], "after", "permutation", "permutation", "welch-t", "welch-plain",
    ),
    "a value far out": (
        "continuous", far(normal(12))[:, 1], normal(12)[:, 1], "after",
        "mann-whitney", "order-groups-far", "welch-t", "welch-plain",
    ),
    "three times": (
        "continuous", normal(12, 3), normal(14, 3, 1.0), "change",
        "mixed-anova", "mixed-anova", "mixed-model", "mixed-model",
    ),
    "three times with gaps": (
        "continuous", WITH_GAPS, normal(14, 3, 1.0), "change",
        "mixed-model", "mixed-model", "mixed-anova", "mixed-anova",
    ),
    "adjusted values": (
        "continuous", normal(12), normal(14, 2, 1.0), "adjusted", "ancova", "ancova", "welch-t", "change-values",
    ),
    "adjusted scores": ("ordinal", TIED, CEILING, "adjusted", "ancova", "ancova", "mann-whitney", "change-scores"),
}  # fmt: skip


def constructed(study, name: str) -> Question:
    if name.startswith("within: "):
        scale, rows, *_ = WITHIN[name.removeprefix("within: ")]
        return one_group(study, scale, rows)
    scale, a, b, quantity, *_ = BETWEEN[name]
    return two_groups(study, scale, a, b, quantity)


ALL = [*(f"within: {name}" for name in WITHIN), *BETWEEN]


def expected(name: str) -> tuple[str, ...]:
    return WITHIN[name.removeprefix("within: ")][2:] if name.startswith("within: ") else BETWEEN[name][4:]


def chosen_by(found) -> tuple[str, ...]:
    return tuple(part for fit in (found.best, found.runner_up) for part in (fit.method, fit.reason.key))


def summarised(serpong, kind: str) -> Question:
    """Printed means, SDs and n only."""
    if kind == "between":
        question = between(serpong, "milk-score", ("moringa", "massage"), TWO, "after")
        return replace(question, people=(None, None))
    question = before_after(serpong, "milk-score", "moringa", TWO, r=0.5)
    return replace(question, people=(None,))


# -- constructed questions -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ALL)
def test_the_tests_that_fit(serpong, name):
    found = advice(constructed(serpong, name))
    assert chosen_by(found) == expected(name)
    assert found.missing is None


@pytest.mark.parametrize("name", ALL)
def test_both_run_differ_and_say_why_in_both_languages(serpong, name):
    found = advice(constructed(serpong, name))
    one, other = found.best, found.runner_up
    assert (one.method, one.options, one.quantity) != (other.method, other.options, other.quantity)
    for fit in (one, other):
        assert fit.attempt.outcome is not None and fit.attempt.outcome.p is not None
        for say in map(say_in, LANGUAGES):
            line = fit_line(fit, say)
            assert "{" not in line and "advice." not in line and any(mark.isdigit() for mark in line)
            assert agreement_line(found, say).endswith(".") and "advice." not in agreement_line(found, say)


def test_summaries_are_tested_where_no_mother_is_known(serpong, say):
    found = advice(summarised(serpong, "between"))
    assert chosen_by(found) == ("independent-t-summary", "welch-summary", "independent-t-summary", "student-summary")
    assert fit_line(found.best, say).startswith(
        "Independent t from printed means (Welch): only means, SDs (0.47 and 0.64)"
    )
    alone = advice(summarised(serpong, "within"))
    assert (alone.best.reason.key, alone.runner_up, alone.agree) == ("paired-summary", None, None)
    assert agreement_line(alone, say) == "No second test fits what is there."


def test_every_reason_is_given_by_some_question_here(serpong):
    calls = [node for node in ast.walk(ast.parse(FITTING.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    written = {call.args[0].value for call in calls if getattr(call.func, "id", "") == "Note"}
    given = {key for name in ALL for key in expected(name)[1::2]}
    given |= {"paired-summary", "welch-summary", "student-summary"}
    assert written == given


def test_the_numbers_that_decided_stand_in_the_reason(serpong, say):
    few = advice(constructed(serpong, "within: three scores, few changed"))
    assert "only 5 of 14 mothers changed, so no p below 0.0625" in fit_line(few.best, say)
    assert "0,0625" in fit_line(few.best, say_in("id"))
    counts = advice(constructed(serpong, "few answers"))
    assert "smallest expected count is 4.50, below 5" in fit_line(counts.best, say)
    spread = advice(constructed(serpong, "unlike spreads"))
    assert "12 and 14 mothers" in fit_line(spread.best, say)


def test_smallest_expected_count_is_that_of_scipy(serpong):
    from scipy.stats.contingency import expected_freq

    told = advice(constructed(serpong, "many answers")).best.reason.values["expected"]
    assert told == pytest.approx(expected_freq([[20, 9], [9, 22]]).min())


# -- what agrees ---------------------------------------------------------------------------------------------------


def test_massage_of_serpong_hangs_on_the_test_chosen(serpong, say):
    found = advice(before_after(serpong, "milk-score", "massage", TWO))
    assert (found.best.attempt.outcome.p, found.agree) == (0.0625, False)
    assert found.runner_up.attempt.outcome.p < 0.05
    assert "different sides of 0.05" in agreement_line(found, say)


def test_where_a_conclusion_hangs_on_what_is_not_printed_nothing_is_said_to_agree(serpong, say):
    risen, mixed = pairs((2, 3, 8), (2, 4, 2), (3, 2, 1)), pairs((2, 3, 5), (2, 4, 2), (3, 2, 4))
    question = one_group(serpong, "ordinal", risen, mixed)
    found = advice(question)
    assert (found.best.significant, found.agree) == (None, None)
    assert "depends on numbers not printed" in agreement_line(found, say)
    assert advice(question, 1).best.attempt.outcome.p > advice(question, 0).best.attempt.outcome.p


def test_a_test_that_fits_and_cannot_run_is_kept_with_its_reason(serpong):
    found = advice(constructed(serpong, "within: all by one step"))
    assert [(one.method, one.reason.key) for one in found.passed_over] == [("paired-t", "no-spread")]


def test_nobody_changing_leaves_no_test(serpong, say):
    found = advice(one_group(serpong, "ordinal", pairs((3, 3, 9))))
    assert (found.best, found.runner_up, found.agree) == (None, None, None)
    assert agreement_line(found, say).startswith("No test can be run: this ")


# -- what may and may not decide -----------------------------------------------------------------------------------


def test_no_test_of_normality_is_asked():
    text = FITTING.read_text(encoding="utf-8").lower()
    assert not [
        name for name in ("shapiro", "normaltest", "anderson", "lilliefors", "kstest", "levene") if name in text
    ]


@pytest.mark.parametrize("name", list(BETWEEN))
def test_swapping_the_groups_leaves_the_advice_alone(serpong, name):
    scale, a, b, quantity, *_ = BETWEEN[name]
    one, other = advice(two_groups(serpong, scale, a, b, quantity)), advice(two_groups(serpong, scale, b, a, quantity))
    assert chosen_by(one) == chosen_by(other) and one.agree == other.agree


@pytest.mark.parametrize("name", [name for name, case in WITHIN.items() if case[0] == "continuous"])
def test_another_unit_leaves_the_advice_alone(serpong, name):
    rows = WITHIN[name][1]
    one, other = (advice(one_group(serpong, "continuous", values)) for values in (rows, 8 * rows + 64))
    assert chosen_by(one) == chosen_by(other)


# -- every study ---------------------------------------------------------------------------------------------------


def test_every_question_of_every_study_gets_advice_or_hears_what_is_missing(studies):
    advised = 0
    for study in studies.values():
        times, arms = tuple(study.timepoints), tuple(study.arms)
        for outcome in study.outcomes:
            questions = [before_after(study, outcome, arm, times) for arm in arms]
            if len(arms) > 1:
                questions += [
                    between(study, outcome, arms[:2], times, what) for what in ("change", "after", "adjusted")
                ]
            for found in map(advice, questions):
                assert (found.best is None) == (found.missing is not None)
                advised += found.best is not None and found.runner_up is not None
                assert all(fit is None or fit.method in METHODS for fit in (found.best, found.runner_up))
                for say in map(say_in, LANGUAGES):
                    assert not {"{", "reason.", "advice."} & set(agreement_line(found, say).split())
    assert advised >= 7


@pytest.mark.parametrize(
    ("study_id", "outcome", "arm", "reason"),
    [
        ("cassava-pekanbaru", "prolactin", "cassava", "needs-sd"),
        ("zakaria-2016", "milk-volume", "moringa", "needs-n"),
        ("aritonang", "milk-volume", "intervention", "needs-paired-people"),
        ("education-rosita", "understood", "session", "needs-paired-people"),
    ],
)
def test_the_missing_number_is_named(studies, study_id, outcome, arm, reason):
    study = studies[study_id]
    assert advice(before_after(study, outcome, arm, tuple(study.timepoints))).missing.key == reason


def test_advice_is_made_once_per_question(serpong):
    question = before_after(serpong, "milk-score", "moringa", TWO)
    assert advice(question) is advice(question)
