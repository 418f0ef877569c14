"""Choices that live in the link as language-free ids.

Streamlit's own `bind` writes the displayed label into the link, so a link made in one language fails
in the other. Here ids travel: what the link holds wins if we didn't write it ourselves (first visit,
edited link, Back), else what this session last chose, else the default.
"""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from pages.ui.shared.text import plain

NOTHING = "none"  # in the link: the reader has deliberately chosen nothing
Shown = Callable[[str], str]


def begin(page: str) -> None:
    """A screen is drawn as a whole: nothing of its link has been read yet."""
    st.session_state["same-page"] = st.session_state.get("page") == page
    st.session_state["page"] = page
    st.session_state["unknown-in-link"] = []
    st.session_state["names-read"] = set()


def read_so_far() -> frozenset[str]:
    """Names of the link that this screen's choices have looked at."""
    return frozenset(st.session_state["names-read"])


def begin_again(read: frozenset[str]) -> None:
    """A screen's own part is drawn, maybe without what stands around it, which has `read` these names."""
    st.session_state["names-read"] = set(read)


def end() -> list[str]:
    """Every choice has been read: tidy the link; return what in it could not be used, each once."""
    _tidy_link()
    unknown = list(dict.fromkeys(st.session_state["unknown-in-link"]))
    st.session_state["unknown-in-link"] = []
    st.session_state["same-page"] = True
    return unknown


def one(
    widget: Callable,
    name: str,
    label: str,
    options: Sequence[str],
    default: str,
    shown: Shown,
    *,
    taken: str | None = None,
    **look: Any,
) -> str:
    """One id out of `options`, by a single-choice widget; `taken` is one that can be clicked but not be begun with."""
    wanted = (_wanted(name, options, _followed(name, [default]) or None, [default]) or [default])[0]
    if wanted == taken:
        wanted = next(option for option in options if option != taken)
    st.session_state[_key(name)] = wanted
    chosen = widget(
        plain(label), options, format_func=_safe(widget, shown), key=_key(name), persist_state="session", **look
    )
    _write(name, [chosen or default], [default])
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
    if st.session_state[_key(names[0])] == st.session_state[_key(names[1])]:
        put(**dict(zip(names, reversed(before), strict=True)))


def many(
    widget: Callable,
    name: str,
    label: str,
    options: Sequence[str],
    default: Sequence[str],
    shown: Shown,
    **look: Any,
) -> list[str]:
    """Any number of ids out of `options`, in menu order."""
    default = [option for option in options if option in default]
    st.session_state[_key(name)] = _wanted(name, options, _followed(name, default), default)
    chosen = widget(
        plain(label), options, format_func=_safe(widget, shown), key=_key(name), persist_state="session", **look
    )
    ordered = [option for option in options if option in chosen]
    _write(name, ordered, default)
    return ordered


def number(name: str, label: str, low: float, high: float, step: float, **look: Any) -> float | None:
    """A number the reader may type; None while nothing is typed (an assumption is never filled in)."""
    typed = _from_link(name)
    if typed is not None:
        st.session_state[_key(name)] = _within(name, typed[0], low, high, type(step))
    st.session_state.setdefault(_key(name), None)
    if (held := st.session_state[_key(name)]) is not None and _taken_back(name, [f"{held:.12g}"]):
        st.session_state[_key(name)] = None
    value = st.number_input(plain(label), low, high, None, step, key=_key(name), persist_state="session", **look)
    _write(name, [] if value is None else [f"{value:.12g}"], [])
    return value


def place(name: str, label: str, last: int, **look: Any) -> int:
    """A place from 1 to `last` on a slider; a link that points beyond the end shows the last."""
    from_link = _from_link(name)
    if from_link is not None:
        st.session_state[_key(name)] = _clamped(name, from_link[0], 1, last, int) or 1
    st.session_state[_key(name)] = min(last, st.session_state.get(_key(name), 1))
    chosen = st.slider(plain(label), 1, last, key=_key(name), persist_state="session", **look)
    _write(name, [str(chosen)], ["1"])
    return chosen


LONGEST_TEXT = 40  # what is typed is a printed number; anything longer in a link is cut


def typed(name: str, label: str, **look: Any) -> str:
    """Text the reader types (a printed number: "3.50" stays "3.50")."""
    from_link = _from_link(name)
    if from_link is not None:
        st.session_state[_key(name)] = from_link[0][:LONGEST_TEXT]
    st.session_state.setdefault(_key(name), "")
    text = st.text_input(plain(label), key=_key(name), max_chars=LONGEST_TEXT, persist_state="session", **look).strip()
    _write(name, [text] if text else [], [])
    return text


def switch(name: str, label: str, **look: Any) -> bool:
    """A switch that is off by default."""
    held = ["on"] if st.session_state.get(_key(name)) else []
    held = [] if _taken_back(name, held) else held
    st.session_state[_key(name)] = _wanted(name, ["on"], held, []) == ["on"]
    on = st.toggle(plain(label), key=_key(name), persist_state="session", **look)
    _write(name, ["on"] if on else [], [])
    return on


def held(name: str) -> list[str]:
    """What is chosen by a widget that is drawn further down, from the link or the session."""
    kept = _held(name)
    return _from_link(name) or ([] if _taken_back(name, kept) else kept) or []


def put(**chosen: Any) -> None:
    """Choose for the reader who clicked on a plot or a button; called before the widgets are drawn.

    All of it goes into the link at once, so that Back takes all of it back.
    """
    link = {name: st.query_params.get_all(name) for name in st.query_params}
    for name, value in chosen.items():
        st.session_state[_key(name)] = value
        listed = [value] if isinstance(value, str) else list(value)
        in_link = [] if listed == st.session_state.get(f"default-{name}") else listed or [NOTHING]
        st.session_state[f"before-{name}"] = st.session_state.get(f"written-{name}", []), time.monotonic()
        st.session_state[f"written-{name}"] = in_link
        link[name] = in_link
    st.query_params.from_dict({name: values for name, values in link.items() if values})


