"""Which comparisons a study offers: two arms after, in their change or adjusted, or one arm before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations

from analysis.results import Effect, Note, remembered
from analysis.studies import CONTROLS, OF_CHANGE, TREATMENTS, Arm, Claim, Study

COMPARISONS = ("control", "active", "before-after", "unnamed")
BASES = ("after", "adjusted", "change")  # in the order they are preferred
ADJUSTED = "adjusted_"


def lacks(key: str, **values: object) -> Note:
    """What keeps a contrast from having an effect, or from being pooled; said with `reason.<key>`."""
    return Note(key, values)


@dataclass(frozen=True)
class Found:
    """The effects of one contrast by kind; `missing` says what a study lacks where there are none.

    `refused` says of a kind why this study can't have it, whatever other effects it has.
    """

    effects: Mapping[str, Effect] = field(default_factory=dict, hash=False)
    missing: Note | None = None
    refused: Mapping[str, Note] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Contrast:
    """One comparison of one study: `arms` are (a, b), meaning a − b, or (a,), meaning after − before.

    `comparison` is "control" (against placebo or usual care), "active" (against another treatment),
    "before-after" (one arm), or "unnamed" where the study doesn't say what the other arm had. `when` is a
    timepoint, or "before:after" for a change; blank where the study prints a test and no time. With
    `equal_groups` the people of a study that prints only their total are taken to be divided evenly, or, of two
    groups, `share` of them to the first. `joined`
    are further comparisons of the same trial that count together with this one: a trial has one effect in a pool.
    """

    study: Study
    outcome: str
    arms: tuple[str, ...]
    comparison: str
    basis: str
    when: str
    equal_groups: bool = False
    share: float = 0.5
    joined: tuple[Contrast, ...] = ()

    @property
    def id(self) -> str:
        """Names it in a link: study, outcome, arms (those of joined comparisons, too), time and basis."""
        arms = "+".join(".".join(group) for group in self.groups)
        return "~".join((self.study.id, self.outcome, arms, self.when, self.basis))

    @property
    def comparisons(self) -> tuple[Contrast, ...]:
        """Itself, or each of those that are joined in it."""
        return (replace(self, joined=()), *self.joined) if self.joined else (self,)

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The arms on each side, each once: one on a side unless comparisons are joined."""
        sides = zip(*(one.arms for one in self.comparisons), strict=True)
        return tuple(tuple(dict.fromkeys(side)) for side in sides)

    @property
    def all_arms(self) -> tuple[str, ...]:
        return tuple(arm for group in self.groups for arm in group)

    @property
    def given(self) -> tuple[tuple[str, ...], ...]:
        """What the first arms had, each once: several only where comparisons of different treatments are joined."""
        return tuple(dict.fromkeys(one.treatments for one in self.comparisons))

    @property
    def comparators(self) -> tuple[tuple[str, ...], ...]:
        """What the second arms had, each once; nothing for one arm before and after."""
        return tuple(dict.fromkeys(one.comparator for one in self.comparisons if one.comparator))

    @property
    def family(self) -> str:
        return self.study.outcomes[self.outcome].family

    @property
    def treatments(self) -> tuple[str, ...]:
        """What the first arm had."""
        return self.study.arms[self.arms[0]].treatments

    @property
    def comparator(self) -> tuple[str, ...]:
        """What the second arm had; nothing for one arm before and after."""
        return self.study.arms[self.arms[1]].treatments if len(self.arms) > 1 else ()

    @property
    def crossover(self) -> bool:
        """True where the same people had what both arms had, in turn."""
        return len(self.arms) == 2 and self.study.facets.crossover

    @property
    def of_same_people(self) -> bool:
        """True where each person is compared with herself: before and after, or both treatments of a crossover."""
        return len(self.arms) == 1 or self.crossover

    def people(self, arm: str) -> int | None:
        """People of one arm measured then (for a change: both times), None where not known."""
        n = self.study.measured(arm, self.outcome, self.when)
        if n is None and self.equal_groups and self.study.arms[arm].n is None:
            return self._share_of_all(arm)
        return int(n) if n else None

    @property
    def unprinted(self) -> tuple[int, int]:
        """People whose arm isn't printed, and the arms without a printed n; (0, …) where all people aren't printed.

        Where fewer were measured than took part, who left isn't even: then none can be shared out.
        """
        known = [int(arm.n) for arm in self.study.arms.values() if arm.n]
        facets = self.study.facets
        people = 0 if facets.measured else int(facets.people or 0) - sum(known)
        return max(0, people), len(self.study.arms) - len(known)

    def _share_of_all(self, arm: str) -> int | None:
        people, arms = self.unprinted
        if self.share == 0.5:
            return people // arms or None
        first = round(people * self.share)
        return first if arm == self.arms[0] else people - first

    @property
    def n_assumed(self) -> bool:
        """True where the number of people of an arm is an even share of all."""
        unknown = (arm for arm in self.all_arms if self.study.arms[arm].n is None)
        return self.equal_groups and any(self.study.measured(arm, self.outcome, self.when) is None for arm in unknown)

    @property
    def has_figures(self) -> bool:
        """False where only a test is printed of it."""
        times = {self.when, *self.when.split(":")}
        return any(
            f.outcome == self.outcome and f.timepoint in times and f.arm in self.all_arms and f.statistic != "n"
            for f in self.study.figures
        )

    @property
    def locators(self) -> tuple[str, ...]:
        """Where its numbers are printed, then the tests of it that the study prints."""
        if self.joined:
            return tuple(dict.fromkeys(place for one in self.comparisons for place in one.locators))
        times = {self.when, *self.when.split(":")}
        claims = (claim for claim in self.study.claims if claim.outcome == self.outcome)
        tested = (c.locator for c in claims if set(c.arms) == set(self.arms) and c.timepoint in (self.when, ""))
        return tuple(dict.fromkeys((*self.study.locators(self.outcome, self.arms, times), *tested)))

    @property
    def n(self) -> tuple[int | None, ...]:
        """People of each side, None where those of an arm aren't known."""
        return tuple(self._all_of(group) for group in self.groups)

    def _all_of(self, group: tuple[str, ...]) -> int | None:
        known = [n for arm in group if (n := self.people(arm)) is not None]
        return sum(known) if len(known) == len(group) else None

    @property
    def n_of_both(self) -> tuple[int | None, int | None]:
        """People of the first and the second side, of a comparison that has two."""
        a, b = self.n
        return a, b


