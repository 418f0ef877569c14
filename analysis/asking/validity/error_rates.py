"""How often each test errs where nothing differs, by simulation, and a note where that is not 5 %.

`results.csv` holds what `make simulate` counted: the share of p ≤ 0.05 in samples drawn without any true
difference, for each test, number of people and shape of the data. A test is liberal if its error is
clearly above 0.06, conservative if clearly below 0.04; clearly means the whole Monte-Carlo interval, of
enough samples.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analysis.asking.questions import Question
from analysis.methods import METHODS, Design, Method, differences
from analysis.results import Note, remembered

RESULTS = Path(__file__).parent / "results.csv"
SIZES = (8, 14, 17, 30)  # people of one group, or of each
SHAPES = {
    "continuous": ("normal", "skewed"),
    "ordinal": ("ordinal", "tied"),
    "binary": ("yes-half", "yes-fifth"),
}
LIBERAL, CONSERVATIVE = 0.06, 0.04  # where an error of nominally 0.05 is worth a sentence
ENOUGH = 200  # answered samples; with fewer, chance alone puts one test in a hundred outside
FARTHEST = 1.5  # times as many people, or as few, are not alike any more
TIED = 0.75  # on two scores; between the shares of simulated 5-point (0.6) and tied data (0.9)
RARE = 0.35  # yes or no; halfway between the simulated shares 0.2 and 0.5
GROUPS: Mapping[Design, int] = {"groups": 2, "groups-summary": 2, "groups-before-after": 2, "many-groups": 3}
TIMEPOINTS = {
    **dict.fromkeys(("rm-anova", "friedman", "cochran-q", "mixed-anova"), 3),
    **dict.fromkeys(("mixed-model", "ancova", "ordinal-ancova", "brunner-langer"), 2),
}


@dataclass(frozen=True)
class ErrorRate:
    """Share of p ≤ 0.05 without a true difference, its Monte-Carlo interval, and what was simulated.

    `n` counts the people of one group; samples that the test refused are not among `repetitions`.
    """

    error: float
    low: float
    high: float
    n: int
    shape: str
    repetitions: int

    @property
    def beyond(self) -> float:
        """How far the whole interval lies outside 0.04 to 0.06: above 0 liberal, below 0 conservative."""
        if self.repetitions < ENOUGH:
            return 0.0
        return max(0.0, self.low - LIBERAL) + min(0.0, self.high - CONSERVATIVE)


def shapes_of(method: Method) -> tuple[str, ...]:
    """Every shape of data that a method is simulated on."""
    return tuple(shape for scale in SHAPES if scale in method.scales for shape in SHAPES[scale])


def variant_of(method: Method, **options: object) -> str:
    """Name in the results of the variant that these options choose ("exact=false"); blank with one form only."""
    chosen = {**method.variants[0], **options}
    fitting = [v for v in method.variants if v.items() <= chosen.items()]
    return " ".join(f"{key}={str(value).lower()}" for key, value in fitting[-1].items())


def known_error(method_id: str, n: int, shape: str, **options: object) -> ErrorRate | None:
    """The simulated error at the nearest number of people, or None: no p, not simulated, or too far away."""
    variant = variant_of(METHODS[method_id], **options)
    found = [rate for size in SIZES if (rate := _results().get((method_id, variant, shape, size)))]
    nearest = min(found, key=lambda rate: abs(rate.n - n), default=None)
    if nearest is None or max(n, nearest.n) > FARTHEST * min(n, nearest.n):
        return None
    return nearest


@remembered(4096)
def validity_note(question: Question, method_id: str, **options: object) -> Note | None:
    """A note (room "validity") where the test errs clearly more or less often than 5 % in data like the question's.

    Measured values may be normal or skewed, few people can't tell; the shape farther outside is told.
    """
    method = METHODS[method_id]
    samples = question.complete().get(method.design)
    if samples is None or not _as_simulated(method, samples):
        return None
    rates = [known_error(method_id, _people(method, samples), s, **options) for s in _shapes(question, method, samples)]
    worst = max((rate for rate in rates if rate), key=lambda rate: abs(rate.beyond), default=None)
    if worst is None or worst.beyond == 0:
        return None
    values = {
        "n": " + ".join([str(worst.n)] * GROUPS.get(method.design, 1)),
        "shape": (f"simulated.{worst.shape}",),
        "truth": ("simulated.as-the-margin" if method_id.startswith("tost") else "simulated.no-difference",),
        "error": f"{100 * worst.error:.1f}",
    }
    return Note("liberal" if worst.beyond > 0 else "conservative", values)


def _as_simulated(method: Method, samples: tuple) -> bool:
    """As many groups and timepoints as the simulated samples have."""
    if method.design == "many-groups":
        return len(samples) == GROUPS["many-groups"]
    return method.id not in TIMEPOINTS or samples[0].shape[1] == TIMEPOINTS[method.id]


def _people(method: Method, samples: tuple) -> int:
    """People of the smallest group."""
    if method.design.endswith("-summary"):
        return min(n for *_, n in samples)
    return min(len(sample) for sample in samples)


def _shapes(question: Question, method: Method, samples: tuple) -> tuple[str, ...]:
    """The simulated shapes that the question's data may be like."""
    scale = question.measure.scale
    if scale == "continuous" or method.design.endswith("-summary"):
        return SHAPES[scale][: 2 if scale == "continuous" else 1]
    if scale == "binary":
        yes = float(np.mean(np.concatenate([np.ravel(sample) for sample in samples])))
        return ("yes-fifth" if min(yes, 1 - yes) < RARE else "yes-half",)
    return ("tied" if on_two_values(method, samples) > TIED else "ordinal",)


def on_two_values(method: Method, samples: tuple) -> float:
    """Share of people on the two commonest of the values that the test looks at: changes, where there are any."""
    if method.design == "paired":
        seen = differences(*samples)
    elif method.design in ("repeated", "groups-before-after"):
        seen = np.concatenate([differences(rows[:, [0]], rows[:, 1:]).ravel() for rows in samples])
    else:
        seen = np.concatenate(samples)
    return float(np.sort(np.unique(seen, return_counts=True)[1])[-2:].sum() / len(seen))


@remembered(1)
def _results() -> Mapping[tuple[str, str, str, int], ErrorRate]:
    """Error rates by method, variant, shape and number of people, read once."""
    with RESULTS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["error"]]
    return {(r["method"], r["variant"], r["shape"], int(r["n"])): rate_of(r) for r in rows}


def rate_of(row: Mapping[str, str]) -> ErrorRate:
    """The error in a row of the results that has one."""
    error, low, high = (float(row[name]) for name in ("error", "error_low", "error_high"))
    answered = int(row["repetitions"]) - int(row["refused"])
    return ErrorRate(error, low, high, int(row["n"]), row["shape"], answered)
