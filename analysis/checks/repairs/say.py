"""Repairs and what they do to the conclusions, as sentences."""

from __future__ import annotations

from analysis.asking import variant_name
from analysis.checks.repairs.repair import Consequence, Repair
from analysis.results import Interval
from analysis.studies import Figure, Study
from analysis.words import Say


def say_repair(repair: Repair, say: Say, study: Study | None = None) -> str:
    """ "SD: if 0.636 was meant instead of 0.638 (one digit changed), 1 set of scores fits."

    With the study, the sentence names the group and the time that the number belongs to.
    """
    return say(
        f"repair.{_sentence(repair)}",
        what=_name(repair.field, repair.figure, say, study),
        other=_name(repair.partner.statistic, repair.partner, say, study) if repair.partner else "",
        printed=say.printed(repair.printed),
        suggested=say.printed(repair.suggested),
        how=say(f"repair-kind.{repair.kind}"),
        sets=_sets(repair, say),
    )


def _sentence(repair: Repair) -> str:
    if repair.kind == "places-swapped" and repair.partner is None:
        return "other-heading"
    own = {"sd-is-se": "other-formula", "ddof": "other-formula", "items": "of-items"}
    return "places" if repair.partner else own.get(repair.kind, "were")


def _name(statistic: str, figure: Figure | None, say: Say, study: Study | None) -> str:
    """ "SD", or "SD (Oxytocin massage, After (day 7))"."""
    name = "" if statistic == "items" else say(f"statistic.{statistic}")
    if figure is None or study is None:
        return name
    places = [say.text(study.arms[figure.arm].label)]
    if statistic != "n":
        places.append(" – ".join(say.text(study.timepoints[t].label) for t in figure.timepoint.split(":")))
    return f"{name} ({', '.join(places)})"


def _sets(repair: Repair, say: Say) -> str:
    if repair.sets is None:
        return say("repair.sets-unknown")
    if repair.at_least:
        return say("repair.sets-at-least", count=repair.sets)
    return say("repair.sets-one") if repair.sets == 1 else say("repair.sets", count=repair.sets)


def say_consequence(consequence: Consequence, say: Say, study: Study) -> str:
    """What a repair does to one test: p now and then, and how many people got worse now and then."""
    arms = f" {say('repair.against')} ".join(say.text(study.arms[arm].label) for arm in consequence.arms)
    how = variant_name(dict(consequence.options), say)
    method = say(f"method.{consequence.method}") + (f" ({how})" if how else "")
    unmoved = consequence.now is not None and consequence.now == consequence.then
    told = say(
        "repair.then-same-p" if unmoved else f"repair.then-{consequence.key}",
        arms=arms,
        method=method,
        now=_p(consequence.now, say),
        then=_p(consequence.then, say),
    )
    return f"{told} {_worse(consequence, say)}".rstrip()


def _p(reach: Interval | None, say: Say) -> str:
    """ "p = 0.035", or "p = 0.012 to p = 0.035" where data sets differ."""
    if reach is None:
        return ""
    low, high = (f"p {say.p(end)}" for end in reach)
    return low if low == high else say("sentence.reach", low=low, high=high)


def _worse(consequence: Consequence, say: Say) -> str:
    now, then = consequence.worse_now, consequence.worse_then
    if then is None:
        return ""
    if now is None or now == then:
        return say("repair.worse", then=_people(then, say))
    return say("repair.worse-differs", now=_people(now, say), then=_people(then, say))


def _people(reach: tuple[int, int], say: Say) -> str:
    low, high = reach
    return str(low) if low == high else say("sentence.reach", low=low, high=high)
