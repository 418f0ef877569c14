"""A digest becomes study folders: a made-up digest here, the project's own at the end."""

from __future__ import annotations

import csv
import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import check_study, load_context, load_studies
from analysis.digest import plan, states
from analysis.digest.__main__ import main
from analysis.digest.figures import p_value
from analysis.studies import DATA, toml_text

RECORDS = """[
 {"id": "leaf_2001", "citation": "Leaf A. \\"Leaves\\" and milk", "doi": "10.1/x", "year": 2001,
  "country": "Kenya (from hospital name)", "url": "https://leaf.example", "source_kind": "primary_abstract",
  "arms": [{"name": "leaf", "n": 12}, {"name": "dummy", "n": 11}],
  "outcomes": [
   {"name": "milk", "value_type": "level", "rows": [
     {"arm": "leaf", "timepoint": "day 3", "mean": 191.0, "sd": 71.20, "n": 12, "events": null},
     {"arm": "dummy", "timepoint": "day 3", "mean": 135.5, "sd": null, "sem": 9.5, "sd_source": "x", "n": 10},
     {"arm": "dummy", "timepoint": "day 1", "mean": null, "sd": null, "n": null}]},
   {"name": "milk, change", "value_type": "change", "rows": [
     {"arm": "leaf", "timepoint": "to day 3", "mean": 50, "sd": 9, "n": 12, "sd_valid": false, "pct_change": 44.5}]},
   {"name": "enough", "value_type": "level", "rows": [
     {"arm": "leaf", "timepoint": "day 3", "events": 9, "pct": 75.0, "n": 12}]},
   {"name": "weight", "value_type": "level", "rows": [
     {"arm": "leaf", "timepoint": "day 3", "median": 3.0, "q1": 2.5, "q3": 3.25, "ci_low": 2, "ci_high": 4, "n": 12}]},
   {"name": "rise", "value_type": "change", "rows": [
     {"arm": "leaf", "timepoint": "day 1", "pct": 11, "n": 12}, {"arm": "leaf", "timepoint": "day 3", "pct": 23}]}],
  "reported_tests": [
   {"test": "t", "comparison": "milk", "statistic": "t=2.10", "p_as_printed": "< 0,05"},
   {"test": "not stated", "comparison": "weight", "statistic": null, "p_as_printed": "cut off"}]},
 {"id": "swap", "citation": "Swap", "doi": null, "year": null, "country": null, "url": "https://swap.example",
  "source_kind": "primary", "arms": [{"name": "everyone", "n": 6}],
  "outcomes": [{"name": "milk", "value_type": "level", "rows": [
     {"arm": "low dose", "timepoint": "crossover", "mean": 8.7, "n": 4},
     {"arm": "high dose", "timepoint": "crossover", "mean": 9.5, "n": 6}]}],
  "reported_tests": []},
 {"id": "review", "citation": "Review", "doi": null, "year": 2002, "country": null, "url": "https://review.example",
  "source_kind": "secondary", "arms": [], "outcomes": [],
  "reported_tests": [{"test": "pooled MD", "comparison": "milk", "statistic": "12 (3 to 21)",
                      "p_as_printed": "0.32 (heterogeneity)"}]},
 {"id": "cow_2003", "citation": "Cow", "doi": null, "year": 2003, "country": null, "url": "https://cow.example",
  "source_kind": "primary", "arms": [], "outcomes": [], "reported_tests": []}
]"""
WORDS = """licence = "unknown"
title = { en = "Leaves against dummies", id = "Daun dibandingkan plasebo" }
short_title = { en = "Leaf", id = "Daun" }
setting = { en = "A clinic", id = "Sebuah klinik" }
result = { en = "Milk was 191 mL.", id = "ASI 191 mL." }
cannot_tell = [{ en = "Only the abstract was read.", id = "Hanya abstraknya yang dibaca." }]
"""
LEAF = f"""record = "leaf_2001"
decision = "study"
reason = "Leaves against dummies."
id = "leaf-2001"
design = "randomised"
same_people_as = ["other"]
{WORDS}
[population]
infants = "term"
window = "first-days"
[[arms]]
name = "leaf"
id = "leaf"
label = {{ en = "Leaf", id = "Daun" }}
role = "intervention"
treatments = ["moringa"]
n_known = "printed"
[[arms]]
name = "dummy"
id = "dummy"
label = {{ en = "Dummy", id = "Plasebo" }}
role = "control"
treatments = ["placebo"]
n_known = "derived"
n_note = {{ en = "23 in all, so 11", id = "23 seluruhnya, jadi 11" }}
[[outcomes]]
name = "milk"
id = "milk-volume"
label = {{ en = "Milk", id = "ASI" }}
unit = {{ en = "mL", id = "mL" }}
scale = "continuous"
better = "higher"
family = "milk-volume"
[[outcomes]]
name = "milk, change"
id = "milk-volume"
change_between = ["before", "day-3"]
sd_why = "no-spread"
[[outcomes]]
name = "enough"
id = "enough"
label = {{ en = "Enough milk", id = "ASI cukup" }}
unit = {{ en = "mothers", id = "ibu" }}
scale = "binary"
better = "higher"
family = "adequacy"
[[outcomes]]
name = "weight"
id = "weight"
label = {{ en = "Weight", id = "Berat" }}
unit = {{ en = "kg", id = "kg" }}
scale = "continuous"
better = "higher"
family = "adequacy"
[[outcomes]]
name = "rise"
id = "rise"
label = {{ en = "Rise", id = "Kenaikan" }}
unit = {{ en = "%", id = "%" }}
scale = "continuous"
better = "higher"
family = "adequacy"
change_between = ["before", "day-3"]
[[timepoints]]
id = "before"
label = {{ en = "Before", id = "Sebelum" }}
[[timepoints]]
name = "day 1"
id = "day-1"
label = {{ en = "Day 1", id = "Hari ke-1" }}
day = 1
[[timepoints]]
name = "day 3"
id = "day-3"
label = {{ en = "Day 3", id = "Hari ke-3" }}
day = 3
[[timepoints]]
id = "never"
label = {{ en = "Never used", id = "Tidak dipakai" }}
[[tests]]
place = 1
comparison = "between"
arms = ["leaf", "dummy"]
outcome = "milk-volume"
timepoint = "day-3"
method = "independent-t"
statement = {{ en = "Milk is compared.", id = "ASI dibandingkan." }}
[[tests]]
place = 2
comparison = "within"
arms = ["leaf"]
outcome = "weight"
timepoint = ""
method = ""
statement = {{ en = "Weight is compared.", id = "Berat dibandingkan." }}
[why.no-spread]
en = "This is no spread."
id = "Ini bukan sebaran."
[bias]
tool = "RoB 2"
[bias.randomisation]
judgement = "no information"
reason = {{ en = "Not said.", id = "Tidak dikatakan." }}
"""
SWAP = f"""record = "swap"
decision = "study"
reason = "Two doses."
id = "swap"
design = "randomised"
{WORDS}
[population]
infants = "term"
window = "later"
[[arms]]
name = "everyone"
id = "all"
label = {{ en = "All", id = "Semua" }}
role = "single"
treatments = ["moringa"]
n_known = "printed"
[[outcomes]]
name = "milk"
id = "milk"
label = {{ en = "Milk", id = "ASI" }}
unit = {{ en = "mL", id = "mL" }}
scale = "continuous"
better = "higher"
family = "milk-volume"
[[timepoints]]
id = "low"
label = {{ en = "Low dose", id = "Dosis rendah" }}
[[timepoints]]
id = "high"
label = {{ en = "High dose", id = "Dosis tinggi" }}
[[rows]]
arm = "low dose"
timepoint = "crossover"
to_arm = "all"
to_timepoint = "low"
[[rows]]
outcome = "milk"
arm = "high dose"
timepoint = "crossover"
to_arm = "all"
to_timepoint = "high"
"""
REVIEW = f"""record = "review"
decision = "context"
reason = "A review."
id = "review-2002"
design = "observational"
{WORDS}
arms = [{{ id = "trials", label = {{ en = "Trials", id = "Uji" }}, role = "population", n_known = "not printed" }}]
timepoints = [{{ id = "undated", label = {{ en = "Undated", id = "Tanpa tanggal" }} }}]
[[outcomes]]
id = "milk"
label = {{ en = "Milk", id = "ASI" }}
unit = {{ en = "mL", id = "mL" }}
scale = "continuous"
better = "higher"
[[tests]]
place = 1
comparison = "between"
arms = ["trials"]
outcome = "milk"
timepoint = ""
method = ""
statement = {{ en = "Twelve more.", id = "Lebih dua belas." }}
"""
OUT = 'record = "cow_2003"\ndecision = "out"\nreason = "About cows."\n'
JUDGEMENTS = {"leaf_2001": LEAF, "swap": SWAP, "review": REVIEW, "cow_2003": OUT}


