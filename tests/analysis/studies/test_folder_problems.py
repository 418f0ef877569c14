"""Broken study folders: each mistake is named with its file and row, and no other study suffers."""

from __future__ import annotations

import copy
import json
import shutil
import tempfile
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis import load_context, load_studies, load_study
from analysis.studies import DATA, Study, offers
from analysis.words import say_in
from tests.analysis.stopwatch import within

GOOD = "moringa-massage-serpong"
OTHER = "cassava-pekanbaru"


@pytest.fixture
def shelf(tmp_path) -> Path:
    """A data folder with two good studies."""
    for name in (GOOD, OTHER):
        shutil.copytree(DATA / name, tmp_path / name)
    return tmp_path


def edit(shelf: Path, file: str, old: str, new: str) -> None:
    path = shelf / GOOD / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def broken(shelf: Path) -> Study:
    """The broken study, after making sure that the other one loads as if nothing had happened."""
    found = load_studies(shelf)
    assert len(found) == 2 and found[OTHER].usable and found[OTHER].figures
    study = next(study for study in found.values() if study.id != OTHER)
    assert not study.usable
    return study


def said(study: Study) -> list[str]:
    return [str(problem) for problem in study.problems]


FIGURES, CLAIMS, CARD = "figures.csv", "claims.csv", "study.toml"
SOURCE = '[source]\nkind = "primary"'
SECOND_ROW = 'moringa,milk-score,before,median,,3.00,"Table 1, Pretest",,,'

# id: (file, text, its replacement, row as a spreadsheet counts it, what the message must hold)
MISTAKES: dict[str, tuple[str, str, str, int | None, tuple[str, ...]]] = {
    "arm": (FIGURES, SECOND_ROW, SECOND_ROW.replace("moringa", "morinag"), 3, ("arm 'morinag'", "'moringa'")),
    "outcome": (FIGURES, SECOND_ROW, SECOND_ROW.replace("milk-score", "milk-scor"), 3, ("'milk-scor'", "'milk-score'")),
    "timepoint": (FIGURES, SECOND_ROW, SECOND_ROW.replace("before", "befor"), 3, ("'befor'", "'before'")),
    "statistic": (FIGURES, SECOND_ROW, SECOND_ROW.replace("median", "medain"), 3, ("'medain'", "'median'")),
    "nothing near": (FIGURES, SECOND_ROW, SECOND_ROW.replace("moringa", "xyz"), 3, ("'xyz'", "moringa, massage")),
    "not a number": (FIGURES, SECOND_ROW, SECOND_ROW.replace("3.00", "three"), 3, ("value 'three'",)),
    "decimal comma": (FIGURES, SECOND_ROW, SECOND_ROW.replace("3.00", '"3,00"'), 3, ("value '3,00'",)),
    "not finite": (FIGURES, SECOND_ROW, SECOND_ROW.replace("3.00", "nan"), 3, ("value 'nan'",)),
    "extra comma": (FIGURES, SECOND_ROW, SECOND_ROW.replace('"', ""), 3, ("cells", "comma")),
    "cell missing": (FIGURES, SECOND_ROW, SECOND_ROW[:-1], 3, ("cells",)),
    "level": (FIGURES, "before,count,2,2,", "before,count,7,2,", 42, ("level '7'", "1, 2, 3, 4, 5")),
    "reference": (CARD, SOURCE, f'[reference]\njurnal = "J"\n{SOURCE}', None, ("'jurnal'", "'journal'")),
    "authors": (CARD, SOURCE, f'[reference]\nauthors = "A"\n{SOURCE}', None, ("reference.authors", "a list of texts")),
    "no reason": (FIGURES, "3.00,median-302", "3.00,", 13, ("reason", "'why'")),
    "reason": (FIGURES, "3.00,median-302", "3.00,median-32", 13, ("'median-32'", "'median-302'")),
    "correction": (FIGURES, "3.00,median-302", "about 3,median-302", 13, ("corrected 'about 3'",)),
    "change at one time": (FIGURES, "before:after,improved", "after,improved", 25, ("'improved'", "'after'")),
    "mean of a change": (FIGURES, "before,median", "before:after,median", 3, ("'median'", "'before:after'")),
    "claim arm": (CLAIMS, "moringa|massage", "moringa|masage", 4, ("'masage'", "'massage'")),
    "claim kind": (CLAIMS, "announced,between", "anounced,between", 4, ("'anounced'", "'announced'")),
    "claim comparison": (CLAIMS, "announced,between", "announced,betwen", 4, ("'betwen'", "'between'")),
    "claim p": (CLAIMS, ",0.035,", ",significant,", 3, ("p 'significant'",)),
    "label as text": (CARD, 'label = { en = "Before (day 1)", id = "Sebelum (hari 1)" }', 'label = "Before"', None,
                      ("timepoints.before.label", "'en'")),
    "design": (CARD, 'design = "quasi-experiment"', 'design = "quasi"', None, ("design 'quasi'",)),
    "source kind": (CARD, 'kind = "primary"', 'kind = "primry"', None, ("'primry'", "'primary'")),
    "role": (CARD, 'role = "comparison"', 'role = "comparision"', None, ("'comparision'", "'comparison'")),
    "n": (CARD, 'n = "17"', 'n = "seventeen"', None, ("arms.moringa.n", "'seventeen'")),
    "scale": (CARD, 'scale = "ordinal"', 'scale = "ordinl"', None, ("'ordinl'", "'ordinal'")),
    "end of step": (CARD, "step = 1\n", 'step = "one"\n', None, ("outcomes.milk-score.step", "'one'")),
    "end of scale": (CARD, "high = 5\n", 'high = "five"\n', None, ("outcomes.milk-score.high", "'five'")),
    "arm twice": (CARD, 'id = "massage"', 'id = "moringa"', None, ("'arms.moringa'", "twice")),
    "arm without id": (CARD, 'id = "massage"\n', "", None, ("'arms.id'",)),
    "not toml": (CARD, "[title]", "[title", None, ("TOML", "line")),
}  # fmt: skip


