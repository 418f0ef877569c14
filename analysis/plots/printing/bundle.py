"""A plot as a .zip: the picture, what is drawn as a table, the printed numbers behind it, references, and a README."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from analysis.plots.canvas import Finished
from analysis.plots.printing.forms import Picture
from analysis.studies import Study, csv_text, harmless, packed
from analysis.telling import VERSION, bibtex, references, ris
from analysis.telling.exchange import licence_said, printed_numbers
from analysis.words import Say

DRAWN = ("trace", "name", "kind", "point", "x", "y", "z", "text")
FILES = ("figure.svg", "drawn.csv", "printed-numbers.csv", "references.ris", "references.bib")


def bundle(
    picture: Picture, figure: Finished, studies: Sequence[Study], name: str, say: Say, *, note: str = "",
    link: str = "",
) -> bytes:  # fmt: skip
    """The .zip; the same plot of the same studies makes the same bytes.

    Args:
        studies: whose numbers are drawn, none where it is nobody's.
        name: of the folder in it.
        note: what stands below the picture: n, what the marks mean, whose numbers they are.
        link: what opens the screen as it stands.
    """
    columns, rows = printed_numbers(studies, say)
    cited = references(studies)
    files = {
        "figure.svg": picture.form("svg"),
        "drawn.csv": _csv(DRAWN, list(drawn(figure))),
        "printed-numbers.csv": _csv(columns, rows) if rows else "",
        "references.ris": ris(cited),
        "references.bib": bibtex(cited),
    }
    files = {file: content for file, content in files.items() if content}
    readme = _readme(picture.title, note, link, files, studies, say)
    return packed({"README.md": readme, **files}, name)


def drawn(figure: Finished) -> Iterator[dict[str, str]]:
    """A row per point that is drawn, as the plot has it: numbers without rounding, blank where it has none."""
    for place, trace in enumerate(figure.plain["data"], start=1):
        whose = {"trace": str(place), "name": str(trace.get("name") or ""), "kind": str(trace.get("type") or "scatter")}
        for point, found in enumerate(_points(trace), start=1):
            yield {**whose, "point": str(point), **found}


def _points(trace: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """Points of a trace; the cells of a grid, row by row."""
    if trace.get("z") is not None:
        for y, row in zip(_listed(trace, "y") or range(len(trace["z"])), trace["z"], strict=True):
            for x, z in zip(_listed(trace, "x") or range(len(row)), row, strict=True):
                yield {"x": _written(x), "y": _written(y), "z": _written(z)}
        return
    columns = {name: _listed(trace, name) for name in ("x", "y", "text")}
    for point in range(max(map(len, columns.values()), default=0)):
        yield {name: _written(cells[point]) for name, cells in columns.items() if point < len(cells)}


def _listed(trace: Mapping[str, Any], name: str) -> list[Any]:
    found = trace.get(name)
    return [] if found is None or isinstance(found, str) else list(found)


def _written(value: Any) -> str:
    return "" if value is None or value != value else str(value)  # NaN is drawn nowhere


def _csv(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> str:
    return csv_text(tuple(columns), ({name: harmless(cell) for name, cell in row.items()} for row in rows))


def _readme(title: str, note: str, link: str, files: Iterable[str], studies: Sequence[Study], say: Say) -> str:
    keys = {file: f"bundle.{file.replace('.', '-')}" for file in FILES if file in files}
    listed = "\n".join(f"- `{file}`: {say(key)}" for file, key in keys.items())
    parts = (f"# {title}", note, listed, link, say("exchange.known") if "printed-numbers.csv" in files else "",
             licence_said(studies, say), say("saved.made", version=VERSION))  # fmt: skip
    return "\n\n".join(filter(None, parts)) + "\n"
