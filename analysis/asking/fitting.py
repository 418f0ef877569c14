"""Which tests fit which samples, the best first, each with its reason: from design, scale, n, ties and spread.

No test of normality is asked, here or anywhere: with few people it sees nothing, with many it sees what
doesn't matter. Every threshold is a rule of thumb with its author beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy import stats

from analysis.asking.questions import Question, Samples
from analysis.methods import SMALL_EXPECTED, differences
from analysis.results import Note
from analysis.studies import Measure

ENOUGH_FOR_T = 15  # people in all, nobody far out: Moore, McCabe & Craig, Introduction to the Practice of Statistics
ENOUGH_WITH_FAR_OUT = 40  # the same authors: from here on t copes with skew as well
FAR_OUT = 3.0  # interquartile ranges beyond a quartile: Tukey 1977, Exploratory Data Analysis, ch. 2
FIVE_POINTS = 5  # scores that t and rank tests judge alike: de Winter & Dodou 2010, doi:10.7275/bj1p-ts64
MANY_AT_END = 0.15  # McHorney & Tarlov 1995; Terwee et al. 2007, doi:10.1016/j.jclinepi.2006.03.012
ENOUGH_FOR_RANK_T = 10  # per group, for Brunner–Munzel's t: Brunner & Munzel 2000
UNLIKE_SPREADS = 1.5  # ratio of SDs, ours; that rank tests mind unlike spreads: Fagerland & Sandvik 2009
FEW_CHANGED = 5  # 2 / 2⁵ = 0.0625: no exact test of changes comes below 0.05

EXACT: Mapping[str, object] = {"exact": True}
MEAN: Mapping[str, object] = {"statistic": "mean"}


@dataclass(frozen=True)
class Candidate:
    """A test that fits, its options and why; `quantity` where it compares another one than was asked."""

    method: str
    reason: Note
    options: Mapping[str, object] = field(default_factory=dict)
    quantity: str = ""


def candidates(question: Question, chosen: int = 0) -> list[Candidate]:
    """Tests that fit the samples of one data set, the best first; none where the samples aren't there."""
    samples, measure = question.samples(chosen), question.measure
    if question.kind == "within":
        return _within(samples, measure)
    if question.quantity == "adjusted":
        return _adjusted(samples, measure)
    if "groups" not in samples:
        return _of_summaries(samples)
    if measure.scale == "binary":
        return _of_counts(samples) if question.quantity == "after" else _of_changed_answers(samples)
    followed = _followed(samples) if question.quantity == "change" else []
    compared = _of_scores(samples, measure) if measure.scale == "ordinal" else _of_values(samples, measure)
    return [*followed, *compared] if measure.scale == "continuous" else [*compared[:1], *followed, *compared[1:]]


# -- one group -----------------------------------------------------------------------------------------------------


def _within(samples: Samples, measure: Measure) -> list[Candidate]:
    if "paired" not in samples:
        told = samples.get("paired-summary", ())
        return [Candidate("paired-t-summary", Note("paired-summary", {"n": told[0][2]}))] if told else []
    before, after = _complete(*samples["paired"])
    if measure.scale == "binary":
        return [*_repeated_answers(samples), *_answers(before, after)]
    pairs = _scores_of_pairs if _by_order(measure, after) else _values_of_pairs
    return [*_repeated(samples, measure), *pairs(before, after, measure)]


def _answers(before: np.ndarray, after: np.ndarray) -> list[Candidate]:
    """Fagerland, Lydersen & Laake 2013, doi:10.1186/1471-2288-13-91: mid-p keeps its level, exact is too shy."""
    told = {"n": len(before), "moved": int((before != after).sum())}
    return [
        Candidate("mcnemar", Note("mcnemar-mid-p", told), {"mid_p": True}),
        Candidate("mcnemar", Note("mcnemar-exact", told), EXACT),
    ]


def _repeated_answers(samples: Samples) -> list[Candidate]:
    if "repeated" not in samples:
        return []
    n, times = samples["repeated"][0].shape
    return [Candidate("cochran-q", Note("cochran-q", {"n": n, "times": times}))]


def _repeated(samples: Samples, measure: Measure) -> list[Candidate]:
    """Three or more timepoints: all of them before the first and the last alone."""
    if "repeated" not in samples:
        return []
    n, times = samples["repeated"][0].shape
    told = {"n": n, "times": times}
    by_means = Candidate("rm-anova", Note("rm-anova", told), {"correction": "gg"})
    by_order = Candidate("friedman", Note("friedman", told))
    return [by_order, by_means] if measure.scale == "ordinal" else [by_means, by_order]