# the same for what is left unsaid: the study is shown without it
GAPS: dict[str, tuple[str, str, str, int | None, tuple[str, ...]]] = {
    "blank value": (FIGURES, SECOND_ROW, SECOND_ROW.replace("3.00", ""), 3, ("'value' is empty",)),
    "missing locator": (FIGURES, SECOND_ROW, SECOND_ROW.replace('"Table 1, Pretest"', ""), 3, ("locator",)),
    "missing column": (FIGURES, "locator,printed_as", "place,printed_as", 1, ("column 'locator'",)),
    "claim locator": (CLAIMS, '"Table 3, row 2"', "", 2, ("locator",)),
    "claim language": (CLAIMS, "Pijat oksitosin berpengaruh terhadap produksi ASI.", "", 3, ("statement", "'id'")),
    "claim column": (CLAIMS, "statement_en", "statement", 1, ("column 'statement_en'",)),
    "missing language": (CARD, 'id = "Bubuk daun kelor dibandingkan pijat oksitosin, Serpong"\n', "", None, ("'id'",)),
    "end missing": (CARD, "high = 5\n", "", None, ("outcomes.milk-score.low, high",)),
    "licence": (CARD, 'licence = "unknown"\n', "", None, ("'licence'",)),
}  # fmt: skip


each_mistake = pytest.mark.parametrize("mistake", MISTAKES)


@each_mistake
def test_mistake_is_named_with_file_row_and_word(shelf, mistake):
    file, old, new, row, words = MISTAKES[mistake]
    edit(shelf, file, old, new)
    study = broken(shelf)
    about = [problem for problem in study.problems if problem.row == row and problem.file == f"data/{GOOD}/{file}"]
    assert any(all(word in str(problem) for word in words) for problem in about), said(study)


