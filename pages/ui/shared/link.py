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
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import streamlit as st

NOTHING = "none"  # in the link: the reader has deliberately chosen nothing
# What older links call a choice, by screen; "" where nobody is asked any more.
RENAMED = {"across-studies": {"row": "compared", "click": ""}, "between-groups": {"plot": "beside"}}


@dataclass
class Record:
    """What a session knows of its link; kept as one thing, since each look into the session's state takes a lock."""

    page: str = ""
    same_page: bool = False
    unknown: list[str] = field(default_factory=list)
    read: dict[str, dict[str, list[str] | None]] = field(default_factory=lambda: {"": {}})  # by part and name
    part: str | None = ""  # that is being drawn; None between two drawings
    now: dict[str, list[str]] | None = None  # where it differs from what the browser has
    written: dict[str, list[str]] = field(default_factory=dict)
    before: dict[str, tuple[list[str], float]] = field(default_factory=dict)  # what stood there, and until when
    default: dict[str, list[str]] = field(default_factory=dict)


def record() -> Record:
    """This session's."""
    found = st.session_state.get("link")
    if found is None:
        found = st.session_state["link"] = Record()
    return found


def begin(page: str) -> None:
    """A screen is drawn as a whole: nothing of its link has been read yet."""
    ours = record()
    ours.page, ours.same_page = page, ours.page == page
    ours.unknown, ours.read, ours.part = [], {"": {}}, ""
    if once := RENAMED.get(page):
        now = {once.get(name, name): values for name, values in _now().items()}
        ours.now = {name: values for name, values in now.items() if name}


def _now() -> dict[str, list[str]]:
    """The link as it stands: what callbacks and the part that is being drawn have made of the browser's."""
    changed = record().now
    return {name: st.query_params.get_all(name) for name in st.query_params} if changed is None else changed


def _send() -> None:
    """Give the browser the link as it stands now."""
    changed, record().now = record().now, None
    if changed is not None and changed != _now():
        st.query_params.from_dict(changed)


@contextmanager
def read_by(part: str) -> Iterator[None]:
    """Names looked at inside belong to this part of the screen; "body.below" lies in "body".

    The outermost part that is drawn tidies the link at its end, when every choice has been read: the body all of it, an
    inner part what it alone has read. What callbacks look
    at, between two drawings, belongs to none.
    """
    ours = record()
    read, outer = ours.read, ours.part
    before = set().union(*(read.pop(name) for name in list(read) if f"{name}.".startswith(f"{part}.")))
    read[part] = {}
    ours.part, ours.now = part, _now()
    try:
        yield
        if not outer:
            _tidy([name for name in _now() if name in before or "." not in part])
            ours.same_page = True
    finally:
        ours.part = outer or None
        if not outer:
            _send()


def names(name: str) -> bool:
    """True where the link says something of this choice."""
    return name in _now()


def whole() -> dict[str, list[str]]:
    """All that the screen's choices are now, those by default too, which may be others one day.

    Of several, the order on the screen depends on the language; in the link it doesn't.
    """
    shown = {name: values for part in record().read.values() for name, values in part.items()}
    found = {name: held(name) if values is None else values for name, values in shown.items()}
    return {name: sorted(values) for name, values in found.items() if values}


def address(without: str = "") -> str:
    """What opens the screen as it stands now, one choice left out if wanted."""
    choices = {name: values for name, values in whole().items() if name != without}
    return f"{st.context.url}?{urlencode(choices, doseq=True)}"


def unknown() -> list[str]:
    """What in the link could not be used, each once; told once."""
    ours = record()
    found, ours.unknown = list(dict.fromkeys(ours.unknown)), []
    return found


def held(name: str) -> list[str]:
    """What is chosen by a widget that is drawn further down, from the link or the session."""
    kept = last_chosen(name)
    return anew(name) or ([] if taken_back(name, kept) else kept) or []


def put(**chosen: Any) -> None:
    """Choose for the reader who clicked on a plot or a button; called before the widgets are drawn.

    All of it goes into the link at once, so that Back takes all of it back.
    """
    ours, now = record(), _now()
    for name, value in chosen.items():
        st.session_state[key(name)] = value
        listed = [value] if isinstance(value, str) else list(value)
        in_link = [] if listed == ours.default.get(name, []) else listed or [NOTHING]
        ours.before[name] = ours.written.get(name, []), time.monotonic()
        ours.written[name] = now[name] = in_link
    ours.now = {name: values for name, values in now.items() if values}


def anew(name: str) -> list[str] | None:
    """What the link holds, if it is not what we wrote there ourselves."""
    ours, in_link = record(), _now().get(name, [])
    if ours.part is not None:
        ours.read[ours.part].setdefault(name, None)
    return in_link if in_link and in_link != ours.written.get(name) and not _late(name, in_link) else None


def last_chosen(name: str) -> list[str] | None:
    """What this session last chose; a single choice and several share a name across screens."""
    held = st.session_state.get(key(name))
    return [held] if isinstance(held, str) else held


def followed(name: str, default: list[str]) -> list[str] | None:
    """What is held, but a default that nobody touched follows when another study brings another default."""
    held, defaults = last_chosen(name), record().default
    last, defaults[name] = defaults.get(name), default
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
    ours, now = record(), _now()
    ours.read[ours.part][name] = [] if blank else chosen or [NOTHING]
    named = bool(default) and now.get(name) == default
    in_link = [] if chosen == default and not named else chosen or [NOTHING]
    before = ours.written.get(name, [])
    if in_link not in (before, now.get(name, [])):  # what the link says already, as after Back, was not our change
        ours.before[name] = before, time.monotonic()
    ours.written[name] = in_link
    if in_link:
        now[name] = in_link
    else:
        now.pop(name, None)
    if ours.part == "":  # outside of all parts, as the language is
        ours.now = now
        _send()


def key(name: str) -> str:
    return f"choice-{name}"


def tell_unknown(item: str) -> None:
    """Remember something in the link that could not be used, for the notice at the top of the screen."""
    record().unknown.append(item)


LATE = 2.0  # seconds in which a browser may still send the link from before our last change to it


def _late(name: str, in_link: list[str]) -> bool:
    """True for a link that a quick second click sent before our change had reached the browser."""
    before, at = record().before.get(name, ([], -LATE))
    return in_link == before and time.monotonic() - at < LATE


def taken_back(name: str, held: list[str] | None) -> bool:
    """True when Back led the same screen to a link from before we wrote a choice there: the default then counts."""
    ours = record()
    written = ours.written.get(name)
    same = ours.same_page and written and _alike([NOTHING] if held == [] else held, written)
    return bool(same) and not names(name) and not _late(name, [])


TRACKERS = re.compile(r"utm_\w+|fbclid|gclid|mibextid|igsh")  # added by others' sites on the way


def _tidy(names: Sequence[str]) -> None:
    """Take those out of the link that no choice on this screen reads: ours silently, a stranger's with a notice."""
    ours = record()
    read = set().union(*ours.read.values())
    for name in [name for name in names if name not in read]:
        if not ours.written.pop(name, None) and not TRACKERS.fullmatch(name):
            tell_unknown(name)
        del _now()[name]
