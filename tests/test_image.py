"""What the image holds is enough for every screen, and nothing is ever written beside it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests import readers
from tests.pages.test_browser import PATHS
from tests.server import ROOT, serve


def copied_into_the_image(place: Path) -> None:
    """As the Dockerfile's COPY lines say."""
    for line in re.findall(r"^COPY (.+)$", (ROOT / "deploy/Dockerfile").read_text(), re.MULTILINE):
        *sources, target = line.split()
        for source in sources:
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, place / target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / source, place / target)


def test_each_screen_is_drawn_of_what_the_image_holds_and_nothing_is_written_there(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    copied_into_the_image(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    with serve(tmp_path / "app.py", tmp_path) as (url, _):
        found = dict(zip(PATHS.values(), readers.opened_at_once(url, list(PATHS.values())), strict=True))
    assert {screen: one.elements["exception"] for screen, one in found.items() if one.elements["exception"]} == {}
    assert [screen for screen, one in found.items() if not one.elements["heading"]] == []
    assert sorted(tmp_path.rglob("*")) == before
