"""The picture as bytes: SVG as composed, PDF and PNG by Typst from the same SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

import plotly.graph_objects as go

from analysis.plots.printing.letters import font_folder
from analysis.plots.printing.page import TWO_COLUMNS, Panel, composed, readable

Form = Literal["svg", "pdf", "png"]
FORMS: tuple[Form, ...] = get_args(Form)
DOTS_PER_INCH = 300
NARROWEST, WIDEST = 60, 400  # mm
PAGE = b"""#set page(width: float(sys.inputs.width) * 1mm, height: auto, margin: 0pt, fill: white)
#set document(title: sys.inputs.title, date: none)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%, alt: sys.inputs.title)
"""


@dataclass(frozen=True)
class Picture:
    """A figure laid out for paper, as bytes in any form."""

    svg: str
    title: str
    width: float

    def form(self, form: Form) -> bytes:
        """The bytes as "svg", "pdf" or "png" (300 dots per inch); the same picture gives the same bytes."""
        return self.svg.encode("utf-8") if form == "svg" else _set(self, form)


def pictured(
    figure: go.Figure | Sequence[Panel],
    *,
    title: str = "",
    n: str = "",
    note: str = "",
    source: str = "",
    width: float = TWO_COLUMNS,
) -> Picture:
    """A figure, or several as panels, laid out as a picture for a paper.

    Args:
        title: what was found; n: how many people per arm; note: what the marks mean; source: whose numbers.
        width: mm; 88 for one column of a journal, 180 for two.

    Raises:
        ValueError: there is no plot, or the width isn't one of a page.
    """
    if not NARROWEST <= width <= WIDEST:
        raise ValueError(f"A figure is {NARROWEST} to {WIDEST} mm wide (88 is one column, 180 two), not {width:g}")
    panels = [Panel("", figure)] if isinstance(figure, go.Figure) else list(figure)
    if not panels:
        raise ValueError("There is no plot to save: the list of panels is empty")
    return Picture(composed(panels, title=title, n=n, note=note, source=source, width=width), readable(title), width)


def save(figure: go.Figure | Sequence[Panel], path: str | Path, **words: Any) -> Path:
    """Save a figure in the form that the path's ending names; `words` and `width` as `pictured` takes them.

    Returns the path. Raises `ValueError` for an ending that isn't .svg, .pdf or .png.
    """
    path = Path(path)
    form: Form | None = next((known for known in FORMS if path.suffix.lower() == f".{known}"), None)
    if form is None:
        endings = ", ".join(f".{known}" for known in FORMS)
        given = f"ends in {path.suffix!r}" if path.suffix else "has no ending"
        raise ValueError(f"{path.name!r} {given}; a figure can be saved as {endings}")
    path.write_bytes(pictured(figure, **words).form(form))
    return path


def _set(picture: Picture, form: Literal["pdf", "png"]) -> bytes:
    import typst

    inputs = {"svg": picture.svg, "title": picture.title, "width": f"{picture.width:g}"}
    look = {"font_paths": fonts(), "sys_inputs": inputs, "timestamp": 0}
    return typst.compile(PAGE, format=form, ppi=DOTS_PER_INCH, **look)


@lru_cache(maxsize=1)
def fonts() -> Any:
    """DejaVu Sans alone, so that every machine sets the same letters."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_folder())])
