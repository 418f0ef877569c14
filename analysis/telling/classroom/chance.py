"""Demonstrations of what chance alone does: the dance of p, a null distribution, power, choosing among tests."""

from __future__ import annotations

import numpy as np

from analysis.asking import LEVEL, detectable
from analysis.results import NotApplicable, Note
from analysis.studies import Study
from analysis.telling.classroom import draws
from analysis.telling.classroom.asked import (
    arm_name,
    change_axis,
    change_of,
    counted,
    found,
    pairs_of,
    row,
    with_study,
)
from analysis.telling.classroom.demonstration import Control, Demonstration, Preset, Scene, Setting
from analysis.telling.classroom.pictures import Bars, Mark, Power, Row, Rows
from analysis.telling.power import amount_said, power_sentence
from analysis.words import Say

SHOWN = 20  # studies drawn one below the other
TURNS = tuple(map(str, range(1, 11)))  # "another twenty", "another shuffle"
SIZES = ("10", "30", "50", "80", "120")
SERPONG = "moringa-massage-serpong"
MASSAGE = Preset(SERPONG, "milk-score", ("massage",), ("before", "after"))
BOTH = Preset(SERPONG, "milk-score", ("moringa", "massage"), ("before", "after"))


def n_of(study: Study, preset: Preset) -> str:
    """How many people of the first arm are known at both times."""
    return str(len(pairs_of(change_of(study, preset, preset.arms[0]))[0]))


def sizes(study: Study, preset: Preset) -> Control:
    """How many people, the study's own number at first."""
    n = n_of(study, preset)
    return Control("n", with_study(SIZES, n), n, slider=True)


# -- the dance ---------------------------------------------------------------------------------------------------------


def _dance(study: Study, preset: Preset, setting: Setting, revealed: bool, say: Say) -> Scene:
    question = change_of(study, preset, preset.arms[0])
    before, after = pairs_of(question)
    own, axis = found(question, "paired-t"), change_axis(question, say)
    arm = arm_name(study, preset.arms[0], say)
    if not revealed:
        said = say("lesson-ask.dance", arm=arm, n=len(before), p=say.p(own.p), change=say.signed(own.estimate))
        return Scene(Rows((row(say("lesson.this-study"), own, say, lit=own.p < LEVEL),), axis), said, question.status)
    n = int(setting["n"])
    means, sds = draws.resampled(after - before, n, draws.generator("dance", study.id, setting["turn"], str(n)))
    p, reach = draws.t_p(means, sds, n), draws.t_reach(sds, n)
    rows = tuple(_repeat(k, means[k], reach[k], p[k], say) for k in range(SHOWN))
    seen = p[:SHOWN][~np.isnan(p[:SHOWN])]
    said = say(
        "lesson-found.dance", n=n, shown=SHOWN, below=int((seen < LEVEL).sum()), least=say.p(seen.min()),
        most=say.p(seen.max()), many=counted(draws.MANY), share=say.percent(float((p < LEVEL).mean())),
    )  # fmt: skip
    return Scene(Rows(rows, axis), said, "illustrative")


def _repeat(k: int, mean: float, reach: float, p: float, say: Say) -> Row:
    label = say("lesson.no-p") if np.isnan(p) else f"p {say.p(float(p))}"
    return Row(str(k + 1), float(mean), (float(mean - reach), float(mean + reach)), label, bool(p < LEVEL))


def _dance_controls(study: Study, preset: Preset) -> tuple[Control, ...]:
    return sizes(study, preset), Control("turn", TURNS, TURNS[0], slider=True)


# -- a null distribution -----------------------------------------------------------------------------------------------


def _null(study: Study, preset: Preset, setting: Setting, revealed: bool, say: Say) -> Scene:
    arm = setting["arm"]
    question = change_of(study, preset, arm)
    before, after = pairs_of(question)
    seen, axis = float((after - before).mean()), say("lesson.axis-mean", unit=say.text(question.measure.unit))
    values = {"arm": arm_name(study, arm, say), "n": len(before), "seen": say.signed(seen)}
    if not revealed:
        places, counts = (values.tolist() for values in np.unique(after - before, return_counts=True))
        mark = Mark(seen, say("lesson.mark-mean"))
        changes = Bars(
            tuple(places), tuple(map(float, counts)), (False,) * len(places), change_axis(question, say),
            say("lesson.up-mothers"), (mark,), whole=True,
        )  # fmt: skip
        return Scene(changes, say("lesson-ask.null", **values), question.status)
    drawn = draws.turned(after - before, draws.generator("null", study.id, arm, setting["turn"]))
    places, counts = np.unique(drawn.round(9), return_counts=True)
    far = np.abs(places) >= abs(seen) - 1e-9
    said = say(
        "lesson-found.null", **values, many=counted(draws.MANY), far=counted(int(counts[far].sum())),
        share=say.percent(float(counts[far].sum() / draws.MANY), 1),
        exact=say.p(found(question, "permutation-paired").p), changed=int((after != before).sum()),
    )  # fmt: skip
    bars = Bars(
        tuple(places.tolist()),
        tuple(counts.tolist()),
        tuple(far.tolist()),
        axis,
        say("lesson.up-shuffles"),
        (Mark(seen, say("lesson.this-study")),),
    )
    return Scene(bars, said, "illustrative")


