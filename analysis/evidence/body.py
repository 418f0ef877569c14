"""Which effects may be pooled, and which are shown beside them with the reason why not.

Only like is pooled with like: one outcome family, one kind of comparison, one direction of better, for
differences in the outcome's own unit also one unit. One study gives one effect per pair of arms, with all
people of both; of studies of one intervention with the same people only one enters.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from analysis.evidence.choice import KINDS_OF, UNIT_FREE, Choice, fits, unit_of
from analysis.evidence.contrasts import BASES, Contrast, Found, contrasts_of, converted, effects_of, lacks
from analysis.evidence.likeness import mixed, nearest
from analysis.evidence.twins import pool_of, twins_in_pools
from analysis.results import Effect, Note, remembered
from analysis.studies import Study


@dataclass(frozen=True)
class Entry:
    """One row: a contrast with its effect, or with what keeps it out. `left_out` is the reader's own doing.

    The effect is that of all people of both arms, whatever else these arms serve: the study's one number.
    """

    contrast: Contrast
    effect: Effect | None
    why_not: Note | None = None
    left_out: bool = False

    @property
    def poolable(self) -> bool:
        return self.effect is not None and self.why_not is None


@dataclass(frozen=True)
class Body:
    """Everything the library says of one choice; `refused` says why a mix can't be pooled, `nearest` what can."""

    choice: Choice
    entries: tuple[Entry, ...] = field(hash=False)  # hashed at each rerun of a screen: the choice tells bodies apart
    refused: Note | None = None
    nearest: Choice | None = None

    @property
    def all(self) -> tuple[Entry, ...]:
        """What can be pooled, whatever the reader left out."""
        return () if self.refused else tuple(entry for entry in self.entries if entry.poolable)

    @property
    def kept(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.all if not entry.left_out)


def body(studies: Iterable[Study], choice: Choice) -> Body:
    """The rows of a choice, the poolable ones first, and whether they may be pooled."""
    return _body(tuple(studies), choice)


@remembered(64)
def _body(studies: tuple[Study, ...], choice: Choice) -> Body:
    return body_anew(studies, choice)


def body_anew(studies: Iterable[Study], choice: Choice) -> Body:
    """`body` without remembering it: for the many small ones that a map is made of, which would push out the rest."""
    found = [contrast for study in studies for contrast in one_per_pair(study, choice)]
    able = [contrast for contrast in found if _has(contrast, choice) and _own_reason(contrast, choice) is None]
    twins = twins_in_pools(found, able)
    entries = sorted((_entry(c, choice, twins) for c in found), key=lambda entry: not entry.poolable)
    rows = Body(choice, tuple(entries))
    poolable = [entry.contrast for entry in rows.all]
    refused = mixed(poolable, choice)
    return replace(rows, refused=refused, nearest=nearest(poolable, choice)) if refused else rows


def others(found: Body) -> tuple[Entry, ...]:
    """Further results of the pooled studies and pairs, another outcome or time, which the pooled ones stand for."""
    rows = []
    for one in (entry.contrast for entry in found.all):
        for contrast in contrasts_of(one.study):
            further = replace(contrast, equal_groups=one.equal_groups)
            if pair_of(further) == pair_of(one) and further != one and (e := effect_of(further, found.choice)):
                rows.append(Entry(further, e, lacks("stands-for-it", **_named(one))))
    return tuple(rows)


def pair_of(contrast: Contrast) -> tuple:
    """What stands for one another: one family of outcomes, one pair of arms (or a single arm)."""
    return contrast.family, contrast.comparison, contrast.arms


def _named(contrast: Contrast) -> dict[str, object]:
    """Outcome and time of a contrast, as texts of its card."""
    time = contrast.study.timepoints.get(contrast.when.split(":")[-1])
    return {"outcome": contrast.study.outcomes[contrast.outcome].label, "when": time.label if time else ""}


# -- one effect per study and pair of arms -----------------------------------------------------------------------------


def one_per_pair(study: Study, choice: Choice) -> list[Contrast]:
    """Of each pair of arms (and each single arm) the contrast that best answers the choice."""
    return [_best(group, choice) for group in _answers(study, choice)]


def _answers(study: Study, choice: Choice) -> list[list[Contrast]]:
    """The contrasts of each pair of arms (and each single arm) that answer the choice."""
    groups: dict[tuple, list[Contrast]] = {}
    for contrast in contrasts_of(study):
        if fits(contrast, choice):
            # people are shared evenly only where some aren't printed: all others keep their effects
            shared = choice.equal_groups and None in contrast.n
            asked = replace(contrast, equal_groups=True) if shared else contrast
            groups.setdefault(pair_of(contrast), []).append(asked)
    return list(groups.values())


