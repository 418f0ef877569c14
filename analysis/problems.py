"""Collecting everything that is wrong with a study folder, each mistake with file, row and nearest word."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from analysis.results import Note
from analysis.studies import Problem

LANGUAGES = ("en", "id")


class Folder:
    """Collects what was read from one folder and everything that is wrong with it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def wrong(self, file: str, row: int | None, key: str, **values: object) -> None:
        self.problems.append(Problem(f"data/{self.path.name}/{file}", row, Note(key, values)))

    def one_of(self, file: str, row: int | None, what: str, word: str, known: Iterable[str]) -> bool:
        """True if `word` is known; else a problem that offers the nearest known word."""
        known = list(known)
        if word in known:
            return True
        near = get_close_matches(str(word), known, n=1)
        key = "unknown-near" if near else "unknown"
        self.wrong(file, row, key, what=what, word=str(word), near=near[0] if near else "", known=", ".join(known))
        return False

    def text(self, file: str) -> str | None:
        try:
            text = (self.path / file).read_bytes().decode("utf-8-sig")
        except FileNotFoundError:
            self.wrong(file, None, "missing-file")
        except UnicodeDecodeError as error:
            self.wrong(file, None, "wrong-encoding", position=error.start)
        else:
            if text.strip():
                return text
            self.wrong(file, None, "empty-file")
        return None

    def rows(self, file: str, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
        """The file's rows with their row numbers as a spreadsheet counts them (header is row 1)."""
        text = self.text(file)
        if text is None:
            return []
        reader = csv.DictReader(io.StringIO(text, newline=""))
        missing = [name for name in columns if name not in (reader.fieldnames or ())]
        for name in missing:
            self.wrong(file, 1, "missing-column", column=name, columns=", ".join(columns))
        if missing:
            return []
        return [(row, self._clean(file, row, cells)) for row, cells in enumerate(reader, start=2)]

    def _clean(self, file: str, row: int, cells: dict[str | None, Any]) -> dict[str, str]:
        if None in cells or None in cells.values():
            self.wrong(file, row, "wrong-cell-count")
        return {name: (cell or "").strip() for name, cell in cells.items() if isinstance(name, str)}

    def both_languages(self, what: str, words: Any) -> dict[str, str]:
        """A text in both languages; a missing one is a problem, an absent optional text is blank."""
        for language in LANGUAGES:
            if not isinstance(words, dict) or not isinstance(words.get(language), str) or not words[language].strip():
                self.wrong("study.toml", None, "missing-language", what=what, language=language)
        return {
            language: str(words[language]) if isinstance(words, dict) and language in words else ""
            for language in LANGUAGES
        }
