"""The menu of tests: what it offers, what it greys and why, and that a closed one chooses as an open one does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

import pytest
from playwright.sync_api import expect

from analysis import METHODS, load_studies
from analysis.asking import (
    QUANTITIES,
    answerable,
    assume_n,
    attempt,
    before_after,
    between,
    least_lacking,
    methods_for,
    missing,
    way_on,
)
from analysis.words import LANGUAGES, say_in
from pages.ui.before_after import within
from pages.ui.between_groups import compare
from pages.ui.shared.results import no_test
from pages.ui.shared.text import plain
from tests.pages.conftest import cold
from tests.pages.test_browser import opened
from tests.pages.test_pages import SERPONG, texts

STUDIES = [study for study in load_studies().values() if study.laid_out and study.usable]
BUTTON = re.compile("^(function )?Tests")


def questions_within() -> Iterator:
    """How each arm of the library changed, in each outcome."""
    for study in STUDIES:
        for outcome in study.outcomes:
            for arm in study.arms:
                yield before_after(study, outcome, arm, tuple(study.timepoints))


def questions_between() -> Iterator:
    """Every two arms of the library beside each other, in all that a screen can compare of them."""
    for study in STUDIES:
        times = tuple(study.timepoints)
        for outcome in study.outcomes:
            for arms in combinations(study.arms, 2):
                for quantity in QUANTITIES if len(times) > 1 else ("after",):
                    yield between(study, outcome, arms, times, quantity)


def menu(app) -> tuple[dict[str, bool], dict[str, str]]:
    """Names in the open menu: those that can be ticked with whether they are, those greyed with the reason on hover."""
    groups = [group for group in app.get("button_group") if (group.key or "").startswith("choice-test.")]
    names = {key: plain(say_in("en")(f"method.{key}")) for key in METHODS}
    can = {name: False for group in groups for name in group.options}
    assert len(can) == sum(len(group.options) for group in groups)  # none stands twice
    can |= {names[key]: True for group in groups for key in group.value}
    greyed = [text for text in app.markdown if text.value.startswith(":gray-badge[")]
    cannot = {text.value.removeprefix(":gray-badge[")[:-3]: text.proto.help for text in greyed}
    assert len(cannot) == len(greyed)
    return can, cannot


@pytest.mark.parametrize("study", [SERPONG, "maita-2017", "triananinsi", "nurzam-2025", "lullaby-2022"])
@pytest.mark.parametrize("page", ["before-after", "between-groups"])
def test_every_test_stands_in_the_menu_once_and_the_grey_ones_say_why(open_page, page, study):
    """What can be ticked gives a result; of the others the reason is there on hover and, once each, to be read."""
    app = open_page(page, study=study)
    kind, say = ("within" if page == "before-after" else "between"), say_in("en")
    can, cannot = menu(app)
    names = {plain(say(f"method.{key}")): key for key in methods_for(kind)}
    if len(load_studies()[study].arms) == 1 and page == "between-groups":
        assert not can and not app.get("popover")  # nothing to compare, and so nothing to choose
        return
    if not can:
        assert not cannot and any("No test" in text.value for text in app.text)
        return
    assert names.keys() == can.keys() | cannot.keys() and not can.keys() & cannot.keys()
    notes = next(text.value for text in app.caption if text.value.startswith("¹")).split("  \n")
    assert sorted(note[2:] for note in notes) == sorted(set(cannot.values()))
    ran = open_page(page, study=study, test=[names[name] for name in can], margin="0.5")
    assert {f"**{say(f'method.{names[name]}')}**" for name in can} <= {text.value for text in ran.markdown}


def test_a_test_that_cannot_be_run_is_grey_with_its_reason(open_page):
    can, cannot = menu(open_page("before-after", study=SERPONG, test="paired-t"))
    assert can["Paired t"] and "Repeated ANOVA" not in can
    assert "three or more timepoints" in cannot["Repeated ANOVA"]


CHOSEN = {"test": ["wilcoxon", "sign", "tost-paired"], "holm": "on", "spss": "on", "margin": "0.4"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_closed_menu_chooses_as_an_open_one_does(open_page, language):
    """Cards, switches and the link are the same, though the closed one draws nothing of its own."""
    link = {"study": SERPONG, "lang": language, **CHOSEN}
    with_menu, without = open_page("before-after", **link), cold("before-after", **link).run()
    cards = [[text.value for text in app.text if " = " in text.value] for app in (with_menu, without)]
    assert cards[0] == cards[1] and len(cards[0]) >= 6
    assert with_menu.query_params == without.query_params
    assert not [one for one in without.get("button_group") if "test" in (one.key or "")] and not without.toggle


def test_ticks_under_two_headings_are_one_choice_in_the_order_of_the_registry(open_page):
    app = open_page("before-after", study=SERPONG)
    app.button_group(key="choice-test.bayes").set_value(["bayes-t-paired"]).run()
    app.button_group(key="choice-test.usual").set_value(["sign"]).run()
    assert app.query_params["test"] == ["sign", "bayes-t-paired"]
    app.session_state["opened-tests"] = False
    assert "Bayes" in texts(app.run())
    assert app.query_params["test"] == ["sign", "bayes-t-paired"]
    app.switch_page("pages/study.py").run()
    app.switch_page("pages/before-after.py").run()
    assert app.query_params["test"] == ["sign", "bayes-t-paired"]


def test_a_heading_of_which_nothing_is_ticked_any_more_leaves_the_others(open_page):
    app = open_page("before-after", study=SERPONG, test=["wilcoxon", "bayes-t-paired"])
    app.button_group(key="choice-test.usual").set_value([]).run()
    assert app.query_params["test"] == "bayes-t-paired"
    app.button_group(key="choice-test.bayes").set_value([]).run()
    assert app.query_params["test"] == "none"


# -- where no test can be run ------------------------------------------------------------------------------------------


def test_where_no_test_can_be_run_one_sentence_says_why_and_where_to_go_on(open_page):
    app = open_page("before-after", study="cassava-pekanbaru")
    assert menu(app) == ({}, {})
    said = "No test can be run: neither each mother's values nor the SD is printed. Only the abstract was read"
    assert [said in text.value for text in app.text].count(True) == 1  # of both arms the same
    assert plain(said) in texts(app)  # and in the place of the cards


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_without_a_test_has_its_sentence(language):
    say = say_in(language)
    for question in (*questions_within(), *questions_between()):
        sentence = no_test(question, say)
        assert bool(sentence) == all(missing(question, METHODS[key]) for key in methods_for(question.kind))
        assert "{" not in sentence and "no-test." not in sentence


def test_a_number_is_asked_for_only_where_a_test_can_be_run_with_it():
    asked = [one for one in (*questions_within(), *questions_between()) if least_lacking(one)]
    asked = [question for question in asked if way_on(question).key == "way-assume"]
    assert len(asked) > 20
    for question in asked:
        known = assume_n(question.study, dict.fromkeys(question.arms, 30))
        if question.kind == "within":
            then = before_after(known, question.measure.id, question.arms[0], question.timepoints, r=0.5)
        else:
            then = between(known, question.measure.id, question.arms, question.timepoints, question.quantity)
        assert answerable(then) and attempt(then, answerable(then)[0]).outcome


@pytest.mark.parametrize("kind", ["within", "between"])
def test_the_number_that_is_asked_for_has_its_field(open_page, kind):
    questions = questions_within() if kind == "within" else questions_between()
    lacking = [one for one in questions if least_lacking(one) and way_on(one).key == "way-assume"]
    for question in {question.study.id: question for question in lacking}.values():
        study = question.study.id
        link = {"study": study, f"{study}.outcome": question.measure.id, "compare": question.quantity}
        if kind == "within":
            app = open_page("before-after", **link, **{f"{study}.arms": question.arms[0]})
        else:
            first, second = question.arms
            app = open_page("between-groups", **link, **{f"{study}.a": first, f"{study}.b": second})
        assert "into the field above" in texts(app)
        assert [one for one in app.number_input if one.key.startswith(f"choice-{study}.")], study


def test_another_comparison_that_can_be_tested_is_named():
    named = [question for question in questions_between() if way_on(question).key == "way-other-quantity"]
    named = [question for question in named if least_lacking(question)]
    assert len(named) > 10
    for question in named:
        for quantity in way_on(question).values["quantities"]:
            other = between(question.study, question.measure.id, question.arms, question.timepoints, quantity)
            assert any(attempt(other, key).outcome for key in methods_for("between"))


# -- plots -------------------------------------------------------------------------------------------------------------


def test_plots_before_and_after_that_are_offered_differ_and_are_drawn():
    for question in questions_within():
        panel = within.Panel(question, 0, (question,))
        offered = [plot for plot in within.PLOTS if within.shown_as(panel, plot) == plot]
        figures = [within.drawn(question, 0, plot, (), (question,), "en").to_json() for plot in offered]
        assert len(set(figures)) == len(figures), (question.study.id, offered)


def test_plots_between_groups_that_are_offered_differ_and_are_drawn():
    for question in questions_between():
        offered = compare.plots_of(question)
        figures = [compare._figure(question, 0, plot, (), "en", narrow=False).to_json() for plot in offered]
        assert len(set(figures)) == len(figures), (question.study.id, offered)


@pytest.mark.parametrize("study", [SERPONG, "cassava-pekanbaru", "maita-2017", "triananinsi", "nurzam-2025"])
@pytest.mark.parametrize("page", ["before-after", "between-groups"])
def test_nobody_is_told_of_a_plot_that_was_not_chosen(open_page, page, study):
    """One study alone is drawn as chosen: no caption speaks of another plot that stands there instead."""
    said = texts(open_page(page, study=study))
    assert "hown instead" not in said


# -- in a browser ------------------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_the_menu_stays_open_from_tick_to_tick_and_its_button_names_them_when_it_closes(chromium, address):
    window, errors = opened(chromium, f"{address}/before-after?study={SERPONG}")
    button = window.get_by_role("button", name=BUTTON)
    expect(button).to_contain_text("Paired t +1")
    button.click()
    inside = window.get_by_test_id("stPopoverBody")
    for name in ("Sign test", "Paired Bayes factor"):
        pill = inside.get_by_role("button", name=name, exact=True)
        pill.click()
        expect(pill).to_have_attribute("aria-pressed", "true")
    expect(window).to_have_url(re.compile("test=paired-t&test=wilcoxon&test=sign&test=bayes-t-paired"))
    expect(inside).to_be_visible()
    window.keyboard.press("Escape")
    expect(button).to_contain_text("Paired t +3")
    expect(inside).to_have_count(0)
    button.click()
    for name in ("Paired t", "Sign test", "Paired Bayes factor"):
        expect(inside.get_by_role("button", name=name, exact=True)).to_have_attribute("aria-pressed", "true")
    window.keyboard.press("Escape")
    window.wait_for_timeout(2_500)  # a link this young may still be one that a quick second click sent
    window.go_back()
    expect(button).to_contain_text("Paired t +2", timeout=15_000)
    assert errors == []
    window.context.close()


@pytest.mark.browser
def test_why_a_test_is_grey_can_be_read_on_hover(chromium, address):
    window, errors = opened(chromium, f"{address}/before-after?study={SERPONG}")
    window.get_by_role("button", name=BUTTON).click()
    inside = window.get_by_test_id("stPopoverBody")
    inside.get_by_text("McNemar").first.hover()
    expect(window.get_by_test_id("stTooltipContent")).to_contain_text("works on yes/no answers")
    assert errors == []
    window.context.close()