def _best(group: list[Contrast], choice: Choice) -> Contrast:
    """With the effect asked for, else any; what needs no assumption before what does; then the last (or first) time.

    Of several outcomes of that time the one that the card names first; as measured before adjusted before change.
    """

    def place(contrast: Contrast) -> tuple:
        found = effects_of(contrast, r=_r(contrast, choice)).effects
        effect = _effect(found, choice)
        return (
            not _has(contrast, choice),
            not found,
            not contrast.has_figures,
            effect is not None and effect.status == "assumed",
            _distance(contrast, choice.moment),
            list(contrast.study.outcomes).index(contrast.outcome),
            BASES.index(contrast.basis),
        )

    return min(group, key=place)


def _distance(contrast: Contrast, moment: str) -> float:
    """Places from the moment asked for, in the order of the card; a time that isn't said is the farthest."""
    times = list(contrast.study.timepoints)
    if not contrast.when:
        return math.inf
    place = times.index(contrast.when.split(":")[-1])
    return len(times) - place if moment == "last" else place


def _has(contrast: Contrast, choice: Choice) -> bool:
    effect = _effect(effects_of(contrast, r=_r(contrast, choice)).effects, choice)
    return effect is not None and effect.variance is not None


def _r(contrast: Contrast, choice: Choice) -> float | None:
    """The assumed correlation where it matters: where people are compared with themselves."""
    return choice.r if contrast.of_same_people else None


def _effect(found: Mapping[str, Effect], choice: Choice) -> Effect | None:
    """The effect asked for; converted from another kind, or of a direction said in words, if the reader assumes so."""
    effect = found.get(choice.kind) or (converted(found, choice.kind) if choice.convert else None)
    return None if effect is not None and _in_words(effect) and not choice.worded else effect


def _in_words(effect: Effect) -> bool:
    """Whether an effect lies on the side that it has only because a study's words say so."""
    return any(note.key == "direction-in-words" for note in effect.notes)


# -- what keeps a row out ----------------------------------------------------------------------------------------------


def _entry(contrast: Contrast, choice: Choice, twins: Mapping[tuple, Study]) -> Entry:
    found = _found(contrast, choice)
    effect = _effect(found.effects, choice)
    if effect is None:
        other = lacks("other-effect", kinds=tuple(found.effects)) if found.effects else None
        own = found.refused.get(choice.kind)
        words = lacks("direction-in-words") if any(map(_in_words, found.effects.values())) else None
        return Entry(contrast, None, own or words or other or found.missing or lacks("nothing-printed"))
    why_not = _own_reason(contrast, choice)
    if why_not is None and (twin := twins.get((pool_of(contrast), contrast.study.id))):
        why_not = lacks("same-people", study=twin.short_title)
    return Entry(contrast, effect, why_not, contrast.study.id in choice.left_out)


def _found(contrast: Contrast, choice: Choice) -> Found:
    return effects_of(contrast, r=_r(contrast, choice), design_effect=design_effect_of(contrast, choice))


def design_effect_of(contrast: Contrast, choice: Choice) -> float:
    """What the variance of a contrast is multiplied by: as assumed, for trials that allocated whole groups."""
    return choice.design_effect or 1.0 if contrast.study.facets.allocation == "cluster" else 1.0


def effect_of(contrast: Contrast, choice: Choice) -> Effect | None:
    """The effect asked for, with all people of all arms."""
    return _effect(_found(contrast, choice).effects, choice)


def _own_reason(contrast: Contrast, choice: Choice) -> Note | None:
    """What keeps a contrast out by itself, whatever other studies there are."""
    effect = effect_of(contrast, choice)
    if effect is not None and effect.variance is None:
        return lacks("only-a-bound")
    if contrast.study.facets.allocation == "cluster" and not choice.design_effect:
        return lacks("cluster-not-adjusted")
    if contrast.comparison == "unnamed":
        return lacks("comparator-not-named")
    if effect is not None and not choice.unnamed_tests and any(note.key == "test-not-named" for note in effect.notes):
        return lacks("test-not-named")
    return None


# -- the usual effect -----------------------------------------------------------------------------------------------


def best_kind(studies: Iterable[Study], choice: Choice) -> str:
    """The effect that most rows of a choice have in one unit, the usual one where several tie."""
    return _best_kind(tuple(studies), choice)


@remembered(64)
def _best_kind(studies: tuple[Study, ...], choice: Choice) -> str:
    return best_kind_anew(studies, choice)


def best_kind_anew(studies: Iterable[Study], choice: Choice) -> str:
    """`best_kind` without remembering it, as `body_anew`."""
    groups = [group for study in studies for group in _answers(study, choice)]

    def rows(kind: str) -> int:
        asked = replace(choice, kind=kind)
        having = [next((contrast for contrast in group if _has(contrast, asked)), None) for group in groups]
        units = Counter(unit_of(contrast) if kind in UNIT_FREE else "" for contrast in having if contrast)
        return max(units.values(), default=0)

    return max(KINDS_OF[choice.comparisons[0] if choice.comparisons else "control"], key=rows)
