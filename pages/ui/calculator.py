"""Numbers typed in by hand: the same rules, and every set of scores that could lie behind them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.calculator import Typed, calculate
from analysis.plots.tables import small_multiples
from analysis.recover import Recovered
from analysis.words import Say
from pages.ui import choose, show
from pages.ui.ledger import COLOURS
from pages.ui.text import plain

FIELDS = ("n", "mean", "sd", "median", "low", "high")
EXAMPLE = {"n": "17", "mean": "3.18", "sd": "1.015", "median": "", "low": "1", "high": "5"}
SHOWN = 6  # small tables side by side
MOST_TABLES = 10_000  # in the download


@st.cache_resource(max_entries=128, show_spinner=False)
def _calculated(typed: Typed):
    return calculate(typed)


def calculator(say: Say) -> None:
    """Six fields, what each rule says, and the sets of scores that fit."""
    st.text(say("calculator.intro"))
    typed = Typed(**{name: _field(name, column, say) for name, column in zip(FIELDS, st.columns(6), strict=True)})
    found = _calculated(typed)
    if found.refused:
        st.error(plain(say.note(found.refused, "reason")), icon=":material/error:")
    for rule, verdict in found.verdicts:
        colour = COLOURS[verdict.status.replace(" ", "-")]
        word = plain(say(f"verdict.{verdict.status.replace(' ', '-')}"))
        st.markdown(
            f":{colour}-badge[{word}] **{say(f'rule.{rule}')}** · {plain(say.note(verdict.explanation, 'check'))}"
        )
    if found.recovered:
        _recovered(found.recovered, say)


def _field(name: str, column, say: Say) -> str:
    with column:
        return choose.typed(f"typed.{name}", say(f"calculator.{name}"), placeholder=EXAMPLE[name])


def _recovered(found: Recovered, say: Say) -> None:
    """How many sets fit, a walk through them, and the way to take them along."""
    count = found.count if found.count is not None else found.at_least
    st.subheader(say("calculator.sets"), anchor=False)
    key = "none" if not count else "count" if found.count is not None else "at-least"
    st.text(say(f"calculator.{key}", count=f"{count:,}".replace(",", " ")))
    if not count:
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
    show.download(say("download.tables"), rows, "tables", say)


def _written(found: Recovered, chosen: int, say: Say) -> str:
    """ "11 × 3, 5 × 4, 1 × 5"."""
    pairs = zip(found.tables[chosen - 1], found.levels, strict=True)
    separator = "; " if say.language == "id" else ", "
    return separator.join(f"{int(people)} × {say.printed(f'{level:g}')}" for people, level in pairs if people)
