"""Like with like: which contrasts one pool can hold, and the nearest choice that can be pooled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from analysis.evidence.choice import UNIT_FREE, Choice, better_of, fits, name_of, unit_of
from analysis.evidence.contrasts import Contrast, lacks
from analysis.results import Note


def mixed(contrasts: Sequence[Contrast], choice: Choice) -> Note | None:
    """Why these can't be pooled, or None."""
    if len({c.family for c in contrasts}) > 1:
        return lacks("mixed-families")
    if len({c.comparison for c in contrasts}) > 1:
        return lacks("mixed-comparisons")
    if len({better_of(c) for c in contrasts}) > 1:
        return lacks("mixed-directions")
    pairs = {(name_of(c.treatments), name_of(c.comparator)) for c in contrasts if c.comparison == "active"}
    return lacks("mixed-pairs", pairs=len(pairs)) if len(pairs) > 1 else unlike(contrasts, choice.kind)


def unlike(contrasts: Sequence[Contrast], kind: str) -> Note | None:
    """Why one scale can't hold these effects, whatever was compared; None where it can."""
    if len({c.family for c in contrasts}) > 1:
        return lacks("mixed-families")
    if len({better_of(c) for c in contrasts}) > 1:
        return lacks("mixed-directions")
    units = sorted({unit_of(c) for c in contrasts})
    return lacks("mixed-units", units=", ".join(units)) if kind in UNIT_FREE and len(units) > 1 else None


def nearest(contrasts: Sequence[Contrast], choice: Choice) -> Choice | None:
    """The choice nearest to a refused one that holds most studies and can be pooled; None if there is none."""
    studies = defaultdict(set)
    for contrast in contrasts:
        studies[alike(contrast)].add(contrast.study.id)

    def place(shared: tuple) -> tuple:
        family, comparison, *pair = shared
        return -len(studies[shared]), choice.families.index(family), choice.comparisons.index(comparison), pair

    for shared in sorted(studies, key=place):
        family, comparison, treatments, comparators = shared
        narrower = replace(choice, families=(family,), comparisons=(comparison,))
        if comparison == "active":
            narrower = replace(narrower, treatments=treatments, comparators=comparators)
        refused = mixed([one for one in contrasts if fits(one, narrower)], narrower)
        if refused is None:
            return narrower
        if refused.key == "mixed-units":
            return replace(narrower, kind=UNIT_FREE[choice.kind])
    return None


def alike(contrast: Contrast) -> tuple:
    """What the choice can narrow down to: family, comparison and, between treatments, the pair."""
    if contrast.comparison != "active":
        return contrast.family, contrast.comparison, (), ()
    return contrast.family, contrast.comparison, (name_of(contrast.treatments),), (name_of(contrast.comparator),)
