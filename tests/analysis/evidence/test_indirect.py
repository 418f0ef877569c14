"""Networks of treatments from the library's own rows: pairs that add up, parts, what is left out, one control."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analysis.evidence import Choice, body, compare
from analysis.evidence.indirect import CONTROL
from tests.analysis.small_studies import counts, means, small_study

MADE = Path(__file__).parents[2] / "reference" / "contrasts.json"
ONE_SPREAD = json.loads(MADE.read_text(encoding="utf-8"))["one_spread"]
NODES = {"massage": "breast-massage", "warm-compress": "warm-compress", "massage-warm": "breast-massage.warm-compress",
         "pump-only": CONTROL}  # fmt: skip
THREE = {"a": ("moringa", "20"), "b": ("katuk", "30"), "c": ("placebo", "25")}
OF_THREE = means("a", "30", "10") + means("b", "26", "14") + means("c", "20", "8")


def one(tmp_path, id, treatment, control="placebo", mean="30", sd="10", **card):
    arms = {"a": (treatment, "20"), "b": (control, "25")}
    return small_study(tmp_path, means("a", mean, sd) + means("b", "20", "10"), id=id, arms=arms, **card)


def by_pair(found) -> dict[tuple[str, str], object]:
    return {(comparison.a, comparison.b): comparison for comparison in found.comparisons}


def test_g_of_three_arms_adds_up_though_arms_and_spreads_differ(tmp_path):
    pairs = by_pair(compare([small_study(tmp_path, OF_THREE, arms=THREE)], Choice()))
    ab, bc, ac = (pairs[pair].effect for pair in (("moringa", "katuk"), ("katuk", CONTROL), ("moringa", CONTROL)))
    assert ab.value + bc.value == pytest.approx(ac.value, rel=1e-12)
    assert {note.key for note in ac.notes} == {"one-spread"}
    assert all(effect.substituted and effect.variance_formula and effect.source for effect in (ab, bc, ac))


def test_one_spread_for_all_arms_is_that_of_lm(studies):
    found = compare([studies["mollaahmetoglu-2025"]], Choice())
    ours = {}
    for comparison in found.comparisons:
        ours |= {
            (comparison.a, comparison.b): comparison.effect.value,
            (comparison.b, comparison.a): -comparison.effect.value,
        }
    assert len(found.comparisons) == len(ONE_SPREAD) == 6
    for pair in ONE_SPREAD:
        assert ours[NODES[pair["a"]], NODES[pair["b"]]] == pytest.approx(pair["value"], rel=1e-10)


def test_people_of_three_arms_are_all_there_and_not_divided(tmp_path):
    found = compare([small_study(tmp_path, OF_THREE, arms=THREE)], Choice(kind="mean_difference"))
    pairs = by_pair(found)
    assert pairs["moringa", CONTROL].effect.variance == pytest.approx(100 / 20 + 64 / 25)
    assert {node.treatment: node.people for node in found.found.nodes} == {"moringa": 20, "katuk": 30, CONTROL: 25}


def test_arms_of_which_one_is_assumed_are_assumed_together(tmp_path):
    rows = means("a", "30", "10") + means("b", "26", "14")
    rows += [("c", "after", s, v) for s, v in (("median", "20"), ("q1", "15"), ("q3", "26"))]
    pairs = by_pair(compare([small_study(tmp_path, rows, arms=THREE)], Choice()))
    assert {comparison.effect.status for comparison in pairs.values()} == {"assumed"}


def test_pairs_measured_at_different_times_keep_their_own_spread(tmp_path):
    rows = OF_THREE + means("a", "90", "40", "later") + means("b", "80", "50", "later")
    study = small_study(tmp_path, rows, arms=THREE, times=("before", "after", "later"))
    found = compare([study], Choice())
    assert not any(note.key == "one-spread" for c in found.comparisons for note in c.effect.notes)
    assert {c.effect for c in found.comparisons} <= {e.effect for e in _undivided(study)}


def _undivided(study):
    for comparison in ("control", "active"):
        for treatments in (("moringa",), ("katuk",)):
            yield from body([study], Choice(comparisons=(comparison,), treatments=treatments)).entries


def test_a_star_says_what_each_pair_says_directly(tmp_path):
    shelf = [
        one(tmp_path, "x", "moringa"),
        one(tmp_path, "y", "katuk", mean="26"),
        one(tmp_path, "z", "ginger", mean="18"),
    ]
    found, direct = compare(shelf, Choice()).found, {e.contrast.study.id: e.effect for e in body(shelf, Choice()).all}
    estimates = {(pair.a, pair.b): pair.estimate for pair in found.pairs}
    for study, treatment in (("x", "moringa"), ("y", "katuk"), ("z", "ginger")):
        pair = estimates[CONTROL, treatment]
        assert -pair.value == pytest.approx(direct[study].value) and pair.se**2 == pytest.approx(direct[study].variance)
    indirect = estimates["katuk", "moringa"]
    assert indirect.value == pytest.approx(direct["y"].value - direct["x"].value)
    assert indirect.se**2 == pytest.approx(direct["y"].variance + direct["x"].variance)


def test_placebo_and_usual_care_are_one_node(tmp_path):
    found = compare([one(tmp_path, "x", "moringa"), one(tmp_path, "y", "katuk", "usual-care")], Choice())
    assert found.parts == (("control", "katuk", "moringa"),) and set(found.found.treatments) == set(found.parts[0])


def test_parts_that_nothing_connects_are_offered_the_largest_first(tmp_path):
    shelf = [one(tmp_path, "x", "soy", "dates"), one(tmp_path, "y", "moringa"), one(tmp_path, "z", "katuk")]
    found = compare(shelf, Choice())
    assert found.parts == ((CONTROL, "katuk", "moringa"), ("dates", "soy"))
    assert {c.study for c in found.comparisons} == {"y", "z"} and found.refused is None
    second = compare(shelf, Choice(), 1)
    assert {c.study for c in second.comparisons} == {"x"} and second.found is None and second.refused is not None
    assert compare(shelf, Choice(), 9).comparisons == second.comparisons


def test_studies_left_out_and_rows_that_can_t_be_pooled_stay_out(tmp_path):
    shelf = [one(tmp_path, "x", "moringa"), one(tmp_path, "y", "katuk"), one(tmp_path, "z", "ginger"),
             one(tmp_path, "whole", "dates", cluster=True), one(tmp_path, "w", "milk", "not-named")]  # fmt: skip
    found = compare(shelf, Choice(left_out=frozenset({"z"})))
    assert {c.study for c in found.comparisons} == {"x", "y"} and found.found.k == 2


def test_a_design_effect_reaches_the_network(tmp_path):
    shelf = [one(tmp_path, "x", "moringa"), one(tmp_path, "whole", "dates", cluster=True),
             small_study(tmp_path, OF_THREE, arms=THREE, cluster=True, id="three")]  # fmt: skip
    single, double = (compare(shelf, Choice(design_effect=factor)).comparisons for factor in (1.0001, 2.0002))
    for one_way, other in zip(single, double, strict=True):
        times = 1 if one_way.study == "x" else 2
        assert other.effect.variance == pytest.approx(times * one_way.effect.variance, rel=1e-9)


def test_what_a_reader_narrowed_down_to_treatments_is_widened_again(tmp_path):
    shelf = [one(tmp_path, "x", "moringa"), one(tmp_path, "y", "katuk")]
    narrow = Choice(comparisons=("control",), treatments=("moringa",), comparators=("placebo",))
    assert len(compare(shelf, narrow).comparisons) == 2


@pytest.mark.parametrize(("outcome", "kind", "key"), [
    (("prolactin", "continuous", "higher", "mL"), "hedges_g", "mixed-families"),
    (("milk-volume", "continuous", "lower", "mL"), "hedges_g", "mixed-directions"),
    (("milk-volume", "continuous", "higher", "L"), "mean_difference", "mixed-units"),
])  # fmt: skip
def test_a_network_is_of_one_outcome_direction_and_unit(tmp_path, outcome, kind, key):
    shelf = [one(tmp_path, "x", "moringa"), one(tmp_path, "y", "katuk"),
             one(tmp_path, "z", "ginger", outcomes={"milk": outcome})]  # fmt: skip
    found = compare(shelf, Choice(families=("milk-volume", "prolactin"), kind=kind))
    assert found.found is None and found.refused.key == key and found.comparisons == ()


def test_where_lower_is_better_the_lowest_leads(tmp_path):
    milk = {"milk": ("milk-volume", "continuous", "lower", "mL")}
    shelf = [one(tmp_path, "x", "moringa", mean="10", outcomes=milk), one(tmp_path, "y", "katuk", outcomes=milk)]
    found = compare(shelf, Choice()).found
    best = max(zip(found.p_scores, found.treatments, strict=True))[1]
    assert not found.higher_is_better and best == "moringa"


def test_yes_and_no_of_several_arms_adds_up(tmp_path):
    outcomes = {"milk": ("milk-volume", "binary", "higher", "%")}
    study = small_study(
        tmp_path, counts("a", "15") + counts("b", "12") + counts("c", "6"), arms=THREE, outcomes=outcomes
    )
    pairs = by_pair(compare([study], Choice(kind="log_odds_ratio")))
    total = pairs["moringa", "katuk"].effect.value + pairs["katuk", CONTROL].effect.value
    assert total == pytest.approx(pairs["moringa", CONTROL].effect.value)
    assert pairs["moringa", CONTROL].effect.variance == pytest.approx(1 / 15 + 1 / 5 + 1 / 6 + 1 / 19)


def test_nothing_to_compare_is_refused_and_not_an_error(tmp_path):
    found = compare([], Choice())
    assert found.found is None and found.refused is not None and found.parts == () and found.comparisons == ()


def test_the_library_s_networks_are_drawn_or_say_why_not(studies):
    drawn = 0
    for kind in ("hedges_g", "log_odds_ratio", "mean_difference"):
        for family in ("milk-volume", "prolactin", "adequacy", "infant-weight"):
            choice = replace(Choice(families=(family,), kind=kind), r=0.5, design_effect=1.5, equal_groups=True)
            found = compare(studies.values(), choice)
            drawn += found.found is not None
            assert (found.found is None) == (found.refused is not None)
    assert drawn >= 3


def test_two_arms_that_stand_for_one_treatment_enter_once(tmp_path):
    """Placebo and usual care of one study are one node: the card's first stands for it, the other row is named."""
    arms = {"a": ("moringa", "20"), "b": ("placebo", "25"), "c": ("usual-care", "25"), "d": ("katuk", "30")}
    figures = OF_THREE + means("d", "26", "9")
    found = compare([small_study(tmp_path, figures, arms=arms)], Choice())
    assert set(by_pair(found)) == {("moringa", CONTROL), ("katuk", CONTROL), ("moringa", "katuk")}
    assert {entry.contrast.arms for entry in found.alike} == {("a", "c"), ("d", "c")}
    assert found.refused is None


def test_the_variance_of_g_with_one_spread_is_that_of_simulated_trials(tmp_path):
    """The SD comes from all three arms: with two arms' people in its place the variance would be a sixth too large."""
    rng, (a, b, c), trials = np.random.default_rng(20261128), (40, 40, 40), 40_000
    shift, df = 2.0, 117
    groups = [rng.normal(mean, 1, (trials, n)) for mean, n in ((shift, a), (0, b), (0, c))]
    spread = np.sqrt(sum((n - 1) * group.var(axis=1, ddof=1) for group, n in zip(groups, (a, b, c), strict=True)) / df)
    simulated = ((groups[0].mean(axis=1) - groups[1].mean(axis=1)) / spread).var()
    arms = {"a": ("moringa", "40"), "b": ("katuk", "40"), "c": ("placebo", "40")}
    figures = means("a", "22", "1") + means("b", "20", "1") + means("c", "20", "1")
    pairs = by_pair(compare([small_study(tmp_path, figures, arms=arms)], Choice()))
    assert pairs["moringa", "katuk"].effect.variance == pytest.approx(simulated, rel=0.05)
