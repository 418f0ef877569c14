"""The screen Across studies, without a browser: every view and panel, refused mixes, leaving out, certainty."""

from __future__ import annotations

import re

import pytest

from analysis import load_studies, pool
from analysis.evidence import KINDS_OF, POOLED_FAMILIES, Choice, answer, body, compare, evidence_map, others
from analysis.evidence.trials import one_per_trial
from analysis.studies import by_richness
from analysis.telling import effect_text, treatment_name
from analysis.words import LANGUAGES, say_in
from pages.ui.across import bias, claims
from pages.ui.across import compare as compare_view
from pages.ui.across import views as across
from pages.ui.across.asked import GROUPS, SORTS
from pages.ui.across.certainty import link_name
from pages.ui.across.deeper import COVARIATES, PARTS
from pages.ui.across.directions import PARTS as DIRECTION_PARTS
from pages.ui.shared.text import plain
from tests.pages.test_pages import texts

SAY = say_in("en")
LIBRARY = by_richness(load_studies())
VIEWS = tuple(across.VIEWS)


def open_across(open_page, **link):
    app = open_page("across-studies", **link)
    assert not app.exception
    assert "{" not in texts(app)
    return app


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", VIEWS)
def test_each_view_opens_in_each_language(open_page, view, language):
    app = open_across(open_page, view=view, lang=language)
    assert app.get("plotly_chart") or app.dataframe
    assert view == "claims" or not app.info


@pytest.mark.parametrize("comparison", ["control", "active", "before-after"])
@pytest.mark.parametrize("family", POOLED_FAMILIES)
def test_each_question_is_answered_or_says_why_not(open_page, family, comparison):
    app = open_across(open_page, family=family, versus=comparison, r="0.5", equal="on")
    answered = len(app.get("plotly_chart")) == 1
    assert answered or app.info or app.warning


def test_the_headline_is_what_the_pool_gives(open_page):
    shown = texts(open_across(open_page, average="on"))
    found = body(LIBRARY, Choice())
    pooled = pool([one.effect for one in one_per_trial(found.all, found.choice)], interval="HKSJ-safeguarded")
    assert plain(effect_text("hedges_g", pooled.estimate, pooled.interval, SAY)) in shown
    assert plain(f"I² {SAY.number(pooled.i2, 0)}%") in shown


def test_plots_of_one_choice_are_drawn_once_for_all_readers(open_page, monkeypatch):
    for view in ("bias", "claims", "compare"):
        open_across(open_page, view=view)
    for drawing in (bias.plots.bias_bars, bias.plots.traffic_lights):
        monkeypatch.setattr(bias.plots, drawing.__name__, lambda *_: pytest.fail("drawn again"))
    monkeypatch.setattr(claims, "_table", lambda *_: pytest.fail("made again"))
    monkeypatch.setattr(compare_view, "compare", lambda *_: pytest.fail("fitted again"))
    for view in ("bias", "claims", "compare"):
        open_across(open_page, view=view)


def test_a_refused_mix_says_why_and_one_click_leads_to_the_nearest_that_can(open_page):
    app = open_across(open_page, family=["milk-volume", "prolactin"])
    assert "common meaning" in app.warning[0].value
    assert not app.get("plotly_chart")  # nothing is pooled
    (button,) = (button for button in app.button if "can be pooled" in button.label)
    button.click().run()
    assert not app.exception and not app.warning
    assert app.query_params.get("family") in (None, ["milk-volume"])
    assert len(app.get("plotly_chart")) == 1


def test_every_mix_of_two_families_is_refused(open_page):
    app = open_across(open_page, family=["milk-volume", "adequacy"], equal="on", convert="on")
    assert app.warning and "common meaning" in app.warning[0].value


def test_leaving_a_study_out_shows_both_results(open_page):
    chosen = body(LIBRARY, Choice(left_out=frozenset({"paritakul-2016"})))
    whole, kept = (
        pool([one.effect for one in one_per_trial(entries, chosen.choice)], interval="HKSJ-safeguarded")
        for entries in (chosen.all, chosen.kept)
    )
    assert len(chosen.kept) == len(chosen.all) - 1
    shown = texts(open_across(open_page, out="paritakul-2016", average="on"))
    both = SAY(
        "across.both-results",
        **{name: effect_text(one.kind, one.estimate, one.interval, SAY) for name, one in
           (("whole", whole), ("kept", kept))},
    )  # fmt: skip
    assert both in shown


