"""Help, glossary and tour: nothing is empty, every view has its own, and the tour leads through all screens."""

from __future__ import annotations

import pytest

from analysis.telling import terms_in, terms_like
from analysis.telling.glossary import TERMS
from analysis.words import LANGUAGES, say_in
from pages.ui.shared.explain import hint
from pages.ui.shared.frame import PAGES
from pages.ui.shared.helping import MISTAKES, changes
from tests.every import every
from tests.pages.test_pages import texts
from tests.server import ROOT
from tests.views import views

LEAST = 40  # letters of a part that says something


def topic(view: str) -> str:
    """As what the help tells of a view: a screen with views opens on its first."""
    return {"across-studies": "across-studies-evidence", "check": "check-study"}.get(view, view)


@every("language", LANGUAGES)
@every("view", views())
def test_every_view_is_explained_and_no_part_is_empty(view, language):
    say, of = say_in(language), topic(view)
    mistakes = [say(f"help-mistake.{of}-{n}") for n in MISTAKES]
    said = [say(f"help-what.{of}"), say(f"help-read.{of}"), *mistakes]
    assert all(len(text) >= LEAST and "help-" not in text for text in said) and len(set(said)) == len(said)
    assert terms_in(" ".join(said), say)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("page", "link", "of"),
    [(page, {}, topic(page)) for page in PAGES]
    + [("across-studies", {"view": "bias"}, "across-studies-bias"), ("check", {"what": "paste"}, "check-paste")],
)
def test_the_button_beside_the_title_opens_the_help_of_what_is_shown(first_look, page, link, of, language):
    app, say = first_look(page, lang=language, **link), say_in(language)
    assert say(f"help-what.{of}") not in texts(app)
    app.button(f"help-{page}").click().run()
    assert not app.exception
    shown = [text.value for text in app.text]
    assert say(f"help-what.{of}") in shown and say(f"help-read.{of}") in shown


def test_a_term_is_found_by_its_forms_and_not_inside_other_words():
    english, indonesian = say_in("en"), say_in("id")
    assert terms_in("Mean change +1.12 [0.64, 1.59], p = 0.001", english) == ("mean", "p")
    assert terms_in("Rerata perubahan +1,12, selang 95%", indonesian) == ("mean", "interval")
    assert terms_in("PUMP meaning", english) == () == terms_in("", english)
    assert hint("nothing here", english) is None and "τ²" in str(hint("τ² 0.3", english))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_glossary_can_be_searched(language):
    say = say_in(language)
    assert set(terms_like("", say)) == set(TERMS)
    assert terms_like("  hartung ", say) == ("hksj",) and terms_like("xyzzy", say) == ()
    names = [say(f"glossary-term.{term}").casefold() for term in terms_like("", say)]
    assert names == sorted(names)


@every("language", LANGUAGES)
@every("term", TERMS)
def test_every_term_is_explained_in_one_sentence(term, language):
    said = say_in(language)(f"glossary.{term}")
    assert said.endswith(".") and ". " not in said and len(said) >= LEAST


def test_what_changed_is_the_changelog():
    written = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert len(changes()) == sum(line.startswith("- ") for line in written.splitlines())
    assert all(change in written.replace("`", "") for change in changes())


@pytest.mark.parametrize("page", PAGES)
def test_the_tour_has_a_box_on_every_screen_and_ends_on_any(first_look, page):
    app, say = first_look(page, lang="en", tour="on"), say_in("en")
    step = say("help-part.tour-step", step=list(PAGES).index(page) + 1, all=len(PAGES))
    assert step in texts(app)
    app.button("tour-end").click().run()
    assert step not in texts(app) and not app.exception
