"""Ten lines of Python that call `analysis` and print one result."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from analysis.asking import SUMMARY_DESIGNS, Question
from analysis.methods import METHODS
from analysis.telling.scripts.common import (
    LINES,
    MEANINGS,
    NEEDS,
    OWN_PEOPLE,
    all_options,
    assumed_n,
    comment,
    heading,
    outcome_of,
    samples_of,
)


def python_script(question: Question, method_id: str, chosen: int = 0, **options: object) -> str:
    """The Python that repeats one attempt; arguments as in `attempts.attempt`.

    Its lines are `estimate`, `interval`, `effect`, `effect_interval`, `statistic` and `p`, each where the
    test has one, unrounded. Simulated and uploaded people stand in it, others are loaded from their study;
    what someone assumed is a constant with a comment.

    Raises:
        NotApplicable: the method can't be run on the question, with the reason.
    """
    outcome = outcome_of(question, method_id, chosen, options)
    design, own = METHODS[method_id].design, question.status in OWN_PEOPLE
    if design in SUMMARY_DESIGNS:
        data, arguments = _printed(question, method_id, chosen)
    elif own:
        data, arguments = _carried(question, method_id, chosen)
    else:
        data, arguments = _loaded(question, design, chosen)
    constants, keywords = _keywords(all_options(question, method_id, {**options}))
    names = ", ".join(f'"{name}"' for name in LINES if getattr(outcome, name) is not None)
    lines = [
        *heading(question, method_id, chosen, outcome),
        *comment(NEEDS),
        *data,
        *constants,
        f"found = run({', '.join([quoted(method_id), *arguments, *keywords])})",
        f"for name in [{names}]:",
        '    print(name, "=", getattr(found, name))',
    ]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """Any text as a Python literal of one line, in ASCII."""
    return '"' + text.encode("unicode_escape").decode("ascii").replace('"', '\\"') + '"'


def _keywords(options: Mapping[str, object]) -> tuple[list[str], list[str]]:
    """Constants for what someone chose or assumed, and all options as keywords of `run`."""
    constants, keywords = [], []
    for name, value in options.items():
        if name in MEANINGS:
            constant = "MARGIN" if name == "margin" else f"ASSUMED_{name.upper()}"
            constants.append(f"{constant} = {value!r}  # {MEANINGS[name]}")
            keywords.append(f"{name}={constant}")
        else:
            keywords.append(f"{name}={quoted(value) if isinstance(value, str) else repr(value)}")
    return constants, keywords


def _loaded(question: Question, design: str, chosen: int) -> tuple[list[str], list[str]]:
    """Lines that load the people from their study, and the arguments of `run`."""
    assumed, study = assumed_n(question), f"load_studies()[{quoted(question.study.id)}]"
    lines = ["from analysis import load_studies, run"]
    if assumed:
        numbers = ", ".join(f"{quoted(arm)}: {n}" for arm, n in assumed.items())
        lines += ["from analysis.asking.questions import assume_n", "", f"ASSUMED_N = {{{numbers}}}  # {MEANINGS['n']}"]
        study = f"assume_n({study}, ASSUMED_N)"
    picked = ", ".join(f"{quoted(arm)}: {number}" for arm, number in _picks(question, chosen).items())
    lines += [
        "",
        f"people = {study}.participants({quoted(question.measure.id)}, pick={{{picked}}})",
        'scores = people.pivot(index=["arm", "participant"], columns="timepoint", values="value")',
    ]
    names = ["scores"] if question.kind == "within" else list("abcdefghij"[: len(question.arms)])
    lines += [f"{name} = scores.loc[{quoted(arm)}]" for name, arm in zip(names, question.arms, strict=True)]
    return lines, _columns(question, design, names)


def _columns(question: Question, design: str, names: list[str]) -> list[str]:
    """The arguments of `run`, taken from the frames of the arms."""
    first, last = quoted(question.timepoints[0]), quoted(question.timepoints[-1])
    if design == "paired":
        return [f"{names[0]}[{first}]", f"{names[0]}[{last}]"]
    if design in ("repeated", "groups-before-after"):
        ends = question.timepoints[0], question.timepoints[-1]
        times = ", ".join(map(quoted, ends if question.quantity == "adjusted" else question.timepoints))
        return [f"{name}[[{times}]]" for name in names]
    if question.quantity == "change":
        return [f"{name}[{last}] - {name}[{first}]" for name in names]
    return [f"{name}[{last}]" for name in names]


def _picks(question: Question, chosen: int) -> dict[str, int]:
    """Which data set of each arm the chosen one of the question is made of; the last arm's move fastest."""
    left, picks = min(chosen, len(question.offered) - 1), {}
    for group in reversed([group for group in question.people if group is not None]):
        left, picks[group.arm] = divmod(left, group.alternatives)
    return {arm: picks[arm] for arm in question.arms}


def _carried(question: Question, method_id: str, chosen: int) -> tuple[list[str], list[str]]:
    """Lines that hold the samples themselves, and the arguments of `run`."""
    samples = samples_of(question, method_id, chosen)
    lines = ["from analysis import run", ""]
    lines += [f"{name} = {_numbers(sample)}" for name, sample in samples.items()]
    return lines, list(samples)


def _numbers(sample: np.ndarray) -> str:
    return repr(sample.tolist()).replace("nan", 'float("nan")')


def _printed(question: Question, method_id: str, chosen: int) -> tuple[list[str], list[str]]:
    """Lines that hold the printed means, SDs and numbers of people, and the arguments of `run`."""
    samples, assumed = samples_of(question, method_id, chosen), assumed_n(question)
    arms = question.arms if question.kind == "between" else question.arms * len(samples)
    lines, named = ["from analysis import run", ""], {}
    for arm in dict.fromkeys(arm for arm in arms if arm in assumed):
        named[arm] = "ASSUMED_N" if question.kind == "within" else f"ASSUMED_N_{'AB'[question.arms.index(arm)]}"
        lines.append(f"{named[arm]} = {assumed[arm]}  # {MEANINGS['n']}")
    lines.append("# mean, SD and number of mothers")
    for (name, (mean, sd, n)), arm in zip(samples.items(), arms, strict=True):
        lines.append(f"{name} = ({float(mean)!r}, {float(sd)!r}, {named.get(arm, int(n))})")
    return lines, list(samples)
