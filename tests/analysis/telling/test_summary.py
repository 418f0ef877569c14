"""Lines and sentences across studies, in both languages: ratios as ratios, signs, decimal marks, what is better."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from analysis.evidence import KINDS_OF, Choice, Rating, answer, body, evidence_map
from analysis.evidence.pooling import pool
from analysis.results import Note
from analysis.telling import (
    cautions,
    cell_hover,
    effect_text,
    headline,
    is_ratio,
    kind_name,
    map_sentence,
    reason_said,
    row_effect,
    slope_of,
    spread_line,
    treatment_name,
    when_said,
)
from analysis.telling.scripts import pooling_python, pooling_r
from analysis.words import say_in
from tests.analysis.small_studies import means, small_study

EN, ID = say_in("en"), say_in("id")
KINDS = tuple(dict.fromkeys(kind for kinds in KINDS_OF.values() for kind in kinds))


@pytest.mark.parametrize(("kind", "value", "interval", "english", "indonesian"), [
    ("hedges_g", 0.7, (0.5, 0.912), "+0.70 [+0.50, +0.91]", "+0,70 [+0,50; +0,91]"),
    ("mean_difference", -12.345, (-20.0, 1.5), "−12.35 [−20.00, +1.50]", "−12,35 [−20,00; +1,50]"),
    ("log_odds_ratio", math.log(2.56), (math.log(1.02), math.log(6.25)), "2.56 [1.02, 6.25]", "2,56 [1,02; 6,25]"),
    ("log_risk_ratio", math.log(0.5), (math.log(0.25), 0.0), "0.50 [0.25, 1.00]", "0,50 [0,25; 1,00]"),
    ("ratio_of_means", 0.0, (-0.1, 0.1), "1.00 [0.90, 1.11]", "1,00 [0,90; 1,11]"),
    ("risk_difference", 0.534, (-0.016, 0.8), "+53 [−2, +80]", "+53 [−2; +80]"),
    ("smcc", -0.001, None, "0.00", "0,00"),
    ("hedges_g", 0.4, (0.4, math.inf), "+0.40 [+0.40, ∞]", "+0,40 [+0,40; ∞]"),
    ("hedges_g", -0.4, (-math.inf, -0.4), "−0.40 [−∞, −0.40]", "−0,40 [−∞; −0,40]"),
    ("log_odds_ratio", -1.0, (-math.inf, 0.0), "0.37 [0.00, 1.00]", "0,37 [0,00; 1,00]"),
    ("log_odds_ratio", 1.0, (0.0, math.inf), "2.72 [1.00, ∞]", "2,72 [1,00; ∞]"),
    ("log_odds_ratio", math.log(12), (math.log(99.9), 800.0), "12.00 [99.90, ∞]", "12,00 [99,90; ∞]"),
    ("log_odds_ratio", math.log(250), (math.log(123.4), math.log(4321)), "250.0 [123.4, 4321]", "250,0 [123,4; 4321]"),
])  # fmt: skip
def test_effects_are_written_as_they_are_read(kind, value, interval, english, indonesian):
    assert effect_text(kind, value, interval, EN) == english
    assert effect_text(kind, value, interval, ID) == indonesian


def test_logarithms_are_ratios_and_nothing_else_is():
    assert {kind for kind in KINDS if is_ratio(kind)} == {"ratio_of_means", "log_odds_ratio", "log_risk_ratio"}
    for kind in KINDS:
        for say in (EN, ID):
            assert not kind_name(kind, say).startswith(("ln", "log")) and kind_name(kind, say) != f"across.kind-{kind}"


def test_names_of_treatments_and_times_are_said(studies):
    assert treatment_name("moringa.oxytocin-massage", EN) == "moringa leaf + oxytocin massage"
    assert "+" in treatment_name("moringa.oxytocin-massage", ID) and "." not in treatment_name("moringa.soy", ID)
    rows = body([studies["da-silva-2001"]], Choice()).entries
    assert [when_said(entry.contrast, EN) for entry in rows] == ["Day 2 → Day 7"]
    assert when_said(rows[0].contrast, ID) == "Hari ke-2 → Hari ke-7"
    assert when_said(replace(rows[0].contrast, when=""), EN) == ""


# -- the sentence ------------------------------------------------------------------------------------------------------


def said(tmp_path, say, mean="30", better="higher", *, k=2, certainty=False, kind="hedges_g"):
    outcomes = {"milk": ("milk-volume", "continuous", better, "mL")}
    rows = means("a", mean, "10") + means("b", "20", "10")
    shelf = [small_study(tmp_path, rows, id=f"{mean}{better}{i}", outcomes=outcomes) for i in range(k)]
    (line,) = answer(shelf, Choice(kind=kind), interval="HKSJ").lines
    return headline(line, line.certainty if certainty else None, say)


@pytest.mark.parametrize(("mean", "better", "key"), [
    ("30", "higher", "better"), ("30", "lower", "worse"), ("5", "higher", "worse"), ("5", "lower", "better"),
    ("20.1", "higher", "unclear"), ("20.1", "lower", "unclear"),
])  # fmt: skip
@pytest.mark.parametrize("say", [EN, ID], ids=["en", "id"])
def test_the_headline_says_for_which_side_the_interval_speaks(tmp_path, say, mean, better, key):
    text = said(tmp_path, say, mean, better, k=1)
    others = {"better", "worse", "unclear"} - {key}
    assert text.endswith(say(f"across.direction-{key}"))
    assert not any(say(f"across.direction-{other}") in text for other in others)


def test_the_headline_counts_comparisons_studies_and_people(tmp_path, studies):
    assert said(tmp_path, EN).startswith("Moringa leaf, 2 comparisons from 2 studies (90 mothers): Hedges g +0.98 [")
    assert said(tmp_path / "id", ID).startswith("Daun kelor, 2 perbandingan dari 2 penelitian (90 ibu): ")
    assert "+0,98 [" in said(tmp_path / "comma", ID)
    found = answer([studies["mollaahmetoglu-2025"]], Choice())
    text = headline(found.average, None, EN)
    assert text.startswith("Average over 3 different interventions, 3 comparisons from 1 study (120 mothers)")
    assert cautions(found.average, EN)[0].startswith("An average over 3 different interventions, not the effect")


def test_where_nothing_is_pooled_there_is_no_headline_and_no_script(studies):
    found = answer([studies["mollaahmetoglu-2025"]], Choice()).average
    nothing = replace(found, kept=None)
    assert headline(found, None, EN) and pooling_r(found) and pooling_python(found)
    assert headline(nothing, None, EN) == pooling_r(nothing) == pooling_python(nothing) == ""


def test_the_headline_ends_with_how_sure_if_that_is_known(tmp_path):
    with_it, without = said(tmp_path / "1", EN, certainty=True), said(tmp_path / "2", EN)
    assert with_it.startswith(without) and "certainty" in with_it and "certainty" not in without


def test_a_ratio_in_the_headline_is_a_ratio(tmp_path):
    assert f"{kind_name('ratio_of_means', EN)} 1.50 [" in said(tmp_path, EN, kind="ratio_of_means")


def test_reasons_write_effects_as_the_headline_does():
    """An odds ratio of 2.16 to 20.68 is kept as logs of 0.77 to 3.03; a reader is told the ratios."""
    reason = Rating(0, Note("imprecision-excludes", {"low": 0.77, "high": 3.029, "size": 9, "of": ("events",),
                                                     "enough": 300}))  # fmt: skip
    assert "from 2.16 to 20.68 excludes no effect; 9 events" in reason_said(reason, "log_odds_ratio", EN)
    assert "2,16" in reason_said(reason, "log_odds_ratio", ID) and "20,68" in reason_said(reason, "log_odds_ratio", ID)
    assert "from +0.77 to +3.03 excludes" in reason_said(reason, "hedges_g", EN)
    shares = replace(reason, note=Note("imprecision-includes-no-size", {"low": -0.016, "high": 0.8, "of": ("events",)}))
    assert "from −2 to +80 includes" in reason_said(shares, "risk_difference", EN)


def test_shares_of_the_weight_are_no_effects():
    reason = Rating(1, Note("bias-shares", {"low": "25", "some": "75", "high": "0"}))
    assert reason_said(reason, "log_odds_ratio", EN).startswith("25% of the weight")


@pytest.mark.parametrize(("kind", "value", "written"), [
    ("log_odds_ratio", math.log(1.002), "1.002"), ("hedges_g", -0.012, "−0.01"), ("risk_difference", 0.0012, "+0.12"),
])  # fmt: skip
def test_a_slope_of_ratios_is_what_multiplies_them(kind, value, written):
    assert slope_of(kind, EN)(value) == written


# -- other lines -------------------------------------------------------------------------------------------------------


def test_the_line_of_spread_leaves_out_what_isn_t_known(studies):
    found = body(studies.values(), Choice()).kept
    several, alone = (pool([entry.effect for entry in rows]) for rows in (found, found[:1]))
    line = spread_line(several, EN)
    assert line.startswith("I² ") and "τ² " in line and f"Q({len(found) - 1}) = " in line and "new study" in line
    assert spread_line(alone, EN) == ""
    assert "," not in line.split(" · ")[0] and "." not in spread_line(several, ID).replace("p <", "")


def test_a_prediction_of_ratios_is_in_ratios(studies):
    found = body(studies.values(), Choice(kind="ratio_of_means")).kept
    pooled = pool([entry.effect for entry in found])
    low, high = (EN.number(math.exp(end)) for end in pooled.prediction)
    assert spread_line(pooled, EN).endswith(EN("across.prediction", low=low, high=high))


@pytest.mark.parametrize("say", [EN, ID], ids=["en", "id"])
def test_every_cell_and_row_of_the_library_can_be_said(studies, say):
    cells = evidence_map(tuple(studies.values()), Choice())
    for cell in cells:
        lines = cell_hover(cell, "control", say).split("\n")
        assert lines[0].startswith(treatment_name(cell.treatment, say))
        assert (say("across.cell-hollow") in lines) == (cell.tally.comparisons > 0 and cell.tally.pooled == 0)
        if cell.tally.pooled:
            value = effect_text(cell.kind, cell.line.kept.estimate, cell.line.kept.interval, say)
            assert lines[3].endswith(value) and lines[3].startswith(f"{cell.tally.pooled} ")
    sentence = map_sentence(cells, say)
    better = sum(cell.line is not None and cell.line.direction == "better" for cell in cells)
    assert str(len(cells)) in sentence and str(better) in sentence
    for entry in body(studies.values(), Choice()).entries:
        if entry.effect is not None:
            assert row_effect(entry.effect, say)
