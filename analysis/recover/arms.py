"""What a study prints of one arm before and after: the numbers that a correlation, or a change, is made of."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from analysis.recover.limits import number_of_people
from analysis.recover.printed import Printed, printed
from analysis.results import NotApplicable


@dataclass(frozen=True)
class ArmSummary:
    """What a study prints of one arm, as text; None or blank where it doesn't.

    Means, SDs and the change (after − before) in the unit of the outcome; `t` and `p` are those of the
    paired t test, p two-sided and possibly a bound ("<0.05"). The sign of t isn't looked at: it depends
    on the order of subtraction.
    """

    n: str | int | None = None
    mean_before: str | None = None
    sd_before: str | None = None
    mean_after: str | None = None
    sd_after: str | None = None
    change_mean: str | None = None
    change_sd: str | None = None
    t: str | None = None
    p: str | None = None
    r: str | None = None

    def number(self, name: str) -> Printed | None:
        """A printed number, None where it is blank.

        Raises:
            NotApplicable: it is no number.
        """
        text = getattr(self, name)
        return printed(text.replace("−", "-") if isinstance(text, str) else text)

    @property
    def people(self) -> int | None:
        """The number of people, at least 2."""
        if self.n is None or self.n == "":
            return None
        n = number_of_people(self.n)
        if n < 2:
            raise NotApplicable("too-few", least=2, n=n)
        return n

    @property
    def sds(self) -> tuple[Printed, Printed] | None:
        """The SDs before and after, both above 0; None unless both are printed."""
        before, after = _spread(self.number("sd_before")), _spread(self.number("sd_after"))
        return None if before is None or after is None else (before, after)

    @property
    def change(self) -> tuple[Fraction, Fraction] | None:
        """Ends of the mean change that rounding leaves: as printed, else after − before."""
        change, before, after = (self.number(name) for name in ("change_mean", "mean_before", "mean_after"))
        if change is not None:
            return change.low, change.high
        return None if before is None or after is None else (after.low - before.high, after.high - before.low)

    @property
    def change_as_printed(self) -> str:
        """The mean change as printed, else the two means that it is the difference of."""
        return self.change_mean or f"{self.mean_after} - {self.mean_before}"


def _spread(sd: Printed | None) -> Printed | None:
    if sd is not None and sd.value < 0:
        raise NotApplicable("negative-sd", sd=sd.text)
    if sd is not None and sd.value == 0:
        raise NotApplicable("no-spread")
    return sd


def plain_numbers(arm: ArmSummary) -> tuple[int, float, float, float]:
    """n, mean change, SD before and SD after at their printed values.

    Raises:
        NotApplicable: one of them is missing or can't be.
    """
    n, sds, change = arm.people, arm.sds, arm.change
    if n is None:
        raise NotApplicable("needs-n")
    if change is None:
        raise NotApplicable("needs-mean")
    if sds is None:
        raise NotApplicable("needs-sd")
    before, after = sds
    return n, float(sum(change)) / 2, float(before.value), float(after.value)
