"""Network meta-analysis: against metafor's rma.mv, printed output of netmeta, and what must not change anything."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path
from random import Random

import numpy as np
import pytest

from analysis.evidence.network import Comparison, Network, connected_parts, network, split_nodes
from analysis.results import Effect, NotApplicable
from analysis.words import LANGUAGES, say_in
from tests.analysis.stopwatch import within

REFERENCE = json.loads((Path(__file__).parents[2] / "reference" / "network.json").read_text(encoding="utf-8"))
CASES = REFERENCE["cases"]
LEAST = {"senn2013": 28, "baker2009": 77, "senn2013_two_arms": 25, "baker2009_two_arms": 29}
INDIRECT = {"senn2013": 8, "baker2009": 2, "senn2013_two_arms": 10, "baker2009_two_arms": 8}

SAME_MODEL = 1e-10  # the worst seen is 6e-15
SEARCHED = 1e-7  # REML: `optimize` on a likelihood that is flat at its top; the worst seen is 3e-9

each_case = pytest.mark.parametrize("name", CASES)


def effect(value: float, variance: float | None, **other: object) -> Effect:
    made = Effect(value, variance, None, "mean_difference", "reported", "a − b")
    return replace(made, **other)


def compared(
    study: str, a: str, b: str, value: float = 1.0, variance: float | None = 0.5, **other: object
) -> Comparison:
    return Comparison(study, a, b, effect(value, variance, **other))


@cache
def comparisons(name: str) -> tuple[Comparison, ...]:
    rows = CASES[name]["comparisons"]
    return tuple(Comparison(r["study"], r["a"], r["b"], effect(r["yi"], r["vi"]), r["n_a"], r["n_b"]) for r in rows)


def same(ours: object, theirs: object, tolerance: float = SAME_MODEL) -> None:
    np.testing.assert_allclose(ours, theirs, rtol=tolerance, atol=tolerance)


def alike(one: Network, other: Network) -> None:
    """Two networks say the same of the same treatments."""
    same(one.estimates, other.estimates)
    same(one.ses, other.ses)
    same(one.p_scores, other.p_scores)
    same((one.tau2, one.total.q, one.within.q), (other.tau2, other.total.q, other.within.q))
    assert one.edges == other.edges and one.notes == other.notes


# -- metafor -------------------------------------------------------------------------------------------------------


def test_the_reference_has_not_shrunk():
    assert {name: len(case["comparisons"]) for name, case in CASES.items()} == LEAST
    assert {name: sum("indirect" in pair for pair in case["pairs"]) for name, case in CASES.items()} == INDIRECT
    assert sum(case.get("dersimonian_laird") is not None for case in CASES.values()) == 2
    assert REFERENCE["versions"]["metafor"] and "rma.mv" in REFERENCE["recipes"]["common"]


@each_case
@pytest.mark.parametrize("model", ["common", "random"])
def test_estimates_errors_and_p_scores(name, model):
    case = CASES[name]
    found = network(comparisons(name), model=model, tau2=case["tau2_given"])
    assert found.treatments == tuple(case["treatments"])
    same(found.estimates, case[model]["estimate"])
    same(found.ses, case[model]["se"])
    same(found.p_scores, case[model]["p_scores"])
    assert found.tau2 == (0 if model == "common" else case["tau2_given"])


@each_case
def test_q_in_total_and_within_designs(name):
    case, found = CASES[name], network(comparisons(name))
    same((found.total.q, found.total.df, found.total.p), (case["q"], case["q_df"], case["q_p"]))
    same((found.within.q, found.within.df), (case["q_within"], case["q_within_df"]))
    same(found.between.q + found.within.q, found.total.q)
    assert found.between.df + found.within.df == found.total.df


@each_case
def test_restricted_maximum_likelihood(name):
    same(network(comparisons(name), tau2="REML").tau2, CASES[name]["reml"], SEARCHED)


@each_case
def test_moments(name):
    """By definition for every network; by metafor's DerSimonian–Laird where all studies have two arms."""
    found = network(comparisons(name)).tau2
    same(found, CASES[name]["moments"])
    if CASES[name].get("dersimonian_laird") is not None:
        same(found, CASES[name]["dersimonian_laird"])


@each_case
def test_direct_evidence_is_pooled_by_pair(name):
    """Studies with more arms give each of their pairs, each with the pair's own variance."""
    found = network(comparisons(name), tau2=CASES[name]["tau2_given"])
    for theirs in CASES[name]["pairs"]:
        direct = found.contrast(theirs["a"], theirs["b"]).direct
        same((direct.value, direct.se), theirs["direct"])
    assert sum(pair.direct is not None for pair in found.pairs) == len(CASES[name]["pairs"]) == len(found.edges)


