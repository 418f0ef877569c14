"""A saved figure carries its words, stands on white, repeats to the byte and is as wide as it says."""

from __future__ import annotations

import csv
import io
import os
import re
import socket
import subprocess
import zipfile
from dataclasses import replace
from itertools import combinations, pairwise
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader

from analysis import load_context, plots
from analysis.asking import attempt, before_after, between
from analysis.plots import before_after as within_plots
from analysis.plots import between as between_plots
from analysis.plots import printed_between
from analysis.plots.context import has_percentages, percentages
from analysis.plots.printed_arms import dash_of, mark_of
from analysis.plots.printing import Panel, bundle, pictured, renderer
from analysis.plots.printing.bundle import drawn as points_of
from analysis.plots.printing.letters import width_of
from analysis.plots.printing.look import colour_at, on_white
from analysis.plots.printing.page import PIXELS_PER_MM, USUAL, wrapped
from analysis.plots.style import ARM_COLOURS, LEVEL_COLOURS, LEVEL_INK
from analysis.studies import UPLOADED

TIMES = ("before", "after")
WORDS = {"title": "Scores rose <a little> & more", "n": "Massage n = 17", "note": "Open rings: recovered",
         "source": "Serpong 2023, https://example.org/study"}  # fmt: skip


@pytest.fixture(scope="module")
def question(serpong):
    return before_after(serpong, "milk-score", "massage", TIMES)


@pytest.fixture(scope="module")
def figure(question, say):
    return within_plots.slopes(question, 0, [attempt(question, "paired-t").outcome], say)


@pytest.fixture(scope="module")
def kinds(serpong, cassava, question, figure, say):
    """Plots of one study by name, drawn of the library's own numbers."""
    pair = between(serpong, "milk-score", ("moringa", "massage"), TIMES, "change")
    samples, outcome = pair.samples(0)["groups"], attempt(pair, "independent-t").outcome
    _, scores = question.scores(0)
    columns = [before_after(serpong, "milk-score", arm, TIMES).scores(0)[1] for arm in pair.arms]
    printed = before_after(cassava, "prolactin", "cassava", tuple(cassava.timepoints))
    times = tuple(cassava.timepoints)
    beside = between(cassava, "prolactin", ("cassava", "control"), times, "change")
    assert any(side.mean for side in beside.summaries)
    context = next(folder for folder in load_context() if has_percentages(folder))
    levels = (1.0, 2.0, 3.0)
    return {
        "slopes": figure,
        "transitions": within_plots.transitions(question, 0, say),
        "distribution": within_plots.distribution(list(zip(TIMES, scores.T, strict=True)), question, say),
        "means": within_plots.printed_means(printed, say),
        **{kind: between_plots.groups(pair, samples, [outcome], kind, say) for kind in ("dots", "box", "raincloud")},
        "both": between_plots.both_arms(pair, columns, [None, None], outcome, say),
        "printed-values": printed_between.printed_values(beside, None, say),
        "arms": plots.printed_arms(serpong, "milk-score", say),
        "design": plots.design(serpong, say),
        "percentages": percentages(context, say),
        "crosstab": plots.crosstab(levels, np.array([[1, 2, 0], [0, 3, 1], [0, 0, 4]]), say),
        "tables": plots.small_multiples(levels, np.array([[1, 2, 3], [2, 2, 2]]), 1, 1, say),
    }


def drawn(figure, form, **words) -> bytes:
    return pictured(figure, **words).form(form)


def words_of(svg: bytes) -> str:
    return " ".join(" ".join(ElementTree.fromstring(svg).itertext()).split())


def test_title_n_note_and_source_stand_in_the_picture_on_white(figure):
    svg = drawn(figure, "svg", **WORDS)
    assert all(text in words_of(svg) for text in WORDS.values())
    ground = next(part for part in ElementTree.fromstring(svg).iter() if part.get("id") == "ground")
    assert (ground.get("fill"), ground.get("width")) == ("#ffffff", "100%")


