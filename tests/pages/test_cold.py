"""A class that opens all screens at once, on a server that has just started, gets all of them."""

from __future__ import annotations

import pytest

from tests.bench import SCREENS
from tests.readers import opened_at_once
from tests.server import ROOT, serve

FILES = [ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py"))]


@pytest.mark.parametrize("first", range(len(SCREENS)))
def test_a_cold_server_answers_all_who_come_at_once(first):
    pages = SCREENS[first:] + SCREENS[:first]
    with serve() as (url, _):
        found = opened_at_once(url, pages)
    assert [page for page, one in zip(pages, found, strict=True) if one.elements["exception"]] == []


@pytest.mark.parametrize("screen", FILES, ids=lambda path: path.stem)
def test_a_screen_enters_the_analysis_by_one_door(screen):
    """Two that enter it by two doors at once see each other's half-made modules."""
    lines = screen.read_text().splitlines()
    assert [line for line in lines if line.startswith(("import analysis", "from analysis"))] == []
    assert next(line for line in lines if "pages." in line).startswith("from pages.ui import ")
