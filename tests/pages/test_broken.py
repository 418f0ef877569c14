"""One broken study folder on the real screens: listed with file, row and reason, all others as before."""

from __future__ import annotations

import shutil

import pytest
import streamlit as st

from analysis.studies import library as loading
from analysis.words import LANGUAGES, say_in
from pages.ui.shared.text import plain
from tests.pages.test_pages import texts


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """A copy of the library that a test may break; the screens read it instead of the real one."""
    shutil.copytree(loading.DATA, tmp_path / "data")
    monkeypatch.setattr(loading, "DATA", tmp_path / "data")
    st.cache_resource.clear()
    yield tmp_path / "data"
    st.cache_resource.clear()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_broken_folder_is_listed_and_the_others_work(open_page, shelf, language):
    figures = shelf / "triananinsi" / "figures.csv"
    figures.write_text(figures.read_text().replace("massage,smooth-flow", "masage,smooth-flow", 1))
    app = open_page("overview", lang=language)
    assert not app.exception
    shown = texts(app)
    where = say_in(language)("problem.row", row=6)
    assert f"data/triananinsi/figures.csv {where}: arm 'masage'" in shown
    assert "'massage'" in shown
    listed = app.dataframe[0].value.to_string()
    assert loading.load_study(shelf / "maita-2017").short_title[language] in listed
    assert not open_page("study", study="maita-2017").exception


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"id = ", b"arms = 3\n"])
def test_any_damaged_card_is_listed(open_page, shelf, content):
    (shelf / "triananinsi" / "study.toml").write_bytes(content)
    app = open_page("overview")
    assert not app.exception
    assert "data/triananinsi/study.toml" in texts(app)


def test_an_empty_library_says_so(open_page, shelf):
    for folder in loading.study_folders(shelf):
        (folder / "study.toml").unlink()
    assert not open_page("overview").exception
    app = open_page("before-after")
    assert not app.exception
    assert app.error[0].value == say_in("en")("frame.no-study")


@pytest.mark.parametrize("language", LANGUAGES)
def test_background_without_percentages_lists_its_claims(open_page, shelf, language):
    shutil.copytree(shelf / "context", shelf / "review")
    card, figures = shelf / "review" / "study.toml", shelf / "review" / "figures.csv"
    card.write_text(card.read_text().replace('id = "context"', 'id = "review"', 1))
    figures.write_text(figures.read_text().splitlines()[0] + "\n")
    app = open_page("overview", lang=language, background="review")
    assert not app.exception
    review = loading.load_study(shelf / "review")
    assert texts(app).count(review.card["result"][language]) == 1
    statement = plain(review.claims[0].statement[language])
    assert sum(statement in table.value.index for table in app.table) == 1


def test_text_of_a_study_is_never_rendered(open_page, shelf):
    card = shelf / "triananinsi" / "study.toml"
    hostile = "<b>x</b> **y** $z^2$ :material/home: :red[r] [l](javascript:1) https://a.example -> &copy;"
    label = say_in("en").text(loading.load_study(card.parent).short_title)
    card.write_text(card.read_text().replace(label, hostile))
    app = open_page("overview", all="on")
    assert not app.exception
    said = next(element.value for element in app.markdown if "material" in element.value)
    for active in ("<b>", "**y**", "$z^2$", ":material/home:", ":red[", "[l](", "https://", "->"):
        assert active not in said.removeprefix("**").removesuffix("**")
    assert "\\&copy;" in said


LEFT_OUT = {
    "arms": ("[[arms]]", "[[once_arms]]"),
    "outcomes": ("[[outcomes]]", "[[once_outcomes]]"),
    "timepoints": ("[[timepoints]]", "[[once_timepoints]]"),
    "scale": ('scale = "ordinal"', ""),
    "ends of scale": ("high = 5", ""),
    "better": ('better = "higher"', ""),
    "role": ('role = "intervention"', ""),
    "n_known": ('n_known = "derived"', ""),
    "n": ('n = "17"', ""),
    "label": ('label = { en = "Moringa leaf powder", id = "Bubuk daun kelor" }', ""),
    "unit": ('unit = { en = "score 1–5", id = "skor 1–5" }', ""),
    "design": ('design = "quasi-experiment"', ""),
    "source": ('[source]\nkind = "primary"', ""),
    "citation": ("citation", "once_citation"),
    "title": ("[title]", "[once_title]"),
    "result": ("[result]", "[once_result]"),
    "treatments": ('treatments = ["moringa"]', ""),
}


@pytest.fixture(scope="module")
def folders_with_gaps(tmp_path_factory):
    """A library with one folder per entry left out, and one without figures."""
    library = tmp_path_factory.mktemp("gaps")
    for name in (*LEFT_OUT, "figures"):
        folder = library / name.replace(" ", "-")
        shutil.copytree(loading.DATA / "moringa-massage-serpong", folder)
        card = (folder / "study.toml").read_text().replace('"moringa-massage-serpong"', f'"{folder.name}"', 1)
        old, new = LEFT_OUT.get(name, ("", ""))
        assert old in card
        (folder / "study.toml").write_text(card.replace(old, new) if old else card)
    (library / "figures" / "figures.csv").unlink()
    return library


@pytest.fixture
def gaps(folders_with_gaps, monkeypatch):
    monkeypatch.setattr(loading, "DATA", folders_with_gaps)
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


STRUCTURE = ("arms", "outcomes", "timepoints", "scale", "ends of scale", "better", "figures")  # what plots stand on


@pytest.mark.parametrize(
    ("page", "name"),
    [(page, name) for page in ("study", "between-groups") for name in (*LEFT_OUT, "figures")]
    + [(page, name) for page in ("before-after", "check") for name in STRUCTURE],
)
def test_a_study_with_anything_missing_shows_what_it_can(open_page, gaps, name, page):
    app = open_page(page, study=name.replace(" ", "-"))
    assert not app.exception
    if page == "study" and name != "n":  # an n that is not printed is no gap
        assert "What this folder leaves unsaid" in "".join(expander.label for expander in app.expander)
