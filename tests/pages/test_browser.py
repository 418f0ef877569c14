"""What only a real browser can tell: cold deep links, the journey of a reader, links that restore a screen."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Browser, expect

from analysis import load_studies
from analysis.checks import ledger
from analysis.words import say_in
from pages.ui.shared.frame import PAGES
from tests.server import serve

pytestmark = pytest.mark.browser
SERPONG = "moringa-massage-serpong"
PATHS = {page: "" if page == "overview" else page for page in PAGES}
NOT_OURS = ("_stcore/health", "_stcore/host-config", "404")  # two 404s per deep link are Streamlit's own (#7074)


def ours(message) -> bool:
    """True for console errors that our own code or words cause."""
    said = f"{message.text} {message.location.get('url', '')}"
    return message.type == "error" and not any(known in said for known in NOT_OURS)


def opened(chromium: Browser, url: str, still_running: bool = False, **look):
    """A new visitor's window on `url`, with the errors of its console; by default once it has come to rest."""
    window, errors = new_window(chromium, **look)
    arrive(window, url, still_running)
    return window, errors


def new_window(chromium: Browser, **look):
    """A new visitor's empty window, and the list that errors of its console go to."""
    window = chromium.new_context(locale="en-US", **look).new_page()
    errors: list[str] = []
    window.on("console", lambda message: errors.append(message.text) if ours(message) else None)
    window.on("pageerror", lambda error: errors.append(str(error)))
    return window, errors


def arrive(window, url: str, still_running: bool = False) -> None:
    window.goto(url)
    expect(window.locator("h1")).to_be_visible(timeout=30_000)
    if not still_running:
        expect(window.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=30_000)


@pytest.mark.parametrize("page", PAGES)
def test_each_screen_opens_from_a_cold_deep_link(chromium, page):
    with serve() as (url, _):
        window, errors = opened(chromium, f"{url}/{PATHS[page]}?lang=id")
        expect(window.get_by_test_id("stSidebarContent").get_by_text("Antarkelompok")).to_be_visible(timeout=15_000)
        expect(window.get_by_test_id("stException")).to_have_count(0)
        assert errors == []
        window.context.close()


def test_the_whole_journey_of_a_reader(chromium, address):
    window, errors = opened(chromium, address)
    card = window.get_by_test_id("stVerticalBlock").filter(has_text="Moringa / massage (Serpong)").last
    card.get_by_role("link", name="Before / after").click()
    expect(window.locator("h1")).to_have_text("Before / after")
    choose_again(window, "Groups and data", ("Moringa leaf powder", "Oxytocin massage"))
    choose_again(window, "Tests", ("Wilcoxon signed-rank", "Paired t"))
    for arm in ("Moringa leaf powder", "Oxytocin massage"):
        expect(window.get_by_role("heading", name=arm)).to_be_visible()
    reproduced = window.get_by_text(re.compile("Printed p 0.0(01|35): reproduced by"))
    expect(reproduced).to_have_count(2)
    expect(window.get_by_text(re.compile(r"normal approximation that SPSS prints \(p = 0.00132\)"))).to_be_visible()
    expect(
        window.get_by_text(re.compile(r"normal approximation that SPSS prints \(p = 0.0348\)")).first
    ).to_be_visible()
    expect(window.get_by_text("t(16) = 4.97, p = 0.00014")).to_be_visible()
    window.get_by_role("link", name="Between groups").click()
    expect(window.locator("h1")).to_have_text("Between groups")
    expect(window.get_by_text(re.compile("prints no result of it. Here it is"))).to_be_visible()
    window.get_by_text("Bahasa Indonesia").click()
    expect(window.get_by_text(re.compile("tidak mencetak hasilnya. Inilah hasilnya"))).to_be_visible()
    window.get_by_role("combobox", name="Grafik").click()
    window.get_by_role("option", name="Batang bertumpuk").click()
    expect(window).to_have_url(re.compile("beside=stacked"))
    link = window.url
    assert errors == []
    second, errors = opened(chromium, link)
    expect(second.get_by_text(re.compile("tidak mencetak hasilnya. Inilah hasilnya"))).to_be_visible()
    expect(second.get_by_role("combobox", name="Grafik")).to_have_value("Batang bertumpuk")
    assert second.url == link
    wait_until_alike(window, second)
    assert errors == []
    window.context.close()
    second.context.close()


def choose_again(window, menu: str, names: tuple[str, ...]) -> None:
    """Open a menu, put each choice off and on again, and see that it is on."""
    window.get_by_role("button", name=menu).click()
    for name in names:
        choice = window.get_by_test_id("stPopoverBody").get_by_role("button", name=name, exact=True)
        for state in ("false", "true"):
            choice.click()
            expect(choice).to_have_attribute("aria-pressed", state)
    window.keyboard.press("Escape")