@pytest.fixture
def data(tmp_path) -> Path:
    """A data folder with nothing but a digest of four records."""
    (tmp_path / "_digest" / "judgements").mkdir(parents=True)
    (tmp_path / "_digest" / "studies.json").write_text(RECORDS)
    for record, text in JUDGEMENTS.items():
        judgement(tmp_path, record).write_text(text)
    return tmp_path


def judgement(data: Path, record: str) -> Path:
    return data / "_digest" / "judgements" / f"{record}.toml"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def written(data: Path, *arguments: str) -> int:
    return main(["--folder", str(data), *arguments])


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text().splitlines()))


def standing(data: Path) -> dict[str, str]:
    return {state.id: state.standing for state in states(plan(data), data)}


# -- what is written --------------------------------------------------------------------------------------------


def test_every_number_lands_under_its_statistic_as_recorded(data):
    assert written(data) == 0
    rows = table(data / "leaf-2001" / "figures.csv")
    found = [(r["arm"], r["outcome"], r["timepoint"], r["statistic"], r["level"], r["value"]) for r in rows]
    assert found == [
        ("leaf", "milk-volume", "day-3", "mean", "", "191"),  # 191.0 may be 191: the wider interval
        ("leaf", "milk-volume", "day-3", "sd", "", "71.20"),
        ("dummy", "milk-volume", "day-3", "n", "", "10"),
        ("dummy", "milk-volume", "day-3", "mean", "", "135.5"),
        ("dummy", "milk-volume", "day-3", "se", "", "9.5"),
        ("leaf", "milk-volume", "before:day-3", "change_mean", "", "50"),
        ("leaf", "milk-volume", "before:day-3", "change_sd", "", "9"),
        ("leaf", "milk-volume", "before:day-3", "change_percent", "", "44.5"),
        ("leaf", "enough", "day-3", "count", "yes", "9"),
        ("leaf", "enough", "day-3", "percent", "yes", "75"),
        ("leaf", "weight", "day-3", "median", "", "3"),
        ("leaf", "weight", "day-3", "q1", "", "2.5"),
        ("leaf", "weight", "day-3", "q3", "", "3.25"),
        ("leaf", "weight", "day-3", "ci_low", "", "2"),
        ("leaf", "weight", "day-3", "ci_high", "", "4"),
        ("leaf", "rise", "before:day-1", "change_percent", "", "11"),
        ("leaf", "rise", "before:day-3", "change_percent", "", "23"),
    ]
    assert {r["locator"] for r in rows} == {"Abstract"}
    assert [r["statistic"] for r in rows if r["why"]] == ["change_sd"]


