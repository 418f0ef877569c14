"""Ways of showing a result: plot with its sentence, test cards, status marks, downloads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from analysis import METHODS
from analysis.attempts import SUMMARY_DESIGNS, Attempt, Reproduction, attempt, methods_for, missing, reproductions
from analysis.checks import verdicts_by_row
from analysis.questions import Question
from analysis.results import Note, Status
from analysis.sentences import descriptives, effect_line, envelope_line, estimate_line, printed_line, test_line
from analysis.studies import Figure, Problem, Study
from analysis.words import Say
from pages.ui.text import plain

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


def figure(plot: go.Figure, sentence: str, key: str, say: Say) -> None:
    """A plot with its text alternative; the camera in its corner saves it as SVG."""
    config = {
        "displaylogo": False,
        "modeBarButtons": [["toImage"]],
        "displayModeBar": True,
        "toImageButtonOptions": {"format": "svg", "filename": f"lactascope-{key}"},
        "locale": say.language,
    }
    st.plotly_chart(plot, key=f"plot-{key}", config=config, alt=sentence)


def status(mark: Status, say: Say) -> None:
    """The evidence status of what follows, with what it means on hover."""
    st.badge(
        f"{STATUS_MARKS[mark]} {say(f'status.{mark}')}", color=STATUS_COLOURS[mark], help=say(f"status-help.{mark}")
    )


def tried(question: Question, methods: Sequence[str], chosen: int, approximate: bool = False) -> tuple[Attempt, ...]:
    """Each method tried on the question, rank tests as their papers' software prints them if `approximate`."""
    return tuple(attempt(question, key, chosen, **(_approximation(key) if approximate else {})) for key in methods)


def _approximation(method: str) -> dict[str, object]:
    return dict(next((v for v in METHODS[method].variants if v.get("exact") is False), {}))


def tests(question: Question, attempts: Sequence[Attempt], chosen: int, side_by_side: int, say: Say) -> None:
    """A card per test that ran, so many side by side; printed results they bear on; tests that can't run."""
    found = reproductions(question)
    ran = [a for a in attempts if a.outcome]
    for start in range(0, len(ran), side_by_side):
        for column, one in zip(st.columns(side_by_side), ran[start : start + side_by_side], strict=False):
            with column.container(border=True):
                _card(question, one, [r for r in found if r.claim.method == one.method], chosen, say)
    for reproduction in (r for r in found if r.claim.method is None):
        st.caption(plain(printed_line(reproduction, say)))
    for one in attempts:
        if one.reason:
            st.markdown(_greyed(one.method, one.reason, say))
    others = [key for key in methods_for(question.kind) if key not in {one.method for one in attempts}]
    cannot = {key: reason for key in others if (reason := missing(question, METHODS[key]))}
    if cannot:
        with st.expander(say("result.cannot-run", count=len(cannot))):
            st.markdown("\n\n".join(_greyed(key, reason, say) for key, reason in cannot.items()))


def _greyed(method: str, reason: Note, say: Say) -> str:
    return f":gray[**{say(f'method.{method}')}** · {plain(say.note(reason, 'reason'))}]"


def _card(question: Question, one: Attempt, found: Sequence[Reproduction], chosen: int, say: Say) -> None:
    outcome = one.outcome
    st.markdown(f"**{say(f'method.{one.method}')}**", help=say(f"method-help.{one.method}"))
    _card_status(question, one, say)
    st.text("\n".join(filter(None, (estimate_line(outcome, say), effect_line(outcome, say), test_line(outcome, say)))))
    for reproduction in found:
        icon = ":material/check_circle:" if reproduction.matching else ":material/info:"
        st.markdown(f"{icon} {plain(printed_line(reproduction, say))}")
    if one.envelope:
        st.caption(plain(envelope_line(one.envelope, outcome.estimate_name, say)))
    notes = [say.note(note, "note") for note in outcome.notes]
    contrast = contrast_words(question, outcome.contrast, say)
    beside = descriptives(METHODS[one.method].beside, question, chosen, say)
    st.caption(plain(" · ".join(filter(None, [say("result.brackets"), contrast, beside, *notes]))))