def wait_until_alike(window, second) -> None:
    """Both windows show the same words, once the plots of the later one are drawn."""
    for _ in range(40):
        if main_text(second) == main_text(window):
            return
        second.wait_for_timeout(250)
    assert main_text(second) == main_text(window)


def main_text(window) -> str:
    expect(window.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=15_000)
    return re.sub(r"\s+", " ", window.get_by_test_id("stMain").inner_text())


def test_groups_and_tests_chosen_by_hand_are_in_the_link(chromium, address):
    window, errors = opened(chromium, f"{address}/before-after?study={SERPONG}")
    window.get_by_role("button", name="Tests").click()
    window.get_by_test_id("stPopoverBody").get_by_text("Sign test").click()
    expect(window).to_have_url(re.compile("test=sign"))
    window.keyboard.press("Escape")
    window.get_by_role("button", name="Groups and data").click()
    window.get_by_test_id("stPopoverBody").get_by_text("Moringa leaf powder").click()
    expect(window).to_have_url(re.compile(rf"{SERPONG}\.arms=massage"))
    expect(window.get_by_role("heading", name="Moringa leaf powder")).to_have_count(0)
    assert errors == []
    window.context.close()


def test_back_steps_out_of_an_edited_link(chromium, address):
    window, _ = opened(chromium, f"{address}/before-after?plot=transitions")
    window.goto(f"{address}/before-after?plot=distribution")
    expect(window.get_by_text("Share of mothers").first).to_be_visible(timeout=15_000)
    window.go_back()
    expect(window).to_have_url(re.compile("plot=transitions"))
    window.context.close()


def test_an_unknown_id_shows_the_default_and_a_notice(chromium, address):
    window, errors = opened(chromium, f"{address}/between-groups?study=<img src=x onerror=alert(1)>")
    expect(window.get_by_test_id("stAlert")).to_contain_text("onerror=alert(1)")
    expect(window.get_by_test_id("stMain").locator("img")).to_have_count(0)
    assert "onerror" not in window.url
    assert errors == []
    window.context.close()


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_wider_than_a_phone(visit, address, page):
    window, errors = visit(f"{address}/{PATHS[page]}", viewport={"width": 375, "height": 812})
    wider = window.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth - window.innerWidth")
    assert wider <= 0
    assert errors == []


# -- the screen that checks numbers -----------------------------------------------------------------------------

OPEN_PAIRS = {"n": "40", "low": "1", "high": "5", "before_mean": "3.1", "before_sd": "1.1", "after_mean": "3.6",
              "after_sd": "1.0"}  # fmt: skip
LONG = "check?what=pairs&" + "&".join(f"pair.{name}={text}" for name, text in OPEN_PAIRS.items())
ROW_HEIGHT = 35  # pixels, of the header too


