"""Reading one study folder: the card (study.toml) here, its rows in `rows`.

Every mistake becomes a `Problem` that names file, row, the word that is wrong and, where one is
close, the word that was probably meant. All mistakes of a folder are collected, not only the first.
"""

from __future__ import annotations

import tomllib
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.studies.bias import read_bias
from analysis.studies.facets import FAMILIES, read_facets, read_treatments
from analysis.studies.listed import figures_of, read_people
from analysis.studies.printed_study import UPLOADED, Arm, Measure, Timepoint
from analysis.studies.problems import Folder
from analysis.studies.reference import read_reference
from analysis.studies.rows import read_claims, read_figures
from analysis.studies.study import Study
from analysis.studies.trust import read_trust
from analysis.words import LANGUAGES

DESIGNS = ("randomised", "quasi-experiment", "before-after", "post-only", "observational", "review")
SOURCE_KINDS = ("primary", "abstract", "review-data", "cited-in", "context", UPLOADED)
ROLES = ("intervention", "comparison", "control", "single", "population")
N_KNOWN = ("printed", "derived", "not printed")
SCALES = ("continuous", "ordinal", "binary", "percentage")
BETTER = ("higher", "lower", "neither")
LONGEST_SCALE = 1_000  # levels; anything longer is a typing slip


def read_folder(path: Path | zipfile.Path) -> Study:
    """Read a folder into a `Study`; with problems, the study carries them and nothing else is trusted."""
    folder = Folder(path)
    card = _card(folder)
    if card is None:
        return Study(id=path.name, problems=(*folder.problems, *folder.gaps))
    study_id = card.get("id") or path.name
    parts = {"arms": _arms(folder, card), "outcomes": _outcomes(folder, card), "timepoints": _timepoints(folder, card)}
    if card.get("source", {}).get("kind") != "context":  # background figures aren't laid beside studies
        parts["facets"], parts["bias"] = read_facets(folder, card), read_bias(folder, card)
        read_trust(folder, card)
    _parts_of_a_whole(folder, card, parts["outcomes"])
    # without arms, outcomes or timepoints, rows have nothing to belong to
    rows_have_a_place = all(parts[name] for name in ("arms", "outcomes", "timepoints"))
    people = read_people(folder, card, parts) if rows_have_a_place else {}
    figures = read_figures(folder, card, parts) if rows_have_a_place else ()
    claims = read_claims(folder, parts) if rows_have_a_place else ()
    if people:
        parts["people"] = people
        figures += figures_of(people, parts["outcomes"], len(figures) + 2)
    gaps, problems = tuple(folder.gaps), tuple(folder.problems)
    if problems:
        return Study(id=study_id, card=_safe_card(card, path), problems=problems, gaps=gaps)
    return Study(id=study_id, card={**card, "folder": path.name}, **parts, figures=figures, claims=claims, gaps=gaps)


def _safe_card(card: dict[str, Any], path: Path | zipfile.Path) -> dict[str, Any]:
    """What a broken study may still show of itself: its folder, source kind, title and citation."""
    shown = {name: card[name] for name in ("source", "title", "short_title", "citation") if card.get(name)}
    return {"folder": path.name, "source": {}, **shown}


def _card(folder: Folder) -> dict[str, Any] | None:
    text = folder.text("study.toml")
    if text is None:
        return None
    try:
        card = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        folder.wrong("study.toml", None, "not-toml", reason=str(error))
        return None
    card = _shaped(folder, card)
    for name in ("id", "citation", "licence", "retrieved", "design"):
        if name != "design" and not str(card.get(name, "")).strip():
            folder.unsaid("study.toml", None, "missing-entry", entry=name)
    for name in ("title", "short_title", "setting", "result"):
        card[name] = folder.both_languages(name, card.get(name))
    for name in ("cannot_tell", "notes"):
        for place, text in enumerate(card.get(name, []), start=1):
            folder.both_languages(f"{name}, number {place}", text)
    for name, text in card.get("why", {}).items():
        folder.both_languages(f"why.{name}", text)
    folder.one_of("study.toml", None, "design", card.get("design", ""), DESIGNS)
    _source(folder, card.get("source", {}))
    read_reference(folder, card)
    return card


def _source(folder: Folder, source: dict[str, Any]) -> None:
    """How the study was read: `kind`, `cited_by` and `digest`, true where figures come from a digest of studies."""
    if not isinstance(source.get("cited_by", ""), str):
        folder.wrong("study.toml", None, "wrong-shape", entry="source.cited_by", shape=("text",))
    if type(source.get("digest", False)) is not bool:
        folder.wrong("study.toml", None, "wrong-shape", entry="source.digest", shape=("true-or-false",))
    folder.one_of("study.toml", None, "source.kind", source.get("kind", ""), SOURCE_KINDS)


TEXT, NUMBER, TABLE, TABLES, SWITCH = "text", "whole number", "table", "list of tables", "true or false"
SHAPES = {
    **dict.fromkeys(("id", "citation", "licence", "design", "country", "doi", "url"), TEXT),
    "year": NUMBER,
    "founding": SWITCH,
    **dict.fromkeys(("source", "title", "short_title", "setting", "result", "why", "population", "allocation"), TABLE),
    **dict.fromkeys(("bias", "trust", "reference"), TABLE),
    **dict.fromkeys(("arms", "outcomes", "timepoints", "cannot_tell", "notes"), TABLES),
}


