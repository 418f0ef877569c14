"""The project as others meet it: installed into an environment of its own, away from its source."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analysis import load_studies
from analysis.asking import attempt, before_after
from analysis.evidence import Choice, answer
from analysis.telling import VERSION
from analysis.telling.scripts import pooling_python, python_script
from lactascope import main
from tests.server import ROOT, serve


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """The folder of programs of an environment into which `pip install .` went; uv keeps what it brings."""
    uv = shutil.which("uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if uv is None:
        pytest.skip("uv is not installed")
    place = tmp_path_factory.mktemp("installed") / "environment"
    subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, place], check=True)
    programs = place / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run([uv, "pip", "install", "--quiet", "--python", programs / "python", ROOT], check=True)
    return programs


def ran(*command: object, folder: Path, code: int = 0) -> str:
    """What a program prints where nothing of the source is in reach."""
    bare = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run([*map(str, command)], cwd=folder, env=bare, capture_output=True, text=True)
    assert done.returncode == code, done.stderr
    return done.stdout


def test_installed_it_has_its_library_its_command_its_scripts_and_its_screens(installed, tmp_path):
    library = load_studies()
    asked = before_after(library["moringa-massage-serpong"], "milk-score", "massage", ("before", "after"))
    one, many = tmp_path / "one.py", tmp_path / "many.py"
    one.write_text(python_script(asked, "wilcoxon"))
    line = answer(library.values(), Choice(treatments=("domperidone",))).lines[0]
    many.write_text(pooling_python(line))

    where = "import analysis; from analysis import load_studies as l; print(analysis.__file__, len(l()))"
    file, count = ran(installed / "python", "-c", where, folder=tmp_path).split()
    assert Path(file).is_relative_to(installed.parent) and int(count) == len(library)
    assert f"p = {attempt(asked, 'wilcoxon').outcome.p}" in ran(installed / "python", one, folder=tmp_path)
    assert f"estimate = {line.kept.estimate}" in ran(installed / "python", many, folder=tmp_path)
    assert ran(installed / "lactascope", "--version", folder=tmp_path).strip() == VERSION

    screens = Path(file).parent / "screens"
    with serve(screens / "app.py", screens):  # answers, or raises
        pass


def test_a_study_folder_and_a_text_are_checked_in_a_terminal(tmp_path, capsys):
    """R: 2 * pnorm(-2.111) = 0.0348, so .035 is its p and .048 isn't; 0.638 is the misprinted SD of Serpong."""
    assert main(["check", str(ROOT / "data" / "maita-2017")]) == 0
    assert main(["check", str(ROOT / "data" / "moringa-massage-serpong")]) == 1
    assert "0.638" in capsys.readouterr().out
    text = tmp_path / "results.txt"
    text.write_text("Z = -2.111, p = .035")
    assert main(["check", str(text)]) == 0
    text.write_text("Z = -2.111, p = .048")
    assert main(["check", str(text), "--language", "id"]) == 1
    assert "0,0348" in capsys.readouterr().out


@pytest.mark.parametrize("file", ["nothing there.txt", "no results.txt"])
def test_what_can_not_be_checked_is_said_so(tmp_path, capsys, file):
    (tmp_path / "no results.txt").write_text("Mothers drank tea.")
    with pytest.raises(SystemExit) as ended:
        main(["check", str(tmp_path / file)])
    assert ended.value.code == 2 and capsys.readouterr().err


def test_the_audit_of_the_library_is_the_reviewed_list(capsys):
    assert main(["audit"]) == 1
    reviewed = (ROOT / "tests" / "reference" / "findings.txt").read_text("utf-8").splitlines()
    said = capsys.readouterr().out
    assert all(line.rsplit(" | ", 1)[1] in said for line in reviewed)


def test_the_version_is_one():
    assert re.search(rf"^version: {re.escape(VERSION)}$", (ROOT / "CITATION.cff").read_text(), re.MULTILINE)
    assert (ROOT / "docs" / f"{VERSION}.md").exists()


def test_every_package_that_the_app_imports_stands_in_the_notice():
    """The first block of requirements.txt; what these bring keeps its own licence, too."""
    own = (ROOT / "requirements.txt").read_text().split("\n\n")[0]
    names = re.findall(r"^([\w-]+)", own, re.MULTILINE)
    noticed = re.findall(r"^([\w-]+)  ", (ROOT / "NOTICE").read_text(), re.MULTILINE)
    assert names and set(names) <= set(noticed)
