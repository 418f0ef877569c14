"""Risk of bias from a card: what it says is read, what is wrong is named, what is missing never counts as low."""

from __future__ import annotations

import shutil
from itertools import product
from pathlib import Path

import pytest

from analysis import load_study
from analysis.studies import DATA, DOMAINS, JUDGEMENTS, OVERALL, SEVERITY, TOOLS, Bias, Study
from analysis.studies.bias import ROB2, ROBINS_I, Judgement
from analysis.words import say_in

GOOD = "moringa-massage-serpong"
WHY = 'reason = { en = "Because", id = "Karena" }'
REASON = {"en": "Because", "id": "Karena"}


def judged(tool: str, *words: str, overall: str | None = None) -> Bias:
    """A study judged in all domains of a tool; the last word is repeated."""
    words = (*words, *(words[-1],) * (len(DOMAINS[tool]) - len(words)))
    found = {d: Judgement(d, word, REASON) for d, word in zip(DOMAINS[tool], words, strict=True)}
    if overall:
        found[OVERALL] = Judgement(OVERALL, overall, REASON)
    return Bias(tool, found)


@pytest.fixture
def with_card(tmp_path):
    """A function that loads a good study with lines in place of its card's own judgements, which end the card."""

    def load(lines: str) -> Study:
        folder = tmp_path / GOOD
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(DATA / GOOD, folder)
        path: Path = folder / "study.toml"
        unjudged = path.read_text(encoding="utf-8").partition("\n[bias]")[0]
        path.write_text(f"{unjudged}\n{lines}\n", encoding="utf-8")
        return load_study(folder)

    return load


def card(tool: str, **judgements: str) -> str:
    tables = (f'[bias.{name.replace("_", "-")}]\njudgement = "{word}"\n{WHY}' for name, word in judgements.items())
    return "\n".join((f'[bias]\ntool = "{tool}"', *tables))


# -- reading ------------------------------------------------------------------------------------------------------


def test_a_card_without_the_table_is_not_assessed(with_card):
    study = with_card("")
    assert study.usable and study.bias is None


def test_judgements_are_read_with_their_reasons(with_card):
    study = with_card(card(ROBINS_I, confounding="serious", missing_data="low"))
    assert study.usable
    assert study.bias.tool == ROBINS_I
    assert study.bias.of("confounding") == Judgement("confounding", "serious", REASON)
    assert study.bias.of("missing-data").judgement == "low"
    assert study.bias.of("selection") is None and study.bias.overall is None


def test_the_card_s_own_overall_judgement_goes_first(with_card):
    study = with_card(card(ROB2, randomisation="low", overall="high"))
    assert study.bias.overall == "high"


def test_a_tool_alone_says_nothing_of_any_domain(with_card):
    bias = with_card(card(ROB2)).bias
    assert bias.overall is None and all(bias.of(domain) is None for domain in DOMAINS[ROB2])


# what is wrong: (lines, what the message must hold)
MISTAKES = {
    "tool": (card("RoB2"), ("bias.tool 'RoB2'", "'RoB 2'")),
    "domain": (card(ROB2, randomization="low"), ("bias 'randomization'", "'randomisation'")),
    "domain of the other tool": (card(ROB2, confounding="low"), ("bias 'confounding'",)),
    "judgement": (card(ROB2, measurement="some concern"), ("bias.measurement.judgement", "'some concerns'")),
    "judgement of the other tool": (card(ROB2, measurement="critical"), ("'critical'",)),
    "domain as text": (f'{card(ROB2)}\nmeasurement = "low"', ("'bias.measurement'", "table")),
    "tool as list": ('[bias]\ntool = ["RoB 2"]', ("bias.tool",)),
    "overall too mild": (card(ROB2, measurement="high", overall="low"), ("'low'", "'measurement'", "'high'")),
    "overall milder than unknown": (card(ROB2, measurement="no information", overall="low"), ("'no information'",)),
}