def _null_controls(study: Study, preset: Preset) -> tuple[Control, ...]:
    return Control("arm", preset.arms, preset.arms[-1]), Control("turn", TURNS, TURNS[0], slider=True)


# -- power -------------------------------------------------------------------------------------------------------------


def _power(study: Study, preset: Preset, setting: Setting, revealed: bool, say: Say) -> Scene:
    question = change_of(study, preset, preset.arms[0])
    known = detectable(question)
    if isinstance(known, Note):
        raise NotApplicable(known.key, **known.values)
    if not revealed:
        own = found(question, "paired-t")
        name = say("lesson.this-study")
        least = amount_said(known, known.smallest_significant or 0.0, say, question.measure.unit)
        said = say("lesson-ask.power", n=known.n[0], least=least)
        return Scene(Rows((row(name, own, say),), change_axis(question, say)), said, question.status)
    n = int(setting["n"])
    shown = known if (n,) == known.n else known.with_n(n)
    return Scene(Power(question, shown), power_sentence(shown, say, question.measure.unit), shown.status)


# -- choosing among tests ----------------------------------------------------------------------------------------------


def _hacking(study: Study, preset: Preset, setting: Setting, revealed: bool, say: Say) -> Scene:
    tried, first = int(setting["tests"]), setting["turn"]
    least, names = smallest_p(study, preset, first)
    up, axis = say("lesson.up-significant"), say("lesson.axis-tests")
    shares = tuple(100 * float((p < LEVEL).mean()) for p in least)
    places = tuple(float(k) for k in range(1, len(shares) + 1))
    if not revealed:
        bars = Bars(places, (shares[0], *(0.0,) * (len(shares) - 1)), (False,) * len(shares), axis, up,
                    level=100 * LEVEL, whole=True)  # fmt: skip
        said = say(
            "lesson-ask.hacking", tests=len(shares), many=counted(draws.MANY), first=say.percent(shares[0] / 100, 1)
        )
        return Scene(bars, said, "illustrative")
    lit = tuple(k == tried for k in range(1, len(shares) + 1))
    said = say(
        "lesson-found.hacking", many=counted(draws.MANY), tried=tried, first=say.percent(shares[0] / 100, 1),
        best=say.percent(shares[tried - 1] / 100, 1), last=say(f"lesson-test.{names[tried - 1]}"),
    )  # fmt: skip
    return Scene(Bars(places, shares, lit, axis, up, level=100 * LEVEL, whole=True), said, "illustrative")


HACKS = ("welch-change", "ranks-change", "welch-after", "ranks-after", "fisher-improved", "fisher-top")


def smallest_p(study: Study, preset: Preset, turn: str) -> tuple[list[np.ndarray], tuple[str, ...]]:
    """The smallest p after one test, two, …, of groups that were drawn by lot from the same people; and the tests."""
    sides = [pairs_of(change_of(study, preset, arm)) for arm in preset.arms]
    before, after = (np.concatenate([side[k] for side in sides]) for k in (0, 1))
    first = draws.relabelled(len(sides[0][0]), len(sides[1][0]), draws.generator("hacking", study.id, turn))
    change, top = after - before, after >= after.max()
    p = np.array(
        [
            draws.welch_p(change, first),
            draws.mann_whitney_p(change, first),
            draws.welch_p(after, first),
            draws.mann_whitney_p(after, first),
            draws.fisher_p(change > 0, first),
            draws.fisher_p(top, first),
        ]
    )
    return list(np.minimum.accumulate(p, axis=0)), HACKS


def _hacking_controls(study: Study, preset: Preset) -> tuple[Control, ...]:
    tests = tuple(map(str, range(1, len(HACKS) + 1)))
    return Control("tests", tests, tests[-1], slider=True), Control("turn", TURNS, TURNS[0], slider=True)


DEMONSTRATIONS = (
    Demonstration("dance", 10, MASSAGE, _dance, _dance_controls),
    Demonstration("null", 15, BOTH, _null, _null_controls),
    Demonstration("power", 15, MASSAGE, _power, lambda study, preset: (sizes(study, preset),)),
    Demonstration("hacking", 15, BOTH, _hacking, _hacking_controls),
)