@pytest.mark.parametrize("form", ["svg", "pdf", "png"])
def test_the_same_figure_gives_the_same_bytes(figure, kinds, form):
    first = drawn(figure, form, **WORDS)
    drawn(kinds["transitions"], "svg")
    assert drawn(figure, form, **WORDS) == first


@pytest.mark.parametrize("width", [88, 180])
def test_a_png_has_300_dots_per_inch(figure, width):
    with Image.open(io.BytesIO(drawn(figure, "png", width=width))) as picture:
        assert abs(picture.width - width / 25.4 * 300) <= 1
        assert picture.convert("RGB").getpixel((2, 2)) == (255, 255, 255)


def test_a_pdf_is_one_page_of_the_width(figure):
    pdf = drawn(figure, "pdf", width=88, **WORDS)
    assert pdf.startswith(b"%PDF")
    (box,) = re.findall(rb"/MediaBox ?\[([^\]]*)\]", pdf)
    assert float(box.split()[2]) == pytest.approx(88 / 25.4 * 72, abs=0.1)


def test_a_pdf_can_be_read_and_searched_for_every_word_of_the_picture(kinds):
    for name, figure in kinds.items():
        saved = pictured(figure, **WORDS)
        (page,) = PdfReader(io.BytesIO(saved.form("pdf"))).pages
        svg = ElementTree.fromstring(saved.form("svg"))
        shown = "".join("".join(text.itertext()) for text in svg.iter("{http://www.w3.org/2000/svg}text"))
        assert sorted("".join(page.extract_text().split())) == sorted("".join(shown.split())), name


def test_every_kind_of_plot_is_saved_in_both_widths(kinds, tmp_path):
    for name, figure in kinds.items():
        for width in (88, 180):
            path = plots.save(figure, tmp_path / f"{name}.svg", width=width, title=name)
            assert name in words_of(path.read_bytes()), name


def test_several_arms_stand_in_one_picture_and_keep_their_clips_apart(figure):
    svg = drawn([Panel("Moringa (n = 17)", figure), Panel("Massage (n = 17)", figure)], "svg")
    assert "Moringa (n = 17)" in words_of(svg) and "Massage (n = 17)" in words_of(svg)
    assert b"clipp0" in svg and b"clipp1" in svg


def test_saving_leaves_the_figure_as_it_was(kinds):
    before = kinds["transitions"].to_json()
    drawn(kinds["transitions"], "svg")
    assert kinds["transitions"].to_json() == before


def test_what_cannot_be_saved_is_refused_by_name(figure, tmp_path):
    with pytest.raises(ValueError, match=r"'a.jpg' ends in '.jpg'; a figure can be saved as .svg, .pdf, .png"):
        plots.save(figure, tmp_path / "a.jpg")
    with pytest.raises(ValueError, match="'a' has no ending"):
        plots.save(figure, tmp_path / "a")
    with pytest.raises(ValueError, match="60 to 400 mm wide"):
        drawn(figure, "svg", width=5)
    with pytest.raises(ValueError, match="no plot"):
        drawn([], "svg")


def test_what_marks_mean_and_what_heights_are_stands_beside_the_plot(kinds, figure, question, say):
    assert say("plot-key.slopes") in words_of(drawn(figure, "svg", width=180))
    marked = {name for name, one in kinds.items() if one.marks}
    assert marked >= {"slopes", "transitions", "distribution", "means", "dots", "box", "raincloud", "both"}
    assert words_of(drawn(kinds["means"], "svg")).startswith("ng/mL 376.5")


