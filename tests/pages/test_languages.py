"""Every screen speaks one language: what stands on it, in its plots, beside its pictures and for screen readers."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from analysis import load_context, load_studies
from analysis.words import LANGUAGES
from tests.browser import until_drawn
from tests.views import views

pytestmark = pytest.mark.browser
OF_ENGLISH = "the and with of which than from not were was this mothers"
OF_INDONESIAN = "yang dan dengan tidak dari untuk pada atau adalah ibu lebih belum"
FOREIGN = {
    "en": re.compile(rf"\b({'|'.join(OF_INDONESIAN.split())})\b", re.IGNORECASE),
    "id": re.compile(rf"\b({'|'.join(OF_ENGLISH.split())})\b", re.IGNORECASE),
}
QUOTED = re.compile(r"(?<!\w)'[^']*'|“[^”]*”|\"[^\"]*\"")  # as a paper has it
# Everything that a reader sees, hovers over or is read aloud; of a plot also what only hovering shows.
SAID = """() => {
  const said = [...document.body.innerText.split('\\n')]
  for (const one of document.querySelectorAll('[aria-label],[alt],[title],[placeholder]'))
    for (const name of ['aria-label', 'alt', 'title', 'placeholder']) said.push(one.getAttribute(name) ?? '')
  for (const cell of document.querySelectorAll('[role=gridcell],[role=columnheader]')) said.push(cell.textContent)
  const words = (value) => typeof value === 'string' ? said.push(value)
    : value && typeof value === 'object' && Object.values(value).forEach(words)
  for (const plot of document.querySelectorAll('.js-plotly-plot')) {
    for (const {text, hovertext, name, x, y} of plot.data) words([text, hovertext, name, x, y])
    words(plot.layout.annotations)
    for (const text of plot.querySelectorAll('text')) said.push(text.textContent)
  }
  return said
}"""


def titles() -> list[str]:
    """Titles and citations as papers print them, and names of what a study was published as; the longest first."""
    cards = [study.card for study in (*load_studies().values(), *load_context())]
    found = {text for card in cards for text in (card.get("citation", ""), *card["title"].values())}
    return sorted(found - {""}, key=len, reverse=True)


TITLES = titles()


def foreign(texts: Iterable[str], language: str) -> set[str]:
    """Texts in which a word of another language stands, what is quoted from a paper aside."""
    return {text for text in texts if FOREIGN[language].search(_own(text))}


def _own(text: str) -> str:
    text = QUOTED.sub("", text.replace("<br>", " "))
    return next((text.replace(title, "") for title in TITLES if title in text), text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", views())
def test_no_screen_says_a_word_of_another_language(visit, address, view, language):
    link = views()[view]
    window, errors = visit(f"{address}{link}{'' if link.endswith('?') else '&'}lang={language}")
    until_drawn(window)
    said = window.evaluate(SAID)
    assert len(said) > 50 and errors == []
    assert foreign(said, language) == set()


def test_a_word_of_another_language_would_be_found():
    assert foreign(["rerata of 4", "rerata dari 4"], "id") == {"rerata of 4"}
    assert foreign(["mean dari 4", "mean of 'ibu dan anak'"], "en") == {"mean dari 4"}
