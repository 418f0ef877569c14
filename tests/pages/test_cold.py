"""A class that opens all screens at once, on a server that has just started, gets all of them."""

from __future__ import annotations

import pytest

from tests.bench import SCREENS
from tests.readers import opened_at_once
from tests.server import serve


@pytest.mark.parametrize("first", range(len(SCREENS)))
def test_a_cold_server_answers_all_who_come_at_once(first):
    pages = SCREENS[first:] + SCREENS[:first]
    with serve() as (url, _):
        found = opened_at_once(url, pages)
    assert [page for page, one in zip(pages, found, strict=True) if one.elements["exception"]] == []
