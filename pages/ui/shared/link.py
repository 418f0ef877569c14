"""A screen's link and what this session last chose: which of the two counts, and what is written back.

What the link holds wins if we didn't write it ourselves (first visit, edited link, Back), else what this session last
chose, else the default. Which names a screen looks at is kept by the part of the screen that does, since a part may
be drawn again alone; what nobody looks at is taken out of the link. Whatever changes in the link while a part is drawn
reaches the browser at once at its end, so that each choice is one step of Back.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import streamlit as st

NOTHING = "none"  # in the link: the reader has deliberately chosen nothing
# What older links call a choice, by screen; "" where nobody is asked any more.
RENAMED = {"across-studies": {"row": "compared", "click": ""}, "between-groups": {"plot": "beside"}}


def begin(page: str) -> None:
    """A screen is drawn as a whole: nothing of its link has been read yet."""
    st.session_state["same-page"] = st.session_state.get("page") == page
    st.session_state["page"] = page
    st.session_state["unknown-in-link"] = []
    st.session_state["names-read"] = {"": {}}
    st.session_state["part"] = ""
    if once := RENAMED.get(page):
        now = {once.get(name, name): values for name, values in _now().items()}
        st.session_state["link"] = {name: values for name, values in now.items() if name}


def _now() -> dict[str, list[str]]:
    """The link as it stands: what callbacks and the part that is being drawn have made of the browser's."""
    changed = st.session_state.get("link")
    return {name: st.query_params.get_all(name) for name in st.query_params} if changed is None else changed


def _send() -> None:
    """Give the browser the link as it stands now."""
    changed = st.session_state.pop("link", None)
    if changed is not None and changed != _now():
        st.query_params.from_dict(changed)


@contextmanager
def read_by(part: str) -> Iterator[None]:
    """Names looked at inside belong to this part of the screen; "body.below" lies in "body".

    The outermost part that is drawn tidies the link at its end, when every choice has been read: the body all of it, an
    inner part what it alone has read. What callbacks look
    at, between two drawings, belongs to none.
    """
    read, outer = st.session_state["names-read"], st.session_state["part"]
    before = set().union(*(read.pop(name) for name in list(read) if f"{name}.".startswith(f"{part}.")))
    read[part] = {}
    st.session_state["part"] = part
    st.session_state["link"] = _now()
    try:
        yield
        if not outer:
            _tidy([name for name in _now() if name in before or "." not in part])
            st.session_state["same-page"] = True
    finally:
        st.session_state["part"] = outer or None
        if not outer:
            _send()


def names(name: str) -> bool:
    """True where the link says something of this choice."""
    return name in _now()


def whole() -> dict[str, list[str]]:
    """All that the screen's choices are now, those by default too, which may be others one day.

    Of several, the order on the screen depends on the language; in the link it doesn't.
    """
    read = st.session_state["names-read"]
    shown = {name: values for part in read.values() for name, values in part.items()}
    found = {name: held(name) if values is None else values for name, values in shown.items()}
    return {name: sorted(values) for name, values in found.items() if values}


def unknown() -> list[str]:
    """What in the link could not be used, each once; told once."""
    found = list(dict.fromkeys(st.session_state["unknown-in-link"]))
    st.session_state["unknown-in-link"] = []
    return found


def held(name: str) -> list[str]:
    """What is chosen by a widget that is drawn further down, from the link or the session."""
    kept = last_chosen(name)
    return anew(name) or ([] if taken_back(name, kept) else kept) or []


def put(**chosen: Any) -> None:
    """Choose for the reader who clicked on a plot or a button; called before the widgets are drawn.

    All of it goes into the link at once, so that Back takes all of it back.
    """
    link = _now()
    for name, value in chosen.items():
        st.session_state[key(name)] = value
        listed = [value] if isinstance(value, str) else list(value)
        in_link = [] if listed == st.session_state.get(f"default-{name}", []) else listed or [NOTHING]
        st.session_state[f"before-{name}"] = st.session_state.get(f"written-{name}", []), time.monotonic()
        st.session_state[f"written-{name}"] = in_link
        link[name] = in_link
    st.session_state["link"] = {name: values for name, values in link.items() if values}


