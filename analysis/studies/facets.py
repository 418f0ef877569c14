"""What a card says so that studies can be laid side by side: treatments, people, outcome families, allocation.

All of it is optional: what a card doesn't say stays unknown ("") and is named as a gap, never filled in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analysis.studies.problems import Folder
from analysis.words import Say

# Every treatment an arm may have had, with its class. An arm with several had them together; "not-named" is
# what a study leaves unnamed, which is neither a treatment nor a control that anything can be compared with.
TREATMENTS: Mapping[str, str] = {
    "placebo": "control",
    "usual-care": "control",
    "domperidone": "drug",
    "metoclopramide": "drug",
    "metformin": "drug",
    "sulpiride": "drug",
    "moringa": "plant",
    "katuk": "plant",
    "torbangun": "plant",
    "cassava-leaf": "plant",
    "fenugreek": "plant",
    "ginger": "plant",
    "turmeric": "plant",
    "silymarin": "plant",
    "galega": "plant",
    "shatavari": "plant",
    "anise": "plant",
    "lettuce": "plant",
    "spinach": "plant",
    "papaya": "plant",
    "papaya-leaf": "plant",
    "banana-flower": "plant",
    "herbal-mix": "plant",
    "soy": "food",
    "mung-bean": "food",
    "peanut": "food",
    "dates": "food",
    "lactation-cookies": "food",
    "fortified-drink": "food",
    "milk": "food",
    "egg": "food",
    "honey": "food",
    "supplement": "food",
    "oxytocin-massage": "touch",
    "breast-massage": "touch",
    "warm-compress": "touch",
    "acupuncture": "touch",
    "acupressure": "touch",
    "back-massage": "touch",
    "reflexology": "touch",
    "skin-to-skin": "touch",
    "education": "learning",
    "hypnobreastfeeding": "mind",
    "music": "mind",
    "relaxation": "mind",
    "aromatherapy": "mind",
    "baby-photo": "mind",
    "emotional-management": "mind",
    "frequent-feeding": "learning",
    "breastfeeding-support": "learning",
    "tube-feeding": "learning",
    "pumping-both": "learning",
    "pumping-in-turn": "learning",
    "not-named": "unknown",
}
CONTROLS = tuple(name for name, group in TREATMENTS.items() if group == "control")
CLASSES = ("plant", "food", "drug", "touch", "mind", "learning")
FAMILIES = (
    "milk-volume",
    "prolactin",
    "adequacy",
    "infant-weight",
    "exclusive-breastfeeding",
    "knowledge",
    "self-efficacy",
    "other",
)
INFANTS = ("term", "preterm", "mixed", "not reported")
WINDOWS = ("pregnancy", "first-days", "first-weeks", "later", "mixed", "not reported")
ALLOCATION = ("person", "cluster")


@dataclass(frozen=True)
class Facets:
    """Who was studied, how they were divided, and which other studies may hold the same people.

    `window` is the time after birth: first-days (to day 3), first-weeks (to day 28) or later. `people` (all that
    took part), `measured` (those of whom the results are, where fewer), `clusters` and `icc` are text as printed. A
    blank is not said.
    """

    infants: str = ""
    window: str = ""
    people: str | None = None
    measured: str | None = None
    allocation: str = ""
    clusters: str | None = None
    icc: str | None = None
    crossover: bool = False
    same_people_as: tuple[str, ...] = ()

    @property
    def who(self) -> tuple[tuple[str, str], ...]:
        """What is said of the people, beside its name."""
        return ("infants", self.infants), ("window", self.window)


def read_facets(folder: Folder, card: dict[str, Any]) -> Facets:
    """The [population] and [allocation] tables and `same_people_as` of a card; wrong words become problems.

    How people were divided may stay unsaid without being a gap: single groups weren't.
    """
    population, allocation = card.get("population", {}), card.get("allocation", {})
    said = {"population.infants": INFANTS, "population.window": WINDOWS}
    said |= {"allocation.unit": ALLOCATION} if allocation else {}
    for name, known in said.items():
        table, _, entry = name.partition(".")
        folder.one_of("study.toml", None, name, card.get(table, {}).get(entry, ""), known)
    same = card.get("same_people_as", [])
    if not isinstance(same, list) or not all(isinstance(other, str) for other in same):
        folder.wrong("study.toml", None, "wrong-shape", entry="same_people_as", shape=("list-of-texts",))
        same = []
    return Facets(
        infants=str(population.get("infants", "")),
        window=str(population.get("window", "")),
        people=_people(folder, population, "people"),
        measured=_people(folder, population, "measured"),
        allocation=str(allocation.get("unit", "")),
        clusters=_text(allocation.get("clusters")),
        icc=_text(allocation.get("icc")),
        crossover=allocation.get("crossover") is True,
        same_people_as=tuple(same),
    )


def _people(folder: Folder, population: Mapping[str, Any], entry: str) -> str | None:
    people = _text(population.get(entry))
    if people is not None and not (people.isdecimal() and int(people) > 0):
        folder.wrong("study.toml", None, "not-a-number", what=f"population.{entry}", text=people)
        return None
    return people


def _text(value: Any) -> str | None:
    return None if value in (None, "") else str(value)


def read_treatments(folder: Folder, arm: str, entry: Mapping[str, Any]) -> tuple[str, ...]:
    """The treatments of one arm, in the order of `TREATMENTS`; unknown ones become problems."""
    said = entry.get("treatments", [])
    if not isinstance(said, list):
        folder.wrong("study.toml", None, "wrong-shape", entry=f"arms.{arm}.treatments", shape=("list-of-texts",))
        return ()
    if not said and entry.get("role") != "population":
        folder.unsaid("study.toml", None, "missing-entry", entry=f"arms.{arm}.treatments")
    for treatment in said:
        folder.one_of("study.toml", None, f"arms.{arm}.treatments", treatment, TREATMENTS)
    return tuple(name for name in TREATMENTS if name in said)


def treatments_named(treatments: tuple[str, ...], say: Say) -> str:
    """ "oxytocin massage + moringa leaf", or that the card doesn't say."""
    return " + ".join(say(f"treatment.{name}") for name in treatments) or say("treatment.not-said")
