"""What could a study of this size have shown? Asked of its numbers of people, never of what it found.

The effect that was seen enters nowhere as the truth: "observed power" only repeats p in other words
(Hoenig & Heisey 2001, doi:10.1198/000313001300339897). What does enter is n, the SD where one is known,
and, for yes/no answers, the share of the second group or the share who changed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from analysis.asking.attempts import lacking, printed_kinds
from analysis.asking.questions import Question
from analysis.asking.summaries import needs_n
from analysis.methods import METHODS, differences
from analysis.methods import power as of
from analysis.results import NotApplicable, Note, Status, remembered

Kind = Literal["pairs", "groups", "shares", "changers"]
TESTS: dict[Kind, str] = {"pairs": "paired-t", "groups": "independent-t", "shares": "fisher", "changers": "mcnemar"}
OF_MEANS = ("pairs", "groups")
LARGEST_N = 300  # people per group: enumerating more takes seconds
LARGEST_N_OF_MEANS = 1_000_000
BEYOND = 1.5  # how far the curve goes on past the effect that is found with the power asked for


@dataclass(frozen=True)
class Curve:
    """Power at true effects from 0 on, both of shape (`power.STEPS`,)."""

    effects: np.ndarray
    power: np.ndarray


@dataclass(frozen=True, eq=False)
class Detectable:
    """What a number of people could show at level `alpha`; effects are sizes, never below 0.

    `n`: pairs, or people per group. `kind`: mean change of pairs (effects are d_z), means of two groups
    (d), shares of yes in two groups (difference of shares) or yes/no answers before and after (share who
    gain less share who lose). `share`: yes in the second group, or people who change. `falls` is True
    where effects lie below the second group's share. `sd`: of the change, or pooled, in the unit of the
    outcome; None where unknown. `power` is the power asked for.
    """

    kind: Kind
    n: tuple[int, ...]
    alpha: float
    power: float
    share: float | None
    falls: bool
    sd: float | None
    status: Status

    @property
    def test(self) -> str:
        """Id of the method whose power this is."""
        return TESTS[self.kind]

    @property
    def effect_name(self) -> str:
        """Which effect size, as in `Outcome.effect_name`."""
        return {"pairs": "d_z", "groups": "cohens_d"}.get(self.kind, "risk_difference")

    @property
    def largest(self) -> float:
        """The largest effect there can be; for means the end of what is searched."""
        if self.kind in OF_MEANS:
            return of.FAR
        return self._share if self.kind == "changers" else 1 - self._base

    @property
    def _share(self) -> float:
        """The share that counts can't do without; `detectable_at` makes none of them without it."""
        if self.share is None:
            raise NotApplicable("needs-share")
        return self.share

    @property
    def _base(self) -> float:
        """Power of a fall from a share of yes is the power of a rise from the share of no."""
        return 1 - self._share if self.falls else self._share

    def power_at(self, effect: float) -> float:
        """How often such a study finds a true effect of this size."""
        return self._power(effect, self.n)

    def _power(self, effect: float, n: tuple[int, ...]) -> float:
        if self.kind in OF_MEANS:
            return of.power_of_t(effect, *_width_and_df(n), self.alpha)
        if self.kind == "shares":
            n_a, n_b = n
            return of.power_of_fisher(effect, self._base, n_a, n_b, self.alpha)
        return of.power_of_mcnemar(effect, self._share, n[0], self.alpha)

    @cached_property
    def smallest_significant(self) -> float | None:
        """The smallest effect seen that has p < alpha; None where nothing that can be seen has.

        For counts, where the second group's yes (or those who change) are the number nearest to `share`.
        """
        if self.kind in OF_MEANS:
            return of.significant_t(*_width_and_df(self.n), self.alpha)
        if self.kind == "shares":
            n_a, n_b = self.n
            return of.significant_by_fisher(self._base, n_a, n_b, self.alpha)
        return of.significant_by_mcnemar(self._share, self.n[0], self.alpha)

    @cached_property
    def detectable(self) -> float | None:
        """The true effect that is found with the power asked for; None where none is."""
        return of.effect_found(self.power_at, self.power, self.largest)

    @cached_property
    def curve(self) -> Curve:
        """Power against true effects; for means, some way past both marks."""
        if self.kind not in OF_MEANS:
            return Curve(*of.curve(self.power_at, self.largest))
        reach = max(filter(None, (self.detectable, self.smallest_significant)))
        return Curve(*of.curve(self.power_at, BEYOND * reach))

    def in_unit(self, effect: float | None) -> float | None:
        """A standardised effect in the unit of the outcome; None without SD, and for shares, which have none."""
        return None if effect is None or self.sd is None else effect * self.sd

    def with_n(self, n: int | tuple[int, int]) -> Detectable:
        """The same for a number of people that a reader chooses: pairs, or people per group."""
        return detectable_at(self.kind, n, self.alpha, self.power, share=self.share, falls=self.falls, sd=self.sd)

    def needed_n(self, effect: float) -> int | None:
        """Pairs, or people in each of two equal groups, from which on a true effect is found with the power asked for.

        None where that takes more than `LARGEST_N` people (counts), or the effect is 0 or can't be.
        """
        if not 0 < effect <= self.largest:
            return None
        sides = len(self.n)
        most = LARGEST_N_OF_MEANS if self.kind in OF_MEANS else LARGEST_N
        return of.fewest_people(lambda n: self._power(effect, (n,) * sides), self.power, 2, most)


