"""The frozen values that a network meta-analysis hands over. Nothing here computes more than a change of sign."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from analysis.results import Interval, Note, Status


@dataclass(frozen=True)
class Estimate:
    """A difference on the effects' own scale, with its normal interval and two-sided p."""

    value: float
    se: float
    interval: Interval
    p: float

    @property
    def z(self) -> float:
        return self.value / self.se

    def turned(self) -> Estimate:
        """The same difference subtracted the other way round."""
        low, high = self.interval
        return Estimate(-self.value, self.se, (-high, -low), self.p)


@dataclass(frozen=True)
class QTest:
    """Cochran's Q and its χ² test; p is None without degrees of freedom."""

    q: float
    df: int
    p: float | None


@dataclass(frozen=True)
class Contrast:
    """Treatment a minus treatment b.

    `direct` is what studies of both say alone (None without any), `studies` which ones they are, and
    `direct_share` its share of the network's precision, 0 to 1 (König, Krahn & Binder 2013).
    """

    a: str
    b: str
    estimate: Estimate
    direct: Estimate | None
    studies: tuple[str, ...]
    direct_share: float

    def turned(self) -> Contrast:
        """The same pair subtracted the other way round."""
        direct = self.direct and self.direct.turned()
        return Contrast(self.b, self.a, self.estimate.turned(), direct, self.studies, self.direct_share)


@dataclass(frozen=True)
class Node:
    """A treatment as a drawing shows it; `people` is None where a study doesn't say how many."""

    treatment: str
    studies: int
    people: int | None


@dataclass(frozen=True)
class Edge:
    """A pair that studies compared head to head, as a drawing shows it."""

    a: str
    b: str
    studies: int
    people: int | None


@dataclass(frozen=True)
class Network:
    """What all studies together say of every pair of treatments.

    `treatments` are in alphabetical order; `p_scores` follow that order, 0 to 1. `k` studies give `m` pairs
    of arms. `tau2` is the variance between studies of a difference; None where nothing tells it (the
    estimates then stand at 0). `i2` is percent. `total`, `within` and `between` are Q under a common
    effect: of everything, of studies of the same design, and between designs (inconsistency);
    `between_random` is the latter with the spread within designs, `tau2_within`, taken into account.
    """

    kind: str
    model: str
    tau2_method: str
    treatments: tuple[str, ...]
    k: int
    m: int
    tau2: float | None
    i2: float | None
    total: QTest
    within: QTest
    between: QTest
    between_random: QTest
    tau2_within: float | None
    pairs: tuple[Contrast, ...]
    p_scores: tuple[float, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    status: Status
    notes: tuple[Note, ...]
    higher_is_better: bool
    confidence: float

    @cached_property
    def _by_pair(self) -> dict[tuple[str, str], Contrast]:
        there = {(pair.a, pair.b): pair for pair in self.pairs}
        return there | {(pair.b, pair.a): pair.turned() for pair in self.pairs}

    def contrast(self, a: str, b: str) -> Contrast:
        """Treatment a minus treatment b; a KeyError where one of them isn't in the network."""
        return self._by_pair[a, b]

    def direct_share(self, a: str, b: str) -> float:
        """Share of the estimate's precision that studies of both treatments give, 0 to 1."""
        return self.contrast(a, b).direct_share

    @property
    def estimates(self) -> tuple[tuple[float, ...], ...]:
        """Row minus column, in the order of `treatments`."""
        return tuple(
            tuple(0.0 if a == b else self.contrast(a, b).estimate.value for b in self.treatments)
            for a in self.treatments
        )

    @property
    def ses(self) -> tuple[tuple[float, ...], ...]:
        """Standard errors of `estimates`; 0 on the diagonal."""
        return tuple(
            tuple(0.0 if a == b else self.contrast(a, b).estimate.se for b in self.treatments) for a in self.treatments
        )

    @property
    def ranked(self) -> tuple[str, ...]:
        """Treatments by P-score, the highest first."""
        score = dict(zip(self.treatments, self.p_scores, strict=True))
        return tuple(sorted(self.treatments, key=lambda treatment: (-score[treatment], treatment)))

    def against(self, reference: str) -> tuple[Contrast, ...]:
        """Every other treatment minus the reference, the best first."""
        return tuple(self.contrast(treatment, reference) for treatment in self.ranked if treatment != reference)

    @property
    def told_apart(self) -> bool:
        """True where the interval of any pair leaves no effect out."""
        return any(pair.estimate.interval[0] > 0 or pair.estimate.interval[1] < 0 for pair in self.pairs)

    def league(self) -> tuple[tuple[Contrast | None, ...], ...]:
        """One row per treatment, in the order of `ranked`: row minus column, None on the diagonal."""
        order = self.ranked
        return tuple(tuple(None if a == b else self.contrast(a, b) for b in order) for a in order)


@dataclass(frozen=True)
class Split:
    """Direct against indirect evidence of a − b; `difference` is direct − indirect, its p that of agreement."""

    a: str
    b: str
    studies: tuple[str, ...]
    direct_share: float
    direct: Estimate
    indirect: Estimate
    network: Estimate
    difference: Estimate

    @property
    def z(self) -> float:
        return self.difference.z

    @property
    def p(self) -> float:
        return self.difference.p
