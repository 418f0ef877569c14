"""How certain a body of evidence is: a GRADE rating, proposed from what is known and open to a reader's choice.

A body of randomised comparisons starts at high, any other at low, and so does change within one group, whoever
allocated it (Guyatt et al. 2011, GRADE guidelines 3, doi:10.1016/j.jclinepi.2010.06.004). The variant in which
studies judged by ROBINS-I start at high (Schünemann et al. 2019, GRADE guidelines 18) isn't used, nor is anything
rated up. Five domains may each take one level (serious) or two (very serious); `analysis.evidence.ratings` holds
their rules and thresholds. While a domain isn't settled, the word is only an upper limit (`at_most`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from analysis.evidence import ratings
from analysis.evidence.ratings import LEVELS, RatedBody, Rating
from analysis.results import NotApplicable, Note
from analysis.words import Say

WORDS = ("very low", "low", "moderate", "high")
START_RANDOMISED, START_OTHER = 3, 1  # places in WORDS
RULES: Mapping[str, Callable[[RatedBody], Rating]] = {
    "bias": ratings.bias,
    "inconsistency": ratings.inconsistency,
    "indirectness": ratings.indirectness,
    "imprecision": ratings.imprecision,
    "small-study": ratings.small_study,
}
DOMAINS = tuple(RULES)


@dataclass(frozen=True)
class Certainty:
    """The rating of each domain, and what they leave of the start; `word` is an upper limit if `at_most`."""

    randomised: bool
    reasons: Mapping[str, Rating] = field(hash=False)
    compared: bool = True

    @property
    def start(self) -> str:
        """Why it starts where it does: "randomised", "other", or "before-after" for change within one group."""
        return "randomised" if self.randomised else "other" if self.compared else "before-after"

    @property
    def word(self) -> str:
        start = START_RANDOMISED if self.randomised else START_OTHER
        return WORDS[max(0, start - sum(rating.level or 0 for rating in self.reasons.values()))]

    @property
    def at_most(self) -> bool:
        return self.word != WORDS[0] and not all(rating.settled for rating in self.reasons.values())


def propose(body: RatedBody) -> Certainty:
    """The rating that the thresholds of this module give, domain by domain.

    Raises:
        NotApplicable: no study, or judgements or intervals of more studies than there are.
    """
    if body.k < 1:
        raise NotApplicable("no-studies")
    if (most := max(len(body.biases), len(body.intervals))) > body.k:
        raise NotApplicable("more-than-studies", n=most, k=body.k)
    return Certainty(body.randomised, {domain: rule(body) for domain, rule in RULES.items()}, body.compared)


def revise(certainty: Certainty, levels: Mapping[str, int | None]) -> Certainty:
    """The same rating with some domains as a reader chose them: 0, 1 or 2 levels, or None for unknown.

    Raises:
        NotApplicable: no such domain or level.
    """
    reasons = dict(certainty.reasons)
    for domain, level in levels.items():
        if domain not in DOMAINS:
            raise NotApplicable("no-such-domain", domain=domain, known=", ".join(DOMAINS))
        if level is not None and (isinstance(level, bool) or level not in LEVELS):
            raise NotApplicable("no-such-level", level=level)
        reasons[domain] = Rating(level, Note("chosen"), proposed=False)
    return replace(certainty, reasons=reasons)


def word_said(certainty: Certainty, say: Say) -> str:
    """ "low certainty", or "at most low certainty" while a domain isn't settled."""
    word = say(f"certainty-word.{certainty.word.replace(' ', '-')}")
    return say("certainty-said.at-most" if certainty.at_most else "certainty-said.exactly", word=word)


def level_said(rating: Rating, say: Say) -> str:
    """ "serious (one level down)", "unknown", and whether a reader chose it."""
    level = "unknown" if rating.level is None else f"{rating.level}-or-more" if rating.or_more else f"{rating.level}"
    said = say(f"certainty-level.{level}")
    return said if rating.proposed else say("certainty-said.chosen", level=said)


__all__ = [
    "DOMAINS",
    "LEVELS",
    "WORDS",
    "Certainty",
    "RatedBody",
    "Rating",
    "level_said",
    "propose",
    "revise",
    "word_said",
]
