"""Choices that live in the link as language-free ids.

Streamlit's own `bind` writes the displayed label into the link, so a link made in one language fails
in the other. Here ids travel.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from typing import Any

import pyarrow as pa
import streamlit as st

from pages.ui.shared import link
from pages.ui.shared.text import plain

Shown = Callable[[str], str]


def one(
    widget: Callable,
    name: str,
    label: str,
    options: Sequence[str],
    default: str,
    shown: Shown,
    *,
    taken: str | None = None,
    drawn: bool = True,
    **look: Any,
) -> str:
    """One id out of `options`, by a single-choice widget; `taken` is one that can be clicked but not be begun with."""
    wanted = (link.wanted(name, options, link.followed(name, [default]) or None, [default]) or [default])[0]
    if wanted == taken:
        wanted = next(option for option in options if option != taken)
    st.session_state[link.key(name)] = wanted
    chosen = _either(widget, drawn)(
        plain(label), options, format_func=_safe(widget, shown), key=link.key(name), persist_state="session", **look
    )
    link.write(name, [chosen or default], [default])
    return chosen or default


def two(
    names: tuple[str, str], labels: tuple[str, str], options: Sequence[str], shown: Shown, places: Sequence[Any]
) -> tuple[str, str]:
    """Two different ids out of `options`, by two lists drawn in `places`; the first two by default.

    Choosing in one list what the other holds swaps the two, in one step of Back. Where a link names one id
    twice, another stands second.
    """
    drawn = {"on_change": _swap, "args": (names,)}
    with places[0]:
        first = one(st.selectbox, names[0], labels[0], options, options[0], shown, **drawn)
    with places[1]:
        second = one(st.selectbox, names[1], labels[1], options, options[1], shown, taken=first, **drawn)
    st.session_state[f"two-{names[0]}"] = first, second
    return first, second


def _swap(names: tuple[str, str]) -> None:
    """Both lists hold one id now: each gets what the other held before."""
    before = st.session_state[f"two-{names[0]}"]
    if st.session_state[link.key(names[0])] == st.session_state[link.key(names[1])]:
        link.put(**dict(zip(names, reversed(before), strict=True)))


def many(
    widget: Callable,
    name: str,
    label: str,
    options: Sequence[str],
    default: Sequence[str],
    shown: Shown,
    *,
    drawn: bool = True,
    **look: Any,
) -> list[str]:
    """Any number of ids out of `options`, in menu order; where it isn't `drawn`, `part` draws what of it is to be seen.

    Undrawn, here and in the others: what the link holds, or what was last chosen, counts without a widget.
    """
    default = [option for option in options if option in default]
    st.session_state[link.key(name)] = link.wanted(name, options, link.followed(name, default), default)
    chosen = _either(widget, drawn)(
        plain(label), options, format_func=_safe(widget, shown), key=link.key(name), persist_state="session", **look
    )
    ordered = [option for option in options if option in chosen]
    link.write(name, ordered, default)
    return ordered


def part(name: str, of: str, label: str, options: Sequence[str], shown: Shown, **look: Any) -> None:
    """Pills for some of the options of an undrawn `many`, under a label of their own; `of` tells them from the others.

    A click is in the whole before the next drawing begins.
    """
    key = f"{link.key(name)}.{of}"
    st.session_state[key] = [option for option in options if option in st.session_state[link.key(name)]]
    st.pills(
        plain(label), options, selection_mode="multi", format_func=_safe(st.pills, shown), key=key,
        on_change=_into_whole, args=(name, key, options), **look,
    )  # fmt: skip


def _into_whole(name: str, key: str, options: Sequence[str]) -> None:
    elsewhere = [option for option in st.session_state[link.key(name)] if option not in options]
    st.session_state[link.key(name)] = [*elsewhere, *st.session_state[key]]


def number(
    name: str, label: str, low: float, high: float, step: float, *, drawn: bool = True, **look: Any
) -> float | None:
    """A number the reader may type; None while nothing is typed (an assumption is never filled in)."""
    typed = link.anew(name)
    if typed is not None:
        st.session_state[link.key(name)] = _within(name, typed[0], low, high, type(step))
    st.session_state.setdefault(link.key(name), None)
    if (held := st.session_state[link.key(name)]) is not None and link.taken_back(name, [f"{held:.12g}"]):
        st.session_state[link.key(name)] = None
    value = _either(st.number_input, drawn)(
        plain(label), low, high, None, step, key=link.key(name), persist_state="session", **look
    )
    link.write(name, [] if value is None else [f"{value:.12g}"], [], blank=value is None)
    return value


def place(name: str, label: str, last: int, **look: Any) -> int:
    """A place from 1 to `last` on a slider; a link that points beyond the end shows the last."""
    from_link = link.anew(name)
    if from_link is not None:
        st.session_state[link.key(name)] = _clamped(name, from_link[0], 1, last, int) or 1
    st.session_state[link.key(name)] = min(last, st.session_state.get(link.key(name), 1))
    chosen = st.slider(plain(label), 1, last, key=link.key(name), persist_state="session", **look)
    link.write(name, [str(chosen)], ["1"])
    return chosen


LONGEST_TEXT = 40  # what is typed is a printed number; anything longer in a link is cut


def typed(name: str, label: str, **look: Any) -> str:
    """Text the reader types (a printed number: "3.50" stays "3.50")."""
    from_link = link.anew(name)
    if from_link is not None:
        st.session_state[link.key(name)] = from_link[0][:LONGEST_TEXT]
    st.session_state.setdefault(link.key(name), "")
    text = st.text_input(
        plain(label), key=link.key(name), max_chars=LONGEST_TEXT, persist_state="session", **look
    ).strip()
    link.write(name, [text] if text else [], [], blank=not text)
    return text


def switch(name: str, label: str, *, drawn: bool = True, **look: Any) -> bool:
    """A switch that is off by default."""
    held = ["on"] if st.session_state.get(link.key(name)) else []
    held = [] if link.taken_back(name, held) else held
    st.session_state[link.key(name)] = link.wanted(name, ["on"], held, []) == ["on"]
    on = _either(st.toggle, drawn)(plain(label), key=link.key(name), persist_state="session", **look)
    link.write(name, ["on"] if on else [], [])
    return on


def _either(widget: Callable, drawn: bool) -> Callable:
    """The widget, or where its menu is closed what is held of it."""
    return widget if drawn else lambda *_, key, **__: st.session_state[key]


def _safe(widget: Callable, shown: Shown) -> Shown:
    """Pills and segments read their options as Markdown, lists don't."""
    return (lambda key: plain(shown(key))) if widget in (st.pills, st.segmented_control) else shown


