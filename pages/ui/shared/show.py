"""Ways of showing a result: plot with its sentence, test cards, status marks, downloads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext

import pandas as pd
import pyarrow as pa
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.elements.lib.mutable_popover_container import PopoverContainer

from analysis.checks import verdicts_by_row
from analysis.plots import Finished
from analysis.results import Effect, Status, for_asker, remembered
from analysis.studies import Figure, Problem, Study, harmless
from analysis.telling import statistic_name
from analysis.words import Say, say_in
from pages.ui.shared import saving
from pages.ui.shared.saving import Paper
from pages.ui.shared.text import plain

JUST_THE_PLOT = Paper()

STATUS_COLOURS: Mapping[Status, str] = {
    "reported": "green",
    "derived": "blue",
    "recovered": "violet",
    "assumed": "orange",
    "illustrative": "red",
    "uploaded": "gray",
}
STATUS_MARKS: Mapping[Status, str] = {
    "reported": "●",
    "derived": "○",
    "recovered": "◎",
    "assumed": "◍",
    "illustrative": "✕",
    "uploaded": "■",
}


def figure(
    plot: Finished,
    sentence: str,
    key: str,
    say: Say,
    *,
    on_click: Callable[[str], object] | None = None,
    paper: Paper | None = JUST_THE_PLOT,
    saved: Finished | None = None,
    beside: DeltaGenerator | None = None,
) -> None:
    """A plot with its text alternative, its words in the theme's own ink; below it the list that saves it for paper.

    Streamlit's grey for words in plots is too faint to read (3.7 to 1 on white).

    `on_click` gets the id (`customdata`, of people `ids`) of the point that a reader clicks, again when again.
    Without `paper` whoever calls offers the plot themselves: where what is shown is a part of it. `saved` is the plot
    for paper where what is shown is marked; `beside` is where its list stands, if not below.
    """
    config = {
        "displayModeBar": False,
        "locale": say.language,
    }
    name = f"plot-{key}"
    shown = plot.in_ink(st.get_option(f"theme.{st.context.theme.type or 'light'}.textColor"))
    if on_click is None:
        st.plotly_chart(shown, key=name, config=config, alt=sentence)
    else:
        st.plotly_chart(
            shown, key=name, config=config, alt=sentence, selection_mode="points",
            on_select=lambda: _clicked(name, on_click),
        )  # fmt: skip
    if paper:
        with beside or nullcontext():
            saving.offer(saved or plot, sentence, key, paper, say)


def on_phone() -> bool:
    """True where plots are drawn for a narrow screen; browsers tell nothing of a window's width."""
    return "Mobi" in st.context.headers.get("User-Agent", "")


def folded(label: str, name: str, icon: str | None, draw: Callable[[], None], *, opened: bool = False) -> None:
    """What is drawn only when a reader unfolds it; `name` is its own on the screen."""
    with st.expander(label, opened, key=f"folded-{name}", icon=icon, on_change="rerun") as place:
        if place.open:
            draw()


def menu(label: str, name: str, icon: str) -> PopoverContainer:
    """A button whose menu is drawn only while it is `.open`; what isn't drawn is chosen all the same.

    While it is open the label stays: with another label it would be another widget, and the reader's place in it lost.
    """
    key = f"opened-{name}"
    if st.session_state.get(key):
        label = st.session_state.get(f"label-{key}", label)
    st.session_state[f"label-{key}"] = label
    return st.popover(label, key=key, icon=icon, on_change="rerun")


def _clicked(name: str, on_click: Callable[[str], None]) -> None:
    """Hand the clicked point's id on; a second click on it only takes the selection back."""
    points = st.session_state[name]["selection"]["points"]
    found = (points[0].get("customdata") or points[0].get("id")) if points else None
    found = found[0] if isinstance(found, list) and found else found
    if found:
        on_click(str(found))


def formula(of: Effect, say: Say) -> None:
    """How an effect came about: its formula with the numbers in it, its variance and its source."""
    st.text(say.formula(of.substituted) or of.formula)
    variance = "" if of.variance is None else f" = {of.variance:.4g}"
    small_print = (
        of.formula if of.substituted else "",
        f"{of.variance_formula}{variance}" if of.variance_formula else "",
        say("across.source", source=of.source) if of.source else "",
        *(say.note(note, "note") for note in of.notes),
    )
    if any(small_print):
        st.caption("\n\n".join(map(plain, filter(None, small_print))))


def status(mark: Status, say: Say) -> None:
    """The evidence status of what follows, with what it means on hover."""
    st.badge(
        f"{STATUS_MARKS[mark]} {say(f'status.{mark}')}", color=STATUS_COLOURS[mark], help=say(f"status-help.{mark}")
    )


