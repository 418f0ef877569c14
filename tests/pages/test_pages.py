"""Every screen on every study, in both languages, without a browser."""

from __future__ import annotations

import pytest

from analysis import load_studies
from analysis.evidence import Choice, answer, interventions
from analysis.studies import by_richness, can_illustrate
from analysis.telling import effect_text, number_said
from analysis.words import LANGUAGES, say_in
from pages.ui.before_after.within import PLOTS as WITHIN_PLOTS
from pages.ui.between_groups.compare import PLOTS as BETWEEN_PLOTS
from pages.ui.between_groups.compare import QUANTITIES
from pages.ui.shared.frame import PAGES
from pages.ui.shared.text import plain

STUDIES = sorted(load_studies())
SERPONG = "moringa-massage-serpong"


def texts(app) -> str:
    """Every word that the screen shows, in one string."""
    kinds = (app.title, app.header, app.markdown, app.text, app.caption, app.info)
    return "\n".join(element.value for kind in kinds for element in kind)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_each_screen_opens_in_each_language(open_page, page, language):
    app = open_page(page, lang=language)
    assert not app.exception
    assert app.title[0].value == say_in(language)("overview.question" if page == "overview" else f"menu.{page}")


WITH_SPREAD = sorted(s.id for s in load_studies().values() if {"sd", "count", "q1"} & {f.statistic for f in s.figures})


@pytest.mark.parametrize(
    ("page", "study"),
    [("study", study) for study in STUDIES]
    + [(page, study) for page in ("before-after", "between-groups") for study in WITH_SPREAD],
)
def test_each_study_opens_on_each_screen(open_page, page, study):
    app = open_page(page, study=study)
    assert not app.exception
    assert not app.info or "{" not in texts(app)


@pytest.mark.parametrize("plot", WITHIN_PLOTS)
@pytest.mark.parametrize(
    "study", [SERPONG, "maita-2017", "cassava-pekanbaru", "aliyanto-rosmadewi-2019", "triananinsi"]
)
def test_each_plot_of_before_after_is_drawn(open_page, plot, study):
    app = open_page("before-after", study=study, plot=plot, lang="id")
    assert not app.exception
    nothing = study == "aliyanto-rosmadewi-2019"  # prints a p and no figure
    assert bool(app.get("plotly_chart")) != nothing
    assert any("tidak ada angka tercetak" in info.value for info in app.info) == nothing


@pytest.mark.parametrize("quantity", QUANTITIES)
@pytest.mark.parametrize("plot", BETWEEN_PLOTS)
def test_each_plot_of_between_groups_is_drawn(open_page, plot, quantity):
    app = open_page("between-groups", study=SERPONG, beside=plot, compare=quantity)
    assert not app.exception
    assert app.get("plotly_chart")


def listed(app) -> str:
    """The overview's table of studies as text."""
    return app.dataframe[0].value.to_string()


def test_the_overview_lists_every_study(open_page):
    shown = open_page("overview").dataframe[0].value
    assert set(shown["What was found"]) == {study.card["result"]["en"] for study in load_studies().values()}
    assert shown["Mothers"].dtype.kind in "fi" and shown["Year"].dtype.kind in "fi"  # sorted as numbers


def test_the_overview_answers_first_with_the_interventions_of_the_founding_studies(open_page):
    app = open_page("overview")
    shown = texts(app)
    names = ("Oxytocin massage", "Moringa leaf", "Education", "Cassava leaf")
    assert all(f"**{name}**" in shown for name in names)
    assert shown.index("**Cassava leaf**") < shown.index("**Domperidone**")
    founding = [study for study in load_studies().values() if study.founding]
    assert len(founding) == 4 and all(study.card["result"]["en"] in shown for study in founding)


