"""Interventions against each other: the network, its league table, and the plain warning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from analysis.evidence import Choice, Compared, compare
from analysis.evidence.network import split_nodes
from analysis.plots import ringed
from analysis.plots.across import league, network
from analysis.results import remembered
from analysis.studies import Study
from analysis.telling import counted, effect_text, kind_name, treatment_name
from analysis.words import Say
from pages.ui.across import opened
from pages.ui.across.asked import ask, report_on
from pages.ui.shared import choose, show
from pages.ui.shared.frame import Frame
from pages.ui.shared.saving import Below, Paper, of_studies
from pages.ui.shared.text import plain


def view(frame: Frame, say: Say) -> None:
    """All treatments of one outcome through the studies that connect them."""
    asked = ask(frame, say, network=True)
    report_on(frame, asked, say)
    if len(asked.choice.families) != 1:
        st.info(say("reason.mixed-families"), icon=":material/block:")
        return
    found = _compared(frame.library, asked.choice)
    part = _part(found, say)
    if part:
        found = _compared(frame.library, asked.choice, part)
    if found.alike:
        st.caption(say("across.alike-arms", count=len(found.alike)))
    if found.found is None:
        st.info(plain(say.note(found.refused, "reason")), icon=":material/do_not_disturb_on:")
        return
    _draw(found, asked.choice.kind, frame.usable, _paper(found, frame, say), say)


@remembered(64)
def _compared(studies: tuple[Study, ...], choice: Choice, part: int = 0) -> Compared:
    return compare(studies, choice, part)


def _paper(compared: Compared, frame: Frame, say: Say) -> Paper:
    """Paper for a plot of this network: how many had what, how the effects are known, whose they are."""
    net, rows = compared.found, compared.comparisons

    def words() -> Below:
        counts = "; ".join(f"{treatment_name(node.treatment, say)} {node.people or '?'}" for node in net.nodes)
        studies = [frame.usable[row.study] for row in rows]
        return of_studies(studies, [row.effect.status for row in rows], say, say("saved.network", counts=counts))

    return Paper(words=words)


def _part(found: Compared, say: Say) -> int:
    """Which of several networks that nothing connects."""
    if len(found.parts) < 2:
        return 0
    st.caption(say("across.parts", count=len(found.parts)))
    names = {str(i): ", ".join(treatment_name(t, say) for t in part) for i, part in enumerate(found.parts)}
    return int(choose.one(st.selectbox, "part", say("across.part"), list(names), "0", names.__getitem__))


def _draw(compared: Compared, kind: str, studies: Mapping[str, Study], paper: Paper, say: Say) -> None:
    """Each against the reference first; then who was compared with whom, and every pair."""
    net = compared.found
    labels = {name: treatment_name(name, say) for name in net.treatments}
    marks = [*net.treatments, *(f"{edge.a}|{edge.b}" for edge in net.edges)]
    chosen = choose.mark("node", marks) or ""
    _against(compared, chosen, labels, kind, paper, say)
    if any(note.key == "network-indirect" for note in net.notes):
        st.warning(say("across.indirect-warning"), icon=":material/warning:")
    left, right = st.columns(2)
    with left:
        links = "; ".join(f"{labels[e.a]} – {labels[e.b]}: {e.studies}" for e in net.edges)
        graph = network.network_graph(net.nodes, net.edges, say, labels=labels)
        show.figure(
            ringed(graph, chosen), links, "network", say, on_click=partial(choose.clicked, "node"),
            paper=replace(paper, title=_spread(net, say)), saved=graph,
        )  # fmt: skip
        if chosen:
            _detail(compared, chosen, labels, studies, say)
    with right:
        _ranking(compared, labels, paper, say)
    for note in net.notes:
        st.caption(plain(say.note(note, "note")))
    st.text(_spread(net, say))
    st.markdown(f"**{say('across.league')}**")
    table = partial(
        league.league, net.ranked, net.league(), say, labels=labels, higher_is_better=net.higher_is_better, kind=kind
    )
    said = say("across.league-alt", effect=kind_name(kind, say))
    tabled = replace(
        paper, drawn=lambda narrow: table(narrow=narrow), one_column=len(net.ranked) <= league.READABLE_IN_ONE_COLUMN
    )
    show.figure(table(narrow=show.on_phone()), said, "league", say, paper=tabled)
    rows = _pairs(compared, labels, say)
    show.download(say("across.download-league"), lambda: rows, "league")
    _splits(compared, labels, kind, paper, say)


def _detail(compared: Compared, chosen: str, labels: dict[str, str], studies: Mapping[str, Study], say: Say) -> None:
    """The studies behind a treatment of the network, or behind the line between two."""
    ends = set(chosen.split("|"))
    there = dict.fromkeys(one.study for one in compared.comparisons if ends <= {one.a, one.b})
    with st.container(border=True):
        st.markdown(f"**{plain(' – '.join(labels[end] for end in chosen.split('|')))}**")
        opened.studies_linked([studies[study] for study in there], say)


def _against(compared: Compared, chosen: str, labels: dict[str, str], kind: str, paper: Paper, say: Say) -> None:
    """What the network says of each intervention beside the reference, in a sentence and a forest."""
    net, reference = compared.found, compared.reference
    pairs = net.against(reference)
    clear = {
        way: [labels[pair.a] for pair in pairs if league.leaning(pair, net.higher_is_better) == way] for way in (1, -1)
    }
    beside = {"reference": labels[reference]}
    better = say("across.network-better", names=", ".join(clear[1]), **beside) if clear[1] else ""
    worse = say("across.network-worse", names=", ".join(clear[-1]), **beside) if clear[-1] else ""
    sentence = " ".join(filter(None, (better, worse))) or say("across.network-open", **beside)
    st.markdown(f"**{plain(sentence)}**")
    show.status(net.status, say)
    sides = ("across.favours-other", "across.favours")
    draw = partial(
        network.against, pairs, say, labels=labels, axis=kind_name(kind, say), kind=kind,
        favours=tuple(say(key) for key in (sides if net.higher_is_better else sides[::-1])),
    )  # fmt: skip
    show.figure(
        ringed(draw(narrow=show.on_phone()), chosen), sentence, "against", say,
        paper=replace(paper, drawn=lambda narrow: draw(narrow=narrow)),
    )  # fmt: skip


def _ranking(compared: Compared, labels: dict[str, str], paper: Paper, say: Say) -> None:
    """An order only where the numbers tell any two apart."""
    net = compared.found
    if not net.told_apart:
        st.text(say("across.no-ranking"))
        return
    scores = dict(zip(net.treatments, net.p_scores, strict=True))
    ranked = ", ".join(f"{labels[name]} {say.number(scores[name])}" for name in net.ranked)
    bars = network.ranking(net.treatments, net.p_scores, say, labels=labels)
    show.figure(bars, ranked, "ranking", say, paper=paper)
    st.caption(say("across.p-scores"))


def _spread(net, say: Say) -> str:
    studies, comparisons = counted("study", net.k, say), counted("comparison", net.m, say)
    parts = [say("across.network-size", studies=studies, comparisons=comparisons, treatments=len(net.treatments))]
    if net.tau2 is not None and net.i2 is not None:
        parts.append(say("across.network-spread", tau2=say.number(net.tau2, 3), i2=say.number(net.i2, 0)))
    for key, q in (("within", net.within), ("between", net.between)):
        if q.df:
            parts.append(f"{say(f'across.q-{key}')}: Q({q.df}) = {say.number(q.q)}, p {say.p(q.p)}")
    return " · ".join(parts)


def _pairs(compared: Compared, labels: dict[str, str], say: Say) -> pd.DataFrame:
    net = compared.found
    return pd.DataFrame(
        [
            {
                say("across.given"): labels[pair.a],
                say("across.against"): labels[pair.b],
                kind_name(net.kind, say): effect_text(net.kind, pair.estimate.value, pair.estimate.interval, say),
                "p": pair.estimate.p,
            }
            for pair in net.pairs
        ]
    )


def _splits(compared: Compared, labels: dict[str, str], kind: str, paper: Paper, say: Say) -> None:
    """Direct against indirect evidence, where a comparison has both."""
    st.markdown(f"**{say('across.splits')}**")
    found = split_nodes(compared.found)
    if not found:
        st.caption(say("across.no-splits"))
        return
    text = "; ".join(f"{labels[s.a]} – {labels[s.b]}: p {say.p(s.difference.p)}" for s in found)
    draw = partial(network.splits, found, say, labels=labels, axis=kind_name(kind, say), kind=kind)
    drawn = replace(paper, title=say("across.splits"), drawn=lambda narrow: draw(narrow=narrow))
    show.figure(draw(narrow=show.on_phone()), text, "splits", say, paper=drawn)
