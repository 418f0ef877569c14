"""The rules and the map of correlations for two groups whose printed numbers are typed in by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

from analysis.checks.numbers import change_arithmetic
from analysis.checks.p_values import effect_size_from_means, p_from_means, triple_of
from analysis.checks.printed_tests import r_possible
from analysis.checks.typed_one_sample import unreadable
from analysis.recover import ArmSummary, ChangeMap, change_map
from analysis.results import NotApplicable, Note, Verdict

ARM = ("n", "mean_before", "sd_before", "mean_after", "sd_after", "change_mean", "change_sd", "t", "p", "r")


@dataclass(frozen=True)
class TypedGroups:
    """What was typed of two groups, as text; blank where unknown.

    `p_after` and `d_after` compare the groups after; `p_change` compares their changes.
    """

    a: ArmSummary
    b: ArmSummary
    p_after: str = ""
    d_after: str = ""
    p_change: str = ""


BETWEEN = tuple(TypedGroups.__dataclass_fields__)[2:]


@dataclass(frozen=True, eq=False)
class CalculatedGroups:
    """Verdicts by rule; the map of both correlations, or the reason why there is none."""

    verdicts: tuple[tuple[str, Verdict], ...]
    map: ChangeMap | None
    no_map: Note | None
    refused: Note | None


def calculate_groups(typed: TypedGroups) -> CalculatedGroups:
    """All rules that what was typed allows, and what two unknown correlations leave open."""
    if refused := _unreadable(typed):
        return CalculatedGroups((), None, None, refused)
    try:
        verdicts = tuple(_verdicts(typed))
    except NotApplicable as error:
        return CalculatedGroups((), None, None, error.note)
    if not any(getattr(arm, name) for arm in (typed.a, typed.b) for name in ARM):
        return CalculatedGroups(verdicts, None, None, None)
    try:
        return CalculatedGroups(verdicts, change_map(typed.a, typed.b), None, None)
    except NotApplicable as error:
        return CalculatedGroups(verdicts, None, error.note, None)


def _unreadable(typed: TypedGroups) -> Note | None:
    """The first field that can't be read; of which group, says `values["group"]`."""
    for group in ("a", "b"):
        if refused := unreadable(asdict(getattr(typed, group))):
            return replace(refused, values={**refused.values, "group": group})
    return unreadable({name: getattr(typed, name) for name in BETWEEN})


def _verdicts(t: TypedGroups) -> Iterator[tuple[str, Verdict]]:
    for arm in (t.a, t.b):
        if arm.n and arm.sd_before and arm.sd_after and (arm.change_sd or arm.r or _has_change(arm)):
            yield "r_possible", r_possible(arm)
        if arm.change_mean and arm.mean_before and arm.mean_after:
            yield "change_arithmetic", change_arithmetic(arm.mean_before, arm.mean_after, arm.change_mean)
    a, b = (triple_of(arm.mean_after, arm.sd_after, arm.n) for arm in (t.a, t.b))
    if a and b:
        if t.p_after:
            yield "p_from_means", p_from_means(a, b, t.p_after)
        if t.d_after:
            yield "effect_size_from_means", effect_size_from_means(a, b, t.d_after)
    a, b = (triple_of(arm.change_mean, arm.change_sd, arm.n) for arm in (t.a, t.b))
    if t.p_change and a and b:
        yield "p_from_means", p_from_means(a, b, t.p_change)


def _has_change(arm: ArmSummary) -> bool:
    return bool((arm.t or arm.p) and (arm.change_mean or (arm.mean_before and arm.mean_after)))
