"""The answer stands in the first view: where the first sentence and the first plot begin, on a laptop and a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.pages.test_browser import PATHS

pytestmark = pytest.mark.browser
SIZES = {"laptop": {"width": 1366, "height": 800}, "phone": {"width": 390, "height": 844}}
SENTENCES = {  # what says the finding on each screen
    "overview": "[data-testid=stText]",
    "decision": "[data-testid=stMarkdown] strong",
    "study": "[data-testid=stText]",
    "before-after": "[data-testid=stText]",
    "between-groups": "[data-testid=stText]",
    "across-studies": "[data-testid=stMarkdown] strong",
    "classroom": "[data-testid=stText]",
}
PICTURES = {page: "[data-testid=stImage] img" for page in ("overview", "decision")}
PLOT = "[data-testid=stPlotlyChart]"


def first_view(visit, address: str, page: str, size: str) -> dict[str, float]:
    """Top of the first sentence and of the first plot, and the height of the screen's content, in px."""
    window, errors = visit(f"{address}/{PATHS[page]}?lang=en", viewport=SIZES[size])
    main = window.get_by_test_id("stMain")
    places = {"sentence": SENTENCES[page], "plot": PICTURES.get(page, PLOT)}
    for selector in places.values():
        expect(main.locator(selector).first).to_be_visible(timeout=20_000)

    def measured() -> dict[str, float]:
        tops = {name: main.locator(selector).first.bounding_box()["y"] for name, selector in places.items()}
        return {**tops, "height": main.evaluate("element => element.scrollHeight")}

    before, tops = {}, measured()
    while before != tops:  # until nothing moves any more
        window.wait_for_timeout(1_500)
        before, tops = tops, measured()
    assert errors == []
    return tops


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("page", SENTENCES)
def test_the_answer_stands_in_the_first_view(visit, address, page, size):
    tops = first_view(visit, address, page, size)
    height = SIZES[size]["height"]
    assert tops["sentence"] < height / 2 + 60, tops
    assert tops["plot"] < 0.9 * height, tops
    assert tops["sentence"] < tops["plot"] or page == "overview"
