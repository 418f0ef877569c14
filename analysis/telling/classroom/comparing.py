"""Demonstrations of what is compared with what: pairs, two groups, and a group with itself."""

from __future__ import annotations

import numpy as np

from analysis.asking import LEVEL
from analysis.methods import run
from analysis.results import NotApplicable
from analysis.studies import Study
from analysis.telling.classroom import draws
from analysis.telling.classroom.asked import (
    arm_name,
    change_axis,
    change_of,
    changes_between,
    counted,
    found,
    pairs_of,
    result,
    row,
)
from analysis.telling.classroom.chance import BOTH, MASSAGE, sizes
from analysis.telling.classroom.demonstration import Control, Demonstration, Preset, Scene, Setting
from analysis.telling.classroom.pictures import Cloud, Rows, Shuffled
from analysis.words import Say

SHUFFLES = tuple(map(str, range(11)))  # 0: as they belong together
CORRELATIONS = ("0", "0.2", "0.4", "0.6", "0.8", "0.95")
LOWEST = ("10", "25", "50", "100")  # percent of mothers who may take part
PEOPLE = 100_000  # simulated mothers
DRAWN = 300  # of all simulated mothers, dots in the plot
VOLUMES = Preset("domperidone-sick-neonates-2021", "milk-volume", ("placebo",), ("baseline",))


# -- paired or not -----------------------------------------------------------------------------------------------------


def _paired(study: Study, preset: Preset, setting: Setting, revealed: bool, say: Say) -> Scene:
    question = change_of(study, preset, preset.arms[0])
    before, after = pairs_of(question)
    turn = setting["shuffle"] if revealed else SHUFFLES[0]
    shuffled = after if turn == SHUFFLES[0] else draws.generator("paired", study.id, turn).permutation(after)
    paired, unpaired = result(run("paired-t", before, shuffled)), result(run("independent-t", shuffled, before))
    rows = (row(say("lesson.row-paired"), paired, say, lit=paired.p < LEVEL),)
    rows += (row(say("lesson.row-unpaired"), unpaired, say, lit=unpaired.p < LEVEL),) if revealed else ()
    first, last = (say.text(study.timepoints[time].label) for time in preset.times)
    unit = say.text(question.measure.unit)
    picture = Shuffled(before, shuffled, (first, last), unit, Rows(rows, change_axis(question, say)))
    values = {"n": len(before), "arm": arm_name(study, preset.arms[0], say), "paired": say.p(paired.p)}
    if not revealed:
        return Scene(picture, say("lesson-ask.paired", **values), question.status)
    said = say(
        "lesson-found.paired" if turn == SHUFFLES[0] else "lesson-found.paired-shuffled", **values,
        unpaired=say.p(unpaired.p), change=say.signed(paired.estimate),
        r=say.number(float(np.corrcoef(before, shuffled)[0, 1])),
    )  # fmt: skip
    return Scene(picture, said, question.status if turn == SHUFFLES[0] else "illustrative")


# -- significant here, not there ---------------------------------------------------------------------------------------


def _here_there(study: Study, preset: Preset, setting: Setting, revealed: bool, say: Say) -> Scene:
    within = [change_of(study, preset, arm) for arm in preset.arms]
    outcomes = [found(question, "permutation-paired") for question in within]
    names = [arm_name(study, arm, say) for arm in preset.arms]
    both = zip(names, outcomes, strict=True)
    rows = tuple(row(name, outcome, say, lit=outcome.p < LEVEL) for name, outcome in both)
    question = changes_between(study, preset)
    values = {"a": names[0], "b": names[1], "p_a": say.p(outcomes[0].p), "p_b": say.p(outcomes[1].p)}
    axis = change_axis(question, say)
    if not revealed:
        return Scene(Rows(rows, axis), say("lesson-ask.here-there", **values), question.status)
    direct = found(question, "permutation")
    name = say("lesson.row-difference", a=names[0], b=names[1])
    n, changes = int(setting["n"]), [after - before for before, after in map(pairs_of, within)]
    one_only = discordant(np.concatenate(changes), n, draws.generator("here-there", study.id, setting["n"]))
    said = say(
        "lesson-found.here-there", **values, p=say.p(direct.p), difference=say.signed(direct.estimate),
        interval=say.interval(direct.interval), n=n, share=say.percent(one_only), many=counted(draws.MANY),
    )  # fmt: skip
    return Scene(Rows((*rows, row(name, direct, say, lit=direct.p < LEVEL)), axis), said, question.status)