@pytest.mark.parametrize("width", [88, 180])
def test_nothing_reaches_the_edge_and_no_letter_is_smaller_than_six_and_a_half_points(kinds, width):
    for name, figure in kinds.items():
        picture = pictured(figure, title=name, width=width)
        sizes = [float(size) for size in re.findall(r"font-size(?:=\"|: ?)([\d.]+)", picture.svg)]
        assert sizes and min(sizes) / PIXELS_PER_MM / 25.4 * 72 >= 6.5, name
        with Image.open(io.BytesIO(picture.form("png"))) as png:
            pixels = np.asarray(png.convert("L"))
        assert pixels[:, :8].min() == pixels[:, -8:].min() == 255, name


def test_words_are_black_but_on_a_coloured_ground(kinds):
    for name in set(kinds) - {"distribution"}:  # whose numbers stand in the bars
        texts = [part for part in ElementTree.fromstring(drawn(kinds[name], "svg")).iter() if part.tag.endswith("text")]
        fills = {part.get("fill") or re.findall(r"fill: ([^;]+)", part.get("style", ""))[0] for part in texts}
        assert fills <= {"#000000", "rgb(0, 0, 0)"}, name


HOSTILE = '<b>&amp;</b> # $x^2$ "quoted" \'single\' \\ ]] --> 💧 שלום مرحبا \x00 #panic("no") &#x27; {0} %s'


@pytest.mark.parametrize("form", ["svg", "pdf", "png"])
def test_a_text_of_a_study_is_never_read_as_markup(figure, form):
    found = drawn([Panel(HOSTILE, figure)], form, title=HOSTILE, n=HOSTILE, note=HOSTILE, source=HOSTILE, width=180)
    if form == "svg":
        shown = HOSTILE.replace("\x00", "").replace(" ", "")
        assert words_of(found).replace(" ", "").count(shown) == 6  # the five, and the title as the file's own
    assert len(found) > 1000


def test_an_engine_that_has_drawn_much_is_replaced_and_draws_the_same(kinds, monkeypatch):
    first = drawn(kinds["arms"], "svg")
    monkeypatch.setattr(renderer, "LASTS", 2)
    made = renderer._engine.cache_info().misses
    assert all(drawn(kinds["arms"], "svg") == first for _ in range(4))
    assert renderer._engine.cache_info().misses >= made + 2


def test_no_network_and_no_other_program_is_used(figure, monkeypatch):
    def refused(*_, **__):
        raise AssertionError("a saved figure needs nothing but this process")

    for where, name in ((socket.socket, "connect"), (subprocess, "Popen"), (os, "system"), (os, "posix_spawn")):
        monkeypatch.setattr(where, name, refused)
    assert all(drawn(figure, form, **WORDS) for form in ("svg", "pdf", "png"))


def test_a_caption_says_n_what_is_known_and_whose_numbers(serpong, say):
    found = plots.caption(serpong, ["massage"], ["recovered", "recovered"], say, date="2026-11-28")
    assert found["n"] == f"{say.text(serpong.arms['massage'].label)}: {plots.n_label(serpong, 'massage', say)}"
    assert found["note"].count(say("status-help.recovered")) == 1
    assert serpong.card["citation"] in found["source"] and found["source"].endswith("28 November 2026")


def test_no_line_is_wider_than_its_room():
    lines = wrapped("short words and https://example.org/" + "x" * 200, USUAL, 150)
    assert len(lines) > 5 and all(width_of(line, USUAL.size) <= 150 for line in lines)


def test_a_colour_scale_is_read_on_white():
    assert on_white("rgba(0,0,0,0.5)") == (127.5, 127.5, 127.5)
    assert colour_at([[0, "rgba(0,114,178,0)"], [1, "#0072b2"]], 0) == "#ffffff"
    assert colour_at([[0, "#000000"], [1, "#ffffff"]], 0.5) == "#808080"


# -- arms without colour -----------------------------------------------------------------------------------------------

# Machado, Oliveira & Fernandes 2009, IEEE Trans. Vis. Comput. Graph. 15(6), severity 1.0, on linear RGB.
EYES = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
}
LEAST_LIGHTNESS = 8  # of 100 (CIE L*), as grey print shows it


