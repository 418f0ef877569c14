"""Records of the digest and the judgements about them, joined by name; every mistake is collected with its place."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from analysis.studies import REFERENCE

DECISIONS = ("study", "context", "out")
LANGUAGES = ("en", "id")
TEXT = frozenset(LANGUAGES)
OUT = {"record", "decision", "reason"}
# Every word a judgement may use, table by table; a word that isn't here is a slip, not a remark.
TABLES: Mapping[str, frozenset[str]] = {
    "": frozenset(
        {*OUT, "id", "design", "licence", "same_people_as", "population", "allocation", "title", "short_title"}
        | {"setting", "result", "cannot_tell", "notes", "arms", "outcomes", "timepoints", "rows", "tests", "bias"}
        | {"why", "reference"}
    ),
    "arms": frozenset({"name", "id", "label", "role", "treatments", "n_known", "n_note", "dose", "duration"}),
    "outcomes": frozenset({"name", "id", "label", "unit", "scale", "low", "high", "step", "better", "family"})
    | {"change_between", "sd_why", "events_inferred"},
    "timepoints": frozenset({"name", "id", "label", "day", "baseline"}),
    "rows": frozenset({"outcome", "arm", "timepoint", "to_arm", "to_timepoint"}),
    "tests": frozenset({"place", "comparison", "arms", "outcome", "timepoint", "method", "direction", "statement"}),
    "population": frozenset({"infants", "window", "measured"}),
    "allocation": frozenset({"unit", "clusters", "icc", "crossover"}),
    "reference": frozenset(REFERENCE),
    "cannot_tell": TEXT,
    "notes": TEXT,
}
NEEDED = ("id", "design", "licence", "title", "short_title", "setting", "result", "arms", "outcomes", "timepoints")


@dataclass(frozen=True)
class Judged:
    """A record and what was decided about it. Numbers of the record are text, digit for digit as recorded."""

    record: Mapping[str, Any]
    judgement: Mapping[str, Any]

    @property
    def place(self) -> str:
        return f"judgements/{self.record['id']}.toml, record {self.record['id']}"

    @property
    def decision(self) -> str:
        return self.judgement["decision"]

    def named(self, part: str) -> dict[str, Mapping[str, Any]]:
        """The entries of a part ("arms", "outcomes", "timepoints") by the name that the record uses."""
        return {entry["name"]: entry for entry in self.judgement.get(part, []) if "name" in entry}

    def moved(self, outcome: str, row: Mapping[str, Any]) -> Mapping[str, str] | None:
        """The [[rows]] entry that puts a row elsewhere: what the record calls an arm may be a time of a crossover."""
        found = (entry for entry in self.judgement.get("rows", []) if _is_about(entry, outcome, row))
        return next(found, None)


def _is_about(entry: Mapping[str, str], outcome: str, row: Mapping[str, Any]) -> bool:
    return (entry.get("outcome", outcome), entry["arm"], entry["timepoint"]) == (outcome, row["arm"], row["timepoint"])


@dataclass
class Mistakes:
    """Everything that is wrong, each with its place; nothing is written while there are any."""

    found: list[str] = field(default_factory=list)

    def add(self, place: str, what: str) -> None:
        self.found.append(f"{place}: {what}")

    def one_of(self, place: str, what: str, word: object, known: Iterable[str]) -> bool:
        """True if `word` is known; else a mistake that offers the nearest known word."""
        known = list(known)
        if word in known:
            return True
        near = get_close_matches(str(word), known, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"known: {', '.join(known) or 'none'}"
        self.add(place, f"{what} '{word}' is not known here ({hint})")
        return False


def read(folder: Path, mistakes: Mistakes) -> list[Judged]:
    """Records with their judgements, in the order of the digest.

    Args:
        folder: the digest's folder, with `studies.json` and `judgements/`.
        mistakes: collects records without judgement, judgements without record, and words out of place.
    """
    # Numbers as text: a float would turn "0.50" into 0.5 and "1e-05" into something else again.
    records = json.loads((folder / "studies.json").read_text("utf-8"), parse_float=str, parse_int=str)
    files = {path.stem: path for path in sorted((folder / "judgements").glob("*.toml"))}
    names = [record["id"] for record in records]
    for name in files:
        mistakes.one_of(f"judgements/{name}.toml", "record", name, names)
    judged = []
    for record in records:
        if record["id"] not in files:
            mistakes.add(f"studies.json, record {record['id']}", f"no judgements/{record['id']}.toml")
        elif judgement := _judgement(files[record["id"]], record["id"], mistakes):
            judged.append(Judged(record, judgement))
    _unique_ids(judged, mistakes)
    return [one for one in judged if _whole(one, mistakes)]


def _judgement(path: Path, record: str, mistakes: Mistakes) -> dict[str, Any] | None:
    place = f"judgements/{path.name}, record {record}"
    try:
        judgement = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        mistakes.add(place, f"can't be read: {error}")
        return None
    fine = mistakes.one_of(place, "record", judgement.get("record"), [record])
    fine &= mistakes.one_of(place, "decision", judgement.get("decision"), DECISIONS)
    if not judgement.get("reason"):
        mistakes.add(place, "'reason' is missing")
    return judgement if fine else None


def _unique_ids(judged: list[Judged], mistakes: Mistakes) -> None:
    taken: dict[str, str] = {}
    for one in judged:
        study = one.judgement.get("id")
        if not study:  # missing, which is a mistake of its own
            continue
        if one.decision != "out" and study in taken:
            mistakes.add(one.place, f"id '{study}' is taken by record {taken[study]}")
        taken.setdefault(study, one.record["id"])


def _whole(one: Judged, mistakes: Mistakes) -> bool:
    """True if the judgement has all tables it needs, with known words, and names only what the record holds."""
    before = len(mistakes.found)
    if one.decision == "out":
        return True
    for entry in NEEDED:
        if not one.judgement.get(entry):
            mistakes.add(one.place, f"'{entry}' is missing")
    for table, known in TABLES.items():
        _words(one, table, known, mistakes)
    if len(mistakes.found) == before:
        _names(one, mistakes)
        _tests(one, mistakes)
    return len(mistakes.found) == before


def _words(one: Judged, table: str, known: Iterable[str], mistakes: Mistakes) -> None:
    """Tables are tables, hold known words only, and have an id where others point at them."""
    entries = one.judgement.get(table, []) if table else one.judgement
    for entry in entries if isinstance(entries, list) else [entries]:
        if not isinstance(entry, Mapping):
            mistakes.add(one.place, f"[[{table}]] must hold tables, not '{entry}'")
            continue
        for word in entry:
            mistakes.one_of(one.place, f"word of [{table or 'the judgement'}]", word, known)
        if table in ("arms", "outcomes", "timepoints") and not isinstance(entry.get("id"), str):
            mistakes.add(one.place, f"an entry of [[{table}]] has no id")
        for word in ("arm", "timepoint", "to_arm", "to_timepoint") if table == "rows" else ():
            if word not in entry:
                mistakes.add(one.place, f"an entry of [[rows]] has no '{word}'")


def _names(one: Judged, mistakes: Mistakes) -> None:
    """Each name of a record is judged, and each name in a judgement is one of the record's."""
    rows = [(outcome["name"], row) for outcome in one.record["outcomes"] for row in outcome["rows"]]
    kept = [(outcome, row) for outcome, row in rows if not one.moved(outcome, row)]
    changes = {outcome["name"] for outcome in one.record["outcomes"] if outcome["value_type"] == "change"}
    listed = [arm["name"] for arm in one.record["arms"]]
    outcomes = [outcome["name"] for outcome in one.record["outcomes"]]
    of_record = {  # what must be judged; what may be
        "arms": ([*listed, *(row["arm"] for _, row in kept)], [*listed, *(row["arm"] for _, row in rows)]),
        "outcomes": (outcomes, outcomes),
        "timepoints": (
            [row["timepoint"] for outcome, row in kept if outcome not in changes],
            [row["timepoint"] for _, row in rows],
        ),
    }
    for part, (needed, allowed) in of_record.items():
        for name in dict.fromkeys(needed):
            mistakes.one_of(one.place, f"the record's {part[:-1]}", name, one.named(part))
        for name in one.named(part):
            mistakes.one_of(one.place, f"name in [[{part}]]", name, dict.fromkeys(allowed))
    for entry in one.judgement.get("rows", []):
        _moves(one, entry, rows, mistakes)


def _moves(one: Judged, entry: Mapping[str, str], rows: list[tuple[str, Mapping]], mistakes: Mistakes) -> None:
    """A [[rows]] entry is about a row of the record, and puts it where the judgement has an arm and a time."""
    if not any(_is_about(entry, outcome, row) for outcome, row in rows):
        mistakes.add(one.place, f"[[rows]] names '{entry['arm']}' at '{entry['timepoint']}', which no row is about")
    known = {part: [judged["id"] for judged in one.judgement[part]] for part in ("arms", "timepoints")}
    mistakes.one_of(one.place, "to_arm of [[rows]]", entry["to_arm"], known["arms"])
    for moment in entry["to_timepoint"].split(":"):
        mistakes.one_of(one.place, "to_timepoint of [[rows]]", moment, known["timepoints"])


def _tests(one: Judged, mistakes: Mistakes) -> None:
    printed, places = one.record["reported_tests"], [test.get("place") for test in one.judgement.get("tests", [])]
    if places != list(range(1, len(printed) + 1)):
        mistakes.add(one.place, f"[[tests]] have the places {places}, but the record reports tests 1 to {len(printed)}")
