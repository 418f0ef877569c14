"""One harmonised row per study and comparison, and what keeps a row out of the pool."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pyarrow as pa
import streamlit as st

from analysis.evidence import Body, Entry, body, others, tally_of
from analysis.plots import lights_of
from analysis.results import Effect, Pooled, remembered
from analysis.studies import country_named
from analysis.telling import against_said, given_said, kind_name, n_said, row_effect, tally_said, when_said
from analysis.words import Say, say_in
from pages.ui.across import forest, opened
from pages.ui.across.asked import ask, report_on
from pages.ui.shared import choose, show
from pages.ui.shared.frame import Frame
from pages.ui.shared.text import plain

REASON_WIDTH = 420
UNGROUPED = ("ungrouped", "treatment")


def not_pooled(found: Body, say: Say) -> None:
    """Rows that stay out, each with its reason, and what else the pooled studies print: nothing goes quietly."""
    rest, beside = _left_out(found, say.language), _others(found, say.language)
    _folded(say("across.not-pooled", count=rest.num_rows), rest, "not-pooled", say)
    if beside.num_rows:
        st.caption(say(f"across.rule-{found.choice.moment}"))
    _folded(say("across.others", count=beside.num_rows), beside, "others", say)


def _folded(title: str, table: pa.Table, key: str, say: Say) -> None:
    if table.num_rows:
        show.folded(title, key, ":material/do_not_disturb_on:", partial(_reasons, title, table, key, say))


def _reasons(title: str, table: pa.Table, key: str, say: Say) -> None:
    wide = {say("across.why-not"): st.column_config.TextColumn(width=REASON_WIDTH)}
    st.dataframe(table, hide_index=True, key=key, alt=title, column_config=wide)


@remembered(64)
def _left_out(found: Body, language: str) -> pa.Table:
    """What isn't in a result of a choice; everything where nothing may be pooled."""
    say = say_in(language)
    kept = {entry.contrast.id for entry in found.kept}
    return show.kept([_left(entry, say) for entry in found.entries if entry.contrast.id not in kept])


@remembered(64)
def _others(found: Body, language: str) -> pa.Table:
    return show.kept([_left(entry, say_in(language)) for entry in others(found)])


def _left(entry: Entry, say: Say) -> dict[str, str]:
    effect = row_effect(entry.effect, say) if entry.effect else ""
    why = {say("across.why-not"): why_not(entry, say), say("across.effect"): effect}
    return {**_who(entry, say), **why, **_what(entry, say)}


def why_not(entry: Entry, say: Say) -> str:
    if entry.why_not:
        return say.note(entry.why_not, "reason")
    return say("across.left-out-by-you") if entry.left_out else ""


def _who(entry: Entry, say: Say) -> dict[str, str]:
    contrast, study = entry.contrast, entry.contrast.study
    return {
        say("choose.study"): say.text(study.short_title),
        say("across.given"): given_said(contrast, say),
    }


def _what(entry: Entry, say: Say) -> dict[str, str]:
    contrast = entry.contrast
    return {
        say("across.against"): _against(entry, say),
        say("choose.outcome"): say.text(contrast.study.outcomes[contrast.outcome].label),
    }


def _against(entry: Entry, say: Say) -> str:
    if entry.contrast.comparison == "before-after":
        return say("comparison.before-after")
    return against_said(entry.contrast, say)


def view(frame: Frame, say: Say) -> None:
    """The table of all studies that fit the choices, sortable, with status marks; a clicked row opens its effect."""
    asked = ask(frame, say)
    found = body(frame.together, asked.choice)
    report_on(frame, asked, say)
    entries = grouped(found.entries, asked.group, say)
    if not entries:
        st.info(say("across.nothing"), icon=":material/filter_alt_off:")
        return
    table = _table(tuple(entries), asked.group, say.language)
    st.caption(plain(f"{tally_said(tally_of(found), say)} {say('across.rows-help')}"))
    chosen = choose.row("compared", table, [entry.contrast.id for entry in entries], alt=say("across.rows-title"))
    entry = next(one for one in entries if one.contrast.id == chosen)
    study = entry.contrast.study
    name = say.text(study.short_title)
    if entry.effect:
        st.markdown(f"**{plain(name)}**")
        opened.draw(entry, (), say)
    else:
        st.info(f"{name}: {why_not(entry, say)}", icon=":material/do_not_disturb_on:")
        opened.open_study(study.id, say("across.open-study"))
    show.download(say("across.download-rows"), lambda: table, "across-studies")


@remembered(32)
def _table(entries: tuple[Entry, ...], group: str, language: str) -> pa.Table:
    say = say_in(language)
    heading = say(f"across.group-{group}")
    shown = group not in UNGROUPED
    groups = [{heading: forest.group_name(one, group, say)} if shown else {} for one in entries]
    return show.kept([{**group, **row(one, say)} for group, one in zip(groups, entries, strict=True)])


def grouped(entries: Sequence[Entry], group: str, say: Say) -> list[Entry]:
    """Rows of a group together, what can be pooled first in each; the treatment has a column of its own."""
    if group in UNGROUPED:
        return list(entries)
    return sorted(entries, key=lambda entry: (forest.group_name(entry, group, say), not entry.poolable))


def row(entry: Entry, say: Say) -> dict[str, object]:
    """One harmonised row: who, what against what, the effect with its mark, and what is missing."""
    study = entry.contrast.study
    lights = [light.judgement for light in lights_of(study.bias, say)] if study.bias else []
    overall = study.bias.overall if study.bias else None
    return {
        **_who(entry, say),
        say("across.effect"): row_effect(entry.effect, say) if entry.effect else "",
        say("across.status"): status_mark(entry.effect, say),
        **_what(entry, say),
        "n": n_said(entry.contrast, say),
        say("across.effect-kind"): kind_name(entry.effect.kind, say) if entry.effect else "",
        say("across.when"): when_said(entry.contrast, say),
        say("across.year"): study.card.get("year"),
        say("across.country"): country_named(study, say),
        say("across.design"): say(f"design.{study.design}"),
        say("across.infants"): say(f"infants.{(study.facets.infants or 'not reported').replace(' ', '-')}"),
        say("across.window"): say(f"window.{(study.facets.window or 'not reported').replace(' ', '-')}"),
        say("across.bias"): say(f"bias-judgement.{(overall or 'not assessed').replace(' ', '-')}"),
        say("across.judged"): f"{sum(word != 'not assessed' for word in lights)} / {len(lights)}" if lights else "",
        say("across.why-not"): why_not(entry, say),
    }


def status_mark(effect: Effect | Pooled | None, say: Say) -> str:
    """The mark of an effect's evidence status with its word."""
    return f"{show.STATUS_MARKS[effect.status]} {say(f'status.{effect.status}')}" if effect else ""
