"""Whatever rule fits a study, applied to it."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.checks.claims import claim_findings
from analysis.checks.design import duplicate_study
from analysis.checks.findings import CONSEQUENCES, Finding, arm_findings, figure_findings
from analysis.results import remembered
from analysis.studies import Study


@remembered(512)
def check_study(study: Study) -> tuple[Finding, ...]:
    """All findings on one study, those that bear on its conclusions first, consistent ones last."""
    found = [*figure_findings(study), *claim_findings(study), *arm_findings(study)]
    return tuple(sorted(found, key=lambda finding: CONSEQUENCES.index(finding.consequence)))


def verdicts_by_row(study: Study) -> dict[int, str]:
    """For each row of figures.csv the gravest verdict of any rule about it."""
    found: dict[int, str] = {}
    for finding in check_study(study):
        if finding.file == "figures.csv":
            for row in finding.rows:
                found[row] = min(found.get(row, GRAVITY[-1]), finding.verdict.status, key=GRAVITY.index)
    return found


GRAVITY = ("inconsistent", "cannot tell", "consistent")


def check_library(studies: Iterable[Study]) -> list[Finding]:
    """Findings between studies: folders that hold the same figures."""
    usable = [study for study in studies if study.usable]
    return [
        Finding("duplicate_study", verdict, "conclusion", f"data/{second.id}", (), f"data/{first.id}")
        for place, first in enumerate(usable)
        for second in usable[place + 1 :]
        if (verdict := duplicate_study(_as_printed(first), _as_printed(second))).status == "inconsistent"
    ]


def _as_printed(study: Study) -> set[tuple[str, ...]]:
    return {(f.timepoint, f.statistic, f.level, f.value) for f in study.figures}
