"""One meta-analysis: the pooled effect with interval, prediction, τ², Q, I² and weights."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy import special

from analysis.evidence.pooling.studies import Studies, studies_of
from analysis.evidence.pooling.tau2 import Weighted, estimator, i_squared, q_profile, weighted
from analysis.results import Effect, Interval, NotApplicable, Note, Pooled

INTERVALS = ("HKSJ", "HKSJ-safeguarded", "Wald")
SAFEGUARDED = "HKSJ-safeguarded"  # what screens show unasked: two studies that happen to agree leave some width
FEW_FOR_TAU2 = 5  # below: estimates of τ² are rough whatever the estimator (Langan et al. 2019, doi:10.1002/jrsm.1316)


@dataclass(frozen=True)
class Margins:
    """How far an interval reaches: SE times `inflation` times the quantile of t with `df`, or normal where None."""

    inflation: float
    df: float | None
    confidence: float

    @property
    def quantile(self) -> float:
        upper = (1 + self.confidence) / 2
        return float(special.ndtri(upper) if self.df is None else special.stdtrit(self.df, upper))

    def around(self, estimate: float, se: float) -> Interval:
        return estimate - self.quantile * se, estimate + self.quantile * se

    def p(self, estimate: float, se: float) -> float:
        """Two-sided p of no effect; an SE of 0 leaves no doubt either way."""
        if se == 0:
            return 0.0 if estimate else 1.0
        size = abs(estimate / se)
        return float(2 * (special.ndtr(-size) if self.df is None else special.stdtr(self.df, -size)))


def need_interval(name: str) -> None:
    """Refuses an interval of no known name."""
    if name not in INTERVALS:
        raise NotApplicable("unknown-interval", name=name, known=", ".join(INTERVALS))


def margins(fit: Weighted, interval: str, confidence: float) -> Margins:
    """The margins of a fit: Hartung–Knapp–Sidik–Jonkman's, the same never below Wald's, or Wald's.

    HKSJ multiplies the variances by q = Q/(k − p), with Q at the estimated τ², and uses t with k − p degrees
    of freedom (Knapp & Hartung 2003, doi:10.1002/sim.1482). Safeguarded: max(1, q) (Röver et al. 2015,
    doi:10.1186/s12874-015-0091-1; metafor's test = "adhoc").
    """
    if interval == "Wald":
        return Margins(1.0, None, confidence)
    df = len(fit.residuals) - len(fit.coefficients)
    spread = 0.0 if fit.q <= np.finfo(float).eps else fit.q / df  # effects all alike leave rounding dust
    if interval == SAFEGUARDED:
        spread = max(1.0, spread)
    return Margins(math.sqrt(spread), df, confidence)


def pool(effects: Iterable[Effect], tau2: str = "REML", interval: str = "HKSJ", *, confidence: float = 0.95) -> Pooled:
    """Pools effects of one kind, weighted by 1/(variance + τ²), on the effects' own scale.

    Args:
        effects: one per study, each with its variance.
        tau2: how τ² is estimated: "REML", "DL", "PM", or "FE" for a common effect (τ² None then).
        interval: "HKSJ", "HKSJ-safeguarded" (never narrower than Wald's) or "Wald".
        confidence: of all intervals, 0 … 1.

    The prediction interval, of the true effect of a new study, is estimate ± t·√(SE² + τ²) with the SE of `interval`
    and k − 2 degrees of freedom (Higgins et al. 2009, doi:10.1111/j.1467-985X.2008.00552.x; metafor's
    `predict(pi.type = "riley")`), None of two studies. The interval of τ² is Q-profile's,
    I² is τ² beside the typical variance, weights are percent. One study is handed back with its own normal
    interval.

    Raises:
        NotApplicable: no effects; different kinds; an effect that isn't finite or lacks a variance above 0;
            an unknown name; τ² doesn't settle.
    """
    return pool_studies(studies_of(effects), tau2, interval, confidence)


def pool_studies(studies: Studies, tau2: str, interval: str, confidence: float) -> Pooled:
    """`pool` for effects that have been looked at already."""
    estimator(tau2)
    need_interval(interval)
    if studies.k == 1:
        return _alone(studies, tau2, confidence)
    return _pooled(studies, tau2, interval, confidence)


def _alone(studies: Studies, tau2: str, confidence: float) -> Pooled:
    """One study: its effect with a normal interval, and nothing that needs a second one."""
    estimate, se = float(studies.values[0]), math.sqrt(studies.variances[0])
    normal = Margins(1.0, None, confidence)
    return Pooled(
        kind=studies.kind,
        k=1,
        tau2_method=tau2,
        interval_method="Wald",
        estimate=estimate,
        se=se,
        interval=normal.around(estimate, se),
        p=normal.p(estimate, se),
        tau2=None,
        tau2_interval=None,
        i2=None,
        q=None,
        q_df=0,
        q_p=None,
        prediction=None,
        weights=(100.0,),
        status=studies.status,
        notes=(Note("one-study"),),
        confidence=confidence,
    )


def _pooled(studies: Studies, method: str, interval: str, confidence: float) -> Pooled:
    centre = float(studies.values.mean())
    data = (studies.values - centre, studies.variances, np.ones((studies.k, 1)))
    tau2, df = estimator(method)(*data), studies.k - 1
    random = method != "FE"
    plain, fit = weighted(*data), weighted(*data, tau2)
    reach = margins(fit, interval, confidence)
    estimate = centre + float(fit.coefficients[0])
    se = math.sqrt(fit.covariance[0, 0]) * reach.inflation
    return Pooled(
        kind=studies.kind,
        k=studies.k,
        tau2_method=method,
        interval_method=interval,
        estimate=estimate,
        se=se,
        interval=reach.around(estimate, se),
        p=reach.p(estimate, se),
        tau2=tau2 if random else None,
        tau2_interval=q_profile(*data, confidence) if random else None,
        i2=i_squared(method, tau2, plain, df),
        q=plain.q,
        q_df=df,
        q_p=float(special.chdtrc(df, plain.q)),
        prediction=_prediction(estimate, se, tau2, studies.k, confidence) if random and studies.k > 2 else None,
        weights=tuple((100 * fit.weights / fit.weights.sum()).tolist()),
        status=studies.status,
        notes=_notes(studies.k, random, interval, reach),
        confidence=confidence,
    )


def _prediction(estimate: float, se: float, tau2: float, k: int, confidence: float) -> Interval:
    return Margins(1.0, k - 2, confidence).around(estimate, math.hypot(se, math.sqrt(tau2)))


def _notes(k: int, random: bool, interval: str, reach: Margins) -> tuple[Note, ...]:
    hksj = interval != "Wald"
    wald = Margins(1.0, None, reach.confidence).quantile
    narrower = hksj and reach.quantile * reach.inflation < wald
    said = (
        (hksj and not random, Note("hksj-common-effect")),
        (hksj and k == 2, Note("hksj-one-df")),
        (random and k == 2, Note("prediction-of-two")),
        (random and k < FEW_FOR_TAU2, Note("few-for-tau2", {"k": k})),
        (narrower and reach.inflation == 0, Note("effects-alike")),
        (narrower and reach.inflation > 0, Note("hksj-narrower")),
    )
    return tuple(note for holds, note in said if holds)
