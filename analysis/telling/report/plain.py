"""A result in words for people who know no statistics: how large, how sure, could it be chance.

A p of 0.05 or more is never said to mean that there is no difference, and nothing is advised.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from analysis.asking import Attempt, Envelope, Question
from analysis.results import Interval, Note, Outcome
from analysis.telling.report.evidence import evidence
from analysis.words import Say

LEVEL = 0.05
SHARES = frozenset({"eta_squared", "partial_eta_squared", "epsilon_squared"})
RATIOS = frozenset({"odds_ratio", "odds_ratio_paired", "proportional_odds_ratio"})
OF_TWO_ANSWERS = {"cohens_w": "plain.strength-cohens_w", "kappa": "plain.strength-kappa"}  # of the same people
UNDECIDED = 1.0  # of a Bayes factor


def plain_words(question: Question, tried: Attempt, say: Say) -> str:
    """The result in two or three short sentences, effect and what else fits first, chance after.

    Arguments as in `report.apa`; an attempt without outcome gives no sentence ("").
    """
    if tried.outcome is None:
        return ""
    chance = _chance(tried.outcome, tried.envelope, say)
    said = (_effect(question, tried.outcome, say), chance, _known(question, tried, say))
    return " ".join(filter(None, said))


# -- how large ---------------------------------------------------------------------------------------------------------


def _effect(question: Question, outcome: Outcome, say: Say) -> str:
    if (share := _share_difference(outcome)) is not None:
        return _more_per_hundred(question, *share, say)
    if (chance := _chance_to_lie_above(outcome)) is not None:
        return _more_often(question, *chance, say)
    if outcome.estimate is None:
        return _without_direction(question, outcome, say)
    if outcome.estimate_name == "odds_ratio_paired" and (moved := _note(outcome, "moved")):
        return _gained_and_lost(question, outcome, moved, say)
    if outcome.estimate_name == "adjusted_proportional_odds_ratio":
        return _times(question, "plain.times-adjusted", outcome.estimate, outcome.interval, say)
    if outcome.estimate_name in RATIOS:
        return _times(question, "plain.times", outcome.estimate, outcome.interval, say)
    return _difference(question, outcome, outcome.estimate, say)


def _labels(question: Question, say: Say) -> dict[str, str]:
    """The groups' names and the outcome's, as sentences want them."""
    names = {key: say.text(question.study.arms[arm].label) for key, arm in zip("ab", question.arms, strict=False)}
    title = say.text(question.measure.label)
    return {
        **names,
        "title": title,
        "outcome": title[:1].lower() + title[1:] if title[1:2].islower() else title,  # "ASI" keeps its capitals
        "unit": say.text(question.measure.unit),
        "when": say(f"quantity.{question.quantity}").lower(),
    }


def _difference(question: Question, outcome: Outcome, estimate: float, say: Say) -> str:
    """ "With A: milk score, change (score): 1.12 higher …" in the data's unit, and the ends of what fits."""
    kind = "within" if question.kind == "within" else f"between-{_compared(question, outcome)}"
    how = say(f"plain.how-{_how(outcome)}")

    def written(value: float) -> str:
        return _directed(value, question.kind, say.number, say)

    rising = _other(outcome, "share_rising")
    if written(estimate) == say("plain.within-none") and _how(outcome) == "typical" and rising:
        share, interval = rising  # a typical change of 0 hides that more rose than fell, or the other way round
        first = say("plain.rising", **_labels(question, say), size=_of_hundred(share, say))
        return f"{first} {_fits(interval, lambda end: _of_hundred(end, say), say)}".rstrip()
    first = say(f"plain.{kind}", **_labels(question, say), size=written(estimate), how=how)
    return f"{first} {_fits(outcome.interval, written, say)}".rstrip()


def _compared(question: Question, outcome: Outcome) -> str:
    return "change" if outcome.estimate_name == "difference_of_changes" else question.quantity


def _how(outcome: Outcome) -> str:
    """Whether the difference is one of averages or of typical people."""
    typical = ("hodges_lehmann", "median_difference", "difference_of_medians")
    return "typical" if outcome.estimate_name in typical else "average"


def _directed(value: float, kind: str, written: Callable[[float], str], say: Say) -> str:
    """ "1.12 higher", "0.30 lower" or "no difference"; of one group "a rise of 1.12" …"""
    size = written(abs(value))
    if not any(digit in size for digit in "123456789"):
        return say(f"plain.{kind}-none")
    return say(f"plain.{kind}-{'up' if value > 0 else 'down'}", size=size)


def _fits(interval: Interval | None, written: Callable[[float], str], say: Say) -> str:
    """What else fits the data; blank where a method has no interval."""
    if interval is None:
        return ""
    low, high = map(written, interval)
    return say("plain.fits-same", value=low) if low == high else say("plain.fits", low=low, high=high)


def _share_difference(outcome: Outcome) -> tuple[float, Interval | None] | None:
    """A difference of shares with its interval, be it the estimate or the effect; None where there is none."""
    if outcome.estimate_name == "risk_difference" and outcome.estimate is not None:
        return outcome.estimate, outcome.interval
    if outcome.effect_name == "risk_difference" and outcome.effect is not None:
        return outcome.effect, outcome.effect_interval
    return None


