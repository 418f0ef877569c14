"""From a sheet to a study: what is left out is listed, the folder reads back the same, large files in time."""

from __future__ import annotations

import gc
import io
import json
import time
import zipfile
from dataclasses import replace

import pandas as pd
import pytest

from analysis import Study, check_study, load_study
from analysis.asking import attempt, before_after, between, methods_for
from analysis.evidence.contrasts import contrasts_of, effects_of
from analysis.studies import Measure, harmless, offers
from analysis.uploads import SHAPES, About, Draft, Measured, draft, example, propose, read_file, sheet_of, zipped
from analysis.words import LANGUAGES, say_in
from tests.analysis.uploads.files import sav, xlsx

ABOUT = About("My “own” study, 2026", "randomised", "2026-11-28")


def drafted(content: bytes | str, name: str = "x.csv", **changes: object) -> Draft:
    sheet = sheet_of(read_file(content.encode() if isinstance(content, str) else content, name))
    return draft(sheet, replace(propose(sheet), **changes), ABOUT)


def faults(found: Draft) -> set[tuple]:
    return {(fault.key, fault.column, fault.rows) for fault in found.faults}


# -- a .sav as a clinic in Indonesia has it, a workbook with a title ---------------------------------------------------


def test_a_sav_with_indonesian_labels(tmp_path):
    frame = pd.DataFrame({
        "no": [1.0, 2, 3, 4, 5, 6], "nama": ["Siti Aminah", "Dewi Sari", "Ani L", "Rina M", "Tuti K", "Yani P"],
        "kel": [1.0, 1, 1, 2, 2, 2], "asi_pre": ["310,5", "280", "345,25", "300", "325", "290"],
        "asi_post": ["420", "365,5", "450", "330", "340", "99"],
    })  # fmt: skip
    labels = ["Nomor", "Nama ibu", "Kelompok", "Volume ASI sebelum (mL)", "Volume ASI sesudah (mL)"]
    content = sav(
        frame, tmp_path, column_labels=labels, variable_value_labels={"kel": {1: "Pijat oksitosin", 2: "Kontrol"}}
    )
    study = drafted(content, "asi.sav").study
    assert {key: arm.label["id"] for key, arm in study.arms.items()} == {
        "pijat-oksitosin": "Pijat oksitosin", "kontrol": "Kontrol"}  # fmt: skip
    assert study.arms["kontrol"].role == "control"
    assert study.value("mean", "pijat-oksitosin", "asi", "before") == "311.916667"
    assert "Siti" not in json.dumps(drafted(content, "asi.sav").files)


def test_a_workbook_with_a_title_above_the_header():
    rows = (
        ("Data penelitian ASI, Puskesmas X", None, None, None),
        (None,) * 4,
        ("Responden", "Kelompok", "Sebelum", "Sesudah"),
        *((f"R{n}", "ab"[n % 2], 300.5 + n, 400 if n != 3 else "tumpah") for n in range(8)),
    )
    found = drafted(xlsx(rows), "data.xlsx")
    assert found.study.usable and faults(found) == {("not-a-number", "Sesudah", (7,))}


# -- nothing is left out in silence ------------------------------------------------------------------------------------


def test_every_cell_that_does_not_fit_is_listed_with_its_row():
    found = drafted("id,group,pre,post\n1,a,10.5,12\n2,a,x,11\n,a,9,9\n3,,8,9\n4,b,7,\n4,b,7,8\n5,b,6,9.5\n6,a,5,6\n")
    assert faults(found) == {
        ("not-a-number", "pre", (3,)), ("no-participant", "id", (4,)), ("no-arm", "group", (5,)),
        ("missing", "post", (6,)), ("twice", "id", (7,)),
    }  # fmt: skip
    people = found.study.participants("outcome")
    assert people["value"].notna().sum() == 10 - 2  # ids 1, 2, 4, 5, 6 at both times, but for 2 before and 4 after


