"""Output tables of SPSS pasted as text: what was read, what the rules say, and the way on to recovery."""

from __future__ import annotations

from dataclasses import fields

import pandas as pd
import streamlit as st

from analysis.checks import Reported, reported, spss
from analysis.checks.spss import Facts
from analysis.words import Say
from pages.ui.shared import ledger, link
from pages.ui.shared.text import plain

EXAMPLE = """Ranks
\t\tN\tMean Rank\tSum of Ranks
sesudah - sebelum\tNegative Ranks\t1a\t4,00\t4,00
\tPositive Ranks\t7b\t4,57\t32,00
\tTies\t9c
\tTotal\t17
Test Statistics
\tsesudah - sebelum
Z\t-2,111
Asymp. Sig. (2-tailed)\t,035"""
PARTS = ("first", "second", "signs", "ranks", "mean_test", "welch")
CARRIED = {
    "improved": ("signs", "positive"),
    "worsened": ("signs", "negative"),
    "unchanged": ("signs", "ties"),
    "mean_rank_positive": ("signs", "mean_rank_positive"),
    "mean_rank_negative": ("signs", "mean_rank_negative"),
    "z_wilcoxon": ("ranks", "z"),
    "p_wilcoxon": ("ranks", "p"),
    "before_mean": ("first", "mean"),
    "before_sd": ("first", "sd"),
    "after_mean": ("second", "mean"),
    "after_sd": ("second", "sd"),
    "change_sd": ("mean_test", "sd"),
    "t_paired": ("mean_test", "t"),
    "p_paired": ("mean_test", "p"),
}


@st.cache_resource(max_entries=64, show_spinner=False)
def _read(text: str) -> tuple[spss.Pasted, tuple[Facts, ...], tuple[Reported, ...]]:
    sentences = tuple(reported(text))
    pasted = spss.read(text, frozenset(line for sentence in sentences for line in sentence.lines))
    return pasted, spss.facts(pasted), sentences


def paste(say: Say) -> None:
    """A field for the tables; per comparison what was read and what the rules say of it."""
    st.text(say("spss.intro"))
    if st.button(say("check-numbers.example"), icon=":material/content_paste:"):
        st.session_state["pasted"] = EXAMPLE
    text = st.text_area(plain(say("spss.field")), height=240, key="pasted", persist_state="session")
    if not text.strip():
        return
    pasted, found, sentences = _read(text)
    for note in pasted.problems:
        st.warning(plain(say.note(note, "paste")), icon=":material/warning:")
    for sentence in sentences:
        st.markdown(f"**{plain(sentence.text)}**")
        if sentence.ruled:
            ledger.verdict(*sentence.ruled, say)
        else:
            st.caption(say("spss.reported-lacks"))
    if not found and not sentences:
        st.info(say("spss.nothing"), icon=":material/table_rows:")
    for place, facts in enumerate(found):
        _comparison(facts, place, say)


def _comparison(facts: Facts, place: int, say: Say) -> None:
    st.header(plain(facts.name or say("spss.unnamed", number=place + 1)), anchor=False)
    for note in facts.notes:
        st.caption(plain(say.note(note, "paste")))
    verdicts = spss.check(facts)
    ledger.verdicts(verdicts, say)
    if not verdicts:
        st.caption(say("spss.no-rule"))
    with st.expander(say("spss.read")):
        st.table(pd.DataFrame(_read_out(facts, say)).map(plain).rename(columns=plain), hide_index=True)
    if facts.design == "paired":
        st.button(
            say("spss.carry"),
            key=f"carry-{place}",
            icon=":material/arrow_forward:",
            on_click=_carry,
            args=(facts,),
            help=say("spss.carry-help"),
        )


def _read_out(facts: Facts, say: Say) -> list[dict[str, str]]:
    """Every number that was read, in the words of the table it came from."""
    rows = []
    parts = [(part, getattr(facts, part)) for part in PARTS] + [("group", group) for group in facts.groups]
    for part, one in parts:
        name = getattr(one, "name", "") or say(f"spss.part-{part}")
        rows += [
            {say("spss.where"): name, say("spss.fact"): say(f"fact.{f.name}"), say("figures.printed"): value}
            for f in fields(one)
            if (value := getattr(one, f.name)) and f.name not in ("name", "contrast", "basis")
        ]
    return rows


def _carry(facts: Facts) -> None:
    """Fill the fields of "Before and after" with what was read."""
    values = {name: getattr(getattr(facts, part), what) for name, (part, what) in CARRIED.items()}
    values |= {"n": facts.signs.total or facts.n, "r": facts.r}
    link.put(what="pairs", **{f"pair.{name}": value for name, value in values.items() if value})
