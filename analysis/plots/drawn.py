"""Which people a plot draws one by one: those who have every value, and of very many an even sample."""

from __future__ import annotations

import numpy as np

from analysis.asking import Question
from analysis.words import Say

MOST = 400  # people of one group; more would hide each other, and a browser would draw them for seconds


def drawn_of(scores: np.ndarray) -> np.ndarray:
    """Places of the people that are drawn of `scores` of shape (n,) or (n, timepoints), in order.

    Of very many every k-th is drawn, from the one with the lowest change (or value) to the one with the highest, so
    that the picture has the shape of the whole.
    """
    rows = scores.reshape(len(scores), -1)
    complete = np.flatnonzero(~np.isnan(rows).any(axis=1))
    if len(complete) <= MOST:
        return complete
    size = rows[complete, -1] - (rows[complete, 0] if rows.shape[1] > 1 else 0)
    evenly = np.linspace(0, len(complete) - 1, MOST).round().astype(int)
    return np.sort(complete[np.argsort(size, kind="stable")[evenly]])


def can_be_drawn(question: Question) -> bool:
    """True where some of the first group's people have a value at every time that is asked about."""
    return len(drawn_of(question.scores()[1])) > 0


def whom_it_shows(question: Question, say: Say) -> str:
    """That a plot draws a sample of a group's people, or not those who lack a value; blank where it draws everybody."""
    groups = [group.scores[0] for group in question.people if group]
    most = max(map(len, groups), default=0)
    incomplete = sum(int(np.isnan(group).any(axis=1).sum()) for group in groups)
    said = [say("plot.sampled", drawn=MOST, people=most)] if most > MOST else []
    return " ".join([*said, say("plot.incomplete", count=incomplete)] if incomplete else said)


def with_sample(marks: str, question: Question, say: Say) -> str:
    """What marks mean on paper, and whom they stand for where that isn't everybody."""
    return " ".join(filter(None, (marks, whom_it_shows(question, say))))
