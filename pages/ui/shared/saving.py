"""A plot to take into a paper: a small list below it, filled when it is opened, so that it costs nothing until then."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import streamlit as st

from analysis.asking import Question
from analysis.plots import Finished, Panel, caption
from analysis.plots.printing import FORMS, ONE_COLUMN, TWO_COLUMNS, Form, Picture, bundle, evidence, pictured, source
from analysis.results import Status, for_asker
from analysis.studies import Study
from analysis.words import Say
from pages.ui.shared import link
from pages.ui.shared.guard import panel

MIME = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
ODD = re.compile(r"[^a-z0-9]+")  # in a file's name


@dataclass(frozen=True, eq=False)
class Paper:
    """What a saved plot says beside itself, and how it is drawn for paper.

    Args:
        title: what was found; where blank, what the plot's text alternative says.
        words: what stands below it; asked for when the list is opened, None where no study has a part in it.
        drawn: the plot for one column (True) or two; None where one plot serves both.
        one_column: False where its numbers would be too small there.
        together: all plots that stand side by side on the screen, None where this one stands alone.
    """

    title: str = ""
    words: Callable[[], Below] | None = None
    drawn: Callable[[bool], Finished] | None = None
    one_column: bool = True
    together: Callable[[], Together] | None = None


@dataclass(frozen=True, eq=False)
class Together:
    """Several plots in one picture."""

    title: str
    panels: Sequence[Panel]
    words: Below


@dataclass(frozen=True)
class Below:
    """n, note and source of a plot, as `analysis.plots.save` takes them, and the studies whose numbers are drawn."""

    texts: Mapping[str, str]
    studies: tuple[Study, ...]


def of_study(study: Study, arms: Iterable[str], statuses: Iterable[Status], say: Say) -> Below:
    """The words below a plot of one study, drawn today."""
    return Below(caption(study, list(arms), statuses, say, date=date.today().isoformat()), (study,))


def of_question(question: Question, say: Say, status: Status | None = None) -> Paper:
    """Paper for a plot of what was asked of one study."""
    statuses = [status or question.status]
    return Paper(words=lambda: of_study(question.study, question.arms, statuses, say))


def of_studies(studies: Iterable[Study], statuses: Iterable[Status], say: Say, n: str = "") -> Below:
    """The words below a plot of several studies, drawn today."""
    found = list(dict.fromkeys(studies))
    said = {"n": n, "note": evidence(statuses, say), "source": source(found, say, date=date.today().isoformat())}
    return Below(said, tuple(found))


def offer(plot: Finished, sentence: str, key: str, paper: Paper, say: Say) -> None:
    """The list below a plot; its pictures are drawn when it is opened, each file when it is asked for."""
    look = {"icon": ":material/download:", "type": "tertiary", "key": f"save-{key}", "on_change": "rerun"}
    with st.popover(say("save.figure"), **look) as place:
        if place.open:
            with panel(say, "save.failed"):
                _filled(plot, sentence, key, paper, say)


def _filled(plot: Finished, sentence: str, key: str, paper: Paper, say: Say) -> None:
    words = paper.words() if paper.words else of_studies((), (), say)
    with st.spinner(say("save.drawing")):
        pictures = _pictures(plot, sentence, paper, words, say)
    for name, picture in pictures.items():
        st.caption(say(name, width=f"{picture.width:g}"))
        with st.container(horizontal=True):
            for form in FORMS:
                _file(picture, form, key, name, say)
    if not paper.one_column:
        st.caption(say("save.too-wide"))
    st.caption(say("save.bundle"))
    name = file_name(key, "save.bundle", "zip").removesuffix(".zip")
    st.download_button(
        say("save.form-zip"),
        for_asker(partial(_bundle, pictures["save.two-columns"], plot, words, name, link.address(), say)),
        f"{name}.zip", "application/zip", key=f"bundle-{key}", on_click="ignore",
    )  # fmt: skip


def _bundle(picture: Picture, plot: Finished, words: Below, name: str, address: str, say: Say) -> bytes:
    note = "\n\n".join(filter(None, words.texts.values()))
    return bundle(picture, plot, words.studies, name, say, note=note, link=address)


def _pictures(plot: Finished, sentence: str, paper: Paper, words: Below, say: Say) -> dict[str, Picture]:
    """The plot in both widths, and all plots beside each other, by the key of what they are called."""
    title = paper.title or sentence
    widths = {"save.one-column": ONE_COLUMN} if paper.one_column else {}
    found = {}
    for name, width in {**widths, "save.two-columns": TWO_COLUMNS}.items():
        figure = paper.drawn(width == ONE_COLUMN) if paper.drawn else plot
        found[name] = pictured(figure, title=title, width=width, **words.texts)
    if paper.together:
        all_of_them = paper.together()
        found["save.together"] = pictured(
            all_of_them.panels, title=all_of_them.title, width=TWO_COLUMNS, **all_of_them.words.texts
        )
    return found


def _file(picture: Picture, form: Form, key: str, name: str, say: Say) -> None:
    st.download_button(
        say(f"save.form-{form}"), for_asker(partial(picture.form, form)), file_name(key, name, form), MIME[form],
        key=f"{name}-{key}-{form}", on_click="ignore",
    )  # fmt: skip


def file_name(key: str, name: str, form: str) -> str:
    """ "lactascope-cassava-between-one-column.pdf": small letters, digits and hyphens alone."""
    which = name.removeprefix("save.")
    return f"lactascope-{ODD.sub('-', f'{key} {which}'.lower())}.{form}"
