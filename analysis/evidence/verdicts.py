"""What arithmetic says of the printed numbers that a comparison rests on."""

from __future__ import annotations

from analysis.checks import VERDICTS, ledger
from analysis.evidence.contrasts import Contrast


def verdict_of(contrast: Contrast) -> str:
    """The gravest verdict on any printed number or claim about the compared arms in this outcome at this time.

    "not checked" where no rule applies to any of them.
    """
    found = (verdict for one in contrast.comparisons for verdict in _of_one(one))
    return min(found, key=VERDICTS.index, default=VERDICTS[-1])


def _of_one(contrast: Contrast) -> list[str]:
    times = {contrast.when, *contrast.when.split(":")}
    return [
        entry.verdict
        for entry in ledger(contrast.study)
        if entry.outcome == contrast.outcome
        and entry.arm in ("", *contrast.arms)
        and (entry.timepoint in times or set(entry.timepoint.split(":")) == times - {contrast.when})
    ]
