"""Parts of the study screen: card, design, misprints, recovered people, claims."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pandas as pd
import pyarrow as pa
import streamlit as st

from analysis.plots import Finished, design
from analysis.results import remembered
from analysis.studies import DOMAINS, NOT_ASSESSED, Figure, Participants, Study, offers
from analysis.telling import facets_said, statistic_name
from analysis.words import Say, say_in
from pages.ui.overview.overview import OFFER_COLOURS, ways_on
from pages.ui.shared import choose, options, show
from pages.ui.shared.frame import PAGES
from pages.ui.shared.saving import Paper, of_study
from pages.ui.shared.text import plain


def head(study: Study, studies: Mapping[str, Study], say: Say) -> None:
    """Title, badges, result, design drawing, what the study can't tell, where it comes from."""
    st.header(plain(say.text(study.title)), anchor=False)
    with st.container(horizontal=True, gap="small"):
        if study.known_as == "uploaded":
            show.status("uploaded", say)
        st.badge(say(f"design.{study.design}"), color="gray")
        for offer in offers(study) if study.known_as != "uploaded" else ():
            st.badge(say(f"offer.{offer}"), color=OFFER_COLOURS[offer], help=say(f"offer-help.{offer}"))
    if found := say.text(study.card["result"]):
        st.text(found)
    elif study.known_as == "uploaded":
        st.text(say("own.on-study"))
    ways_on("study", study, say)
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(f"**{say('study.design')}**")
        paper = Paper(title=say.text(study.title), words=lambda: of_study(study, study.arms, ["reported"], say))
        setting = say.text(study.card["setting"])
        show.figure(
            _design(study, say.language), setting or say("study.design"), f"{study.id}-design", say, paper=paper
        )
        if setting:
            st.caption(plain(setting))
        for line in facets_said(study, say):
            st.caption(plain(line))
    with right:
        _list(say("study.cannot-tell"), study.card.get("cannot_tell", []), say)
    show.folded(say("study.source"), "source", ":material/menu_book:", partial(_source, study, studies, say))
    if study.bias:
        label = say("study.bias", tool=study.bias.tool)
        show.folded(label, "bias", ":material/balance:", partial(_judged, study, say))
    if study.gaps and study.known_as != "uploaded":  # of an own study nobody expects a card
        with st.expander(say("study.gaps", count=len(study.gaps)), icon=":material/more_horiz:"):
            st.caption(say("study.gaps-note"))
            st.text("\n".join(show.problem(gap, say) for gap in study.gaps))


@remembered(64)
def _design(study: Study, language: str) -> Finished:
    return design(study, say_in(language))


def judgements(study: Study, say: Say) -> list[tuple[str, str, str]]:
    """Every domain of the tool that fits a study, its judgement and its reason; what nobody judged says so."""
    lines = []
    for domain in DOMAINS[study.bias_tool]:
        found = study.bias.of(domain) if study.bias else None
        word = say(f"bias-judgement.{(found.judgement if found else NOT_ASSESSED).replace(' ', '-')}")
        lines.append((say(f"bias-domain.{domain}"), word, say.text(found.reason) if found else ""))
    return lines


def _judged(study: Study, say: Say) -> None:
    lines = [map(plain, line) for line in judgements(study, say)]
    st.markdown("\n".join(f"- **{domain}**: {word}. {reason}" for domain, word, reason in lines))


def _list(title: str, texts: list[Mapping[str, str]], say: Say) -> None:
    if texts:
        st.markdown(f"**{title}**")
        st.markdown("\n".join(f"- {plain(say.text(text))}" for text in texts))


def _source(study: Study, studies: Mapping[str, Study], say: Say) -> None:
    card = study.card
    st.text(card.get("citation", ""))
    licence = card.get("licence", "unknown")
    licence = say("study.licence-unknown") if licence == "unknown" else licence
    st.text(say(f"source.{study.source_kind}"))
    if study.digested:
        st.text(say("study.digested"))
    if (citing := card.get("source", {}).get("cited_by")) in studies:
        st.page_link(PAGES["study"], label=plain(say.text(studies[citing].title)), query_params={"study": citing})
    for other in studies.values():
        if other.id in study.facets.same_people_as or study.id in other.facets.same_people_as:
            label = say("study.same-people", study=plain(say.text(other.title)))
            st.page_link(PAGES["study"], label=label, query_params={"study": other.id})
    for name in ("doi", "url"):
        if card.get(name):
            st.text(f"{name}: {card[name]}")
    st.text(say("study.licence", licence=licence, retrieved=say.date(str(card.get("retrieved", "—")))))
    for arm in study.arms.values():
        if note := say.text(arm.n_note):
            st.text(f"n, {say.text(arm.label)}: {note}")
    _list(say("study.notes"), card.get("notes", []), say)


