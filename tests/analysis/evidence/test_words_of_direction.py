"""A direction said in words: read from a folder, and with p and both groups' n an effect that somebody must ask for."""

from __future__ import annotations

import math
import random

import pytest
from scipy import stats

from analysis import effects
from analysis.evidence import Choice, answer, body, moved
from analysis.evidence.contrasts import contrasts_of, effects_of, splits
from analysis.results import NotApplicable
from analysis.studies import load_study
from tests.analysis.small_studies import means, small_study

HOW = ("REML", "HKSJ-safeguarded")
SAME_FORMULA = 1e-12


def found(study):
    (contrast,) = contrasts_of(study)
    return effects_of(contrast)


@pytest.mark.parametrize(
    ("arms", "said", "sign"), [("a|b", "a", 1), ("a|b", "b", -1), ("b|a", "a", -1), ("b|a", "b", 1)]
)
def test_p_and_words_give_the_effect_of_that_p_on_the_side_that_the_words_name(tmp_path, arms, said, sign):
    study = small_study(tmp_path, claims=[{"arms": arms, "p": "0.02", "direction": said}])
    effect = found(study).effects["hedges_g"]
    alone = effects.from_p("0.02", 20, 25, sign)
    assert (effect.value, effect.variance) == (alone.value, alone.variance) and effect.status == "assumed"
    assert "direction-in-words" in {note.key for note in effect.notes}


@pytest.mark.parametrize("words", [["none"], ["a", "b"], [""]])
def test_no_one_side_is_no_effect(tmp_path, words):
    claims = [{"p": "0.02", "direction": one} for one in words]
    assert found(small_study(tmp_path, claims=claims)).effects == {}


def test_printed_means_go_before_words(tmp_path):
    rows = [("a", "after", "mean", "5"), ("b", "after", "mean", "7")]
    effect = found(small_study(tmp_path, rows, [{"p": "0.02", "direction": "a"}])).effects["hedges_g"]
    assert effect.value < 0 and "direction-in-words" not in {note.key for note in effect.notes}


def test_it_is_pooled_only_where_both_the_words_and_the_test_are_assumed(tmp_path):
    study = small_study(tmp_path, claims=[{"p": "0.02", "direction": "a"}])

    def why(**assumed):
        (row,) = body([study], Choice(**assumed)).entries
        return row.why_not and row.why_not.key

    assert why() == why(unnamed_tests=True) == "direction-in-words"
    assert why(worded=True) == "test-not-named"
    assert why(worded=True, unnamed_tests=True) is None
    named = small_study(tmp_path, claims=[{"p": "0.02", "direction": "a", "method": "independent-t"}], id="named")
    (row,) = body([named], Choice(worded=True)).entries
    assert row.poolable


def test_the_library_s_words_are_pooled_when_asked_for(studies):
    shelf = [studies["jose-breast-massage"], studies["khalili-2023"]]
    assert answer(shelf, Choice()).tally.pooled == 0
    assert answer(shelf, Choice(worded=True, unnamed_tests=True)).tally.pooled == 2


def test_what_an_assumption_moves_is_told_beside_the_answer_without_it(tmp_path):
    worded = small_study(tmp_path, claims=[{"p": "0.02", "direction": "a", "method": "independent-t"}], id="worded")
    other = {"a": ("katuk", "20"), "b": ("usual-care", "25")}
    sure = small_study(tmp_path, [*means("a", "9", "2"), *means("b", "8", "2")], id="sure", arms=other)
    shelf = [worded, sure]
    assert moved(shelf, answer(shelf, Choice()), *HOW) == ()
    choice = Choice(worded=True)
    (one,) = moved(shelf, answer(shelf, choice), *HOW)
    assert one.treatments == ("moringa",) and one.without is None and one.assumed.k == 1


# -- the folder --------------------------------------------------------------------------------------------------------


def read_again(study, tmp_path, old, new):
    path = tmp_path / study.id / "claims.csv"
    path.write_text(path.read_text().replace(old, new))
    return load_study(path.parent)


