"""Studies as references: in a list, as BibTeX and as RIS."""

from __future__ import annotations

import re
from collections.abc import Iterable

from analysis.plots.reports.blocks import Reference
from analysis.studies import Study

ONE_AUTHOR = re.compile(r"[^\d.;:()]+ [A-Z]{1,4}")  # "Iam-am A"
AND_OTHERS = "et al"
SPECIAL = re.compile(r"([&%$#_{}~^\\])")
LATEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def references(studies: Iterable[Study]) -> tuple[Reference, ...]:
    """A reference per study, each once, in the order of their citations."""
    found = {study.id: _reference(study) for study in studies}
    return tuple(sorted(found.values(), key=lambda one: (one.citation.casefold(), one.key)))


def _reference(study: Study) -> Reference:
    card = study.card
    citation = card.get("citation", "")
    authors, title = read(citation)
    return Reference(
        study.id, citation, authors, title, str(card.get("year", "")), card.get("doi", ""), card.get("url", "")
    )


def read(citation: str) -> tuple[tuple[str, ...], str]:
    """Authors and title of a citation in the style of Vancouver; no authors and the whole text of any other."""
    first, _, rest = citation.partition(". ")
    names = [name.strip().rstrip(".") for name in first.split(",")]
    title, more, _ = rest.partition(". ")
    known = all(name == AND_OTHERS or ONE_AUTHOR.fullmatch(name) for name in names)
    if not (known and more and title):
        return (), citation
    return tuple(names), title


def bibtex(found: Iterable[Reference]) -> str:
    """Entries of BibTeX; what a card doesn't say is left out."""
    return "\n".join(_entry(one) for one in found)


def _entry(one: Reference) -> str:
    authors = " and ".join(map(_in_bibtex, one.authors))
    fields = {
        "author": authors, "title": f"{{{_latex(one.title)}}}" if one.title else "", "year": _latex(one.year),
        "doi": _one_line(one.doi), "url": _one_line(one.url), "note": _latex(one.citation),
    }  # fmt: skip
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{one.key},", *lines, "}", ""])


def _in_bibtex(author: str) -> str:
    """ "Iam-am, A" for "Iam-am A"; others are "others"."""
    if author == AND_OTHERS:
        return "others"
    surname, _, initials = author.rpartition(" ")
    return _latex(f"{surname}, {initials}")


def _latex(text: str) -> str:
    return SPECIAL.sub(lambda found: LATEX.get(found[1], f"\\{found[1]}"), _one_line(text))


def ris(found: Iterable[Reference]) -> str:
    """Records of RIS; what a card doesn't say is left out."""
    return "\n".join(_record(one) for one in found)


def _record(one: Reference) -> str:
    authors = [", ".join(author.rsplit(" ", 1)) for author in one.authors if author != AND_OTHERS]
    fields = [("TY", "GEN"), ("ID", one.key), *(("AU", author) for author in authors), ("TI", one.title),
              ("PY", one.year), ("DO", one.doi), ("UR", one.url), ("N1", one.citation)]  # fmt: skip
    lines = [f"{tag}  - {_one_line(value)}" for tag, value in fields if value]
    return "\n".join([*lines, "ER  - ", ""])


def _one_line(text: str) -> str:
    return " ".join(text.split())
