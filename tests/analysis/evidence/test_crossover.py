"""Crossovers: the same people had both treatments, so their numbers go together and they count once.

The example is that of the Cochrane Handbook (5.1, section 16.4.6.4): 10 people, 7.0 (SD 2.38) against 6.5 (2.21).
In R: escalc("MC", m1i = 7, m2i = 6.5, sd1i = 2.38, sd2i = 2.21, ni = 10, ri = 0.68) gives 0.5, SE 0.58268104, and
"ROMC" 0.0741079721537, variance 0.0073984; its paired t is 0.8581, p .4131, interval −0.8181 to 1.8181.
"""

from __future__ import annotations

import math
import random

import pytest

from analysis import effects
from analysis.evidence import Choice, all_people, body, compare
from analysis.evidence.answer import fate_of
from analysis.evidence.appraisal import total
from analysis.evidence.contrasts import SWEPT, contrasts_of, effects_of, sweep
from analysis.results import NotApplicable
from analysis.words import LANGUAGES, say_in
from tests.analysis.small_studies import counts, means, small_study

EXAMPLE = means("a", "7.000", "2.380") + means("b", "6.500", "2.210")  # so that rounding leaves r little room
TEN = {"a": ("moringa", "10"), "b": ("placebo", "10")}
KINDS = {"mean_difference", "hedges_g", "ratio_of_means"}


def of(tmp_path, rows=EXAMPLE, claims=(), **card):
    return small_study(tmp_path, rows, claims, **{"crossover": True, "arms": TEN, **card})


def only(study):
    (found,) = (one for one in contrasts_of(study) if len(one.arms) == 2)
    return found


def keys(effect) -> set[str]:
    return {note.key for note in effect.notes}


# -- the handbook's example --------------------------------------------------------------------------------------------


def test_the_example_of_the_handbook_with_an_assumed_r(tmp_path):
    """SE .583 with r = .68 (1.027 as two groups); its SMD 0.218, SE .256, ours J·0.218 with df 18/(1 + .68²)."""
    found = effects_of(only(of(tmp_path)), r=0.68).effects
    assert set(found) == KINDS and all(one.status == "assumed" for one in found.values())
    assert all("crossover-r-assumed" in keys(one) for one in found.values())
    difference, g, ratio = (found[kind] for kind in ("mean_difference", "hedges_g", "ratio_of_means"))
    assert difference.value == 0.5 and math.sqrt(difference.variance) == pytest.approx(0.58268104, abs=1e-8)
    assert (ratio.value, ratio.variance) == (pytest.approx(0.0741079721537), pytest.approx(0.0073984))
    assert g.value == pytest.approx(0.218 * (1 - 3 / (4 * 18 / 1.4624 - 1)), abs=1e-3)  # Hedges' usual approximation
    assert math.sqrt(g.variance) == pytest.approx(0.256, abs=5e-4)
    parallel = effects_of(only(of(tmp_path / "p", crossover=False))).effects["mean_difference"]
    assert math.sqrt(parallel.variance) == pytest.approx(1.027, abs=5e-4)


PRINTED = {
    "t": {"method": "paired-t", "statistic": "t = 0.858"},
    "p": {"method": "paired-t", "p": "0.413"},
    "r": {"statistic": "r = 0.68"},
    "interval": {"statistic": "MD 0.50 (-0.818 to 1.818)"},
}


@pytest.mark.parametrize("arms", ["a|b", "b|a"])
@pytest.mark.parametrize("name", PRINTED)
def test_a_printed_paired_statistic_gives_the_paired_error(tmp_path, name, arms):
    claim = {**PRINTED[name], "arms": arms}
    if name == "interval" and arms == "b|a":
        claim["statistic"] = "MD -0.50 (-1.818 to 0.818)"
    found = effects_of(only(of(tmp_path, claims=[claim])), r=0.1).effects
    assert set(found) == KINDS and all(one.status == "derived" for one in found.values())
    assert found["mean_difference"].value == 0.5
    assert math.sqrt(found["mean_difference"].variance) == pytest.approx(0.583, abs=0.002)


@pytest.mark.parametrize("claim", [PRINTED["t"], PRINTED["interval"]])
def test_without_sds_the_difference_stands_alone(tmp_path, claim):
    rows = [("a", "after", "mean", "7.0"), ("b", "after", "mean", "6.5")]
    found = effects_of(only(of(tmp_path, rows, [claim])))
    assert set(found.effects) == {"mean_difference"} and found.effects["mean_difference"].value == 0.5
    assert math.sqrt(found.effects["mean_difference"].variance) == pytest.approx(0.583, abs=0.002)
    assert found.refused["hedges_g"].key == "needs-sd"


AS_OF_TWO_GROUPS = [
    {"method": "independent-t", "statistic": "t = 0.49", "p": "0.63"},
    {"method": "independent-t", "statistic": "MD 0.5 (-1.7 to 2.7)"},
    {"p": "0.63"},
]


@pytest.mark.parametrize("claim", AS_OF_TWO_GROUPS)
def test_a_test_as_of_two_groups_says_nothing_of_the_pairs(tmp_path, claim):
    found = effects_of(only(of(tmp_path, claims=[claim])))
    assert not found.effects and found.missing.key == "crossover-needs-r"


# -- what keeps a crossover out ----------------------------------------------------------------------------------------

