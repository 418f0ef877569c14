"""What the digest gives, beside what stands in the data folder: nothing that a person changed is overwritten.

`_digest/written.json` keeps the SHA-256 of every file as last written. A file with another text was edited by hand;
its folder is left alone until somebody adopts it as reviewed.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Any, Literal

from analysis.digest.card import card
from analysis.digest.figures import claims, figures
from analysis.digest.reading import Judged, Mistakes, read
from analysis.studies import CLAIM_COLUMNS, FIGURE_COLUMNS, OPTIONAL_IN_CLAIMS, csv_text, read_folder, toml_text

DIGEST, WRITTEN = "_digest", "written.json"
Files = Mapping[str, str]  # file name → text
Standing = Literal["new", "same", "changed", "edited", "reviewed", "foreign", "left over"]


@dataclass(frozen=True)
class Planned:
    """What the digest gives: the files of each study folder, the records left out, and all mistakes."""

    folders: Mapping[str, Files]
    left_out: Mapping[str, str]  # record → why
    mistakes: tuple[str, ...]


@dataclass(frozen=True)
class State:
    """One folder as it stands beside what the digest gives for it.

    `new` and `changed` will be written; `same` and `reviewed` need nothing; `edited` (by hand), `foreign` (never
    written from here) and `left over` (written once, given no more) are left alone and reported.
    """

    id: str
    standing: Standing
    files: Files
    difference: str


def plan(data: Path) -> Planned:
    """What every record with a judgement gives, each folder read once by the reader of cards."""
    mistakes = Mistakes()
    judged = read(data / DIGEST, mistakes)
    folders = {}
    for one in judged:
        if one.decision != "out" and (files := _files(one, mistakes)):
            folders[one.judgement["id"]] = files
    left_out = {one.record["id"]: one.judgement["reason"] for one in judged if one.decision == "out"}
    return Planned(folders, left_out, tuple(mistakes.found))


def _files(one: Judged, mistakes: Mistakes) -> Files | None:
    before = len(mistakes.found)
    numbers, tests = figures(one, mistakes), claims(one, mistakes)
    content = card(one, [*numbers, *tests], mistakes)
    if len(mistakes.found) > before:
        return None
    files = {
        "study.toml": toml_text(content),
        "figures.csv": csv_text(FIGURE_COLUMNS, numbers),
        "claims.csv": _claims_csv(tests),
    }
    for problem in _problems(content["id"], files):
        mistakes.add(one.place, problem)
    return files


def _claims_csv(tests: Sequence[Mapping[str, str]]) -> str:
    """Tests as claims.csv; an optional column only where some test fills it."""
    names = [name for name in CLAIM_COLUMNS if name not in OPTIONAL_IN_CLAIMS or any(one[name] for one in tests)]
    return csv_text(tuple(names), ({name: one[name] for name in names} for one in tests))


def _problems(study: str, files: Files) -> list[str]:
    """What the reader of study folders would say of these files."""
    with tempfile.TemporaryDirectory() as shelf:
        folder = Path(shelf) / study
        folder.mkdir()
        _write(folder, files)
        read = read_folder(folder)
        return [str(found) for found in (*read.problems, *read.gaps)]


def states(planned: Planned, data: Path) -> list[State]:
    """Every folder that the digest gives or once gave, by id."""
    written = _written(data)
    ids = sorted({*planned.folders, *(study for study in written if (data / study).exists())})
    return [_state(data / study, planned.folders.get(study), written.get(study)) for study in ids]


def _state(folder: Path, wanted: Files | None, entry: Mapping[str, Any] | None) -> State:
    def state(standing: Standing) -> State:
        return State(folder.name, standing, wanted or {}, _difference(folder, present, wanted or {}))

    present = _present(folder)
    if not folder.exists():
        return state("new")
    if entry is None:
        return state("foreign")
    as_written = entry["files"] == _hashes(present)
    if entry["reviewed"] and as_written:
        return state("reviewed")
    if wanted is None:
        return state("left over")
    if present == wanted:
        return state("same")
    return state("changed" if as_written else "edited")


def write(found: list[State], data: Path) -> None:
    """Write the folders that are new or changed, and remember every file as written."""
    written = _written(data)
    for state in found:
        if state.standing in ("new", "changed"):
            (data / state.id).mkdir(exist_ok=True)
            _write(data / state.id, state.files)
        if state.standing in ("new", "changed", "same"):
            written[state.id] = {"reviewed": False, "files": _hashes(state.files)}
    _remember(written, data)


def adopt(studies: list[str], planned: Planned, data: Path) -> list[str]:
    """Take the present text of some folders as the reviewed one. Returns the ids that can't be adopted."""
    written = _written(data)
    known = [study for study in studies if (study in planned.folders or study in written) and (data / study).is_dir()]
    for study in known:
        written[study] = {"reviewed": True, "files": _hashes(_present(data / study))}
    _remember(written, data)
    return [study for study in studies if study not in known]


def _written(data: Path) -> dict[str, Any]:
    path = data / DIGEST / WRITTEN
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def _remember(written: Mapping[str, Any], data: Path) -> None:
    text = json.dumps(written, indent=1, sort_keys=True) + "\n"
    (data / DIGEST / WRITTEN).write_text(text, encoding="utf-8", newline="\n")


FILES = ("study.toml", "figures.csv", "claims.csv")


def _present(folder: Path) -> dict[str, str]:
    """Text of the files on disk. Line ends count: a spreadsheet that saved a file has touched it."""
    return {name: (folder / name).read_bytes().decode("utf-8", "replace") for name in FILES if (folder / name).exists()}


def _write(folder: Path, files: Files) -> None:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _hashes(files: Files) -> dict[str, str]:
    return {name: hashlib.sha256(text.encode()).hexdigest() for name, text in files.items()}


def _difference(folder: Path, present: Files, wanted: Files) -> str:
    """What writing would change, as a unified diff."""
    lines: list[str] = []
    for name in FILES:
        old, new = (files.get(name, "").splitlines(keepends=True) for files in (present, wanted))
        lines += unified_diff(old, new, f"{folder.name}/{name} (as it stands)", f"{folder.name}/{name} (as given)")
    return "".join(lines)
