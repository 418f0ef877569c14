"""The picture of one result, and the small one of a study's groups."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import load_studies
from analysis.plots import interval_picture, printed_arms
from analysis.plots.interval import WIDTH
from analysis.words import LANGUAGES, say_in

ENDS = st.floats(-8, 8)
SVG = "{http://www.w3.org/2000/svg}"


@given(st.tuples(ENDS, ENDS, ENDS).map(sorted))
def test_the_interval_lies_where_it_belongs_and_within_the_picture(three):
    low, estimate, high = three
    drawn = ET.fromstring(interval_picture(estimate, (low, high), "unclear"))
    _, zero, bar = drawn.findall(f"{SVG}line")
    ends, middle = (float(bar.get("x1")), float(bar.get("x2"))), float(zero.get("x1"))
    assert 0 <= ends[0] <= ends[1] <= WIDTH
    tenth = 0.06  # places are written with one digit
    assert all((end - middle) * value >= -tenth for end, value in zip(ends, (low, high), strict=True))
    assert len(drawn.findall(f"{SVG}path")) == (low < -2) + (high > 2)


@given(st.floats(-2, 2), st.sampled_from((-1, 1)))
def test_an_arrow_stands_beside_the_mark_of_its_estimate(estimate, side):
    drawn = ET.fromstring(interval_picture(estimate, tuple(sorted((estimate, side * 3))), "unclear"))
    (mark,), (arrow,) = drawn.findall(f"{SVG}circle"), drawn.findall(f"{SVG}path")
    back = float(arrow.get("d").split("L")[1].split()[0])
    assert side * (back - float(mark.get("cx"))) >= float(mark.get("r")) - 0.06  # written with one digit


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_printed_number_of_a_founding_study_is_in_its_picture(language):
    say = say_in(language)
    for study in (study for study in load_studies().values() if study.founding):
        outcome = next(iter(study.outcomes))
        figure = printed_arms(study, outcome, say)
        assert {trace.name for trace in figure.data} == {say.text(arm.label) for arm in study.arms.values()}
        texts = {text for trace in figure.data for text in trace.text}
        means = {f.usable for f in study.figures if f.outcome == outcome and f.statistic in ("mean", "change_mean")}
        assert {say.printed(mean) for mean in means if mean} <= texts
