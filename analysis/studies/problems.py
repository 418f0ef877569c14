"""Collecting what is wrong with a study folder, and what it leaves unsaid, each with file, row and nearest word.

A *problem* contradicts something (an unknown word, a text where a number belongs): the folder isn't trusted.
A *gap* is something not said: the study is shown without it, and the gap is named.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from analysis.results import Note
from analysis.words import LANGUAGES, say_in

Text = Mapping[str, str]  # {"en": …, "id": …}


@dataclass(frozen=True)
class Problem:
    """What is wrong with a study folder, where, and (in `note`) what to do about it."""

    file: str
    row: int | None
    note: Note

    def __str__(self) -> str:
        say = say_in("en")
        where = f"{self.file} {say('problem.row', row=self.row)}" if self.row else self.file
        return f"{where}: {say.note(self.note, 'problem')}"


class Folder:
    """Collects what was read from one folder and everything that is wrong with it."""

    def __init__(self, path: Path | zipfile.Path) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.gaps: list[Problem] = []

    def wrong(self, file: str, row: int | None, key: str, **values: object) -> None:
        self.problems.append(Problem(f"data/{self.path.name}/{file}", row, Note(key, values)))

    def unsaid(self, file: str, row: int | None, key: str, **values: object) -> None:
        self.gaps.append(Problem(f"data/{self.path.name}/{file}", row, Note(key, values)))

    def one_of(self, file: str, row: int | None, what: str, word: str, known: Iterable[str]) -> bool:
        """True if `word` is known; a problem that offers the nearest known word if not, a gap if it is blank."""
        known = list(known)
        if word in ("", None):
            self.unsaid(file, row, "missing-entry", entry=what)
            return False
        if word in known:
            return True
        near = get_close_matches(str(word), known, n=1)
        key = "unknown-near" if near else "unknown"
        self.wrong(file, row, key, what=what, word=str(word), near=near[0] if near else "", known=", ".join(known))
        return False

    def text(self, file: str) -> str | None:
        """The file's text; None, and a gap, where it is missing or blank."""
        try:
            text = (self.path / file).read_bytes().decode("utf-8-sig")
        except FileNotFoundError:
            self.unsaid(file, None, "missing-file")
        except UnicodeDecodeError as error:
            self.wrong(file, None, "wrong-encoding", position=error.start)
        else:
            if text.strip():
                return text
            self.unsaid(file, None, "empty-file")
        return None

    def rows(
        self, file: str, columns: tuple[str, ...], needed: tuple[str, ...], optional: tuple[str, ...] = ()
    ) -> list[tuple[int, dict[str, str]]]:
        """The file's rows with their row numbers as a spreadsheet counts them (header is row 1).

        A column that isn't there is blank throughout. A row with a blank in a `needed` column says nothing
        and is left out. Both are gaps; only an `optional` column may be missing without one.
        """
        text = self.text(file)
        if text is None:
            return []
        reader = csv.DictReader(io.StringIO(text, newline=""))
        absent = [name for name in columns if name not in (reader.fieldnames or ())]
        for name in absent:
            if name not in optional:
                self.unsaid(file, 1, "missing-column", column=name, columns=", ".join(columns))
        if set(absent) & set(needed):
            return []
        blank = dict.fromkeys(absent, "")
        rows = [(row, {**blank, **self._clean(file, row, cells)}) for row, cells in enumerate(reader, start=2)]
        return [(row, cells) for row, cells in rows if self._says(file, row, cells, needed)]

    def _clean(self, file: str, row: int, cells: dict[str | None, Any]) -> dict[str, str]:
        if None in cells or None in cells.values():
            self.wrong(file, row, "wrong-cell-count")
        return {name: (cell or "").strip() for name, cell in cells.items() if isinstance(name, str)}

    def _says(self, file: str, row: int, cells: dict[str, str], needed: tuple[str, ...]) -> bool:
        blank = [name for name in needed if not cells[name]]
        for name in blank:
            self.unsaid(file, row, "missing-cell", column=name)
        return not blank

    def both_languages(self, what: str, words: Any) -> dict[str, str]:
        """A text in both languages; a missing one is a gap, anything but a text is a problem."""
        for language in LANGUAGES:
            said = words.get(language) if isinstance(words, dict) else words
            if said is None or (isinstance(said, str) and isinstance(words, dict) and not said.strip()):
                self.unsaid("study.toml", None, "missing-language", what=what, language=language)
            elif not isinstance(words, dict) or not isinstance(said, str):
                self.wrong("study.toml", None, "missing-language", what=what, language=language)
        return {
            language: str(words[language]) if isinstance(words, dict) and language in words else ""
            for language in LANGUAGES
        }