def luminance(colour: str, eye: str) -> float:
    parts = np.array(on_white(colour)) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(np.clip(np.array(EYES[eye]) @ linear, 0, 1) @ (0.2126, 0.7152, 0.0722))


def lightness(colour: str, eye: str) -> float:
    found = luminance(colour, eye)
    return 116 * found ** (1 / 3) - 16 if found > 0.008856 else 903.3 * found


@pytest.mark.parametrize("eye", EYES)
def test_two_arms_differ_by_symbol_or_dash_or_by_lightness(eye):
    for a, b in combinations(range(16), 2):
        marked = (mark_of(a), dash_of(a)) != (mark_of(b), dash_of(b))
        light, other = (lightness(ARM_COLOURS[place % len(ARM_COLOURS)], eye) for place in (a, b))
        assert marked or abs(light - other) >= LEAST_LIGHTNESS, (a, b, eye)


def test_no_study_has_more_arms_than_can_be_told_apart(studies):
    assert max(len(study.arms) for study in studies.values()) <= 16


def test_two_arms_in_one_plot_differ_uncoloured(kinds):
    means = [trace for trace in kinds["both"].data if trace.mode == "lines+markers"]
    assert len({(trace.marker.symbol, trace.line.dash) for trace in means}) == len(means) == 2


@pytest.mark.parametrize("eye", EYES)
def test_each_level_is_darker_than_the_one_before_and_its_number_can_be_read(eye):
    levels = [lightness(colour, eye) for colour in LEVEL_COLOURS]
    assert all(before - after >= LEAST_LIGHTNESS for before, after in pairwise(levels))
    assert all(contrast(ground, ink) >= 4.5 for ground, ink in zip(LEVEL_COLOURS, LEVEL_INK, strict=True))


def contrast(a: str, b: str) -> float:
    """WCAG 2.2's contrast ratio."""
    light, dark = sorted((luminance(colour, "usual") + 0.05 for colour in (a, b)), reverse=True)
    return light / dark


def test_a_bundle_holds_the_picture_and_every_point_that_is_drawn(serpong, figure, say):
    """17 mothers with massage before and after; the same plot gives the same bytes, and a text stays text."""
    picture = pictured(figure, title="Found")
    once, again = (bundle(picture, figure, [serpong], "x", say, note=HOSTILE, link="http://x") for _ in range(2))
    assert once == again
    with zipfile.ZipFile(io.BytesIO(once)) as opened:
        files = {name.removeprefix("x/"): opened.read(name).decode() for name in opened.namelist()}
    assert files["figure.svg"] == picture.svg and "http://x" in files["README.md"] and HOSTILE in files["README.md"]
    assert say("exchange.licence") in files["README.md"]
    rows = list(csv.DictReader(io.StringIO(files["drawn.csv"])))
    people = serpong.participants("milk-score")
    for time in TIMES:
        of_arm = people[(people["arm"] == "massage") & (people["timepoint"] == time)]["value"]
        shown = [float(row["y"]) for row in rows if row["name"] == time]
        assert sorted(shown) == sorted(of_arm), time
    verdicts = {row["verdict"] for row in csv.DictReader(io.StringIO(files["printed-numbers.csv"]))}
    assert {"consistent", "inconsistent"} <= verdicts


def test_every_kind_of_plot_is_written_point_by_point(kinds):
    assert all(list(points_of(figure)) for name, figure in kinds.items() if name != "design")


def test_no_licence_of_ours_stands_on_a_users_own_data(serpong, figure, say):
    own = replace(serpong, card={**serpong.card, "source": {"kind": UPLOADED}})
    with zipfile.ZipFile(io.BytesIO(bundle(pictured(figure), figure, [own], "x", say))) as opened:
        assert say("exchange.licence") not in opened.read("x/README.md").decode()