def test_the_pooled_sentence_tells_both_results_where_a_study_is_left_out(open_page):
    asked = Choice(treatments=("domperidone",), left_out=frozenset({"da-silva-2001"}))
    line = answer(LIBRARY, asked).lines[0]
    values = [effect_text(one.kind, one.estimate, one.interval, SAY) for one in (line.kept, line.whole)]
    assert values[0] != values[1]
    app = open_across(open_page, given="domperidone", out="da-silva-2001")
    said = [text.value for text in app.markdown if all(plain(value) in text.value for value in values)]
    assert len(said) == 1
    assert any(all(value in block.value for value in values) for block in app.code)  # what is taken away tells it too


@pytest.mark.parametrize("view", [{}, {"view": "certainty", "deeper": "small", "average": "on"}])
def test_a_clicked_study_is_left_out_and_taken_in_again_by_one_button(open_page, view):
    entry = next(e for e in body(LIBRARY, Choice()).all if e.contrast.study.id == "paritakul-2016")
    app = open_across(open_page, open=entry.contrast.id, **view)
    assert SAY("across.leave-out") == app.button(key="leave-out").label
    untouched = texts(app)
    app.button(key="leave-out").click().run()
    assert not app.exception and app.query_params["out"] in ("paritakul-2016", ["paritakul-2016"])
    assert SAY("across.take-in") == app.button(key="leave-out").label
    app.button(key="leave-out").click().run()
    assert "out" not in app.query_params and texts(app) == untouched


def test_a_clicked_study_says_where_its_numbers_are_printed_and_links_to_itself(open_page):
    for entry in body(LIBRARY, Choice()).all:
        app = open_across(open_page, open=entry.contrast.id)
        study = entry.contrast.study
        places = {f.locator for f in study.figures if f.arm in entry.contrast.arms}
        assert study.card["result"]["en"] in texts(app)
        (where,) = [caption.value for caption in app.caption if "Printed in" in caption.value]
        assert any(plain(SAY.locator(place)) in where for place in places)
        assert f"study={study.id}" in {link.proto.query_string for link in app.get("page_link")}


def test_a_cell_of_the_map_links_to_every_study_that_measured_it(open_page):
    cells = evidence_map(tuple(LIBRARY), Choice())
    cell = next(cell for cell in cells if cell.tally.studies > 1)
    app = open_across(open_page, view="map", cell=f"{cell.treatment}|{cell.family}")
    linked = [link for link in app.get("page_link") if "study=" in link.proto.query_string]
    assert len(linked) == cell.tally.studies + cell.elsewhere
    app.button(key="show-result").click().run()
    assert not app.exception and app.query_params["given"] in (cell.treatment, [cell.treatment])


def test_everything_left_out_says_so(open_page):
    studies = list({entry.contrast.study.id for entry in body(LIBRARY, Choice()).all})
    app = open_across(open_page, out=studies)
    assert SAY("across.all-left-out") in [info.value for info in app.info]


def test_an_opened_effect_shows_formula_numbers_variance_and_source(open_page):
    entry = next(e for e in body(LIBRARY, Choice()).all if e.contrast.study.id == "paritakul-2016")
    shown = texts(open_across(open_page, open=entry.contrast.id))
    assert entry.effect.substituted in shown
    assert plain(entry.effect.formula) in shown
    assert plain(entry.effect.variance_formula) in shown
    assert plain(SAY("across.source", source=entry.effect.source)) in shown


@pytest.mark.parametrize("part", sorted(set(PARTS) - {"closed"}))
def test_each_panel_is_drawn(open_page, part):
    app = open_across(open_page, view="certainty", deeper=part, equal="on", average="on")
    assert len(app.get("plotly_chart")) == 1 or part == "groups"
    assert not app.info


@pytest.mark.parametrize("covariate", COVARIATES)
def test_each_covariate_is_answered_or_says_why_not(open_page, covariate):
    app = open_across(open_page, view="certainty", deeper="covariate", covariate=covariate, equal="on", average="on")
    assert len(app.get("plotly_chart")) == 1 or app.info


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("sort", SORTS)
def test_rows_can_be_grouped_and_sorted(open_page, group, sort):
    app = open_across(open_page, by=group, sort=sort)
    assert len(app.get("plotly_chart")) == 1