def test_a_word_that_is_none_and_one_of_a_single_arm_are_problems(tmp_path):
    study = small_study(tmp_path, claims=[{"direction": "a", "p": "0.02"}])
    (problem,) = read_again(study, tmp_path, ",a,", ",higher,").problems
    assert "direction 'higher' is not known" in str(problem)
    alone = small_study(tmp_path, claims=[{"arms": "a", "comparison": "within", "direction": ""}], id="alone")
    (problem,) = read_again(alone, tmp_path, "within,a,milk,after,,,,,,", "within,a,milk,after,,,,,a,").problems
    assert "two arms" in str(problem)


def test_a_file_without_the_column_has_no_gap(tmp_path):
    study = small_study(tmp_path, claims=[{"p": "0.02"}])
    path = tmp_path / study.id / "claims.csv"
    lines = [line.split(",") for line in path.read_text().splitlines()]
    place = lines[0].index("direction")
    path.write_text("\n".join(",".join(line[:place] + line[place + 1 :]) for line in lines))
    again = load_study(path.parent)
    assert not [gap for gap in again.gaps if "direction" in str(gap)] and again.claims[0].direction == ""


# -- Mann–Whitney ------------------------------------------------------------------------------------------------------


def test_the_chance_of_superiority_behind_a_mann_whitney_p_is_that_of_its_u():
    """U of samples without ties, and the p that scipy's approximation gives to it, lead back to U / (n_a·n_b)."""
    draw = random.Random(1)
    for n_a, n_b in [(8, 12), (20, 20), (5, 30), (2, 3)]:
        values = draw.sample(range(10_000), n_a + n_b)
        a, b = values[:n_a], values[n_a:]
        test = stats.mannwhitneyu(a, b, method="asymptotic", use_continuity=False)
        sign = 1 if test.statistic > n_a * n_b / 2 else -1
        made = effects.superiority_from_p(f"{test.pvalue:.15f}", n_a, n_b, sign)
        assert made.value == pytest.approx(test.statistic / (n_a * n_b), abs=1e-9)
        same = effects.probability_of_superiority(test.statistic, n_a, n_b)
        assert made.variance == pytest.approx(same.variance, rel=1e-6) and made.status == "assumed"


def test_a_bound_gives_the_least_chance_and_no_variance():
    at = effects.superiority_from_p("0.05", 20, 20, 1)
    bound = effects.superiority_from_p("<0.05", 20, 20, 1)
    assert bound.value == at.value and bound.variance is None and bound.interval == (at.value, 1.0)
    below = effects.superiority_from_p("<0.05", 20, 20, -1)
    assert below.value == pytest.approx(1 - at.value) and below.interval == (0.0, below.value)
    for nothing in (">0.05", "1.5"):
        with pytest.raises(NotApplicable):
            effects.superiority_from_p(nothing, 20, 20, 1)
    with pytest.raises(NotApplicable):  # so small a p has no U of so few people
        effects.superiority_from_p("0.000001", 2, 3, 1)


# -- n known only in all -----------------------------------------------------------------------------------------------


def test_all_people_are_divided_otherwise_than_evenly(tmp_path):
    arms = {"a": ("moringa", ""), "b": ("usual-care", "")}
    rows = [*means("a", "9", "2"), *means("b", "8", "2")]
    study = small_study(tmp_path, rows, arms=arms, people="50")
    (row,) = body([study], Choice(equal_groups=True)).entries
    swept = splits(row.contrast, "hedges_g")
    assert [share for share, _ in swept] == [0.4, 0.45, 0.5, 0.55, 0.6]
    for share, effect in swept:
        n_a = round(50 * share)
        alone = effects.hedges_g("9", "2", n_a, "8", "2", 50 - n_a)
        assert math.isclose(effect.variance, alone.variance, rel_tol=SAME_FORMULA) and effect.status == "assumed"
    even = dict(swept)[0.5]
    assert (even.value, even.variance) == (row.effect.value, row.effect.variance)
    known = small_study(tmp_path, rows, id="known")
    assert splits(contrasts_of(known)[0], "hedges_g") == ()
