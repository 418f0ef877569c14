"""What the rules find on the library, one line each: `make findings` writes the list that was reviewed.

Read each line that is new in the difference beside its source before it is committed.
"""

from __future__ import annotations

from pathlib import Path

from analysis import load_context, load_studies
from analysis.checks import check_study
from analysis.words import say_in

REVIEWED = Path(__file__).parent / "reference" / "findings.txt"


def findings() -> list[str]:
    """Every finding on the real studies that isn't "consistent"."""
    say = say_in("en")
    return [
        f"{study.id} | {finding.consequence} | {finding.rule} | {say.note(finding.verdict.explanation, 'check')}"
        for study in [*load_studies().values(), *load_context()]
        for finding in check_study(study)
        if finding.consequence != "none"
    ]


if __name__ == "__main__":
    REVIEWED.write_text("".join(f"{line}\n" for line in findings()), encoding="utf-8")
