"""Simulated errors: every test has its own, they can be found again, and a screen says what stands out."""

from __future__ import annotations

import csv
import math
from dataclasses import replace

import numpy as np
import pytest

from analysis import METHODS
from analysis.asking import before_after, between, methods_for
from analysis.asking.validity import (
    RESULTS,
    SHAPES,
    SIZES,
    ErrorRate,
    known_error,
    on_two_values,
    shapes_of,
    validity_note,
    variant_of,
)
from analysis.words import LANGUAGES, say_in
from tests import simulate
from tests.simulate_table import TABLE, table

with RESULTS.open(encoding="utf-8", newline="") as file:
    ROWS = {(row["method"], row["variant"], row["shape"], int(row["n"])): row for row in csv.DictReader(file)}
FAR = 4.5  # standard errors; some of 900 shares lie 3 away by chance
WITHOUT_P = {f"{name}{paired}" for name in ("bayes-t", "bootstrap", "hodges-lehmann") for paired in ("", "-paired")}
WITHOUT_P |= {"kappa"}
EXACT = ("wilcoxon exact=true", "mann-whitney exact=true", "mcnemar exact=true")
EXACT += ("sign", "fisher", "boschloo", "permutation-paired", "permutation statistic=mean")
EXACT += ("permutation statistic=median",)


def answered(row) -> int:
    return int(row["repetitions"]) - int(row["refused"])


def chance(share: float, *people: int) -> float:
    """Monte-Carlo standard error of a share, or of the difference of two."""
    return math.sqrt(max(share * (1 - share), 0.001) * sum(1 / n for n in people))


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_every_test_was_simulated(method):
    variants = [variant_of(method, **options) for options in method.variants]
    wanted = {(method.id, v, shape, n) for v in variants for shape in shapes_of(method) for n in SIZES}
    assert wanted <= ROWS.keys(), f"run: make simulate METHOD={method.id}"
    for key in wanted:
        assert bool(ROWS[key]["error"]) == (method.id not in WITHOUT_P and answered(ROWS[key]) > 0), key


def test_nothing_is_kept_of_tests_that_are_gone():
    assert {method for method, *_ in ROWS} <= set(METHODS)


def test_the_page_for_readers_shows_these_results():
    made_with = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("Last run")]
    assert [line for line in table(list(ROWS.values())).splitlines() if not line.startswith("Last run")] == made_with


def test_samples_are_shaped_as_the_page_says():
    rng = np.random.default_rng(1)
    tied, ordinal = (simulate.people(rng, shape, 20_000, 2) for shape in ("tied", "ordinal"))
    assert 0.65 < (tied[:, 0] == tied[:, 1]).mean() < 0.75 and len(np.unique(ordinal)) == 5
    for method in (METHODS["wilcoxon"], METHODS["mann-whitney"]):
        assert on_two_values(method, tuple(tied.T)) > 0.8 and on_two_values(method, tuple(ordinal.T)) < 0.65
    assert np.corrcoef(simulate.people(rng, "normal", 20_000, 2).T)[0, 1] == pytest.approx(0.5, abs=0.02)
    assert simulate.people(rng, "yes-fifth", 20_000, 1).mean() == pytest.approx(0.2, abs=0.015)


@pytest.mark.parametrize(
    ("method_id", "options", "shape", "n"),
    [
        ("wilcoxon", {"exact": True}, "tied", 14),
        ("mann-whitney", {"exact": False}, "ordinal", 8),
        ("paired-t", {}, "skewed", 8),
        ("mcnemar", {"mid_p": True}, "yes-half", 30),
        ("kruskal", {}, "skewed", 17),
        ("fisher", {}, "yes-fifth", 17),
        ("welch-t", {}, "normal-shifted", 8),
    ],
)
def test_other_samples_give_what_is_kept(method_id, options, shape, n):
    again = simulate.simulate_cell(METHODS[method_id], options, shape, n, 400, seed=7)
    seen = ROWS[method_id, again["variant"], shape, n]
    assert again["refused"] / 400 == pytest.approx(
        int(seen["refused"]) / int(seen["repetitions"]), abs=FAR * chance(0.5, 400)
    )
    for column, count in (("error", answered(seen)), ("coverage", int(seen["intervals"]))):
        if seen[column]:
            share = float(seen[column])
            assert float(again[column]) == pytest.approx(share, abs=FAR * chance(share, count, 400 - again["refused"]))


def test_the_same_seed_gives_the_same_row():
    one, other = (simulate.simulate_cell(METHODS["sign"], {}, "tied", 8, 50) for _ in range(2))
    assert one == other and one["refused"] > 0


@pytest.mark.parametrize("name", EXACT)
def test_exact_tests_never_err_more_often_than_they_say(name):
    """A theorem: every relabelling is equally likely, so p ≤ 0.05 in at most 5 % of samples."""
    rows = [row for row in ROWS.values() if f"{row['method']} {row['variant']}".rstrip() == name and row["error"]]
    assert rows
    for row in rows:
        assert float(row["error"]) <= simulate.ALPHA + FAR * chance(0.05, answered(row)), row


