"""Demonstrations of what was chosen: all tests at once, which test and why, one digit changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from analysis.asking import LEVEL, attempt, before_after, multiverse
from analysis.checks import check_study
from analysis.results import NotApplicable, remembered
from analysis.studies import Figure, Study
from analysis.telling.classroom.asked import Result, arm_name, change_axis, change_of, found, result, row
from analysis.telling.classroom.chance import BOTH, MASSAGE
from analysis.telling.classroom.demonstration import Control, Demonstration, Preset, Scene, Setting, id_said
from analysis.telling.classroom.pictures import AllTests, Row, Rows, Tree
from analysis.telling.lines import envelope_line
from analysis.telling.pictures import strip_sentence
from analysis.telling.sentences import statistic_name
from analysis.words import Say

DIGITS = tuple("0123456789")
AS_PRINTED = "printed"


# -- every defensible test ---------------------------------------------------------------------------------------------


def _fragile(study: Study, preset: Preset, setting: Setting, revealed: bool, say: Say) -> Scene:
    arm = setting["arm"] if revealed else preset.arms[-1]
    question = change_of(study, preset, arm)
    tests = multiverse(question)
    if tests is None:
        raise NotApplicable("needs-paired-people", printed=())
    name, printed = arm_name(study, arm, say), f" {say('term.and')} ".join(map(say.printed, tests.printed))
    if not revealed:
        usual = found(question, "wilcoxon", exact=False)
        said = say("lesson-ask.fragile", arm=name, printed=printed, count=tests.with_p)
        return Scene(
            Rows((row(name, usual, say, lit=usual.p < LEVEL),), change_axis(question, say)), said, question.status
        )
    exact = attempt(question, "wilcoxon")
    estimate = exact.outcome.estimate_name if exact.outcome else ""
    reach = envelope_line(exact.envelope, estimate, say) if exact.envelope else ""
    p = say.p(found(question, "wilcoxon").p)
    said = say("lesson-found.fragile", strip=strip_sentence(tests, say), arm=name, exact=p, reach=reach).strip()
    return Scene(AllTests(question, tests), said, question.status)


# -- which test --------------------------------------------------------------------------------------------------------

# Who is compared, then how the outcome is measured → the usual test of that design.
USUAL = {
    "same": {"volume": "paired-t", "score": "wilcoxon", "yes-no": "mcnemar"},
    "two": {"volume": "welch-t", "score": "mann-whitney", "yes-no": "fisher"},
    "more": {"volume": "welch-anova", "score": "kruskal", "yes-no": "chi-square"},
}


def _which(study: Study, preset: Preset, setting: Setting, revealed: bool, say: Say) -> Scene:
    branches = tuple(
        (
            say(f"lesson-choice.{who}"),
            tuple(
                (say(f"lesson-choice.{scale}"), say(f"method.{method}") if revealed else "?")
                for scale, method in leaves.items()
            ),
        )
        for who, leaves in USUAL.items()
    )
    who, scale = setting["who"], setting["scale"]
    values = {"n": study.arms[preset.arms[0]].n or "", "arm": arm_name(study, preset.arms[0], say)}
    if not revealed:
        return Scene(Tree(say("lesson.tree"), branches, None), say("lesson-ask.which", **values), "reported")
    method = USUAL[who][scale]
    said = say(
        "lesson-found.which", who=say(f"lesson-choice.{who}"), scale=say(f"lesson-choice.{scale}"),
        test=say(f"method.{method}"), help=say(f"method-help.{method}"),
    )  # fmt: skip
    place = list(USUAL).index(who), list(USUAL[who]).index(scale)
    return Scene(Tree(say("lesson.tree"), branches, place), said, "reported")


def _which_controls(study: Study, preset: Preset) -> tuple[Control, ...]:
    return Control("who", tuple(USUAL), "same"), Control("scale", tuple(USUAL["same"]), "score")


# -- break it ----------------------------------------------------------------------------------------------------------

BREAKABLE = ("mean", "sd")
ABOUT_ONE = ("grim", "grimmer", "sd_bounds")  # rules that ask nothing of other printed numbers


def breakable(study: Study, preset: Preset) -> dict[str, Figure]:
    """Printed means and SDs of the arm, each once, by an id that stands in the link."""
    (arm,) = preset.arms
    return {
        f"{time}-{statistic}": figures[0]
        for time in preset.times
        for statistic in BREAKABLE
        if (figures := study.find(arm=arm, outcome=preset.outcome, timepoint=time, statistic=statistic))
    }


def number_name(study: Study, number: str, say: Say) -> str:
    """ "mean, before (day 1)"."""
    time, statistic = number.rsplit("-", 1)
    return f"{statistic_name(statistic, '', say)}, {say.text(study.timepoints[time].label)}"


@remembered(512)
def broken(study: Study, row_number: int, text: str) -> Study:
    """The study with another text where one number is printed; as printed, a marked misprint stays one."""
    figures = tuple(
        replace(f, value=text, corrected=None, why=None) if f.row == row_number else f for f in study.figures
    )
    return replace(study, figures=figures)


@remembered(512)
def reaction(study: Study, preset: Preset, row_number: int, text: str) -> tuple[Result | None, tuple[str, ...]]:
    """Wilcoxon's exact test on the people behind the changed numbers (None: nobody fits), and rules that object."""
    changed = broken(study, row_number, text)
    tried = attempt(before_after(changed, preset.outcome, preset.arms[0], preset.times), "wilcoxon")
    objecting = (
        finding.rule
        for finding in check_study(changed)
        if finding.file == "figures.csv" and row_number in finding.rows and finding.rule in ABOUT_ONE
        and finding.verdict.status == "inconsistent"
    )  # fmt: skip
    return result(tried.outcome) if tried.outcome else None, tuple(dict.fromkeys(objecting))