@pytest.mark.parametrize("comparison", ["control", "before-after"])
def test_each_effect_is_pooled_or_refused_with_a_reason(open_page, comparison):
    for kind in KINDS_OF[comparison]:
        app = open_across(open_page, versus=comparison, effect=kind, r="0.5")
        assert len(app.get("plotly_chart")) == 1 or app.warning or app.info, kind


def test_one_study_alone_says_what_it_cannot_do(open_page):
    shown = texts(open_across(open_page, view="certainty", given="ginger"))
    assert SAY("across.deeper-one") in shown
    assert SAY("note.one-study") in shown or "1 study" in shown or "one study" in shown.lower()


def test_the_result_and_how_sure_it_is_are_said_alike_on_both_views(open_page):
    for link in ({"given": "ginger"}, {"average": "on"}, {"family": "prolactin", "line": "moringa"}):
        result, sure = (texts(open_across(open_page, view=view, **link)) for view in ("evidence", "certainty"))
        (said,) = {line for line in sure.splitlines() if "from 1 study" in line or "Average over" in line}
        assert said in result


def test_a_readers_own_judgement_of_certainty_goes_first_and_is_marked(open_page):
    kept = answer(LIBRARY, Choice()).average.kept_entries
    chosen = {link_name(domain, kept): "0" for domain in ("bias", "imprecision", "inconsistency")}
    asked = {"view": "certainty", "average": "on"}
    proposed, revised = open_across(open_page, **asked), open_across(open_page, **asked, **chosen)
    word = re.compile("Average over .* sure: (.+) certainty")
    assert word.search(texts(proposed)).group(1) != word.search(texts(revised)).group(1)
    assert plain(SAY("certainty.chosen")) in texts(revised)
    assert plain(SAY("certainty.chosen")) not in texts(proposed)
    elsewhere = open_across(open_page, view="certainty", family="prolactin", **chosen)  # not judged yet
    assert plain(SAY("certainty.chosen")) not in texts(elsewhere)
    result = texts(open_across(open_page, average="on", **chosen))  # the result says the reader's word too
    assert word.search(result).group(1) == word.search(texts(revised)).group(1)


def test_a_readers_own_judgement_stays_out_of_other_readers_tables(open_page):
    kept = answer(LIBRARY, Choice()).lines[0].kept_entries
    chosen = {link_name(domain, kept): "0" for domain in ("bias", "imprecision")}
    proposed, revised, again = (
        list(next(frame.value[SAY("across.how-sure")] for frame in open_across(open_page, **link).dataframe
                  if SAY("across.how-sure") in frame.value.columns))
        for link in ({}, chosen, {})
    )  # fmt: skip
    assert proposed[0] != revised[0] and proposed[1:] == revised[1:] and again == proposed


def test_what_stays_out_is_listed_with_its_reason(open_page):
    app = open_across(open_page)
    table = next(frame.value for frame in app.dataframe if SAY("across.why-not") in frame.value.columns)
    reasons = table[SAY("across.why-not")]
    found = body(LIBRARY, Choice())
    assert len(table) == len([e for e in found.entries if not e.poolable])
    assert reasons.str.len().gt(10).all()
    assert reasons.str.contains("whole groups were allocated").any()  # a cluster trial


def test_a_cluster_trial_comes_in_with_a_design_effect(open_page):
    table = next(f.value for f in open_across(open_page, deff="1.5").dataframe
                 if SAY("across.why-not") in f.value.columns)  # fmt: skip
    assert not table[SAY("across.why-not")].str.contains("whole groups were allocated").any()


