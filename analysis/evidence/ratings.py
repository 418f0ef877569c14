"""The five domains of GRADE, each rated from what is known of a body of evidence: one rule, one threshold, one note.

What isn't known is never taken as good. Each rule is asked twice, with the best and the worst that an unknown
may turn out to be; where the two differ the rating is unknown, or "at least one level" where even the best
costs one.

GRADE leaves each rating to judgement. The thresholds here are proposals, each with its source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from analysis.evidence.pooling import FEW_FOR_ASYMMETRY
from analysis.results import Interval, Note, Pooled
from analysis.studies import HIGH, NO_INFORMATION, SEVERITY, Bias

LEVELS = (0, 1, 2)
NOT_SERIOUS, SERIOUS, VERY_SERIOUS = LEVELS

# "Most information" from studies at low (or high) risk: Cochrane Handbook 6.5, table 14.2.a. Most is read as half.
MOST = 0.5
# Substantial from 50%, considerable from 75%: Cochrane Handbook 6.5, section 10.10.2; GRADE guidelines 7
# (Guyatt et al. 2011, doi:10.1016/j.jclinepi.2011.03.017) asks for intervals that don't overlap, too.
SUBSTANTIAL_I2, CONSIDERABLE_I2 = 50.0, 75.0
# Optimal information size by rule of thumb: GRADE guidelines 6 (Guyatt et al. 2011,
# doi:10.1016/j.jclinepi.2011.01.012): 400 people for continuous outcomes, 300 events for others.
# Its exception, few events with a small risk in both groups of many people, is left to the reader.
ENOUGH_PEOPLE, ENOUGH_EVENTS = 400, 300
# "Far less" than that size may cost two levels: GRADE guidance 34 (Zeng et al. 2022,
# doi:10.1016/j.jclinepi.2022.07.014). Far less is read as below 30% of it.
FAR_FEWER = 0.3
# Egger's test: p below 0.10 (Egger et al. 1997, doi:10.1136/bmj.315.7109.629); from how many studies on, says pooling.
EGGER_P = 0.10
# Smallest effects that matter, offered as they are read (ratios as ratios, differences of shares in points): SDs from
# Cohen 1988; a ratio of 1.25 is the 25% that GRADE guidelines 6 takes for appreciable; the others are ours.
SMALLEST: Mapping[str, tuple[float, ...]] = {
    **dict.fromkeys(("hedges_g", "smcc", "smcr"), (0.2, 0.5, 0.8)),
    **dict.fromkeys(("log_odds_ratio", "log_risk_ratio"), (1.25, 1.5, 2.0)),
    "ratio_of_means": (1.1, 1.25, 1.5),
    "risk_difference": (5.0, 10.0, 20.0),
}


@dataclass(frozen=True)
class RatedBody:
    """What is known of the studies that answer one question; None is not known.

    `biases` and `intervals` are of the studies, in the order of `pooled.weights`; `intervals` are on the scale of
    the effects, on which 0 is no effect (a log for ratios), as is `smallest`, the smallest effect that matters.
    `people` and `events` are totals; events count only where `binary`. `compared` is False for changes within one
    group, which nobody was allocated to; `populations_mixed` says that babies differ between studies (term, preterm),
    which may be why effects differ. The next three are facts of indirectness:
    do people differ from those asked about, is the comparison indirect, does the outcome stand for another
    (prolactin for milk). `egger_p` is the p of Egger's test.
    """

    k: int
    randomised: bool
    biases: tuple[Bias | None, ...] = ()
    pooled: Pooled | None = None
    intervals: tuple[Interval, ...] = ()
    people: int | None = None
    events: int | None = None
    binary: bool = False
    populations_differ: bool | None = None
    indirect_comparison: bool | None = None
    surrogate: bool | None = None
    egger_p: float | None = None
    smallest: float | None = None
    compared: bool = True
    populations_mixed: bool = False


@dataclass(frozen=True)
class Rating:
    """How many levels a domain costs, None if unknown; `or_more` if an unknown may cost a further one.

    `note` names the numbers, said by `say.note(note, "certainty")`, as is `beside`, a further fact that bears on it.
    `proposed` is False where a reader chose.
    """

    level: int | None
    note: Note
    proposed: bool = True
    or_more: bool = False
    beside: Note | None = None

    @property
    def settled(self) -> bool:
        return self.level is not None and not self.or_more


def _rated(best: int, worst: int, key: str, **values: object) -> Rating:
    """One level if unknowns change nothing; at least the best if that costs something; else unknown."""
    note = Note(key, values)
    if best == worst:
        return Rating(best, note)
    return Rating(best, note, or_more=True) if best > NOT_SERIOUS else Rating(None, note)


# -- risk of bias --------------------------------------------------------------------------------------------------


def bias(body: RatedBody) -> Rating:
    """Where most of the weight is: at high risk two levels, not at low risk one (all studies alike if not pooled).

    Of a study that isn't judged in full, the domains that are say how severe it is at least.
    """
    shares = _bias_shares(body)
    said = {name: f"{100 * share:.0f}" for name, share in shares.items()}
    low, high, open_low, open_some = (shares[name] for name in ("low", "high", "unknown", "at_least_some"))
    if open_low + open_some == 0:
        return _rated(_bias_level(low, high), _bias_level(low, high), "bias-shares", **said)
    if open_low == 1:
        return Rating(None, Note("bias-not-assessed", {"k": body.k}))
    return _rated(
        _bias_level(low + open_low, high), _bias_level(low, high + open_low + open_some), "bias-partly", **said
    )


def _bias_level(low: float, high: float) -> int:
    if high > MOST:
        return VERY_SERIOUS
    return NOT_SERIOUS if low > MOST else SERIOUS


def _bias_shares(body: RatedBody) -> dict[str, float]:
    """Share of the weight by overall judgement; "no information" is at best some concerns."""
    weights = body.pooled.weights if body.pooled and len(body.pooled.weights) == body.k else (1.0,) * body.k
    shares: dict[str, float] = dict.fromkeys(("low", "some", "high", "at_least_some", "unknown"), 0.0)
    for weight, judged in zip(weights, (*body.biases, *(None,) * (body.k - len(body.biases))), strict=True):
        shares[_risk(judged)] += weight
    return {name: share / sum(weights) for name, share in shares.items()}


def _risk(bias: Bias | None) -> str:
    """Low, some or high; "at_least_some" or "unknown" where domains are missing that may still change it."""
    if bias is None or bias.at_least is None:
        return "unknown"
    severity = SEVERITY[bias.overall or bias.at_least]
    if severity >= HIGH:
        return "high"  # nothing that is still open makes it milder
    if bias.overall is None:
        return "at_least_some" if severity >= SEVERITY[NO_INFORMATION] else "unknown"
    return "low" if severity < SEVERITY[NO_INFORMATION] else "some"


# -- inconsistency -------------------------------------------------------------------------------------------------


def inconsistency(body: RatedBody) -> Rating:
    """I², intervals that don't overlap, opposite effects, a prediction interval that includes no effect; mixed babies.

    Term and preterm babies in one body are a reason why effects may differ (GRADE guidelines 7), no indirectness: they
    are among those asked about. They count where effects do differ.
    """
    found = _inconsistency(body)
    return replace(found, beside=Note("mixed-babies")) if body.populations_mixed and body.k > 1 else found


def _inconsistency(body: RatedBody) -> Rating:
    if body.k == 1:
        return Rating(NOT_SERIOUS, Note("one-study"))
    i2 = body.pooled.i2 if body.pooled else None
    apart = _apart(body)
    opposite, crossing = _opposite(body), _prediction_crosses(body.pooled)
    mixed = body.populations_mixed
    best = _inconsistency_level(i2 or 0.0, bool(apart), opposite is True, mixed or crossing is True)
    worst = _inconsistency_level(
        100.0 if i2 is None else i2, apart is None or apart > 0, opposite is not False, mixed or crossing is not False
    )
    pairs = body.k * (body.k - 1) // 2
    if i2 is None:
        key = "inconsistency-unknown" if apart is None else "inconsistency-no-i2"
        return _rated(best, worst, key, k=body.k, apart=apart, pairs=pairs)
    key = "inconsistency-no-intervals" if apart is None else "inconsistency"
    if crossing:
        key = f"{key}-prediction"
    low, high = (body.pooled.prediction if body.pooled and crossing else None) or (0.0, 0.0)
    return _rated(best, worst, key, i2=f"{i2:.0f}", apart=apart, pairs=pairs, low=float(low), high=float(high))


def _inconsistency_level(i2: float, apart: bool, opposite: bool, explained: bool) -> int:
    """`explained`: the prediction interval or mixed populations say that the difference is one that matters."""
    if i2 >= CONSIDERABLE_I2:
        return VERY_SERIOUS if opposite else SERIOUS
    return SERIOUS if i2 >= SUBSTANTIAL_I2 and (apart or explained) else NOT_SERIOUS


def _apart(body: RatedBody) -> int | None:
    """How many pairs of intervals have nothing in common; None if not every study has an interval."""
    if len(body.intervals) < body.k:
        return None
    return sum(a[1] < b[0] or b[1] < a[0] for a, b in combinations(body.intervals, 2))


def _opposite(body: RatedBody) -> bool | None:
    """Does one study's interval lie wholly above no effect and another's wholly below?"""
    above, below = any(low > 0 for low, _ in body.intervals), any(high < 0 for _, high in body.intervals)
    return None if len(body.intervals) < body.k and not (above and below) else above and below


def _prediction_crosses(pooled: Pooled | None) -> bool | None:
    """Does the prediction interval include no effect, though the pooled interval doesn't?"""
    if pooled is None:
        return None
    if _includes_none(pooled.interval):
        return False
    return None if pooled.prediction is None else _includes_none(pooled.prediction)


