"""What is remembered: the library's results for all, a session's own for it alone, and nothing of it afterwards."""

from __future__ import annotations

import ast
import gc
import threading
import timeit
import weakref
from functools import lru_cache
from pathlib import Path

import pytest

from analysis import METHODS, check_study, load_studies
from analysis.asking import advice, attempt, before_after, between, detectable, methods_for, multiverse, reproductions
from analysis.asking.assumptions import assumptions_of
from analysis.checks import ledger
from analysis.evidence import Choice, answer, evidence_map, interventions
from analysis.evidence.contrasts import contrasts_of
from analysis.results import Memory, for_asker, keeping, memory, remembered, with_memory
from analysis.studies import Study, offers
from analysis.uploads import About, draft, example, propose, read_file, sheet_of

ROOT = Path(__file__).parents[2]
SOURCES = [*(ROOT / "analysis").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]
# What may be remembered for everybody without asking whose it is: sizes, places of ours, languages.
OF_NOBODY = {"int", "float", "bool", "range", "Path"}
NAMED = {"language", "folder", "recipe"}  # texts that are ours
OF_OUR_OWN = {("analysis/methods/given.py", "run")}  # a test's function
SLOWER = 3.0  # times as long as functools' own for a hit, of which a rerun has some hundreds; measured 1.3
STEPS = 20_000


def own_study() -> Study:
    sheet = sheet_of(read_file(example("wide", "en"), "own.csv"))
    study = draft(sheet, propose(sheet), About("Own", "randomised", "2026-11-28")).study
    assert study is not None
    return study


@remembered(8)
def _asked(of: object) -> list[object]:
    return [of]


# -- whose is it -------------------------------------------------------------------------------------------------------


def test_who_has_no_memory_shares_one():
    _asked.cache_clear()
    assert _asked("x") is _asked("x")


def test_a_memory_reads_what_is_shared_and_adds_nothing():
    _asked.cache_clear()
    shared = _asked("shared")
    with with_memory(Memory()):
        assert _asked("shared") is shared
        own = _asked("own")
        assert _asked("own") is own
    assert _asked.cache_info().currsize == 1
    assert _asked("own") is not own


def test_two_memories_know_nothing_of_each_other():
    first, second = Memory(), Memory()
    with with_memory(first):
        own = _asked("mine")
    with with_memory(second):
        assert _asked("mine") is not own
    with with_memory(first):
        assert _asked("mine") is own


def test_a_memory_is_bounded():
    kept = Memory()
    with with_memory(kept):
        first = _asked(0)
        for number in range(1, 9):
            _asked(number)
        assert _asked(0) is not first


def test_an_error_is_the_functions_own():
    @remembered(8)
    def failing() -> None:
        raise ValueError("its own")

    with with_memory(Memory()), pytest.raises(ValueError, match="its own") as raised:
        failing()
    assert raised.value.__context__ is None


def test_work_for_another_thread_takes_the_memory_along():
    kept, found = Memory(), []
    with with_memory(kept):
        work = for_asker(lambda: found.append(memory()))
    for job in (work, lambda: found.append(memory())):
        thread = threading.Thread(target=job)
        thread.start()
        thread.join()
    assert found == [kept, None]


# -- nothing is left ---------------------------------------------------------------------------------------------------


def asked_everything(study: Study, library: tuple[Study, ...]) -> None:
    """What screens ask of a study: checks, every test on every question, beside the library."""
    check_study(study)
    ledger(study)
    offers(study)
    contrasts_of(study)
    times = tuple(study.timepoints)
    for outcome in study.outcomes:
        asked = [before_after(study, outcome, arm, times) for arm in study.arms]
        asked += [between(study, outcome, tuple(study.arms)[:2], times, one) for one in ("change", "after", "adjusted")]
        for question in asked:
            for method in methods_for(question.kind):
                if METHODS[method].design in question.offered[0]:
                    attempt(question, method)
                    assumptions_of(question, method)
            advice(question)
            multiverse(question)
            reproductions(question)
            detectable(question)
    together = (*library, study)
    answer(together, Choice())
    interventions(together)
    evidence_map(together, Choice())


def test_nothing_of_a_study_is_left_when_its_session_is_gone():
    library = tuple(study for study in load_studies().values() if study.usable)[:6]
    study = own_study()
    people = next(iter(study.people.values()))
    gone = [weakref.ref(one) for one in (study, people, people.scores)]
    with with_memory(Memory()):
        asked_everything(study, library)
    del study, people
    gc.collect()
    assert [one() for one in gone] == [None, None, None]


def test_without_a_memory_of_its_own_it_would_stay():
    """So the test above can fail."""
    study = own_study()
    there = weakref.ref(study)
    offers(study)
    del study
    gc.collect()
    assert there() is not None
    offers.cache_clear()
    gc.collect()
    assert there() is None


def _is_cache(decorator: ast.expr) -> bool:
    name = decorator.func if isinstance(decorator, ast.Call) else decorator
    return (getattr(name, "id", "") or getattr(name, "attr", "")) in ("lru_cache", "cache", "cache_data")


def test_what_is_remembered_for_all_can_hold_nothing_of_a_study():
    """`functools`' own caches are for sizes, fonts and words; whatever follows from a study is `remembered`."""
    wrong = []
    for path in SOURCES:
        here = str(path.relative_to(ROOT))
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(function, ast.FunctionDef) or not any(map(_is_cache, function.decorator_list)):
                continue
            arguments = function.args
            for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
                kind = ast.unparse(one.annotation) if one.annotation else ""
                if kind not in OF_NOBODY and one.arg not in NAMED and (here, one.arg) not in OF_OUR_OWN:
                    wrong.append(f"{here}:{function.lineno}: {function.name}({one.arg}: {kind})")
    assert wrong == []


# -- and it costs next to nothing --------------------------------------------------------------------------------------


def test_remembering_is_as_quick_as_before(monkeypatch):
    monkeypatch.setattr(keeping, "_found_by", keeping._nobody)  # as on a server on which nobody has own data
    study = next(iter(load_studies().values()))

    def asked(of: Study, *more: str) -> int:
        return len(more)

    def seconds(function) -> float:
        return min(timeit.repeat(lambda: function(study, "outcome", "arm"), number=STEPS, repeat=5))

    assert seconds(remembered(8)(asked)) < SLOWER * seconds(lru_cache(8)(asked))
