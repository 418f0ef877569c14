"""What may have happened to the figures of a finding, each as a change that can be made to the study."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from analysis.checks.findings import Finding, measured
from analysis.checks.numbers import grim, grimmer
from analysis.checks.repairs.repair import COSTS, MOST_ITEMS
from analysis.checks.repairs.slips import Slip, missing_people, other_formulas, slips
from analysis.checks.verdicts import meet, reach_of
from analysis.recover import required
from analysis.results import NotApplicable
from analysis.studies import Figure, Study

PEOPLE = frozenset({"count", "improved", "worsened", "unchanged"})  # whole numbers of people
BESIDE = {  # rules about one figure that bring in others of the same place
    "grimmer": ("mean",),
    "sd_bounds": ("mean",),
    "percentage": ("count",),
    "rank_sums": ("mean_rank_negative", "improved", "worsened"),
}


@dataclass(frozen=True)
class Change:
    """One change of a study: new texts by row, a heading dropped, an arm's n, or items behind a score.

    `figure` is the figure it is about; `partner` the one it changes places with.
    """

    slip: Slip
    figure: Figure
    texts: Mapping[int, str] = field(default_factory=dict)
    partner: Figure | None = None
    drops_heading: bool = False

    @property
    def rows(self) -> tuple[int, ...]:
        return tuple(self.texts)

    @property
    def arms(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(f.arm for f in (self.figure, self.partner) if f))

    def made_to(self, study: Study) -> Study:
        """The study as it would be; a figure that changes is no misprint any more."""
        if self.slip.kind == "n-off" and not self.texts:  # no n is printed for this time: it is the arm's
            arm = replace(study.arms[self.figure.arm], n=self.slip.text)
            return replace(study, arms={**study.arms, arm.id: arm})
        if self.slip.kind == "items":
            measure = replace(study.outcomes[self.figure.outcome], scale="continuous")
            return replace(study, outcomes={**study.outcomes, measure.id: measure})
        return replace(study, figures=tuple(self._changed(f) for f in study.figures))

    def _changed(self, figure: Figure) -> Figure:
        if figure.row not in self.texts:
            return figure
        heading = None if self.drops_heading else figure.printed_as
        return replace(figure, value=self.texts[figure.row], printed_as=heading, corrected=None, why=None)


def changes_for(study: Study, finding: Finding) -> Iterator[Change]:
    """Every change that may explain a finding; whether it does is for the rules to say."""
    own = [f for f in study.figures if f.row in finding.rows]
    near = [g for f in own for g in _beside(study, f, finding.rule)]
    figures = list({(_what(f), f.value): f for f in reversed([*own, *near])}.values())[::-1]
    for figure in figures:
        for slip in (*_elsewhere(study, figure), *slips(figure.value), *_formulas(study, figure)):
            yield _written(study, figure, slip)
        yield from _swaps(study, figure)
        if figure.printed_as:
            slip = Slip("places-swapped", figure.value, COSTS["places-swapped"])
            yield Change(slip, figure, {figure.row: figure.value}, drops_heading=True)
    yield from (_written(study, figure, slip) for figure, slip in _from_others(study, finding, figures))
    for figure in own[:1]:
        yield from _people_and_items(study, figure)


def _beside(study: Study, figure: Figure, rule: str) -> list[Figure]:
    wanted = BESIDE.get(rule, ())
    near = study.find(arm=figure.arm, outcome=figure.outcome, timepoint=figure.timepoint, level=figure.level)
    return [f for f in near if f.statistic in wanted]


def _written(study: Study, figure: Figure, slip: Slip) -> Change:
    """A new text wherever the same number is printed with the same text: a slip was copied along."""
    return Change(slip, figure, {f.row: slip.text for f in same_number(study, figure) if f.value == figure.value})


def same_number(study: Study, figure: Figure) -> list[Figure]:
    """All places that print the number which this figure prints, itself included."""
    return [f for f in study.figures if _what(f) == _what(figure)]


def _what(f: Figure) -> tuple[str | None, ...]:
    return f.arm, f.outcome, f.timepoint, f.statistic, f.level, f.printed_as


def _elsewhere(study: Study, figure: Figure) -> list[Slip]:
    others = dict.fromkeys(f.value for f in same_number(study, figure) if f.value != figure.value)
    return [Slip("elsewhere", text, COSTS["elsewhere"]) for text in others]


def _formulas(study: Study, figure: Figure) -> Iterator[Slip]:
    """The SD that this one stands for if it is an SE or divides by n, and the mean beside it allows that."""
    mean = study.value("mean", figure.arm, figure.outcome, figure.timepoint, figure.level)
    n = measured(study, figure)
    if figure.statistic != "sd" or mean is None or n is None or study.outcomes[figure.outcome].scale != "ordinal":
        return
    for slip, ddof in other_formulas(mean, figure.value, n):
        if grimmer(mean, figure.value, n, ddof=ddof).status == "consistent":
            yield slip


def _swaps(study: Study, figure: Figure) -> Iterator[Change]:
    """Numbers of the same outcome that may have changed places: of the other arm, or of another heading."""
    others = {(_what(f), f.value): f for f in reversed(study.find(outcome=figure.outcome, level=figure.level))}
    for other in others.values():
        same = [getattr(other, name) == getattr(figure, name) for name in ("arm", "timepoint", "statistic")]
        if other.value == figure.value or sum(same) != 2 or other.printed_as or figure.printed_as:
            continue
        kind = "places-swapped" if same[0] else "arms-swapped"
        there = _written(study, figure, Slip(kind, other.value, COSTS[kind]))
        back = _written(study, other, Slip(kind, figure.value, COSTS[kind]))
        yield replace(there, texts={**there.texts, **back.texts}, partner=other)


def _from_others(study: Study, finding: Finding, figures: list[Figure]) -> Iterator[tuple[Figure, Slip]]:
    """The value that the other numbers of a sum or a percentage leave."""
    n = measured(study, figures[0])
    people = [f for f in figures if f.statistic in PEOPLE and f.value.isdecimal()]
    if finding.rule == "counts_total" and n and n.isdecimal():
        for figure in people:
            rest = int(n) - sum(int(f.value) for f in people if f is not figure)
            if rest >= 0:
                yield figure, Slip("from-others", str(rest), COSTS["from-others"])
    if finding.rule == "percentage":
        right = finding.verdict.explanation.values["right"]
        for figure in figures:
            text = finding.verdict.expected if figure.statistic == "count" else str(right)
            if text is not None:
                yield figure, Slip("from-others", text, COSTS["from-others"])
    if finding.rule == "change_arithmetic" and finding.verdict.expected:
        yield figures[0], Slip("from-others", finding.verdict.expected, COSTS["from-others"])


def _people_and_items(study: Study, figure: Figure) -> Iterator[Change]:
    n = measured(study, figure)
    if n is None:
        return
    then = study.find(statistic="n", arm=figure.arm, outcome=figure.outcome, timepoint=figure.timepoint)
    for slip in missing_people(n):
        yield Change(slip, figure, {f.row: slip.text for f in then})
    if items := _items(study, figure.outcome):
        yield Change(Slip("items", str(items), COSTS["items"]), figure)


def _items(study: Study, outcome: str) -> int | None:
    """The smallest number of items whose means all printed means and SDs of an outcome can be.

    None where people are counted by score: then the scores themselves are printed, and whole.
    """
    if study.outcomes[outcome].scale != "ordinal" or any(f.level for f in study.find(outcome=outcome)):
        return None
    printed = [f for f in study.find(outcome=outcome) if f.statistic in ("mean", "sd") and not f.printed_as]
    return next((k for k in range(2, MOST_ITEMS + 1) if all(_of_items(study, f, k) for f in printed)), None)


def _of_items(study: Study, figure: Figure, items: int) -> bool:
    n = measured(study, figure)
    mean = study.value("mean", figure.arm, figure.outcome, figure.timepoint, figure.level)
    if n is None:
        return True
    if figure.statistic == "mean":
        return grim(figure.value, n, items).status == "consistent"
    return mean is None or grimmer(mean, figure.value, n, items).status == "consistent"


def agrees_elsewhere(study: Study, change: Change) -> bool:
    """Does the new text agree with every other place that prints the same number and is no misprint?"""
    if change.drops_heading:
        return True  # its text stays; whether it agrees under its own name is for the rules to say
    for figure in (f for f in study.figures if f.row in change.texts):
        others = [f.usable for f in same_number(study, figure) if f.row not in change.texts]
        if not all(_overlap(change.texts[figure.row], other) for other in others if other is not None):
            return False
    return True


def _overlap(text: str, other: str) -> bool:
    try:
        first, second = required(text), required(other)
    except NotApplicable:
        return False
    return meet(reach_of(first), reach_of(second))
