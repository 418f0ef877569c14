"""Which way each study points where few print an effect: directions, a sign test and combined p values.

None of these says how much: Cochrane Handbook 6.5, chapter 12. A direction counts a small study as a large one, and
one that found nothing often doesn't say which group lay higher.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np
from scipy import stats

from analysis.evidence.body import Body, Entry, pair_of
from analysis.evidence.choice import better_of, fits, name_of
from analysis.evidence.contrasts import Contrast, claims_of, contrasts_of, middle, worded
from analysis.recover import number_of_p, p_is_bound, p_upper
from analysis.results import Interval, NotApplicable, Status, weakest

Known = Literal["effect", "mean", "median", "mean_rank", "change_percent", "percent", "words"]
MIDDLES: tuple[Known, ...] = ("mean", "median", "mean_rank")
PRINTED: tuple[Known, ...] = (*MIDDLES, "change_percent", "percent")
NO_EFFECTS = frozenset({"probability_of_superiority"})  # effects whose middle isn't 0
SMALL_MEDIUM_LARGE = (0.2, 0.5, 0.8)  # standardised differences of the contours: Cohen 1988, Statistical Power Analysis


@dataclass(frozen=True)
class PrintedP:
    """A two-sided p: a number, or a bound ("<": at most this, ">": more than this).

    `text` is the number as printed, blank where it was computed from an effect.
    """

    value: float
    text: str = ""
    bound: Literal["", "<", ">"] = ""

    @property
    def z(self) -> float:
        return float(stats.norm.isf(self.value / 2))


@dataclass(frozen=True)
class Directed:
    """One comparison and its side: 1 better, −1 worse, 0 neither (said, or both alike), None where nothing tells.

    `known` is what tells it, `status` how that is known; `people` are those of both groups, or all that are printed.
    """

    contrast: Contrast
    side: int | None
    known: Known | None
    status: Status
    p: PrintedP | None
    people: int | None

    @property
    def one_sided(self) -> float | None:
        """p of "better", at most this where a bound is printed; None where side or p isn't known."""
        if not self.side or self.p is None or self.p.bound == ">":
            return None
        return self.p.value / 2 if self.side > 0 else 1 - self.p.value / 2

    @property
    def signed_z(self) -> float | None:
        """z of the two-sided p, above 0 for better; None where it can't be placed: no p, or no side of an exact one."""
        if self.p is None or (not self.side and self.p.bound != ">"):
            return None
        return -self.p.z if self.side == -1 else self.p.z

    @property
    def reach(self) -> Literal["", "<", ">", "both"]:
        """Where z can be: at its value, beyond it, between 0 and it, or within it on both sides of 0."""
        bound = self.p.bound if self.p else ""
        return "both" if bound == ">" and not self.side else bound


def directions(found: Body) -> tuple[Directed, ...]:
    """The direction of every comparison of a choice, in the order of its interventions."""
    rows = [_directed(entry, found) for entry in found.entries]
    return tuple(sorted(rows, key=lambda row: (name_of(row.contrast.treatments), row.contrast.study.id)))


def _directed(entry: Entry, found: Body) -> Directed:
    """As the row that stands for the pair tells it, else as the last other result of the pair that tells one."""
    first = _of_effect(entry) or _of(entry.contrast)
    if first.side is not None:
        return first
    others = (one for one in reversed(contrasts_of(entry.contrast.study)) if pair_of(one) == pair_of(entry.contrast))
    told = (_of(one) for one in others if fits(one, found.choice))
    return next((one for one in told if one.side is not None), first)


def _of_effect(entry: Entry) -> Directed | None:
    """From an effect that is drawn and rests on no word."""
    effect = entry.effect
    if effect is None or effect.kind in NO_EFFECTS or any(note.key == "direction-in-words" for note in effect.notes):
        return None
    computed = None
    if effect.variance:
        z = abs(effect.value) / math.sqrt(effect.variance)
        computed = PrintedP(float(2 * stats.norm.sf(z)))
    return _made(entry.contrast, _sign(effect.value), "effect", effect.status, computed)


def _of(contrast: Contrast) -> Directed:
    for known in PRINTED:
        difference = _difference(contrast, known)
        if difference is not None:
            return _made(contrast, _sign(difference), known, "derived")
    said = worded(contrast)
    return _made(contrast, said, "words" if said is not None else None, "reported")


def _difference(contrast: Contrast, known: Known) -> Fraction | None:
    """First less second arm by one kind of printed number, or the change of a single arm; None where one lacks."""
    values = [_printed(contrast, known, arm) for arm in contrast.arms]
    first, *others = values
    if first is None or None in others or (known == "percent" and not others):
        return None
    return first - sum(one for one in others if one is not None)