@each_case
def test_indirect_evidence_is_what_the_other_studies_say(name):
    """Where only two-arm studies compare a pair, its indirect evidence is the network without them."""
    splits = {(s.a, s.b): s for s in split_nodes(comparisons(name), tau2=CASES[name]["tau2_given"])}
    for theirs in CASES[name]["pairs"]:
        if "indirect" in theirs:
            split = splits[theirs["a"], theirs["b"]]
            same((split.indirect.value, split.indirect.se), theirs["indirect"])


# -- netmeta's printed output --------------------------------------------------------------------------------------


@cache
def senn_as_netmeta_has_it() -> Network:
    """netmeta's Senn2013 holds effects and standard errors with four decimals."""
    rounded = [
        replace(
            c, effect=replace(c.effect, value=round(c.effect.value, 4), variance=round(c.effect.variance**0.5, 4) ** 2)
        )
        for c in comparisons("senn2013")
    ]
    return network(rounded)


@pytest.mark.parametrize(
    ("part", "q", "df", "p"), [("total", 96.99, 18, 0.0), ("within", 74.46, 11, 0.0), ("between", 22.53, 7, 0.0021)]
)
def test_senn_2013_as_decomp_design_prints_it(part, q, df, p):
    test = getattr(senn_as_netmeta_has_it(), part)
    assert (round(test.q, 2), test.df, round(test.p, 4)) == (q, df, p)


def test_senn_2013_spread_as_netmeta_prints_it():
    found = senn_as_netmeta_has_it()
    assert (round(found.tau2, 4), round(found.i2, 1)) == (0.1087, 81.4)
    assert (found.k, found.m, len(found.treatments)) == (26, 28, 10)


# -- what must not change anything ---------------------------------------------------------------------------------


@each_case
def test_order_of_studies_and_direction_of_subtraction(name):
    given = list(comparisons(name))
    turned = [
        Comparison(c.study, c.b, c.a, replace(c.effect, value=-c.effect.value), c.n_b, c.n_a) if i % 2 else c
        for i, c in enumerate(given)
    ]
    Random(1).shuffle(turned)
    alike(network(given), network(turned))


def test_new_names_for_treatments_and_studies():
    given = comparisons("baker2009")
    name = {treatment: f"{9 - i}" for i, treatment in enumerate(network(given).treatments)}
    renamed = network([Comparison(f"x{c.study}", name[c.a], name[c.b], c.effect, c.n_a, c.n_b) for c in given])
    plain = network(given)
    for a, b in combinations(plain.treatments, 2):
        same(renamed.contrast(name[a], name[b]).estimate.value, plain.contrast(a, b).estimate.value)
        same(renamed.contrast(name[a], name[b]).direct_share, plain.contrast(a, b).direct_share)
    assert [name[treatment] for treatment in plain.ranked] == list(renamed.ranked)


def test_unit_of_the_outcome():
    grams = [
        replace(c, effect=replace(c.effect, value=1000 * c.effect.value, variance=1e6 * c.effect.variance))
        for c in comparisons("senn2013")
    ]
    kilograms, by_unit = network(comparisons("senn2013")), network(grams)
    same(np.array(by_unit.estimates) / 1000, kilograms.estimates)
    same(by_unit.tau2 / 1e6, kilograms.tau2)
    same(by_unit.p_scores, kilograms.p_scores)


def test_lower_is_better_turns_the_p_scores():
    up, down = (network(comparisons("senn2013"), higher_is_better=way) for way in (True, False))
    same(np.add(up.p_scores, down.p_scores), 1)
    assert up.ranked == down.ranked[::-1] and sum(up.p_scores) == pytest.approx(len(up.treatments) / 2)
    assert down.ranked[0] == "rosiglitazone" and up.ranked[0] == "placebo"


def test_a_star_is_pairwise_pooling_of_each_arm():
    """Without loops every direct estimate stands alone, and two arms meet in the middle."""
    star = [compared(f"s{i}", arm, "hub", 0.1 * i, 0.2 + 0.05 * i) for i, arm in enumerate("aaabbbcc")]
    found = network(star, model="common")
    for arm in "abc":
        own = [c.effect for c in star if c.a == arm]
        total = sum(1 / e.variance for e in own)
        same(found.contrast(arm, "hub").estimate.value, sum(e.value / e.variance for e in own) / total)
        same(found.contrast(arm, "hub").estimate.se, total**-0.5)
        assert found.direct_share(arm, "hub") == pytest.approx(1) and found.direct_share("a", "c") == 0
    same(
        found.contrast("a", "b").estimate.se,
        math.hypot(found.contrast("a", "hub").estimate.se, found.contrast("b", "hub").estimate.se),
    )
    assert split_nodes(found) == () and "network-no-loop" in {note.key for note in found.notes}
    assert found.between.df == 0 and found.between.p is None


