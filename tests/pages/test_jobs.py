"""Long calculations without a browser: answered, cancelled, asked anew, and errors that are not swallowed."""

from __future__ import annotations

import threading

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.recover import Cancelled
from analysis.words import LANGUAGES, say_in
from pages.ui.check import jobs

PATIENT = 10  # seconds a test waits for a thread


@pytest.fixture(autouse=True)
def own_pool():
    """A pool of this test alone, with nothing of other tests in it."""
    st.cache_resource.clear()
    yield
    jobs._pool().shutdown(wait=True, cancel_futures=True)
    st.cache_resource.clear()


def endless(started: threading.Event):
    """Work that goes on until it is told to stop."""
    pause = threading.Event()

    def work(progress):
        while True:
            progress(0.25)
            started.set()
            pause.wait(0.01)

    return work


def app_of(question: str, works: dict) -> AppTest:
    """A screen with one job; what it works on is the question in the link."""

    def script(works, language):
        import streamlit as st

        from analysis.words import say_in
        from pages.ui.check import jobs

        asked = st.query_params["asked"]
        answer = jobs.result("here", asked, works[asked], say_in(language))
        if answer is not None:
            st.text(f"answer {answer}")

    app = AppTest.from_function(script, kwargs={"works": works, "language": "en"}, default_timeout=PATIENT)
    app.query_params["asked"] = question
    return app


def test_a_quick_answer_needs_no_progress_bar():
    app = app_of("quick", {"quick": lambda progress: 42}).run()
    assert [text.value for text in app.text] == ["answer 42"]
    assert not app.button


def test_a_long_job_shows_how_far_it_is_and_can_be_stopped():
    started = threading.Event()
    app = app_of("long", {"long": endless(started)}).run()
    assert not app.text and started.wait(PATIENT)
    job = app.session_state["jobs"]["here"]
    (stop,) = app.button
    assert stop.label == say_in("en")("job.cancel") and job.share == 0.25
    job.cancel()
    with pytest.raises(Cancelled):
        job.future.result(PATIENT)
    app.run()
    assert [info.value for info in app.info] == [say_in("en")("job.cancelled")]
    assert not app.exception and not app.text


def test_a_stopped_job_begins_again_on_request():
    started = threading.Event()
    works = {"once": endless(started)}
    app = app_of("once", works).run()
    app.session_state["jobs"]["here"].cancel()
    app.run()
    works["once"] = lambda progress: "at last"
    (again,) = app.button
    assert again.label == say_in("en")("job.again")
    again.click().run()
    assert [text.value for text in app.text] == ["answer at last"]


def test_another_question_stops_the_old_job():
    started = threading.Event()
    app = app_of("long", {"long": endless(started), "quick": lambda progress: 7}).run()
    assert started.wait(PATIENT)
    old = app.session_state["jobs"]["here"]
    app.query_params["asked"] = "quick"
    app.run()
    assert [text.value for text in app.text] == ["answer 7"]
    with pytest.raises(Cancelled):
        old.future.result(PATIENT)


def test_two_visitors_do_not_wait_for_each_other():
    started = threading.Event()
    first = app_of("long", {"long": endless(started)}).run()
    second = app_of("quick", {"quick": lambda progress: 1}).run()
    assert [text.value for text in second.text] == ["answer 1"]
    assert not first.session_state["jobs"]["here"].future.done()
    first.session_state["jobs"]["here"].cancel()


def test_an_error_in_the_work_is_an_error_on_the_screen():
    def broken(progress):
        raise ZeroDivisionError("of our own")

    app = app_of("broken", {"broken": broken}).run()
    assert len(app.exception) == 1 and not app.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_a_job_is_there(language):
    assert all(say_in(language).has(f"job.{key}") for key in ("running", "cancel", "cancelled", "again"))
