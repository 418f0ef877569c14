"""Pictures behind findings: what they call possible is what brute force finds, and they draw what they hold."""

from __future__ import annotations

import math
import statistics
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement, product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.stats import norm, rankdata

from analysis import load_context, load_studies
from analysis.checks import Raster, Strip, Umbrella, check_study, picture_of, umbrella
from analysis.checks.pictures import AROUND, DRAWN, mean_raster, percent_raster
from analysis.plots import integrity
from analysis.results import NotApplicable
from analysis.words import LANGUAGES, say_in
from tests.analysis.stopwatch import within

quietly = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
ALL_AT_ONCE = 20  # seconds for every finding of every study, in both languages
FLOATS = 1e-9
every_language = pytest.mark.parametrize("language", LANGUAGES)


def may_print(value: Fraction, text: str) -> bool:
    """Rounding of a half is left open, up or down."""
    return abs(value - Fraction(text)) <= Fraction(1, 2 * 10 ** len(text.partition(".")[2]))


# -- rasters ----------------------------------------------------------------------------------------------------


def brute_raster(found: Raster, items: int, scores: range, times: int = 1) -> np.ndarray:
    """Does some whole total of so many people, each within `scores`, print the value (a half either way)?"""
    unit = 10 ** len(found.values[0].partition(".")[2])
    whole = np.array([int(value.replace(".", "")) for value in found.values])
    columns = []
    for people in (n * items for n in found.ns):
        totals = times * np.arange(scores[0] * people, scores[-1] * people + 1)
        columns.append((2 * abs(totals * unit - whole[:, None] * people) <= people).any(axis=1))
    return np.column_stack(columns)


@quietly
@given(st.integers(1, 40), st.integers(100, 500), st.integers(0, 2), st.sampled_from((1, 3)))
def test_cells_are_the_means_that_some_total_prints(n, hundredths, decimals, items):
    found = mean_raster(f"{hundredths / 100:.{decimals}f}", n, items)
    assert np.array_equal(found.possible, brute_raster(found, items, range(-5 * AROUND, 7 + 5 * AROUND)))


@quietly
@given(st.integers(1, 30), st.integers(150, 850), st.integers(0, 1))
def test_cells_are_the_percentages_that_some_count_prints(n, tenths, decimals):
    found = percent_raster(f"{tenths / 10:.{decimals}f}", n)
    assert np.array_equal(found.possible, brute_raster(found, 1, range(2), 100))


def test_a_raster_stands_around_what_is_printed():
    found = mean_raster("3.15", 17)
    assert found.ns == tuple(range(17 - AROUND, 17 + AROUND + 1))
    assert (found.values[0], found.values[AROUND], found.values[-1]) == ("3.03", "3.15", "3.27")
    assert mean_raster("3.15", 3).ns[0] == 1
    assert mean_raster("3,15", 17).value == "3.15"


# -- umbrellas --------------------------------------------------------------------------------------------------


@cache
def sds_by_mean(n: int, low: int, high: int, items: int) -> dict[Fraction, list[float]]:
    """The SDs of every set of scores, by its mean."""
    found: dict[Fraction, list[float]] = {}
    for totals in combinations_with_replacement(range(low * items, high * items + 1), n):
        sd = statistics.stdev([total / items for total in totals])
        found.setdefault(Fraction(sum(totals), n * items), []).append(sd)
    return found


@pytest.mark.parametrize(("n", "low", "high", "items"), [(2, 1, 5, 1), (3, 0, 3, 1), (6, 1, 5, 1), (4, 1, 3, 3)])
def test_an_umbrella_reaches_as_far_as_any_set_of_scores(n, low, high, items):
    found = umbrella(f"{low + 1}.00", "0.50", n, low, high, items)
    real = sds_by_mean(n, low, high, items)
    assert [Fraction(m).limit_denominator(1000) for m in found.means] == sorted(real)  # so few means are all drawn
    for mean, least, most in zip(found.means, found.lowest, found.highest, strict=True):
        sds = real[Fraction(mean).limit_denominator(1000)]
        assert (least, most) == pytest.approx((min(sds), max(sds)), abs=FLOATS)


@quietly
@given(st.integers(2, 7), st.integers(100, 500), st.integers(0, 2), st.sampled_from((1, 2)))
def test_attainable_sds_are_those_of_the_sets_that_print_the_mean(n, hundredths, decimals, items):
    mean = f"{hundredths / 100:.{decimals}f}"
    real = sds_by_mean(min(n, 5) if items == 2 else n, 1, 5, items)
    wanted = sorted({round(sd, 9) for exact, sds in real.items() if may_print(exact, mean) for sd in sds})
    found = umbrella(mean, "1.0", min(n, 5) if items == 2 else n, 1, 5, items)
    assert found.attainable is not None
    distinct = [sd for place, sd in enumerate(wanted) if not place or sd - wanted[place - 1] > 2 * FLOATS]
    assert list(found.attainable) == pytest.approx(distinct, abs=2 * FLOATS)


def test_one_person_has_no_sd_to_draw():
    with pytest.raises(NotApplicable, match="too-few"):
        umbrella("3.0", "0.0", 1, 1, 5)


