"""axe-core on every screen, in both themes and languages; and what a phone and a screen reader need beside it."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from analysis.words import LANGUAGES, say_in
from pages.ui.across import views as across
from tests.browser import until_drawn
from tests.pages.test_browser import PATHS, PHONE

pytestmark = pytest.mark.browser
VIEWS = [f"across-studies?view={view}" for view in list(across.VIEWS)[1:]]
SCREENS = [*PATHS.values(), *VIEWS]
# What a bare Streamlit page with the same widgets has too: the head of the column that selects a row is empty, and
# chips of a multiselect are white on the primary colour, whatever that is; the place that a file is dropped on has a
# name though it has no role, its button has both.
STREAMLITS_OWN = {"empty-table-header", "presentation-role-conflict"}
CHIPS = "[data-testid=stMultiSelect]"
SEEN = [(screen, theme, "en") for screen in SCREENS for theme in ("light", "dark")]
SEEN += [(screen, "light", "id") for screen in PATHS.values()]


@pytest.mark.parametrize(("screen", "theme", "language"), SEEN)
def test_nothing_stands_in_the_way_of_anyone(visit, address, screen, theme, language):
    link = f"{address}/{screen}{'&' if '?' in screen else '?'}lang={language}"
    window, _ = visit(link, color_scheme=theme, viewport={"width": 1366, "height": 900})
    until_drawn(window)
    found = Axe().run(window, context={"exclude": [[CHIPS]]}).response["violations"]
    ours = {one["id"]: [node["html"] for node in one["nodes"]] for one in found if one["id"] not in STREAMLITS_OWN}
    assert not ours
    expect(window.locator("html")).to_have_attribute("lang", language, timeout=15_000)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("screen", ["before-after", "between-groups"])
def test_nothing_in_the_menu_of_tests_stands_in_the_way_either(visit, address, screen, theme):
    window, _ = visit(f"{address}/{screen}", color_scheme=theme, viewport={"width": 1366, "height": 900})
    window.get_by_role("button", name=re.compile("Tests")).click()
    expect(window.get_by_test_id("stPopoverBody").locator(".stMarkdownBadge").first).to_be_visible()
    window.wait_for_timeout(1_000)  # what fades in has its full colour
    found = Axe().run(window, context={"include": [["[data-testid=stPopoverBody]"]]}).response["violations"]
    assert not {one["id"]: [node["html"] for node in one["nodes"]] for one in found}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_of_a_phone_closes_with_each_new_screen(visit, address, language):
    say = say_in(language)
    window, errors = visit(f"{address}/?lang={language}", **PHONE)
    for page in ("between-groups", "study", "before-after"):
        window.get_by_role("button", name="menu").first.click()
        window.get_by_test_id("stPopoverBody").get_by_text(say(f"menu.{page}"), exact=True).click()
        expect(window.locator("h1")).to_have_text(say(f"menu.{page}"), timeout=15_000)
        expect(window.get_by_test_id("stPopoverBody")).to_have_count(0)
    assert errors == []


@pytest.mark.parametrize(("theme", "language"), [("light", "id"), ("dark", "en")])
def test_nothing_in_the_help_stands_in_the_way_either(visit, address, theme, language):
    say = say_in(language)
    link = f"{address}/across-studies?view=map&lang={language}"
    window, errors = visit(link, color_scheme=theme, viewport={"width": 1366, "height": 900})
    window.get_by_role("button", name=say("help-part.button")).click()
    dialog = window.get_by_role("dialog")
    for part, words in (("screen", say("help-what.across-studies-map")), ("glossary", say("glossary.tau2"))):
        dialog.get_by_text(say(f"help-part.part-{part}"), exact=True).click()
        expect(dialog.get_by_text(words)).to_be_visible()
        window.wait_for_timeout(1_000)  # what fades in has its full colour
        found = Axe().run(window, context={"include": [["[role=dialog]"]]}).response["violations"]
        assert not {one["id"]: [node["html"] for node in one["nodes"]] for one in found}
    dialog.get_by_role("button", name=say("help-part.tour")).click()
    step = say("help-part.tour-step", step=list(PATHS).index("across-studies") + 1, all=len(PATHS))
    expect(window.get_by_test_id("stMain").get_by_text(step)).to_be_visible()
    next_one = say("help-part.tour-next", screen=say("menu.check"))
    window.get_by_test_id("stMain").get_by_role("link", name=next_one).click()
    expect(window.locator("h1")).to_have_text(say("menu.check"))
    window.get_by_role("button", name=say("help-part.tour-end")).click()
    expect(window.get_by_test_id("stMain").get_by_role("link", name=say("help-part.tour-back"))).to_have_count(0)
    assert errors == []