@remembered(4096)
def contrasts_of(study: Study) -> tuple[Contrast, ...]:
    """All comparisons that a study offers, outcome by outcome, in the order of its card."""
    if not study.laid_out:
        return ()
    return tuple(
        contrast
        for outcome in study.outcomes
        for contrast in (*_between(study, outcome), *_before_after(study, outcome))
    )


def _between(study: Study, outcome: str) -> Iterator[Contrast]:
    for one, other in combinations(study.arms.values(), 2):
        a, b = sorted((one, other), key=_place)
        comparison = _comparison(a, b)
        if comparison:
            for basis, when in _times(study, outcome, (a.id, b.id)):
                yield Contrast(study, outcome, (a.id, b.id), comparison, basis, when)


def _place(arm: Arm) -> tuple:
    """Controls, and what isn't said, second; of two treatments first the one that `TREATMENTS` lists first.

    So studies agree on the sign.
    """
    return _is_control(arm), not arm.treatments, [list(TREATMENTS).index(treatment) for treatment in arm.treatments]


def _is_control(arm: Arm) -> bool:
    return bool(arm.treatments) and set(arm.treatments) <= set(CONTROLS)


def _comparison(a: Arm, b: Arm) -> str | None:
    """What kind of comparison two arms make; None where both are controls or alike."""
    if "population" in (a.role, b.role) or _is_control(a) or (a.treatments == b.treatments and a.treatments):
        return None
    if not a.treatments or not b.treatments or "not-named" in (*a.treatments, *b.treatments):
        return "unnamed"
    return "control" if _is_control(b) else "active"


def _times(study: Study, outcome: str, arms: tuple[str, str]) -> list[tuple[str, str]]:
    """(basis, when) of everything printed of these arms after the start, then of tests printed without figures."""
    figures = [f for f in study.figures if f.outcome == outcome and f.arm in arms]
    found = [(basis, when) for basis in BASES for when in dict.fromkeys(_whens(study, figures, basis))]
    tested = [
        _tested(study, claim)
        for claim in study.claims
        if claim.outcome == outcome
        and set(claim.arms) == set(arms)
        and claim.comparison == "between"
        and not (claim.timepoint in study.timepoints and study.timepoints[claim.timepoint].baseline)
    ]
    return list(dict.fromkeys([*found, *(time for time in tested if time not in found)]))


def _whens(study: Study, figures: list, basis: str) -> Iterator[str]:
    for figure in figures:
        times = [study.timepoints[t] for t in figure.timepoint.split(":")]
        if figure.statistic in OF_CHANGE:
            if basis == "change":
                yield figure.timepoint
        elif not times[0].baseline and figure.statistic != "n" and basis == _basis_of(figure.statistic):
            yield figure.timepoint


def _tested(study: Study, claim: Claim) -> tuple[str, str]:
    """(basis, when) of a printed test; an adjusted difference without a time is of the only later one."""
    if adjusted_difference(claim):
        return "adjusted", claim.timepoint or only_later_time(study, claim.outcome)
    return "change" if ":" in claim.timepoint else "after", claim.timepoint


def only_later_time(study: Study, outcome: str) -> str:
    """The one time after the start at which a study prints an outcome; blank where it prints several, or none."""
    later = {figure.timepoint.split(":")[-1] for figure in study.find(outcome=outcome)}
    times = [time for time in later if not study.timepoints[time].baseline]
    return times[0] if len(times) == 1 else ""


def adjusted_difference(claim: Claim) -> bool:
    """Whether a study names its result a difference adjusted for something: neither after alone nor a change."""
    return "adjusted" in claim.named.lower() and "difference" in claim.named.lower()


def _basis_of(statistic: str) -> str:
    return "adjusted" if statistic.startswith(ADJUSTED) else "after"


def _before_after(study: Study, outcome: str) -> Iterator[Contrast]:
    """One arm, from its baseline to each later time; needs a baseline that the card names as one."""
    for arm in study.arms.values():
        if arm.role == "population" or not arm.treatments or _is_control(arm) or "not-named" in arm.treatments:
            continue
        spans = dict.fromkeys(_spans(study, outcome, arm.id))
        yield from (Contrast(study, outcome, (arm.id,), "before-after", "change", span) for span in spans)


def _spans(study: Study, outcome: str, arm: str) -> Iterator[str]:
    figures = [f for f in study.figures if f.outcome == outcome and f.arm == arm and f.statistic != "n"]
    yield from (f.timepoint for f in figures if f.statistic in OF_CHANGE)
    seen = [t for t in study.timepoints if any(f.timepoint == t for f in figures)]
    before = next((t for t in seen if study.timepoints[t].baseline), None)
    if before:
        yield from (f"{before}:{t}" for t in seen if not study.timepoints[t].baseline)
