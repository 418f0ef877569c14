"""Three readers, each with one question: how many clicks from the start page to its answer, and that nobody scrolls."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.pages.test_browser import PHONE, opened

pytestmark = pytest.mark.browser
LAPTOP = {"viewport": {"width": 1366, "height": 800}}
PROJECTOR = {"viewport": {"width": 1920, "height": 1080}}
SIZES = {"laptop": LAPTOP, "phone": PHONE, "projector": PROJECTOR}
WAIT = 40_000  # ms, on a busy machine
IN_VIEW = "one => { const box = one.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight }"


class Reader:
    """Somebody who came to the start page; counts clicks and can't scroll."""

    def __init__(self, chromium, address: str, size: str) -> None:
        self.window, self.errors = opened(chromium, f"{address}/?lang=en", **SIZES[size])
        self.on_phone, self.clicks = size == "phone", 0

    def sees(self, found: Locator) -> Locator:
        """What stands whole in the window as it is, once nothing moves any more."""
        expect(found).to_be_visible(timeout=WAIT)
        before = None
        while before != (before := found.bounding_box()):
            self.window.wait_for_timeout(700)
        assert found.evaluate(IN_VIEW), (found, before)
        return found

    def reads(self, text: str) -> Locator:
        return self.sees(self.window.get_by_text(re.compile(text)).first)

    def clicks_on(self, found: Locator) -> None:
        self.sees(found).click()
        self.clicks += 1

    def goes_to(self, screen: str) -> None:
        """A screen by the menu, which on a phone is behind a button."""
        if self.on_phone:
            self.clicks_on(self.window.get_by_role("button", name="menu").first)
        menu = self.window.get_by_test_id("stPopoverBody" if self.on_phone else "stSidebarContent")
        self.clicks_on(menu.get_by_role("link", name=screen))
        expect(self.window.locator("h1")).to_have_text(screen, timeout=WAIT)


@pytest.fixture
def reader(chromium, address, request) -> Iterator[Reader]:
    one = Reader(chromium, address, request.param)
    yield one
    assert one.errors == []
    one.window.context.close()


@pytest.mark.parametrize("reader", ["laptop", "phone"], indirect=True)
def test_the_head_of_a_health_centre_asks_moringa_or_massage(reader):
    reader.reads("Milk volume: better with it than without it")  # oxytocin massage
    reader.reads("Score or perceived adequacy: better with it than without it")  # moringa
    assert reader.clicks == 0
    reader.clicks_on(reader.window.get_by_role("link", name="Against moringa leaf").first)
    reader.reads(r"Mean change \+1\.12 with Moringa leaf powder and \+0\.41 with Oxytocin massage")
    assert reader.clicks == 1


@pytest.mark.parametrize("reader", ["projector"], indirect=True)
def test_a_lecturer_shows_that_a_p_is_not_robust_and_that_pairing_matters(reader):
    reader.goes_to("Before / after")
    reader.reads(
        r"Printed p 0\.035 rests on the normal approximation.*p = 0\.0348.*exact test with ties \(p = 0\.0625\)"
    )
    reader.reads(r"t\(16\) = 2\.38, p = 0\.0299")
    reader.reads(r"If before and after were of different mothers, this would be p = 0\.0646")
    assert reader.clicks == 1


@pytest.mark.parametrize("reader", ["laptop"], indirect=True)
def test_a_lecturer_s_laptop_shows_which_test_a_printed_p_rests_on(reader):
    reader.goes_to("Before / after")
    reader.reads(r"Printed p 0\.035 rests on the normal approximation.*exact test with ties \(p = 0\.0625\)")
    assert reader.clicks == 1


@pytest.mark.parametrize("reader", ["laptop", "phone"], indirect=True)
def test_a_researcher_compares_two_groups_and_takes_the_figure_away(reader):
    reader.goes_to("Between groups")
    reader.reads(r"Mean change \+1\.12 with Moringa leaf powder and \+0\.41 with Oxytocin massage")
    assert reader.clicks == 1 + reader.on_phone
    before = reader.clicks
    reader.clicks_on(reader.window.get_by_role("button", name="Save figure"))
    with reader.window.expect_download() as taken:
        reader.clicks_on(reader.window.get_by_test_id("stPopoverBody").get_by_role("button", name="PDF").first)
    assert taken.value.suggested_filename.endswith("one-column.pdf")
    assert reader.clicks == before + 2
