"""Answers that the same people gave twice: printed examples, statsmodels, and what the tests must keep."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from statsmodels.stats.contingency_tables import SquareTable

from analysis import NotApplicable, run
from analysis.words import LANGUAGES, say_in

PRINTED_2_DIGITS = 0.005
# Vision of 7,477 women, right by left eye: Stuart 1953, again in Stuart 1955 and in Agresti's books.
EYES = np.array([[1520, 266, 124, 66], [234, 1512, 432, 78], [117, 362, 1772, 205], [36, 82, 179, 492]])
# Diagnoses of 118 slides by two pathologists: Landis & Koch 1977; Agresti prints κ = 0.493 (SE 0.057).
SLIDES = np.array([[22, 2, 2, 0], [5, 7, 14, 0], [0, 2, 36, 0], [0, 1, 17, 10]])


def people(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    first, second = np.indices(counts.shape)
    return np.repeat(first.ravel(), counts.ravel()), np.repeat(second.ravel(), counts.ravel())


def test_vision_of_both_eyes_as_printed():
    """Stuart 1955: χ² = 11.96 with 3 df; Bowker's symmetry of the same table, 19.11 with 6 (Agresti)."""
    homogeneity, symmetry = run("stuart-maxwell", *people(EYES)), run("bowker", *people(EYES))
    assert (homogeneity.statistic, homogeneity.df) == (pytest.approx(11.96, abs=PRINTED_2_DIGITS), 3)
    assert (symmetry.statistic, symmetry.df) == (pytest.approx(19.11, abs=PRINTED_2_DIGITS), 6)


def test_agreement_of_two_pathologists_as_printed():
    found = run("kappa", *people(SLIDES))
    assert found.effect == pytest.approx(0.493, abs=0.0005)
    assert (found.effect_interval[1] - found.effect_interval[0]) / 2 / 1.959964 == pytest.approx(0.057, abs=0.0005)


def test_full_tables_agree_with_statsmodels():
    rng = np.random.default_rng(7)
    for size in (2, 3, 5):
        counts = rng.integers(1, 12, (size, size))
        table = SquareTable(counts, shift_zeros=False)
        for method, theirs in (("bowker", table.symmetry()), ("stuart-maxwell", table.homogeneity("stuart_maxwell"))):
            found = run(method, *people(counts))
            assert (found.statistic, found.df, found.p) == pytest.approx((theirs.statistic, theirs.df, theirs.pvalue))


def test_two_answers_are_mcnemar_without_correction():
    for gained, lost, stayed in product(range(6), range(6), (0, 3)):
        if gained + lost and gained + lost + stayed > 1:
            before = np.array([0] * gained + [1] * lost + [1] * stayed, float)
            after = np.array([1] * gained + [0] * lost + [1] * stayed, float)
            wanted = run("mcnemar", before, after, exact=False)
            for method in ("bowker", "stuart-maxwell"):
                found = run(method, before, after)
                assert (found.statistic, found.p) == pytest.approx((wanted.statistic, wanted.p), abs=1e-12)


@pytest.mark.parametrize("method", ["bowker", "stuart-maxwell"])
def test_p_and_interval_agree_or_a_note_says_so(method):
    """All tables of three answers with at most two people in each cell that changes; w can't lie below 0."""
    for cells in product(range(3), repeat=6):
        if any(cells):
            counts = np.full((3, 3), 2)
            counts[~np.eye(3, dtype=bool)] = cells
            found = run(method, *people(counts))
            assert 0 <= found.effect_interval[0] <= found.effect <= found.effect_interval[1] <= 1
            parted = (found.effect_interval[0] > 0) != (found.p < 0.05)
            assert parted == any(note.key == "interval-from-0" for note in found.notes), counts


def test_the_order_of_answers_counts_nowhere():
    first, second = people(SLIDES)
    names = np.array([3, 0, 2, 1])
    for method in ("bowker", "stuart-maxwell", "kappa"):
        one, other = run(method, first, second), run(method, names[first], names[second])
        assert (other.statistic or 0, other.effect) == pytest.approx((one.statistic or 0, one.effect))


def test_an_interval_without_width_is_none():
    """All agree; one rater gave everybody the same."""
    rising = np.arange(4.0)
    assert (run("kappa", rising, rising).effect, run("kappa", rising, rising).effect_interval) == (1, None)
    assert (run("kappa", rising, 0 * rising).effect, run("kappa", rising, 0 * rising).effect_interval) == (0, None)


@pytest.mark.parametrize(
    ("method", "before", "after", "reason"),
    [
        ("bowker", [1, 2, 3], [1, 2, 3], "nobody-changed"),
        ("stuart-maxwell", [1, 2, 3], [1, 2, 3], "nobody-changed"),
        ("kappa", [2, 2, 2], [2, 2, 2], "one-answer-only"),
        ("bowker", range(200), range(1, 201), "too-many-answers"),
        ("kappa", range(200), range(1, 201), "too-many-answers"),
        ("kappa", [1], [2], "too-few"),
    ],
)
def test_what_cannot_be_answered_is_said(method, before, after, reason):
    with pytest.raises(NotApplicable) as caught:
        run(method, list(before), list(after))
    assert caught.value.note.key == reason
    assert all(say_in(language).has(f"reason.{reason}") for language in LANGUAGES)