def test_the_overview_says_of_an_intervention_what_the_comparison_says(open_page):
    """The row of an intervention and the screen that its link opens show one effect."""
    library = tuple(by_richness(load_studies()))
    say = say_in("en")
    for found in [one for one in interventions(library) if one.cell]:
        cell = found.cell
        asked = Choice((cell.family,), (found.comparison,), cell.kind, (found.treatment,))
        kept = answer(library, asked).lines[0].kept
        effect = effect_text(kept.kind, kept.estimate, kept.interval, say)
        assert cell.line.kept == kept and number_said(found, say).endswith(effect)
        if found.treatment in ("moringa", "soy", "domperidone"):
            link = {"family": cell.family, "versus": found.comparison, "effect": cell.kind, "given": found.treatment}
            assert plain(effect) in texts(open_page("across-studies", **link))


def test_the_overview_finds_a_study_by_any_of_its_words(open_page):
    app = open_page("overview", find="singkong pekanbaru")
    found = load_studies()
    assert "cassava leaf, placebo" in listed(app) and len(app.dataframe[0].value) == 1
    assert f"1 of {len(found)} studies" in texts(app)
    assert "**Moringa leaf**" not in texts(app)  # who looks for studies finds them at the top
    back = next(button for button in app.button if button.label == "Back to the answers")
    assert "**Moringa leaf**" in texts(back.click().run())


def test_the_studies_of_an_intervention_are_one_click_away(open_page):
    app = open_page("overview")
    clicked = app.button(key="studies-moringa").click().run()
    shown = clicked.dataframe[0].value["Intervention"]
    assert len(shown) > 5 and all("moringa leaf" in given for given in shown)


def test_the_overview_filters_by_class(open_page):
    shown = open_page("overview", **{"class": "touch"}).dataframe[0].value["Study"]
    found = load_studies()
    assert found["maita-2017"].short_title["en"] in set(shown)
    assert found["cassava-pekanbaru"].short_title["en"] not in set(shown)


def test_printed_p_values_of_serpong_come_out(open_page):
    shown = texts(open_page("before-after", study=SERPONG, test=["wilcoxon", "paired-t"]))
    assert "0\\.00132" in shown
    assert "0\\.0348" in shown
    assert shown.count("Printed p 0\\.001") == 1
    assert (
        shown.count("Printed p 0\\.035") == 2
    )  # beside the test, and below the plot, since the conclusion rests on it


def test_the_comparison_that_was_never_printed_is_there(open_page):
    shown = texts(open_page("between-groups", study=SERPONG))
    assert "prints no result of it" in shown
    assert "0\\.0138" in shown


def test_p_as_spss_prints_it_is_one_switch_away(open_page):
    shown = texts(open_page("before-after", study=SERPONG, spss="on"))
    assert "p = 0.00132" in shown
    assert "p = 0.0348" in shown


def test_numbers_follow_the_language(open_page):
    assert "+1,12 [0,64; 1,59]" in texts(open_page("before-after", study=SERPONG, lang="id"))
    assert "+1.12 [0.64, 1.59]" in texts(open_page("before-after", study=SERPONG, lang="en"))


def test_cassava_shows_its_bound_and_no_error_bar(open_page):
    app = open_page("between-groups", study="cassava-pekanbaru")
    shown = texts(app).replace("\\", "")
    assert "at most 181.7 ng/mL" in shown
    assert "g at least 1.46" in shown
    assert '"error_y"' not in app.get("plotly_chart")[0].proto.spec


def test_repeated_anova_needs_the_watermarked_illustration(open_page):
    link = {"study": "cassava-pekanbaru", "test": "rm-anova"}
    without = texts(open_page("before-after", **link))
    assert "F(2, 26)" not in without
    app = open_page("before-after", **link, **{"cassava-pekanbaru.illustrative": "on"})
    assert texts(app).count("F(2, 26)") == 2
    assert "SIMULATED" in app.get("plotly_chart")[0].proto.spec


