"""Lights and bars of risk of bias say what the cards say, by symbol as well as colour, a panel per tool."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.plots import lights_of
from analysis.plots.bias import MARKS, bias_bars, by_tool, columns, traffic_lights
from analysis.studies import DOMAINS, JUDGEMENTS, OVERALL, TOOLS, Bias
from analysis.studies.bias import ROB2, ROBINS_I, Judgement
from analysis.words import say_in
from tests.analysis.plots.test_plots import words_in
from tests.analysis.studies.test_bias import judged

PARTLY = Bias(ROB2, {d: found for d, found in judged(ROB2, "low").domains.items() if d != "measurement"})


@pytest.fixture(scope="module")
def mixed(studies):
    """Two studies by RoB 2, one of them partly; two by ROBINS-I; one that nobody assessed."""
    some = [study for study in studies.values() if study.design != "randomised"][:5]
    biases = (
        judged(ROB2, "low", "some concerns", "high", "no information", "low"),
        judged(ROBINS_I, "low", "moderate", "serious", "critical", "no information"),
        PARTLY,
        judged(ROBINS_I, "moderate", overall="serious"),
        None,
    )
    return [replace(study, bias=bias) for study, bias in zip(some, biases, strict=True)]


def lights_drawn(figure) -> dict[tuple[str, int, int], str]:
    """Judgement by panel, column and row, as drawn."""
    found = {}
    for trace in figure.data:
        for x, y in zip(trace.x, trace.y, strict=True):
            assert (trace.yaxis, x, y) not in found
            found[trace.yaxis, x, y] = trace.meta["judgement"]
    return found


def test_each_light_stands_in_its_study_s_row_and_its_domain_s_column(mixed, say):
    drawn = lights_drawn(traffic_lights(mixed, say))
    expected = {}
    for axis, (tool, members) in zip(("y", "y2"), by_tool(mixed).items(), strict=True):
        for y, study in enumerate(members):
            for x, domain in enumerate(columns(tool)):
                found = study.bias and study.bias.of(domain)
                overall = domain == OVERALL and study.bias and study.bias.overall
                expected[axis, x, y] = found.judgement if found else overall or "not assessed"
    assert drawn == expected


def test_tools_never_share_a_panel(mixed, say):
    panels = by_tool(mixed)
    assert {tool: len(members) for tool, members in panels.items()} == {ROB2: 2, ROBINS_I: 3}
    for figure in (traffic_lights(mixed, say), bias_bars(mixed, say)):
        (low, high), (low2, high2) = figure.layout.yaxis.domain, figure.layout.yaxis2.domain
        assert low2 < high2 < low < high  # one above the other, so that each has the whole width of a phone
        assert figure.layout.xaxis.domain == figure.layout.xaxis2.domain == (0, 1)
        assert [a.text for a in figure.layout.annotations if "<b>" in a.text] == ["<b>RoB 2</b>", "<b>ROBINS-I</b>"]
    assert len(traffic_lights(mixed, say).layout.xaxis.ticktext) == len(DOMAINS[ROB2]) + 1
    assert len(traffic_lights(mixed, say).layout.xaxis2.ticktext) == len(DOMAINS[ROBINS_I]) + 1


def test_one_tool_alone_has_one_panel(mixed, say):
    figure = traffic_lights([mixed[0], mixed[2]], say)
    assert {trace.yaxis for trace in figure.data} == {"y"} and "yaxis2" not in figure.layout


def test_no_studies_give_an_empty_figure(say):
    assert len(traffic_lights([], say).data) == len(bias_bars([], say).data) == 0


@pytest.mark.parametrize("tool", TOOLS)
def test_each_judgement_of_a_tool_has_its_own_symbol_and_colour(tool):
    marks = [MARKS[judgement] for judgement in (*JUDGEMENTS[tool], "not assessed")]
    assert len({symbol for symbol, _, _ in marks}) == len({colour for _, colour, _ in marks}) == len(marks)


def test_not_assessed_is_an_open_ring_and_nothing_else_is(mixed, say):
    for trace in traffic_lights(mixed, say).data:
        blank = trace.meta["judgement"] == "not assessed"
        assert (trace.marker.symbol == "circle-open") == blank
        assert (trace.text == "<b></b>") == blank


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.1)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("judgement", [judgement for judgement in MARKS if MARKS[judgement][0]])
def test_symbols_can_be_read_on_their_colour(judgement):
    _, colour, ink = MARKS[judgement]
    dark, light = sorted((luminance(colour), luminance(ink)))
    assert (light + 0.05) / (dark + 0.05) >= 4.5  # WCAG AA


def test_the_reason_shows_on_hovering_and_is_never_read_as_html(say):
    reason = {"en": "sealed <b>envelopes</b>", "id": "amplop <b>tertutup</b>"}
    bias = Bias(ROB2, {"randomisation": Judgement("randomisation", "low", reason)})
    light = lights_of(bias, say)[0]
    assert (light.symbol, light.judgement) == ("+", "low")
    assert light.hover == "randomisation: low risk. sealed &lt;b&gt;envelopes&lt;/b&gt;"
    assert "tertutup" in lights_of(bias, say_in("id"))[0].hover


def test_names_from_files_are_never_read_as_html(mixed, say):
    card = {**mixed[0].card, "short_title": {"en": "<i>x</i>", "id": "<i>x</i>"}}
    assert "<i>" not in words_in(traffic_lights([replace(mixed[0], card=card)], say))


def test_lights_beside_a_forest_plot_are_those_of_the_table(mixed, say):
    for study in mixed:
        tool = study.bias.tool if study.bias else ROBINS_I
        lights = lights_of(study.bias, say, tool)
        assert [light.domain for light in lights] == list(columns(tool))
        assert all((light.symbol, light.colour) == MARKS[light.judgement][:2] for light in lights)


def test_an_overall_judgement_by_the_rule_says_so_and_a_card_s_own_gives_its_reason(mixed, say):
    assert "by the tool's rule" in lights_of(mixed[0].bias, say)[-1].hover
    assert lights_of(mixed[3].bias, say)[-1].hover == "overall: serious risk. Because"
    assert lights_of(mixed[2].bias, say)[-1].hover == "overall: not assessed"


def test_bars_of_a_domain_share_out_all_studies(mixed, say):
    figure = bias_bars(mixed, say)
    for axis, (tool, members) in zip(("y", "y2"), by_tool(mixed).items(), strict=True):
        bars = [trace for trace in figure.data if trace.yaxis == axis]
        for x in range(len(columns(tool))):
            assert sum(bar.meta["counts"][x] for bar in bars) == len(members)
            assert sum(bar.x[x] for bar in bars) == pytest.approx(100)


def test_bars_count_what_the_lights_show(mixed, say):
    lights = list(lights_drawn(traffic_lights(mixed, say)).items())
    for bar in bias_bars(mixed, say).data:
        for x, count in enumerate(bar.meta["counts"]):
            shown = [at for at, judgement in lights if at[:2] == (bar.yaxis, x) and judgement == bar.meta["judgement"]]
            assert len(shown) == count


def test_studies_that_nobody_assessed_stay_in_the_bars(mixed, say):
    (blank,) = (bar for bar in bias_bars([mixed[4]], say).data)
    assert blank.meta["judgement"] == "not assessed" and set(blank.x) == {100}
    assert blank.marker.pattern.shape == "/"
    assert blank.hovertext[-1] == "overall: not assessed in 1 of 1 studies"


def test_the_legend_names_each_judgement_once(mixed, say):
    for figure in (traffic_lights(mixed, say), bias_bars(mixed, say)):
        named = [trace.name for trace in figure.data if trace.showlegend]
        drawn = {trace.name for trace in figure.data}
        assert len(named) == len(set(named)) and set(named) == drawn


@pytest.mark.parametrize("language", ["en", "id"])
def test_it_fits_a_phone(mixed, language):
    """360 pixels: eight columns of 22-pixel lights beside labels of 16 letters, and no line of the key is wider."""
    figure = traffic_lights(mixed, say_in(language))
    letters = max(len(line) for axis in (figure.layout.yaxis, figure.layout.yaxis2)
                  for name in axis.ticktext for line in name.split("<br>"))  # fmt: skip
    sizes = {trace.marker.size for trace in figure.data}
    assert letters * 6 + 8 * (max(sizes) + 4) <= 360
    keys = [a.text for a in figure.layout.annotations if a.name and a.name.startswith("key")]
    assert len(keys) == 2 and max(len(line) for key in keys for line in key.split("<br>")) * 6.5 <= 360 - letters * 6