def _includes_none(interval: Interval) -> bool:
    return interval[0] <= 0 <= interval[1]


# -- indirectness --------------------------------------------------------------------------------------------------


def indirectness(body: RatedBody) -> Rating:
    """One level per kind of indirectness, two at most (GRADE guidelines 8, doi:10.1016/j.jclinepi.2011.04.014)."""
    facts = {
        "populations-differ": body.populations_differ,
        "indirect-comparison": body.indirect_comparison,
        "surrogate-outcome": body.surrogate,
    }
    known = tuple(name for name, fact in facts.items() if fact)
    unknown = tuple(name for name, fact in facts.items() if fact is None)
    best, worst = (min(VERY_SERIOUS, count) for count in (len(known), len(known) + len(unknown)))
    key = {(0, 0): "direct", (1, 0): "indirect", (0, 1): "indirect-unknown", (1, 1): "indirect-partly"}
    return _rated(best, worst, key[bool(known), bool(unknown)], known=known, unknown=unknown)


# -- imprecision ---------------------------------------------------------------------------------------------------


def imprecision(body: RatedBody) -> Rating:
    """The graver of two: what the interval includes, and how far the size is from the optimal information size."""
    interval, size = _interval(body), body.events if body.binary else body.people
    by_interval, by_size = _interval_levels(interval, body.smallest), _size_levels(size, body.binary)
    best, worst = (max(levels) for levels in zip(by_interval, by_size, strict=True))
    key = _imprecision_key(interval, size, body.smallest)
    return _rated(best, worst, key, **_imprecision_said(body, interval, size))