def test_education_is_read_for_an_assumed_n_only(open_page):
    blank = texts(open_page("between-groups", study="education-rosita"))
    assert "without the number of mothers" in blank
    chosen = texts(open_page("between-groups", study="education-rosita", **{"education-rosita.session.n": "25"}))
    assert "24 of 25" in chosen
    impossible = texts(open_page("between-groups", study="education-rosita", **{"education-rosita.session.n": "30"}))
    assert "30 can't be the number" in impossible


@pytest.mark.parametrize(
    "link",
    [{"study": "no-such-study"}, {"plot": "pie"}, {"lang": "xx"}, {"nonsense": "1"}, {f"{SERPONG}.arms": "kontrol"}],
)
def test_a_link_with_unknown_ids_opens_the_default_with_a_notice(first_look, link):
    app = first_look("before-after", **link)
    assert not app.exception
    name, value = next(iter(link.items()))
    notices = "\n".join(info.value for info in app.info).replace("\\", "")
    assert value in notices or name in notices


def test_hostile_text_in_a_link_is_not_rendered(first_look):
    app = first_look("before-after", study="<img src=x onerror=alert(1)>[x](javascript:alert(1))")
    assert not app.exception
    notice = "\n".join(info.value for info in app.info)
    assert "\\<img" in notice and "\\[x\\]\\(" in notice  # each of Markdown's own characters is escaped


def test_a_choice_survives_the_way_to_another_screen(open_page):
    app = open_page("study", study="maita-2017")
    app.switch_page("pages/before-after.py").run()
    assert app.multiselect[0].value == ["maita-2017"]


@pytest.mark.parametrize(
    "name",
    ["lang", "study", "plot", "beside", "compare", f"{SERPONG}.massage.set", f"{SERPONG}.a", f"{SERPONG}.mother"],
)
@pytest.mark.parametrize("page", ["study", "before-after", "between-groups"])
def test_nothing_chosen_in_a_link_opens_the_default(open_page, page, name):
    assert not open_page(page, **{name: "none"}).exception


@pytest.mark.parametrize("times", [["obs1", "obs2"], ["obs1", "obs3"], ["obs2", "obs3"]])
@pytest.mark.parametrize("plot", WITHIN_PLOTS)
def test_simulated_mothers_can_be_seen_at_any_two_timepoints(open_page, plot, times):
    link = {
        "study": "cassava-pekanbaru",
        "plot": plot,
        "cassava-pekanbaru.illustrative": "on",
        "cassava-pekanbaru.times": times,
    }
    app = open_page("before-after", **link)
    assert not app.exception
    assert "equals the printed" not in texts(app)


def test_simulated_mothers_are_marked_wherever_they_speak(open_page):
    app = open_page("between-groups", study="cassava-pekanbaru", **{"cassava-pekanbaru.illustrative": "on"})
    assert "Simulated, nothing of this was measured: Mean change" in texts(app)
    assert texts(app).count(say_in("en")("status.illustrative")) >= 3  # above the plot and in each test card


def test_a_study_with_one_timepoint_has_no_paired_test(open_page):
    link = {"study": "aritonang", "test": "paired-t-summary", "aritonang.r": "0.5", "aritonang.intervention.n": "30"}
    assert "p = 1" not in texts(open_page("before-after", **link))


def test_stacked_changes_count_everybody(open_page):
    import json

    spec = json.loads(open_page("between-groups", study=SERPONG, beside="stacked").get("plotly_chart")[0].proto.spec)
    for arm in range(2):
        assert sum(bar["customdata"][arm] for bar in spec["data"] if bar["type"] == "bar") == 17


@pytest.mark.parametrize("quantity", ["after", "adjusted"])
def test_nothing_is_drawn_where_nothing_is_printed(open_page, quantity):
    app = open_page("between-groups", study="cassava-pekanbaru", compare=quantity)
    assert not app.get("plotly_chart")
    assert "181" not in texts(app)


