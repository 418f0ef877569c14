"""What was gathered → the files of a study folder → the `Study` that they are.

The study is read from those very files, by the parser of the library: what is taken away and put under `data/` is the
same study.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from analysis.studies import (
    FIGURE_COLUMNS,
    PEOPLE_COLUMNS,
    PEOPLE_FILE,
    UPLOADED,
    Study,
    csv_text,
    harmless,
    packed,
    read_folder,
    table_text,
    toml_text,
)
from analysis.uploads.gathering import Fault, Gathered, Row, gather, of_people
from analysis.uploads.layout import Layout, id_of, same_words
from analysis.uploads.sheets import Sheet

CARD, FIGURES, PACKAGE = "study.toml", "figures.csv", "datapackage.json"
NUMBERS = ("value",)  # columns of numbers


@dataclass(frozen=True)
class About:
    """What no sheet says: the study's title, its design (an id, or blank), and the day it was read, as ISO text."""

    title: str
    design: str = ""
    retrieved: str = ""


@dataclass(frozen=True)
class Draft:
    """A study made of a sheet, None where a fault blocks it; `files` are its folder's, by name.

    `left_out` are the columns that nothing was read from.
    """

    study: Study | None
    files: Mapping[str, str]
    faults: tuple[Fault, ...]
    left_out: tuple[str, ...]


def draft(sheet: Sheet, layout: Layout, about: About) -> Draft:
    """The study that a sheet holds under a layout, with everything that was left out of it."""
    found = gather(sheet, layout)
    left_out = tuple(column.name for column in sheet.columns if column.name not in layout.columns)
    if found.blocked:
        return Draft(None, {}, found.faults, left_out)
    files = _files(found, layout, about, sheet)
    return Draft(study_of(files), files, found.faults, left_out)


def study_of(files: Mapping[str, str]) -> Study:
    """The study that these files are, read as a folder of the library is."""
    name = json.loads(files[PACKAGE])["name"]
    with zipfile.ZipFile(io.BytesIO(packed(files, name, zipfile.ZIP_STORED))) as folder:
        return read_folder(zipfile.Path(folder, f"{name}/"))


def zipped(files: Mapping[str, str]) -> bytes:
    """The study's folder as a .zip to unpack under `data/`; the same files make the same bytes."""
    return packed(files, json.loads(files[PACKAGE])["name"])


def _files(found: Gathered, layout: Layout, about: About, sheet: Sheet) -> dict[str, str]:
    name = f"own-{id_of(about.title, (), 'study')}"
    card = _card(found, about, name)
    if of_people(layout):
        file, columns, rows = PEOPLE_FILE, PEOPLE_COLUMNS, table_text(PEOPLE_COLUMNS, map(PERSON, found.rows))
    else:
        rows = csv_text(FIGURE_COLUMNS, (_figure(row, sheet) for row in found.rows))
        file, columns = FIGURES, FIGURE_COLUMNS
    return {CARD: toml_text(card), file: rows, PACKAGE: _package(name, about, file, columns)}


PERSON = attrgetter(*PEOPLE_COLUMNS)  # of a row, the cells of participants.csv


def _figure(row: Row, sheet: Sheet) -> dict[str, str]:
    there = {name: getattr(row, name, "") for name in FIGURE_COLUMNS}
    where = " · ".join(filter(None, (sheet.file.name, sheet.name)))
    return {**there, "locator": harmless(f"{where}, row {row.row}" if where else f"row {row.row}")}


def _card(found: Gathered, about: About, name: str) -> dict[str, Any]:
    """The card, as `toml_text` writes it; what nobody said stays unsaid."""
    title = " ".join(about.title.split())
    card = {"id": name, "citation": title, "retrieved": about.retrieved, "licence": "own data", "design": about.design}
    card = {entry: text for entry, text in card.items() if text}
    arms = [
        {"id": arm.id, "label": dict(arm.label), "role": arm.role, "n_known": "not printed"}
        | ({"treatments": list(arm.treatments)} if arm.treatments else {})
        | _people_of(found, arm.id)
        for arm in found.arms.values()
    ]
    return {
        **card,
        "source": {"kind": UPLOADED},
        "title": same_words(title),
        "short_title": same_words(title),
        "population": {"infants": "not reported", "window": "not reported"},
        "arms": arms,
        "outcomes": [_outcome(found, key) for key in found.outcomes],
        "timepoints": [
            {"id": time.id, "label": dict(time.label)}
            | ({"day": time.day} if time.day is not None else {})
            | ({"baseline": True} if time.baseline else {})
            for time in found.timepoints.values()
        ],
    }


def _people_of(found: Gathered, arm: str) -> dict[str, str]:
    """How many people of an arm are listed; of printed numbers, the most that any n says."""
    people = {row.participant for row in found.rows if row.arm == arm and row.participant}
    printed = [int(row.value) for row in found.rows if row.arm == arm and row.statistic == "n"]
    n = len(people) or max(printed, default=0)
    return {"n": str(n), "n_known": "derived" if people else "printed"} if n else {}


def _outcome(found: Gathered, key: str) -> dict[str, Any]:
    measure = found.outcomes[key]
    said = {name: getattr(measure, name) for name in ("scale", "better", "family") if getattr(measure, name)}
    ends = {} if measure.scale == "binary" or measure.low is None or measure.high is None else {
        "low": measure.low, "high": measure.high, "step": measure.step}  # fmt: skip
    return {"id": key, "label": dict(measure.label), "unit": dict(measure.unit), **said, **ends}


def _package(name: str, about: About, file: str, columns: tuple[str, ...]) -> str:
    """The folder's table as a Frictionless Data Package (specs.frictionlessdata.io)."""
    fields = [{"name": column, "type": "number" if column in NUMBERS else "string"} for column in columns]
    table = {"name": file.removesuffix(".csv"), "path": file, "profile": "tabular-data-resource", "encoding": "utf-8",
             "schema": {"fields": fields, "missingValues": [""]}}  # fmt: skip
    package = {"name": name, "title": about.title, "profile": "tabular-data-package", "resources": [table]}
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"
