"""Whatever a file does, it ends in a study, in a list of what doesn't fit, or in a sentence: never in an error."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.uploads import About, NotRead, draft, personal_columns, propose, read_file, sheet_of
from analysis.words import LANGUAGES, say_in
from tests.analysis.uploads.broken import broken_files, whole

SECONDS, MEGABYTES = 2.0, 1024  # of work and of memory that one file may take


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> list[tuple[str, bytes]]:
    return broken_files(tmp_path_factory.mktemp("broken"))


def uploaded(content: bytes, name: str) -> tuple[str, float, float]:
    """How it ended ("study", "blocked", or the key of a refusal), seconds and megabytes that reading took."""
    began = time.process_time()
    try:
        file = read_file(content, name)
    except NotRead as refused:
        assert_said("upload-refused", refused.note)
        return refused.note.key, time.process_time() - began, 0
    ended = ""
    for place in range(min(3, len(file.grids))):
        try:
            sheet = sheet_of(file, place)
        except NotRead as refused:
            assert_said("upload-refused", refused.note)
            ended = ended or refused.note.key
            continue
        personal_columns(sheet)
        made = draft(sheet, propose(sheet), About(Path(name).stem))
        for fault in made.faults:
            assert all(
                say_in(language).has(f"upload-{what}.{fault.key}")
                for what in ("fault", "fix")
                for language in LANGUAGES
            )
        assert made.study is None or made.study.usable, [str(problem) for problem in made.study.problems]
        ended = "study" if made.study else "blocked"
    return ended, time.process_time() - began + file.seconds, file.megabytes


def assert_said(room: str, note) -> None:
    for language in LANGUAGES:
        said = say_in(language).note(note, room)
        assert said != f"{room}.{note.key}" and not re.search(r"\{|Traceback|Error", said)


def test_no_broken_file_breaks_anything(files):
    assert len(files) >= 200 and len({name for name, _ in files}) == len(files)
    found = {name: uploaded(content, name) for name, content in files}
    assert {name: spent for name, (_, *spent) in found.items() if spent[0] > SECONDS or spent[1] > MEGABYTES} == {}
    ends = [end for end, *_ in found.values()]
    assert len(set(ends)) >= 10 and ends.count("study") >= 30
    assert {found[f"a bomb.{kind}"][0] for kind in ("xlsx", "ods")} == {"unpacks-too-large"}
    assert found["a million rows.csv"][0] == found["columns and rows.csv"][0] == "too-many-cells"
    assert found["a very wide header.csv"][0] == found["a long line.csv"][0] == "too-many-columns"


def test_nothing_outside_the_file_is_read(files):
    """An entity that names a file of the machine stays a name, or the workbook is refused."""
    contents = dict(files)
    for kind in ("xlsx", "ods"):
        try:
            rows = [grid.rows for grid in read_file(contents[f"xxe.{kind}"], f"xxe.{kind}").grids]
        except NotRead:
            continue
        assert Path("/etc/hostname").read_text().strip() not in str(rows)


@pytest.fixture(scope="module")
def good(tmp_path_factory) -> dict[str, bytes]:
    return whole(tmp_path_factory.mktemp("good"))


fuzzed = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@fuzzed
@given(st.data())
def test_any_change_to_a_good_file_is_survived(good, data):
    ending = data.draw(st.sampled_from(sorted(good)))
    changed = bytearray(good[ending])
    for place in data.draw(st.lists(st.integers(0, len(changed) - 1), min_size=1, max_size=30)):
        changed[place] = data.draw(st.integers(0, 255))
    uploaded(bytes(changed), f"x.{ending}")


cells = st.one_of(
    st.text(max_size=12),
    st.integers(-20, 20).map(str),
    st.floats().map(str),
    st.sampled_from(["", "ya", "tidak", "NA"]),
)


@fuzzed
@given(st.lists(st.lists(cells, max_size=6), max_size=12), st.sampled_from(",;\t"))
def test_any_table_is_survived(rows, separator):
    text = "\n".join(separator.join(row) for row in rows)
    uploaded(text.encode("utf-8", "surrogatepass"), "x.csv")


headings = st.sampled_from(
    [
        "id",
        "nama",
        "group",
        "kelompok",
        "pre",
        "post",
        "waktu",
        "day 1",
        "n",
        "mean",
        "sd",
        "yes",
        "tidak",
        "x",
        "1",
        "",
    ]
)


@fuzzed
@given(st.data())
def test_any_table_with_usual_headings_is_survived(data):
    width = data.draw(st.integers(1, 6))
    head = data.draw(st.lists(headings, min_size=width, max_size=width))
    rows = data.draw(st.lists(st.lists(cells, min_size=width, max_size=width), max_size=10))
    text = "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in [head, *rows])
    uploaded(text.encode("utf-8", "replace"), "")