def test_an_sd_that_the_digest_derived_is_not_written(data):
    studies = data / "_digest" / "studies.json"
    edit(studies, '"sd": null, "sem": 9.5', '"sd": 30.04, "sem": 9.5')
    assert written(data) == 0
    assert "30.04" not in (data / "leaf-2001" / "figures.csv").read_text()


def test_claims_carry_the_test_as_named_and_p_as_printed(data):
    assert written(data) == 0
    first, second = table(data / "leaf-2001" / "claims.csv")
    assert (first["named"], first["statistic"], first["p"], first["arms"]) == ("t", "t=2.10", "<0.05", "leaf|dummy")
    assert (second["named"], second["p"], second["kind"]) == ("", "", "result")


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("0,001", ("0.001", "")),
        (".04", (".04", "")),
        ("> 0.16", (">0.16", "")),
        ("1,000", ("1.000", "")),
        ("not printed", ("", "")),
        (None, ("", "")),
        ("0.32 (heterogeneity)", ("", "p 0.32 (heterogeneity)")),
        ("significant", (None, "")),
    ],
)
def test_p_is_as_printed_with_a_decimal_point(printed, said):
    assert p_value(printed) == said


def test_the_card_holds_what_is_known_and_leaves_the_rest_out(data):
    assert written(data) == 0
    leaf, swap = (tomllib.loads((data / name / "study.toml").read_text()) for name in ("leaf-2001", "swap"))
    assert (leaf["year"], leaf["country"], leaf["doi"], leaf["retrieved"]) == (2001, "Kenya", "10.1/x", "2026-11-22")
    assert leaf["citation"] == 'Leaf A. "Leaves" and milk'
    assert leaf["source"] == {"kind": "abstract", "digest": True} and swap["source"]["kind"] == "primary"
    assert "hospital" in leaf["notes"][0]["en"] and leaf["bias"]["randomisation"]["reason"]["id"] == "Tidak dikatakan."
    assert {"year", "country", "doi", "notes", "same_people_as"} & swap.keys() == set()
    assert [t["id"] for t in leaf["timepoints"]] == ["before", "day-1", "day-3"]
    assert [(arm["n"], arm["n_known"]) for arm in leaf["arms"]] == [("12", "printed"), ("11", "derived")]


