"""What a body of evidence amounts to: people counted once, and what certainty is judged by."""

from __future__ import annotations

import pytest

from analysis.evidence import Choice, all_people, appraisal, body
from analysis.evidence.appraisal import rate, total
from analysis.evidence.pooling import FEW_FOR_ASYMMETRY, egger, pool
from tests.analysis.small_studies import counts, means, small_study

ROWS = means("a", "30", "10") + means("b", "20", "10")
YES_NO = {"milk": ("exclusive-breastfeeding", "binary", "higher", "% of mothers")}


def one(tmp_path, id="small", rows=ROWS, **card):
    return small_study(tmp_path, rows, id=id, **card)


def entries(shelf, **choice):
    return body(shelf, Choice(**choice)).all


def pooled_of(found):
    return pool([entry.effect for entry in found])


@pytest.fixture
def judged(monkeypatch):
    """The last body that certainty was asked for."""
    seen = {}

    def propose(rated):
        seen["body"] = rated
        return real(rated)

    real = appraisal.propose
    monkeypatch.setattr(appraisal, "propose", propose)
    return lambda found, pooled=None: (rate(found, pooled), seen["body"])[1]


# -- people ------------------------------------------------------------------------------------------------------------


def test_an_arm_that_serves_three_comparisons_is_counted_once(studies):
    found = entries([studies["mollaahmetoglu-2025"]])
    assert len(found) == 3 and total(found) == (120, None)


def test_people_and_events_of_several_studies_add_up(tmp_path):
    rows = counts("a", "12") + counts("b", "5")
    shelf = [one(tmp_path, id, rows, outcomes=YES_NO) for id in ("x", "y")]
    found = entries(shelf, families=("exclusive-breastfeeding",), kind="log_odds_ratio")
    assert total(found) == (90, 34)


def test_one_unknown_number_leaves_the_total_unknown_and_nothing_is_nobody(tmp_path):
    arms = {"a": ("moringa", ""), "b": ("placebo", "")}
    claim = [{"statistic": "MD 5.0 (1.0 to 9.0)"}]
    study = small_study(tmp_path, [], claim, arms=arms)
    found = entries([one(tmp_path, "x"), study], kind="mean_difference")
    assert len(found) == 2 and total(found) == (None, None)
    assert total(()) == (0, 0)


def test_all_people_are_those_printed_else_the_arms_together(tmp_path):
    assert all_people(one(tmp_path, "x")) == 45 and all_people(one(tmp_path, "y", people="50")) == 50
    assert all_people(one(tmp_path, "z", arms={"a": ("moringa", ""), "b": ("placebo", "9")})) is None


# -- what certainty is judged by ---------------------------------------------------------------------------------------


def test_randomised_only_if_every_study_is(tmp_path, judged):
    shelf = [one(tmp_path, "x"), one(tmp_path, "y"), one(tmp_path, "z", design="quasi-experiment")]
    assert judged(entries(shelf[:2])).randomised and not judged(entries(shelf)).randomised


@pytest.mark.parametrize(("family", "surrogate"), [
    ("milk-volume", False), ("infant-weight", False), ("adequacy", False), ("exclusive-breastfeeding", False),
    ("prolactin", True), ("knowledge", True), ("self-efficacy", True),
])  # fmt: skip
def test_what_stands_for_milk_is_a_surrogate(tmp_path, judged, family, surrogate):
    study = one(tmp_path, outcomes={"milk": (family, "continuous", "higher", "u")})
    assert judged(entries([study], families=(family,))).surrogate is surrogate


@pytest.mark.parametrize(("infants", "differ"), [
    (("term", "term"), False), (("term", "preterm"), False), (("mixed", "mixed"), False),
    (("term", "not reported"), None), (("term", "preterm", "not reported"), None), (("not reported",), None),
])  # fmt: skip
def test_babies_of_several_kinds_are_a_mix_and_no_indirectness(tmp_path, judged, infants, differ):
    """Both are among those asked about; what isn't reported is not known."""
    shelf = [one(tmp_path, f"s{i}", infants=word) for i, word in enumerate(infants)]
    rated = judged(entries(shelf))
    assert rated.populations_differ is differ
    assert rated.populations_mixed is (len(set(infants) - {"not reported"}) > 1 or "mixed" in infants)


def test_change_within_one_group_is_not_a_randomised_comparison(tmp_path, judged):
    rows = means("a", "30", "10") + means("a", "20", "10", "before")
    found = entries([one(tmp_path, rows=rows)], comparisons=("before-after",), kind="smcr", r=0.5)
    rated = judged(found)
    assert not rated.randomised and not rated.compared


def test_egger_is_asked_from_ten_studies_on(tmp_path, judged):
    shelf = [one(tmp_path, f"s{i}", means("a", str(21 + i), str(5 + i)) + means("b", "20", "9")) for i in range(10)]
    assert FEW_FOR_ASYMMETRY == 10 and judged(entries(shelf[:9])).egger_p is None
    found = entries(shelf)
    assert judged(found).egger_p == egger([entry.effect for entry in found]).p


def test_numbers_and_events_reach_certainty(tmp_path, judged):
    rows = counts("a", "12") + counts("b", "5")
    found = entries(
        [one(tmp_path, rows=rows, outcomes=YES_NO)], families=("exclusive-breastfeeding",), kind="risk_difference"
    )
    pooled = pooled_of(found)
    rated = judged(found, pooled)
    assert (rated.k, rated.people, rated.events, rated.binary, rated.indirect_comparison) == (1, 45, 17, True, False)
    assert rated.pooled is pooled and rated.intervals == (found[0].effect.interval,)
    of_means = judged(entries([one(tmp_path, "x")]))
    assert not of_means.binary and of_means.events is None and len(of_means.biases) == 1


def test_of_nothing_nothing_is_certain():
    assert rate((), None) is None