def discordant(changes: np.ndarray, n: int, rng: np.random.Generator) -> float:
    """How often two groups of `n` from the same people fall on two sides of 0.05, each tested by itself."""
    sides = [draws.t_p(*draws.resampled(changes, n, rng), n) < LEVEL for _ in range(2)]
    return float((sides[0] != sides[1]).mean())


# -- regression to the mean --------------------------------------------------------------------------------------------


def _regression(study: Study, preset: Preset, setting: Setting, revealed: bool, say: Say) -> Scene:
    (arm,), (time,) = preset.arms, preset.times
    mean, sd = printed(study, preset, arm, time)
    r, lowest = float(setting["r"]), float(setting["lowest"])
    people = draws.measured_twice(mean, sd, r, draws.generator("regression", study.id, setting["r"]), PEOPLE)
    chosen = people[:, 0] <= np.percentile(people[:, 0], lowest)
    unit = say.text(study.outcomes[preset.outcome].unit)
    axis, up = say("lesson.axis-first", unit=unit), say("lesson.axis-second", unit=unit)
    shown, values = people[:DRAWN], {"lowest": say.percent(lowest / 100), "unit": unit}
    if not revealed:
        given = {"mean": say.number(mean, 0), "sd": say.number(sd, 0), "study": say.text(study.short_title)}
        said = say("lesson-ask.regression", **values, **given)
        picture = Cloud(shown[chosen[:DRAWN], 0], np.zeros(int(chosen[:DRAWN].sum())),
                        np.ones(int(chosen[:DRAWN].sum()), bool), axis)  # fmt: skip
        return Scene(picture, said, "illustrative")
    first, second = people[chosen].mean(axis=0)
    all_first, all_second = people.mean(axis=0)
    said = say(
        "lesson-found.regression", **values, first=say.number(first, 0), second=say.number(second, 0),
        change=say.signed(100 * (second / first - 1), 0), r=say.number(r), all_first=say.number(all_first, 0),
        all_second=say.number(all_second, 0),
    )  # fmt: skip
    return Scene(Cloud(shown[:, 0], shown[:, 1], chosen[:DRAWN], axis, up, diagonal=True), said, "illustrative")


def printed(study: Study, preset: Preset, arm: str, time: str) -> tuple[float, float]:
    """Printed mean and SD of an arm at one time.

    Raises:
        NotApplicable: one of them isn't printed.
    """
    found_there = [study.value(statistic, arm, preset.outcome, time) for statistic in ("mean", "sd")]
    if found_there[0] is None:
        raise NotApplicable("needs-mean")
    if found_there[1] is None:
        raise NotApplicable("needs-sd")
    return float(found_there[0]), float(found_there[1])


DEMONSTRATIONS = (
    Demonstration("paired", 15, MASSAGE, _paired, lambda *_: (Control("shuffle", SHUFFLES, SHUFFLES[0], slider=True),)),
    Demonstration("here-there", 10, BOTH, _here_there, lambda study, preset: (sizes(study, preset),)),
    Demonstration(
        "regression", 15, VOLUMES, _regression,
        lambda *_: (Control("lowest", LOWEST, "25", slider=True), Control("r", CORRELATIONS, "0.6", slider=True)),
    ),
)  # fmt: skip
