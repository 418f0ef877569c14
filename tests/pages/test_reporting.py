"""Report: offered by every screen that shows studies, made in every form when asked for; the page for decisions."""

from __future__ import annotations

import io
import json

import pytest
from pypdf import PdfReader

from analysis import load_studies
from analysis.asking import attempt, before_after
from analysis.evidence import decision, interventions
from analysis.plots import reports
from analysis.studies import by_richness
from analysis.telling import answer_said, question_said
from analysis.words import LANGUAGES, say_in
from pages.ui.shared import reporting
from pages.ui.shared.text import plain
from tests.pages.test_browser import opened
from tests.pages.test_pages import SERPONG, texts

SCREENS = (
    ("overview", {}),
    ("decision", {"offer": "moringa", "moringa.against": "oxytocin-massage"}),
    ("study", {"study": SERPONG}),
    ("before-after", {"study": SERPONG, "test": ["wilcoxon", "paired-t"]}),
    ("between-groups", {"study": SERPONG}),
    *(("across-studies", {"view": view}) for view in
      ("evidence", "certainty", "map", "studies", "claims", "compare", "bias")),
    ("check", {"study": SERPONG}),
)  # fmt: skip


def named(part) -> str:
    return part if isinstance(part, str) else "-".join(v if isinstance(v, str) else v[0] for v in part.values())


@pytest.fixture
def made(monkeypatch) -> list[tuple[reports.Document, str, bytes]]:
    """Every document that a screen writes, with its form and bytes."""
    kept = []

    def noted(document, form):
        data = reports.written(document, form)
        kept.append((document, form, data))
        return data

    monkeypatch.setattr(reporting, "written", noted)
    return kept


def asked(app, form: str):
    """The report of a screen, asked for in a form: without a browser every click would close the dialog again."""
    app.session_state["report-form"] = form
    return app.button(key="report-open").click().run()


@pytest.mark.parametrize(("page", "link"), SCREENS, ids=named)
def test_every_screen_with_studies_offers_its_report(first_look, made, page, link):
    app = asked(first_look(page, lang="id", **link), "html")
    assert not app.exception and not app.error
    ((document, form, data),) = made
    assert form == "html" and data.startswith(b"<!doctype html>") and document.language == "id"
    assert document.link and document.references
    (file,) = [one for one in app.get("download_button") if "report-html" in one.proto.id]
    assert file.label.startswith("Unduh")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", reports.FORMS)
def test_the_report_of_a_screen_is_in_its_language_and_in_every_form(first_look, made, form, language):
    app = asked(first_look("before-after", lang=language, study=SERPONG, test=["wilcoxon"]), form)
    assert not app.exception and not app.error
    ((document, written_as, data),) = made
    assert document.language == language and written_as == form and len(data) > 300
    assert say_in(language)("method.wilcoxon") in {
        cell for block in document.blocks if isinstance(block, reports.Table) for row in block.rows for cell in row
    }


def test_what_the_screen_chose_is_what_is_reported(first_look, made):
    asked(first_look("before-after", study=SERPONG, test=["sign"], **{f"{SERPONG}.arms": "massage"}), "html")
    ((document, _, data),) = made
    assert b"Oxytocin massage: of 17 mothers" in data and b"Moringa leaf powder: of 17" not in data
    assert "test=sign" in document.link and f"{SERPONG}.arms=massage" in document.link


def test_a_screen_without_studies_offers_none(first_look):
    app = first_look("check", what="typed")
    assert not [button for button in app.button if button.key == "report-open"]


@pytest.mark.parametrize(
    ("page", "link"),
    [("study", {"study": SERPONG}), ("check", {"study": SERPONG}), ("across-studies", {}),
     ("across-studies", {"view": "studies"})],
    ids=named,
)  # fmt: skip
def test_screens_of_studies_offer_their_data_beside_the_report(first_look, page, link):
    app = first_look(page, lang="id", **link).button(key="report-open").click().run()
    assert not app.exception and not app.error
    (file,) = [one for one in app.get("download_button") if "report-data" in one.proto.id]
    assert file.label == say_in("id")("exchange.ready")


