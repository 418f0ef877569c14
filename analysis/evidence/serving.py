"""People who serve several comparisons of one pool are divided among them; the effects stay each study's one number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from analysis.evidence.body import Entry, effect_of
from analysis.evidence.choice import Choice
from analysis.evidence.contrasts import ALONE, Contrast, Shares, shared_out, with_variance
from analysis.results import Effect


def as_pooled(entries: Sequence[Entry], choice: Choice) -> tuple[Effect, ...]:
    """The effects of one pool in the order of its entries, those of shared arms as uncertain as with their part.

    Cochrane Handbook 6.5, section 23.3.4.
    """
    serving = Counter((entry.contrast.study.id, arm) for entry in entries for arm in entry.contrast.arms)
    return tuple(
        _as_sharing(entry.contrast, entry.effect, choice, _shares(entry.contrast, serving))
        for entry in entries
        if entry.effect
    )


def _shares(contrast: Contrast, serving: Counter[tuple[str, str]]) -> Shares:
    if len(contrast.arms) != 2:
        return ALONE
    a, b = (serving[contrast.study.id, arm] for arm in contrast.arms)
    return a, b


def _as_sharing(contrast: Contrast, own: Effect, choice: Choice, shares: Shares) -> Effect:
    """A contrast's own effect with the variance that its part of the people gives it."""
    if shares == ALONE:
        return own
    divided = effect_of(contrast, choice, shares)
    if divided is None or divided.variance is None:
        # too few people to divide: then as for effects that aren't made of two groups' numbers
        return shared_out(own, contrast.n_of_both, shares)
    same = replace(divided, value=own.value, substituted=own.substituted)
    return with_variance(same, divided.variance)