def test_what_is_written_loads_as_studies_and_background(data):
    assert written(data) == 0
    found = load_studies(data)
    assert found.keys() == {"leaf-2001", "swap"} and all(study.usable for study in found.values())
    (review,) = load_context(data)
    assert review.usable and review.claims[0].statistic == "12 (3 to 21); p 0.32 (heterogeneity)"


@pytest.mark.parametrize(("statistic", "found"), [("12 (3 to 21)", False), ("no difference", True)])
def test_a_claim_that_prints_an_estimate_is_not_without_a_figure(data, statistic, found):
    digest = data / "_digest" / "studies.json"
    edit(digest, "12 (3 to 21)", statistic)
    edit(digest, "0.32 (heterogeneity)", "")
    assert written(data) == 0
    (review,) = load_context(data)
    assert any(f.rule == "claim_without_figure" and f.consequence != "none" for f in check_study(review)) is found


def test_a_row_of_a_crossover_goes_where_the_judgement_puts_it(data):
    assert written(data) == 0
    rows = table(data / "swap" / "figures.csv")
    assert [(r["arm"], r["timepoint"], r["statistic"], r["value"]) for r in rows] == [
        ("all", "low", "n", "4"),
        ("all", "low", "mean", "8.7"),
        ("all", "high", "mean", "9.5"),
    ]


def test_what_is_left_out_is_named_with_its_reason(data, capsys):
    assert written(data) == 0
    assert "cow_2003: left out. About cows." in capsys.readouterr().out and not (data / "cow-2003").exists()


def test_the_second_run_changes_nothing(data):
    written(data)
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    assert written(data) == 0 and written(data, "--check") == 0
    assert {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} == before


texts = st.text(st.characters(codec="utf-8"), max_size=20)
plain = texts | st.integers(-9, 9) | st.booleans() | st.floats(allow_nan=False, allow_infinity=False)
both = st.fixed_dictionaries({"en": texts, "id": texts})
entries = st.dictionaries(texts, plain | both | st.lists(texts), max_size=4)
cards = st.dictionaries(texts, plain | st.lists(plain) | entries | st.lists(entries, min_size=1), max_size=5)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(cards)
def test_a_card_reads_back_as_it_was(card):
    assert tomllib.loads(toml_text(card)) == card


# -- mistakes: all are named, and nothing is written ----------------------------------------------------------------