def test_three_arms_are_less_than_three_studies():
    """One study of three arms gives back its own pairs; taken for three studies it would seem too precise."""
    arms = [("a", "b", 1.0, 0.5), ("a", "c", 3.0, 0.6), ("b", "c", 2.0, 0.7)]
    one = network([compared("s", *arm) for arm in arms])
    three = network([compared(f"s{i}", *arm) for i, arm in enumerate(arms)], model="common")
    for a, b, value, variance in arms:
        same((one.contrast(a, b).estimate.value, one.contrast(a, b).estimate.se), (value, math.sqrt(variance)))
        assert three.contrast(a, b).estimate.se < math.sqrt(variance) * 0.9
    assert one.total.df == 0 and one.tau2 is None and one.i2 is None and one.k == 1 and one.m == 3
    assert [note.key for note in one.notes] == ["network-no-spread", "network-no-loop"]


def test_a_study_s_arms_follow_from_enough_of_its_pairs():
    """Four arms have six pairs; five of them say as much, if they hold a triangle."""
    given = comparisons("baker2009")
    arms: dict[str, set[str]] = {}
    for c in given:
        arms.setdefault(c.study, set()).update((c.a, c.b))
    large = {study for study, treatments in arms.items() if len(treatments) == 4}
    last = {c.study: c for c in given if c.study in large}
    assert large
    alike(network(given), network([c for c in given if c not in last.values()]))


def test_options_of_a_split_are_those_of_the_network():
    given = comparisons("senn2013")
    assert split_nodes(given, model="common") == split_nodes(network(given, model="common"))
    assert split_nodes(given) != split_nodes(given, model="common")


def test_a_split_adds_up_to_the_network():
    for split in split_nodes(comparisons("baker2009")):
        precision = split.direct.se**-2 + split.indirect.se**-2
        same(split.network.se**-2, precision)
        same(split.direct_share, split.direct.se**-2 / precision)
        same(split.difference.value, split.direct.value - split.indirect.value)
        assert split.z == split.difference.z and split.p == split.difference.p


# -- parts of the answer -------------------------------------------------------------------------------------------


def test_league_and_turned_contrasts():
    found = network(comparisons("senn2013"), confidence=0.9)
    table = found.league()
    assert [row[i] for i, row in enumerate(table)] == [None] * 10
    for i, j in combinations(range(10), 2):
        here, there = table[i][j], table[j][i]
        assert (here.a, here.b) == (found.ranked[i], found.ranked[j]) == (there.b, there.a)
        assert here.estimate.value == -there.estimate.value and here.estimate.p == there.estimate.p
        assert here.estimate.interval == tuple(-end for end in reversed(there.estimate.interval))
    low, high = found.contrast("metformin", "placebo").estimate.interval
    same((high - low) / 2, 1.6448536269514722 * found.contrast("metformin", "placebo").estimate.se)


def test_nodes_and_edges_count_studies_and_people():
    found = network(comparisons("senn2013"))
    nodes, edges = {n.treatment: n for n in found.nodes}, {(e.a, e.b): e for e in found.edges}
    assert (nodes["acarbose"].studies, nodes["acarbose"].people) == (3, 31 + 41 + 36)  # Willms, Oyama, Costa
    assert (edges["benfluorex", "placebo"].studies, edges["benfluorex", "placebo"].people) == (2, 28 + 30 + 161 + 156)
    assert sum(edge.studies for edge in found.edges) == 28
    unknown = network([replace(comparisons("senn2013")[0], n_a=None), *comparisons("senn2013")[1:]])
    assert None in {node.people for node in unknown.nodes} and None in {edge.people for edge in unknown.edges}


def test_status_is_the_weakest():
    given = [
        compared("1", "a", "b"),
        compared("2", "b", "c", status="assumed"),
        compared("3", "a", "c", status="recovered"),
    ]
    assert network(given).status == "assumed" and network(given).kind == "mean_difference"


def test_one_study_per_comparison_is_called_sparse():
    triangle = [compared("1", "a", "b", 1), compared("2", "b", "c", 1), compared("3", "a", "c", 5)]
    found = network(triangle)
    assert [note.key for note in found.notes] == ["network-indirect", "network-sparse"]
    assert found.within.df == 0 and found.between.df == 1 and found.tau2_within is None
    assert len(split_nodes(found)) == 3
    assert found.tau2 > 0 and network(triangle, model="common").tau2 == 0


def test_parts_are_named_the_biggest_first():
    given = [compared("1", "x", "y"), compared("2", "a", "b"), compared("3", "b", "c"), compared("4", "c", "a")]
    assert connected_parts(given) == (("a", "b", "c"), ("x", "y"))
    assert connected_parts([]) == ()


