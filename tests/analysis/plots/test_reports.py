"""Reports: what they must carry is in all three forms, text stays text, and the same choices give the same bytes."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import plotly
import pytest
from docx import Document as open_docx
from docx.oxml.ns import qn
from pypdf import PdfReader

from analysis import load_studies
from analysis.asking import attempt, before_after, between
from analysis.evidence import Choice, answer, interventions
from analysis.plots import reports
from analysis.plots.reports import blocks, in_html, plain_text
from analysis.plots.reports.blocks import Code, Document, Heading, Items, Paragraph, Plot, Table
from analysis.studies import by_richness, load_context
from analysis.telling import Reference, cite, effect_text
from analysis.words import LANGUAGES, say_in

SEEDS = ("moringa-massage-serpong", "cassava-pekanbaru", "education-rosita", "maita-2017")
OPENED = ("html", "docx", "pdf")
LARGEST_HTML = 2_000_000
HOSTILE = (
    "<script>alert(1)</script>", "</script><img src=x onerror=alert(2)>", '"><b>bold</b>', "#panic() $x$ *b* _i_ `raw`",
    "= Heading", "[link](http://bad)", "\\evil{} @cite <label> // /* */ ~", "&amp; &lt;", "{{jinja}} {0} %s",
    "]]> <?xml?>", "- item", "#import \"x\": *", "<w:p/>", "'; DROP", "ü 😀 → − ₁₀",
)  # fmt: skip


class Words(HTMLParser):
    """What a reader of an HTML file sees, and which elements and attributes it has."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]
        self.hidden += tag in ("script", "style")

    def handle_endtag(self, tag):
        self.hidden -= tag in ("script", "style")
        self.seen.append(" ")

    def handle_data(self, data):
        if not self.hidden:
            self.seen.append(data)


def parsed(data: bytes) -> Words:
    found = Words()
    found.feed(data.decode("utf-8"))
    return found


def text_of(document: Document, form: str) -> str:
    """All words of a document in a form, as another program reads them, spaces and line ends as one space."""
    data = reports.written(document, form)
    if form == "html":
        said = "".join(parsed(data).seen)
    elif form == "docx":
        said = "\n".join(words_of_docx(data))
    else:
        said = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    return " ".join(said.split())


def words_of_docx(data: bytes) -> list[str]:
    """Paragraphs and cells; a cell's own paragraphs are not among those of the body."""
    opened = open_docx(io.BytesIO(data))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in opened.paragraphs] + cells


def squeezed(text: str) -> str:
    """Without spaces: a PDF breaks words and lines where they fit."""
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def library():
    return load_studies()


@pytest.fixture(scope="module")
def massage(library):
    """The questions of the Serpong study, with the tests that it printed and that it should have printed."""
    study = library["moringa-massage-serpong"]
    asked = [before_after(study, "milk-score", arm, ("before", "after")) for arm in study.arms]
    return [reports.Tested(one, [attempt(one, key) for key in ("paired-t", "wilcoxon")]) for one in asked]


# -- the numbers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", SEEDS)
def test_every_printed_number_is_in_every_form(library, seed, language):
    study, say = library[seed], say_in(language)
    made = reports.of_study(study, say)
    printed = {say.printed(figure.value) for figure in study.figures}
    places = {say.locator(figure.locator) for figure in study.figures}
    assert printed
    for form in OPENED:
        said = text_of(made, form)
        assert {one for one in printed if one not in said} == set()
        assert {one for one in places if squeezed(one) not in squeezed(said)} == set()
        for text in (say.text(study.title), say.text(study.card["result"]), study.card["citation"]):
            assert squeezed(text) in squeezed(said)


@pytest.mark.parametrize("form", OPENED)
def test_the_printed_p_of_serpong_and_the_exact_ones_are_there(massage, form):
    """Printed: 0.001 and 0.035; the README's exact p is 0.0625, SPSS's approximation of it 0.0348."""
    said = text_of(reports.of_questions(massage, say_in("en")), form)
    assert all(f"p = {p}" in said or f"p {p}" in said for p in ("0.0625", "0.0348", "0.00067", "0.00132"))
    assert "Printed p 0.001" in said and "Printed p 0.035" in said


