"""Type I error and interval coverage of every test, by simulation: `make simulate`.

Samples without a true difference are drawn again and again, each test is run on them, and it is counted
how often p ≤ 0.05 and how often an interval holds the truth. `make simulate METHOD=wilcoxon` renews one
test, `REPETITIONS=500` says how many samples a cell gets. All tests of one design see the same samples.
"""

from __future__ import annotations

import argparse
import csv
import gc
import sys
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from unittest.mock import patch

import numpy as np
from scipy import stats

from analysis import METHODS, NotApplicable, Outcome
from analysis.asking.validity import GROUPS, RESULTS, SIZES, TIMEPOINTS, shapes_of, variant_of
from analysis.methods import FAMILIES, Method, proportion
from analysis.results import Interval
from tests.simulate_table import TABLE, table

SEED = 20261122
REPETITIONS = 4_000
FEWER = {  # repetitions of tests that take 2 ms and more, so that everything takes about 20 minutes
    **dict.fromkeys(("brunner-langer", "yuen", "tost-paired", "tost", "bayes-t-paired", "bayes-t", "dunn"), 1_000),
    **dict.fromkeys(("permutation-paired", "permutation", "ordinal-regression", "ordinal-ancova"), 400),
    **dict.fromkeys(("bootstrap-paired", "bootstrap"), 300),
    **dict.fromkeys(("tukey", "games-howell", "rm-anova", "mixed-anova", "mixed-model"), 200),
}
ALPHA = 0.05
SHARES = {  # of the answers, from the lowest up
    "ordinal": (0.10, 0.20, 0.30, 0.25, 0.15),
    "tied": (0.05, 0.45, 0.45, 0.05),
    "yes-half": (0.5, 0.5),
    "yes-fifth": (0.8, 0.2),
}
LIKE_BEFORE = {"tied": 0.8}  # correlation of a person's values, before they are cut to scores
ELSE_LIKE_BEFORE = 0.5
SHIFTED = "normal-shifted"  # the one truth with an effect: standardised difference 0.5
SHIFTED_METHODS = ("paired-t", "independent-t", "welch-t")
SHIFT = 0.5
MARGIN = 10.0  # of equivalence tests, whose error is largest where the true difference is as large as this
NULLS = {  # 0 unless said here
    **dict.fromkeys(
        ("odds_ratio", "odds_ratio_paired", "proportional_odds_ratio", "adjusted_proportional_odds_ratio"), 1.0
    ),
    **dict.fromkeys(("superiority", "probability_positive"), 0.5),
}
DUST = 1e-9
COLUMNS = (
    *("method", "variant", "shape", "n", "repetitions", "refused", "error", "error_low", "error_high"),
    *("estimate", "intervals", "coverage", "coverage_low", "coverage_high"),
    *("effect", "effect_intervals", "effect_coverage", "effect_coverage_low", "effect_coverage_high"),
)


# -- samples -----------------------------------------------------------------------------------------------------------


def people(rng: np.random.Generator, shape: str, n: int, times: int) -> np.ndarray:
    """Values of shape (n, times); every order of a person's times is equally likely."""
    alike = LIKE_BEFORE.get(shape, ELSE_LIKE_BEFORE)
    z = np.sqrt(alike) * rng.normal(size=(n, 1)) + np.sqrt(1 - alike) * rng.normal(size=(n, times))
    if shape in SHARES:
        return np.searchsorted(stats.norm.ppf(np.cumsum(SHARES[shape])[:-1]), z).astype(float)
    return np.exp(z) if shape == "skewed" else z