def _key(name: str) -> str:
    return f"choice-{name}"


def _safe(widget: Callable, shown: Shown) -> Shown:
    """Pills and segments read their options as Markdown, lists don't."""
    return (lambda key: plain(shown(key))) if widget in (st.pills, st.segmented_control) else shown


def _followed(name: str, default: list[str]) -> list[str] | None:
    """What is held, but a default that nobody touched follows when another study brings another default."""
    held, last = _held(name), st.session_state.get(f"default-{name}")
    st.session_state[f"default-{name}"] = default
    return None if (held is not None and held == last) or _taken_back(name, held) else held


def _taken_back(name: str, held: list[str] | None) -> bool:
    """True when Back led the same screen to a link from before we wrote a choice there: the default then counts."""
    written = st.session_state.get(f"written-{name}")
    same = st.session_state.get("same-page") and written and held == written
    return bool(same) and name not in st.query_params and not _late(name, [])


def _held(name: str) -> list[str] | None:
    """What this session last chose; a single choice and several share a name across screens."""
    held = st.session_state.get(_key(name))
    return [held] if isinstance(held, str) else held


def _from_link(name: str) -> list[str] | None:
    """What the link holds, if it is not what we wrote there ourselves."""
    st.session_state.setdefault("names-read", set()).add(name)
    in_link = st.query_params.get_all(name)
    return (
        in_link if in_link and in_link != st.session_state.get(f"written-{name}") and not _late(name, in_link) else None
    )


LATE = 2.0  # seconds in which a browser may still send the link from before our last change to it


def _late(name: str, in_link: list[str]) -> bool:
    """True for a link that a quick second click sent before our change had reached the browser."""
    before, at = st.session_state.get(f"before-{name}", ([], -LATE))
    return in_link == before and time.monotonic() - at < LATE


def _wanted(name: str, options: Sequence[str], held: list[str] | None, default: list[str]) -> list[str]:
    """Ids to show now. An id in the link that isn't on offer is left out and told to the visitor."""
    in_link = _from_link(name)
    if in_link is None:
        if held == []:
            return []
        return [value for value in held or [] if value in options] or default
    if in_link == [NOTHING]:
        return []
    known = [value for value in in_link if value in options]
    for value in in_link:
        if value not in known:
            tell_unknown(f"{name}={value}")
    return known or default


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
        tell_unknown(f"{name}={text}")
    return None if value is None or value != value else value


TRACKERS = re.compile(r"utm_\w+|fbclid|gclid|mibextid|igsh")  # added by others' sites on the way


def _tidy_link() -> None:
    """Take out of the link what no choice on this screen reads: ours silently, a stranger's with a notice."""
    read = read_so_far()
    for name in [name for name in st.query_params if name not in read]:
        if not st.session_state.pop(f"written-{name}", None) and not TRACKERS.fullmatch(name):
            tell_unknown(name)
        del st.query_params[name]


def tell_unknown(item: str) -> None:
    """Remember something in the link that could not be used, for the notice at the top of the screen."""
    st.session_state.setdefault("unknown-in-link", []).append(item)


def _write(name: str, chosen: list[str], default: list[str]) -> None:
    """Keep the choice in the link unless it is the default, and remember what we wrote.

    A default that the link names already stays there: taking it out would be a step of its own for Back.
    """
    named = bool(default) and st.query_params.get_all(name) == default
    in_link = [] if chosen == default and not named else chosen or [NOTHING]
    if (before := st.session_state.get(f"written-{name}", [])) != in_link:
        st.session_state[f"before-{name}"] = before, time.monotonic()
    st.session_state[f"written-{name}"] = in_link
    if in_link and st.query_params.get_all(name) != in_link:
        st.query_params[name] = in_link
    elif not in_link and name in st.query_params:
        del st.query_params[name]


def row(name: str, table: pd.DataFrame, ids: Sequence[str], **look: Any) -> str:
    """One row of a table, chosen by clicking it; `ids` name the rows in the link. The first by default."""
    shape = zlib.crc32("|".join(ids).encode())
    back = _went_back(name, ids, f"row-{name}-{shape}-{st.session_state.get(f'links-{name}', 0)}")
    wanted = _wanted(name, ids, None if back else _held(name), [ids[0]])
    if back or _from_link(name) is not None:  # what is selected on the screen would win over the link
        st.session_state[f"links-{name}"] = st.session_state.get(f"links-{name}", 0) + 1
    selected = st.dataframe(
        table,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row-required",
        selection_default={"selection": {"rows": [ids.index(wanted[0])]}},
        key=f"row-{name}-{shape}-{st.session_state.get(f'links-{name}', 0)}",
        **look,
    )
    rows = selected["selection"]["rows"]
    chosen = ids[rows[0]] if rows and rows[0] < len(ids) else wanted[0]
    st.session_state[_key(name)] = chosen
    _write(name, [chosen], [ids[0]])
    return chosen


def _went_back(name: str, ids: Sequence[str], key: str) -> bool:
    """True when the same screen's link has lost the row we wrote there, though nobody clicked another one."""
    if name in st.query_params or not st.session_state.get(f"written-{name}") or not st.session_state["same-page"]:
        return False
    rows = st.session_state[key]["selection"]["rows"] if key in st.session_state else []
    return bool(rows) and rows[0] < len(ids) and [ids[rows[0]]] == st.session_state[f"written-{name}"]
