"""A document as DOCX, to be edited: headings in the styles of Word, tables as tables, pictures of 300 dots per inch."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

from analysis.plots.printing import TWO_COLUMNS
from analysis.plots.reports.blocks import Block, Code, Document, Heading, Items, Paragraph, Plot, Table
from analysis.plots.reports.plain_text import printable, widths

TEXT_WIDTH = 170  # mm, between margins of 20 on A4
MARGIN, PAGE = 20, (210, 297)
ONE_PAGE_MARGIN = 14
ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)  # what properties and the archive say, so that bytes repeat
TONES = {"lead": "Intense Quote", "note": "Caption", "text": "Normal"}
LANGUAGES = {"en": "en-GB", "id": "id-ID"}


def word(document: Document) -> bytes:
    """The bytes of the DOCX."""
    from docx import Document as open_template

    made = open_template()
    _styled(made, document)
    made.add_heading(printable(document.title), level=0)
    for block in document.blocks:
        _add(made, block)
    if document.references and not document.one_page:
        made.add_heading(document.word("report.references"), level=1)
        for one in document.references:
            made.add_paragraph(printable(f"{one.citation} {one.address}".strip()), style="List Number")
    if document.link:
        made.add_paragraph(printable(f"{document.word('report.link')} {document.link}"), style="Caption")
    made.add_paragraph(printable(document.made), style="Caption")
    held = io.BytesIO()
    made.save(held)
    return _without_dates(held.getvalue())


def _styled(made: Any, document: Document) -> None:
    """A4, one font, its language, and what the file says of itself."""
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    page, margin = made.sections[0], ONE_PAGE_MARGIN if document.one_page else MARGIN
    page.page_width, page.page_height = map(Mm, PAGE)
    page.left_margin = page.right_margin = Mm(MARGIN)
    page.top_margin = page.bottom_margin = Mm(margin)
    made.styles["Normal"].font.size = Pt(9.5 if document.one_page else 10.5)
    made.styles["Normal"].paragraph_format.space_after = Pt(4 if document.one_page else 6)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Caption", "Intense Quote"):
        made.styles[name].font.color.rgb = RGBColor(0, 0, 0)
    made.styles["Title"].font.size = Pt(18)
    made.styles["Intense Quote"].font.italic = False
    made.styles["Intense Quote"].paragraph_format.left_indent = Mm(0)
    made.styles["Caption"].font.bold = False
    for language in made.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGES[document.language])
    about = made.core_properties
    about.title, about.author, about.language = printable(document.title), "Lactascope", document.language
    about.created = about.modified = ALWAYS
    about.comments = ""


def _add(made: Any, block: Block) -> None:
    if isinstance(block, Heading):
        made.add_heading(printable(block.text), level=block.level)
    elif isinstance(block, Paragraph):
        made.add_paragraph(printable(block.text), style=TONES[block.tone])
    elif isinstance(block, Items):
        for text in block.texts:
            made.add_paragraph(printable(text), style="List Bullet")
    elif isinstance(block, Table):
        _table(made, block)
    elif isinstance(block, Plot):
        _picture(made, block)
    else:
        _code(made, block)


def _table(made: Any, block: Table) -> None:
    """A table of Word, whose head repeats on each page."""
    from docx.oxml import OxmlElement
    from docx.shared import Mm, Pt

    table = made.add_table(rows=0, cols=len(block.head), style="Table Grid")
    table.autofit = False
    shares = widths(block)
    for place, texts in enumerate((block.head, *block.rows)):
        for cell, text, share in zip(table.add_row().cells, texts, shares, strict=True):
            cell.width = Mm(TEXT_WIDTH * share / sum(shares))
            run = cell.paragraphs[0].add_run(printable(text))
            run.font.size, run.bold = Pt(8), place == 0
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    made.add_paragraph(printable(block.caption), style="Caption")


def _picture(made: Any, block: Plot) -> None:
    from docx.shared import Mm

    share = min(1.0, block.picture.width / TWO_COLUMNS)
    drawn = made.add_picture(io.BytesIO(block.picture.form("png")), width=Mm(TEXT_WIDTH * share))
    drawn._inline.docPr.set("descr", printable(block.alt))
    made.add_paragraph(printable(block.caption), style="Caption")


def _code(made: Any, block: Code) -> None:
    from docx.shared import Pt

    made.add_paragraph(printable(block.caption), style="Caption")
    run = made.add_paragraph(style="No Spacing").add_run(printable(block.text))
    run.font.name, run.font.size = "Consolas", Pt(7.5)


def _without_dates(archive: bytes) -> bytes:
    """The same archive with one date for all that is in it."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), old.read(name), zipfile.ZIP_DEFLATED)
    return held.getvalue()
