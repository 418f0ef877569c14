"""Looks at the shape of measured values: normal, symmetric, alike in spread, on parallel lines."""

from __future__ import annotations

import numpy as np
from scipy import stats

from analysis.asking.assumptions.asked import Asked, Assumption, few, values
from analysis.asking.assumptions.pictures import QQ, Epsilon, Slopes, Spread
from analysis.methods import complete_rows, need_people, need_spread, sphericity
from analysis.results import NotApplicable, Note

UNLIKELY = 0.05  # p below which a look is worth while; nothing else hangs on it
LARGE_RATIO = 4.0  # of two variances (Fox 2016, Applied Regression Analysis, ch. 12.2)
UNEQUAL_RATIO = (
    1.5  # where the larger spread lies in the smaller group (Blanca et al. 2018, doi:10.3758/s13428-017-0918-2)
)
SKEWED = 1.0  # Bulmer 1979, Principles of Statistics: beyond, a shape is highly skewed
LOW_EPSILON = 0.75  # Girden 1992, ANOVA: Repeated Measures
BAND = 0.95  # of each single point
ROUNDING = 1e-20  # residuals this small beside the whole are float dust


def normal_differences(asked: Asked) -> Assumption:
    """Q-Q plot of the changes with exact pointwise limits, and Shapiro–Wilk's W."""
    return _normal("normal-differences", asked.changes(), asked)


def normal_groups(asked: Asked) -> Assumption | None:
    """The same of what is left after each group's mean (or line); in SDs of its group where those may differ."""
    residuals = _residuals(asked)
    if residuals is None:
        return None
    if "alike-spread" not in asked.method.assumes:
        if any(np.ptp(group) == 0 for group in residuals):
            raise NotApplicable("group-without-spread")
        residuals = [group / group.std(ddof=1) for group in residuals]
    return _normal("normal-groups", np.concatenate(residuals), asked)


def _residuals(asked: Asked) -> list[np.ndarray] | None:
    """Values less their group's mean, of an adjusted test less the line; None for changes over several times."""
    if asked.method.id == "ancova":
        return _about_common_slope(asked.before_after())
    if asked.method.design == "groups-before-after" and asked.before_after()[0].shape[1] > 2:
        return None
    groups = asked.groups()
    need_spread(*groups)
    return [group - group.mean() for group in groups]


def _about_common_slope(groups: list[np.ndarray]) -> list[np.ndarray]:
    """What the analysis of covariance leaves: after less its own mean and the slope that both groups share."""
    need_people(2, *groups)
    if all(np.ptp(rows[:, 0]) == 0 for rows in groups):
        raise NotApplicable("no-spread-before")
    need_spread(*(rows[:, 1] for rows in groups))
    centred = [rows - rows.mean(axis=0) for rows in groups]
    before, after = np.vstack(centred).T
    slope = float(before @ after / (before @ before))
    left = [rows[:, 1] - slope * rows[:, 0] for rows in centred]
    if sum((rest**2).sum() for rest in left) <= ROUNDING * float(after @ after):
        raise NotApplicable("no-spread")
    return left


def _normal(which: str, sample: np.ndarray, asked: Asked) -> Assumption:
    need_people(3, sample)
    need_spread(sample)
    n, found = len(sample), stats.shapiro(sample)
    p = float(found.pvalue)
    steps = (Note("whole-scores"),) if asked.question.measure.scale == "ordinal" else ()
    far = (Note("off-the-line"),) if p < UNLIKELY else ()
    return Assumption(
        which,
        Note(which, {"n": n, "w": f"{found.statistic:.3f}", "p": p}),
        _qq(sample),
        p < UNLIKELY,
        (few(n) or (Note("means-settle", {"n": n}),)) + steps + far,
    )


def _qq(sample: np.ndarray) -> QQ:
    """Exact medians and limits of normal order statistics: the i-th of n shares is Beta(i, n + 1 − i)."""
    n = len(sample)
    place = np.arange(1, n + 1)
    medians, low, high = (
        stats.norm.ppf(stats.beta.ppf(q, place, n + 1 - place)) for q in (0.5, (1 - BAND) / 2, (1 + BAND) / 2)
    )
    mean, sd = float(sample.mean()), float(sample.std(ddof=1))
    return QQ(values(medians), values(np.sort(sample)), sd, mean, values(mean + sd * low), values(mean + sd * high))


def symmetry(asked: Asked) -> Assumption | None:
    """Do changes reach as far above their median as below? Each distance above against its partner below.

    None for yes/no answers, whose changes nobody reads as a shift; so is `same_shape`.
    """
    if asked.question.measure.scale == "binary":
        return None
    change = np.sort(asked.changes())
    need_people(3, change)
    need_spread(change)
    n, median = len(change), float(np.median(change))
    half = n // 2
    below, above = (median - change[:half])[::-1], change[n - half :] - median
    skewness = float(stats.skew(change, bias=False))
    attention = abs(skewness) > SKEWED
    return Assumption(
        "symmetry",
        Note("symmetry", {"n": n, "mean": f"{change.mean():+.2f}", "median": f"{median:+.2f}", "skew": skewness}),
        QQ(values(below), values(above), 1.0, 0.0),
        attention,
        (Note("shift-of-changes"),) + few(n, "few-shape") + ((Note("leans"),) if attention else ()),
    )


def alike_spread(asked: Asked) -> Assumption | None:
    """Ratio of the variances, and Levene's test about the medians (Brown & Forsythe 1974)."""
    if asked.method.design == "groups-summary" and "groups" not in asked.samples:
        return _printed_spread(asked)
    residuals = _residuals(asked)
    if residuals is None:
        return None
    groups = residuals if asked.method.id == "ancova" else asked.groups()
    return _spread("alike-spread", asked, groups, (Note("pooled"),))


