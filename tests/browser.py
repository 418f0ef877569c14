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


if __name__ == "__main__":
    if SKIP:
        print("Browser tests are left out: BROWSER_TESTS=skip.")
    elif executable() is None:
        fetch()
        if executable() is None:
            sys.exit(NO_BROWSER)