def download(label: str, rows: Callable[[], pd.DataFrame | pa.Table], name: str) -> None:
    """A table to take away as CSV (UTF-8 with its mark, for spreadsheets), made when it is asked for."""
    st.download_button(
        label,
        for_asker(lambda: _csv(rows())),
        f"lactascope-{name}.csv",
        "text/csv",
        key=f"download-{name}",
        icon=":material/download:",
        on_click="ignore",
    )


def _csv(rows: pd.DataFrame | pa.Table) -> bytes:
    frame = rows.to_pandas(integer_object_nulls=True) if isinstance(rows, pa.Table) else rows
    return frame.rename(columns=_guarded).map(_guarded).to_csv(index=False).encode("utf-8-sig")


def _guarded(cell: object) -> object:
    return harmless(cell) if isinstance(cell, str) else cell


def script(label: str, make: Callable[[], str], file: str, name: str) -> None:
    """A script to take away, made when it is asked for; `name` tells it from others on the screen."""
    st.download_button(
        label, for_asker(lambda: make().encode("utf-8")), file, "text/plain", key=f"script-{name}",
        icon=":material/code:", on_click="ignore",
    )  # fmt: skip


def problem(found: Problem, say: Say) -> str:
    """Where a study folder is wrong, and how, in the reader's language."""
    where = f"{found.file} {say('problem.row', row=found.row)}" if found.row else found.file
    return f"{where}: {say.note(found.note, 'problem')}"


def kept(rows: pd.DataFrame | Sequence[Mapping[str, object]]) -> pa.Table:
    """A table as the browser gets it, made once: without what pandas notes for itself, 40% of a small one's bytes."""
    if not isinstance(rows, pd.DataFrame):
        return pa.Table.from_pylist(list(rows))  # whole numbers stay whole where some are missing
    return pa.Table.from_pandas(rows, preserve_index=False).replace_schema_metadata()


def figures_table(study: Study, say: Say) -> None:
    """Every printed number with its place; misprints carry what arithmetic says."""
    rows = _figure_rows(study, say.language)
    if not rows.num_rows:
        st.caption(say("figures.none"))
        return
    st.dataframe(rows, hide_index=True, key=f"figures-{study.id}", alt=say("figures.title"))
    download(say("download.figures"), lambda: rows, f"{study.id}-figures")


@remembered(64)
def _figure_rows(study: Study, language: str) -> pa.Table:
    several = len(study.outcomes) > 1
    verdicts, say = verdicts_by_row(study), say_in(language)
    return kept([_figure_row(study, figure, several, verdicts.get(figure.row), say) for figure in study.figures])


def _figure_row(study: Study, figure: Figure, several_outcomes: bool, verdict: str | None, say: Say) -> dict[str, str]:
    outcome = {say("figures.outcome"): say.text(study.outcomes[figure.outcome].label)} if several_outcomes else {}
    return {
        say("figures.printed"): say.printed(figure.value),
        say("figures.statistic"): statistic_name(figure.statistic, figure.level, say),
        say("check-numbers.verdict"): say(f"verdict.{verdict.replace(' ', '-')}") if verdict else "",
        say("figures.arithmetic"): arithmetic(figure, say),
        say("figures.arm"): say.text(study.arms[figure.arm].label),
        say("figures.when"): " → ".join(say.text(study.timepoints[t].label) for t in figure.timepoint.split(":")),
        **outcome,
        say("figures.locator"): say.locator(figure.locator),
    }


def claims_table(study: Study, say: Say) -> None:
    """What a folder prints as tested or found, with p as printed; as cards where columns get too narrow."""
    rows = _claim_rows(study, say.language)
    if rows.empty:
        st.caption(say("claims.none"))
    elif on_phone():
        for statement, row in rows.iterrows():
            with st.container(border=True):
                st.markdown(str(statement))
                st.caption(" · ".join(f"p {value}" if name == "p" else value for name, value in row.items() if value))
    else:
        st.table(rows)


@remembered(64)
def _claim_rows(study: Study, language: str) -> pd.DataFrame:
    say = say_in(language)
    rows = pd.DataFrame(
        [
            {
                say("claims.statement"): say.text(claim.statement),
                say("claims.kind"): say(f"claim-kind.{claim.kind}"),
                say("claims.named"): claim.named or say("claims.not-named"),
                "p": say.printed(claim.p) if claim.p else "",
                say("figures.locator"): say.locator(claim.locator),
            }
            for claim in study.claims
        ]
    )
    return rows if rows.empty else rows.map(plain).rename(columns=plain).set_index(plain(say("claims.statement")))


def arithmetic(figure: Figure, say: Say) -> str:
    """What arithmetic says of a printed number: blank where nothing contradicts it."""
    if figure.printed_as:
        return say("figures.other-heading", statistic=say(f"statistic.{figure.statistic}"))
    if figure.corrected:
        return say.printed(figure.corrected)
    return say("figures.impossible") if figure.why else ""
