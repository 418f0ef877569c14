"""Parts of the start page: study cards, broken folders, the key to the marks, background figures."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from analysis.plots import Finished, n_label, printed_arms
from analysis.plots import context as plots
from analysis.results import remembered
from analysis.studies import Study, country_named, offers
from analysis.words import Say, say_in
from pages.ui.shared import choose, link, show
from pages.ui.shared.frame import PAGES
from pages.ui.shared.saving import Paper, of_study
from pages.ui.shared.text import plain

OFFER_COLOURS = {
    "participants": "violet",
    "counts": "blue",
    "summaries": "green",
    "means": "green",
    "percentages": "orange",
    "p-only": "gray",
}


def founding(studies: Sequence[Study], say: Say) -> None:
    """The studies that the library began with: what each prints of its groups, and the way to it."""
    if not studies:
        return
    st.header(say("overview.founding", count=len(studies)), anchor=False)
    for start in range(0, len(studies), 2):
        for column, study in zip(st.columns(2), studies[start : start + 2], strict=False):
            with column:
                card(study, say, pictured=True)


def card(study: Study, say: Say, *, pictured: bool = False) -> None:
    """One study in a few lines, with a picture of its first outcome if wanted, and where to go from it."""
    with st.container(border=True, height="stretch"):
        st.markdown(f"**{plain(say.text(study.short_title))}**")
        with st.container(horizontal=True, gap="small"):
            for offer in offers(study):
                st.badge(say(f"offer.{offer}"), color=OFFER_COLOURS[offer], help=say(f"offer-help.{offer}"))
        result = say.text(study.card["result"])
        if pictured:
            show.figure(_pictured(study, say.language), result, f"founding-{study.id}", say,
                        paper=Paper(words=lambda: of_study(study, study.arms, ["reported"], say)))  # fmt: skip
        st.text(result)
        st.caption(plain(_facts(study, say)))
        if study.gaps:
            st.caption(say("overview.gaps", count=len(study.gaps)))
        ways_on("overview", study, say)


def ways_on(page: str, study: Study, say: Say) -> None:
    """The other screens on which something of a study is to be seen."""
    there = {
        "study": True,
        "before-after": len(study.timepoints) > 1 and bool(study.figures),
        "between-groups": len(study.arms) > 1 and bool(study.figures),
        "check": page == "study" and bool(study.figures),
    }
    with st.container(horizontal=True):
        for other in (name for name, has in there.items() if has and name != page):
            st.page_link(PAGES[other], label=say(f"menu.{other}"), query_params={"study": study.id})


@remembered(64)
def _pictured(study: Study, language: str) -> Finished:
    return printed_arms(study, next(iter(study.outcomes)), say_in(language))


def _facts(study: Study, say: Say) -> str:
    """Design, place and time, arms with their n, outcomes."""
    arms = "; ".join(f"{say.text(arm.label)}, {n_label(study, arm.id, say)}" for arm in study.arms.values())
    outcomes = ", ".join(f"{say.text(o.label)} ({say.text(o.unit)})" for o in study.outcomes.values())
    where = ", ".join(str(part) for part in (country_named(study, say), study.card.get("year")) if part)
    source = say(f"source.{study.source_kind}")
    return " · ".join(filter(None, [say(f"design.{study.design}"), where, source, arms, outcomes]))


def broken(studies: Sequence[Study], say: Say) -> None:
    """Folders that can't be read, each with file, row and reason; the others are not touched."""
    for study in studies:
        lines = [show.problem(problem, say) for problem in study.problems]
        with st.expander(
            say("overview.broken", folder=plain(study.id), count=len(lines)), icon=":material/error:", expanded=True
        ):
            if study.card.get("citation"):
                st.text(study.card["citation"])
            for line in lines:
                st.text(line)


def reading_key(say: Say) -> None:
    """What the marks of evidence status mean."""
    show.folded(say("overview.key"), "key", ":material/key:", partial(_marks, say))


def _marks(say: Say) -> None:
    for mark in show.STATUS_MARKS:
        left, right = st.columns([1, 4], vertical_alignment="center")
        with left:
            show.status(mark, say)
        right.text(say(f"status-help.{mark}"))


def background(context: Sequence[Study], say: Say) -> None:
    """Coverage, targets and reviews beside the studies; background, never a study."""
    if not context:
        return
    label, linked = say("overview.background", count=len(context)), bool(link.held("background"))
    show.folded(label, "background", ":material/public:", partial(_shelf, context, say), opened=linked)


def _shelf(context: Sequence[Study], say: Say) -> None:
    titles = {folder.id: say.text(folder.short_title) for folder in context}
    st.text(say("overview.background-note"))
    first = next((key for key in titles if plots.has_percentages(_by_id(context, key))), context[0].id)
    chosen = choose.one(
        st.selectbox, "background", say("overview.background-which"), list(titles), first, titles.__getitem__
    )
    _background(_by_id(context, chosen), say)


def _by_id(context: Sequence[Study], key: str) -> Study:
    return next(folder for folder in context if folder.id == key)


@remembered(16)
def _percentages(folder: Study, language: str, narrow: bool) -> Finished:
    return plots.percentages(folder, say_in(language), narrow=narrow)


def _background(folder: Study, say: Say) -> None:
    """What one folder of background holds: a plot where it has percentages, its figures, its claims."""
    result = say.text(folder.card["result"])
    if plots.has_percentages(folder):
        paper = Paper(
            words=lambda: of_study(folder, (), ["reported"], say),
            drawn=lambda narrow: plots.percentages(folder, say, narrow=narrow),
        )
        show.figure(_percentages(folder, say.language, show.on_phone()), result, folder.id, say, paper=paper)
    else:
        st.text(result)
    for note in [*folder.card.get("cannot_tell", []), *folder.card.get("notes", [])]:
        st.caption(plain(say.text(note)))
    if folder.figures:
        show.figures_table(folder, say)
    if folder.claims:
        show.claims_table(folder, say)
