"""One question of a health centre in plain words: no statistics that need a course, never advice to one person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from analysis.asking import LARGEST_N
from analysis.evidence import ENOUGH_PEOPLE, SURROGATES, Decision, Line
from analysis.studies import Study
from analysis.telling.interventions import others_of
from analysis.telling.summary import capitalised, counted, people_said, treatment_name
from analysis.words import Say

MOST_CITED = 3  # studies, before they are named shortly
MOST_KNOWN = 2  # studies whose results are told where there is no number


def question_said(found: Decision, say: Say) -> str:
    """The question itself."""
    what = treatment_name(found.treatment, say)
    if not found.against:
        return say("decision.question", what=what)
    return say("decision.question-against", what=what, other=treatment_name(found.against, say))


def answer_said(found: Decision, say: Say) -> str:
    """What was found in one sentence or two, and what that rests on."""
    what = treatment_name(found.treatment, say)
    if found.line is None or found.line.kept is None:
        return say("decision.none", what=what)
    key = f"decision-answer.{found.comparison}-{found.line.direction}"
    said = say(key, what=what, goal=_goal(found, say), other=others_of(found.line, say))
    studies, people = counted("study", found.line.studies, say), people_said(found.line.people, say)
    sure = found.line.certainty
    word = say(f"certainty-word.{sure.word.replace(' ', '-')}") if sure else say("found.not-rated")
    return f"{said} {say('decision.rests-on', studies=studies, people=people, word=word)}"


def _goal(found: Decision, say: Say) -> str:
    return say(f"decision-goal.{found.family}")


def sides_said(found: Decision, say: Say) -> tuple[str, str]:
    """What tells the two hundreds apart: without it, or with the other; and with it."""
    other = others_of(found.line, say) if found.line and found.comparison == "active" else ""
    without = say("decision.with", what=other) if other else say("decision.without")
    return without, say("decision.with", what=treatment_name(found.treatment, say))


def hundred_said(found: Decision, say: Say) -> list[str]:
    """The result in mothers out of a hundred, with what that rests on; or why it can't be said, and what is known."""
    if (hundred := found.hundred) is None:
        why = "no-group" if found.comparison == "before-after" else "no-numbers"
        results = [say.text(study.card["result"]) for study in sources_of(found)[:MOST_KNOWN]]
        return [say(f"decision.hundred-{why}"), *(say("decision.known", result=result) for result in results)]
    without, having = sides_said(found, say)
    low, high = (say.number(end, 0) for end in hundred.reach)
    said = say(
        f"decision.hundred-{hundred.basis}", without=without, having=having, goal=_goal(found, say),
        base=say.number(hundred.without, 0), count=say.number(hundred.having, 0), low=low, high=high,
    )  # fmt: skip
    return [said, say(f"decision.note-{hundred.basis}", without=without)]


def sources_of(found: Decision) -> tuple[Study, ...]:
    """The studies of the result; all that gave the intervention where there is none."""
    if found.line is None:
        return found.studies
    return tuple({one.contrast.study.id: one.contrast.study for one in found.line.kept_entries}.values())


def certain_said(found: Decision, say: Say) -> tuple[str, list[str]]:
    """GRADE's word with its meaning, and each reason why it isn't higher."""
    sure = found.line.certainty if found.line else None
    if sure is None:
        return say("decision.sure-none"), []
    word = say(f"decision.sure-{sure.word.replace(' ', '-')}")
    why = [] if sure.randomised else [say("decision.why-not-randomised")]
    why += [say(f"decision.why-{domain}{'' if level else '-unknown'}") for domain, level in _doubts(found.line)]
    return (f"{word} {say('decision.at-most')}" if sure.at_most else word), why


def _doubts(line: Line | None) -> Iterator[tuple[str, int | None]]:
    """Domains of GRADE that take a level off, or can't be judged (None)."""
    for domain, rating in line.certainty.reasons.items() if line and line.certainty else ():
        if rating.level is None or rating.level > 0:
            yield domain, rating.level


def change_said(found: Decision, say: Say) -> list[str]:
    """What would change our mind: what the evidence lacks, turned round."""
    if found.line is None or found.line.certainty is None:
        return [say("decision.change-numbers"), say("decision.change-not-randomised")]
    wanted = ["comparison"] if found.comparison == "before-after" else []
    wanted += [] if found.line.certainty.randomised else ["not-randomised"]
    wanted += [domain for domain, _ in _doubts(found.line)]
    return [say(f"decision.change-{key}", enough=ENOUGH_PEOPLE) for key in wanted or ["nothing"]]


def cost_said(found: Decision, say: Say) -> list[str]:
    """How many mothers the next trial needs, by the difference that it is to find."""
    most = say("decision.more-than", most=LARGEST_N)
    needs = [say(f"decision.cost-{what}", n=most if n is None else n) for what, n in found.needed.items()]
    return [*needs, say("decision.cost-note")]


def caveats_said(found: Decision, say: Say) -> list[str]:
    """What matters beside the number; last, kindly, that it is about no single mother."""
    goal = capitalised(_goal(found, say)) if found.family else ""
    counted_in = len(sources_of(found)) if found.line else len(found.studies)
    left = len({study.id for study in found.studies} - {study.id for study in sources_of(found)})
    said = [
        say("decision.caveat-surrogate", goal=goal) if found.family in SURROGATES else "",
        say("decision.caveat-one-study") if counted_in == 1 else "",
        say("decision.caveat-left", count=left, what=treatment_name(found.treatment, say)) if left else "",
        say("decision.caveat-harm"),
        say("decision.caveat-person"),
    ]
    return [text for text in said if text]


def sources_said(found: Decision, say: Say) -> str:
    """Whose numbers these are: cited in full where they are few, else by name."""
    studies = sources_of(found)
    if len(studies) > MOST_CITED:
        names = "; ".join(sorted({say.text(study.short_title) for study in studies}))
    else:
        names = "; ".join(_cited(study.card) for study in studies)
    return say("decision.sources", names=names.rstrip("."))


def _cited(card: Mapping[str, Any]) -> str:
    address = f"https://doi.org/{card['doi']}" if card.get("doi") else card.get("url", "")
    return " ".join(filter(None, (str(card.get("citation", "")).rstrip("."), address)))
