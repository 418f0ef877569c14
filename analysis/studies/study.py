"""A study: what it prints, and the people behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.studies.people import Participants, people_of
from analysis.studies.printed_study import PrintedStudy


@dataclass(frozen=True)
class Study(PrintedStudy):
    """One study folder: everything printed, and the people that the printed numbers determine."""

    def participants(self, outcome: str, pick: Mapping[str, int] | None = None) -> Participants | None:
        """The people behind an outcome, or None where the printed numbers don't determine any.

        `pick` chooses, per arm, which of the data sets that fit to show (0 is the first).

        Raises:
            KeyError: the study has no such outcome.
        """
        if outcome not in self.outcomes:
            raise KeyError(outcome)
        return people_of(self, outcome, pick or {})