def click_row(window, row: int) -> None:
    """Click a row of the ledger; its cells are painted, so the place is all there is to click at."""
    table = window.get_by_test_id("stDataFrame").first
    table.click(position={"x": 16, "y": ROW_HEIGHT * (row + 1) + ROW_HEIGHT // 2})


def test_a_clicked_row_is_shown_and_stays_in_the_link(chromium, address):
    third = [entry for entry in ledger(load_studies()[SERPONG]) if entry.verdict != "consistent"][2]
    window, errors = opened(chromium, f"{address}/check?study={SERPONG}")
    first = window.get_by_test_id("stMain").locator("strong").first
    before = first.inner_text()
    click_row(window, 2)
    expect(window).to_have_url(re.compile(f"entry={third.id}"))
    expect(first).not_to_have_text(before)
    chosen = first.inner_text()
    second, _ = opened(chromium, window.url)
    expect(second.get_by_test_id("stMain").locator("strong").first).to_have_text(chosen)
    second.context.close()
    window.go_back()
    expect(window).not_to_have_url(re.compile("entry="))
    expect(first).to_have_text(before)
    assert errors == []
    window.context.close()


def switch_ms(window) -> float:
    """How long a switch of the language takes until the screen says so, there and back."""
    started = time.perf_counter()
    for language, title in (("Bahasa Indonesia", "Sebelum / sesudah"), ("English", "Before / after")):
        window.get_by_test_id("stButtonGroup").get_by_text(language).first.click()
        expect(window.locator("h1")).to_have_text(title)
    return time.perf_counter() - started


def test_a_long_count_can_be_stopped_and_keeps_nobody_waiting(chromium, address):
    other, _ = opened(chromium, f"{address}/before-after?study={SERPONG}")
    switch_ms(other)  # first runs fill caches
    idle = min(switch_ms(other) for _ in range(2))
    window, errors = opened(chromium, f"{address}/{LONG}", still_running=True)
    expect(window.get_by_test_id("stProgress")).to_be_visible()
    busy = switch_ms(other)
    expect(window.get_by_test_id("stProgress")).to_be_visible()
    assert busy / idle < MOST_SLOWER
    window.get_by_role("button", name=say_in("en")("job.cancel")).click()
    expect(window.get_by_text(say_in("en")("job.cancelled"))).to_be_visible()
    expect(window.get_by_test_id("stProgress")).to_have_count(0)
    expect(window.get_by_role("button", name=say_in("en")("job.again"))).to_be_visible()
    assert errors == []
    window.context.close()
    other.context.close()


PHONE = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "user_agent": "Mozilla/5.0 (Linux; Android 13; Pixel 7) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
}
MOST_SLOWER = 5  # times, while another visitor's count runs


def click_mark(window, place: int) -> None:
    """Click one mark of the screen's plot as a reader would, once it stands and nothing moves any more."""
    charts = window.get_by_test_id("stPlotlyChart")
    expect(charts).to_have_count(1, timeout=15_000)
    expect(charts.locator(".points path").first).to_be_visible(timeout=15_000)
    mark = charts.locator(".points path").nth(place)
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    while (after := (window.wait_for_timeout(300), mark.bounding_box())[1]) != box:
        box = after
    window.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_a_study_clicked_in_the_forest_opens_below_its_line_is_left_out_and_taken_in_again(chromium, address):
    window, errors = opened(chromium, f"{address}/across-studies", viewport={"width": 1280, "height": 2600})
    click_mark(window, 1)
    leave, take_in = (window.get_by_role("button", name=name) for name in ("Leave it out", "Take it back in"))
    expect(leave).to_be_visible(timeout=15_000)
    plots = window.get_by_test_id("stPlotlyChart")
    expect(plots).to_have_count(2)
    above, below = plots.nth(0).bounding_box(), plots.nth(1).bounding_box()
    assert above["y"] + above["height"] < leave.bounding_box()["y"] < below["y"]
    leave.click()
    both = window.get_by_text(re.compile("all together .* Without those left out: "))
    expect(both.first).to_be_visible(timeout=15_000)
    expect(window).to_have_url(re.compile("out="), timeout=15_000)
    second, _ = opened(chromium, window.url, viewport={"width": 1280, "height": 2600})
    expect(second.get_by_text(re.compile("Without those left out: ")).first).to_be_visible(timeout=15_000)
    expect(second.get_by_role("button", name="Take it back in")).to_be_visible(timeout=15_000)
    second.context.close()
    take_in.click()
    expect(both).to_have_count(0, timeout=15_000)
    expect(leave).to_be_visible(timeout=15_000)
    window.get_by_role("link", name="Open the study").click()
    expect(window.locator("h1")).to_have_text("Study", timeout=15_000)
    assert errors == []
    window.context.close()


def test_one_tap_opens_a_study_on_a_phone_and_one_more_closes_it(chromium, address):
    window, errors = opened(chromium, f"{address}/across-studies?lang=id", **PHONE)
    for count in (2, 1):
        mark = window.get_by_test_id("stPlotlyChart").first.locator(".points path").nth(1)
        mark.scroll_into_view_if_needed()
        window.wait_for_timeout(1_000)
        box = mark.bounding_box()
        window.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        expect(window.get_by_test_id("stPlotlyChart")).to_have_count(count, timeout=15_000)
    assert errors == []
    window.context.close()


def test_a_click_on_the_map_tells_of_its_intervention_and_outcome_and_leads_to_the_result(chromium, address):
    window, errors = opened(chromium, f"{address}/across-studies?view=map", viewport={"width": 1280, "height": 2600})
    click_mark(window, 0)
    expect(window).to_have_url(re.compile("cell="), timeout=15_000)
    window.get_by_role("button", name="Show its result").click()
    expect(window).to_have_url(re.compile("given="), timeout=15_000)
    assert errors == []
    window.context.close()


def test_back_takes_a_click_on_the_map_back_whole_and_ends_at_the_untouched_screen(chromium, address):
    window, errors = opened(chromium, f"{address}/across-studies?view=map", viewport={"width": 1280, "height": 2600})
    untouched = window.get_by_text(re.compile("What was studied, and what can be pooled"))
    click_mark(window, 5)
    window.wait_for_timeout(2_500)  # a link this young may still be one that a quick second click sent
    window.get_by_role("button", name="Show its result").click()
    expect(window).to_have_url(re.compile("given="), timeout=15_000)
    expect(untouched).to_have_count(0, timeout=15_000)
    window.wait_for_timeout(2_500)  # a link this young may still be one that a quick second click sent
    window.go_back()
    expect(untouched).to_be_visible(timeout=15_000)
    expect(window).to_have_url(re.compile("cell="))
    expect(window.get_by_role("button", name="Show its result")).to_be_visible()
    window.go_back()
    expect(window.get_by_test_id("stPlotlyChart")).to_have_count(1, timeout=15_000)
    expect(window.get_by_test_id("stPlotlyChart").locator(".points path").first).to_be_visible(timeout=15_000)
    assert "given=" not in window.url and "cell=" not in window.url and errors == []
    window.context.close()


def test_words_in_plots_follow_the_theme_without_being_asked(chromium, address):
    window, errors = opened(chromium, f"{address}/between-groups?study={SERPONG}", color_scheme="light")
    words = window.locator(".js-plotly-plot .xtick text")
    expect(words.first).to_be_visible(timeout=15_000)
    for scheme, ink in (("light", "rgb(11, 20, 19)"), ("dark", "rgb(232, 238, 236)"), ("light", "rgb(11, 20, 19)")):
        window.emulate_media(color_scheme=scheme)
        expect(words.first).to_have_css("fill", ink, timeout=15_000)
    assert errors == []
    window.context.close()


def test_what_stands_below_the_plots_is_drawn_again_alone_and_back_takes_it_back(chromium, address):
    window, errors = opened(chromium, f"{address}/between-groups?study={SERPONG}")
    parts = window.get_by_role("radiogroup").filter(has_text="Ticked tests")
    expect(window.locator(".js-plotly-plot")).to_have_count(1, timeout=15_000)
    window.evaluate("document.querySelector('.js-plotly-plot').dataset.seen = 'yes'")
    parts.get_by_text("Take away").click()
    expect(window).to_have_url(re.compile("below=take"), timeout=15_000)
    expect(window.locator(".js-plotly-plot[data-seen=yes]")).to_have_count(1)
    window.wait_for_timeout(2_500)  # a link this young may still be one that a quick second click sent
    window.go_back()
    expect(parts.get_by_role("radio", checked=True)).to_have_text("Ticked tests", timeout=15_000)
    assert errors == []
    window.context.close()


def test_a_mother_clicked_before_after_is_lit_between_groups_and_in_a_copied_link(chromium, address):
    window, errors = opened(
        chromium, f"{address}/before-after?study={SERPONG}", viewport={"width": 1366, "height": 1400}
    )
    dot = window.locator(".js-plotly-plot").first.locator(".points path").nth(12)
    expect(dot).to_be_visible(timeout=15_000)
    window.wait_for_timeout(1_000)
    box = dot.bounding_box()
    window.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(window).to_have_url(re.compile(r"mother=milk-score~moringa-\d\d~1"), timeout=15_000)
    mother = re.search(r"moringa-\d\d(?=~1)", window.url).group()
    expect(window.get_by_text(re.compile(f"^{mother}: "))).to_be_visible()
    window.get_by_role("button", name="Copy link").click()
    address_in_full = window.get_by_role("dialog").locator("code").inner_text()
    assert address_in_full.startswith(f"{address}/before-after?") and "below=tests" in address_in_full
    window.keyboard.press("Escape")
    window.get_by_role("link", name="Between groups").click()
    expect(window.get_by_text(re.compile(f"^{mother}: "))).to_be_visible(timeout=15_000)
    second, more = opened(chromium, address_in_full, **PHONE)
    expect(second.get_by_text(re.compile(f"^{mother}: "))).to_be_visible(timeout=15_000)
    assert errors == more == []
    second.context.close()
    window.context.close()


def test_a_choice_that_changes_what_the_screen_reads_is_one_step_back(chromium, address):
    """The study opened in the forest isn't read by the map: taking it out of the link is no step of its own."""
    window, errors = opened(chromium, f"{address}/across-studies", viewport={"width": 1280, "height": 2600})
    click_mark(window, 1)
    expect(window).to_have_url(re.compile("open="), timeout=15_000)
    window.get_by_test_id("stMain").get_by_text("Map", exact=True).click()
    expect(window).to_have_url(re.compile("view=map$"), timeout=15_000)
    window.wait_for_timeout(2_500)  # a link this young may still be one that a quick second click sent
    window.go_back()
    expect(window).to_have_url(re.compile("open="), timeout=15_000)
    expect(window.get_by_role("button", name="Leave it out")).to_be_visible(timeout=15_000)
    window.go_back()
    expect(window).to_have_url(re.compile("across-studies$"), timeout=15_000)
    expect(window.get_by_role("button", name="Leave it out")).to_have_count(0, timeout=15_000)
    assert errors == []
    window.context.close()
