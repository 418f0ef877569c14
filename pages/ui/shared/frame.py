"""The frame around every screen: title, language, menu, studies, and notices that concern the whole app."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis import load_context, load_studies
from analysis.studies import DATA, Study, by_richness, study_folders
from analysis.uploads import OWN
from analysis.words import LANGUAGES, Say, say_in
from pages.ui.shared import choose, helping, link, own, reporting, show, tour
from pages.ui.shared.own import Own
from pages.ui.shared.settling import settle
from pages.ui.shared.text import plain

PAGES = {
    "overview": "app.py",
    "decision": "pages/decision.py",
    "study": "pages/study.py",
    "before-after": "pages/before-after.py",
    "between-groups": "pages/between-groups.py",
    "across-studies": "pages/across-studies.py",
    "check": "pages/check.py",
    "your-data": "pages/your-data.py",
    "classroom": "pages/classroom.py",
}


@dataclass(frozen=True)
class Frame:
    """What every screen needs: the words of the chosen language and the studies.

    `studies` holds all by id, broken ones too; `library` the usable ones in menu order; `own` the session's own, which
    are in neither. `bare`: on a projector, without title and menu.
    """

    say: Say
    studies: Mapping[str, Study]
    context: tuple[Study, ...]
    library: tuple[Study, ...]
    bare: bool = False

    @property
    def own(self) -> tuple[Own, ...]:
        """The session's own studies as they are now: they come and go while a screen stands."""
        return tuple(own.studies().values())

    @property
    def usable(self) -> dict[str, Study]:
        """Every study that can be shown, by id, own ones too."""
        return {key: study for key, study in self.studies.items() if study.usable} | {
            one.study.id: one.study for one in self.own
        }

    @property
    def offered(self) -> dict[str, str]:
        """What a study is called in a list, by id: own ones first, and marked."""
        mine = {
            one.study.id: f"{show.STATUS_MARKS['uploaded']} {self.say.text(one.study.short_title)}" for one in self.own
        }
        return mine | {study.id: self.say.text(study.short_title) for study in self.library}

    @property
    def together(self) -> tuple[Study, ...]:
        """The library, and own studies that can stand beside it."""
        return (*self.library, *(one.study for one in self.own if own.comparable(one.study)))


def open_frame(page: str, views: helping.Views | None = None, bare_by: str = "") -> Frame:
    """Draw title, menu and language switch of a screen; return its words and the studies.

    `views` are those of the screen, for its help. `bare_by` names a switch of the screen that
    leaves title and menu away.
    """
    link.begin(page)
    reporting.none_yet()
    say = _language_from_link()
    st.set_page_config(page_title=f"{say(f'menu.{page}')} · Lactascope", page_icon="🍃", layout="wide")
    bare = bool(bare_by) and _switched_on(bare_by)
    title, beside, room = (st.empty(), None, st.container()) if bare else _top()
    with room:
        menu = st.container()
        chosen = choose.one(
            st.segmented_control,
            "lang",
            say("frame.language"),
            list(LANGUAGES),
            _browser_language(),
            LANGUAGES.__getitem__,
            drawn=not bare,
            required=True,
            label_visibility="collapsed",
        )
        say = say_in(chosen)
        if not bare:
            st.caption(say("frame.not-advice"))
    heading = say("overview.question" if page == "overview" else f"menu.{page}")
    if not bare:
        title.title(heading, anchor=False)
    if own.studies():
        own.remember_here()
    studies, context, library = _library(_fingerprint(int(time.monotonic() / LOOKS)))
    if beside:
        _menu(menu, say)
        with beside:
            helping.offer(page, views or {}, say)
        tour.draw(page, PAGES, say)
    _in_the_browser(data=say.language, key="page", on_ink_change=lambda: None)
    if not library and page != "overview":
        st.error(say("frame.no-study"), icon=":material/folder_off:")
        st.stop()
    return Frame(say, studies, context, library, bare)


# What only a browser can do, drawing nothing: the page's own `lang`, by which screen readers choose their voice and
# browsers their hyphens; a rerun when the theme changes, since words in plots have its ink; and one tap on a mark: a
# plot selects what the pointer was over before the click, and a finger is nowhere before it taps (the same listener
# added again is heard once).
_in_the_browser = st.components.v2.component(
    "lactascope_page",
    js="""
const ink = (at) => getComputedStyle(at).getPropertyValue("--st-text-color")
const point = ({target, touches: [{clientX, clientY}]}) => target.closest(".js-plotly-plot")
  && target.dispatchEvent(new MouseEvent("mousemove", {clientX, clientY, bubbles: true}))
export default ({data, parentElement, setTriggerValue}) => {
  document.documentElement.lang = data
  document.addEventListener("touchstart", point, true)
  const at = parentElement.host ?? parentElement
  let drawn = ink(at)
  const looking = setInterval(() => {
    if (drawn !== (drawn = ink(at))) setTriggerValue("ink", drawn)
  }, 500)
  return () => clearInterval(looking)
}
""",
)

