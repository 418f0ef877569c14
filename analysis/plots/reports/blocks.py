"""What a report is made of: headings, paragraphs, lists, tables, pictures, code and references, in order.

Built once, written by each of the writers (`html`, `docx`, `pdf`). Every text is plain text: a writer makes it harmless
in its own language.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.plots.printing import Picture
from analysis.telling import Reference

LARGEST_LEVEL = 3


@dataclass(frozen=True)
class Heading:
    """`level` from 1 (a part) to 3."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """`tone`: "lead" for what a reader takes away, "note" for small print."""

    text: str
    tone: str = "text"


@dataclass(frozen=True)
class Items:
    """A list of short texts, one mark each."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Rows as long as `head`; the first column names the row."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""


@dataclass(frozen=True)
class Plot:
    """A picture for paper; `spec` is the same plot as Plotly's JSON, blank where it has nothing to touch."""

    picture: Picture
    alt: str
    caption: str = ""
    spec: str = ""


@dataclass(frozen=True)
class Code:
    """A script to take away."""

    text: str
    language: str
    caption: str


Block = Heading | Paragraph | Items | Table | Plot | Code


@dataclass(frozen=True)
class Document:
    """A report in one language.

    Args:
        made: with what and when it was made; blank parts are left out.
        words: what writers say themselves, by key: the headings of references and link.
        one_page: True where everything is to fit on one sheet of A4.
    """

    title: str
    language: str
    blocks: tuple[Block, ...]
    references: tuple[Reference, ...]
    made: str
    link: str
    words: tuple[tuple[str, str], ...]
    one_page: bool = False

    def word(self, key: str) -> str:
        return dict(self.words)[key]
