"""Effects of one arm, after − before, from whatever the study printed of its change."""

from __future__ import annotations

from dataclasses import replace

from analysis import effects
from analysis.asking import needs_n
from analysis.checks import arm_summary
from analysis.effects import number
from analysis.evidence.contrasts.contrast import Contrast, lacks
from analysis.evidence.contrasts.sides import Side, combined, side
from analysis.recover import ArmSummary, correlation_if_any
from analysis.results import Effect, NotApplicable, Note, weakest


def within_effects(contrast: Contrast, r: float | None) -> tuple[dict[str, Effect], Note | None]:
    """Effects by kind, and what is missing where there are none.

    `r` is the correlation of before and after that the reader assumes; it is used only where the printed
    numbers leave it open.
    """
    if contrast.joined:
        return _of_all_arms(contrast)
    (arm,), n = contrast.arms, contrast.n[0]
    if n is None:
        return {}, lacks(needs_n(contrast.study, arm, contrast.when), arm=contrast.study.arms[arm].label)
    if contrast.study.outcomes[contrast.outcome].scale == "binary":
        return {}, lacks("needs-pairs")
    change, summary = _change(contrast, arm, n)
    if isinstance(change, Note):
        return _of_both_times(contrast, summary, n, r)
    found, missing = _of_change(change)
    beside, _ = _of_both_times(contrast, summary, n, None)
    return {**beside, **found}, missing if not beside else None


def _of_all_arms(contrast: Contrast) -> tuple[dict[str, Effect], Note | None]:
    """Of joined comparisons: the change of all their people, as of one group."""
    sides = []
    for arm in contrast.all_arms:
        n = contrast.people(arm)
        change = _change(contrast, arm, n)[0] if n else lacks(needs_n(contrast.study, arm, contrast.when))
        if isinstance(change, Note):
            return {}, change
        sides.append(change)
    return _of_change(combined(sides))


def _change(contrast: Contrast, arm: str, n: int) -> tuple[Side | Note, ArmSummary]:
    """One arm's change, or what is missing for it, and what is printed of both times besides."""
    before, after = contrast.when.split(":")
    summary = replace(arm_summary(contrast.study, contrast.outcome, arm, (before, after)), n=str(n))
    change = side(contrast.study, contrast.outcome, arm, contrast.when, "change", n)
    if (isinstance(change, Note) or change.status != "derived") and (of_t := _from_paired_t(summary, n)):
        return of_t, replace(summary, p=None)
    return change, summary


def _from_paired_t(summary: ArmSummary, n: int) -> Side | None:
    """Mean and SD of the change behind a printed paired t; None where the SDs of both times rule that t out."""
    if summary.t is None:
        return None
    try:
        change = _mean_change(summary)
        if change is None:
            return None
        spread = effects.sd_from_t(round(change, 10), summary.t, n)
        known = correlation_if_any(replace(summary, change_sd=None, r=None, p=None))
    except NotApplicable:
        return None
    if known and not known.possible:
        return None
    beside = correlation_if_any(replace(summary, change_sd=None, r=None)) if known else None
    notes = (Note("t-beside-p", {"p": summary.p}),) if beside and beside.allowed is None else ()
    return Side(change, spread.sd, n, "derived", spread.substituted, spread.source, notes)


def _mean_change(summary: ArmSummary) -> float | None:
    """As printed, else the difference of both times' means; None where neither is there."""
    if summary.change_mean is not None:
        return number(summary.change_mean)
    if summary.mean_after is None or summary.mean_before is None:
        return None
    return number(summary.mean_after) - number(summary.mean_before)


def _of_change(change: Side) -> tuple[dict[str, Effect], Note | None]:
    try:
        made = [maker(change.mean, change.sd, change.n, status=change.status) for maker in MAKERS]
    except NotApplicable as refused:
        return {}, refused.note
    notes = (*change.notes, *((Note("made-from", {"how": change.how, "source": change.source}),) if change.how else ()))
    return {one.kind: replace(one, notes=(*one.notes, *notes)) for one in made}, None


MAKERS = (effects.smcc_of_change, effects.mean_change)


def _of_both_times(
    contrast: Contrast, summary: ArmSummary, n: int, r: float | None
) -> tuple[dict[str, Effect], Note | None]:
    """From means and SDs of both times; r as the printed numbers leave it, else as assumed."""
    study, outcome, (arm,) = contrast.study, contrast.outcome, contrast.arms
    before, after = (side(study, outcome, arm, time, "after", n) for time in contrast.when.split(":"))
    if isinstance(before, Note) or isinstance(after, Note):
        lacking = {one.key for one in (before, after) if isinstance(one, Note)}
        return {}, lacks("needs-sd-both-times" if lacking == {"needs-sd"} else "needs-mean-both-times")
    try:
        known = correlation_if_any(summary)
        allowed = known.allowed if known else None
        likeness = sum(allowed) / 2 if allowed else r
        if likeness is None:
            return {}, lacks("r-contradicted" if known else "needs-r-or-change")
        status = weakest(("derived" if allowed else "assumed", before.status, after.status))
        made = [
            effects.smcc(after.mean, after.sd, before.mean, before.sd, n, likeness, status=status),
            effects.smcr(after.mean, before.mean, before.sd, n, likeness, status=status),
        ]
    except NotApplicable as refused:
        return {}, refused.note
    note = Note("r-from-print", {"low": allowed[0], "high": allowed[1]}) if allowed else Note("r-assumed", {"r": r})
    how = (Note("made-from", {"how": one.how, "source": one.source}) for one in (before, after) if one.how)
    notes = dict.fromkeys((note, *before.notes, *after.notes, *how))
    return {one.kind: replace(one, notes=(*one.notes, *notes)) for one in made}, None
