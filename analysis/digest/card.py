"""The card of a study, study.toml, as a table: the record's citation and numbers, the judgement's words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from analysis.digest.figures import Row, n_of_arm
from analysis.digest.reading import Judged, Mistakes

RETRIEVED = "2026-11-22"  # the day on which records were read that don't say
SOURCE_KINDS = {"primary_abstract": "abstract", "primary": "primary"}
COUNTRY = re.compile(r"(?P<name>.+?) \((?P<remark>.+)\)")
# How a country is known, where the digest says so in brackets.
COUNTRY_NOTES = {
    "from hospital name": {
        "en": "The country follows from the hospital's name; it is not printed in what was read.",
        "id": "Negara disimpulkan dari nama rumah sakit; tidak tercetak dalam bagian yang dibaca.",
    },
    "publisher; country not confirmed": {
        "en": "The country is the publisher's; that the study took place there is not confirmed.",
        "id": "Negara ini adalah negara penerbit; belum dipastikan penelitiannya dilakukan di sana.",
    },
    "journal; not printed": {
        "en": "The country is the journal's; where the study took place is not printed in what was read.",
        "id": "Negara ini adalah negara jurnal; tempat penelitian tidak tercetak dalam bagian yang dibaca.",
    },
    "secondary page": {
        "en": "The country is given by another page about the study, not by the study itself.",
        "id": "Negara disebut oleh halaman lain tentang penelitian ini, bukan oleh penelitiannya sendiri.",
    },
}
OF_TIMEPOINT = ("id", "label", "day", "baseline")
OF_OUTCOME = ("id", "label", "unit", "scale", "low", "high", "step", "better", "family")


def card(one: Judged, rows: list[Row], mistakes: Mistakes) -> dict[str, Any]:
    """The card's entries in the order in which they are written; what isn't known is left out.

    Args:
        one: the record and its judgement.
        rows: the figures and claims of the same study; timepoints that none of them uses are left out.
        mistakes: collects what doesn't fit together.
    """
    record, judgement = one.record, one.judgement
    country, notes = _country(one, mistakes)
    said = {
        "id": judgement["id"],
        "year": int(record["year"]) if record["year"] else None,
        "country": country,
        **{name: judgement[name] for name in ("design", "licence")},
        "retrieved": record.get("retrieved") or RETRIEVED,
        **{name: record[name] for name in ("citation", "doi", "url")},
        "same_people_as": judgement.get("same_people_as"),
        "reference": judgement.get("reference"),
        "source": {"kind": _source_kind(one, mistakes), "digest": True},
        "population": _population(one),
        "allocation": judgement.get("allocation"),
        **{name: judgement[name] for name in ("title", "short_title", "setting", "result")},
        "cannot_tell": judgement.get("cannot_tell"),
        "notes": [*judgement.get("notes", []), *notes],
        "arms": [_arm(one, arm, mistakes) for arm in judgement["arms"]],
        "outcomes": _outcomes(one, mistakes),
        "timepoints": _timepoints(judgement, rows),
        **{name: judgement.get(name) for name in ("why", "bias")},
    }
    return {name: value for name, value in said.items() if value not in (None, [], {})}


def _population(one: Judged) -> dict[str, Any] | None:
    """Who was studied, with the number of all who took part where the record has one."""
    judged, people = one.judgement.get("population"), one.record.get("n_total")
    return judged and {**judged, **({"people": people} if people else {})}


def _source_kind(one: Judged, mistakes: Mistakes) -> str:
    if one.decision == "context":
        return "context"
    kind = one.record["source_kind"]
    if kind not in SOURCE_KINDS:
        mistakes.add(one.place, f"what was read is '{kind}': that can be context or out, but no study")
    return SOURCE_KINDS.get(kind, "")


def _country(one: Judged, mistakes: Mistakes) -> tuple[str | None, list[dict[str, str]]]:
    found = COUNTRY.fullmatch(one.record["country"] or "")
    if not found:
        return one.record["country"], []
    if not mistakes.one_of(one.place, "remark on the country", found["remark"], COUNTRY_NOTES):
        return found["name"], []
    return found["name"], [COUNTRY_NOTES[found["remark"]]]


def _arm(one: Judged, arm: Mapping[str, Any], mistakes: Mistakes) -> dict[str, Any]:
    """An arm with its n from the record; how that n is known is judged, and both must agree."""
    n = n_of_arm(one, arm["id"])
    place, known = f"{one.place}, arm '{arm['id']}'", arm.get("n_known")
    if (n is None) != (known == "not printed"):
        mistakes.add(place, f"n is {n or 'missing'} in the record, but n_known is '{known}'")
    if known == "derived" and "n_note" not in arm:
        mistakes.add(place, "a derived n needs an n_note that says how")
    order = ("id", "label", "role", "treatments", "n", "n_known", "n_note", "dose", "duration")
    return {name: value for name in order if (value := n if name == "n" else arm.get(name)) is not None}


def _outcomes(one: Judged, mistakes: Mistakes) -> list[dict[str, Any]]:
    """The outcomes, each id once: several outcomes of a record may be one (a level and its change)."""
    found: dict[str, dict[str, Any]] = {}
    for entry in one.judgement["outcomes"]:
        said = {name: entry[name] for name in OF_OUTCOME if name in entry}
        first = found.setdefault(entry["id"], said)
        for name in (name for name, value in said.items() if first.get(name) != value):
            mistakes.add(one.place, f"outcome '{entry['id']}' stands twice, with two values of '{name}'")
    return list(found.values())


def _timepoints(judgement: Mapping[str, Any], rows: list[Row]) -> list[dict[str, Any]]:
    """The timepoints that figures or claims use; all of them where there are neither."""
    used = {moment for row in rows for moment in row["timepoint"].split(":")}
    found: dict[str, dict[str, Any]] = {}
    for entry in judgement["timepoints"]:
        found.setdefault(entry["id"], {name: entry[name] for name in OF_TIMEPOINT if name in entry})
    return [entry for key, entry in found.items() if key in used] or list(found.values())