@pytest.mark.parametrize("form", OPENED)
def test_indonesian_reports_have_the_decimal_comma(massage, form):
    said = text_of(reports.of_questions(massage, say_in("id")), form)
    assert (
        "p tercetak 0,035" in said and "0,0625" in said and "0.0625" not in re.sub(r"#.*", "", said.split("Skrip")[0])
    )


@pytest.mark.parametrize("form", OPENED)
def test_results_are_those_of_the_engine(massage, form):
    said = text_of(reports.of_questions(massage, say_in("en")), form)
    for one in massage:
        for tried in one.attempts:
            low, high = tried.outcome.interval
            assert f"[{low:.2f}, {high:.2f}]" in said
            assert f"{tried.outcome.estimate:+.2f}" in said


def test_a_report_on_two_groups_keeps_which_minus_which(library):
    study, say = library["moringa-massage-serpong"], say_in("en")
    question = between(study, "milk-score", ("moringa", "massage"), ("before", "after"), "change")
    tried = attempt(question, "mann-whitney")
    said = text_of(reports.of_questions([reports.Tested(question, [tried])], say), "docx")
    assert "Moringa leaf powder − Oxytocin massage" in said
    assert f"{tried.outcome.estimate:+.2f}" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_across_studies_carries_every_result_reason_and_source(library, language):
    found = answer(by_richness(library), Choice())
    say = say_in(language)
    made = reports.of_answer(found, say)
    said = {form: squeezed(text_of(made, form)) for form in OPENED}
    for line in found.lines:
        written = effect_text(line.kept.kind, line.kept.estimate, line.kept.interval, say)
        assert all(squeezed(written) in text for text in said.values())
    sources = {entry.contrast.study.card["citation"] for entry in found.body.entries}
    assert all(squeezed(one) in text for text in said.values() for one in sources)
    assert len(made.references) == len({entry.contrast.study.id for entry in found.body.entries})


def test_the_overview_as_a_report_names_every_intervention(library):
    found = interventions(tuple(by_richness(library)))
    made = reports.of_interventions(found, say_in("en"))
    (table,) = [block for block in made.blocks if isinstance(block, Table)]
    assert len(table.rows) == len(found)


def test_a_report_holds_what_the_issue_lists(massage):
    made = reports.of_questions(massage, say_in("en"), date="2026-11-28", link="https://example.org/x?y=1")
    said = text_of(made, "pdf")
    for wanted in (
        "Assumptions", "For a paper", "In plain words", "Scripts that repeat the numbers", "References", "Python 3",
        "scipy", "28 November 2026", "https://example.org/x?y=1", "The study:", "Recovered",
        "from analysis import", "no medical advice",
    ):  # fmt: skip
        assert wanted in said, wanted


# -- forms -------------------------------------------------------------------------------------------------------------


def test_word_gets_headings_tables_and_pictures_of_its_own(massage):
    made = reports.of_questions(massage, say_in("en"))
    opened = open_docx(io.BytesIO(reports.written(made, "docx")))
    styles = [paragraph.style.name for paragraph in opened.paragraphs]
    tables = [block for block in made.blocks if isinstance(block, Table)]
    plots = [block for block in made.blocks if isinstance(block, Plot)]
    assert "Title" in styles and {"Heading 1", "Heading 2"} <= set(styles)
    assert [tuple(cell.text for cell in table.rows[0].cells) for table in opened.tables] == [t.head for t in tables]
    assert [len(table.rows) - 1 for table in opened.tables] == [len(t.rows) for t in tables]
    assert all(table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None for table in opened.tables)
    assert [shape._inline.docPr.get("descr") for shape in opened.inline_shapes] == [plot.alt for plot in plots]
    assert round(opened.sections[0].page_width.mm) == 210


