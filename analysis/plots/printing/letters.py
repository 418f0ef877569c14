"""How wide words are on paper: every machine measures, and sets, the same DejaVu Sans."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from PIL import ImageFont

FONT = "DejaVu Sans, Verdana, Arial, sans-serif"
FILES = {False: "DejaVuSans.ttf", True: "DejaVuSans-Bold.ttf"}  # by boldness
MEASURED = 100  # pixels: the size at which letters are measured


def width_of(text: str, size: float, bold: bool = False) -> float:
    """Pixels that a line of text takes."""
    return _font(bold).getlength(text) * size / MEASURED


def rise_and_fall(size: float) -> tuple[float, float]:
    """Pixels of a line above and below the foot of its letters."""
    above, below = _font(False).getmetrics()
    return above * size / MEASURED, below * size / MEASURED


@lru_cache(maxsize=2)
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_folder() / FILES[bold]), size=MEASURED)


@lru_cache(maxsize=1)
def font_folder() -> Path:
    """Where matplotlib brings the font; matplotlib itself isn't loaded."""
    found = find_spec("matplotlib")
    if found is None or found.origin is None:
        raise RuntimeError("The printed figures' font comes with matplotlib, which is not installed")
    return Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"
