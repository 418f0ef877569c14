"""What every look at an assumption is given: the question, the test and its samples of one data set."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from analysis.asking.assumptions.pictures import Picture, Values
from analysis.asking.attempts import printed_kinds
from analysis.asking.questions import Question, Samples
from analysis.methods import Method, complete_pairs, complete_rows, differences, present_groups
from analysis.results import NotApplicable, Note
from analysis.studies import Text

FEW = 20  # people; below, tests of an assumption miss most departures (power simulated by Razali & Wah 2011)


@dataclass(frozen=True)
class Assumption:
    """One assumption of a test, looked at on the data behind a question.

    `sentence` gives the statistic (a key of `assume.…`), `meaning` what it means for this test with so
    many people. Where the data can't show it, `picture` is None and `sentence` a key of `reason.…`.
    `attention` marks what deserves a look; it never blocks or changes a test.
    """

    id: str
    sentence: Note
    picture: Picture | None
    attention: bool = False
    meaning: tuple[Note, ...] = field(default=())


@dataclass(frozen=True, eq=False)
class Asked:
    """One test on one data set of a question, and the shapes in which assumptions want its people."""

    question: Question
    method: Method
    samples: Samples

    def need(self, design: str) -> tuple:
        """Samples of a design.

        Raises:
            NotApplicable: the people aren't known (the test runs on printed means).
        """
        if design not in self.samples:
            kinds = printed_kinds(self.question.study, self.question.measure.id)
            raise NotApplicable("needs-people", printed=kinds)
        return self.samples[design]

    def changes(self) -> np.ndarray:
        """after − before of every complete pair."""
        before, after, _ = complete_pairs(*self.need("paired"))
        return differences(before, after)

    def before_after(self) -> list[np.ndarray]:
        """Complete people of each group, shape (n, timepoints)."""
        return [complete_rows(rows)[0] for rows in self.need("groups-before-after")]

    def groups(self) -> list[np.ndarray]:
        """The values that the test compares, by group, at least two in each: changes where it compares changes."""
        if self.method.design == "groups-before-after":
            return present_groups(2, tuple(differences(rows[:, 0], rows[:, -1]) for rows in self.before_after()))[0]
        return present_groups(2, self.need("groups"))[0]

    @property
    def arms(self) -> tuple[Text, ...]:
        return tuple(self.question.study.arms[arm].label for arm in self.question.arms)

    def columns(self) -> list[tuple[Text, np.ndarray]]:
        """Every column of scores as measured (never changes), with the group, the time or both as its label."""
        times = [self.question.study.timepoints[t].label for t in self.question.timepoints]
        if self.question.kind == "within":
            rows = self.samples["repeated"][0] if "repeated" in self.samples else np.column_stack(self.need("paired"))
            return list(zip(_ends(times, rows), np.asarray(rows, dtype=float).T, strict=True))
        if "groups-before-after" in self.samples:
            return [
                (_together(arm, time), column)
                for arm, rows in zip(self.arms, self.samples["groups-before-after"], strict=True)
                for time, column in zip(_ends(times, rows), np.asarray(rows, dtype=float).T, strict=True)
            ]
        return list(zip(self.arms, self.need("groups"), strict=True))


def _ends(times: list[Text], rows: np.ndarray) -> list[Text]:
    """Labels of as many timepoints as there are columns: all, or the first and the last."""
    return times if rows.shape[1] == len(times) else [times[0], times[-1]]


def _together(arm: Text, time: Text) -> Text:
    return {language: f"{words}, {time.get(language) or time['en']}" for language, words in arm.items()}


def values(numbers: np.ndarray) -> Values:
    """An array as plain floats, which a frozen picture can hold."""
    return tuple(float(number) for number in numbers)


def few(n: int, how: str = "few") -> tuple[Note, ...]:
    """That so few people tell little of an assumption (`how` says of what kind); nothing from `FEW` on."""
    return (Note(how, {"n": n}),) if n < FEW else ()