# -- refusals ------------------------------------------------------------------------------------------------------

TRIANGLE = [compared("1", "a", "b"), compared("2", "b", "c")]
REFUSED = {
    "network-apart": [*TRIANGLE, compared("3", "x", "y")],
    "network-few": [compared("1", "a", "b"), compared("2", "a", "b")],
    "network-kinds": [*TRIANGLE, compared("3", "a", "c", kind="hedges_g")],
    "network-no-variance": [*TRIANGLE, compared("Aba 2020", "a", "c", variance=None)],
    "network-with-itself": [*TRIANGLE, compared("Aba 2020", "c", "c")],
    "network-pair-twice": [*TRIANGLE, compared("Aba 2020", "a", "b"), compared("Aba 2020", "b", "a")],
    "network-arms-unknown": [*TRIANGLE, compared("Aba 2020", "a", "b"), compared("Aba 2020", "a", "c")],
    "network-effects-disagree": [compared("Aba 2020", *pair, 1.0, 0.5) for pair in ("ab", "bc", "ac")],
    "network-variances-disagree": [
        compared("Aba 2020", "a", "b", 1.0, 0.1),
        compared("Aba 2020", "b", "c", 1.0, 0.1),
        compared("Aba 2020", "a", "c", 2.0, 0.9),
    ],
    "infinite": [*TRIANGLE, compared("3", "a", "c", math.nan)],
}


@pytest.mark.parametrize("key", REFUSED)
def test_refusals_are_said_with_names(key):
    with pytest.raises(NotApplicable) as caught:
        network(REFUSED[key])
    assert caught.value.note.key == key
    for language in LANGUAGES:
        said = say_in(language).note(caught.value.note, "reason")
        assert "{" not in said and "reason." not in said
        assert "Aba 2020" in said or "Aba 2020" not in {c.study for c in REFUSED[key]}


def test_nothing_at_all_is_refused():
    with pytest.raises(NotApplicable):
        network([])


def test_a_variance_of_zero_is_no_variance():
    with pytest.raises(NotApplicable, match="network-no-variance"):
        network([*TRIANGLE, compared("3", "a", "c", variance=0.0)])


def test_four_arms_whose_variances_contradict_each_other():
    """Six pairs of four arms; one variance is doubled."""
    pairs = list(combinations("abcd", 2))
    given = [compared("Aba 2020", a, b, 0.0, 0.5 if (a, b) != ("a", "b") else 1.0) for a, b in pairs]
    with pytest.raises(NotApplicable, match="network-variances-disagree"):
        network(given)


@pytest.mark.parametrize("options", [{"tau2": "PM"}, {"tau2": -1.0}, {"tau2": math.inf}, {"model": "fixed"}])
def test_unknown_options(options):
    with pytest.raises(ValueError, match="known are"):
        network(TRIANGLE, **options)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_note_can_be_said(language):
    loop = [*TRIANGLE, compared("3", "a", "c", 9.0)]
    notes = {note.key: note for given in (TRIANGLE, loop) for note in network(given).notes}
    said = [say_in(language).note(note, "note") for note in notes.values()]
    assert len(said) == 4 and all("{" not in words and "note." not in words for words in said)


# -- speed ---------------------------------------------------------------------------------------------------------


def large(treatments: int, studies: int) -> list[Comparison]:
    """Random studies of two to four arms."""
    rng, made = np.random.default_rng(1), []
    for study in range(studies):
        arms = rng.choice(treatments, size=rng.choice([2, 2, 2, 3, 4]), replace=False)
        level, variance = rng.normal(size=len(arms)), rng.uniform(0.02, 0.2, len(arms))
        for i, j in combinations(range(len(arms)), 2):
            between = level[i] - level[j], variance[i] + variance[j]
            made.append(compared(f"s{study}", f"t{arms[i]:02d}", f"t{arms[j]:02d}", *between))
    return made


@pytest.mark.parametrize("tau2", ["DL", "REML"])
def test_networks_answer_at_once(tau2):
    small, big = comparisons("senn2013"), large(40, 300)
    with within(0.05):
        split_nodes(small, tau2=tau2)
    with within(0.5):
        found = network(big, tau2=tau2)
        assert len(split_nodes(found)) > 300 and len(found.league()) == 40


def test_evidence_that_agrees_better_than_chance_has_i2_of_0():
    """Never below: Q below its degrees of freedom is no negative heterogeneity."""
    alike = [compared(f"s{k}", "a", "b", 1 + k / 100) for k in range(4)]
    found = network([*alike, compared("other", "b", "c")])
    assert 0 < found.total.q < found.total.df
    assert found.i2 == 0.0
