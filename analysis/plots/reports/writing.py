"""A document as bytes in the form that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal, get_args

from analysis.plots.reports.blocks import Document
from analysis.plots.reports.in_html import html
from analysis.plots.reports.in_pdf import pdf
from analysis.plots.reports.in_word import word
from analysis.telling import bibtex, ris

Form = Literal["html", "docx", "pdf", "bib", "ris"]
FORMS: tuple[Form, ...] = get_args(Form)
WRITERS: Mapping[Form, Callable[[Document], bytes]] = {
    "html": html,
    "docx": word,
    "pdf": pdf,
    "bib": lambda document: bibtex(document.references).encode("utf-8"),
    "ris": lambda document: ris(document.references).encode("utf-8"),
}


def written(document: Document, form: Form) -> bytes:
    """The document as "html", "docx", "pdf", or its references as "bib" or "ris"; the same document, the same bytes."""
    return WRITERS[form](document)


def save(document: Document, path: str | Path) -> Path:
    """Save a document in the form that the path's ending names; returns the path.

    Raises:
        ValueError: the ending isn't one of `FORMS`.
    """
    path = Path(path)
    form: Form | None = next((known for known in FORMS if path.suffix.lower() == f".{known}"), None)
    if form is None:
        endings = ", ".join(f".{known}" for known in FORMS)
        raise ValueError(f"{path.name!r} is none of the forms of a report: {endings}")
    path.write_bytes(written(document, form))
    return path
