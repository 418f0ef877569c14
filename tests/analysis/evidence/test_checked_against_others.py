"""Published pooled results come out of the library's folders at every digit that they print."""

from __future__ import annotations

import math

import pytest

from analysis import pool
from analysis.evidence.contrasts import effects_of
from tests.checked import (
    PRINTED,
    WRITTEN,
    as_on_screen,
    cells,
    contrast_of,
    digits,
    mantel_haenszel_random,
    published,
    recomputed,
)

RESULTS = {one["id"]: one for one in published()}
REPRODUCED = [name for name, one in RESULTS.items() if one["reproduced"]]
SAME_FORMULA = 1e-12


@pytest.mark.parametrize("name", REPRODUCED)
def test_the_printed_result_comes_out_of_the_trials(studies, name):
    one, printed = RESULTS[name], RESULTS[name]["printed"]
    found = recomputed(one, studies)
    numbers = {"value": found.value, "low": found.interval[0], "high": found.interval[1]}
    for key, value in numbers.items():
        assert f"{value:.{digits(printed[key])}f}" == printed[key], key
    assert (found.k, found.people) == (printed["k"], printed["people"])


def test_at_least_five_are_reproduced_of_three_outcomes_and_seven_reviews_are_asked():
    assert len(REPRODUCED) >= 5 and len({one["review"] for one in RESULTS.values()}) >= 7


@pytest.mark.parametrize("name", [name for name in RESULTS if name not in REPRODUCED])
def test_what_is_not_reproduced_says_why_and_really_is_not(studies, name):
    one = RESULTS[name]
    found = recomputed(one, studies)
    assert len(one["why"]) + len(one["missing"]) > 100
    assert found is None or f"{found.value:.{digits(one['printed']['value'])}f}" != one["printed"]["value"]


def test_no_sd_that_a_review_made_is_pooled_on_screen(studies):
    found = as_on_screen(RESULTS["skin-to-skin-2007-duration"], studies)
    assert found.k == 4


def test_where_q_is_around_the_same_mean_the_review_s_form_is_the_usual_one(studies):
    """Two equal tables have one mean, whichever way it is weighted."""
    contrast = contrast_of("vaidya-2005 exclusive-breastfeeding 6-weeks-to-6-months", studies)
    for measure in ("log_odds_ratio", "log_risk_ratio"):
        effect = effects_of(contrast).effects[measure]
        usual = pool([effect, effect], "DL", "Wald")
        value, interval = mantel_haenszel_random([cells(contrast)] * 2, measure)
        assert math.isclose(value, usual.estimate, rel_tol=SAME_FORMULA)
        assert interval == pytest.approx(usual.interval, abs=1e-6)


def test_the_page_shows_every_result():
    page = WRITTEN.read_text(encoding="utf-8")
    assert PRINTED.name in page
    for one in RESULTS.values():
        assert one["review"] in page and one["printed"]["value"] in page and one["why"] in page