def test_values_off_the_scale_are_left_out_and_listed():
    layout_of = "id,group,pre,post\n1,a,1,5\n2,a,2,4\n3,b,7,3\n4,b,3,2.5\n"
    sheet = sheet_of(read_file(layout_of.encode(), "x.csv"))
    layout = propose(sheet)
    (key,) = layout.outcomes
    score = replace(layout.outcomes[key], scale="ordinal", low=1, high=5)
    found = draft(sheet, replace(layout, outcomes={key: score}), ABOUT)
    assert faults(found) == {("off-scale", "pre", (4,)), ("off-scale", "post", (5,))}


def test_one_person_in_two_groups_is_listed():
    rows = "id,group,time,x\n1,a,pre,1.5\n1,b,post,2.5\n2,b,pre,3.5\n2,b,post,4.5\n3,a,pre,1\n"
    arms = propose(sheet_of(read_file(b"id,group,x\n1,a,1.5\n2,b,2.5\n3,b,3\n", "x.csv"))).arms
    found = drafted(rows, arms=arms,
                    arm="group", timepoint="time", shape="long", participant="id")  # fmt: skip
    assert ("two-arms", "group", (3,)) in faults(found)


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"measured": ()}, "no-values"),
        ({"participant": "nobody"}, "no-such-column"),
        (
            {"measured": (Measured("pre", "outcome", "before"), Measured("post", "outcome", "before"))},
            "same-place-twice",
        ),
        ({"measured": (Measured("pre", "outcome"),)}, "no-time-chosen"),
        ({"arms": {}}, "too-many-arms"),
    ],
)
def test_what_blocks_a_study_is_said(changes, key):
    found = drafted("id,group,pre,post\n1,a,1.5,2\n2,b,2.5,3\n", **changes)
    assert found.study is None and key in {fault.key for fault in found.faults if fault.blocks}
    assert all(say_in(language).has(f"upload-fix.{key}") for language in LANGUAGES)


def test_columns_that_nothing_was_read_from_are_named():
    assert drafted("id,group,umur,pre,post\n1,a,30,1.5,2\n2,b,31,2.5,3\n").left_out == ("umur",)


# -- the folder --------------------------------------------------------------------------------------------------------


def unpacked(found: Draft, folder) -> Study:
    with zipfile.ZipFile(io.BytesIO(zipped(found.files))) as package:
        package.extractall(folder)
    return load_study(folder / found.study.id)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shape", SHAPES)
def test_the_folder_reads_back_as_the_same_study(shape, language, tmp_path):
    found = drafted(example(shape, language))
    again, study = unpacked(found, tmp_path), found.study
    assert replace(again, people=study.people) == study and again.gaps == study.gaps
    assert again.people.keys() == study.people.keys()
    for key, group in study.people.items():
        other = again.people[key]
        pd.testing.assert_frame_equal(pd.DataFrame(group.scores[0]), pd.DataFrame(other.scores[0]))
        assert (group.arm, group.timepoints, group.names, group.status) == (
            other.arm, other.timepoints, other.names, other.status)  # fmt: skip
    assert zipped(found.files) == zipped(drafted(example(shape, language)).files)


def test_the_folder_is_a_data_package():
    package = json.loads(drafted(example("wide", "en")).files["datapackage.json"])
    (table,) = package["resources"]
    assert table["path"] == "participants.csv" and package["profile"] == "tabular-data-package"
    assert [field["name"] for field in table["schema"]["fields"]] == [
        "participant",
        "arm",
        "outcome",
        "timepoint",
        "value",
    ]


def test_names_stay_out_unless_they_are_wanted():
    rows = "nama,pre,post\nSiti Aminah,3.5,4.5\nDewi Sari,2.5,4.5\n=1+1,3.5,5\n"
    assert "Siti" not in drafted(rows).files["participants.csv"]
    kept = drafted(rows, keep_names=True).files["participants.csv"]
    assert "Siti Aminah" in kept and "\n'=1+1," in kept


