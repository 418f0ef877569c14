"""What a reader clicked in a plot: rings stand where the marks do, and a parted plot holds every line once."""

from __future__ import annotations

import pytest

from analysis import load_studies
from analysis.evidence import Choice, answer
from analysis.plots import parted, ringed
from analysis.plots.canvas import CHOSEN
from analysis.studies import by_richness
from pages.ui.across import forest
from pages.ui.across.asked import Asked

FOUND = answer(by_richness(load_studies()), Choice())
ASKED = Asked(Choice(), "REML", "HKSJ-safeguarded", "treatment", "study")
STUDIES = [entry.contrast.id for entry in FOUND.body.all]


def drawn(narrow: bool):
    figure, _ = forest._drawn(FOUND, None, ASKED, "en", narrow)
    return figure


def rings(figure):
    return [trace for trace in figure.data if trace.name == CHOSEN]


@pytest.mark.parametrize("study", STUDIES)
def test_a_ring_stands_where_the_study_does(study):
    figure = drawn(False)
    (at,) = [(t.x[i], t.y[i]) for t in figure.data if t.customdata is not None for i, one in enumerate(t.customdata)
             if one == study]  # fmt: skip
    (ring,) = rings(ringed(figure, study))
    assert (ring.x, ring.y) == ((at[0],), (at[1],)) and ring.hoverinfo == "skip"
    assert not rings(ringed(figure, "no such study")) and not rings(figure)


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("study", STUDIES)
def test_a_parted_forest_shows_each_line_once_and_as_high_as_before(study, narrow):
    figure = drawn(narrow)
    whole, parts = figure.layout, parted(figure, study)
    heights = [sum(abs(a - b) for a, b in [part.layout.yaxis.range]) for part in parts]
    assert sum(heights) == abs(whole.yaxis.range[0] - whole.yaxis.range[1])
    line = (whole.height - whole.margin.t - whole.margin.b) / sum(heights)
    for part, lines in zip(parts, heights, strict=True):
        inside = part.layout.height - part.layout.margin.t - part.layout.margin.b
        assert inside == pytest.approx(line * lines, abs=1)
        assert part.layout.xaxis.range == whole.xaxis.range and part.layout.margin.l == whole.margin.l
        assert narrow or part.layout.yaxis2.range == part.layout.yaxis.range  # risk of bias in the row
    (ring, *_) = rings(parts[0])
    low, high = sorted(parts[0].layout.yaxis.range)
    assert low < ring.y[0] < high == ring.y[0] + 0.5 or len(parts) == 1  # the detail stands right below it


def test_words_of_the_axis_stand_once():
    figure = drawn(False)
    parts = parted(figure, STUDIES[0])
    said = [note.text for part in parts for note in part.layout.annotations if note.yref == "paper"]
    assert sorted(said) == sorted(note.text for note in figure.layout.annotations if note.yref == "paper")


def test_the_last_line_parts_nothing():
    (whole,) = parted(drawn(False), "no such study")
    assert whole.layout.height == drawn(False).layout.height
    lowest = max(((t.y[i], one) for t in drawn(False).data if t.customdata is not None
                  for i, one in enumerate(t.customdata)), default=None)  # fmt: skip
    assert len(parted(drawn(False), lowest[1])) == 1


def test_rings_have_the_ink_of_the_words():
    (ring,) = rings(ringed(drawn(False), STUDIES[0]).in_ink("#123456"))
    assert ring.marker.color == ring.line.color == "#123456"
