"""People who serve several comparisons of one pool are divided among them; the effects stay each study's one number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from analysis.evidence.body import Entry, effect_of
from analysis.evidence.choice import Choice
from analysis.evidence.contrasts import ALONE, Shares, shared_out, with_variance
from analysis.results import Effect


def as_pooled(entries: Sequence[Entry], choice: Choice) -> tuple[Effect, ...]:
    """The effects of one pool in the order of its entries, those of shared arms as uncertain as with their part.

    Cochrane Handbook 6.5, section 23.3.4.
    """
    serving = Counter((entry.contrast.study.id, arm) for entry in entries for arm in entry.contrast.arms)
    return tuple(_as_sharing(entry, choice, _shares(entry, serving)) for entry in entries)


def _shares(entry: Entry, serving: Counter) -> Shares:
    arms = entry.contrast.arms
    return tuple(serving[entry.contrast.study.id, arm] for arm in arms) if len(arms) == 2 else ALONE


def _as_sharing(entry: Entry, choice: Choice, shares: Shares) -> Effect:
    """The same effect with the variance that its part of the people gives it."""
    if shares == ALONE:
        return entry.effect
    divided = effect_of(entry.contrast, choice, shares)
    if divided is None:  # too few people to divide: then as for effects that aren't made of two groups' numbers
        return shared_out(entry.effect, entry.contrast.n, shares)
    same = replace(divided, value=entry.effect.value, substituted=entry.effect.substituted)
    return with_variance(same, divided.variance)