def _break(study: Study, preset: Preset, setting: Setting, revealed: bool, say: Say) -> Scene:
    figure = breakable(study, preset)[setting["number"]]
    question = change_of(study, preset, preset.arms[0])
    name = number_name(study, f"{figure.timepoint}-{figure.statistic}", say)
    axis, values = change_axis(question, say), {"number": name, "printed": say.printed(figure.value)}
    if not revealed:
        own = found(question, "wilcoxon")
        said = say("lesson-ask.break-it", **values, arm=arm_name(study, preset.arms[0], say))
        return Scene(Rows((row(say("lesson.this-study"), own, say),), axis), said, question.status)
    digit = figure.value[-1] if setting["digit"] == AS_PRINTED else setting["digit"]
    rows = tuple(_possible(study, preset, figure, digit, say))
    text = figure.value[:-1] + digit
    outcome, rules = reaction(study, preset, figure.row, text)
    fitting = sum(one.value is not None for one in rows)
    key = "fits" if outcome else "caught" if rules else "together"
    said = say(
        f"lesson-found.break-it-{key}", **values, text=say.printed(text), p=say.p(outcome.p) if outcome else "",
        rules=", ".join(say(f"rule.{rule}") for rule in rules), fitting=fitting, count=len(DIGITS),
    )  # fmt: skip
    return Scene(Rows(rows, axis), said, question.status)


def _possible(study: Study, preset: Preset, figure: Figure, chosen: str, say: Say) -> Iterator[Row]:
    """Each last digit that might have been printed, with what follows from it."""
    for digit in DIGITS:
        text = figure.value[:-1] + digit
        outcome, _ = reaction(study, preset, figure.row, text)
        if outcome is None:
            yield Row(say.printed(text), None, None, say("lesson.nobody-fits"), digit == chosen)
        else:
            yield row(say.printed(text), outcome, say, lit=digit == chosen)


def _break_controls(study: Study, preset: Preset) -> tuple[Control, ...]:
    numbers = tuple(breakable(study, preset))
    return Control("number", numbers, numbers[0]), Control("digit", (AS_PRINTED, *DIGITS), AS_PRINTED, slider=True)


def _broken_said(study: Study, key: str, say: Say) -> str:
    return number_name(study, key, say) if "-" in key else id_said(study, key, say)


DEMONSTRATIONS = (
    Demonstration("fragile", 20, BOTH, _fragile, lambda _, preset: (Control("arm", preset.arms, preset.arms[-1]),)),
    Demonstration("which", 15, MASSAGE, _which, _which_controls),
    Demonstration("break-it", 20, MASSAGE, _break, _break_controls, _broken_said),
)
