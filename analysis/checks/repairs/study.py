"""Repairs of a study: which change of one number would resolve a finding without making another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from analysis.checks.findings import Finding, figure_findings, measured
from analysis.checks.repairs.changes import Change, agrees_elsewhere, changes_for
from analysis.checks.repairs.conclusions import EACH, consequences, few_enough
from analysis.checks.repairs.repair import MOST, Repair, ranked
from analysis.recover import Budget
from analysis.results import NotApplicable, remembered
from analysis.studies import Figure, Study, margin_of, recover_arm

SECONDS = 0.8  # for trying changes; as much again for what they do to the tests


@dataclass(frozen=True)
class _Inconsistent:
    """What is inconsistent in a study, as rules with the rows they speak of."""

    found: frozenset[tuple[str, frozenset[int]]]

    @classmethod
    def of(cls, study: Study) -> _Inconsistent:
        findings = figure_findings(study)
        return cls(frozenset((f.rule, frozenset(f.rows)) for f in findings if f.verdict.status == "inconsistent"))

    def adds_to(self, other: _Inconsistent) -> bool:
        """True when something is inconsistent here that wasn't, nor was part of, before."""
        return any(not any(rule == r and rows <= old for r, old in other.found) for rule, rows in self.found)


@remembered(512)
def repairs_for(study: Study, finding: Finding, most: int = MOST) -> tuple[Repair, ...]:
    """The small changes that would resolve an inconsistent finding about figures, the smallest first.

    A change counts when the rules no longer find the number inconsistent, nothing else becomes so, and
    every other place that prints the same number agrees. Empty where nothing helps, and for findings
    about claims. Computed within about two seconds; repairs not reached by then have no consequence.
    """
    if finding.file != "figures.csv" or finding.verdict.status != "inconsistent":
        return ()
    budget = Budget(SECONDS)
    found = {_repair(study, change, budget): change for change in _resolving(study, finding, budget)}
    fitting = [repair for repair in found if repair.sets != 0] or [r for r in found if r.partner is None]
    budget = Budget(SECONDS)
    return tuple(_with_consequence(study, repair, found[repair], budget) for repair in ranked(fitting)[:most])


def _resolving(study: Study, finding: Finding, budget: Budget) -> Iterator[Change]:
    before, key = _Inconsistent.of(study), (finding.rule, frozenset(finding.rows))
    for change in sorted(changes_for(study, finding), key=lambda change: change.slip.cost):
        if budget.spent:
            return
        if not agrees_elsewhere(study, change):
            continue
        try:
            after = _Inconsistent.of(_only(change.made_to(study), change.arms))
        except NotApplicable:  # the new text is nothing that a rule can read
            continue
        if key not in after.found and not after.adds_to(before):
            yield change


def _only(study: Study, arms: Iterable[str]) -> Study:
    """The figures of some arms: no rule about figures joins two arms."""
    return replace(study, figures=tuple(f for f in study.figures if f.arm in arms))


def _repair(study: Study, change: Change, budget: Budget) -> Repair:
    figure, slip = change.figure, change.slip
    claimed = figure.printed_as.split()[0] if figure.printed_as and not change.drops_heading else figure.statistic
    name = {"n-off": "n", "items": "items"}.get(slip.kind, claimed)
    printed = {"n": measured(study, figure) or "", "items": "1"}.get(name, figure.value)
    sets, at_least = (None, False) if budget.spent else _sets_of(study, change)
    return Repair(
        slip.kind, name, printed, slip.text, slip.cost, sets, at_least,
        figure=figure, partner=change.partner, rows=change.rows,
    )  # fmt: skip


def _sets_of(study: Study, change: Change) -> tuple[int | None, bool]:
    """Sets at the place of the number; 0 where the number it changes places with doesn't fit there.

    Under another heading nearly any number passes the rules, so there both places must be counted to fit.
    """
    changed = change.made_to(study)
    sets, at_least = _sets(changed, change.figure)
    if change.partner is None:
        return sets, at_least
    there = _sets(changed, change.partner)[0]
    uncounted = change.slip.kind == "places-swapped" and None in (sets, there)
    return (0, False) if uncounted or there == 0 else (sets, at_least)


def _sets(study: Study, figure: Figure) -> tuple[int | None, bool]:
    """How many sets of scores fit at a figure's time (or tables, for a change), and whether at least so many."""
    measure = study.outcomes[figure.outcome]
    if not few_enough(study, figure.outcome, figure.arm):
        return None, False
    if ":" in figure.timepoint:
        people = recover_arm(study, figure.outcome, figure.arm, EACH)
        return (people.alternatives, False) if people else (None, False)
    try:
        found = margin_of(study, measure, figure.arm, figure.timepoint).distributions(EACH)
    except NotApplicable:
        return None, False
    return (found.count, False) if found.count is not None else (found.at_least or None, True)


def _with_consequence(study: Study, repair: Repair, change: Change, budget: Budget) -> Repair:
    if budget.spent:
        return repair
    return replace(repair, consequence=consequences(study, change.made_to(study), change.figure.outcome, change.arms))
