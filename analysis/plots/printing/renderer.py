"""A Plotly figure → SVG: the only place that knows plotly-mirage, which runs Plotly's own code without a browser.

Its engine belongs to one thread, so one thread draws everything, one figure after the other.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from itertools import count
from typing import Any

import numpy as np

from analysis.plots.printing.letters import rise_and_fall, width_of

_drawer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="printing")
_drawings = count()
LASTS = 30  # drawings: each leaves about 1 MB behind in the engine, and a new one takes 0.3 s
RANDOM_ID = re.compile(r'id="defs-([0-9a-f]{6})"')
RANDOM_TRACE = re.compile(r"\btrace([0-9a-f]{6})\b")
SEEDED = """var __seed = 1;
Math.random = function() { __seed = (__seed * 16807) % 2147483647; return __seed / 2147483647; };"""


def svg_of(spec: Mapping[str, Any], width: float, height: float, name: str) -> str:
    """The SVG of `spec` (`data` and `layout`), so many pixels large; `name` tells its ids from other drawings'."""
    svg = _drawer.submit(_rendered, plain_values(spec), width, height).result()
    return with_own_ids(svg, name)


def _rendered(spec: dict[str, Any], width: float, height: float) -> str:
    engine = _engine(next(_drawings) // LASTS)
    engine.context.eval(SEEDED)  # its ids then repeat, whatever was drawn before
    return engine.render_svg(spec["data"], spec["layout"], width=round(width), height=round(height))


@lru_cache(maxsize=1)
def _engine(generation: int) -> Any:
    """Made in the drawing thread when first needed; measures every text with the font that is drawn."""
    from mirage.engine import MirageEngine
    from mirage.fonts import get_default_font_manager

    get_default_font_manager().measure_raw = _measured
    return MirageEngine()


def _measured(text: str, family: str, size_str: str, weight: str = "") -> str:
    """What the engine asks of each text: width, height, and how much of that is above and below its foot."""
    pixels = float(size_str)
    above, below = rise_and_fall(pixels)
    width = width_of(text, pixels, weight in ("bold", "700"))
    return f"{width:.2f},{above + below:.2f},{above:.2f},{below:.2f}"


def plain_values(value: Any) -> Any:
    """Arrays and Plotly's packed arrays (`bdata`) as lists; what isn't finite is missing."""
    if isinstance(value, Mapping):
        if "bdata" in value and "dtype" in value:
            return plain_values(_unpacked(value))
        return {key: plain_values(inner) for key, inner in value.items()}
    if isinstance(value, np.ndarray | np.generic):
        return plain_values(value.tolist())
    if isinstance(value, list | tuple):
        return [plain_values(inner) for inner in value]
    return None if isinstance(value, float) and not np.isfinite(value) else value


def _unpacked(packed: Mapping[str, Any]) -> np.ndarray:
    values = np.frombuffer(b64decode(packed["bdata"]), dtype=packed["dtype"])
    shape = packed.get("shape")
    return values.reshape([int(side) for side in str(shape).split(",")]) if shape else values


def with_own_ids(svg: str, name: str) -> str:
    """Plotly gives each drawing and each trace a random id: names and numbers in order take their places."""
    if found := RANDOM_ID.search(svg):
        svg = re.sub(rf"(?<=defs-){found[1]}|(?<=clip){found[1]}", name, svg)
    traces = dict.fromkeys(RANDOM_TRACE.findall(svg))
    for place, random in enumerate(traces):
        svg = re.sub(rf"(?<=trace){random}\b|{random}(?=-)|(?<=-){random}\b", f"{name}t{place}", svg)
    return svg
