"""A document as PDF, set by Typst: tagged, on A4, the same document as the same bytes."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from analysis.plots.printing import TWO_COLUMNS
from analysis.plots.printing.letters import font_folder
from analysis.plots.reports.blocks import Block, Document, Plot, Table
from analysis.plots.reports.plain_text import printable, widths

TEMPLATE = Path(__file__).parent / "sheet.typ"


def pdf(document: Document) -> bytes:
    """The bytes of the PDF."""
    import typst

    inputs = {"report": json.dumps(_data(document))}
    return typst.compile(TEMPLATE.read_bytes(), format="pdf", font_paths=_fonts(), sys_inputs=inputs, timestamp=0)


def _data(document: Document) -> Any:
    """The document as the template reads it: text as data, never as markup."""
    return printable(
        {
            "title": document.title,
            "language": document.language,
            "one_page": document.one_page,
            "blocks": [_block(block) for block in document.blocks],
            "references": [{"citation": one.citation, "address": one.address} for one in document.references],
            "words": dict(document.words),
            "link": document.link,
            "made": document.made,
        }
    )


def _block(block: Block) -> dict[str, Any]:
    kind = type(block).__name__.lower()
    if isinstance(block, Plot):
        share = 100 * block.picture.width / TWO_COLUMNS
        return {"kind": kind, "svg": block.picture.svg, "alt": block.alt, "caption": block.caption, "share": share}
    shape = {"widths": widths(block)} if isinstance(block, Table) else {}
    return {"kind": kind, **asdict(block), **shape}


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """DejaVu alone, as in saved figures, so that every machine sets the same letters."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(font_folder())])
