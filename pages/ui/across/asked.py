"""What a reader asks of all studies together; every choice is in the link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from analysis.evidence import KINDS_OF, POOLED_FAMILIES, SMALLEST, Choice, answer, best_kind, treatments_given
from analysis.evidence.contrasts import COMPARISONS
from analysis.evidence.pooling import ESTIMATORS, INTERVALS, SAFEGUARDED
from analysis.plots.reports import Document, of_answer
from analysis.studies import INFANTS, Study
from analysis.telling import exchange, is_ratio, kind_name, own_scale, treatment_name
from analysis.telling.exchange import Taken
from analysis.words import Say
from pages.ui.shared import choose, link, options, reporting, show
from pages.ui.shared.frame import Frame
from pages.ui.shared.text import plain

GROUPS = ("ungrouped", "treatment", "class", "design", "infants", "window")
SORTS = ("study", "year", "effect", "precision")
MOMENTS = ("last", "first")


@dataclass(frozen=True)
class Asked:
    """What is pooled, how, and how it is laid out."""

    choice: Choice
    tau2: str
    interval: str
    group: str
    sort: str


FAMILY, VERSUS = "milk-volume", "control"  # what is asked of a reader's first look


def ask(frame: Frame, say: Say, *, network: bool = False) -> Asked:
    """The question in one slim row: outcome and comparison, treatments, effect; the rest behind one button.

    A network takes every comparison of all treatments, so that neither is asked there.
    """
    with options.bar():
        asked = _question(say, outcome=True, comparison=not network)
        if not network:
            asked = replace(asked, treatments=tuple(_treatments(frame.library, asked, say)))
        kinds = KINDS_OF[asked.comparisons[0] if asked.comparisons else "control"]
        kind = choose.one(
            st.selectbox, "effect", say("across.effect"), kinds, best_kind(frame.library, asked),
            lambda key: kind_name(key, say), label_visibility="collapsed", width=130,
        )  # fmt: skip
        asked, tau2, interval, group, sort = _further(replace(asked, kind=kind), say)
    return Asked(asked, tau2, interval, group, sort)


def ask_of_all(say: Say) -> Asked:
    """What the map of all outcomes and treatments leaves to ask: the comparison, and what is behind the button."""
    with options.bar():
        asked, tau2, interval, group, sort = _further(_question(say, outcome=False, comparison=True), say)
    return Asked(asked, tau2, interval, group, sort)


def _question(say: Say, *, outcome: bool, comparison: bool) -> Choice:
    """Which outcome, compared with what; the button says what is asked now."""
    families, versus = link.held("family") or [FAMILY], link.held("versus") or [VERSUS]
    names = [say(f"family.{one}") for one in families if outcome and one in POOLED_FAMILIES]
    names += [say(f"comparison.{one}") for one in versus if comparison and one in COMPARISONS]
    asked = Choice()
    menu = show.menu(plain(", ".join(names) or say("across.families")), "question", ":material/help_center:")
    with menu:
        if outcome:
            asked = replace(asked, families=tuple(choose.many(
                st.pills, "family", say("across.families"), POOLED_FAMILIES, [FAMILY],
                lambda key: say(f"family.{key}"), selection_mode="multi", wrap=True, drawn=bool(menu.open),
            )))  # fmt: skip
        if comparison:
            asked = replace(asked, comparisons=tuple(choose.many(
                st.pills, "versus", say("across.comparisons"), [c for c in COMPARISONS if c != "unnamed"], [VERSUS],
                lambda key: say(f"comparison.{key}"), selection_mode="multi", wrap=True, help=say("help.comparisons"),
                drawn=bool(menu.open),
            )))  # fmt: skip
    return asked


def _treatments(library: Sequence[Study], asked: Choice, say: Say) -> list[str]:
    """Treatments that some study of this outcome and comparison has, in words' order."""
    found = treatments_given(tuple(library), asked)
    ordered = sorted(found, key=lambda name: treatment_name(name, say))
    return choose.many(
        st.multiselect, "given", say("across.treatments"), ordered, [], lambda name: treatment_name(name, say),
        placeholder=say("across.all-treatments"), label_visibility="collapsed", width=180,
    )  # fmt: skip


