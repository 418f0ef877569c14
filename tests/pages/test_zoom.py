"""An enlarged page still fits the window's width; words are large on a projector; less motion where it is asked for."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import until_drawn
from tests.pages.test_accessibility import SCREENS

pytestmark = pytest.mark.browser
ZOOMED = {"viewport": {"width": 683, "height": 400}, "device_scale_factor": 2}  # 1366 × 800 at 200%
PROJECTED = {"viewport": {"width": 1536, "height": 864}, "device_scale_factor": 1.25}  # 1920 × 1080 at 125%
LEAST = 16  # px of words on a projector
SETTLES = 1_500  # ms in which plots fade in
BEYOND = """() => {
  const main = document.querySelector('[data-testid=stMain]')
  const beyond = [...main.querySelectorAll('h1, h2, p, button, .stPlotlyChart, [data-testid=stDataFrame]')]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
  return [main.scrollWidth - main.clientWidth, beyond.map(one => one.textContent.slice(0, 60))]
}"""
CUT = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
  const frame = plot.getBoundingClientRect()
  return [...plot.querySelectorAll('text')]
    .map(text => [text.textContent, text.getBoundingClientRect()])
    .filter(([words, box]) => words.trim() && box.width
      && (box.left < frame.left - 1 || box.right > frame.right + 1))
    .map(([words]) => words)
})"""
SIZES = """() => [...document.querySelectorAll('.js-plotly-plot text')]
  .filter(text => text.textContent.trim())
  .map(text => devicePixelRatio * parseFloat(getComputedStyle(text).fontSize))"""


@pytest.mark.parametrize("screen", SCREENS)
def test_at_200_percent_nothing_stands_beyond_the_window(visit, address, screen):
    window, errors = visit(f"{address}/{screen}", **ZOOMED)
    expect(window.get_by_test_id("stHeading").first).to_be_visible()
    until_drawn(window)
    assert window.evaluate(BEYOND) == [0, []]
    assert window.evaluate(CUT) == []
    assert errors == []


@pytest.mark.parametrize("screen", [one for one in SCREENS if "compare" not in one])  # cells of a league are many
def test_words_in_plots_are_large_on_a_projector(visit, address, screen):
    window, _ = visit(f"{address}/{screen}", **PROJECTED)
    expect(window.get_by_test_id("stHeading").first).to_be_visible()
    until_drawn(window)
    assert all(size >= LEAST for size in window.evaluate(SIZES))
    assert window.evaluate(BEYOND) == [0, []]
    assert window.evaluate(CUT) == []


@pytest.mark.parametrize("screen", ("before-after", "across-studies"))
def test_who_asked_for_less_motion_gets_none(visit, address, screen):
    window, _ = visit(f"{address}/{screen}?lang=en", reduced_motion="reduce")
    window.wait_for_timeout(SETTLES)
    moving = "() => document.getAnimations().filter(one => one.playState === 'running').map(one => one.animationName)"
    assert window.evaluate(moving) == []
