"""A study of one's own: taken in, shown on all screens, taken away as a folder, or removed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.asking import before_after, between
from analysis.results import for_asker
from analysis.studies import Study
from analysis.telling import between_sentence, printed_sentence, within_sentence
from analysis.uploads import Draft, zipped
from analysis.words import Say
from pages.ui.shared import own, show
from pages.ui.shared.frame import ICONS, PAGES
from pages.ui.shared.own import Own
from pages.ui.shared.text import plain

WAYS_ON = ("before-after", "between-groups", "study", "check", "across-studies")


def offer(found: Draft, owned: Sequence[Own], say: Say) -> None:
    """The button that takes the study in; once it is in as it stands, what it says and where it is."""
    if found.study is None:
        st.warning(say("own.blocked"), icon=":material/edit:")
        return
    same = next((one for one in owned if one.files == found.files), None)
    if same is None:
        known = any(one.study.id == found.study.id for one in owned)
        st.button(
            say("own.renew" if known else "own.use"), icon=":material/check:", key="own-use",
            on_click=own.add, args=(Own(found.study, found.files),),
        )  # fmt: skip
        st.caption(say("own.stays"))
        return
    st.success(say("own.is-in"), icon=":material/task_alt:")
    _one(same, say)


def all_of_them(owned: Sequence[Own], say: Say) -> None:
    """Every own study of this session, with the ways to it."""
    if owned:
        st.header(say("own.all"), anchor=False)
    for one in owned:
        with st.container(border=True):
            st.markdown(f"**{plain(say.text(one.study.title))}**")
            _one(one, say)
    st.caption(say("own.stays"))


def _one(one: Own, say: Say) -> None:
    """What a study says in a few sentences, where to look at it, how to keep it or be rid of it."""
    study = one.study
    with st.container(horizontal=True, vertical_alignment="center"):
        show.status("uploaded", say)
    for sentence in said(study, say):
        st.text(sentence)
    with st.container(horizontal=True):
        for page in WAYS_ON:
            if page != "between-groups" or len(study.arms) > 1:
                st.page_link(PAGES[page], label=say(f"menu.{page}"), icon=ICONS[page], query_params={"study": study.id})
    with st.container(horizontal=True):
        st.download_button(
            say("own.take"), for_asker(lambda: zipped(one.files)), f"{study.id}.zip", "application/zip",
            key=f"own-take-{study.id}", icon=":material/folder_zip:", help=say("own.take-help"), on_click="ignore",
        )  # fmt: skip
        st.button(say("own.remove"), key=f"own-remove-{study.id}", icon=":material/delete:", type="tertiary",
                  on_click=own.remove, args=(study.id,))  # fmt: skip


def said(study: Study, say: Say) -> list[str]:
    """The first outcome in sentences: each group before and after, or the first two groups beside each other."""
    outcome = next(iter(study.outcomes))
    times, arms = study.times_of(outcome), tuple(study.arms)
    alone = [before_after(study, outcome, arm, times) for arm in arms]
    found = [within_sentence(one, say) for one in alone] if len(times) > 1 else []
    if len(arms) > 1:
        quantity = "change" if len(times) > 1 else "after"
        found.append(between_sentence(between(study, outcome, arms[:2], times, quantity), 0, say))
    return [one for one in found if one] or [printed_sentence(one, say) for one in alone]
