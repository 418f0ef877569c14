"""A file as a reader brought it, and each step from it to a study, made anew only when a choice before it changes.

It stands in the session's state, so that all of it goes with the session.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

import streamlit as st

from analysis.uploads import (
    About,
    Draft,
    File,
    Layout,
    Shape,
    Sheet,
    draft,
    limits_from,
    personal_columns,
    propose,
    read_file,
    sheet_of,
)
from analysis.words import Say

R = TypeVar("R")
LARGE = 20_000  # bytes from which a step may take so long that a reader should see that it is being done


@dataclass(eq=False)
class Brought:
    """What was brought: its bytes and name, "" where it was pasted. `key` tells it from others in widgets' names."""

    content: bytes
    name: str
    key: str
    steps: dict[str, tuple[object, Any]] = field(default_factory=dict)

    def _once(self, step: str, choices: object, make: Callable[[], R], waiting: str) -> R:
        """What a step gives, made anew only where it was made of other choices."""
        if step not in self.steps or self.steps[step][0] != choices:
            if len(self.content) > LARGE:
                with st.spinner(waiting):
                    self.steps[step] = choices, make()
            else:
                self.steps[step] = choices, make()
        return self.steps[step][1]

    def file(self, encoding: str, separator: str, say: Say) -> File:
        """
        Raises:
            NotRead: it can't be read so.
        """

        def read() -> File:
            return read_file(self.content, self.name, encoding=encoding, separator=separator, limits=limits_from())

        return self._once("file", (encoding, separator), read, say("own.reading"))

    def sheet(self, file: File, place: int, header: int | None, decimal: str, say: Say) -> Sheet:
        """
        Raises:
            NotRead: there is no row of data in it.
        """
        choices = (id(file), place, header, decimal)
        return self._once(
            "sheet", choices, lambda: sheet_of(file, place, header=header, decimal=decimal), say("own.reading")
        )

    def proposed(self, sheet: Sheet, shape: Shape | None, say: Say) -> Layout:
        """What each column is likely to be."""
        return self._once(f"layout-{shape}", id(sheet), lambda: propose(sheet, shape), say("own.looking"))

    def personal(self, sheet: Sheet, say: Say) -> dict[str, str]:
        """Columns that tell who somebody is."""
        return self._once("personal", id(sheet), lambda: personal_columns(sheet), say("own.looking"))

    def draft(self, sheet: Sheet, layout: Layout, about: About, say: Say) -> Draft:
        """The study that it holds so, with everything that was left out."""
        choices = (id(sheet), layout, about)
        return self._once("draft", choices, lambda: draft(sheet, layout, about), say("own.building"))


def today() -> str:
    """The day on which a file was read, as ISO text."""
    return date.today().isoformat()
