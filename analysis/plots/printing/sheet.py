"""A sheet for a class: two A4 pages as PDF, the question with its picture, then the answer with its own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import cast

from analysis.plots.canvas import Finished
from analysis.plots.printing.forms import fonts, pictured

# Every text comes as a value: Typst sets it as it stands and reads no markup in it.
PAGE = rb"""
#let all = json(bytes(sys.inputs.words))
#set page(paper: "a4", margin: 18mm)
#set document(title: all.title, date: none)
#set text(font: "DejaVu Sans", size: 9.5pt, lang: all.language)
#set par(leading: 0.7em, spacing: 1.3em)
#let code = image(bytes(json(bytes(sys.inputs.code))), format: "png", width: 26mm, alt: all.address)
#grid(columns: (1fr, 26mm), gutter: 6mm,
  [#text(17pt, weight: "bold", all.title) #parbreak() #all.goal], code)
#text(11pt, weight: "bold", all.question)
#parbreak()
#let tick = box(width: 3.5mm, height: 3.5mm, stroke: 0.6pt, baseline: 0.5mm)
#for guess in all.guesses [#tick #h(2mm) #guess #linebreak()]
#image(bytes(sys.inputs.asked), format: "svg", width: 100%, alt: all.question)
#all.room
#for line-place in range(5) { v(7mm); line(length: 100%, stroke: 0.4pt + gray) }
#pagebreak()
#text(14pt, weight: "bold", all.result_heading)
#parbreak()
#text(11pt, weight: "bold", all.result)
#image(bytes(sys.inputs.answered), format: "svg", width: 100%, alt: all.result)
#all.meaning
#parbreak()
#text(14pt, weight: "bold", all.discuss_heading)
#parbreak()
#all.discuss
#v(1fr)
#text(8pt, all.source)
#parbreak()
#text(7pt, all.address)
"""


@dataclass(frozen=True)
class Sheet:
    """The words of a sheet, in the order in which they stand there."""

    title: str
    goal: str
    question: str
    guesses: tuple[str, ...]
    room: str
    result_heading: str
    result: str
    meaning: str
    discuss_heading: str
    discuss: str
    source: str
    address: str
    language: str


def sheet(words: Sheet, plots: Sequence[Finished], code: bytes) -> bytes:
    """The PDF; `plots` are those of the question and of the answer, `code` the PNG of the sheet's QR code.

    The same sheet gives the same bytes.
    """
    import typst

    asked, answered = (pictured(plot).svg for plot in plots)
    inputs = {
        "words": json.dumps(asdict(words)),
        "asked": asked,
        "answered": answered,
        "code": json.dumps(list(code)),
    }
    made = typst.compile(PAGE, format="pdf", font_paths=fonts(), sys_inputs=inputs, timestamp=0)
    return cast(bytes, made)