def _scores_of_pairs(before: np.ndarray, after: np.ndarray, measure: Measure) -> list[Candidate]:
    change = differences(before, after)
    moved = change[change != 0]
    told = {"n": len(change), "moved": len(moved), "tied": _percent(_tied(np.abs(moved)))}
    few = len(moved) <= FEW_CHANGED
    why = Note("wilcoxon-few", {**told, "least": f"{2.0 ** (1 - len(moved)):g}"}) if few else Note("wilcoxon", told)
    best = Candidate("wilcoxon", why, EXACT)
    direction = Candidate("sign", Note("sign", told))
    ends, levels = _at_end(measure, after), _levels(measure, np.concatenate([before, after]))
    if ends > MANY_AT_END:
        return [best, Candidate("sign", Note("sign-ends", {"ends": _percent(ends), "n": len(after)})), direction]
    if levels < FIVE_POINTS:
        return [best, Candidate("sign", Note("sign-levels", {"levels": levels, "n": len(after)})), direction]
    return [best, Candidate("paired-t", Note("paired-t-scores", {"levels": levels, "n": len(after)})), direction]


def _values_of_pairs(before: np.ndarray, after: np.ndarray, _: Measure) -> list[Candidate]:
    change = differences(before, after)
    n, far = len(change), _far_out(change)
    told = {"n": n, "far": far, "enough": ENOUGH_FOR_T, "tied": _percent(_tied(np.abs(change)))}
    by_mean, by_order = Candidate("paired-t", Note("paired-t", told)), Candidate("wilcoxon", Note("order", told), EXACT)
    plain = Candidate("paired-t", Note("paired-t-plain", told))
    if far and n < ENOUGH_WITH_FAR_OUT:
        return [Candidate("wilcoxon", Note("order-far", told), EXACT), plain]
    if n < ENOUGH_FOR_T:
        return [Candidate("permutation-paired", Note("permutation-paired", told)), plain, by_order]
    return [by_mean, by_order]


# -- two groups ----------------------------------------------------------------------------------------------------


def _of_counts(samples: Samples) -> list[Candidate]:
    """Lydersen, Fagerland & Laake 2009, doi:10.1002/sim.3531: unconditional exact tests, χ² where counts are large."""
    a, b = _present(samples)
    yes, people = a.sum() + b.sum(), len(a) + len(b)
    expected = float(min(yes, people - yes) * min(len(a), len(b)) / people)
    told = {**_sizes(a, b), "expected": expected, "least": SMALL_EXPECTED}
    fisher = Candidate("fisher", Note("fisher", told))
    if expected < SMALL_EXPECTED:
        return [Candidate("boschloo", Note("boschloo", told)), fisher]
    return [Candidate("chi-square", Note("chi-square", told)), fisher]


def _of_changed_answers(samples: Samples) -> list[Candidate]:
    """Changes of yes/no answers have an order: from yes to no, none, from no to yes."""
    told = _sizes(*_present(samples))
    return [
        Candidate("mann-whitney", Note("mann-whitney-answers", told), EXACT),
        Candidate("brunner-munzel", Note("brunner-munzel-answers", told)),
    ]


def _of_scores(samples: Samples, measure: Measure) -> list[Candidate]:
    """Order first. Unlike spreads ask for Brunner–Munzel where both groups are large enough for its t."""
    a, b = _present(samples)
    together, ends = np.concatenate([a, b]), _ends_of(samples, measure)
    ratio, levels = _spread_ratio(a, b), _levels(measure, together)
    told = {**_sizes(a, b), "tied": _percent(_tied(together)), "levels": levels, "ends": _percent(ends), "ratio": ratio}
    ranks = Candidate("mann-whitney", Note("mann-whitney", told), EXACT)
    chance = Candidate("brunner-munzel", Note("brunner-munzel", told))
    last = Candidate("permutation", Note("permutation-scores", told), MEAN)
    enough = min(len(a), len(b)) >= ENOUGH_FOR_RANK_T
    if ratio >= UNLIKE_SPREADS and enough:
        return [Candidate("brunner-munzel", Note("brunner-munzel-spread", told)), ranks, last]
    if levels >= FIVE_POINTS and ends <= MANY_AT_END:
        return [ranks, Candidate("welch-t", Note("welch-scores", told)), last]
    return [ranks, chance, last] if enough else [ranks, last]


def _of_values(samples: Samples, measure: Measure) -> list[Candidate]:
    """Welch's t without asking first whether variances differ: Ruxton 2006, doi:10.1093/beheco/ark016."""
    if _ends_of(samples, measure) > MANY_AT_END:
        return _of_scores(samples, measure)
    a, b = _present(samples)
    people, far = len(a) + len(b), _far_out(a) + _far_out(b)
    tied = _percent(_tied(np.concatenate([a, b])))
    told = {**_sizes(a, b), "far": far, "people": people, "enough": ENOUGH_FOR_T, "tied": tied}
    by_order, plain = (
        Candidate("mann-whitney", Note("order-groups", told), EXACT),
        Candidate("welch-t", Note("welch-plain", told)),
    )
    if far and people < ENOUGH_WITH_FAR_OUT:
        return [Candidate("mann-whitney", Note("order-groups-far", told), EXACT), plain]
    if people < ENOUGH_FOR_T:
        return [Candidate("permutation", Note("permutation", told), MEAN), plain, by_order]
    return [Candidate("welch-t", Note("welch", told)), by_order]


