"""A result as a paper of the field prints it: the style of the APA manual (7th edition), effect before p."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from analysis.asking import SUMMARY_DESIGNS, Attempt, Question
from analysis.methods import METHODS
from analysis.results import Interval, Outcome
from analysis.telling.lines import conclusion_line, test_line
from analysis.telling.report.evidence import contrast_words, evidence_words, method_words, samples_used
from analysis.words import Say

SMALLEST_P = 0.001  # APA 7, 6.36
LEVEL = Decimal("0.05")
MOST_DIGITS = 6
OWN_LEVEL = ("equivalence", "interval-level")  # notes of an estimate whose interval has a level of its own
DROPS_ZERO = frozenset({"en"})  # Indonesian spelling keeps it
NEVER_ABOVE_1 = frozenset(  # APA 7, 6.36: no zero before the point of what can't exceed 1
    {
        "rank_biserial",
        "probability_positive",
        "cramers_v",
        "cohens_w",
        "relative_effect_change",
        "kappa",
        "eta_squared",
        "partial_eta_squared",
        "epsilon_squared",
        "kendall_w",
        "superiority",
        "cohens_g",
        "risk_difference",
    }
)


def apa(question: Question, tried: Attempt, say: Say, chosen: int = 0) -> str:
    """The result in the style of APA 7: who, descriptives, estimate, effect, test and p, reach, how it is known.

    Args:
        tried: `attempt(question, …, chosen)`; an attempt without outcome gives no sentence ("").
        chosen: which data set that fits the descriptives are of.
    """
    outcome = tried.outcome
    if outcome is None:
        return ""
    said = (
        f"{_who(question, outcome, say)}: {_described(question, tried.method, chosen, say)}".removesuffix(": "),
        "; ".join(filter(None, (_estimate(question, outcome, say), _effect(outcome, say)))),
        _test(question, tried.method, outcome, chosen, say),
        _reach(tried, say),
        evidence_words(question, tried.method, say),
    )
    return " ".join(text if text.endswith(".") else f"{text}." for text in said if text)


# -- parts of the sentence ---------------------------------------------------------------------------------------------


def _who(question: Question, outcome: Outcome, say: Say) -> str:
    """ "Milk score, Moringa (n = 17), before to after"."""
    counts = outcome.n if isinstance(outcome.n, tuple) else (outcome.n,)
    groups = [
        f"{say.text(question.study.arms[arm].label)} (n = {n})" for arm, n in zip(question.arms, counts, strict=True)
    ]
    when = say("quantity.change") if question.kind == "within" else say(f"quantity.{question.quantity}")
    unit = say.text(question.measure.unit)
    both = f" {say('term.and')} ".join(groups)
    return f"{say.text(question.measure.label)} ({unit}), {when.lower()}, {both}"


def _described(question: Question, method_id: str, chosen: int, say: Say) -> str:
    """The descriptives that belong to the test, one per column of what it compares."""
    samples, method = samples_used(question, method_id, chosen), METHODS[method_id]
    if method.design in SUMMARY_DESIGNS:
        columns = [say("apa.mean-sd", mean=float(mean), sd=float(sd)) for mean, sd, _ in samples]
    else:
        matrices = [np.atleast_2d(sample.T) for sample in samples]
        columns = [_column(row[~np.isnan(row)], method.beside, question, say) for rows in matrices for row in rows]
    return "; ".join(f"{name} {text}" for name, text in zip(_names(question, len(columns), say), columns, strict=True))


def _names(question: Question, columns: int, say: Say) -> list[str]:
    """What each column of a comparison is called: the arm, the time, or both."""
    arms = [say.text(question.study.arms[arm].label) for arm in question.arms]
    times = [say.text(question.study.timepoints[time].label) for time in question.timepoints]
    if columns == 1:
        return [say("term.change")]
    if question.kind == "within":
        return times if columns == len(times) else [times[0], times[-1]]
    if columns == len(arms):
        return arms
    wanted = times if columns == len(arms) * len(times) else [times[0], times[-1]]
    return [f"{arm}, {time}" for arm in arms for time in wanted]


def _column(values: np.ndarray, beside: str, question: Question, say: Say) -> str:
    if question.measure.scale == "binary":
        return say("apa.yes", yes=int(values.sum()), n=len(values), share=say.percent(float(values.mean())))
    if beside == "mean_sd":
        return say("apa.mean-sd", mean=float(values.mean()), sd=float(values.std(ddof=1)))
    if beside == "median_iqr":
        low, median, high = np.percentile(values, [25, 50, 75])
        return say("apa.median-iqr", median=say.number(median, 1), low=say.number(low, 1), high=say.number(high, 1))
    levels, counts = np.unique(values, return_counts=True)
    pairs = [
        say("apa.level", level=say.printed(f"{level:g}"), count=n) for level, n in zip(levels, counts, strict=True)
    ]
    return ", ".join(pairs)


def _estimate(question: Question, outcome: Outcome, say: Say) -> str:
    """ "Mean difference (after − before) = 1.12, 95% CI [0.64, 1.59]"."""
    if outcome.estimate is None:
        return ""
    ratio = "odds" in outcome.estimate_name
    contrast = _against(question, say) if ratio else contrast_words(question, outcome.contrast, say)
    name = say(f"estimate.{outcome.estimate_name}") + (f", {contrast}" if contrast else "")
    level = next((n.values["percent"] for n in outcome.notes if n.key in OWN_LEVEL), _percent(outcome))
    bounded = outcome.estimate_name in NEVER_ABOVE_1
    return _value(name, outcome.estimate, outcome.interval, str(level), bounded, say)


def _against(question: Question, say: Say) -> str:
    """Which group's odds are divided by which; blank for one group, whose name of the ratio says it."""
    labels = [say.text(question.study.arms[arm].label) for arm in question.arms]
    return say("apa.against", a=labels[0], b=labels[1]) if len(labels) == 2 else ""


