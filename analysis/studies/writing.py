"""Text of the three files of a study folder, the same for the same content.

The cards are written as the hand-written ones are: plain entries first, then tables with a blank line before each,
texts in two languages inside an entry on one line. The standard library reads TOML but doesn't write it, and writers
from outside would put such texts into tables of their own.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def toml_text(card: Mapping[str, Any]) -> str:
    """A card as TOML: values, [tables] (of tables, if they hold nothing else) and [[lists of tables]].

    Raises:
        TypeError: a value that TOML has no word for, such as None.
    """
    plain = {name: value for name, value in card.items() if not _is_table(value) and not _is_tables(value)}
    blocks = [_entries(plain)] if plain else []
    for name, value in card.items():
        if _is_table(value):
            blocks += _table(_key(name), value)
        elif _is_tables(value):
            blocks += [f"[[{_key(name)}]]\n{_entries(entry)}" for entry in value]
    return "\n".join(blocks)


def _table(name: str, table: Mapping[str, Any]) -> list[str]:
    """[name] with its entries, and [name.x] for each entry that is a table itself."""
    inner = {key: value for key, value in table.items() if _is_table(value)}
    plain = {key: value for key, value in table.items() if key not in inner}
    blocks = [f"[{name}]\n{_entries(plain)}"] if plain or not inner else []
    return blocks + [f"[{name}.{_key(key)}]\n{_entries(value)}" for key, value in inner.items()]


def _entries(table: Mapping[str, Any]) -> str:
    return "".join(f"{_key(name)} = {_value(value)}\n" for name, value in table.items())


def _value(value: Any) -> str:
    if isinstance(value, str):
        # JSON's escapes are TOML's too; DEL alone must be escaped in TOML and isn't in JSON.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(name)} = {_value(entry)}" for name, entry in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    raise TypeError(f"TOML has no word for {value!r}")


def _key(name: str) -> str:
    bare = name.isascii() and name.replace("-", "").replace("_", "").isalnum()
    return name if bare else _value(name)


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping)


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(_is_table(entry) for entry in value)


def csv_text(columns: tuple[str, ...], rows: Iterable[Mapping[str, str]]) -> str:
    """Rows as CSV under their header, each line ended by a plain newline."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def table_text(columns: tuple[str, ...], rows: Iterable[Sequence[str]]) -> str:
    """Rows of cells in the order of the columns, as CSV; for very many of them."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([columns, *rows])
    return text.getvalue()


MADE = (1980, 1, 1, 0, 0, 0)  # the earliest date a .zip can hold: the same files make the same bytes


def packed(files: Mapping[str, str | bytes], folder: str, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Files by name as a .zip with one folder in it; the same files make the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as place:
        for name, content in files.items():
            data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
            place.writestr(zipfile.ZipInfo(f"{folder}/{name}", MADE), data, how)
    return made.getvalue()


NUMBER = re.compile(r"[-+−]?[\d.,]+%?(e[-+]?\d+)?", re.IGNORECASE)
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """A cell's text as no spreadsheet takes it for a formula: an apostrophe before what begins like one.

    Numbers with a sign stay as they are (OWASP, CSV injection).
    """
    return f"'{text}" if text.startswith(BEGINS_A_FORMULA) and not NUMBER.fullmatch(text) else text
