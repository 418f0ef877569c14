"""Which effects may be pooled, and which are shown beside them with the reason why not.

Only like is pooled with like: one outcome family, one kind of comparison, one direction of better, for
differences in the outcome's own unit also one unit. One study gives one effect per pair of arms; of
studies with the same people only one enters; a control arm that serves several comparisons is divided.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from analysis.contrasts import BASES, Contrast, contrasts_of, converted, effects_of, lacks
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


@lru_cache(maxsize=64)
def _body(studies: tuple[Study, ...], choice: Choice) -> Body:
    return body_anew(studies, choice)


def body_anew(studies: Iterable[Study], choice: Choice) -> Body:
    """`body` without remembering it: for the many small ones that a map is made of, which would push out the rest."""
    found = [contrast for study in studies for contrast in one_per_pair(study, choice)]
    shares = Counter((c.study.id, c.family, c.arms[1]) for c in found if len(c.arms) > 1 and _has(c, choice))
    twins = _twins(found, choice)
    entries = sorted((_entry(c, choice, shares, twins) for c in found), key=lambda entry: not entry.poolable)
    rows = Body(choice, tuple(entries))
    refused = _mix([entry.contrast for entry in rows.all], choice)
    return replace(rows, refused=refused, nearest=nearest(rows.all, choice)) if refused else rows


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
            groups.setdefault((contrast.family, contrast.comparison, contrast.arms), []).append(asked)
    return list(groups.values())


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


@lru_cache(maxsize=64)
def treatments_given(studies: tuple[Study, ...], choice: Choice) -> frozenset[str]:
    """Names of the treatments that contrasts of a choice compare."""
    return frozenset(name_of(c.treatments) for study in studies for c in contrasts_of(study) if fits(c, choice))


def name_of(treatments: tuple[str, ...]) -> str:
    """What an arm was given, as one word that a link can hold: "moringa.oxytocin-massage"."""
    return ".".join(treatments)


def _best(group: list[Contrast], choice: Choice) -> Contrast:
    """With the effect asked for, else any; of the outcome named first; as measured before adjusted before change."""
    order = list(reversed(group)) if choice.moment == "last" else group

    def place(contrast: Contrast) -> tuple:
        nothing = not effects_of(contrast, r=_r(contrast, choice)).effects
        outcome = list(contrast.study.outcomes).index(contrast.outcome)
        return not _has(contrast, choice), nothing, not contrast.has_figures, outcome, BASES.index(contrast.basis)

    return min(order, key=place)


def _has(contrast: Contrast, choice: Choice) -> bool:
    effect = _effect(effects_of(contrast, r=_r(contrast, choice)).effects, choice)
    return effect is not None and effect.variance is not None


def _r(contrast: Contrast, choice: Choice) -> float | None:
    """The assumed correlation where it matters: in one arm before and after."""
    return choice.r if contrast.comparison == "before-after" else None


def _effect(found: Mapping[str, Effect], choice: Choice) -> Effect | None:
    """The effect asked for; converted from another kind if the reader assumes that this may be done."""
    return found.get(choice.kind) or (converted(found, choice.kind) if choice.convert else None)


# -- what keeps a row out ----------------------------------------------------------------------------------------------


def _entry(contrast: Contrast, choice: Choice, shares: Counter, twins: Mapping[str, Study]) -> Entry:
    share = shares[contrast.study.id, contrast.family, contrast.arms[1]] if len(contrast.arms) > 1 else 1
    cluster = contrast.study.facets.allocation == "cluster"
    factor = choice.design_effect if cluster and choice.design_effect else 1.0
    found = effects_of(contrast, share=max(1, share), r=_r(contrast, choice), design_effect=factor)
    effect = _effect(found.effects, choice)
    if effect is None:
        other = lacks("other-effect", kinds=tuple(found.effects)) if found.effects else None
        return Entry(contrast, None, other or found.missing or lacks("nothing-printed"))
    return Entry(contrast, effect, _why_not(contrast, choice, effect, twins), contrast.study.id in choice.left_out)


def _why_not(contrast: Contrast, choice: Choice, effect: Effect, twins: Mapping[str, Study]) -> Note | None:
    if effect.variance is None:
        return lacks("only-a-bound")
    if contrast.study.id in twins:
        return lacks("same-people", study=twins[contrast.study.id].short_title)
    if contrast.study.facets.allocation == "cluster" and not choice.design_effect:
        return lacks("cluster-not-adjusted")
    if contrast.comparison == "unnamed":
        return lacks("comparator-not-named")
    return None


def _twins(found: Sequence[Contrast], choice: Choice) -> dict[str, Study]:
    """Studies that stay out because another one holds the same people, with the one that stays in."""
    able = {c.study.id: c.study for c in found if _has(c, choice)}
    out: dict[str, Study] = {}
    for study in sorted(able.values(), key=_nearness):
        same = [other for other in able.values() if _same_people(study, other) and other.id not in out]
        if study.id not in out:
            out |= {other.id: study for other in same}
    return out


def _same_people(one: Study, other: Study) -> bool:
    return one.id != other.id and (other.id in one.facets.same_people_as or one.id in other.facets.same_people_as)


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
    if len(pairs) > 1:
        return lacks("mixed-pairs", pairs=len(pairs))
    units = sorted({unit_of(c) for c in contrasts})
    if choice.kind in UNIT_FREE and len(units) > 1:
        return lacks("mixed-units", units=", ".join(units))
    return None


def better_of(contrast: Contrast) -> str:
    return contrast.study.outcomes[contrast.outcome].better


def unit_of(contrast: Contrast) -> str:
    return contrast.study.outcomes[contrast.outcome].unit.get("en", "")


def nearest(entries: Sequence[Entry], choice: Choice) -> Choice | None:
    """The choice nearest to a refused one that holds most studies and can be pooled; None if there is none."""
    for alike, _ in Counter(_alike(entry.contrast) for entry in entries).most_common():
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
    return _best_kind(tuple(studies), choice)


@lru_cache(maxsize=64)
def _best_kind(studies: tuple[Study, ...], choice: Choice) -> str:
    return best_kind_anew(studies, choice)


def best_kind_anew(studies: Iterable[Study], choice: Choice) -> str:
    """`best_kind` without remembering it, as `body_anew`."""
    groups = [group for study in studies for group in _answers(study, choice)]

    def rows(kind: str) -> int:
        asked = replace(choice, kind=kind)
        return sum(any(_has(contrast, asked) for contrast in group) for group in groups)

    return max(KINDS_OF[choice.comparisons[0] if choice.comparisons else "control"], key=rows)