LONGEST_ITEM = 60  # of a link's unusable part that the notice repeats


def draw(body: Callable[[Frame], None], frame: Frame) -> None:
    """The screen's own part, below the frame; then, when all choices are known, the way to take them along.

    A choice reruns `body` alone: title, menu and language stand still and aren't sent again.
    """
    _draw(body, frame)
    if frame.bare:
        return
    with st.container() if show.on_phone() else st.sidebar:  # a phone's menu would lie over what the button opens
        _link_to_copy(frame.say)
        reporting.offer(frame.say)


@st.fragment
def _draw(body: Callable[[Frame], None], frame: Frame) -> None:
    """The screen's own part, then what in the link could not be used."""
    notice = st.empty()
    with link.read_by("body"):
        body(frame)
    if unknown := link.unknown():
        items = ", ".join(plain(item[:LONGEST_ITEM]) for item in unknown)
        notice.info(_not_here(items, frame.say), icon=":material/link_off:")


def _not_here(items: str, say: Say) -> str:
    """Why something in a link could not be used; an own study stays in the session in which it was brought."""
    return say("frame.own-in-link" if f"={OWN}" in items.replace("\\", "") else "frame.unknown-in-link", items=items)


def _link_to_copy(say: Say) -> None:
    """A button that shows the link with every choice in it."""
    if st.button(say("frame.copy-link"), icon=":material/link:", type="tertiary", key="copy-link"):
        st.dialog(say("frame.copy-link"))(_link_in_full)(say)


def _link_in_full(say: Say) -> None:
    st.text(say("frame.link-holds"))
    if any(value.startswith(OWN) for values in link.whole().values() for value in values):
        st.info(say("frame.link-own"), icon=":material/lock:")
    st.code(link.address(), language=None, wrap_lines=True)


def _switched_on(name: str) -> bool:
    """How a switch stands that is drawn further down: as the link says, unless we wrote that there ourselves."""
    in_link = link.anew(name)
    return bool(st.session_state.get(link.key(name))) if in_link is None else in_link == ["on"]


def _browser_language() -> str:
    return "id" if (st.context.locale or "").lower().startswith(("id", "in")) else "en"


def _language_from_link() -> Say:
    wanted = st.query_params.get("lang") or st.session_state.get("choice-lang")
    return say_in(wanted if wanted in LANGUAGES else _browser_language())


def _top() -> tuple[DeltaGenerator, DeltaGenerator, DeltaGenerator]:
    """Where title, help and menu go.

    The menu stands beside the screen, or on a phone, whose screen a sidebar covers, behind a button.
    """
    bar = st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", wrap=False
    )  # a long title gets a second line, and the buttons stay beside it
    title, beside = bar.empty(), bar.container(width="content")
    if not show.on_phone():
        return title, beside, st.sidebar
    return title, beside, bar.popover("", icon=":material/menu:", key=f"menu-{link.record().page}")


def _menu(place: DeltaGenerator, say: Say) -> None:
    with place:
        for key, path in PAGES.items():
            st.page_link(path, label=say(f"menu.{key}"), icon=ICONS[key])
        tour.start("menu", say)


ICONS = {
    "overview": ":material/home:",
    "decision": ":material/assignment:",
    "study": ":material/description:",
    "before-after": ":material/trending_up:",
    "between-groups": ":material/compare_arrows:",
    "across-studies": ":material/grain:",
    "check": ":material/fact_check:",
    "your-data": ":material/upload_file:",
    "classroom": ":material/school:",
}


@st.cache_resource(max_entries=2, show_spinner=False)
def _library(fingerprint: str) -> tuple[dict[str, Study], tuple[Study, ...], tuple[Study, ...]]:
    """All studies, read again when a file of `data/` changed; shared by all sessions, never changed."""
    studies = load_studies()
    found = studies, tuple(study for study in load_context() if study.usable), tuple(by_richness(studies))
    settle()
    return found


LOOKS = 2.0  # seconds between two looks at the files


@lru_cache(maxsize=2)
def _fingerprint(moment: int, root: Path = DATA) -> str:
    """Names and times of all files of the library at a `moment`, as one short text.

    Streamlit hashes what a cached function is called with in each rerun, and is slow with long lists; and what it keeps
    for a time only may be gone between its looking and its taking.
    """
    files = sorted(path for folder in study_folders(root) for path in folder.iterdir())
    return sha256(repr([(str(path), path.lstat().st_mtime_ns) for path in files]).encode()).hexdigest()
