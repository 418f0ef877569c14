"""Scripts to take away: each is run and its lines are compared with the result it stands for."""

from __future__ import annotations

import ast
import math
import re
import shutil
import subprocess
import sys
import tokenize
from collections.abc import Iterable
from dataclasses import replace
from io import StringIO

import numpy as np
import pytest

from analysis import METHODS, NotApplicable, Outcome
from analysis.asking import Question, attempt, before_after
from analysis.studies import default_assumptions, illustrate
from analysis.telling.scripts import python_script, r_script, script_name
from analysis.telling.scripts.common import OWN_PEOPLE, comment
from analysis.telling.scripts.python import _numbers, quoted
from analysis.telling.scripts.r import DRAWS, IN_R, recipe_of
from tests.analysis.asked import options_of, runs
from tests.server import ROOT

# Tolerances are relative (a value of exactly 0 gets them as absolute ones).
SAME_SUMS = 1e-9  # the same code on the same people in another order
SAME_FORMULA = 1e-8  # closed forms and exact distributions, R against Python
OWN_SEARCH = {  # R's own root finding stops earlier
    "fisher": 2e-3,  # fisher.test leaves uniroot at its default of 1e-4, on a scale where large odds lie close
    "boschloo": 2e-3,  # its odds ratio is fisher.test's
    "tukey": 1e-4,  # qtukey stops at 1e-4
    "games-howell": 1e-4,
    "bayes-t": 1e-5,  # another quadrature
    "bayes-t-paired": 1e-5,
    "mixed-model": 1e-4,  # another search for the variances
    "ordinal-regression": 1e-5,
    "ordinal-ancova": 1e-5,
}
DRAWN_P = 0.25  # of p: 20,000 draws on either side
DRAWN_LIMIT = 0.06  # of the interval's width: random draws on both sides
PACKAGES = ("exactRankTests", "coin", "BayesFactor", "lme4", "ordinal", "psych")
HOSTILE = (
    'Kelor"); system("touch pwned"); ("\n# \\" \' `id` $(id) {x} %s \u2028\u202e\x00 \r\nimport os; os.remove("x") '
)
REACH = re.compile(r"\(?([^(),]+)(?:, ([^(),]+)\))?")


@pytest.fixture(autouse=True)
def library_read_once(monkeypatch, studies) -> None:
    """Scripts that run in here get the library as it was read already; one reads it by itself, in its own process."""
    monkeypatch.setattr("analysis.load_studies", lambda: studies)


def forms(asked: Iterable[Question]) -> Iterable[tuple[Question, str, dict[str, object]]]:
    """Every question with every method that answers it, in each of its variants that does too."""
    for question in asked:
        for method in runs(question):
            for variant in METHODS[method].variants:
                options = {**options_of(method), **variant}
                if attempt(question, method, **options).outcome:
                    yield question, method, options


def representative(asked: Iterable[Question]) -> list[tuple[Question, str, dict[str, object]]]:
    """Each form of each method once for people of a study and once for own people: running them takes a while."""
    chosen: dict[tuple, tuple[Question, str, dict[str, object]]] = {}
    for question, method, options in forms(asked):
        over_time = METHODS[method].design in ("repeated", "groups-before-after")
        times = len(question.timepoints) if over_time else 0
        key = (question.status in OWN_PEOPLE, times, question.r, method, *options.items())
        chosen.setdefault(key, (question, method, options))
    return list(chosen.values())


def printed(text: str) -> dict[str, tuple[float, ...]]:
    """What a script printed, as numbers."""
    rows = (line.split(" = ") for line in text.splitlines() if " = " in line)
    return {name: tuple(float(end) for end in REACH.fullmatch(value.strip()).groups() if end) for name, value in rows}


def wanted(outcome: Outcome, names: Iterable[str]) -> dict[str, tuple[float, ...]]:
    values = {name: getattr(outcome, name) for name in names}
    return {
        name: value if isinstance(value, tuple) else (value,) for name, value in values.items() if value is not None
    }


def run_python(script: str, capsys) -> dict[str, tuple[float, ...]]:
    exec(compile(script, "script.py", "exec"), {"__name__": "__main__"})
    return printed(capsys.readouterr().out)


# -- Python ------------------------------------------------------------------------------------------------------------


def test_every_python_script_prints_its_result(asked, capsys):
    for question, method, options in representative(asked):
        outcome = attempt(question, method, **options).outcome
        found = run_python(python_script(question, method, **options), capsys)
        expected = wanted(outcome, ("estimate", "interval", "effect", "effect_interval", "statistic", "p"))
        assert found.keys() == expected.keys(), (question.study.id, method, options)
        for name, values in expected.items():
            assert found[name] == pytest.approx(values, rel=SAME_SUMS, abs=SAME_SUMS), (method, options, name)


