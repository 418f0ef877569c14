"""The page for a decision: one sheet of A4, in plain words of both languages, never advice to one person."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from functools import cache
from statistics import median

import pytest
from pypdf import PdfReader

from analysis import load_studies
from analysis.evidence import decision, interventions, rivals
from analysis.plots import reports
from analysis.plots.of_hundred import hundred_picture
from analysis.plots.reports import Items, Paragraph, Plot
from analysis.plots.style import NEUTRAL
from analysis.studies import by_richness
from analysis.telling import answer_said, caveats_said, certain_said, change_said, cost_said, hundred_said
from analysis.words import LANGUAGES, say_in

LIBRARY = tuple(by_richness(load_studies()))
QUESTIONS = [
    (one.treatment, other) for one in interventions(LIBRARY) for other in ("", *rivals(LIBRARY, one.treatment))
]
P_VALUE = re.compile(r"\bp\b\s*[=<>≤]|\bp[- ]value|nilai p\b", re.IGNORECASE)
ADVICE = {
    "en": re.compile(r"\b(you should|we recommend|we advise|take it|should take|must)\b", re.IGNORECASE),
    "id": re.compile(r"\b(sebaiknya|disarankan|dianjurkan|harus|minumlah)\b", re.IGNORECASE),
}
NO_COURSE = re.compile(r"Hedges|P-score|Hartung|I²|τ|heterogen|SMD|odds|confidence interval|selang kepercayaan")
SCHOOL_YEARS = 9  # what whoever finished junior high school can read
VOWELS = {"en": re.compile(r"[aeiouy]+"), "id": re.compile(r"ai|au|oi|[aeiou]")}
INDONESIAN = 0.6  # Harjasujana & Mulyati 1997: Indonesian words have ten syllables where English ones have six


@cache
def page(treatment: str, against: str, language: str):
    return reports.of_decision(decision(LIBRARY, treatment, against), say_in(language))


def own_words(treatment: str, against: str, language: str) -> str:
    """All sentences of a page but those of studies: their results and their names."""
    found, say = decision(LIBRARY, treatment, against), say_in(language)
    hundred = hundred_said(found, say) if found.hundred else hundred_said(found, say)[:1]
    sure, why = certain_said(found, say)
    rest = (*change_said(found, say), *cost_said(found, say), *caveats_said(found, say))
    return " ".join([answer_said(found, say), *hundred, sure, *why, *rest])


def syllables(word: str, language: str) -> int:
    count = len(VOWELS[language].findall(word.lower()))
    if language == "en" and word.lower().endswith("e") and not word.lower().endswith("le") and count > 1:
        count -= 1
    return max(1, count)


def school_years(text: str, language: str) -> float:
    """Flesch–Kincaid's grade (Kincaid et al. 1975): 0.39 words per sentence + 11.8 syllables per word − 15.59."""
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text)
    sentences = len(re.findall(r"[.!?:](?:\s|$)", text))
    per_word = sum(syllables(word, language) for word in words) / len(words)
    share = INDONESIAN if language == "id" else 1.0
    return 0.39 * len(words) / sentences + 11.8 * share * per_word - 15.59


def test_the_formula_gives_what_is_printed_of_it():
    """ "The cat sat on the mat." has 6 words of one syllable: −1.45, as usually printed with the formula."""
    assert school_years("The cat sat on the mat.", "en") == pytest.approx(-1.45, abs=0.01)
    assert syllables("puskesmas", "id") == 3 and syllables("menawarkan", "id") == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_finished_junior_high_school_can_read_every_page(language):
    years = {question: school_years(own_words(*question, language), language) for question in QUESTIONS}
    assert {question: f"{value:.1f}" for question, value in years.items() if value > SCHOOL_YEARS} == {}
    assert median(years.values()) < SCHOOL_YEARS - 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", QUESTIONS, ids="~".join)
def test_every_page_is_one_sheet_of_a4(question, language):
    read = PdfReader(io.BytesIO(reports.written(page(*question, language), "pdf")))
    (sheet,) = read.pages
    assert (round(float(sheet.mediabox.width)), round(float(sheet.mediabox.height))) == (595, 842)
    said = "".join(sheet.extract_text().split())
    for block in page(*question, language).blocks:  # nothing is cut off
        for text in block.texts if isinstance(block, Items) else (block.text,) if hasattr(block, "text") else ():
            assert "".join(text.split()) in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_p_in_the_first_paragraph_and_no_statistics_in_our_own_words(language):
    for question in QUESTIONS:
        first = next(block for block in page(*question, language).blocks if isinstance(block, Paragraph))
        assert not P_VALUE.search(first.text)
        assert not P_VALUE.search(own_words(*question, language))
        assert not NO_COURSE.search(own_words(*question, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_advises_anyone_and_each_says_so_kindly(language):
    kindly = say_in(language)("decision.caveat-person")
    for question in QUESTIONS:
        said = own_words(*question, language)
        assert not ADVICE[language].search(said.replace(kindly, "")) and said.endswith(kindly)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_how_sure_and_what_would_change_that(language):
    say = say_in(language)
    for question in QUESTIONS:
        found = decision(LIBRARY, *question)
        assert certain_said(found, say)[0] and change_said(found, say) and len(cost_said(found, say)) >= 2
        if found.line and found.line.certainty and found.line.certainty.word != "high":
            assert certain_said(found, say)[1]


def test_what_would_change_our_mind_is_what_the_evidence_lacks():
    say = say_in("en")
    serpong = change_said(decision(LIBRARY, "moringa", "oxytocin-massage"), say)
    assert say("decision.change-not-randomised") in serpong
    assert say("decision.change-imprecision", enough=400) in serpong
    alone = tuple(study for study in LIBRARY if study.id == "breast-massage-nicu")  # one group, measured twice
    assert say("decision.change-comparison") in change_said(decision(alone, "breast-massage"), say)


def test_without_a_number_it_says_so_and_what_is_known():
    say = say_in("en")
    cassava = decision(LIBRARY, "cassava-leaf")
    assert cassava.hundred is None and "prints enough numbers" in answer_said(cassava, say)
    assert load_studies()["cassava-pekanbaru"].card["result"]["en"] in " ".join(hundred_said(cassava, say))
    assert not [block for block in page("cassava-leaf", "", "en").blocks if isinstance(block, Plot)]


@pytest.mark.parametrize(("without", "having"), [(0, 100), (50, 79.4), (15.6, 44.7)])
def test_the_picture_holds_two_hundreds_and_fills_as_many_as_it_says(without, having):
    drawn = ET.fromstring(hundred_picture(without, having, ("a & b", "<c>"), ("x", "y")).svg)
    mothers = [one for one in drawn.iter() if one.tag.endswith("path")]
    sides = mothers[:100], mothers[100:]
    filled = [sum(one.get("fill") != "#ffffff" for one in side) for side in sides]
    assert len(mothers) == 200 and filled == [round(without), round(having)]
    assert all(one.get("stroke") == NEUTRAL for one in mothers if one.get("fill") == "#ffffff")
    words = [one.text for one in drawn.iter() if one.tag.endswith("text")]
    assert words == ["a & b", "<c>", "x", "y"]


def test_the_picture_fits_a_phone_unshrunk():
    assert float(ET.fromstring(hundred_picture(1, 2, ("a", "b"), ("x", "y")).svg).get("width")) <= 390
