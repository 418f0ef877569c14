"""Which effects may be pooled, and which are shown beside them with the reason why not.

Only like is pooled with like: one outcome family, one kind of comparison, one direction of better, for
differences in the outcome's own unit also one unit. One study gives one effect per pair of arms; of
studies with the same people only one enters; an arm that serves several comparisons is divided among them.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.contrasts import BASES, Contrast, Found, Shares, contrasts_of, converted, effects_of, lacks
from analysis.facets import FAMILIES
from analysis.folder import SOURCE_KINDS
from analysis.results import Effect, Note
from analysis.studies import Study

POOLED_FAMILIES = tuple(family for family in FAMILIES if family != "other")
UNIT_FREE = {"mean_difference": "hedges_g", "mean_change": "smcc"}  # effects in their own unit, and without one
BETWEEN = ("hedges_g", "mean_difference", "ratio_of_means", "log_odds_ratio", "log_risk_ratio", "risk_difference")
# Effects that comparisons can be pooled in, the usual one first.
KINDS_OF = {
    "control": BETWEEN,
    "active": BETWEEN,
    "before-after": ("smcc", "smcr", "mean_change"),
    "unnamed": BETWEEN,
}


@dataclass(frozen=True)
class Choice:
    """What a reader wants to see together.

    `treatments` and `comparators` are names as `name_of` gives them, empty for all; `infants` likewise.
    `moment` is "last" or "first" of a study's timepoints. What follows is assumed by the reader, nothing by
    default: `r`, `design_effect`, `equal_groups` and `convert` (yes/no to g and back). `left_out` holds ids
    of studies that the reader left out.
    """

    families: tuple[str, ...] = ("milk-volume",)
    comparisons: tuple[str, ...] = ("control",)
    kind: str = "hedges_g"
    treatments: tuple[str, ...] = ()
    comparators: tuple[str, ...] = ()
    infants: tuple[str, ...] = ()
    moment: str = "last"
    r: float | None = None
    design_effect: float | None = None
    equal_groups: bool = False
    convert: bool = False
    left_out: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Entry:
    """One row: a contrast with its effect, or with what keeps it out. `left_out` is the reader's own doing."""

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
    entries: tuple[Entry, ...]
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
    found = [contrast for study in studies for contrast in one_per_pair(study, choice)]
    able = [contrast for contrast in found if _has(contrast, choice) and _own_reason(contrast, choice) is None]
    serving = Counter((_pool_of(contrast), arm) for contrast in able for arm in contrast.arms)
    twins = _twins(found, able)
    entries = sorted((_entry(c, choice, serving, twins) for c in found), key=lambda entry: not entry.poolable)
    rows = Body(choice, tuple(entries))
    refused = _mix([entry.contrast for entry in rows.all], choice)
    return replace(rows, refused=refused, nearest=nearest(rows.all, choice)) if refused else rows


def _pool_of(contrast: Contrast) -> tuple:
    """What of one study can be pooled together."""
    return contrast.study.id, _alike(contrast)


# -- one effect per study and pair of arms -----------------------------------------------------------------------------


def one_per_pair(study: Study, choice: Choice) -> list[Contrast]:
    """Of each pair of arms (and each single arm) the contrast that best answers the choice."""
    groups: dict[tuple, list[Contrast]] = {}
    for contrast in contrasts_of(study):
        if fits(contrast, choice):
            asked = replace(contrast, equal_groups=choice.equal_groups)
            groups.setdefault((contrast.family, contrast.comparison, contrast.arms), []).append(asked)
    return [_best(group, choice) for group in groups.values()]


def fits(contrast: Contrast, choice: Choice) -> bool:
    """True if a contrast is of a family, comparison, treatment and population that were asked for."""
    asked = (
        (contrast.family, choice.families),
        (contrast.comparison, choice.comparisons),
        (name_of(contrast.treatments), choice.treatments or None),
        (name_of(contrast.comparator), choice.comparators or None),
        (contrast.study.facets.infants, choice.infants or None),
    )
    return all(wanted is None or word in wanted for word, wanted in asked)


def name_of(treatments: tuple[str, ...]) -> str:
    """What an arm was given, as one word that a link can hold: "moringa.oxytocin-massage"."""
    return ".".join(treatments)


