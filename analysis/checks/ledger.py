"""The claim ledger: one entry per printed number or claim, with everything that arithmetic says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from analysis.checks.checking import GRAVITY, check_study
from analysis.checks.findings import CONSEQUENCES, Finding
from analysis.recover import Printed, p_reach
from analysis.results import Interval, NotApplicable, remembered
from analysis.studies import Figure, Study

VERDICTS = (*GRAVITY, "not checked")


@dataclass(frozen=True)
class Entry:
    """One printed number or claim.

    `id` names it in a link. `kind` is the statistic of a figure ("mean"), the kind of a claim ("result") or
    "design" for what the card says of the arms. `statement` is a claim's, in all languages; `allows` is
    what the printed number may stand for.
    """

    id: str
    printed: str
    kind: str
    level: str
    locator: str
    arm: str
    outcome: str
    timepoint: str
    statement: Mapping[str, str]
    allows: Interval | None
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> str:
        """The gravest verdict of any rule, "not checked" where no rule applies."""
        return min((f.verdict.status for f in self.findings), key=VERDICTS.index, default=VERDICTS[-1])

    @property
    def consequence(self) -> str:
        """What hangs on it: the gravest consequence of any finding."""
        return min((f.consequence for f in self.findings), key=CONSEQUENCES.index, default=CONSEQUENCES[-1])

    @property
    def recomputed(self) -> str:
        """What arithmetic gives instead, or the reach of what it gives; blank where that can't be said."""
        for finding in self.findings:
            said = finding.verdict.explanation.values
            if finding.verdict.expected:
                return finding.verdict.expected
            if {"least", "most"} <= said.keys():
                return " – ".join(dict.fromkeys(_short(said[end]) for end in ("least", "most")))
        return ""


def _short(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)


@remembered(256)
def ledger(study: Study) -> tuple[Entry, ...]:
    """Every printed number and claim of a study; those that bear on its conclusions first."""
    entries = [*_figures(study), *_claims(study), *_design(study)]
    return tuple(sorted(entries, key=lambda e: (CONSEQUENCES.index(e.consequence), VERDICTS.index(e.verdict))))


def _found(study: Study, file: str, row: int) -> tuple[Finding, ...]:
    """Findings on one row, gravest first."""
    return tuple(f for f in check_study(study) if f.file == file and row in f.rows)


def _figures(study: Study) -> Iterator[Entry]:
    for f in study.figures:
        yield Entry(
            f"figure-{f.row}", f.value, f.statistic, f.level, f.locator, f.arm, f.outcome,
            f.timepoint, {}, _allows(f), _found(study, "figures.csv", f.row),
        )  # fmt: skip


def _allows(figure: Figure) -> Interval | None:
    """What rounding lets a printed figure stand for; whole numbers of people and of scores are what they are."""
    if figure.statistic in WHOLE or ("." not in figure.value and figure.statistic not in ROUNDED):
        return None
    number = Printed(figure.value)
    return float(number.low), float(number.high)


WHOLE = ("n", "count", "improved", "worsened", "unchanged", "minimum", "maximum")
ROUNDED = ("mean", "sd", "percent", "change_mean", "change_sd", "change_percent")


def _claims(study: Study) -> Iterator[Entry]:
    for claim in study.claims:
        yield Entry(
            f"claim-{claim.row}", claim.p or "", claim.kind, "", claim.locator,
            claim.arms[0] if len(claim.arms) == 1 else "", claim.outcome, claim.timepoint,
            claim.statement, _p_allows(claim.p),
            _found(study, "claims.csv", claim.row),
        )  # fmt: skip


def _p_allows(p: str | None) -> Interval | None:
    try:
        return p_reach(p) if p else None
    except NotApplicable:
        return None


def _design(study: Study) -> Iterator[Entry]:
    for place, finding in enumerate(f for f in check_study(study) if f.file not in ("figures.csv", "claims.csv")):
        yield Entry(
            f"design-{place}", "", "design", "", finding.locator, finding.arm, finding.outcome, "", {}, None, (finding,)
        )
