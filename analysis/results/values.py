"""The frozen values that rooms of this house pass to each other.

Nothing here computes: a result is made in one place (`methods`, `recover`, `checks`, `effects`)
and read everywhere else. Words are never stored, only keys that `analysis.words` can say in any
language, with the values that go into them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Interval = tuple[float, float]
Status = Literal["reported", "derived", "recovered", "assumed", "illustrative", "uploaded"]
STRONGEST_FIRST: tuple[Status, ...] = ("reported", "derived", "recovered", "assumed", "uploaded", "illustrative")


def weakest(statuses: Iterable[Status]) -> Status:
    """What a whole may be called whose parts are of unlike evidence: the weakest status of any part."""
    return max(statuses, key=STRONGEST_FIRST.index)


class NotApplicable(ValueError):
    """A method was asked for something it can't answer; `.note` says why in language-free form."""

    def __init__(self, key: str, **values: object) -> None:
        self.note = Note(key, values)
        super().__init__(f"{key}: {values}" if values else key)


@dataclass(frozen=True)
class Note:
    """A sentence that is not yet said: its key in `words/` and the values it mentions."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.key, tuple(sorted((k, str(v)) for k, v in self.values.items()))))


@dataclass(frozen=True)
class Effect:
    """An effect size with the formula that made it, which names its denominator, and where that is from.

    `interval` may be open on one side (±inf) where a study prints only a bound, or where nobody of a group
    said yes: then a ratio may be infinite itself. An effect that a test makes from its samples is
    "derived": whose samples those are is the question's own status.

    `substituted` is the formula with its numbers, `variance_formula` says how the variance comes about, and
    `notes` are what a reader must know before relying on it.
    """

    value: float
    variance: float | None
    interval: Interval | None
    kind: str
    status: Status
    formula: str
    source: str = ""
    substituted: str = ""
    variance_formula: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Pooled:
    """What several effects of one kind say together (random effects, unless `tau2_method` is "FE").

    All values are on the effects' own scale (a log for ratios). `weights` are percent, in the order of the
    effects, and sum to 100. `i2` is percent. What k effects are too few for is None, and a note says why.
    """

    kind: str
    k: int
    tau2_method: str
    interval_method: str
    estimate: float
    se: float
    interval: Interval
    p: float
    tau2: float | None
    tau2_interval: Interval | None
    i2: float | None
    q: float | None
    q_df: int
    q_p: float | None
    prediction: Interval | None
    weights: tuple[float, ...]
    status: Status
    notes: tuple[Note, ...] = ()
    confidence: float = 0.95


@dataclass(frozen=True)
class Outcome:
    """What one statistical test found.

    `estimate` is in the unit of the data, `effect` is unit-free; both belong to `contrast`, which
    says what was subtracted from what. `n` is the number of pairs or people, or one number per group.
    `p` is None where a method has none of its own (an interval by bootstrap, a Bayes factor).
    `others` are further effect sizes of the same comparison, in the same direction, which repeat neither
    estimate nor effect. `parts` are the comparisons of two samples each that a test of several samples
    makes; the whole then repeats the part with the smallest p.
    """

    method: str
    statistic: float | None
    statistic_name: str
    df: float | tuple[float, ...] | None
    p: float | None
    estimate: float | None
    estimate_name: str
    interval: Interval | None
    effect: float | None
    effect_name: str
    effect_interval: Interval | None
    n: int | tuple[int, ...]
    contrast: str
    notes: tuple[Note, ...] = ()
    confidence: float = 0.95
    others: tuple[Effect, ...] = ()
    parts: tuple[Outcome, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What arithmetic says of a printed number: `explanation` holds the arithmetic itself."""

    status: Literal["consistent", "inconsistent", "cannot tell"]
    explanation: Note
    expected: str | None = None