@each_mistake
def test_mistake_is_said_in_both_languages(shelf, mistake):
    file, old, new, _, _ = MISTAKES[mistake]
    edit(shelf, file, old, new)
    for problem in broken(shelf).problems:
        english, indonesian = (say_in(language).note(problem.note, "problem") for language in ("en", "id"))
        assert english != indonesian
        assert not english.startswith("problem.") and not indonesian.startswith("problem.")


@pytest.mark.parametrize("gap", GAPS)
def test_gap_is_named_and_the_study_still_shown(shelf, gap):
    file, old, new, row, words = GAPS[gap]
    edit(shelf, file, old, new)
    study = load_studies(shelf)[GOOD]
    assert study.usable and offers(study)
    about = [found for found in study.gaps if found.row == row and found.file == f"data/{GOOD}/{file}"]
    assert any(all(word in str(found) for word in words) for found in about), study.gaps
    for found in about:
        english, indonesian = (say_in(language).note(found.note, "problem") for language in ("en", "id"))
        assert english != indonesian and not english.startswith("problem.") and not indonesian.startswith("problem.")


def test_complete_folder_has_no_gap():
    assert {study.id: study.gaps for study in load_studies().values() if study.gaps} == {}


def entries(card: dict, above: tuple = ()):
    """Every entry of a card, tables and lists themselves and what they hold, as a path."""
    for key, value in card.items() if isinstance(card, dict) else enumerate(card):
        yield (*above, key)
        if isinstance(value, dict | list):
            yield from entries(value, (*above, key))


def without(card: dict, path: tuple) -> dict:
    card = copy.deepcopy(card)
    parent = card
    for key in path[:-1]:
        parent = parent[key]
    del parent[path[-1]]
    return card


FULL = tomllib.loads((DATA / GOOD / CARD).read_text(encoding="utf-8"))
OPTIONAL = {"year", "country", "doi", "url", "cannot_tell", "notes", "n", "n_note", "dose", "duration", "day", "step",
            "baseline", "founding",
            "cited_by", "allocation", "bias", "trust", "digest",
            "same_people_as"}  # fmt: skip
NAMES = {"id", "why"}  # what rows and figures refer to: without it they have nothing to belong to


@pytest.mark.parametrize("path", list(entries(FULL)), ids=lambda path: ".".join(map(str, path)))
def test_any_entry_of_a_card_may_be_missing(tmp_path, path):
    shutil.copytree(DATA / GOOD, tmp_path / GOOD)
    (tmp_path / GOOD / CARD).write_text(toml_of(without(FULL, path)), encoding="utf-8")
    study = load_study(tmp_path / GOOD)
    said_of = " ".join(map(str, (*study.gaps, *study.problems)))
    if set(path) & NAMES or isinstance(path[-1], int):
        assert study.usable or all(str(problem).startswith("data/") for problem in study.problems)
        return
    assert study.usable, study.problems
    assert offers(study) and any(study.title.values())
    if not set(path) & OPTIONAL:
        assert path[-1] in said_of or path[0] in said_of


