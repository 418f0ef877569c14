"""Subgroups: each pooled by itself, and whether they differ by more than chance."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from scipy import special

from analysis.evidence.pooling.pooled import pool, pool_studies
from analysis.evidence.pooling.studies import need_one_each, studies_of
from analysis.results import Effect, NotApplicable, Note, Pooled


@dataclass(frozen=True)
class Subgroups:
    """The pooled effect of each label, in order of first appearance, and the test of no difference between them.

    `q` is None where a group's SE is 0: such a group would count for all others together.
    """

    labels: tuple[Hashable, ...]
    pooled: tuple[Pooled, ...]
    q: float | None
    q_df: int
    q_p: float | None
    notes: tuple[Note, ...] = ()


def subgroups(
    effects: Iterable[Effect],
    groups: Sequence[Hashable],
    tau2: str = "REML",
    interval: str = "HKSJ",
    *,
    confidence: float = 0.95,
) -> Subgroups:
    """Pools each group with its own τ² and tests whether the pooled effects differ.

    Args:
        groups: one label per effect; effects labelled None are left out, with a note.

    Q between is the χ² of the groups' pooled effects with weights 1/SE², SEs as pooled (with HKSJ these are
    HKSJ's): Borenstein et al. 2009, Introduction to Meta-Analysis, ch. 19; in metafor separate fits, then
    `rma(estimates, sei = ses, mods = ~labels, method = "FE")`.

    Raises:
        NotApplicable: not one label per effect, fewer than 2 groups, and what `pool` refuses.
    """
    studies = studies_of(effects)
    need_one_each(studies, groups)
    labels = tuple(label for label in dict.fromkeys(groups) if label is not None)
    if len(labels) < 2:
        raise NotApplicable("too-few-groups", groups=len(labels))
    members = [[i for i, label in enumerate(groups) if label == of] for of in labels]
    pooled = tuple(pool_studies(studies.chosen(which), tau2, interval, confidence) for which in members)
    left_out = studies.k - sum(map(len, members))
    notes = (Note("left-out", {"count": left_out}),) if left_out else ()
    df = len(labels) - 1
    if any(group.se == 0 for group in pooled):
        return Subgroups(labels, pooled, None, df, None, (*notes, Note("group-without-se")))
    q = pool(map(_as_effect, pooled), "FE", "Wald").q
    return Subgroups(labels, pooled, q, df, float(special.chdtrc(df, q)), notes)


def _as_effect(group: Pooled) -> Effect:
    return Effect(group.estimate, group.se**2, group.interval, group.kind, group.status, "")