# what is left unsaid: the study is shown, the domain is not assessed (or its reason blank)
GAPS = {
    "no tool": (f'[bias.randomisation]\njudgement = "low"\n{WHY}', ("bias.tool",)),
    "no judgement": (f"{card(ROB2)}\n[bias.measurement]\n{WHY}", ("bias.measurement.judgement",)),
    "no reason": (f'{card(ROB2)}\n[bias.measurement]\njudgement = "low"', ("bias.measurement.reason", "'en'")),
    "one language": (
        f'{card(ROB2)}\n[bias.measurement]\njudgement = "low"\nreason = {{ en = "x" }}',
        ("bias.measurement.reason", "'id'"),
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake_is_named_in_both_languages(with_card, mistake):
    lines, words = MISTAKES[mistake]
    study = with_card(lines)
    assert not study.usable
    assert any(all(word in str(problem) for word in words) for problem in study.problems), study.problems
    for problem in study.problems:
        english, indonesian = (say_in(language).note(problem.note, "problem") for language in ("en", "id"))
        assert english != indonesian and "problem." not in english + indonesian


@pytest.mark.parametrize("gap", GAPS)
def test_gap_is_named_in_both_languages_and_the_study_shown(with_card, gap):
    lines, words = GAPS[gap]
    study = with_card(lines)
    assert study.usable
    assert any(all(word in str(found) for word in words) for found in study.gaps), study.gaps
    for found in study.gaps:
        english, indonesian = (say_in(language).note(found.note, "problem") for language in ("en", "id"))
        assert english != indonesian and "problem." not in english + indonesian
    judged = study.bias.of("measurement") if study.bias else None
    assert (judged is None) == (gap in ("no tool", "no judgement"))


def test_bias_that_is_no_table_is_a_problem(with_card):
    folder_text = with_card("").card["folder"]
    assert folder_text == GOOD  # the copy is a good study before it is damaged
    study = with_card("[[bias]]\ntool = 'RoB 2'")
    assert any("'bias'" in str(problem) for problem in study.problems)


# -- the tools' rules ---------------------------------------------------------------------------------------------

# Sterne et al. 2019, table "Reaching an overall risk-of-bias judgement"; Sterne et al. 2016, table 2.
RULES = [
    (ROB2, ("low",), "low"),
    (ROB2, ("low", "some concerns", "low"), "some concerns"),
    (ROB2, ("some concerns", "high", "low"), "high"),
    (ROB2, ("low", "no information", "low"), "some concerns"),
    (ROB2, ("no information",), "some concerns"),
    (ROBINS_I, ("low",), "low"),
    (ROBINS_I, ("moderate", "low"), "moderate"),
    (ROBINS_I, ("serious", "moderate", "low"), "serious"),
    (ROBINS_I, ("critical", "serious", "low"), "critical"),
    (ROBINS_I, ("no information", "moderate", "low"), "no information"),
    (ROBINS_I, ("no information", "serious", "low"), "serious"),
]


@pytest.mark.parametrize(("tool", "words", "overall"), RULES)
def test_overall_follows_the_tool_s_published_rule(tool, words, overall):
    assert judged(tool, *words).overall == overall


@pytest.mark.parametrize("tool", TOOLS)
def test_one_domain_missing_leaves_the_whole_open(tool):
    """Whatever the others say: without all domains (and without a judgement of its own) there is no overall."""
    for word, missing in product(JUDGEMENTS[tool], DOMAINS[tool]):
        whole = judged(tool, word)
        partly = Bias(tool, {d: found for d, found in whole.domains.items() if d != missing})
        assert whole.overall is not None and partly.overall is None


@pytest.mark.parametrize("tool", TOOLS)
def test_a_worse_domain_never_gives_a_milder_whole(tool):
    for words in product(JUDGEMENTS[tool], repeat=3):
        before = judged(tool, *words)
        for worse in JUDGEMENTS[tool]:
            if SEVERITY[worse] > SEVERITY[words[0]]:
                assert SEVERITY[judged(tool, worse, *words[1:]).overall] >= SEVERITY[before.overall]


@pytest.mark.parametrize("tool", TOOLS)
def test_the_whole_is_low_only_where_every_domain_is(tool):
    for words in product(JUDGEMENTS[tool], repeat=len(DOMAINS[ROB2])):
        assert (judged(tool, *words).overall == "low") == (set(words) == {"low"})


@pytest.mark.parametrize("tool", TOOLS)
def test_the_order_of_domains_changes_nothing(tool):
    for words in product(JUDGEMENTS[tool], repeat=3):
        ends = (*words, *("low",) * (len(DOMAINS[tool]) - 3))
        assert judged(tool, *ends).overall == judged(tool, *reversed(ends)).overall


def test_a_study_without_judgements_belongs_to_the_tool_of_its_design():
    assert Study("a", card={"design": "randomised"}).bias_tool == ROB2
    assert Study("a", card={"design": "before-after"}).bias_tool == ROBINS_I
    assert Study("a", card={"design": "randomised"}, bias=judged(ROBINS_I, "low")).bias_tool == ROBINS_I
