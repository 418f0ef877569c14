"""Several processes behind the shipped proxy: readers stay in place, and one that ends takes no choices along."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import signal
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
import streamlit
from playwright.sync_api import expect

from tests.browser import until_drawn
from tests.pages.test_browser import PATHS, new_window
from tests.proxy import PROGRAM, SHIPPED, Proxy, proxied
from tests.server import serve

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="nginx isn't installed (Debian: apt-get install nginx-light)")
PLACE = "lactascope_place"


@pytest.fixture(scope="module")
def two(tmp_path_factory) -> Iterator[tuple[Proxy, list[tuple[str, int]]]]:
    """The proxy before two processes, and these."""
    with ExitStack() as stack:
        processes = [stack.enter_context(serve()) for _ in range(2)]
        proxy = stack.enter_context(proxied([url for url, _ in processes], tmp_path_factory.mktemp("proxy")))
        yield proxy, processes


def test_the_hash_is_that_of_streamlits_own_script():
    page = (Path(streamlit.__file__).parent / "static/index.html").read_text()
    scripts = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", page, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    assert hashes == re.findall(r"'sha256-([^']+)'", SHIPPED.read_text())


def test_readers_stay_in_their_place_and_are_spread(two):
    proxy, _ = two
    seen = defaultdict(set)
    for _ in range(24):
        jar = CookieJar()
        opened = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        for path in ("/", "/_stcore/health", "/before-after", "/_stcore/host-config"):
            with proxy.logged() as lines:
                opened.open(proxy.url + path).close()
            (place,) = [cookie.value for cookie in jar if cookie.name == PLACE]
            seen[place].add(lines[0]["process"])
    assert all(len(processes) == 1 for processes in seen.values())
    assert len(set().union(*seen.values())) == 2


def test_the_log_holds_no_address_and_no_choice(two):
    proxy, _ = two
    with proxy.logged() as lines:
        urllib.request.urlopen(f"{proxy.url}/before-after?study=moringa-massage-serpong").close()
    assert set(lines[0]) == {"time", "method", "path", "status", "bytes", "seconds", "process"}
    assert lines[0]["path"] == "/before-after"


@pytest.mark.parametrize("inside", ["_stcore/metrics", "_stcore/agent/openapi.json"])
def test_what_only_its_keeper_may_see_stays_inside(two, inside):
    proxy, ((process, _), _) = two
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{proxy.url}/{inside}")
    assert process


def test_who_sends_more_than_a_file_may_hold_is_turned_away(two):
    proxy, _ = two
    sent = urllib.request.Request(f"{proxy.url}/_stcore/upload_file/a/b", data=bytes(23_000_000), method="PUT")
    with pytest.raises(urllib.error.HTTPError, match="413"):
        urllib.request.urlopen(sent)


@pytest.mark.browser
def test_under_the_strict_policy_each_screen_works_and_the_console_is_silent(chromium, two):
    proxy, _ = two
    window, errors = new_window(chromium)
    for screen in PATHS.values():
        answer = window.goto(f"{proxy.url}/{screen}")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "'unsafe-inline'" not in answer.headers["content-security-policy"].split("style-src")[0]
        until_drawn(window)
        expect(window.locator("html")).to_have_attribute("lang", "en", timeout=15_000)  # our own script ran
        assert errors == [], screen
    window.goto(f"{proxy.url}/between-groups?study=moringa-massage-serpong")
    window.get_by_role("button", name="Save figure").click()
    with window.expect_download() as taken:
        window.get_by_test_id("stPopoverBody").get_by_role("button", name="PDF").first.click()
    assert taken.value.path().read_bytes().startswith(b"%PDF")
    assert errors == []
    window.context.close()


@pytest.mark.browser
def test_when_its_process_is_killed_a_reader_finds_the_choices_again_at_the_other(chromium, tmp_path):
    with ExitStack() as stack:
        processes = dict(stack.enter_context(serve()) for _ in range(2))
        proxy = stack.enter_context(proxied(list(processes), tmp_path))
        window, _ = new_window(chromium)
        window.goto(f"{proxy.url}/before-after?study=moringa-massage-serpong")
        until_drawn(window)
        window.get_by_role("button", name="Groups and data").click()
        window.get_by_test_id("stPopoverBody").get_by_role("button", name="Oxytocin massage", exact=True).click()
        window.keyboard.press("Escape")
        window.wait_for_url(re.compile("arm"))
        until_drawn(window)
        link = window.url
        own = next(line["process"] for line in reversed(proxy.lines()) if line["process"])
        os.kill(processes[f"http://{own}"], signal.SIGKILL)
        for _ in range(20):  # what is clicked before the page has found another process is lost, as on a train
            window.get_by_role("link", name="Between groups").first.click()
            window.wait_for_timeout(3_000)
            if window.locator("h1").inner_text() == "Between groups":
                break
        expect(window.locator("h1")).to_have_text("Between groups")
        window.go_back()
        expect(window.locator("h1")).to_have_text("Before / after", timeout=30_000)
        assert window.url == link
        assert {line["process"] for line in proxy.lines()[-3:]} != {own}
        window.context.close()
