"""Studies as references: in a list, as BibTeX and as RIS."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from analysis.studies import AND_OTHERS, Study

AUTHOR = re.compile(r"(?P<family>.+?) (?P<initials>[A-Z]{1,4}(?: [A-Z])*)(?: (?P<suffix>I{2,3}))?")  # "Iam-am A"
SPECIAL = re.compile(r"([&%$#_{}~^\\])")
LATEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


@dataclass(frozen=True)
class Reference:
    """Where numbers were printed, as far as the card says; what it doesn't say is blank.

    `citation` is the card's own text; the others are its fields.
    """

    key: str
    citation: str
    authors: tuple[str, ...]
    title: str
    year: str
    doi: str
    url: str
    journal: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""

    @property
    def address(self) -> str:
        return f"https://doi.org/{self.doi}" if self.doi else self.url


def references(studies: Iterable[Study]) -> tuple[Reference, ...]:
    """A reference per study, each once, in the order of their citations."""
    found = {study.id: _reference(study) for study in studies}
    return tuple(sorted(found.values(), key=lambda one: (one.citation.casefold(), one.key)))


def _reference(study: Study) -> Reference:
    """A card's fields; where it has none at all, its citation stands as the title."""
    card, known = study.card, dict(study.card.get("reference", {}))
    citation, authors = card.get("citation", ""), tuple(known.pop("authors", ()))
    title = known.pop("title", "") or ("" if authors or known else citation)
    address = (str(card.get("year", "")), card.get("doi", ""), card.get("url", ""))
    return Reference(study.id, citation, authors, title, *address, **known)


def bibtex(found: Iterable[Reference]) -> str:
    """Entries of BibTeX; what a card doesn't say is left out."""
    return "\n".join(_entry(one) for one in found)


def _entry(one: Reference) -> str:
    authors = " and ".join("others" if name == AND_OTHERS else _latex(_turned(name)) for name in one.authors)
    fields = {
        "author": authors, "title": f"{{{_latex(one.title)}}}" if one.title else "", "journal": _latex(one.journal),
        "year": _latex(one.year), "volume": _latex(one.volume), "number": _latex(one.issue),
        "pages": _latex(one.pages).replace("-", "--"), "doi": _one_line(one.doi), "url": _one_line(one.url),
        "note": _latex(one.citation),
    }  # fmt: skip
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{'article' if one.journal else 'misc'}{{{one.key},", *lines, "}", ""])


def _turned(author: str) -> str:
    """ "Iam-am, A" for "Iam-am A", "Mantaring, III, JBV" for "Mantaring JBV III"; a single name as it stands."""
    found = AUTHOR.fullmatch(author)
    if found is None:
        return author
    return ", ".join(filter(None, (found["family"], found["suffix"], found["initials"])))


def _latex(text: str) -> str:
    return SPECIAL.sub(lambda found: LATEX.get(found[1], f"\\{found[1]}"), _one_line(text))


def ris(found: Iterable[Reference]) -> str:
    """Records of RIS; what a card doesn't say is left out."""
    return "\n".join(_record(one) for one in found)


def _record(one: Reference) -> str:
    authors = [_turned(author) for author in one.authors if author != AND_OTHERS]
    fields = [("TY", "JOUR" if one.journal else "GEN"), ("ID", one.key), *(("AU", author) for author in authors),
              ("TI", one.title), ("JO", one.journal), ("PY", one.year), ("VL", one.volume), ("IS", one.issue),
              ("SP", one.pages), ("DO", one.doi), ("UR", one.url), ("N1", one.citation)]  # fmt: skip
    lines = [f"{tag}  - {_one_line(value)}" for tag, value in fields if value]
    return "\n".join([*lines, "ER  - ", ""])


def _one_line(text: str) -> str:
    return " ".join(text.split())
