"""Demonstrations for a class, each preset from a study of the library: what is asked first, then what is to be seen.

`DEMONSTRATIONS` is the registry, in the order of the menu. A demonstration turns its study, the reader's settings and
whether the answer is revealed into a `Scene`: one picture and one sentence. Whatever is drawn at random has a fixed
seed, so that everybody in a class sees the same.
"""

from analysis.telling.classroom import chance, choosing, comparing, measuring
from analysis.telling.classroom.demonstration import GUESSES, Control, Demonstration, Scene, defaults, scene
from analysis.telling.classroom.pictures import (
    AllTests,
    Bars,
    Cloud,
    Lines,
    Mark,
    Picture,
    Power,
    Row,
    Rows,
    Shuffled,
    Tree,
)

DEMONSTRATIONS: dict[str, Demonstration] = {
    one.id: one for family in (chance, comparing, measuring, choosing) for one in family.DEMONSTRATIONS
}

__all__ = [
    "DEMONSTRATIONS",
    "GUESSES",
    "AllTests",
    "Bars",
    "Cloud",
    "Control",
    "Demonstration",
    "Lines",
    "Mark",
    "Picture",
    "Power",
    "Row",
    "Rows",
    "Scene",
    "Shuffled",
    "Tree",
    "defaults",
    "scene",
]