def _more_per_hundred(question: Question, value: float, interval: Interval | None, say: Say) -> str:
    def per_hundred(share: float) -> str:
        return _directed(100 * share, "hundred", lambda size: say.number(size, 0), say)

    key = "plain.per-hundred" if question.measure.scale == "binary" else "plain.per-hundred-scores"
    first = say(key, **_labels(question, say), size=per_hundred(value))
    return f"{first} {_fits(interval, per_hundred, say)}".rstrip()


def _chance_to_lie_above(outcome: Outcome) -> tuple[float, Interval | None] | None:
    """What rank tests of two groups compare, with its interval; None for other tests."""
    if outcome.effect_name == "superiority" and outcome.effect is not None:
        return outcome.effect, outcome.effect_interval
    return _other(outcome, "superiority") if outcome.estimate_name == "hodges_lehmann" else None


def _other(outcome: Outcome, kind: str) -> tuple[float, Interval | None] | None:
    return next(((effect.value, effect.interval) for effect in outcome.others if effect.kind == kind), None)


def _more_often(question: Question, chance: float, interval: Interval | None, say: Say) -> str:
    first = say("plain.more-often", **_labels(question, say), size=_of_hundred(chance, say))
    return f"{first} {_fits(interval, lambda end: _of_hundred(end, say), say)}".rstrip()


def _of_hundred(share: float, say: Say) -> str:
    return say("plain.of-hundred", count=say.number(100 * share, 0))


def _gained_and_lost(question: Question, outcome: Outcome, moved: Note, say: Say) -> str:
    counts = {"gained": moved.values["gained"], "lost": moved.values["lost"]}
    first = say("plain.gained-lost", **_labels(question, say), n=outcome.n, **counts)
    if outcome.effect_interval is None:
        return first
    low, high = (say.number(100 * (end + 0.5), 0) for end in outcome.effect_interval)
    return f"{first} {say('plain.gained-fits', low=low, high=high)}"


def _times(question: Question, key: str, ratio: float, interval: Interval | None, say: Say) -> str:
    first = say(key, **_labels(question, say), size=say.number(ratio))
    return f"{first} {_fits(interval, say.number, say)}".rstrip()


def _without_direction(question: Question, outcome: Outcome, say: Say) -> str:
    """Tests of several groups or times at once: how much goes with them, without which is higher."""
    kind = "times" if question.kind == "within" else "groups"
    labels = _labels(question, say)
    if outcome.effect is None:
        return say(f"plain.only-whether-{kind}", **labels)
    if outcome.effect_name == "relative_effect_change":
        return _rose_more(question, outcome.effect, outcome.effect_interval, say)
    if outcome.effect_name in SHARES:

        def written(share: float) -> str:
            return say("plain.of-hundred-parts", count=say.number(100 * share, 0))

        first = say(f"plain.share-{kind}", **labels, size=written(outcome.effect))
        return f"{first} {_fits(outcome.effect_interval, written, say)}".rstrip()
    key = OF_TWO_ANSWERS.get(outcome.effect_name) or f"plain.strength-{kind}"
    first = say(key, **labels, size=say.number(outcome.effect))
    return f"{first} {_fits(outcome.effect_interval, say.number, say)}".rstrip()


def _rose_more(question: Question, gap: float, interval: Interval | None, say: Say) -> str:
    """By how many times out of 100 more a group's chance to lie above the rest rose."""

    def written(value: float) -> str:
        return _directed(100 * value, "hundredths", lambda size: say.number(size, 0), say)

    first = say("plain.rose-more", **_labels(question, say), size=written(gap))
    return f"{first} {_fits(interval, written, say)}".rstrip()


# -- could it be chance ------------------------------------------------------------------------------------------------


def _chance(outcome: Outcome, envelope: Envelope | None, say: Say) -> str:
    if outcome.statistic_name == "BF₁₀" and outcome.statistic is not None:
        return _likelier(outcome.statistic, say)
    if outcome.p is None:
        return _zero_fits(outcome, say)
    margin = _note(outcome, "equivalence")
    if margin is not None:
        key = "plain.small-enough" if outcome.p < LEVEL else "plain.not-small-enough"
        return say(key, margin=say.printed(str(margin.values["margin"])), p=say.p(outcome.p))
    said = say("plain.unusual" if outcome.p < LEVEL else "plain.chance", p=say.p(outcome.p))
    return said if not (envelope and envelope.across) else f"{said} {say('plain.depends')}"


def _likelier(factor: float, say: Say) -> str:
    """A Bayes factor as so many times likelier, always above 1."""
    for_difference = factor >= UNDECIDED
    size = factor if for_difference else 1 / factor if factor else math.inf
    return say("plain.likelier" if for_difference else "plain.less-likely", size=say.number(size, 1))


def _zero_fits(outcome: Outcome, say: Say) -> str:
    if outcome.interval is None:
        return ""
    low, high = outcome.interval
    return say("plain.zero-fits" if low <= 0 <= high else "plain.zero-outside")


def _note(outcome: Outcome, key: str) -> Note | None:
    return next((note for note in outcome.notes if note.key == key), None)


def _known(question: Question, tried: Attempt, say: Say) -> str:
    """How the data are known, in a few words."""
    return say(f"plain.status-{evidence(question, tried.method)}")
