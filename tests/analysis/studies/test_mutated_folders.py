"""Study folders with something wrong: what can't be read is a problem with its place, and nothing falls over.

`MUTANTS=5000 pytest tests/analysis/test_mutated_folders.py` takes more of them; the seed is fixed.
"""

from __future__ import annotations

import copy
import csv
import os
import random
import shutil
import tomllib
from collections.abc import Iterator
from functools import reduce
from pathlib import Path

from analysis import check_study, load_study
from analysis.asking import attempt, before_after, between, detectable, methods_for, reproductions
from analysis.checks import ledger, picture_of, printed_bound, trust
from analysis.checks.recomputed import question_of
from analysis.evidence.contrasts import contrasts_of, effects_of
from analysis.studies import DATA, offers, study_folders
from analysis.telling import between_sentence, printed_sentence, within_sentence
from analysis.words import say_in

MUTANTS = int(os.environ.get("MUTANTS", "160"))
EVERY = MUTANTS >= 1000  # every kind of wrong value at every kind of place of a card
SEED = 11
NONSENSE = (
    *("", " ", "x", "0", "-1", "1", "3", "17", "999999", "1e9", "1e-9", "3.5", "3,5", "0.000", "<0.05", "nan", "½"),
    *(":", "a:b", "a:b:c", "after:", ":after", "before:before", "a|b", "|", "*x*", "<b>", "t = 2,1", "F(1; 2) = 3"),
)
VALUES = ("1", "-3", "2.5", "true", "[]", "{}", '"x"', '""', "[1, 2]")  # of a card
SAY = {language: say_in(language) for language in ("en", "id")}


def mutated(folder: Path, chance: random.Random) -> str:
    """One or two changes of one file; says which."""
    file = chance.choice(["figures.csv", "figures.csv", "claims.csv", "study.toml"])
    if not (folder / file).exists() or (file != "study.toml" and len(_read(folder / file)[0]) < 2):
        return f"nothing to change in {file}"
    change = chance.choice([_card] if file == "study.toml" else [_cell, _cell, _cell, _row, _column, _swap])
    return f"{file}: {change(folder / file, chance)}"