def test_html_needs_nothing_else_and_is_small(massage):
    data = reports.written(reports.of_questions(massage, say_in("en")), "html")
    found = parsed(data)
    assert len(data) <= LARGEST_HTML
    assert not {"link", "iframe", "object", "embed", "base"} & set(found.tags)
    sources = re.findall(rb'\ssrc="([^"]{0,20})', data.split(b"</main>")[0])
    assert sources and all(source.startswith(b"data:") for source in sources)
    assert b"default-src 'none'" in data
    assert data.count(b'type="application/json"') == 2 and data.count(b"data-plot=") == 2


def test_plots_in_html_are_the_figures_with_a_picture_for_who_runs_no_script(massage):
    made = reports.of_questions(massage, say_in("en"))
    data = reports.written(made, "html").decode("utf-8")
    specs = re.findall(r'<script type="application/json" id="plot-\d+">(.*?)</script>', data)
    drawn = [block for block in made.blocks if isinstance(block, Plot) and block.spec]
    assert [json.loads(spec) for spec in specs] == [json.loads(block.spec) for block in drawn]
    assert data.count("data:image/svg+xml;base64,") == len(drawn)


def test_the_bundle_of_plotly_is_of_the_version_of_the_package():
    whole = (Path(plotly.__file__).parent / "package_data" / "plotly.min.js").read_text(encoding="utf-8")[:300]
    ours = in_html.PLOTLY.read_text(encoding="utf-8")[:400]
    (version,) = re.findall(r"plotly\.js v([\d.]+)", whole)
    assert f"plotly.js (cartesian - minified) v{version}" in ours and "MIT license" in ours


@pytest.mark.parametrize("form", reports.FORMS)
def test_the_same_choices_give_the_same_bytes(library, massage, form):
    study, say = library["cassava-pekanbaru"], say_in("en")
    first, second = (reports.written(reports.of_study(study, say), form) for _ in range(2))
    assert first == second
    again = [replace(one) for one in massage]
    assert reports.written(reports.of_questions(massage, say), form) == reports.written(
        reports.of_questions(again, say), form
    )


def test_word_files_carry_no_time(library):
    data = reports.written(reports.of_study(library["cassava-pekanbaru"], say_in("en")), "docx")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("ending", reports.FORMS)
def test_a_report_is_saved_by_its_ending(library, tmp_path, ending):
    made = reports.of_study(library["cassava-pekanbaru"], say_in("id"))
    path = reports.save(made, tmp_path / f"x.{ending.upper()}")
    assert path.read_bytes() == reports.written(made, ending)


def test_an_unknown_ending_is_refused(library, tmp_path):
    with pytest.raises(ValueError, match="none of the forms"):
        reports.save(reports.of_study(library["cassava-pekanbaru"], say_in("en")), tmp_path / "x.odt")


def test_a_report_without_a_question_is_refused():
    with pytest.raises(ValueError, match="needs a question"):
        reports.of_questions([], say_in("en"))


# -- text stays text ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hostile(massage) -> Document:
    """A document in which every text is one that would like to be more."""
    made = reports.of_questions(massage[:1], say_in("en"))
    picture = next(block for block in made.blocks if isinstance(block, Plot))
    spec = json.dumps({"data": [], "layout": {"title": {"text": "</script><script>alert(3)</script>"}}})
    parts: list[blocks.Block] = [Items(HOSTILE), Table(HOSTILE, (HOSTILE,), HOSTILE[0])]
    for text in HOSTILE:
        parts += [Heading(text), Paragraph(text), Paragraph(text, "lead"), Paragraph(text, "note")]
        parts += [Code(text, "R", text), replace(picture, alt=text, caption=text, spec=spec)]
    found = tuple(Reference("key", text, (), text, "", "", "javascript:alert(4)") for text in HOSTILE)
    return replace(made, title=HOSTILE[0], blocks=tuple(parts), references=found, made=HOSTILE[1], link="javascript:x")


@pytest.mark.parametrize("form", ["html", "docx"])
def test_text_that_would_like_to_be_more_stays_text(hostile, form):
    said = text_of(hostile, form)
    for text in HOSTILE:
        assert said.count(text) >= 8, text