def _best(group: list[Contrast], choice: Choice) -> Contrast:
    """With the effect asked for, else any; what needs no assumption before what does; the outcome named first.

    Then as measured before adjusted before change, and the last (or first) time.
    """

    def place(contrast: Contrast) -> tuple:
        found = effects_of(contrast, r=choice.r).effects
        effect = _effect(found, choice)
        return (
            not _has(contrast, choice),
            not found,
            not contrast.has_figures,
            effect is not None and effect.status == "assumed",
            list(contrast.study.outcomes).index(contrast.outcome),
            BASES.index(contrast.basis),
            _distance(contrast, choice.moment),
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
    effect = _effect(effects_of(contrast, r=choice.r).effects, choice)
    return effect is not None and effect.variance is not None


def _effect(found: Mapping[str, Effect], choice: Choice) -> Effect | None:
    """The effect asked for; converted from another kind if the reader assumes that this may be done."""
    return found.get(choice.kind) or (converted(found, choice.kind) if choice.convert else None)


# -- what keeps a row out ----------------------------------------------------------------------------------------------


def _entry(contrast: Contrast, choice: Choice, serving: Counter, twins: Mapping[str, Study]) -> Entry:
    pairs = len(contrast.arms) > 1
    shares = tuple(max(1, serving[_pool_of(contrast), arm]) for arm in contrast.arms) if pairs else (1, 1)
    found = _found(contrast, choice, shares)
    effect = _effect(found.effects, choice)
    if effect is None:
        other = lacks("other-effect", kinds=tuple(found.effects)) if found.effects else None
        return Entry(contrast, None, other or found.missing or lacks("nothing-printed"))
    why_not = _own_reason(contrast, choice)
    if why_not is None and contrast.study.id in twins:
        why_not = lacks("same-people", study=twins[contrast.study.id].short_title)
    return Entry(contrast, effect, why_not, contrast.study.id in choice.left_out)


def _found(contrast: Contrast, choice: Choice, shares: Shares) -> Found:
    return effects_of(contrast, shares=shares, r=choice.r, design_effect=design_effect_of(contrast, choice))


def design_effect_of(contrast: Contrast, choice: Choice) -> float:
    """What the variance of a contrast is multiplied by: as assumed, for trials that allocated whole groups."""
    return choice.design_effect or 1.0 if contrast.study.facets.allocation == "cluster" else 1.0


def whole_effect(contrast: Contrast, choice: Choice) -> Effect | None:
    """The effect asked for with all people of both arms, whatever else these arms serve."""
    return _effect(_found(contrast, choice, (1, 1)).effects, choice)


def _own_reason(contrast: Contrast, choice: Choice) -> Note | None:
    """What keeps a contrast out by itself, whatever other studies there are."""
    effect = whole_effect(contrast, choice)
    if effect is not None and effect.variance is None:
        return lacks("only-a-bound")
    if contrast.study.facets.allocation == "cluster" and not choice.design_effect:
        return lacks("cluster-not-adjusted")
    if contrast.comparison == "unnamed":
        return lacks("comparator-not-named")
    return None


def _twins(found: Sequence[Contrast], able: Sequence[Contrast]) -> dict[str, Study]:
    """Studies that stay out because another one holds the same people, with the one that stays in."""
    studies = {contrast.study.id: contrast.study for contrast in found}
    out: dict[str, Study] = {}
    for study in sorted({contrast.study.id: contrast.study for contrast in able}.values(), key=_nearness):
        if study.id not in out:
            out |= dict.fromkeys(_twins_of(study, studies.values()), study)
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


# -- like with like ----------------------------------------------------------------------------------------------------


def _mix(contrasts: Sequence[Contrast], choice: Choice) -> Note | None:
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


def better_of(contrast: Contrast) -> str:
    return contrast.study.outcomes[contrast.outcome].better


def unit_of(contrast: Contrast) -> str:
    return contrast.study.outcomes[contrast.outcome].unit.get("en", "")


def nearest(entries: Sequence[Entry], choice: Choice) -> Choice | None:
    """The choice nearest to a refused one that holds most studies and can be pooled; None if there is none."""
    studies = defaultdict(set)
    for entry in entries:
        studies[_alike(entry.contrast)].add(entry.contrast.study.id)

    def place(alike: tuple) -> tuple:
        family, comparison, *pair = alike
        return -len(studies[alike]), choice.families.index(family), choice.comparisons.index(comparison), pair

    for alike in sorted(studies, key=place):
        family, comparison, treatments, comparators = alike
        narrower = replace(choice, families=(family,), comparisons=(comparison,))
        if comparison == "active":
            narrower = replace(narrower, treatments=treatments, comparators=comparators)
        refused = _mix([entry.contrast for entry in entries if fits(entry.contrast, narrower)], narrower)
        if refused is None:
            return narrower
        if refused.key == "mixed-units":
            return replace(narrower, kind=UNIT_FREE[choice.kind])
    return None


def _alike(contrast: Contrast) -> tuple:
    """What the choice can narrow down to: family, comparison and, between treatments, the pair."""
    if contrast.comparison != "active":
        return contrast.family, contrast.comparison, (), ()
    return contrast.family, contrast.comparison, (name_of(contrast.treatments),), (name_of(contrast.comparator),)


def best_kind(studies: Iterable[Study], choice: Choice) -> str:
    """The effect that most rows of a choice have, the usual one where several tie."""
    studies = tuple(studies)

    def rows(kind: str) -> int:
        asked = replace(choice, kind=kind)
        return sum(_has(contrast, asked) for study in studies for contrast in one_per_pair(study, asked))

    return max(KINDS_OF[choice.comparisons[0] if choice.comparisons else "control"], key=rows)
