"""What each study offers, for the overview: from people down to a bare p value."""

from __future__ import annotations

from typing import Literal

from analysis.results import remembered
from analysis.studies.card import SOURCE_KINDS
from analysis.studies.facets import TREATMENTS, treatments_named
from analysis.studies.people import recover_arm
from analysis.studies.study import Study
from analysis.words import Say

Offer = Literal["participants", "counts", "summaries", "means", "percentages", "p-only"]
OFFERS: tuple[Offer, ...] = ("participants", "counts", "summaries", "means", "percentages", "p-only")
OFFER_OF_STATISTIC: dict[str, Offer] = {
    "sd": "summaries",
    "se": "summaries",
    "change_sd": "summaries",
    "mean": "means",
    "change_mean": "means",
    "count": "counts",
    "percent": "percentages",
}


@remembered(1024)
def offers(study: Study) -> tuple[Offer, ...]:
    """All kinds of data a study offers, richest first; recovered people need every before and after."""
    found: set[Offer] = {
        OFFER_OF_STATISTIC[f.statistic]
        for f in study.figures
        if f.statistic in OFFER_OF_STATISTIC and f.usable is not None
    }
    if any(_recovered(study, outcome) for outcome in study.outcomes):
        found.add("participants")
    if "summaries" in found:
        found.discard("means")
    return tuple(offer for offer in OFFERS if offer in found) or ("p-only",)


def _recovered(study: Study, outcome: str) -> bool:
    """True when every arm's changes are fully determined: all data sets that fit have the same ones."""
    arms = [recover_arm(study, outcome, arm) for arm in study.arms]
    return all(arm is not None and arm.changes_determined for arm in arms)


def by_richness(studies: dict[str, Study]) -> list[Study]:
    """Usable studies: read in the original first, by us before by a digest; then what offers most, then the newest."""

    def place(study: Study) -> tuple:
        hand = (*SOURCE_KINDS, "not-said").index(study.source_kind)
        return hand, study.digested, OFFERS.index(offers(study)[0]), -int(study.card.get("year", 0)), study.id

    return sorted((study for study in studies.values() if study.usable), key=place)


def classes_of(study: Study) -> set[str]:
    """Classes of the treatments that the study's arms had (see `facets.TREATMENTS`)."""
    return {TREATMENTS[treatment] for arm in study.arms.values() for treatment in arm.treatments}


def country_named(study: Study, say: Say) -> str:
    """The country on a study's card in the reader's language; as it stands where we have no word for it."""
    country = study.card.get("country", "")
    key = f"country.{country.lower().replace(' ', '-')}"
    return say(key) if say.has(key) else country


def matches(study: Study, sought: str, say: Say) -> bool:
    """True if every word sought stands in what a reader would call the study by, in either language."""
    named = (treatments_named(arm.treatments, say) for arm in study.arms.values())
    labels = (
        text.values() for part in (study.arms, study.outcomes) for text in (entry.label for entry in part.values())
    )
    texts = [study.id, study.card.get("citation", ""), study.card.get("country", ""), country_named(study, say), *named]
    texts += [word for words in (study.title.values(), study.short_title.values(), *labels) for word in words]
    text = " ".join(texts).casefold()
    return all(word in text for word in sought.casefold().split())
