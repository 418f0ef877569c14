"""The walker: one fixed walk through all screens, and that it notices what a reader would."""

from __future__ import annotations

import pytest

from analysis.results import NotApplicable
from pages.ui.between_groups import compare
from pages.ui.shared import guard, show
from tests.walk import walk

STEPS = 800  # about a minute; `make walk` goes on with new seeds


def test_a_reader_without_a_plan_meets_no_failure():
    taken, failed = walk(seed=20261127, seconds=240, steps=STEPS)
    assert not failed
    assert taken >= STEPS, "too slow to be a test of the screens"


@pytest.mark.guarded
@pytest.mark.parametrize("raised", [ZeroDivisionError("x"), NotApplicable("no-spread")])
def test_a_panel_that_fails_is_found_with_the_way_there(monkeypatch, raised):
    def fails(*_args, **_kwargs):
        raise raised

    monkeypatch.setattr(show, "figure", fails)
    taken, failed = walk(seed=1, seconds=60, steps=200)
    assert taken < 200
    assert failed.startswith("1. open ") and type(raised).__name__ in failed


def test_a_seed_takes_the_same_steps(monkeypatch):
    told = []
    for _ in range(2):
        steps: list[str] = []
        monkeypatch.setattr(
            "tests.walk.Walk._run", lambda walk, kept=steps: (kept.append(walk.steps[-1]), walk.app.run())
        )
        walk(seed=7, seconds=60, steps=20)
        told.append(steps)
    assert told[0] == told[1] and len(told[0]) >= 20


@pytest.mark.guarded
def test_a_failing_panel_leaves_the_rest_of_the_screen_standing(first_look, monkeypatch, caplog):
    def fails(*_args, **_kwargs):
        raise KeyError("nobody expected this")

    whole = first_look("between-groups", study="moringa-massage-serpong", lang="en")
    monkeypatch.setattr(compare, "draw", fails)
    app = first_look("between-groups", study="moringa-massage-serpong", lang="en")
    assert not app.exception
    assert [error.value for error in app.error] == [
        "This part can't be shown just now; everything else on the screen works. Choosing something else often helps."
    ]
    assert [box.label for box in app.selectbox] == [box.label for box in whole.selectbox]
    assert len(app.get("download_button")) == len(whole.get("download_button"))
    (record,) = [one for one in caplog.records if one.name == guard.LOG.name]
    assert "nobody expected this" in record.exc_text


@pytest.mark.guarded
def test_a_refusal_nobody_expected_is_said_in_its_own_words(open_page, monkeypatch):
    def refuses(*_args, **_kwargs):
        raise NotApplicable("no-spread")

    monkeypatch.setattr(compare, "draw", refuses)
    app = open_page("between-groups", study="moringa-massage-serpong", lang="id")
    assert not app.exception and not app.error
    assert app.info