@pytest.mark.parametrize(("n", "high"), [(200, 100), (100_000, 5), (50_000, 1000)])
def test_too_many_sds_are_left_out_and_not_waited_for(n, high):
    with within(5):
        found = umbrella("3.21", "1.02", n, 1, high)
    assert found.attainable is None and len(found.means) > 100


# -- strips -----------------------------------------------------------------------------------------------------


def strips(study) -> list[Strip]:
    found = [picture_of(study, f) for f in check_study(study) if f.rule == "p_from_people"]
    return [one for one in found if one is not None]


def exact_p(change) -> float:
    moved = change[change != 0]
    ranks = rankdata(abs(moved))
    steps = np.array(list(product((-1, 1), repeat=len(moved)))) @ ranks
    return float((abs(steps) >= abs((np.sign(moved) * ranks).sum()) - FLOATS).mean())


def normal_p(change) -> float:
    """Tie-corrected normal approximation without continuity correction."""
    moved = change[change != 0]
    ranks = rankdata(abs(moved))
    return float(2 * norm.sf(abs((np.sign(moved) * ranks).sum()) / math.sqrt((ranks**2).sum())))


def test_strips_of_serpong_hold_the_p_of_the_recovered_people(serpong):
    wanted = {}
    for arm, picks in (("moringa", (0,)), ("massage", (0, 1))):
        changes = []
        for pick in picks:
            people = serpong.participants("milk-score", {arm: pick})
            wide = people[people.arm == arm].pivot(index="participant", columns="timepoint", values="value")
            changes.append((wide.after - wide.before).to_numpy())
        wanted[arm] = [sorted({round(p(c), 9) for c in changes}) for p in (exact_p, normal_p)]
    found = {one.printed: dict(one.points) for one in strips(serpong)}
    for arm, printed in (("moringa", "0.001"), ("massage", "0.035")):
        exact, normal = wanted[arm]
        assert found[printed]["wilcoxon-exact"] == pytest.approx(exact)
        assert found[printed]["wilcoxon-normal"] == pytest.approx(normal)
    assert {one.printed: one.reach for one in strips(serpong)}["0.035"] == pytest.approx((0.0345, 0.0355))


# -- figures ----------------------------------------------------------------------------------------------------


def traces(figure):
    return {trace.name: trace for trace in figure.data}


@every_language
@pytest.mark.parametrize(("mean", "symbol"), [("3.15", "x-open"), ("3.18", "circle-open")])
def test_a_ring_where_the_printed_mean_is_possible_a_cross_where_not(mean, symbol, language):
    found = mean_raster(mean, 17)
    figure = integrity.picture(found, say_in(language))
    heatmap, mark = figure.data
    assert np.array_equal(np.array(heatmap.z, dtype=bool), found.possible)
    assert (tuple(heatmap.x), tuple(heatmap.y)) == (found.ns, found.values)
    assert (mark.x[0], mark.y[0], mark.marker.symbol) == (17, mean, symbol)


@every_language
@pytest.mark.parametrize(
    ("mean", "sd", "symbol"),
    [("3.82", "0.638", "x-open"), ("3.82", "0.636", "circle-open"), ("3,82", "0,636", "circle-open")],
)
def test_a_ring_where_the_printed_sd_is_possible_a_cross_where_not(mean, sd, symbol, language):
    found = umbrella(mean, sd, 17, 1, 5)
    drawn = traces(integrity.picture(found, say_in(language)))
    assert tuple(drawn["largest"].y) == found.highest and tuple(drawn["smallest"].y) == found.lowest
    assert tuple(drawn["attainable"].y) == found.attainable
    mark = drawn["printed"]
    assert (mark.x[0], mark.marker.symbol) == (3.82, symbol)
    assert mark.y[0] == float(sd.replace(",", "."))


@every_language
def test_a_strip_fills_the_dots_that_round_to_the_printed_p(serpong, language):
    for found in strips(serpong):
        dots = [trace for trace in integrity.picture(found, say_in(language)).data if trace.mode == "markers"]
        assert [tuple(trace.x) for trace in dots] == [ps for _, ps in found.points]
        for trace in dots:
            filled = [symbol == "circle" for symbol in trace.marker.symbol]
            assert filled == [f"{p:.3f}" == found.printed for p in trace.x]


def test_a_span_is_a_line_between_its_ends():
    found = Strip("0.035", (0.0345, 0.0355), (), (("student", (0.01, 0.2)),))
    figure = integrity.picture(found, say_in("en"))
    (line,) = figure.data
    assert (tuple(line.x), line.mode) == ((0.01, 0.2), "lines+markers")


def test_every_finding_of_every_study_is_drawn_and_said_quickly():
    kinds = set()
    with within(ALL_AT_ONCE):
        for study in [*load_studies().values(), *load_context()]:
            for finding in check_study(study):
                if (found := picture_of(study, finding)) is None:
                    continue
                kinds.add(type(found))
                assert finding.rule in DRAWN
                for language in LANGUAGES:
                    say = say_in(language)
                    assert integrity.picture(found, say).data
                    assert "{" not in integrity.sentence(found, say)
    assert kinds == {Raster, Umbrella, Strip}
