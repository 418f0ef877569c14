"""A library of many studies loads and answers quickly: made-up folders, processor time, the best of several tries.

Limits are several times what was measured, so that they hold beside other work on a small machine. `make bench`
measures the same beside a browser.
"""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from analysis import Study, load_studies
from analysis.evidence import POOLED_FAMILIES, Choice, best_kind, body, evidence_map, treatments_given
from analysis.evidence.answer import answer_anew
from analysis.evidence.contrasts import effects_of
from analysis.plots.across import Row, forest
from analysis.studies import load_study, study_folders
from tests import synthetic
from tests.analysis.stopwatch import seconds, slowness

ROOT = Path(__file__).resolve().parents[3]
MANY, SHOWN = 1000, 300
LOADING = """
import time
from analysis.studies import load_studies
start = time.process_time()
studies = load_studies({folder!r})
print(time.process_time() - start, sum(study.usable for study in studies.values()))
print(*(line for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("library")
    synthetic.write(root, MANY)
    return root


@pytest.fixture(scope="module")
def library(folder) -> tuple[Study, ...]:
    return tuple(map(load_study, study_folders(folder)[:SHOWN]))


# -- the folders -------------------------------------------------------------------------------------------------------


def test_every_made_up_folder_is_valid_and_leaves_nothing_unsaid(library):
    assert len(library) == SHOWN
    assert [str(problem) for study in library for problem in (*study.problems, *study.gaps)] == []


def test_the_same_seed_writes_the_same_folders_and_another_seed_others(tmp_path):
    texts = []
    for name, seed in (("one", 5), ("same", 5), ("other", 6)):
        (tmp_path / name).mkdir()
        synthetic.write(tmp_path / name, 3, seed)
        texts.append([path.read_text("utf-8") for path in sorted((tmp_path / name).rglob("*.*"))])
    assert texts[0] == texts[1] != texts[2]


def test_made_up_studies_are_as_varied_as_real_ones(library):
    measures = [measure for study in library for measure in study.outcomes.values()]
    assert {measure.scale for measure in measures} == {"continuous", "ordinal", "binary"}
    assert {measure.family for measure in measures} >= set(POOLED_FAMILIES)
    assert {len(study.arms) for study in library} == {2, 3, 4}
    assert {study.design for study in library} == set(synthetic.DESIGNS)
    assert {study.facets.allocation for study in library} == {"person", "cluster"}
    assert all(study.bias for study in library)
    printed = {figure.statistic for study in library for figure in study.figures}
    assert printed >= {"mean", "sd", "se", "ci_low", "median", "q1", "count", "change_mean", "change_sd"}
    for comparison in ("control", "active", "before-after"):
        assert any(body(library, Choice(comparisons=(comparison,), kind=kind)).entries for kind in ("hedges_g", "smcc"))


# -- loading -----------------------------------------------------------------------------------------------------------


def test_the_real_library_loads_within_a_second():
    assert len(load_studies()) >= 70
    assert seconds(load_studies, 3) < 1


def test_a_thousand_studies_load_within_five_seconds_and_300_mb(folder):
    """The peak is VmHWM: the getrusage of a child begins with the peak of whoever started it."""
    script = LOADING.format(folder=str(folder))
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    spent, usable, kilobytes = re.fullmatch(r"(\S+) (\d+)\nVmHWM:\s+(\d+) kB\s*", done.stdout).groups()
    assert int(usable) == MANY
    assert float(spent) / slowness() < 5
    assert int(kilobytes) / 1024 < 300


# -- asking ------------------------------------------------------------------------------------------------------------


def test_a_rerun_with_300_studies_asks_little_of_the_analysis(library, say):
    """Map, rows, pool, certainty and forest, as Across studies shows them; the rows are found anew each time."""
    choice = Choice()
    evidence_map(library, choice)

    def rerun() -> None:
        evidence_map(library, choice)
        found = answer_anew(library, choice)
        pooled, entries = found.average.kept, found.body.all
        rows = [Row(entry.contrast.id, entry.contrast.study.id, "", entry.effect, 1.0) for entry in entries]
        forest(rows, pooled, pooled, say)

    assert len(body(library, choice).all) > 100
    assert seconds(rerun, 5) < 0.15


def test_what_was_asked_before_is_not_worked_out_again(library):
    choice = Choice(moment="first")
    first = body(library, choice), best_kind(library, choice), evidence_map(library, choice)
    assert body(list(library), choice) is first[0]
    again = seconds(lambda: (best_kind(library, choice), evidence_map(library, choice), body(library, choice)), 5)
    assert again < 0.005
    assert treatments_given(library, choice) is treatments_given(library, choice)


def test_an_assumption_about_single_arms_leaves_the_effects_of_two_arms_alone(library):
    """Another r, or people shared evenly where all are printed, must not cost the effects of the whole library."""
    body(library, Choice())
    before = effects_of.cache_info().misses
    for choice in (Choice(r=0.35), Choice(equal_groups=True)):
        assert [entry.effect for entry in body(library, choice).entries] == [
            entry.effect for entry in body(library, Choice()).entries
        ]
    assert effects_of.cache_info().misses == before


def test_a_study_that_changed_is_never_answered_from_before(library):
    choice = Choice()
    changed = body(library, choice).all[0].contrast.study
    figures = tuple(
        replace(figure, value=f"{float(figure.value) + 50:.2f}")
        if figure.arm == "arm-1" and figure.level == ""
        else figure
        for figure in changed.figures
    )
    moved = tuple(replace(study, figures=figures) if study is changed else study for study in library)

    def effects(studies: tuple[Study, ...]) -> dict[str, float]:
        return {entry.contrast.id: entry.effect.value for entry in body(studies, choice).all}

    before, after = effects(library), effects(moved)
    assert {one.split("~")[0] for one in before if before[one] != after[one]} == {changed.id}
