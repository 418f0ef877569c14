"""Reading and checking one study folder: study.toml, figures.csv, claims.csv, participants.csv.

Every mistake becomes a `Problem` that names file, row, the word that is wrong and, where one is
close, the word that was probably meant. All mistakes of a folder are collected, not only the first.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from analysis.results import Note
from analysis.studies import Arm, Claim, Figure, Measure, Problem, Study, Timepoint

LANGUAGES = ("en", "id")
DESIGNS = ("randomised", "quasi-experiment", "before-after", "post-only", "observational")
SOURCE_KINDS = ("primary", "abstract", "cited-in", "context")
ROLES = ("intervention", "comparison", "control", "single", "population")
N_KNOWN = ("printed", "derived", "not printed")
SCALES = ("continuous", "ordinal", "binary", "percentage")
BETTER = ("higher", "lower", "neither")
LEVELS_OF_BINARY = ("yes", "no")
STATISTICS = (
    "n",
    "mean",
    "sd",
    "se",
    "median",
    "q1",
    "q3",
    "minimum",
    "maximum",
    "count",
    "percent",
    "r",
    "change_mean",
    "change_sd",
    "change_percent",
    "improved",
    "worsened",
    "unchanged",
    "mean_rank_positive",
    "mean_rank_negative",
    "mean_rank_difference",
)
OF_CHANGE = frozenset(STATISTICS[STATISTICS.index("r") :])
CLAIM_KINDS = ("result", "announced", "conclusion")
COMPARISONS = ("within", "between", "association", "none")
FIGURE_COLUMNS = (
    "arm",
    "outcome",
    "timepoint",
    "statistic",
    "level",
    "value",
    "locator",
    "printed_as",
    "corrected",
    "why",
)
CLAIM_COLUMNS = (
    "kind",
    "comparison",
    "arms",
    "outcome",
    "timepoint",
    "method",
    "named",
    "statistic",
    "p",
    "statement_en",
    "statement_id",
    "locator",
)


class _Folder:
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
            if not isinstance(words, dict) or not str(words.get(language, "")).strip():
                self.wrong("study.toml", None, "missing-language", what=what, language=language)
        return words if isinstance(words, dict) else dict.fromkeys(LANGUAGES, "")


def read_folder(path: Path) -> Study:
    """Read a folder into a `Study`; with problems, the study carries them and nothing else is trusted."""
    folder = _Folder(path)
    card = _card(folder)
    if card is None:
        return Study(id=path.name, problems=tuple(folder.problems))
    study_id = card.get("id", path.name)
    parts = {"arms": _arms(folder, card), "outcomes": _outcomes(folder, card), "timepoints": _timepoints(folder, card)}
    figures = _figures(folder, card, parts)
    claims = _claims(folder, parts)
    if folder.problems:
        return Study(id=study_id, card=_safe_card(card, path), problems=tuple(folder.problems))
    return Study(id=study_id, card={**card, "folder": path.name}, **parts, figures=figures, claims=claims)


def _safe_card(card: dict[str, Any], path: Path) -> dict[str, Any]:
    """What a broken study may still show of itself: its source kind and its folder."""
    source = card.get("source")
    return {"folder": path.name, "source": source if isinstance(source, dict) else {}}


def _card(folder: _Folder) -> dict[str, Any] | None:
    text = folder.text("study.toml")
    if text is None:
        return None
    try:
        card = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        folder.wrong("study.toml", None, "not-toml", reason=str(error))
        return None
    for name in ("id", "citation", "licence", "retrieved", "design"):
        if not str(card.get(name, "")).strip():
            folder.wrong("study.toml", None, "missing-entry", entry=name)
    for name in ("title", "short_title", "setting", "result"):
        card[name] = folder.both_languages(name, card.get(name))
    for text in [*card.get("cannot_tell", []), *card.get("notes", []), *card.get("why", {}).values()]:
        folder.both_languages("cannot_tell, notes or why", text)
    folder.one_of("study.toml", None, "design", card.get("design", ""), DESIGNS)
    folder.one_of("study.toml", None, "source.kind", card.get("source", {}).get("kind", ""), SOURCE_KINDS)
    return card


def _entries(folder: _Folder, card: dict[str, Any], name: str) -> dict[str, dict[str, Any]]:
    """The [[name]] tables of the card by id, each with a unique id and a label in both languages."""
    found: dict[str, dict[str, Any]] = {}
    for entry in card.get(name, []):
        key = str(entry.get("id", ""))
        if not key or key in found:
            folder.wrong(
                "study.toml", None, "duplicate-entry" if key else "missing-entry", entry=f"{name}.{key or 'id'}"
            )
            continue
        folder.both_languages(f"{name}.{key}.label", entry.get("label"))
        found[key] = entry
    if not found:
        folder.wrong("study.toml", None, "missing-entry", entry=f"[[{name}]]")
    return found


def _arms(folder: _Folder, card: dict[str, Any]) -> dict[str, Arm]:
    blank = dict.fromkeys(LANGUAGES, "")
    arms = {}
    for key, entry in _entries(folder, card, "arms").items():
        folder.one_of("study.toml", None, f"arms.{key}.role", entry.get("role", ""), ROLES)
        folder.one_of("study.toml", None, f"arms.{key}.n_known", entry.get("n_known", ""), N_KNOWN)
        n = str(entry["n"]) if entry.get("n") else None
        if n is not None and not n.isdigit():
            folder.wrong("study.toml", None, "not-a-number", what=f"arms.{key}.n", text=n)
        optional = {
            name: folder.both_languages(f"arms.{key}.{name}", entry[name]) if name in entry else blank
            for name in ("n_note", "dose", "duration")
        }
        arms[key] = Arm(key, entry["label"], entry.get("role", ""), n, entry.get("n_known", ""), **optional)
    return arms


def _outcomes(folder: _Folder, card: dict[str, Any]) -> dict[str, Measure]:
    outcomes = {}
    for key, entry in _entries(folder, card, "outcomes").items():
        folder.one_of("study.toml", None, f"outcomes.{key}.scale", entry.get("scale", ""), SCALES)
        folder.one_of("study.toml", None, f"outcomes.{key}.better", entry.get("better", ""), BETTER)
        unit = folder.both_languages(f"outcomes.{key}.unit", entry.get("unit"))
        ends = {name: entry[name] for name in ("low", "high", "step") if name in entry}
        for name, end in ends.items():
            if not isinstance(end, int):
                folder.wrong("study.toml", None, "not-a-number", what=f"outcomes.{key}.{name}", text=str(end))
        if entry.get("scale") == "ordinal" and not {"low", "high"} <= ends.keys():
            folder.wrong("study.toml", None, "missing-entry", entry=f"outcomes.{key}.low, high")
        if entry.get("scale") == "binary":
            ends = {"low": 0, "high": 1}
        outcomes[key] = Measure(key, entry["label"], unit, entry.get("scale", ""), entry.get("better", ""), **ends)
    return outcomes


def _timepoints(folder: _Folder, card: dict[str, Any]) -> dict[str, Timepoint]:
    entries = _entries(folder, card, "timepoints")
    return {key: Timepoint(key, entry["label"], entry.get("day")) for key, entry in entries.items()}


def _figures(folder: _Folder, card: dict[str, Any], parts: dict[str, dict]) -> tuple[Figure, ...]:
    figures = []
    for row, cells in folder.rows("figures.csv", FIGURE_COLUMNS):
        _check_figure(folder, row, cells, card, parts)
        optional = {name: cells[name] or None for name in ("printed_as", "corrected", "why")}
        required = {name: cells[name] for name in FIGURE_COLUMNS if name not in optional}
        figures.append(Figure(**required, **optional, row=row))
    return tuple(figures)


def _check_figure(folder: _Folder, row: int, cells: dict[str, str], card: dict[str, Any], parts: dict) -> None:
    file = "figures.csv"
    folder.one_of(file, row, "arm", cells["arm"], parts["arms"])
    known_outcome = folder.one_of(file, row, "outcome", cells["outcome"], parts["outcomes"])
    known_statistic = folder.one_of(file, row, "statistic", cells["statistic"], STATISTICS)
    for timepoint in cells["timepoint"].split(":"):
        folder.one_of(file, row, "timepoint", timepoint, parts["timepoints"])
    if known_statistic and (":" in cells["timepoint"]) != (cells["statistic"] in OF_CHANGE):
        folder.wrong(file, row, "wrong-timepoint", statistic=cells["statistic"], timepoint=cells["timepoint"])
    if not cells["locator"]:
        folder.wrong(file, row, "missing-locator")
    for name in ("value", "corrected"):
        if (cells[name] or name == "value") and not _is_number(cells[name]):
            folder.wrong(file, row, "not-a-number", what=name, text=cells[name])
    if cells["corrected"] and not cells["why"]:
        folder.wrong(file, row, "correction-without-reason")
    if cells["why"]:
        folder.one_of(file, row, "why", cells["why"], card.get("why", {}))
    if cells["level"] and known_outcome:
        folder.one_of(file, row, "level", cells["level"], _levels(parts["outcomes"][cells["outcome"]]))


def _levels(outcome: Measure) -> list[str]:
    if outcome.scale == "ordinal" and outcome.low is not None and outcome.high is not None:
        return [str(v) for v in range(outcome.low, outcome.high + 1, outcome.step)]
    return list(LEVELS_OF_BINARY)


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _claims(folder: _Folder, parts: dict[str, dict]) -> tuple[Claim, ...]:
    if not (folder.path / "claims.csv").exists():
        return ()
    return tuple(_claim(folder, row, cells, parts) for row, cells in folder.rows("claims.csv", CLAIM_COLUMNS))


def _claim(folder: _Folder, row: int, cells: dict[str, str], parts: dict[str, dict]) -> Claim:
    file = "claims.csv"
    arms = tuple(cells["arms"].split("|")) if cells["arms"] else ()
    for arm in arms:
        folder.one_of(file, row, "arm", arm, parts["arms"])
    if cells["outcome"]:
        folder.one_of(file, row, "outcome", cells["outcome"], parts["outcomes"])
    for timepoint in filter(None, cells["timepoint"].split(":")):
        folder.one_of(file, row, "timepoint", timepoint, parts["timepoints"])
    folder.one_of(file, row, "kind", cells["kind"], CLAIM_KINDS)
    folder.one_of(file, row, "comparison", cells["comparison"], COMPARISONS)
    if not cells["locator"]:
        folder.wrong(file, row, "missing-locator")
    if cells["p"] and not _is_number(cells["p"].lstrip("<>=≤≥ ")):
        folder.wrong(file, row, "not-a-number", what="p", text=cells["p"])
    statement = {language: cells[f"statement_{language}"] for language in LANGUAGES}
    for language in LANGUAGES:
        if not statement[language]:
            folder.wrong(file, row, "missing-language", what="statement", language=language)
    same = {
        name: cells[name] for name in ("kind", "comparison", "outcome", "timepoint", "named", "statistic", "locator")
    }
    return Claim(**same, arms=arms, method=cells["method"] or None, p=cells["p"] or None, statement=statement, row=row)