def test_claims_are_counted_as_the_ledger_counts_them(open_page):
    from analysis.checks import ledger

    entries = [entry for study in LIBRARY for entry in ledger(study)]
    wrong = sum(entry.verdict == "inconsistent" for entry in entries)
    app = open_across(open_page, view="claims")
    assert len(app.dataframe[0].value) == wrong
    assert f"{len(entries)} printed numbers" in texts(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_network_says_first_what_each_is_beside_the_reference(open_page, language):
    """Its sentence names those whose interval leaves no effect out, and no order is shown where there are none."""
    say = say_in(language)
    app = open_page("across-studies", view="compare", lang=language)
    net = compare(LIBRARY, Choice()).found
    pairs = net.against("control")
    clear = [treatment_name(pair.a, say) for pair in pairs if pair.estimate.interval[0] > 0]
    assert clear and plain(", ".join(clear)) in texts(app)
    assert net.told_apart and say("across.no-ranking") not in texts(app)


def test_networks_that_nothing_connects_are_told_apart(open_page):
    app = open_across(open_page, view="compare", effect="hedges_g")
    assert "networks that nothing connects" in texts(app)
    assert len(app.get("plotly_chart")) >= 3  # against one, the network, all pairs; an order where any two differ


def test_indirect_comparisons_carry_their_warning(open_page):
    assert "indirect" in open_across(open_page, view="compare").warning[0].value


@pytest.mark.parametrize("link", [{"deff": "-1"}, {"deff": "1e308"}, {"r": "nan"}, {"r": "2"}, {"deff": "1"}])
def test_a_link_never_makes_an_assumption_out_of_an_impossible_number(first_look, link):
    plainly, odd = (texts(open_across(first_look, versus=["control"], average="on", **more)) for more in ({}, link))
    headline = next(line for line in plainly.splitlines() if "comparisons from" in line)
    assert headline in odd and next(iter(link)) in odd  # the notice names what wasn't used


def test_another_result_of_a_pooled_study_is_listed_with_what_stands_for_it(open_page):
    app = open_across(open_page)
    tables = [frame.value for frame in app.dataframe if SAY("across.why-not") in frame.value.columns]
    table = tables[-1]
    assert len(table) == len(others(body(LIBRARY, Choice())))
    hidden = table[table[SAY("choose.study")] == "Paritakul 2016 (ginger)"]
    assert hidden[SAY("across.why-not")].str.contains("another result is pooled").any()
    assert hidden[SAY("across.effect")].str.startswith("+").any()  # day 3 speaks the other way


def test_a_link_restores_the_screen(open_page):
    link = {
        "family": "prolactin",
        "by": "ungrouped",
        "sort": "year",
        "tau2": "PM",
        "ci": "Wald",
        "out": "paritakul-2016",
    }
    first, second = (open_across(open_page, **link) for _ in range(2))
    assert texts(first) == texts(second)
    assert all(first.query_params[name] in (value, [value]) for name, value in link.items())


HOSTILE = "<b>x</b> **y** $z^2$ :material/home: :red[r] [l](javascript:1) https://a.example -> &copy;"


@pytest.mark.parametrize("view", VIEWS)
def test_text_of_a_study_is_never_rendered(open_page, tmp_path, monkeypatch, view):
    import shutil

    import streamlit as st

    from analysis.studies import library as loading

    shutil.copytree(loading.DATA, tmp_path / "data")
    card = tmp_path / "data" / "paritakul-2016" / "study.toml"
    text = card.read_text()
    title = load_studies()["paritakul-2016"].short_title["en"]
    assert title in text
    card.write_text(text.replace(title, HOSTILE).replace("Dried ginger", HOSTILE).replace("Not said", HOSTILE))
    monkeypatch.setattr(loading, "DATA", tmp_path / "data")
    st.cache_resource.clear()
    app = open_across(open_page, view=view, given="ginger" if view in ("evidence", "certainty") else [])
    st.cache_resource.clear()
    for element in (*app.markdown, *app.caption, *app.info, *app.warning):
        for active in ("<b>x", "**y**", "$z^2$", ":material/home:", ":red[r]", "[l](", "https://a"):
            assert active not in element.value


@pytest.mark.parametrize("part", DIRECTION_PARTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_directions_say_their_caveat_beside_every_part(open_page, part, language):
    app = open_across(open_page, view="directions", directed=part, given="moringa", lang=language)
    say = say_in(language)
    assert plain(say("direction.caveat")) in texts(app)
    assert (len(app.get("plotly_chart")), len(app.dataframe)) == ((0, 1) if part == "interventions" else (1, 0))


def test_a_clicked_direction_tells_its_study_and_the_way_to_it(open_page):
    chosen = "jose-breast-massage~milk-volume~massage+control~days-3-4~after"
    app = open_across(open_page, view="directions", pointed=chosen)
    assert SAY("direction.known-words") in texts(app)
    assert SAY("across.open-study") in [one.proto.label for one in app.get("page_link")]


def test_what_is_assumed_is_told_with_how_far_it_moves_a_result(open_page):
    assert "What you assume moves" not in texts(open_across(open_page))
    shown = texts(open_across(open_page, worded="on", unnamed="on", given=["anise", "breast-massage"]))
    assert "What you assume moves" in shown and "no result → " in shown
