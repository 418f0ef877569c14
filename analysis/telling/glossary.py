"""The glossary: terms, each with one sentence that says what it means; and which of them stand in a text."""

from __future__ import annotations

import re
from functools import lru_cache

from analysis.words import Say, say_in

# Ids; words, their forms in a text and what they mean stand in the word files.
TERMS = (
    *("mean", "median", "sd", "se", "interval", "p", "paired", "effect-size", "hedges-g", "rank-biserial"),
    *("odds-ratio", "hodges-lehmann", "wilcoxon", "mann-whitney", "exact", "normal-approximation", "df", "holm"),
    *("power", "correlation", "regression-to-mean", "random-effects", "tau2", "i2", "prediction", "hksj", "robust"),
    *("egger", "network", "p-score", "grade", "bias", "randomised", "control", "crossover", "outcome", "printed"),
    *("derived", "recovered", "assumed", "simulated", "envelope", "rounding"),
)
SHORT = 3  # letters up to which a form is a symbol, so that its capitals count


def terms_in(text: str, say: Say) -> tuple[str, ...]:
    """Ids of the terms that stand in a text, in the order of the glossary."""
    return tuple(term for term, form in _forms(say.language).items() if form.search(text))


def terms_like(sought: str, say: Say) -> tuple[str, ...]:
    """Ids of the terms whose name, forms or meaning hold what is sought, by name; all of them where nothing is."""
    found = (term for term in TERMS if sought.strip().casefold() in _whole(term, say).casefold())
    return tuple(sorted(found, key=lambda term: say(f"glossary-term.{term}").casefold()))


def _whole(term: str, say: Say) -> str:
    return " ".join(say(f"{room}.{term}") for room in ("glossary-term", "glossary-as", "glossary"))


@lru_cache(maxsize=2)
def _forms(language: str) -> dict[str, re.Pattern[str]]:
    say = say_in(language)
    return {term: _pattern(say(f"glossary-as.{term}").split("; ")) for term in TERMS}


def _pattern(forms: list[str]) -> re.Pattern[str]:
    ways = (re.escape(form) if len(form) <= SHORT else f"(?i:{re.escape(form)})" for form in forms)
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)")
