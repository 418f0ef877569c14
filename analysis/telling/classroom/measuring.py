"""Demonstrations of what is measured: the end of a scale, the middle of skewed amounts, people who are made up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.checks import largest_sd
from analysis.methods import run
from analysis.results import NotApplicable
from analysis.studies import Study, can_illustrate, default_assumptions, illustrate, printed_change
from analysis.telling.classroom import draws
from analysis.telling.classroom.asked import arm_name, change_of, pairs_of, result
from analysis.telling.classroom.chance import SERPONG
from analysis.telling.classroom.comparing import VOLUMES, printed
from analysis.telling.classroom.demonstration import Control, Demonstration, Preset, Scene, Setting
from analysis.telling.classroom.pictures import Bars, Cloud, Lines, Mark
from analysis.words import Say

FACTORS = ("1", "2", "3", "5")  # times as much
SPREADS = ("0.5", "1", "2", "4", "8")  # times the SD of change that is assumed at first
MORINGA = Preset(SERPONG, "milk-score", ("moringa",), ("before", "after"))
CASSAVA = Preset("cassava-pekanbaru", "prolactin", ("cassava", "control"), ())


# -- the end of a scale ------------------------------------------------------------------------------------------------


def _ceiling(study: Study, preset: Preset, setting: Setting, revealed: bool, say: Say) -> Scene:
    question = change_of(study, preset, preset.arms[0])
    before, _ = pairs_of(question)
    low, high = int(question.measure.low or 0), int(question.measure.high or 0)
    levels, gain = np.arange(low, high + 1), int(setting["gain"])
    start = _counts(before, levels)
    axis, up = say.text(question.measure.unit), say("lesson.up-mothers")
    values = {"n": len(before), "arm": arm_name(study, preset.arms[0], say), "high": high, "gain": gain}
    places = tuple(levels.astype(float).tolist())
    if not revealed:
        at_end = int((before > high - 2).sum())
        said = say("lesson-ask.ceiling", **values, mean=say.number(float(before.mean())), at_end=at_end, near=high - 1)
        return Scene(Bars(places, start, (False,) * len(levels), axis, up, whole=True), said, question.status)
    after = np.minimum(before + gain, high)
    capped = int((before + gain > high).sum())
    said = say(
        "lesson-found.ceiling", **values, seen=say.signed(float((after - before).mean())),
        most=say.signed(float((high - before).mean())), capped=capped,
    )  # fmt: skip
    lit = tuple(bool(level == high and capped) for level in levels)
    names = (say("lesson.before"), say("lesson.after"), say("lesson.at-the-end"))
    bars = Bars(places, _counts(after, levels), lit, axis, up, before=start, names=names, whole=True)
    return Scene(bars, said, "illustrative")


def _counts(scores: np.ndarray, levels: np.ndarray) -> tuple[float, ...]:
    return tuple(float((scores == level).sum()) for level in levels)


def _ceiling_controls(study: Study, preset: Preset) -> tuple[Control, ...]:
    measure = study.outcomes[preset.outcome]
    gains = tuple(map(str, range(int((measure.high or 0) - (measure.low or 0)) + 1)))
    return (Control("gain", gains, gains[min(2, len(gains) - 1)], slider=True),)


# -- mean or median ----------------------------------------------------------------------------------------------------


def _middle(study: Study, preset: Preset, setting: Setting, revealed: bool, say: Say) -> Scene:
    (arm,), (time,) = preset.arms, preset.times
    mean, sd = printed(study, preset, arm, time)
    n = study.measured(arm, preset.outcome, time)
    if n is None:
        raise NotApplicable("needs-n", arm=arm_name(study, arm, say))
    amounts = np.sort(draws.measured_twice(mean, sd, 0.0, draws.generator("middle", study.id), int(n))[:, 0])
    unit = say.text(study.outcomes[preset.outcome].unit)
    values = {"n": n, "unit": unit, "mean": say.number(mean, 0), "sd": say.number(sd, 0)}
    lit = np.arange(len(amounts)) == len(amounts) - 1
    if not revealed:
        said = say("lesson-ask.middle", **values, factor=setting["factor"], study=say.text(study.short_title))
        return Scene(Cloud(amounts, np.zeros(len(amounts)), lit, unit), said, "illustrative")
    pumped = np.where(lit, amounts * int(setting["factor"]), amounts)
    average, median = float(pumped.mean()), float(np.median(pumped))
    said = say(
        "lesson-found.middle", n=n, unit=unit, factor=setting["factor"], average=say.number(average, 0),
        median=say.number(median, 0), below=int((pumped < average).sum()),
        median_before=say.number(float(np.median(amounts)), 0), average_before=say.number(float(amounts.mean()), 0),
    )  # fmt: skip
    marks = Mark(median, say("lesson.mark-median")), Mark(average, say("lesson.mark-mean"))
    return Scene(Cloud(pumped, np.zeros(len(pumped)), lit, unit, marks=marks), said, "illustrative")


# -- people who are made up --------------------------------------------------------------------------------------------


def _made_up(study: Study, preset: Preset, setting: Setting, revealed: bool, say: Say) -> Scene:
    outcome, arms = preset.outcome, preset.arms
    if not all(can_illustrate(study, outcome, arm) for arm in arms):
        raise NotApplicable("needs-mean")
    changes = [change for arm in arms if (change := printed_change(study, outcome, arm)) is not None]
    assumed = default_assumptions(changes, largest_sd(study, outcome))
    wider = float(setting["spread"]) if revealed else 1.0
    assumed = replace(assumed, sd_change=assumed.sd_change * wider)
    people = [illustrate(study, outcome, arm, assumed) for arm in arms]
    unit, names = say.text(study.outcomes[outcome].unit), [arm_name(study, arm, say) for arm in arms]
    lines = Lines(
        tuple(say.text(time.label) for time in study.timepoints.values()),
        tuple((name, group.scores[0]) for name, group in zip(names, people, strict=True)),
        unit,
    )
    values = {"a": names[0], "b": names[1], "unit": unit, "change_a": say.signed(changes[0], 1),
              "change_b": say.signed(changes[1], 1), "sd": say.number(assumed.sd_change, 0)}  # fmt: skip
    if not revealed:
        return Scene(lines, say("lesson-ask.made-up", **values), "illustrative")
    gains = [group.scores[0][:, -1] - group.scores[0][:, 0] for group in people]
    within = result(run("paired-t", people[0].scores[0][:, 0], people[0].scores[0][:, -1]))
    direct = result(run("welch-t", *gains))
    said = say(
        "lesson-found.made-up", **values, p_a=say.p(within.p), p=say.p(direct.p),
        difference=say.signed(direct.estimate, 1), interval=say.interval(direct.interval, 0),
    )  # fmt: skip
    return Scene(lines, said, "illustrative")


DEMONSTRATIONS = (
    Demonstration("ceiling", 10, MORINGA, _ceiling, _ceiling_controls),
    Demonstration("middle", 10, VOLUMES, _middle, lambda *_: (Control("factor", FACTORS, "3", slider=True),)),
    Demonstration("made-up", 15, CASSAVA, _made_up, lambda *_: (Control("spread", SPREADS, "1", slider=True),)),
)
