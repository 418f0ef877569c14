"""The study library: every folder under `data/` as a `Study`.

A folder that can't be read is still listed, with its `problems`, and never takes the others down.
"""

from __future__ import annotations

import csv
from pathlib import Path

from analysis.results import Note
from analysis.studies.card import read_folder
from analysis.studies.problems import Problem
from analysis.studies.study import Study

ROOM = Path(__file__).resolve().parent
INSTALLED = ROOM.parent / "data"
DATA = INSTALLED if INSTALLED.is_dir() else ROOM.parents[1] / "data"  # in the source it stands beside `analysis`


def load_study(folder: Path | str) -> Study:
    """Read one study folder; whatever is wrong with it is in `.problems`, nothing is raised."""
    try:
        return read_folder(Path(folder))
    except (OSError, csv.Error, ValueError) as error:  # a folder no reader of ours can open is still listed
        name = Path(folder).name
        return Study(id=name, problems=(Problem(f"data/{name}", None, Note("unreadable", {"reason": str(error)})),))


def load_studies(folder: Path | str | None = None) -> dict[str, Study]:
    """All studies under `folder` (default: this project's `data/`), by id, broken ones included.

    Background figures (`source.kind = "context"`) are no study; see `load_context`.
    """
    found = [load_study(path) for path in study_folders(folder)]
    return {study.id: study for study in _mark_duplicates(found) if not is_context(study)}


def load_context(folder: Path | str | None = None) -> list[Study]:
    """The folders of background figures: coverage and targets that studies quote."""
    return [study for study in map(load_study, study_folders(folder)) if is_context(study)]


def is_context(study: Study) -> bool:
    return study.source_kind == "context"


def study_folders(folder: Path | str | None = None) -> list[Path]:
    """The folders that hold studies or background; a name that begins with "." or "_" is something else."""
    root = Path(folder) if folder else DATA
    return sorted(path for path in root.iterdir() if path.is_dir() and not path.name.startswith((".", "_")))


def _mark_duplicates(studies: list[Study]) -> list[Study]:
    """The second folder with an id already taken is listed under its folder name, as broken."""
    seen: dict[str, Study] = {}
    for study in studies:
        folder = study.card.get("folder", study.id)
        if study.id not in seen:
            seen[study.id] = study
            continue
        note = Note("duplicate-id", {"id": study.id, "other": seen[study.id].card.get("folder", "")})
        seen[f"{study.id} ({folder})"] = Study(
            id=f"{study.id} ({folder})", problems=(Problem(f"data/{folder}/study.toml", None, note),)
        )
    return list(seen.values())
