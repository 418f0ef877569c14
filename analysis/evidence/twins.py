"""Reports of the same people: of each set one enters a pool, the one that can be read best."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analysis.evidence.choice import name_of
from analysis.evidence.contrasts import Contrast
from analysis.evidence.likeness import alike
from analysis.studies import SOURCE_KINDS, Study


def pool_of(contrast: Contrast) -> tuple:
    """What can be pooled as one intervention's result."""
    return alike(contrast), name_of(contrast.treatments)


def twins_in_pools(found: Sequence[Contrast], able: Sequence[Contrast]) -> dict[tuple, Study]:
    """Pools and ids of studies that stay out of them because another one holds the same people, with that one."""
    holding, having = _by_pool(found), _by_pool(able)
    return {
        (pool, twin): study
        for pool, studies in having.items()
        for twin, study in twins_among(studies, holding[pool]).items()
    }


def _by_pool(contrasts: Iterable[Contrast]) -> dict[tuple, list[Study]]:
    pools: dict[tuple, list[Study]] = {}
    for contrast in contrasts:
        pools.setdefault(pool_of(contrast), []).append(contrast.study)
    return pools


def twins_among(studies: Iterable[Study], others: Iterable[Study]) -> dict[str, Study]:
    """Of all these the ids of those whose people one of `studies` holds too, with the one that stands for them."""
    known = {study.id: study for study in others}
    out: dict[str, Study] = {}
    for study in sorted({study.id: study for study in studies}.values(), key=_nearness):
        if study.id not in out:
            out |= dict.fromkeys(_twins_of(study, known.values()), study)
    return out


def _twins_of(study: Study, studies: Iterable[Study]) -> set[str]:
    """Studies with the same people, said by either of them, or through a third."""
    same, border = {study.id}, [study]
    while border:
        one = border.pop()
        near = [other for other in studies if other.id not in same and _same_people(one, other)]
        same |= {other.id for other in near}
        border += near
    return same - {study.id}


def _same_people(one: Study, other: Study) -> bool:
    return other.id in one.facets.same_people_as or one.id in other.facets.same_people_as


def _nearness(study: Study) -> tuple:
    """Read in the original before quoted by another."""
    return (*SOURCE_KINDS, "not-said").index(study.source_kind), study.id