def draw(rng: np.random.Generator, method: Method, shape: str, n: int) -> tuple[Any, ...]:
    """Samples for one run of a method, its second timepoint or its first group higher by `shift_of`."""
    shift, design = shift_of(method, shape), method.design
    if design in ("paired", "paired-summary"):
        before, after = people(rng, shape, n, 2).T
        return (summary(after - before),) if design == "paired-summary" else (before, after + shift)
    times = TIMEPOINTS.get(method.id, 1)
    groups = [people(rng, shape, n, times) for _ in range(GROUPS.get(design, 1))]
    if times > 1:
        return tuple(groups)
    first, *others = (group[:, 0] for group in groups)
    if design == "groups-summary":
        return tuple(map(summary, (first, *others)))
    return (first + shift, *others)


def summary(sample: np.ndarray) -> tuple[float, float, int]:
    """What a study would print of a sample, unrounded."""
    return float(sample.mean()), float(sample.std(ddof=1)), len(sample)


def shift_of(method: Method, shape: str) -> float:
    """The true difference: none, or what the null of an equivalence test or the one alternative says."""
    if method.id.startswith("tost"):
        return MARGIN
    return SHIFT if shape == SHIFTED else 0.0


# -- counting ----------------------------------------------------------------------------------------------------------


@dataclass
class Tally:
    """How often something was looked at, and how often it was so."""

    seen: int = 0
    so: int = 0
    name: str = ""

    def add(self, so: bool, name: str = "") -> None:
        self.seen, self.so, self.name = self.seen + 1, self.so + so, name

    def share(self, column: str) -> dict[str, object]:
        """The share with its Monte-Carlo interval, under three columns; blank where nothing was seen."""
        names = (column, f"{column}_low", f"{column}_high")
        if not self.seen:
            return dict.fromkeys(names, "")
        shares = (self.so / self.seen, *proportion(self.so, self.seen, 0.95, "wilson"))
        return dict(zip(names, (f"{share:.4f}" for share in shares), strict=True))


@dataclass
class Counts:
    """What is counted in one cell."""

    refused: int = 0
    error: Tally = field(default_factory=Tally)
    estimate: Tally = field(default_factory=Tally)
    effect: Tally = field(default_factory=Tally)

    def add(self, outcome: Outcome | None, shift: float) -> None:
        if outcome is None:
            self.refused += 1
            return
        if outcome.p is not None and shift != SHIFT:
            self.error.add(outcome.p <= ALPHA)
        parts = outcome.parts or (outcome,)
        self._hold(self.estimate, outcome.estimate_name, [part.interval for part in parts], shift)
        if shift != MARGIN:  # how many SDs that is depends on the shape
            self._hold(self.effect, outcome.effect_name, [part.effect_interval for part in parts], shift)

    def _hold(self, tally: Tally, name: str, intervals: Sequence[Interval | None], shift: float) -> None:
        """Intervals of several comparisons are to hold together; where one is missing, nothing is counted."""
        if None not in intervals:
            truth = shift or NULLS.get(name, 0.0)
            tally.add(all(low - DUST <= truth <= high + DUST for low, high in intervals), name)


def simulate_cell(
    method: Method, options: Mapping[str, Any], shape: str, n: int, repetitions: int, seed: int = SEED
) -> dict[str, object]:
    """One row of the results: a test, variant, shape and number of people."""
    rng = np.random.default_rng((seed, zlib.crc32(f"{method.design} {shape} {n}".encode())))
    counts, answers = Counts(), {}
    for _ in range(repetitions):
        samples = in_order(method, draw(rng, method, shape, n))
        key = tuple(sample.tobytes() for sample in samples)  # scores of few people come again and again
        if key not in answers:
            answers[key] = outcome_of(method, samples, options)
        counts.add(answers[key], shift_of(method, shape))
    cell = (method.id, variant_of(method, **options), shape, n, repetitions, counts.refused)
    return {
        **dict(zip(COLUMNS, cell, strict=False)),
        **counts.error.share("error"),
        "estimate": counts.estimate.name,
        "intervals": counts.estimate.seen,
        **counts.estimate.share("coverage"),
        "effect": counts.effect.name,
        "effect_intervals": counts.effect.seen,
        **counts.effect.share("effect_coverage"),
    }


