"""The checks of INSPECT-SR: answered by arithmetic or by a card, and open where neither says anything."""

from __future__ import annotations

from collections import Counter

import pytest

from analysis.checks import CHECKS, check_study, trust
from analysis.checks.registry import ANSWERS, FAMILIES
from analysis.checks.verdicts import NO_CHECK
from analysis.studies import TRUST_ITEMS
from analysis.studies.trust import ON_CARD, TRUST_ANSWERS
from analysis.words import say_in
from tests.analysis.studies.test_bias import WHY, with_card  # noqa: F401 (a fixture)


def answers(study) -> dict[str, str]:
    return {item.id: item.answer for item in trust(study)}


def answer_table(item: str, answer: str) -> str:
    return f'[trust.{item}]\nanswer = "{answer}"\n{WHY}'


def test_the_tool_has_21_checks_in_four_domains(serpong):
    """Wilkinson et al. 2025: 3 on notices, 5 on conduct, 2 on text and pictures, 11 on results."""
    items = trust(serpong)
    assert list(Counter(item.domain for item in items).items()) == [
        ("notices", 3), ("conduct", 5), ("text", 2), ("results", 11),
    ]  # fmt: skip
    assert [item.number for item in items] == [
        f"{domain}.{place}" for domain, count in ((1, 3), (2, 5), (3, 2), (4, 11)) for place in range(1, count + 1)
    ]


def test_every_rule_answers_one_check_or_is_listed_as_answering_none():
    placed = Counter(rule for family in FAMILIES for rules in family.RULES.values() for rule in rules)
    assert set(placed.values()) == {1} and {rule.__name__ for rule in placed} == set(CHECKS)
    assert set(ANSWERS.values()) <= {*TRUST_ITEMS, NO_CHECK}


def test_what_arithmetic_finds_answers_its_check(serpong):
    """The findings on this study are a reviewed list (tests/reference/findings.txt)."""
    found = {item.id: item for item in trust(serpong)}
    for name in ("places-differ", "participants", "impossible-values", "statistics", "other-contradictions"):
        assert (found[name].answer, found[name].automatic) == ("yes concern", True)
    (reason,) = found["statistics"].reasons
    assert reason.key == "within-instead.no-test"
    assert {reason.key for reason in found["places-differ"].reasons} == {"printed-twice.differ"}


def test_what_nothing_speaks_of_is_not_assessed(studies):
    for study in studies.values():
        rules = {finding.rule for finding in check_study(study)}
        for item in trust(study):
            if item.id not in {ANSWERS[rule] for rule in rules}:
                assert (item.answer, item.automatic, item.reasons) == ("not assessed", False, ())


def test_no_concern_needs_findings_that_all_agree(studies):
    """One finding that can't tell leaves the check open."""
    seen = Counter()
    for study in studies.values():
        for item in trust(study):
            said = {f.verdict.status for f in check_study(study) if ANSWERS[f.rule] == item.id}
            seen[item.answer] += 1
            assert (item.answer == "no concern") == (said == {"consistent"})
            assert (item.answer == "yes concern") == ("inconsistent" in said)
    assert all(seen[answer] for answer in ("yes concern", "no concern", "cannot tell", "not assessed")), seen


def test_a_broken_study_answers_nothing(with_card):  # noqa: F811
    broken = with_card("[bias]\ntool = 'x'")
    assert not broken.usable
    assert set(answers(broken).values()) == {"not assessed"}


@pytest.mark.parametrize("answer", ON_CARD)
def test_a_card_answers_with_its_reason(with_card, answer):  # noqa: F811
    study = with_card(answer_table("ethics", answer))
    assert study.usable
    item = {item.id: item for item in trust(study)}["ethics"]
    assert (item.answer, item.automatic) == (answer, False)
    assert say_in("id").note(item.reasons[0], "check").endswith("Karena")


def test_a_card_goes_before_arithmetic_and_hides_none_of_its_reasons(serpong, with_card):  # noqa: F811
    automatic = {item.id: item for item in trust(serpong)}["participants"]
    own = {item.id: item for item in trust(with_card(answer_table("participants", "no concern")))}["participants"]
    assert (own.answer, own.automatic) == ("no concern", False)
    assert own.reasons[1:] == automatic.reasons != ()


MISTAKES = {
    "item": (answer_table("ethic", "no concern"), ("trust 'ethic'", "'ethics'")),
    "answer": (answer_table("ethics", "no concerns"), ("trust.ethics.answer", "'no concern'")),
    "not assessed is no answer": (answer_table("ethics", "not assessed"), ("trust.ethics.answer",)),
    "item as text": ('[trust]\nethics = "no concern"', ("'trust.ethics'", "table")),
    "trust as list": ("[[trust]]\nx = 1", ("'trust'", "table")),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake_is_named(with_card, mistake):  # noqa: F811
    lines, words = MISTAKES[mistake]
    study = with_card(lines)
    assert not study.usable
    assert any(all(word in str(problem) for word in words) for problem in study.problems), study.problems


@pytest.mark.parametrize(
    ("lines", "word", "answer"),
    [
        (f"[trust.ethics]\n{WHY}", "trust.ethics.answer", "not assessed"),
        ('[trust.ethics]\nanswer = "no concern"', "trust.ethics.reason", "no concern"),
    ],
    ids=["no answer", "no reason"],
)
def test_what_is_left_unsaid_is_a_gap(with_card, lines, word, answer):  # noqa: F811
    study = with_card(lines)
    assert study.usable and any(word in str(gap) for gap in study.gaps)
    (item,) = (item for item in trust(study) if item.id == "ethics")
    assert item.answer == answer


@pytest.mark.parametrize("language", ["en", "id"])
def test_every_answer_and_reason_can_be_said(studies, language):
    say = say_in(language)
    for study in studies.values():
        for item in trust(study):
            assert item.answer in TRUST_ANSWERS
            for reason in item.reasons:
                said = say.note(reason, "check")
                assert "{" not in said and not said.startswith("check.")