def toml_of(card: dict) -> str:
    """The card as TOML on as few lines as it takes (tables inline, since JSON strings are TOML strings)."""

    def inline(value) -> str:
        if isinstance(value, dict):
            return "{" + ", ".join(f"{json.dumps(key)} = {inline(item)}" for key, item in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(map(inline, value)) + "]"
        return json.dumps(value, ensure_ascii=False)

    return "\n".join(f"{json.dumps(key)} = {inline(value)}" for key, value in card.items())


def test_the_writer_of_these_tests_writes_the_same_card():
    assert tomllib.loads(toml_of(FULL)) == FULL


def test_message_reads_as_the_design_promises(shelf):
    edit(shelf, FIGURES, SECOND_ROW, SECOND_ROW.replace("moringa", "morinag"))
    (message,) = said(broken(shelf))
    assert message.startswith(f"data/{GOOD}/figures.csv row 3: arm 'morinag' is not")
    assert message.endswith("(did you mean 'moringa'?)")


def test_all_mistakes_of_a_folder_are_listed_not_only_the_first(shelf):
    for mistake in ("arm", "claim p", "design"):
        file, old, new, _, _ = MISTAKES[mistake]
        edit(shelf, file, old, new)
    assert len(broken(shelf).problems) == 3


def test_two_folders_with_one_id_keep_the_first_and_name_it(shelf):
    shutil.copytree(shelf / GOOD, shelf / "second")
    found = load_studies(shelf)
    assert found[GOOD].usable and found[OTHER].usable
    (twin,) = (study for study in found.values() if not study.usable)
    (message,) = said(twin)
    assert message.startswith("data/second/study.toml") and f"'{GOOD}'" in message and f"data/{GOOD}" in message


def test_three_folders_with_one_id_are_all_listed(shelf):
    for name in ("second", "third"):
        shutil.copytree(shelf / GOOD, shelf / name)
    assert len(load_studies(shelf)) == 4


# id: what is done to the folder, the file that must be named, what the message must hold
DAMAGE: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "no study.toml": (lambda folder: (folder / CARD).unlink(), CARD, "missing"),
    "blank study.toml": (lambda folder: (folder / CARD).write_bytes(b"\n \n"), CARD, "empty"),
    "latin-1": (lambda folder: (folder / FIGURES).write_bytes("é".encode("latin-1")), FIGURES, "UTF-8"),
    "latin-1 card": (lambda folder: (folder / CARD).write_bytes("a = '–é'".encode("cp1252")), CARD, "UTF-8"),
    "utf-16": (lambda folder: (folder / CLAIMS).write_bytes("kind,p".encode("utf-16")), CLAIMS, "UTF-8"),
    "a picture": (lambda folder: (folder / FIGURES).write_bytes(b"\x89PNG\r\n\x1a\n\x00"), FIGURES, "UTF-8"),
    "all gone": (lambda folder: [path.unlink() for path in folder.iterdir()], CARD, "missing"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damaged_file_is_named(shelf, damage):
    break_it, file, word = DAMAGE[damage]
    break_it(shelf / GOOD)
    messages = said(broken(shelf))
    assert any(message.startswith(f"data/{GOOD}/{file}") and word in message for message in messages), messages


@pytest.mark.parametrize(
    ("damage", "word"),
    [
        (lambda file: file.unlink(), "missing"),
        (lambda file: file.write_bytes(b""), "empty"),
        (lambda file: file.write_text("arm;outcome;value\n"), "column"),
    ],
    ids=["none", "empty", "semicolons"],
)
def test_study_without_figures_shows_its_card_and_claims(shelf, damage, word):
    damage(shelf / GOOD / FIGURES)
    study = load_studies(shelf)[GOOD]
    assert study.usable and study.figures == () and study.claims and study.arms
    assert any(FIGURES in str(gap) and word in str(gap) for gap in study.gaps)


def test_wrong_encoding_says_where(shelf):
    good = (shelf / GOOD / FIGURES).read_bytes()
    (shelf / GOOD / FIGURES).write_bytes(good[:100] + b"\xe9" + good[100:])
    assert any("byte 100" in message for message in said(broken(shelf)))


def test_study_without_claims_is_no_mistake(shelf):
    (shelf / GOOD / CLAIMS).unlink()
    study = load_studies(shelf)[GOOD]
    assert study.usable and study.claims == ()


def test_byte_order_mark_and_windows_line_ends_are_no_mistake(shelf):
    for file in (CARD, FIGURES, CLAIMS):
        text = (shelf / GOOD / file).read_text(encoding="utf-8")
        (shelf / GOOD / file).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert load_studies(shelf)[GOOD].figures == load_studies()[GOOD].figures


def test_files_and_hidden_folders_beside_the_studies_are_left_alone(shelf):
    (shelf / "README.md").write_text("no study")
    (shelf / ".cache").mkdir()
    (shelf / "_draft").mkdir()
    assert load_studies(shelf).keys() == {GOOD, OTHER}


# -- what a card may hold by mistake: any TOML in any place ------------------------------------------------------

LABEL = 'label = { en = "Before (day 1)", id = "Sebelum (hari 1)" }\n'
BEFORE_TABLES = 'id = "moringa-massage-serpong"\n'


def tables(name: str) -> tuple[str, str]:
    return f"[[{name}]]", f"[{name}]"


# id: (text, replacement), each in study.toml
UNUSUAL: dict[str, tuple[str, str]] = {
    "id is a number": (BEFORE_TABLES, "id = 3\n"),
    "id is a table": (BEFORE_TABLES, "id = { en = 'x' }\n"),
    "title is text": ('[title]\nen = "Moringa leaf powder against oxytocin massage, Serpong"\n', 'title = "x"\n[t]\n'),
    "cannot_tell is a number": (BEFORE_TABLES, f"{BEFORE_TABLES}tell = 1\ncannot_tell = 3\n"),
    "why is a number": (BEFORE_TABLES, f"{BEFORE_TABLES}why = 3\n"),
    "why is a list": (BEFORE_TABLES, f"{BEFORE_TABLES}why = [1]\n"),
    "digest is text": ('kind = "primary"', 'kind = "primary"\ndigest = "yes"'),
    "source is text": ('[source]\nkind = "primary"', 'source = "primary"'),
    "notes hold numbers": (BEFORE_TABLES, f"{BEFORE_TABLES}notes = [1, 2]\n"),
    "label is missing": (LABEL, ""),
    "label is a number": (LABEL, "label = 3\n"),
    "label is a list": (LABEL, 'label = ["a", "b"]\n'),
    "unit is text": ('unit = { en = "score 1–5", id = "skor 1–5" }', 'unit = "score"'),
    "low is a fraction": ("low = 1\n", "low = 1.5\n"),
    "high is a table": ("high = 5\n", "high = {}\n"),
    "step is 0": ("step = 1\n", "step = 0\n"),
    "n is a list": ('n = "17"', "n = [17]"),
    "n is a raised 2": ('n = "17"', 'n = "²"'),
    "n is 0": ('n = "17"', 'n = "0"'),
    "design is a list": ('design = "quasi-experiment"', 'design = ["randomised"]'),
    "year is text": ("year = 2023", 'year = "soon"'),
    "day is text": ("day = 1\n", 'day = "one"\n'),
}
for part in ("arms", "outcomes", "timepoints"):
    UNUSUAL[f"{part} is a number"] = (BEFORE_TABLES, f"{BEFORE_TABLES}{part} = 3\n")
    UNUSUAL[f"{part} are texts"] = (BEFORE_TABLES, f'{BEFORE_TABLES}{part} = ["a"]\n')


@pytest.mark.parametrize("mistake", UNUSUAL)
def test_unusual_card_never_raises_and_is_listed(shelf, mistake):
    old, new = UNUSUAL[mistake]
    card = (shelf / GOOD / CARD).read_text(encoding="utf-8")
    if mistake.split()[0] in ("arms", "outcomes", "timepoints", "why", "notes", "cannot_tell"):
        card = without_tables(card, mistake.split()[0])
    assert old in card
    (shelf / GOOD / CARD).write_text(card.replace(old, new, 1), encoding="utf-8")
    study = load_study(shelf / GOOD)
    assert study.problems or study.gaps
    assert all(str(found).startswith("data/") for found in (*study.problems, *study.gaps))


def without_tables(card: str, name: str) -> str:
    """The card without the [[name]] and [name.x] tables, so that `name = …` alone stands there."""
    blocks = card.split("\n\n")
    return "\n\n".join(block for block in blocks if not block.startswith((f"[[{name}]]", f"[{name}.")))


# -- random damage ----------------------------------------------------------------------------------------------

SOURCES = (GOOD, OTHER, "triananinsi", "education-rosita", "context")
SCRAPS = ("", "3", "²", "nan", "1e400", "before:after", ":", "|", '"', ",", "yes", "<", ">0.05", "[[x]]", "\x00", "= 3")


@st.composite
def damaged(draw) -> tuple[str, str, bytes]:
    """A study, one of its files, and the bytes that the file gets."""
    study = draw(st.sampled_from(SOURCES))
    file = draw(st.sampled_from((CARD, FIGURES, CLAIMS)))
    good = (DATA / study / file).read_bytes()
    return study, file, draw(st.sampled_from((in_a_line, in_a_cell, in_bytes)).flatmap(lambda how: how(good)))


@st.composite
def in_a_line(draw, good: bytes) -> bytes:
    lines = good.decode().split("\n")
    at = draw(st.integers(0, len(lines) - 1))
    lines[at : at + 1] = draw(st.sampled_from(([], [""], [lines[at]] * 2, ["x"], [f"x = 3\n{lines[at]}"])))
    return "\n".join(lines).encode()


@st.composite
def in_a_cell(draw, good: bytes) -> bytes:
    lines = good.decode().split("\n")
    at = draw(st.integers(0, len(lines) - 1))
    mark = "=" if "=" in lines[at] else ","
    cells = lines[at].split(mark)
    cells[draw(st.integers(0, len(cells) - 1))] = draw(st.sampled_from(SCRAPS))
    lines[at] = mark.join(cells)
    return "\n".join(lines).encode()


@st.composite
def in_bytes(draw, good: bytes) -> bytes:
    at, length = draw(st.integers(0, len(good))), draw(st.integers(0, 40))
    return good[:at] + draw(st.binary(max_size=4)) + good[at + length :]


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(damaged())
def test_random_damage_never_makes_loading_raise(case):
    study, file, content = case
    with tempfile.TemporaryDirectory() as shelf:
        for name in {study, OTHER}:
            shutil.copytree(DATA / name, Path(shelf) / name)
        (Path(shelf) / study / file).write_bytes(content)
        found = load_studies(shelf)
        load_context(shelf)
        assert found[OTHER].usable or study == OTHER
        for problem in load_study(Path(shelf) / study).problems:
            assert str(problem).startswith(f"data/{study}/")


@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(damaged())
def test_whatever_loads_without_a_problem_can_be_shown(case):
    study_id, file, content = case
    with tempfile.TemporaryDirectory() as shelf:
        shutil.copytree(DATA / study_id, Path(shelf) / study_id)
        (Path(shelf) / study_id / file).write_bytes(content)
        study = load_study(Path(shelf) / study_id)
    with within(10):
        assert not study.usable or offers(study)
        for outcome in study.outcomes:
            study.participants(outcome)


CAN_BE_READ = {
    "a median less": (f"{SECOND_ROW}\n", ""),
    "an SD less": ('massage,milk-score,before,sd,,0.618,"Table 2, Pretest",,,\n', ""),
    "count without level": ("moringa,milk-score,before,count,4,3,", "moringa,milk-score,before,count,,3,"),
    "half a person": ("moringa,milk-score,before,count,4,3,", "moringa,milk-score,before,count,4,3.5,"),
    "half a person better": ("before:after,improved,,14,", "before:after,improved,,14.5,"),
}


@pytest.mark.parametrize("change", CAN_BE_READ)
def test_numbers_that_do_not_fit_are_named_or_leave_no_people(shelf, change):
    edit(shelf, FIGURES, *CAN_BE_READ[change])
    study = load_studies(shelf)[GOOD]
    people = study.participants("milk-score") if study.usable else None
    assert people is not None or change != "a median less"


def test_unknown_method_of_a_claim_is_named(shelf):
    edit(shelf, CLAIMS, "before:after,wilcoxon,", "before:after,wilcoxn,")
    assert any("wilcoxn" in message and "row 2" in message for message in said(broken(shelf)))