def outcome_of(method: Method, samples: Sequence[np.ndarray], options: Mapping[str, Any]) -> Outcome | None:
    """What the test says of the samples; None where it refuses them."""
    needed = {"margin": MARGIN} if method.id.startswith("tost") else {}
    try:
        return method.run(*samples, **needed, **options)
    except NotApplicable:
        return None


def in_order(method: Method, samples: tuple[Any, ...]) -> list[np.ndarray]:
    """The same people, sorted: their order changes no answer."""
    arrays = [np.asarray(sample, dtype=float) for sample in samples]
    if method.design.endswith("-summary"):
        return arrays
    if method.design == "paired":
        return list(sorted_rows(np.column_stack(arrays)).T.copy())
    return [sorted_rows(sample) if sample.ndim > 1 else np.sort(sample) for sample in arrays]


def sorted_rows(rows: np.ndarray) -> np.ndarray:
    return rows[np.lexsort(rows.T)]


# -- all cells ---------------------------------------------------------------------------------------------------------


def cells_of(method: Method) -> Iterator[tuple[Mapping[str, Any], str, int]]:
    """Variant, shape and number of people of every cell of a method."""
    shapes = (*shapes_of(method), *((SHIFTED,) if method.id in SHIFTED_METHODS else ()))
    for options in method.variants:
        for shape in shapes:
            for n in SIZES:
                yield options, shape, n


def simulate(method: Method, repetitions: int) -> list[dict[str, object]]:
    """All rows of one method."""
    rows, start = [], time.perf_counter()
    with only_what_is_counted():
        for options, shape, n in cells_of(method):
            rows.append(simulate_cell(method, options, shape, n, repetitions))
            spent = time.perf_counter() - start
            print(f"{method.id:22} {shape:15} {n:3}  {len(rows)} cells, {spent:.0f} s", file=sys.stderr)
    return rows


@contextmanager
def only_what_is_counted() -> Iterator[None]:
    """Leaves out the further effect sizes, which nobody counts here and which take half of the time.

    For the same reason quantiles of the studentized range are taken at the nearest tenth of a degree of
    freedom and kept; p doesn't need them.
    """
    exactly = stats.studentized_range.ppf

    @cache
    def quantile(confidence: float, groups: int, df: float) -> float:
        return float(exactly(confidence, groups, df))

    further = ("effects_of_pairs", "effects_of_groups", "effects_of_counts", "share_rising")
    with ExitStack() as stack:
        for family in FAMILIES:
            for name in further:
                if hasattr(family, name):
                    stack.enter_context(patch.object(family, name, return_value=()))
        by_tenths = patch.object(stats.studentized_range, "ppf", lambda c, k, df: quantile(c, k, round(float(df), 1)))
        stack.enter_context(by_tenths)
        yield


def kept() -> list[dict[str, str]]:
    """Rows of the results as they are kept; none where there are none yet."""
    if not RESULTS.exists():
        return []
    with RESULTS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def keep(rows: Sequence[Mapping[str, object]]) -> None:
    """Write the results, methods in the order of the registry; rows of methods that are gone are dropped."""
    with RESULTS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for key in METHODS for row in rows if row["method"] == key)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("methods", nargs="*", metavar="method", help="ids; all without")
    parser.add_argument("--repetitions", type=int, help="samples per cell; for slow tests fewer, without")
    chosen = parser.parse_args(arguments)
    if unknown := set(chosen.methods) - METHODS.keys():
        parser.error(f"no such test: {', '.join(sorted(unknown))}")
    gc.freeze()  # Holm's correction in statsmodels collects garbage at each call: 1 ms instead of 70
    for key in chosen.methods or METHODS:
        rows = simulate(METHODS[key], chosen.repetitions or FEWER.get(key, REPETITIONS))
        keep([*(row for row in kept() if row["method"] != key), *rows])
    TABLE.write_text(table(kept()), encoding="utf-8")


if __name__ == "__main__":
    main()
