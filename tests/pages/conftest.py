"""Fixtures of the screens' tests: an app without a browser, and a browser in front of a real server."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.shared.guard import LOG
from tests import browser
from tests.server import ROOT, serve
from tests.walk import folded_parts


@pytest.fixture(autouse=True)
def nothing_guarded(request, caplog) -> Iterator[None]:
    """The guard of the screens is no way to refuse: a test in which it had to catch something fails."""
    yield
    caught = [record for record in caplog.get_records("call") if record.name == LOG.name]
    if caught and "guarded" not in request.keywords:
        pytest.fail(f"a panel failed: {caught[0].exc_text}")


@pytest.fixture
def open_page() -> Callable[..., AppTest]:
    """Open a screen as a cold deep link would, without a browser; parameters of the link as keywords.

    Everything that a reader can unfold or open is drawn.
    """

    def opened(page: str, **link: str | list[str]) -> AppTest:
        app = cold(page, **link)
        app.session_state["opened-tests"] = True
        return unfolded(app.run())

    return opened


@pytest.fixture
def first_look() -> Callable[..., AppTest]:
    """The same as it first stands there, nothing unfolded: a notice is told once."""
    return lambda page, **link: cold(page, **link).run()


def cold(page: str, **link: str | list[str]) -> AppTest:
    """A screen by a cold deep link, not run yet."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in link.items():
        app.query_params[name] = value
    if page != "overview":
        app.switch_page(f"pages/{page}.py")
    return app


def unfolded(app: AppTest) -> AppTest:
    """With everything drawn that a reader can unfold, but for the lists that save a plot, whose pictures take long."""
    names = [name for name in folded_parts(app) if not name.startswith("save-")]
    for name in names:
        app.session_state[name] = True
    return app.run() if names else app


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with serve() as (url, _):
        yield url


@pytest.fixture(scope="session")
def chromium():
    """A real browser; without one the tests fail with one sentence, or are skipped on request only."""
    if browser.SKIP:
        pytest.skip("BROWSER_TESTS=skip")
    path = browser.executable()
    if path is None:
        pytest.fail(browser.NO_BROWSER, pytrace=False)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        window = playwright.chromium.launch(executable_path=path, args=list(browser.ARGUMENTS))
        yield window
        window.close()


@pytest.fixture(scope="module")
def visit(chromium) -> Iterator[Callable]:
    """`opened` in a window that stays: each address is loaded anew, in a session of its own.

    A new window compiles all of the page's code again, which takes as long as all the rest. Windows that look
    alike are one; those that look otherwise (size, theme) are others.
    """
    from tests.pages.test_browser import arrive, new_window

    windows = {}

    def visited(url: str, **look):
        key = repr(sorted(look.items()))
        if key not in windows:
            windows[key] = new_window(chromium, **look)
        window, errors = windows[key]
        errors.clear()
        arrive(window, url)
        return window, errors

    yield visited
    for window, _ in windows.values():
        window.context.close()
