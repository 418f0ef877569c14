"""The recipes of CONTRIBUTING, followed to the letter."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys

import pytest

from analysis import METHODS, load_studies
from analysis.asking import attempt, before_after
from analysis.methods import Method
from analysis.results import Outcome
from analysis.studies import CLAIM_COLUMNS, DATA, FIGURE_COLUMNS
from analysis.telling.scripts.r import RECIPES
from analysis.words import LANGUAGES
from tests.server import ROOT
from tests.simulate_table import TABLE


def test_a_study_is_one_folder(tmp_path):
    shutil.copytree(DATA / "triananinsi", tmp_path / "new-study")
    card = tmp_path / "new-study" / "study.toml"
    card.write_text(card.read_text().replace('id = "triananinsi"', 'id = "new-study"', 1))
    study = load_studies(tmp_path)["new-study"]
    assert study.usable
    assert study.participants(next(iter(study.outcomes))) is not None


def test_a_test_is_one_function_and_one_entry(monkeypatch):
    def largest_change(before, after, *, confidence=0.95):
        return Outcome(
            "largest", None, "", None, 1.0, float(max(after - before)), "", None, None, "", None, len(before), ""
        )

    entry = Method("largest", "paired", ("ordinal",), largest_change, "mean_sd", "made up for this test")
    monkeypatch.setitem(METHODS, "largest", entry)
    study = load_studies()["moringa-massage-serpong"]
    question = before_after(study, "milk-score", "moringa", ("before", "after"))
    assert attempt(question, "largest").outcome.estimate == 3


def test_a_script_in_r_and_one_line_make_reference_values(tmp_path):
    """Copied, so that nobody else meets it: its cases are new, every other line of reference.json stays."""
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed")
    made, scripts = tmp_path / "tests" / "reference", tmp_path / RECIPES.relative_to(ROOT)
    shutil.copytree(ROOT / "tests" / "reference", made)
    shutil.copytree(RECIPES, scripts)
    (scripts / "middle.R").write_text("estimate <- median(a) - median(b) # difference_of_medians\nn <- 3\n")
    grid = made / "generate.R"
    line = 'grid <- c(grid, by_script("middle", "groups", without = "groups_2_2"))\n'
    grid.write_text(grid.read_text().replace("methods <- vapply(grid", f"{line}methods <- vapply(grid", 1))
    before = (made / "reference.json").read_text()
    subprocess.run(["Rscript", grid, "middle"], check=True, capture_output=True)
    after = (made / "reference.json").read_text()
    assert not set(before.splitlines()) - set(after.splitlines())
    cases = [case for case in json.loads(after)["cases"] if case["method"] == "middle"]
    samples = json.loads((made / "samples.json").read_text())
    groups = {name for name, sample in samples.items() if (sample.get("design"), sample.get("scale")) in TWO_GROUPS}
    assert {case["sample"] for case in cases} == groups - {"groups_2_2"}
    assert all(list(case["values"]) == ["estimate"] for case in cases)
    assert [case["options"] for case in cases if case["options"]] == [{"confidence": 0.9}]


TWO_GROUPS = {("groups", "continuous"), ("groups", "ordinal")}


def test_a_page_is_one_file_and_a_word_per_language(tmp_path):
    for part in ("app.py", "pages", "analysis", "data", ".streamlit"):
        source = ROOT / part
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / part)
    (tmp_path / "pages" / "new.py").write_text(
        "from pages.ui.shared.frame import draw, open_frame\ndraw(lambda frame: None, open_frame('new'))\n"
    )
    for file, old, new in (
        ("pages/ui/shared/frame.py", "PAGES = {", 'PAGES = {\n    "new": "pages/new.py",'),
        ("pages/ui/shared/frame.py", "ICONS = {", 'ICONS = {\n    "new": ":material/add:",'),
        *((f"analysis/words/{language}.toml", "[menu]", '[menu]\nnew = "New"') for language in LANGUAGES),
    ):
        text = (tmp_path / file).read_text()
        assert text.count(old) == 1
        (tmp_path / file).write_text(text.replace(old, new))
    done = subprocess.run([sys.executable, "-c", ASKED_OF_A_PAGE], cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout == "New New\n", done.stderr


ASKED_OF_A_PAGE = """
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("app.py", default_timeout=60).switch_page("pages/new.py").run()
assert not app.exception
print(app.title[0].value, next(one.proto.label for one in app.get("page_link") if one.proto.label == "New"))
"""


def test_contributing_names_every_column():
    recipe = (ROOT / "CONTRIBUTING.md").read_text()
    for columns in (FIGURE_COLUMNS, CLAIM_COLUMNS):
        assert f"`{', '.join(columns)}`" in recipe


def test_the_table_of_tests_lists_every_test_and_only_those():
    """Written by `make simulate`, a step of the recipe."""
    listed = TABLE.read_text().split("## Tests\n")[1].split("\n## ")[0]
    assert re.findall(r"^\| `([\w-]+)`", listed, re.M) == list(METHODS)


def test_readme_examples_print_what_they_say(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # one of them saves a figure
    readme = (ROOT / "README.md").read_text()
    examples = re.findall(r"```python\n(.*?)```\s+```text\n(.*?)```", readme, re.S)
    assert len(examples) == 4
    for code, printed in examples:
        exec(compile(code, "README.md", "exec"), {})
        assert capsys.readouterr().out == printed
    assert (tmp_path / "serpong.pdf").read_bytes().startswith(b"%PDF")


def test_a_rule_is_one_function_in_its_family(tmp_path):
    """Copied, so that nobody else meets it: a function and its name in `RULES`, and it is a rule of the room."""
    shutil.copytree(ROOT / "analysis", tmp_path / "analysis", ignore=shutil.ignore_patterns("__pycache__"))
    family = tmp_path / "analysis" / "checks" / "numbers.py"
    rule = 'def not_thirteen(n: str) -> Verdict:\n    return consistent("p-zero.fine", p=n)\n\n\nRULES = {'
    entry = '"participants": (not_thirteen, counts_total,)'
    text = family.read_text().replace("RULES = {", rule, 1).replace('"participants": (counts_total,)', entry, 1)
    family.write_text(text)
    asked = "from analysis import checks; print(checks.not_thirteen('12').status, 'not_thirteen' in checks.CHECKS)"
    done = subprocess.run([sys.executable, "-c", asked], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "consistent True\n"
