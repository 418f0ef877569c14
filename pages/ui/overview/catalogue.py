"""All studies in one table that can be searched, filtered and sorted; the one clicked stands below it."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import streamlit as st

from analysis.evidence import all_people
from analysis.results import remembered
from analysis.studies import CLASSES, OFFERS, Study, classes_of, country_named, matches, offers, treatments_named
from analysis.words import Say, say_in
from pages.ui.overview import overview
from pages.ui.shared import choose, link, show

HEIGHT = 420
NARROWER = {"overview.result": 330, "across.given": 170}  # px of columns whose rest the card below the table shows


SEARCHES = ("find", "class", "offers")  # names of the choices that look for studies


def seeking() -> bool:
    """True when the reader looks for studies; known before the fields are drawn."""
    return any(found not in ([], [""]) for found in map(link.held, SEARCHES))


def sought(say: Say) -> str:
    """What the reader looks for, typed."""
    return choose.typed(
        "find", say("choose.find"), placeholder=say("choose.find-example"), icon=":material/search:",
        label_visibility="collapsed",
    )  # fmt: skip


def filters(say: Say) -> tuple[list[str], list[str]]:
    """Classes of treatment and kinds of data to show, all without a choice."""
    with st.popover(say("overview.filters"), icon=":material/filter_alt:"):
        classes = choose.many(
            st.pills, "class", say("choose.classes"), CLASSES, [], lambda key: say(f"treatment-class.{key}"),
            selection_mode="multi", wrap=True,
        )  # fmt: skip
        wanted = choose.many(
            st.pills, "offers", say("choose.offers"), OFFERS, [], lambda key: say(f"offer.{key}"),
            selection_mode="multi", wrap=True, help=say("help.offers"),
        )  # fmt: skip
    return classes, wanted


def back_to_answers(say: Say) -> None:
    """Take back every choice that led to the list."""
    st.button(
        say("overview.back"), icon=":material/arrow_back:", type="tertiary", on_click=link.put,
        kwargs={"find": "", "class": [], "offers": []},
    )  # fmt: skip


def found_in(library: Sequence[Study], words: str, classes: Sequence[str], wanted: Sequence[str], say: Say):
    """Studies that every choice lets through, in the order of the library."""
    return tuple(
        study
        for study in library
        if (not wanted or set(wanted) & set(offers(study)))
        and (not classes or set(classes) & classes_of(study))
        and matches(study, words, say)
    )


def draw(found: tuple[Study, ...], count: int, say: Say) -> None:
    """The table and the card of the row that was clicked."""
    st.caption(say("overview.count", found=len(found), all=count))
    if not found:
        st.info(say("overview.none-found"), icon=":material/search_off:")
        return
    ids = [study.id for study in found]
    whole = st.column_config.NumberColumn(format="%d")
    columns = {say("across.mothers"): whole, say("overview.year"): whole}
    columns |= {say(key): st.column_config.TextColumn(width=width) for key, width in NARROWER.items()}
    chosen = choose.row(
        "row", _table(found, say.language), ids, alt=say("overview.all-studies"), height=HEIGHT,
        column_config=columns,
    )  # fmt: skip
    overview.card(found[ids.index(chosen)], say)


@remembered(32)
def _table(found: tuple[Study, ...], language: str) -> pa.Table:
    say = say_in(language)
    return show.kept([_line(study, say) for study in found])


def _line(study: Study, say: Say) -> dict[str, object]:
    given = dict.fromkeys(treatments_named(arm.treatments, say) for arm in study.arms.values())
    return {
        say("choose.study"): say.text(study.short_title),
        say("overview.result"): say.text(study.card["result"]),
        say("across.given"): ", ".join(filter(None, given)),
        say("across.mothers"): all_people(study),
        say("overview.year"): study.card.get("year"),
        say("overview.country"): country_named(study, say),
        say("overview.design"): say(f"design.{study.design}"),
        say("overview.data"): ", ".join(say(f"offer.{offer}") for offer in offers(study)),
    }