def test_a_script_shows_the_data_set_that_was_chosen(asked, capsys):
    several = [question for question in asked if len(question.offered) > 1]
    assert several
    for question in several:
        method, last = runs(question)[0], len(question.offered) - 1
        for chosen in {0, last // 2, last}:
            outcome = attempt(question, method, chosen, **options_of(method)).outcome
            found = run_python(python_script(question, method, chosen, **options_of(method)), capsys)
            assert found["p"] == pytest.approx((outcome.p,), rel=SAME_SUMS)


def test_a_python_script_runs_by_itself(serpong):
    question = before_after(serpong, "milk-score", "massage", ("before", "after"))
    script = python_script(question, "wilcoxon")
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert printed(ran.stdout)["p"] == pytest.approx((0.0625,))  # as README says


def test_a_python_script_has_about_ten_lines(asked):
    for question, method, options in forms(asked):
        script = python_script(question, method, **options)
        lines = [line for line in script.splitlines() if line and not line.startswith("#")]
        assert len(lines) <= 11, script


def test_what_was_assumed_is_a_named_constant(asked):
    by_r, by_n = (next(q for q in asked if q.status != "uploaded" and test(q)) for test in (_has_r, _has_n))
    script = python_script(by_r, "paired-t-summary")
    assert "ASSUMED_R = 0.5  # assumed" in script and "r=ASSUMED_R" in script
    assert "r <- 0.5 # assumed" in r_script(by_r, "paired-t-summary")
    script = python_script(by_n, "fisher")
    assert 'ASSUMED_N = {"massage": 15, "other": 15}  # assumed' in script and "assume_n(" in script
    assert "# assumed" in r_script(by_n, "fisher")


def _has_r(question: Question) -> bool:
    return bool(question.r)


def _has_n(question: Question) -> bool:
    return question.status == "assumed"


def test_what_cannot_be_run_has_no_script(serpong):
    question = before_after(serpong, "milk-score", "massage", ("before", "after"))
    for script in (python_script, r_script):
        with pytest.raises(NotApplicable, match="needs-margin"):
            script(question, "tost-paired")
        with pytest.raises(NotApplicable, match="wrong-scale"):
            script(question, "mcnemar")


# -- R -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", METHODS.values(), ids=lambda method: method.id)
def test_every_method_has_a_recipe_in_r(method):
    for variant in method.variants:
        recipe = recipe_of(method.id, variant)
        assert recipe.isascii() and "library(" not in recipe


def test_a_method_without_recipe_says_so():
    with pytest.raises(NotApplicable, match="no-r-script"):
        recipe_of("no-such-test", {})


def r_is_missing() -> str:
    """Why R scripts can't be run here; blank where they can."""
    if shutil.which("Rscript") is None:
        return "R is not installed: R scripts are not compared"
    names = ", ".join(f'"{name}"' for name in PACKAGES)
    code = f"cat(Filter(function(x) !requireNamespace(x, quietly = TRUE), c({names})))"
    absent = subprocess.run(["Rscript", "-e", code], capture_output=True, text=True, check=False).stdout.split()
    return f"R packages are not installed: {', '.join(absent)}" if absent else ""


def in_one_r(scripts: list[str], folder) -> list[dict[str, tuple[float, ...]]]:
    """Run many scripts in one process, each in an environment of its own."""
    for number, script in enumerate(scripts):
        (folder / f"{number:03d}.R").write_text(script, encoding="utf-8")
    driver = (
        'for (name in sort(list.files(pattern = "^[0-9]+[.]R$"))) {\n'
        '  cat("-- script\\n")\n'
        "  sys.source(name, envir = new.env(parent = globalenv()))\n}\n"
    )
    (folder / "driver.R").write_text(driver)
    ran = subprocess.run(["Rscript", "driver.R"], cwd=folder, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, (ran.stdout.count("-- script"), ran.stderr[-2000:])
    return [printed(text) for text in ran.stdout.split("-- script\n")[1:]]


def test_every_r_script_prints_the_same_numbers(asked, tmp_path):
    if reason := r_is_missing():
        pytest.skip(reason)
    cases = representative(asked)
    found = in_one_r([r_script(question, method, **options) for question, method, options in cases], tmp_path)
    assert len(found) == len(cases)
    for (question, method, options), numbers in zip(cases, found, strict=True):
        outcome = attempt(question, method, **options).outcome
        expected = wanted(outcome, IN_R)
        assert numbers.keys() == expected.keys(), (method, options)
        for name, values in expected.items():
            assert numbers[name] == pytest.approx(values, **tolerance(method, outcome, name)), (method, options, name)


def tolerance(method: str, outcome: Outcome, name: str) -> dict[str, float]:
    """How close R must come to one value of an outcome."""
    drawn = {note.key for note in outcome.notes} & set(DRAWS)
    if name == "interval" and drawn & {"resamples", "drawn-limits"}:
        return {"rel": 0, "abs": DRAWN_LIMIT * (outcome.interval[1] - outcome.interval[0])}
    if name == "p" and "drawn-p" in drawn:
        return {"rel": DRAWN_P}
    close = OWN_SEARCH.get(method, SAME_FORMULA)
    return {"rel": close, "abs": close}


def test_an_r_script_names_the_packages_it_needs_and_stops_without_them(serpong):
    question = before_after(serpong, "milk-score", "massage", ("before", "after"))
    assert 'requireNamespace("exactRankTests", quietly = TRUE)' in r_script(question, "wilcoxon")
    assert "requireNamespace" not in r_script(question, "wilcoxon", exact=False)
    assert "requireNamespace" not in r_script(question, "paired-t")


def test_an_r_script_says_where_it_draws_by_itself(serpong):
    question = before_after(serpong, "milk-score", "massage", ("before", "after"))
    assert "draws its own" in r_script(question, "bootstrap-paired")
    assert "draws its own" not in r_script(question, "paired-t")


# -- texts of studies do nothing ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hostile(cassava) -> Question:
    """A question whose every text and id tries to break out."""
    texts = {"en": HOSTILE, "id": HOSTILE}
    arms = {HOSTILE: replace(cassava.arms["cassava"], id=HOSTILE, label=texts)}
    outcomes = {HOSTILE: replace(cassava.outcomes["prolactin"], id=HOSTILE, label=texts, unit=texts)}
    people = illustrate(cassava, "prolactin", "cassava", default_assumptions([3.0], None))
    study = replace(cassava, id=HOSTILE, card={"title": texts}, arms=arms, outcomes=outcomes, figures=(), claims=())
    times = tuple(cassava.timepoints)
    return before_after(study, HOSTILE, HOSTILE, times, people=replace(people, arm=HOSTILE), status="uploaded")


def test_hostile_texts_stay_comments_in_python(hostile, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    script = python_script(hostile, "paired-t")
    numbers = run_python(script, capsys)
    assert numbers["p"] == pytest.approx((attempt(hostile, "paired-t").outcome.p,))
    assert list(tmp_path.iterdir()) == []
    code = [t.string for t in tokenize.generate_tokens(StringIO(script).readline) if t.type != tokenize.COMMENT]
    assert not any("system" in text or "Kelor" in text for text in code)


def test_hostile_ids_stay_one_literal_in_python(hostile):
    loaded = python_script(replace(hostile, status="recovered"), "paired-t")
    names = [node.value for node in ast.walk(ast.parse(loaded)) if isinstance(node, ast.Constant)]
    assert names.count(HOSTILE) == 4  # study, outcome, picked arm, located arm
    calls = [ast.unparse(node.func) for node in ast.walk(ast.parse(loaded)) if isinstance(node, ast.Call)]
    assert set(calls) == {
        "load_studies",
        "load_studies()[" + repr(HOSTILE) + "].participants",
        "people.pivot",
        "run",
    } | {
        "print",
        "getattr",
    }


def test_hostile_texts_stay_comments_in_r(hostile, tmp_path):
    script = r_script(hostile, "paired-t")
    assert not any("system" in line or "Kelor" in line for line in script.splitlines() if not line.startswith("#"))
    if reason := r_is_missing():
        pytest.skip(reason)
    numbers = in_one_r([script], tmp_path)[0]
    assert numbers["p"] == pytest.approx((attempt(hostile, "paired-t").outcome.p,))
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize("text", [HOSTILE, "a\nb", "a\r\nb", "a\x85b\u2028c\u2029d", "\x0cx", "", "#", "'''", '"""'])
def test_comments_and_literals_hold_any_text(text):
    lines = comment(text)
    assert all(line.startswith("# ") and len(line.splitlines()) == 1 and line.isprintable() for line in lines)
    assert ast.literal_eval(quoted(text)) == text and quoted(text).isascii() and len(quoted(text).splitlines()) == 1


def test_no_script_names_a_folder_of_this_machine(asked):
    for question, method, options in forms(asked):
        for script in (python_script(question, method, **options), r_script(question, method, **options)):
            assert str(ROOT) not in script and "/home" not in script and "nan " not in script.replace("nan = ", "")


def test_people_with_a_gap_are_left_out_and_counted(asked):
    question = next(one for one in asked if one.study.id == "moringa-massage-serpong" and one.r == 0.0)
    for script in (python_script(question, "wilcoxon"), r_script(question, "wilcoxon")):
        assert "2 incomplete left out" in script and "NA" not in script and "nan" not in script


def test_values_that_were_not_measured_stay_values():
    assert np.array_equal(eval(_numbers(np.array([[1.5, np.nan]]))), [[1.5, np.nan]], equal_nan=True)


def test_names_of_files_are_plain(hostile, serpong):
    question = before_after(serpong, "milk-score", "massage", ("before", "after"))
    name = "lactascope-moringa-massage-serpong-milk-score-massage-change-paired-t"
    assert (
        script_name(question, "paired-t", "py") == f"{name}.py"
        and script_name(question, "paired-t", "R") == f"{name}.R"
    )
    assert re.fullmatch(r"[A-Za-z0-9-]{1,120}\.R", script_name(hostile, "paired-t", "R"))


def test_numbers_of_a_script_are_finite_or_said_to_be_infinite():
    assert printed("interval = (1.5, Inf)\np = 0.25") == {"interval": (1.5, math.inf), "p": (0.25,)}
