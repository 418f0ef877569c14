"""Numbers typed in by hand, of one sample: the rules, and every set of scores that could lie behind them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from analysis.checks import Calculated, Typed, calculate, items_of, umbrella
from analysis.checks.repairs import repairs_of, say_repair
from analysis.plots import integrity, small_multiples
from analysis.recover import Recovered
from analysis.results import Note
from analysis.words import Say
from pages.ui.check import jobs
from pages.ui.shared import choose, ledger, link, show
from pages.ui.shared.text import plain

EXAMPLE = {"n": "17", "mean": "3.18", "sd": "1.015", "median": "", "low": "1", "high": "5", "items": "1"}
SHOWN = 6  # small tables side by side
MOST_TABLES = 10_000  # in the download


def calculator(say: Say) -> None:
    """Seven fields, what each rule says, and the sets of scores that fit."""
    st.text(say("calculator.intro"))
    example({"typed": EXAMPLE}, say)
    typed = Typed(**fields("typed", tuple(EXAMPLE), say))
    found: Calculated | None = jobs.result("typed", typed, lambda progress: calculate(typed, progress), say)
    if found is None:
        return
    refusal(found.refused, say)
    ledger.verdicts(found.verdicts, say)
    if not found.refused and (suggested := repairs_of(typed)):
        with st.expander(say("check-numbers.repairs", count=len(suggested)), expanded=True, icon=":material/build:"):
            for repair in suggested:
                st.text(say_repair(repair, say))
    if found.recovered:
        _recovered(found.recovered, say)
    scale = typed.low.isdecimal() and typed.high.isdecimal()
    if not found.refused and typed.n and typed.sd and typed.mean and scale:
        _umbrella(typed, say)


def example(rooms: Mapping[str, Mapping[str, str]], say: Say) -> None:
    """A button that fills fields with printed numbers, by the name of their `fields`."""
    put = {f"{room}.{name}": value for room, values in rooms.items() for name, value in values.items()}
    st.button(say("check-numbers.example"), icon=":material/edit_note:", on_click=link.put, kwargs=put)


def fields(room: str, names: tuple[str, ...], say: Say) -> dict[str, str]:
    """Fields for printed numbers, as many side by side as fit, each kept in the link as `<room>.<name>`."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        return {
            name: choose.typed(
                f"{room}.{name}",
                _label(name, say),
                width=WIDE if name.endswith("counts") else NARROW,
            )
            for name in names
        }


NARROW, WIDE = 130, 270  # pixels


def _label(field: str, say: Say) -> str:
    return say(f"calculator.{field.removeprefix('before_').removeprefix('after_')}")


def refusal(note: Note | None, say: Say) -> None:
    """The sentence about input that can't be read, with the group and the field it stands in."""
    if note is None:
        return
    group = {"a": say("groups.first"), "b": say("groups.second")}.get(str(note.values.get("group", "")))
    named = str(note.values.get("field", "n"))
    field = None if named == "n" else _label(named, say)
    st.error(plain(": ".join(filter(None, (group, field, say.note(note, "reason"))))), icon=":material/error:")


def counted(count: int | None, at_least: int, room: str, say: Say) -> None:
    """How many sets fit: exactly, at least, or none."""
    key = "none" if not at_least and count == 0 else "count" if count is not None else "at-least"
    number = count if count is not None else at_least
    st.text(say(f"{room}.{key}", count=f"{number:,}".replace(",", "\u202f")))


def _recovered(found: Recovered, say: Say) -> None:
    """How many sets fit, a walk through them, and the way to take them along."""
    st.header(say("calculator.sets"), anchor=False)
    counted(found.count, found.at_least, "calculator", say)
    if not found.at_least:
        return
    show.status("recovered", say)
    last = len(found.tables)
    chosen = choose.place("typed.set", say("calculator.which"), last) if last > 1 else 1
    first = max(1, min(chosen - SHOWN // 2, last - SHOWN + 1))
    shown = found.tables[first - 1 : first - 1 + SHOWN]
    sentence = say("calculator.table", number=chosen, scores=_written(found, chosen, say))
    show.figure(small_multiples(found.levels, shown, first, chosen, say), sentence, "tables", say)
    st.text(sentence)
    rows = pd.DataFrame(found.tables[:MOST_TABLES], columns=[f"{level:g}" for level in found.levels])
    show.download(say("download.tables"), lambda: rows, "tables")


def _written(found: Recovered, chosen: int, say: Say) -> str:
    """ "11 × 3, 5 × 4, 1 × 5"."""
    pairs = zip(found.tables[chosen - 1], found.levels, strict=True)
    separator = "; " if say.language == "id" else ", "
    return separator.join(f"{int(people)} × {say.printed(f'{level:g}')}" for people, level in pairs if people)


def _umbrella(typed: Typed, say: Say) -> None:
    picture = umbrella(typed.mean, typed.sd, int(typed.n), int(typed.low), int(typed.high), items_of(typed))
    sentence = integrity.sentence(picture, say)
    show.figure(integrity.picture(picture, say), sentence, "umbrella", say)
    st.caption(plain(sentence))
