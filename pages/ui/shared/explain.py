"""What the terms of a text mean, for the help that pops up beside it."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.results import remembered
from analysis.telling import terms_in
from analysis.words import Say, say_in
from pages.ui.shared.text import plain


def hint(text: str, say: Say) -> str | None:
    """The terms of a text, each with its sentence, as Markdown for `help=`; None where it has none."""
    return _hint(text, say.language)


@remembered(1024)
def _hint(text: str, language: str) -> str | None:
    say = say_in(language)
    return "\n\n".join(explained(terms_in(text, say), say)) or None


def explained(terms: Iterable[str], say: Say) -> list[str]:
    """A term and what it means, a paragraph each."""
    return [f"**{plain(say(f'glossary-term.{term}'))}**: {plain(say(f'glossary.{term}'))}" for term in terms]