def _card_status(question: Question, one: Attempt, say: Say) -> None:
    """A mark on results that rest on something else than the people the screen shows."""
    if question.status == "illustrative":
        status("illustrative", say)
    elif METHODS[one.method].design in SUMMARY_DESIGNS:
        assumed = question.summaries[0].status == "assumed" or any(n.key == "assumed-r" for n in one.outcome.notes)
        status("assumed" if assumed else "derived", say)


def contrast_words(question: Question, contrast: str, say: Say) -> str:
    """Which minus which, with the groups' own names."""
    if not contrast:
        return ""
    if question.kind == "within":
        return say("contrast.after-before")
    a, b = (say.text(question.study.arms[arm].label) for arm in question.arms)
    return say("contrast.a-b", a=a, b=b)


def download(label: str, rows: pd.DataFrame, name: str, say: Say) -> None:
    """A table to take away as CSV (UTF-8 with its mark, so that spreadsheets read it right)."""
    st.download_button(
        label,
        lambda: rows.to_csv(index=False).encode("utf-8-sig"),
        f"lactascope-{name}.csv",
        "text/csv",
        key=f"download-{name}",
        icon=":material/download:",
        on_click="ignore",
    )


def results_table(question: Question, attempts: Sequence[Attempt], say: Say) -> pd.DataFrame:
    """The shown results as rows, numbers unrounded, ids language-free."""
    rows = []
    for one in attempts:
        if one.outcome:
            o = one.outcome
            low, high = o.interval or (None, None)
            effect_low, effect_high = o.effect_interval or (None, None)
            rows.append(
                {
                    "study": question.study.id,
                    "outcome": question.measure.id,
                    "arms": "|".join(question.arms),
                    "status": question.status,
                    "method": one.method,
                    "contrast": o.contrast,
                    "n": o.n,
                    "estimate": o.estimate_name,
                    "value": o.estimate,
                    "low": low,
                    "high": high,
                    "effect": o.effect_name,
                    "effect_value": o.effect,
                    "effect_low": effect_low,
                    "effect_high": effect_high,
                    "statistic": o.statistic,
                    "df": o.df,
                    "p": o.p,
                    "data_sets_that_fit": one.envelope.count if one.envelope else 1,
                }
            )
        else:
            rows.append({"study": question.study.id, "method": one.method, "reason": say.note(one.reason, "reason")})
    return pd.DataFrame(rows)


def problem(found: Problem, say: Say) -> str:
    """Where a study folder is wrong, and how, in the reader's language."""
    where = f"{found.file} {say('problem.row', row=found.row)}" if found.row else found.file
    return f"{where}: {say.note(found.note, 'problem')}"


def figures_table(study: Study, say: Say) -> None:
    """Every printed number with its place; misprints carry what arithmetic says."""
    several = len(study.outcomes) > 1
    verdicts = verdicts_by_row(study)
    rows = pd.DataFrame(
        [_figure_row(study, figure, several, verdicts.get(figure.row), say) for figure in study.figures]
    )
    if rows.empty:
        st.caption(say("figures.none"))
        return
    st.dataframe(rows, hide_index=True, key=f"figures-{study.id}", alt=say("figures.title"))
    download(say("download.figures"), rows, f"{study.id}-figures", say)


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


def statistic_name(statistic: str, level: str, say: Say) -> str:
    """ "people with score 4", "mean", …"""
    name = say(f"statistic.{statistic}")
    if not level:
        return name
    return f"{name}: {say(f'term.level-{level}') if level in ('yes', 'no') else level}"


def arithmetic(figure: Figure, say: Say) -> str:
    """What arithmetic says of a printed number: blank where nothing contradicts it."""
    if figure.printed_as:
        return say("figures.other-heading", statistic=say(f"statistic.{figure.statistic}"))
    if figure.corrected:
        return say.printed(figure.corrected)
    return say("figures.impossible") if figure.why else ""
