"""Data to take away: other programs read it and come to our results; nothing unknown turns into a number."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import zipfile

import pandas as pd
import pytest

from analysis import load_studies
from analysis.evidence import Answer, Choice, answer
from analysis.studies import NOT_ASSESSED
from analysis.telling import exchange
from analysis.telling.exchange.package import files
from analysis.words import LANGUAGES, say_in
from tests.server import ROOT

REFERENCE = ROOT / "tests" / "reference"
SAME_FORMULA = 1e-9
OTHER_SEARCH = 1e-7  # of tau²
# Named, so that a new study of the library changes nothing here; means, an arm shared by two, merged arms, and counts.
VOLUME = ("da-silva-2001", "domperidone-sick-neonates-2021", "fazilla-2017", "aono-1979", "achalapong-2016",
          "estrella-2000", "paritakul-2016", "ylikorkala-1982", "jones-2001")  # fmt: skip
EXCLUSIVE = ("carfoot-2005", "girish-2013", "gouchon-2010", "mahmood-2011", "marin-2010", "sharma-2016", "thukral-2012")


def answers(library) -> list[Answer]:
    """Two choices: milk volume in standardised means, exclusive breastfeeding in risk ratios."""
    exclusive = Choice(families=("exclusive-breastfeeding",), kind="log_risk_ratio")
    of_milk, of_counts = ([library[key] for key in names] for names in (VOLUME, EXCLUSIVE))
    return [answer(of_milk, Choice()), answer(of_counts, exclusive)]


@pytest.fixture(scope="module")
def found(studies) -> list[Answer]:
    return answers(studies)


def files_of(found) -> dict[str, str]:
    both = [exchange.of_answer(one) for one in found]
    together = exchange.Taken(*(sum((getattr(one, part) for one in both), ()) for part in ("parts", "studies")))
    return files(together, "taken", say_in("en"))


@pytest.fixture(scope="module")
def taken(found) -> dict[str, str]:
    return files_of(found)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def compared(found, taken, reference) -> None:
    """Each row's effect, and each pooled result, as R makes them of the file."""
    by_name = {f"{row['study']}|{row['when']}|{row['treatment']}": row for row in rows(taken["effects.csv"])}
    assert len(reference["effects"]) >= 10
    for name, made in reference["effects"].items():
        assert float(by_name[name]["yi"]) == pytest.approx(made["yi"], rel=SAME_FORMULA, abs=SAME_FORMULA)
        assert float(by_name[name]["vi"]) == pytest.approx(made["vi"], rel=SAME_FORMULA)
    lines = [line for one in found for line in one.lines if line.kept and line.kept.k > 1]
    assert len(lines) == len(reference["results"]) > 1
    for line in lines:
        measure = "RR" if line.kept.kind == "log_risk_ratio" else "SMD"
        made = reference["results"][f"{line.treatments[0]} {measure}"]
        assert line.kept.estimate == pytest.approx(made["estimate"], rel=OTHER_SEARCH)
        assert line.kept.interval == pytest.approx((made["low"], made["high"]), rel=OTHER_SEARCH)


def test_metafor_gives_our_effects_and_our_results_from_the_file(found, taken):
    """`Rscript tests/reference/exchange.R` wrote them of the very table."""
    assert taken["effects.csv"] == (REFERENCE / "exchange.csv").read_text("utf-8")
    compared(found, taken, json.loads((REFERENCE / "exchange.json").read_text("utf-8")))


def test_metafor_reads_the_file_as_it_is_now(found, taken, tmp_path):
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed")
    file = tmp_path / "effects.csv"
    file.write_text(taken["effects.csv"], "utf-8")
    done = subprocess.run(["Rscript", REFERENCE / "exchange.R", file], capture_output=True, text=True)
    if "there is no package called" in done.stderr:
        pytest.skip(done.stderr)
    compared(found, taken, json.loads(done.stdout))


def test_every_comparison_is_there_and_says_why_it_is_in_no_result(found, taken):
    listed = rows(taken["effects.csv"])
    assert sum(bool(row["result"]) for row in listed) == sum(len(line.kept_entries) for o in found for line in o.lines)
    assert all(bool(row["result"]) != bool(row["why_not"]) for row in listed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_study_can_be_taken(studies, language):
    """Each of them with every table rectangular, a verdict in each row, and the numbers as they were printed."""
    for study in (one for one in studies.values() if one.usable):
        made = files(exchange.of_study(study), study.id, say_in(language))
        printed = rows(made.get("printed-numbers.csv", ""))
        assert all(row["verdict"] and row["status"] for row in printed)
        values = {row["printed"] for row in printed}
        assert {figure.value for figure in study.figures if not figure.of_people} <= values
        assert "exchange." not in made["README.md"]


def test_it_is_a_data_package_whose_tables_are_as_described(taken):
    """Read as the Frictionless specification has it: paths, fields in order, numbers that are numbers."""
    described = json.loads(taken["datapackage.json"])
    assert {one["path"] for one in described["resources"]} == {name for name in taken if name.endswith(".csv")}
    for resource in described["resources"]:
        table = pd.read_csv(io.StringIO(taken[resource["path"]]), dtype=str, keep_default_na=False)
        fields = resource["schema"]["fields"]
        assert list(table.columns) == [field["name"] for field in fields]
        for field in fields:
            if field["type"] == "number":
                pd.to_numeric(table[field["name"]].replace("", None))


def test_revman_gets_each_group_once_and_each_study_under_the_name_of_its_reference(taken):
    arms, results = rows(taken["revman/study-arms.csv"]), rows(taken["revman/study-results.csv"])
    assert {(row["Study"], row["Arm"]) for row in results} <= {(row["Study"], row["Arm"]) for row in arms}
    assert len(results) == len({(r["Study"], r["Outcome"], r["Arm"], r["Reference arm"]) for r in results})
    ids = {line.removeprefix("ID  - ") for line in taken["references.ris"].splitlines() if line.startswith("ID")}
    assert {row["Study"] for row in rows(taken["revman/study-information.csv"])} == ids
    counted = [row for row in results if row["Data type"] == "Dichotomous" and row["Cases"]]
    assert counted and all(int(row["Cases"]) <= int(row["Sample size"]) for row in counted)
    assert all("printed in" in row["Footnotes"] for row in results)


def test_what_is_not_judged_is_no_low_risk(taken):
    unknown = [row for row in rows(taken["risk-of-bias.csv"]) if row["judgement"] in (NOT_ASSESSED, "no information")]
    judged = {row["Study"]: row for row in rows(taken["revman/risk-of-bias.csv"])}
    missing = [row for row in unknown if row["tool"] == "RoB 2" and row["domain"] == "measurement"]
    assert missing
    for row in missing:
        assert judged[row["study"]]["Domain (judgement): Bias in measurement of the outcome"] == ""
    assert {row["indirectness"] for row in rows(taken["arms.csv"])} == {""}


def test_the_same_choice_gives_the_same_bytes_in_one_folder(found):
    row = exchange.of_answer(found[0])
    once, again = (exchange.package(row, "milk", say_in("en"), link="http://x") for _ in range(2))
    assert once == again
    with zipfile.ZipFile(io.BytesIO(once)) as opened:
        assert all(name.startswith("milk/") for name in opened.namelist())
        assert "http://x" in opened.read("milk/README.md").decode()


if (
    __name__ == "__main__"
):  # after a change of the columns or of these studies; then `Rscript tests/reference/exchange.R`
    (REFERENCE / "exchange.csv").write_text(files_of(answers(load_studies()))["effects.csv"], "utf-8")
