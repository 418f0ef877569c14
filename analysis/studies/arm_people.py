"""The people of one arm: every data set of them that fits, or the one that a study gives itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.results import Status


@dataclass(frozen=True, eq=False)
class ArmPeople:
    """All data sets of one arm that fit: `scores` has shape (k, n, timepoints).

    `determined` says that counts alone fix the people (nothing had to be reconstructed). Scores that a study's own
    table of people leaves out are NaN there, and `names` are those of that table.
    """

    arm: str
    timepoints: tuple[str, ...]
    scores: np.ndarray
    determined: bool
    given: Status | None = None  # how the people are known that a study lists itself
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.scores.setflags(write=False)  # shared between sessions

    @property
    def alternatives(self) -> int:
        return len(self.scores)

    @property
    def status(self) -> Status:
        return self.given or ("derived" if self.determined else "recovered")

    @property
    def changes_determined(self) -> bool:
        """True when all data sets that fit hold the same changes, so that no test of change can differ."""
        if len(self.timepoints) < 2:
            return False
        changes = np.sort(self.scores[:, :, -1] - self.scores[:, :, 0], axis=1)
        return np.array_equal(changes, np.broadcast_to(changes[0], changes.shape), equal_nan=True)
