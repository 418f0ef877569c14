"""The first screen's answer: which interventions there are, which result stands for each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis import load_studies
from analysis.evidence import MILK, beside, evidence_map, interventions
from analysis.evidence.choice import Choice
from analysis.evidence.interventions import COMPARED
from analysis.studies import TREATMENTS, by_richness
from analysis.telling import found_said, number_said, studied_said, sure_said
from analysis.words import LANGUAGES, say_in

LIBRARY = tuple(by_richness(load_studies()))
FOUND = interventions(LIBRARY)


def test_every_intervention_of_the_library_has_one_row():
    given = {".".join(arm.treatments) for study in LIBRARY for arm in study.arms.values() if arm.treatments}
    wanted = {n for n in given if not {TREATMENTS[part] for part in n.split(".")} & {"control", "unknown"}}
    assert sorted(one.treatment for one in FOUND) == sorted(wanted)


def test_those_of_the_founding_studies_come_first():
    founding = {".".join(arm.treatments) for s in LIBRARY if s.founding for arm in s.arms.values()}
    first = [one.treatment for one in FOUND if one.treatment in founding]
    assert first and [one.treatment for one in FOUND[: len(first)]] == first


@pytest.mark.parametrize("comparison", COMPARED)
def test_no_better_result_on_milk_is_passed_over(comparison):
    """Whatever the map shows of milk in one kind of comparison, a row shows it or one that says more."""
    shown = {one.treatment: one for one in FOUND}
    for cell in evidence_map(LIBRARY, Choice(comparisons=(comparison,))):
        if cell.family in MILK and cell.line and cell.line.kept:
            one = shown[cell.treatment]
            assert one.cell.family in MILK and COMPARED.index(one.comparison) <= COMPARED.index(comparison)


def test_the_picture_is_on_the_side_that_the_sentence_says():
    drawn = [one for one in FOUND if one.in_sds]
    assert len(drawn) >= 10
    for one in drawn:
        estimate, (low, high) = one.in_sds
        assert low <= estimate <= high
        side = "better" if low > 0 else "worse" if high < 0 else "unclear"
        assert one.cell.line.direction == side


def test_an_odds_ratio_of_thirteen_is_1_41_sds():
    """Chinn 2000: ln(13) divided by 1.81."""
    alone = interventions((load_studies()["triananinsi-abstract"],))
    massage = next(one for one in alone if one.treatment == "oxytocin-massage")
    assert massage.cell.kind == "log_odds_ratio" and massage.in_sds[0] == pytest.approx(2.5649 / 1.8138, abs=1e-3)


def test_people_of_two_folders_about_one_study_count_once():
    massage = next(one for one in FOUND if one.treatment == "oxytocin-massage")
    assert not {"triananinsi", "triananinsi-abstract"} <= {study.id for study in massage.studies}


def test_the_order_of_the_library_changes_no_row():
    def rows(found):
        return {
            one.treatment: (one.comparison, len(one.studies), one.cell and pooled(one.cell.line.kept)) for one in found
        }

    def pooled(kept):
        return kept.k, kept.kind, round(kept.estimate, 9)  # sums in another order

    assert rows(interventions(LIBRARY[::-1])) == rows(FOUND)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_said_is_whole(language):
    say = say_in(language)
    for one in FOUND:
        said = [found_said(one, say), studied_said(one, say), sure_said(one, say)]
        said += [number_said(one, say)] if one.cell else []
        assert all(text and "{" not in text and not text.startswith("found") for text in said)


def test_what_one_study_gave_to_two_groups_stands_beside_each_other():
    for one in FOUND:
        for other in beside(one.treatment, FOUND):
            arms = [other.study.arms[arm] for arm in other.arms]
            assert {".".join(arm.treatments) for arm in arms} == {one.treatment, other.treatment}
            assert [arm.id for arm in arms] == [arm for arm in other.study.arms if arm in other.arms]
            assert one.treatment in {back.treatment for back in beside(other.treatment, FOUND)}
    moringa = {other.treatment: other.study.id for other in beside("moringa", FOUND)}
    assert moringa["oxytocin-massage"] == "moringa-massage-serpong"
    assert beside("moringa", FOUND[:1]) == ()  # the other isn't in the list


def test_a_library_without_studies_has_no_intervention():
    assert interventions(()) == ()


def test_a_study_that_names_no_treatment_gives_none():
    unnamed = replace(LIBRARY[0], arms={k: replace(arm, treatments=()) for k, arm in LIBRARY[0].arms.items()})
    assert interventions((unnamed,)) == ()
