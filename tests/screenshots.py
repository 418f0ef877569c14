"""Pictures of the running app: `make screenshots`.

Every screen and view, whole, in both themes, both languages and three sizes goes to `.screenshots/`, to be looked at;
states and open menus in both languages, on a laptop and a phone. The first views of the README are renewed in
`tests/pictures/`. `ONLY=bias` takes those whose name holds that.
"""

from __future__ import annotations

import sys
from itertools import product

from playwright.sync_api import Browser, sync_playwright

from analysis.telling.classroom import DEMONSTRATIONS
from analysis.words import LANGUAGES, say_in
from pages.ui.shared.below import PARTS
from tests import browser
from tests.server import ROOT, serve
from tests.views import STUDY, views

README = ROOT / "tests" / "pictures"
FOLDER = ROOT / ".screenshots"
MOTHER = "moringa-massage-serpong.mother=milk-score~massage-05~1"
# What can be met with beside a screen as it stands open: something chosen, opened, missing or long.
STATES = {
    "decision-moringa-massage": "/decision?offer=moringa&moringa.against=oxytocin-massage",
    **{f"classroom-{lesson}": f"/classroom?lesson={lesson}&step=reveal" for lesson in DEMONSTRATIONS},
    "classroom-bare": "/classroom?projector=on&step=reveal",
    "overview-all": "/?interventions=on",
    "overview-found": "/?find=moringa",
    "study-no-people": "/study?study=cassava-pekanbaru",
    "study-no-figures": "/study?study=achalapong-2016",
    "study-one-group": "/study?study=education-rosita",
    "before-after-printed": "/before-after?study=cassava-pekanbaru",
    "before-after-nothing": "/before-after?study=achalapong-2016",
    "before-after-six": "/before-after?study=farlikhatun-2024",
    "before-after-two": f"/before-after?{STUDY}&study=cassava-pekanbaru&plot=means",
    "before-after-transitions": f"/before-after?{STUDY}&plot=transitions&{MOTHER}",
    **{f"before-after-{part}": f"/before-after?{STUDY}&below={part}" for part in list(PARTS)[1:]},
    "between-groups-both": f"/between-groups?{STUDY}&beside=both",
    "between-groups-printed": "/between-groups?study=cassava-pekanbaru",
    "between-groups-one": "/between-groups?study=education-rosita",
    "across-studies-average": "/across-studies?average=on&by=design",
    "across-studies-nothing": "/across-studies?family=prolactin&versus=before-after&given=cassava-leaf",
    "across-studies-mixed": "/across-studies?family=milk-volume&family=prolactin",
    "across-studies-map-cell": "/across-studies?view=map&cell=moringa|milk-volume",
    "across-studies-bias-judged": "/across-studies?view=bias&judged=fife-2011",
    "check-typed-filled": "/check?what=typed&typed.n=17&typed.mean=3.41&typed.sd=0.62&typed.low=1&typed.high=5",
}
VIEWS = {**views(), **STATES}
MENUS = {  # pictured open: of which view, and the words on the button
    "overview-filters": ("overview", "overview.filters"),
    "before-after-tests": ("before-after", "choose.tests"),
    "between-groups-groups": ("between-groups", "choose.groups"),
    "between-groups-save": ("between-groups", "save.figure"),
    "across-studies-further": ("across-studies", "across.further"),
}
IN_README = ("overview", "before-after", "between-groups", "across-studies")
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"
SIZES = {"projector": (1920, 1080), "laptop": (1366, 800), "phone": (390, 844)}
THEMES = ("light", "dark")
FOR_STATES = (("laptop", "light"), ("phone", "light"))
LONGEST = 6000  # px of a page that is pictured whole
STANDS_STILL = 1_500  # ms in which plots fade in


def photograph(
    chromium: Browser, url: str, name: str, size: str, theme: str, language: str, *, whole: bool = True
) -> bytes:
    """One view as one reader sees it: the whole page, or the first view of it."""
    width, height = SIZES[size]
    look = {"user_agent": PHONE} if size == "phone" else {}
    window = chromium.new_page(viewport={"width": width, "height": height}, color_scheme=theme, **look)
    view, menu = MENUS.get(name, (name, ""))
    window.goto(f"{url}{VIEWS[view]}&lang={language}")
    window.locator('[data-test-script-state="notRunning"]').first.wait_for(timeout=60_000)
    window.get_by_test_id("stHeading").first.wait_for()
    window.get_by_test_id("stSkeleton").first.wait_for(state="detached")
    if menu:
        window.get_by_role("button", name=say_in(language)(menu)).first.click()
    if whole and not menu:
        page = window.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        window.set_viewport_size({"width": width, "height": max(height, min(LONGEST, page))})
    window.wait_for_timeout(STANDS_STILL)
    picture = window.screenshot()
    window.close()
    return picture


def main(only: str = "") -> None:
    FOLDER.mkdir(exist_ok=True)
    names = [name for name in (*VIEWS, *MENUS) if only in name]
    with serve() as (url, _), sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.executable(), args=list(browser.ARGUMENTS))
        for name, size, theme, language in product(names, SIZES, THEMES, LANGUAGES):
            if name not in views() and (size, theme) not in FOR_STATES:
                continue
            print(name, size, theme, language, flush=True)
            picture = photograph(chromium, url, name, size, theme, language)
            (FOLDER / f"{name}-{size}-{theme}-{language}.png").write_bytes(picture)
        for name in set(IN_README) & set(names):
            first = photograph(chromium, url, name, "laptop", "light", "en", whole=False)
            (README / f"{name}.png").write_bytes(first)


if __name__ == "__main__":
    main(*sys.argv[1:])