@pytest.mark.parametrize("name", ["paired-t", "independent-t", "anova", "paired-t-summary", "ancova"])
def test_tests_made_for_normal_data_keep_their_promise_there(name):
    """A theorem too: in normal data t and F are exact, and so are their intervals."""
    for n in SIZES:
        row = ROWS[name, "", "normal", n]
        assert float(row["error"]) == pytest.approx(0.05, abs=FAR * chance(0.05, answered(row)))
        if row["coverage"]:
            assert float(row["coverage"]) == pytest.approx(0.95, abs=FAR * chance(0.05, int(row["intervals"])))


def level_reached(chances: np.ndarray) -> float:
    """The largest two-sided error not above 0.05 that a symmetric count can have."""
    return max((2 * tail for tail in np.cumsum(chances) if 2 * tail <= 0.05), default=0.0)


@pytest.mark.parametrize("n", SIZES)
def test_untied_counts_err_as_often_as_arithmetic_says(n):
    signs = [math.comb(n, up) / 2**n for up in range(n + 1)]
    ranks = np.ones(1)
    for rank in range(1, n + 1):
        ranks = np.convolve(ranks, np.eye(1, rank + 1).ravel() + np.eye(1, rank + 1, rank).ravel()) / 2
    for key, chances in ((("sign", ""), signs), (("wilcoxon", "exact=true"), ranks)):
        for shape in ("normal", "skewed"):
            row = ROWS[*key, shape, n]
            wanted = level_reached(np.array(chances))
            assert float(row["error"]) == pytest.approx(wanted, abs=FAR * chance(wanted, answered(row)))


# -- the nearest cell --------------------------------------------------------------------------------------------------


def test_the_nearest_number_of_people_answers_for_those_near_it():
    assert known_error("wilcoxon", 16, "tied").n == 17 and known_error("wilcoxon", 40, "tied").n == 30
    assert known_error("wilcoxon", 5, "tied") is None and known_error("wilcoxon", 46, "tied") is None
    assert known_error("bootstrap", 17, "tied") is None and known_error("wilcoxon", 17, "no such shape") is None


def test_options_choose_their_variant():
    for options, variant in (({}, "exact=true"), ({"exact": False}, "exact=false"), ({"mid_p": True}, "mid_p=true")):
        assert variant_of(METHODS["mcnemar"], **options) == variant
        row = ROWS["mcnemar", variant, "yes-half", 30]
        assert known_error("mcnemar", 30, "yes-half", **options).error == float(row["error"])
    assert variant_of(METHODS["tost"], margin=1.0) == ""


@pytest.mark.parametrize(
    ("low", "high", "side"), [(0.061, 0.08, 1), (0.055, 0.09, 0), (0.03, 0.05, 0), (0.01, 0.039, -1)]
)
def test_only_what_is_clearly_outside_stands_out(low, high, side):
    assert np.sign(ErrorRate(0.05, low, high, 17, "tied", 4000).beyond) == side
    assert ErrorRate(0.05, low, high, 17, "tied", 199).beyond == 0


# -- the note ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def questions(serpong):
    times = ("before", "after")
    within = before_after(serpong, "milk-score", "moringa", times)
    arms = ("moringa", "massage")
    return [within, *(between(serpong, "milk-score", arms, times, what) for what in ("after", "change", "adjusted"))]


def kept_verdicts(method, n: int, shapes, options) -> set[str]:
    """liberal or conservative, read straight from the file."""
    size = min(SIZES, key=lambda size: abs(size - n))
    rows = [ROWS[method.id, variant_of(method, **options), shape, size] for shape in shapes]
    rows = [row for row in rows if row["error"] and answered(row) >= 200]
    said = {"liberal" for row in rows if float(row["error_low"]) > 0.06}
    return said | {"conservative" for row in rows if float(row["error_high"]) < 0.04}


@pytest.mark.parametrize("scale", ["ordinal", "continuous"])
def test_notes_appear_exactly_where_the_results_say_so(questions, scale):
    seen = 0
    for question in questions:
        asked = replace(question, measure=replace(question.measure, scale=scale))
        for method in (METHODS[key] for key in methods_for(asked.kind) if scale in METHODS[key].scales):
            samples = asked.samples().get(method.design)
            if samples is None or method.design == "many-groups" or method.id == "mixed-anova":
                assert validity_note(asked, method.id) is None
                continue
            summarised = method.design.endswith("-summary")
            n = min(triple[2] for triple in samples) if summarised else min(map(len, samples))
            tied = not summarised and on_two_values(method, samples) > 0.75
            shapes = SHAPES[scale] if scale == "continuous" else ("tied" if tied else "ordinal",)
            for options in method.variants:
                note = validity_note(asked, method.id, **options)
                said = {note.key} if note else set()
                assert said <= kept_verdicts(method, n, shapes, options)
                assert bool(said) == bool(kept_verdicts(method, n, shapes, options)), (method.id, options)
                seen += bool(note)
    assert seen or scale == "continuous"  # few tests err where there are no ties


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_note_can_be_said_in_full(questions, language):
    say = say_in(language)
    notes = [validity_note(question, key) for question in questions for key in METHODS]
    for note in filter(None, notes):
        said = say.note(note, "validity")
        assert "{" not in said and "simulated." not in said and "validity." not in said
        assert say.printed(note.values["error"]) in said
