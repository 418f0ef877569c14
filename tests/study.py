"""What a study folder leaves wrong or unsaid, and what the rules find on it: `make study ID=<folder>`."""

from __future__ import annotations

import sys

from analysis import load_study
from analysis.checks import check_study
from analysis.studies import DATA
from analysis.words import say_in
from pages.ui.shared.show import problem


def main(folder: str) -> int:
    """1 where something is wrong, so that the study can't be shown."""
    study, say = load_study(DATA / folder), say_in("en")
    for found in study.problems:
        print("wrong:", problem(found, say))
    for gap in study.gaps:
        print("left unsaid:", problem(gap, say))
    for finding in check_study(study) if study.usable else ():
        if finding.consequence != "none":
            print("found:", finding.locator, say.note(finding.verdict.explanation, "check"))
    if study.usable:
        print(f"{folder} is shown, with {len(study.figures)} printed numbers and {len(study.claims)} claims")
    return 0 if study.usable else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