def misprints(study: Study, say: Say) -> None:
    """Printed numbers that arithmetic contradicts, each once, with the arithmetic beside it."""
    groups: dict[str, list[Figure]] = {}
    for figure in study.figures:
        if figure.why:
            groups.setdefault(figure.why, []).append(figure)
    if not groups:
        return
    st.header(say("study.misprints"), anchor=False)
    st.caption(say("study.misprints-note"))
    for why, figures in groups.items():
        with st.container(border=True):
            st.markdown(" · ".join(dict.fromkeys(_printed_and_right(study, f, say) for f in figures)))
            st.text(say.text(study.card["why"][why]))
            st.caption(plain(say.locator("; ".join(dict.fromkeys(f.locator for f in figures)))))


def _printed_and_right(study: Study, figure: Figure, say: Say) -> str:
    arm, value = say.text(study.arms[figure.arm].label), say.printed(figure.value)
    name = statistic_name(figure.statistic, figure.level, say)
    if figure.printed_as:
        return f"{plain(arm)}: **{plain(value)}** = {plain(name)}"
    right = f" → **{plain(say.printed(figure.corrected))}**" if figure.corrected else ""
    return f"{plain(arm)}, {plain(name)}: ~~{plain(value)}~~{right}"


MOST_LISTED = 2_000  # rows of people on the screen; all of them in the download


def people(study: Study, say: Say) -> None:
    """The people behind each outcome, where the printed numbers determine them."""
    for outcome in study.outcomes:
        found = _people(study, outcome, (), say.language)
        if found is None or _only_counted(study, outcome):
            continue
        st.header(say("study.people", outcome=plain(say.text(study.outcomes[outcome].label))), anchor=False)
        show.status(found[0].status, say)
        picked = options.picked_of(study, outcome, list(study.arms), say)
        rows, wide = _people(study, outcome, tuple(picked.items()), say.language) or found
        count = rows.alternatives
        if rows.status == "uploaded":
            st.text(say("study.people-listed", shown=min(MOST_LISTED, len(wide)), count=len(wide)))
        else:
            st.text(say("study.people-one" if count == 1 else "study.people-many", count=count))
        if any(figure.why and not figure.printed_as for figure in study.figures):
            st.caption(say("study.people-corrected"))
        st.dataframe(
            wide.slice(0, MOST_LISTED), hide_index=True, height=300, key=f"people-{outcome}",
            alt=say("study.people", outcome=""), placeholder=choose.UNKNOWN,
        )  # fmt: skip
        show.download(say("download.people"), partial(pd.DataFrame, rows), f"{study.id}-{outcome}-people")


def _only_counted(study: Study, outcome: str) -> bool:
    """True for a yes or no that was asked only afterwards: the printed counts say it shorter than a row per person."""
    return study.outcomes[outcome].scale == "binary" and not study.has_change(outcome)


@remembered(64)
def _people(
    study: Study, outcome: str, picked: tuple[tuple[str, int], ...], language: str
) -> tuple[Participants, pa.Table] | None:
    """The people of the picked sets, a row per person and timepoint; and one row each, as the screen shows them."""
    found = study.participants(outcome, dict(picked))
    return None if found is None else (found, show.kept(_one_row_each(found, study, say_in(language))))


def _one_row_each(found: pd.DataFrame, study: Study, say: Say) -> pd.DataFrame:
    """Participants as rows, timepoints as columns, with the change where there are two."""
    wide = found.pivot(index=["arm", "participant"], columns="timepoint", values="value")
    wide = wide.sort_index(level="arm", key=lambda arms: arms.map(list(study.arms).index), sort_remaining=False)
    wide = wide[[t for t in study.timepoints if t in wide.columns]]
    change = wide.iloc[:, -1] - wide.iloc[:, 0] if wide.shape[1] > 1 else None
    labels = {t: say.text(study.timepoints[t].label) for t in wide.columns}
    if len(set(labels.values())) == len(labels):
        wide = wide.rename(columns=labels)
    if change is not None:
        wide[say("term.change")] = change
    wide = wide.apply(pd.to_numeric, downcast="integer").reset_index()  # whole scores: an eighth of the bytes
    wide["arm"] = [say.text(study.arms[arm].label) for arm in wide["arm"]]
    return wide.rename(columns={"arm": say("figures.arm"), "participant": say("term.participant")})


def claims(study: Study, say: Say) -> None:
    """What the study says it found or tested, with p as printed."""
    st.header(say("claims.title"), anchor=False)
    show.claims_table(study, say)
