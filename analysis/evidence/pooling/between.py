"""Subgroups: each pooled by itself, and whether they differ by more than chance."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from analysis.evidence.pooling.pooled import margins, need_interval, pool_studies
from analysis.evidence.pooling.studies import Studies, need_one_each, studies_of
from analysis.evidence.pooling.tau2 import estimator, weighted
from analysis.results import Effect, NotApplicable, Note, Pooled


@dataclass(frozen=True)
class Difference:
    """The test that all groups have one effect: F with `df`, one τ² for all (None for a common effect).

    The second of `df` is None where the interval is Wald's: F times the first is χ² then.
    """

    f: float
    df: tuple[int, int | None]
    p: float
    tau2: float | None


@dataclass(frozen=True)
class Subgroups:
    """The pooled effect of each label, in order of first appearance, and the test of no difference between them.

    `difference` is None where every group is one study: then nothing says how far studies differ within a group.
    """

    labels: tuple[Hashable, ...]
    pooled: tuple[Pooled, ...]
    difference: Difference | None
    notes: tuple[Note, ...] = ()


def subgroups(
    effects: Iterable[Effect],
    groups: Sequence[Hashable],
    tau2: str = "REML",
    interval: str = "HKSJ",
    *,
    confidence: float = 0.95,
) -> Subgroups:
    """Pools each group with its own τ² and tests, with one τ² for all, whether the groups differ.

    Args:
        groups: one label per effect; effects labelled None are left out, with a note.

    The test is the F of a meta-regression on the labels (Knapp & Hartung 2003, doi:10.1002/sim.1482): a τ² for each of
    a few small groups is so uncertain that a test built on them finds differences far too often. It is metafor's
    `rma(yi, vi, mods = ~ factor(labels))` with the same `tau2` and `interval`.

    Raises:
        NotApplicable: not one label per effect, fewer than 2 groups, and what `pool` refuses.
    """
    need_interval(interval)
    studies = studies_of(effects)
    need_one_each(studies, groups)
    labels = tuple(label for label in dict.fromkeys(groups) if label is not None)
    if len(labels) < 2:
        raise NotApplicable("too-few-groups", groups=len(labels))
    members = [[i for i, label in enumerate(groups) if label == of] for of in labels]
    pooled = tuple(pool_studies(studies.chosen(which), tau2, interval, confidence) for which in members)
    known = studies.chosen([i for which in members for i in which])
    sizes = [len(which) for which in members]
    left_out = studies.k - known.k
    notes = (Note("left-out", {"count": left_out}),) if left_out else ()
    if known.k == len(labels):
        return Subgroups(labels, pooled, None, (*notes, Note("groups-of-one")))
    return Subgroups(labels, pooled, _difference(known, sizes, tau2, interval, confidence), notes)


def _difference(studies: Studies, sizes: Sequence[int], tau2: str, interval: str, confidence: float) -> Difference:
    """The F of labels, for studies in the order of their groups."""
    design = np.repeat(np.eye(len(sizes)), sizes, axis=0)
    data = (studies.values - studies.values.mean(), studies.variances)
    spread = estimator(tau2)(*data, design)
    apart, together = weighted(*data, design, spread), weighted(*data, np.ones((studies.k, 1)), spread)
    between, within = len(sizes) - 1, studies.k - len(sizes)
    q = max(0.0, together.q - apart.q)
    known = None if tau2 == "FE" else spread
    if interval == "Wald":
        return Difference(q / between, (between, None), float(special.chdtrc(between, q)), known)
    scale = margins(apart, interval, confidence).inflation ** 2
    f = q / between / scale if scale else np.inf if q else 0.0
    return Difference(float(f), (between, within), float(special.fdtrc(between, within, f)), known)
