"""What a demonstration is made of, and how one becomes a scene."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from analysis.results import Status, remembered
from analysis.studies import Study
from analysis.telling.classroom.pictures import Picture
from analysis.words import Say, say_in

GUESSES = ("1", "2", "3")  # predictions that a class may choose from
Setting = Mapping[str, str]


@dataclass(frozen=True)
class Control:
    """One thing to change. `ids` are numbers, said as they are, or words under `lesson-choice.…`."""

    name: str
    ids: tuple[str, ...]
    default: str
    slider: bool = False


@dataclass(frozen=True)
class Scene:
    """What stands on the screen: a picture, the sentence that goes with it, and how its numbers are known."""

    picture: Picture
    said: str
    status: Status


@dataclass(frozen=True)
class Preset:
    """Where a demonstration gets its numbers: ids of a study, its outcome, arms and timepoints."""

    study: str
    outcome: str
    arms: tuple[str, ...]
    times: tuple[str, ...]


def id_said(study: Study, key: str, say: Say) -> str:
    """An id of a control in words: a number, an arm of the study, or a word of its own."""
    if key in study.arms:
        return say.text(study.arms[key].label)
    return say(f"lesson-choice.{key}") if say.has(f"lesson-choice.{key}") else say.printed(key)


@dataclass(frozen=True)
class Demonstration:
    """One entry of the registry; words are `lesson….<id>`.

    `scene` gets the study, the preset, a setting (control → id), whether the answer is revealed, and the words.
    `minutes` is how long a class takes with it; `said` puts an id of its controls into words.
    """

    id: str
    minutes: int
    preset: Preset
    scene: Callable[[Study, Preset, Setting, bool, Say], Scene]
    controls: Callable[[Study, Preset], tuple[Control, ...]] = lambda study, preset: ()
    said: Callable[[Study, str, Say], str] = id_said


def defaults(shown: Demonstration, study: Study) -> dict[str, str]:
    """The setting that a demonstration begins with."""
    return {control.name: control.default for control in shown.controls(study, shown.preset)}


@remembered(512)
def scene(
    shown: Demonstration, study: Study, setting: tuple[tuple[str, str], ...], revealed: bool, language: str
) -> Scene:
    """What a class sees, with (control, id) pairs as set; the same object for the same question.

    Raises:
        KeyError: the study has lost the outcome, arm or timepoint that the demonstration is about.
    """
    return shown.scene(study, shown.preset, dict(setting), revealed, say_in(language))
