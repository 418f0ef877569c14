"""Numbers typed in by hand, of one group before and after: every table behind them, and how far tests move."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.asking import PairsEnvelope
from analysis.checks import CHANGES, CalculatedPairs, TypedPairs, calculate_pairs
from analysis.plots import crosstab
from analysis.recover import RecoveredPairs
from analysis.telling import conclusion_line, reach_words
from analysis.words import Say
from pages.ui.check import calculator, jobs
from pages.ui.shared import choose, ledger, show
from pages.ui.shared.text import plain

EXAMPLE = {
    "n": "17", "low": "1", "high": "5", "before_mean": "3.41", "before_sd": "0.618", "before_counts": "",
    "after_mean": "3.82", "after_sd": "0.636", "after_counts": "0 0 5 10 2", "improved": "7", "worsened": "1",
    "unchanged": "9", "mean_rank_positive": "4.57", "mean_rank_negative": "4.00", "p_wilcoxon": "0.035",
}  # fmt: skip
MOST_TABLES = 10_000  # in the download


def pairs_calculator(say: Say) -> None:
    """Fields for both columns and for the changes; rules, tables, and the reach of the tests."""
    st.text(say("pairs.intro"))
    calculator.example({"pair": EXAMPLE}, say)
    typed = calculator.fields("pair", ("n", "low", "high"), say)
    for when in ("before", "after"):
        st.markdown(f"**{say(f'term.{when}')}**")
        names = tuple(f"{when}_{what}" for what in ("mean", "sd", "counts"))
        typed |= calculator.fields("pair", names, say)
    with st.expander(say("pairs.changes"), expanded=True):
        typed |= calculator.fields("pair", CHANGES, say)
    asked = TypedPairs(**typed)
    found: CalculatedPairs | None = jobs.result("pairs", asked, lambda progress: calculate_pairs(asked, progress), say)
    if found is None:
        return
    calculator.refusal(found.refused, say)
    ledger.verdicts(found.verdicts, say)
    if found.found:
        _found(found.found, found.envelopes, say)


def _found(found: RecoveredPairs, envelopes: tuple[PairsEnvelope, ...], say: Say) -> None:
    st.header(say("pairs.tables"), anchor=False)
    calculator.counted(found.count, found.at_least, "pairs", say)
    if not found.at_least:
        return
    show.status("recovered", say)
    _reach(envelopes, say)
    last = len(found.tables)
    chosen = choose.place("pair.set", say("calculator.which"), last) if last > 1 else 1
    sentence = say("pairs.table", number=chosen)
    show.figure(crosstab(found.levels, found.tables[chosen - 1], say), sentence, "crosstab", say)
    st.caption(sentence)
    show.download(say("download.tables"), lambda: _rows(found), "pairs")


def _reach(envelopes: tuple[PairsEnvelope, ...], say: Say) -> None:
    """One line per test: how far its results move over everything that fits, and whether the conclusion holds."""
    st.header(say("pairs.reach"), anchor=False)
    rows = [
        {
            say("pairs.test"): say(f"method.{one.method}"),
            **{say(f"pairs.{what}"): words for what, words in reach_words(one.envelope, say).items()},
            say("pairs.conclusion"): conclusion_line(one.envelope, say),
        }
        if one.envelope
        else {say("pairs.test"): say(f"method.{one.method}"), say("pairs.conclusion"): say.note(one.reason, "reason")}
        for one in envelopes
    ]
    st.table(pd.DataFrame(rows).fillna("").map(plain).rename(columns=plain), hide_index=True)


def _rows(found: RecoveredPairs) -> pd.DataFrame:
    """One row per table, one column per before → after."""
    names = [f"{a:g}→{b:g}" for a in found.levels for b in found.levels]
    tables = found.tables[:MOST_TABLES]
    return pd.DataFrame(tables.reshape(len(tables), len(names)), columns=names)