def same_shape(asked: Asked) -> Assumption | None:
    """The same ratio, for tests whose p needs none of it but whose estimate is read as a shift."""
    if asked.question.measure.scale == "binary":
        return None
    return _spread("same-shape", asked, asked.groups(), (Note("shift-of-groups"),))


def _spread(which: str, asked: Asked, groups: list[np.ndarray], meaning: tuple[Note, ...]) -> Assumption:
    sds = [float(group.std(ddof=1)) for group in groups]
    if min(sds) == 0:
        raise NotApplicable("group-without-spread" if max(sds) else "no-spread")
    picture = Spread(asked.arms, tuple(map(values, groups)), tuple(float(g.mean()) for g in groups), tuple(sds))
    said, attention = _ratio(sds, list(map(len, groups)))
    p = _levene(groups)
    sentence = Note(f"{which}-ratio", said) if p is None else Note(which, {**said, "p": p})
    apart = (Note("spreads-apart"),) if attention else ()
    little = few(min(map(len, groups)), "few-spread" if p is None else "few-each")
    return Assumption(which, sentence, picture, attention, meaning + little + apart)


def _levene(groups: list[np.ndarray]) -> float | None:
    """p of Levene's test about the medians; None where within each group all lie equally far from the median."""
    if all(np.ptp(np.abs(group - np.median(group))) == 0 for group in groups):
        return None
    return float(stats.levene(*groups, center="median").pvalue)


def _printed_spread(asked: Asked) -> Assumption:
    """Of printed SDs: their ratio, no test."""
    means, sds, ns = zip(*asked.need("groups-summary"), strict=True)
    if min(sds) == 0:
        raise NotApplicable("group-without-spread" if max(sds) else "no-spread")
    said, attention = _ratio(list(sds), list(ns))
    apart = (Note("spreads-apart"),) if attention else ()
    picture = Spread(asked.arms, ((), ()), means, sds)
    return Assumption(
        "alike-spread",
        Note("alike-spread-ratio", said),
        picture,
        attention,
        (Note("pooled"), *few(min(ns), "few-spread"), *apart),
    )


def _ratio(sds: list[float], ns: list[int]) -> tuple[dict[str, object], bool]:
    """Largest over smallest variance, and whether it is large for groups of these sizes."""
    largest, smallest = int(np.argmax(sds)), int(np.argmin(sds))
    ratio = (sds[largest] / sds[smallest]) ** 2
    limit = UNEQUAL_RATIO if ns[largest] < ns[smallest] else LARGE_RATIO
    return {"ratio": ratio, "largest": sds[largest], "smallest": sds[smallest]}, ratio > limit


def equal_changes(asked: Asked) -> Assumption | None:
    """Mauchly's W and both ε; None for two timepoints, where sphericity holds by itself."""
    if asked.method.design == "repeated":
        groups = [complete_rows(asked.need("repeated")[0])[0]]
    else:
        groups = asked.before_after()
    if groups[0].shape[1] < 3:
        return None
    found, n = sphericity(*groups), sum(map(len, groups))
    attention = found.greenhouse_geisser < LOW_EPSILON
    corrects = "correction" in asked.method.variants[0]
    corrected = Note("corrected" if corrects else "not-corrected")
    return Assumption(
        "sphericity",
        Note(
            "sphericity",
            {
                "w": f"{found.w:.3f}",
                "p": found.p,
                "geisser": found.greenhouse_geisser,
                "feldt": found.huynh_feldt,
                "lowest": found.lowest,
            },
        ),
        Epsilon(found.lowest, found.greenhouse_geisser, found.huynh_feldt),
        attention,
        (corrected, *few(n), *((Note("uneven-changes"),) if attention else ())),
    )


def parallel_slopes(asked: Asked) -> Assumption:
    """Slope of after on before in each group, and their difference with its interval (group × before)."""
    a, b = asked.before_after()
    need_people(3, a, b)
    if np.ptp(a[:, 0]) == 0 or np.ptp(b[:, 0]) == 0:
        raise NotApplicable("no-spread-before")
    (slope_a, at_a), (slope_b, at_b) = (np.array(stats.linregress(*rows.T)).tolist()[:2] for rows in (a, b))
    left = [a[:, 1] - at_a - slope_a * a[:, 0], b[:, 1] - at_b - slope_b * b[:, 0]]
    df, rest = len(a) + len(b) - 4, sum(float(part @ part) for part in left)
    if rest <= ROUNDING * float((np.vstack([a, b])[:, 1] ** 2).sum()):
        raise NotApplicable("no-spread")
    apart = slope_a - slope_b
    se = float(np.sqrt(rest / df * sum(1 / (len(rows) * rows[:, 0].var()) for rows in (a, b))))
    half, p = float(stats.t.ppf(0.975, df)) * se, float(2 * stats.t.sf(abs(apart) / se, df))
    said = {"first": slope_a, "second": slope_b, "apart": f"{apart:+.2f}", "p": p}
    picture = Slopes(
        asked.arms,
        (values(a[:, 0]), values(b[:, 0])),
        (values(a[:, 1]), values(b[:, 1])),
        ((at_a, slope_a), (at_b, slope_b)),
    )
    meaning = (
        Note("one-difference"),
        *few(min(len(a), len(b)), "few-each"),
        *((Note("lines-cross"),) if p < UNLIKELY else ()),
    )
    interval = {"low": apart - half, "high": apart + half}
    return Assumption("parallel-slopes", Note("parallel-slopes", {**said, **interval}), picture, p < UNLIKELY, meaning)
