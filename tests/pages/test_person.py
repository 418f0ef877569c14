"""A mother clicked in one plot is lit in every plot of the same people, and nothing more is said than is known."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from analysis import load_studies
from analysis.plots.canvas import CHOSEN
from analysis.studies import names_of, recover_arm
from analysis.words import LANGUAGES, say_in
from tests.pages.test_pages import SERPONG, texts

STUDY = load_studies()[SERPONG]
CASSAVA = load_studies()["cassava-pekanbaru"]
OUTCOME = next(iter(STUDY.outcomes))
MOTHER = f"{SERPONG}.mother"


def sets_of(arm: str) -> list[list[tuple[float, float]]]:
    """Each data set of an arm that fits: the scores of its mothers."""
    return [[tuple(row) for row in scores.tolist()] for scores in recover_arm(STUDY, OUTCOME, arm).scores]


EVERYBODY = [
    (arm, chosen, name, own)
    for arm in STUDY.arms
    for chosen, scores in enumerate(sets_of(arm))
    for name, own in zip(names_of(arm, len(scores)), scores, strict=True)
]


def rings(app) -> list[list[tuple[float, ...]]]:
    """Heights of the rings in each plot of the screen, by axis."""
    specs = [json.loads(plot.proto.spec) for plot in app.get("plotly_chart")]
    return [[tuple(t["y"]) for t in spec["data"] if t.get("name") == CHOSEN] for spec in specs]


def link_to(arm: str, chosen: int, name: str) -> dict[str, str]:
    return {"study": SERPONG, MOTHER: f"{OUTCOME}~{name}~{chosen + 1}", f"{SERPONG}.{arm}.set": str(chosen + 1)}


@pytest.mark.parametrize(("arm", "chosen", "name", "scores"), EVERYBODY[::5])
def test_she_is_lit_with_her_own_scores_wherever_she_is_drawn(open_page, arm, chosen, name, scores):
    link = link_to(arm, chosen, name)
    change = (scores[1] - scores[0],)
    lit = rings(open_page("before-after", **link))
    assert sorted(lit) == [[], [scores, change]]  # the other arm's plot shows other people
    assert rings(open_page("between-groups", **link)) == [[change]]
    assert rings(open_page("between-groups", **link, compare="after")) == [[scores[1:]]]
    assert rings(open_page("between-groups", **link, beside="both")) == [[scores]]


def test_her_cell_is_lit_among_the_transitions(open_page):
    arm, chosen, name, (before, after) = EVERYBODY[3]
    app = open_page("before-after", **link_to(arm, chosen, name), plot="transitions")
    cells = [trace for plot in app.get("plotly_chart") for trace in json.loads(plot.proto.spec)["data"]
             if trace.get("name") == CHOSEN]  # fmt: skip
    assert [(trace["x"], trace["y"]) for trace in cells] == [([f"{before:g}"], [f"{after:g}"])]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", [0, 8, 16])
def test_her_line_says_how_many_are_not_told_apart(open_page, place, language):
    say, scores = say_in(language), sets_of("massage")[1]
    name, (first, last) = names_of("massage", len(scores))[place], scores[place]
    shown = texts(open_page("before-after", **link_to("massage", 1, name), lang=language))
    (said,) = [line for line in shown.splitlines() if line.startswith(f"{name}: ")]
    assert f"{first:g} → {last:g}" in said and say.signed(last - first, 0) in said
    alike = Counter(scores)[scores[place]]
    assert (say("person.alike", count=alike) in said) == (alike > 1)
    assert say("person.in-set", number=2, count=2) in said


def test_another_data_set_lets_her_go_since_nobody_knows_who_she_is_there(open_page):
    app = open_page("before-after", **link_to("massage", 0, "massage-05"))
    assert "massage-05" in texts(app)
    (sets,) = [group for group in app.get("button_group") if group.key == f"choice-{SERPONG}.massage.set"]
    sets.set_value("2").run()
    assert not app.exception and "massage-05" not in texts(app) and MOTHER not in app.query_params


def test_one_button_lets_her_go(open_page):
    app = open_page("between-groups", **link_to("moringa", 0, "moringa-03"))
    app.button(key=f"let-go-{MOTHER}").click().run()
    assert not app.exception and rings(app) == [[]] and MOTHER not in app.query_params


@pytest.mark.parametrize(("known", "lit"), [("simulated", True), ("1", False)])
def test_a_simulated_mother_is_nobody_else(open_page, known, lit):
    outcome, arm = next(iter(CASSAVA.outcomes)), next(iter(CASSAVA.arms))
    link = {
        "study": CASSAVA.id,
        f"{CASSAVA.id}.illustrative": "on",
        f"{CASSAVA.id}.mother": f"{outcome}~{arm}-01~{known}",
    }
    assert any(rings(open_page("before-after", **link))) == lit


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["before-after", "between-groups"])
def test_each_dot_and_the_text_beside_a_plot_say_how_it_is_known_and_where_that_is_printed(open_page, page, language):
    say = say_in(language)
    for plot in open_page(page, study=SERPONG, lang=language).get("plotly_chart"):
        dots = [trace for trace in json.loads(plot.proto.spec)["data"] if trace.get("ids")]
        assert dots
        assert all("%{meta[0]}" in trace["hovertemplate"] for trace in dots)
        for text in [*(trace["meta"][0] for trace in dots), plot.proto.alt]:
            assert say("status.recovered") in text
            assert any(say.locator(figure.locator) in text.replace("<br>", " ") for figure in STUDY.figures)


@pytest.mark.parametrize("page", ["before-after", "between-groups"])
def test_each_printed_number_in_a_plot_says_where_it_is_printed(open_page, page):
    say = say_in("en")
    for plot in open_page(page, study=CASSAVA.id, lang="en").get("plotly_chart"):
        marks = [trace for trace in json.loads(plot.proto.spec)["data"] if trace.get("mode") == "markers+text"]
        assert marks
        for trace in marks:
            number = trace["text"].split("<br>")[0].strip()
            places = [figure.locator for figure in CASSAVA.figures if say.printed(figure.value) == number]
            assert any(say.locator(place) in trace["hovertext"].replace("<br>", " ") for place in places)
            assert say("status.reported") in trace["hovertext"]