YES_NO = {"milk": ("milk-volume", "binary", "higher", "% of mothers")}
OUT = {
    "crossover-needs-r": (EXAMPLE, (), {}),
    "crossover-needs-n": (EXAMPLE, (), {"arms": {"a": ("moringa", "10"), "b": ("placebo", "9")}}),
    "crossover-needs-pairs": (counts("a", "7") + counts("b", "3"), (), {"outcomes": YES_NO}),
    "crossover-r-contradicted": (EXAMPLE, [{**PRINTED["t"], "statistic": "t = 99"}], {}),
    "needs-n": (EXAMPLE, (), {"arms": {"a": ("moringa", ""), "b": ("placebo", "")}}),
}


@pytest.mark.parametrize("key", OUT)
def test_what_a_crossover_lacks_is_said(tmp_path, key):
    rows, claims, card = OUT[key]
    study = of(tmp_path, rows, claims, **card)
    found = effects_of(only(study))
    assert not found.effects and found.missing.key == key
    assert all("{" not in say_in(language).note(found.missing, "reason") for language in LANGUAGES)
    rows = body([study], Choice())
    assert not rows.all and fate_of(rows.entries[0], rows) in ("pairs", "people")


def test_all_people_of_a_crossover_had_every_treatment(tmp_path):
    study = of(tmp_path, arms={"a": ("moringa", ""), "b": ("placebo", "")}, people="10")
    assert only(study).n == (10, 10)


# -- people count once -------------------------------------------------------------------------------------------------


def test_people_of_a_crossover_count_once(tmp_path):
    """10 people, not 20: in the pool, the map, the network's edge and the row."""
    study = of(tmp_path)
    beside = small_study(tmp_path, EXAMPLE, id="parallel", arms={"a": ("katuk", "10"), "b": ("placebo", "10")})
    assert all_people(study) == 10 and all_people(beside) == 20
    kept = body([study, beside], Choice(r=0.5)).kept
    assert total(kept)[0] == 30 and len(kept) == 2
    edges = compare([study, beside], Choice(r=0.5)).found.edges
    assert {(edge.a, edge.b): edge.people for edge in edges} == {("control", "katuk"): 20, ("control", "moringa"): 10}


# -- invariances -------------------------------------------------------------------------------------------------------


def drawn(seed):
    chance = random.Random(seed)
    for _ in range(200):
        mean_a, mean_b = chance.uniform(5, 60), chance.uniform(5, 60)
        yield (
            mean_a,
            chance.uniform(1, 9),
            mean_b,
            chance.uniform(1, 9),
            chance.randint(3, 60),
            chance.uniform(-0.9, 0.9),
        )


def by_difference(mean_a, sd_a, mean_b, sd_b, n, r):
    return effects.crossover_difference(mean_a - mean_b, math.sqrt(sd_a**2 + sd_b**2 - 2 * r * sd_a * sd_b), n)


MAKERS = (by_difference, effects.crossover_g, effects.crossover_ratio)
OF_GROUPS = (effects.mean_difference, effects.hedges_g, effects.ratio_of_means)


@pytest.mark.parametrize("make", MAKERS)
def test_swapping_treatments_flips_the_sign(make):
    for mean_a, sd_a, mean_b, sd_b, n, r in drawn(1):
        one, other = make(mean_a, sd_a, mean_b, sd_b, n, r), make(mean_b, sd_b, mean_a, sd_a, n, r)
        assert (other.value, other.variance) == (pytest.approx(-one.value), pytest.approx(one.variance))


@pytest.mark.parametrize(("make", "groups"), list(zip(MAKERS, OF_GROUPS, strict=True)))
def test_without_correlation_it_is_as_uncertain_as_two_groups(make, groups):
    for mean_a, sd_a, mean_b, sd_b, n, _ in drawn(2):
        pairs, two = make(mean_a, sd_a, mean_b, sd_b, n, 0), groups(mean_a, sd_a, n, mean_b, sd_b, n)
        assert (pairs.kind, pairs.value) == (two.kind, pytest.approx(two.value))
        assert pairs.variance == pytest.approx(two.variance)


@pytest.mark.parametrize("make", MAKERS)
def test_the_more_alike_the_pairs_the_surer(make):
    """Where the treatments differ by less than 2 SD; beyond, the SD's own uncertainty tells in g."""
    for mean_a, sd_a, _, sd_b, n, _ in drawn(3):
        sizes = [make(mean_a, sd_a, mean_a + sd_a / 2, sd_b, n, r).variance for r in (0, 0.2, 0.4, 0.6, 0.8)]
        assert sizes == sorted(sizes, reverse=True)


def test_an_impossible_r_is_refused():
    for make in (effects.crossover_g, effects.crossover_ratio):
        with pytest.raises(NotApplicable):
            make(7, 2, 6, 2, 10, 1.2)


def test_the_sweep_goes_over_r_where_it_is_assumed_and_nowhere_else(tmp_path):
    """The widest interval is that of r = 0."""
    asked = only(of(tmp_path / "1"))
    for kind in KINDS:
        swept = sweep(asked, kind)
        assert tuple(r for r, _ in swept) == SWEPT and all(one.status == "assumed" for _, one in swept)
        assert max(swept, key=lambda one: one[1].variance)[0] == 0
    assert not sweep(only(of(tmp_path / "2", claims=[PRINTED["t"]])), "mean_difference")
    assert not sweep(only(of(tmp_path / "3", crossover=False)), "hedges_g")