def detectable_at(
    kind: Kind,
    n: int | tuple[int, ...],
    alpha: float = 0.05,
    power: float = 0.8,
    *,
    share: float | None = None,
    falls: bool = False,
    sd: float | None = None,
    status: Status = "assumed",
) -> Detectable:
    """What `n` people could show; for two groups one n stands for both. Fields as in `Detectable`.

    Raises:
        NotApplicable: fewer than 2 people, more than can be enumerated, or a share is needed and isn't there.
    """
    sides = 2 if kind in ("groups", "shares") else 1
    people = tuple(n) if isinstance(n, tuple) else (n,) * sides
    if min(people) < 2:
        raise NotApplicable("too-few", least=2, n=min(people))
    if kind not in OF_MEANS:
        if max(people) > LARGEST_N:
            raise NotApplicable("n-out-of-range", n=max(people), least=2, largest=LARGEST_N)
        if share is None or not 0 <= share <= 1 or (kind == "changers" and share == 0):
            raise NotApplicable("needs-share")
    return Detectable(kind, people, alpha, power, share, falls, sd, status)


@remembered(256)
def detectable(
    question: Question, alpha: float = 0.05, power: float = 0.8, chosen: int = 0, share: float | None = None
) -> Detectable | Note:
    """What the people of a question could have shown, or the reason (room "reason") why that can't be said.

    Args:
        chosen: the data set whose SD, or whose share, is taken.
        share: a reader's own share of yes in the second group, or of people who change; marked assumed.

    Scores are taken by their means. Three or more timepoints: the first and the last.
    """
    if question.measure.scale == "percentage":
        return Note("wrong-scale", {"scale": ("percentage",), "needed": ("continuous", "ordinal", "binary")})
    if question.quantity == "adjusted":
        return Note("other-question", {"quantities": ("after", "change")})
    if question.kind == "within" and len(question.timepoints) < 2:
        return lacking(question, METHODS["mcnemar" if question.measure.scale == "binary" else "paired-t"])
    if question.kind == "between" and question.quantity == "change" and _has_no_change(question):
        return Note("other-question", {"quantities": ("after",)})
    n = people_of(question)
    if n is None:
        return Note(_needs_n(question))
    try:
        if question.measure.scale == "binary":
            return _of_answers(question, n, alpha, power, chosen, share)
        kind = "pairs" if question.kind == "within" else "groups"
        return detectable_at(kind, n, alpha, power, sd=_sd(question, chosen), status=question.status)
    except NotApplicable as error:
        return error.note


def _has_no_change(question: Question) -> bool:
    """One timepoint only; or yes/no answers, whose changes are no shares of two groups."""
    return len(question.timepoints) < 2 or question.measure.scale == "binary"


def people_of(question: Question) -> tuple[int, ...] | None:
    """People per arm: those with values, or as printed; None where an arm's number is unknown."""
    samples = question.samples()
    if "paired" in samples:
        before, after = samples["paired"]
        return (int((~np.isnan(before) & ~np.isnan(after)).sum()),)
    if "groups" in samples:
        return tuple(int((~np.isnan(group)).sum()) for group in samples["groups"])
    sides = question.summaries[-1:] if question.kind == "within" else question.summaries
    printed = tuple(int(side.n) for side in sides if side.n is not None)
    return printed if len(printed) == len(sides) else None


def _needs_n(question: Question) -> str:
    side = next(side for side in reversed(question.summaries) if side.n is None)
    return needs_n(question.study, side.arm, side.timepoint)


def _of_answers(question, n, alpha, power, chosen, share) -> Detectable | Note:
    """Yes/no answers: the second group's share, or the share who changed, from the people or as printed."""
    status = question.status if share is None else "assumed"
    share = _share(question, chosen) if share is None else share
    kind = "changers" if question.kind == "within" else "shares"
    if share is None:
        needs = "needs-paired-people" if kind == "changers" else "needs-people"
        return Note(needs, {"printed": printed_kinds(question.study, question.measure.id)})
    if kind == "changers" and share == 0:
        return Note("nobody-changed")
    falls = kind == "shares" and (share == 1 or (question.measure.better == "lower" and share > 0))
    return detectable_at(kind, n, alpha, power, share=share, falls=falls, status=status)


def _share(question: Question, chosen: int) -> float | None:
    samples = question.complete(chosen)
    if "paired" in samples:
        before, after = samples["paired"]
        return float((before != after).mean())
    if "groups" in samples:
        return float(np.mean(samples["groups"][1]))
    percent = question.summaries[1].percent if question.kind == "between" else None
    return float(percent) / 100 if percent else None


def _sd(question: Question, chosen: int) -> float | None:
    """SD of the change, or pooled SD of two groups, in the unit of the outcome; None where unknown or 0."""
    samples = question.samples(chosen)
    if "paired" in samples:
        return _pooled([_spread(differences(*samples["paired"]))])
    if "groups" in samples:
        return _pooled([_spread(group) for group in samples["groups"]])
    if "groups-summary" in samples:
        return _pooled([(sd, n) for _, sd, n in samples["groups-summary"]])
    printed = samples.get("paired-summary", ())
    return _pooled([(sd, n) for _, sd, n in printed]) if len(printed) == 1 else None


def _spread(values: np.ndarray) -> tuple[float, int]:
    there = values[~np.isnan(values)]
    return float(there.std(ddof=1)) if len(there) > 1 else 0.0, len(there)


def _pooled(sides: list[tuple[float, int]]) -> float | None:
    df = sum(n - 1 for _, n in sides)
    return math.sqrt(sum((n - 1) * sd**2 for sd, n in sides) / df) or None if df > 0 else None


def _width_and_df(n: tuple[int, ...]) -> tuple[float, int]:
    """Standard error of a standardised difference, and degrees of freedom, of the t test of this design."""
    return (1 / math.sqrt(n[0]), n[0] - 1) if len(n) == 1 else (of.width_of_groups(*n), sum(n) - 2)