def _shaped(folder: Folder, card: dict[str, Any]) -> dict[str, Any]:
    """The card without entries of the wrong kind (a number where a table belongs), each a problem."""
    for name, shape in SHAPES.items():
        if name in card and not _has_shape(card[name], shape):
            folder.wrong("study.toml", None, "wrong-shape", entry=name, shape=(shape.replace(" ", "-"),))
            del card[name]
    return card


def _has_shape(value: Any, shape: str) -> bool:
    if shape == TABLES:
        return isinstance(value, list) and all(isinstance(entry, dict) for entry in value)
    return type(value) is {TEXT: str, NUMBER: int, TABLE: dict, SWITCH: bool}[shape]


def _entries(folder: Folder, card: dict[str, Any], name: str) -> dict[str, dict[str, Any]]:
    """The [[name]] tables of the card by id, each with a unique id and a label in both languages."""
    found: dict[str, dict[str, Any]] = {}
    for entry in card.get(name, []):
        key = str(entry.get("id", ""))
        if not key or key in found:
            folder.wrong(
                "study.toml", None, "duplicate-entry" if key else "missing-entry", entry=f"{name}.{key or 'id'}"
            )
            continue
        found[key] = {**entry, "label": folder.both_languages(f"{name}.{key}.label", entry.get("label"))}
    if not found:
        folder.unsaid("study.toml", None, "missing-entry", entry=f"[[{name}]]")
    return found


def _arms(folder: Folder, card: dict[str, Any]) -> dict[str, Arm]:
    blank = dict.fromkeys(LANGUAGES, "")
    arms = {}
    for key, entry in _entries(folder, card, "arms").items():
        folder.one_of("study.toml", None, f"arms.{key}.role", entry.get("role", ""), ROLES)
        folder.one_of("study.toml", None, f"arms.{key}.n_known", entry.get("n_known", ""), N_KNOWN)
        n = str(entry["n"]) if entry.get("n") else None
        if n is not None and not (n.isdecimal() and int(n) > 0):
            folder.wrong("study.toml", None, "not-a-number", what=f"arms.{key}.n", text=n)
        texts = {
            name: folder.both_languages(f"arms.{key}.{name}", entry[name]) if name in entry else blank
            for name in ("n_note", "dose", "duration")
        }
        given = read_treatments(folder, key, entry)
        role, n_known = entry.get("role", ""), entry.get("n_known", "")
        arms[key] = Arm(key, entry["label"], role, n, n_known, **texts, treatments=given)
    return arms


def _outcomes(folder: Folder, card: dict[str, Any]) -> dict[str, Measure]:
    outcomes, context = {}, card.get("source", {}).get("kind") == "context"
    for key, entry in _entries(folder, card, "outcomes").items():
        folder.one_of("study.toml", None, f"outcomes.{key}.scale", entry.get("scale", ""), SCALES)
        folder.one_of("study.toml", None, f"outcomes.{key}.better", entry.get("better", ""), BETTER)
        unit = folder.both_languages(f"outcomes.{key}.unit", entry.get("unit"))
        family = entry.get("family", "")
        if family or not context:
            folder.one_of("study.toml", None, f"outcomes.{key}.family", family, FAMILIES)
        rest = {**_scale_ends(folder, key, entry), "family": family}
        outcomes[key] = Measure(key, entry["label"], unit, entry.get("scale", ""), entry.get("better", ""), **rest)
    return outcomes


def _scale_ends(folder: Folder, key: str, entry: dict[str, Any]) -> dict[str, int]:
    """Ends and step of a scale; what is no whole number, or no scale, is a problem and left out."""
    if entry.get("scale") == "binary":
        return {"low": 0, "high": 1}
    ends = {}
    for name in ("low", "high", "step"):
        if type(entry.get(name, 0)) is not int:
            folder.wrong("study.toml", None, "not-a-number", what=f"outcomes.{key}.{name}", text=str(entry[name]))
        elif name in entry:
            ends[name] = entry[name]
    if entry.get("scale") == "ordinal" and not {"low", "high"} <= ends.keys():
        folder.unsaid("study.toml", None, "missing-entry", entry=f"outcomes.{key}.low, high")
        return {}  # half a scale is none
    if (
        ends.get("step", 1) < 1
        or ends.get("high", 0) - ends.get("low", 0) > LONGEST_SCALE
        or ends.get("low", 0) > ends.get("high", ends.get("low", 0))
    ):
        folder.wrong("study.toml", None, "empty-scale", entry=f"outcomes.{key}")
        return {}
    return ends


def _parts_of_a_whole(folder: Folder, card: dict[str, Any], outcomes: Mapping[str, Measure]) -> None:
    """Lists of outcomes that together are everybody; anything else is a problem."""
    wholes = card.get("parts_of_a_whole", [])
    for parts in wholes if isinstance(wholes, list) else [wholes]:
        if not isinstance(parts, list) or not parts or not all(isinstance(part, str) for part in parts):
            folder.wrong("study.toml", None, "wrong-shape", entry="parts_of_a_whole", shape=("lists-of-outcomes",))
            continue
        for part in parts:
            folder.one_of("study.toml", None, "parts_of_a_whole", part, outcomes)


def _timepoints(folder: Folder, card: dict[str, Any]) -> dict[str, Timepoint]:
    entries = _entries(folder, card, "timepoints")
    for key, entry in entries.items():
        if type(entry.get("day", 0)) not in (int, float):
            folder.wrong("study.toml", None, "not-a-number", what=f"timepoints.{key}.day", text=str(entry["day"]))
    return {
        key: Timepoint(key, entry["label"], entry.get("day"), entry.get("baseline") is True)
        for key, entry in entries.items()
    }