def _interval(body: RatedBody) -> Interval | None:
    """The pooled interval, or that of a study that stands alone."""
    if body.pooled:
        return body.pooled.interval
    return body.intervals[0] if body.k == len(body.intervals) == 1 else None


def _interval_levels(interval: Interval | None, smallest: float | None) -> tuple[int, int]:
    """Best and worst: no effect within costs one, important effects both ways two, none either way nothing."""
    if interval is None:
        return NOT_SERIOUS, VERY_SERIOUS
    if not _includes_none(interval):
        return NOT_SERIOUS, NOT_SERIOUS
    if smallest is None:  # whether it reaches effects that matter on both sides can't be told
        return SERIOUS, VERY_SERIOUS
    ways = _important_ways(interval, smallest)
    return ways, ways


def _important_ways(interval: Interval, smallest: float) -> int:
    """In how many directions the interval reaches an effect that matters: 0, 1 or 2."""
    return (interval[0] <= -abs(smallest)) + (interval[1] >= abs(smallest))


def _size_levels(size: int | None, binary: bool) -> tuple[int, int]:
    if size is None:
        return NOT_SERIOUS, VERY_SERIOUS
    enough = ENOUGH_EVENTS if binary else ENOUGH_PEOPLE
    level = VERY_SERIOUS if size < FAR_FEWER * enough else SERIOUS if size < enough else NOT_SERIOUS
    return level, level


def _imprecision_key(interval: Interval | None, size: int | None, smallest: float | None) -> str:
    if interval is None:
        said = "imprecision-no-interval"
    elif not _includes_none(interval):
        said = "imprecision-excludes"
    elif smallest is None:
        said = "imprecision-includes"
    else:
        ways = ("imprecision-neither", "imprecision-one-way", "imprecision-both-ways")
        said = ways[_important_ways(interval, smallest)]
    return f"{said}-no-size" if size is None else said


def _imprecision_said(body: RatedBody, interval: Interval | None, size: int | None) -> dict[str, object]:
    low, high = interval or (0.0, 0.0)
    return {
        "size": size,
        "of": ("events",) if body.binary else ("mothers",),
        "enough": ENOUGH_EVENTS if body.binary else ENOUGH_PEOPLE,
        "low": float(low),
        "high": float(high),
        "smallest": abs(float(body.smallest or 0)),
    }


# -- small-study effects -------------------------------------------------------------------------------------------


def small_study(body: RatedBody) -> Rating:
    """One level for Egger's p below 0.10; with few studies it can't tell, and GRADE doesn't rate down for that."""
    if body.k < FEW_FOR_ASYMMETRY:
        return Rating(NOT_SERIOUS, Note("small-few", {"k": body.k, "least": FEW_FOR_ASYMMETRY}))
    if body.egger_p is None:
        return _rated(NOT_SERIOUS, SERIOUS, "small-unknown", k=body.k)
    level = SERIOUS if body.egger_p < EGGER_P else NOT_SERIOUS
    key = "small-asymmetric" if level else "small-symmetric"
    return _rated(level, level, key, k=body.k, p=f"{body.egger_p:.3f}", least=f"{EGGER_P:.2f}")
