"""All tables of what is taken as one .zip, described as a Frictionless Data Package (specs.frictionlessdata.io)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from analysis.studies import UPLOADED, Study, csv_text, harmless, packed
from analysis.telling.cite import bibtex, references, ris
from analysis.telling.exchange import effects, printed, revman
from analysis.telling.exchange.effects import Row
from analysis.telling.exchange.rows import Taken
from analysis.telling.version import VERSION
from analysis.words import Say

NUMBERS = {"yi", "vi", "m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i", "ai", "ci", "y", "sd", "r", "n"}
CC0 = {"name": "CC0-1.0", "path": "https://creativecommons.org/publicdomain/zero/1.0/"}
Tables = dict[str, tuple[tuple[str, ...], list[Row]]]  # columns and rows by the file's name


def package(taken: Taken, name: str, say: Say, *, link: str = "") -> bytes:
    """The .zip; the same rows make the same bytes.

    Args:
        name: of the folder in it, letters, digits and hyphens.
        link: what opens the same choices on the screen; blank where there is none.
    """
    return packed(files(taken, name, say, link=link), name)


def files(taken: Taken, name: str, say: Say, *, link: str = "") -> dict[str, str]:
    """Text of every file by its name; tables without a row are left out."""
    studies = taken.studies
    tables = {file: table for file, table in _tables(taken, say).items() if table[1]}
    cited = references(studies)
    return {
        "README.md": _readme(tables, studies, link, say),
        "datapackage.json": _described(tables, studies, name),
        **{file: _csv(columns, rows) for file, (columns, rows) in tables.items()},
        "references.ris": ris(cited),
        "references.bib": bibtex(cited),
    }


def _tables(taken: Taken, say: Say) -> Tables:
    parts, studies = taken.parts, taken.studies
    return {
        "effects.csv": (effects.EFFECT_COLUMNS, effects.effects(parts, say)),
        "arms.csv": (effects.ARM_COLUMNS, effects.arms(parts, say)),
        "printed-numbers.csv": printed.printed_numbers(studies, say),
        "risk-of-bias.csv": (printed.BIAS_COLUMNS, printed.bias(studies, say)),
        "revman/study-information.csv": (revman.INFORMATION, revman.information(studies, say)),
        "revman/study-arms.csv": (revman.ARMS, revman.arms(studies, say)),
        "revman/study-results.csv": (revman.RESULTS, revman.results(parts, say)),
        "revman/risk-of-bias.csv": (revman.BIAS, revman.bias(studies, say)),
    }


def _csv(columns: tuple[str, ...], rows: list[Row]) -> str:
    guarded = ({name: harmless(cell) for name, cell in row.items()} for row in rows)
    return csv_text(columns, guarded)


def _readme(tables: Tables, studies: Sequence[Study], link: str, say: Say) -> str:
    listed = [f"- `{file}`: {say(f'exchange.file-{_key(file)}')}" for file in tables]
    lines = [
        f"# {say('exchange.title')}",
        say("exchange.made", version=VERSION, count=len(studies)),
        *([link] if link else []),
        "\n".join([*listed, f"- `references.ris`, `references.bib`: {say('exchange.file-references')}"]),
        say("exchange.known"),
        licence_said(studies, say),
    ]
    return "\n\n".join(filter(None, lines)) + "\n"


def licence_said(studies: Sequence[Study], say: Say) -> str:
    """Under which terms tables of these studies are; blank where somebody's own data are among them."""
    return say("exchange.licence") if _ours(studies) else ""


def _ours(studies: Sequence[Study]) -> bool:
    return all(study.source_kind != UPLOADED for study in studies)


def _key(file: str) -> str:
    return file.removesuffix(".csv").replace("/", "-")


def _described(tables: Tables, studies: Sequence[Study], name: str) -> str:
    resources = [
        {"name": _key(file), "path": file, "profile": "tabular-data-resource", "encoding": "utf-8",
         "schema": {"fields": [_field(column) for column in columns], "missingValues": [""]}}
        for file, (columns, _) in tables.items()
    ]  # fmt: skip
    licences = {"licenses": [CC0]} if _ours(studies) else {}
    sources = [{"title": study.card.get("citation", study.id), **_path(study)} for study in studies]
    described = {"name": name, "profile": "tabular-data-package", "version": VERSION, **licences,
                 "sources": sources, "resources": resources}  # fmt: skip
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"


def _field(column: str) -> dict[str, str]:
    return {"name": column, "type": "number" if column in NUMBERS else "string"}


def _path(study: Study) -> dict[str, str]:
    card = study.card
    address = f"https://doi.org/{card['doi']}" if card.get("doi") else card.get("url", "")
    return {"path": address} if address else {}