def _within(name: str, text: str, low: float, high: float, kind: type) -> float | None:
    """A number from the link; one beyond its limits is told and left out: nobody made that assumption."""
    value = _clamped(name, text, low, high, kind)
    try:
        return value if value is not None and low <= float(text) <= high else None
    except (ValueError, OverflowError):
        return None


def _clamped(name: str, text: str, low: float, high: float, kind: type) -> float | None:
    """A number from the link, within its limits; what had to be changed is told."""
    try:
        value = kind(min(high, max(low, float(text))))
    except (ValueError, OverflowError):
        value = None
    if value is None or value != value or str(float(text)) != str(float(value)):
        link.tell_unknown(f"{name}={text}")
    return None if value is None or value != value else value


def mark(name: str, options: Sequence[str]) -> str | None:
    """One of a plot's marks, chosen by clicking it (see `clicked`); None by default."""
    chosen = link.wanted(name, options, link.followed(name, []), [])
    st.session_state[link.key(name)] = chosen
    link.write(name, chosen, [], blank=not chosen)
    return chosen[0] if chosen else None


def clicked(name: str, value: str) -> None:
    """A reader clicked a mark: it is chosen, or let go if it was."""
    link.put(**{name: [] if link.held(name) == [value] else [value]})


UNKNOWN = "?"  # for numbers that nobody printed, where Streamlit would write "None"


def row(name: str, table: pa.Table, ids: Sequence[str], **look: Any) -> str:
    """One row of a table, chosen by clicking it; `ids` name the rows in the link. The first by default."""
    shape = zlib.crc32("|".join(ids).encode())
    back = _went_back(name, ids, f"row-{name}-{shape}-{st.session_state.get(f'links-{name}', 0)}")
    followed = link.followed(name, [ids[0]])
    wanted = link.wanted(name, ids, None if back else followed, [ids[0]])
    if back or link.anew(name) is not None:  # what is selected on the screen would win over the link
        st.session_state[f"links-{name}"] = st.session_state.get(f"links-{name}", 0) + 1
    selected = st.dataframe(
        table,
        hide_index=True,
        placeholder=UNKNOWN,
        on_select="rerun",
        selection_mode="single-row-required",
        selection_default={"selection": {"rows": [ids.index(wanted[0])]}},
        key=f"row-{name}-{shape}-{st.session_state.get(f'links-{name}', 0)}",
        **look,
    )
    rows = selected["selection"]["rows"]
    chosen = ids[rows[0]] if rows and rows[0] < len(ids) else wanted[0]
    st.session_state[link.key(name)] = chosen
    link.write(name, [chosen], [ids[0]])
    return chosen


def _went_back(name: str, ids: Sequence[str], key: str) -> bool:
    """True when the same screen's link has lost the row we wrote there, though nobody clicked another one."""
    ours = link.record()
    if link.names(name) or not ours.written.get(name) or not ours.same_page:
        return False
    rows = st.session_state[key]["selection"]["rows"] if key in st.session_state else []
    return bool(rows) and rows[0] < len(ids) and [ids[rows[0]]] == ours.written[name]
