"""GRADE: the proposals against published examples, and nothing missing ever counts as good."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from analysis.evidence import DOMAINS, level_said, revise, word_said
from analysis.evidence.certainty import WORDS, propose
from analysis.evidence.ratings import RatedBody
from analysis.results import NotApplicable, Pooled
from analysis.studies import OVERALL, Bias
from analysis.studies.bias import ROB2, ROBINS_I, Judgement
from analysis.words import say_in
from tests.analysis.studies.test_bias import judged

LOW, SOME, HIGH = (judged(ROB2, word) for word in ("low", "some concerns", "high"))
PARTLY = Bias(ROB2, {d: found for d, found in LOW.domains.items() if d not in ("measurement", OVERALL)})


def pooled(k: int, interval, i2=0.0, prediction=None, weights=None) -> Pooled:
    middle = sum(interval) / 2
    return Pooled(
        kind="mean_difference", k=k, tau2_method="REML", interval_method="HKSJ", estimate=middle,
        se=(interval[1] - interval[0]) / 4, interval=interval, p=0.5, tau2=0.0, tau2_interval=None, i2=i2, q=1.0,
        q_df=k - 1, q_p=0.5, prediction=prediction, weights=weights or (100 / k,) * k, status="derived",
    )  # fmt: skip


def body(k=4, interval=(-2.0, -1.0), *, i2=0.0, prediction=None, **changed) -> RatedBody:
    """A body of evidence without any concern, but for what is changed."""
    whole = RatedBody(
        k=k, randomised=True, biases=(LOW,) * k, pooled=pooled(k, interval, i2, prediction or interval),
        intervals=(interval,) * k, people=1000, events=500, populations_differ=False, indirect_comparison=False,
        surrogate=False, egger_p=0.6, smallest=0.5,
    )  # fmt: skip
    return replace(whole, **changed)


def level(found: RatedBody, domain: str) -> int | None:
    return propose(found).reasons[domain].level


# -- published examples -------------------------------------------------------------------------------------------


def test_randomised_studies_without_concern_are_high_and_others_low():
    """GRADE guidelines 3: where each body starts."""
    assert (propose(body()).word, propose(body()).at_most) == ("high", False)
    assert propose(body(randomised=False)).word == "low"


def test_cochrane_handbook_stockings_on_flights_oedema():
    """Summary of findings on compression stockings (Cochrane Handbook 5.1, figure 11.5.a; CD004002): low.

    6 trials, 1246 people, 4.7 lower (-4.9 to -4.5); one level for assessors who knew the treatment, one for
    a measurement of oedema that wasn't validated.
    """
    found = propose(body(6, (-4.9, -4.5), people=1246, biases=(SOME,) * 6, surrogate=True))
    assert (found.word, found.at_most) == ("low", False)
    assert {domain: found.reasons[domain].level for domain in DOMAINS} == {
        "bias": 1, "inconsistency": 0, "indirectness": 1, "imprecision": 0, "small-study": 0,
    }  # fmt: skip


def test_cochrane_handbook_stockings_on_flights_symptomless_dvt_needs_a_reader():
    """The same table: RR 0.10 (0.04 to 0.26), 50 events in 2637 people, rated high by its authors.

    The rule of thumb of 300 events proposes less (GRADE guidelines 6 names few events with a small risk in both
    groups as its exception); a reader who agrees with the authors says so.
    """
    found = propose(body(9, (math.log(0.04), math.log(0.26)), binary=True, people=2637, events=50))
    assert (found.word, found.reasons["imprecision"].level) == ("low", 2)
    revised = revise(found, {"imprecision": 0})
    assert revised.word == "high" and not revised.reasons["imprecision"].proposed


def test_guidelines_6_precision_is_adequate_where_no_effect_is_excluded_and_the_size_is_met():
    assert level(body(binary=True, interval=(math.log(0.6), math.log(0.9)), events=300), "imprecision") == 0
    assert level(body(people=400), "imprecision") == 0
    assert level(body(people=399), "imprecision") == 1
    assert level(body(binary=True, events=299), "imprecision") == 1


# GRADE guidelines 6: appreciable benefit or harm, as a rough guide, is an RR under 0.75 or over 1.25;
# guidance 34: an interval that crosses more than one threshold may cost two levels.
@pytest.mark.parametrize(
    ("low", "high", "levels"),
    [(0.95, 1.05, 0), (0.80, 1.15, 0), (0.45, 1.05, 1), (0.95, 1.60, 1), (0.60, 1.60, 2), (0.45, 0.80, 0)],
)
def test_guidelines_6_an_interval_with_no_effect_and_appreciable_benefit_or_harm(low, high, levels):
    found = body(interval=(math.log(low), math.log(high)), smallest=math.log(1.25), people=5000)
    assert level(found, "imprecision") == levels


def test_guidance_34_far_fewer_people_than_enough_may_cost_two_levels():
    """A trial of the size of this field: two groups of 17."""
    alone = body(1, people=34, pooled=None)
    assert level(alone, "imprecision") == 2
    assert propose(replace(alone, randomised=False)).word == "very low"


# Cochrane Handbook 6.5, table 14.2.a: most information from results at low risk, at some concerns, at high risk.
@pytest.mark.parametrize(
    ("biases", "levels"),
    [
        ((LOW, LOW, LOW, LOW), 0),
        ((LOW, LOW, LOW, SOME), 0),
        ((SOME, SOME, SOME, LOW), 1),
        ((LOW, LOW, SOME, HIGH), 1),
        ((HIGH, HIGH, HIGH, LOW), 2),
        ((judged(ROBINS_I, "serious"), judged(ROBINS_I, "critical"), HIGH, LOW), 2),
        ((judged(ROB2, "no information"), SOME, judged(ROBINS_I, "no information"), LOW), 1),
    ],
)
def test_handbook_14_2_a_bias_goes_by_where_most_of_the_information_is(biases, levels):
    assert level(body(biases=biases), "bias") == levels


def test_bias_goes_by_weight_not_by_number_of_studies():
    one_large = pooled(4, (-2.0, -1.0), prediction=(-2.0, -1.0), weights=(70.0, 10.0, 10.0, 10.0))
    assert level(body(biases=(LOW, HIGH, HIGH, HIGH), pooled=one_large), "bias") == 0
    assert level(body(biases=(HIGH, LOW, LOW, LOW), pooled=one_large), "bias") == 2


# GRADE guidelines 7: studies that differ only in size of effect count less than studies on opposite sides.
@pytest.mark.parametrize(
    ("i2", "intervals", "levels"),
    [
        (0.0, ((-3, -1), (-2.5, -0.5), (-3, -1)), 0),
        (49.0, ((-3, -1), (-2.5, -0.5), (-3, -1)), 0),
        (60.0, ((-3, -1), (-2.5, -0.5), (-3, -1)), 0),
        (60.0, ((-3, -2), (-1.5, -0.5), (-3, -1)), 1),
        (90.0, ((-9, -8), (-1.5, -0.5), (-3, -1)), 1),
        (90.0, ((-9, -8), (0.5, 1.5), (-3, -1)), 2),
    ],
)
def test_guidelines_7_inconsistency_by_i2_and_overlap(i2, intervals, levels):
    assert level(body(3, i2=i2, intervals=intervals), "inconsistency") == levels


def test_a_prediction_interval_that_includes_no_effect_counts_where_i2_is_substantial():
    assert level(body(i2=60.0, prediction=(-3.0, 0.5)), "inconsistency") == 1
    assert level(body(i2=60.0, prediction=(-3.0, -0.2)), "inconsistency") == 0


@pytest.mark.parametrize(("facts", "levels"), [((), 0), (("surrogate",), 1), (("surrogate", "populations_differ"), 2)])
def test_guidelines_8_each_kind_of_indirectness_counts(facts, levels):
    assert level(body(**dict.fromkeys(facts, True)), "indirectness") == levels


@pytest.mark.parametrize(("k", "p", "levels"), [(9, 0.001, 0), (10, 0.099, 1), (10, 0.10, 0), (30, 0.6, 0)])
def test_egger_counts_from_ten_studies_on(k, p, levels):
    assert level(body(k, egger_p=p), "small-study") == levels


def test_the_word_never_falls_below_very_low():
    worst = body(
        10, (-1.0, 1.0), biases=(HIGH,) * 10, people=20, surrogate=True, indirect_comparison=True, egger_p=0.01
    )
    assert propose(worst).word == propose(replace(worst, randomised=False)).word == "very low"
    assert not propose(replace(worst, biases=())).at_most  # nothing is lower


def test_mixed_babies_count_where_effects_differ_and_are_said_either_way():
    """Term and preterm together: inconsistency, never indirectness."""
    together = {"i2": 60.0, "intervals": ((-2.0, -1.0),) * 4}
    plain, mixed = body(4, **together), body(4, **together, populations_mixed=True)
    assert (level(plain, "inconsistency"), level(mixed, "inconsistency")) == (0, 1)
    alike = propose(body(4, populations_mixed=True)).reasons
    assert alike["inconsistency"].level == alike["indirectness"].level == 0
    assert alike["inconsistency"].beside.key == "mixed-babies"


def test_change_within_one_group_starts_low_whoever_allocated_it():
    found = propose(body(randomised=False, compared=False))
    assert (found.word, found.start) == ("low", "before-after") and propose(body()).start == "randomised"
    assert propose(body(randomised=False)).start == "other"


# -- nothing missing counts as good -------------------------------------------------------------------------------

BODIES = {
    "good": body(12),
    "biased": body(3, biases=(HIGH, HIGH, SOME)),
    "mixed": body(2, biases=(LOW, SOME), i2=60.0, intervals=((-3.0, -2.0), (-1.5, -0.5))),
    "contrary": body(3, (-1.0, 1.0), i2=92.0, intervals=((-9.0, -8.0), (0.5, 1.5), (-1.0, 1.0))),
    "wide": body(12, (-1.0, 1.0), people=5000, prediction=(-2.0, 2.0)),
    "one way": body(4, (-1.0, 0.1), people=5000),
    "far apart": body(4, i2=70.0, prediction=(-4.0, 1.0)),
    "small": body(1, people=34),
    "events": body(12, binary=True, events=50, egger_p=0.01),
    "indirect": body(4, surrogate=True, populations_differ=True),
    "others": body(4, randomised=False, biases=(judged(ROBINS_I, "serious"),) * 4),
}
MISSING = {
    "people": {"people": None, "events": None},
    "egger": {"egger_p": None},
    "smallest": {"smallest": None},
    "populations": {"populations_differ": None},
    "comparison": {"indirect_comparison": None},
    "surrogate": {"surrogate": None},
    "some intervals": lambda b: {"intervals": b.intervals[1:]},
    "bias of one": lambda b: {"biases": (None, *b.biases[1:])},
    "i2": lambda b: {"pooled": b.pooled and replace(b.pooled, i2=None)},
    "prediction": lambda b: {"pooled": b.pooled and replace(b.pooled, prediction=None)},
    "pooled": {"pooled": None},
}


def with_missing(whole: RatedBody) -> Iterator[RatedBody]:
    """The body with every combination of missing pieces, the complete one left out."""
    for mask in product((False, True), repeat=len(MISSING)):
        partly = whole
        for gone, change in zip(mask, MISSING.values(), strict=True):
            if gone:
                partly = replace(partly, **(change(partly) if callable(change) else change))
        if any(mask):
            yield partly


@pytest.mark.parametrize("name", BODIES)
def test_nothing_missing_ever_counts_as_good(name):
    """A settled rating is never milder than that of the complete body, and the word never settles higher."""
    whole = propose(BODIES[name])
    assert all(rating.settled for rating in whole.reasons.values()) and not whole.at_most
    for partly in with_missing(BODIES[name]):
        found = propose(partly)
        for domain in DOMAINS:
            rating, truth = found.reasons[domain], whole.reasons[domain]
            assert not rating.settled or rating.level >= truth.level, (partly, domain)
        if WORDS.index(found.word) > WORDS.index(whole.word):
            assert found.at_most, partly


@pytest.mark.parametrize("unassessed", [None, PARTLY, Bias(ROB2), Bias(ROBINS_I)])
def test_bias_that_is_not_assessed_is_never_no_concern(unassessed):
    for biases in ((unassessed,) * 4, (unassessed, unassessed, LOW, LOW), ()):
        found = propose(body(biases=biases))
        assert found.reasons["bias"].level is None
        assert (found.word, found.at_most) == ("high", True)


@pytest.mark.parametrize(
    ("tool", "judgement", "expected"),
    [
        (ROBINS_I, "serious", 2),  # overall is at least as severe as its worst domain (Sterne et al. 2016, 2019)
        (ROBINS_I, "critical", 2),
        (ROB2, "high", 2),
        (ROB2, "some concerns", 1),
        (ROB2, "no information", 1),
        (ROB2, "low", None),  # what isn't judged may still be anything
    ],
)
def test_one_judged_domain_bounds_the_rest_from_below(tool, judgement, expected):
    domain = "confounding" if tool == ROBINS_I else "randomisation"
    partly = Bias(tool, {domain: Judgement(domain, judgement, {"en": "x", "id": "x"})})
    rating = propose(body(biases=(partly,) * 4)).reasons["bias"]
    assert rating.level == expected
    assert rating.settled == (expected == 2) and rating.or_more == (expected == 1)


def test_what_is_known_to_be_serious_stays_so_beside_what_is_not_assessed():
    found = propose(body(biases=(HIGH, SOME, None, None)))
    assert (found.reasons["bias"].level, found.reasons["bias"].or_more) == (1, True)
    assert (found.word, found.at_most) == ("moderate", True)
    assert propose(body(5, biases=(HIGH, HIGH, HIGH, None, None))).reasons["bias"].settled


def test_a_body_of_which_nothing_is_known_is_at_most_high_and_says_so():
    found = propose(RatedBody(k=12, randomised=True))
    assert all(found.reasons[domain].level is None for domain in DOMAINS)
    assert (found.word, found.at_most) == ("high", True)


# -- a reader's choice --------------------------------------------------------------------------------------------


def test_a_choice_replaces_one_rating_and_is_marked():
    proposed = propose(body(biases=()))
    found = revise(proposed, {"bias": 1})
    assert (found.word, found.at_most) == ("moderate", False)
    assert not found.reasons["bias"].proposed
    assert all(found.reasons[domain] == proposed.reasons[domain] for domain in DOMAINS if domain != "bias")
    assert proposed.reasons["bias"].level is None  # the proposal itself is as it was


def test_a_reader_may_choose_that_it_is_unknown():
    found = revise(propose(body()), {"indirectness": None})
    assert (found.word, found.at_most) == ("high", True)


@pytest.mark.parametrize("levels", [{"publication": 1}, {"bias": 3}, {"bias": -1}, {"bias": True}, {"bias": 0.5}])
def test_no_other_domain_or_level_can_be_chosen(levels):
    with pytest.raises(NotApplicable):
        revise(propose(body()), levels)


@pytest.mark.parametrize("wrong", [{"k": 0}, {"k": 2, "biases": (LOW,) * 3}, {"k": 1, "intervals": ((0, 1),) * 2}])
def test_what_cannot_be_rated_is_refused_in_words(wrong):
    with pytest.raises(NotApplicable) as caught:
        propose(RatedBody(randomised=True, **wrong))
    for language in ("en", "id"):
        said = say_in(language).note(caught.value.note, "reason")
        assert "{" not in said and not said.startswith("reason.")


# -- words --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("name", BODIES)
def test_every_rating_is_said_with_its_numbers(language, name):
    say = say_in(language)
    for partly in (BODIES[name], *with_missing(BODIES[name])):
        found = propose(partly)
        for rating in found.reasons.values():
            said = say.note(rating.note, "certainty")
            assert "{" not in said and "term." not in said
            assert not said.startswith("certainty.") and "None" not in said
            assert "certainty-" not in level_said(rating, say)
        assert found.word in word_said(found, say) or language == "id"


def test_sentences_name_their_numbers():
    say, indonesian = say_in("en"), say_in("id")
    found = propose(body(12, (-1.25, 0.5), people=250, smallest=None, egger_p=0.04, biases=(SOME,) * 9 + (LOW,) * 3))
    said = {domain: say.note(found.reasons[domain].note, "certainty") for domain in DOMAINS}
    assert "−1.25" in said["imprecision"] and "250 mothers, where 400" in said["imprecision"]
    assert "25%" in said["bias"] and "75%" in said["bias"]
    assert "p = 0.040" in said["small-study"] and "12 studies" in said["small-study"]
    assert "p = 0,040" in indonesian.note(found.reasons["small-study"].note, "certainty")


def test_a_word_that_is_a_limit_and_a_choice_are_said_as_such():
    say = say_in("en")
    found = propose(body(biases=()))
    assert word_said(found, say) == "at most high certainty"
    assert level_said(found.reasons["bias"], say) == "unknown"
    chosen = revise(found, {"bias": 2})
    assert word_said(chosen, say) == "low certainty"
    assert level_said(chosen.reasons["bias"], say) == "very serious (two levels down), chosen by the reader"