def _further(asked: Choice, say: Say) -> tuple[Choice, str, str, str, str]:
    menu = show.menu(say("across.further"), "further", ":material/tune:")
    smallest = None
    look = {"drawn": bool(menu.open)}
    with menu:
        infants = choose.many(
            st.pills, "babies", say("across.infants"), INFANTS, [],
            lambda key: say(f"infants.{key.replace(' ', '-')}"), selection_mode="multi", wrap=True, **look,
        )  # fmt: skip
        moment = _one("moment", "across.moment", MOMENTS, "across.moment", say, **look)
        group = _one("by", "across.group", GROUPS, "across.group", say, "treatment", **look)
        sort = _one("sort", "across.sort", SORTS, "across.sort", say, **look)
        tau2 = choose.one(
            st.segmented_control, "tau2", say("across.tau2"), ESTIMATORS, "REML", _same, required=True, **look
        )
        interval = choose.one(
            st.segmented_control, "ci", say("across.interval"), INTERVALS, SAFEGUARDED,
            lambda key: say(f"across.interval-{key.lower()}"), required=True, wrap=True, **look,
        )  # fmt: skip
        smallest = _smallest(asked.kind, say, **look)
        if menu.open:
            st.markdown(f"**{say('across.assumptions')}**")
        equal = choose.switch("equal", say("across.equal"), help=say("help.equal"), **look)
        convert = choose.switch("convert", say("across.convert"), help=say("help.convert"), **look)
        worded = choose.switch("worded", say("across.worded"), help=say("help.worded"), **look)
        unnamed = choose.switch("unnamed", say("across.unnamed-tests"), help=say("help.unnamed-tests"), **look)
        r = choose.number("r", say("across.assumed-r"), -0.99, 0.99, 0.05, placeholder=say("choose.not-chosen"), **look)
        factor = choose.number("deff", say("across.design-effect"), 1.01, 50.0, 0.1, help=say("help.design-effect"),
                               placeholder=say("choose.not-chosen"), **look)  # fmt: skip
    changed = replace(
        asked, infants=tuple(infants), moment=moment, equal_groups=equal, convert=convert, r=r, design_effect=factor,
        unnamed_tests=unnamed, worded=worded, smallest=smallest, left_out=frozenset(link.held("out")),
    )  # fmt: skip
    return changed, tau2, interval, group, sort


NO_SMALLEST, OWN = "none", "own"


def _smallest(kind: str, say: Say, *, drawn: bool) -> float | None:
    """The smallest effect that matters, chosen or typed as effects of this kind are read; on their own scale."""
    presets = {f"{value:g}": value for value in SMALLEST.get(kind, ())}
    names = {NO_SMALLEST: say("choose.not-chosen"), OWN: say("across.smallest-own")}
    chosen = choose.one(
        st.segmented_control, "matters", say("across.smallest", effect=kind_name(kind, say)),
        (NO_SMALLEST, *presets, OWN), NO_SMALLEST, lambda key: names.get(key) or say.number(presets[key]),
        required=True, wrap=True, help=say("help.smallest"), drawn=drawn,
    )  # fmt: skip
    if chosen != OWN:
        return own_scale(kind, presets[chosen]) if chosen in presets else None
    least = 1.01 if is_ratio(kind) else 0.01
    typed = choose.number("matters-own", say("across.smallest-typed"), least, 100_000.0, 0.05, drawn=drawn,
                          placeholder=say("choose.not-chosen"))  # fmt: skip
    return None if typed is None else own_scale(kind, typed)


def _one(name: str, label: str, options: Sequence[str], words: str, say: Say, default: str = "", *, drawn: bool) -> str:
    return choose.one(
        st.segmented_control, name, say(label), options, default or options[0],
        lambda key: say(f"{words}-{key}"), required=True, wrap=True, drawn=drawn,
    )  # fmt: skip


def _same(key: str) -> str:
    return key


def report_on(frame: Frame, asked: Asked, say: Say) -> None:
    """The screen's report is on all that is said of the choice; worked out when somebody takes it."""
    taken = partial(_taken, frame.library, asked)
    reporting.of_screen(partial(_reported, frame.library, asked, say), taken)


def _taken(studies: Sequence[Study], asked: Asked) -> Taken:
    return exchange.of_answer(answer(studies, asked.choice, asked.tau2, asked.interval))


def _reported(studies: Sequence[Study], asked: Asked, say: Say, **dated: str) -> Document:
    return of_answer(answer(studies, asked.choice, asked.tau2, asked.interval), say, **dated)
