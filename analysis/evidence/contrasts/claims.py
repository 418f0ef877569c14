"""What a study prints of one comparison of two arms besides their figures: its tests, and which arm lies higher."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from analysis.evidence.contrasts.contrast import Contrast, adjusted_difference, only_later_time
from analysis.evidence.contrasts.sides import PREFIX
from analysis.recover import PrintedStatistic, read_statistic
from analysis.studies import Claim


def claims_of(contrast: Contrast) -> Iterator[tuple[Claim, PrintedStatistic | None, int]]:
    """Printed tests of just this comparison and time, with −1 where the study subtracts the other way round."""
    for claim in contrast.study.claims:
        same = (claim.kind, claim.comparison, claim.outcome) == ("result", "between", contrast.outcome)
        if same and set(claim.arms) == set(contrast.arms) and _at(claim.timepoint, contrast):
            statistic = read_statistic(claim.statistic) if claim.statistic else None
            if contrast.basis == "adjusted" or not adjusted_difference(claim):
                yield claim, statistic, 1 if claim.arms == contrast.arms else -1


def _at(timepoint: str, contrast: Contrast) -> bool:
    """Whether a test is of this time; one without a time is so only where the study has a single later time."""
    if timepoint or not contrast.when:
        return timepoint == contrast.when
    return bool(only_later_time(contrast.study, contrast.outcome))


def sign_of(statistic: PrintedStatistic | None, sign: int) -> int | None:
    """The direction of a t that is printed with its sign, in the study's own order; a bare number may be a size."""
    if statistic is None or statistic.name != "t" or statistic.value[0] not in "-+":
        return None
    return -sign if statistic.value[0] == "-" else sign


MIDDLES = ("mean", "median", "mean_rank")


def toward(contrast: Contrast) -> int | None:
    """1 where the first arm lies higher by printed means, else medians, else mean ranks, −1 where lower.

    None where none of them is printed of both arms, or the first that is doesn't differ.
    """
    for statistic in MIDDLES:
        a, b = (middle(contrast, statistic, arm) for arm in contrast.arms)
        if a is not None and b is not None:
            return None if a == b else 1 if a > b else -1
    return None


def middle(contrast: Contrast, statistic: str, arm: str) -> Fraction | None:
    """As printed; a mean change also as the difference of both times' means."""

    def value(name: str, when: str) -> str | None:
        return contrast.study.value(name, arm, contrast.outcome, when)

    printed = value(f"{PREFIX[contrast.basis]}{statistic}", contrast.when)
    if printed is None and statistic == "mean" and contrast.basis == "change":
        before, after = (value("mean", time) for time in contrast.when.split(":"))
        return None if before is None or after is None else Fraction(after) - Fraction(before)
    return None if printed is None else Fraction(printed)


SAID = {"a": 1, "b": -1, "none": 0}


def worded(contrast: Contrast) -> int | None:
    """What the words of a study say of its first arm: 1 higher, −1 lower, 0 neither; None where they don't say, or
    say different things."""
    said = {SAID[claim.direction] * sign for claim, _, sign in claims_of(contrast) if claim.direction}
    return said.pop() if len(said) == 1 else None
