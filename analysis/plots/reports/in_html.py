"""A document as one HTML file that needs nothing else: its plots can be touched, and without scripts they are pictures.

`plotly-cartesian.min.js` is Plotly.js's own bundle of plots with two axes (MIT, its notice in it), of the version that
the Python package carries whole; a test compares the two.
"""

from __future__ import annotations

import json
from base64 import b64encode
from functools import lru_cache
from html import escape
from pathlib import Path
from urllib.parse import quote

from analysis.plots.printing import TWO_COLUMNS
from analysis.plots.reports.blocks import Block, Code, Document, Heading, Items, Paragraph, Plot, Table
from analysis.plots.reports.plain_text import printable
from analysis.telling import bibtex, ris

HERE = Path(__file__).parent
PLOTLY = HERE / "plotly-cartesian.min.js"
LOOK = HERE / "sheet.css"
# Nothing is fetched from anywhere; what a study's text might bring along can't run either.
POLICY = "default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
TOUCH = """for (const place of document.querySelectorAll("figure[data-plot]")) {
  const {data, layout} = JSON.parse(document.getElementById(place.dataset.plot).textContent)
  const room = place.querySelector(".touch")
  place.classList.add("live")
  Plotly.newPlot(room, data, {...layout, autosize: true, paper_bgcolor: "#fff", plot_bgcolor: "#fff"},
    {displayModeBar: false, responsive: true})
}"""


def html(document: Document) -> bytes:
    """The bytes of the HTML, UTF-8."""
    plots = [block for block in document.blocks if isinstance(block, Plot) and block.spec]
    names = {id(block): f"plot-{place}" for place, block in enumerate(plots)}
    body = [_block(block, names.get(id(block), "")) for block in document.blocks]
    scripts = [_data(block.spec, names[id(block)]) for block in plots]
    if plots:
        scripts += [f"<script>{_plotly()}</script>", f"<script>{TOUCH}</script>"]
    lines = [
        f'<!doctype html>\n<html lang="{document.language}">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        f"<title>{_safe(document.title)} · Lactascope</title>",
        f"<style>{_look()}</style>\n</head>",
        f'<body{" class=one-page" if document.one_page else ""}>\n<main>\n<h1>{_safe(document.title)}</h1>',
        *body, _references(document), _end(document), "</main>", *scripts, "</body>\n</html>\n",
    ]  # fmt: skip
    return "\n".join(filter(None, lines)).encode("utf-8")


def _safe(text: str) -> str:
    return escape(printable(text))


@lru_cache(maxsize=1)
def _plotly() -> str:
    return PLOTLY.read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _look() -> str:
    return LOOK.read_text(encoding="utf-8")


def _data(spec: str, name: str) -> str:
    """JSON that can't end its own element: whatever a text in it says."""
    return f'<script type="application/json" id="{name}">{_harmless(spec)}</script>'


def _harmless(spec: str) -> str:
    return json.dumps(json.loads(spec), ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")


def _block(block: Block, name: str) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level + 1}>{_safe(block.text)}</h{block.level + 1}>"
    if isinstance(block, Paragraph):
        return f'<p class="{block.tone}">{_safe(block.text)}</p>'
    if isinstance(block, Items):
        return f"<ul>{''.join(f'<li>{_safe(text)}</li>' for text in block.texts)}</ul>"
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Code):
        return (
            f"<details><summary>{_safe(block.caption)}</summary><pre><code>{_safe(block.text)}</code></pre></details>"
        )
    return _figure(block, name)


def _table(block: Table) -> str:
    head = "".join(f'<th scope="col">{_safe(name)}</th>' for name in block.head)
    rows = "".join(f"<tr>{''.join(f'<td>{_safe(text)}</td>' for text in row)}</tr>" for row in block.rows)
    caption = f"<caption>{_safe(block.caption)}</caption>" if block.caption else ""
    table = f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f'<div class="wide" tabindex="0">{table}</div>'


def _figure(block: Plot, name: str) -> str:
    drawn = b64encode(block.picture.svg.encode("utf-8")).decode("ascii")
    share = min(100.0, 100 * block.picture.width / TWO_COLUMNS)
    image = f'<img src="data:image/svg+xml;base64,{drawn}" alt="{_safe(block.alt)}" style="width:{share:.0f}%">'
    touch = f' data-plot="{name}"' if name else ""
    return (
        f'<figure{touch}><div class="wide"><div class="touch"></div></div>{image}'
        f"<figcaption>{_safe(block.caption)}</figcaption></figure>"
    )


def _references(document: Document) -> str:
    if not document.references:
        return ""
    items = "".join(f"<li>{_safe(one.citation)} {_linked(one.address)}</li>" for one in document.references)
    files = (("bib", bibtex, "report.bibtex"), ("ris", ris, "report.ris"))
    taken = " · ".join(
        f'<a download="references.{ending}" href="data:text/plain;charset=utf-8,{quote(write(document.references))}">'
        f"{_safe(document.word(word))}</a>"
        for ending, write, word in files
    )
    listed = "" if document.one_page else f"<h2>{_safe(document.word('report.references'))}</h2>\n<ol>{items}</ol>\n"
    return f'{listed}<p class="take">{taken}</p>'


def _linked(address: str) -> str:
    """An address of the web as a link; anything else as it stands."""
    if not address.startswith(("https://", "http://")):
        return _safe(address)
    return f'<a href="{_safe(address)}" rel="noopener">{_safe(address)}</a>'


def _end(document: Document) -> str:
    link = (
        f'<p class="note">{_safe(document.word("report.link"))} {_linked(document.link)}</p>' if document.link else ""
    )
    return f'{link}<p class="note">{_safe(document.made)}</p>'