def _effect(outcome: Outcome, say: Say) -> str:
    if outcome.effect is None:
        return ""
    bounded = outcome.effect_name in NEVER_ABOVE_1
    name = say(f"effect.{outcome.effect_name}")
    return _value(name, outcome.effect, outcome.effect_interval, _percent(outcome), bounded, say)


def _percent(outcome: Outcome) -> str:
    return f"{100 * outcome.confidence:g}"


def _value(name: str, value: float, interval: Interval | None, level: str, bounded: bool, say: Say) -> str:
    written = _bounded(say.number(value), say) if bounded else say.number(value)
    if interval is None:
        return say("apa.value", name=name, value=written)
    ends = [_bounded(say.number(end), say) if bounded else say.number(end) for end in interval]
    brackets = f"[{'; '.join(ends)}]" if say.language == "id" else f"[{', '.join(ends)}]"
    return say("apa.value-interval", name=name, value=written, level=say.printed(level), interval=brackets)


def _bounded(written: str, say: Say) -> str:
    """ ".05" for "0.05" where the language's rules for numbers that can't exceed 1 want it."""
    if say.language not in DROPS_ZERO:
        return written
    return written.replace("0.", ".", 1) if written.lstrip("−").startswith("0.") else written


def _test(question: Question, method_id: str, outcome: Outcome, chosen: int, say: Say) -> str:
    """ "Wilcoxon, exact: V = 55.0, p = .002 (5 unchanged take no part in the test)"."""
    p = "" if outcome.p is None else f"p {_p(outcome.p, say)}"
    found = ", ".join(filter(None, (test_line(replace(outcome, p=None), say), p)))
    name = method_words(question, method_id, outcome, chosen, say)
    notes = "; ".join(say.note(note, "note") for note in outcome.notes)
    return (f"{name}: {found}" if found else name) + (f" ({notes})" if notes else "")


def _p(p: float, say: Say) -> str:
    """Three decimals, more where they would hide the side of 0.05; no zero before the point in English."""
    if p < SMALLEST_P:
        return f"< {_bounded(say.number(SMALLEST_P, 3), say)}"
    exact, digits = Decimal(repr(p)), 3
    while (rounded := _rounded(exact, digits)) == LEVEL != exact and digits < MOST_DIGITS:
        digits += 1
    return f"= {_bounded(say.printed(str(rounded)), say)}"


def _rounded(value: Decimal, digits: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def _reach(tried: Attempt, say: Say) -> str:
    """How far p moves over the data sets that fit, and whether its side of 0.05 holds."""
    found = tried.envelope
    if found is None:
        return ""
    if found.ps is None:
        return say("apa.sets", count=found.count)
    low, high = (_p(end, say) for end in found.ps)
    if low == high:
        return say("apa.reach-same", count=found.count, low=low)
    return f"{say('apa.reach', count=found.count, low=low, high=high)} {conclusion_line(found, say)}".rstrip()
