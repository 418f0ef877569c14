"""What several modules here share: the studies in data/ and the words."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest

from analysis import Study, load_studies
from analysis.asking import Question, attempts
from analysis.recover import budget
from analysis.words import Say, say_in
from tests.analysis.asked import everything


@pytest.fixture(autouse=True)
def patient_readers(monkeypatch) -> None:
    """Seconds that a reader would wait are seconds of our own work here: others on the machine don't cut it short."""
    work = SimpleNamespace(monotonic=time.process_time)
    monkeypatch.setattr(budget, "time", work)
    monkeypatch.setattr(attempts, "time", work)


@pytest.fixture(scope="session")
def studies() -> dict[str, Study]:
    return load_studies()


@pytest.fixture(scope="session")
def serpong(studies) -> Study:
    return studies["moringa-massage-serpong"]


@pytest.fixture(scope="session")
def cassava(studies) -> Study:
    return studies["cassava-pekanbaru"]


@pytest.fixture(scope="session")
def say() -> Say:
    return say_in("en")


@pytest.fixture(scope="session")
def asked(studies) -> list[Question]:
    return everything(studies)