def _followed(samples: Samples) -> list[Candidate]:
    """Three or more timepoints in both groups: everybody seen, then those seen every time."""
    a, b = samples.get("groups-before-after", (np.empty((0, 0)),) * 2)
    if a.shape[1] < 3:
        return []
    gaps = int(np.isnan(a).any(axis=1).sum() + np.isnan(b).any(axis=1).sum())
    told = {**_sizes(a, b), "times": a.shape[1], "gaps": gaps}
    whole = Candidate("mixed-anova", Note("mixed-anova", told), {"correction": "gg"})
    model = Candidate("mixed-model", Note("mixed-model", told))
    return [model, whole] if gaps else [whole, model]


def _adjusted(samples: Samples, measure: Measure) -> list[Candidate]:
    """Vickers & Altman 2001, doi:10.1136/bmj.323.7321.1123; beside it the changes, which adjust for nothing."""
    if "groups-before-after" not in samples or measure.scale == "binary":
        return []
    a, b = samples["groups-before-after"]
    told = _sizes(a, b)
    ancova = Candidate("ancova", Note("ancova", told))
    if measure.scale == "ordinal":
        return [ancova, Candidate("mann-whitney", Note("change-scores", told), EXACT, "change")]
    return [ancova, Candidate("welch-t", Note("change-values", told), {}, "change")]


def _of_summaries(samples: Samples) -> list[Candidate]:
    if "groups-summary" not in samples:
        return []
    (_, sd_a, n_a), (_, sd_b, n_b) = samples["groups-summary"]
    told = {"n_a": n_a, "n_b": n_b, "sd_a": float(sd_a), "sd_b": float(sd_b)}
    welch = Candidate("independent-t-summary", Note("welch-summary", told), {"equal_variances": False})
    return [welch, Candidate("independent-t-summary", Note("student-summary", told), {"equal_variances": True})]


# -- what decides --------------------------------------------------------------------------------------------------


def _complete(before: np.ndarray, after: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    there = ~(np.isnan(before) | np.isnan(after))
    return before[there], after[there]


def _present(samples: Samples) -> list[np.ndarray]:
    return [group[~np.isnan(group)] for group in samples["groups"]]


def _sizes(a: np.ndarray, b: np.ndarray) -> dict[str, object]:
    return {"n_a": len(a), "n_b": len(b)}


def _by_order(measure: Measure, after: np.ndarray) -> bool:
    """Scores, and measured values of which many stand at an end of their scale."""
    return measure.scale == "ordinal" or _at_end(measure, after) > MANY_AT_END


def _at_end(measure: Measure, values: np.ndarray) -> float:
    """Share of people at the lower or at the upper end of the scale, whichever is larger; 0 on an open scale."""
    ends = [end for end in (measure.low, measure.high) if end is not None]
    return max((float((values == end).mean()) for end in ends if len(values)), default=0.0)


def _ends_of(samples: Samples, measure: Measure) -> float:
    """`_at_end` of both groups after, also where their changes are compared."""
    if "groups-before-after" in samples:
        after = np.concatenate([rows[:, -1] for rows in samples["groups-before-after"]])
        return _at_end(measure, after[~np.isnan(after)])
    return _at_end(measure, np.concatenate(_present(samples)))


def _levels(measure: Measure, values: np.ndarray) -> int:
    """Scores that the scale has; where its ends are unknown, those seen."""
    if measure.low is None or measure.high is None:
        return len(np.unique(values))
    return (measure.high - measure.low) // measure.step + 1


def _tied(values: np.ndarray) -> float:
    """Share of values that somebody else has too."""
    _, counts = np.unique(values, return_counts=True)
    return float(counts[counts > 1].sum() / len(values)) if len(values) else 0.0


def _far_out(values: np.ndarray) -> int:
    """Values more than `FAR_OUT` interquartile ranges beyond a quartile; 0 where half of all are alike."""
    if not len(values) or stats.iqr(values) == 0:
        return 0
    low, high = np.percentile(values, [25, 75])
    reach = FAR_OUT * (high - low)
    return int(((values < low - reach) | (values > high + reach)).sum())


def _spread_ratio(a: np.ndarray, b: np.ndarray) -> float:
    """The larger SD over the smaller; infinite where only one group varies, 1 where neither does."""
    if min(len(a), len(b)) < 2:
        return 1.0
    small, large = sorted((float(a.std(ddof=1)), float(b.std(ddof=1))))
    if small == 0:
        return 1.0 if large == 0 else float("inf")
    return large / small


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%"