# id: (record, text, its replacement, what the message must hold)
MISTAKES: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "arm": ("leaf_2001", 'name = "dummy"', 'name = "dumy"', ("arm 'dummy'", "did you mean 'dumy'")),
    "outcome": ("leaf_2001", 'name = "weight"', 'name = "wieght"', ("outcome 'weight'", "'wieght'")),
    "timepoint": ("leaf_2001", 'name = "day 3"', 'name = "day 33"', ("timepoint 'day 3'", "'day 33'")),
    "test missing": ("leaf_2001", "place = 2", "place = 3", ("places [1, 3]", "1 to 2")),
    "record": ("leaf_2001", 'record = "leaf_2001"', 'record = "leaf_2002"', ("'leaf_2002'", "'leaf_2001'")),
    "decision": ("leaf_2001", '"study"', '"stdy"', ("decision 'stdy'", "'study'")),
    "word": ("leaf_2001", "n_note", "n_noet", ("'n_noet'", "'n_note'")),
    "no result": ("swap", "result =", "notes = []\nsetting2 =", ("'result' is missing",)),
    "no reason for an SD": ("leaf_2001", 'sd_why = "no-spread"\n', "", ("not valid", "sd_why")),
    "unknown reason": ("leaf_2001", 'sd_why = "no-spread"', 'sd_why = "no-sprea"', ("'no-sprea'", "'no-spread'")),
    "n without source": ("leaf_2001", 'n_known = "printed"', 'n_known = "not printed"', ("n is 12", "'leaf'")),
    "level as change": ("leaf_2001", 'change_between = ["before", "day-3"]\nsd_why', "sd_why", ("change_between",)),
    "backward": ("leaf_2001", '["before", "day-3"]', '["day-3", "before"]', ("backward",)),
    "counted scores": ("leaf_2001", 'scale = "binary"', 'scale = "ordinal"', ("low, high",)),
    "vocabulary": ("leaf_2001", '["moringa"]', '["moringo"]', ("'moringo'", "'moringa'")),
    "claim arm": ("leaf_2001", '["leaf", "dummy"]', '["leaf", "dumm"]', ("'dumm'", "'dummy'")),
    "id taken": ("swap", 'id = "swap"', 'id = "leaf-2001"', ("id 'leaf-2001'", "leaf_2001")),
    "two labels": ("leaf_2001", 'sd_why', 'label = { en = "X", id = "Y" }\nsd_why', ("stands twice", "'label'")),
    "row moved nowhere": ("swap", 'to_timepoint = "high"', 'to_timepoint = "hihg"', ("'hihg'", "'high'")),
    "row that isn't": ("swap", 'arm = "high dose"', 'arm = "top dose"', ("'top dose'",)),
    "second-hand study": ("review", '"context"', '"study"', ("'secondary'",)),
    "not toml": ("swap", "[[rows]]", "[[rows", ("can't be read",)),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake_is_named_with_its_place_and_nothing_is_written(data, capsys, mistake):
    record, old, new, words = MISTAKES[mistake]
    edit(judgement(data, record), old, new)
    assert written(data) == 1
    lines = capsys.readouterr().err.splitlines()
    about = [line for line in lines if f"judgements/{record}.toml" in line]
    assert any(all(word in line for word in words) for line in about), lines
    assert [path.name for path in data.iterdir()] == ["_digest"]
    assert not (data / "_digest" / "written.json").exists()


def test_two_judgements_without_id_miss_one_each_and_take_none_from_each_other(data, capsys):
    for record, line in (("leaf_2001", 'id = "leaf-2001"\n'), ("swap", 'id = "swap"\n')):
        edit(judgement(data, record), line, "")
    assert written(data) == 1
    said = capsys.readouterr().err
    assert said.count("'id' is missing") == 2 and "is taken" not in said


def test_a_record_without_judgement_and_a_judgement_without_record_are_both_named(data, capsys):
    judgement(data, "swap").rename(judgement(data, "swop"))
    assert written(data) == 1
    said = capsys.readouterr().err
    assert "record swap: no judgements/swap.toml" in said
    assert "judgements/swop.toml: record 'swop' is not known here (did you mean 'swap'?)" in said


def test_a_remark_on_the_country_that_has_no_words_is_named(data, capsys):
    edit(data / "_digest" / "studies.json", "from hospital name", "from a dream")
    assert written(data) == 1 and "'from a dream'" in capsys.readouterr().err


# -- what a person wrote stays --------------------------------------------------------------------------------------


@pytest.fixture
def edited(data) -> Path:
    """The made-up digest, written, with one number changed by hand and the judgement changed after it."""
    written(data)
    edit(data / "leaf-2001" / "figures.csv", "71.20", "72.20")
    return data


