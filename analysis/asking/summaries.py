"""What a study prints of one arm at one time (or of its change), as a test that needs no people takes it."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.effects import mean_interval, share_at
from analysis.results import Interval, Status
from analysis.studies import Study


@dataclass(frozen=True)
class Summary:
    """What a study prints of one arm at one time (or of its change), as text to calculate with."""

    arm: str
    timepoint: str
    n: str | None
    mean: str | None
    sd: str | None
    percent: str | None
    status: Status
    sd_unusable: bool = False

    @property
    def interval(self) -> Interval | None:
        """The interval that the printed numbers allow, in the printed unit (percent for shares)."""
        if self.triple and self.triple[2] > 1:
            return mean_interval(*self.triple)
        if self.percent is None or self.n is None:
            return None
        share = share_at(self.percent, int(self.n))
        return (100 * share.interval[0], 100 * share.interval[1]) if share.interval else None

    @property
    def value(self) -> str | None:
        """The mean, else the percentage, as printed."""
        return self.mean or self.percent

    @property
    def triple(self) -> tuple[float, float, int] | None:
        if None in (self.n, self.mean, self.sd):
            return None
        return float(self.mean or 0), float(self.sd or 0), int(self.n or 0)


def summary(study: Study, outcome: str, arm: str, timepoint: str) -> Summary:
    """The usable printed summary of one arm at a timepoint, or of its change ("before:after")."""
    change = "change_" if ":" in timepoint else ""

    def value(statistic: str, level: str = "") -> str | None:
        return study.value(statistic, arm, outcome, timepoint, level)

    n, percent = study.measured(arm, outcome, timepoint), value("percent", "yes")
    printed_sd = study.find(statistic=f"{change}sd", arm=arm, outcome=outcome, timepoint=timepoint)
    return Summary(
        arm,
        timepoint,
        n,
        value(f"{change}mean"),
        value(f"{change}sd"),
        percent,
        "assumed" if study.assumes_n(arm, outcome, timepoint) else study.known_as,
        bool(printed_sd) and value(f"{change}sd") is None,
    )


def needs_n(study: Study, arm: str, timepoint: str) -> str:
    """Which number of people is missing, as a key of `reason`: of the arm, or of those measured both times."""
    return "needs-n-both" if ":" in timepoint and study.arms[arm].n is not None else "needs-n"
