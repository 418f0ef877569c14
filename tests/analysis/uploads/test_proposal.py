"""What headings and cells suggest: each shape, in both languages, with what can't be an outcome left aside."""

from __future__ import annotations

import pytest

from analysis.uploads import SHAPES, About, draft, example, personal_columns, propose, read_file, sheet_of, template


def sheet(text: str):
    return sheet_of(read_file(text.encode(), "x.csv"))


def said(text: str) -> tuple:
    found = propose(sheet(text))
    measured = [(one.column, one.timepoint or one.statistic) for one in found.measured]
    return found.shape, found.participant, found.arm, found.timepoint, measured


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "id,group,milk_pre,milk_post\n1,A,10.5,12\n2,B,11,13.5\n3,A,9,9\n",
            ("wide", "id", "group", "", [("milk_pre", "before"), ("milk_post", "after")]),
        ),
        (
            "No;Nama Ibu;Kelompok;Umur;ASI sebelum;ASI sesudah\n1;Siti Aminah;Pijat;23;350,5;400\n"
            "2;Dewi Sari;Kontrol;30;300;310\n",
            ("wide", "No", "Kelompok", "", [("ASI sebelum", "before"), ("ASI sesudah", "after")]),
        ),
        (
            "id,arm,day 0,day 7,day 14\n1,A,350,400,500\n2,B,330,350,360\n",
            ("wide", "id", "arm", "", [("day 0", "day-0"), ("day 7", "day-7"), ("day 14", "day-14")]),
        ),
        (
            "id,kelompok,hari,asi\n1,A,0,350\n1,A,7,400\n2,B,0,330\n2,B,7,350\n",
            ("long", "id", "kelompok", "hari", [("asi", "")]),
        ),
        ("weight,group\n4.17,ctrl\n5.58,ctrl\n4.81,trt1\n6.31,trt2\n5.1,trt2\n",
         ("wide", "", "group", "", [("weight", "measured")])),
        ("kelompok,ya,tidak\nKatuk,12,3\nKontrol,7,8\n",
         ("counts", "", "kelompok", "", [("ya", "yes"), ("tidak", "no")])),
        (
            "arm,n,mean_pre,sd_pre,mean_post,sd_post\nA,10,1,2,3,4\nB,10,1,2,3,4\n",
            ("summaries", "", "arm", "", [("n", "n"), ("mean_pre", "before"), ("mean_post", "after"),
                                          ("sd_pre", "before"), ("sd_post", "after")]),
        ),
        ("group,time,n,mean,sd\nA,pre,9,3.5,1\nA,post,9,4,1\nB,pre,9,3,1\nB,post,9,3,1\n",
         ("summaries", "", "group", "time", [("n", "n"), ("mean", "mean"), ("sd", "sd")])),
    ],
)  # fmt: skip
def test_what_each_column_is_taken_for(text, expected):
    assert said(text) == expected


def test_the_same_people_under_both_treatments_are_followed():
    """In R's `sleep` the same ten people had both drugs: then the drug is the time, not the group."""
    found = propose(sheet("extra,group,ID\n0.7,1,1\n-1.6,1,2\n1.9,2,1\n0.8,2,2\n"))
    assert (found.shape, found.participant, found.arm, found.timepoint) == ("long", "ID", "", "group")


def test_groups_written_unalike_are_one():
    arms = propose(sheet("id,group,x\n1,Pijat,1.5\n2,pijat ,2.5\n3,Kontrol,3.5\n4,PIJAT,4.5\n")).arms
    assert {arm.id for arm in arms.values()} == {"pijat", "kontrol"}
    assert arms["Kontrol"].role == "control"


def test_times_stand_in_time_and_the_first_is_the_start():
    layout = propose(sheet("id,post,pre\n1,5.5,4.5\n2,6.5,5.5\n3,7.5,6.5\n"))
    assert [(time.id, time.baseline) for time in layout.timepoints.values()] == [("before", True), ("after", False)]


def test_scales_are_proposed_and_what_nobody_said_stays_blank():
    layout = propose(
        sheet("id,score pre,score post,cukup pre,cukup post\n1,3,4,ya,ya\n2,1,5,tidak,ya\n3,2,2,tidak,tidak\n")
    )
    score, enough = layout.outcomes.values()
    assert (score.scale, score.low, score.high) == ("ordinal", 1, 5)
    assert (enough.scale, layout.yes[enough.id]) == ("binary", {"ya"})
    assert score.better == score.family == enough.better == ""


def test_columns_that_name_people_are_noticed():
    text = (
        "No,Nama Ibu,HP,Tgl lahir,Alamat,Email,NIK,Kelompok,pre,post\n"
        "1,Siti Aminah,081234567890,1995-04-03,Jl. Melati 3,a@b.id,3271234567890123,Pijat,3.5,4.5\n"
    )
    assert personal_columns(sheet(text)) == {
        "Nama Ibu": "person-name", "HP": "person-phone", "Tgl lahir": "person-birth", "Alamat": "person-address",
        "Email": "person-email", "NIK": "person-number",
    }  # fmt: skip


def test_people_are_noticed_by_their_cells_too():
    text = (
        "x,y,z,drug\nSiti Aminah,0812 3456 7890,1,Katuk Extract\nDewi Sari,0813-3456-7890,2,Katuk Extract\n"
        "Ani Lestari,+62 812 345 678,3,Moringa Tea\n"
    )
    assert personal_columns(sheet(text)) == {"x": "person-name", "y": "person-phone"}


def test_names_never_become_an_outcome_or_a_group():
    layout = propose(sheet("nama,pre,post\nSiti Aminah,3.5,4.5\nDewi Sari,2.5,4.5\nAni Lestari,3.5,5\n"))
    assert layout.participant == "nama" and not layout.keep_names
    assert {one.column for one in layout.measured} == {"pre", "post"}


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("shape", SHAPES)
def test_every_example_is_read_as_what_it_shows(shape, language):
    shown = sheet_of(read_file(example(shape, language), f"{shape}.csv"))
    layout = propose(shown)
    made = draft(shown, layout, About("Example"))
    assert layout.shape == shape and set(layout.columns) == {column.name for column in shown.columns}
    assert made.study.usable and len(made.study.arms) == 2
    assert not [fault for fault in made.faults if fault.blocks]
    assert example(shape, language).startswith(template(shape, language))
