"""Published meta-analyses recomputed from the library: `make checked` writes `docs/checked-against-others.md`.

What they print stands in `tests/reference/published.toml`, each with its place; each is pooled by its own model, and by
the one that the screens use.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from analysis import effects, load_studies, pool
from analysis.evidence.contrasts import Contrast, contrasts_of, effects_of, people_and_events
from analysis.evidence.pooling import SAFEGUARDED
from analysis.results import Effect, Interval
from analysis.studies import Study
from tests.server import ROOT

PRINTED = Path(__file__).parent / "reference" / "published.toml"
WRITTEN = ROOT / "docs" / "checked-against-others.md"
Z95 = 1.959964  # of a normal interval of 95%


@dataclass(frozen=True)
class Ours:
    """A pooled result of ours, as it is printed (a ratio as a ratio)."""

    value: float
    interval: Interval
    k: int
    people: int


def published() -> list[dict[str, Any]]:
    """Every printed result, with how it is recomputed."""
    return tomllib.loads(PRINTED.read_text(encoding="utf-8"))["results"]


def recomputed(one: Mapping[str, Any], studies: Mapping[str, Study]) -> Ours | None:
    """A printed result by its own model from the trials of the library; None where it has none of them."""
    contrasts = [contrast_of(trial, studies) for trial in one["trials"]]
    if not contrasts:
        return None
    if one["model"] == "Mantel-Haenszel random":
        value, interval = mantel_haenszel_random([cells(contrast) for contrast in contrasts], one["measure"])
    else:
        pooled = pool(_effects(one, contrasts), "DL" if "random" in one["model"] else "FE", "Wald")
        value, interval = pooled.estimate, pooled.interval
    return _said(value, interval, one["measure"], contrasts)


def as_on_screen(one: Mapping[str, Any], studies: Mapping[str, Study]) -> Ours | None:
    """The same trials as the screens pool them: REML, a safeguarded Hartung-Knapp interval, and no made-up SD."""
    contrasts = [contrast_of(trial, studies) for trial in one["trials"] if trial.split()[0] not in one.get("sds", {})]
    if not contrasts:
        return None
    pooled = pool(_effects(one, contrasts), "REML", SAFEGUARDED)
    return _said(pooled.estimate, pooled.interval, one["measure"], contrasts)


def contrast_of(trial: str, studies: Mapping[str, Study]) -> Contrast:
    """The comparison against control that "folder outcome time" names."""
    folder, outcome, when = trial.split()
    found = [one for one in contrasts_of(studies[folder]) if (one.outcome, one.when) == (outcome, when)]
    (contrast,) = (one for one in found if one.comparison == "control")
    return contrast


def _effects(one: Mapping[str, Any], contrasts: list[Contrast]) -> list[Effect]:
    return [_effect(contrast, one) for contrast in contrasts]


def _effect(contrast: Contrast, one: Mapping[str, Any]) -> Effect:
    """As the library has it, or with an SD that the review made for both groups."""
    sd = one.get("sds", {}).get(contrast.study.id)
    if sd is None:
        return effects_of(contrast).effects[one["measure"]]
    a, b = (contrast.study.value("mean", arm, contrast.outcome, contrast.when) for arm in contrast.arms)
    n_a, n_b = contrast.n
    return effects.mean_difference(a, sd, n_a, b, sd, n_b)


def _said(value: float, interval: Interval, measure: str, contrasts: list[Contrast]) -> Ours:
    people = sum(n for contrast in contrasts for n in contrast.n if n)
    if measure.startswith("log_"):
        value, interval = math.exp(value), (math.exp(interval[0]), math.exp(interval[1]))
    return Ours(value, interval, len(contrasts), people)


# -- Review Manager's random-effects form for counts -------------------------------------------------------------------


def cells(contrast: Contrast) -> tuple[int, int, int, int]:
    """Events and people of the first group, then of the second."""
    (n_a, yes_a), (n_b, yes_b) = (people_and_events(contrast, arm) for arm in contrast.arms)
    assert None not in (yes_a, n_a, yes_b, n_b), contrast.id
    return yes_a, n_a, yes_b, n_b


def mantel_haenszel_random(tables: list[tuple[int, int, int, int]], measure: str) -> tuple[float, Interval]:
    """DerSimonian and Laird's pool whose Q is around the Mantel-Haenszel estimate, as Review Manager 5 has it.

    Deeks & Higgins 2010, Statistical algorithms in Review Manager 5, "Random-effects methods for combining studies".
    Needs tables without an empty cell.
    """
    a, n_a, c, n_b = np.array(tables, float).T
    b, d, n = n_a - a, n_b - c, n_a + n_b
    if measure == "log_odds_ratio":
        y, v = np.log(a * d / (b * c)), 1 / a + 1 / b + 1 / c + 1 / d
        centre = math.log((a * d / n).sum() / (b * c / n).sum())
    else:
        y, v = np.log(a / n_a / (c / n_b)), 1 / a - 1 / n_a + 1 / c - 1 / n_b
        centre = math.log((a * n_b / n).sum() / (c * n_a / n).sum())
    weights = 1 / v
    q = float((weights * (y - centre) ** 2).sum())
    tau2 = max(0.0, (q - len(y) + 1) / (weights.sum() - (weights**2).sum() / weights.sum()))
    weights = 1 / (v + tau2)
    value, se = float((weights * y).sum() / weights.sum()), float(weights.sum() ** -0.5)
    return value, (value - Z95 * se, value + Z95 * se)


# -- the page ----------------------------------------------------------------------------------------------------------


def digits(text: str) -> int:
    """Decimals of a printed number."""
    return len(text.partition(".")[2])


def page() -> str:
    """The text of docs/checked-against-others.md."""
    studies = load_studies()
    return HEAD + "\n".join(line for one in published() for line in _section(one, studies))


def _section(one: Mapping[str, Any], studies: Mapping[str, Study]) -> Iterator[str]:
    printed, places = one["printed"], digits(one["printed"]["value"])
    interval_places = digits(printed["low"])
    yield f"## {one['question'][0].upper()}{one['question'][1:]}\n"
    yield f"{one['review']}. Printed: {one['place']}.\n"
    yield "| | result | 95% interval | of |\n|---|---|---|---|"
    yield f"| theirs | {printed['value']} | {printed['low']} to {printed['high']} | {_counted(printed)} |"
    own, shown = recomputed(one, studies), as_on_screen(one, studies)
    for name, found in ((f"ours, by their model ({one['model']})", own), ("as the screens pool it", shown)):
        yield f"| {name} | {_cells(found, places, interval_places)} |"
    yield f"\nTrials in the library: {_trials(one['trials'], studies)}. Missing: {one['missing']}.\n"
    yield f"{'Reproduced. ' if one['reproduced'] else 'Not reproduced. '}{one['why']}\n"


def _cells(found: Ours | None, places: int, interval_places: int) -> str:
    if found is None:
        return "nothing to pool | | "
    low, high = (f"{end:.{interval_places}f}" for end in found.interval)
    return f"{found.value:.{places}f} | {low} to {high} | {_counted({'k': found.k, 'people': found.people})}"


def _counted(of: Mapping[str, Any]) -> str:
    """ "12 trials, 1556 mothers", or what of it is said."""
    trials = [f"{of['k']} {'trial' if of['k'] == 1 else 'trials'}"] if "k" in of else []
    return ", ".join([*trials, *([f"{of['people']} mothers"] if "people" in of else [])]) or "not said"


def _trials(trials: list[str], studies: Mapping[str, Study]) -> str:
    return ", ".join(studies[trial.split()[0]].short_title["en"] for trial in trials) or "none"


HEAD = """# Checked against others

Pooled results of published reviews, recomputed from the folders of this library. Written by `make checked`; what the
reviews print stands with its place in `tests/reference/published.toml`, and a test holds every digit that is called
reproduced. "As the screens pool it" is REML with a Hartung–Knapp interval that is never narrower than Wald's.

"""


def main() -> None:
    WRITTEN.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
