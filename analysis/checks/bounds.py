"""What a study's printed p leaves open: the spread it doesn't print, or the correlation of before and after."""

from __future__ import annotations

from analysis.effects import PBound, bound_from_p
from analysis.recover import ArmSummary, read_statistic
from analysis.studies import Claim, Study, printed_change, span_of


def printed_bound(study: Study, outcome: str, arms: tuple[str, str] | None = None) -> PBound | None:
    """The largest SD and smallest effect behind a printed between-arm p, None where not applicable.

    Needs two mean changes, both n, a p, and no SD: with an SD there is nothing to bound.
    """
    claim = next((c for c in study.claims if _compares(c, outcome, arms)), None)
    if claim is None or claim.p is None or any(f.statistic in ("sd", "change_sd") for f in study.find(outcome=outcome)):
        return None
    a, b = arms or claim.arms
    change_a, change_b = (printed_change(study, outcome, arm) for arm in (a, b))
    whole = span_of(study)
    n_a, n_b = (study.measured(arm, outcome, whole) for arm in (a, b))
    if change_a is None or change_b is None or n_a is None or n_b is None:
        return None
    return bound_from_p(change_a - change_b, int(n_a), int(n_b), claim.p)


def _compares(claim: Claim, outcome: str, arms: tuple[str, str] | None) -> bool:
    two = len(claim.arms) == 2 and (arms is None or set(arms) == set(claim.arms))
    return claim.p is not None and claim.comparison == "between" and claim.outcome == outcome and two


def largest_sd(study: Study, outcome: str) -> float | None:
    """The largest common SD of change that the printed p allows."""
    bound = printed_bound(study, outcome)
    return bound.largest_sd if bound else None


def arm_summary(
    study: Study, outcome: str, arm: str, timepoints: tuple[str, str], test: Claim | None = None
) -> ArmSummary:
    """What a study prints of one arm before and after: means, SDs, the change, r, and t and p of its paired t test.

    `test` is the claim that prints t and p; by default the first paired t test of this change.
    """
    change = ":".join(timepoints)
    tests = (c for c in study.claims if c.outcome == outcome and c.arms == (arm,) and c.timepoint == change)
    test = test or next(filter(of_paired_t, tests), None)
    printed = read_statistic(test.statistic) if test else None
    t = printed.value if printed and printed.name == "t" else None
    ends = {
        f"{statistic}_{when}": study.value(statistic, arm, outcome, timepoint)
        for statistic in ("mean", "sd")
        for when, timepoint in zip(("before", "after"), timepoints, strict=True)
    }
    of_change = {name: study.value(name, arm, outcome, change) for name in ("change_mean", "change_sd", "r")}
    return ArmSummary(n=study.measured(arm, outcome, change), t=t, p=test.p if test else None, **ends, **of_change)


def of_paired_t(claim: Claim) -> bool:
    """True for the result of a paired t test: the p of any other test says nothing of the SD of change."""
    return (claim.kind, claim.comparison, claim.method) == ("result", "within", "paired-t")
