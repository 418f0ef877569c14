"""Do small studies show larger effects? Egger's regression, and the lines of a funnel plot."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from analysis.evidence.pooling.pooled import Margins, margins
from analysis.evidence.pooling.studies import need_one_each, studies_of
from analysis.evidence.pooling.tau2 import weighted
from analysis.results import Effect, Interval, NotApplicable, Note, Pooled, Status

FEW_FOR_ASYMMETRY = 10  # Sterne et al. 2011, doi:10.1136/bmj.d4002
CONTOURS = (0.90, 0.95, 0.99)  # Peters et al. 2008, doi:10.1016/j.jclinepi.2007.11.010
STEPS = 50


@dataclass(frozen=True)
class Egger:
    """Egger's test: effect = limit + asymmetry·SE, weighted by 1/variance.

    `asymmetry` is by how much the effect rises per unit of SE (Egger's intercept of effect/SE on 1/SE);
    `limit` is the effect that studies of any size would come to, on the effects' own scale.
    """

    kind: str
    k: int
    asymmetry: float
    asymmetry_se: float
    asymmetry_interval: Interval
    t: float
    df: int
    p: float
    limit: float
    limit_se: float
    limit_interval: Interval
    status: Status
    notes: tuple[Note, ...] = ()
    confidence: float = 0.95


def egger(effects: Iterable[Effect], *, confidence: float = 0.95) -> Egger:
    """Egger's regression test of funnel asymmetry, two-sided.

    Weighted least squares of the effects on their SEs, t with k − 2 degrees of freedom and the residual
    spread estimated (Egger et al. 1997, doi:10.1136/bmj.315.7109.629; metafor's `regtest(model = "lm")`).

    Raises:
        NotApplicable: fewer than 3 studies; all have the same SE; what `pool` refuses.
    """
    studies = studies_of(effects, 3)
    ses = np.sqrt(studies.variances)
    if np.ptp(ses) <= 1e-12 * ses.max():
        raise NotApplicable("ses-alike")
    centre, middle, df = float(studies.values.mean()), float(ses.mean()), studies.k - 2
    design = np.column_stack([np.ones(studies.k), ses - middle])
    fit = weighted(studies.values - centre, studies.variances, design)
    reach = margins(fit, "HKSJ", confidence)  # Q/df is the residual variance of the weighted regression
    limit_se, slope_se = (
        math.sqrt(row @ fit.covariance @ row) * reach.inflation for row in (np.array([1, -middle]), np.array([0, 1]))
    )
    slope = float(fit.coefficients[1])
    limit = centre + float(fit.coefficients[0]) - middle * slope
    return Egger(
        kind=studies.kind,
        k=studies.k,
        asymmetry=slope,
        asymmetry_se=slope_se,
        asymmetry_interval=reach.around(slope, slope_se),
        t=slope / slope_se if slope_se else math.copysign(math.inf, slope) if slope else 0.0,
        df=df,
        p=reach.p(slope, slope_se),
        limit=limit,
        limit_se=limit_se,
        limit_interval=reach.around(limit, limit_se),
        status=studies.status,
        notes=(Note("few-for-asymmetry", {"k": studies.k}),) if studies.k < FEW_FOR_ASYMMETRY else (),
        confidence=confidence,
    )


@dataclass(frozen=True)
class Contour:
    """Two lines that meet at the top of a funnel plot, at the SEs of the plot: effects of either side."""

    level: float
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True)
class Funnel:
    """A funnel plot in numbers, on the effects' own scale.

    `points` are (value, SE) in the order of the effects. `ses` run from 0 to the largest SE; `pseudo` lies
    around `centre`, the pooled effect, where studies would fall by chance alone; `contours` lie around 0,
    within which a study isn't significant at 1 − level.
    """

    points: tuple[tuple[float, float], ...]
    centre: float
    ses: tuple[float, ...]
    pseudo: Contour
    contours: tuple[Contour, ...]


def funnel(effects: Iterable[Effect], pooled: Pooled) -> Funnel:
    """Points and lines of a funnel plot: value ± z·SE around the pooled effect and around no effect.

    `pooled` must be made of the same effects; its confidence is that of the pseudo interval, which leaves τ²
    out, as metafor's `funnel` does (Sterne & Egger 2001, doi:10.1016/S0895-4356(01)00377-8).

    Raises:
        NotApplicable: the pooled result has another number of effects; what `pool` refuses.
    """
    studies = studies_of(effects)
    need_one_each(studies, pooled.weights)
    ses = np.sqrt(studies.variances)
    down = np.linspace(0, ses.max(), STEPS + 1)
    return Funnel(
        points=tuple(zip(studies.values.tolist(), ses.tolist(), strict=True)),
        centre=pooled.estimate,
        ses=tuple(down.tolist()),
        pseudo=_contour(pooled.confidence, pooled.estimate, down),
        contours=tuple(_contour(level, 0.0, down) for level in CONTOURS),
    )


def _contour(level: float, centre: float, ses: np.ndarray) -> Contour:
    reach = Margins(1.0, None, level).quantile * ses
    return Contour(level, tuple((centre - reach).tolist()), tuple((centre + reach).tolist()))
