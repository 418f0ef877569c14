"""Pictures of the running app: `make screenshots`.

Every screen and view, whole, in both themes, both languages and three sizes goes to `.screenshots/`, to be looked at;
the first views of the README are renewed in `tests/pictures/`. `ONLY=bias` takes the views whose name holds that.
"""

from __future__ import annotations

import sys
from itertools import product

from playwright.sync_api import Browser, sync_playwright

from analysis.telling.classroom import DEMONSTRATIONS
from analysis.words import LANGUAGES
from tests import browser
from tests.server import ROOT, serve

README = ROOT / "tests" / "pictures"
FOLDER = ROOT / ".screenshots"
STUDY = "study=moringa-massage-serpong"
VIEWS = {
    "overview": "/?",
    "study": f"/study?{STUDY}",
    "before-after": f"/before-after?{STUDY}",
    "between-groups": f"/between-groups?{STUDY}",
    "across-studies": "/across-studies?",
    **{f"across-studies-{view}": f"/across-studies?view={view}" for view in
       ("certainty", "map", "studies", "claims", "compare", "bias")},
    "check": f"/check?{STUDY}",
    **{f"check-{what}": f"/check?what={what}" for what in ("typed", "pairs", "groups", "paste")},
    **{f"classroom-{lesson}": f"/classroom?lesson={lesson}&step=reveal" for lesson in DEMONSTRATIONS},
    "classroom-bare": "/classroom?projector=on&step=reveal",
}  # fmt: skip
IN_README = ("overview", "before-after", "between-groups", "across-studies")
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"
SIZES = {"projector": (1920, 1080), "laptop": (1366, 800), "phone": (390, 844)}
THEMES = ("light", "dark")
LONGEST = 6000  # px of a page that is pictured whole
STANDS_STILL = 1_500  # ms in which plots fade in


def photograph(
    chromium: Browser, url: str, name: str, size: str, theme: str, language: str, *, whole: bool = True
) -> bytes:
    """One view as one reader sees it: the whole page, or the first view of it."""
    width, height = SIZES[size]
    look = {"user_agent": PHONE} if size == "phone" else {}
    window = chromium.new_page(viewport={"width": width, "height": height}, color_scheme=theme, **look)
    window.goto(f"{url}{VIEWS[name]}&lang={language}")
    window.locator('[data-test-script-state="notRunning"]').first.wait_for(timeout=60_000)
    window.get_by_test_id("stHeading").first.wait_for()
    window.get_by_test_id("stSkeleton").first.wait_for(state="detached")
    if whole:
        page = window.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        window.set_viewport_size({"width": width, "height": max(height, min(LONGEST, page))})
    window.wait_for_timeout(STANDS_STILL)
    picture = window.screenshot()
    window.close()
    return picture


def main(only: str = "") -> None:
    FOLDER.mkdir(exist_ok=True)
    names = [name for name in VIEWS if only in name]
    with serve() as (url, _), sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.executable(), args=list(browser.ARGUMENTS))
        for name, size, theme, language in product(names, SIZES, THEMES, LANGUAGES):
            print(name, size, theme, language, flush=True)
            picture = photograph(chromium, url, name, size, theme, language)
            (FOLDER / f"{name}-{size}-{theme}-{language}.png").write_bytes(picture)
        for name in set(IN_README) & set(names):
            first = photograph(chromium, url, name, "laptop", "light", "en", whole=False)
            (README / f"{name}.png").write_bytes(first)


if __name__ == "__main__":
    main(*sys.argv[1:])
