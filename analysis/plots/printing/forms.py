"""The picture as bytes: SVG as composed, PDF and PNG by Typst from the same SVG."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import plotly.graph_objects as go

from analysis.plots.printing.page import TWO_COLUMNS, Panel, composed
from analysis.plots.printing.renderer import font_folder

FORMS = ("svg", "pdf", "png")
DOTS_PER_INCH = 300
NARROWEST, WIDEST = 60, 400  # mm
PAGE = b"""#set page(width: float(sys.inputs.width) * 1mm, height: auto, margin: 0pt, fill: white)
#set document(title: sys.inputs.title, date: none)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%, alt: sys.inputs.title)
"""


def drawn(
    figure: go.Figure | Sequence[Panel],
    form: str,
    *,
    title: str = "",
    n: str = "",
    note: str = "",
    source: str = "",
    width_mm: float = TWO_COLUMNS,
) -> bytes:
    """A figure, or several as panels, as a picture for a paper.

    Args:
        form: "svg", "pdf" or "png" (300 dots per inch).
        title: what was found; n: how many people per arm; note: what the marks mean; source: whose numbers.
        width_mm: 88 for one column of a journal, 180 for two.

    Raises:
        ValueError: the form isn't one of these, there is no plot, or the width isn't one of a page.
    """
    if form not in FORMS:
        raise ValueError(f"A figure can be saved as {', '.join(FORMS)}, not as {form!r}")
    if not NARROWEST <= width_mm <= WIDEST:
        raise ValueError(f"A figure is {NARROWEST} to {WIDEST} mm wide (88 is one column, 180 two), not {width_mm:g}")
    panels = [Panel("", figure)] if isinstance(figure, go.Figure) else list(figure)
    if not panels:
        raise ValueError("There is no plot to save: the list of panels is empty")
    svg = composed(panels, title=title, n=n, note=note, source=source, width_mm=width_mm)
    return svg.encode("utf-8") if form == "svg" else _set(svg, form, title, width_mm)


def save(figure: go.Figure | Sequence[Panel], path: str | Path, **words: Any) -> Path:
    """Save a figure in the form that the path's ending names; `words` and width as `drawn` takes them.

    Returns the path. Raises `ValueError` for an ending that isn't .svg, .pdf or .png.
    """
    path = Path(path)
    form = path.suffix.lower().removeprefix(".")
    if form not in FORMS:
        endings = ", ".join(f".{known}" for known in FORMS)
        given = f"ends in {path.suffix!r}" if path.suffix else "has no ending"
        raise ValueError(f"{path.name!r} {given}; a figure can be saved as {endings}")
    path.write_bytes(drawn(figure, form, **words))
    return path


def _set(svg: str, form: str, title: str, width_mm: float) -> bytes:
    import typst

    inputs = {"svg": svg, "title": title, "width": f"{width_mm:g}"}
    look = {"font_paths": _fonts(), "sys_inputs": inputs, "timestamp": 0}
    return typst.compile(PAGE, format=form, ppi=DOTS_PER_INCH, **look)


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """DejaVu Sans alone, so that every machine sets the same letters."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_folder())])
