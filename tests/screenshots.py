"""Pictures of the running app for the README: `make screenshots`."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import sync_playwright

from tests import browser
from tests.server import ROOT, serve

FOLDER = ROOT / "tests" / "pictures"
SHOTS = {
    "overview": "/?lang=en",
    "before-after": "/before-after?study=moringa-massage-serpong&lang=en",
    "between-groups": "/between-groups?study=moringa-massage-serpong&lang=en",
    "across-studies": "/across-studies?lang=en",
}
PICTURE = "[data-testid=stPlotlyChart], [data-testid=stImage]"
SIZE = {"width": 1280, "height": 1000}


def main(folder: Path = FOLDER) -> None:
    folder.mkdir(exist_ok=True)
    with serve() as (url, _), sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.executable(), args=list(browser.ARGUMENTS))
        for name, path in SHOTS.items():
            window = chromium.new_page(viewport=SIZE)
            window.goto(url + path)
            window.locator(PICTURE).first.wait_for(timeout=60_000)
            window.wait_for_timeout(2_500)  # the plot fades in
            window.screenshot(path=str(folder / f"{name}.png"))


if __name__ == "__main__":
    main()
