"""Bayes factors of t: how many times likelier the data are if there is a difference than if there is none.

There is no p. Under "a difference" the standardised difference has a Cauchy prior around 0 whose scale
the reader may change (Jeffreys, Zellner, Siow; Rouder et al. 2009, doi:10.3758/PBR.16.2.225).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from scipy import integrate, stats

from analysis.methods.effect_sizes import d_z, effects_of_groups, effects_of_pairs
from analysis.methods.groups import g_of, quiet_ttest
from analysis.methods.method import (
    A_MINUS_B,
    AFTER_MINUS_BEFORE,
    Method,
    as_floats,
    complete_pairs,
    differences,
    named,
    need_people,
    need_spread,
    present,
)
from analysis.methods.paired import NUMERIC
from analysis.results import NotApplicable, Note, Outcome

MEDIUM_SCALE = 0.707  # Morey & Rouder: half of all effects within ±0.707; what JASP and BayesFactor take
LARGEST_LOG = 709.0  # e^710 is more than a float can hold
RANGE_OF_LOG_G = (-8.0, 80.0)  # outside, the prior density of g is below 1e-30 of its height


def bayes_t(a: Any, b: Any, *, scale: float = MEDIUM_SCALE, confidence: float = 0.95) -> Outcome:
    """Bayes factor of a difference of two means against none, one common variance.

    Args:
        a, b: shapes (n_a,) and (n_b,), in the unit of the outcome.
        scale: of the Cauchy prior, in SDs.

    The statistic is BF₁₀. Estimate and effect are those of Student's t test.

    Raises:
        NotApplicable: a group has fewer than 2 people, nobody differs from anybody, or scale is not above 0.
    """
    (x, left_x), (y, left_y) = present(a), present(b)
    need_people(2, x, y)
    need_spread(x, y)
    found = quiet_ttest(x, y)
    low, high = found.confidence_interval(confidence)
    m, n = len(x), len(y)
    return Outcome(
        "bayes-t",
        bayes_factor(float(found.statistic), m + n - 2, m * n / (m + n), scale),
        "BF₁₀",
        None,
        None,
        float(x.mean() - y.mean()),
        "mean_difference",
        (float(low), float(high)),
        *named("hedges_g", g_of(x, y, confidence)),
        (m, n),
        A_MINUS_B,
        (*left_x, *left_y, Note("cauchy", {"scale": f"{scale:g}"})),
        confidence,
        effects_of_groups(x, y, confidence),
    )


def bayes_t_paired(before: Any, after: Any, *, scale: float = MEDIUM_SCALE, confidence: float = 0.95) -> Outcome:
    """Bayes factor of a mean change against none; the prior is on d_z. Statistic as in `bayes_t`."""
    x, y, notes = complete_pairs(before, after)
    need_people(2, x)
    change = differences(x, y)
    need_spread(change)
    found = stats.ttest_1samp(change, 0)
    t, _ = as_floats(found)
    low, high = found.confidence_interval(confidence)
    n = len(change)
    return Outcome(
        "bayes-t-paired",
        bayes_factor(t, n - 1, n, scale),
        "BF₁₀",
        None,
        None,
        float(change.mean()),
        "mean_difference",
        (float(low), float(high)),
        *named("d_z", d_z(change, confidence)),
        n,
        AFTER_MINUS_BEFORE,
        (*notes, Note("cauchy", {"scale": f"{scale:g}"})),
        confidence,
        effects_of_pairs(x, y, change, confidence),
    )


def bayes_factor(t: float, df: float, n: float, scale: float = MEDIUM_SCALE) -> float:
    """BF₁₀ of a t with `df` degrees of freedom; `n` is n, or n_a·n_b / (n_a + n_b) for two groups.

    Rouder et al. 2009, eq. 1 with the prior's scale, integrated over log g. It may be infinite where t is
    too large for a float to hold it.
    """
    if not (math.isfinite(scale) and scale > 0):
        raise NotApplicable("impossible-scale", scale=scale)
    without = -(df + 1) / 2 * math.log1p(t**2 / df)

    def log_density(log_g: np.ndarray | float) -> np.ndarray | float:
        g = np.exp(log_g)
        spread = 1 + n * scale**2 * g
        fit = -np.log(spread) / 2 - (df + 1) / 2 * np.log1p(t**2 / (spread * df)) - without
        return fit - (math.log(2 * math.pi) + log_g + 1 / g) / 2  # g is inverse gamma (1/2, 1/2)

    tried = np.linspace(*RANGE_OF_LOG_G, 2001)
    heights = np.asarray(log_density(tried))
    peak, top = float(tried[heights.argmax()]), float(heights.max())
    parts = [(RANGE_OF_LOG_G[0], peak), (peak, RANGE_OF_LOG_G[1])]
    area = sum(
        integrate.quad(lambda u: math.exp(log_density(u) - top), *part, epsabs=0, epsrel=1e-11, limit=200)[0]
        for part in parts
    )
    log_factor = top + math.log(area)
    return math.exp(log_factor) if log_factor < LARGEST_LOG else math.inf


METHODS = (
    Method(
        "bayes-t-paired",
        "paired",
        NUMERIC,
        bayes_t_paired,
        "mean_sd",
        "Rouder et al. 2009; scipy.integrate.quad",
        assumes=("normal-differences", "ends-of-scale"),
        heading="bayes",
    ),
    Method(
        "bayes-t",
        "groups",
        NUMERIC,
        bayes_t,
        "mean_sd",
        "Rouder et al. 2009; scipy.integrate.quad",
        assumes=("normal-groups", "alike-spread", "ends-of-scale"),
        heading="bayes",
    ),
)
