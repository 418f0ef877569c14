"""Effects of two treatments that the same people had in turn, from whatever the study printed of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from analysis import effects
from analysis.effects import Number, number
from analysis.evidence.contrasts.claims import claims_of, middle
from analysis.evidence.contrasts.contrast import Contrast, Found, lacks
from analysis.evidence.contrasts.sides import Side, side_of
from analysis.recover import ArmSummary, PrintedStatistic, correlation_if_any, sd_of_change
from analysis.results import Effect, NotApplicable, Note, Status, weakest

STANDARDISED = ("hedges_g", "ratio_of_means")  # need both treatments' spread, not only that of the differences
DIFFERENCES = ("estimate", "mean-difference")  # what a printed difference is called


def crossover_effects(contrast: Contrast, r: float | None) -> Found:
    """Effects by kind, and what is missing where there are none; never as if each treatment had people of its own.

    `r` is the correlation of both treatments within people that the reader assumes; it is used only where the
    printed numbers leave it open.
    """
    if contrast.study.outcomes[contrast.outcome].scale == "binary":
        return Found(missing=lacks("crossover-needs-pairs"))
    n_a, n_b = contrast.n_of_both
    if n_a is not None and n_b is not None and n_a != n_b:
        return Found(missing=lacks("crossover-needs-n", a=n_a, b=n_b))
    printed = _printed(contrast)
    found = _of_sides(contrast, printed, r)
    contradicted = found.missing is not None and found.missing.key == "crossover-r-contradicted"
    known = "mean_difference" in found.effects and found.effects["mean_difference"].status != "assumed"
    if not contradicted and not known:
        found = replace(found, effects={**found.effects, **_of_differences(contrast, printed)})
    without = {kind: found.missing for kind in STANDARDISED if kind not in found.effects and found.missing}
    return Found(found.effects, None if found.effects else found.missing, without)


def _printed(contrast: Contrast) -> ArmSummary:
    """What tests of the differences within people print: b stands as before, a as after."""
    known: dict[str, str] = {}
    for claim, statistic, sign in claims_of(contrast):
        unnamed, paired = not claim.method and not claim.named, claim.method == "paired-t"
        if paired and statistic and statistic.name == "t":
            known.setdefault("t", statistic.value)
        if paired and claim.p:
            known.setdefault("p", claim.p)
        if statistic and statistic.name == "r":
            known.setdefault("r", statistic.value)
        if statistic and statistic.name in DIFFERENCES and (paired or unnamed) and "change_sd" not in known:
            known |= _behind_interval(statistic, sign, contrast.n[0])
    return ArmSummary(n=str(contrast.n[0]) if contrast.n[0] else None, **known)


def _behind_interval(statistic: PrintedStatistic, sign: int, n: int | None) -> dict[str, str]:
    """Mean and SD of the differences within people, where their mean is printed with its interval."""
    if not statistic.low or not statistic.high or not n:
        return {}
    confidence = float((statistic.confidence or "95").replace(",", ".")) / 100
    try:
        spread = effects.sd_from_interval(statistic.low, statistic.high, n, confidence=confidence)
    except NotApplicable:  # limits out of order: nothing can be read from them
        return {}
    return {"change_mean": f"{sign * number(statistic.value):.10g}", "change_sd": f"{spread.sd:.4g}"}


def _of_sides(contrast: Contrast, printed: ArmSummary, r: float | None) -> Found:
    """From both treatments' means and SDs; their correlation as the printed numbers leave it, else as assumed."""
    a, b = (side_of(contrast, arm) for arm in contrast.arms)
    if isinstance(a, Note):
        return Found(missing=a)
    if isinstance(b, Note):
        return Found(missing=b)
    try:
        known = correlation_if_any(_beside(printed, a, b))
        allowed = known.allowed if known else None
        if allowed is None and (known or r is None):
            return Found(missing=lacks("crossover-r-contradicted" if known else "crossover-needs-r"))
        likeness = sum(allowed) / 2 if allowed else r
        status = weakest(("derived" if allowed else "assumed", a.status, b.status))
        found, missing = {}, None
        for maker in _makers(contrast):
            try:
                made = maker(a.mean, a.sd, b.mean, b.sd, a.n, likeness, status=status)
            except NotApplicable as refused:
                missing = refused.note
            else:
                found[made.kind] = made
    except NotApplicable as refused:
        return Found(missing=refused.note)
    values = {"low": allowed[0], "high": allowed[1]} if allowed else {"r": likeness}
    note = Note("crossover-r-from-print" if allowed else "crossover-r-assumed", values)
    how = (Note("made-from", {"how": one.how, "source": one.source}) for one in (a, b) if one.how)
    notes = tuple(dict.fromkeys((note, *a.notes, *b.notes, *how)))
    return Found({kind: replace(one, notes=(*one.notes, *notes)) for kind, one in found.items()}, missing)


def _beside(printed: ArmSummary, a: Side, b: Side) -> ArmSummary:
    """With the treatments' own means and SDs where they are printed: of others the rounding isn't known."""
    if not all(isinstance(value, str) for side in (a, b) for value in (side.mean, side.sd)):
        return replace(printed, t=None, p=None, change_sd=None)
    return replace(printed, mean_before=b.mean, sd_before=b.sd, mean_after=a.mean, sd_after=a.sd)


def _makers(contrast: Contrast) -> list[Callable]:
    makers = [_difference, effects.crossover_g]
    if contrast.study.outcomes[contrast.outcome].scale == "continuous" and contrast.basis != "change":
        makers.append(effects.crossover_ratio)
    return makers


def _difference(
    mean_a: Number, sd_a: Number, mean_b: Number, sd_b: Number, n: int, r: float, *, status: Status
) -> Effect:
    sd = float(sd_of_change(number(sd_a), number(sd_b), r))
    return effects.crossover_difference(round(number(mean_a) - number(mean_b), 10), sd, n, status=status)


def _of_differences(contrast: Contrast, printed: ArmSummary) -> dict[str, Effect]:
    """The mean difference from its own printed interval, or from a paired t beside the means."""
    n = contrast.n[0]
    mean_a, mean_b = (middle(contrast, "mean", arm) for arm in contrast.arms)
    try:
        if n and printed.change_mean and printed.change_sd:
            made = effects.crossover_difference(printed.change_mean, printed.change_sd, n)
        elif n and printed.t and mean_a is not None and mean_b is not None:
            difference = float(mean_a - mean_b)
            spread = effects.sd_from_t(difference, printed.t, n)
            made = effects.crossover_difference(difference, spread.sd, n)
        else:
            return {}
    except NotApplicable:
        return {}
    return {made.kind: made}