def test_typst_reads_no_text_as_markup(hostile):
    said = squeezed(text_of(hostile, "pdf"))
    for text in HOSTILE:
        assert squeezed(text.replace("😀", "")) in said.replace("😀", ""), text


def test_html_has_no_element_or_link_that_a_text_brought(hostile):
    found = parsed(reports.written(hostile, "html"))
    assert found.tags.count("script") == 2 + len(HOSTILE)
    assert "b" not in found.tags and "w:p" not in found.tags
    assert not {name for name in found.attributes if name.startswith("on")}
    data = reports.written(hostile, "html").split(b"</main>")[0]
    assert b'href="javascript' not in data


def test_letters_that_no_document_may_hold_are_left_out(hostile):
    odd = replace(hostile, title="a\x00b\x0bc\ufffed", blocks=(Paragraph("x\x01y"),), references=())
    for form in OPENED:
        assert "xy" in text_of(odd, form) and "abc" in text_of(odd, form)


# -- references --------------------------------------------------------------------------------------------------------


def test_every_field_of_a_reference_stands_in_its_citation(library):
    """The fields are data beside the citation: no word of theirs may be from anywhere else."""
    cards = [study.card for study in [*library.values(), *load_context()]]
    told = {card["id"]: card["reference"] for card in cards if "reference" in card}
    assert len(told) > 100
    for card in cards:
        reference = told.get(card["id"], {})
        for word in (*reference.get("authors", ()), *(v for k, v in reference.items() if k != "authors")):
            assert word in card["citation"], (card["id"], word)


def test_a_reference_in_bibtex_and_ris_as_its_journal_would_print_it(library):
    """PLOS and BMJ print author, journal, volume and page so; a title that the citation shortens is left out."""
    found = cite.references([library["estrella-2000"], library["saejueng-2022"], library["jones-2001"]])
    bib, ris = cite.bibtex(found), cite.ris(found)
    assert "author = {Jones, E and Dimmock, PW and Spencer, SA}," in bib
    assert "journal = {Arch Dis Child Fetal Neonatal Ed}," in bib and "pages = {F91--F95}," in bib
    assert "@article{saejueng-2022," in bib and "number = {1}," in bib and "volume = {17}," in bib
    assert "@misc{estrella-2000," in bib and "Estrella, MCP and Mantaring, III, JBV and David, GZ" in bib
    assert "JO  - PLOS ONE" in ris and "SP  - e0247637" in ris and "Wang Nam Yen" not in ris.split("N1  - ")[0]


def test_bibtex_and_ris_hold_every_reference(library):
    studies = list(library.values())
    found = cite.references(studies)
    bib, ris = cite.bibtex(found), cite.ris(found)
    in_journals = sum("journal" in study.card.get("reference", {}) for study in studies)
    assert bib.count("@article{") == ris.count("TY  - JOUR") == in_journals
    assert bib.count("@misc{") == ris.count("TY  - GEN") == len(studies) - in_journals
    assert ris.count("ER  - ") == len(studies)
    assert bib.count("{") - bib.count(r"\{") == bib.count("}") - bib.count(r"\}")
    assert all(re.fullmatch(r"([A-Z0-9]{2}  - .*)?", line) for line in ris.splitlines())
    dois = [study.card["doi"] for study in studies if study.card.get("doi")]
    assert dois and all(f"doi = {{{doi}}}" in bib and f"DO  - {doi}" in ris for doi in dois)


def test_a_citation_can_not_end_its_entry():
    odd = Reference("k", "a} @misc{b,\nTY  - X & 5% _", ("Ö'Neil A",), "t{", "2020", "", "")
    bib, ris = cite.bibtex([odd]), cite.ris([odd])
    assert r"a\} @misc\{b, TY - X \& 5\% \_" in bib
    assert ris.count("\nTY  -") == 0 and "AU  - Ö'Neil, A" in ris


def test_wide_columns_get_more_room():
    table = Table(("a", "b"), (("1", "long " * 40),))
    narrow, wide = plain_text.widths(table)
    assert narrow == plain_text.NARROWEST and narrow < wide <= plain_text.WIDEST