def test_a_hand_edit_is_left_alone_and_reported(edited, capsys):
    card = (edited / "swap" / "study.toml").read_text()
    edit(judgement(edited, "swap"), "A clinic", "A hospital")
    assert written(edited, "-v") == 1
    said = capsys.readouterr().out
    assert "leaf-2001: edited by hand" in said and "-leaf,milk-volume,day-3,sd,,72.20" in said
    assert "72.20" in (edited / "leaf-2001" / "figures.csv").read_text()
    assert (edited / "swap" / "study.toml").read_text() == card.replace("A clinic", "A hospital")


def test_a_check_writes_nothing_and_shows_the_difference(edited, capsys):
    edit(judgement(edited, "swap"), "A clinic", "A hospital")
    before = {path: path.read_bytes() for path in edited.rglob("*") if path.is_file()}
    assert written(edited, "--check") == 1
    said = capsys.readouterr().out
    assert "swap: would be written again" in said and '+en = "A hospital"' in said
    assert {path: path.read_bytes() for path in edited.rglob("*") if path.is_file()} == before


def test_a_folder_that_is_only_new_needs_nobody(data, capsys):
    assert written(data, "--check") == 0
    assert "would be written" in capsys.readouterr().out and not (data / "swap").exists()


def test_a_record_may_say_when_it_was_read(data):
    records = data / "_digest" / "studies.json"
    found = json.loads(records.read_text())
    found[0]["retrieved"] = "2026-12-01"
    records.write_text(json.dumps(found))
    assert written(data) == 0
    days = [tomllib.loads(path.read_text())["retrieved"] for path in data.glob("*/study.toml")]
    assert days.count("2026-12-01") == 1 and len(days) > 1


def test_what_is_adopted_is_kept_until_it_is_edited_again(edited, capsys):
    assert written(edited, "--adopt", "leaf-2001") == 0
    edit(judgement(edited, "leaf_2001"), "Only the abstract", "Nothing but the abstract")
    assert written(edited) == 0 and standing(edited)["leaf-2001"] == "reviewed"
    assert "72.20" in (edited / "leaf-2001" / "figures.csv").read_text()
    edit(edited / "leaf-2001" / "figures.csv", "72.20", "73.20")
    assert written(edited) == 1 and standing(edited)["leaf-2001"] == "edited"


def test_only_folders_of_the_digest_can_be_adopted(edited, capsys):
    assert written(edited, "--adopt", "leaf-2001", "--adopt", "leaf-2002") == 1
    assert "leaf-2002: can't be adopted" in capsys.readouterr().err


def test_a_hand_edit_that_the_judgement_took_over_is_ours_again(edited):
    edit(edited / "_digest" / "studies.json", "71.20", "72.20")
    assert written(edited) == 0 and standing(edited)["leaf-2001"] == "same"


def test_a_folder_of_somebody_else_is_refused_by_name(data, capsys):
    (data / "swap").mkdir()
    (data / "swap" / "study.toml").write_text("mine")
    assert written(data) == 1
    assert "swap: a folder of this name" in capsys.readouterr().out
    assert [path.name for path in (data / "swap").iterdir()] == ["study.toml"]
    assert (data / "leaf-2001" / "claims.csv").exists()


def test_a_folder_that_the_digest_gives_no_more_is_named_and_kept(data, capsys):
    written(data)
    judgement(data, "leaf_2001").write_text(OUT.replace("cow_2003", "leaf_2001"))
    assert written(data) == 1
    assert "leaf-2001: written once" in capsys.readouterr().out and (data / "leaf-2001").exists()


def test_a_file_saved_with_other_line_ends_counts_as_edited(data):
    written(data)
    path = data / "swap" / "figures.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert written(data) == 1 and standing(data)["swap"] == "edited"


# -- the project's own digest -----------------------------------------------------------------------------------------


def test_the_digest_holds_each_record_once():
    records = json.loads((DATA / "_digest" / "studies.json").read_text("utf-8"))
    assert len({record["id"] for record in records}) == len(records) > 70


def test_the_library_is_what_the_digest_gives():
    planned = plan(DATA)
    assert planned.mistakes == ()
    found = states(planned, DATA)
    assert {state.id: state.standing for state in found if state.standing not in ("same", "reviewed")} == {}
    assert len(found) > 60
