"""The map's cells: what the answer to the same choice says, and what was compared in other ways only."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.evidence import Choice, answer, evidence_map
from analysis.evidence.appraisal import direction
from analysis.evidence.contrasts import contrasts_of
from tests.analysis.small_studies import MILK, means, small_study

ROWS = means("a", "30", "10") + means("b", "20", "10")


def one(tmp_path, id="small", rows=ROWS, **card):
    return small_study(tmp_path, rows, id=id, **card)


def cell(shelf, **choice):
    (found,) = evidence_map(tuple(shelf), Choice(**choice))
    return found


@pytest.mark.parametrize(("better", "high", "wanted"), [
    ("higher", "30", "better"), ("higher", "10", "worse"), ("lower", "30", "worse"), ("lower", "10", "better"),
    ("higher", "21", "unclear"), ("lower", "21", "unclear"),
])  # fmt: skip
def test_the_side_of_a_cell_is_that_which_is_better(tmp_path, better, high, wanted):
    outcomes = {"milk": ("milk-volume", "continuous", better, "mL")}
    rows = means("a", high, "10") + means("b", "20", "10")
    found = cell([one(tmp_path, rows=rows, outcomes=outcomes)])
    assert (found.line.direction, found.tally.pooled, found.people) == (wanted, 1, 45)
    assert direction(found.line.kept, better) == wanted


def test_a_cell_is_hollow_where_nothing_can_be_pooled(tmp_path):
    found = cell([one(tmp_path, rows=[("a", "after", "mean", "3"), ("b", "after", "mean", "2")])])
    assert found.line is None and found.tally.pooled == 0
    assert (found.tally.studies, found.tally.comparisons, found.people) == (1, 1, 45)


def test_a_cell_is_hollow_where_studies_can_t_be_mixed(tmp_path):
    lower = {"milk": ("milk-volume", "continuous", "lower", "mL")}
    found = cell([one(tmp_path, "x"), one(tmp_path, "y", outcomes=lower)])
    assert found.line is None and found.tally.aside == (("mixed", 2),)
    assert found.tally.studies == 2 and found.people == 90


def test_the_map_leaves_out_as_the_list_does_and_doesn_t_hold_other_outcomes(tmp_path):
    outcomes = {**MILK, "sleep": ("other", "continuous", "higher", "h")}
    rows = ROWS + [row for arm in "ab" for row in means(arm, "3", "1", "after", "sleep")]
    shelf = [one(tmp_path, rows=rows, outcomes=outcomes)]
    found = cell(shelf, left_out=frozenset({"small"}))
    assert (found.family, found.treatment, found.tally.left_out, found.line.kept) == ("milk-volume", "moringa", 1, None)
    assert cell(shelf).tally.pooled == 1


def test_people_who_are_not_known_are_not_passed_over(tmp_path):
    unknown = one(tmp_path, "x", arms={"a": ("moringa", ""), "b": ("placebo", "9")})
    found = cell([one(tmp_path, "y"), unknown])
    assert (found.people, found.all_known) == (45, False)
    assert (cell([unknown]).people, cell([unknown]).all_known) == (None, False)


def test_what_was_compared_in_another_way_only_is_no_study_of_this_comparison(tmp_path):
    before = means("a", "10", "5", "before")
    shelf = [one(tmp_path, "x", rows=[*before, *ROWS]), one(tmp_path, "y", rows=[*before, *means("a", "30", "10")],
                                                            arms={"a": ("moringa", "20")})]  # fmt: skip
    found = cell(shelf, comparisons=("control",))
    assert (found.tally.studies, found.elsewhere, found.otherwise) == (1, 1, ("before-after",))


@pytest.mark.parametrize("comparison", ["control", "active", "before-after"])
def test_each_cell_of_the_library_counts_every_study_once(studies, comparison):
    """All who measured the outcome after the treatment: in this comparison, or in others only."""
    for found in evidence_map(tuple(studies.values()), Choice(comparisons=(comparison,))):
        ways = {
            (study.id, contrast.comparison)
            for study in studies.values()
            for contrast in contrasts_of(study)
            if contrast.family == found.family and ".".join(contrast.treatments) == found.treatment
        }
        here = {study for study, way in ways if way == comparison}
        assert found.tally.studies == len(here)
        assert found.elsewhere == len({study for study, _ in ways} - here)
        assert set(found.otherwise) == {way for study, way in ways if study not in here}


def test_each_cell_of_the_library_says_what_the_answer_to_its_choice_says(studies):
    library = tuple(studies.values())
    cells = evidence_map(library, Choice(), "PM", "Wald")
    assert len({(found.treatment, found.family) for found in cells}) == len(cells) > 30
    assert 5 <= sum(found.tally.pooled > 0 for found in cells) <= len(cells) - 5
    for found in cells:
        choice = replace(Choice(), families=(found.family,), treatments=(found.treatment,), kind=found.kind)
        said = answer(library, choice, "PM", "Wald")
        assert said.tally == found.tally and said.lines == ((found.line,) if found.line else ())