@pytest.mark.parametrize("text", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "＝1"])
def test_no_spreadsheet_takes_a_text_for_a_formula(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-3.5", "+2", "−1,5", "-1e-5", "-5%", "1+1", "massage", ""])
def test_numbers_and_words_stay_as_they_are(text):
    assert harmless(text) == text


# -- then it is a study ------------------------------------------------------------------------------------------------


def own_study() -> Study:
    rows = "".join(f"{n},{'ab'[n % 2]},{300 + 7 * n % 50},{310 + 9 * n % 60 + 20 * (n % 2)}\n" for n in range(24))
    sheet = sheet_of(read_file(f"id,group,milk pre,milk post\n{rows}".encode(), "x.csv"))
    layout = propose(sheet)
    milk = Measure(
        "milk", {"en": "Milk", "id": "ASI"}, {"en": "mL", "id": "mL"}, "continuous", "higher", family="milk-volume"
    )
    return draft(sheet, replace(layout, outcomes={"milk": milk}), ABOUT).study


def test_every_other_room_takes_it_for_a_study():
    study = own_study()
    assert offers(study)[0] == "participants" and study.participants("milk").status == "uploaded"
    within = before_after(study, "milk", "a", ("before", "after"))
    beside = between(study, "milk", ("a", "b"), ("before", "after"), "change")
    for question in (within, beside):
        assert question.status == "uploaded"
        assert sum(bool(attempt(question, method).outcome) for method in methods_for(question.kind)) >= 8
    effects = {e.kind: e for c in contrasts_of(study) for e in effects_of(c).effects.values()}
    assert effects["hedges_g"].status == "uploaded" and effects["probability_of_superiority"].status == "uploaded"
    assert not [finding for finding in check_study(study) if finding.verdict.status == "inconsistent"]


def test_numbers_worked_out_of_people_are_theirs():
    """Mean, SD and change as pandas has them."""
    study = own_study()
    rows = study.participants("milk")
    table = rows[rows["arm"] == "a"].pivot(index="participant", columns="timepoint", values="value")
    assert float(study.value("mean", "a", "milk", "after")) == pytest.approx(table["after"].mean(), abs=1e-4)
    assert float(study.value("sd", "a", "milk", "after")) == pytest.approx(table["after"].std(), abs=1e-4)
    change = table["after"] - table["before"]
    assert float(study.value("change_sd", "a", "milk", "before:after")) == pytest.approx(change.std(), abs=1e-4)
    assert study.value("improved", "a", "milk", "before:after") == str((change > 0).sum())


def test_people_missing_once_are_left_out_of_pairs_alone():
    text = "id,pre,post\n1,10.5,12\n2,11,\n3,12,15\n4,9,9.5\n"
    study = drafted(text).study
    assert study.value("n", "all", "outcome", "before") == "4"
    assert study.value("n", "all", "outcome", "before:after") == "3"
    assert attempt(before_after(study, "outcome", "all", ("before", "after")), "paired-t").outcome.n == 3


def test_a_hundred_thousand_people_at_three_times_in_five_seconds():
    """Seconds of work, as everywhere: reading, mapping, the study, and a test on it."""
    rows = b"".join(b"%d,%s,%d.5,%d.25,%d\n" % (n, (b"a", b"b")[n % 2], n % 90, n % 70, n % 80) for n in range(100_000))
    read_file(b"a,b\n1,2\n", "warm.csv")
    gc.collect()
    began = time.process_time()
    file = read_file(b"id,arm,pre,mid,post\n" + rows, "large.csv")
    sheet = sheet_of(file)
    study = draft(sheet, propose(sheet), ABOUT).study
    question = before_after(study, "outcome", "a", tuple(study.timepoints))
    assert attempt(question, "paired-t").outcome.n == 50_000 and len(study.timepoints) == 3
    assert time.process_time() - began + file.seconds < 5
