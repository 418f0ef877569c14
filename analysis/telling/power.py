"""What a number of people could have shown, in words: the smallest effect seen, the true one found often enough."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.asking import OF_MEANS, Detectable
from analysis.words import Say


def amount_said(found: Detectable, effect: float, say: Say, unit: Mapping[str, str] | None = None) -> str:
    """ "0.72 SDs (0.86 points)" where the SD and the unit are known, "35 percentage points" for shares."""
    if found.kind not in OF_MEANS:
        return f"{say.number(100 * effect, 0)} {say('term.points')}"
    value, in_unit = say.number(effect), found.in_unit(effect)
    if in_unit is None or unit is None:
        return say("power.in-sds", value=value)
    return say("power.in-unit", value=value, in_unit=say.number(in_unit), unit=say.text(unit))


def power_sentence(found: Detectable, say: Say, unit: Mapping[str, str] | None = None) -> str:
    """What the plot shows, in words: the smallest effect seen that has p < alpha, the true one found often enough."""
    return " ".join((_seen(found, say, unit), _true(found, say, unit), say("power.not-observed")))


def _seen(found: Detectable, say: Say, unit) -> str:
    people = {"n": found.n[0]} if len(found.n) == 1 else dict(zip(("n_a", "n_b"), found.n, strict=True))
    alpha = level_said(found, say)
    if found.smallest_significant is None:
        return say("power.never-significant", n=sum(found.n), alpha=alpha)
    smallest = amount_said(found, found.smallest_significant, say, unit)
    share = "" if found.share is None else say.percent(found.share)
    return say(f"power.seen-{found.kind}", **people, alpha=alpha, smallest=smallest, share=share)


def _true(found: Detectable, say: Say, unit) -> str:
    power = say.percent(found.power)
    if found.detectable is None:
        return say("power.never-found", power=power)
    return say(f"power.true-{found.kind}", detectable=amount_said(found, found.detectable, say, unit), power=power)


def needed_sentence(found: Detectable, effect: float, say: Say, unit: Mapping[str, str] | None = None) -> str:
    """How many people a true effect takes; blank where that is not known or beyond what can be counted."""
    n = found.needed_n(effect)
    if n is None:
        return ""
    effect_words = amount_said(found, effect, say, unit)
    return say(f"power.needed-{found.kind}", effect=effect_words, n=n, power=say.percent(found.power))


def level_said(found: Detectable, say: Say) -> str:
    return say.printed(f"{found.alpha:g}")
