"""The classroom: steps, projector, what students open; one browser walks every demonstration."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from analysis import load_studies
from analysis.plots.printing import Sheet
from analysis.telling.classroom import DEMONSTRATIONS, defaults, scene
from analysis.words import LANGUAGES, say_in
from pages.ui.classroom import sharing, sheet
from pages.ui.classroom.steps import STEPS
from pages.ui.shared import frame
from tests.pages.test_browser import opened
from tests.pages.test_pages import texts
from tests.pages.test_zoom import BEYOND
from tests.screenshots import PHONE

LESSONS = list(DEMONSTRATIONS)
FIRST_VIEW = 0.93  # of the window's height above which the plot begins


# -- without a browser -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lesson", LESSONS)
def test_each_step_says_what_the_demonstration_does(first_look, lesson, language):
    say, shown = say_in(language), DEMONSTRATIONS[lesson]
    study = load_studies()[shown.preset.study]
    begun = tuple(defaults(shown, study).items())
    for step in STEPS:
        app = first_look("classroom", lesson=lesson, step=step, lang=language)
        assert not app.exception and not app.error and len(app.get("plotly_chart")) == 1
        said = scene(shown, study, begun, step != "predict", language).said
        assert said in [text.value for text in app.text]
        assert (say(f"lesson-discuss.{lesson}") in texts(app).replace("\\", "")) == (step == "discuss")


def test_a_prediction_is_shown_beside_the_answer(first_look):
    app = first_look("classroom", lesson="dance", step="reveal", lang="en", **{"dance.guess": "3"})
    assert any("You predicted: One" in caption.value for caption in app.caption)


def test_the_buttons_go_through_all_steps_of_all_demonstrations(first_look):
    app = first_look("classroom", lang="en")
    assert app.button(key="step-left").disabled
    walked = []
    for _ in range(len(LESSONS) * len(STEPS)):
        walked.append((app.session_state["choice-lesson"], app.session_state["choice-step"]))
        if not app.button(key="step-right").disabled:
            app.button(key="step-right").click().run()
    assert walked == [(lesson, step) for lesson in LESSONS for step in STEPS]
    assert app.button(key="step-right").disabled
    app.button(key="step-left").click().run()
    assert app.session_state["choice-step"] == "reveal"


def test_a_projector_hides_the_menu_and_keeps_the_mark_of_what_is_made_up(first_look):
    app = first_look("classroom", lesson="dance", step="reveal", projector="on", lang="id")
    say = say_in("id")
    assert not app.exception and not app.get("page_link") and not app.sidebar.children
    assert app.title[0].value == say("lesson-title.dance")
    assert any(say("status.illustrative") in one.value for one in app.markdown)


def test_to_discuss_on_a_projector_the_question_stands_alone_with_the_plot_as_set(first_look):
    link = {"lesson": "dance", "projector": "on", "lang": "en", "dance.turn": "3"}
    plots = [first_look("classroom", step=step, **link).get("plotly_chart")[0].proto.spec for step in STEPS[1:]]
    app = first_look("classroom", step="discuss", **link)
    assert not app.text and say_in("en")("lesson-discuss.dance") in texts(app).replace("\\", "")
    assert plots[0] == plots[1]


def test_the_projectors_switch_brings_title_and_menu_back(first_look):
    app = first_look("classroom", projector="on", lang="en")
    app.toggle[0].set_value(False).run()
    assert app.title[0].value == "Classroom" and app.get("page_link")
    app.toggle[0].set_value(True).run()
    assert app.title[0].value == "The dance of p" and not app.get("page_link")


def test_a_demonstration_whose_study_is_gone_says_so(first_look, monkeypatch):
    studies, context, _ = frame._library(frame._fingerprint(0))
    without = {key: study for key, study in studies.items() if key != DEMONSTRATIONS["dance"].preset.study}
    monkeypatch.setattr(frame, "_library", lambda _: (without, context, tuple(without.values())))
    app = first_look("classroom", lesson="dance", lang="en")
    assert not app.exception and not app.error
    assert [info.value for info in app.info] == [say_in("en")("lesson.missing")]


def test_students_open_what_the_class_sees_without_the_projector(open_page):
    link = {"lesson": "paired", "step": "reveal", "paired.shuffle": "4", "paired.guess": "2", "projector": "on"}
    app = open_page("classroom", lang="id", **link)
    address = next(code.value for code in app.code)
    for part in ("lesson=paired", "step=reveal", "paired.shuffle=4", "paired.guess=2", "lang=id"):
        assert part in address
    assert "projector" not in address


def test_a_code_is_that_of_its_address():
    """Modules read back from the picture are those that segno gives for the same address."""
    from io import BytesIO

    import numpy as np
    import segno
    from PIL import Image

    address = "http://localhost:8501/classroom?lang=id&lesson=here-there&step=reveal"
    picture = np.array(Image.open(BytesIO(sharing.code(address))).convert("L")) < 128
    modules = np.array([list(row) for row in segno.make(address, error="m").matrix], dtype=bool)
    assert (picture[4 * 8 + 4 : -4 * 8 : 8, 4 * 8 + 4 : -4 * 8 : 8] == modules).all()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_for_a_class_is_a_pdf_that_repeats(language, monkeypatch):
    kept: list[Sheet] = []
    real = sheet.sheet
    monkeypatch.setattr(sheet, "sheet", lambda words, *rest: kept.append(words) or real(words, *rest))
    shown = DEMONSTRATIONS["here-there"]
    study = load_studies()[shown.preset.study]
    setting = tuple(defaults(shown, study).items())
    first, second = (sheet.handout(shown, study, setting, say_in(language), "http://x/?a=<b>&c=#d") for _ in range(2))
    assert first.startswith(b"%PDF") and first == second
    (words, _) = kept
    assert len(words.guesses) == 3 and words.language == language and all(vars(words).values())
    assert first.count(b"/Type /Page\n") + first.count(b"/Type /Page ") == 2 or b"/Count 2" in first


# -- in a browser ------------------------------------------------------------------------------------------------------

LOOKS = {
    "laptop": [{"width": 1280, "height": 800}, {"width": 1920, "height": 1080}],
    "phone": [{"width": 390, "height": 844}],
}


@pytest.mark.browser
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_class_walks_through_every_demonstration(chromium, address, look, language):
    """By the arrow key, in one session; the answers in each size of window."""
    say, studies = say_in(language), load_studies()
    device = {"user_agent": PHONE} if look == "phone" else {}
    window, errors = opened(chromium, f"{address}/classroom?lang={language}", viewport=LOOKS[look][0], **device)
    plot = window.get_by_test_id("stPlotlyChart")
    for lesson in LESSONS:
        shown = DEMONSTRATIONS[lesson]
        study = studies[shown.preset.study]
        for step in STEPS:
            said = scene(shown, study, tuple(defaults(shown, study).items()), step != "predict", language).said
            if step == "discuss":  # the sentence stays from the step before
                expect(window.get_by_text(say(f"lesson-discuss.{lesson}"))).to_be_visible(timeout=20_000)
            expect(window.get_by_test_id("stText").filter(has_text=said[:60])).to_be_visible(timeout=20_000)
            expect(plot.locator(".main-svg").first).to_be_visible(timeout=20_000)
            if step == "reveal":
                for size in LOOKS[look]:
                    window.set_viewport_size(size)
                    window.wait_for_timeout(100)  # the plot takes its new width
                    assert window.evaluate(BEYOND) == [0, []], (lesson, size)
                    assert plot.bounding_box()["y"] < FIRST_VIEW * size["height"], (lesson, size)
                window.set_viewport_size(LOOKS[look][0])
            window.keyboard.press("ArrowRight")
    expect(window.get_by_role("button", name=say("lesson.next"))).to_be_disabled()
    expect(window).to_have_url(re.compile(f"lesson={LESSONS[-1]}"))
    expect(window.get_by_test_id("stException")).to_have_count(0)
    assert errors == []
    window.context.close()


@pytest.mark.browser
def test_a_projector_has_large_words_and_gives_them_back(chromium, address):
    letters = "() => getComputedStyle(document.documentElement).fontSize"
    window, errors = opened(
        chromium, f"{address}/classroom?lang=en&projector=on", viewport={"width": 1920, "height": 1080}
    )
    expect(window.locator("h1")).to_have_text("The dance of p")
    window.wait_for_function(f"({letters})() === '24px'")
    expect(window.get_by_test_id("stSidebar")).to_have_count(0)
    window.locator("label").filter(has_text="Projector").click()
    expect(window.locator("h1").filter(has_text="The dance of p")).to_have_count(0, timeout=20_000)
    expect(window.locator("h1")).to_contain_text("Classroom", timeout=20_000)
    window.wait_for_function(f"({letters})() === '16px'")
    expect(window.get_by_test_id("stSidebar")).to_be_visible()
    assert errors == []
    window.context.close()
