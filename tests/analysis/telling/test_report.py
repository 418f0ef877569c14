"""Sentences to take away: complete in both languages, in the right order, with the sign of the contrast."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from analysis import METHODS
from analysis.asking import Question, attempt, before_after, between
from analysis.telling.report import apa, contrast_words, evidence, plain_words
from analysis.words import LANGUAGES, say_in
from tests.analysis.asked import options_of, runs

BEFORE_AFTER = ("before", "after")
RAW_KEY = re.compile(r"\b(apa|plain|term|method|estimate|effect|status|note|quantity|contrast)\.[a-z]")
NEVER_SAID = {
    "en": ("prove", "significant", "no effect", "should", "recommend", "p value"),
    "id": ("membuktikan", "terbukti", "signifikan", "tidak ada efek", "sebaiknya", "disarankan"),
}


@pytest.fixture(scope="module")
def tried(asked):
    """Every question with every method that answers it, in each of its variants."""
    found = []
    for question in asked:
        for method in runs(question):
            variants = [{**options_of(method), **how} for how in METHODS[method].variants]
            found += [(question, one) for how in variants if (one := attempt(question, method, **how)).outcome]
    return found


@pytest.fixture(scope="module")
def massage(serpong) -> Question:
    return before_after(serpong, "milk-score", "massage", BEFORE_AFTER)


@pytest.fixture(scope="module")
def both(serpong) -> Question:
    return between(serpong, "milk-score", ("moringa", "massage"), BEFORE_AFTER, "change")


# -- every result, both languages ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sentence", [apa, plain_words])
def test_every_result_can_be_said_in_full(tried, sentence, language):
    say = say_in(language)
    for question, one in tried:
        said = sentence(question, one, say)
        assert said.endswith(".") and "  " not in said and ".." not in said, said
        assert not RAW_KEY.search(said) and "nan" not in said.split() and "None" not in said, said
        assert "{" not in said and "}" not in said


def test_every_method_is_among_them(tried):
    assert {one.method for _, one in tried} == set(METHODS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_effect_and_interval_come_before_p(tried, language):
    say = say_in(language)
    for question, one in tried:
        formal, plain = apa(question, one, say), plain_words(question, one, say)
        if one.outcome.p is None:
            assert not re.search(r"\bp [=<>]", formal) and not re.search(r"\bp [=<>]", plain)
        elif one.outcome.estimate is not None:
            assert formal.index("[") < re.search(r"\bp [=<>]", formal).start()
            assert plain.index("(p ") > plain.index(".")


@pytest.mark.parametrize("language", LANGUAGES)
def test_plain_words_promise_nothing_and_advise_nothing(tried, language):
    for question, one in tried:
        said = plain_words(question, one, say_in(language)).lower()
        assert [word for word in NEVER_SAID[language] if word in said] == []
        assert not any(symbol in said for symbol in ("η", "ε²", "hedges", "χ²", "bf₁₀", "[", "ci "))


@pytest.mark.parametrize("language", LANGUAGES)
def test_groups_and_direction_are_named(tried, language):
    say = say_in(language)
    for question, one in tried:
        labels = [say.text(question.study.arms[arm].label) for arm in question.arms]
        for said in (apa(question, one, say), plain_words(question, one, say)):
            assert all(label in said for label in labels)
        ratio = "odds" in one.outcome.estimate_name
        if one.outcome.estimate is not None and not ratio:
            assert contrast_words(question, one.outcome.contrast, say) in apa(question, one, say)


# -- signs -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "higher", "lower"), [("en", "higher", "lower"), ("id", "lebih tinggi", "lebih rendah")]
)
def test_turning_the_groups_turns_the_sentence(serpong, both, language, higher, lower):
    say, turned = say_in(language), between(serpong, "milk-score", ("massage", "moringa"), BEFORE_AFTER, "change")
    first, second = (plain_words(question, attempt(question, "welch-t"), say) for question in (both, turned))
    assert f"{say.number(0.71)} {higher}" in first and f"{say.number(0.71)} {lower}" in second
    assert f"= {say.number(0.71)}, " in apa(both, attempt(both, "welch-t"), say)
    assert f"= {say.number(-0.71)}, " in apa(turned, attempt(turned, "welch-t"), say)


def test_a_chance_to_lie_above_turns_with_the_groups(serpong, both, say):
    turned = between(serpong, "milk-score", ("massage", "moringa"), BEFORE_AFTER, "change")
    said = [plain_words(question, attempt(question, "mann-whitney"), say) for question in (both, turned)]
    assert ["73 times out of 100" in said[0], "27 times out of 100" in said[1]] == [True, True]


# -- what single sentences say -----------------------------------------------------------------------------------------


def test_apa_of_a_paired_t_test(massage, say):
    said = apa(massage, attempt(massage, "paired-t"), say)
    assert "Oxytocin massage (n = 17)" in said and "Before (day 1) M = 3.41, SD = 0.62" in said
    assert "= 0.41, 95% CI [0.05, 0.78]" in said and "t(16) = 2.38, p = .030." in said
    assert "2 data sets that fit" in said and said.endswith("recovered from printed numbers.")


def test_apa_writes_numbers_as_the_language_does(massage):
    said = apa(massage, attempt(massage, "wilcoxon"), say_in("id"))
    assert "p = 0,063" in said and "[0,00; 1,00]" in said and not re.search(r"\d\.\d", said)


def test_apa_names_the_form_of_the_test(massage, say):
    assert "Wilcoxon, exact: V = 32.0, p = .063" in apa(massage, attempt(massage, "wilcoxon"), say)
    assert "Wilcoxon, normal approximation: V = 32.0, p = .035" in apa(
        massage, attempt(massage, "wilcoxon", exact=False), say
    )


@pytest.mark.parametrize(
    ("p", "english", "indonesian"),
    [
        (0.0004, "< .001", "< 0,001"),
        (0.03124, "= .031", "= 0,031"),
        (0.0625, "= .063", "= 0,063"),
        (0.04996, "= .04996", "= 0,04996"),
        (0.05, "= .050", "= 0,050"),
        (1.0, "= 1.000", "= 1,000"),
    ],
)
def test_p_has_three_decimals_unless_they_hide_its_side_of_005(massage, p, english, indonesian):
    one = attempt(massage, "paired-t")
    other = replace(one, found=replace(one.outcome, p=p), envelope=None)
    assert f"p {english}." in apa(massage, other, say_in("en"))
    assert f"p {indonesian}." in apa(massage, other, say_in("id"))


def test_an_equivalence_test_has_its_own_level(massage, say):
    one = attempt(massage, "tost-paired", margin=0.5)
    assert "= 0.41, 90% CI [0.11, 0.71]" in apa(massage, one, say) and "95% CI [0.06, 1.09]" in apa(massage, one, say)
    assert "as large as 0.5 can't be ruled out" in plain_words(massage, one, say)


def test_p_above_005_is_not_said_to_be_no_effect(massage, say):
    said = plain_words(massage, attempt(massage, "wilcoxon"), say)
    assert "could also be chance (p = 0.0625); that does not mean that there is no difference" in said


def test_where_the_side_of_005_depends_the_sentence_says_so(massage, say):
    one = attempt(massage, "wilcoxon")
    across = replace(one, envelope=replace(one.envelope, lowest=0.04, highest=0.06))
    assert "p runs from p = .040 to p = .060. Whether p is below 0.05 depends" in apa(massage, across, say)
    assert "depends on numbers that were not printed" in plain_words(massage, across, say)


def test_counts_are_said_per_hundred_mothers(studies, say):
    study = studies["triananinsi"]
    question = between(study, "smooth-flow", ("massage", "other"), tuple(study.timepoints), "after")
    said = plain_words(question, attempt(question, "fisher"), say)
    assert (
        "of every 100 mothers, 53 more answered yes" in said and "from 18 more to 77 more" in said
    )  # Agresti & Min in R: 0.1777, 0.7651
    assert "13 of 15 (87%) yes" in apa(question, attempt(question, "fisher"), say)
    assert evidence(question, "fisher") == "derived"


def test_what_was_assumed_is_named(asked, say):
    by_r = next(question for question in asked if question.r)
    assert "Assumed, not printed: r = 0.50." in apa(by_r, attempt(by_r, "paired-t-summary"), say)
    assert evidence(by_r, "paired-t-summary") == "assumed" and evidence(by_r, "paired-t") == "recovered"
    by_n = next(question for question in asked if question.status == "assumed")
    assert "n = 15 (Oxytocin massage), n = 15 (Other group)" in apa(by_n, attempt(by_n, "fisher"), say)


@pytest.mark.parametrize("language", LANGUAGES)
def test_simulated_results_say_so_last_and_plainly(asked, language):
    say, question = say_in(language), next(one for one in asked if one.status == "illustrative")
    for sentence in (apa, plain_words):
        assert sentence(question, attempt(question, "paired-t"), say).endswith(say("plain.status-illustrative"))


def test_a_bayes_factor_is_said_as_a_likelihood(massage, say):
    one = attempt(massage, "bayes-t-paired")
    assert "2.2 times as likely if there is a difference" in plain_words(massage, one, say)
    against = replace(one, found=replace(one.outcome, statistic=0.25))
    assert "4.0 times as likely if there is no difference" in plain_words(massage, against, say)


def test_what_cannot_be_run_has_no_sentence(massage, say):
    one = attempt(massage, "mcnemar")
    assert one.outcome is None and apa(massage, one, say) == plain_words(massage, one, say) == ""


def test_no_zero_stands_before_the_point_of_what_cannot_exceed_1(massage, both, say):
    assert "Rank-biserial r = .78, 95% CI [.26, .95]" in apa(massage, attempt(massage, "wilcoxon"), say)
    assert "d_z (in SDs of the change) = 0.58" in apa(massage, attempt(massage, "paired-t"), say)
    assert "Partial η² = .16" in apa(both, attempt(both, "mixed-anova"), say)
