"""Illustrative people for teaching: simulated, so that a printed mean change comes out exactly.

A study that prints nothing but mean changes can't be analysed; a lecturer can still show what a
repeated ANOVA would look at. Everything but the printed mean change and n is assumed, and said.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np

from analysis.results import remembered
from analysis.studies.people import ArmPeople
from analysis.studies.study import Study

SEED = 20240707  # fixed, so that a class sees the same people every time


@dataclass(frozen=True)
class Assumptions:
    """What the simulation takes on trust, in the unit of the outcome.

    `start`: mean at the first timepoint; `sd_between`: SD of people around it; `sd_change`: SD of
    each person's total change; `sd_noise`: SD of the scatter around a person's own line.
    The mean rises in equal steps from timepoint to timepoint.
    """

    start: float
    sd_between: float
    sd_change: float
    sd_noise: float


def default_assumptions(changes: list[float], largest_sd: float | None) -> Assumptions:
    """Round, plainly arbitrary choices on the scale of the printed changes.

    The SD of change stays at half of what the printed p allows (`largest_sd`), where it allows anything.
    """
    scale = float(np.mean(np.abs(changes)))
    sd_change = (largest_sd or scale) / 2
    return Assumptions(*(float(_round(value)) for value in (scale, scale / 4, sd_change, sd_change / 4)))


def _round(value: float) -> float:
    """Two significant digits: an assumption that looks precise would mislead."""
    return float(f"{value:.2g}")


def can_illustrate(study: Study, outcome: str, arm: str) -> bool:
    """True where n and the mean change are printed, and no spread: nothing to recover, something to match."""
    n = study.measured(arm, outcome, span_of(study))
    return n is not None and printed_change(study, outcome, arm) is not None


def span_of(study: Study) -> str:
    """The change over the whole study, as the timepoint of its figures."""
    times = list(study.timepoints)
    return f"{times[0]}:{times[-1]}"


def printed_change(study: Study, outcome: str, arm: str) -> float | None:
    """The printed mean change over the whole study, as a number."""
    text = study.value("change_mean", arm, outcome, span_of(study))
    return float(text) if text else None


@remembered(64)
def illustrate(study: Study, outcome: str, arm: str, assumed: Assumptions) -> ArmPeople:
    """Simulated people of one arm whose mean change equals the printed one (up to float dust).

    Raises:
        ValueError: the study prints no mean change or no n for this arm.
    """
    change, n = printed_change(study, outcome, arm), study.measured(arm, outcome, span_of(study))
    if change is None or n is None:
        raise ValueError(f"{study.id}: no printed mean change or n for arm {arm}")
    times = tuple(study.timepoints)
    # crc32, not hash(): Python's hash of text differs from one start to the next
    rng = np.random.default_rng([SEED, zlib.crc32(f"{study.id}/{outcome}/{arm}".encode())])
    people, share = int(n), np.linspace(0, 1, len(times))
    start = assumed.start + assumed.sd_between * _standard(rng, people)
    total = change + assumed.sd_change * _standard(rng, people)
    noise = assumed.sd_noise * rng.standard_normal((people, len(times)))
    noise -= noise.mean(axis=0)
    scores = np.round(start[:, None] + total[:, None] * share + noise, 1)
    scores[:, -1] += change - (scores[:, -1] - scores[:, 0]).mean()
    return ArmPeople(arm, times, scores[None], determined=False)


def _standard(rng: np.random.Generator, n: int) -> np.ndarray:
    """Random numbers with mean exactly 0 and SD exactly 1."""
    draws = rng.standard_normal(n)
    return (draws - draws.mean()) / draws.std(ddof=1)
