"""Columns that name people: told by their heading, or by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from analysis.uploads.sheets import Column, Sheet
from analysis.uploads.vocabulary import says, words_of

SHARE = 0.5  # of the filled cells that must look alike
LOOKED_AT = 500  # cells
NAMED: Mapping[str, set[str]] = {
    "person-name": {"nama", "name", "fullname", "surname", "firstname", "lastname", "inisial", "initials"},
    "person-phone": {"telepon", "telp", "tlp", "hp", "phone", "telephone", "mobile", "wa", "whatsapp", "handphone"},
    "person-email": {"email", "surel"},
    "person-address": {"alamat", "address", "rt", "rw", "kelurahan", "dusun", "jalan"},
    "person-birth": {"lahir", "birth", "dob", "birthdate", "birthday", "ttl"},
    "person-number": {"nik", "ktp", "mrn", "rm", "bpjs", "passport", "paspor", "kk"},
}
NOT_OF_PEOPLE = {"arm", "group", "kelompok", "treatment", "product", "produk", "drug", "weight", "berat", "variable"}
PATTERNS: Mapping[str, re.Pattern[str]] = {
    "person-email": re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE),
    "person-phone": re.compile(r"(\+|00)\d[\d\s().-]{7,18}|0\d{2,4}[\s.-]?\d{3,4}[\s.-]?\d{3,5}"),
    "person-number": re.compile(r"\d{16}"),
    "person-name": re.compile(r"((ny|tn|nn|mrs?|ms|dr)\.?\s+)?[A-Z][\w'’.-]+(\s+[A-Z][\w'’.-]*){1,4}", re.IGNORECASE),
}
OFTEN_DIFFERENT = 0.8  # share of the cells that differ where a column holds names of people, not of things


def personal_columns(sheet: Sheet) -> dict[str, str]:
    """Names of columns that tell who somebody is, each with the kind of what it tells (a key of `upload`)."""
    found = ((column.name, _kind_of(column)) for column in sheet.columns)
    return {name: kind for name, kind in found if kind}


def _kind_of(column: Column) -> str:
    if not says(column.name, NOT_OF_PEOPLE):
        for kind, words in NAMED.items():
            if says(column.name, words) or "".join(words_of(column.name)) in words:
                return kind
    cells = [text for text in column.texts[:LOOKED_AT] if text]
    return next((kind for kind in PATTERNS if _holds(cells, kind)), "")


def _holds(cells: list[str], kind: str) -> bool:
    if kind == "person-name" and len(set(cells)) < max(3, OFTEN_DIFFERENT * len(cells)):
        return False
    matches: Callable[[str], object] = PATTERNS[kind].fullmatch
    return bool(cells) and sum(bool(matches(cell)) for cell in cells) >= SHARE * len(cells)
