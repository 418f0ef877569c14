"""Simulated people: their mean change is the printed one, they never change, and no arm copies another."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest

from analysis.checks import largest_sd
from analysis.studies import Assumptions, can_illustrate, default_assumptions, illustrate, printed_change, recover_arm

EXACT = 1e-9  # sums of a few dozen floats
PRINTED = {"cassava": 376.5, "control": 103.5}
ASSUMED = Assumptions(start=240.0, sd_between=60.0, sd_change=90.0, sd_noise=22.0)


@pytest.mark.parametrize("arm", PRINTED)
@pytest.mark.parametrize("spread", [0.0, 1.0, 181.7, 5000.0])
def test_mean_change_equals_the_printed_one_whatever_is_assumed(cassava, arm, spread):
    assumed = Assumptions(start=10.0, sd_between=spread, sd_change=spread, sd_noise=spread)
    (scores,) = illustrate(cassava, "prolactin", arm, assumed).scores
    assert abs((scores[:, -1] - scores[:, 0]).mean() - PRINTED[arm]) < EXACT


@pytest.mark.parametrize("arm", PRINTED)
def test_there_are_as_many_people_and_timepoints_as_the_study_has(cassava, arm):
    people = illustrate(cassava, "prolactin", arm, ASSUMED)
    assert people.scores.shape == (1, 14, 3)
    assert people.timepoints == ("obs1", "obs2", "obs3")
    assert not people.determined


def test_two_calls_give_the_same_people(cassava):
    compute = getattr(illustrate, "__wrapped__", illustrate)  # past the cache
    first, second = (compute(cassava, "prolactin", "cassava", ASSUMED).scores for _ in range(2))
    assert np.array_equal(first, second)


def test_another_python_gives_the_same_people(cassava):
    program = (
        "import json; from analysis import load_studies; from analysis.studies import Assumptions, illustrate;"
        "study = load_studies()['cassava-pekanbaru'];"
        "people = illustrate(study, 'prolactin', 'cassava', Assumptions(240.0, 60.0, 90.0, 22.0));"
        "print(json.dumps(people.scores.tolist()))"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert json.loads(found.stdout) == illustrate(cassava, "prolactin", "cassava", ASSUMED).scores.tolist()


def test_arms_differ_by_more_than_a_shift(cassava):
    a, b = (illustrate(cassava, "prolactin", arm, ASSUMED).scores[0] for arm in PRINTED)
    changes = [scores[:, -1] - scores[:, 0] for scores in (a, b)]
    assert np.std(changes[0] - changes[1]) > 1


def test_assumed_spread_of_the_people_comes_out(cassava):
    (scores,) = illustrate(cassava, "prolactin", "cassava", Assumptions(240.0, 60.0, 90.0, 0.0)).scores
    assert scores[:, 0].mean() == pytest.approx(240, abs=0.1) and scores[:, 0].std(ddof=1) == pytest.approx(60, abs=0.1)
    assert (scores[:, -1] - scores[:, 0]).std(ddof=1) == pytest.approx(90, abs=0.2)  # scores have one decimal


def test_default_spread_of_change_stays_below_what_the_printed_p_allows(cassava):
    assumed = default_assumptions(list(PRINTED.values()), largest_sd(cassava, "prolactin"))
    assert 0 < assumed.sd_change < 181.7


def test_assumptions_have_two_digits_at_most(cassava):
    assumed = default_assumptions(list(PRINTED.values()), largest_sd(cassava, "prolactin"))
    for value in (assumed.start, assumed.sd_between, assumed.sd_change, assumed.sd_noise):
        assert value == float(f"{value:.1e}")


@pytest.mark.parametrize(
    ("study_id", "outcome", "arm", "possible"),
    [
        ("cassava-pekanbaru", "prolactin", "cassava", True),
        ("cassava-pekanbaru", "milk-production", "cassava", False),
        ("zakaria-2016", "milk-volume", "moringa", False),
        ("sulthoh-2021", "milk-production", "moringa", False),
        ("education-rosita", "understood", "session", False),
    ],
)
def test_only_a_printed_mean_change_with_its_n_can_be_illustrated(studies, study_id, outcome, arm, possible):
    study = studies[study_id]
    assert can_illustrate(study, outcome, arm) is possible
    if not possible:
        with pytest.raises(ValueError, match=study_id):
            illustrate(study, outcome, arm, ASSUMED)


def test_nothing_recovered_is_ever_illustrated(studies):
    for study in studies.values():
        for outcome in study.outcomes:
            for arm in study.arms:
                assert not (can_illustrate(study, outcome, arm) and recover_arm(study, outcome, arm))


def test_printed_change_is_the_printed_number(cassava, serpong):
    assert [printed_change(cassava, "prolactin", arm) for arm in PRINTED] == list(PRINTED.values())
    assert printed_change(serpong, "milk-score", "moringa") is None
