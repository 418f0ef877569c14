"""Which effects may be pooled: like with like, nobody counted twice, every assumption asked for and marked."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import combinations, permutations, product

import pytest

from analysis.evidence import KINDS_OF, POOLED_FAMILIES, Body, Choice, best_kind, better_of, body, name_of
from analysis.evidence.body import one_per_pair
from analysis.evidence.choice import BETWEEN, unit_of
from analysis.evidence.contrasts import COMPARISONS, effects_of
from analysis.evidence.pooling import pool
from analysis.evidence.trials import one_per_trial
from analysis.words import say_in
from tests.analysis.small_studies import MILK, counts, means, small_study

KINDS = tuple(dict.fromkeys(kind for kinds in KINDS_OF.values() for kind in kinds))
ROWS = means("a", "30", "10") + means("b", "20", "10")
YES_NO = {"milk": ("milk-volume", "binary", "higher", "% of mothers")}


def one(tmp_path, id="small", rows=ROWS, claims=(), **card):
    return small_study(tmp_path, rows, claims, id=id, **card)


def why(found) -> dict[str, str | None]:
    return {entry.contrast.study.id: entry.why_not and entry.why_not.key for entry in found.entries}


def ids(entries) -> set[str]:
    return {entry.contrast.study.id for entry in entries}


# -- the guard: only like with like ------------------------------------------------------------------------------------


def test_outcomes_of_two_families_are_refused(tmp_path):
    prolactin = {"milk": ("prolactin", "continuous", "higher", "ng/mL")}
    shelf = [one(tmp_path, "x"), one(tmp_path, "y"), one(tmp_path, "z", outcomes=prolactin)]
    found = body(shelf, Choice(families=("prolactin", "milk-volume")))
    assert found.refused.key == "mixed-families" and found.all == found.kept == ()
    assert len(found.entries) == 3 and found.nearest == Choice(families=("milk-volume",))
    assert len(body(shelf, found.nearest).all) == 2


def test_comparisons_of_two_kinds_are_refused(tmp_path):
    other = {"a": ("moringa", "20"), "b": ("katuk", "25")}
    shelf = [one(tmp_path, "x"), one(tmp_path, "y", arms=other)]
    found = body(shelf, Choice(comparisons=("control", "active")))
    assert found.refused.key == "mixed-comparisons" and body(shelf, found.nearest).refused is None


def test_directions_of_better_are_refused(tmp_path):
    lower = {"milk": ("milk-volume", "continuous", "lower", "mL")}
    found = body([one(tmp_path, "x"), one(tmp_path, "y", outcomes=lower)], Choice())
    assert found.refused.key == "mixed-directions" and found.nearest is None


def test_pairs_of_treatments_are_refused_and_the_commonest_is_offered(tmp_path):
    katuk, ginger = ({"a": ("moringa", "20"), "b": (other, "25")} for other in ("katuk", "ginger"))
    shelf = [one(tmp_path, "x", arms=ginger), one(tmp_path, "y", arms=katuk), one(tmp_path, "z", arms=katuk)]
    found = body(shelf, Choice(comparisons=("active",)))
    assert found.refused.key == "mixed-pairs" and found.refused.values == {"pairs": 2}
    assert (found.nearest.treatments, found.nearest.comparators) == (("moringa",), ("katuk",))
    assert ids(body(shelf, found.nearest).all) == {"y", "z"}


def test_units_are_refused_for_differences_and_not_for_g(tmp_path):
    litres = {"milk": ("milk-volume", "continuous", "higher", "L")}
    shelf = [one(tmp_path, "x"), one(tmp_path, "y", outcomes=litres)]
    found = body(shelf, Choice(kind="mean_difference"))
    assert found.refused.key == "mixed-units" and found.refused.values == {"units": "L, mL"}
    assert found.nearest == Choice(kind="hedges_g") and body(shelf, found.nearest).refused is None
    assert body(shelf, Choice(kind="ratio_of_means")).refused is None


def test_the_nearest_choice_counts_studies_not_rows(tmp_path):
    arms = {"a": ("moringa", "20"), "c": ("katuk", "20"), "d": ("ginger", "20"), "b": ("placebo", "20")}
    prolactin = {"milk": ("prolactin", "continuous", "higher", "ng/mL")}
    many = one(tmp_path, "many", [row for arm in arms for row in means(arm, "30", "10")], arms=arms, outcomes=prolactin)
    shelf = [many, one(tmp_path, "x"), one(tmp_path, "y")]
    assert body(shelf, Choice(families=("prolactin", "milk-volume"))).nearest.families == ("milk-volume",)


CHOICES = [
    Choice(families=families, comparisons=comparisons, kind=kind, r=0.5, design_effect=1.5, equal_groups=True)
    for families in (*combinations(POOLED_FAMILIES, 1), *combinations(POOLED_FAMILIES, 2), POOLED_FAMILIES)
    for comparisons in (*combinations(COMPARISONS, 1), *combinations(COMPARISONS, 2), COMPARISONS)
    for kind in KINDS
]


@cache
def known(library: tuple, choice: Choice) -> Body:
    """`body`, kept for all the mixes that are tried one by one: most of their parts are those of many others."""
    return body(library, choice)


@pytest.fixture(scope="module")
def bodies(studies) -> list[Body]:
    return [body(studies.values(), choice) for choice in CHOICES]


def test_every_pool_of_the_library_is_of_one_kind_and_every_refusal_offers_what_isn_t_refused(studies, bodies):
    library, refusals = tuple(studies.values()), Counter()
    for found in bodies:
        choice = found.choice
        if found.refused is None:
            contrasts = [entry.contrast for entry in found.all]
            assert len({(c.family, c.comparison, better_of(c)) for c in contrasts}) <= 1
            if choice.kind in ("mean_difference", "mean_change"):
                assert len({unit_of(c) for c in contrasts}) <= 1
            continue
        refusals[found.refused.key] += 1
        assert found.all == () and say_in("en").note(found.refused, "reason")
        assert found.nearest is not None
        offered = known(library, found.nearest)
        assert offered.refused is None and pool([entry.effect for entry in offered.all]).k == len(offered.all) > 0
        if found.nearest.kind == choice.kind:
            assert len(ids(offered.all)) >= _most(library, choice)
    assert {"mixed-families", "mixed-comparisons", "mixed-pairs", "mixed-units"} <= set(refusals)


def _most(library, choice: Choice) -> int:
    """The most studies that one family and comparison (and pair) of a choice hold, tried one by one."""
    most = 0
    for family, comparison in product(choice.families, choice.comparisons):
        found = known(library, replace(choice, families=(family,), comparisons=(comparison,)))
        pairs = {(name_of(e.contrast.treatments), name_of(e.contrast.comparator)) for e in found.entries if e.poolable}
        if comparison != "active":
            most = max(most, len(ids(found.all)))
        for treatment, other in pairs if comparison == "active" else ():
            narrow = replace(found.choice, treatments=(treatment,), comparators=(other,))
            most = max(most, len(ids(known(library, narrow).all)))
    return most


def test_what_isn_t_named_is_shown_and_never_pooled(tmp_path, bodies):
    arms = {"a": ("moringa", "20"), "b": ("not-named", "25")}
    found = body([one(tmp_path, arms=arms)], Choice(comparisons=("unnamed",)))
    assert why(found) == {"small": "comparator-not-named"} and found.all == ()
    assert all(entry.contrast.comparison != "unnamed" for found in bodies for entry in found.all)


# -- nobody twice ------------------------------------------------------------------------------------------------------


def test_of_studies_with_the_same_people_the_original_enters(tmp_path):
    quoted = one(tmp_path, "a-quoted", source="cited-in", same=("original",))
    abstract = one(tmp_path, "abstract", source="abstract", same=("a-quoted",))
    original = one(tmp_path, "original")
    for shelf in permutations([quoted, abstract, original]):
        found = body(shelf, Choice())
        assert ids(found.all) == {"original"}  # the abstract through the quotation
        assert why(found) == {"original": None, "abstract": "same-people", "a-quoted": "same-people"}


def test_a_study_that_can_t_be_pooled_doesn_t_keep_its_twin_out(tmp_path):
    bare = one(tmp_path, "bare", [("a", "after", "mean", "3")], same=("quoted",))
    cluster = one(tmp_path, "cluster", cluster=True, same=("quoted",))
    quoted = one(tmp_path, "quoted", source="cited-in")
    assert ids(body([bare, cluster, quoted], Choice()).all) == {"quoted"}
    assert ids(body([bare, cluster, quoted], Choice(design_effect=2)).all) == {"cluster"}


def test_no_two_studies_with_the_same_people_are_pooled_in_the_library(bodies):
    for found in bodies:
        entered = {entry.contrast.study.id: entry.contrast.study for entry in found.all}
        assert not any(other in entered for study in entered.values() for other in study.facets.same_people_as)


def test_only_rows_that_can_be_pooled_count_with_their_trial(tmp_path):
    arms = {"a": ("moringa", "20"), "c": ("katuk", "20"), "x": ("not-named", "20"), "b": ("placebo", "30")}
    rows = [row for arm in ("a", "x", "b") for row in means(arm, "30", "10")]  # nothing of katuk
    found = body([one(tmp_path, rows=rows, arms=arms)], Choice(comparisons=("control", "unnamed")))
    (row,) = found.all
    assert row.contrast.n == (20, 30) and one_per_trial(found.all, found.choice) == (row,)


@pytest.mark.parametrize("kind", BETWEEN)
def test_a_study_has_one_number_whatever_else_its_control_serves(studies, kind):
    """The row of a pair of arms is the same beside other arms of its trial as it is alone."""
    for family in POOLED_FAMILIES:
        for entry in body(studies.values(), Choice(families=(family,), kind=kind)).all:
            alone = Choice(families=(family,), kind=kind, treatments=(name_of(entry.contrast.treatments),))
            assert entry in body(studies.values(), alone).entries


def test_no_arm_of_the_library_is_used_for_more_people_than_it_has(bodies):
    """In one effect per trial every arm is once on one side, whatever it is compared with."""
    for found in bodies:
        for trial in one_per_trial(found.all, found.choice):
            assert len(set(trial.contrast.all_arms)) == len(trial.contrast.all_arms)
            n = [trial.contrast.people(arm) for arm in trial.contrast.all_arms]
            assert None in n or sum(trial.contrast.n) == sum(n)


def test_a_study_gives_one_effect_per_pair(tmp_path):
    outcomes = MILK | {"other": ("milk-volume", "continuous", "higher", "mL")}
    rows = ROWS + [row for arm in "ab" for row in means(arm, "3", "1", "after", "other")]
    (entry,) = body([one(tmp_path, rows=rows, outcomes=outcomes)], Choice()).entries
    assert entry.contrast.outcome == "milk"


def test_the_library_gives_one_effect_per_study_and_pair(bodies):
    for found in bodies:
        rows = [(e.contrast.study.id, e.contrast.family, e.contrast.comparison, e.contrast.arms) for e in found.entries]
        assert len(rows) == len(set(rows))


# -- which of several ------------------------------------------------------------------------------------------------


def test_what_needs_no_assumption_comes_before_the_order_of_outcomes(tmp_path):
    outcomes = MILK | {"total": ("milk-volume", "continuous", "higher", "mL")}
    rows = [(arm, "after", s, v) for arm in "ab" for s, v in (("median", "20"), ("q1", "10"), ("q3", "35"))]
    both = [row for arm in "ab" for row in means(arm, "3", "1", "after", "total")]
    (entry,) = body([one(tmp_path, rows=rows + both, outcomes=outcomes)], Choice()).entries
    assert entry.contrast.outcome == "total" and entry.effect.status == "derived"
    (entry,) = body([one(tmp_path / "x", rows=rows, outcomes=outcomes)], Choice()).entries
    assert entry.contrast.outcome == "milk" and entry.effect.status == "assumed"


def test_silymarin_s_total_with_sds_comes_before_its_daily_medians(studies):
    (entry,) = body([studies["silymarin-galega-2016"]], Choice()).entries
    assert entry.contrast.outcome == "milk-total" and entry.effect.status == "derived"


@pytest.mark.parametrize("order", list(permutations(("week-1", "week-2", "week-3"))))
def test_first_and_last_go_by_the_card_whatever_the_order_of_rows(tmp_path, order):
    rows = [row for time in order for arm in "ab" for row in means(arm, "30", "10", time)]
    study = one(tmp_path, rows=rows, times=("before", "week-1", "week-2", "week-3"))
    for moment, wanted in (("first", "week-1"), ("last", "week-3")):
        assert [e.contrast.when for e in body([study], Choice(moment=moment)).entries] == [wanted]


@pytest.mark.parametrize(("moment", "wanted"), [("first", "before:week-1"), ("last", "before:week-2")])
def test_first_and_last_of_one_arm(tmp_path, moment, wanted):
    rows = [row for time in ("before", "week-2", "week-1") for row in means("a", "30", "10", time)]
    study = one(tmp_path, rows=rows, times=("before", "week-1", "week-2"), arms={"a": ("moringa", "20")})
    found = body([study], Choice(comparisons=("before-after",), kind="smcc", moment=moment, r=0.5))
    assert [entry.contrast.when for entry in found.entries] == [wanted]


def test_as_measured_comes_before_adjusted_before_change(tmp_path):
    def rows(*prefixes):
        return [(arm, "before:after" if p == "change_" else "after", f"{p}{s}", v)
                for p in prefixes for arm in "ab" for s, v in (("mean", "3"), ("sd", "1"))]  # fmt: skip

    for prefixes, wanted in ((("change_", "adjusted_", ""), "after"), (("change_", "adjusted_"), "adjusted")):
        (entry,) = body([one(tmp_path / wanted, rows=rows(*prefixes))], Choice()).entries
        assert entry.contrast.basis == wanted


def test_the_effect_asked_for_comes_first(tmp_path):
    outcomes = {"yes": ("milk-volume", "binary", "higher", "%"), **MILK}
    rows = ROWS + [row for arm in "ab" for row in counts(arm, "5", "after", "yes")]
    study = one(tmp_path, rows=rows, outcomes=outcomes)
    for kind, wanted in (("hedges_g", "milk"), ("log_odds_ratio", "yes")):
        assert [entry.contrast.outcome for entry in body([study], Choice(kind=kind)).entries] == [wanted]


# -- what a reader does ------------------------------------------------------------------------------------------------


def test_clusters_stay_out_until_a_design_effect_is_given(tmp_path, studies):
    shelf = [one(tmp_path, "x"), one(tmp_path, "whole", cluster=True)]
    assert why(body(shelf, Choice())) == {"x": None, "whole": "cluster-not-adjusted"}
    plain = next(entry.effect for entry in body(shelf, Choice()).entries if entry.contrast.study.id == "whole")
    found = {entry.contrast.study.id: entry.effect for entry in body(shelf, Choice(design_effect=2)).all}
    assert found["whole"].variance == pytest.approx(2 * plain.variance) and found["whole"].status == "assumed"
    assert found["x"].status == "derived"  # people divided one by one are as they were
    assert "attia-2022" not in ids(body(studies.values(), Choice()).all)
    assert "attia-2022" in ids(body(studies.values(), Choice(design_effect=1.5)).all)


def test_leaving_out_changes_what_is_kept_and_not_what_there_is(studies):
    whole = body(studies.values(), Choice())
    gone = whole.all[0].contrast.study.id
    found = body(studies.values(), Choice(left_out=frozenset({gone})))
    assert [entry.effect for entry in found.all] == [entry.effect for entry in whole.all]
    assert ids(found.kept) == ids(whole.all) - {gone} and whole.kept == whole.all
    assert all(entry.left_out == (entry.contrast.study.id == gone) for entry in found.all)


def test_leaving_out_goes_by_study_not_by_row(studies):
    found = body(studies.values(), Choice(left_out=frozenset({"mollaahmetoglu-2025"})))
    assert sum(entry.left_out for entry in found.all) == 3


def test_leaving_out_the_original_doesn_t_let_its_twin_in(tmp_path):
    shelf = [one(tmp_path, "x"), one(tmp_path, "y", source="abstract", same=("x",))]
    assert body(shelf, Choice(left_out=frozenset({"x"}))).kept == ()


def test_the_order_of_studies_doesn_t_matter(studies):
    library = list(studies.values())
    for choice in CHOICES[::7]:
        there, back = body(library, choice), body(library[::-1], choice)
        for one_way, other in ((there.entries, back.entries), (there.all, back.all)):
            assert {(e.contrast.id, e.effect, e.why_not) for e in one_way} == {
                (e.contrast.id, e.effect, e.why_not) for e in other
            }
        assert there.refused == back.refused and there.nearest == back.nearest


def test_kinds_are_converted_only_when_asked_and_then_marked(tmp_path):
    binary = one(tmp_path, "yes-no", counts("a", "12") + counts("b", "5"), outcomes=YES_NO)
    shelf = [one(tmp_path, "x"), binary]
    assert why(body(shelf, Choice())) == {"x": None, "yes-no": "other-effect"}
    found = {entry.contrast.study.id: entry.effect for entry in body(shelf, Choice(convert=True)).all}
    assert found["yes-no"].status == "assumed" and found["x"].status == "derived"
    assert "logistic-outcome" in {note.key for note in found["yes-no"].notes}
    assert body(shelf, Choice(kind="mean_difference", convert=True)).all[0].contrast.study.id == "x"
    assert len(body(shelf, Choice(kind="mean_difference", convert=True)).all) == 1


def test_a_bound_is_shown_and_never_pooled(tmp_path):
    rows = [("a", "after", "mean", "30"), ("b", "after", "mean", "20")]
    found = body([one(tmp_path, rows=rows, claims=[{"p": "<0.05"}])], Choice())
    assert why(found) == {"small": "only-a-bound"} and found.entries[0].effect.variance is None


def test_population_and_treatments_narrow_a_choice(tmp_path):
    arms = {"a": ("katuk", "20"), "b": ("placebo", "20")}
    shelf = [one(tmp_path, "x"), one(tmp_path, "y", infants="preterm"), one(tmp_path, "z", arms=arms)]
    assert ids(body(shelf, Choice(infants=("preterm",))).all) == {"y"}
    assert ids(body(shelf, Choice(treatments=("katuk",))).all) == {"z"}
    assert ids(body(shelf, Choice(comparators=("usual-care",))).all) == {"x", "y"}


def test_the_best_kind_is_that_of_most_rows_and_the_usual_one_where_several_tie(tmp_path):
    binary = [one(tmp_path, id, counts("a", "12") + counts("b", "5"), outcomes=YES_NO) for id in ("p", "q")]
    shelf = [one(tmp_path, "x"), *binary]
    assert best_kind(shelf, Choice()) == "log_odds_ratio"
    assert best_kind(shelf[:1], Choice(kind="risk_difference")) == "hedges_g"


def test_no_question_of_the_library_begins_with_an_effect_that_its_units_refuse(studies):
    shelf = [study for study in studies.values() if study.usable]
    for family, comparison in product(POOLED_FAMILIES, KINDS_OF):
        asked = Choice(families=(family,), comparisons=(comparison,))
        refused = body(shelf, replace(asked, kind=best_kind(shelf, asked))).refused
        assert refused is None or refused.key != "mixed-units", (family, comparison)


def test_rows_that_can_be_pooled_stand_first_and_the_others_say_why(bodies):
    for found in bodies:
        able = [entry.poolable for entry in found.entries]
        assert able == sorted(able, reverse=True)
        assert all(entry.poolable or entry.why_not is not None for entry in found.entries)


def test_nothing_is_assumed_that_wasn_t_asked_for(studies):
    by_the_study_s_print = {"normal-from-quartiles", "p-of-equal-spread"}
    for study in studies.values():
        for contrast in one_per_pair(study, Choice()):
            assert not contrast.equal_groups and (contrast.family, contrast.comparison) == ("milk-volume", "control")
            for effect in effects_of(contrast).effects.values():
                assert effect.status != "assumed" or by_the_study_s_print & {note.key for note in effect.notes}


def test_a_study_without_events_leaves_the_pool_of_a_ratio_and_stays_in_that_of_a_difference(tmp_path):
    events = {"some": ("12", "5"), "none": ("0", "0"), "all": ("20", "25"), "one-empty": ("0", "5")}
    shelf = [one(tmp_path, name, counts("a", a) + counts("b", b), outcomes=YES_NO) for name, (a, b) in events.items()]
    for kind in ("log_odds_ratio", "log_risk_ratio"):
        found = body(shelf, Choice(kind=kind))
        assert ids(found.kept) == {"some", "one-empty"} and pool([e.effect for e in found.kept]).k == 2
        assert {name: key for name, key in why(found).items() if key} == {"none": "no-events", "all": "only-events"}
    assert ids(body(shelf, Choice(kind="risk_difference")).kept) == set(events)
