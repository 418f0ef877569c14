"""What pasted tables say together: one `Facts` per comparison, every number as the text that was printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from analysis.results import Note

Contrast = Literal["", "after-before", "before-after"]
Basis = Literal["", "negative", "positive"]


@dataclass(frozen=True)
class Sample:
    """One column of scores (before, after) or one group, as printed; blank where nothing is printed."""

    name: str = ""
    n: str = ""
    mean: str = ""
    sd: str = ""
    se: str = ""
    minimum: str = ""
    maximum: str = ""
    median: str = ""
    mean_rank: str = ""
    rank_sum: str = ""


@dataclass(frozen=True)
class Signs:
    """Wilcoxon's *Ranks*. `contrast` says which minus which gave the positive ranks."""

    positive: str = ""
    negative: str = ""
    ties: str = ""
    total: str = ""
    mean_rank_positive: str = ""
    mean_rank_negative: str = ""
    rank_sum_positive: str = ""
    rank_sum_negative: str = ""
    contrast: Contrast = ""


@dataclass(frozen=True)
class RankTest:
    """*Test Statistics*. `basis` is what Z is "based on" by its footnote: negative or positive ranks.

    `p_untied` is "Exact Sig. [2*(1-tailed Sig.)]", not corrected for ties.
    """

    z: str = ""
    p: str = ""
    p_exact: str = ""
    p_untied: str = ""
    basis: Basis = ""
    u: str = ""
    w: str = ""
    chi_square: str = ""
    df: str = ""


@dataclass(frozen=True)
class MeanTest:
    """A t test: the mean change (or difference first − second), its SD, SE, interval, t, df and p."""

    mean: str = ""
    sd: str = ""
    se: str = ""
    low: str = ""
    high: str = ""
    t: str = ""
    df: str = ""
    p: str = ""
    p_one: str = ""
    f: str = ""
    p_f: str = ""
    contrast: Contrast = ""


@dataclass(frozen=True)
class Facts:
    """Everything printed of one comparison.

    `design` is "paired" (`first` is before, `second` after) or "groups" (in the order printed) or "ranks"
    (a χ² of several samples, `groups`). `welch` is the row *Equal variances not assumed*. `notes` say what had to be
    assumed, with keys in `paste`.
    """

    design: Literal["paired", "groups", "ranks"]
    name: str = ""
    first: Sample = Sample()
    second: Sample = Sample()
    r: str = ""
    p_r: str = ""
    signs: Signs = Signs()
    ranks: RankTest = RankTest()
    mean_test: MeanTest = MeanTest()
    welch: MeanTest = MeanTest()
    notes: tuple[Note, ...] = ()
    groups: tuple[Sample, ...] = ()

    @property
    def n(self) -> str:
        """People in all pairs: the total of *Ranks*, else the n of a sample."""
        return self.signs.total or self.first.n or self.second.n if self.design == "paired" else ""