def anew(name: str) -> list[str] | None:
    """What the link holds, if it is not what we wrote there ourselves."""
    if (part := st.session_state["part"]) is not None:
        st.session_state["names-read"][part].setdefault(name, None)
    in_link = _now().get(name, [])
    return (
        in_link if in_link and in_link != st.session_state.get(f"written-{name}") and not _late(name, in_link) else None
    )


def last_chosen(name: str) -> list[str] | None:
    """What this session last chose; a single choice and several share a name across screens."""
    held = st.session_state.get(key(name))
    return [held] if isinstance(held, str) else held


def followed(name: str, default: list[str]) -> list[str] | None:
    """What is held, but a default that nobody touched follows when another study brings another default."""
    held, last = last_chosen(name), st.session_state.get(f"default-{name}")
    st.session_state[f"default-{name}"] = default
    return None if _alike(held, last) or taken_back(name, held) else held


def _alike(held: list[str] | None, other: list[str] | None) -> bool:
    """True for the same ids, in whichever order they were clicked."""
    return held is not None and other is not None and sorted(held) == sorted(other)


def wanted(name: str, options: Sequence[str], held: list[str] | None, default: list[str]) -> list[str]:
    """Ids to show now. An id in the link that isn't on offer is left out and told to the visitor."""
    in_link = anew(name)
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


def write(name: str, chosen: list[str], default: list[str], *, blank: bool = False) -> None:
    """Keep the choice in the link unless it is the default, and remember what we wrote.

    A default that the link names already stays there: taking it out would be a step of its own for Back. `blank`:
    what nobody has filled in or clicked, which `whole` passes over.
    """
    st.session_state["names-read"][st.session_state["part"]][name] = [] if blank else chosen or [NOTHING]
    link = _now()
    named = bool(default) and link.get(name) == default
    in_link = [] if chosen == default and not named else chosen or [NOTHING]
    before = st.session_state.get(f"written-{name}", [])
    if in_link not in (before, link.get(name, [])):  # what the link says already, as after Back, was not our change
        st.session_state[f"before-{name}"] = before, time.monotonic()
    st.session_state[f"written-{name}"] = in_link
    if in_link:
        link[name] = in_link
    else:
        link.pop(name, None)
    if st.session_state["part"] == "":  # outside of all parts, as the language is
        st.session_state["link"] = link
        _send()


def key(name: str) -> str:
    return f"choice-{name}"


def tell_unknown(item: str) -> None:
    """Remember something in the link that could not be used, for the notice at the top of the screen."""
    st.session_state.setdefault("unknown-in-link", []).append(item)


LATE = 2.0  # seconds in which a browser may still send the link from before our last change to it


def _late(name: str, in_link: list[str]) -> bool:
    """True for a link that a quick second click sent before our change had reached the browser."""
    before, at = st.session_state.get(f"before-{name}", ([], -LATE))
    return in_link == before and time.monotonic() - at < LATE


def taken_back(name: str, held: list[str] | None) -> bool:
    """True when Back led the same screen to a link from before we wrote a choice there: the default then counts."""
    written = st.session_state.get(f"written-{name}")
    same = st.session_state.get("same-page") and written and _alike([NOTHING] if held == [] else held, written)
    return bool(same) and not names(name) and not _late(name, [])


TRACKERS = re.compile(r"utm_\w+|fbclid|gclid|mibextid|igsh")  # added by others' sites on the way


def _tidy(names: Sequence[str]) -> None:
    """Take those out of the link that no choice on this screen reads: ours silently, a stranger's with a notice."""
    read = set().union(*st.session_state["names-read"].values())
    for name in [name for name in names if name not in read]:
        if not st.session_state.pop(f"written-{name}", None) and not TRACKERS.fullmatch(name):
            tell_unknown(name)
        del st.session_state["link"][name]