@pytest.mark.guarded
def test_a_failure_is_one_calm_sentence(first_look, monkeypatch):
    def failing(*_):
        raise RuntimeError("no font")

    monkeypatch.setattr(reporting, "written", failing)
    app = asked(first_look("study", study=SERPONG), "pdf")
    assert app.error[0].value == say_in("en")("report.failed") and not app.exception


# -- the page for decisions --------------------------------------------------------------------------------------------

LIBRARY = tuple(by_richness(load_studies()))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", [("moringa", "oxytocin-massage"), ("skin-to-skin", ""), ("cassava-leaf", "")])
def test_the_page_shows_the_question_and_its_answer(open_page, question, language):
    treatment, against = question
    chosen = {f"{treatment}.against": against} if against else {}
    app = open_page("decision", lang=language, offer=treatment, **chosen)
    found, say = decision(LIBRARY, treatment, against), say_in(language)
    assert not app.exception
    assert plain(question_said(found, say)) in texts(app) and plain(answer_said(found, say)) in texts(app)
    assert bool(app.get("image")) == (found.hundred is not None)


def test_every_intervention_has_a_page(open_page):
    for one in interventions(LIBRARY)[:12]:
        assert not open_page("decision", offer=one.treatment).exception


def test_the_first_screen_leads_to_the_page_of_each_row(open_page):
    links = [one.proto for one in open_page("overview").get("page_link") if one.proto.page == "decision"]
    asked_for = [link.query_string for link in links]
    assert {f"offer={one.treatment}" for one in interventions(LIBRARY)[:4]} <= set(asked_for)


@pytest.mark.browser
@pytest.mark.parametrize("size", [{"width": 1280, "height": 800}, {"width": 390, "height": 844}])
def test_a_health_centre_head_has_the_page_after_one_click_and_its_pdf_after_two(chromium, address, size):
    window, errors = opened(chromium, f"{address}/?lang=en", viewport=size)
    window.get_by_role("link", name="One page").first.click()
    window.get_by_role("heading", name="Should our health centre offer").wait_for()
    assert window.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with window.expect_download() as download:
        window.get_by_role("button", name="Take this page along").click()
    read = PdfReader(io.BytesIO(download.value.path().read_bytes()))
    assert len(read.pages) == 1 and "Should our health centre offer" in read.pages[0].extract_text()
    assert errors == []
    window.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("form", ["html", "docx", "pdf"])
def test_a_report_comes_out_of_the_browser_as_a_file(chromium, address, form):
    """The first ways of a reader who knows nothing: the button, the form, the file."""
    window, errors = opened(chromium, f"{address}/between-groups?study={SERPONG}&lang=en", viewport=SIZE)
    window.get_by_role("button", name="Report").click()
    window.get_by_role("dialog").get_by_role("radio", name=NAMES[form]).click()
    with window.expect_download() as download:
        window.get_by_role("button", name="Download (").click()
    assert download.value.suggested_filename == f"lactascope-between-groups.{form}"
    assert download.value.path().stat().st_size > 10_000
    assert errors == []
    window.context.close()


SIZE = {"width": 1280, "height": 800}
NAMES = {"html": "HTML", "docx": "Word", "pdf": "PDF"}


@pytest.mark.browser
def test_plots_of_an_html_report_are_drawn_and_can_be_touched(chromium, tmp_path):
    study = load_studies()[SERPONG]
    question = before_after(study, "milk-score", "moringa", ("before", "after"))
    made = reports.of_questions([reports.Tested(question, [attempt(question, "wilcoxon")])], say_in("en"))
    path = reports.save(made, tmp_path / "x.html")
    window, errors = opened(chromium, path.as_uri(), viewport=SIZE)
    window.locator("figure.live .main-svg").first.wait_for()
    assert window.locator("figure.live > img").first.is_hidden()
    (drawn,) = [block for block in made.blocks if isinstance(block, reports.Plot)]
    assert window.evaluate("document.querySelector('.touch').data.length") == len(json.loads(drawn.spec)["data"])
    assert errors == []
    window.context.close()