def _printed(contrast: Contrast, known: Known, arm: str) -> Fraction | None:
    if known in MIDDLES:
        return middle(contrast, known, arm)
    level = "yes" if known == "percent" else ""
    text = contrast.study.value(known, arm, contrast.outcome, contrast.when, level)
    return None if text is None else Fraction(text)


def _sign(difference: float | Fraction) -> int:
    return (difference > 0) - (difference < 0)


def _made(
    contrast: Contrast, higher: int | None, known: Known | None, status: Status, computed: PrintedP | None = None
) -> Directed:
    side = None if higher is None else -higher if better_of(contrast) == "lower" else higher
    own = weakest((status, contrast.study.known_as))
    return Directed(contrast, side, known, own, _printed_p(contrast) or computed, _people(contrast))


def _printed_p(contrast: Contrast) -> PrintedP | None:
    """The p that a study prints of just this comparison and time."""
    for claim, _, _ in claims_of(contrast):
        try:
            if claim.p and (made := _read(claim.p.strip())):
                return made
        except NotApplicable:
            continue
    return None


def _read(text: str) -> PrintedP | None:
    number = number_of_p(text)
    value = float(number.value)
    if not 0 <= value <= 1:
        return None
    if text[0] in ">≥":
        return PrintedP(value, number.text, ">")
    if value == 0:  # "0.000" stands for p < 0.0005
        return PrintedP(p_upper(text), f"{p_upper(text):f}".rstrip("0"), "<")
    return PrintedP(value, number.text, "<" if p_is_bound(text) else "")


def _people(contrast: Contrast) -> int | None:
    """People of both groups, else all that took part where the study compares no others."""
    if None not in contrast.n:
        return sum(n for n in contrast.n if n)
    people = contrast.study.facets.people
    return int(people) if people and set(contrast.all_arms) == set(contrast.study.arms) else None


# -- together ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Signs:
    """How many studies point which way, one direction each, and the share that is better of those with a side.

    `mixed` are studies whose comparisons point both ways; `share`, `interval` (Wilson's) and `p` (a sign test's) are
    None where none has a side.
    """

    better: int
    worse: int
    neither: int
    mixed: int
    unknown: int
    share: float | None
    interval: Interval | None
    p: float | None

    @property
    def studies(self) -> int:
        return self.better + self.worse + self.neither + self.mixed + self.unknown


@dataclass(frozen=True)
class Combined:
    """p values of `studies` studies combined: does any of them, on the whole, speak for better?"""

    studies: int
    bounds: int
    fisher: float
    stouffer: float


def signs(rows: Iterable[Directed]) -> Signs:
    """Vote counting by direction, and its sign test: Cochrane Handbook 6.5, section 12.2.1.3."""
    sides = [_side(rows) for rows in _by_study(rows)]
    better, worse = sides.count(1), sides.count(-1)
    counts = (better, worse, sides.count(0), sides.count("mixed"), sides.count(None))
    if not better + worse:
        return Signs(*counts, None, None, None)
    test = stats.binomtest(better, better + worse)
    low, high = test.proportion_ci(method="wilson")
    return Signs(*counts, better / (better + worse), (float(low), float(high)), float(test.pvalue))


def combined(rows: Iterable[Directed]) -> Combined | None:
    """One-sided p of "better", one per study, by Fisher and by Stouffer: Cochrane Handbook 6.5, section 12.2.1.2.

    A bound counts with its largest p; of a study with several comparisons the first with a p counts. None of fewer
    than two studies.
    """
    told = [next((one for one in study if one.one_sided is not None), None) for study in _by_study(rows)]
    kept = [one for one in told if one is not None]
    ps = [one.one_sided for one in kept if one.one_sided is not None]
    if len(ps) < 2:
        return None
    fisher, stouffer = (float(np.array(stats.combine_pvalues(ps, method=how))[1]) for how in ("fisher", "stouffer"))
    return Combined(len(ps), sum(one.p is not None and bool(one.p.bound) for one in kept), fisher, stouffer)


def _by_study(rows: Iterable[Directed]) -> list[list[Directed]]:
    found: dict[str, list[Directed]] = {}
    for row in rows:
        found.setdefault(row.contrast.study.id, []).append(row)
    return list(found.values())


def _side(rows: Sequence[Directed]) -> int | str | None:
    """A study's one direction: that of its comparisons that have a side, where they agree."""
    told = {row.side for row in rows if row.side is not None}
    sides = told - {0}
    if len(sides) == 2:
        return "mixed"
    return next(iter(sides or told), None)


# -- albatross ---------------------------------------------------------------------------------------------------------


def z_at(difference: float, people: int) -> float:
    """z of a standardised difference between two groups of equal size, `people` in all: difference·√people / 2.

    Harrison et al. 2017, The albatross plot, doi:10.1002/jrsm.1239.
    """
    return difference * math.sqrt(people) / 2
