"""What unfolds below the plots: tests, all tests, advice, assumptions, power, and what to take away."""

from __future__ import annotations

import pytest

from analysis.words import LANGUAGES
from pages.ui.shared.below import PARTS as BELOW
from tests.pages.test_pages import SERPONG, texts


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", BELOW)
@pytest.mark.parametrize(
    ("page", "study"),
    [
        ("before-after", SERPONG),
        ("before-after", "maita-2017"),
        ("between-groups", SERPONG),
        ("between-groups", "triananinsi"),
    ],
)
def test_every_part_below_a_plot_opens(open_page, page, study, part, language):
    app = open_page(page, study=study, below=part, lang=language)
    assert not app.exception
    assert not any(key.startswith("below.") for key in texts(app).split())


def test_the_conclusion_of_the_massage_arm_depends_on_the_test(open_page):
    shown = texts(open_page("before-after", study=SERPONG, below="all"))
    assert "the conclusion depends on the test" in shown and "p 0.035" in shown


def test_holm_is_stated_with_the_number_of_tests(open_page):
    assert "Holm over the 4 p values shown" in texts(open_page("before-after", study=SERPONG, holm="on"))
    assert "Holm" not in texts(open_page("before-after", study=SERPONG))


def test_equivalence_asks_for_a_margin_and_takes_it(open_page):
    asked = texts(open_page("before-after", study=SERPONG, test="tost-paired"))
    given = texts(open_page("before-after", study=SERPONG, test="tost-paired", margin="0.5"))
    assert asked != given and "t(16)" in given and "t(16)" not in asked


def test_another_n_is_marked_as_assumed(open_page):
    name = f"{SERPONG}-moringa.power-n"
    shown = texts(open_page("before-after", study=SERPONG, below="power", **{name: "40"}))
    assert "assumed" in shown and "40" in shown
