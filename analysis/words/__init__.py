"""Every visible word, in English (en) and Bahasa Indonesia (id), and how each writes numbers.

`say = say_in("id")` gives a `Say`; `say("menu.study")` gives the words of a key. A key that is
missing shows itself instead of breaking a screen (a test fails on it).
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from analysis.results import Interval, Note

TERMS = ("term", "effect", "estimate", "method")  # rooms in which the words of a term are looked for
LANGUAGES = {"en": "English", "id": "Bahasa Indonesia"}
DECIMAL_MARK = {"en": ".", "id": ","}
ARITHMETIC = re.compile(r"[-\d\s.,+×/–√()<>≤≥]*\d\.\d[-\d\s.,+×/–√()]*")
FORMULA = re.compile(r"[A-Za-zΑ-Ωα-ω ]{1,20} = ")  # "SD = 4.20 · √(30)"
QUOTED = "text"  # what somebody typed or printed is quoted as it stands
BETWEEN_DIGITS = re.compile(r"(?<=\d)\.(?=\d)")
LOCATOR_WORD = re.compile(r"(?<![\w'])[A-Za-z]+(?![\w'])")
DAY = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-(\d{2})")
SMALLEST_P = 0.0001  # below this a p value says no more than that it is small


class Say:
    """The words and number formats of one language."""

    def __init__(self, language: str, words: Mapping[str, str]) -> None:
        self.language = language
        self.words = words

    def __call__(self, key: str, **values: object) -> str:
        """The words of `key`, with values put in; floats are written in this language's way.

        A blank value takes the brackets around it along: no unit, no "()".
        """
        sentence = self.words.get(key, key)
        for name in (name for name, value in values.items() if value == ""):
            sentence = sentence.replace(f" ({{{name}}})", "")
        return sentence.format_map({name: self._value(value) for name, value in values.items()})

    def has(self, key: str) -> bool:
        return key in self.words

    def note(self, note: Note, room: str) -> str:
        """A note of a room ("reason", "check", …); tuples in it are terms to be said too, mappings a card's text."""
        values = {
            name: self.terms(value)
            if isinstance(value, tuple)
            else value
            if name == QUOTED
            else self._arithmetic(value)
            for name, value in note.values.items()
        }
        return self(f"{room}.{note.key}", **values)

    def _arithmetic(self, value: object) -> object:
        """Text that is nothing but numbers and signs ("14 × 8.18 + 1 × 5.50"), written in this language's way."""
        if isinstance(value, Mapping):
            return self.text(value)
        if isinstance(value, str) and ARITHMETIC.fullmatch(value):
            return self.printed(value.replace(", ", "; ") if self.language == "id" else value)
        if isinstance(value, str) and FORMULA.match(value):
            return self.formula(value)
        return value

    def formula(self, text: str) -> str:
        """A formula with its numbers, with this language's decimal mark."""
        return BETWEEN_DIGITS.sub(DECIMAL_MARK[self.language], text)

    def terms(self, keys: Iterable[str]) -> str:
        said = [self(next(filter(self.has, (f"{room}.{key}" for room in TERMS)), f"method.{key}")) for key in keys]
        if len(said) < 2:
            return "".join(said)
        return f"{', '.join(said[:-1])} {self('term.and')} {said[-1]}"

    def text(self, words: Mapping[str, str]) -> str:
        """A text of a study's card in this language, in another where this one is missing."""
        return words.get(self.language) or next(filter(None, words.values()), "")

    def locator(self, text: str) -> str:
        """Where something is printed, with the words for parts of a paper in this language."""
        return LOCATOR_WORD.sub(lambda found: self.words.get(f"locator.{found.group().lower()}", found.group()), text)

    def number(self, value: float, digits: int = 2) -> str:
        """A number with fixed decimals, true minus sign and this language's decimal mark."""
        if math.isinf(value):
            return "∞" if value > 0 else "−∞"
        written = f"{value:.{digits}f}"
        if float(written) == 0:
            written = written.lstrip("-")
        return self.printed(written)

    def signed(self, value: float, digits: int = 2) -> str:
        written = self.number(value, digits)
        return f"+{written}" if value > 0 and float(f"{value:.{digits}f}") else written

    def printed(self, text: str) -> str:
        """A printed number as it stands, with this language's decimal mark."""
        return text.replace("-", "−").replace(".", DECIMAL_MARK[self.language])

    def interval(self, interval: Interval, digits: int = 2) -> str:
        low, high = (self.number(end, digits) for end in interval)
        return f"[{low}; {high}]" if self.language == "id" else f"[{low}, {high}]"

    def p(self, p: float) -> str:
        """A p value with its sign of comparison: three decimals and more, five at most."""
        if p < SMALLEST_P:
            return f"< {self.printed(f'{SMALLEST_P:.4f}')}"
        digits = max(3, 2 - math.floor(math.log10(p)))
        return f"= {self.number(p, min(digits, 5))}"

    def date(self, text: str) -> str:
        """A day written as 2026-11-28, with the name of its month; anything else as it stands."""
        found = DAY.fullmatch(text)
        return f"{int(found[3])} {self(f'month.{int(found[2])}')} {found[1]}" if found else text

    def percent(self, share: float, digits: int = 0) -> str:
        return f"{self.number(100 * share, digits)}%"

    def _value(self, value: object) -> object:
        return self.number(value) if isinstance(value, float) else value


@lru_cache(maxsize=len(LANGUAGES))
def say_in(language: str) -> Say:
    """The words of one language, read once."""
    path = Path(__file__).parent / f"{language}.toml"
    return Say(language, dict(_flat(tomllib.loads(path.read_text(encoding="utf-8")))))


def _flat(table: Mapping[str, object], above: str = "") -> Iterable[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", str(value)