def test_default_tests_follow_the_study_until_someone_chooses(open_page):
    app = open_page("before-after", study=SERPONG)
    app.multiselect[0].set_value(["maita-2017"]).run()
    cards = [text.value for text in app.markdown if not text.value.startswith(":gray")]
    assert any("McNemar" in card for card in cards) and not any("Paired t" in card for card in cards)


@pytest.mark.parametrize("study", [SERPONG, "cassava-pekanbaru", "maita-2017", "triananinsi", "nurzam-2025"])
@pytest.mark.parametrize("page", ["before-after", "between-groups"])
def test_plots_that_are_offered_differ_on_the_screen(open_page, page, study):
    app = open_page(page, study=study)
    for box in [box for box in app.selectbox if box.key in ("choice-plot", "choice-beside")]:
        name = box.key.removeprefix("choice-")
        drawn = [open_page(page, study=study, **{name: plot}) for plot in plots_of(box)]
        specs = [chart.get("plotly_chart")[0].proto.spec for chart in drawn]
        assert len(set(specs)) == len(specs) > 1


def plots_of(box) -> list[str]:
    """Ids of the plots that a list offers by their names."""
    ids = {say_in("en")(f"plot-kind.{plot}"): plot for plot in (*WITHIN_PLOTS, *BETWEEN_PLOTS)}
    return [ids[name] for name in box.options]


def test_axis_ticks_follow_the_language(open_page):
    chart = open_page("before-after", study=SERPONG, lang="id").get("plotly_chart")[0]
    assert '"separators":", "' in chart.proto.spec.replace('": "', '":"')


def lists(app) -> dict[str, str]:
    """What each of the two lists of groups holds, by what it asks for."""
    return {box.label.split()[0]: box.value for box in app.selectbox if "group" in box.label}


TWO_ARMS = sorted(study.id for study in load_studies().values() if study.laid_out and len(study.arms) == 2)


@pytest.mark.parametrize("study", TWO_ARMS)
def test_choosing_the_other_group_swaps_the_two(open_page, study):
    app = open_page("between-groups", study=study, lang="en")
    first, second = lists(app).values()
    for place, other in ((0, second), (1, second)):
        groups = [box for box in app.selectbox if "group" in box.label]
        groups[place].set_value(other)
        app.run()
        assert not app.exception
    assert lists(app) == {"First": first, "Second": second}


def test_a_third_group_takes_the_place_it_is_chosen_for(open_page):
    study = next(study for study in load_studies().values() if len(study.arms) > 2 and study.laid_out)
    a, b, c = list(study.arms)[:3]
    link = {"study": study.id, "lang": "en", f"{study.id}.a": a, f"{study.id}.b": b}
    app = open_page("between-groups", **link)
    next(box for box in app.selectbox if "group" in box.label).set_value(c)
    app.run()
    assert list(lists(app).values()) == [c, b]
    next(box for box in app.selectbox if "group" in box.label).set_value(b)
    app.run()
    assert list(lists(app).values()) == [b, c]


def test_a_link_that_names_one_group_twice_shows_two(open_page):
    app = open_page("between-groups", study=SERPONG, **{f"{SERPONG}.a": "massage", f"{SERPONG}.b": "massage"})
    assert not app.exception
    assert sorted(lists(app).values()) == ["massage", "moringa"]


def simulated() -> list[tuple[str, str]]:
    """Studies that offer simulated mothers for one arm at least, with each of their arms."""
    return [
        (study.id, arm)
        for study in load_studies().values()
        if any(can_illustrate(study, outcome, one) for outcome in study.outcomes for one in study.arms)
        for arm in study.arms
    ]


@pytest.mark.parametrize(("study", "arm"), simulated())
def test_simulated_mothers_are_asked_for_arms_that_lack_what_they_need_without_harm(open_page, study, arm):
    link = {"study": study, f"{study}.illustrative": "on"}
    assert not open_page("before-after", **link, **{f"{study}.arms": arm}).exception
    assert not open_page("between-groups", **link, **{f"{study}.a": arm}).exception
