"""The Chromium that browser tests drive: the machine's own, else Playwright's, fetched when missing.

Run as a program (`make test` does) it fetches one if it can, and fails with one sentence if it can't.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

SKIP = os.environ.get("BROWSER_TESTS") == "skip"
NO_BROWSER = (
    "No Chromium was found and none could be downloaded: install one (Debian: apt-get install chromium), "
    "or leave the browser tests out with BROWSER_TESTS=skip make test."
)
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
)  # fmt: skip

LOOKS, PATIENCE = 700, 40  # ms between two looks, and how many
DRAWN = """() => {
  const plots = [...document.querySelectorAll('.stPlotlyChart')], main = document.querySelector('[data-testid=stMain]')
  return [plots.length, plots.filter(plot => plot.querySelector('.js-plotly-plot text')).length,
    document.querySelectorAll('[data-testid=stSkeleton]').length, main.scrollHeight,
    document.querySelector('[data-test-script-state=notRunning]') !== null]
}"""


def executable() -> str | None:
    """Path of a Chromium on this machine, or None."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def fetch() -> None:
    """Let Playwright download its own Chromium; quiet, and no error of ours if it can't."""
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], capture_output=True, check=False)


def until_drawn(window) -> None:
    """Wait until the app stands still, all plots that its page holds have words and none comes in any more."""
    seen, now = None, window.evaluate(DRAWN)
    for _ in range(PATIENCE):
        plots, drawn, skeletons, _, still = now
        if now == seen and plots == drawn and still and not skeletons:
            return
        window.wait_for_timeout(LOOKS)
        seen, now = now, window.evaluate(DRAWN)
    raise TimeoutError(f"{now[1]} of {now[0]} plots are drawn, {now[2]} parts are awaited")


if __name__ == "__main__":
    if SKIP:
        print("Browser tests are left out: BROWSER_TESTS=skip.")
    elif executable() is None:
        fetch()
        if executable() is None:
            sys.exit(NO_BROWSER)