def _read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def _write(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def _cell(path: Path, chance: random.Random) -> str:
    rows = _read(path)
    if len(rows) < 2:
        return "nothing to change"
    row, column = chance.randrange(1, len(rows)), chance.randrange(len(rows[0]))
    others = [cell for other in rows[1:] for cell in other]
    value = chance.choice([*NONSENSE, *chance.sample(others, min(20, len(others)))])
    rows[row] = [*rows[row][:column], value, *rows[row][column + 1 :]]
    _write(path, rows)
    return f"row {row + 1}, {rows[0][column]} = {value!r}"


def _row(path: Path, chance: random.Random) -> str:
    rows = _read(path)
    place = chance.randrange(len(rows))
    if chance.random() < 0.5:
        rows.insert(place, list(rows[place]))
    else:
        rows[place] = rows[place][: chance.randrange(len(rows[place]) + 1)]
    _write(path, rows)
    return f"row {place + 1} twice or cut short"


def _column(path: Path, chance: random.Random) -> str:
    rows, column = _read(path), 0
    column = chance.randrange(len(rows[0]))
    name = rows[0][column]
    _write(path, [[cell for place, cell in enumerate(row) if place != column] for row in rows])
    return f"no column {name}"


def _swap(path: Path, chance: random.Random) -> str:
    rows = _read(path)
    a, b = chance.sample(range(len(rows[0])), 2)
    for row in rows[1:]:
        if max(a, b) < len(row):
            row[a], row[b] = row[b], row[a]
    _write(path, rows)
    return f"{rows[0][a]} and {rows[0][b]} swapped"


def _card(path: Path, chance: random.Random) -> str:
    lines = path.read_text(encoding="utf-8").splitlines()
    places = [place for place, line in enumerate(lines) if "=" in line]
    place = chance.choice(places)
    before = lines[place]
    key = before.split("=")[0].strip()
    if chance.random() < 0.4:
        del lines[place]
    else:
        lines[place] = f"{key} = {chance.choice(VALUES)}"
    path.write_text("\n".join(lines), encoding="utf-8")
    return f"{before!r} → {lines[place] if place < len(lines) else ''!r}"


def used(study) -> None:
    """Everything that the screens ask of a study."""
    findings = check_study(study)
    for finding in findings:
        for say in SAY.values():
            say.note(finding.verdict.explanation, "check")
        picture_of(study, finding)
    ledger(study), trust(study), offers(study)
    for contrast in contrasts_of(study):
        effects_of(contrast)
    for claim in study.claims:
        if question := question_of(study, claim):
            reproductions(question)
    if study.laid_out:
        _questions(study, tuple(study.timepoints))


def _questions(study, times: tuple[str, ...]) -> None:
    for outcome in study.outcomes:
        study.participants(outcome)
        printed_bound(study, outcome)
        for arm in study.arms:
            _asked(before_after(study, outcome, arm, times), "within", (within_sentence, printed_sentence))
        if len(study.arms) > 1:
            pair = tuple(study.arms)[:2]
            for quantity in ("after", "change") if len(times) > 1 else ("after",):
                asked = between(study, outcome, pair, times, quantity)
                _asked(asked, "between", (lambda question, say: between_sentence(question, 0, say),))


def _asked(question, kind: str, sentences) -> None:
    detectable(question)
    for method in methods_for(kind)[:6]:
        attempt(question, method)
    for say in SAY.values():
        for sentence in sentences:
            sentence(question, say)


WRONG = (-3, 0, 1e9, "", "x", True, [], [[]], [["x"]], ["x", 3], [None], {}, {"x": {}}, {"en": 3}, [{}], [{"id": []}])


def places_of(card: object, above: tuple = ()) -> Iterator[tuple]:
    """The way to every entry of a card, tables and lists included."""
    entries = card.items() if isinstance(card, dict) else enumerate(card) if isinstance(card, list) else ()
    for key, value in entries:
        yield (*above, key)
        yield from places_of(value, (*above, key))


def with_value(card: dict, place: tuple, value: object) -> dict:
    changed = copy.deepcopy(card)
    table = reduce(lambda one, key: one[key], place[:-1], changed)
    table[place[-1]] = value
    return changed


def kinds_of_places() -> dict[tuple, tuple[Path, tuple]]:
    """One place of each kind in the cards of the library: where a list or an id stands, any of them."""
    found: dict[tuple, tuple[Path, tuple]] = {}
    for folder in study_folders(DATA):
        for place in places_of(tomllib.loads((folder / "study.toml").read_text("utf-8"))):
            found.setdefault(tuple("*" if isinstance(key, int) else key for key in place), (folder, place))
    return found


def test_any_entry_of_a_card_may_be_of_any_kind(monkeypatch):
    """A card with a value of another kind somewhere: its problems name the card, and a usable study is usable."""
    chance, kinds = random.Random(SEED), kinds_of_places()
    wrong = [(kind, value) for kind in kinds for value in WRONG]
    for kind, value in wrong if EVERY else chance.sample(wrong, MUTANTS):
        folder, place = kinds[kind]
        card = tomllib.loads((folder / "study.toml").read_text("utf-8"))
        changed = with_value(card, place, copy.deepcopy(value))
        monkeypatch.setattr("analysis.studies.card.tomllib.loads", lambda _, changed=changed: changed)
        try:
            study = load_study(folder)
            assert all(str(problem) for problem in (*study.problems, *study.gaps))
            if study.usable:
                used(study)
        except Exception as error:
            error.add_note(f"{folder.name}: {place} = {value!r}")
            raise
        finally:
            monkeypatch.undo()


def test_a_mutated_folder_is_told_or_shown_and_never_falls_over(tmp_path):
    chance, folders = random.Random(SEED), study_folders(DATA)
    usable = 0
    for number in range(MUTANTS):
        source = chance.choice(folders)
        folder = tmp_path / f"{number}" / source.name
        shutil.copytree(source, folder)
        told = [mutated(folder, chance) for _ in range(chance.choice((1, 1, 2)))]
        try:
            study = load_study(folder)
            for problem in (*study.problems, *study.gaps):
                assert str(problem)
            if study.usable:
                used(study)
                usable += 1
        except Exception as error:
            error.add_note(f"mutant {number} of {source.name}: {told}")
            raise
    assert MUTANTS / 5 < usable < MUTANTS  # both kinds were met
